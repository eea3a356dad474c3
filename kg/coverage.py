"""The coverage ledger: which elements of an ontology a set of samples exercises, and which it leaves out.

An element counts as covered only by a verified link (:class:`kg.model.Exercise`, made by
:func:`kg.mentions.verify_links`), never by a writer's claim. Targets: each rule with each of the three verdicts,
each concept, each relation instance and each relation type.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.mentions import Mentions, mentioned, verify_links
from kg.model import Exercise, Ontology, Sample, Verdict
from kg.regions import region_of_rule

__all__ = [
    "KINDS",
    "Coverage",
    "Gap",
    "Mentions",
    "Share",
    "Target",
    "covered_keys",
    "measure",
    "mentioned",
    "targets",
    "verify_links",
]

KINDS = ("rule", "concept", "relation", "relation_type")


@dataclass(frozen=True, slots=True)
class Target:
    """An element that coverage asks for. ``kind`` is one of :data:`KINDS`; ``verdict`` is set for rules only.

    ``element_id`` is a rule, concept or relation id, or the name of a relation type; ``region`` is the id of its
    section region, empty when it has none; ``weight`` says how much it matters (1 = as much as any other).
    """

    kind: str
    element_id: str
    verdict: Verdict | None = None
    label: str = ""
    region: str = ""
    weight: float = 1.0

    @property
    def key(self) -> tuple[str, str, str]:
        """What :func:`covered_keys` returns when the target is covered."""
        return self.kind, self.element_id, self.verdict.value if self.verdict else ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A target that nothing covers, and the reason in words."""

    target: Target
    why: str


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a kind or region is covered."""

    name: str
    total: int
    covered: int

    @property
    def ratio(self) -> float:
        """Covered over total in [0, 1]; 1 when there is nothing to cover."""
        return self.covered / self.total if self.total else 1.0

    def to_dict(self) -> dict[str, object]:
        return {"total": self.total, "covered": self.covered, "ratio": round(self.ratio, 4)}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ledger of one dataset. ``regions`` gives per region id its name and the share of each kind."""

    targets: tuple[Target, ...]
    covered: frozenset[tuple[str, str, str]]
    regions: tuple[tuple[str, str], ...]
    samples: int

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

    def ratio(self, kind: str) -> float:
        """Covered share of one kind in [0, 1]."""
        return self.by_kind[kind].ratio

    def gaps(self, kind: str = "", region: str = "", limit: int = 0) -> tuple[Gap, ...]:
        """What is not covered, heaviest first; filtered by kind and region id when given; all when ``limit`` is 0."""
        partly = {(kind_, id_) for kind_, id_, _ in self.covered}
        missing = [
            target
            for target in self.targets
            if target.key not in self.covered and kind in {"", target.kind} and region in {"", target.region}
        ]
        missing.sort(key=lambda target: (-target.weight, KINDS.index(target.kind)))
        return tuple(Gap(target, _why(target, partly)) for target in (missing[:limit] if limit else missing))

    def to_dict(self, gaps: int = 0) -> dict[str, object]:
        """For JSON: by kind and region, and the first ``gaps`` gaps."""
        listed = [
            {
                "kind": gap.target.kind,
                "element": gap.target.element_id,
                "verdict": gap.target.verdict.value if gap.target.verdict else None,
                "label": gap.target.label,
                "region": gap.target.region,
                "why": gap.why,
            }
            for gap in (self.gaps(limit=gaps) if gaps else ())
        ]
        return {
            "samples": self.samples,
            "by_kind": {kind: share.to_dict() for kind, share in self.by_kind.items()},
            "by_region": [{"id": id_, "name": share.name, **share.to_dict()} for id_, share in self.by_region.items()],
            **({"gaps": listed} if gaps else {}),
        }


