"""Pronouns whose noun stands in the same sentence's opening condition."""

from typing import TYPE_CHECKING

from extraction.rules_cue import Cue
from extraction.rules_fields import subject_restriction
from extraction.rules_objects import noun_end
from extraction.rules_phrases import slice_text, strip_determiners
from extraction.rules_spans import Segment

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ACTORS = frozenset({"they", "he", "she", "it"})
_OBJECTS = frozenset({"it", "them"})


def resolve(doc: "Doc", scope: tuple[Segment, ...], actor: str, target: str, cue: Cue) -> tuple[str, str]:
    """As in "If a vendor sends you a gift, return it": the actor and the object with their nouns, where they are told."""
    before = [segment for segment in scope if segment.kind == "condition" and segment.start < cue.anchor]
    if target.lower() in _OBJECTS and cue.subject is not None and cue.subject.i < cue.anchor:
        restriction = subject_restriction(cue.subject, cue.anchor)
        if restriction is not None:
            target = _noun(doc, Segment("condition", *restriction), frozenset({"dobj", "pobj"})) or target
    if not before:
        return actor, target
    if actor.lower() in _ACTORS:
        actor = _noun(doc, before[0], frozenset({"nsubj", "nsubjpass"})) or actor
    if target.lower() in _OBJECTS:
        target = _noun(doc, before[0], frozenset({"dobj", "nsubjpass"})) or target
    return actor, target


def _noun(doc: "Doc", segment: Segment, roles: frozenset[str]) -> str:
    """The noun phrase in one of ``roles`` in the condition; empty where there is none or more than one."""
    nouns = [t for t in doc[segment.start : segment.end] if t.dep_ in roles and t.pos_ in {"NOUN", "PROPN", "PRON"}]
    nouns = [t for t in nouns if t.tag_ not in {"PRP", "WP", "WDT", "DT", "EX"}]
    if not nouns:
        return ""
    noun = nouns[-1] if "nsubj" in roles else nouns[0]
    start = strip_determiners(doc, int(noun.left_edge.i), noun.i)
    return slice_text(doc, start, noun_end(noun, noun.head, segment.end, narrow=True))
