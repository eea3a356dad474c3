"""How sure a figure is: intervals and tests for small, paired sets of cases.

Sources. Wilson (1927), "Probable inference, the law of succession, and statistical inference": the score interval,
which keeps its coverage near 0 and 1 and at small n where the textbook p +- 1.96 se fails. Efron (1979): the
bootstrap. McNemar (1947), in its exact binomial form. Holm (1979): stepwise correction for several tests.

Both models answer the same cases, so their difference is resampled by case, never each model alone. Cases that
share a source (the three verdicts of one rule) are not independent: given ``clusters``, whole clusters are drawn
(Field and Welsh 2007), which widens the interval to what it ought to be.

Traps. A percentile interval over cases that are all right, or all wrong, has no width: it says that the resamples
cannot differ, not that the model is perfect; ``Interval.degenerate`` tells. Wilson assumes independent cases.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from random import Random
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import VERDICTS
from kg.model import Verdict

RESAMPLES = 10_000

_CLASSES = len(VERDICTS)
_ANSWERS = _CLASSES + 1  # the last column is "unscored"
_CELLS = _CLASSES * _ANSWERS * _ANSWERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its interval; ``n`` is the number of cases it rests on."""

    value: float
    low: float
    high: float
    n: int
    level: float = 0.95
    method: str = "wilson"

    @property
    def degenerate(self) -> bool:
        """True where the method could not see any spread."""
        return self.low == self.high

    def to_dict(self) -> dict[str, object]:
        """``ci`` is None where the method saw no spread: equal bounds would read as certainty."""
        return {
            "value": round(self.value, 6),
            "ci": None if self.degenerate else [round(self.low, 6), round(self.high, 6)],
            "n": self.n,
            "level": self.level,
            "method": self.method,
        }


