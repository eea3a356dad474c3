"""The short reason that follows a verdict: the clause, and the fact that decides."""

import re

from generation.facts import Fact
from generation.frames import Frame
from generation.grammar import inflect_verb_phrase
from generation.situations import Act, Pivot, Situation
from kg.model import Modality, Verdict

_WORDS = 12


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


def reason(frame: Frame, situation: Situation, amount: str = "") -> str:
    """One sentence for the case of ``situation``; ``amount`` is the quantity as it was told."""
    if situation.verdict == Verdict.NEEDS_INFORMATION:
        return _open(frame, situation)
    clause = cite(frame)
    kept = situation.verdict == Verdict.PERMITTED
    if frame.quote:
        return _quoted(frame, clause, kept=kept)
    if situation.pivot == Pivot.LIMIT and frame.limit is not None:
        return _limited(frame, situation, amount)
    if situation.pivot == Pivot.DEADLINE and frame.deadline is not None:
        after = f"it took {amount}" if amount else ("it was in time" if kept else "it was late")
        return f"{clause} asks for {doing(frame, 8)} {frame.deadline.threshold.text}; {after}."
    if situation.pivot == Pivot.FACT:
        return _turned(frame, frame.facts[situation.fact], situation)
    return _bare(frame, clause, kept=kept)


def _limited(frame: Frame, situation: Situation, amount: str) -> str:
    this = f"this was {amount}" if amount else f"this is {'within' if situation.limit else 'outside'} it"
    return f"{cite(frame)} {_verb(frame)} {doing(frame, 10)}; {this}."


def _verb(frame: Frame) -> str:
    if frame.modality == Modality.PERMISSION:
        return "allows"
    if frame.modality == Modality.PROHIBITION or frame.negative:
        return "forbids"
    return "recommends" if frame.modality == Modality.RECOMMENDATION else "requires"


def _turned(frame: Frame, fact: Fact, situation: Situation) -> str:
    clause, holds = cite(frame), situation.told.get(situation.fact, False)
    if fact.style == "approval":
        given = holds if fact.role == "exception" or not fact.marker.startswith("without") else not holds
        end = "it was given" if given else "it was not given"
        return f"{clause} asks for approval by {fact.authority} for {doing(frame, 8)}; {end}."
    only = (
        "only "
        if frame.modality == Modality.PERMISSION and fact.role == "condition" and not fact.marker.startswith("only")
        else ""
    )
    stated = f"{only}{fact.marker} {fact.body}".strip()
    if len(stated.split()) > 16:
        stated = _trimmed(" ".join(stated.split()[:16]))
    end = "that was so" if holds else "that was not so"
    return f"{clause} {_verb(frame)} {doing(frame, 8)} {stated}; {end}."


def _quoted(frame: Frame, clause: str, *, kept: bool) -> str:
    if frame.modality == Modality.PERMISSION:
        return f"{clause} allows this." if kept else f"{clause} allows this, so nobody may forbid it."
    verb = {Modality.PROHIBITION: "sets this limit", Modality.RECOMMENDATION: "recommends this"}.get(
        frame.modality, "requires this"
    )
    return f"{clause} {verb}, and it was {'' if kept else 'not '}kept to."


def _bare(frame: Frame, clause: str, *, kept: bool) -> str:
    act = doing(frame)
    if frame.modality == Modality.PERMISSION:
        return f"{clause} allows {act}." if kept else f"{clause} allows {act}, so nobody may forbid it."
    if frame.modality == Modality.PROHIBITION or frame.negative:
        return f"{clause} forbids {act}{', which is not done here' if kept else ''}."
    return f"{clause} {_verb(frame)} {act}, which is {'' if kept else 'not '}done here."


def _open(frame: Frame, situation: Situation) -> str:
    clause = cite(frame)
    if frame.quote:
        return f"{clause} turns on what was done, which is not said."
    if situation.pivot == Pivot.LIMIT and frame.limit is not None:
        return f"{clause} on {doing(frame, 8)} turns on {frame.limit.matter}, which is not given."
    if situation.pivot == Pivot.DEADLINE and frame.deadline is not None:
        return f"{clause} on {doing(frame, 8)} turns on when it was done, which is not said."
    if situation.pivot == Pivot.FACT:
        return f"{clause} on {doing(frame, 8)} turns on {frame.facts[situation.fact].matter}, which is not said."
    what = "whether that was done" if situation.act == Act.UNKNOWN else "what was done"
    return f"{clause} {_verb(frame)} {doing(frame)}; {what} is not clear."
