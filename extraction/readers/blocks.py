"""What every reader returns: a flat sequence of blocks in reading order.

A reader knows a file format; it does not know what a clause is. :mod:`extraction.structure` does.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kg.errors import PlumblineError
from kg.model import Rejected


class BlockKind(StrEnum):
    """The form of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUOTE = "quote"
    CODE = "code"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. ``text`` is normalised (one line, single spaces).

    ``level``: of a heading, 1 outermost. ``depth``: of a list item, or of a paragraph that continues one, 1
    outermost; 0 outside lists. ``number``: the item's own label where the format holds it apart from the text
    (``3.``, ``(a)``). ``cells`` and ``header``: of a table row. ``page`` counts from 1; 0 where there are no pages.
    """

    kind: BlockKind
    text: str
    level: int = 0
    number: str = ""
    page: int = 0
    depth: int = 0
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    style: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read. ``rejected`` lists what was left out of it (a page without text, stray bytes)."""

    format: str
    title: str
    version: str
    pages: int
    blocks: tuple[Block, ...]
    rejected: tuple[Rejected, ...] = field(default=())


class UnreadableError(PlumblineError):
    """A document cannot be read: ``hint`` is the remedy, ``reason`` says why together with it, ``place`` where in it."""

    def __init__(self, why: str, hint: str = "", place: str = "") -> None:
        super().__init__(why, hint)
        self.reason = f"{why}: {hint}" if hint else why
        self.place = place
