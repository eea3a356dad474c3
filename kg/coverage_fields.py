"""Which fields of a rule a text really speaks of: the check behind every link from a sample to a rule.

A writer's claim counts for nothing by itself. A rule is exercised when its actor, its action and its object occur: by
their words up to inflection and derivation (``accept``, ``acceptance``), or by a concept that may stand for them
along one of :data:`SUBSTITUTES` (a watch for a gift). Condition and exception are evidence too, for the targets that
ask for them, but a rule is exercised without them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kg.model import Modality, Ontology, Rule
from kg.words import STOP_WORDS, tokens, verb_key

FIELDS = ("actor", "action", "object", "condition", "exception")
REQUIRED = ("actor", "action", "object")
SUBSTITUTES = frozenset({"IsA", "Synonym", "SimilarTo", "FormOf", "InstanceOf", "MannerOf", "DefinedAs", "RelatedTo"})
"""Relations along which a writer may put one word for another (a watch for a gift)."""
LEAST = 0.5
"""The share of a field's content words that must occur."""
PREFIX = 6
"""Words that agree in so many first letters of their key count as forms of one word."""

NEEDING = frozenset({"require", "need"})
_PERMIT = re.compile(r"\b(?:approval|consent|permission|authori[sz]ation|agreement)\b", re.IGNORECASE)
_PERMIT_WORDS = frozenset(
    {"approval", "consent", "permission", "authorisation", "authorization", "agreement", "prior", "written"}
)

_ACTORS = (
    "employee staff personnel worker colleague anyone anybody everyone everybody nobody one person people individual "
    "you we member user manager supervisor he she they who"
)
ANYBODY = frozenset(_ACTORS.split())
"""Actors that any person may play: a text speaks of them when it speaks of a person."""
_SPOKEN_OF = (
    "i me my mine myself we us our he him his she her hers they them their you your somebody someone anyone everyone "
    "nobody who colleague"
)
_PRONOUNS = frozenset(_SPOKEN_OF.split())
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]+\b")
_OPENING = re.compile(r"(?:^|[.!?:]\s+)([A-Z][a-zà-ÿ-]*[^\Ws])(?:,| (?!of\b|for\b|on\b|to\b)[a-z])", re.MULTILINE)
_OR = re.compile(r"[,;]|\bor\b")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a text says: keys of its words, ids of the concepts that it mentions, whether it speaks of a person."""

    words: frozenset[str]
    concepts: frozenset[str]
    person: bool

    @classmethod
    def of(cls, text: str, concepts: Iterable[str] = ()) -> "Spoken":
        """The words of ``text``; ``concepts`` are those found in it (:meth:`kg.mentions.Mentions.find`)."""
        words = tokens(text)
        person = not _PRONOUNS.isdisjoint(words) or _names_someone(text)
        return cls(frozenset(key for word in words for key in keys(word)), frozenset(concepts), person)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The fields of a rule that a text speaks of, in the order of :data:`FIELDS`, and how fully.

    ``score`` is the mean share over the required fields that the rule fills, 0 when one of them is missing.
    """

    fields: tuple[str, ...]
    missing: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    words: tuple[str, ...]
    stand_ins: frozenset[str]
    anybody: bool = False
    required: bool = False
    alternatives: tuple[tuple[str, ...], ...] = ()
    """The words of each part of "cash, cheques or bank transfers": a text speaks of the whole by speaking of one."""


def keys(word: str) -> tuple[str, ...]:
    """Keys under which a word of a text may meet a word of a rule; the prefix joins ``accept`` and ``acceptance``."""
    key = verb_key(word)
    return (key, f"{key[:PREFIX]}-") if len(key) >= PREFIX else (key,)


