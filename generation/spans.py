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
        if low <= in_base(number, unit)[0] <= high
    ]
    if dimension != "time" or not fitting or rng.random() < 0.3:
        return quantity.amount(holds=holds, rng=rng)
    unit = rng.choice(sorted({unit for _, unit in fitting}))
    number = rng.choice([number for number, found in fitting if found == unit])
    return f"{number} {unit}{'s' if number > 1 else ''}"
