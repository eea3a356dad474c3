"""Relations: typed, sourced, and of the rule's own polarity."""

from dataclasses import replace

import pytest

from extraction.concepts import extract_concepts
from extraction.nlp import Analyser
from extraction.relations import RELATION_TYPES, extract_relations
from extraction.rules import extract_rules
from kg.model import Ontology
from tests.extraction.policy_text import policy


@pytest.fixture(scope="module")
def ontology(analyser: Analyser) -> Ontology:
    base = policy()
    base = replace(base, rules=extract_rules(base, analyser)[0])
    concepts, links = extract_concepts(base, analyser)
    base = replace(base, concepts=concepts, rule_concepts=links)
    return replace(base, relations=extract_relations(base, analyser))


def _edges(ontology: Ontology) -> set[tuple[str, str, str, int]]:
    label = {concept.id: concept.label for concept in ontology.concepts}
    return {(label[r.source_id], r.type, label[r.target_id], r.polarity) for r in ontology.relations}


def test_types_are_from_the_table(ontology: Ontology) -> None:
    """Only listed types occur, both ends are known, and every relation has a source."""
    assert {relation.type for relation in ontology.relations} <= set(RELATION_TYPES)
    for relation in ontology.relations:
        assert relation.source_id in ontology.concept_by_id
        assert relation.target_id in ontology.concept_by_id
        assert relation.provenance


def test_deontic_relations_keep_polarity(ontology: Ontology) -> None:
    """What is forbidden, discouraged or waived has polarity -1; what is allowed +1."""
    edges = _edges(ontology)
    assert ("employee", "MustNot", "accept gift", -1) in edges
    assert ("employee", "May", "accept meal", 1) in edges
    assert ("visitor", "NeedNot", "register meal", -1) in edges
    assert not [edge for edge in edges if edge[1].endswith("Not") and edge[3] == 1]


def test_rule_relations_name_their_rules(ontology: Ontology) -> None:
    """An edge read from a rule names the rule."""
    known = set(ontology.rule_by_id)
    deontic = [r for r in ontology.relations if r.type in {"Must", "MustNot", "May", "Should", "ActsOn"}]
    assert deontic
    assert all(relation.rule_ids and set(relation.rule_ids) <= known for relation in deontic)


def test_acts_authorities_and_recipients(ontology: Ontology) -> None:
    """Acts have objects, approvers and addressees."""
    edges = _edges(ontology)
    assert ("accept gift", "ActsOn", "gift", 1) in edges
    assert ("accept gift", "HasAuthority", "line manager", 1) in edges
    assert any(kind == "DirectedTo" and target == "Ethics Office" for _, kind, target, _ in edges)


def test_a_head_noun_is_the_broader_term(analyser: Analyser) -> None:
    """A customer gift is a gift."""
    base = policy("Employees must not accept a customer gift.\nEmployees may return a gift.\n")
    base = replace(base, rules=extract_rules(base, analyser)[0])
    concepts, links = extract_concepts(base, analyser)
    base = replace(base, concepts=concepts, rule_concepts=links)
    assert ("customer gift", "IsA", "gift", 1) in _edges(replace(base, relations=extract_relations(base, analyser)))
