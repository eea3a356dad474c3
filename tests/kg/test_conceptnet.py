"""ConceptNet: the algebra of its relations, and the reader."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.conceptnet import RELATIONS, Assertion, Tally, algebra, build_index, read_assertions
from kg.conceptnet_filter import passing
from kg.conceptnet_reader import parse_line
from kg.errors import PlumblineError, UserError
from kg.model import Rejected
from tests.kg.conceptnet_rows import CONFORMANCE, ROWS, real, row, write


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


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_line_parser(line: bytes) -> None:
    """Any line gives an assertion or a reason."""
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


def test_the_filter_sees_wrong_shapes_in_every_language(tmp_path: Path) -> None:
    """A line that is no assertion is counted though its language is not asked for; a good one of that language passes by."""
    lines = [row("IsA", f"/c/fr/a{place}", "/c/fr/b") for place in range(400)]
    lines[7] = lines[7].replace("/r/IsA\t", "/x/IsA\t")
    lines[9] = lines[9][:-1]
    lines[11] = lines[11].replace("\t", " ", 1)
    lines[13] = lines[13].replace("/c/fr/a13", "/c/fr/\x01")
    tally = Tally()
    found = list(read_assertions(write(tmp_path / "rows.csv", lines), ("en",), tally))
    assert [one.place for one in found if isinstance(one, Rejected)] == ["line 8", "line 10", "line 12", "line 14"]
    assert (len(found), tally.lines, tally.malformed) == (4, 400, 4)


LINE = st.one_of(
    st.sampled_from([*ROWS, row("IsA", "/c/fr/a", "/c/fr/b"), row("Synonym", "/c/de/a", "b"), "", "\t\t\t\t"]).map(
        str.encode
    ),
    st.binary(max_size=60).map(lambda line: line.replace(b"\n", b"")),
)


@given(st.lists(LINE, min_size=1, max_size=12))
def test_the_filter_passes_what_a_reading_line_by_line_takes(lines: list[bytes]) -> None:
    """On any bytes: every English assertion and no well-formed line of another language."""
    found, count = passing(b"\n".join(lines) + b"\n", ("en",))
    assert count == len(lines)
    kept = [place for place, _, _ in found]
    assert all(b"\n".join(lines)[start:end] == lines[place] for place, start, end in found)
    for place, line in enumerate(lines):
        parsed = parse_line(line)
        if isinstance(parsed, Assertion):
            english = parsed.start.startswith("/c/en/") and not parsed.end.startswith(("/c/fr", "/c/de"))
            assert (place in kept) == english


def test_what_comes_before_the_end_of_a_file_without_newline(tmp_path: Path) -> None:
    """The last line needs no end, and Windows line ends are none of the data."""
    path = tmp_path / "rows.csv"
    path.write_bytes("\r\n".join(ROWS[:3]).encode())
    found = list(read_assertions(path))
    assert [one.weight for one in found if isinstance(one, Assertion)] == [3.0, 1.0, 2.0]
