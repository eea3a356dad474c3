"""Concepts: the terms that a policy speaks in, ranked by termhood and linked to the rules that use them.

Termhood is the C-value of Frantzi, Ananiadou and Mima (2000) with ``log2(words + 1)``, so that single words count,
scaled to [0, 1] by its logarithm. What a rule binds, allows or protects is a concept however rare it is.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extraction.concepts_fields import ROLES, Fields
from extraction.concepts_kinds import kind_of
from extraction.concepts_terms import Mention, mentions
from extraction.lexicon import ALLOW_VERBS, FORBID_VERBS, REQUIRE_VERBS, word_set
from extraction.nlp import Analyser
from extraction.rules_units import Unit, place, units_of
from kg.model import Concept, Modality, Ontology, Provenance, Rule, RuleConcept, stable_id

__all__ = ["action_label", "concept_id", "extract_concepts"]

MAX_SOURCES = 5
_ACRONYM = re.compile(
    r"\b((?:[A-Z][\w’'-]+(?: (?:and|of|for|the|&))? ){1,5}[A-Z][\w’'-]+) \([“\"']?([A-Z][A-Za-z&]{1,7})[”\"']?\)"
)
_QUOTES = "“”\"'‘’ "


def concept_id(label: str, kind: str = "") -> str:
    """The id of a concept: its label in small letters; an action never shares an id with a noun."""
    return stable_id("concept", "act" if kind == "act" else "", label.lower())


@dataclass(slots=True)
class _Term:
    """What is known of one term while the document is read; ``rules`` are those whose fields name it."""

    head: str
    proper: bool
    count: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    places: list[tuple[Unit, str]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    acts: bool = False

    @property
    def label(self) -> str:
        """The spelling that is used most; of equals the one that stands first in the alphabet."""
        return min(self.labels, key=lambda label: (-self.labels[label], label))


def extract_concepts(
    ontology: Ontology, analyser: Analyser, fields: Fields | None = None
) -> tuple[tuple[Concept, ...], tuple[RuleConcept, ...]]:
    """The concepts of ``ontology`` and their links to its rules; every rule has at least its action.

    Concepts are in order of falling weight. Actions are labelled by verb and object head ("accept gift").
    ``fields`` are the terms of the rules where they were read already.
    """
    units = [unit for clause in ontology.clauses for unit in units_of(clause)]
    terms = _collect(units, analyser)
    fields = fields or Fields(ontology, analyser)
    essential = _essential(ontology.rules, fields, terms)
    scores = _termhood(terms)
    named = {key for key, term in terms.items() if term.proper and " " in key and (term.count > 1 or term.rules)}
    often = {key for key, term in terms.items() if term.count >= (2 if " " in key else 3) and scores[key] > 0}
    kept = essential | named | often
    concepts = _nouns(ontology, terms, scores, kept)
    actions, links = _link(ontology, fields, kept)
    ordered = sorted([*concepts, *actions], key=lambda concept: (-concept.weight, concept.label, concept.id))
    return tuple(ordered), tuple(links)


def _collect(units: Sequence[Unit], analyser: Analyser) -> dict[str, _Term]:
    terms: dict[str, _Term] = {}
    docs = analyser.analyse([unit.text for unit in units])
    for unit, doc in zip(units, docs, strict=True):
        for mention in mentions(doc):
            term = _term(terms, mention)
            term.count += 1
            term.labels[mention.label] += 1
            term.surfaces[mention.surface] += 1
            if len(term.places) < MAX_SOURCES:
                term.places.append((unit, mention.surface))
    return terms


def _term(terms: dict[str, _Term], mention: Mention) -> _Term:
    term = terms.setdefault(mention.label.lower(), _Term(mention.head, mention.proper))
    term.proper = term.proper or mention.proper
    return term


def _essential(rules: Iterable[Rule], fields: Fields, terms: dict[str, _Term]) -> set[str]:
    """Keys of the terms that a rule turns on: its actor, the heads of its object, its authority, a defined term.

    Notes in ``terms`` which rules name a term, and which terms act.
    """
    needed: set[str] = set()
    for rule in rules:
        found = fields[rule.id]
        actors, authorities = found.actors[:2], found.fields.get("authority", ())[:1]
        turns_on = (*actors, *found.heads[:2], *authorities, *found.recipients)
        for mention in {mention.label: mention for mention in (*turns_on, *found.all)}.values():
            term = _term(terms, mention)
            term.rules.append(rule)
            term.labels[mention.label] += 1
        for mention in (*actors, *authorities, *found.recipients):
            terms[mention.label.lower()].acts |= rule.modality is not Modality.DEFINITION
        needed.update(mention.label.lower() for mention in turns_on)
        if rule.modality is Modality.DEFINITION and not actors:
            label = rule.actor.strip(_QUOTES).lower()
            if 2 < len(label) < 40 and re.fullmatch(r"[a-z][a-z \-]+", label):
                term = _term(terms, Mention(label, label, label.split()[-1], False, 0, 0, 0))
                term.labels[label] += 1
                term.rules.append(rule)
                needed.add(label)
    return needed


def _termhood(terms: Mapping[str, _Term]) -> dict[str, float]:
    """C-value per label (occurrences inside longer terms are discounted), scaled to [0, 1]."""
    nested: dict[str, list[int]] = defaultdict(list)
    for key, term in terms.items():
        words = key.split()
        inner = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)} - {key}
        for part in inner & terms.keys():
            nested[part].append(term.count)
    values: dict[str, float] = {}
    for key, term in terms.items():
        inside = nested.get(key, [])
        base = term.count - (sum(inside) / len(inside) * 0.5 if inside else 0)
        values[key] = max(math.log2(len(key.split()) + 1) * base, 0.0)
    top = max((math.log1p(value) for value in values.values()), default=1.0) or 1.0
    return {key: round(math.log1p(value) / top, 4) for key, value in values.items()}


def _nouns(
    ontology: Ontology, terms: Mapping[str, _Term], scores: Mapping[str, float], kept: set[str]
) -> list[Concept]:
    definitions = {
        rule.actor.strip(_QUOTES).lower(): rule
        for rule in reversed(ontology.rules)
        if rule.modality is Modality.DEFINITION and rule.action in {"mean", "be", "refer to"}
    }
    acronyms = _acronyms(ontology)
    concepts = []
    for key in sorted(kept):
        term = terms[key]
        defined = definitions.get(key)
        surfaces = {surface.replace("’", "'") for surface in term.surfaces}
        aliases = tuple(sorted({surface for surface in surfaces if surface.lower() != key} | acronyms.get(key, set())))
        concepts.append(
            Concept(
                concept_id(key),
                term.label,
                kind_of(term.label, term.head, proper=term.proper, acts=term.acts),
                aliases,
                defined.object if defined else "",
                max(scores.get(key, 0.0), 0.05),
                provenance=_sources(ontology, term),
            )
        )
    return concepts


def _sources(ontology: Ontology, term: _Term) -> tuple[Provenance, ...]:
    """Where the term stands; for one that only a rule's field spells so, the sentences of its rules."""
    found = (
        Provenance(
            "clause",
            unit.clause.id,
            "noun phrase",
            place(unit, ontology.document_by_id[unit.clause.document_id], words),
        )
        for unit, words in term.places
    )
    told = (Provenance("clause", rule.clause_id, "rule field", rule.span) for rule in term.rules[:MAX_SOURCES])
    return tuple(dict.fromkeys(found)) or tuple(dict.fromkeys(told))


