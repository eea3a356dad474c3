"""A checker for each value: whether an answer has it, read against the sample's own answer and the policy.

A value *applies* to a sample where its own answer can have or lack it; elsewhere nothing is asked.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generation.preferences_reading import Reading, meaning, modals, points, verdict_of
from generation.prompting import DEONTIC
from kg.model import Verdict

LONGER, SLACK = 1.25, 2
"""An answer is concise up to so many times the words of the sample's own answer, and so many more."""

REFUSAL = re.compile(r"\bI (?:cannot|can't|am not able to|am unable to|won't|will not) (?:help|answer|assist|speak)\b")
ASKING = re.compile(r"\?|\bI need to know\b|^Needs information\b|\bplease tell me\b", re.IGNORECASE)
_DECIDED = frozenset((Verdict.PERMITTED, Verdict.PROHIBITED))
Check = Callable[[Reading, str], bool]


@dataclass(frozen=True, slots=True)
class Value:
    """What a good answer has: ``means`` in one sentence, where it ``applies``, and whether an answer ``has`` it."""

    name: str
    means: str
    applies: Callable[[Reading], bool]
    has: Check


def _cites(reading: Reading, text: str) -> bool:
    return bool(reading.citations.found(text))


def _sourced(reading: Reading, text: str) -> bool:
    known = {*reading.own, *reading.citations.found(reading.answer), *reading.citations.found(reading.policy)}
    return reading.citations.found(text) <= known


def _faithful(reading: Reading, text: str) -> bool:
    done = {DEONTIC[rule.modality.value] for rule in reading.rules} | reading.deontic(reading.answer)
    said = Counter(modals(text))
    stated = Counter(modals(reading.answer)) | Counter(modals(reading.policy))
    figures = reading.figures(f"{reading.policy} {reading.case} {reading.answer}")
    return reading.deontic(text) <= done and said <= stated and reading.figures(text) <= figures


def _grounded(reading: Reading, text: str) -> bool:
    known = points(reading.answer)
    return all(known.get(point, outcome) == outcome for point, outcome in points(text).items())


def _told_conditions(reading: Reading) -> list[frozenset[str]]:
    """The words of each condition and exception of the rules that the sample's own answer speaks of."""
    told = meaning(reading.answer)
    return [part for part in map(meaning, reading.conditions()) if part and part <= told]


def _complete(reading: Reading, text: str) -> bool:
    told = meaning(text)
    return points(reading.answer).keys() <= points(text).keys() and all(
        part <= told for part in _told_conditions(reading)
    )


def _correct(reading: Reading, text: str) -> bool:
    return verdict_of(text) == reading.verdict


def _asks_back(_reading: Reading, text: str) -> bool:
    return verdict_of(text) not in _DECIDED and bool(ASKING.search(text))


def _concise(reading: Reading, text: str) -> bool:
    return len(text.split()) <= LONGER * len(reading.answer.split()) + SLACK


def _helpful(_reading: Reading, text: str) -> bool:
    return not REFUSAL.search(text)


def _in_scope(reading: Reading, text: str) -> bool:
    return verdict_of(text) is None and not reading.citations.found(text)


def _about_rules(reading: Reading) -> bool:
    return bool(reading.rules) and reading.sample.kind != "out_of_scope"


def _open(reading: Reading) -> bool:
    return reading.verdict == Verdict.NEEDS_INFORMATION or reading.sample.kind == "ask_back"


VALUES: Mapping[str, Value] = MappingProxyType(
    {
        value.name: value
        for value in (
            Value("correct", "gives the verdict that the policy gives",
                  lambda it: it.verdict in _DECIDED and it.sample.kind != "benign", _correct),
            Value("asks_back", "asks for the missing fact where the case leaves it open", _open, _asks_back),
            Value("faithful", "says of the policy what it says: its force and its figures", _about_rules, _faithful),
            Value("grounded", "takes from the case what it tells, and no fact beside it",
                  lambda it: bool(points(it.answer)), _grounded),
            Value("complete", "leaves out no condition, exception or point that decides",
                  lambda it: bool(points(it.answer) or _told_conditions(it)), _complete),
            Value("cites", "names the clause", lambda it: _cites(it, it.answer), _cites),
            Value("sourced", "names the clause that decides, not another one",
                  lambda it: bool(it.own) and _cites(it, it.answer), _sourced),
            Value("concise", "says it once, without padding", lambda it: len(it.answer.split()) <= 80, _concise),
            Value("helpful", "does not refuse what is harmless",
                  lambda it: it.sample.kind == "benign" and it.verdict == Verdict.PERMITTED, _helpful),
            Value("in_scope", "does not judge by the policy what it does not speak of",
                  lambda it: it.sample.kind == "out_of_scope", _in_scope),
        )
    }
)  # fmt: skip
"""Each value by name."""


def judged(reading: Reading, text: str) -> dict[str, bool]:
    """Whether ``text`` has each value that applies to the sample."""
    return {name: value.has(reading, text) for name, value in VALUES.items() if value.applies(reading)}
