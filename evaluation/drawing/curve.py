"""A line chart with few ticks, for a training curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup

from evaluation.drawing.svg import picture, tag, text_width

Points = Sequence[tuple[float, float]]

LEFT, RIGHT, TOP, BOTTOM = 38.0, 12.0, 18.0, 34.0


@dataclass(frozen=True, slots=True)
class Series:
    """A named line; ``class_`` gives its colour in the style sheet; few points are drawn as dots too."""

    name: str
    points: tuple[tuple[float, float], ...]
    class_: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """From values to pixels."""

    x_max: float
    y_max: float
    width: float
    height: float

    def x(self, value: float) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * (value / self.x_max if self.x_max else 0.0)

    def y(self, value: float) -> float:
        return TOP + (self.height - TOP - BOTTOM) * (1 - (value / self.y_max if self.y_max else 0.0))


def curve(name: str, series: Sequence[Series], size: tuple[float, float], axes: tuple[str, str], title: str) -> Markup:
    """Lines from a zero base over steps. ``axes`` are the names of x and y; an empty chart says so."""
    points = [point for one in series for point in one.points]
    if not points:
        empty = tag("text", "nothing was recorded", x=size[0] / 2, y=size[1] / 2, class_="t-note", text_anchor="middle")
        return picture(name, title, "No values.", size, empty, class_="curve")
    x_ticks, y_ticks = ticks(max(x for x, _ in points), 5), ticks(max(y for _, y in points), 4)
    frame = _Frame(max(x for x, _ in points), y_ticks[-1], *size)
    parts = [*_grid(frame, x_ticks, y_ticks, axes), *(_line(frame, one) for one in series if one.points)]
    parts += _labels(frame, [one for one in series if one.points])
    words = "; ".join(
        f"{one.name} from {one.points[0][1]:.2f} at {one.points[0][0]:g} to {one.points[-1][1]:.2f} at {one.points[-1][0]:g}"
        for one in series
        if one.points
    )
    return picture(name, title, f"{words}.", size, *parts, class_="curve")


def ticks(top: float, about: int) -> list[float]:
    """Round values from 0 to at least ``top`` in steps of 1, 2 or 5 times a power of ten; about so many of them."""
    if top <= 0:
        return [0.0, 1.0]
    raw = top / about
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)
    return [round(step * place, 10) for place in range(ceil(top / step - 1e-9) + 1)]


def _grid(frame: _Frame, x_ticks: Sequence[float], y_ticks: Sequence[float], axes: tuple[str, str]) -> list[Markup]:
    right, bottom = frame.width - RIGHT, frame.height - BOTTOM
    parts = [
        tag("line", x1=LEFT, x2=right, y1=frame.y(value), y2=frame.y(value), class_="grid" if value else "axis")
        for value in y_ticks
    ]
    parts += [
        tag("text", f"{value:g}", x=LEFT - 7, y=frame.y(value) + 4, class_="t-tick", text_anchor="end")
        for value in y_ticks
    ]
    parts += [
        tag("text", f"{value:,g}", x=frame.x(value), y=bottom + 16, class_="t-tick", text_anchor="middle")
        for value in x_ticks
        if value <= frame.x_max
    ]
    parts.append(tag("text", axes[0], x=right, y=bottom + 31, class_="t-note", text_anchor="end"))
    parts.append(tag("text", axes[1], x=0, y=10, class_="t-note"))
    return parts


def _line(frame: _Frame, one: Series) -> Markup:
    path = "M" + "L".join(f"{frame.x(x):.1f} {frame.y(y):.1f}" for x, y in one.points)
    line = tag("path", d=path, class_=f"line {one.class_}")
    if len(one.points) > 40:
        return line
    dots = [
        tag("circle", tag("title", f"{one.name}, step {x:g}: {y:.3f}"), cx=frame.x(x), cy=frame.y(y), r=2.6,
            class_=f"dot {one.class_}")
        for x, y in one.points
    ]  # fmt: skip
    return tag("g", line, *dots)


def _labels(frame: _Frame, series: Sequence[Series]) -> list[Markup]:
    """The names at the top right, in their lines' colours."""
    parts: list[Markup] = []
    x = frame.width - RIGHT
    for one in reversed(series):
        parts.append(tag("text", one.name, x=x, y=12, class_=f"t-label {one.class_}", text_anchor="end"))
        x -= text_width(one.name, 12) + 16
        parts.append(tag("line", x1=x - 2, x2=x + 11, y1=8, y2=8, class_=f"line {one.class_}"))
        x -= 18
    return parts
