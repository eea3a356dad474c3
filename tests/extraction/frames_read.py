"""Rules as short texts, to be compared at a glance."""

from extraction.nlp import Analyser
from extraction.rules import extract_frames


def read(sentence: str, context: str, analyser: Analyser) -> list[str]:
    """Each frame as "modality | actor | action | object | condition | exception", empty ends left out."""
    fields = ("modality", "actor", "action", "object", "condition", "exception")
    frames = extract_frames(sentence, context, analyser)
    return [" | ".join(str(getattr(frame, name)) for name in fields).rstrip(" |") for frame in frames]
