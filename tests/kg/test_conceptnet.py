"""ConceptNet: the reader, the index, and what comes into an ontology."""

import dataclasses
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.conceptnet import (
    RELATIONS,
    Assertion,
    ConceptNetIndex,
    ConceptNetOptions,
    Tally,
    algebra,
    build_index,
    enrich,
    read_assertions,
    term_of,
)
from kg.errors import PlumblineError, UserError
from kg.model import Rejected
from tests.kg.gift_policy import POLICY, concept

DATA = Path(__file__).parents[2] / "../shared/data/conceptnet"
CONFORMANCE = DATA / "conceptnet5-official-reference-assertions-allversions.csv.gz"
real = pytest.mark.skipif(not CONFORMANCE.exists(), reason="the extracts of ../shared/data/conceptnet are not here")


def row(relation: str, start: str, end: str, weight: float = 2.0, **info: object) -> str:
    """One line of the official format; terms without a slash are English."""
    ends = [term if "/" in term else f"/c/en/{term}" for term in (start, end)]
    uri = f"/a/[/r/{relation}/,{ends[0]}/,{ends[1]}/]"
    values = {"license": "cc:by/4.0", "dataset": "/d/test", "weight": weight, **info}
    return "\t".join((uri, f"/r/{relation}", *ends, json.dumps(values)))


ROWS = (
    row("IsA", "bracelet", "gift", 3.0),
    row("IsA", "/c/en/gift/n", "transfer", 1.0),
    row("UsedFor", "gift", "celebrate_birthday"),
    row("NotDesires", "employee", "bribe", 1.5),
    row("Synonym", "employee", "staff_member", 2.5, sources=[{"contributor": "/s/x"}]),
    row("RelatedTo", "gift", "x1"),
    row("IsA", "cheap_gift", "gift", 0.2),
    row("Synonym", "gift", "/c/fr/cadeau"),
    row("ExternalURL", "gift", "http://dbpedia.org/resource/Gift"),
    row("Causes", "/c/en/accept/v", "receive"),
    row("RelatedTo", "/c/en/accept/n", "nonsense"),
)


def write(path: Path, rows: Sequence[str]) -> Path:
    data = "".join(f"{line}\n" for line in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture
def index(tmp_path: Path) -> ConceptNetIndex:
    build_index([write(tmp_path / "rows.csv", ROWS)], tmp_path / "index.duckdb")
    return ConceptNetIndex.open(tmp_path / "index.duckdb")


def test_all_relations_of_5_7_have_their_algebra() -> None:
    """Fifty relations; symmetry, transitivity and negation as ConceptNet defines them."""
    older = {"NotIsA", "NotHasA", "NotMadeOf", "NotCauses"}
    assert len([one for one in RELATIONS.values() if one.canonical == one.name and one.name not in older]) == 50
    assert algebra("/r/Synonym").symmetric
    assert algebra("/r/PartOf").transitive
    assert not algebra("/r/UsedFor").symmetric
    assert algebra("/r/Desires").negative == "NotDesires"
    assert algebra("/r/NotDesires").polarity == -1
    assert algebra("/r/InheritsFrom").canonical == "IsA"
    assert algebra("/r/Newer").canonical == "Newer"


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz", "rows.txt.gz"])
def test_plain_and_packed_files_read_the_same(tmp_path: Path, name: str) -> None:
    """The first bytes, not the name, tell whether a file is packed."""
    found = list(read_assertions(write(tmp_path / name, ROWS), ()))
    assert len(found) == len(ROWS)
    first = found[0]
    assert isinstance(first, Assertion)
    assert (first.relation, first.start, first.end, first.weight) == ("/r/IsA", "/c/en/bracelet", "/c/en/gift", 3.0)
    assert (first.licence, first.dataset) == ("cc:by/4.0", "/d/test")
    synonym = found[4]
    assert isinstance(synonym, Assertion)
    assert json.loads(synonym.sources) == [{"contributor": "/s/x"}]


def test_the_language_filter_keeps_edges_inside_the_languages(tmp_path: Path) -> None:
    """A translation goes, a web address stays; with both languages the translation comes."""
    path = write(tmp_path / "rows.csv", ROWS)
    english = [found.end for found in read_assertions(path) if isinstance(found, Assertion)]
    assert "/c/fr/cadeau" not in english
    assert "http://dbpedia.org/resource/Gift" in english
    both = [found.end for found in read_assertions(path, ("en", "fr")) if isinstance(found, Assertion)]
    assert "/c/fr/cadeau" in both


BAD = ("one column", "a\tb\tc\td\te", row("IsA", "a", "b").replace('"weight": 2.0', '"weight": "heavy"'),
       row("IsA", "a", "b")[:-1], "\t".join(row("IsA", "a", "b").split("\t")[:4]), row("IsA", "a", "b", float("inf")),
       row("IsA", "a", "/x/en/b"))  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_a_malformed_line_is_rejected_with_its_number(tmp_path: Path, bad: str) -> None:
    """The rest goes on, in the reader and in the index alike."""
    lines = [row("IsA", f"a{place}", "b") for place in range(200)]
    lines[6] = bad
    path = write(tmp_path / "rows.csv.gz", lines)
    found = list(read_assertions(path, ()))
    rejected = [one for one in found if isinstance(one, Rejected)]
    assert [one.place for one in rejected] == ["line 7"]
    report = build_index([path], tmp_path / "index.duckdb", languages=())
    assert (report.lines, report.assertions, report.rejected) == (200, 199, 1)
    assert report.first_rejected == tuple(rejected)


def test_bytes_that_are_no_text_are_rejected(tmp_path: Path) -> None:
    """One line in another encoding does not stop the file."""
    lines = [row("IsA", f"a{place}", "b").encode() for place in range(200)]
    lines[3] = lines[3].replace(b"a3", b"\xff\xfe")
    path = tmp_path / "rows.csv"
    path.write_bytes(b"\n".join(lines))
    rejected = [one for one in read_assertions(path) if isinstance(one, Rejected)]
    assert [(one.place, one.reason) for one in rejected] == [("line 4", "not UTF-8")]
    assert build_index([path], tmp_path / "index.duckdb").rejected == 1


def test_more_than_one_percent_malformed_is_an_error(tmp_path: Path) -> None:
    """The error lists the first bad lines; no index is left behind."""
    lines = [row("IsA", f"a{place}", "b") for place in range(100)]
    lines[1] = lines[2] = "broken"
    path = write(tmp_path / "rows.csv", lines)
    with pytest.raises(PlumblineError, match=r"2 of 100 lines .*line 2: 1 columns instead of 5; line 3"):
        list(read_assertions(path))
    with pytest.raises(PlumblineError):
        build_index([path], tmp_path / "index.duckdb")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["rows.csv"]


def test_missing_and_damaged_files_name_the_cure(tmp_path: Path) -> None:
    """A missing file is the user's mistake, a cut one a failure."""
    with pytest.raises(UserError):
        list(read_assertions(tmp_path / "nothing.csv"))
    whole = write(tmp_path / "rows.csv.gz", ROWS * 50).read_bytes()
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PlumblineError, match="middle"):
        list(read_assertions(cut))
    cut.write_bytes(whole[:40] + b"damage" + whole[46:])
    with pytest.raises(PlumblineError):
        list(read_assertions(cut))


