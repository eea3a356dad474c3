"""Where the conditions, exceptions and asides of a sentence begin and end.

Adverbial clauses are found by their markers and bounded by commas and by the parse of the main clause: legal
sentences are long, and a marker is a surer sign than an attachment far away.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction.lexicon import EFFECT_VERBS, EPISTEMIC_VERBS, MODALS
from extraction.rules_markers import is_dash, is_initial, marker_at
from extraction.rules_phrases import with_series
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


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
            position += 1
            continue
        kind, width = match
        stop = max(position + width, segment_end(doc, position, width, kind, start, limit))
        stop = _with_verb(doc, position, _before_contrast(doc, position + width, stop), limit)
        found.append(Segment("aside" if _is_remark(doc, position, stop) else kind, position, stop))
        position = stop
    return tuple(found)


_CLAUSAL = frozenset({"if", "when", "where", "unless", "until", "once", "while", "whenever"})


def _with_verb(doc: "Doc", index: int, end: int, limit: int) -> int:
    """As in "if the nurse, in good faith, believes X": a clause that broke off before its verb runs on behind the aside."""
    inside = doc[index + 1 : end]
    whole = any(t.pos_ in {"VERB", "AUX", "ADJ"} or t.tag_ in {"VBN", "VBG"} for t in inside)
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


def segment_end(doc: "Doc", index: int, width: int, kind: str, start: int, limit: int) -> int:
    """Where the segment that opens at ``index`` closes (exclusive token index, punctuation left out)."""
    stop = clause_end(doc, index, limit)
    if words_are_fixed(doc, index, width):
        return index + width
    if kind == "aside" and is_initial(doc, index, start) and doc[index].lower_ != "including":
        return _initial_end(doc, index, stop)
    if doc[index].lower_ == "including":
        return _list_end(doc, index + width, stop)
    if (kind == "aside" and doc[index].pos_ in {"ADP", "SCONJ"}) or doc[index].lower_ in {"pursuant", "taking"}:
        return _aside_end(doc, index, width, stop)
    if kind == "exception" and _takes_noun(doc, index, width, stop):
        return _phrase_end(doc, index + width, stop)
    initial = is_initial(doc, index, start)
    if initial:
        return _initial_end(doc, index, stop)
    if _is_medial(doc, index, start, stop):
        return _medial_end(doc, index, stop)
    return _final_end(doc, index, width, kind, stop)


def _list_end(doc: "Doc", start: int, stop: int) -> int:
    """The end of "including A, B and C": the comma behind which the clause around it goes on."""
    for position in range(start, stop):
        if doc[position].text != "," or position + 1 >= stop:
            continue
        follows = doc[position + 1]
        if follows.tag_ in {"TO", "MD", "VBZ", "VBP", "VB", "VBN"} or _coordinated_clause(doc, position + 1, stop):
            return position
        if marker_at(doc, position + 1, stop) is not None and follows.lower_ not in {"including", "such"}:
            return position
        after = _after_subject(doc, position + 1, stop)
        if after < stop and doc[after].tag_ == "MD":
            return position
    return stop


_NOMINAL = frozenset({"other", "otherwise", "apart", "aside", "excluding", "excepting", "with", "but", "barring"})


def _takes_noun(doc: "Doc", index: int, width: int, stop: int) -> bool:
    """Whether the exception is "other than N", "except N", "save for N": a phrase, not a clause."""
    first = doc[index].lower_
    if first in _NOMINAL:
        return True
    follows = doc[index + width] if index + width < stop else None
    if first not in {"except", "save"} or follows is None:
        return False
    noun = doc[index + width + 1] if follows.lower_ == "for" and index + width + 1 < stop else follows
    return bool(noun.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} and noun.lower_ not in {"that", "where", "when"})


def _phrase_end(doc: "Doc", start: int, stop: int) -> int:
    """The end of a noun phrase with its own relative clauses: a comma, or the finite verb of the clause around it."""
    for position in range(start, stop):
        token = doc[position]
        if token.text == "," and (end := with_series(doc, position, stop)) > position:
            return end
        if token.text == ",":
            return position
        nested = marker_at(doc, position, stop)
        if nested is not None and nested[0] == "exception" and position > start:
            return position
        if token.tag_ in {"MD", "VBZ", "VBP"} and not _in_relative(token, start):
            return position
    return stop


def _in_relative(token: "Token", start: int) -> bool:
    """Whether a finite verb belongs to a clause that hangs on a noun at or after ``start``."""
    verb = token.head if token.dep_ in {"aux", "auxpass"} else token
    while verb.dep_ in {"conj", "ccomp", "xcomp"} and verb.head.i < verb.i:
        verb = verb.head
    return bool(verb.dep_ in {"relcl", "acl", "advcl"} and start <= verb.head.i < verb.i) or any(
        t.tag_ in {"WDT", "WP"} for t in token.doc[start : token.i]
    )


def _aside_end(doc: "Doc", index: int, width: int, stop: int) -> int:
    """An aside is a phrase, not a clause: it ends at a comma, a modal, or a reference to another clause."""
    for position in range(index + width, stop):
        token = doc[position]
        if token.text == "," and (end := with_series(doc, position, stop)) > position:
            return end
        if token.text == "," or token.tag_ == "MD":
            return position
        if token.pos_ == "CCONJ" and position + 1 < stop and doc[position + 1].tag_ in {"MD", "VBP", "VBZ"}:
            return position
        if token.norm_ == "section" and " " in token.text:
            return position + 1
        nested = marker_at(doc, position, stop)
        if nested is not None and nested[0] != "aside" and doc[index].lower_ != "including":
            return position
    return stop


def words_are_fixed(doc: "Doc", index: int, width: int) -> bool:
    """Markers that are a whole adverbial by themselves ("in that event")."""
    text = doc[index : index + width].text.lower()
    return text in {
        "in that event", "in that case", "in such cases", "in such case", "in these cases", "as applicable",
        "as follows", "without undue delay", "without delay", "if any", "if possible", "if necessary",
        "where appropriate", "where possible", "where applicable", "where relevant", "where necessary", "where feasible",
        "as the case may be",
    }  # fmt: skip


def clause_end(doc: "Doc", index: int, limit: int) -> int:
    """The end of the independent clause around ``index``: semicolon, full stop, dash, or coordinated clause."""
    depth = 0
    for position in range(index, limit):
        token = doc[position]
        if token.text in {"(", "["}:
            depth += 1
        elif token.text in {")", "]"}:
            if depth == 0:
                return position
            depth -= 1
        elif depth == 0 and (token.text == ";" or is_dash(token) or _is_stop(doc, position, limit)):
            return position
    return limit


def _is_stop(doc: "Doc", position: int, limit: int) -> bool:
    token = doc[position]
    return token.text in {".", "?", "!"} and (position + 1 >= limit or bool(token.whitespace_))


def _initial_end(doc: "Doc", index: int, stop: int) -> int:
    """The comma before the main clause: the one followed by its subject or, in an imperative, its verb."""
    commas = [position for position in range(index + 1, stop) if doc[position].text == ","]
    for comma in commas:
        after = _after_subject(doc, comma + 1, stop)
        if after < stop and (
            doc[after].tag_ == "MD" or (doc[after].text == "," and _aside_then_modal(doc, after, stop))
        ):
            return comma
    for comma in commas:
        if _opens_main_clause(doc, comma + 1, index, stop):
            return comma
    for comma in commas:
        follower = doc[comma + 1] if comma + 1 < stop else None
        if follower is not None and follower.pos_ != "CCONJ" and _modal_ahead(doc, comma + 1, stop):
            return comma
    if commas:
        return commas[0]
    return _subject_after(doc, index, stop)


def _subject_after(doc: "Doc", index: int, stop: int) -> int:
    """Without a comma: the left edge of the root's subject, if it stands after ``index``."""
    for token in doc[index:stop]:
        if token.dep_ == "ROOT":
            for child in token.lefts:
                if child.dep_ in SUBJECT_DEPS and child.left_edge.i > index + 1:
                    return int(child.left_edge.i)
    return stop


