"""docs/ontology.md agrees with the code, and each of its queries answers what it says, on both servers."""

import dataclasses
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import schema
from kg.cypher import Query
from kg.graph import ONTOLOGY_EDGES, RUN_PROBE, SAMPLE_EDGES
from kg.model import (
    Clause,
    Concept,
    Conflict,
    Document,
    Exercise,
    Judgement,
    Modality,
    Ontology,
    Relation,
    Rule,
    RuleConcept,
    Sample,
    Section,
    Span,
    Threshold,
    Verdict,
)
from kg.rows import encode
from kg.store import GraphStore
from tests.graph_servers import Address
from tests.kg.gift_policy import POLICY, sample

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "ontology.md").read_text(encoding="utf-8")
QUERIES = {
    int(number): (title, body, query)
    for number, title, body, query in re.findall(
        r"^### (\d+)\. (.+?)\n(.*?)```cypher\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL
    )
}
PARAMETERS: dict[int, dict[str, object]] = {1: {"party": "employee"}, 2: {"thing": "gift"}, 7: {"words": "register"}}


def policy() -> Ontology:
    """The gift policy with an approval, a threshold, a conflict, an exception and a clause without a rule."""
    extra = Rule(
        "r5", "c1.1", "s1", "d", Modality.PERMISSION, "employee", "accept", "watch", "", "", "manager",
        "An employee may accept a watch of up to USD 50 if the manager approves.", Span(60, 90, 3), "f1.1",
        (Threshold("<=", 50.0, "USD", "up to USD 50"),), ("c1.2",),
    )  # fmt: skip
    return dataclasses.replace(
        POLICY,
        documents=(dataclasses.replace(POLICY.documents[0], version="2.0"),),
        rules=(*POLICY.rules, extra),
        concepts=(*POLICY.concepts, Concept("k:manager", "manager", "party")),
        relations=(
            *POLICY.relations,
            Relation("m", "k:employee", "MustNot", "k:accept", rule_ids=("r1",)),
            Relation("n", "k:employee", "May", "k:accept", rule_ids=("r5",)),
        ),
        rule_concepts=(
            *POLICY.rule_concepts,
            RuleConcept("r5", "k:watch", "object"),
            RuleConcept("r5", "k:manager", "authority"),
        ),
        conflicts=(
            Conflict("x1", "r1", "r5", "opposition", "one forbids what the other allows", "r5"),
            Conflict("x2", "r4", "r3", "exception", "it lifts the prohibition", "r4"),
        ),
    )


EXPECTED: dict[int, list[dict[str, object]]] = {
    1: [{"duty": "MAY", "act": "accept", "clause": "1.1"}, {"duty": "MUST_NOT", "act": "accept", "clause": "1.1"}],
    2: [{"clause": "1.1", "concept": "watch"}, {"clause": "1.1", "concept": "gift"}],
    3: [{"clause": "1.1", "modality": "permission"}],
    4: [{"authority": "manager", "rules": 1, "clauses": ["1.1"]}],
    5: [{"clause": "1.1", "against": "1.1", "prevails": "1.1", "why": "one forbids what the other allows"}],
    6: [{"clause": "2.1", "exception": "", "excepted": [POLICY.rules[3].text]}],
    7: [{"document": "Code", "version": "2.0", "clause": "1.2", "page": 0, "start": 0, "end": 1}],
    8: [{"section": "Gifts and hospitality", "clause": "1.3", "kind": "paragraph"}],
    9: [{"clause": "1.2", "modality": "obligation"}, {"clause": "2.1", "modality": "prohibition"}],
    10: [{"run": "run-1", "section": "1", "cases": 2, "wrong": 1}, {"run": "run-1", "section": "2", "wrong": 0}],
}


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    """Each server in turn, with the policy, a sample and an audit in it."""
    address = request.getfixturevalue(f"{request.param}_address")
    assert isinstance(address, Address)
    with address.open() as opened:
        opened.clear()
        opened.load(policy())
        opened.load_samples([sample("May I take it?", rules=("r1",))], [Exercise("x", "rule", "r1", "words", 1.0)])
        opened.load_verdicts(
            Judgement("run-1", f"p{place}", "aligned", "?", Verdict.PERMITTED, given, region)
            for place, (given, region) in enumerate(
                [(Verdict.PERMITTED, "s1"), (Verdict.PROHIBITED, "s1"), (Verdict.PERMITTED, "s2")]
            )
        )
        yield opened
        opened.clear()


