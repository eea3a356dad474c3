"""What to write under a budget: greedy maximum coverage with lazy evaluation. Pure.

Coverage is monotone and submodular, so the greedy choice reaches at least (1 - 1/e) of what the best choice of the
same size covers (Nemhauser, Wolsey and Fisher 1978); a gain can only shrink, so stale gains are upper bounds and most
candidates need not be put into their new order at once (Minoux 1978). Where candidates cost different amounts the better of two greedy plans,
by gain and by gain per cost, keeps a constant share of the best (Leskovec et al. 2007, after Khuller, Moss and Naor
1999). With limits on how many candidates of a group may be taken the same choice keeps a share of 1 in (limits + 1)
(Fisher, Nemhauser and Wolsey 1978).
"""

import heapq
import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate
from math import fsum
from typing import Generic, TypeVar

from kg.errors import UserError

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than ``most[group]`` of the candidates of a group; ``groups`` gives the group of each candidate."""

    groups: Sequence[Hashable]
    most: Mapping[Hashable, int]
    """A group that is not named here has no limit."""


@dataclass(frozen=True, slots=True)
class Plan(Generic[K]):
    """Which candidates to take, best first. ``gains`` is what each adds, in weight; ``spent`` what they cost together.

    ``total`` is the weight of all elements that any candidate covers, those covered before it included.
    """

    chosen: tuple[int, ...]
    gains: tuple[float, ...]
    covered: frozenset[K]
    spent: float
    total: float
    before: float = 0.0

    @property
    def curve(self) -> tuple[float, ...]:
        """The covered share of ``total`` after each candidate, in [0, 1]."""
        if not self.total:
            return tuple(1.0 for _ in self.chosen)
        return tuple((self.before + gained) / self.total for gained in accumulate(self.gains))

    def needed(self, share: float = 1.0) -> int | None:
        """How many candidates reach ``share`` of the total, None when the plan does not."""
        if self.before >= share * self.total - 1e-9:
            return 0
        return next((place + 1 for place, value in enumerate(self.curve) if value >= share - 1e-12), None)


def plan(
    candidates: Sequence[AbstractSet[K]],
    budget: float,
    *,
    costs: Sequence[float] | None = None,
    weights: Mapping[K, float] | None = None,
    covered: AbstractSet[K] = frozenset(),
    chosen: Sequence[int] = (),
    seed: int | None = None,
    limits: Sequence[Limit] = (),
    accept: Callable[[int], bool] | None = None,
) -> Plan[K]:
    """At most ``budget`` worth of ``candidates`` that cover the most weight; ends early when nothing more is gained.

    ``costs`` is 1 each by default, ``weights`` 1 each. ``covered`` is there already and costs nothing. ``chosen`` are
    the first steps of an interrupted plan: they are taken as they stand, and the rest is what the plan would have been
    without the interruption. Ties go to the earlier candidate, or to the one that ``seed`` puts first. ``limits`` say
    how many of a group may be taken. ``accept`` is asked once of each candidate that is about to be taken, in their
    order; where it says no, the candidate is passed over (with costs that differ it would be asked for two plans).

    Raises :class:`UserError` when the budget is negative or a candidate costs nothing.
    """
    if budget < 0:
        raise UserError(f"the budget is {budget}", "give a budget of at least 0")
    if costs is not None and any(cost <= 0 for cost in costs):
        raise UserError("a candidate costs nothing, so any number of them fits", "give each a cost above 0")
    rank = list(range(len(candidates)))
    if seed is not None:
        random.Random(seed).shuffle(rank)
    problem = _Problem(candidates, weights, covered, rank, limits, accept)
    by_gain = problem.greedy(budget, costs, chosen, per_cost=False)
    if costs is None or len(set(costs)) <= 1:
        return by_gain
    by_rate = problem.greedy(budget, costs, chosen, per_cost=True)
    return max((by_rate, by_gain), key=lambda found: sum(found.gains))


def greedy_cover(
    candidates: Sequence[AbstractSet[K]],
    budget: int,
    covered: AbstractSet[K] = frozenset(),
    weights: Mapping[K, float] | None = None,
) -> list[int]:
    """Indices of at most ``budget`` candidates, best first: :func:`plan` with a cost of 1 each."""
    return list(plan(candidates, budget, weights=weights, covered=covered).chosen)


class _Problem(Generic[K]):
    """The elements numbered, so that a gain is a sum over a list."""

    def __init__(
        self,
        candidates: Sequence[AbstractSet[K]],
        weights: Mapping[K, float] | None,
        covered: AbstractSet[K],
        rank: Sequence[int],
        limits: Sequence[Limit],
        accept: Callable[[int], bool] | None,
    ) -> None:
        number: dict[K, int] = {}
        self.sets = [[number.setdefault(one, len(number)) for one in elements] for elements in candidates]
        self.inside: list[list[int]] = [[] for _ in number]
        """The candidates that cover each element."""
        for index, elements in enumerate(self.sets):
            for one in elements:
                self.inside[one].append(index)
        self.names = list(number)
        self.weight = [1.0 if weights is None else weights.get(name, 1.0) for name in self.names]
        ratios = [weight.as_integer_ratio() for weight in self.weight]
        # A float is a whole number over a power of 2, so over the greatest of these all sums and differences are exact.
        self.scale = max((below for _, below in ratios), default=1)
        self.exact = [above * (self.scale // below) for above, below in ratios]
        self.start = [name in covered for name in self.names]
        self.rank, self.limits, self.accept = rank, limits, accept

    def greedy(self, budget: float, costs: Sequence[float] | None, first: Sequence[int], *, per_cost: bool) -> Plan[K]:
        done = bytearray(self.start)
        left = [sum([self.exact[one] for one in own if not done[one]]) for own in self.sets]
        """What each candidate would gain now: kept up to date, for an element is covered once and looked at often."""
        before = fsum(weight for weight, there in zip(self.weight, done, strict=True) if there)
        chosen: list[int] = []
        gains: list[float] = []
        spent = 0.0
        used: list[Counter[Hashable]] = [Counter() for _ in self.limits]

        def full(index: int) -> bool:
            return any(
                counts[limit.groups[index]] >= limit.most.get(limit.groups[index], len(self.sets))
                for limit, counts in zip(self.limits, used, strict=True)
            )

        def cost(index: int) -> float:
            return costs[index] if costs is not None else 1.0

        def gain(index: int) -> float:
            return left[index] / self.scale

        def take(index: int, gained: float) -> None:
            chosen.append(index)
            gains.append(gained)
            for one in self.sets[index]:
                if not done[one]:
                    done[one] = 1
                    weight = self.exact[one]
                    for other in self.inside[one]:
                        left[other] -= weight
            for limit, counts in zip(self.limits, used, strict=True):
                counts[limit.groups[index]] += 1

        def value(index: int) -> float:
            return gain(index) / cost(index) if per_cost else gain(index)

        for index in first:
            take(index, gain(index))
            spent += cost(index)
        taken = set(first)
        queue = _Queue((value(index), self.rank[index]) for index in range(len(self.sets)) if index not in taken)
        at = {place: index for index, place in enumerate(self.rank)}
        while spent < budget and (best := queue.pop()):
            bound, place = best
            index = at[place]
            now = value(index)
            if now <= 0 or spent + cost(index) > budget + 1e-9 or full(index):
                continue
            if now < bound:  # the gain has shrunk since it was queued: back to its place
                queue.push(now, place)
                continue
            if self.accept is not None and not self.accept(index):
                continue
            take(index, gain(index))
            spent += cost(index)
        reached = frozenset(name for name, there in zip(self.names, done, strict=True) if there)
        return Plan(tuple(chosen), tuple(gains), reached, spent, fsum(self.weight), before)


class _Queue:
    """Values with places, the greatest value first and of equal ones the first place.

    Gains are sums of few weights, so that hundreds share one, and a stale gain comes back with a smaller one: nothing is
    added to the places of the greatest value any more. So they are sorted once, when their turn comes; a heap of all
    would sort them at every step, each into a place that has left the processor's cache.
    """

    def __init__(self, entries: Iterable[tuple[float, int]]) -> None:
        self._places: dict[float, list[int]] = {}
        for value, place in entries:
            self._places.setdefault(value, []).append(place)
        self._values = [-value for value in self._places]
        heapq.heapify(self._values)
        self._turn: list[int] = []
        """The places of the greatest value, last first, while it is their turn."""
        self._greatest = 0.0

    def push(self, value: float, place: int) -> None:
        """Put a place back whose value is now smaller than that with which it was taken out."""
        if value not in self._places:
            self._places[value] = []
            heapq.heappush(self._values, -value)
        self._places[value].append(place)

    def pop(self) -> tuple[float, int] | None:
        """The best entry, taken out; None when there is none."""
        if not self._turn:
            if not self._values:
                return None
            self._greatest = -heapq.heappop(self._values)
            self._turn = sorted(self._places.pop(self._greatest), reverse=True)
        return self._greatest, self._turn.pop()


def quotas(budget: int, mix: Mapping[str, float]) -> dict[str, int]:
    """``budget`` shared out by ``mix``: largest remainders, so that the parts sum to the whole."""
    total = sum(mix.values())
    exact = {kind: budget * share / total for kind, share in mix.items()}
    parts = {kind: int(value) for kind, value in exact.items()}
    left = budget - sum(parts.values())
    for kind in sorted(exact, key=lambda name: (parts[name] - exact[name], name))[:left]:
        parts[kind] += 1
    return parts
