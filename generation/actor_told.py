"""Who acts in a case that is written already, so that an answer can speak of them: "you", "she", "it"."""

import re

from generation.cast import Agent, body, group
from generation.names import EITHER, MEN, WOMEN
from generation.wording import unsigned

YOU = Agent("you", "you", "you", "you", "your", "yourself", "pl")
_SHE = Agent("she", "she", "she", "her", "her", "herself")
_HE = Agent("he", "he", "he", "him", "his", "himself")
_TELLER = re.compile(
    r"(?:gave|sent|told|tells|has told) me\b|said |says |(?:knew|knows|know) of it|reported that|mentioned that|cannot say|thinks that|"
    r"checked|was not sure"
)
"""What follows the name of one who only tells of the act."""
_OWN = re.compile(
    r"\bI\b(?! (?:have (?:a|heard|not been able)|was told|manage|am new|asked|checked|heard|know|found|do not know|work in|lead)\b)"
)


def who_acts(question: str) -> Agent:
    """The one who acts in a case: who is named and no mere witness, else the teller, else a body."""
    question = unsigned(question)
    found = [name for name in (*WOMEN, *MEN, *EITHER) if _acting(name, question)]
    first = min(found, key=question.index, default="")
    if not first:
        return (
            YOU
            if _OWN.search(question)
            else body("it")
            if re.search(r"\bit (?:did|asked)\b", question)
            else group("they")
        )
    if first in EITHER:
        return (
            _SHE
            if re.search(r"\b(?:she|her)\b", question)
            else _HE
            if re.search(r"\b(?:he|his)\b", question)
            else group("they")
        )
    return _SHE if first in WOMEN else _HE


def _acting(name: str, question: str) -> bool:
    found = re.search(rf"\b{name}\b(?: (?!I\b)[A-Z][\w-]+)?(?P<rest>.*)", question)
    return found is not None and not _TELLER.match(found["rest"].lstrip(" ,"))