def wilson(successes: int, n: int, level: float = 0.95) -> Interval | None:
    """Wilson's score interval of a proportion; None for n = 0.

    Raises ValueError unless 0 <= successes <= n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} cases")
    if n == 0:
        return None
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Interval(share, low, high, n, level)


@dataclass(frozen=True, slots=True)
class PairedBootstrap:
    """Macro-F1 of two models on the same cases, and the second minus the first.

    ``first`` and ``second`` are over the cases scored for that model, ``difference`` over those scored for both.
    Each is None where no case is scored. ``clusters`` is the number of units that were drawn. ``first_f1`` and
    ``second_f1`` are the F1 of each verdict, in the order of ``VERDICTS``, from the same resamples.
    """

    first: Interval | None
    second: Interval | None
    difference: Interval | None
    resamples: int
    clusters: int
    first_f1: tuple[Interval | None, ...] = ()
    second_f1: tuple[Interval | None, ...] = ()


def paired_bootstrap(
    gold: Sequence[Verdict],
    first: Sequence[Verdict | None],
    second: Sequence[Verdict | None],
    rng: Random,
    clusters: Sequence[Hashable] | None = None,
    *,
    stratify: bool = False,
    resamples: int = RESAMPLES,
    level: float = 0.95,
) -> PairedBootstrap:
    """Seeded percentile bootstrap of macro-F1, by case or by cluster.

    A case is one of 3 x 4 x 4 kinds (gold verdict, first answer, second answer), and drawing cases with replacement
    is a multinomial draw over kinds: no resample is ever built, which is why 10,000 take milliseconds. With clusters
    the units are the clusters' count vectors, equal ones again pooled. ``stratify`` keeps the number of cases per
    gold verdict fixed, as a set made with fixed numbers has it; it excludes clusters.

    Raises ValueError for unequal lengths, or for clusters with stratify.
    """
    if clusters is not None and stratify:
        raise ValueError("a cluster may hold several gold verdicts: choose clusters or stratify")
    generator = np.random.default_rng(rng.getrandbits(64))
    kinds = _kinds(gold, first, second)
    units = _units(kinds, clusters)
    gold_class = kinds // (_ANSWERS * _ANSWERS)
    strata = [units[gold_class == index] for index in range(_CLASSES)] if stratify else [units]
    drawn = np.zeros((resamples, _CELLS), dtype=np.int64)
    for stratum in strata:
        drawn += _draw(stratum, resamples, generator)
    observed = _summarise(units.sum(axis=0, keepdims=True))
    resampled = _summarise(drawn)
    sizes = _sizes(kinds)
    names = "paired percentile bootstrap" + (" by cluster" if clusters is not None else "")
    intervals = [
        _percentile(float(point[0]), values, size, level, names)
        for point, values, size in zip(observed, resampled, sizes, strict=True)
    ]
    by_verdict = [
        tuple(_percentile(float(point[0, place]), values[:, place], size, level, names) for place in range(_CLASSES))
        for point, values, size in zip(
            _by_verdict(units.sum(axis=0, keepdims=True)), _by_verdict(drawn), sizes[:2], strict=True
        )
    ]
    return PairedBootstrap(intervals[0], intervals[1], intervals[2], resamples, len(units), *by_verdict)


def _kinds(gold: Sequence[Verdict], first: Sequence[Verdict | None], second: Sequence[Verdict | None]) -> Ints:
    """The kind of each case, an integer below 48."""
    code: dict[Verdict | None, int] = {verdict: index for index, verdict in enumerate(VERDICTS)}
    code[None] = _CLASSES
    triples = zip(gold, first, second, strict=True)
    return np.array([(code[g] * _ANSWERS + code[a]) * _ANSWERS + code[b] for g, a, b in triples], dtype=np.int64)


def _units(kinds: Ints, clusters: Sequence[Hashable] | None) -> Ints:
    """One count vector (48,) for each unit that is drawn as a whole: a case, or a cluster of cases."""
    if clusters is None:
        return np.eye(_CELLS, dtype=np.int64)[kinds]
    order: dict[Hashable, int] = {}
    members = [order.setdefault(name, len(order)) for name in clusters]
    units = np.zeros((len(order), _CELLS), dtype=np.int64)
    np.add.at(units, (np.array(members, dtype=np.int64), kinds), 1)
    return units


def _draw(units: Ints, resamples: int, generator: np.random.Generator) -> Ints:
    """Counts (resamples, 48) of as many units as there are, drawn with replacement."""
    if len(units) == 0:
        return np.zeros((resamples, _CELLS), dtype=np.int64)
    patterns, multiplicity = np.unique(units, axis=0, return_counts=True)
    weights = generator.multinomial(len(units), multiplicity / len(units), size=resamples)
    # Integer matrix products have no fast path in numpy; counts are far below 2**53, so floats are exact.
    product = weights.astype(np.float64) @ patterns.astype(np.float64)
    return product.astype(np.int64)


def _summarise(counts: Ints) -> tuple[Floats, Floats, Floats]:
    """Macro-F1 of both models and their difference for each row of ``counts`` (rows, 48)."""
    cube = _cube(counts)
    both = cube[:, :, :_CLASSES, :_CLASSES]
    difference = _macro(both.sum(axis=2)) - _macro(both.sum(axis=3))
    first, second = _tables(cube)
    return _macro(first), _macro(second), difference


def _by_verdict(counts: Ints) -> tuple[Floats, Floats]:
    """F1 of each verdict for both models: two arrays of shape (rows, 3), NaN where a verdict occurs nowhere."""
    first, second = _tables(_cube(counts))
    return _f1(first), _f1(second)


def _cube(counts: Ints) -> Floats:
    """Counts (rows, 48) as (rows, gold, first answer, second answer)."""
    return counts.reshape(-1, _CLASSES, _ANSWERS, _ANSWERS).astype(np.float64)


def _tables(cube: Floats) -> tuple[Floats, Floats]:
    """The 3 x 3 table (rows, gold, answered) of each model."""
    first: Floats = cube[:, :, :_CLASSES, :].sum(axis=3)
    second: Floats = cube[:, :, :, :_CLASSES].sum(axis=2)
    return first, second


def _f1(tables: Floats) -> Floats:
    """F1 (rows, 3) of each verdict; NaN for one that is neither gold nor answered."""
    hits = np.einsum("rii->ri", tables)
    support = tables.sum(axis=1) + tables.sum(axis=2)
    f1: Floats = np.divide(2 * hits, support, out=np.full_like(hits, np.nan), where=support > 0)
    return f1


def _macro(tables: Floats) -> Floats:
    """Macro-F1 of each 3 x 3 table (rows, gold, answered), over the verdicts that occur; NaN for an empty one."""
    f1 = _f1(tables)
    present = (~np.isnan(f1)).sum(axis=1)
    total = np.nansum(f1, axis=1)
    mean: Floats = np.divide(total, present, out=np.full(len(tables), np.nan), where=present > 0)
    return mean


def _sizes(kinds: Ints) -> tuple[int, int, int]:
    """How many cases are scored for the first model, for the second, for both."""
    scored_first = kinds // _ANSWERS % _ANSWERS < _CLASSES
    scored_second = kinds % _ANSWERS < _CLASSES
    return int(scored_first.sum()), int(scored_second.sum()), int((scored_first & scored_second).sum())


def _percentile(point: float, values: Floats, n: int, level: float, method: str) -> Interval | None:
    if n == 0 or np.isnan(point):
        return None
    tail = (1 - level) / 2
    low, high = np.nanquantile(values, [tail, 1 - tail])
    return Interval(point, float(low), float(high), n, level, method)


@dataclass(frozen=True, slots=True)
class McNemar:
    """``fixed``: wrong with the first model, right with the second; ``broken``: the reverse; ``p``: two-sided."""

    fixed: int
    broken: int
    p: float

    def to_dict(self) -> dict[str, object]:
        return {"fixed": self.fixed, "broken": self.broken, "p": self.p}


def mcnemar(fixed: int, broken: int) -> McNemar:
    """Exact McNemar test: under no difference each discordant case is a fair coin. No discordant case gives p = 1."""
    discordant = fixed + broken
    tail = sum(comb(discordant, k) for k in range(min(fixed, broken) + 1))
    return McNemar(fixed, broken, min(1.0, 2 * tail / 2**discordant))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Holm's adjusted p-values, in the given order: they hold together at the level that one would have alone."""
    adjusted = [0.0] * len(p_values)
    worst = 0.0
    ranked = sorted(range(len(p_values)), key=lambda index: p_values[index])
    for rank, index in enumerate(ranked):
        worst = max(worst, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = worst
    return tuple(adjusted)
