"""Limits of a sentence as bounds that compare across wordings: amounts, deadlines, how often, how long kept.

``kg.conflicts_limits`` reads what is written with a number and a unit; here come deadlines and frequencies in words ("on the
same day", "by the end of the week", "twice a day", "yearly"), and in which relation two bounds stand.
"""

import math
import re
from dataclasses import dataclass, replace
from enum import Enum

from kg.conflicts_limits import HOURS, NUMBERS, limits
from kg.quantities import quantities

DAY, WEEK = 24.0, 168.0


@dataclass(frozen=True, slots=True)
class Bound:
    """``[low, high]`` of ``unit``; ``role`` is size, soon (a deadline), often (times a year), long (a duration), age, clock, date."""

    role: str
    unit: str
    low: float
    high: float
    text: str

    def under_ban(self) -> "Bound":
        """What a ban beyond a bound leaves: "no more than 40" of "must not take longer than 40"."""
        if self.role not in {"size", "long"} or math.isinf(self.low) == math.isinf(self.high):
            return self
        return replace(
            self,
            low=self.high if math.isinf(self.low) else -math.inf,
            high=math.inf if math.isinf(self.low) else self.low,
        )


class Relation(Enum):
    """How two bounds stand: set differently, the same, overlapping from both sides, or with nothing in common."""

    DIFFERENT = "different"
    SAME = "same"
    OVERLAPPING = "overlapping"
    APART = "apart"


_COUNT = r"once|twice|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) times"
OFTEN = re.compile(
    rf"\b(?:(?P<least>at least|no less than|not less than|more than) |(?P<most>at most|no more than|not more than|up to|less than) )?(?:(?P<count>{_COUNT})(?: (?:a|an|per|each|every|in every)) (?P<unit>day|week|fortnight|month|quarter|year)|"
    r"(?:each|every) (?P<other>second |other |third )?(?P<each>day|morning|evening|night|week|month|quarter|year|spring|summer|autumn|winter|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?P<ly>hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annually)\b|(?:a|per) (?P<per>hour|day|week|month|quarter|year) )",
    re.IGNORECASE,
)
A_YEAR = {
    "hour": 8766.0, "day": 365.25, "morning": 365.25, "evening": 365.25, "night": 365.25, "week": 52.2, "fortnight": 26.1, "month": 12.0, "quarter": 4.0, "year": 1.0,
    "hourly": 8766.0, "daily": 365.25, "weekly": 52.2, "fortnightly": 26.1, "monthly": 12.0, "quarterly": 4.0, "yearly": 1.0, "annually": 1.0,
}  # fmt: skip
_EACH_WEEK = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
SOON = re.compile(
    r"\b(?:(?P<now>immediately|straight away|without (?:undue )?delay|forthwith|as soon as|on the spot|from the first day)|"
    r"(?P<day>(?:on|by the end of) the (?:same )?(?:working |business )?day|the same (?:day|evening|morning)|on that day|(?:at|before|by|until) the end of (?:the|each|every) (?:day|shift)|at the close of)|"
    r"(?P<next>(?:by|on) the next (?:working |business )?day|the following day)|"
    r"(?P<week>(?:at|before|by|until) the end of the week|within the week|at the weekly|until (?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?P<month>(?:at|before|by|until) the end of the month|within the month|at the monthly)|(?P<quarter>(?:at|before|by|until) the end of the quarter)|"
    r"(?P<term>(?:at|before|by|until) the end of (?:the|each) (?:term|semester))|(?P<year>(?:at|before|by|until) the end of the year))\b",
    re.IGNORECASE,
)
_SOON = {
    "now": 0.0,
    "day": DAY,
    "next": 2 * DAY,
    "week": WEEK,
    "month": HOURS["month"],
    "quarter": HOURS["quarter"],
    "term": HOURS["quarter"] * 2,
    "year": HOURS["year"],
}
_ROLES = {"within": "soon", "every": "every", "for": "long", "after": "long", "before": "ahead"}


