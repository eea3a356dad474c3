"""How long something took, as people tell it: "the next day", "two weeks", whatever the unit of the rule's limit.

Were a limit of hours always met in hours and missed in days, the unit alone would tell in time from late.
"""

import random

from generation.quantities import Quantity
from kg.quantities import in_base

_UNITS = (("hour", 2, 20), ("day", 1, 20), ("week", 1, 8), ("month", 2, 11))
"""Units of time with the least and the largest number that people say with them."""
_WITHIN, _BEYOND = (0.35, 0.8), (1.3, 2.4)
"""Spans as parts of the limit: far enough from it that a holiday or a weekend does not turn the case."""


def elapsed(quantity: Quantity, *, holds: bool, rng: random.Random) -> str:
    """A span of time that meets the limit of ``quantity``, or does not: "3 days"."""
    limit, dimension = in_base(quantity.threshold.value, quantity.threshold.unit)
    inside = (quantity.threshold.comparator in {">", ">="}) != holds
    low, high = (part * limit for part in (_WITHIN if inside else _BEYOND))
    fitting = [
        (number, unit)
        for unit, least, most in _UNITS
        for number in range(least, most + 1)
        if (number > 1 or limit <= 1) and low <= in_base(number, unit)[0] <= high
    ]
    if dimension != "time" or not fitting or rng.random() < 0.3:
        return quantity.amount(holds=holds, rng=rng)
    unit = _shared(limit, rng) or rng.choice(sorted({unit for _, unit in fitting}))
    if unit not in {found for _, found in fitting}:
        unit = rng.choice(sorted({unit for _, unit in fitting}))
    number = rng.choice([number for number, found in fitting if found == unit])
    return f"{number} {unit}{'s' if number > 1 else ''}"


def _shared(limit: float, rng: random.Random) -> str:
    """A unit in which a limit can be met as well as missed, or none."""

    def told(unit: str, least: int, most: int, side: tuple[float, float]) -> bool:
        return any(side[0] * limit <= in_base(number, unit)[0] <= side[1] * limit for number in range(least, most + 1))

    shared = [unit for unit, least, most in _UNITS if all(told(unit, least, most, side) for side in (_WITHIN, _BEYOND))]
    return rng.choice(shared) if shared else ""


_VAGUE = (
    (1.5, ("after some hours", "after a few hours")),
    (12.0, ("after some days", "after a few days")),
    (45.0, ("after some weeks", "after a few weeks")),
    (400.0, ("after some months", "after a few months")),
)
"""Up to a limit of so many days: spans that may be within it or beyond it."""


_SURE = (("hours", 1 / 24, 1.0), ("days", 2.0, 14.0), ("weeks", 14.0, 75.0), ("months", 60.0, 500.0))
"""What people mean by "after days": at least and at most so many days."""


def sure(quantity: Quantity, *, holds: bool, rng: random.Random) -> str:
    """A span without a number that yet lies on the asked side of the limit: "after weeks" for 3 days; empty where there is none."""
    limit, dimension = in_base(quantity.threshold.value, quantity.threshold.unit)
    inside = (quantity.threshold.comparator in {">", ">="}) != holds
    days = limit / in_base(1, "day")[0]
    fitting = [unit for unit, least, most in _SURE if (most * 1.4 < days if inside else least > days * 1.4)]
    return f"after {rng.choice(('some ', 'a few '))}{rng.choice(fitting)}" if fitting and dimension == "time" else ""


def vague(quantity: Quantity, rng: random.Random) -> str:
    """When something was done, told so that nobody can say whether it was in time."""
    limit, dimension = in_base(quantity.threshold.value, quantity.threshold.unit)
    if dimension != "time":
        return "after some time"
    return rng.choice(next((told for most, told in _VAGUE if limit <= most), ("after some time",)))
