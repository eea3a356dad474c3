"""From when and until when a document says that it is in force.

A statement counts at the head of the document ("Version 4.2, in force from 1 March 2026"), and anywhere as a line of its
own ("Effective Date: March 17, 2026") or where its subject is the document ("This Regulation shall apply from ..."). A
date in a rule ("from 1 May employees must ...") is the rule's own. Dates with slashes are left alone: nothing says which
number is the month.
"""

import re
from datetime import date

HEAD = 3_000
"""Characters of the text in which a bare statement speaks of the document."""
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH = rf"(?:{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)}|sept)\.?"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
)
_DOCUMENT = r"(?:code|policy|policies|regulation|directive|act|agreement|terms|notice|standard|statement|document|version|addendum|rules|guidelines?)"
_SINCE = r"(?:from|since|as of|as from|with effect from|starting|beginning|on)"
_UNTIL = r"(?:until|till|to|through|up to)"
_FORCE = r"(?:in force|in effect|effective|valid|applicable)"
_ENTERS = (
    r"(?:enters? into force|comes? into force|takes? effect|becomes? effective|appl(?:y|ies)|is effective|is in force)"
)
_AFTER = rf"(?:\s*,?\s*(?:and\s+)?{_UNTIL}\s+(?:and including\s+)?(?P<end>{_DATE}))?"
_OVER = r"(?:deprecated|withdrawn|repealed|retired|discontinued|expires?|ceases? to (?:apply|be in force))"

_STARTS_IN_HEAD = (
    re.compile(rf"\beffective\s+date\W{{0,6}}(?:is\s+|of\s+)?(?P<start>{_DATE}){_AFTER}", re.IGNORECASE),
    re.compile(rf"\b(?:{_FORCE}|{_ENTERS})\s+{_SINCE}:?\s+(?P<start>{_DATE}){_AFTER}", re.IGNORECASE),
    re.compile(rf"(?:^|[,;|(]\s*)effective:?\s+(?P<start>{_DATE}){_AFTER}(?=\s*(?:[.;)|\n]|$))", re.IGNORECASE | re.MULTILINE),
)  # fmt: skip
_STARTS_ANYWHERE = (
    re.compile(rf"^\W*(?:\w+\s+)?effective\s+date\W{{1,6}}(?P<start>{_DATE}){_AFTER}", re.IGNORECASE | re.MULTILINE),
    re.compile(
        rf"(?:\b(?:this|the present)\s+(?:\w+\s+)?{_DOCUMENT}\s+|^(?:\d+\.\s*)?it\s+)(?:shall\s+|will\s+)?{_ENTERS}\s+{_SINCE}\s+"
        rf"(?P<start>{_DATE}){_AFTER}",
        re.IGNORECASE | re.MULTILINE,
    ),
)
_ENDS_IN_HEAD = (
    re.compile(
        rf"\b(?:{_FORCE}\s+(?:until|till)|expiry date\W{{0,6}}|valid\s+until)\s*(?P<end>{_DATE})", re.IGNORECASE
    ),
    re.compile(
        rf"\b{_DOCUMENT}\b[^.\n]{{0,60}}\b{_OVER}\s+(?:(?:effective|on|as of|with effect from|from|at the end of)\s+)*(?P<end>{_DATE})",
        re.IGNORECASE,
    ),
)


def effective_dates(text: str) -> tuple[str, str]:
    r"""First and last day of force as ISO 8601 dates; empty where the text does not say.

    >>> effective_dates("Code\n\nVersion 4.2, in force from 1 March 2026.")
    ('2026-03-01', '')
    """
    head = text[:HEAD]
    over = [match for pattern in _ENDS_IN_HEAD for match in pattern.finditer(head)]
    ended = {match.start("end") for match in over}
    starts = [match for pattern in _STARTS_IN_HEAD for match in pattern.finditer(head)]
    starts = [match for match in starts if match.start("start") not in ended]
    starts = sorted(starts, key=lambda match: match.start()) or [
        match for pattern in _STARTS_ANYWHERE for match in pattern.finditer(text)
    ]
    begins = next((day for match in starts if (day := _iso(match.group("start")))), "")
    ends = next((day for match in (*starts, *over) if (day := _iso(match.group("end") or ""))), "")
    return begins, ends if not begins or ends > begins else ""


def _iso(words: str) -> str:
    """A date in words or figures as ISO 8601; empty where it is none ("31 June 2026")."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    month = next(
        (place for place, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", words, re.IGNORECASE)), 0
    )
    if month and len(numbers) == 2:
        parts = (numbers[1], month, numbers[0])
    elif len(numbers) == 3:
        parts = (numbers[0], numbers[1], numbers[2]) if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    else:
        return ""
    try:
        return date(*parts).isoformat()
    except ValueError:
        return ""
