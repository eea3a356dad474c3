"""From pairs to concepts: connected components, cut where a person said that two names are two concepts.

The components do not depend on the order of the pairs. A cut takes out of a component whoever may not stay with its
best member; what hung on it alone goes with it, all the rest stays, so that undoing one merge undoes only that one.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Two concepts that are, or may be, one. ``score`` is in [0, 1]. In a merge ``first`` is nearer to what stays."""

    first: str
    second: str
    score: float
    reason: str


Rank = Callable[[str], tuple[object, ...]]


def clusters(
    pairs: Iterable[Pair], apart: frozenset[frozenset[str]], rank: Rank
) -> tuple[dict[str, str], tuple[Pair, ...]]:
    """(id that goes -> id that stays, the pairs that join them: a tree per cluster). The lowest ``rank`` stays.

    Ids in a pair of ``apart`` are never in one cluster. O(pairs log pairs) where nothing is kept apart.
    """
    edges: dict[str, dict[str, Pair]] = defaultdict(dict)
    for pair in sorted(pairs, key=lambda one: (one.score, one.reason, one.first, one.second)):
        if frozenset((pair.first, pair.second)) not in apart:
            edges[pair.first][pair.second] = edges[pair.second][pair.first] = pair  # the best of several is the last
    foes: dict[str, set[str]] = defaultdict(set)
    for ends in apart:
        for one in ends:
            foes[one] |= ends - {one}
    merged: dict[str, str] = {}
    tree: list[Pair] = []
    seen: set[str] = set()
    for id_ in sorted(edges):
        if id_ not in seen:
            component = _reached(id_, edges, None)
            seen |= component.keys()
            for group in _parted(sorted(component, key=rank), edges, foes):
                joined = _reached(group[0], edges, set(group))
                merged.update((member, group[0]) for member in group[1:])
                tree += [Pair(up, down, pair.score, pair.reason) for down, (up, pair) in joined.items() if pair]
    return dict(sorted(merged.items())), tuple(sorted(tree, key=lambda pair: (pair.second, pair.first)))


def _reached(
    start: str, edges: Mapping[str, Mapping[str, Pair]], within: set[str] | None
) -> dict[str, tuple[str, Pair | None]]:
    """What hangs together with ``start``: id -> (the one before it, the pair that joins them), breadth first."""
    found: dict[str, tuple[str, Pair | None]] = {start: ("", None)}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, pair in sorted(edges[here].items()):
            if there not in found and (within is None or there in within):
                found[there] = (here, pair)
                waiting.append(there)
    return found


def _parted(
    members: Sequence[str], edges: Mapping[str, Mapping[str, Pair]], foes: Mapping[str, set[str]]
) -> list[list[str]]:
    """``members`` (best first, connected) as groups without two foes, each connected, each best first."""
    waiting, done = [list(members)], []
    while waiting:
        group = waiting.pop()
        kept: set[str] = set()
        for member in group:
            if kept.isdisjoint(foes.get(member, ())):
                kept.add(member)
        kept = set(_reached(group[0], edges, kept))
        done.append([member for member in group if member in kept])
        rest = [member for member in group if member not in kept]
        while rest:
            together = _reached(rest[0], edges, set(rest))
            waiting.append([member for member in rest if member in together])
            rest = [member for member in rest if member not in together]
    return done
