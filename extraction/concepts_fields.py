"""The terms in the fields of a rule, read from the parse of the sentence that the rule came from.

A field is a slice of its sentence, so its nouns were parsed already, in their context. Only words that were put
together anew (a pronoun resolved from another clause, a list item fused with its lead-in) are parsed by themselves, in
one batch.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.concepts_conditions import turning
from extraction.concepts_terms import Mention, mentions
from extraction.concepts_words import PARTITIVES
from extraction.lexicon import APPROVAL_NOUNS, word_set
from extraction.nlp import Analyser
from extraction.parsed import words_of
from extraction.rules_complements import STATING
from extraction.rules_lists import texts_needed
from extraction.rules_units import Unit, units_of
from kg.model import Ontology, Rule

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ROLES = ("actor", "object", "condition", "exception", "authority")
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What one rule speaks of: every term by field in the order of the text, the heads of actor and object first.

    ``actors``: the nouns that head the actor; ``heads``: the noun that the act is done to and those coordinated with it;
    ``parts``: what stands with "of" behind them ("a copy of the contract"); ``recipients``: to or with whom it is done;
    ``turns_on``: on what its conditions and exceptions turn.
    """

    fields: Mapping[str, tuple[Mention, ...]]
    actors: tuple[Mention, ...] = ()
    heads: tuple[Mention, ...] = ()
    parts: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    turns_on: tuple[Mention, ...] = ()

    @property
    def all(self) -> Iterator[Mention]:
        for role in ROLES:
            yield from self.fields.get(role, ())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece of a field stands: the characters ``[start, end)`` of a parsed text."""

    text: str
    start: int
    end: int


class Fields:
    """Terms of every rule of an ontology; ``self[rule.id]``. Sentences are those that the rules were read from."""

    def __init__(self, ontology: Ontology, analyser: Analyser) -> None:
        self._analyser = analyser
        self._units: dict[tuple[str, str], Unit] = {}
        self._of_clause: dict[str, list[str]] = defaultdict(list)
        for clause in ontology.clauses:
            for unit in units_of(clause):
                self._units[clause.id, f"{unit.context.rstrip()} {unit.text}".strip()] = unit
                self._of_clause[clause.id].append(unit.text)
        places = {rule.id: self._places(rule) for rule in ontology.rules}
        analyser.analyse([p.text for found in places.values() for pieces in found.values() for p in pieces])
        self._terms = {rule.id: self._read(rule, places[rule.id]) for rule in ontology.rules}

    def __getitem__(self, rule_id: str) -> Terms:
        return self._terms[rule_id]

    def _texts(self, rule: Rule) -> tuple[str, ...]:
        """The parsed texts of a rule: its sentence, that joined with its lead-in, the lead-ins from the innermost."""
        unit = self._units.get((rule.clause_id, rule.text))
        if unit is None:
            return (rule.text,)
        sentence, *others = texts_needed(unit.text, unit.context)
        return (sentence, *reversed(others))

    def _places(self, rule: Rule) -> dict[str, tuple[_Place, ...]]:
        texts = (*self._texts(rule), *self._of_clause[rule.clause_id])
        found: dict[str, tuple[_Place, ...]] = {}
        for role in ROLES:
            field = getattr(rule, role)
            if field:
                stated = role == "object" and rule.action.removeprefix("not ") in STATING
                pieces = (_without_state(piece, texts) if stated else piece for piece in field.split(" ; "))
                found[role] = tuple(place for piece in pieces for place in _located(piece, texts))
        return found

    def _read(self, rule: Rule, places: Mapping[str, Sequence[_Place]]) -> Terms:
        fields = {role: _once(m for place in pieces for m in self._within(place)) for role, pieces in places.items()}
        actors, _ = self._heads(places.get("actor", ()))
        heads, parts = self._heads(places.get("object", ()))
        for role, first in (("actor", actors), ("object", heads)):
            if first:
                fields[role] = _once((*first, *fields[role]))
        named = {role: found for role, found in fields.items() if found}
        return Terms(named, actors, heads, parts, self._recipients(rule), self._turns_on(places))

    def _turns_on(self, places: Mapping[str, Sequence[_Place]]) -> tuple[Mention, ...]:
        pieces = [place for role in ("condition", "exception") for place in places.get(role, ())]
        docs = [self._analyser.doc(place.text) for place in pieces]
        return _once(
            mention
            for place, doc in zip(pieces, docs, strict=True)
            for mention in turning(doc, place.start, place.end, tuple(self._within(place)))
        )

    def _within(self, place: _Place) -> Iterator[Mention]:
        for mention in mentions(self._analyser.doc(place.text)):
            if place.start <= mention.begin and mention.begin + len(mention.surface) <= place.end:
                yield mention

    def _heads(self, places: Sequence[_Place]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        heads: list[Mention] = []
        parts: list[Mention] = []
        for place in places:
            doc = self._analyser.doc(place.text)
            by_root = {mention.root: mention for mention in self._within(place)}
            for noun in _roots(doc, place):
                if noun.i in by_root:
                    heads.append(by_root[noun.i])
                if noun.lemma_.lower() not in APPROVAL_NOUNS:  # the approval of somebody is no part of what is done
                    parts.extend(by_root[below.i] for below in _behind_of(noun) if below.i in by_root)
        return _once(heads), _once(parts)

    def _recipients(self, rule: Rule) -> tuple[Mention, ...]:
        """Nouns behind "to" or "with" that hang on the rule's own verb ("report it to the Ethics Office")."""
        verb = rule.action.removeprefix("not ").split(" ", 1)[0]
        found: list[Mention] = []
        if not any(verb in verbs for verbs in _TOWARDS.values()):
            return ()
        for text in self._texts(rule):
            doc = self._analyser.doc(text)
            by_root = {mention.root: mention for mention in mentions(doc)}
            for token in _leading(doc):
                if verb in _TOWARDS[token.lower_] and _verb_of(token) == verb:
                    nouns = [noun for child in token.rights if child.dep_ == "pobj" for noun in _coordinated(child)]
                    found.extend(by_root[noun.i] for noun in nouns if noun.i in by_root)
        return _once(found)


