"""What an audit says of where more samples are worth their price: a factor by region, by how sure the audit is.

The share of wrong answers of a region is drawn towards that of all cases, as if :data:`PRIOR` further cases had gone as the
whole did (the mean of a beta posterior; Gelman et al. 2013, section 2.4): one case, answered wrong, moves a region by a
twentieth of the way, sixty by three quarters. A region gets fewer samples only where the upper end of its interval lies
below the whole: what is merely not known to be weak keeps its share, and so does what was not asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Ontology
from kg.regions import region_of_rule

PRIOR = 20
"""How many cases like the whole's stand beside a region's own."""
LEAST, MOST = 0.25, 4.0
"""No region gets less or more than so many times the samples of another of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How the aligned model did in a region: ``wrong`` of ``n`` scored cases, and the upper end of the interval of that
    share, in [0, 1].
    """

    region: str
    name: str
    wrong: int
    n: int
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Attention:
    """How many times the usual number of further samples a region gets, and why."""

    region: str
    name: str
    wrong: int
    n: int
    expected: float
    """The share of wrong answers that is expected of further cases."""
    factor: float
    low: float = 0.0
    high: float = 1.0
    """The middle 95 % of what that share may be: of the same beta posterior whose mean is expected."""

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "region": self.region, "name": self.name, "wrong": self.wrong, "n": self.n,
            "expected_wrong": round(self.expected, 4), "factor": round(self.factor, 4),
            "ci": [round(self.low, 4), round(self.high, 4)],
        }  # fmt: skip


def attention(tried: Iterable[Tried], strength: float = 1.0) -> tuple[Attention, ...]:
    """The regions with their factors, greatest first; ``strength`` 0 leaves all at 1, above 1 sharpens the differences."""
    records = list(tried)
    asked, wrong = sum(one.n for one in records), sum(one.wrong for one in records)
    whole = (wrong + 1) / (asked + 2)  # Laplace: an audit without an error does not divide by 0
    found = []
    for one in records:
        expected = (one.wrong + PRIOR * whole) / (one.n + PRIOR)
        unsure = expected < whole <= one.high
        factor = 1.0 if unsure else min(MOST, max(LEAST, (expected / whole) ** strength))
        found.append(Attention(one.region, one.name, one.wrong, one.n, expected, factor, *_interval(one, whole)))
    return tuple(sorted(found, key=lambda one: (-one.factor, -one.wrong, one.region)))


def _interval(one: Tried, whole: float) -> tuple[float, float]:
    """The quantiles .025 and .975 of the posterior: of the region's own cases and :data:`PRIOR` that went as the whole."""
    from scipy.special import betaincinv

    wrong, right = one.wrong + PRIOR * whole, one.n - one.wrong + PRIOR * (1 - whole)
    low, high = (float(betaincinv(wrong, right, share)) for share in (0.025, 0.975))
    return low, high


def attention_of_rules(ontology: Ontology, by_region: Mapping[str, float]) -> dict[str, float]:
    """Rule id -> the factor of its region; 1 where nothing is said of it."""
    if not by_region:
        return {}
    return {rule_id: by_region.get(region.id, 1.0) for rule_id, region in region_of_rule(ontology).items()}
