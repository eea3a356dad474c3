"""Quantities that a rule turns on: amounts, deadlines, shares, counts."""

import re
from functools import lru_cache

from kg.model import Threshold
from kg.quantities import CURRENCIES, CURRENCY_NAMES, CURRENCY_SIGNS, UNITS, WORDS

_CODES = "|".join(sorted(CURRENCIES))
_WORDS = {word: value for word, value in WORDS.items() if word not in {"once", "twice"}}
_MORE_UNITS = (
    "centimetre",
    "centimeter",
    "millimetre",
    "millimeter",
    "pound",
    "foot",
    "feet",
    "inch",
    "terabyte",
    "kilobyte",
)
_UNITS = "|".join(
    sorted((re.escape(unit) for unit in {*UNITS, *_MORE_UNITS} - {"%"}), key=lambda unit: (-len(unit), unit))
)
_SPELT = "|".join(sorted((re.escape(word) for word in _WORDS), key=lambda word: (-len(word), word)))
_NUMBER = r"\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?:(?P<symbol>US\$|[$€£¥])\s?(?P<money>{_NUMBER})(?:\s?(?P<scale>million|billion|thousand))?"
    rf"|(?P<code>{_CODES})\s?(?P<coded>{_NUMBER})(?:\s?(?P<scale2>million|billion|thousand))?"
    rf"|(?P<named>{_NUMBER})\s?(?P<scale3>million|billion|thousand)?\s?(?P<currency>{_CODES}|US dollars?|dollars?|euros?|pounds?|francs?)\b"
    rf"|\b(?:(?:{_SPELT}|thousand|and)[\s\-]?)+\((?P<digits>{_NUMBER})\)[\s\-]?(?P<unit2>%|(?:{_UNITS})(?=s?\b))s?"
    rf"|\b(?P<count>{_NUMBER}|{_SPELT})[\s\-]?(?P<unit>%|(?:{_UNITS})(?=s?\b))s?)",
    re.IGNORECASE,
)
_BEFORE: tuple[tuple[str, str], ...] = (
    ((r"(?:no|not) (?:more|greater|higher|later|longer) than|at (?:the )?most|up to|a maximum of|not (?:to )?exceed(?:ing|s)?|within|does not exceed|do not exceed|"
     r"maximum of|no later than|within the|within a period of|for up to|limited to"), "<="),
    (r"(?:no|not) (?:less|fewer|lower) than|at least|a minimum of|minimum of|or more than", ">="),
    (r"more than|greater than|over|above|exceed(?:s|ing)?|in excess of|longer than|worth more than|higher than|beyond|after", ">"),
    (r"less than|fewer than|below|under|lower than|shorter than", "<"),
)  # fmt: skip
_AFTER: tuple[tuple[str, str], ...] = (
    (r"or (?:less|fewer|below|under)", "<="),
    (r"or (?:more|above|over|greater)|and above", ">="),
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


@lru_cache(maxsize=8192)
def thresholds(text: str) -> tuple[Threshold, ...]:
    """All quantities of ``text`` in order; without a comparing word the comparator is ``=``.

    >>> thresholds("gifts worth more than USD 100 within 5 business days")[0].comparator
    '>'
    """
    return tuple(_threshold(text, match) for match in _QUANTITY.finditer(text))


def _threshold(text: str, match: re.Match[str]) -> Threshold:
    comparator, start = _comparator_before(text, match.start())
    end = match.end()
    after = text[end : end + 16]
    for pattern, sign in _AFTER:
        found = re.match(rf"\s+(?:{pattern})\b", after, re.IGNORECASE)
        if found:
            comparator, end = sign, end + found.end()
    value, unit = _amount(match)
    return Threshold(comparator, value, unit, text[start:end].strip())


def _comparator_before(text: str, start: int) -> tuple[str, int]:
    for pattern, sign in _BEFORE:
        found = re.search(
            rf"\b(?:{pattern})\s+(?:a total of |a value of |the |about |an? )?$", text[:start], re.IGNORECASE
        )
        if found:
            return sign, found.start()
    return "=", start


def _amount(match: re.Match[str]) -> tuple[float, str]:
    groups = match.groupdict()
    for number, unit in (("money", "symbol"), ("coded", "code"), ("named", "currency")):
        if groups[number]:
            scale = groups["scale"] or groups["scale2"] or groups["scale3"] or ""
            return _number(groups[number]) * _SCALES.get(scale.lower(), 1.0), _currency(groups[unit] or "")
    unit = re.sub(r"\s+", " ", (groups["unit"] or groups["unit2"] or "").lower())
    unit = {"%": "percent", "per cent": "percent", "people": "person"}.get(unit, unit)
    return _number(groups["count"] or groups["digits"] or "0"), unit


def _currency(word: str) -> str:
    if word in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[word]
    lowered = word.lower().removeprefix("us ").rstrip("s")
    return CURRENCY_NAMES.get(lowered, word.upper())


def _number(text: str) -> float:
    if text.lower() in _WORDS:
        return float(_WORDS[text.lower()])
    return float(re.sub(r"[,\s ]", "", text))
