"""Quantities in plain text: amounts of money, spans of time, shares, counts, sizes, as people write them.

Policies write limits ("USD 75 or less", "within 5 working days"); cases write "about 30 dollars", "half a percent", "$40
each", "the next morning", "six times". Both are read into a value of one unit per dimension, so that they can be
compared: money keeps its currency, time is counted in days, sizes in metres, kilograms and litres.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDS: dict[str, float] = {
    word: float(value)
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "a hundred": 100, "one hundred": 100, "two hundred": 200, "a thousand": 1000, "half": 0.5, "half a": 0.5, "a dozen": 12,
    "a couple of": 2, "once": 1, "twice": 2,
}  # fmt: skip

CURRENCY_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
CURRENCY_NAMES = {"dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "franc": "CHF", "yen": "JPY"}
CURRENCIES = frozenset(["USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "NOK", "DKK", "INR", "CNY"])

# Unit -> (dimension, factor). A working day counts as 1.4 days, seven days for five.
UNITS: dict[str, tuple[str, float]] = {
    "second": ("time", 1 / 86400), "minute": ("time", 1 / 1440), "hour": ("time", 1 / 24), "day": ("time", 1.0),
    "calendar day": ("time", 1.0), "working day": ("time", 1.4), "business day": ("time", 1.4), "workday": ("time", 1.4),
    "night": ("time", 1.0), "week": ("time", 7.0), "fortnight": ("time", 14.0), "month": ("time", 30.4), "quarter": ("time", 91.3),
    "year": ("time", 365.25), "percent": ("share", 1.0), "per cent": ("share", 1.0), "%": ("share", 1.0),
    "time": ("times", 1.0), "person": ("people", 1.0), "people": ("people", 1.0), "guest": ("people", 1.0),
    "employee": ("people", 1.0), "colleague": ("people", 1.0), "metre": ("length", 1.0), "meter": ("length", 1.0), "m": ("length", 1.0),
    "kilometre": ("length", 1000.0), "kilometer": ("length", 1000.0), "km": ("length", 1000.0), "mile": ("length", 1609.3),
    "kilogram": ("mass", 1.0), "kilo": ("mass", 1.0), "kg": ("mass", 1.0), "gram": ("mass", 0.001), "tonne": ("mass", 1000.0),
    "litre": ("volume", 1.0), "liter": ("volume", 1.0), "millilitre": ("volume", 0.001), "gallon": ("volume", 3.785),
    "megabyte": ("data", 1.0), "gigabyte": ("data", 1000.0), "character": ("characters", 1.0), "degree": ("degrees", 1.0),
    "decibel": ("decibels", 1.0), "volt": ("volts", 1.0), "offer": ("offers", 1.0), "quote": ("offers", 1.0),
}  # fmt: skip

_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = "|".join(sorted((word.replace(" ", r"\s+") for word in WORDS), key=len, reverse=True))
_SCALE = r"(?:\s?(?P<{}>thousand|million|billion|k\b|m\b))?"
_UNIT_WORDS = "|".join(sorted((re.escape(unit) for unit in UNITS if unit != "%"), key=len, reverse=True))
_CODES = "|".join(sorted(CURRENCIES))
_QUANTITY = re.compile(
    rf"(?:(?P<symbol>US\$|[$€£¥])\s?(?P<money>{_NUMBER}){_SCALE.format('s1')}"
    rf"|\b(?P<code>{_CODES})\s?(?P<coded>{_NUMBER}){_SCALE.format('s2')}"
    rf"|(?<![\w.,])(?P<named>{_NUMBER}|\b(?:{_SPELT}))(?:\s|-)?{_SCALE.format('s3')}(?:\s|-)?"
    rf"(?P<currency>{_CODES}|US[\s-]dollars?|dollars?|bucks?|euros?|pounds?|francs?|yen)\b"
    rf"|(?<![\w.,])(?P<count>{_NUMBER}|\b(?:{_SPELT}))(?:\s|-)?(?:(?:a|an|of a|whole|full|consecutive|other|more)\s)?"
    rf"(?P<unit>%|(?:{_UNIT_WORDS})s?\b)"
    r"|\b(?P<often>once|twice)\b(?!\s+(?:it|he|she|they|we|I|you|the|a|an)\b))",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9}

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LATER = re.compile(
    r"\b(?:(?P<hours>(?:with)?in the hour|an hour (?:later|after|ago)|within an hour|half an hour)"
    r"|(?P<zero>(?:at once|immediately|straight away|right away|on the spot|the same (?:day|morning|afternoon|evening)|the day (?:I|we|she|he|they) \w+))"
    r"|(?P<one>(?:the )?(?:next|following) (?:day|morning|afternoon|evening)|the (?:day|morning) after|a day (?:later|after|ago)|yesterday|overnight)"
    r"|(?P<week>(?:a|one) week (?:later|after|ago)|the (?:next|following) week|last week)"
    r"|(?P<month>(?:a|one) month (?:later|after|ago)|the (?:next|following) month|last month)"
    r"|(?P<year>(?:a|one) year (?:later|after|ago)|the (?:next|following) year|last year))\b",
    re.IGNORECASE,
)
_LATER_DAYS = {"hours": 1 / 24, "zero": 0.2, "one": 1.0, "week": 7.0, "month": 30.4, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in the base unit of ``dimension`` (a currency code, time in days, share in percent, ...); ``text`` and
    ``start`` where it stands. ``whole_days``: read off the names of days or months, so that hours cannot be told.
    """

    value: float
    dimension: str
    text: str
    start: int
    whole_days: bool = False


