"""The picture of a concept's neighbourhood as SVG: the concept in the middle, its neighbours on a ring around it. Pure.

Neighbours of one relation stand side by side, so that a glance tells what is permitted, required, prohibited. Every
neighbour is a link, which a keyboard reaches; the same neighbourhood gives the same picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, degrees, hypot, sqrt
from urllib.parse import quote

from markupsafe import Markup

from evaluation.drawing import tag
from evaluation.drawing.svg import BOLD_EM, picture, text_width
from studio.web.look import INK, KIND_COLOURS, MODALITY_COLOURS, MUTED
from studio.web.reading import Edge, Surroundings

CROWDED = 24
"""Neighbours beyond which every second one stands further in."""

LINES = {
    "permitted": (MODALITY_COLOURS["permission"], "none"),
    "required": (MODALITY_COLOURS["obligation"], "none"),
    "prohibited": (MODALITY_COLOURS["prohibition"], "7 4"),
    "recommended": (MODALITY_COLOURS["recommendation"], "2 3"),
    "of the policy": (MUTED, "none"),
    "common sense (ConceptNet)": ("#7c8791", "1 4"),
}
"""What a line says: its colour, and its dashes for those who do not see the colour."""

_BY_TYPE = {
    "May": "permitted", "NeedNot": "permitted", "Must": "required", "Requires": "required", "MustNot": "prohibited",
    "MayNot": "prohibited", "Should": "recommended", "ShouldNot": "recommended",
}  # fmt: skip
_STRENGTH = ("prohibited", *(name for name in LINES if name != "prohibited"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A size of the picture in px; ``margin`` is the room for names at each side, ``font`` their size. Up to ``labelled``
    lines each bears its name; beyond, the names would cover each other and stand in the list below alone.
    """

    name: str
    width: float
    least_height: float
    margin: float
    font: float
    labelled: int

    def height(self, count: int) -> float:
        """High enough for the names of ``count`` neighbours, half of them on each side; no higher than a few need."""
        return max(min(self.least_height, 140 + 34 * count), count / 2 * (self.font + 3) + 60)


WIDE = Frame("wide", 720.0, 540.0, 178.0, 12.0, 24)
NARROW = Frame("narrow", 330.0, 420.0, 98.0, 11.0, 10)


@dataclass(frozen=True, slots=True)
class _Neighbour:
    id: str
    label: str
    kind: str
    x: float
    y: float


def line_of(edge: Edge) -> str:
    """Which of :data:`LINES` a relation is drawn as."""
    return _BY_TYPE.get(edge.type, "common sense (ConceptNet)" if edge.common_sense else "of the policy")


def colour(kind: str) -> str:
    """The colour of a kind of concept."""
    return KIND_COLOURS.get(kind, KIND_COLOURS["thing"])


def address(concept_id: str) -> str:
    """The page of a concept."""
    return f"/ontology?concept={quote(concept_id)}"


def neighbourhood(about: Surroundings, frame: Frame) -> Markup:
    """The picture. Parallel relations are one line with all of their names."""
    joined: dict[tuple[str, str], list[Edge]] = {}
    for edge in sorted(about.edges, key=lambda edge: (list(LINES).index(line_of(edge)), edge.type, edge.id)):
        joined.setdefault((edge.source, edge.target), []).append(edge)
    ring = _ring(about, (edge for edges in joined.values() for edge in edges), frame)
    centre = _Neighbour(about.id, about.label, about.kind, frame.width / 2, frame.height(len(ring)) / 2)
    parts: list[Markup] = []
    for (source, target), edges in joined.items():
        if source in ring or target in ring:
            away = ring[target if source == about.id else source]
            side = 5.0 if (target, source) in joined else 0.0
            parts.append(_line(centre, away, edges, (source == about.id, side), named=len(joined) <= frame.labelled))
    parts += [_node(one, centre, frame) for one in ring.values()]
    parts.append(_centre(centre, frame))
    words = f"{about.label} in the middle, {len(ring)} neighbours around it; the table below lists every relation."
    size = (frame.width, frame.height(len(ring)))
    return picture(f"near-{frame.name}", f"The neighbourhood of {about.label}", words, size, *parts, class_="near")


