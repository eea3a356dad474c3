"""What a graph store promises, on every adapter of ``kg.store.ADAPTERS``."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg.bolt
import kg.embedded
from kg import cypher, cypher_questions
from kg.cypher import Query
from kg.errors import ConstraintViolation, ReadOnlyError, StoreError, UserError
from kg.graph import RULE_CONCEPT
from kg.model import Exercise, Judgement, Message, Ontology, RuleConcept, Sample, Split, Verdict
from kg.store import ADAPTERS, GraphStore
from tests.graph_servers import HOSTILE, Address, hostile_ontology, sized_ontology, small_ontology

STORES = {"embedded": [], "neo4j": [pytest.mark.neo4j]}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=[pytest.param(name, marks=marks) for name, marks in STORES.items()])
def address(request: pytest.FixtureRequest) -> Address:
    """Each server in turn."""
    found = request.getfixturevalue(f"{request.param}_address")
    assert isinstance(found, Address)
    return found


@pytest.fixture(scope="module")
def opened(address: Address) -> Iterator[GraphStore]:
    with address.open() as store:
        yield store


@pytest.fixture
def store(opened: GraphStore) -> GraphStore:
    """An empty store."""
    opened.clear()
    return opened


def test_every_adapter_is_under_contract() -> None:
    """A store that is not in this suite cannot be opened by name either."""
    assert set(STORES) == set(ADAPTERS)


def test_an_empty_ontology_is_no_trouble(store: GraphStore) -> None:
    """Loading nothing writes nothing and reads back as nothing."""
    report = store.load(Ontology())
    assert report.counts == {}
    assert store.ontology() == Ontology()
    assert set(store.counts().values()) == {0}


def test_an_ontology_comes_back_as_it_went_in(store: GraphStore) -> None:
    """Records, their order, spans, thresholds and sources survive the graph."""
    ontology = small_ontology()
    report = store.load(ontology)
    assert store.ontology() == ontology
    assert report.nodes["Concept"] == 12
    assert report.relationships["CONFLICTS_WITH"] == 1


def test_loading_twice_changes_nothing(store: GraphStore) -> None:
    """An upsert is idempotent: same nodes, same relationships, same values."""
    ontology = small_ontology()
    store.load(ontology)
    once = store.counts()
    store.load(ontology)
    store.bootstrap()
    assert store.counts() == once
    assert store.ontology() == ontology


def test_counts_name_labels_and_types(store: GraphStore) -> None:
    """Every label is counted, also at zero, and every relationship type that is there."""
    store.load(small_ontology())
    counts = store.counts()
    assert counts["Document"] == 1
    assert counts["Section"] == 8
    assert counts["Clause"] == counts["Rule"] == counts["STATES"] == counts["HAS_CLAUSE"] == 10
    assert counts["MENTIONS"] == 20
    assert counts["SUPERSEDES"] == 1
    assert counts["Sample"] == 0
    assert sum(counts.get(name, 0) for name in ("IS_A", "USED_FOR", "MUST", "AT_LOCATION", "RELATES")) == 15


def test_a_changed_record_replaces_the_old_one(store: GraphStore) -> None:
    """A field that became empty does not keep its old value."""
    ontology = small_ontology()
    store.load(ontology)
    concepts = (replace(ontology.concepts[0], label="renamed", aliases=(), provenance=()), *ontology.concepts[1:])
    changed = replace(ontology, concepts=concepts)
    store.load(changed)
    assert store.ontology() == changed


def test_texts_are_data(store: GraphStore) -> None:
    """Quotes, backticks, comments, control characters and other scripts neither harm nor change."""
    ontology = hostile_ontology()
    store.load(ontology)
    assert store.ontology() == ontology
    samples = tuple(_sample(f"s:{text}", question=text) for text in HOSTILE)
    store.load_samples(samples, [Exercise("s:", "concept", ontology.concepts[0].id, HOSTILE[0], 1.0)])
    assert store.samples() == samples
    for text in HOSTILE:
        store.read(cypher_questions.search_concepts(text))
        store.read(cypher_questions.neighbourhood(text))
        assert store.verdicts(text) == ()
    assert store.ontology() == ontology


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    labels=st.lists(TEXTS.filter(bool), min_size=2, max_size=5),
    numbers=st.lists(st.floats(0, 1), min_size=5, max_size=5),
    roles=st.lists(TEXTS, max_size=4, unique=True),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_texts_and_numbers_come_back(
    opened: GraphStore, labels: list[str], numbers: list[float], roles: list[str]
) -> None:
    """Whatever a record may hold is read back equal."""
    base = small_ontology()
    concepts = tuple(
        replace(concept, label=label, aliases=tuple(labels), weight=weight, definition=label)
        for concept, label, weight in zip(base.concepts, labels, numbers, strict=False)
    )
    ontology = Ontology(
        base.documents,
        base.sections,
        base.clauses,
        base.rules,
        concepts,
        rule_concepts=tuple(RuleConcept("rule:cl:1", concepts[0].id, role) for role in roles),
    )
    opened.clear()
    opened.load(ontology)
    assert opened.ontology() == ontology


def test_a_long_document_fits(store: GraphStore) -> None:
    """A document of two million characters is stored whole."""
    ontology = small_ontology()
    document = replace(ontology.documents[0], text="Ünï " * 500_000)
    store.load(replace(ontology, documents=(document,)))
    assert store.ontology().documents == (document,)


def test_an_id_used_twice_is_refused_before_anything_is_written(store: GraphStore) -> None:
    """Two records of one id are an error with their id, and the graph stays as it was."""
    ontology = small_ontology()
    twice = replace(ontology, concepts=(*ontology.concepts, ontology.concepts[0]))
    with pytest.raises(ConstraintViolation, match="con:0 is there 2 times"):
        store.load(twice)
    assert store.ontology() == Ontology()


def test_a_record_that_refers_to_nothing_is_refused(store: GraphStore) -> None:
    """No relationship is lost in silence because one of its ends is not there."""
    ontology = small_ontology()
    with pytest.raises(ConstraintViolation, match="there is no concept"):
        store.load(replace(ontology, concepts=ontology.concepts[:1]))
    assert store.counts()["Document"] == 0


def test_the_server_itself_keeps_keys_unique(store: GraphStore) -> None:
    """A second node with the same id is refused by the constraint, whoever writes it."""
    connection = store._connection  # type: ignore[attr-defined]
    for label in ("Concept", "Rule", "Sample", "Probe"):
        with pytest.raises(ConstraintViolation):
            connection.write([Query(f"CREATE (:{label} {{id: 'a'}}) CREATE (:{label} {{id: 'a'}})", {})])
    assert set(store.counts().values()) == {0}


WRITES = (
    "CREATE (n:Concept {id: 'evil'})",
    "MERGE (n:Concept {id: 'evil'})",
    "MATCH (n:Concept) SET n.label = 'evil'",
    "MATCH (n:Concept) REMOVE n.label",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Concept) FOREACH (i IN [1] | SET n.label = 'evil')",
    "MATCH (n:Concept) CALL (n) { SET n.label = 'evil' } RETURN n.id",
    "CREATE CONSTRAINT evil IF NOT EXISTS FOR (n:Evil) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX evil IF NOT EXISTS FOR (n:Concept) ON (n.kind)",
    "DROP CONSTRAINT concept_id",
    "PROFILE CREATE (n:Concept {id: 'evil'})",
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line",
    "/* a comment */ LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line",
    "PROFILE LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line",
    "MATCH (n:Concept) WITH n LIMIT 1 CALL (n) { LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line } RETURN line",
)


@pytest.mark.parametrize("statement", WRITES)
def test_reading_never_writes(store: GraphStore, statement: str) -> None:
    """The read-only door refuses every kind of write and every way to a file, and nothing is changed."""
    ontology = small_ontology()
    store.load(ontology)
    with pytest.raises(ReadOnlyError) as refusal:
        store.read(Query(statement, {}))
    assert refusal.value.exit_code == 2
    assert refusal.value.hint
    assert store.ontology() == ontology


def test_reading_gives_plain_values(store: GraphStore) -> None:
    """Nodes, relationships, paths and times come as mappings, lists and texts that JSON can hold."""
    store.load(small_ontology())
    text = (
        "MATCH p = (c:Clause {id: $id})-[x:STATES]->(r:Rule) "
        "RETURN c AS node, x AS edge, p AS path, date('2026-01-31') AS day, duration('P1D') AS span, [1, {a: 2.5}] AS list"
    )
    (row,) = store.read(Query(text, {"id": "cl:1"}))
    assert json.loads(json.dumps(row)) == row
    assert isinstance(row["node"], dict)
    assert row["node"]["_labels"] == ["Clause"]
    assert row["node"]["number"] == "2.1"
    assert row["edge"] == {"_type": "STATES"}
    assert row["day"] == "2026-01-31"
    assert row["list"] == [1, {"a": 2.5}]


@pytest.mark.parametrize(
    "statement", ["MATCHH (n)", "RETURN nope(1)", "MATCH (n) RETURN m", "MATCH (n {id: $absent}) RETURN n"]
)
def test_a_wrong_query_is_the_users_mistake(store: GraphStore, statement: str) -> None:
    """Bad Cypher ends with exit code 2 and a hint."""
    with pytest.raises(StoreError) as mistake:
        store.read(Query(statement, {}))
    assert isinstance(mistake.value, UserError)
    assert mistake.value.exit_code == 2
    assert mistake.value.hint


@pytest.fixture
def expendable(address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GraphStore]:
    """A store that may be left with a query in it. Neo4j ends that query; ArcadeDB would go on with it and keep a
    processor busy for the rest of the run, so there the server is this test's own and is ended by force.
    """
    if address.uri is not None:
        with address.open() as shared:
            yield shared
        return
    own = Address(None, workspace=tmp_path)
    with own.open() as store:
        yield store
        monkeypatch.setattr(kg.embedded, "STOP_TIMEOUT_S", 0.5)
        assert kg.embedded.stop(tmp_path / "graph")


def test_a_query_without_end_is_ended(expendable: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of a query that takes longer than the limit is told so, and not left waiting."""
    monkeypatch.setattr(kg.bolt, "READ_TIMEOUT_S", 1.0)
    text = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b < 0 RETURN count(*) AS n"
    with pytest.raises(StoreError, match=r"too long"):
        expendable.read(Query(text, {}))


