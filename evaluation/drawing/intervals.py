"""Dots with whiskers on a common scale from 0 to 1 (or -1 to 1), one strip per row of a table.

A strip has no view box: its places are percentages, so it stretches with its column while dots and lines keep their
size; that is what lets the same picture serve a wide page and a telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evaluation.drawing.svg import tag

MARGIN = 3.0
"""Percent kept free at both ends, so that a dot at 0 or 1 is whole."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure with its interval; ``class_`` gives its colour, and whether the dot is hollow."""

    value: float
    low: float
    high: float
    class_: str
    words: str


def place(value: float, scale: tuple[float, float] = (0.0, 1.0)) -> str:
    """Where ``value`` lies, in percent of the width; values off the scale lie at its end."""
    share = (min(max(value, scale[0]), scale[1]) - scale[0]) / (scale[1] - scale[0])
    return f"{MARGIN + (100 - 2 * MARGIN) * share:.2f}%"


def strip(
    marks: Sequence[Mark],
    line_at: float | None = None,
    scale: tuple[float, float] = (0.0, 1.0),
    row_height: float = 15.0,
) -> Markup:
    """One row per mark, under each other on one scale; ``line_at`` is a dashed line across (a target, or zero)."""
    height = row_height * max(1, len(marks)) + 4
    parts: list[Markup] = [
        tag("line", x1=place(scale[0], scale), x2=place(scale[1], scale), y1=height / 2, y2=height / 2, class_="rail")
    ]
    if line_at is not None:
        at = place(line_at, scale)
        parts.append(tag("line", x1=at, x2=at, y1=0, y2=height, class_="target"))
    for index, mark in enumerate(marks):
        y = 2 + row_height * (index + 0.5)
        parts.append(_mark(mark, y, scale))
    words = "; ".join(mark.words for mark in marks) or "no case"
    return tag("svg", *parts, class_="strip", role="img", aria_label=words, width="100%", height=height)


def _mark(mark: Mark, y: float, scale: tuple[float, float]) -> Markup:
    low, high = place(mark.low, scale), place(mark.high, scale)
    return tag(
        "g",
        tag("title", mark.words),
        tag("line", x1=low, x2=high, y1=y, y2=y, class_="whisker"),
        tag("line", x1=low, x2=low, y1=y - 3, y2=y + 3, class_="whisker"),
        tag("line", x1=high, x2=high, y1=y - 3, y2=y + 3, class_="whisker"),
        tag("circle", cx=place(mark.value, scale), cy=y, r=4.6),
        class_=mark.class_,
    )


def axis(values: Sequence[float], labels: Sequence[str], scale: tuple[float, float] = (0.0, 1.0)) -> Markup:
    """Tick labels on the scale of the strips below."""
    parts = [
        tag("text", label, x=place(value, scale), y=11, class_="t-tick", text_anchor="middle")
        for value, label in zip(values, labels, strict=True)
    ]
    return tag("svg", *parts, class_="strip", aria_hidden="true", width="100%", height=15)
