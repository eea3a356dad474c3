"""A squarified treemap in two levels (Bruls, Huizing and van Wijk 2000).

The area of a cell is its number of targets; its colour class, how much of it is covered. The classes differ in
lightness too, and a cell of nothing is crossed out, so that neither colour vision nor a colour printer is needed. A
group is headed by its name on one line, else on two, else smaller; where none fits it bears a number, and
:func:`unnamed` says which number is which.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evaluation.drawing.svg import BOLD_EM, fitted, picture, tag, text_width

HEADER, SECOND_LINE = 22.0, 13.0
GAP = 3.0
SIZES = (12.0, 10.5)
"""Font sizes in px that a heading is tried in."""

NOTE = 11.0
"""The font size in px of the note at the end of a heading, and how far it keeps from the name."""

Box = tuple[float, float, float, float]
"""x, y, width, height in px."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A leaf. ``ratio`` in [0, 1] chooses its colour; ``tip`` is shown on hovering and read aloud."""

    label: str
    size: float
    ratio: float
    tip: str


@dataclass(frozen=True, slots=True)
class Group:
    """Cells under one heading."""

    label: str
    note: str
    cells: tuple[Cell, ...]
    tip: str = ""

    @property
    def size(self) -> float:
        return sum(cell.size for cell in self.cells)


def squarify(sizes: Sequence[float], box: Box) -> list[Box]:
    """A box for each size, in order, with areas in proportion, filling ``box`` with shapes near squares.

    Sizes must be positive and are best given largest first. O(n) worst-aspect tests per row.
    """
    total = sum(sizes)
    if not sizes or total <= 0:
        return []
    scale = box[2] * box[3] / total
    areas = [size * scale for size in sizes]
    boxes: list[Box] = []
    start, free = 0, box
    while start < len(areas):
        side = min(free[2], free[3])
        end = start + 1
        while end < len(areas) and _worst(areas[start : end + 1], side) <= _worst(areas[start:end], side):
            end += 1
        row, free = _lay(areas[start:end], free)
        boxes += row
        start = end
    return boxes


def _worst(row: Sequence[float], side: float) -> float:
    """The worst ratio of length to width in a row of areas laid along ``side``."""
    total = sum(row)
    if side <= 0 or total <= 0:
        return float("inf")
    return max(side * side * max(row) / (total * total), total * total / (side * side * min(row)))


def _lay(row: Sequence[float], free: Box) -> tuple[list[Box], Box]:
    """The boxes of a row along the shorter side of ``free``, and what remains free."""
    x, y, width, height = free
    total = sum(row)
    boxes: list[Box] = []
    if width >= height:
        thick = total / height if height else 0.0
        for area in row:
            long = area / thick if thick else 0.0
            boxes.append((x, y, thick, long))
            y += long
        return boxes, (x + thick, free[1], max(0.0, width - thick), height)
    thick = total / width if width else 0.0
    for area in row:
        long = area / thick if thick else 0.0
        boxes.append((x, y, long, thick))
        x += long
    return boxes, (free[0], y + thick, width, max(0.0, height - thick))


@dataclass(frozen=True, slots=True)
class _Heading:
    """What stands over a group: its lines and their font size; ``number`` where the name found no room."""

    lines: tuple[str, ...]
    size: float
    number: bool = False

    @property
    def height(self) -> float:
        return HEADER + SECOND_LINE * (len(self.lines) - 1) if self.lines else 0.0


def treemap(name: str, groups: Sequence[Group], size: tuple[float, float], title: str, description: str) -> Markup:
    """The picture. Groups and cells are drawn largest first; those of size 0 are left out."""
    drawn = [_group(group, box, _heading(group, box, place)) for place, group, box in _laid(groups, size)]
    return picture(name, title, description, size, *drawn, class_="treemap")


def unnamed(groups: Sequence[Group], size: tuple[float, float]) -> list[tuple[str, str]]:
    """Each group that :func:`treemap` has no room to name: its number there ("" where not even that fits), its name."""
    headed = [(group, _heading(group, box, place)) for place, group, box in _laid(groups, size)]
    return [(heading.lines[0] if heading.lines else "", group.label) for group, heading in headed if heading.number]


