"""What stands between a verb and its object, or between an object and what goes on with it."""

from typing import TYPE_CHECKING

from extraction.rules_phrases import is_cross_reference
from extraction.rules_spans import Segment

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def beyond_phrase(verb: "Token", start: int, limit: int) -> int:
    """As in "shall issue, by a majority of votes, rules on X": behind what commas set off right after the verb."""
    doc = verb.doc
    if start != verb.i + 1 or start + 2 >= limit or doc[start].text != "," or doc[start + 1].pos_ != "ADP":
        return start
    closing = next((i for i in range(start + 2, min(start + 16, limit - 1)) if doc[i].text == ","), start)
    thing = doc[closing + 1]
    named = thing.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "ADV"} or thing.dep_ == "amod"
    return closing + 1 if closing > start and named else start


def beyond_inserted(doc: "Doc", end: int, stop: int, limit: int, found: tuple[Segment, ...]) -> int:
    """As in "all fees, including taxes, linked to the loan": what is between commas stays where its noun goes on behind it."""
    inside = next((s for s in found if s.start == end + 1 and s.start == stop), None)
    if inside is None or inside.kind != "aside" or inside.end + 1 >= limit:
        return end
    if doc[inside.start].lower_ not in {"including", "such"} and two(doc, inside.start) != "in particular":
        return end
    goes_on = doc[inside.end + 1]
    if doc[inside.end].text != "," or goes_on.tag_ != "VBN" or is_cross_reference(doc, int(goes_on.i)):
        return end
    return min(limit, int(goes_on.right_edge.i) + 1)


def two(doc: "Doc", index: int) -> str:
    return str(doc[index : index + 2].text.lower())


def ends_open(doc: "Doc", stop: int) -> bool:
    """Whether a colon closes the text at ``stop``: what is listed follows in the items."""
    return (
        all(token.is_punct for token in doc[stop:])
        and (stop < len(doc) or doc[stop - 1].text == ":")
        and ":" in doc[stop - 1 :].text
    )
