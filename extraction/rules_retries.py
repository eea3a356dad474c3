"""A second reading of a sentence that gave no rule, or one whose condition holds the main clause: without what opens it.

A parser that goes wrong in a long opening ("If you have read the rules below and still have questions about whether X, ...")
often reads the main clause right when it stands alone. A condition is then put back in its own words.
"""

import re
from collections.abc import Iterator

from extraction.rules_frame import Frame

_OPENED = re.compile(
    r"(?:if|when|where|whenever|should|unless|once|upon|before|after|in the event (?:that|of)|to the extent(?: that)?|in cases? where)\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"(?:at the (?:latest|time)|in order to|in the context of|for the purposes? of|as part of)\b", re.IGNORECASE
)
"""What opens a sentence and is no condition."""
_MAIN = re.compile(
    r"(?:then )?(?:please |do not |never |(?:[\w’'-]+ ){0,9}?(?:must|shall|may|should|will|can|cannot|recommend|advise|encourage|urge|"
    r"(?:is|are) (?:not )?(?:required|responsible|expected|allowed|permitted|entitled|prohibited|obliged|encouraged|free)|"
    r"(?:has|have) (?:the|a|no) (?:right|duty|obligation))\b)",
    re.IGNORECASE,
)
_LONGEST = 60
"""Words of a condition."""


def main_clauses(text: str) -> Iterator[tuple[str, str]]:
    """(condition, main clause) for each place where the condition that opens ``text`` can end.

    >>> list(main_clauses("If it rains, snows or hails, guests must wait."))
    [('If it rains, snows or hails', 'Guests must wait.')]
    """
    conditional = _OPENED.match(text)
    if not (conditional or _PHRASE.match(text)):
        return
    for comma in re.finditer(r", ", text):
        condition, main = text[: comma.start()], text[comma.end() :]
        if len(condition.split()) > _LONGEST:
            return
        if _MAIN.match(main) and not re.match(r"(?:and|or|but|which|that|who|including|such)\b", main):
            yield condition if conditional else "", main[0].upper() + main[1:]


_MODAL_INSIDE = re.compile(r", (?!(?:which|who|that|whose|where|in which|as)\b)[^;]*?\b(?:shall|must)\b")


def swallowed(frame: Frame) -> bool:
    """Whether the condition of ``frame`` runs on into a clause that binds somebody."""
    return any(_MODAL_INSIDE.search(part) for part in frame.condition.split(" ; "))
