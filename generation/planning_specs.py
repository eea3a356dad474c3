"""What could be written about an ontology, before a word of it is: the candidates of a prediction.

A spec names a form and what it is about. Its elements are what such a sample will exercise: a case quotes its rule, so
what the rule's sentence mentions occurs in it; a paragraph on a concept names its neighbours. The forms are those
of the writers, so a prediction holds as far as these write what they are asked for (docs/coverage.md gives the error
that was measured).
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

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
    elements: frozenset[Key]


def specs(ontology: Ontology, t: int = 2) -> tuple[Spec, ...]:
    """Every spec, in the order of the ontology: cases by rule and verdict, exceptions, conflicts, paragraphs."""
    reader = _Texts(ontology)
    return (
        *_cases(ontology, reader, t),
        *_exceptions(ontology, reader, t),
        *_conflicts(ontology, reader, t),
        *_paragraphs(ontology, reader, t),
    )


class _Texts:
    """Concept and relation keys of a text, read once per text."""

    def __init__(self, ontology: Ontology) -> None:
        self._reader = Reader(ontology)
        # One key per element, however many texts name it: a hundred thousand equal ones would not fit into any cache.
        self._concept: dict[str, Key] = {one.id: ("concept", one.id, "") for one in ontology.concepts}
        self._relation: dict[str, Key] = {one.id: ("relation", one.id, "") for one in ontology.relations}
        types: dict[str, Key] = {one.type: ("relation_type", one.type, "") for one in ontology.relations}
        self._type: dict[str, Key] = {one.id: types[one.type] for one in ontology.relations}
        self._known: dict[str, frozenset[Key]] = {}
        self._named: dict[str, list[str]] = {}
        self._proved: dict[tuple[str, AbstractSet[str], Verdict | None], frozenset[Key]] = {}

    def keys(self, text: str) -> frozenset[Key]:
        """What ``text`` exercises."""
        if text not in self._known:
            self._known[text] = self._keys(*self._reader.read(text))
        return self._known[text]

    def naming(self, names: Sequence[str]) -> frozenset[Key]:
        """What a sentence that names all of ``names`` exercises; each name is read once, however often it is named."""
        for name in names:
            if name not in self._named:
                self._named[name] = self._reader.read(name)[0]
        found = list(dict.fromkeys(id_ for name in names for id_ in self._named[name]))
        return self._keys(found, list(dict.fromkeys(self._reader.joined(found))))

    def _keys(self, found: Sequence[str], joined: Sequence[str]) -> frozenset[Key]:
        return frozenset(
            [self._concept[id_] for id_ in found]
            + [self._relation[id_] for id_ in joined]
            + [self._type[id_] for id_ in joined]
        )

    def tuples(self, rule: Rule, fields: AbstractSet[str], verdict: Verdict | None, t: int) -> frozenset[Key]:
        """The tuples that a text about ``fields`` of ``rule`` exercises; asked once per rule, whatever names it."""
        place = rule.id, fields, verdict
        if place not in self._proved:
            found = proved_tuples(rule, fields, verdict, t)
            self._proved[place] = frozenset(("tuple", id_, decided) for id_, decided in found)
        return self._proved[place]


def _cases(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for rule in ontology.rules:
        said = texts.keys(rule.text)
        for verdict in Verdict:
            own = texts.tuples(rule, PLAIN, verdict, t)
            yield Spec(SCENARIO, rule.id, verdict, said.union(own, (("rule", rule.id, verdict.value),)))


def _exceptions(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for rule in ontology.rules:
        if rule.exception:
            own = texts.tuples(rule, ALL, None, t)
            yield Spec("exception", rule.id, None, texts.keys(rule.text).union(own, (("exception", rule.id, ""),)))


def _conflicts(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for one in ontology.conflicts:
        rules = [ontology.rule_by_id[id_] for id_ in (one.rule_a, one.rule_b) if id_ in ontology.rule_by_id]
        said = (part for rule in rules for part in (texts.keys(rule.text), texts.tuples(rule, PLAIN, None, t)))
        yield Spec("conflict", one.id, None, frozenset((("conflict", one.id, ""),)).union(*said))


def _paragraphs(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    """As many paragraphs on a concept as its neighbours need; the first says what two of its rules say."""
    label = {concept.id: concept.label for concept in ontology.concepts}
    rules: dict[str, list[Rule]] = {}
    for link in ontology.rule_concepts:
        if rule := ontology.rule_by_id.get(link.rule_id):
            rules.setdefault(link.concept_id, []).append(rule)
    for concept in ontology.concepts:
        ends = [
            relation.target_id if relation.source_id == concept.id else relation.source_id
            for relation in ontology.relations_of_concept.get(concept.id, ())
        ]
        around = [label[end] for end in dict.fromkeys(ends) if end in label and end != concept.id]
        told = list(dict.fromkeys(rules.get(concept.id, ())))[:2]
        parts = (part for rule in told for part in (texts.keys(rule.text), texts.tuples(rule, PLAIN, None, t)))
        said = frozenset[Key]().union(*parts)
        for start in range(0, max(len(around), 1), NAMED):
            named = texts.naming([concept.label, *around[start : start + NAMED]])
            yield Spec("topic", concept.id, None, named | said)


def elements_of_specs(found: Sequence[Spec]) -> list[frozenset[Key]]:
    """The elements of each spec, as the planner takes them."""
    return [spec.elements for spec in found]