UNIT = {
    "USD": "usd", "EUR": "eur", "GBP": "gbp", "CHF": "chf", "mass": "kilogram", "length": "metre", "volume": "litre", "share": "percent",
    "decibels": "decibel", "degrees": "degree",
}  # fmt: skip
"""Dimensions of plain amounts ("boxes of 10 kilograms") and the units that limits give them."""


def bounds(text: str) -> tuple[Bound, ...]:
    """All bounds of a text; see :class:`Bound` for their units (hours, times a year, a currency)."""
    found: list[Bound] = []
    taken = text
    for match in OFTEN.finditer(text):
        found += _often(match)
        taken = taken[: match.start()] + " " * (match.end() - match.start()) + taken[match.end() :]
    for match in SOON.finditer(taken):
        hours = _SOON[str(match.lastgroup)]
        found.append(Bound("soon", "time", -math.inf, hours, match.group()))
    read = limits(taken)
    for amount in quantities(taken):
        if amount.dimension in UNIT and not any(start <= amount.start < end for _, start, end in read):
            unit = UNIT[amount.dimension]
            found.append(Bound("size", unit, amount.value, amount.value, amount.text))
    for limit, _, _ in read:
        role = _ROLES.get(limit.role, limit.role)
        if role == "every":
            rate = HOURS["year"] / max(limit.value, 1e-9)
            found.append(Bound("often", "often", rate, rate, limit.text))
        else:
            found.append(Bound(role, limit.unit, limit.low, limit.high, limit.text))
    return tuple(found)


def _often(match: re.Match[str]) -> list[Bound]:
    word = (match["unit"] or match["ly"] or match["each"] or "").lower()
    if not word:
        return []
    times = NUMBERS.get((match["count"] or "once").lower().split()[0], 1.0)
    rate = A_YEAR.get(word, A_YEAR["week"] if word in _EACH_WEEK else 1.0)
    rate = times * rate / (2.0 if match["other"] else 1.0)
    low, high = -math.inf if match["most"] else rate, math.inf if match["least"] else rate
    return [Bound("often", "often", low, high, match.group().strip())]


def relation(one: Bound, other: Bound) -> Relation | None:
    """How two bounds of one role and unit stand to each other, None for two that do not compare."""
    roles = {one.role, other.role}
    if one.unit != other.unit or (len(roles) > 1 and roles != {"soon", "long"}):
        return None
    ways = (_way(one), _way(other))
    if len(roles) > 1 and ways[0] == -ways[1] != 0:
        return None  # "from the first day" and "longer than three days"
    if one.role in {"clock", "date", "age"} and (0 in ways or ways[0] != ways[1]):
        touching = one.high == other.low or other.high == one.low
        if 0 in ways and one.low == one.high and other.low == other.high:
            return Relation.SAME if one.low == other.low else Relation.DIFFERENT
        if 0 in ways and (one.low == one.high or other.low == other.high):
            return None  # "at 8 pm", "overnight"
        return Relation.APART if touching or one.low > other.high or other.low > one.high else Relation.OVERLAPPING
    if one.role == other.role == "often" and 0 in ways and ways[0] != ways[1]:
        return Relation.SAME if one.low <= other.high and other.low <= one.high else Relation.DIFFERENT
    if one.role == "size" and 0 in ways and ways[0] != ways[1]:
        return Relation.OVERLAPPING if one.low <= other.high and other.low <= one.high else Relation.APART
    if ways[0] == ways[1] or 0 in ways:
        values = (value_of(one), value_of(other))
        return Relation.SAME if math.isclose(*values, rel_tol=0.02) else Relation.DIFFERENT
    return Relation.OVERLAPPING if one.low <= other.high and other.low <= one.high else Relation.APART


def _way(bound: Bound) -> int:
    """1 an upper bound, -1 a lower one, 0 a plain value."""
    return int(math.isinf(bound.low)) - int(math.isinf(bound.high))


def value_of(bound: Bound) -> float:
    """The bound that the text names."""
    return bound.low if math.isinf(bound.high) else bound.high