def targets(ontology: Ontology) -> tuple[Target, ...]:
    """Every target of ``ontology``: rules by verdict, then concepts, relations and relation types."""
    region = {rule_id: found.id for rule_id, found in region_of_rule(ontology).items()}
    of_concept = _concept_regions(ontology, region)
    found = [
        Target("rule", rule.id, verdict, f"{_citation(ontology, rule.clause_id)} {rule.text}".strip(), region[rule.id])
        for rule in ontology.rules
        for verdict in Verdict
    ]
    found.extend(
        Target("concept", concept.id, None, concept.label, of_concept.get(concept.id, ""))
        for concept in ontology.concepts
    )
    label = {concept.id: concept.label for concept in ontology.concepts}
    for relation in ontology.relations:
        ends = [label.get(end, end) for end in (relation.source_id, relation.target_id)]
        where = of_concept.get(relation.source_id) or of_concept.get(relation.target_id, "")
        found.append(Target("relation", relation.id, None, f"{ends[0]} {relation.type} {ends[1]}", where))
    found.extend(
        Target("relation_type", name, None, name) for name in sorted({relation.type for relation in ontology.relations})
    )
    return tuple(found)


def covered_keys(
    ontology: Ontology, samples: Iterable[Sample], exercises: Iterable[Exercise]
) -> frozenset[tuple[str, str, str]]:
    """The keys (:attr:`Target.key`) that the verified links cover; links to what no longer exists are left out."""
    verdicts = {sample.id: sample.verdict for sample in samples}
    types = {relation.id: relation.type for relation in ontology.relations}
    keys: set[tuple[str, str, str]] = set()
    for link in exercises:
        if link.sample_id not in verdicts:
            continue
        if link.kind == "rule":
            verdict = verdicts[link.sample_id]
            if verdict is not None and link.element_id in ontology.rule_by_id:
                keys.add(("rule", link.element_id, verdict.value))
        elif link.kind == "concept" and link.element_id in ontology.concept_by_id:
            keys.add(("concept", link.element_id, ""))
        elif link.kind == "relation" and link.element_id in types:
            keys.add(("relation", link.element_id, ""))
            keys.add(("relation_type", types[link.element_id], ""))
    return frozenset(keys)


def measure(ontology: Ontology, samples: Iterable[Sample], exercises: Iterable[Exercise]) -> Coverage:
    """The coverage of ``ontology`` by ``samples`` through their verified ``exercises``. O(targets + links)."""
    records = tuple(samples)
    cut = dict.fromkeys((region.id, region.name) for region in region_of_rule(ontology).values())
    return Coverage(targets(ontology), covered_keys(ontology, records, exercises), tuple(cut), len(records))


def _shares(
    records: Iterable[Target],
    covered: frozenset[tuple[str, str, str]],
    order: Iterable[str],
    name: Callable[[Target], str],
) -> dict[str, Share]:
    total: dict[str, int] = defaultdict(int)
    done: dict[str, int] = defaultdict(int)
    for target in records:
        total[name(target)] += 1
        done[name(target)] += target.key in covered
    return {key: Share(key, total[key], done[key]) for key in order}


def _why(target: Target, partly: set[tuple[str, str]]) -> str:
    if target.kind == "rule":
        verdict = target.verdict.value if target.verdict else ""
        if (target.kind, target.element_id) in partly:
            return f"its samples have other verdicts, none is {verdict}"
        return "no verified sample exercises the rule"
    if target.kind == "relation":
        return "no sample mentions both of its concepts"
    if target.kind == "concept":
        return "no sample mentions it"
    return "no relation of this type is exercised"


def _citation(ontology: Ontology, clause_id: str) -> str:
    clause = ontology.clause_by_id.get(clause_id)
    return clause.number if clause else ""


def _concept_regions(ontology: Ontology, region: Mapping[str, str]) -> dict[str, str]:
    """The region that mentions a concept most; for one that no rule mentions that of its nearest neighbour."""
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for link in ontology.rule_concepts:
        if link.rule_id in region:
            votes[link.concept_id][region[link.rule_id]] += 1
    found = {id_: max(counts, key=lambda name: counts[name]) for id_, counts in votes.items()}
    frontier = sorted(found)
    while frontier:
        reached = []
        for id_ in frontier:
            for relation in ontology.relations_of_concept.get(id_, ()):
                for end in (relation.source_id, relation.target_id):
                    if end not in found:
                        found[end] = found[id_]
                        reached.append(end)
        frontier = reached
    return found