def test_a_flood_of_rows_is_refused(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than memory should hold are an error that says LIMIT."""
    monkeypatch.setattr(kg.bolt, "MAX_ROWS", 1_000)
    with pytest.raises(StoreError, match=r"more than 1,000 rows") as flood:
        store.read(Query("UNWIND range(1, 1000000) AS a RETURN a", {}))
    assert "LIMIT" in flood.value.hint
    assert len(store.read(Query("UNWIND range(1, 1000) AS a RETURN a", {}))) == 1_000


def _sample(key: str, **fields: object) -> Sample:
    sample = Sample(
        id=key, kind="scenario", writer="test", family="f", question="May I?", answer="Prohibited. Clause 1.1.",
        verdict=Verdict.PROHIBITED, rule_ids=("rule:cl:0",), clause_ids=("cl:0",),
        messages=(Message("user", "May I?"), Message("assistant", "Prohibited.")), split=Split.VALIDATION,
    )  # fmt: skip
    return replace(sample, **fields)  # type: ignore[arg-type]


def test_samples_and_what_they_exercise_come_back(store: GraphStore) -> None:
    """The coverage ledger is read back equal, for rules, concepts and relations."""
    ontology = small_ontology()
    store.load(ontology)
    samples = (_sample("s:2"), _sample("s:1", verdict=None, messages=()))
    exercises = (
        Exercise("s:2", "rule", "rule:cl:3", "construction", 1.0),
        Exercise("s:2", "relation", ontology.relations[4].id, "span", 0.5),
        Exercise("s:1", "concept", "con:3", "lemma", 0.75),
        Exercise("s:1", "concept", "con:3", "synonym", 0.25),
    )
    report = store.load_samples(samples, exercises)
    assert report.counts == {"Sample": 2, "EXERCISES": 3, "EXERCISES_RELATION": 1}
    assert store.samples() == samples
    assert store.exercises() == exercises
    fewer = exercises[:1]
    store.load_samples(samples, fewer)
    assert store.exercises() == fewer
    assert store.remove_stale_samples(samples[:1]) == 1
    assert store.samples() == samples[:1]
    assert store.ontology() == ontology


@pytest.mark.parametrize("kind", ["rule", "concept", "relation"])
def test_an_exercise_of_nothing_is_refused(store: GraphStore, kind: str) -> None:
    """A ledger entry for an element that is not in the graph is an error, never dropped."""
    store.load(small_ontology())
    with pytest.raises(ConstraintViolation, match="nowhere"):
        store.load_samples([_sample("s:1")], [Exercise("s:1", kind, "nowhere", "span", 1.0)])


def test_verdicts_of_an_audit_come_back(store: GraphStore) -> None:
    """Runs, probes and answers of both models are kept by run."""
    rows = tuple(
        Judgement(run, probe, model, "May I?", Verdict.PERMITTED, given, "sec:1", ("cl:1",), "Permitted.")
        for run in ("run:1", "run:2")
        for probe in ("p:1", "p:2")
        for model, given in (("aligned", Verdict.PERMITTED), ("unaligned", None))
    )
    store.load_verdicts(rows)
    store.load_verdicts(rows)
    assert store.verdicts("run:2") == rows[4:]
    assert store.counts() | {"Run": 2, "Probe": 2, "JUDGED": 8} == store.counts()


def test_what_is_no_longer_there_is_removed(store: GraphStore) -> None:
    """After remove_stale the graph equals a fresh load of what is kept."""
    whole = sized_ontology(clauses=20, concepts=30, relations=40)
    kept = small_ontology()
    store.load(kept)
    fresh = store.counts()
    store.load(whole)
    store.load(kept)
    assert store.remove_stale(kept) > 0
    assert store.remove_stale(kept) == 0
    assert store.ontology() == kept
    assert store.counts() == fresh


def test_the_graph_answers_an_analyst(store: GraphStore) -> None:
    """Search, neighbourhood, rules and coverage gaps, through the read-only door."""
    ontology = small_ontology()
    store.load(ontology)
    assert store.read(cypher_questions.search_concepts("thing 1"))[0]["id"] == "con:1"
    assert {row["id"] for row in store.read(cypher_questions.search_concepts("obj"))} == {
        c.id for c in ontology.concepts
    }
    assert store.read(cypher_questions.search_concepts("?!")) == []
    near = store.read(cypher_questions.neighbourhood("con:1"))
    assert {row["id"] for row in near} == {rel.id for rel in ontology.relations_of_concept["con:1"]}
    assert len(store.read(cypher_questions.neighbourhood("con:1", depth=3))) >= len(near)
    assert len(store.read(cypher_questions.neighbourhood("con:1", depth=3, limit=2))) == 2
    assert [row["id"] for row in store.read(cypher_questions.rules_of_section("sec:1"))] == ["rule:cl:1", "rule:cl:9"]
    assert [row["role"] for row in store.read(cypher_questions.rules_of_concept("con:5"))] == ["object", "object"]
    store.load_samples([_sample("s:1")], [Exercise("s:1", "rule", "rule:cl:0", "span", 1.0)])
    gaps = {(row["id"], row["verdict"]) for row in store.read(cypher_questions.rule_gaps())}
    assert len(gaps) == 29
    assert ("rule:cl:0", "prohibited") not in gaps
    assert len(store.read(cypher_questions.concept_gaps())) == 12
    assert len(store.read(cypher_questions.relation_gaps())) == 15


def test_two_writers_at_once_write_one_graph(address: Address, store: GraphStore) -> None:
    """Deadlocks and conflicts between two loads are retried, and no relationship is doubled."""
    ontology = sized_ontology(clauses=120, concepts=200, relations=600)
    failures: list[BaseException] = []
    barrier = threading.Barrier(3)

    def load() -> None:
        try:
            with address.open() as other:
                barrier.wait(timeout=60)
                for _ in range(2):
                    other.load(ontology)
        except BaseException as error:  # noqa: BLE001  (the thread's edge)
            failures.append(error)

    threads = [threading.Thread(target=load) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.ontology() == ontology
    counts = store.counts()
    assert (counts["STATES"], counts["MENTIONS"], counts["HAS_SECTION"]) == (120, 240, 8)


def test_a_doubled_relationship_is_made_single(store: GraphStore) -> None:
    """Where two writers made one relationship twice, one of the two stays, with its properties."""
    ontology = small_ontology()
    store.load(ontology)
    counts = store.counts()
    connection = store._connection  # type: ignore[attr-defined]
    doubled = "MATCH (a:Rule)-[x:MENTIONS]->(b:Concept) CREATE (a)-[y:MENTIONS]->(b) SET y = properties(x)"
    connection.write([Query(doubled, {})])
    assert store.counts()["MENTIONS"] == 2 * counts["MENTIONS"]
    connection.write([cypher.single_edges(RULE_CONCEPT, [rule.id for rule in ontology.rules])])
    assert store.counts() == counts
    assert store.ontology() == ontology


CHILD = """
import json, os, signal, sys
from pathlib import Path
from tests.graph_servers import Address, sized_ontology
arguments = json.loads(sys.stdin.read())
address = Address(arguments["uri"], arguments["user"], arguments["password"], Path(arguments["workspace"]))
def progress(stage, done, total):
    if arguments["kill_after"] and done > arguments["kill_after"] * total:
        os.kill(os.getpid(), signal.SIGKILL)
with address.open() as store:
    if arguments["kill_after"]:
        store.load(sized_ontology(clauses=200, concepts=300, relations=500), progress)
    print(json.dumps(store.counts()))
"""


def _child(address: Address, kill_after: float) -> subprocess.CompletedProcess[str]:
    arguments = {
        "uri": address.uri, "user": address.user, "password": address.password, "workspace": str(address.workspace),
        "kill_after": kill_after,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", CHILD], input=json.dumps(arguments), capture_output=True, text=True, check=False,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_another_process_sees_the_same_graph(address: Address, store: GraphStore) -> None:
    """A second process opens the same server while this one uses it."""
    store.load(small_ontology())
    done = _child(address, kill_after=0.0)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == store.counts()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_load_killed_in_the_middle_can_be_repeated(address: Address, store: GraphStore, share: float) -> None:
    """After kill -9 of the loading process the same load gives the same graph."""
    killed = _child(address, kill_after=share)
    assert killed.returncode == -9, killed.stderr
    ontology = sized_ontology(clauses=200, concepts=300, relations=500)
    assert sum(store.counts().values()) > 0
    store.load(ontology)
    assert store.ontology() == ontology
    counts = store.counts()
    assert (counts["Clause"], counts["MENTIONS"], counts["STATES"]) == (200, 400, 200)


def test_progress_ends_at_the_total(store: GraphStore) -> None:
    """A load reports every row it wrote."""
    seen: list[tuple[str, int, int]] = []
    store.load(small_ontology(), lambda *step: seen.append(step))
    assert seen[-1][1] == seen[-1][2] > 50


def test_closing_twice_is_harmless(address: Address) -> None:
    """close() may be called again, and the next one to open the store reads as before."""
    store = address.open()
    counts = store.counts()
    store.close()
    store.close()
    with address.open() as again:
        assert again.counts() == counts
