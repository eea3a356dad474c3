"""The sentences of a clause as units of reading, and their places in the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.rules_text import is_lead_in, plain, sentences
from kg.model import Clause, ClauseKind, Document, Span

_ANSWER = re.compile(r"^\s*(?:\**A(?:nswer)?\**\s*[:.]\**)\s*", re.IGNORECASE)
_OF_WORDS = re.compile(
    r"^[\"“‘'](?:must|shall|should|may|can|will|need|is|are)(?: (?:not|to|required|allowed|prohibited|from))*[\"”’'](?!\w)",
    re.IGNORECASE,
)
"""A sentence about the words of rules: '"Should" is a recommendation: ...'."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a clause: ``[start, end)`` in the clause's text, the text to read, its lead-ins."""

    clause: Clause
    start: int
    end: int
    text: str
    context: str


def units_of(clause: Clause) -> Iterator[Unit]:
    """The sentences of a clause that may state something; questions and fragments of one word are left out."""
    if clause.kind is ClauseKind.TABLE_ROW and _HEADED.match(clause.text):
        yield from _row_units(clause)
        return
    for position, (start, end) in enumerate(sentences(clause.text)):
        raw = clause.text[start:end]
        answer = _ANSWER.match(raw)
        text = plain(raw[answer.end() :] if answer else raw)
        if not text or text.endswith("?") or _OF_WORDS.match(text):
            continue
        inherits = position == 0 and clause.kind is not ClauseKind.QUESTION_ANSWER
        context = plain(clause.lead_in) if inherits and is_lead_in(clause.lead_in) else ""
        if len(text.split()) < 2 and not context:
            continue
        yield Unit(clause, start, end, text, context)


# "Header: value", the form in which a row keeps its header; a row without one is read like any text.
_HEADED = re.compile(r"\s*[^:;.]{1,60}:\s")


def begins_answer(unit: Unit) -> bool:
    """Whether the unit is the first sentence of an answer, which does not point back into its question."""
    raw = unit.clause.text[unit.start : unit.end]
    return unit.clause.kind is ClauseKind.QUESTION_ANSWER and bool(_ANSWER.match(raw))


_MODAL = re.compile(r"\b(?:must(?: not)?|may(?: not)?|shall(?: not)?|should(?: not)?)\b", re.IGNORECASE)


def _row_units(clause: Clause) -> Iterator[Unit]:
    """A table row, "Header: value; Header: value", as sentences: a header with a modal says who must do it, its value
    when ("Line manager must approve: above USD 75"); other cells speak for themselves.
    """
    cells = [
        (name.strip(), value.strip()) for name, _, value in (c.partition(":") for c in plain(clause.text).split(";"))
    ]
    thing = cells[0][1][:1].lower() + cells[0][1][1:]
    for name, value in cells[1:]:
        if _MODAL.search(name) and value.lower() not in {"", "none", "no", "-", "—", "n/a"}:
            if name.lower().startswith("who "):
                subject = (
                    f"{cells[0][0].lower()} {thing}"
                    if re.match(r"(?:above|below|up to|over|under|more|less)", thing)
                    else thing
                )
                yield Unit(clause, 0, len(clause.text), f"{value[:1].upper()}{value[1:]} {name[4:]} {subject}.", "")
            else:
                limit = (
                    f"if the value is {value}"
                    if re.search(r"\d", value)
                    else f"if {value}"
                    if len(value.split()) > 1
                    else ""
                )
                yield Unit(clause, 0, len(clause.text), f"{name} {thing} {limit}".strip() + ".", "")
        elif len(value.split()) > 3:
            yield Unit(clause, 0, len(clause.text), value, "")


def place(unit: Unit, document: Document, phrase: str = "") -> Span:
    """The characters of the unit, or of ``phrase`` within it, in ``Document.text``.

    Where the clause's text was normalised, the words are searched in the clause's span; the whole span is the last
    resort.
    """
    clause = unit.clause
    raw = clause.text[unit.start : unit.end]
    span = clause.span
    if document.text[span.start : span.end] == clause.text:
        sentence = Span(span.start + unit.start, span.start + unit.end, span.page)
    else:
        sentence = _search(document, raw, span) or span
    return (_search(document, phrase, sentence) or sentence) if phrase else sentence


def _search(document: Document, words: str, within: Span) -> Span | None:
    found = document.text.find(words, within.start, within.end)
    if found >= 0:
        return Span(found, found + len(words), within.page)
    pattern = r"[\s\W]+".join(re.escape(word) for word in re.findall(r"\w+", words))
    match = re.compile(pattern).search(document.text, within.start, within.end) if pattern else None
    return Span(match.start(), match.end(), within.page) if match else None
