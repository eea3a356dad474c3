"""The short reason that follows a verdict and cites the clause."""

from generation.frames import Frame
from generation.situations import Act, Pivot, Situation
from kg.model import Modality, Verdict


def short_act(frame: Frame, words: int = 14) -> str:
    """The act in at most ``words`` words."""
    return " ".join(frame.act.split()[:words]).rstrip(" ,")


def who(frame: Frame) -> str:
    """The actor as it stands inside a sentence."""
    actor = frame.actor or "people"
    if actor.lower() in {"they", "them", "you", "it", "he", "she", "who"}:
        return "employees" if actor.lower() in {"they", "them", "you"} else "it"
    return (
        actor[0].lower() + actor[1:]
        if actor.split()[0].lower() in {"employees", "employee", "managers", "the", "nobody", "no", "anyone"}
        else actor
    )


def cite(frame: Frame) -> str:
    """Clause 3.2, or the section's title where clauses bear no number."""
    if not frame.citation:
        return "The policy"
    return f"Clause {frame.citation}" if frame.citation[0].isdigit() else f"The rule in {frame.citation}"


def reason(frame: Frame, situation: Situation) -> str:
    """One sentence for the case of ``situation``."""
    if situation.verdict == Verdict.NEEDS_INFORMATION:
        return _open(frame, situation)
    clause, act = cite(frame), short_act(frame)
    kept = situation.verdict == Verdict.PERMITTED
    if situation.pivot == Pivot.LIMIT and frame.limit is not None:
        return f"{clause} sets the limit at {frame.limit.threshold.text}, and this is {'within' if kept else 'not within'} it."
    if situation.pivot == Pivot.DEADLINE and frame.deadline is not None:
        return f"{clause} asks to {act} {frame.deadline.threshold.text}, and that was {'kept' if kept else 'missed'}."
    if situation.pivot == Pivot.FACT:
        fact = frame.facts[situation.fact]
        stated = f"{fact.marker} {fact.body}".strip()
        holds = situation.told.get(situation.fact, False)
        return f"{clause} turns on this: {stated}. Here that is {'so' if holds else 'not so'}."
    return _bare(frame, clause, act, kept=kept)


def _bare(frame: Frame, clause: str, act: str, *, kept: bool) -> str:
    if frame.modality == Modality.PERMISSION:
        if kept:
            return f"{clause} allows {who(frame)} to {act}."
        return f"{clause} allows {who(frame)} to {act}, so nobody may forbid it."
    if frame.modality == Modality.PROHIBITION or frame.negative:
        if kept:
            return f"{clause} forbids to {act}, and that was not done."
        return f"{clause} does not allow anyone to {act}."
    word = "asks" if frame.modality == Modality.RECOMMENDATION else "requires"
    if kept:
        return f"{clause} {word} {who(frame)} to {act}, and that is what happened."
    return f"{clause} {word} {who(frame)} to {act}, and that was not done."


def _open(frame: Frame, situation: Situation) -> str:
    clause = cite(frame).replace("Clause", "clause").replace("The rule", "the rule").replace("The policy", "the policy")
    if situation.pivot == Pivot.LIMIT and frame.limit is not None:
        return f"Under {clause} it depends on {frame.limit.matter}; that is not stated."
    if situation.pivot == Pivot.DEADLINE and frame.deadline is not None:
        return f"Under {clause} it depends on {frame.deadline.matter}; that is not stated."
    if situation.pivot == Pivot.FACT:
        return f"Under {clause} it depends on {frame.facts[situation.fact].matter}; that is not stated."
    done = "is" if situation.act == Act.UNKNOWN else "was"
    return f"Under {clause} it depends on whether somebody will {short_act(frame)} or did so; that {done} not settled."
