"""Every statement as text and parameters, without a server."""

import re

import pytest

from kg import cypher, cypher_questions, schema
from kg.cypher import Edge, Query
from kg.graph import RULE_CONCEPT
from tests.graph_servers import HOSTILE

ANSWERS = (
    cypher_questions.search_concepts("gift"),
    cypher_questions.neighbourhood("con:1", 3, 10),
    cypher_questions.rules_of_concept("con:1"),
    cypher_questions.rules_of_section("sec:1"),
    cypher_questions.rule_gaps(),
    cypher_questions.concept_gaps(),
    cypher_questions.relation_gaps(),
    cypher.read_nodes("Rule"),
    cypher.read_edges(schema.RELATION_TYPES, "Concept", "Concept"),
    cypher.read_exercises(["s"]),
    cypher.edge_keys_of(RULE_CONCEPT, ["r"]),
    cypher.count_nodes(),
    cypher.count_edges(),
    cypher.node_ids("Rule"),
    cypher.edge_keys(RULE_CONCEPT),
)


@pytest.mark.parametrize("query", ANSWERS, ids=lambda query: str(query.text)[:40])
def test_questions_only_read(query: Query) -> None:
    """No statement that answers a question holds a writing clause, and its parameters are all used."""
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|LOAD)\b", query.text)
    assert set(re.findall(r"\$(\w+)", query.text)) == set(query.parameters)


def test_each_label_has_a_key() -> None:
    """One uniqueness constraint per label."""
    texts = [query.text for query in cypher.constraints()]
    assert len(texts) == len(schema.LABELS)
    assert all("IF NOT EXISTS" in text and "REQUIRE n.id IS UNIQUE" in text for text in texts)


def test_an_upsert_merges_by_key_and_passes_rows_as_parameters() -> None:
    """Values are nowhere in the text."""
    rows = [{"id": text, "label": text} for text in HOSTILE]
    query = cypher.upsert_nodes("Concept", rows)
    assert query == Query("UNWIND $rows AS row MERGE (n:Concept {id: row.id}) SET n = row", {"rows": rows})
    edges = cypher.upsert_edges(RULE_CONCEPT, [{"source": "r", "target": "c", "properties": {"role": HOSTILE[0]}}])
    assert "MERGE (a)-[x:MENTIONS {role: row.properties.role}]->(b)" in edges.text
    assert HOSTILE[0] not in edges.text


@pytest.mark.parametrize("name", ["Evil", "Concept {id: 1}) DETACH DELETE n //", "`", "", "IS_A|STATES"])
def test_unknown_names_never_enter_a_statement(name: str) -> None:
    """A label or type that is not in the schema is refused."""
    with pytest.raises(ValueError, match="schema"):
        cypher.upsert_nodes(name, [])
    with pytest.raises(ValueError, match="schema"):
        cypher.upsert_edges(Edge(name, "Rule", "Concept"), [])
    with pytest.raises(ValueError, match="schema"):
        cypher.read_edges((name,), "Rule", "Concept")
    with pytest.raises(ValueError, match="schema"):
        cypher.relationship_constraint(name)
    with pytest.raises(ValueError, match="schema"):
        cypher.clear(name)


@pytest.mark.parametrize(("depth", "steps"), [(-3, None), (1, None), (2, "*0..1"), (4, "*0..3"), (999, "*0..3")])
def test_depth_and_limit_are_clamped(depth: int, steps: str | None) -> None:
    """Neither can make a query without bounds."""
    text = cypher_questions.neighbourhood("c", depth, 10**9).text
    assert ("*" in text) == (steps is not None)
    assert steps is None or steps in text
    assert text.endswith("LIMIT 10000")


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("Gift", "gift gift*"),
        ("conflict of interest", "conflict of interest interest*"),
        ("foo( AND bar) OR -x~2", "foo and bar or x 2 2*"),
        ("label:gift^9", "label gift 9 9*"),
        ("?!", "nothing_matches_this"),
        ("", "nothing_matches_this"),
    ],
)
def test_search_takes_operators_as_words(text: str, search: str) -> None:
    """Lucene's syntax in a user's text has no effect."""
    assert cypher_questions.fulltext_search(text) == search