def _leading(doc: "Doc") -> "tuple[Token, ...]":
    """The prepositions of a text that may lead to a recipient; a long lead-in is asked for them by all its items."""
    known: tuple[Token, ...] | None = doc.user_data.get(_MEMO)
    if known is None:
        words = words_of(doc)
        found = (doc[i] for i, word in enumerate(words) if word in _TOWARDS)
        known = tuple(token for token in found if token.dep_ in {"prep", "dative"})
        doc.user_data[_MEMO] = known
    return known


_MEMO = "plumbline.leading"
_TOWARDS = {
    "to": word_set("""
        address announce assign award bring communicate confirm declare deliver describe disclose disseminate distribute
        escalate explain extend forward give grant hand issue lend make notify offer pass pay present provide refer release
        report return say sell send serve show speak submit supply talk transfer transmit write file disburse export
        """),
    "with": word_set("share speak talk discuss agree consult cooperate coordinate communicate file lodge"),
}
"""Preposition -> the verbs behind which it leads to a recipient ("provide with" leads to the thing)."""


def _verb_of(preposition: "Token") -> str:
    """The verb that a preposition belongs to, also where the parser hung it on the verb's object."""
    head = preposition.head
    if head.pos_ in {"NOUN", "PROPN", "PRON"} and head.dep_ in {"dobj", "nsubjpass"}:
        head = head.head
    return str(head.lemma_.lower())


def _without_state(piece: str, texts: Sequence[str]) -> str:
    """The thing of "keep the identity confidential", whose words stand apart in the sentence: its longest known beginning."""
    words = piece.split()
    beginnings = (" ".join(words[:end]) for end in range(len(words), 0, -1))
    return next((one for one in beginnings if any(_find(one, text) for text in texts)), piece)


def _located(piece: str, texts: Sequence[str]) -> Iterator[_Place]:
    """Where a piece of a field stands; one that stands nowhere is cut at its colons, and then read by itself."""
    found = next((place for text in texts if (place := _find(piece, text))), None)
    if found is not None:
        yield found
    elif ": " in piece:
        for part in piece.split(": "):
            yield from _located(part, texts)
    elif piece.strip():
        text = field_text(piece.strip())
        start = text.find(piece.strip())
        yield _Place(text, start, start + len(piece.strip()))


def _find(piece: str, text: str) -> _Place | None:
    start = text.find(piece)
    if start < 0 and len(text.lower()) == len(text):
        start = text.lower().find(piece.lower())
    end = start + len(piece)
    if start < 0 or text[start - 1 : start].isalnum() or (text[end : end + 1].isalnum() and piece[-1:].isalnum()):
        return None
    return _Place(text, start, end)


def _roots(doc: "Doc", place: _Place) -> Iterator["Token"]:
    """The nouns that head a stretch: those that hang on nothing inside it, and what is coordinated with them."""
    span = doc.char_span(place.start, place.end, alignment_mode="expand")
    if span is None:
        return
    first = next((token for token in span if token.head not in span or token.head is token), None)
    roots = [t for t in span if (t.head not in span or t.head is t) and t.pos_ in _NOUNS]
    if first is not None and first.pos_ not in _NOUNS:
        below = {"dobj", "attr", "pobj", *(["nsubj"] if first.pos_ == "ADJ" else [])}  # "the identity confidential"
        roots = roots or [t for t in span if t.head is first and t.dep_ in below]
    for root in roots[:1]:
        for noun in _coordinated(root):
            if noun in span:
                yield from _inner(noun)


def _inner(noun: "Token") -> Iterator["Token"]:
    """A noun, or for "any kind of gift" the noun that it is a kind of."""
    below = list(_behind_of(noun)) if noun.lemma_.lower() in PARTITIVES else []
    if below:
        yield from below
    else:
        yield noun


def _behind_of(noun: "Token") -> Iterator["Token"]:
    for child in noun.rights:
        if child.lower_ == "of" and child.dep_ == "prep":
            for target in child.rights:
                if target.dep_ == "pobj":
                    yield from _coordinated(target)


def _coordinated(noun: "Token") -> Iterator["Token"]:
    yield noun
    for child in noun.rights:
        if child.dep_ == "conj":
            yield from _coordinated(child)


def _once(found: "Iterator[Mention] | Sequence[Mention]") -> tuple[Mention, ...]:
    """Each label once, where it first stood."""
    kept: dict[str, Mention] = {}
    for mention in found:
        kept.setdefault(mention.label.lower(), mention)
    return tuple(kept.values())


_BARE = re.compile(
    r"(?:the|an?|this|that|these|those|his|her|their|your|our|its|my|what|who|how|whether|which|where|when|to|if|only|"
    r"unless|until|after|before|for|in|on|at|by|with|without|from|except|any|anything|everything|something|anyone|it|"
    r"them|they|we|you|all|one|two|such|up|more|less|no|not|nobody|of|upon|during|while|provided|as|even|other)\b",
    re.IGNORECASE,
)


def field_text(text: str) -> str:
    """A field as a small sentence: with an article, "share in a supplier" is read as a noun, not as a verb."""
    return f"{text}." if _BARE.match(text) or not text[0].islower() else f"the {text}."
