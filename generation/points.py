"""The point that decides a case, as the end of a sentence, and read back from it.

Answers say what the policy does and how the case stands to it in one sentence: "Clause 3.4 forbids this unless the Ethics
Office has examined the charity, which is not so", "Clause 7.2 does not allow this, as USD 26,000 is above USD 25,000".
Those who spoil an answer for a pair of preferences, and those who check it, find the point again by :func:`told_points`.
"""

import re
from dataclasses import dataclass

from kg.grounding import Outcome

_SO = {Outcome.YES: "so", Outcome.NO: "not so", Outcome.OPEN: "not said"}
_WORD = r"[^\s.,;]+(?:[.,]\d[^\s.,;]*)*"
_WORDS = rf"{_WORD}(?: {_WORD})*?"
"""Words without a stop or comma, but for those within a number."""

_SAID = re.compile(
    rf", (?P<joint>as|and|but) (?:whether it is (?P<open>{_WORDS}) is not said"
    rf"|(?P<what>{_WORDS}) is (?P<not>not )?(?P<point>{_WORDS}))(?=[.;]|, (?:and|but|as) )"
)
_FACT = re.compile(
    r"(?<=\bthis) (?P<point>(?:[^.;]|(?<=\d)\.(?=\d))+?), which is (?P<held>so|not so|not said)(?=[.;]|, (?:and|but) )"
)
_QUANTITY = re.compile(r"\d")
"""What else than "it" is held against a point."""


@dataclass(frozen=True, slots=True)
class Told:
    """A point in a text: where it stands, what it is, how it stands, and the words of the case that were held against it."""

    start: int
    end: int
    point: str
    outcome: Outcome
    words: str = ""
    joint: str = ""


def said(point: str, outcome: Outcome, words: str = "", joint: str = "as") -> str:
    """The end of a sentence that tells how the case stands to ``point`` (a complement: "above USD 75", "approved")."""
    if outcome == Outcome.OPEN:
        return f", but whether it is {point} is not said"
    return f", {joint} {words or 'it'} is {'' if outcome == Outcome.YES else 'not '}{point}"


def said_done(held: bool | None) -> str:
    """The words ", and it is done": in the present, which fits what was done and what is only planned."""
    if held is None:
        return said("done", Outcome.OPEN)
    return said("done", Outcome.YES if held else Outcome.NO, joint="and" if held else "but")


def said_fact(fact: str, outcome: Outcome) -> str:
    """A condition or an exception behind "this", and whether it is so."""
    return f" {fact}, which is {_SO[outcome]}"


def told_points(text: str) -> tuple[Told, ...]:
    """The points of ``text`` in their order."""
    facts = (
        Told(found.start(), found.end(), found["point"].strip(), _held(found["held"])) for found in _FACT.finditer(text)
    )
    others = (_told(found) for found in _SAID.finditer(text) if _is_point(found))
    return tuple(sorted((*facts, *others), key=lambda told: told.start))


def _is_point(found: re.Match[str]) -> bool:
    what = found["what"] or "it"
    return what == "it" or bool(_QUANTITY.search(what))


def _told(found: re.Match[str]) -> Told:
    outcome = Outcome.OPEN if found["open"] else Outcome.NO if found["not"] else Outcome.YES
    words = "" if (found["what"] or "it") == "it" else found["what"]
    return Told(found.start(), found.end(), found["open"] or found["point"], outcome, words, found["joint"])


def _held(words: str) -> Outcome:
    return next(outcome for outcome, said_so in _SO.items() if said_so == words)


def retold(text: str, told: Told, outcome: Outcome) -> str:
    """``text`` with one of its points told as ``outcome``."""
    if not told.joint:
        words = said_fact(told.point, outcome)
    elif told.point == "done" and outcome != Outcome.OPEN:
        words = said_done(outcome == Outcome.YES)
    else:
        words = said(told.point, outcome, told.words, "as" if told.outcome == Outcome.OPEN else told.joint)
    return f"{text[: told.start]}{words}{text[told.end :]}"