def _ring(about: Surroundings, edges: Iterable[Edge], frame: Frame) -> dict[str, _Neighbour]:
    """The neighbours by id, clockwise from the top. On each side they stand equally far above each other, so that no two
    names meet; of many, every second one further in.
    """
    others: dict[str, tuple[str, str]] = {}
    for edge in edges:
        ends = (edge.source, edge.source_label, edge.source_kind), (edge.target, edge.target_label, edge.target_kind)
        others |= {id_: (label, kind) for id_, label, kind in ends if id_ != about.id and id_ not in others}
    wide, high = frame.width / 2 - frame.margin, frame.height(len(others)) / 2 - 24
    right = (len(others) + 1) // 2
    found = {}
    for place, (id_, (label, kind)) in enumerate(others.items()):
        on_right = place < right
        row, rows = (place, right) if on_right else (len(others) - 1 - place, len(others) - right)
        level = (2 * row + 1) / rows - 1  # -1 is the top, 1 the bottom
        inner = 0.8 if len(others) > CROWDED and place % 2 else 1.0
        away = inner * wide * sqrt(1 - level * level) * (1 if on_right else -1)
        found[id_] = _Neighbour(id_, label, kind, frame.width / 2 + away, frame.height(len(others)) / 2 + high * level)
    return found


def _line(centre: _Neighbour, away: _Neighbour, edges: list[Edge], drawn: tuple[bool, float], *, named: bool) -> Markup:
    """A line with its arrow and names. ``drawn``: does it lead outwards, and how far beside its twin the other way."""
    outwards, side = drawn
    names = ", ".join(dict.fromkeys(edge.name for edge in edges))
    # of parallel relations the line is drawn as the one that binds most
    shade, dashes = LINES[min((line_of(edge) for edge in edges), key=_STRENGTH.index)]
    dx, dy = away.x - centre.x, away.y - centre.y
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    shift = side if outwards else -side
    start = (centre.x + ux * 20 - uy * shift, centre.y + uy * 20 + ux * shift)
    end = (away.x - ux * 10 - uy * shift, away.y - uy * 10 + ux * shift)
    tip, back = (end, (-ux, -uy)) if outwards else (start, (ux, uy))
    parts = [
        tag("title", f"{edges[0].source_label} {names} {edges[0].target_label}"),
        tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=shade, stroke_width=1.7,
            stroke_dasharray=dashes),
        tag("path", d=_arrow(tip, back), fill=shade),
    ]  # fmt: skip
    if named:
        share = 0.6 + (0.12 if not outwards else 0.0)
        x, y = centre.x + dx * share - uy * shift, centre.y + dy * share + ux * shift
        turn = degrees(atan2(dy, dx))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
        parts.append(
            tag("text", names if len(names) <= 22 else f"{names[:21]}…", class_="near-name", text_anchor="middle",
                transform=f"translate({x:.1f} {y:.1f}) rotate({turn:.1f}) translate(0 -3)")
        )  # fmt: skip
    return tag("g", *parts)


def _arrow(tip: tuple[float, float], back: tuple[float, float]) -> str:
    """A triangle with its point at ``tip``; ``back`` points along the line away from it."""
    (x, y), (bx, by) = tip, back
    corners = [(x, y), (x + bx * 8 - by * 3.5, y + by * 8 + bx * 3.5), (x + bx * 8 + by * 3.5, y + by * 8 - bx * 3.5)]
    return "M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners) + "Z"


def _node(one: _Neighbour, centre: _Neighbour, frame: Frame) -> Markup:
    right = one.x >= centre.x
    room = frame.width - one.x - 12 if right else one.x - 12
    label = tag(
        "text", clipped(one.label, room, frame.font), x=one.x + (11 if right else -11), y=one.y + 4,
        font_size=frame.font, fill=INK, text_anchor="start" if right else "end",
    )  # fmt: skip
    dot = tag("circle", cx=one.x, cy=one.y, r=7, fill=colour(one.kind), stroke="#fff", stroke_width=1.5)
    return tag("a", tag("title", f"{one.label} ({one.kind})"), dot, label, href=address(one.id), data_id=one.id)


def _centre(one: _Neighbour, frame: Frame) -> Markup:
    dot = tag("circle", cx=one.x, cy=one.y, r=15, fill=colour(one.kind), stroke=INK, stroke_width=2)
    name = clipped(one.label, frame.width - 2 * frame.margin, frame.font + 2, BOLD_EM)
    label = tag(
        "text", name, x=one.x, y=one.y + 32, font_size=frame.font + 2, font_weight=600, class_="near-centre",
        fill=INK, text_anchor="middle",
    )  # fmt: skip
    return tag("g", dot, label)


def clipped(text: str, room: float, size: float, em: float = 0.54) -> str:
    """``text``, or as much of it as ``room`` px hold, with an ellipsis."""
    if text_width(text, size, em) <= room:
        return text
    return text[: max(1, int(room / (size * em)) - 1)].rstrip() + "…"
