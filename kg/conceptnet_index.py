"""A local index of ConceptNet: one DuckDB file that answers for the neighbours of a term in milliseconds.

Each assertion is stored twice, under the term of its start and of its end, and the table is sorted by term, so that
DuckDB's zone maps lead to the few row groups of a term without an index in memory. The sort spills to disk under a
memory cap, so the whole of ConceptNet (34 million lines) is indexed in less than a gigabyte.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

from kg.conceptnet_reader import LICENCE, Assertion, Tally, check, parse_line, read_lines
from kg.errors import PlumblineError, UserError
from kg.model import Rejected
from kg.progress import Progress, silent

VERSION = 1
BATCH = 50_000
MEMORY = "512MB"
_COLUMNS = ("line", "uri", "relation", "start_uri", "end_uri", "info")
_STAGE = """
CREATE TABLE staged (term VARCHAR, outgoing BOOLEAN, uri VARCHAR, relation VARCHAR, start_uri VARCHAR,
    end_uri VARCHAR, weight DOUBLE, licence VARCHAR, dataset VARCHAR, sources VARCHAR, surface VARCHAR)
"""
_PARSED = f"""
WITH fields AS (
    SELECT uri, relation, start_uri, end_uri,
        json_extract_string(info, ['$.weight', '$.license', '$.dataset', '$.sources', '$.surfaceText']) AS field
    FROM batch),
parsed AS (
    SELECT uri, relation, start_uri, end_uri,
        coalesce(try_cast(field[1] AS DOUBLE), 1.0) AS weight, coalesce(field[2], '{LICENCE}') AS licence,
        coalesce(field[3], '') AS dataset, coalesce(field[4], '') AS sources, coalesce(field[5], '') AS surface
    FROM fields)
"""  # noqa: S608  (constants only)
_TERM = "array_to_string(string_split({0}, '/')[1:4], '/')"
_INSERT = f"""
INSERT INTO staged {_PARSED}
SELECT {_TERM.format("start_uri")}, true, * FROM parsed
UNION ALL SELECT {_TERM.format("end_uri")}, false, * FROM parsed WHERE starts_with(end_uri, '/c/')
"""  # noqa: S608  (constants only)
_BAD = """
SELECT line FROM batch WHERE NOT (starts_with(uri, '/a/[') AND starts_with(relation, '/r/') AND length(relation) > 3
    AND starts_with(start_uri, '/c/')
    AND (starts_with(end_uri, '/c/') OR starts_with(end_uri, 'http://') OR starts_with(end_uri, 'https://'))
    AND CASE WHEN NOT json_valid(info) THEN false
        WHEN json_type(info) <> 'OBJECT' THEN false
        WHEN json_extract(info, '$.weight') IS NULL THEN true
        ELSE coalesce(isfinite(try_cast(json_extract_string(info, '$.weight') AS DOUBLE)), false) END)
"""


_Row = tuple[int, bytes, bytes, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index was built from. ``rejected`` counts malformed lines; ``first_rejected`` are the first five."""

    lines: int
    assertions: int
    terms: int
    rejected: int
    first_rejected: tuple[Rejected, ...]
    bytes: int


def term_of(uri: str) -> str:
    """The term of a concept URI without part of speech and sense: ``/c/en/gift/n/wn/possession`` -> ``/c/en/gift``."""
    return "/".join(uri.split("/")[:4])


