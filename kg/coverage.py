"""The coverage ledger: which elements of an ontology a set of samples exercises, and which it leaves out.

An element counts as covered only by a verified link (:class:`kg.model.Exercise`, made by
:func:`kg.coverage_links.verify_links`), never by a writer's claim.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.coverage_links import verify_links
from kg.coverage_options import CoverageOptions
from kg.coverage_targets import KINDS, Key, Target, exercised, targets
from kg.coverage_weights import Weighting, weigh
from kg.mentions import Mentions, mentioned
from kg.model import Exercise, Ontology, Sample, Verdict
from kg.regions import region_of_rule

__all__ = [
    "KINDS",
    "Coverage",
    "CoverageOptions",
    "Gap",
    "Key",
    "Mentions",
    "Share",
    "Target",
    "Weighting",
    "covered_keys",
    "exercised",
    "measure",
    "mentioned",
    "share_of",
    "targets",
    "verify_links",
]


def share_of(covered: int, total: int) -> float | None:
    """``covered`` over ``total`` to four places, None of nothing: what JSON shows of a coverage."""
    return round(covered / total, 4) if total else None


@dataclass(frozen=True, slots=True)
class Gap:
    """A target that too few samples exercise, how many do, and the reason in words."""

    target: Target
    why: str
    samples: int = 0

    def to_dict(self) -> dict[str, object]:
        """For JSON and CSV."""
        one = self.target
        return {
            "kind": one.kind,
            "element": one.element_id,
            "verdict": one.verdict.value if one.verdict else None,
            "label": one.label,
            "region": one.region,
            "depth": one.depth,
            "weight": round(one.weight, 4),
            "samples": self.samples,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a kind or region is covered."""

    name: str
    total: int
    covered: int

    @property
    def ratio(self) -> float:
        """Covered over total in [0, 1]; 1 when there is nothing to cover, for nothing is missing then."""
        return self.covered / self.total if self.total else 1.0

    @property
    def shown(self) -> float | None:
        """:attr:`ratio` as people are told it: None when there is nothing to cover."""
        return self.ratio if self.total else None

    def to_dict(self) -> dict[str, object]:
        """For JSON; the ratio of nothing is null."""
        return {"total": self.total, "covered": self.covered, "ratio": share_of(self.covered, self.total)}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ledger of one dataset. ``regions`` gives per region id its name; ``counts`` the samples per key."""

    targets: tuple[Target, ...]
    covered: frozenset[Key]
    regions: tuple[tuple[str, str], ...]
    samples: int
    counts: Mapping[Key, int] = field(default_factory=dict)

    @property
    def by_kind(self) -> dict[str, Share]:
        """Every kind of :data:`KINDS` with its share."""
        return _shares(self.targets, self.covered, KINDS, lambda target: target.kind)

    @property
    def by_region(self) -> dict[str, Share]:
        """Region id -> share of its rule targets (three per rule); ``Share.name`` is the region's name."""
        rules = [target for target in self.targets if target.kind == "rule"]
        found = _shares(rules, self.covered, tuple(id_ for id_, _ in self.regions), lambda target: target.region)
        return {id_: Share(name, found[id_].total, found[id_].covered) for id_, name in self.regions}

    @property
    def by_depth(self) -> dict[tuple[str, int], Share]:
        """(kind, depth) -> share; what depth means stands at :class:`Target`."""
        order = sorted({(target.kind, target.depth) for target in self.targets}, key=_by_order)
        names = {place: f"{place[0]} {place[1]}" for place in order}
        found = _shares(
            self.targets, self.covered, tuple(names.values()), lambda target: f"{target.kind} {target.depth}"
        )
        return {place: found[name] for place, name in names.items()}

    def ratio(self, kind: str) -> float:
        """Covered share of one kind in [0, 1]."""
        return self.by_kind[kind].ratio

    def gaps(
        self, kind: str = "", region: str = "", limit: int = 0, *, verdict: Verdict | None = None, below: int = 1
    ) -> tuple[Gap, ...]:
        """Targets that fewer than ``below`` samples exercise, heaviest first; all when ``limit`` is 0.

        Filtered by kind, region id and verdict when given.
        """
        partly = {(kind_, id_) for kind_, id_, _ in self.covered}
        missing = [
            target
            for target in self.targets
            if kind in {"", target.kind}
            and region in {"", target.region}
            and verdict in {None, target.verdict}
            and self.count(target.key) < below
        ]
        missing.sort(key=lambda target: (-target.weight, KINDS.index(target.kind)))
        shown = missing[:limit] if limit else missing
        return tuple(
            Gap(target, _why(target, partly, self.count(target.key)), self.count(target.key)) for target in shown
        )

    def count(self, key: Key) -> int:
        """How many samples exercise ``key``."""
        return self.counts.get(key, int(key in self.covered))

    def to_dict(self, gaps: int = 0) -> dict[str, object]:
        """For JSON: by kind, region and depth, and the first ``gaps`` gaps."""
        return {
            "samples": self.samples,
            "by_kind": {kind: share.to_dict() for kind, share in self.by_kind.items()},
            "by_region": [{"id": id_, "name": share.name, **share.to_dict()} for id_, share in self.by_region.items()],
            "by_depth": [
                {"kind": kind, "depth": depth, **share.to_dict()} for (kind, depth), share in self.by_depth.items()
            ],
            **({"gaps": [gap.to_dict() for gap in self.gaps(limit=gaps)]} if gaps else {}),
        }


