"""What a graph store promises of earlier versions: kept, linked, and in nobody's way. On every adapter."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kg import cypher_questions
from kg.cypher import Query
from kg.model import Exercise, Ontology, Sample
from kg.store import GraphStore
from kg.versions_history import History
from tests.graph_servers import small_ontology
from tests.kg.test_versions import BREACH, GIFT, MEAL, PEN, policy

FIRST = policy(("1", GIFT), ("2", MEAL), ("3", BREACH), version="1")
SECOND = policy(
    ("1", GIFT.replace("100", "50")), ("2", PEN), ("3", MEAL), version="2", effective_from="2026-03-01"
)  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def opened(request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    """Each server in turn."""
    with request.getfixturevalue(f"{request.param}_address").open() as store:
        yield store


@pytest.fixture
def store(opened: GraphStore) -> GraphStore:
    """An empty store."""
    opened.clear()
    return opened


def hold(store: GraphStore, ontology: Ontology) -> None:
    """Let the graph hold ``ontology`` and nothing else, as an ingestion does."""
    store.load(ontology)
    store.remove_stale(ontology)


def test_a_load_of_what_is_there_writes_nothing(store: GraphStore) -> None:
    """All rows are unchanged the second time, and the report says so."""
    ontology = small_ontology()
    first = store.load(ontology)
    second = store.load(ontology)
    assert second.counts == second.moved == {}
    assert second.unchanged == first.counts


def test_an_inserted_clause_moves_no_other_ordinal(store: GraphStore) -> None:
    """Rows behind an insertion keep their ordinal: only what the document itself says of their place is written."""
    hold(store, FIRST)
    more = policy(("1", GIFT), ("2", PEN), ("3", MEAL), ("4", BREACH), version="1")
    report = store.load(replace(more, documents=FIRST.documents))
    assert report.nodes["Clause"] == 3  # the new one, and two with another number
    ordinals = "MATCH (c:Clause) RETURN c.number AS number ORDER BY c.ordinal"
    assert [row["number"] for row in store.read(Query(ordinals, {}))] == ["1", "2", "3", "4"]
    assert store.ontology().clauses == more.clauses


def test_a_new_version_keeps_the_old_one(store: GraphStore) -> None:
    """Old wordings are reached over SUPERSEDES, with the version they stood in; the policy in force is untouched."""
    hold(store, FIRST)
    assert store.history() == History()
    hold(store, SECOND)
    history = store.history()
    assert [(v.version, v.effective_to, v.successor) for v in history.documents] == [
        ("1", "2026-03-01", SECOND.documents[0].id)
    ]
    kept = {past.record.text: past.change for past in history.clauses}
    assert kept == {GIFT: "changed", MEAL: "renumbered", BREACH: "removed"}
    text = (
        "MATCH (c:Clause)-[:SUPERSEDES]->(p:PastClause)-[:IN_VERSION]->(v:DocumentVersion)<-[:SUPERSEDES]-(d:Document) "
        "RETURN c.text AS now, p.text AS then, v.version AS version, d.version AS current ORDER BY p.number"
    )
    assert store.read(Query(text, {})) == [
        {"now": SECOND.clauses[0].text, "then": GIFT, "version": "1", "current": "2"},
        {"now": MEAL, "then": MEAL, "version": "1", "current": "2"},
    ]
    rules = "MATCH (r:Rule)-[:SUPERSEDES]->(p:PastRule) RETURN count(*) AS total"
    assert store.read(Query(rules, {})) == [{"total": 2}]


def test_history_disturbs_nothing(store: GraphStore) -> None:
    """Counts, gaps of coverage, search and the ontology itself are those of a graph that never knew the old version."""
    hold(store, FIRST)
    hold(store, SECOND)
    questions = (
        cypher_questions.rule_gaps(),
        cypher_questions.concept_gaps(),
        cypher_questions.relation_gaps(),
        cypher_questions.rules_of_section("sec:code.md"),
    )

    def answers() -> list[list[dict[str, object]]]:
        rows = [store.read(question) for question in questions]
        return [[{name: value for name, value in row.items() if name != "ordinal"} for row in one] for one in rows]

    with_past = (store.ontology(), store.counts(), answers())
    store.clear()
    assert store.history() == History()
    hold(store, SECOND)
    assert (store.ontology(), store.counts(), answers()) == with_past
    assert store.history() == History()


def test_a_third_version_continues_the_chain(store: GraphStore) -> None:
    """From the clause in force one path leads through all earlier wordings."""
    third = policy(("1", GIFT.replace("100", "25")), version="3")
    for version in (FIRST, SECOND, third):
        hold(store, version)
    text = "MATCH (:Clause {number: '1'})-[:SUPERSEDES*1..5]->(p:PastClause) RETURN p.text AS text"
    assert {row["text"] for row in store.read(Query(text, {}))} == {GIFT, SECOND.clauses[0].text}
    assert [version.number for version in store.history().documents] == [1, 2]


class StoppedError(Exception):
    """A load that was broken off."""


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_broken_off_load_loses_no_history(store: GraphStore, share: float) -> None:
    """The old version is put away before anything is overwritten; the repeated load ends as an unbroken one."""

    def progress(stage: str, done: int, total: int) -> None:
        if done > share * total:
            raise StoppedError

    hold(store, FIRST)
    with pytest.raises(StoppedError):
        store.load(SECOND, progress)
    hold(store, SECOND)
    broken = (store.history(), store.ontology(), store.counts())
    store.clear()
    hold(store, FIRST)
    hold(store, SECOND)
    assert (store.history(), store.ontology(), store.counts()) == broken


def test_a_withdrawn_document_is_kept_as_history(store: GraphStore) -> None:
    """What is no longer in the policy leaves the graph of the policy; its words stay."""
    hold(store, FIRST)
    other = policy(("1", PEN), name="other.md")
    hold(store, other)
    assert store.ontology() == other
    assert [(version.title, version.successor) for version in store.history().documents] == [("Code", "")]
    assert [past.record for past in store.history().clauses] == list(FIRST.clauses)


def test_samples_of_rules_that_went_lose_their_link(store: GraphStore) -> None:
    """The ledger never speaks of a rule of the past."""
    hold(store, FIRST)
    made = Sample("s:1", "scenario", "test", "f", "May I?", "", None, (FIRST.rules[0].id,), ())
    store.load_samples([made], [Exercise("s:1", "rule", FIRST.rules[0].id, "span", 1.0)])
    hold(store, SECOND)
    assert store.exercises() == ()
    assert store.samples() == (made,)
