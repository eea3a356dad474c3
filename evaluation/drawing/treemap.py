"""A squarified treemap in two levels (Bruls, Huizing and van Wijk 2000).

The area of a cell is its number of targets; its colour class, how much of it is covered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evaluation.drawing.svg import BOLD_EM, fitted, picture, tag, text_width

HEADER = 22.0
GAP = 3.0

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


def treemap(name: str, groups: Sequence[Group], size: tuple[float, float], title: str, description: str) -> Markup:
    """The picture. Groups and cells are drawn largest first; those of size 0 are left out."""
    ranked = sorted((group for group in groups if group.size > 0), key=lambda group: (-group.size, group.label))
    boxes = squarify([group.size for group in ranked], (0.0, 0.0, *size))
    drawn = [_group(group, box) for group, box in zip(ranked, boxes, strict=True)]
    return picture(name, title, description, size, *drawn, class_="treemap")


def _group(group: Group, box: Box) -> Markup:
    x, y, width, height = box[0] + GAP / 2, box[1] + GAP / 2, max(0.0, box[2] - GAP), max(0.0, box[3] - GAP)
    parts: list[Markup] = []
    label = fitted(group.label, width - 4, 12, BOLD_EM) if height > 2.2 * HEADER else ""
    head = HEADER if label else 0.0
    if head:
        beside = text_width(group.label, 12, BOLD_EM) + text_width(group.note, 11) + 14 < width
        parts.append(tag("text", label, x=x + 2, y=y + 15, class_="t-group"))
        if beside:
            parts.append(tag("text", group.note, x=x + width - 2, y=y + 15, class_="t-note", text_anchor="end"))
    ranked = sorted((cell for cell in group.cells if cell.size > 0), key=lambda cell: -cell.size)
    inner = (x, y + head, width, max(0.0, height - head))
    boxes = squarify([cell.size for cell in ranked], inner)
    parts += [_cell(cell, cell_box) for cell, cell_box in zip(ranked, boxes, strict=True)]
    return tag("g", tag("title", f"{group.label}: {group.note}"), *parts)


def _cell(cell: Cell, box: Box) -> Markup:
    x, y, width, height = box
    shape = tag(
        "rect", tag("title", cell.tip), x=x + 0.5, y=y + 0.5, width=max(0.5, width - 1), height=max(0.5, height - 1),
        rx=2, class_=f"q{_class(cell.ratio)}",
    )  # fmt: skip
    fits = height > 15 and text_width(cell.label, 10.5) < width - 6
    if not (cell.label and fits):
        return shape
    return shape + tag(
        "text", cell.label, x=x + width / 2, y=y + height / 2 + 3.6, class_="t-cell", text_anchor="middle"
    )


def _class(ratio: float) -> int:
    """Colour class: 4 = all covered, 3 = from 0.9, 2 = from 0.5, 1 = some, 0 = none."""
    if ratio >= 1:
        return 4
    if ratio <= 0:
        return 0
    return 3 if ratio >= 0.9 else 2 if ratio >= 0.5 else 1
