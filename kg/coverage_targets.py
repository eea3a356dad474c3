"""The elements that coverage asks for, and which of them a set of verified links exercises.

Targets: each rule with each of the three verdicts, each concept, each relation instance, each relation type, each
exception, each pair of conflicting rules, and each t-way tuple (:mod:`kg.coverage_tuples`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.coverage_links import proved_fields
from kg.coverage_tuples import proved_tuples, tuples_of
from kg.model import Exercise, Ontology, Sample, Verdict
from kg.regions import region_of_rule

KINDS = ("rule", "concept", "relation", "relation_type", "exception", "conflict", "tuple")
Key = tuple[str, str, str]
"""Kind, element id and verdict (empty where the target has none)."""


@dataclass(frozen=True, slots=True)
class Target:
    """An element that coverage asks for. ``kind`` is one of :data:`KINDS`; ``verdict`` is set for rules and for tuples
    that join it.

    ``element_id`` is a rule, concept, relation or conflict id, the name of a relation type, or the values of a tuple;
    ``region`` is the id of its section region, empty when it has none; ``weight`` says how much it matters (1 = as
    much as any other); ``depth`` is the outline level of a rule's section, and for concepts and relations the number
    of steps from the nearest concept that a rule mentions.
    """

    kind: str
    element_id: str
    verdict: Verdict | None = None
    label: str = ""
    region: str = ""
    weight: float = 1.0
    depth: int = 0

    @property
    def key(self) -> Key:
        """What :func:`exercised` counts."""
        return self.kind, self.element_id, self.verdict.value if self.verdict else ""


def targets(ontology: Ontology, t: int = 2) -> tuple[Target, ...]:
    """Every target of ``ontology``, in the order of :data:`KINDS`; ``t`` = 0 asks for no tuples."""
    region = {rule_id: found.id for rule_id, found in region_of_rule(ontology).items()}
    of_concept, steps = _neighbourhoods(ontology, region)
    return (
        *_rule_targets(ontology, region),
        *(
            Target("concept", one.id, None, one.label, of_concept.get(one.id, ""), depth=steps.get(one.id, 0))
            for one in ontology.concepts
        ),
        *_relation_targets(ontology, of_concept, steps),
        *(
            Target("exception", rule.id, None, f"{citation(ontology, rule.clause_id)} {rule.exception}".strip(),
                   region[rule.id], depth=_level(ontology, rule.section_id))
            for rule in ontology.rules if rule.exception
        ),
        *_conflict_targets(ontology, region),
        *_tuple_targets(ontology, region, t),
    )  # fmt: skip


def exercised(ontology: Ontology, samples: Iterable[Sample], exercises: Iterable[Exercise], t: int = 2) -> Counter[Key]:
    """How many samples exercise each key (:attr:`Target.key`); links to what no longer exists are left out."""
    counts: Counter[Key] = Counter()
    for keys in exercised_by(ontology, samples, exercises, t).values():
        counts.update(keys)
    return counts


def exercised_by(
    ontology: Ontology, samples: Iterable[Sample], exercises: Iterable[Exercise], t: int = 2
) -> dict[str, frozenset[Key]]:
    """Sample id -> the keys that it exercises; a sample without a link is left out."""
    verdicts = {sample.id: sample.verdict for sample in samples}
    links: dict[str, list[Exercise]] = defaultdict(list)
    for link in exercises:
        if link.sample_id in verdicts:
            links[link.sample_id].append(link)
    reader = LinkKeys(ontology, t)
    return {sample_id: reader.of(own, verdicts[sample_id]) for sample_id, own in links.items()}


class LinkKeys:
    """Which keys the links of one sample stand for; what it needs of the ontology is prepared once."""

    __slots__ = ("_conflicts", "_ontology", "_t", "_types")

    def __init__(self, ontology: Ontology, t: int = 2) -> None:
        self._ontology, self._t = ontology, t
        self._types = {relation.id: relation.type for relation in ontology.relations}
        self._conflicts = {frozenset({one.rule_a, one.rule_b}): one.id for one in ontology.conflicts}

    def of(self, links: Iterable[Exercise], verdict: Verdict | None) -> frozenset[Key]:
        """The keys of a sample of ``verdict`` with ``links``; what no longer exists is left out."""
        own = tuple(links)
        keys = {key for link in own for key in self._keys(link, verdict)}
        rules = sorted({link.element_id for link in own if link.kind == "rule"})
        if len(rules) > 1 and self._conflicts:
            pairs = (frozenset({one, other}) for place, one in enumerate(rules) for other in rules[place + 1 :])
            keys.update(("conflict", self._conflicts[pair], "") for pair in pairs if pair in self._conflicts)
        return frozenset(keys)

    def _keys(self, link: Exercise, verdict: Verdict | None) -> Iterator[Key]:
        if link.kind == "rule":
            rule = self._ontology.rule_by_id.get(link.element_id)
            if rule is None:
                return
            if verdict is not None:
                yield "rule", rule.id, verdict.value
            fields = proved_fields(link.how)
            if "exception" in fields and rule.exception:
                yield "exception", rule.id, ""
            for id_, decided in proved_tuples(rule, fields, verdict, self._t):
                yield "tuple", id_, decided
        elif link.kind == "concept" and link.element_id in self._ontology.concept_by_id:
            yield "concept", link.element_id, ""
        elif link.kind == "relation" and link.element_id in self._types:
            yield "relation", link.element_id, ""
            yield "relation_type", self._types[link.element_id], ""


def citation(ontology: Ontology, clause_id: str) -> str:
    """The number of a clause, empty when it has none."""
    clause = ontology.clause_by_id.get(clause_id)
    return clause.number if clause else ""


def _rule_targets(ontology: Ontology, region: Mapping[str, str]) -> Iterator[Target]:
    for rule in ontology.rules:
        label = f"{citation(ontology, rule.clause_id)} {rule.text}".strip()
        level = _level(ontology, rule.section_id)
        for verdict in Verdict:
            yield Target("rule", rule.id, verdict, label, region[rule.id], depth=level)


def _relation_targets(ontology: Ontology, of_concept: Mapping[str, str], steps: Mapping[str, int]) -> Iterator[Target]:
    label = {concept.id: concept.label for concept in ontology.concepts}
    for relation in ontology.relations:
        ends = [label.get(end, end) for end in (relation.source_id, relation.target_id)]
        where = of_concept.get(relation.source_id) or of_concept.get(relation.target_id, "")
        far = max(steps.get(relation.source_id, 0), steps.get(relation.target_id, 0))
        yield Target("relation", relation.id, None, f"{ends[0]} {relation.type} {ends[1]}", where, depth=far)
    for name in sorted({relation.type for relation in ontology.relations}):
        yield Target("relation_type", name, None, name)


def _conflict_targets(ontology: Ontology, region: Mapping[str, str]) -> Iterator[Target]:
    for one in ontology.conflicts:
        rules = [ontology.rule_by_id.get(id_) for id_ in (one.rule_a, one.rule_b)]
        cited = " / ".join(f"{citation(ontology, rule.clause_id)} {rule.text}".strip() for rule in rules if rule)
        level = max((_level(ontology, rule.section_id) for rule in rules if rule), default=0)
        yield Target("conflict", one.id, None, cited, region.get(one.rule_a, ""), depth=level)


def _tuple_targets(ontology: Ontology, region: Mapping[str, str], t: int) -> Iterator[Target]:
    found: dict[tuple[str, Verdict | None], Target] = {}
    for rule in ontology.rules if t else ():
        level = _level(ontology, rule.section_id)
        for id_, verdict in tuples_of(rule, t):
            found.setdefault((id_, verdict), Target("tuple", id_, verdict, id_, region[rule.id], depth=level))
    yield from found.values()


def _level(ontology: Ontology, section_id: str) -> int:
    section = ontology.section_by_id.get(section_id)
    return section.level if section else 0


def _neighbourhoods(ontology: Ontology, region: Mapping[str, str]) -> tuple[dict[str, str], dict[str, int]]:
    """Per concept its region and its steps from a concept that a rule mentions.

    The region is the one that mentions it most; for a concept that no rule mentions that of its nearest neighbour.
    """
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for link in ontology.rule_concepts:
        if link.rule_id in region:
            votes[link.concept_id][region[link.rule_id]] += 1
    found = {id_: max(counts, key=lambda name: counts[name]) for id_, counts in votes.items()}
    steps = dict.fromkeys(found, 0)
    frontier = sorted(found)
    while frontier:
        reached = []
        for id_ in frontier:
            for relation in ontology.relations_of_concept.get(id_, ()):
                for end in (relation.source_id, relation.target_id):
                    if end not in found:
                        found[end], steps[end] = found[id_], steps[id_] + 1
                        reached.append(end)
        frontier = reached
    return found, steps