def _laid(groups: Sequence[Group], size: tuple[float, float]) -> list[tuple[int, Group, Box]]:
    """Place (from 1), group and inner box, largest first."""
    ranked = sorted((group for group in groups if group.size > 0), key=lambda group: (-group.size, group.label))
    boxes = squarify([group.size for group in ranked], (0.0, 0.0, *size))
    inner = [(x + GAP / 2, y + GAP / 2, max(0.0, w - GAP), max(0.0, h - GAP)) for x, y, w, h in boxes]
    return [(place, group, box) for place, (group, box) in enumerate(zip(ranked, inner, strict=True), start=1)]


def _heading(group: Group, box: Box, place: int) -> _Heading:
    _, _, width, height = box
    room = width - 4
    # The note stands at the end of the first line: a name gives way to it, and only where none is left is it left out.
    first = room - text_width(group.note, NOTE) - NOTE if group.note else room
    for beside in dict.fromkeys((first, room)):
        for size in SIZES:
            if height > 2.0 * HEADER and text_width(group.label, size, BOLD_EM) <= beside:
                return _Heading((group.label,), size)
            lines = _two_lines(group.label, beside, room, size)
            if lines and height > 2.2 * (HEADER + SECOND_LINE):
                return _Heading(lines, size)
        label = fitted(group.label, beside, SIZES[-1], BOLD_EM)
        if label and height > 2.0 * HEADER:
            return _Heading((label,), SIZES[-1])
    return _Heading((str(place),) if height > 2.0 * HEADER else (), SIZES[-1], number=True)


def _two_lines(label: str, first: float, width: float, size: float) -> tuple[str, str] | None:
    """The label broken where the longer line is shortest, of the spaces that leave lines of at most ``first`` and
    ``width`` px; None when there is none.
    """
    words = label.split()
    breaks = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    fitting = [
        (one, two)
        for one, two in breaks
        if text_width(one, size, BOLD_EM) <= first and text_width(two, size, BOLD_EM) <= width
    ]
    return min(fitting, key=lambda lines: max(map(len, lines)), default=None)


def _group(group: Group, box: Box, heading: _Heading) -> Markup:
    x, y, width, height = box
    parts = [
        tag("text", line, x=x + 2, y=y + 15 + SECOND_LINE * row, class_="t-group", font_size=heading.size)
        for row, line in enumerate(heading.lines)
    ]
    if (
        heading.lines
        and text_width(heading.lines[0], heading.size, BOLD_EM) + text_width(group.note, NOTE) + NOTE <= width - 4
    ):
        parts.append(tag("text", group.note, x=x + width - 2, y=y + 15, class_="t-note", text_anchor="end"))
    ranked = sorted((cell for cell in group.cells if cell.size > 0), key=lambda cell: -cell.size)
    inner = (x, y + heading.height, width, max(0.0, height - heading.height))
    boxes = squarify([cell.size for cell in ranked], inner)
    parts += [_cell(cell, cell_box) for cell, cell_box in zip(ranked, boxes, strict=True)]
    return tag("g", tag("title", group.tip or f"{group.label}: {group.note}"), *parts)


def _cell(cell: Cell, box: Box) -> Markup:
    x, y, width, height = box
    shape = tag(
        "rect", tag("title", cell.tip), x=x + 0.5, y=y + 0.5, width=max(0.5, width - 1), height=max(0.5, height - 1),
        rx=2, class_=f"q{_class(cell.ratio)}",
    )  # fmt: skip
    if cell.ratio <= 0:
        low, right = y + height - 1.5, x + width - 1.5
        shape += tag("path", d=f"M{x + 1.5:.1f} {low:.1f}L{right:.1f} {y + 1.5:.1f}", class_="crossed")
    fits = height > 15 and text_width(cell.label, 10.5) < width - 6
    if not (cell.label and fits):
        return shape
    return shape + tag(
        "text",
        cell.label,
        x=x + width / 2,
        y=y + height / 2 + 3.6,
        text_anchor="middle",
        class_="t-cell low" if _class(cell.ratio) < 2 else "t-cell",
    )


def _class(ratio: float) -> int:
    """Colour class: 4 = all covered, 3 = from 0.9, 2 = from 0.5, 1 = some, 0 = none."""
    if ratio >= 1:
        return 4
    if ratio <= 0:
        return 0
    return 3 if ratio >= 0.9 else 2 if ratio >= 0.5 else 1
