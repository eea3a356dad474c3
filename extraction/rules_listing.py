"""What is listed, contained or defined: all of it belongs to the object, but for the examples at its end."""

from typing import TYPE_CHECKING

from extraction.rules_phrases import lemma
from extraction.rules_spans import Segment

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LISTING = frozenset({"contain", "include", "consist", "comprise"})


def whole_object(verb: "Token") -> bool:
    """Verbs whose object is a list or a description: all that follows belongs to it."""
    return lemma(verb) in LISTING


def series_behind_colon(verb: "Token", begin: int, reach: int) -> int:
    """As in "must include: the name; the address; and the date": the end of the whole list; ``reach`` where it is none.

    A clause ends at a semicolon; a list that a colon opens behind a verb of listing does not.
    """
    doc = verb.doc
    if not (whole_object(verb) and 0 < begin < reach < len(doc) and doc[begin].i > verb.i + 1):
        return reach
    opened = any(t.text == ":" for t in doc[begin - 2 : begin])
    rest = doc[reach:]
    if not opened or rest[0].text != ";" or any(t.tag_ == "MD" or t.dep_ == "ROOT" for t in rest):
        return reach
    return len(doc) - bool(doc[-1].is_punct)


def before_examples(doc: "Doc", start: int, limit: int, found: tuple[Segment, ...]) -> int:
    """Where ", including X and Y" closes what is listed or defined: these are examples of it. ``limit`` where nothing does."""
    closing = (
        s.start - 1
        for s in found
        if s.start > start + 1
        and doc[s.start].lower_ == "including"
        and doc[s.start - 1].text == ","
        and s.start < limit
        and not any(t.is_alpha for t in doc[s.end : limit])
        and not any(t.text == "," and t.nbor().tag_ in {"WDT", "WP"} for t in doc[s.start : s.end - 1])
    )
    goes_on = (
        t.i
        for t in doc[start + 1 : limit - 2]
        if t.text == ","
        and t.nbor().lower_ == "which"
        and t.nbor(2).lower_ in {"must", "shall", "should", "may"}
        and (t.nbor(2).lower_ != "may" or t.nbor(3).lower_ == "not")
    )
    comments = (t.i for t in doc[start + 1 : limit - 1] if t.text == "," and t.nbor().lower_ in {"whereby", "whereas"})
    return min(next(closing, limit), next(goes_on, limit), next(comments, limit))
