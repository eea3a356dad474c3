"""What a record must meet before it may be stored."""

import math
from dataclasses import replace

import pytest

from kg import schema
from kg.graph import edge_rows, node_rows
from kg.model import Concept, Exercise, Ontology, Provenance, Relation, Span
from kg.rows import decode, encode
from tests.graph_servers import hostile_ontology, small_ontology

CONCEPT = Concept("con:1", "gift", "thing")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IsA", "IS_A"),
        ("/r/IsA", "IS_A"),
        ("is_a", "IS_A"),
        ("is a", "IS_A"),
        ("must not", "MUST_NOT"),
        ("HasFirstSubevent", "HAS_FIRST_SUBEVENT"),
        ("sponsors", "RELATES"),
        ("STATES", "RELATES"),
        ("IS_A]->() DETACH DELETE n //", "RELATES"),
        ("", "RELATES"),
        ("`", "RELATES"),
    ],
)
def test_relation_types_come_from_the_list_alone(name: str, expected: str) -> None:
    """Whatever a relation is called, its type is one of the schema's."""
    assert schema.relation_type(name) == expected


def test_a_good_ontology_has_no_violations() -> None:
    """Neither does one full of hostile texts: texts are data."""
    assert schema.validate_ontology(small_ontology()) == ()
    assert schema.validate_ontology(hostile_ontology()) == ()
    assert schema.validate_ontology(Ontology()) == ()


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (replace(CONCEPT, id=""), "id is empty"),
        (replace(CONCEPT, label=""), "label is empty"),
        (replace(CONCEPT, weight=1.5), "not within 0 and 1"),
        (replace(CONCEPT, weight=math.nan), "not a finite number"),
        (replace(CONCEPT, definition="\ud800"), "surrogate"),
        (replace(CONCEPT, aliases=("ok", "\udfff")), "surrogate"),
        (replace(CONCEPT, provenance=(Provenance("clause", "c", "\ud800"),)), "surrogate"),
        (Relation("r", "a", "IsA", "b", polarity=0), "polarity"),
        (Relation("r", "a", "", "b"), "type is empty"),
        (Relation("r", "a", "IsA", "b", weight=math.inf), "not a finite number"),
        (replace(small_ontology().rules[0], span=Span(5, 4)), "is not a range"),
        (Exercise("s", "clause", "c", "span", 1.0), "not one of rule, concept, relation"),
        ("text", "is not a record"),
    ],
)
def test_violations_say_what_is_wrong(record: object, words: str) -> None:
    """Each rule that is broken gives one sentence."""
    assert any(words in violation for violation in schema.validate(record))


def test_dangling_references_and_doubles_are_found() -> None:
    """An ontology is also checked as a whole."""
    ontology = small_ontology()
    assert "there is no rule" in " ".join(schema.validate_ontology(replace(ontology, rules=())))
    assert "2 times" in " ".join(
        schema.validate_ontology(replace(ontology, rules=(*ontology.rules, ontology.rules[0])))
    )


def test_every_record_survives_its_property_map() -> None:
    """Decode undoes encode, and every value is one that both servers can hold."""
    ontology = hostile_ontology()
    for records in (ontology.documents, ontology.sections, ontology.clauses, ontology.rules, ontology.concepts):
        for record in records:
            row = encode(record)
            assert decode(type(record), row) == record
            for value in row.values():
                assert all(
                    isinstance(item, str | int | float | bool)
                    for item in (value if isinstance(value, list) else [value])
                )


def test_rows_name_only_what_the_schema_knows() -> None:
    """Labels and types of all rows are from the fixed lists, whatever the relations are called."""
    ontology = hostile_ontology()
    assert {part.label for part in node_rows(ontology)} <= set(schema.LABELS)
    assert {part.edge.type for part in edge_rows(ontology)} <= set(schema.RELATIONSHIPS)
