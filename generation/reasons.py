"""The short reason that follows a verdict: the clause, and the point that decides."""

import re

from generation.frames import Frame, deed
from generation.grammar import readings, verb_form
from generation.points import said, said_done, said_fact
from generation.prompting import DEONTIC, as_data
from generation.situations import Act, Pivot, Situation
from kg.grounding import Outcome, ground
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
    """One sentence: what the clause does, and how the case stands to the point that it turns on.

    The point uses the very words of the prompt's checks, so that a small model finds them there: "Clause 7.2 does not allow
    this, as USD 26,000 is above USD 25,000.", "Clause 5.3 forbids copying a password, and it is done."
    """
    if frame.turned is not None:
        held = _outcome(_held(situation))
        joint = "but" if held == Outcome.YES else "and"
        return f"{cite(frame)} {frame.turned.says}{said(frame.turned.point, held, joint=joint)}."
    done = _done(frame, situation)
    if situation.pivot == Pivot.ACT:
        does = _does(frame, situation)
        if done.startswith(", but"):
            does = does.replace("does not forbid", DEONTIC[Modality.PROHIBITION.value])
        return f"{cite(frame)} {_naming(frame, does)}{done}."
    if situation.verdict == Verdict.PERMITTED and situation.act == Act.OMITTED:
        done = ""  # that it is not done is no fault where the point says why
    fact = frame.facts[situation.fact] if situation.pivot == Pivot.FACT else None
    if fact is not None and fact.style != "approval":
        if done and _held(situation) and fact.marker in _TIMES and not frame.negative:
            return f"{cite(frame)} {_says(frame)}{_fact(frame, situation, ' to be done')}."
        if situation.told.get(situation.fact) is not True:
            done = done.replace(", but", ", and", 1)
        return f"{cite(frame)} {_says(frame)}{_fact(frame, situation)}{done}."
    pivot = _pivot(frame, situation, question)
    does = _does(frame, situation)
    if situation.pivot == Pivot.FACT and pivot.startswith(", but"):
        does += _APPROVED.get(frame.rule.modality, "")
    return f"{cite(frame)} {does}{done}{pivot.replace(', but', ', and', 1) if done else pivot}."


def _naming(frame: Frame, does: str) -> str:
    """What the clause does with the deed by its name: the whole reason hangs on it.

    Not where the case tells a figure of its own in place of the limit that the act holds.
    """
    named = "" if frame.limit is not None else as_data(deed(frame))
    if not named:
        return does
    return f"{does.removesuffix('this').removesuffix('doing ')}{named}"


def _held(situation: Situation) -> bool | None:
    return {Act.DONE: True, Act.OMITTED: False}.get(situation.act)


def _says(frame: Frame) -> str:
    """What the clause does, before the condition under which it does so."""
    deontic = DEONTIC[frame.rule.modality.value]
    duty = frame.rule.modality in {Modality.OBLIGATION, Modality.RECOMMENDATION}
    return f"{deontic} not doing this" if frame.negative and duty else f"{deontic} this"


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


_APPROVED = {Modality.PERMISSION: " only with approval", Modality.PROHIBITION: " without approval"}
"""What an open approval has to do with the rule; where it is told, the reason says "as it is approved"."""
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
    held = _held(situation)
    if situation.pivot == Pivot.ACT:
        return "" if frame.reserved else said_done(held)
    duty = frame.rule.modality in {Modality.OBLIGATION, Modality.RECOMMENDATION} and not frame.only
    return said_done(held) if held is False or (duty and situation.pivot == Pivot.FACT) else ""


def agreeing(text: str) -> str:
    """``text`` with the second of two verbs in the number of the first: "they know of or suspect a breach"."""
    return _SECOND_VERB.sub(lambda found: found[1] + readings(found[2]).get("VERB", found[2]), text)


_SECOND_VERB = re.compile(r"\b(they \w+(?: (?:of|about|for|with))? (?:or|and) )(\w+s)\b", re.IGNORECASE)


def positive(matter: str) -> str:
    """What is asked, without a negation that turns the question round: "whether the work competes with ours"."""
    text = re.sub(r"^(whether .+?) does not (\w+)", lambda found: f"{found[1]} {verb_form(found[2], 's3')}", matter)
    return re.sub(r"^(whether .+?) do not (\w+)", r"\1 \2", text)


_TIMES = frozenset({"before", "after", "until"})
"""What tells when a duty is to be done, rather than whether it is one."""


def _fact(frame: Frame, situation: Situation, done: str = "") -> str:
    fact = frame.facts[situation.fact]
    text = as_data(agreeing(_short(f"{fact.marker} {fact.body}".strip(), 14)))
    return said_fact(f"{done} {text}".strip(), _outcome(situation.told.get(situation.fact)))


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
        return said(as_data(quantity.threshold.text), _outcome(held), as_data(words))
    if situation.pivot == Pivot.FACT:
        fact = frame.facts[situation.fact]
        held = situation.told.get(situation.fact)
        if held is not None and fact.role == "condition" and fact.marker.startswith("without"):
            held = not held
        return said("approved", _outcome(held))
    if frame.reserved:
        held = {"": True, "other": False}.get(situation.outsider)
        return said(f"done by {as_data(frame.actor or 'those who may')}", _outcome(held))
    return said_done(_held(situation))


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