class RuleCheck:
    """The check of the rules of one ontology. A rule is prepared on first use."""

    __slots__ = ("_ontology", "_prepared", "_stand_ins")

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._prepared: dict[str, tuple[_Field, ...]] = {}
        self._stand_ins: dict[str, set[str]] = defaultdict(set)
        for relation in ontology.relations:
            if relation.type in SUBSTITUTES and relation.polarity > 0:
                self._stand_ins[relation.source_id].add(relation.target_id)
                self._stand_ins[relation.target_id].add(relation.source_id)

    def evidence(self, rule: Rule, spoken: Spoken) -> Evidence:
        """What ``spoken`` says of ``rule``."""
        found, missing, shares = [], [], []
        for field in self.fields(rule):
            share = _share(field, spoken)
            if share >= LEAST:
                found.append(field.name)
            elif field.required:
                missing.append(field.name)
            if field.required:
                shares.append(share)
        score = sum(shares) / len(shares) if shares and not missing else 0.0
        return Evidence(tuple(found), tuple(missing), round(score, 3))

    def fields(self, rule: Rule) -> tuple[_Field, ...]:
        """The fields of ``rule`` that can be looked for."""
        if rule.id not in self._prepared:
            self._prepared[rule.id] = self._prepare(rule)
        return self._prepared[rule.id]

    def _prepare(self, rule: Rule) -> tuple[_Field, ...]:
        limits = {word for limit in rule.thresholds for word in tokens(limit.text)}
        found = []
        for name in FIELDS:
            needing = rule.action in NEEDING and bool(_PERMIT.search(rule.object))
            if name == "action" and (needing or rule.modality is Modality.DEFINITION):
                continue  # "requires the approval of" and "means" are the norm's own operators, nobody's act
            said = tokens(str(getattr(rule, name)))
            spoken = [word for word in said if word not in STOP_WORDS]
            # The meaning of a term is applied, not recited: what must occur is the term. A verb such as "be" or "own"
            # says too little to be asked for.
            required = name in REQUIRED and (bool(spoken) or name == "actor")
            required = required and not (rule.modality is Modality.DEFINITION and name == "object")
            spoken = spoken or (said if name != "actor" else [])
            if needing and name == "object":  # a case tells that the manager said yes, or was not asked
                spoken = [word for word in spoken if word not in _PERMIT_WORDS] or spoken
            # A figure is there to be varied: a case about 80 dollars is about the limit of 75.
            words = tuple(dict.fromkeys(word for word in spoken if word not in limits)) or tuple(spoken)
            if words or (name == "actor" and rule.actor):
                own = [
                    link.concept_id for link in self._ontology.concepts_of_rule.get(rule.id, ()) if link.role == name
                ]
                near = frozenset(own).union(*(self._stand_ins[id_] for id_ in own))
                heads = {verb_key(word) for word in tokens(rule.actor)} if name == "actor" else set()
                anybody = not _ANYBODY_KEYS.isdisjoint(heads)
                parts = _alternatives(str(getattr(rule, name)), limits)
                found.append(_Field(name, words, near, anybody, required, parts))
        if not any(field.required for field in found):
            words = tuple(dict.fromkeys(word for word in tokens(rule.text) if word not in STOP_WORDS))
            found.append(_Field("object", words, frozenset(), required=True))
        return tuple(found)


_ANYBODY_KEYS = frozenset(verb_key(word) for word in ANYBODY)


def _share(field: _Field, spoken: Spoken) -> float:
    if not spoken.concepts.isdisjoint(field.stand_ins):
        return 1.0
    if field.anybody and spoken.person:
        return 1.0
    if not field.words:
        return 1.0
    return max(occurring(words, spoken.words) / len(words) for words in (field.words, *field.alternatives))


def _alternatives(text: str, left_out: AbstractSet[str]) -> tuple[tuple[str, ...], ...]:
    if "or" not in tokens(text):
        return ()
    parts = ([word for word in tokens(part) if word not in STOP_WORDS | left_out] for part in _OR.split(text))
    return tuple(tuple(words) for words in parts if words)


def _names_someone(text: str) -> bool:
    """Whether a capitalised word that is no common opening word looks like a name: "Jamal stopped a task"."""
    if _NAME.search(text):
        return True
    return any(found.group(1).lower() not in STOP_WORDS for found in _OPENING.finditer(text))


def occurring(words: Iterable[str], here: AbstractSet[str]) -> int:
    """How many of ``words`` occur among the keys ``here``."""
    return sum(any(key in here for key in keys(word)) for word in words)
