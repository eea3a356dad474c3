"""Blocks to a document with sections and clauses. Pure: the same blocks give the same records and ids.

``Document.text`` is built here, block by block, so every span is exact by construction. Ids depend on the
document's name, the section's number and title and the clause's own words, not on positions: a clause keeps its id
when another is inserted before it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extraction.forms import clause_kind, merge_questions, row_parts, superseding, with_shouted_titles
from extraction.numbering import compose, compose_section, heading_number, key, split_label
from extraction.outline import Outline
from extraction.readers.blocks import Block, BlockKind, Reading
from kg.model import Clause, Document, Section, Span, stable_id

VERSION = re.compile(
    r"\b(?:version\s+(\d[\w.]*\w|\d)|(?:effective|last updated|last revised)(?:\s+date)?(?:\s+on)?:?\s+((?:\w+\s+\d{1,2},?|\d{1,2}\s+\w+)\s+\d{4}|\d{4}-\d\d-\d\d))",
    re.IGNORECASE,
)
UNDER_ALL = 99  # a level that holds no heading: what stands before the first one is no parent of it
CONTENTS = re.compile(r"^(?:table of )?contents$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a reading comes from. ``name`` is the key of all ids: the file name, with folders if two are equal."""

    name: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Structured:
    """One document taken apart."""

    document: Document
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]


@dataclass(slots=True)
class _Open:
    """A section under construction; ``full`` is its number with its parents' where it does not stand alone."""

    id: str
    number: str
    title: str
    level: int
    raw_level: int
    parent_id: str | None
    order: int
    start: int
    page: int
    end: int
    superseded_by: str = ""
    clauses: int = 0


@dataclass(slots=True)
class _Builder:
    """The text so far, its length, and the records that point into it."""

    document_id: str
    title: str
    texts: list[str] = field(default_factory=list)
    length: int = 0
    sections: list[_Open] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    seen: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def append(self, body: str, before: str = "", after: str = "") -> Span:
        """Adds a line to the text and gives the span of ``body`` in it; ``before`` is its label, ``after`` a note."""
        if self.texts:
            self.length += 2
        start = self.length + len(before)
        self.texts.append(before + body + after)
        self.length = start + len(body) + len(after)
        return Span(start, start + len(body))

    def fresh_id(self, prefix: str, *parts: str) -> str:
        """A stable id; equal parts are told apart by how often they came before."""
        self.seen[(prefix, *parts)] += 1
        return stable_id(prefix, self.document_id, *parts, str(self.seen[(prefix, *parts)]))


def build(reading: Reading, source: Source) -> Structured:
    """A document with its sections and clauses in reading order."""
    blocks = with_shouted_titles(merge_questions(reading.blocks))
    title, blocks = _title(reading, blocks, source)
    builder = _Builder(stable_id("doc", source.name), title)
    builder.append(title)
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if block.kind is BlockKind.HEADING:
            _open_section(builder, block)
        else:
            _add_clause(builder, block, following)
    return _finish(builder, reading, source)


