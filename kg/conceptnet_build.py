"""Building the local index of ConceptNet: one DuckDB file.

Each assertion is stored twice, under the term of its start and of its end, and the table is sorted by the checksum of
the term: DuckDB keeps the least and the greatest checksum of each group of rows, so a look-up reads one or two groups
and nothing else. (It would keep only the first eight bytes of a text, which are ``/c/en/ab``.) The assertions are
staged in a second file, which the sort reads within a memory cap; docs/adr holds what else was measured. A URI that
follows from the other columns, as all do in the official file, is not stored.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zlib import crc32

import duckdb
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

from kg.conceptnet_reader import Metadata, Tally, check, fields_of, made_uri, read_lines
from kg.errors import PlumblineError
from kg.model import Rejected
from kg.progress import Progress, silent

VERSION = 2
BATCH = 50_000
"""Assertions that are held as Python values at a time."""
MEMORY = "300MB"
_STAGED = """
CREATE TABLE assertion (start_key UINTEGER, start_term VARCHAR, start_tail VARCHAR, start_uri VARCHAR,
    end_key UINTEGER, end_term VARCHAR, end_tail VARCHAR, end_uri VARCHAR, relation VARCHAR, uri VARCHAR, place BIGINT,
    weight DOUBLE, licence VARCHAR, dataset VARCHAR, sources VARCHAR, surface VARCHAR)
"""
_SORTED = """
CREATE TABLE edge AS
SELECT start_key AS key, start_term AS term, start_tail AS tail, true AS outgoing, relation, end_uri AS other,
    weight, place, uri, licence, dataset, sources, surface FROM staging.assertion
UNION ALL
SELECT end_key, end_term, end_tail, false, relation, start_uri,
    weight, place, uri, licence, dataset, sources, surface FROM staging.assertion WHERE end_key IS NOT NULL
ORDER BY key, weight DESC, place
"""
_COUNTS = """
SELECT (SELECT count(*) FROM edge WHERE outgoing), (SELECT count(*) FROM term),
    (SELECT map_from_entries(list((relation, n) ORDER BY relation)) FROM
        (SELECT relation, count(*) AS n FROM edge WHERE outgoing GROUP BY ALL)),
    (SELECT map_from_entries(list((licence, n) ORDER BY licence)) FROM
        (SELECT licence, count(*) AS n FROM edge WHERE outgoing GROUP BY ALL))
"""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index was built from. ``rejected`` counts malformed lines; ``first_rejected`` are the first five.
    ``relations`` and ``licences`` count assertions; ``bytes`` is the size of the index.
    """

    lines: int
    assertions: int
    terms: int
    rejected: int
    first_rejected: tuple[Rejected, ...]
    relations: dict[str, int]
    licences: dict[str, int]
    bytes: int


