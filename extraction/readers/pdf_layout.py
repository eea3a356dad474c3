"""Lines of a page in reading order: columns, and tables as grids of cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extraction.numbering import BULLET, split_label
from extraction.readers.characters import normalise
from extraction.readers.pdf_lines import Cell, Line, Page, lines_of

LABEL_ONLY = re.compile(r"^(?:\(?[A-Za-z0-9]{1,4}[.)]|V?\d+(?:\.\d+)+\.?|§\s*\d[\d.]*|[•◦▪–—-])$")
TERMINAL = re.compile(r"[.;:!?][\"”’)]*$")


@dataclass(slots=True)
class Table:
    """A grid: the x-ranges of its columns and its rows, each a text per column."""

    page: int
    columns: list[tuple[float, float]]
    rows: list[list[str]] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)


def common_gutter(pages: Sequence[Page]) -> float | None:
    """The lane that most two-column pages of a document share: it also divides pages of short lines."""
    found = sorted(x for page in pages if (x := _gutter(page)) is not None)
    return found[len(found) // 2] if len(found) * 3 >= len(pages) else None


def reading_order(page: Page, lane: float | None = None) -> list[Line]:
    """The lines of a page as they are read: two columns one after the other, between lines that span both."""
    gutter = _gutter(page)
    if gutter is None and lane is not None:
        cells = [cell for line in page.lines for cell in line.cells]
        free = sum(cell.x0 < lane < cell.x1 for cell in cells) * 10 <= len(cells)
        gutter = lane if free else None
    if gutter is None:
        return page.lines
    out: list[Line] = []
    sides: tuple[list[Cell], list[Cell]] = ([], [])
    column = 1

    def flush() -> None:
        nonlocal column
        for cells in sides:
            for line in lines_of(cells, page.number):
                line.column = column
                out.append(line)
            column += bool(cells)
            cells.clear()

    for line in page.lines:
        if any(cell.x0 < gutter < cell.x1 for cell in line.cells):
            flush()
            out.append(line)
        else:
            for cell in line.cells:
                sides[cell.x0 >= gutter].append(cell)
    flush()
    return out


def _gutter(page: Page) -> float | None:
    """The x of the white lane between two columns of prose, or None."""
    cells = [cell for line in page.lines for cell in line.cells]
    if len(cells) < 16:
        return None
    low, high = min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)
    width = high - low
    best: tuple[int, float] | None = None
    for step in range(41):
        x = low + width * (0.3 + 0.01 * step)
        crossing = sum(cell.x0 < x < cell.x1 for cell in cells)
        if best is None or (crossing, abs(x - low - width / 2)) < (best[0], abs(best[1] - low - width / 2)):
            best = (crossing, x)
    if best is None or best[0] > 0.2 * len(cells):
        return None
    x = best[1]
    sides = [[c for c in cells if c.x1 <= x], [c for c in cells if c.x0 >= x]]
    for side in sides:
        if len(side) < 7 or sum(len(c.text.split()) for c in side) < 4 * len(side):
            return None
        if sum(c.x1 - c.x0 for c in side) / len(side) < 0.25 * width:
            return None
    return x


def take_table(lines: Sequence[Line], start: int, leading: float) -> tuple[Table, int] | None:
    """The table that begins at ``lines[start]`` and the index after it, or None."""
    first = lines[start]
    if len(first.cells) < 2 or _is_list_line(first):
        return None
    columns = [(cell.x0, cell.x1) for cell in first.cells]
    taken, end = [first], start + 1
    while end < len(lines):
        line = lines[end]
        if line.page != first.page or line.column != first.column or line.y - taken[-1].y > 3.2 * leading:
            break
        fitted = _fit(columns, line, early=len(taken) < 3 and len(line.cells) > 1)
        if fitted is None or (len(line.cells) == 1 and _leaves(columns, line, taken[-1], leading)):
            break
        columns = fitted
        taken.append(line)
        end += 1
    full = [line for line in taken if len(line.cells) > 1]
    if len(full) < 2 or all(_is_list_line(line) for line in full[1:]):
        return None
    if len(columns) == 2 and all(len(line.cells) == 1 for line in taken[1:-1]) and len(taken) > 3:
        return None
    return _rows(first.page, columns, taken, leading), end


def _is_list_line(line: Line) -> bool:
    return len(line.cells) == 2 and bool(LABEL_ONLY.match(line.cells[0].text))


def _fit(columns: list[tuple[float, float]], line: Line, *, early: bool) -> list[tuple[float, float]] | None:
    """The columns widened by a line's cells; None when a cell lies over two columns. ``early`` lines may add one."""
    widened = list(columns)
    used: set[int] = set()
    for cell in line.cells:
        over = [i for i, (x0, x1) in enumerate(widened) if cell.x0 < x1 + 1 and cell.x1 > x0 - 1]
        if not over and early:  # the head of a column that stood empty so far
            widened.append((cell.x0, cell.x1))
            widened.sort()
            continue
        if len(over) != 1 or over[0] in used:
            return None
        used.add(over[0])
        x0, x1 = widened[over[0]]
        widened[over[0]] = (min(x0, cell.x0), max(x1, cell.x1))
    return widened


def _leaves(columns: list[tuple[float, float]], line: Line, previous: Line, leading: float) -> bool:
    """Whether a lone cell is the paragraph after the table: in the first column, after a gap, not a row of its own."""
    gap = line.y - previous.y
    return line.x0 <= columns[0][0] + 2 and gap > 1.6 * leading


def _rows(page: int, columns: list[tuple[float, float]], lines: Sequence[Line], leading: float) -> Table:
    table = Table(page, columns)
    scale = leading * 1.12
    gaps = [after.y - before.y for before, after in pairwise(lines)]
    padded = any(gap > scale for gap in gaps)
    for index, line in enumerate(lines):
        in_first = line.cells[0].x0 < columns[0][1]
        fresh = index == 0 or (gaps[index - 1] > scale if padded else in_first)
        if fresh:
            table.rows.append([""] * len(columns))
            table.bold.append(True)
        row = table.rows[-1]
        for cell in line.cells:
            place = next(i for i, (x0, x1) in enumerate(columns) if cell.x0 < x1 + 1 and cell.x1 > x0 - 1)
            row[place] = join(row[place], normalise(cell.text), frozenset())
            table.bold[-1] &= cell.bold
    return table


def join(before: str, after: str, words: frozenset[str]) -> str:
    """Two lines as one text; a word that was broken at the line's end is made whole again.

    ``words`` are the words of the document (lower case, with inner hyphens): they tell ``multi-factor`` from
    ``organi-zation``.
    """
    if not before or not after:
        return before or after
    if not before.endswith("-") or len(before) < 2 or not before[-2].isalpha() or not after[0].islower():
        return (
            before + after if before.endswith("-") and len(before) > 1 and before[-2].isalnum() else f"{before} {after}"
        )
    stem = re.split(r"[\s(/“\"‘]", before[:-1])[-1].lower()
    rest = re.split(r"[^\w-]", after, maxsplit=1)[0].lower()
    if f"{stem}-{rest}" in words:
        return before + after
    if stem + rest in words:
        return before[:-1] + after
    whole = len(stem) > 3 and stem in words and rest in words
    return before + after if whole else before[:-1] + after


def starts_item(text: str) -> tuple[str, str, bool]:
    """Label, rest, and whether a line begins a list item or a numbered paragraph."""
    bullet = BULLET.match(text)
    if bullet and text[bullet.end() :]:
        return "", text[bullet.end() :], True
    label, rest = split_label(text)
    return label, rest, bool(label)
