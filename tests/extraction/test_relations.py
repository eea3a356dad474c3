"""Relations: typed, sourced, and of the rule's own polarity."""

from dataclasses import replace
from pathlib import Path

import pytest

from extraction import ExtractionOptions, ingest
from extraction.concepts import extract_concepts
from extraction.nlp import Analyser
from extraction.relations import RELATION_TYPES, extract_relations
from extraction.rules import extract_rules
from kg.model import Concept, Ontology, Relation
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


@pytest.mark.model
def test_the_example_has_a_source_for_every_node_and_edge(parser: Path) -> None:
    """Each concept and relation of the ingested example points to words of a clause, weighed and with a polarity."""
    ontology = ingest([Path("examples/meridian/code.md")], ExtractionOptions(model=str(parser))).ontology
    assert len(ontology.concepts) > 300
    assert len(ontology.relations) > 500
    elements: tuple[Concept | Relation, ...] = (*ontology.concepts, *ontology.relations)
    for element in elements:
        assert element.provenance
        assert 0.0 < element.weight <= 1.0
        for source in element.provenance:
            clause = ontology.clause_by_id[source.ref]
            assert source.span is not None
            words = ontology.document_by_id[clause.document_id].text[source.span.start : source.span.end]
            assert words.strip()
            assert clause.span.start <= source.span.start
            assert source.span.end <= clause.span.end
    assert all(relation.polarity == (-1 if relation.type.endswith("Not") else 1) for relation in deontic(ontology))
    assert {relation.type for relation in ontology.relations} >= {"Must", "MustNot", "May", "ActsOn", "IsA"}


def deontic(ontology: Ontology) -> list[Relation]:
    """The relations that say who may, must or must not."""
    return [relation for relation in ontology.relations if relation.type.startswith(("Must", "May", "Need", "Should"))]


def test_an_unnamed_duty_binds_nobody_in_a_law(analyser: Analyser) -> None:
    """In a text that binds many, a rule without an actor gives no deontic edge."""
    base = policy(
        "The controller shall keep a record.\nThe processor shall keep a log.\nThe Commission shall keep a list.\n"
        "Data shall be erased.\n"
    )
    edges = _edges(whole(base, analyser))
    assert ("controller", "Must", "keep record", 1) in edges
    assert not [edge for edge in edges if edge[1] == "Must" and edge[2] == "erase data"]


def test_recipients_hang_on_their_own_verb(analyser: Analyser) -> None:
    """As in "report it to the Ethics Office"; "provide staff with training" tells nothing to the training."""
    text = "Managers must provide the staff with training.\nEmployees must report the loss to the Security Team.\n"
    edges = _edges(whole(policy(text), analyser))
    assert ("report loss", "DirectedTo", "Security Team", 1) in edges
    assert not [edge for edge in edges if edge[1] == "DirectedTo" and edge[2] == "training"]


def test_a_definition_by_several_nouns_names_what_falls_under_it(analyser: Analyser) -> None:
    """A term that means a meal or a trip is the broader one."""
    edges = _edges(whole(policy('"Hospitality" means a meal, a trip or a concert.\n'), analyser))
    assert ("meal", "IsA", "hospitality", 1) in edges


def whole(base: Ontology, analyser: Analyser) -> Ontology:
    """The ontology of a text: rules, concepts, relations."""
    base = replace(base, rules=extract_rules(base, analyser)[0])
    concepts, links = extract_concepts(base, analyser)
    base = replace(base, concepts=concepts, rule_concepts=links)
    return replace(base, relations=extract_relations(base, analyser))


@pytest.mark.parametrize(
    ("text", "untrue"),
    [
        ("Employees must not work while they are ill.\nEmployees may use the gym.", ("employee", "MustNot", "work")),
        ("Employees must not remove a guard or an alarm.", ("remove guard", "ActsOn", "alarm")),
        ("A meal must not exceed the allowance.\nEmployees may use the gym.", ("meal", "MustNot", "exceed allowance")),
        (
            "You may sell a licence.\nThe user must pay the fee.\nPrices may be changed.",
            ("user", "May", "change price"),
        ),
        (
            "Employees may accept a gift if the giver of the voucher is known.",
            ("accept gift", "HasCondition", "voucher"),
        ),
        ("Staff may hire a former official.\nStaff must greet an official.", ("former official", "IsA", "official")),
    ],
)
def test_what_is_not_said_is_no_relation(analyser: Analyser, text: str, untrue: tuple[str, str, str]) -> None:
    """A bare verb, a second object, a thing that cannot act, a guess at the actor and a modifier give no edge."""
    edges = _edges(whole(policy(f"{text}\n"), analyser))
    assert edges
    assert untrue not in {edge[:3] for edge in edges}


def test_a_condition_turns_on_what_it_speaks_of(analyser: Analyser) -> None:
    """Subject and object of the condition."""
    text = "Employees may accept a gift if the manager has seen the invoice.\nThe manager must file the invoice.\n"
    found = {edge[2] for edge in _edges(whole(policy(text), analyser)) if edge[1] == "HasCondition"}
    assert {"manager", "invoice"} <= found
