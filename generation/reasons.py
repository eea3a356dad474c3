"""The short reason that follows a verdict: the clause, and the point that decides."""

import re

from generation.frames import Frame
from generation.grammar import readings, verb_form
from generation.prompting import DEONTIC, check_line
from generation.situations import Act, Pivot, Situation
from kg.grounding import Check, Outcome, ground
from kg.model import Modality, Verdict


def _trimmed(text: str) -> str:
    previous = ""
    while text != previous:
        previous = text
        text = re.sub(
            r"[ ,]+(?:and|or|of|to|the|a|an|in|on|at|for|with|that|by|from|about|as|who|which|any)$", "", text
        )
    return text


def cite(frame: Frame) -> str:
    """Clause 3.2, or the section's title where clauses bear no number."""
    if not frame.citation:
        return "The policy"
    return f"Clause {frame.citation}" if frame.citation[0].isdigit() else f"The rule in {frame.citation}"


def reason(frame: Frame, situation: Situation, question: str) -> str:
    """Two short sentences: what the clause does, and the point that the case turns on with its outcome.

    The point uses the very words of the prompt's checks, so that a small model finds them there: "Clause 2.1 allows this.
    USD 75 or less: yes, 30 dollars." Whether it is done is part of the sentence: "Clause 5.3 forbids this, and it is done."
    """
    if frame.turned is not None:
        held = {Act.DONE: True, Act.OMITTED: False}.get(situation.act)
        return f"{cite(frame)} {frame.turned.says}. {_capital(check_line(Check(frame.turned.point, _outcome(held))))}."
    done = _done(frame, situation)
    said = f"{cite(frame)} {_does(frame, situation)}{done}."
    if done and situation.pivot == Pivot.ACT:
        return said.replace(" does not forbid this, but", " forbids this, but")
    return f"{said} {_capital(_pivot(frame, situation, question))}."


def _does(frame: Frame, situation: Situation) -> str:
    """What the clause does in the case, so that the point behind it is the ground of the verdict and does not speak against it."""
    modality, verdict = frame.rule.modality, situation.verdict
    left = situation.act == Act.OMITTED
    if frame.negative and modality in {Modality.OBLIGATION, Modality.RECOMMENDATION}:
        return f"{DEONTIC[modality.value]} not doing this"
    if modality == Modality.RECOMMENDATION:
        return "recommends this"
    if verdict == Verdict.PERMITTED and left and modality == Modality.OBLIGATION:
        return f"does not {_BASE[modality]} this"
    return stated(modality, verdict)


_BASE = {
    Modality.PERMISSION: "allow", Modality.PROHIBITION: "forbid", Modality.OBLIGATION: "require",
    Modality.RECOMMENDATION: "recommend",
}  # fmt: skip


def stated(modality: Modality, verdict: Verdict) -> str:
    """What a clause of ``modality`` does where it leads to ``verdict``: one that is held against a case and does not hit it
    "does not forbid this", one whose conditions are not met "does not allow this".
    """
    against = {(Modality.PERMISSION, Verdict.PROHIBITED), (Modality.PROHIBITION, Verdict.PERMITTED)}
    return f"does not {_BASE[modality]} this" if (modality, verdict) in against else f"{DEONTIC[modality.value]} this"


def _done(frame: Frame, situation: Situation) -> str:
    """Whether it is done, as the end of the sentence on the clause; empty where nothing hangs on that."""
    held = {Act.DONE: True, Act.OMITTED: False}.get(situation.act)
    if situation.pivot == Pivot.ACT:
        hidden = situation.act == Act.UNKNOWN and not frame.quote
        return "" if frame.reserved or hidden else told_done(held)
    duty = frame.rule.modality in {Modality.OBLIGATION, Modality.RECOMMENDATION} and not frame.only
    return told_done(held) if held is False or (duty and situation.pivot == Pivot.FACT) else ""


def told_done(held: bool | None) -> str:
    """The words ", and it is done": in the present, which fits what was done and what is only planned."""
    if held is None:
        return ", but whether it is done is not said"
    return ", and it is done" if held else ", but it is not done"


def agreeing(text: str) -> str:
    """``text`` with the second of two verbs in the number of the first: "they know of or suspect a breach"."""
    return _SECOND_VERB.sub(lambda found: found[1] + readings(found[2]).get("VERB", found[2]), text)


_SECOND_VERB = re.compile(r"\b(they \w+(?: (?:of|about|for|with))? (?:or|and) )(\w+s)\b", re.IGNORECASE)


def positive(matter: str) -> str:
    """What is asked, without a negation that turns the question round: "whether the work competes with ours"."""
    text = re.sub(r"^(whether .+?) does not (\w+)", lambda found: f"{found[1]} {verb_form(found[2], 's3')}", matter)
    return re.sub(r"^(whether .+?) do not (\w+)", r"\1 \2", text)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _pivot(frame: Frame, situation: Situation, question: str) -> str:
    quantity = {Pivot.LIMIT: frame.limit, Pivot.DEADLINE: frame.deadline}.get(situation.pivot)
    if quantity is not None:
        held = situation.limit if situation.pivot == Pivot.LIMIT else situation.deadline
        found = [
            check
            for held_against in ground(question, frame.rule.text, (frame.rule,))
            for check in held_against.checks
            if check.point == quantity.threshold.text
        ]
        agreed = bool(found) and found[0].outcome == _outcome(held)
        words = found[0].words if agreed and held is not None else ""
        return check_line(Check(quantity.threshold.text, _outcome(held), words, limit=True))
    if situation.pivot == Pivot.FACT:
        fact = frame.facts[situation.fact]
        held = situation.told.get(situation.fact)
        if fact.style == "approval":
            if held is not None and fact.role == "condition" and fact.marker.startswith("without"):
                held = not held
            return check_line(Check("approval", _outcome(held)))
        return check_line(Check(agreeing(_short(f"{fact.marker} {fact.body}")), _outcome(held)))
    if frame.reserved:
        held = {"": True, "other": False}.get(situation.outsider)
        return check_line(Check(f"done by {frame.actor or 'those who may'}", _outcome(held)))
    if situation.act == Act.UNKNOWN and not frame.quote:
        return check_line(Check(_short(frame.act, 12), Outcome.OPEN))
    return check_line(Check("it is done", _outcome({Act.DONE: True, Act.OMITTED: False}.get(situation.act))))


def _outcome(held: bool | None) -> Outcome:
    return Outcome.OPEN if held is None else Outcome.YES if held else Outcome.NO


_BREAK = re.compile(
    r",|^(?:that|which|who|whom|whose|so|because|where|when|while|if|unless|except|and|or|but|to|after|before)$"
)


def _short(text: str, words: int = 9) -> str:
    """``text`` up to about ``words`` words, cut where a phrase ends rather than in the midst of one."""
    kept = text.split()
    if len(kept) <= words:
        return text
    ends = [
        place
        for place in range(6, min(len(kept), words + 5))
        if _BREAK.search(kept[place - 1] if "," in kept[place - 1] else kept[place])
    ]
    fitting = [place for place in ends if place <= words] or ends[:1]
    return _trimmed(" ".join(kept[: fitting[-1] if fitting else words + 3]).rstrip(" ,"))