def covered_keys(
    ontology: Ontology, samples: Iterable[Sample], exercises: Iterable[Exercise], t: int = 2
) -> frozenset[Key]:
    """The keys (:attr:`Target.key`) that the verified links cover; links to what no longer exists are left out."""
    return frozenset(exercised(ontology, samples, exercises, t))


def measure(
    ontology: Ontology,
    samples: Iterable[Sample],
    exercises: Iterable[Exercise],
    *,
    t: int = 2,
    weighting: Weighting | None = None,
) -> Coverage:
    """The coverage of ``ontology`` by ``samples`` through their verified ``exercises``. O(targets + links).

    ``t`` is the size of the tuples (0 for none); ``weighting`` ranks the gaps, without it all weigh the same.
    """
    records = tuple(samples)
    cut = dict.fromkeys((region.id, region.name) for region in region_of_rule(ontology).values())
    asked = targets(ontology, t)
    counts: Counter[Key] = exercised(ontology, records, exercises, t)
    weighed = weigh(ontology, asked, weighting) if weighting else asked
    return Coverage(weighed, frozenset(counts), tuple(cut), len(records), counts)


def _shares(
    records: Iterable[Target],
    covered: frozenset[Key],
    order: Iterable[str],
    name: Callable[[Target], str],
) -> dict[str, Share]:
    total: dict[str, int] = defaultdict(int)
    done: dict[str, int] = defaultdict(int)
    for target in records:
        total[name(target)] += 1
        done[name(target)] += target.key in covered
    return {key: Share(key, total[key], done[key]) for key in order}


def _by_order(place: tuple[str, int]) -> tuple[int, int]:
    return KINDS.index(place[0]), place[1]


_WHY = {
    "relation": "no sentence of a sample mentions both of its concepts",
    "concept": "no sample mentions it",
    "relation_type": "no relation of this type is exercised",
    "exception": "no verified sample of the rule speaks of its exception",
    "conflict": "no verified sample exercises both rules",
    "tuple": "no verified sample joins these",
}


def _why(target: Target, partly: set[tuple[str, str]], samples: int) -> str:
    if samples:
        return f"{samples} sample{'s' if samples > 1 else ''} only"
    if target.kind != "rule":
        return _WHY[target.kind]
    verdict = target.verdict.value if target.verdict else ""
    if (target.kind, target.element_id) in partly:
        return f"its samples have other verdicts, none is {verdict}"
    return "no verified sample exercises the rule"
