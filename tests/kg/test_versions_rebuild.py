"""A policy edited step by step ends where a full rebuild ends: the same records, the same graph."""

import copy
import dataclasses
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extraction.options import ExtractionOptions
from extraction.parses import RememberingAnalyser
from extraction.pipeline import read_documents, understand
from kg.cypher import Query
from kg.cypher_store import CypherStore
from kg.cypher_writer import Connection
from kg.model import Ontology
from kg.store import GraphStore
from kg.versions import Change, compare
from tests.weights import weights_folder

pytestmark = pytest.mark.model

SENTENCES = (
    "Employees must not accept a gift worth more than USD 100 unless the line manager has approved it in writing.",
    "Employees may accept meals if a business matter is discussed.",
    '"Gift" means anything of value, such as goods and vouchers.',
    "An employee who learns of a data breach must report it to the Ethics Office within 3 working days.",
    "Visitors need not register meals, as section 1.1 says.",
    "They must wear a badge and return it to the reception.",
    "Managers should not ask for medical details.",
    "The report must contain:\n\n- the date of the incident;\n- the name of the witness.",
    "The office opened in 1999.",
    "| Value | Line manager must approve |\n|---|---|\n| gifts | above USD 100 |",
)
ORIGINAL = (("Gifts", (0, 1, 2)), ("Incidents", (3, 7)), ("Visitors", (4, 5)), ("Managers", (6, 8, 9)))
NUMBERS = ("50", "100", "250")


class Edit(NamedTuple):
    """One change of the policy: what, where (taken modulo what is there), and with what."""

    kind: str
    section: int
    place: int
    value: int