def _acronyms(ontology: Ontology) -> dict[str, set[str]]:
    """Short forms introduced in brackets, by the long form in small letters, and the other way round."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for clause in ontology.clauses:
        for long, short in _ACRONYM.findall(clause.text):
            initials = "".join(word[0] for word in long.split() if word[0].isupper())
            if short.upper() == initials.upper()[-len(short) :]:
                pairs[long.lower()].add(short)
                pairs[short.lower()].add(long)
    return pairs


def _link(ontology: Ontology, fields: Fields, kept: set[str]) -> tuple[list[Concept], list[RuleConcept]]:
    uses: dict[str, list[Rule]] = defaultdict(list)
    labels: dict[str, str] = {}
    links: dict[RuleConcept, None] = {}
    for rule in ontology.rules:
        known = [(role, m) for role in ROLES for m in fields[rule.id].fields.get(role, ()) if m.label.lower() in kept]
        for role, mention in known:
            name = "term" if role == "actor" and rule.modality is Modality.DEFINITION else role
            links[RuleConcept(rule.id, concept_id(mention.label), name)] = None
        if rule.modality is not Modality.DEFINITION:
            label = action_label(rule, fields[rule.id].heads) or ("" if known else _verb(rule))
            if label:
                key = concept_id(label, "act")
                labels.setdefault(key, label)
                uses[key].append(rule)
                links[RuleConcept(rule.id, key, "action")] = None
    most = max((len(rules) for rules in uses.values()), default=1)
    actions = [
        Concept(
            key,
            labels[key],
            "action",
            weight=round(math.log1p(len(rules)) / math.log1p(most + 4), 4),
            provenance=tuple(
                Provenance("clause", rule.clause_id, "rule action", rule.span) for rule in rules[:MAX_SOURCES]
            ),
        )
        for key, rules in uses.items()
    ]
    return actions, list(links)


_SAID_BY = {Modality.PROHIBITION: FORBID_VERBS, Modality.PERMISSION: ALLOW_VERBS - {"accept", "support"}}
_NORMING = FORBID_VERBS | ALLOW_VERBS | REQUIRE_VERBS
_LIGHT = word_set("do be take make have give get come go keep hold let put")


def action_label(rule: Rule, heads: Sequence[Mention]) -> str:
    """The act that a rule is about, without its polarity: verb and object head ("accept gift").

    "Harassment is prohibited" is about harassment, not about prohibiting it. Empty where a verb that says little by
    itself stands before an object of which nothing specific is left.
    """
    verb = _verb(rule)
    if heads and (verb == "engage in" or verb in _SAID_BY.get(rule.modality, ())):
        return heads[0].label
    if not heads and verb in _NORMING:
        return ""  # "is limited to 20 days a year" is about no allowing
    if not heads and verb in _LIGHT:
        words = re.sub(r"^(?:the|an?|any) ", "", rule.object).split()
        return f"{verb} {' '.join(words)}" if 0 < len(words) <= 3 else ""
    return f"{verb} {heads[0].label if heads else ''}".strip()


def _verb(rule: Rule) -> str:
    return rule.action.removeprefix("not ").strip()