def _title(reading: Reading, blocks: Sequence[Block], source: Source) -> tuple[str, tuple[Block, ...]]:
    """The document's title, and the blocks without the heading that states it."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    first = headings[0] if headings else None
    if first is None or heading_number(first.text)[0]:
        return reading.title or source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0], tuple(blocks)
    peers = [block for block in headings[1:] if block.level <= first.level]
    alone = len(headings) > 1 and all(heading_number(block.text)[0] for block in peers)
    same = first.text.casefold() == reading.title.casefold()
    if len(blocks) > 1 and (alone or same):  # a document that holds nothing else keeps its only line
        return reading.title or first.text, tuple(block for block in blocks if block is not first)
    return reading.title or first.text, tuple(blocks)


def _open_section(builder: _Builder, block: Block) -> None:
    own, title = heading_number(block.text)
    while builder.stack and not _contains(builder.stack[-1], own, block.level):
        builder.stack.pop()
    parent = builder.stack[-1] if builder.stack else None
    number = compose_section(parent.number if parent else "", own)
    span = builder.append(block.text)
    inherited = parent.superseded_by if parent else ""
    section = _Open(
        id=builder.fresh_id("sec", number, title),
        number=number,
        title=title or own,
        level=parent.level + 1 if parent else 1,
        raw_level=block.level,
        parent_id=parent.id if parent else None,
        order=len(builder.sections),
        start=span.start,
        page=block.page,
        end=span.end,
        superseded_by=superseding(block.text) or inherited,
    )
    builder.sections.append(section)
    builder.stack.append(section)
    builder.outline = Outline()


def _contains(section: _Open, number: str, level: int) -> bool:
    """Whether a heading belongs under an open section: by its number where both have dotted ones, else by level."""
    own, other = key(number), key(section.number)
    if number and section.number and len(own) > 1 and own[: len(other)] == other and len(own) > len(other):
        return True
    return level > section.raw_level


def _section(builder: _Builder, page: int) -> _Open:
    """The open section; words before the first heading stand in one that bears the document's title."""
    if not builder.stack:
        section = _Open(
            id=builder.fresh_id("sec", "", builder.title),
            number="",
            title=builder.title,
            level=1,
            raw_level=UNDER_ALL,
            parent_id=None,
            order=len(builder.sections),
            start=0,
            page=page,
            end=len(builder.title),
        )
        builder.sections.append(section)
        builder.stack.append(section)
    return builder.stack[-1]


def _add_clause(builder: _Builder, block: Block, following: Block | None) -> None:
    section = _section(builder, block.page)
    if block.kind is BlockKind.CODE and len(block.text.split()) < 8:
        builder.append(block.text)
        return
    mark = superseding(block.text)
    if mark and len(block.text.split()) <= 30 and section.clauses == 0:
        section.superseded_by = mark  # a note at the head of a section speaks of all of it
    label, text = block.number, block.text
    if not label and block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE}:
        label, text = split_label(block.text)
    if not text:  # a label alone, such as "(e)" above "(1) ...": the items after it hang on it
        builder.outline.place(section.number, block, label, "", listed=True)
        builder.append(label)
        return
    after = ""
    if block.kind is BlockKind.TABLE_ROW:
        label, text, after = row_parts(block)
        number, lead_in = (compose("", label) or section.number), ""
    elif block.kind is BlockKind.FOOTNOTE:
        number, lead_in = label, ""
    else:
        base = "Recital " if section.title == "Recitals" and label else section.number
        number, lead_in = builder.outline.place(base, block, label, text, listed=_is_item(following))
    if not text:
        return
    span = replace(builder.append(text, f"{label} " if label else "", after), page=block.page)
    kind = clause_kind(block, text, label)
    clause_id = builder.fresh_id("cl", section.number, section.title, text)
    builder.clauses.append(
        Clause(
            clause_id,
            builder.document_id,
            section.id,
            number,
            kind,
            text,
            lead_in,
            len(builder.clauses),
            span,
            mark or section.superseded_by,
        )
    )
    for open_section in builder.stack:
        open_section.end = span.end
        open_section.clauses += 1


def _is_item(block: Block | None) -> bool:
    return block is not None and (block.kind is BlockKind.LIST_ITEM or bool(split_label(block.text)[0]))


def _finish(builder: _Builder, reading: Reading, source: Source) -> Structured:
    text = "\n\n".join(builder.texts)
    sections = tuple(
        Section(
            s.id, builder.document_id, s.number, s.title, s.level, s.parent_id, s.order, Span(s.start, s.end, s.page)
        )
        for s in _kept(builder)
    )
    found = VERSION.search(text[:3000])
    version = reading.version or (next(filter(None, found.groups())) if found else "")
    document = Document(
        builder.document_id,
        builder.title,
        source.path,
        reading.format,
        source.sha256,
        version,
        reading.pages,
        len(text.split()),
        text,
    )
    return Structured(document, sections, tuple(builder.clauses))


def _kept(builder: _Builder) -> Iterator[_Open]:
    """Sections but for an empty table of contents."""
    for section in builder.sections:
        if section.clauses or not CONTENTS.match(section.title):
            yield section
