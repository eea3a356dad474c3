"""What could be written about an ontology, before a word of it is: the candidates of a prediction.

A spec names a form and what it is about. Its elements are what such a sample will exercise: a case quotes its rule, so
what the rule's sentence mentions occurs in it; a paragraph on a concept names its neighbours. The forms are those
of the writers, so a prediction holds as far as these write what they are asked for (docs/coverage.md gives the error
that was measured).

Elements are numbers here (:attr:`Specs.keys` gives their keys): a set of a hundred thousand keys asks four places of memory
for the hash of each, and a planner that outgrows the processor's cache is slower per element the more there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, islice

from generation.options import SCENARIO
from kg.coverage import Key
from kg.coverage_fields import FIELDS
from kg.coverage_links import Reader
from kg.coverage_tuples import proved_tuples
from kg.model import Ontology, Rule, Verdict

NAMED = 6
"""How many neighbours a paragraph on a concept names."""
PLAIN = frozenset({"actor", "action", "object", "condition"})
ALL = frozenset(FIELDS)


@dataclass(frozen=True, slots=True)
class Spec:
    """One sample to write: its form, the rule, concept or conflict that it is about, and what it will exercise."""

    form: str
    about: str
    verdict: Verdict | None
    elements: frozenset[int]


@dataclass(frozen=True, slots=True)
class Specs:
    """What could be written. ``keys`` are the keys of the elements 0, 1, ... that the specs name by number."""

    all: tuple[Spec, ...]
    keys: tuple[Key, ...]

    def keys_of(self, elements: Iterable[int]) -> frozenset[Key]:
        """The keys of elements."""
        return frozenset(self.keys[one] for one in elements)


def specs(ontology: Ontology, t: int = 2) -> Specs:
    """Every spec, in the order of the ontology: cases by rule and verdict, exceptions, conflicts, paragraphs."""
    reader = _Texts(ontology)
    found = (
        *_cases(ontology, reader, t),
        *_exceptions(ontology, reader, t),
        *_conflicts(ontology, reader, t),
        *_paragraphs(ontology, reader, t),
    )
    return Specs(found, tuple(reader.number))


class _Texts:
    """Concept and relation keys of a text by number, read once per text."""

    def __init__(self, ontology: Ontology) -> None:
        self._reader = Reader(ontology)
        self.number: dict[Key, int] = {}
        self.concept = {one.id: self.element("concept", one.id) for one in ontology.concepts}
        self._edges: dict[int, dict[int, list[int]]] = {}
        """Source -> target -> what a sentence exercises that names both; a loop is left out, one mention cannot prove it."""
        for one in ontology.relations:
            own = self.element("relation", one.id), self.element("relation_type", one.type)
            source, target = self.concept.get(one.source_id, -1), self.concept.get(one.target_id, -1)
            if source != target:
                self._edges.setdefault(source, {}).setdefault(target, []).extend(own)
        self._known: dict[str, frozenset[int]] = {}
        self._named: dict[str, list[int]] = {}
        self._relation = {
            one.id: (self.number["relation", one.id, ""], self.number["relation_type", one.type, ""])
            for one in ontology.relations
        }
        self._proved: dict[tuple[str, AbstractSet[str], Verdict | None], frozenset[int]] = {}

    def element(self, kind: str, id_: str, verdict: str = "") -> int:
        """The number of an element."""
        return self.number.setdefault((kind, id_, verdict), len(self.number))

    def keys(self, text: str) -> frozenset[int]:
        """What ``text`` exercises."""
        if text not in self._known:
            found, joined = self._reader.read(text)
            elements = {self.concept[id_] for id_ in found}
            elements.update(chain.from_iterable(self._relation[id_] for id_ in joined))
            self._known[text] = frozenset(elements)
        return self._known[text]

    def naming(self, names: Sequence[str]) -> set[int]:
        """What a sentence that names all of ``names`` exercises; each name is read once, however often it is named."""
        for name in names:
            if name not in self._named:
                self._named[name] = [self.concept[id_] for id_ in self._reader.read(name)[0]]
        found = {one for name in names for one in self._named[name]}
        elements = set(found)
        for source in found & self._edges.keys():
            ends = self._edges[source]
            for target in found & ends.keys():
                elements.update(ends[target])
        return elements

    def tuples(self, rule: Rule, fields: AbstractSet[str], verdict: Verdict | None, t: int) -> frozenset[int]:
        """The tuples that a text about ``fields`` of ``rule`` exercises; asked once per rule, whatever names it."""
        place = rule.id, fields, verdict
        if place not in self._proved:
            found = proved_tuples(rule, fields, verdict, t)
            self._proved[place] = frozenset(self.element("tuple", id_, decided) for id_, decided in found)
        return self._proved[place]


def _cases(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for rule in ontology.rules:
        said = texts.keys(rule.text)
        for verdict in Verdict:
            own = texts.tuples(rule, PLAIN, verdict, t)
            yield Spec(SCENARIO, rule.id, verdict, said.union(own, (texts.element("rule", rule.id, verdict.value),)))


def _exceptions(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for rule in ontology.rules:
        if rule.exception:
            own = texts.tuples(rule, ALL, None, t)
            yield Spec(
                "exception", rule.id, None, texts.keys(rule.text).union(own, (texts.element("exception", rule.id),))
            )


def _conflicts(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for one in ontology.conflicts:
        rules = [ontology.rule_by_id[id_] for id_ in (one.rule_a, one.rule_b) if id_ in ontology.rule_by_id]
        said = (part for rule in rules for part in (texts.keys(rule.text), texts.tuples(rule, PLAIN, None, t)))
        yield Spec("conflict", one.id, None, frozenset((texts.element("conflict", one.id),)).union(*said))


def _paragraphs(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    """As many paragraphs on a concept as its neighbours need; the first says what two of its rules say."""
    labels = [concept.label for concept in ontology.concepts]
    around: list[dict[int, None]] = [{} for _ in labels]
    place = {concept.id: number for number, concept in enumerate(ontology.concepts)}
    for relation in ontology.relations:
        source, target = place.get(relation.source_id), place.get(relation.target_id)
        if source is not None and target is not None and source != target:
            around[source][target] = around[target][source] = None
    rules: dict[str, dict[str, Rule]] = {}
    for link in ontology.rule_concepts:
        if rule := ontology.rule_by_id.get(link.rule_id):
            rules.setdefault(link.concept_id, {})[rule.id] = rule
    for concept, near in zip(ontology.concepts, around, strict=True):
        told = islice(rules.get(concept.id, {}).values(), 2)
        parts = (part for rule in told for part in (texts.keys(rule.text), texts.tuples(rule, PLAIN, None, t)))
        said = set[int]().union(*parts)
        named = [labels[other] for other in near]
        for start in range(0, max(len(named), 1), NAMED):
            elements = texts.naming([concept.label, *named[start : start + NAMED]])
            elements |= said
            yield Spec("topic", concept.id, None, frozenset(elements))