def test_gzip_members_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Concatenated gzip files are one file."""
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(b"".join(gzip.compress(f"{line}\n".encode()) for line in ROWS))
    assert len(list(read_assertions(path, ()))) == len(ROWS)


def test_a_reader_that_is_left_early_ends_its_thread(tmp_path: Path) -> None:
    """Closing the iterator stops the unpacking."""
    reader = read_assertions(write(tmp_path / "rows.csv.gz", ROWS * 10_000))
    next(reader)
    reader.close()  # type: ignore[attr-defined]


def test_neighbours_are_heaviest_first_and_follow_senses(index: ConceptNetIndex) -> None:
    """A bare term gives all senses, a sense only itself."""
    assert [found.weight for found in index.neighbours("/c/en/gift", 2)] == [3.0, 2.0]
    assert [found.end for found in index.neighbours("/c/en/gift/n", 9)] == ["/c/en/transfer"]
    assert index.neighbours("/c/en/nothing") == ()
    assert index.has("/c/en/bracelet")
    assert not index.has("/c/fr/cadeau")
    assert set(index.neighbours_many(["/c/en/gift", "/c/en/nothing"])) == {"/c/en/gift"}
    assert index.terms("/c/en/ch") == ("/c/en/cheap_gift",)
    assert len(list(index)) == 10
    assert term_of("/c/en/gift/n/wn/possession") == "/c/en/gift"


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    """Missing and foreign files name the command that builds an index."""
    for path in (tmp_path / "nothing", write(tmp_path / "rows.csv", ROWS)):
        with pytest.raises(UserError) as caught:
            ConceptNetIndex.open(path)
        assert "plumbline conceptnet import" in caught.value.hint


def test_enrichment_imports_the_neighbourhood_with_its_sources(index: ConceptNetIndex) -> None:
    """Policy concepts are linked, neighbours come with URI and licence, what is left out is counted."""
    found = enrich(POLICY, index)
    by_label = {concept.label: concept for concept in found.ontology.concepts}
    assert by_label["gift"].conceptnet.startswith("/c/en/gift")
    bracelet = by_label["bracelet"]
    assert (bracelet.weight, bracelet.kind) == (0.0, "asset")
    assert bracelet.provenance[0].licence == "cc:by/4.0"
    assert bracelet.provenance[0].ref == "/c/en/bracelet"
    relations = {(relation.type, relation.target_id): relation for relation in found.ontology.relations}
    assert relations["NotDesires", by_label["bribe"].id].polarity == -1
    assert relations["NotDesires", by_label["bribe"].id].provenance[0].ref.startswith("/a/[/r/NotDesires/")
    assert "nonsense" not in by_label  # the noun sense of a concept that is an action
    assert "cheap gift" not in by_label
    assert {"weight too low", "another sense", "label not readable"} <= set(found.cut)
    assert found.imported_concepts == len(found.ontology.concepts) - len(POLICY.concepts)
    assert found.imported_relations == len(found.ontology.relations) - len(POLICY.relations)


def test_enriching_twice_changes_nothing(index: ConceptNetIndex) -> None:
    """The import is idempotent, and other options leave no rest of the first run."""
    once = enrich(POLICY, index).ontology
    assert enrich(once, index).ontology == once
    assert len(enrich(once, index, ConceptNetOptions(max_concepts=0)).ontology.concepts) == len(POLICY.concepts)


@pytest.mark.parametrize(("options", "reason"), [
    (ConceptNetOptions(max_concepts=1), "over the cap in all"),
    (ConceptNetOptions(per_concept=1), "over the cap per concept"),
    (ConceptNetOptions(relations=("IsA",)), "relation not allowed"),
    (ConceptNetOptions(min_relevance=0.9), "not relevant"),
])  # fmt: skip
def test_caps_are_counted(index: ConceptNetIndex, options: ConceptNetOptions, reason: str) -> None:
    """Each option that cuts says how much it cut."""
    assert enrich(POLICY, index, options).cut[reason] > 0


def test_two_hops_reach_further(tmp_path: Path) -> None:
    """The second hop starts at what the first imported."""
    rows = (row("IsA", "bracelet", "gift"), row("IsA", "bangle", "bracelet"))
    build_index([write(tmp_path / "rows.csv", rows)], tmp_path / "i.duckdb")
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        labels = [
            {concept.label for concept in enrich(POLICY, index, ConceptNetOptions(hops=hops)).ontology.concepts}
            for hops in (1, 2)
        ]
    assert "bangle" in labels[1] - labels[0]


def test_the_sense_is_chosen_by_context(tmp_path: Path) -> None:
    """Of two senses the one nearer to the policy wins, and the other's neighbours stay out."""
    rows = (
        row("IsA", "/c/en/bank/n/wn/object", "/c/en/slope/n"), row("RelatedTo", "/c/en/bank/n/wn/object", "river"),
        row("IsA", "/c/en/bank/n/wn/group", "institution"), row("RelatedTo", "/c/en/bank/n/wn/group", "money"),
    )  # fmt: skip
    build_index([write(tmp_path / "rows.csv", rows)], tmp_path / "i.duckdb")
    bank = dataclasses.replace(concept("bank"), definition="an institution that keeps money")

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        marks = np.array([["money" in text, "river" in text, 0.1] for text in texts], dtype=np.float32)
        unit: NDArray[np.float32] = marks / np.linalg.norm(marks, axis=1, keepdims=True)
        return unit

    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        for embedding in (None, embed):
            found = enrich(dataclasses.replace(POLICY, concepts=(bank,), relations=()), index, embed=embedding)
            assert found.links[0].sense == "n/wn/group"
            assert "river" not in {concept.label for concept in found.ontology.concepts}


