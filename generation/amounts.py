"""How people write amounts: "USD 60", "$60", "60 dollars", "about 60 dollars"; "3 days" or "three days"."""

import random
import re

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_NAMES = {"USD": "dollars", "EUR": "euros", "GBP": "pounds", "CHF": "francs"}
_MONEY = re.compile(r"\b(USD|EUR|GBP|CHF) (\d+(?:,\d{3})*(?:\.\d+)?)")
_TIME = re.compile(
    r"(?<![\d,.$€£])\b(\d{1,2}) (minutes?|hours?|days?|working days?|weeks?|months?|years?|times|people|guests)\b"
)
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def as_written(text: str, rng: random.Random, *, round_about: bool = False) -> str:
    """``text`` with its amounts in one of the forms that people use, the same form throughout.

    ``round_about`` allows "about", where the amount is not near a limit.
    """
    style = rng.choice(("code", "code", "sign", "name", "name"))
    about = "about " if round_about and rng.random() < 0.2 else ""
    words = rng.random() < 0.6

    def money(found: re.Match[str]) -> str:
        unit, number = found.groups()
        if style == "sign" and unit in _SIGNS:
            return f"{about}{_SIGNS[unit]}{number}"
        if style == "name" and unit in _NAMES:
            return f"{about}{number} {_NAMES[unit]}"
        return f"{about}{unit} {number}"

    def time(found: re.Match[str]) -> str:
        number, unit = int(found.group(1)), found.group(2)
        return f"{_WORDS[number]} {unit}" if words and number < len(_WORDS) else found.group(0)

    return _TIME.sub(time, _MONEY.sub(money, text))
