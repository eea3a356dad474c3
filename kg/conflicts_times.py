"""Times of the day, days of the year and ages as limits: "until 9.30 pm", "by 1 March", "between 9 am and 5 pm", "aged 14 or over".

The hour of the day is counted in hours, the day of the year as ``month * 31 + day``; an age in years. The role of a time is its
unit (``clock``, ``date``), that of an age ``age``. A year in a date makes it a day of history, which is compared elsewhere.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.quantities import WORDS

_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())
_MARK = (
    r"(?i:(?:(?P<mark>no later than|not later than|at the latest by|by|until|till|up to|before|not before|no earlier than|not earlier than|"
    r"after|from|since|as of|at|on|between)\s+)(?:exactly |about |around )?)?"
)
_NOON = r"(?:12 )?(?:noon|midday|midnight)"
_HOUR = rf"(?:(?:\d{{1,2}}[.:]\d{{2}}|\d{{1,2}})\s*(?:a\.?m\b\.?|p\.?m\b\.?|o['’]clock)|\d{{1,2}}:\d{{2}}(?:\s*hours)?|{_NOON})"
_DAY = rf"\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\b(?!\s+\d{{4}})"
_TO = r"(?:\s*(?P<to>to|and|until|till|-|–)\s*"
CLOCK = re.compile(
    rf"(?<![\d.])\b{_MARK}(?P<first>\d{{1,2}}(?:[.:]\d{{2}})?(?=\s*(?:to|and|-|–)\s*{_HOUR})|{_HOUR}){_TO}(?P<second>{_HOUR}))?(?P<tail>\s+at the latest)?",
    re.IGNORECASE,
)
DAY = re.compile(
    rf"\b{_MARK}(?P<first>{_DAY}){_TO}(?P<second>{_DAY}))?(?P<tail>\s+at the latest)?"
)  # "60 may" is no day
_AGE = rf"(?P<years>\d{{1,2}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
AGE = re.compile(
    rf"\b(?:(?P<aged>aged|at the age of|of the age of)\s+(?:at least\s+)?(?P<over1>over\s+|above\s+)?(?P<below1>under\s+|below\s+|up to\s+)?{_AGE}"
    rf"|(?<=[a-z] )(?P<sign>under|below|over|above|younger than|older than)\s+(?:the age of\s+)?{_AGE.replace('years', 'years2')})"
    r"(?:\s+years (?:of age|old))?(?P<tail>\s+(?:or|and)\s+(?:over|above|older|more|under|below|younger))?"
    r"(?=\s*(?:$|[,.;)]|(?:may|must|shall|should|need|can|cannot|are|is|do|have|has|who|to|in|at|on|and|or|without|unless|if)\b))",
    re.IGNORECASE,
)
_UPPER = frozenset(["no later than", "not later than", "at the latest by", "by", "until", "till", "up to", "before"])
_LOWER = frozenset(["not before", "no earlier than", "not earlier than", "after", "from", "since", "as of"])


NIGHT = re.compile(r"\bovernight\b", re.IGNORECASE)
MONTH = re.compile(
    rf"\b(?i:(?P<mark>in|during|throughout|by|until|till|before|after|from|since|between))\s+(?P<first>{'|'.join(MONTHS)})\b(?!\s+\d)"
    rf"(?:\s+(?P<to>to|and|until|till)\s+(?P<second>{'|'.join(MONTHS)})\b)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The interval ``[low, high]`` of ``unit`` that a text names, ``text`` as it stands; a bound that it leaves open is infinite."""

    unit: str
    low: float
    high: float
    text: str


def moments(text: str) -> Iterator[tuple[Moment, int, int]]:
    """The times of the day, days of the year and ages of a text, with the characters that they take up."""
    for pattern, unit in ((CLOCK, "clock"), (DAY, "date")):
        for match in pattern.finditer(text):
            first = _hour(match["first"], match["second"] or "") if unit == "clock" else _day(match["first"])
            second = None
            if match["second"]:
                second = _hour(match["second"], "") if unit == "clock" else _day(match["second"])
            low, high = _between((match["mark"] or "").lower(), bool(match["tail"]), first, second)
            if low <= high:  # what runs over midnight or the new year is left as words
                yield Moment(unit, low, high, " ".join(match.group().split())), match.start(), match.end()
    for match in NIGHT.finditer(text):
        yield Moment("clock", 22.0, 30.0, match.group()), match.start(), match.end()
    for match in MONTH.finditer(text):
        low, high = _months(match["mark"].lower(), match["first"], match["second"] or "")
        if low <= high:
            yield Moment("date", low, high, " ".join(match.group().split())), match.start(), match.end()
    for match in AGE.finditer(text):
        yield _age(match), match.start(), match.end()


def _between(mark: str, latest: bool, first: float, second: float | None) -> tuple[float, float]:
    if second is not None:
        return first, second
    if mark in _UPPER or latest:
        return -math.inf, first
    return (first, math.inf) if mark in _LOWER else (first, first)


def _hour(text: str, later: str) -> float:
    """Hours from midnight; "9" in "from 9 to 11 am" is of the half of the day that ``later`` names."""
    lowered = text.lower().replace(".m", "m")
    if "noon" in lowered or "midday" in lowered:
        return 12.0
    if "midnight" in lowered:
        return 24.0
    hour, _, minutes = (re.match(r"\d+(?:[.:]\d+)?", lowered) or [lowered])[0].replace(":", ".").partition(".")
    value = int(hour) + int(minutes or 0) / 60
    own = re.search(r"[ap]m", lowered) is not None
    if not own and later:  # "from 9 to 11 am", but "from 9 to 5 pm" begins in the morning
        end = _hour(later, "")
        return value + 12 if end >= 12 and value + 12 <= end else value
    if "pm" in lowered and value < 12:
        return value + 12
    return value - 12 if "am" in lowered and value >= 12 else value


def _day(text: str) -> float:
    day, month = text.split()
    return (MONTHS.index(month) + 1) * 31.0 + int(day)


def _months(mark: str, first: str, last: str) -> tuple[float, float]:
    begin, end = _day(f"1 {first}"), _day(f"31 {last or first}")
    if last or mark in {"in", "during", "throughout"}:
        return begin, end
    if mark in {"until", "till", "by"}:
        return -math.inf, end
    return (-math.inf, begin) if mark == "before" else (end if mark == "after" else begin, math.inf)


def _age(match: re.Match[str]) -> Moment:
    word = (match["years"] or match["years2"]).lower()
    value = float(word) if word.isdigit() else float(WORDS[word])
    said = f"{match['sign'] or ''} {match['over1'] or ''} {match['below1'] or ''} {match['tail'] or ''}".lower()
    text = " ".join(match.group().split())
    if re.search(r"under|below|younger|up to", said):
        return Moment("age", -math.inf, value if match["tail"] or "up to" in said else value - 1e-9, text)
    if re.search(r"over|above|older|more", said) or "at least" in match.group().lower():
        return Moment("age", value if match["tail"] or "at least" in text.lower() else value + 1e-9, math.inf, text)
    return Moment("age", value, value, text)