def _opens_main_clause(doc: "Doc", position: int, index: int, stop: int) -> bool:
    while position < stop and (
        doc[position].pos_ == "ADV" or doc[position].lower_ in {"then", "please", "do", "not", "never"}
    ):
        position += 1
    if position >= stop:
        return False
    token = doc[position]
    if token.pos_ == "CCONJ":
        return False
    if token.dep_ == "ROOT" or (token.head.dep_ == "ROOT" and token.dep_ in {"aux", "neg"}):
        return True
    for head in doc[position:stop]:
        if head.dep_ in SUBJECT_DEPS and head.left_edge.i == position:
            verb = head.head
            return not _within(verb, doc[index]) and verb.dep_ in {"ROOT", "ccomp", "conj", "parataxis"}
    return False


def _within(token: "Token", marker: "Token") -> bool:
    """Whether ``token`` lies in the clause that ``marker`` introduces."""
    clause = marker.head if marker.dep_ in {"mark", "advmod", "prep"} else marker
    return marker.head.dep_ in {"advcl", "pcomp"} and (token == clause or clause.is_ancestor(token))


def _after_subject(doc: "Doc", position: int, stop: int) -> int:
    """The token after the (coordinated) noun phrase that begins at ``position``; ``stop`` where none begins."""
    chunks = {int(chunk.start): int(chunk.end) for chunk in doc[position:stop].noun_chunks}
    after = chunks.get(position)
    while after is not None and after + 1 < stop and doc[after].lower_ in {"and", "or", "of"} and after + 1 in chunks:
        after = chunks[after + 1]
    return stop if after is None else after


def _aside_then_modal(doc: "Doc", comma: int, stop: int) -> bool:
    """Whether the aside that opens at ``comma`` closes with a comma and a modal ("X, taking ... , shall")."""
    return any(doc[i].text == "," and i + 1 < stop and doc[i + 1].tag_ == "MD" for i in range(comma + 1, stop))