def connect(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """The file ``path`` as a database that keeps within :data:`MEMORY`."""
    database = duckdb.connect(str(path), read_only=read_only)
    database.execute(f"SET memory_limit = '{MEMORY}'")
    return database


def build_index(
    sources: Sequence[Path], index: Path, progress: Progress = silent, languages: Sequence[str] = ("en",)
) -> IndexReport:
    """Read ``sources`` and write ``index`` anew; a file of the same name is replaced only once the new one is whole.

    Raises what :func:`kg.conceptnet_reader.read_assertions` raises, per source. Needs less than 1 GB of memory.
    """
    index.parent.mkdir(parents=True, exist_ok=True)
    building, staging = (index.with_name(f".{index.name}.{name}") for name in ("building", "staging"))
    _remove(building, staging)
    tallies: list[Tally] = []
    try:
        with connect(staging) as database:
            database.execute(_STAGED)
            for path in sources:
                tallies.append(_stage(database, path, languages, progress, sum(tally.lines for tally in tallies)))
        with connect(building) as database:
            progress("sort", 0, 0)
            report = _finish(database, staging, tallies, sources)
        os.replace(building, index)  # noqa: PTH105  (atomic, and says so)
    except duckdb.Error as error:
        raise PlumblineError(
            f"the ConceptNet index {index} could not be built: {error}", "free disk space beside it, or choose another"
        ) from error
    finally:
        _remove(building, staging)
    return IndexReport(**{**report, "bytes": index.stat().st_size})  # type: ignore[arg-type]


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _stage(
    database: duckdb.DuckDBPyConnection, path: Path, languages: Sequence[str], progress: Progress, before: int
) -> Tally:
    """The good lines of one file into the table ``assertion``; ``before`` is how many lines the earlier files had."""
    tally = Tally()
    stage, size = f"read {path.name} (MB)", path.stat().st_size >> 20 if path.exists() else 0
    for batch in _batches(path, languages, tally, before):
        database.register("batch", batch)
        database.execute("INSERT INTO assertion BY NAME SELECT * FROM batch")
        database.unregister("batch")
        progress(stage, tally.bytes_read >> 20, size)
    progress(stage, size, size)
    check(path, tally)
    return tally


class _Columns:
    """Assertions in the making of a table: one list per column."""

    def __init__(self) -> None:
        self.ends: tuple[tuple[list[int | None], list[str], list[str], list[str]], ...] = (
            ([], [], [], []), ([], [], [], []),
        )  # fmt: skip
        self.relation: list[str] = []
        self.uri: list[str | None] = []
        self.place: list[int] = []
        self.metadata: list[Metadata] = []

    def add(self, place: int, fields: tuple[str, str, str, str], metadata: Metadata) -> None:
        uri, relation, *both = fields
        start, end = (own.rstrip("/") if own.startswith("/c/") else own for own in both)
        for (keys, terms, tails, uris), own in zip(self.ends, (start, end), strict=True):
            # A web address has no term: nothing is stored under it.
            parts = own.split("/", 4) if own.startswith("/c/") else [own]
            term = own if len(parts) < 5 else own[: -1 - len(parts[4])]
            keys.append(crc32(term.encode()) if len(parts) > 1 else None)
            terms.append(term)
            tails.append(parts[4] if len(parts) == 5 else "")
            uris.append(own)
        self.relation.append(relation)
        self.uri.append(None if uri == made_uri(relation, start, end) else uri)
        self.place.append(place)
        self.metadata.append(metadata)

    def table(self) -> pa.Table:
        weights, *texts = zip(*self.metadata, strict=True)
        columns: dict[str, pa.Array] = {
            "relation": pa.array(self.relation), "uri": pa.array(self.uri, type=pa.string()),
            "place": pa.array(self.place, type=pa.int64()), "weight": pa.array(weights, type=pa.float64()),
            **{name: pa.array(text) for name, text in zip(("licence", "dataset", "sources", "surface"), texts, strict=True)},
        }  # fmt: skip
        for name, (keys, *texts_of) in zip(("start", "end"), self.ends, strict=True):
            columns[f"{name}_key"] = pa.array(keys, type=pa.uint32())
            for column, text in zip(("term", "tail", "uri"), texts_of, strict=True):
                columns[f"{name}_{column}"] = pa.array(text)
        return pa.table(columns)


def _batches(path: Path, languages: Sequence[str], tally: Tally, before: int) -> Iterator[pa.Table]:
    """The good lines of a file in tables; the others go into ``tally``."""
    lines = read_lines(path, languages, tally)
    known: dict[str, Metadata] = {}
    while batch := list(islice(lines, BATCH)):
        columns = _Columns()
        for number, line in batch:
            fields = fields_of(line, known)
            if isinstance(fields, str):
                tally.reject(Rejected(str(path), fields, f"line {number}"))
            else:
                columns.add(before + number, *fields)
        if columns.place:
            yield columns.table()


def _finish(
    database: duckdb.DuckDBPyConnection, staging: Path, tallies: Sequence[Tally], sources: Sequence[Path]
) -> dict[str, object]:
    """Sort what is staged into the index, and count it."""
    quoted = str(staging).replace("'", "''")
    database.execute(f"ATTACH '{quoted}' AS staging (READ_ONLY)")
    database.execute(_SORTED)
    database.execute("DETACH staging")
    database.execute("CREATE TABLE term AS SELECT DISTINCT term FROM edge WHERE key IS NOT NULL ORDER BY term")
    ((assertions, terms, relations, licences),) = database.execute(_COUNTS).fetchall()
    report: dict[str, object] = {
        "lines": sum(tally.lines for tally in tallies),
        "assertions": assertions,
        "terms": terms,
        "rejected": sum(tally.malformed for tally in tallies),
        "relations": {name.removeprefix("/r/"): count for name, count in (relations or {}).items()},
        "licences": dict(licences or {}),
    }
    about = {**report, "version": VERSION, "sources": [path.name for path in sources]}
    database.execute("CREATE TABLE about (record VARCHAR)")
    database.execute("INSERT INTO about VALUES (?)", [json.dumps(about)])
    database.execute("CHECKPOINT")
    return {**report, "first_rejected": tuple(one for tally in tallies for one in tally.first)[:5]}
