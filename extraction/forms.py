"""The forms in which clauses stand: questions with answers, table rows, call-outs, definitions, superseded text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extraction.numbering import QUALIFIED, heading_number
from extraction.readers.blocks import Block, BlockKind
from kg.model import ClauseKind

QUESTION = re.compile(r"^(?:Q(?:uestion)?\s*\d*\s*[:.)]|Q\s*[—–-])\s*", re.IGNORECASE)
ANSWER = re.compile(r"^(?:A(?:nswer)?\s*\d*\s*:|A\s*[—–-]\s|Answer\b[.)]?)\s*", re.IGNORECASE)
INLINE_ANSWER = re.compile(r"\s+(?=A(?:nswer)?\s*\d*\s*:\s)")
CALLOUT = re.compile(
    r"^(?:scenario|example|case study|note|warning|important|tip|caution|in practice)\b[^.:—–]{0,40}[.:—–]\s",
    re.IGNORECASE,
)
TERM = r"(?:the\s+|an?\s+)?[\"“‘'_][^\"”’']{2,80}[\"”’'_](?:\s*\([^)]{1,60}\))?(?:,? (?:or|and) [\"“‘'][^\"”’']{2,60}[\"”’'])*"
DEFINITION = re.compile(
    rf"^(?:In this [\w ]{{3,30}}, )?(?:{TERM})\s*:?,?\s+(?:means?|refers?|shall mean|is|are|has the|have the|includes?|represents?)\b",
    re.IGNORECASE,
)
PLAIN_DEFINITION = re.compile(
    r"^(?:The |An? )?[A-Z][\w’'&/()-]*(?: [\w’'&/()-]+){0,5} (?:means|shall mean|refers to|is defined as|has the meaning|have the "
    r"meaning)\b(?= (?:an?|any|the|all|each|every|either|that|those|what|one|information|some|anyone|someone|set|given)\b|:)"
)
SUPERSEDED = re.compile(
    r"\b(?:superseded|replaced|withdrawn)\b[^.;()]{0,60}?\bby\s+(?:the\s+)?"
    r"((?:(?:sections?|clauses?|paragraph|article|§)\s*)?[A-Z]?\d+[A-Z]?(?:\.\d+)*(?:\([a-z0-9]+\))*)(?=[\s.,;:)\]]|$)",
    re.IGNORECASE,
)
KEYWORD = re.compile(r"^(?:sections?|clauses?|paragraph)\s*", re.IGNORECASE)


def merge_questions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Each question with its answer as one block of style ``qa``, ``Q: ...`` and ``A: ...`` on two lines."""
    merged: list[Block] = []
    for block in blocks:
        previous = merged[-1] if merged else None
        if block.kind in {BlockKind.HEADING, BlockKind.TABLE_ROW, BlockKind.CODE}:
            merged.append(block)
        elif QUESTION.match(block.text):
            parts = INLINE_ANSWER.split(block.text, maxsplit=1)
            question = "Q: " + QUESTION.sub("", parts[0])
            answer = "\nA: " + ANSWER.sub("", parts[1]) if len(parts) > 1 else ""
            merged.append(replace(block, text=question + answer, number="", style="qa"))
        elif previous and previous.style == "qa" and "\nA: " not in previous.text and ANSWER.match(block.text):
            merged[-1] = replace(previous, text=f"{previous.text}\nA: {ANSWER.sub('', block.text)}".strip())
        else:
            merged.append(block)
    return tuple(merged)


def row_parts(block: Block) -> tuple[str, str, str]:
    """Label, clause text and what follows it in the line of a table row.

    A first cell that is a number is the label. Where one cell is prose and the others are bare codes, the prose is
    the clause; else the clause names each cell by its header, ``Value: up to USD 100; Approval: line manager``.
    """
    cells, header = list(block.cells), list(block.header)
    label = ""
    if (
        cells
        and len(cells) > 1
        and (number := heading_number(f"{cells[0]}. X" if cells[0].isdigit() else f"{cells[0]} X"))[0]
    ):
        label = number[0] if number[1] == "X" else ""
    if label:
        cells, header = cells[1:], header[1:]
    prose = [cell for cell in cells if len(cell.split()) > 4]
    rest = [cell for cell in cells if cell and cell not in prose]
    if len(prose) == 1 and all(len(cell) <= 3 for cell in rest):
        return label, prose[0], "".join(f" [{cell}]" for cell in rest)
    text = "; ".join(_named(header[i] if i < len(header) else "", cell) for i, cell in enumerate(cells) if cell)
    return label, text, ""


def _named(header: str, cell: str) -> str:
    if not header:
        return cell
    return f"{header} {cell}" if header[-1] in "?:" else f"{header}: {cell}"


def clause_kind(block: Block, text: str, label: str) -> ClauseKind:
    """The form of a clause, by its block and its first words."""
    if block.style == "qa":
        return ClauseKind.QUESTION_ANSWER
    if block.kind is BlockKind.FOOTNOTE:
        return ClauseKind.FOOTNOTE
    if block.kind is BlockKind.TABLE_ROW:
        return ClauseKind.TABLE_ROW
    if block.kind is BlockKind.QUOTE or (block.kind is BlockKind.PARAGRAPH and CALLOUT.match(text)):
        return ClauseKind.CALLOUT
    if DEFINITION.match(text) or PLAIN_DEFINITION.match(text):
        return ClauseKind.DEFINITION
    if block.depth == 0 and label and QUALIFIED.match(label):
        return ClauseKind.PARAGRAPH  # "2.1 Roles of the parties. ..." is numbered, but no item of a list
    listed = block.kind is BlockKind.LIST_ITEM or bool(label)
    return ClauseKind.LIST_ITEM if listed else ClauseKind.PARAGRAPH


def superseding(text: str) -> str:
    """The number of the clause that replaced this text, from a mark such as ``Superseded on 1 March 2026 by 5.6.``"""
    found = SUPERSEDED.search(text)
    if found is None:
        return ""
    number = KEYWORD.sub("", found.group(1))
    plain = number == found.group(1) and number.isdigit()
    return "" if plain and text[found.end() : found.end() + 2].strip(" )].") else number  # "replaced by 2 people"


_UNDER_ALL = 7  # below any heading that the format itself marks
_TITLE_WORDS = 10


def with_shouted_titles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` with a lone line in capitals before common text, "GIFTS AND HOSPITALITY", as the heading that it is.

    One that opens the document before such a heading is its title.
    """
    told = list(blocks)
    for position in range(len(told) - 1, -1, -1):
        block = told[position]
        following = told[position + 1] if position + 1 < len(told) else None
        if following is None or not _is_shouted(block):
            continue
        over = following.kind in _TEXTS and not following.text.isupper() and len(following.text.split()) > 3
        title = position == 0 and following.kind is BlockKind.HEADING and following.level == _UNDER_ALL
        if over or title:
            text = f"{block.number} {block.text}".strip()
            told[position] = replace(
                block, kind=BlockKind.HEADING, text=text, number="", level=_UNDER_ALL - title, depth=0
            )
    return tuple(told)


def _is_shouted(block: Block) -> bool:
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} or block.depth > 1 or block.style:
        return False
    if block.kind is BlockKind.LIST_ITEM and not block.number[:1].isdigit():
        return False
    text, words = block.text, block.text.split()
    if not text.isupper() or len(words) > _TITLE_WORDS or text[-1] in ".,;:!?" or any(c.isdigit() for c in text):
        return False
    return any(len(word.strip("()&-/")) > 4 for word in words)  # "UK", "SMS" may stand alone in an address


_TEXTS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})
