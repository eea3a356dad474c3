"""How far a plan is from the best possible one: the bound of the linear programme that relaxes it.

With x_i in [0, 1] (take candidate i) and z_e in [0, 1] (element e is covered), z_e <= sum of the x_i that cover e, the
optimum over fractions is at least as good as any plan (Nemhauser, Wolsey and Fisher 1978; solved by HiGHS,
Huangfu and Hall 2018).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, TypeVar

from kg.errors import PlumblineError

K = TypeVar("K", bound=Hashable)


class _Model(NamedTuple):
    candidates: int
    groups: list[tuple[int, ...]]
    """Per group of elements that the same candidates cover: those candidates."""
    weights: list[float]


def most_coverable(
    candidates: Sequence[AbstractSet[K]], budget: float, weights: Mapping[K, float] | None = None
) -> float:
    """No choice of ``budget`` candidates covers more than this weight."""
    model = _model(candidates, weights)
    gain = [0.0] * model.candidates + [-weight for weight in model.weights]
    rows = [[(place, 1.0) for place in range(model.candidates)]]
    return -_solve(model, gain, rows, [budget])


def fewest_needed(
    candidates: Sequence[AbstractSet[K]], share: float, weights: Mapping[K, float] | None = None
) -> float:
    """No fewer candidates (a fraction, to be rounded up) reach ``share`` of the weight that all cover together."""
    model = _model(candidates, weights)
    cost = [1.0] * model.candidates + [0.0] * len(model.groups)
    rows = [[(model.candidates + place, -weight) for place, weight in enumerate(model.weights)]]
    return _solve(model, cost, rows, [-share * sum(model.weights)])


def _model(candidates: Sequence[AbstractSet[K]], weights: Mapping[K, float] | None) -> _Model:
    """Elements that the same candidates cover are one row; so are candidates that cover the same."""
    sets = list(dict.fromkeys(frozenset(elements) for elements in candidates))
    inside: dict[K, list[int]] = defaultdict(list)
    for place, elements in enumerate(sets):
        for element in elements:
            inside[element].append(place)
    merged: Counter[tuple[int, ...]] = Counter()
    total: dict[tuple[int, ...], float] = defaultdict(float)
    for element, places in inside.items():
        merged[tuple(places)] += 1
        total[tuple(places)] += 1.0 if weights is None else weights.get(element, 1.0)
    groups = sorted(merged)
    return _Model(len(sets), groups, [total[group] for group in groups])


def _solve(
    model: _Model, objective: Sequence[float], rows: Sequence[Sequence[tuple[int, float]]], limits: Sequence[float]
) -> float:
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    data: list[float] = []
    at: list[int] = []
    starts = [0]
    for place, group in enumerate(model.groups):
        at += [model.candidates + place, *group]
        data += [1.0] + [-1.0] * len(group)
        starts.append(len(at))
    for row in rows:
        at += [column for column, _ in row]
        data += [value for _, value in row]
        starts.append(len(at))
    width = model.candidates + len(model.groups)
    matrix: Any = csr_matrix((data, at, starts), shape=(len(model.groups) + len(rows), width))
    upper = [0.0] * len(model.groups) + list(limits)
    found = linprog(objective, A_ub=matrix, b_ub=upper, bounds=(0.0, 1.0), method="highs")
    if found.status != 0:
        raise PlumblineError(f"the bound could not be computed: {found.message}", "report the ontology")
    return float(found.fun)
