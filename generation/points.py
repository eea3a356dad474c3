"""How a case stands to the point that decides it, as the end of a sentence, and read back from it.

Answers say what the policy does and how the case stands to it in one sentence: "Clause 3.4 forbids making a donation unless the
Ethics Office has examined the charity, which was not the case", "Clause 2.9 forbids supervising a family member, which Omar did".
Those who spoil an answer for a pair of preferences, and those who check it, find the point again by :func:`told_points`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.grounding import Outcome

YES, NO, OPEN = Outcome.YES, Outcome.NO, Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of point is told: by outcome a tail with the places {who}, {point} and {words}."""

    name: str
    tails: Mapping[Outcome, str]
    joint: str = ""
    """A name that a point of this kind always has; empty where the text itself names it."""


def _form(name: str, yes: str, no: str, unsaid: str, point: str = "") -> Form:
    return Form(name, MappingProxyType({YES: yes, NO: no, OPEN: unsaid}), point)


_WHOLE = (
    # what is held against a limit, or against who may do it
    _form("held", ", and {words} is {point}", ", but {words} is not {point}", ", but whether it is {point} is not said"),
    # a condition or an exception, which stands before the tail
    _form("fact", ", which was the case", ", which was not the case", ", but whether that was the case is not said"),
    _form("given", ", which was given", ", which was not given", ", but whether it was given is not said", "approved"),
    _form("has", ", which has been given", ", which has not been given", ", but whether it has been given is not said", "approved"),
    _form("besides", ", and it was given", ", and it was not given", ", but it is not said whether it was given", "approved"),
    # the deed, which the sentence has named, and by whom
    _form("deed", ", which {who} did", ", which {who} did not do", ", but whether {who} did it remains open", "done"),
    _form("part", ", and that is what {who} did", ", but that is not what {who} did", ", but whether that is what {who} did is not said", "done"),
    _form("state", ", which {who} was", ", which {who} was not", ", but whether {who} was is not said", "done"),
    _form("duty", ", and {who} did so", ", but {who} did not do so", ", but whether {who} did so is not said", "done"),
    _form("breach", ", but {who} did so", ", and {who} did not do so", ", but nobody says whether {who} did so", "done"),
    _form("kept", ", and {who} kept to it", ", but {who} did not keep to it", ", but whether {who} kept to it remains open", "done"),
    _form("against", ", and {who} went against it", ", but {who} did not go against it", ", but whether {who} went against it remains open", "done"),
    # what somebody does against a permission or a definition
    _form("forbade", ", but {who} forbade it", ", and {who} did not forbid it", ", but whether {who} forbade it remains open", "done"),
    _form("banned", ", but {who} banned it", ", and {who} did not ban it", ", but whether {who} banned it remains open", "done"),
    _form("prevented", ", but {who} prevented it", ", and {who} did not prevent it", ", but whether {who} prevented it remains open", "done"),
    _form("demanded", ", but {who} ruled that out", ", and {who} did not rule that out", ", but whether {who} ruled that out remains open", "done"),
    _form("stopped", ", but {who} stopped it", ", and {who} did not stop it", ", but whether {who} stopped it remains open", "done"),
    _form("refused", ", but {who} refused to", ", and {who} did not refuse to", ", but whether {who} refused to remains open", "done"),
    _form("counted", ", but {who} counted it as such", ", and {who} did not count it as such",
          ", but whether {who} counted it as such remains open", "done"),
    _form("departed", ", but {who} used another definition", ", and {who} did not use another definition",
          ", but whether {who} used another definition remains open", "done"),
)  # fmt: skip
FORMS: Mapping[str, Form] = MappingProxyType({form.name: form for form in _WHOLE})
"""Each form by its name."""

_WORD = r"[^\s.,;]+(?:[.,]\d[^\s.,;]*)*"
_WORDS = rf"{_WORD}(?: {_WORD})*?"
"""Words without a stop or comma, but for those within a number."""
_PLACES = {"{who}": rf"(?P<who>{_WORDS})", "{point}": rf"(?P<point>{_WORDS})", "{words}": rf"(?P<words>it|{_WORDS})"}
_END = r"(?=[.;]|, (?:and|but|which|as) )"
_QUANTITY = re.compile(r"\d")
"""What else than "it" is held against a limit."""
_DEONTIC = re.compile(r"\b(?:requires|forbids|allows|recommends|counts)\b ")


def _pattern(tail: str) -> re.Pattern[str]:
    text = re.escape(tail).replace(r"\ ", " ").replace(r"\{", "{").replace(r"\}", "}")
    for place, words in _PLACES.items():
        text = text.replace(place, words)
    return re.compile(text + _END)


_PATTERNS = tuple(
    (form, outcome, _pattern(form.tails[outcome])) for outcome in (OPEN, NO, YES) for form in reversed(_WHOLE)
)
"""The narrower first: "but whether it is above USD 5 is not said" could be read as something that is not said."""


@dataclass(frozen=True, slots=True)
class Told:
    """A point in a text: where its tail stands, what it is, how it stands, and the words of the case that were held against it."""

    start: int
    end: int
    point: str
    outcome: Outcome
    words: str = ""
    form: str = field(default="held", compare=False)
    who: str = field(default="", compare=False)


def said(point: str, outcome: Outcome, words: str = "") -> str:
    """How the case stands to a limit (a complement: "above USD 75"); ``words`` are the case's own, where it has any."""
    return FORMS["held"].tails[outcome].format(point=point, words=words or "it")


def said_of(form: str, outcome: Outcome, who: str = "") -> str:
    """How the case stands to a point that the sentence before has named."""
    return FORMS[form].tails[outcome].format(who=who)


def told_points(text: str) -> tuple[Told, ...]:
    """The points of ``text`` in their order."""
    found: dict[int, Told] = {}
    for form, outcome, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            told = _told(text, form, outcome, match)
            if told is not None:
                found.setdefault(told.start, told)
    return tuple(found[start] for start in sorted(found))


def _told(text: str, form: Form, outcome: Outcome, match: re.Match[str]) -> Told | None:
    groups = match.groupdict()
    words = groups.get("words") or ""
    if words and words != "it" and not _QUANTITY.search(words):
        return None
    point = form.joint or groups.get("point") or _fact_before(text, match.start())
    return Told(
        match.start(), match.end(), point, outcome, "" if words == "it" else words, form.name, groups.get("who") or ""
    )


def _fact_before(text: str, end: int) -> str:
    """What the sentence says between what the clause does and ``end``."""
    starts = [found.end() for found in _DEONTIC.finditer(text[:end])]
    return text[starts[-1] if starts else 0 : end].strip()


def retold(text: str, told: Told, outcome: Outcome) -> str:
    """``text`` with one of its points told as ``outcome``."""
    tail = FORMS[told.form].tails[outcome].format(point=told.point, words=told.words or "it", who=told.who)
    return f"{text[: told.start]}{tail}{text[told.end :]}"
