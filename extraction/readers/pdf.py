"""PDF to blocks, by PDFium (pypdfium2): lines to headings, paragraphs, list items and table rows.

Why PDFium: docs/adr records the comparison. A page that holds an image and no text is named, not skipped silently.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium

from extraction.numbering import QUALIFIED, heading_number
from extraction.readers.blocks import Block, BlockKind, Reading, UnreadableError
from extraction.readers.characters import normalise
from extraction.readers.pdf_layout import TERMINAL, Table, common_gutter, join, reading_order, starts_item, take_table
from extraction.readers.pdf_lines import Line, Page, drop_running, open_document, read_page
from extraction.readers.sniff import AGAIN, OCR
from kg.model import Rejected

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*", re.IGNORECASE)
JOINS = re.compile(r"\b(?:and|or)$|,$")
REFERS = re.compile(
    r"(?:\b(?:and|or|to|see|by|of|in|under|with|from|over|per|sections?|clauses?|than|that)|,|§)$", re.IGNORECASE
)
NO_TITLE = re.compile(r"^$|^\(?(?:anonymous|untitled|unspecified)|^Microsoft Word|^\S+_\S+$|\.\w{2,4}$", re.IGNORECASE)
HEADING_WORDS = 22


def read_pdf(data: bytes, source: str) -> Reading:
    """Blocks of a PDF. Raises UnreadableError for a password, damage, or a scan without text."""
    try:
        document = open_document(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("the PDF is encrypted", "save it without a password") from error
        raise UnreadableError(f"the PDF is damaged ({error})", AGAIN) from error
    pages: list[Page] = []
    rejected: list[Rejected] = []
    try:
        for number in range(1, len(document) + 1):
            try:
                pages.append(read_page(document[number - 1], number))
            except pdfium.PdfiumError as error:
                rejected.append(Rejected(source, f"the page is damaged: {error}", f"page {number}"))
        outline = _outline(document)
        title = normalise(document.get_metadata_dict().get("Title", ""))
    finally:
        document.close()
    scanned = [page.number for page in pages if page.images and not page.lines]
    if not any(page.lines for page in pages):
        place = f"page {scanned[0]}" if scanned else (rejected[0].place if rejected else "")
        what = "no page of the PDF has text, for it is a scan" if scanned else "no page of the PDF has text"
        raise UnreadableError(what, OCR if scanned else AGAIN, place)
    rejected.extend(Rejected(source, f"the page is an image without text: {OCR}", f"page {n}") for n in scanned)
    drop_running(pages)
    blocks = _Layout(pages, outline).blocks()
    if NO_TITLE.search(title):
        title = next((block.text for block in blocks if block.kind is BlockKind.HEADING and block.page == 1), "")
    return Reading("pdf", title, "", len(pages), blocks, tuple(rejected))


def _outline(document: pdfium.PdfDocument) -> dict[tuple[int, str], int]:
    """(page, squeezed title) -> level, from the bookmarks."""
    levels: dict[tuple[int, str], int] = {}
    try:
        for item in document.get_toc(max_depth=8):
            dest = item.get_dest()
            index = dest.get_index() if dest else None
            if index is not None:
                levels[index + 1, _squeeze(item.get_title())] = item.level + 1
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return levels
    return levels


def _squeeze(text: str) -> str:
    return re.sub(r"\W", "", normalise(text)).casefold()


@dataclass(slots=True)
class _Open:
    """A paragraph, item or heading whose next line is awaited."""

    kind: BlockKind
    text: str
    label: str
    lines: list[Line]
    wrap: float
    depth: int = 0
    bold: bool = False


@dataclass(slots=True)
class _Layout:
    """One document: its body size, its leading, and the walk over its lines."""

    pages: Sequence[Page]
    outline: dict[tuple[int, str], int]
    body: float = 10.0
    leading: float = 12.0
    words: frozenset[str] = frozenset()
    indents: list[float] = field(default_factory=list)
    out: list[Block] = field(default_factory=list)
    styles: list[tuple[float, bool]] = field(default_factory=list)  # of each heading in out, in order
    table: Table | None = None
    header: tuple[str, ...] = ()
    open: _Open | None = None

    def blocks(self) -> tuple[Block, ...]:
        lane = common_gutter(self.pages)
        lines = [line for page in self.pages for line in reading_order(page, lane)]
        self._measure(lines)
        index = 0
        while index < len(lines):
            found = (
                None
                if self._is_heading(lines[index], self._gap(lines, index))
                else take_table(lines, index, self.leading)
            )
            if found:
                self._close()
                self._add_table(found[0])
                index = found[1]
            else:
                self._add_line(lines[index], self._gap(lines, index))
                index += 1
        self._close()
        return tuple(self._levelled())

    def _measure(self, lines: Sequence[Line]) -> None:
        """Body size by most characters, leading by the commonest step between lines of that size, the words."""
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 10.0
        steps = Counter(
            round((b.y - a.y) * 4) / 4
            for a, b in pairwise(lines)
            if a.page == b.page
            and 0 < b.y - a.y < 3 * self.body
            and abs(a.size - self.body) < 0.6
            and abs(b.size - self.body) < 0.6
        )
        self.leading = steps.most_common(1)[0][0] if steps else 1.3 * self.body
        inner = (word.lower() for line in lines for word in WORD.findall(line.text.rsplit(" ", 1)[0]))
        self.words = frozenset(inner)

    def _gap(self, lines: Sequence[Line], index: int) -> float:
        """Step from the line before, in units of the leading; a large number after a page or column break."""
        if index == 0:
            return 99.0
        before, here = lines[index - 1], lines[index]
        if before.page != here.page or before.column != here.column:
            return -1.0
        return (here.y - before.y) / (self.leading * max(1.0, here.size / self.body))

    def _is_heading(self, line: Line, gap: float) -> bool:
        text = line.text
        if len(text.split()) > HEADING_WORDS or not any(sign.isalpha() for sign in text):
            return False
        if (line.page, _squeeze(text)) in self.outline:
            return True
        larger = line.size > self.body + 0.9
        if text.rstrip().endswith((",", ";", ":")) or (text.endswith(".") and not heading_number(text)[0]):
            return larger and line.bold
        return larger or (line.bold and (gap > 1.12 or gap < 0 or bool(heading_number(text)[0])))

    def _add_line(self, line: Line, gap: float) -> None:
        text = line.text
        if not text:
            return
        self.table = None
        current = self.open
        heading = self._is_heading(line, gap)
        label, rest, item = starts_item(text)
        if current and self._continues(current, line, gap, heading=heading, item=item):
            current.text = join(current.text, text, self.words)
            current.lines.append(line)
            current.wrap = line.x0
            return
        self._close()
        if heading:
            self.open = _Open(BlockKind.HEADING, text, "", [line], line.x0, bold=line.bold)
        elif item and rest:
            wrap = line.cells[1].x0 if len(line.cells) > 1 else line.x0 + 0.5 * line.size
            depth = 0 if label else self._depth(line.x0)
            self.open = _Open(BlockKind.LIST_ITEM, rest, label, [line], wrap, depth)
        else:
            self.open = _Open(BlockKind.PARAGRAPH, text, "", [line], line.x0)

    def _continues(self, current: _Open, line: Line, gap: float, *, heading: bool, item: bool) -> bool:
        last = current.lines[-1]
        if heading or current.kind is BlockKind.HEADING:
            same = abs(last.size - line.size) < 0.4 and last.bold == line.bold
            return (
                heading
                and current.kind is BlockKind.HEADING
                and same
                and 0 < gap < 1.25
                and not item
                and not heading_number(line.text)[0]
            )
        if abs(last.size - line.size) > 1.1:
            return False
        if current.kind is BlockKind.LIST_ITEM and line.page == last.page and line.column == last.column:
            hangs = len(current.lines) > 1 or len(last.cells) > 1
            if line.x0 < (current.wrap if hangs else current.lines[0].x0) - 2:
                return False  # back to the margin: the item is over
        ended = bool(TERMINAL.search(current.text))
        full = last.x1 > self._right(last) - 6 * line.size
        if gap < 0 or gap > 20:  # across a page or column: the sentence goes on
            return not ended and not item
        if gap > 1.28:
            return False
        if item:
            back = (
                line.x0 < current.wrap - 1.5 if len(current.lines) > 1 or current.kind is BlockKind.LIST_ITEM else False
            )
            if QUALIFIED.match(text := line.text) and len(line.cells) == 1 and REFERS.search(current.text):
                return True  # "... prevails over 2.1 and / 2.3 because ..."
            return not (ended or back or not full or text.startswith("(") or JOINS.search(current.text))
        indented = line.x0 > current.wrap + 0.8 * line.size and len(current.lines) > 1
        return not (indented and ended)

    def _right(self, line: Line) -> float:
        page = self.pages[line.page - 1] if line.page <= len(self.pages) else self.pages[-1]
        return max((other.x1 for other in page.lines if other.column == line.column), default=page.width)

    def _depth(self, x0: float) -> int:
        """Depth of a bullet by its indentation among the bullets of the list that is open."""
        previous = self.out[-1] if self.out else None
        if previous is None or previous.kind is not BlockKind.LIST_ITEM:
            self.indents = []
        self.indents = [indent for indent in self.indents if indent < x0 - 3]
        self.indents.append(x0)
        return len(self.indents)

    def _close(self) -> None:
        current, self.open = self.open, None
        if current is None:
            return
        first = current.lines[0]
        if current.kind is BlockKind.HEADING:
            self.styles.append((round(first.size * 2) / 2, first.bold))
        self.out.append(
            Block(current.kind, normalise(current.text), number=current.label, page=first.page, depth=current.depth)
        )

    def _add_table(self, table: Table) -> None:
        rows = list(table.rows)
        goes_on = (
            self.table is not None
            and len(self.table.columns) == len(table.columns)
            and table.page == self.table.page + 1
        )
        if not goes_on:
            self.header = ()
        if rows and tuple(rows[0]) == self.header:
            rows.pop(0)
        elif rows and not goes_on and _is_header(rows[0], bold=table.bold[0]):
            self.header = tuple(rows.pop(0))
        if goes_on and rows and not rows[0][0] and self.out and self.out[-1].cells:
            last = self.out.pop()
            cells = tuple(join(a, b, self.words) for a, b in zip(last.cells, rows.pop(0), strict=True))
            self.out.append(
                Block(BlockKind.TABLE_ROW, " | ".join(cells), page=last.page, cells=cells, header=last.header)
            )
        for row in rows:
            self.out.append(
                Block(BlockKind.TABLE_ROW, " | ".join(row), page=table.page, cells=tuple(row), header=self.header)
            )
        self.table = table

    def _levelled(self) -> Iterator[Block]:
        """Heading levels: the bookmark's; else that of bookmarked headings in the same style; else by size."""
        headings = [block for block in self.out if block.kind is BlockKind.HEADING]
        marked = [self.outline.get((block.page, _squeeze(block.text)), 0) for block in headings]
        votes: dict[tuple[float, bool], Counter[int]] = {}
        for style, level in zip(self.styles, marked, strict=True):
            if level:
                votes.setdefault(style, Counter())[level] += 1
        ranks = {style: rank for rank, style in enumerate(sorted(set(self.styles), reverse=True), 1)}
        levels = iter(
            level or (votes[style].most_common(1)[0][0] if style in votes else ranks[style])
            for style, level in zip(self.styles, marked, strict=True)
        )
        for block in self.out:
            if block.kind is BlockKind.HEADING:
                yield Block(BlockKind.HEADING, block.text, level=next(levels), page=block.page)
            else:
                yield block


def _is_header(row: Sequence[str], *, bold: bool) -> bool:
    """Whether a first row names the columns: every cell filled, short, and no sentence; a bold row needs less."""
    filled = [cell for cell in row if cell]
    if len(filled) < 2 or any(len(cell.split()) > 8 for cell in filled):
        return False
    return bold or (len(filled) == len(row) and not any(TERMINAL.search(cell) or cell[0].isdigit() for cell in filled))
