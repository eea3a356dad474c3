"""The characters of a PDF as lines of cells, by PDFium: place, size, weight, without running heads and page numbers."""

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from extraction.readers.characters import normalise

BOLD_NAME = re.compile(rb"bold|black|heavy|semib|demi", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"^[-–—|\s]*(?:page\s*)?#+(?:\s*(?:of|/|\|)\s*#+)?[-–—|\s]*$|^[ivxl]{1,6}$", re.IGNORECASE)
LEADERS = re.compile(r"(?:\s?[.·…]){4,}\s*(?:\d+|[ivxl]+)?\s*$")
EDGE = 0.1  # running heads and feet stand in the outer tenth of a page
SOFT_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})


@dataclass(slots=True)
class Cell:
    """Characters on one base line without a wide gap. ``y`` is the base line, counted down from the page's top, in points."""

    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    text: str


@dataclass(slots=True)
class Line:
    """Cells on one base line, left to right."""

    page: int
    cells: list[Cell]
    column: int = 0

    @property
    def text(self) -> str:
        return normalise(" ".join(cell.text for cell in self.cells))

    @property
    def x0(self) -> float:
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        return self.cells[-1].x1

    @property
    def y(self) -> float:
        return self.cells[0].y

    @property
    def size(self) -> float:
        return max(self.cells, key=lambda cell: len(cell.text)).size

    @property
    def bold(self) -> bool:
        return all(cell.bold for cell in self.cells)


@dataclass(slots=True)
class Page:
    """One page: its lines from top to bottom, its width and height in points, and whether it shows images."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    images: bool = False


@dataclass(slots=True)
class _Run:
    """A cell under construction."""

    first: int
    last: int
    x0: float
    x1: float
    y: float
    size: float
    text: list[str]
    space: bool = False


def read_page(page: Any, number: int) -> Page:
    """The lines of one PDFium page."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    runs = _runs(text_page.raw, text_page.count_chars(), height)
    cells = [
        Cell(run.x0, run.x1, run.y, run.size, _bold(text_page.raw, run.first) and _bold(text_page.raw, run.last), text)
        for run in runs
        if (text := "".join(run.text).strip())
    ]
    images = not cells and any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    text_page.close()
    return Page(number, width, height, lines_of(cells, number), images)


def _runs(text_page: Any, count: int, height: float) -> list[_Run]:
    """Characters in content order joined into runs; a jump, another base line or a wide gap begins a new one."""
    box = [ctypes.c_double() for _ in range(4)]
    left, right = box[:2]
    x, y = ctypes.c_double(), ctypes.c_double()
    boxes, origin = [ctypes.byref(one) for one in box], (ctypes.byref(x), ctypes.byref(y))
    runs: list[_Run] = []
    run: _Run | None = None
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in {10, 13}:
            run = None
            continue
        if code in {0x20, 0xA0, 0x09}:
            if run:
                run.space = True
            continue
        if not code or not raw.FPDFText_GetCharBox(text_page, index, *boxes):
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, *origin)
        size = _size(text_page, index)
        sign = "-" if code in SOFT_HYPHENS else chr(code)
        down = height - y.value
        if run and _joins(run, left.value, down, size):
            if size < 0.8 * run.size and down < run.y - 0.15 * run.size and sign.isdigit():
                continue  # a raised number is the mark of a footnote
            if run.space or left.value - run.x1 > 0.5 * size:
                run.text.append(" ")
            run.text.append(sign)
            run.x1, run.last, run.space = max(run.x1, right.value), index, False
            if size > run.size:  # a small bullet opens the line
                run.size, run.y = size, down
        else:
            run = _Run(index, index, left.value, right.value, down, size, [sign])
            runs.append(run)
    return runs


def _joins(run: _Run, left: float, down: float, size: float) -> bool:
    tall = max(run.size, size)
    return abs(down - run.y) < 0.45 * tall and -1.2 * tall < left - run.x1 < 1.3 * tall


def _size(text_page: Any, index: int) -> float:
    size = float(raw.FPDFText_GetFontSize(text_page, index))
    if size >= 3:
        return size
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix)):
        size *= abs(matrix.d) or abs(matrix.b) or 1.0
    return max(size, 1.0)


def _bold(text_page: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, 128, ctypes.byref(flags))
    return bool(BOLD_NAME.search(name.value)) or raw.FPDFText_GetFontWeight(text_page, index) >= 600


def lines_of(cells: Sequence[Cell], page: int) -> list[Line]:
    """Cells that share a base line, from top to bottom."""
    lines: list[Line] = []
    for cell in sorted(cells, key=lambda cell: (cell.y, cell.x0)):
        if lines and abs(lines[-1].cells[-1].y - cell.y) < 0.35 * max(cell.size, lines[-1].cells[-1].size):
            lines[-1].cells.append(cell)
        else:
            lines.append(Line(page, [cell]))
    for line in lines:
        line.cells.sort(key=lambda cell: cell.x0)
    return lines


def drop_running(pages: Sequence[Page]) -> None:
    """Removes running heads, feet and page numbers, and the dotted lines of a table of contents, in place."""
    seen = Counter(sign for page in pages for sign in {_signature(c.text) for line in _edges(page) for c in line.cells})
    needed = max(2, round(0.35 * len(pages)))
    for page in pages:
        for line in _edges(page):
            kept = [
                c for c in line.cells if seen[_signature(c.text)] < needed and not PAGE_NUMBER.match(_signature(c.text))
            ]
            if len(kept) < len(line.cells):
                line.cells[:] = kept if len(" ".join(c.text for c in kept)) > 60 else []
        page.lines = [line for line in page.lines if line.cells]
        leaders = [line for line in page.lines if LEADERS.search(line.text)]
        if len(leaders) >= 4:
            page.lines = [line for line in page.lines if line not in leaders and not _contents_entry(line, page)]


def _edges(page: Page) -> list[Line]:
    """Lines near the upper and lower edge; one larger than most of its page is a heading, not a running head."""
    sizes = sorted(cell.size for line in page.lines for cell in line.cells)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    outer = (line for line in page.lines if line.y < EDGE * page.height or line.y > (1 - EDGE) * page.height)
    return [line for line in outer if line.size < 1.25 * usual or line.y > page.height / 2]


def _signature(text: str) -> str:
    return re.sub(r"\d", "#", text.strip())


def _contents_entry(line: Line, page: Page) -> bool:
    """On a page of contents, an entry without dots: its last cell is a page number at the right edge."""
    return len(line.cells) > 1 and line.cells[-1].text.isdigit() and line.x1 > 0.8 * page.width


def open_document(data: bytes) -> Any:
    """PDFium's document; raises :class:`pdfium.PdfiumError` as PDFium does."""
    return pdfium.PdfDocument(data)