def _modal_ahead(doc: "Doc", position: int, stop: int) -> bool:
    """Whether a modal follows ``position`` before the next comma."""
    for token in doc[position:stop]:
        if token.text == ",":
            return False
        if token.lower_ in MODALS and token.tag_ == "MD":
            return True
    return False


def _is_medial(doc: "Doc", index: int, start: int, stop: int) -> bool:
    """Whether the main verb is still to come: a subject or a modal before ``index``, its verb after it."""
    if not any(token.text == "," for token in doc[index:stop]):
        return False
    for token in doc[index + 1 : stop]:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ in {"ROOT", "conj", "ccomp"} and token.tag_ != "MD":
            openers = [child for child in token.lefts if child.dep_ in SUBJECT_DEPS or child.tag_ == "MD"]
            if any(start <= child.i < index for child in openers) and doc[index].head.i >= index - 1:
                return True
            if any(start <= child.i < index for child in openers) and doc[index - 1].text == ",":
                return True
    before = doc[index - 2] if index > 1 else None
    if (
        doc[index - 1].text == ","
        and before is not None
        and before.tag_ == "VB"
        and any(c.tag_ == "MD" for c in before.lefts)
    ):
        return True
    return doc[index - 1].tag_ == "MD" or (doc[index - 1].text == "," and index > 1 and doc[index - 2].tag_ == "MD")


def _medial_end(doc: "Doc", index: int, stop: int) -> int:
    for position in range(index + 1, stop):
        if doc[position].text == "," and not (position + 1 < stop and doc[position + 1].pos_ == "CCONJ"):
            return position
    return stop


def _final_end(doc: "Doc", index: int, width: int, kind: str, stop: int) -> int:
    """The end of the clause, an exception after a comma, or a coordinated clause with its own modal."""
    for position in range(index + width, stop):
        token = doc[position]
        nested = marker_at(doc, position, stop)
        if nested is not None and kind != "aside":
            after_comma = doc[position - 1].text == ","
            if nested[0] == "exception" and kind != "exception":
                return int(position - after_comma)
            if nested[0] == "condition" and doc[index].lower_ == "without":
                return int(position - after_comma)
            fixed = words_are_fixed(doc, position, nested[1]) and doc[min(position + nested[1], stop - 1)].text == ","
            if nested[0] == "aside" and after_comma and doc[position].lower_ != "including" and not fixed:
                return position - 1
        if nested is not None and kind == "aside" and nested[0] != "aside":
            return int(position - (doc[position - 1].text == ","))
        if token.text == "," and _coordinated_clause(doc, position + 1, stop):
            return position
        if token.pos_ == "CCONJ" and _modal_next(doc, position + 1, stop) and not _guess_next(doc, position, stop):
            return int(position - (doc[position - 1].text == ","))
        if token.text == ",":
            after = _after_subject(doc, position + 1, stop)
            if after < stop and doc[after].tag_ == "MD":
                return position
            if kind == "exception" and finite_clause(doc, position + 1, stop):
                return position
    return stop


def finite_clause(doc: "Doc", position: int, stop: int) -> bool:
    """Whether "and any larger discount requires ..." opens at ``position``."""
    if position >= stop or doc[position].pos_ != "CCONJ":
        return False
    chunk = next((c for c in doc[position + 1 : stop].noun_chunks if c.start == position + 1), None)
    return chunk is not None and chunk.end < stop and doc[chunk.end].tag_ in {"VBZ", "VBP", "MD"}


def _modal_next(doc: "Doc", position: int, stop: int) -> bool:
    """Whether "(and|but) must" continues the main clause."""
    return (
        position < stop
        and doc[position].tag_ == "MD"
        and doc[position].lower_ in {"must", "shall", "may", "should", "will"}
    )


def _guess_next(doc: "Doc", position: int, stop: int) -> bool:
    """Whether "or may affect": a guess inside the condition, not a second rule."""
    if doc[position].lower_ != "or" or doc[position + 1].lower_ != "may":
        return False
    verb = next((token for token in doc[position + 2 : stop] if token.tag_ == "VB"), None)
    return verb is not None and verb.lemma_.lower() in EPISTEMIC_VERBS | EFFECT_VERBS


def _coordinated_clause(doc: "Doc", position: int, stop: int) -> bool:
    """Whether ", and|but SUBJECT MODAL" opens at ``position``."""
    if position >= stop or doc[position].pos_ != "CCONJ":
        return False
    subject_seen = False
    for token in doc[position + 1 : min(stop, position + 12)]:
        if token.text == ",":
            return False
        if token.dep_ in SUBJECT_DEPS:
            subject_seen = True
        if token.tag_ == "MD" and token.lower_ in {"must", "shall", "may", "should", "will"}:
            return subject_seen
    return False


def overlaps(index: int, found: tuple[Segment, ...]) -> Segment | None:
    """The segment that covers token ``index``, or None."""
    return next((segment for segment in found if segment.start <= index < segment.end), None)