def test_there_are_ten_questions() -> None:
    """Numbered, each with its query and an answer that is expected here; every parameter is named in the text."""
    assert list(QUERIES) == list(range(1, 11)) == list(EXPECTED)
    for number, (_, body, query) in QUERIES.items():
        wanted = set(re.findall(r"\$(\w+)", query))
        assert wanted == PARAMETERS.get(number, {}).keys()
        assert set(re.findall(r"--param (\w+)=", body)) == wanted


@pytest.mark.parametrize("number", QUERIES)
def test_the_query_answers(store: GraphStore, number: int) -> None:
    """The rows are those that the policy calls for, in the order that the query asks for."""
    rows = store.read(Query(QUERIES[number][2], PARAMETERS.get(number, {})))
    assert len(rows) == len(EXPECTED[number]), rows
    if number == 2:
        rows.sort(key=lambda row: str(row["concept"]), reverse=True)
    for row, expected in zip(rows, EXPECTED[number], strict=True):
        assert {name: row[name] for name in expected} == expected


def test_every_label_and_property_stands_in_its_table() -> None:
    """A label or a field that the page does not know fails here."""
    rows = {}
    for line in TEXT.split("## Nodes")[1].split("## Relationships")[0].splitlines():
        if line.startswith("| `"):
            cells = line.split("|")
            for label in re.findall(r"`(\w+)`", cells[1]):
                rows[label] = set(re.findall(r"`(\w+)`", cells[2]))
    assert set(rows) == {*schema.LABELS, *schema.HISTORY_LABELS}
    for record in (Document, Section, Clause, Rule, Concept, Sample):
        fields = {item.name for item in dataclasses.fields(record)} - {"id"}
        if "span" in fields:
            fields = fields - {"span"} | {"start", "end", "page"}
        assert rows[record.__name__] == fields


def test_every_relationship_stands_in_its_table() -> None:
    """With the labels that it joins."""
    table = TEXT.split("## Relationships")[1].split("## Standards")[0]
    lines = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    written = {
        (source, name, target)
        for cells in lines
        for name in re.findall(r"`(\w+)`", cells[1])
        for source in re.findall(r"`(\w+)`", cells[2])
        for target in re.findall(r"`(\w+)`", cells[3])
    }
    edges = [*ONTOLOGY_EDGES, *SAMPLE_EDGES, RUN_PROBE]
    wanted = {(edge.source, edge.type, edge.target) for edge in edges if edge.type not in schema.RELATION_TYPES}
    assert wanted <= written
    assert {name for _, name, _ in written} == {name for _, name, _ in wanted} | set(schema.HISTORY_RELATIONSHIPS)
    for name in re.findall(r"`([A-Z]+(?:_[A-Z]+)*)`", table):
        assert name in {*schema.RELATIONSHIPS, *schema.HISTORY_RELATIONSHIPS}, name
    conflict = next(cells for cells in lines if "CONFLICTS_WITH" in cells[1])
    assert set(re.findall(r"`(\w+)`", conflict[4])) == encode(policy().conflicts[0]).keys()


def test_the_picture_is_current() -> None:
    """The committed drawing is what the script draws of the schema."""
    made = runpy.run_path(str(DOCS / "images" / "draw_schema.py"))
    assert made["svg"]() == (DOCS / "images" / "schema.svg").read_text(encoding="utf-8")
