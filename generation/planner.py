"""What to write under a budget: greedy maximum coverage with lazy evaluation. Pure.

Coverage is monotone and submodular, so the greedy choice reaches at least (1 - 1/e) of what the best choice of the
same size covers (Nemhauser, Wolsey and Fisher 1978); a gain can only shrink, so stale gains are upper bounds and most
candidates need no second look (Minoux 1978).
"""

import heapq
from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def greedy_cover(
    candidates: Sequence[AbstractSet[K]],
    budget: int,
    covered: AbstractSet[K] = frozenset(),
    weights: Mapping[K, float] | None = None,
) -> list[int]:
    """Indices of at most ``budget`` candidates, best first; ends early when nothing more can be gained.

    Ties go to the earlier candidate, so the result is deterministic.
    """
    done = set(covered)
    heap = [(-_gain(elements - done, weights), index) for index, elements in enumerate(candidates)]
    heapq.heapify(heap)
    chosen: list[int] = []
    while heap and len(chosen) < budget:
        stale, index = heapq.heappop(heap)
        gain = _gain(candidates[index] - done, weights)
        if gain <= 0:
            continue
        if heap and -gain > heap[0][0]:
            heapq.heappush(heap, (-gain, index))
            continue
        if -gain > stale and heap and -gain == heap[0][0] and index > heap[0][1]:
            heapq.heappush(heap, (-gain, index))
            continue
        chosen.append(index)
        done |= candidates[index]
    return chosen


def _gain(elements: AbstractSet[K], weights: Mapping[K, float] | None) -> float:
    if weights is None:
        return float(len(elements))
    return sum(weights.get(element, 1.0) for element in elements)


def quotas(budget: int, mix: Mapping[str, float]) -> dict[str, int]:
    """``budget`` shared out by ``mix``: largest remainders, so that the parts sum to the whole."""
    total = sum(mix.values())
    exact = {kind: budget * share / total for kind, share in mix.items()}
    parts = {kind: int(value) for kind, value in exact.items()}
    left = budget - sum(parts.values())
    for kind in sorted(exact, key=lambda name: (parts[name] - exact[name], name))[:left]:
        parts[kind] += 1
    return parts