EDITS = st.lists(
    st.builds(
        Edit,
        st.sampled_from(["insert", "delete", "modify", "section", "merge"]),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=3,
)
SCRIPTS = st.lists(EDITS, min_size=1, max_size=3)
"""A list of versions, each made of the one before by a few edits."""

Policy = list[tuple[str, list[str]]]


def original() -> Policy:
    return [(title, [SENTENCES[index] for index in listed]) for title, listed in ORIGINAL]


def edited(policy: Policy, edits: Sequence[Edit]) -> Policy:
    """The policy after some edits. A section that comes or goes renumbers those behind it."""
    found = [(title, list(clauses)) for title, clauses in policy]
    for edit in edits:
        at = edit.section % len(found)
        clauses = found[at][1]
        place = edit.place % len(clauses)
        if edit.kind == "insert":
            clauses.insert(place, SENTENCES[edit.value % len(SENTENCES)])
        elif edit.kind == "delete" and len(clauses) > 1:
            del clauses[place]
        elif edit.kind == "modify":
            number = NUMBERS[edit.value % len(NUMBERS)]
            clauses[place] = (
                clauses[place].replace("USD 100", f"USD {number}").replace("must", "should", edit.value % 2)
            )
        elif edit.kind == "section":
            found.insert(at, (f"Part {edit.value}", [SENTENCES[edit.value % len(SENTENCES)]]))
        elif edit.kind == "merge" and len(found) > 2:
            del found[at]
    return found


def written(policy: Policy, folder: Path) -> Path:
    """The policy as a Markdown file with numbered sections."""
    parts = [f"# {number} {title}\n\n" + "\n\n".join(clauses) for number, (title, clauses) in enumerate(policy, 1)]
    path = folder / "policy.md"
    path.write_text("# The Policy\n\nVersion 1.\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
    return path


OPTIONS = ExtractionOptions(words_per_rule=0)


@pytest.fixture(scope="module")
def loaded() -> RememberingAnalyser:
    """The model, loaded once; every analyser of a test shares it and has a memory of its own."""
    return RememberingAnalyser(weights_folder("spacy"))


def ingested(path: Path, loaded: RememberingAnalyser, memory: Path | None) -> tuple[Ontology, RememberingAnalyser]:
    """The ontology of ``path``, with the parses of ``memory`` or, as a full rebuild, with none."""
    analyser = copy.copy(loaded)
    analyser._docs = {}
    analyser._begin(memory)
    ontology, _, _ = read_documents([path], OPTIONS)
    found = understand(ontology, analyser).ontology
    analyser.keep()
    return found, analyser


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Iterator[GraphStore]:
    """Each server in turn."""
    with request.getfixturevalue(f"{request.param}_address").open() as opened:
        yield opened


@given(SCRIPTS)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_edits_end_as_a_full_rebuild(
    store: GraphStore, loaded: RememberingAnalyser, script: list[list[Edit]]
) -> None:
    """Insert, delete, modify and renumber: extraction with remembered parses, and the graph updated version by version,
    equal what the last version alone gives; each version but the last is in the history.
    """
    store.clear()
    policy, hashes = original(), list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for edits in [(), *script]:
            policy = edited(policy, edits)
            ontology, _ = ingested(written(policy, folder), loaded, folder / "parses")
            store.load(ontology)
            store.remove_stale(ontology)
            hashes.append(ontology.documents[0].sha256)
        rebuilt, _ = ingested(folder / "policy.md", loaded, None)
    assert ontology == rebuilt
    assert store.ontology() == rebuilt
    counts = store.counts()
    versions = [version.sha256 for version in store.history().documents]
    assert versions == [sha for place, sha in enumerate(hashes[:-1]) if sha != hashes[place + 1]]
    store.clear()
    store.load(rebuilt)
    assert store.ontology() == rebuilt
    assert store.counts() == counts
    assert store.history().documents == ()


def test_only_what_changed_is_parsed_and_written(
    embedded_store: GraphStore, loaded: RememberingAnalyser, tmp_path: Path
) -> None:
    """One changed limit: one clause is given to spaCy, and no statement writes a clause or rule that stayed."""
    policy = original()
    before, _ = ingested(written(policy, tmp_path), loaded, tmp_path / "parses")
    embedded_store.load(before)
    policy[0][1][0] = SENTENCES[0].replace("USD 100", "USD 50")
    after, analyser = ingested(written(policy, tmp_path), loaded, tmp_path / "parses")
    parsing = analyser.parsing(after.clauses)
    assert (parsing.clauses, parsing.clauses_parsed) == (len(after.clauses), 1)
    assert 0 < parsing.texts_parsed < parsing.texts / 2

    watched = Watched(embedded_store._connection)  # type: ignore[attr-defined]
    report = CypherStore(watched).load(after)
    stayed = {one.new.id for one in compare(before, after).clauses if one.change is Change.UNCHANGED and one.new}
    assert len(stayed) == len(after.clauses) - 1
    assert report.nodes["Clause"] == report.nodes["Rule"] == 1
    contents = {row["id"] for row in watched.rows("(n:Clause") if not row.get("changes", row).keys() <= PLACES}
    assert contents
    assert contents.isdisjoint(stayed)
    moved = len(watched.rows("(n:Clause")) - 1
    assert (report.moved.get("Clause", 0), report.unchanged["Clause"]) == (moved, len(stayed) - moved)

    again = Watched(embedded_store._connection)  # type: ignore[attr-defined]
    embedded_store.remove_stale(after)
    CypherStore(again).load(after)
    assert again.written == []


PLACES = {"start", "end", "page", "order", "ordinal"}


class Watched:
    """A connection that notes the rows of writing statements on the way to the server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.written: list[Query] = []

    def rows(self, pattern: str) -> list[dict[str, dict[str, object]]]:
        """The rows of the statements that hold ``pattern`` and upsert nodes."""
        found: list[dict[str, dict[str, object]]] = []
        for query in self.written:
            rows = query.parameters.get("rows", [])
            if pattern in query.text and isinstance(rows, list):
                found.extend(rows)
        return found

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        self.written.extend(queries)
        return self._connection.write(queries)

    def snapshot(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        return self._connection.snapshot(queries)

    def read(self, query: Query) -> list[dict[str, object]]:
        return self._connection.read(query)

    def ensure_fulltext(self) -> None:
        self._connection.ensure_fulltext()

    def close(self) -> None:
        self._connection.close()


def test_damaged_parses_are_made_anew(loaded: RememberingAnalyser, tmp_path: Path) -> None:
    """A file of parses that was cut, changed or emptied costs a parse and nothing else."""
    memory = tmp_path / "parses"
    whole, _ = ingested(written(original(), tmp_path), loaded, memory)
    (file,) = memory.iterdir()
    data = file.read_bytes()
    for damaged in (b"", data[:100], data[: len(data) // 2], b"x" * 50, data[:1] + data[:0:-1]):
        file.write_bytes(damaged)
        again, analyser = ingested(tmp_path / "policy.md", loaded, memory)
        assert again == whole
        assert analyser.parsing(again.clauses).texts_parsed > 0


def test_a_remembered_parse_is_the_parse(loaded: RememberingAnalyser, tmp_path: Path) -> None:
    """All that the grammar reads of a token survives on disk."""
    texts = [sentence for sentence in SENTENCES if "\n" not in sentence]
    first, second = copy.copy(loaded), copy.copy(loaded)
    for analyser in (first, second):
        analyser._docs = {}
        analyser._begin(tmp_path)
        analyser.analyse(texts)
        analyser.keep()
        if analyser is first:
            second._begin(tmp_path)
    assert dataclasses.astuple(second.parsing(())) == (0, 0, len(texts), 0)
    names = ("text_with_ws", "tag_", "pos_", "dep_", "lemma_", "norm_", "is_sent_start", "like_num", "i", "idx")
    for text in texts:
        one, other = first.doc(text), second.doc(text)
        assert [[getattr(t, n) for n in names] for t in one] == [[getattr(t, n) for n in names] for t in other]
        assert [(t.head.i, str(t.morph)) for t in one] == [(t.head.i, str(t.morph)) for t in other]
        assert [(c.start, c.end) for c in one.noun_chunks] == [(c.start, c.end) for c in other.noun_chunks]
