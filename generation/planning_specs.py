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
        self._types = {relation.id: relation.type for relation in ontology.relations}
        self._known: dict[str, frozenset[Key]] = {}

    def keys(self, text: str) -> frozenset[Key]:
        if text not in self._known:
            found, joined = self._reader.read(text)
            self._known[text] = frozenset(
                [("concept", id_, "") for id_ in found]
                + [("relation", id_, "") for id_ in joined]
                + [("relation_type", self._types[id_], "") for id_ in joined]
            )
        return self._known[text]


def _cases(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for rule in ontology.rules:
        said = texts.keys(rule.text)
        for verdict in Verdict:
            own = {("rule", rule.id, verdict.value), *_tuples(rule, PLAIN, verdict, t)}
            yield Spec(SCENARIO, rule.id, verdict, said | own)


def _exceptions(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for rule in ontology.rules:
        if rule.exception:
            own = {("exception", rule.id, ""), *_tuples(rule, frozenset(FIELDS), None, t)}
            yield Spec("exception", rule.id, None, texts.keys(rule.text) | own)


def _conflicts(ontology: Ontology, texts: _Texts, t: int) -> Iterator[Spec]:
    for one in ontology.conflicts:
        rules = [ontology.rule_by_id[id_] for id_ in (one.rule_a, one.rule_b) if id_ in ontology.rule_by_id]
        said = frozenset().union(*(texts.keys(rule.text) for rule in rules))
        own = {("conflict", one.id, ""), *(key for rule in rules for key in _tuples(rule, PLAIN, None, t))}
        yield Spec("conflict", one.id, None, said | own)


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
        said = frozenset().union(*(texts.keys(rule.text) for rule in told))
        own = {key for rule in told for key in _tuples(rule, PLAIN, None, t)}
        for start in range(0, max(len(around), 1), NAMED):
            named = texts.keys(f"{concept.label} is connected with {', '.join(around[start : start + NAMED])}.")
            yield Spec("topic", concept.id, None, named | said | own)


def _tuples(rule: Rule, fields: AbstractSet[str], verdict: Verdict | None, t: int) -> Iterator[Key]:
    for id_, decided in proved_tuples(rule, fields, verdict, t):
        yield "tuple", id_, decided


def elements_of_specs(found: Sequence[Spec]) -> list[frozenset[Key]]:
    """The elements of each spec, as the planner takes them."""
    return [spec.elements for spec in found]
