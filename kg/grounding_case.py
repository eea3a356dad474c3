"""What a case tells as a fact, for the checks that hold a rule against it: without the rules that it quotes and the word that it cites.

A case may quote a rule ("Our policy says: “Receipts must be kept for 30 days.”"), and a figure or a step in the quotation is none of
the case. It may have its story from somebody's word ("Ana reported that ..."), and that word is not the report that a rule asks for.
"""

import re
from collections.abc import Iterable

from kg.words import content

_QUOTED = re.compile(r"[“\"]([^“”\"]{8,})[”\"]")
_NORM = re.compile(
    r"\b(?:must|may|shall|should|needs?|cannot|prohibited|forbidden|allowed|required|requires?|means?|limited to|only|never)\b",
    re.IGNORECASE,
)
"""What tells a quoted rule from words that somebody said or wrote."""


def without_rules(case: str) -> str:
    """``case`` without the rules that it quotes; what people said stays."""
    return _QUOTED.sub(lambda found: " " if _NORM.search(found[1]) else found[0], case)


_TELLS = r"(?:reported|reports|said|says|told (?:me|us)|tells (?:me|us)|mentioned|mentions|claimed|claims|writes|wrote)"
_WORD = re.compile(
    rf"\b(?:[A-Z][\w'’-]*|he|she|they|somebody|someone|who|colleagues?) (?:has |have )?{_TELLS} that\b|\bI was told that\b|\b(?:do not |does not )?tells? us\b|"
    r"\b(?:hotline )?report:|\b(?:(?:an?|the|this|that|any|our|no|anonymous|hotline|first)\s+)+reports?\b(?!\s+(?:it|this|him|her|them|to|on)\b)",
    re.IGNORECASE,
)
"""Somebody's word for the story, and a report that is a thing."""
_ANYBODY = frozenset(
    {
        "nobody",
        "anybody",
        "anyone",
        "somebody",
        "someone",
        "everybody",
        "everyone",
        "none",
        "no",
        "boss",
        "supervisor",
        "superior",
    }
)
"""Nobody in particular, and whoever is in charge."""
_TOLD = re.compile(r"\b(?:tell|tells|told|telling) (?P<whom>(?:the |an? |my |our |his |her |their |your )?\w+)")


def without_hearsay(segment: str, rule_text: str) -> str:
    """``segment`` without what is no report under a rule: the word that a case has for its story, and telling others than those whom
    the rule names.
    """
    said = _WORD.sub(" ", segment)
    named = set(content(rule_text))

    def meant(found: re.Match[str]) -> str:
        whom = found["whom"].lower().split()[-1]
        return found[0] if whom in _ANYBODY or not (told := set(content(whom))) or told & named else " "

    return _TOLD.sub(meant, said)


_OFFICES = re.compile(
    r"\b(?:managers?|office|department|directors?|board|committee|officers?|legal|head|panel|team|control|trustees?|council|president|owner|"
    r"physician|compliance|security|purchasing)\b",
    re.IGNORECASE,
)
"""Words for those who approve something; "she agreed" names nobody."""


def of_another(segment: str, authorities: Iterable[str]) -> bool:
    """Whether the one who approves in ``segment`` is named and is none of the ``authorities``."""
    named = set(content(" ".join(authorities)))
    return bool(named) and bool(_OFFICES.search(segment)) and not named & set(content(segment))


def of_all(segment: str, authority: str) -> bool:
    """Whether ``segment`` names each of several who have to approve, or none of them."""
    names = [set(content(name)) for name in re.split(r"\s+and\s+|\s*;\s*", authority) if name.strip()]
    said = set(content(segment))
    named = sum(bool(name & said) for name in names)
    return named in {0, len(names)}