def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of ``text`` in order of place.

    >>> [(q.value, q.dimension) for q in quantities("about 30 dollars, half a percent, six times")]
    [(30.0, 'USD'), (0.5, 'share'), (6.0, 'times')]
    """
    found = [*_stated(text), *_elapsed(text), *_between_days(text)]
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def in_base(value: float, unit: str) -> tuple[float, str]:
    """A value of a threshold's unit, in the base unit of its dimension; an unknown unit is its own dimension."""
    if unit in CURRENCIES:
        return value, unit
    dimension, factor = UNITS.get(unit.lower(), (unit.lower(), 1.0))
    return value * factor, dimension


def _stated(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        groups = match.groupdict()
        scale = _SCALES.get((groups["s1"] or groups["s2"] or groups["s3"] or "").lower(), 1.0)
        whole = match.group(0).strip()
        if groups["money"] or groups["coded"] or groups["named"]:
            number = _number(groups["money"] or groups["coded"] or groups["named"] or "0")
            sign = groups["symbol"] or groups["code"] or groups["currency"] or ""
            yield Quantity(number * scale, _currency(sign), whole, match.start())
        elif groups["often"]:
            yield Quantity(_number(groups["often"]), "times", whole, match.start())
        else:
            unit = re.sub(r"\s+", " ", (groups["unit"] or "").lower())
            unit = unit if unit in UNITS else unit.removesuffix("s")
            value, dimension = in_base(_number(groups["count"] or "0"), unit)
            yield Quantity(value, dimension, whole, match.start())


def _elapsed(text: str) -> Iterator[Quantity]:
    """Time that passed, in words: "the next morning" is a day, "within the hour" an hour."""
    for match in _LATER.finditer(text):
        kind = match.lastgroup or "one"
        yield Quantity(_LATER_DAYS[kind], "time", match.group(0), match.start())


def _between_days(text: str) -> Iterator[Quantity]:
    """The time between two weekdays, or two months, that the text names one after the other."""
    for names, step in ((_DAYS, 1.0), (_MONTHS, 30.4)):
        places = [
            (names.index(match.group(0).lower()), match)
            for match in re.finditer(rf"\b(?:{'|'.join(name.capitalize() for name in names)})\b", text)
        ]
        # The same day named twice is one day; of more than two the last that differs from the first counts.
        others = [place for place in places if place[0] != places[0][0]]
        if others:
            (first, opening), (second, closing) = places[0], others[-1]
            span = ((second - first) % len(names)) * step
            yield Quantity(span, "time", f"{opening.group(0)} to {closing.group(0)}", opening.start(), whole_days=True)


def _currency(sign: str) -> str:
    if sign.upper() in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[sign.upper()]
    lowered = re.sub(r"^us[\s-]", "", sign.lower())
    return CURRENCY_NAMES.get(lowered.removesuffix("s"), sign.upper())


def _number(text: str) -> float:
    lowered = re.sub(r"\s+", " ", text.lower())
    return WORDS[lowered] if lowered in WORDS else float(re.sub(r"[,\s\u00a0\u202f]", "", text))
