"""What has to be written so that a graph holds given rows: new ones, changed ones, and those that only moved.

An edit in the middle of a document shifts the place of everything after it. So a row's place (its ordinal, its characters)
is told apart from its content, and ordinals have gaps: an inserted row takes one between its neighbours', and nothing
else has to be touched. ``ordinal`` only orders; it is no count.
"""

import json
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from kg.cypher import Edge
from kg.graph import EdgeRows, NodeRows

Row = dict[str, Any]
Key = TypeVar("Key", bound=Hashable)
EdgeKey = tuple[Edge, tuple[object, ...]]

STEP: Final = 1 << 20
"""The gap between two ordinals at first: twenty insertions at one place before all are numbered again."""
PLACE: Final = frozenset({"ordinal", "order", "start", "end", "page"})
SOURCES: Final = "provenance"


@dataclass(frozen=True, slots=True)
class Present:
    """What the graph holds: node rows by label and id, edge properties by kind and :func:`edge_key`."""

    nodes: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    edges: Mapping[EdgeKey, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Delta:
    """Rows to create as they are; rows of ``changes`` to properties of what is there; how many are right already."""

    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)
    unchanged: int = 0

    @property
    def rows(self) -> int:
        """How many rows are to be written."""
        return len(self.new) + len(self.changed) + len(self.moved)

    def add(self, row: Row, properties: Mapping[str, Any], present: Mapping[str, Any] | None, key: Row) -> None:
        """Sort ``row`` in: ``properties`` are what it should have, ``present`` what it has, None where it is not."""
        if present is None:
            self.new.append(row)
            return
        changes: Row = {name: value for name, value in properties.items() if present.get(name) != value}
        changes.update((name, None) for name in present.keys() - properties.keys())
        if not changes:
            self.unchanged += 1
        elif all(_is_place(name, value, present.get(name)) for name, value in changes.items()):
            self.moved.append({**key, "changes": changes})
        else:
            self.changed.append({**key, "changes": changes})


def node_delta(part: NodeRows, present: Present) -> Delta:
    """How the nodes of one label come to be ``part``."""
    there = present.nodes.get(part.label, {})
    ordered = [str(row["id"]) for row in part.rows if "ordinal" in row]
    ordinals = placed(ordered, {key: int(row["ordinal"]) for key, row in there.items() if "ordinal" in row})
    delta = Delta()
    for row in part.rows:
        key = str(row["id"])
        wanted = {**row, "ordinal": ordinals[key]} if key in ordinals else dict(row)
        delta.add(wanted, wanted, there.get(key), {"id": key})
    return delta


def edge_deltas(parts: Sequence[EdgeRows], present: Present) -> Iterator[tuple[Edge, Delta]]:
    """The same for edges; relations of all types are one sequence, and so are conflicts."""
    ordinals = _edge_ordinals(parts, present)
    for part in parts:
        delta = Delta()
        rows: list[Any] = list(part.rows)
        for row in rows:
            own = edge_key(part.edge, row, row["properties"])
            properties: Row = dict(row["properties"])
            if (part.edge, own) in ordinals:
                properties["ordinal"] = ordinals[part.edge, own]
            key = {"source": row["source"], "target": row["target"], **dict(zip(part.edge.key, own[2:], strict=True))}
            wanted = {"source": row["source"], "target": row["target"], "properties": properties}
            delta.add(wanted, properties, present.edges.get((part.edge, own)), key)
        yield part.edge, delta


def edge_key(edge: Edge, ends: Any, properties: Any) -> tuple[object, ...]:
    """What tells one relationship of a kind from all others: its ends and its key properties."""
    return (ends["source"], ends["target"], *(properties.get(name) for name in edge.key))


def placed(keys: Sequence[Key], present: Mapping[Key, int]) -> dict[Key, int]:
    """An ordinal for each key in the given order; as many as possible keep the one they have.

    Those that keep theirs are a longest increasing subsequence (Fredman, 1975, by patience sorting). Where a gap is full all
    are numbered again.
    """
    kept = {keys[place] for place in _increasing([present.get(key) for key in keys])}
    found: dict[Key, int] = {}
    run: list[Key] = []
    low: int | None = None
    for key in keys:
        if key not in kept:
            run.append(key)
            continue
        high = present[key]
        if not _fill(found, run, low, high):
            return {key: number * STEP for number, key in enumerate(keys)}
        found[key] = low = high
        run = []
    _fill(found, run, low, None)
    return found


def _fill(found: dict[Key, int], run: Sequence[Key], low: int | None, high: int | None) -> bool:
    """Number ``run`` between two ordinals; False where there is no room."""
    if low is None:
        low = -STEP if high is None else high - STEP * (len(run) + 1)
    gap = STEP * (len(run) + 1) if high is None else high - low
    if gap <= len(run):
        return False
    found.update((key, low + gap * number // (len(run) + 1)) for number, key in enumerate(run, 1))
    return True


def _increasing(values: Sequence[int | None]) -> list[int]:
    """The places of a longest strictly increasing subsequence; None is in no sequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for place, value in enumerate(values):
        if value is None:
            continue
        rank = bisect_left(tails, value)
        before[place] = ends[rank - 1] if rank else -1
        tails[rank : rank + 1] = [value]
        ends[rank : rank + 1] = [place]
    chosen: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chosen.append(place)
        place = before[place]
    return chosen[::-1]


def _edge_ordinals(parts: Sequence[EdgeRows], present: Present) -> dict[EdgeKey, int]:
    """New ordinals of all edges that have one, by family: the kinds between the same two labels."""
    wanted: dict[tuple[str, str], list[tuple[int, EdgeKey]]] = {}
    for part in parts:
        for row in part.rows:
            properties: Any = row["properties"]
            if "ordinal" in properties:
                family = wanted.setdefault((part.edge.source, part.edge.target), [])
                family.append((properties["ordinal"], (part.edge, edge_key(part.edge, row, properties))))
    there = {key: int(row["ordinal"]) for key, row in present.edges.items() if "ordinal" in row}
    found: dict[EdgeKey, int] = {}
    for family in wanted.values():
        keys = [key for _, key in sorted(family, key=lambda pair: pair[0])]
        found.update(placed(keys, {key: there[key] for key in keys if key in there}))
    return found


def _is_place(name: str, value: Any, present: Any) -> bool:
    """Whether a property says only where something stands."""
    if name == SOURCES and value is not None and present is not None:
        return _without_spans(value) == _without_spans(present)
    return name in PLACE and value is not None


def _without_spans(sources: Sequence[str]) -> list[Row]:
    return [{name: value for name, value in json.loads(source).items() if name != "span"} for source in sources]
