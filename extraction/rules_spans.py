"""The conditions, exceptions and asides of a sentence.

Adverbial clauses are found by their markers and bounded by commas and by the parse of the main clause: legal
sentences are long, and a marker is a surer sign than an attachment far away.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.rules_bounds import clause_end
from extraction.rules_ends import segment_end
from extraction.rules_fronted import inserted_end
from extraction.rules_markers import marker_at

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of tokens ``[start, end)`` beside the main clause.

    ``kind``: condition, exception or aside (a reason, a contrast or a cross-reference: read, but part of no field).
    """

    kind: str
    start: int
    end: int


def segments(doc: "Doc", start: int = 0, end: int | None = None) -> tuple[Segment, ...]:
    """All segments of ``doc[start:end]`` in order; they do not overlap."""
    limit = len(doc) if end is None else end
    found: list[Segment] = []
    position = start
    while position < limit:
        match = marker_at(doc, position, limit)
        if match is None:
            inserted = inserted_end(doc, position, limit)
            if inserted > position:
                found.append(Segment("aside", position, inserted))
            position = max(position + 1, inserted)
            continue
        kind, width = match
        stop = max(position + width, segment_end(doc, position, width, kind, start, limit))
        stop = _with_verb(doc, position, _before_contrast(doc, position + width, stop), limit)
        if doc[position].lower_ == "where":
            position = max(_place_before(doc, position), found[-1].end if found else start)
        found.append(Segment("aside" if _is_remark(doc, position, stop) else kind, position, stop))
        position = stop
    return tuple(found)


_CLAUSAL = frozenset({"if", "when", "where", "unless", "until", "once", "while", "whenever"})


def _place_before(doc: "Doc", index: int) -> int:
    """As in "on pages where we sell": the preposition of the place that the clause describes; ``index`` where none is."""
    noun = doc[index - 1] if index > 1 else None
    preposition = noun.head if noun is not None and noun.dep_ == "pobj" else None
    if (
        preposition is None
        or noun is None
        or preposition.lower_ not in {"in", "on", "at"}
        or noun.norm_ in {"section", "behalf"}
    ):
        return index
    whole = preposition.i + 1 == noun.left_edge.i and preposition.head.pos_ in {"VERB", "AUX"}
    return int(preposition.i) if whole and preposition.head.i < preposition.i else index


def _with_verb(doc: "Doc", index: int, end: int, limit: int) -> int:
    """As in "if the nurse, in good faith, believes X": a clause that broke off before its verb runs on behind the aside."""
    inside = doc[index + 1 : end]
    whole = any(
        (t.pos_ in {"VERB", "AUX", "ADJ"} or t.tag_ in {"VBN", "VBG"}) and t.dep_ not in {"amod", "compound"}
        for t in inside
    )
    subject = any(t.dep_ in {"nsubj", "nsubjpass"} or t.pos_ in {"NOUN", "PROPN"} for t in inside)
    if doc[index].lower_ not in _CLAUSAL or whole or not subject or end >= limit or doc[end].text != ",":
        return end
    closing = next((i for i in range(end + 1, limit) if doc[i].text == ","), limit)
    if closing >= limit or closing - end > 8:
        return end
    return next((i for i in range(closing + 1, limit) if doc[i].text == ","), clause_end(doc, index, limit))


def _before_contrast(doc: "Doc", start: int, stop: int) -> int:
    """As in "in the case of X, and notwithstanding Y": the contrast is no part of the condition."""
    end = next((i for i in range(start, stop) if doc[i].lower_ == "notwithstanding"), stop)
    while start < end < stop and (doc[end - 1].pos_ == "CCONJ" or doc[end - 1].text == ","):
        end -= 1
    return end


def _is_remark(doc: "Doc", index: int, stop: int) -> bool:
    """A whole sentence in brackets ("(if you use a tool as well, that is fine)") is a remark, not a condition."""
    if index == 0 or doc[index - 1].text != "(":
        return False
    comma = next((i for i in range(index, stop) if doc[i].text == ","), stop)
    return any(token.tag_ in {"VBZ", "VBP", "MD"} for token in doc[comma:stop])


def overlaps(index: int, found: tuple[Segment, ...]) -> Segment | None:
    """The segment that covers token ``index``, or None."""
    return next((segment for segment in found if segment.start <= index < segment.end), None)
