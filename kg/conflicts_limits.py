"""Quantities of a rule by what they limit, and whether two of them meet.

A limit is an interval over one unit in one *role*: how soon (``within 24 hours``), how often (``every 6 months``), how
long (``for 2 years``), after which time, or how much. Time is counted in hours, a working day as 33.6 (a week has
five), a month as 730.5, so that two deadlines in different units can be compared; money stays in its currency.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.conflicts_times import moments
from kg.words import singular

HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.5, "quarter": 2191.5, "year": 8766.0}
WORKING_DAY = 33.6
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBERS = {word: float(value) for value, word in enumerate(_WORDS.split())}
NUMBERS |= {"once": 1.0, "twice": 2.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "ninety": 90.0}
SCALES = {
    "mm": (0.001, "metre"), "cm": (0.01, "metre"), "m": (1.0, "metre"), "km": (1000.0, "metre"), "centimetre": (0.01, "metre"),
    "centimeter": (0.01, "metre"), "millimetre": (0.001, "metre"), "kilometre": (1000.0, "metre"), "meter": (1.0, "metre"),
    "g": (0.001, "kilogram"), "kg": (1.0, "kilogram"), "gram": (0.001, "kilogram"), "kilo": (1.0, "kilogram"), "tonne": (1000.0, "kilogram"),
    "kb": (0.001, "megabyte"), "mb": (1.0, "megabyte"), "gb": (1000.0, "megabyte"), "tb": (1e6, "megabyte"), "gigabyte": (1000.0, "megabyte"),
}  # fmt: skip
"""Units of one dimension, each in its common one."""
CURRENCY = {"$": "usd", "€": "eur", "£": "gbp", "dollar": "usd", "euro": "eur", "pound": "gbp"}
_NUMBER = rf"\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
_GREATER = "higher|taller|wider|larger|bigger|heavier|deeper|greater|faster|louder"
_SMALLER = "lower|shorter|smaller|narrower|lighter|slower"
_MARK = (
    r"(?:(?:for\s+)?(?:a\s+)?(?:total\s+|maximum\s+|minimum\s+)?"
    r"(?:within|no later than|not later than|later than|at the latest|every|each|once every|for up to|for at least|for more than|"
    rf"for no longer than|for not more than|no longer than|(?:(?:that|which) (?:is|are) )?(?:older|longer|{_GREATER}|{_SMALLER}) than|after|for|up to|at most|at least|no more than|"
    r"not more than|no less than|not less than|more than|less than|fewer than|(?:do|does|must|may|shall|will|can|to)?\s*not exceed(?:ing)?|"
    r"exceed(?:s|ing)?|above|below|over|under|by|of|in|a|per|worth|valued at)\s+){0,4}"
)
QUANTITY = re.compile(
    rf"\b(?P<mark>{_MARK})(?:a (?:period|value|height|maximum|minimum) of\s+)?"
    rf"(?:(?P<money>USD|EUR|GBP|CHF|[$€£])\s?(?P<amount>\d[\d,]*(?:\.\d+)?)"
    rf"|(?P<number>{_NUMBER})(?:\s*(?P<percent>%|percent\b)|[\s-]+(?P<adjective>working|business|calendar|consecutive)?\s*"
    rf"(?P<unit>[a-z]{{3,}}|[kcm]?m|kg|g|[kmgt]b)\b))"
    rf"(?P<tail>\s+(?:or\s+(?:less|more|fewer|above|below)|after|before|in advance|at the latest|at least))?",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\b(?:(?P<mark>from|until|till|before|after|by|since|on|as of|to)\s+)?(?P<day>\d{1,2})\s+(?P<month>January|February|March|April|"
    r"May|June|July|August|September|October|November|December)(?:\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
UPPER = re.compile(
    r"within|later than|latest|up to|at most|no more|not more|not exceed|no longer|less than|fewer than|below|under|\bby\b|less|fewer|maximum"
    rf"|(?:{_SMALLER}) than"
)
LOWER = re.compile(
    rf"at least|no less|not less|more than|above|over|exceed|older than|longer than|(?:{_GREATER}) than|in advance|\bmore\b|minimum"
)
STRICT = re.compile(
    rf"more than|above|over|exceed|older than|longer than|(?:{_GREATER}|{_SMALLER}) than|less than|fewer than|below|under"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """An interval ``[low, high]`` of ``unit`` in one ``role`` (within, every, for, after, size, clock, date, age); ``text`` as it stands.

    ``plain`` says that the text gives one value and no comparison ("for 2 years").
    """

    role: str
    unit: str
    low: float
    high: float
    text: str
    plain: bool = False

    @property
    def value(self) -> float:
        """The bound that the text names."""
        return self.low if math.isinf(self.high) else self.high

    def meets(self, other: "Limit") -> bool:
        """Whether some quantity lies in both intervals."""
        return self.low <= other.high and other.low <= self.high

    def overlaps(self, other: "Limit") -> bool:
        """Whether two times have more in common than the moment at which one ends and the other begins."""
        touching = self.high == other.low or other.high == self.low
        return self.meets(other) and (not touching or self.low == other.low or self.high == other.high)


@lru_cache(maxsize=50_000)
def limits(text: str) -> tuple[tuple[Limit, int, int], ...]:
    """The limits of a text with the characters that they take up."""
    return tuple(_limits(text))


def _limits(text: str) -> Iterator[tuple[Limit, int, int]]:
    """The quantities and the times of the day, days of the year and ages, in the order of the text."""
    times = list(moments(text))
    for _, start, end in times:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    named = [
        (Limit(one.unit, one.unit, one.low, one.high, one.text, one.low == one.high), start, end)
        for one, start, end in times
    ]
    yield from sorted([*named, *_quantities(text)], key=lambda found: found[1:])


def _quantities(text: str) -> Iterator[tuple[Limit, int, int]]:
    for match in QUANTITY.finditer(text):
        found = _quantity(match)
        if found is None:
            continue
        value, unit = found
        mark, tail = f" {match['mark'].lower()}", (match["tail"] or "").lower()
        role = _role(mark, tail, unit)
        low, high, plain = _interval(mark, tail, value)
        if role == "size" and plain:
            continue
        taken = match.end() if "or " in tail or "adv" in tail else match.start() + len(match.group()) - len(tail)
        yield Limit(role, unit, low, high, " ".join(text[match.start() : taken].split()), plain), match.start(), taken


def _quantity(match: re.Match[str]) -> tuple[float, str] | None:
    """The value in its base unit, or None for what is no quantity ("one person")."""
    if match["money"]:
        unit = match["money"].lower()
        return float(match["amount"].replace(",", "").rstrip(".")), CURRENCY.get(unit, unit)
    word = match["number"].lower().replace(",", "").rstrip(".")
    value = NUMBERS.get(word)
    value = float(word) if value is None else value
    if match["percent"]:
        return value, "percent"
    unit = singular(match["unit"].lower())
    if unit in HOURS:
        working = unit == "day" and (match["adjective"] or "").lower() in {"working", "business"}
        return value * (WORKING_DAY if working else HOURS[unit]), "time"
    if unit in MONTHS:
        return None
    if unit in SCALES:
        return value * SCALES[unit][0], SCALES[unit][1]
    return value, CURRENCY.get(unit, unit)


def _role(mark: str, tail: str, unit: str) -> str:
    if unit != "time":
        return "size"
    if "every" in mark or "each" in mark:
        return "every"
    if "older" in mark:
        return "after"
    if "after" in mark or "after" in tail:
        return "after"
    if "before" in tail or "advance" in tail:
        return "before"
    if re.search(r"within|later|latest|\bby\b|\bin\b", mark + tail):
        return "within"
    return "for"


def _interval(mark: str, tail: str, value: float) -> tuple[float, float, bool]:
    said = mark + tail
    # The smallest step above or below: "above 75" and "up to 75" do not meet.
    step = (
        1e-9 * max(abs(value), 1.0)
        if STRICT.search(said) and not re.search(r"n(?:o|ot) (?:more|less|longer)|not exceed", said)
        else 0.0
    )
    if UPPER.search(said):
        return -math.inf, value - step, False
    if LOWER.search(said):
        return value + step, math.inf, False
    return value, value, True


def period(text: str) -> tuple[int, int]:
    """The years, months and days, as ``yyyymmdd``, between which a text speaks: (0, 99999999) when it names none."""
    first, last = 0, 99_999_999
    for match in DATE.finditer(text):
        if not match["year"] or not match["mark"]:
            continue
        day = int(match["year"]) * 10_000 + (MONTHS.index(match["month"].lower()) + 1) * 100 + int(match["day"])
        if match["mark"].lower() in {"from", "after", "since", "as of"}:
            first = max(first, day)
        elif match["mark"].lower() in {"until", "till", "before", "to"}:
            last = min(last, day)
    return first, last
