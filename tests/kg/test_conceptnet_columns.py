"""ConceptNet: the lines of a file made into rows of the index, a column at a time."""

import dataclasses
import gzip
import random
import tempfile
import zlib
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.conceptnet_rows import generate
from kg import conceptnet_columns, conceptnet_unpack
from kg.conceptnet import Assertion, Tally, build_index, read_assertions
from kg.conceptnet_columns import Said, edge_batches
from kg.conceptnet_reader import made_uri
from kg.conceptnet_unpack import line_blocks
from kg.errors import PlumblineError
from tests.kg.conceptnet_rows import CONFORMANCE, ROWS, real, row, write

GOOD = [line.encode() for line in ROWS]
ODD = [
    *(line + b"\r" for line in GOOD[:3]), GOOD[0] + b"\r\r", b"", b"\t\t\t\t", b"\xff\xfe", GOOD[0].replace(b"gift", b"\xff"),
    GOOD[0].replace(b"/r/IsA", b"/r/"), GOOD[8].replace(b"http://", b"httpx"), GOOD[0].replace(b"\t{", b"\t {"),
    GOOD[0].replace(b"3.0", b"NaN"), GOOD[0].replace(b"3.0", b'"2"'), GOOD[0].replace(b"}", b""),
    GOOD[0].replace(b"\tgift", b"\x01gift"), GOOD[0].replace(b"/c/en/gift", b"/c/en/gift/"), GOOD[1].replace(b"\t", b" ", 1),
    b"/a/[x]\t/r/IsA\t/c/\t/c/en\t{}", b"/a/[x]\t/r/IsA\t/c/en/a//n/x\t/c/en/b///\t{}",
    row("IsA", "/c/fr/a", "/c/fr/b").encode(), row("Synonym", "/c/roa_opt/a", "b").encode(),
]  # fmt: skip
LINES = st.one_of(st.sampled_from([*GOOD, *ODD]), st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")))


def indexed(path: Path, languages: tuple[str, ...], tally: Tally) -> list[tuple[Assertion, str, str]]:
    """Each assertion as the rows under its start hold it, in the order of the file, with the start's term and tail."""
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder) / "said"
        said = Said(shared)
        batches = [batch for batch in edge_batches(path, languages, tally, said, 0) if batch is not None]
        said.close()
        with pa.ipc.open_stream(str(shared)) as stored:
            about = {one["about"]: one for one in stored.read_all().to_pylist()}
    rows = [one for batch in batches for one in batch.to_pylist()]
    starts = {one["place"]: one for one in rows if one["outgoing"]}
    for one in rows:
        if not one["outgoing"]:
            start = starts[one["place"]]
            own = "/".join(filter(None, (one["term"], one["tail"])))
            assert (own, one["other"]) == (start["other"], "/".join(filter(None, (start["term"], start["tail"]))))
        assert one["key"] == (zlib.crc32(one["term"].encode()) if one["term"].startswith("/c/") else None)
    found = []
    for one in (starts[place] for place in sorted(starts)):
        start = f"{one['term']}/{one['tail']}" if one["tail"] else one["term"]
        told = about[one["about"]]
        uri = one["uri"] or made_uri(one["relation"], start, one["other"])
        sources, surface = told["told"].split("\n", 1)
        texts = (told["licence"], told["dataset"], sources, surface)
        found.append(
            (Assertion(uri, one["relation"], start, one["other"], one["weight"], *texts), one["term"], one["tail"])
        )
    return found


def stripped(found: Assertion) -> Assertion:
    """The index leaves out slashes after terms."""
    start, end = (one.rstrip("/") if one.startswith("/c/") else one for one in (found.start, found.end))
    return dataclasses.replace(found, start=start, end=end)


@settings(max_examples=60)
@given(
    st.lists(LINES, min_size=100, max_size=160),
    st.sampled_from([(), ("en",), ("en", "roa_opt"), ("fr",)]),
    st.randoms(),
)
def test_columns_say_what_the_reader_says_line_by_line(
    lines: list[bytes], languages: tuple[str, ...], chooser: random.Random
) -> None:
    """The same assertions and the same rejected lines, in any languages, wherever the blocks are cut."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "rows.csv"
        path.write_bytes(b"\n".join(lines))
        patch.setattr("kg.conceptnet_reader.MOST_MALFORMED", 1.0)
        by_line = Tally()
        expected = [stripped(one) for one in read_assertions(path, languages, by_line) if isinstance(one, Assertion)]
        patch.setattr(conceptnet_unpack, "BLOCK", chooser.choice((50, 300, 5000, 1 << 20)))
        patch.setattr(conceptnet_columns, "ROWS", chooser.choice((1, 10, 1000)))
        tally = Tally()
        rows = indexed(path, languages, tally)
    assert [found for found, _, _ in rows] == expected
    assert (tally.lines, tally.malformed, tally.first) == (by_line.lines, by_line.malformed, by_line.first)
    for found, term, tail in rows:
        parts = found.start.split("/", 4)
        assert (term, tail) == (("/".join(parts[:4]), parts[4]) if len(parts) == 5 else (found.start, ""))


@real
def test_the_conformance_set_makes_the_rows_that_the_reader_reads() -> None:
    """Every real row of the official format, in all languages and in English."""
    for languages in ((), ("en",)):
        expected = [one for one in read_assertions(CONFORMANCE, languages) if isinstance(one, Assertion)]
        assert [found for found, _, _ in indexed(CONFORMANCE, languages, Tally())] == expected


def test_two_builds_give_the_same_index(tmp_path: Path) -> None:
    """Every table, row for row in its order, though threads sort it; loops and equal weights are no exception."""
    generate(tmp_path / "a.csv.gz", 60_000, processes=1)
    loops = write(tmp_path / "b.csv", [row("RelatedTo", "b", "b") for _ in range(50)])
    tables = []
    for name in ("one", "two"):
        build_index([tmp_path / "a.csv.gz", loops], tmp_path / name)
        with duckdb.connect(str(tmp_path / name), read_only=True) as database:
            tables.append([database.table(table).fetchall() for table in ("edge", "said", "term")])
    assert tables[0] == tables[1]
    assert len(tables[0][0]) > 8_000


def test_members_are_read_in_blocks_and_damage_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several members, a block much smaller than they are, a cut file and a wrong checksum."""
    monkeypatch.setattr(conceptnet_unpack, "BLOCK", 1000)
    text = "".join(f"{line}\n" for line in ROWS * 20).encode()
    packed = gzip.compress(text) + gzip.compress(b"end")
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(packed)
    assert b"".join(line_blocks(path, Tally())) == text + b"end\n"
    for bad, words in (
        (packed[:-9], "middle"),
        (packed[:-8] + b"\0\0\0\0" + packed[-4:], "damaged"),
        (packed + b"x", "middle|damaged"),
    ):
        path.write_bytes(bad)
        with pytest.raises(PlumblineError, match=words):
            list(line_blocks(path, Tally()))


def test_a_line_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of zeros or of another format has no newline."""
    monkeypatch.setattr(conceptnet_unpack, "LONGEST", 1 << 20)
    monkeypatch.setattr(conceptnet_unpack, "BLOCK", 1 << 18)
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"\0" * (1 << 22)))
    with pytest.raises(PlumblineError, match="line of more than 1 MB"):
        list(line_blocks(path, Tally()))
