"""Pronouns with their nouns: in the sentence itself, else in the sentences before it of the same clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_cue import Cue
from extraction.rules_fields import subject_restriction
from extraction.rules_objects import noun_end
from extraction.rules_phrases import slice_text, strip_determiners
from extraction.rules_spans import Segment
from extraction.rules_tokens import is_party

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extraction.rules_frame import Frame

_ACTORS = frozenset({"they", "he", "she", "it"})
_OBJECTS = frozenset({"it", "them"})
_ONE = re.compile(r"^(?P<before>(?:\w+ )?)one$", re.IGNORECASE)
# Nouns that count or date a thing and are never what "it" stands for.
_MEASURES = word_set(
    "day hour week month year minute moment time usd eur gbp percent metre kilometre centimetre case shift way order part"
)
_POINTING = word_set("it they them this that these those he she one so him her")


def resolve(
    doc: "Doc", scope: tuple[Segment, ...], actor: str, target: str, cue: Cue, verb: "Token"
) -> tuple[str, str]:
    """As in "If a vendor sends you a gift, return it": the actor and the object with their nouns, where they are told."""
    before = [segment for segment in scope if segment.kind == "condition" and segment.start < cue.anchor]
    if before and target.lower() in _OBJECTS and verb.i == cue.verb.i:
        target = (
            _noun(doc, before[0], ("dobj",), single=target.lower() == "it") or target
        )  # what the case is about, before who it names
    if target.lower() in _OBJECTS and verb.i != cue.verb.i:  # "must adopt the decision and send it to the board"
        own = [t for t in cue.verb.rights if t.dep_ == "dobj" and t.pos_ == "NOUN" and not is_party(t)]
        target = _replaced(target, own)
    if target.lower() in _OBJECTS and cue.subject is not None and cue.subject.i < cue.anchor:
        restriction = subject_restriction(cue.subject, cue.anchor)
        if restriction is not None:
            target = _noun(doc, Segment("condition", *restriction), ("nsubjpass", "dobj", "nsubj", "pobj")) or target
    if before:
        if actor.lower() in _ACTORS:
            actor = _party(doc, before[0], actor) or _noun(doc, before[0], ("nsubj", "nsubjpass"), last=True) or actor
        if target.lower() in _OBJECTS:
            target = _noun(doc, before[0], ("dobj", "nsubjpass"), single=target.lower() == "it") or target
    return _from_sentence(doc, actor, target, cue, verb)


def _from_sentence(doc: "Doc", actor: str, target: str, cue: Cue, verb: "Token") -> tuple[str, str]:
    """The nouns of earlier clauses of the sentence ("protect the data and may use it")."""
    if target.lower() in _OBJECTS or _ONE.match(target):
        target = _replaced(target, [token for token in doc[: max(cue.anchor, verb.i)] if token != cue.subject])
    if actor.lower() in _ACTORS and cue.subject is not None and cue.subject.lower_ == actor.lower():
        actor = _subject(doc[: cue.subject.i], plural=actor.lower() == "they") or actor
    return actor, target


def first_subject(doc: "Doc") -> str:
    """The first noun phrase of ``doc`` that is a subject; empty where there is none."""
    found = (t for t in doc if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN"})
    noun = next(found, None)
    return _phrase(noun, int(noun.head.i) if noun.head.i > noun.i else noun.i + 1) if noun is not None else ""


def _noun(doc: "Doc", segment: Segment, roles: tuple[str, ...], *, last: bool = False, single: bool = False) -> str:
    """The noun phrase in the first of ``roles`` that the condition has; empty where there is none."""
    for role in (roles,) if last else tuple((role,) for role in roles):
        nouns = [t for t in doc[segment.start : segment.end] if t.dep_ in role and t.pos_ in {"NOUN", "PROPN"}]
        nouns = [t for t in nouns if not (single and t.tag_ in {"NNS", "NNPS"} and t.lower_ != "data")]
        if not last:
            nouns = [noun for noun in nouns if not any(child.dep_ == "conj" for child in noun.rights)]
        if nouns:
            return _phrase(nouns[-1] if last else nouns[0], segment.end)
    return ""


def _party(doc: "Doc", segment: Segment, pronoun: str) -> str:
    """As in "If a guest believes that the bill is wrong, they may": the first one in the case who can act; not for "it"."""
    if pronoun.lower() == "it":
        return ""
    subjects = (t for t in doc[segment.start : segment.end] if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ == "NOUN")
    noun = next((t for t in subjects if is_party(t)), None)
    return _phrase(noun, segment.end) if noun is not None else ""


def _phrase(noun: "Token", stop: int) -> str:
    doc = noun.doc
    start = strip_determiners(doc, int(noun.left_edge.i), noun.i)
    if doc[start].lower_ == "such":
        start = strip_determiners(doc, start + 1, noun.i)
    return slice_text(doc, start, max(noun_end(noun, noun.head, stop, narrow=True), noun.i + 1))


def _things(tokens: "Sequence[Token]", *, plural: bool) -> "Iterator[Token]":
    """Nouns that the pronoun may stand for, the best role first, the nearest first within a role."""
    fitting = [
        token
        for token in tokens
        if (token.tag_ in ({"NNS", "NNPS"} if plural else {"NN", "NNP"}) or token.lower_ == "data")
        and token.dep_ not in {"compound", "nmod", "npadvmod", "poss"}
        and token.lemma_.lower() not in _MEASURES
        and not is_party(token)
        and not any(child.dep_ == "acl" and child.tag_ == "VB" for child in token.rights)  # "the right to mend it"
    ]
    for inside in (False, True):
        for roles in ({"dobj"}, {"nsubjpass"}, {"nsubj"}, {"attr", "conj"}, {"pobj"}):
            yield from (t for t in reversed(fitting) if t.dep_ in roles and _in_relative(t) == inside)


def _in_relative(token: "Token") -> bool:
    """Whether the noun stands in a relative clause, which the main clause seldom points back to."""
    return any(ancestor.dep_ in {"relcl", "acl"} and ancestor.i < token.i for ancestor in token.ancestors)


def _replaced(target: str, tokens: "Sequence[Token]") -> str:
    """The object with the noun that "it", "them" or "one" stands for; as it is where none fits."""
    one = _ONE.match(target)
    noun = next(_things(tokens, plural=target.lower() == "them"), None)
    if noun is None:
        return target
    if one is not None:
        return f"{one.group('before')}{noun.text.lower() if noun.pos_ == 'NOUN' else noun.text}"
    return _phrase(noun, tokens[-1].i + 1)


def _subject(tokens: "Sequence[Token]", *, plural: bool) -> str:
    """The last subject of a main clause among ``tokens`` that agrees in number."""
    tags = {"NNS", "NNPS"} if plural else {"NN", "NNP"}
    for token in reversed(tokens):
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ in {"ROOT", "conj", "ccomp"}:
            if token.tag_ in tags:
                return _phrase(token, token.head.i)
            of_those = next((c for p in token.rights if p.lower_ == "of" for c in p.rights if c.tag_ in tags), None)
            if plural and token.tag_ == "DT" and of_those is not None:
                return _phrase(of_those, token.head.i)
    return ""


def resolve_across(frame: "Frame", earlier: "Sequence[Doc]", rules: "Sequence[Frame]") -> "Frame":
    """``frame`` with pronouns replaced from the sentences ``earlier`` in its clause, the nearest first.

    ``rules`` are the frames that those sentences gave: who was bound in the sentence before is who "they" are.
    """
    actor, target = frame.actor, frame.object
    for doc in reversed(earlier[-3:]):
        if actor.lower() in {"they", "it"}:
            actor = _subject(doc[:], plural=actor.lower() == "they") or actor
        if target.lower() in _OBJECTS or _ONE.match(target):
            target = _replaced(target, doc[:])
    if actor.lower() == "they":
        actor = next((one.actor for one in reversed(rules) if one.actor.lower().endswith("s")), actor)
    return replace(frame, actor=actor, object=target)


def is_unresolved(frame: "Frame") -> bool:
    """Whether the frame's actor or object points to something outside its sentence and nothing was found for it."""
    if frame.actor.lower().endswith((" of them", " of these", " of those")):
        return True
    return frame.actor.lower() in _POINTING - {"those", "one"} or frame.object.lower() in _POINTING - {"those"}
