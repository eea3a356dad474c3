"""The short reason that follows a verdict: the clause, and the fact that decides."""

import re

from generation.facts import Fact
from generation.frames import Frame
from generation.grammar import inflect_verb_phrase
from generation.situations import Pivot, Situation
from kg.model import Modality, Verdict

_WORDS, _EVIDENCE, _CONDITION = 12, 14, 16


def short_act(frame: Frame, words: int = _WORDS) -> str:
    """The act in at most ``words`` words, without a loose end."""
    kept = frame.act.split()
    text = " ".join(kept[:words]).rstrip(" ,")
    return _trimmed(text) if len(kept) > words else text


def _trimmed(text: str) -> str:
    previous = ""
    while text != previous:
        previous = text
        text = re.sub(
            r"[ ,]+(?:and|or|of|to|the|a|an|in|on|at|for|with|that|by|from|about|as|who|which|any)$", "", text
        )
    return text


def doing(frame: Frame, words: int = _WORDS) -> str:
    """The act as a gerund: "accepting a gift from a supplier"."""
    return inflect_verb_phrase(short_act(frame, words), "ing", frame.verbs)


def cite(frame: Frame) -> str:
    """Clause 3.2, or the section's title where clauses bear no number."""
    if not frame.citation:
        return "The policy"
    return f"Clause {frame.citation}" if frame.citation[0].isdigit() else f"The rule in {frame.citation}"


def reason(frame: Frame, situation: Situation, evidence: str = "") -> str:
    """Two sentences for the case of ``situation``: what the clause says, and what the case tells of it.

    ``evidence`` is quoted from the case. A reason that points at the words which decide can be checked by a reader, and
    a small model learns to look for them before it gives a verdict.
    """
    return f"{_stated(frame, situation)}. {_told(situation, evidence)}"


def evidence(own: str, other: str) -> str:
    """The words of the case ``own`` that set it apart from its opposite twin, at most ``_EVIDENCE`` of them."""
    theirs = set(_sentences(other))
    apart = [text for text in _sentences(own) if text not in theirs]
    if not apart:
        return ""
    words = apart[0].split()
    if len(words) <= _EVIDENCE:
        return apart[0].rstrip(".?")
    against = max((text.split() for text in theirs), key=lambda text: len(set(text) & set(words)), default=[])
    start = next((at for at, (one, two) in enumerate(zip(words, against, strict=False)) if one != two), 0)
    start = max(0, min(start - _EVIDENCE // 3, len(words) - _EVIDENCE))
    return " ".join(words[start : start + _EVIDENCE]).strip(" ,.?")


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+(?=[A-Z])", text) if part.strip()]


def _told(situation: Situation, quoted: str) -> str:
    if situation.verdict == Verdict.NEEDS_INFORMATION:
        return "The case does not say."
    return f'The case says: "{quoted}".' if quoted else "The case fits it."


def _stated(frame: Frame, situation: Situation) -> str:
    clause = cite(frame)
    if frame.quote:
        verb = {Modality.PERMISSION: "allows", Modality.PROHIBITION: "limits", Modality.RECOMMENDATION: "recommends"}
        return f"{clause} {verb.get(frame.modality, 'requires')} this"
    if situation.pivot == Pivot.DEADLINE and frame.deadline is not None:
        return f"{clause} asks for {doing(frame, 8)} {frame.deadline.threshold.text}"
    if situation.pivot == Pivot.FACT:
        return _turned(frame, frame.facts[situation.fact])
    return f"{clause} {_verb(frame)} {doing(frame, 10)}"


def _verb(frame: Frame) -> str:
    if frame.modality == Modality.PERMISSION:
        return "allows"
    if frame.modality == Modality.PROHIBITION or frame.negative:
        return "forbids"
    return "recommends" if frame.modality == Modality.RECOMMENDATION else "requires"


def _turned(frame: Frame, fact: Fact) -> str:
    if fact.style == "approval":
        return f"{cite(frame)} asks for approval by {fact.authority} for {doing(frame, 8)}"
    only = (
        "only "
        if frame.modality == Modality.PERMISSION and fact.role == "condition" and not fact.marker.startswith("only")
        else ""
    )
    stated = f"{only}{fact.marker} {fact.body}".strip()
    if len(stated.split()) > _CONDITION:
        stated = _trimmed(" ".join(stated.split()[:_CONDITION]))
    return f"{cite(frame)} {_verb(frame)} {doing(frame, 8)} {stated}"