def test_contradictory_options_are_refused() -> None:
    """Four hops would be the planet."""
    with pytest.raises(UserError):
        ConceptNetOptions(hops=4)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_line_parser(line: bytes) -> None:
    """Any line gives an assertion or a reason."""
    from kg.conceptnet_reader import parse_line

    assert parse_line(line)


@real
def test_every_row_of_the_conformance_set_is_read() -> None:
    """All versions of the official format, in many languages."""
    tally = Tally()
    found = list(read_assertions(CONFORMANCE, (), tally))
    assert len(found) == tally.lines == 3691
    assert all(isinstance(one, Assertion) for one in found)


@real
def test_the_filter_agrees_with_a_full_reading() -> None:
    """The filter on bytes passes exactly the rows whose terms are in the language."""

    def inside(found: Assertion | Rejected) -> bool:
        return isinstance(found, Assertion) and found.start.startswith("/c/en/") and (
            found.end.startswith("/c/en/") or not found.end.startswith("/c/")
        )  # fmt: skip

    everything = [found for found in read_assertions(CONFORMANCE, ()) if inside(found)]
    assert list(read_assertions(CONFORMANCE)) == everything


@real
@pytest.mark.slow
def test_a_real_extract_is_indexed_and_answers(tmp_path: Path) -> None:
    """Real English rows: all stored, neighbours at once."""
    path = DATA / "derived-conceptnet5-api2014-en-assertions.csv.gz"
    report = build_index([path], tmp_path / "index.duckdb")
    assert (report.assertions, report.rejected) == (98_084, 0)
    with ConceptNetIndex.open(tmp_path / "index.duckdb") as index:
        assert len(index.neighbours("/c/en/gift", 40)) == 40
