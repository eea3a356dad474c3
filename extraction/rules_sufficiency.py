"""Whether a rule can be acted on alone, and what a bare verb takes from its sentence to be so."""

import re
from dataclasses import replace

from extraction.lexicon import COMPLETE_VERBS, WHEREABOUTS_VERBS
from extraction.rules_anaphora import is_unresolved
from extraction.rules_frame import Frame
from extraction.rules_thresholds import thresholds
from kg.model import Modality

_PLACED = re.compile(
    r"\w+(?: (?!(?:at|in|on|by|to|from|here|there|outside|inside)\b)\w+)?,? ((?:at|in|on|by|from|to|into|onto|through|near|beside|behind|within|along|across|over|under|between|around|off|without|with)"
    r" (?!least\b|most\b|all\b|particular\b|addition\b|full\b|general\b|this\b|that\b|it\b|them\b|such\b)\w|"
    r"(?:here|there|outside|inside|upstairs|downstairs|indoors|outdoors|overnight|alone|abroad|home)\b)",
    re.IGNORECASE,
)


def with_whereabouts(frame: Frame) -> Frame:
    """As in "parents must leave at 8 pm", "shoes must stay outside": what the verb alone does not say is its place or time."""
    verb = frame.action.removeprefix("not ").partition(" ")[0]
    bare = not (frame.object or frame.condition or frame.exception) and verb in WHEREABOUTS_VERBS
    bound = bool(frame.actor) or frame.modality is Modality.PROHIBITION
    placed = _PLACED.match(frame.extent) if bare and bound and frame.modality is not Modality.DEFINITION else None
    return replace(frame, object=frame.extent[placed.start(1) :].strip(" .")) if placed else frame


def is_self_sufficient(frame: Frame) -> bool:
    """Whether a reader could act on it: "do so" and a bare "it must come" cannot stand alone."""
    if frame.modality is not Modality.DEFINITION and is_unresolved(frame):
        return False
    if frame.action.removeprefix("not ") == "do" and frame.object.lower() in {"", "so", "the same"}:
        return False
    complete = bool(frame.actor) and frame.action.removeprefix("not ") in COMPLETE_VERBS
    return complete or bool(frame.object or frame.condition or frame.exception or thresholds(frame.extent))
