"""Amounts, deadlines and counts on either side of a threshold."""

import random
import re
from dataclasses import dataclass

from generation.grammar import readings, singular
from kg.model import Threshold
from kg.quantities import CURRENCIES

_COMPARATORS = (
    r"(?:does not exceed|do not exceed|not exceeding|not exceed|no more than|not more than|no later than|not later than|"
    r"no longer than|not longer than|no less than|not less than|no fewer than|no older than|not older than|more than|"
    r"less than|fewer than|greater than|longer than|shorter than|older than|younger than|higher than|lower than|"
    r"at least|at most|at the latest|up to|over|above|below|under|within|exceeding|exceeds|exceed|in excess of|"
    r"a minimum of|a maximum of|beyond)\s+"
)
_SUFFIXES = r"\s+(?:or less|or more|or fewer|or below|or above|or longer|or older|or under|or over|at the latest)\b"
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_TIME = {"minute", "hour", "day", "working day", "business day", "calendar day", "week", "month", "year"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A threshold with the words around it. ``where`` is object, condition, exception, deadline or text."""

    threshold: Threshold
    phrase: str
    where: str

    @property
    def money(self) -> bool:
        return self.threshold.unit in CURRENCIES

    @property
    def time(self) -> bool:
        return self.threshold.unit in _TIME

    @property
    def matter(self) -> str:
        """What has to be found out."""
        if self.where == "deadline":
            return "when exactly it was done"
        if self.money:
            return "the amount"
        if self.time:
            return "how long it was"
        return "the exact figure"

    def placed_in(self, text: str) -> str:
        """``text`` with the comparison replaced by a plain amount, so that the clause reads as a statement."""
        return self._replace(text, self._amount(self.threshold.value))

    def fill(self, *, holds: bool, rng: random.Random, text: str | None = None) -> str:
        """The phrase (or ``text``) with an amount that meets the threshold, or does not."""
        amount = self._amount(self.draw(holds=holds, rng=rng))
        told = self._replace(self.phrase if text is None else text, amount)
        return (
            told.replace(f"of {amount} of ", f"{amount} after ") if self.threshold.text.startswith("within") else told
        )

    def amount(self, *, holds: bool, rng: random.Random) -> str:
        """An amount alone, e.g. "USD 140" or "3 working days"."""
        return self._amount(self.draw(holds=holds, rng=rng))

    def draw(self, *, holds: bool, rng: random.Random) -> float:
        """A value on the asked side of the threshold, of a natural roundness."""
        value, comparator = self.threshold.value, self.threshold.comparator
        upward = (comparator in {">", ">="}) == holds
        if comparator == "=":
            return value if holds else value + max(1, round(value * rng.choice((0.5, 1, 2))))
        if upward:
            return self._round(value, value * rng.choice((1.05, 1.1, 1.2, 1.3, 1.5, 1.7, 2.0, 2.6)), up=True)
        return self._round(value, value * rng.choice((0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)), up=False)

    def _round(self, limit: float, value: float, *, up: bool) -> float:
        step = 1.0 if limit <= 30 else 5.0 if limit <= 500 else 50.0 if limit <= 5000 else 500.0
        if self.threshold.unit in {"percent", "%"} and limit <= 3:
            step = 0.2
        rounded = round(value / step) * step
        if up and rounded <= limit:
            rounded = limit + step
        if not up and rounded >= limit:
            rounded = limit - step
        return round(max(rounded, step if limit > step else limit / 2), 2)

    def _amount(self, value: float) -> str:
        if 0 < value < 1 and self.threshold.unit == "hour":
            return f"{round(value * 60)} minutes"
        if 0 < value < 1 and self.threshold.unit in {"day", "working day"}:
            return f"{max(1, round(value * 8))} hours"
        number = f"{value:,.0f}" if value == int(value) else f"{value:g}"
        text = self.threshold.text
        bare = re.sub(rf"^.*?{_COMPARATORS}", "", text, flags=re.IGNORECASE)
        bare = re.sub(_SUFFIXES, "", bare, flags=re.IGNORECASE).strip()
        found = _NUMBER.search(bare) or _WORD_NUMBER.search(bare)
        if found is None:
            return number if not self.threshold.unit else f"{number} {self.threshold.unit}"
        amount = f"{bare[: found.start()]}{number}{bare[found.end() :]}".strip()
        if value == 1:
            amount = re.sub(
                r"\b(hour|day|week|month|year|minute|person|employee|guest|mile|kilometre|time)s\b", r"\1", amount
            )
        else:
            amount = re.sub(
                r"\b(hour|day|week|month|year|minute|guest|mile|kilometre|metre)\b(?!s)(?= *$)", r"\1s", amount
            )
        return amount

    def _put(self, text: str, found: re.Match[str], amount: str) -> str:
        if text[found.end() :].startswith(_AHEAD):
            return amount
        return _led(self.threshold.text, amount) or _joined(text[: found.start()], amount)

    def _replace(self, text: str, amount: str) -> str:
        core = re.escape(self.threshold.text)
        verbal = re.sub(
            rf"\b(?P<verb>does not exceed|do not exceed|does not|do not|exceeds?|is|are)\s+(?:{_COMPARATORS})?{core}(?:{_SUFFIXES})?",
            lambda found: f"{_PLAIN.get(found.group('verb').lower(), 'comes to')} {amount}",
            text,
            flags=re.IGNORECASE,
        )
        if verbal != text:
            return verbal
        return re.sub(
            rf"(?:{_COMPARATORS})?{core}(?:{_SUFFIXES})?",
            lambda found: self._put(text, found, amount),
            text,
            count=1,
            flags=re.IGNORECASE,
        )


_AHEAD = " in advance"

_PLAIN = {"is": "is", "are": "are", "do not exceed": "come to", "do not": "come to", "exceed": "come to"}


def _led(text: str, amount: str) -> str:
    """The amount after a preposition that the threshold's own words begin with, or empty."""
    lead = re.match(r"(worth|for|costing)\b", text, re.IGNORECASE)
    return f"{lead.group(1)} {amount.removeprefix(lead.group(1)).strip()}" if lead else ""


def _joined(text: str, amount: str) -> str:
    """The amount as it follows the noun that ends ``text``: "gifts above USD 75" needs "of" where "worth" is not there."""
    before = text.strip().split()
    verb = len(before) == 1 and readings(before[0]).get("VERB") == before[0] and singular(before[0]) is None
    linked = not before or verb or before[-1].lower() in {
        "worth", "of", "is", "are", "was", "for", "be", "to", "than", "costs", "cost", "at", "have", "has", "last",
        "by", "lasts", "with", "after", "in", "took", "every", "runs", "run", "and", "pay", "from",
    }  # fmt: skip
    return amount if linked or re.search(r"\btimes?\b", amount) else f"of {amount}"


def without(text: str, threshold: Threshold) -> str:
    """``text`` with the threshold left out: "a gift worth more than USD 75" becomes "a gift"."""
    core = re.escape(threshold.text)
    per = r"(?:\s+(?:a|an|per|each) (?:day|week|month|year|person|head|quarter))?"
    pattern = rf"\s*(?:\b(?:worth|of|costing|valued at|for|at|that is|that are|with a value)\s+)?(?:{_COMPARATORS})?{core}(?:{_SUFFIXES})?{per}"
    return re.sub(r"\s+", " ", re.sub(pattern, "", text, count=1, flags=re.IGNORECASE)).strip(" ,")