def build_index(
    sources: Sequence[Path], index: Path, progress: Progress = silent, languages: Sequence[str] = ("en",)
) -> IndexReport:
    """Read ``sources`` and write ``index`` anew; a file of the same name is replaced only once the new one is whole.

    Raises what :func:`kg.conceptnet_reader.read_assertions` raises, per source.
    """
    index.parent.mkdir(parents=True, exist_ok=True)
    building = index.with_name(f".{index.name}.building")
    _remove(building)
    tallies = []
    try:
        with _connect(building) as database:
            database.execute(_STAGE)
            for path in sources:
                tallies.append(_load(database, path, languages, progress))
                check(path, tallies[-1])
            progress("sort", 0, 0)
            report = _finish(database, tallies, sources)
        os.replace(building, index)  # noqa: PTH105  (atomic, and says so)
    except duckdb.Error as error:
        raise PlumblineError(
            f"the ConceptNet index {index} could not be built: {error}", "free disk space beside it, or choose another"
        ) from error
    finally:
        _remove(building)
    return IndexReport(**{**report, "bytes": index.stat().st_size})  # type: ignore[arg-type]


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _connect(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(str(path), read_only=read_only)
    database.execute(f"SET memory_limit = '{MEMORY}'")
    database.execute("SET preserve_insertion_order = false")
    return database


def _load(database: duckdb.DuckDBPyConnection, path: Path, languages: Sequence[str], progress: Progress) -> Tally:
    tally = Tally()
    lines = read_lines(path, languages, tally)
    while batch := list(islice(lines, BATCH)):
        good, bad = _batch(batch)
        if good is not None:
            database.register("batch", good)
            wrong = {number for (number,) in database.execute(_BAD).fetchall()}
            if wrong:
                bad += [(number, line) for number, line in batch if number in wrong]
                keep = pa.array([number not in wrong for number in good["line"].to_pylist()])
                database.register("batch", good.filter(keep))
            database.execute(_INSERT)
        for number, line in sorted(bad):
            reason = parse_line(line)
            said = reason if isinstance(reason, str) else "the fifth column is not strict JSON"
            tally.reject(Rejected(str(path), said, f"line {number}"))
        progress(f"read {path.name}", tally.lines, 0)
    return tally


def _batch(batch: Sequence[tuple[int, bytes]]) -> tuple[pa.Table | None, list[tuple[int, bytes]]]:
    """The lines with five columns as a table of text, and the rest."""
    rows: list[_Row] = []
    bad: list[tuple[int, bytes]] = []
    for number, line in batch:
        columns = line.split(b"\t")
        if len(columns) == 5:
            uri, relation, start, end, info = columns
            rows.append((number, uri, relation, start, end, info))
        else:
            bad.append((number, line))
    try:
        return _table(rows), bad
    except pa.ArrowInvalid:  # somewhere bytes are no UTF-8: find the lines
        fine: list[_Row] = []
        for row in rows:
            line = b"\t".join(row[1:])
            try:
                line.decode("utf-8")
                fine.append(row)
            except UnicodeDecodeError:
                bad.append((row[0], line))
        return _table(fine), bad


def _table(rows: Sequence[_Row]) -> pa.Table | None:
    if not rows:
        return None
    numbers, *columns = zip(*rows, strict=True)
    texts = [pa.array(column, type=pa.binary()).cast(pa.string()) for column in columns]
    return pa.table([pa.array(numbers, type=pa.int64()), *texts], names=list(_COLUMNS))


def _finish(
    database: duckdb.DuckDBPyConnection, tallies: Sequence[Tally], sources: Sequence[Path]
) -> dict[str, object]:
    database.execute("CREATE TABLE edge AS SELECT * FROM staged ORDER BY term")
    database.execute("DROP TABLE staged")
    ((assertions, terms),) = database.execute(
        "SELECT count(*) FILTER (outgoing), count(DISTINCT term) FROM edge"
    ).fetchall()
    report: dict[str, object] = {
        "lines": sum(tally.lines for tally in tallies),
        "assertions": assertions,
        "terms": terms,
        "rejected": sum(tally.malformed for tally in tallies),
    }
    about = {**report, "version": VERSION, "sources": [path.name for path in sources]}
    database.execute("CREATE TABLE about (record VARCHAR)")
    database.execute("INSERT INTO about VALUES (?)", [json.dumps(about)])
    database.execute("CHECKPOINT")
    return {**report, "first_rejected": tuple(one for tally in tallies for one in tally.first)[:5]}


class ConceptNetIndex:
    """A read-only view of an index file. Not shared between threads."""

    def __init__(self, database: duckdb.DuckDBPyConnection, about: dict[str, object]) -> None:
        self._database, self.about = database, about

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises :class:`UserError` when ``path`` is missing or no index of this version."""
        hint = "run `plumbline conceptnet import FILE` to build it"
        if not path.is_file():
            raise UserError(f"there is no ConceptNet index at {path}", hint)
        try:
            database = _connect(path, read_only=True)
            record = database.execute("SELECT record FROM about").fetchall()
        except duckdb.Error as error:
            raise UserError(f"{path} is no ConceptNet index: {error}", hint) from error
        about = json.loads(record[0][0]) if record else {}
        if about.get("version") != VERSION:
            raise UserError(f"{path} was built by another version of Plumbline", hint)
        return cls(database, about)

    def neighbours(self, term_uri: str, limit: int = 100) -> tuple[Assertion, ...]:
        """The assertions about a term, heaviest first, each URI once.

        A URI with a part of speech or sense (``/c/en/gift/n``) gives only what is said of it or of a finer sense.
        """
        wanted = term_uri.rstrip("/")
        rows = self._database.execute(
            """
            SELECT uri, relation, start_uri, end_uri, weight, licence, dataset, sources, surface FROM edge
            WHERE term = ? AND (? OR CASE WHEN outgoing THEN start_uri ELSE end_uri END IN (?, ?)
                OR starts_with(CASE WHEN outgoing THEN start_uri ELSE end_uri END, ? || '/'))
            QUALIFY row_number() OVER (PARTITION BY uri ORDER BY weight DESC, surface DESC, outgoing) = 1
            ORDER BY weight DESC, uri LIMIT ?
            """,
            [term_of(wanted), term_of(wanted) == wanted, wanted, f"{wanted}/", wanted, limit],
        ).fetchall()
        return tuple(Assertion(*row) for row in rows)

    def neighbours_many(self, terms: Sequence[str], limit: int = 100) -> dict[str, tuple[Assertion, ...]]:
        """:meth:`neighbours` of many terms (without sense) in one pass over the index; unknown terms are left out."""
        self._database.register("wanted", pa.table({"term": pa.array(sorted(set(terms)), type=pa.string())}))
        rows = self._database.execute(
            """
            WITH once AS (
                SELECT edge.* FROM edge SEMI JOIN wanted USING (term)
                QUALIFY row_number() OVER (PARTITION BY term, uri ORDER BY weight DESC, surface DESC, outgoing) = 1)
            SELECT term, uri, relation, start_uri, end_uri, weight, licence, dataset, sources, surface FROM once
            QUALIFY row_number() OVER (PARTITION BY term ORDER BY weight DESC, uri) <= ?
            ORDER BY term, weight DESC, uri
            """,
            [limit],
        ).fetchall()
        found: dict[str, list[Assertion]] = {}
        for term, *columns in rows:
            found.setdefault(term, []).append(Assertion(*columns))
        return {term: tuple(assertions) for term, assertions in found.items()}

    def has(self, term_uri: str) -> bool:
        """Whether the index says anything about a term."""
        return bool(self.known((term_uri,)))

    def known(self, term_uris: Sequence[str]) -> frozenset[str]:
        """Those of ``term_uris`` (terms without sense) that the index knows; thousands at once."""
        wanted = sorted({term_of(uri) for uri in term_uris})
        found: set[str] = set()
        for start in range(0, len(wanted), 5_000):
            table = pa.table({"term": wanted[start : start + 5_000]})
            self._database.register("wanted", table)
            rows = self._database.execute("SELECT DISTINCT term FROM edge SEMI JOIN wanted USING (term)").fetchall()
            found.update(term for (term,) in rows)
        return frozenset(found)

    def terms(self, prefix: str, limit: int = 20) -> tuple[str, ...]:
        """Terms that begin with ``prefix``, in order: for completion and for "did you mean"."""
        rows = self._database.execute(
            "SELECT DISTINCT term FROM edge WHERE term >= ? AND starts_with(term, ?) ORDER BY term LIMIT ?",
            [prefix, prefix, limit],
        ).fetchall()
        return tuple(term for (term,) in rows)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Assertion]:
        """Every assertion once (by row), sorted by the term of its start."""
        rows = self._database.cursor().execute(
            "SELECT uri, relation, start_uri, end_uri, weight, licence, dataset, sources, surface FROM edge WHERE outgoing"
        )
        while batch := rows.fetchmany(10_000):
            yield from (Assertion(*row) for row in batch)
