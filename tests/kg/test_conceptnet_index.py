"""ConceptNet: building the index and looking into it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.conceptnet_rows import ENGLISH, generate
from kg.conceptnet import Assertion, ConceptNetIndex, build_index, read_assertions, term_of
from kg.errors import UserError
from tests.kg.conceptnet_rows import DATA, ROWS, real, row, write


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ConceptNetIndex]:
    build_index([write(tmp_path / "rows.csv", ROWS)], tmp_path / "index.duckdb")
    with ConceptNetIndex.open(tmp_path / "index.duckdb") as opened:
        yield opened


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


def test_an_assertion_comes_back_as_it_was_read(index: ConceptNetIndex, tmp_path: Path) -> None:
    """URI, weight, licence, dataset, sources and surface text survive the index, from either end."""
    read = [one for one in read_assertions(tmp_path / "rows.csv") if isinstance(one, Assertion)]
    assert sorted(index, key=lambda one: one.uri) == sorted(read, key=lambda one: one.uri)
    (synonym,) = (one for one in read if one.relation == "/r/Synonym")
    assert json.loads(synonym.sources) == [{"contributor": "/s/x"}]
    for term in ("/c/en/employee", "/c/en/staff_member"):
        assert synonym in index.neighbours(term)


def test_a_uri_that_does_not_follow_from_its_parts_is_kept(tmp_path: Path) -> None:
    """Older versions made them otherwise; a slash at the end of a term is no sense."""
    odd = row("IsA", "a", "b").replace("/a/[/r/IsA/,/c/en/a/,/c/en/b/]", "/a/[/r/IsA/,odd]")
    slash = row("IsA", "/c/en/c/", "/c/en/b/n/")
    build_index([write(tmp_path / "rows.csv", (odd, slash))], tmp_path / "i.duckdb")
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        assert index.neighbours("/c/en/a")[0].uri == "/a/[/r/IsA/,odd]"
        assert [found.end for found in index.neighbours("/c/en/c")] == ["/c/en/b/n"]
        assert len(index.neighbours("/c/en/b/n/")) == 1


def test_files_that_overlap_give_each_assertion_once(tmp_path: Path) -> None:
    """The heavier row of a URI counts, and the limit counts URIs, not rows."""
    first = [row("IsA", f"a{place}", "b", 1.0) for place in range(9)]
    second = [*(row("IsA", f"a{place}", "b", 2.0) for place in range(9)), row("RelatedTo", "b", "b", 3.0)]
    paths = [write(tmp_path / f"{place}.csv", rows) for place, rows in enumerate((first, second))]
    report = build_index(paths, tmp_path / "i.duckdb")
    assert (report.lines, report.assertions, report.relations) == (19, 19, {"IsA": 18, "RelatedTo": 1})
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        assert [found.weight for found in index.neighbours("/c/en/b", 6)] == [3.0, 2.0, 2.0, 2.0, 2.0, 2.0]
        assert len(index.neighbours("/c/en/b")) == len(index.neighbours_many(["/c/en/b"], 10)["/c/en/b"]) == 10
        assert index.degrees(["/c/en/b", "/c/en/none"]) == {"/c/en/b": 20}


def test_the_index_reports_relations_and_licences(tmp_path: Path) -> None:
    """What was read can be counted without reading it again."""
    report = build_index([write(tmp_path / "rows.csv", ROWS)], tmp_path / "i.duckdb")
    assert sum(report.relations.values()) == sum(report.licences.values()) == report.assertions == 10
    assert report.licences == {"cc:by/4.0": 10}
    assert report.relations["NotDesires"] == 1
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        assert index.about["relations"] == report.relations


def test_a_file_without_assertions_gives_an_empty_index(tmp_path: Path) -> None:
    """Rows of other languages alone are no fault."""
    path = write(tmp_path / "rows.csv", [row("IsA", "/c/fr/a", "/c/fr/b")])
    report = build_index([path], tmp_path / "i.duckdb")
    assert (report.lines, report.assertions, report.terms, report.relations) == (1, 0, 0, {})
    with ConceptNetIndex.open(tmp_path / "i.duckdb") as index:
        assert index.neighbours("/c/fr/a") == ()
    assert build_index([path], tmp_path / "i.duckdb", languages=("fr",)).assertions == 1


def test_generated_rows_are_the_same_each_time_and_in_the_format(tmp_path: Path) -> None:
    """The benchmark's file has all fifty relations, in order, about a tenth English, and no malformed line."""
    paths = [tmp_path / name for name in ("a.csv.gz", "b.csv.gz")]
    for path in paths:
        generate(path, 20_000, processes=1)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    found = [one for one in read_assertions(paths[0], ()) if isinstance(one, Assertion)]
    assert len(found) == 20_000
    assert len({one.relation for one in found}) == len(ENGLISH) == 50
    assert [one.relation for one in found] == sorted(one.relation for one in found)
    english = sum(one.start.startswith("/c/en/") and one.end.startswith("/c/en/") for one in found)
    assert 0.08 < english / len(found) < 0.13


@real
@pytest.mark.slow
def test_a_real_extract_is_indexed_and_answers(tmp_path: Path) -> None:
    """Real English rows: all stored, neighbours at once."""
    path = DATA / "derived-conceptnet5-api2014-en-assertions.csv.gz"
    report = build_index([path], tmp_path / "index.duckdb")
    assert (report.assertions, report.rejected) == (98_084, 0)
    with ConceptNetIndex.open(tmp_path / "index.duckdb") as index:
        assert len(index.neighbours("/c/en/gift", 40)) == 40
