"""Building the local index of ConceptNet: one DuckDB file.

Each assertion is stored twice, under the term of its start and of its end, and the table is sorted by the checksum of
the term: DuckDB keeps the least and the greatest checksum of each group of rows, so a look-up reads one or two groups
and nothing else. (It would keep only the first eight bytes of a text, which are ``/c/en/ab``.) The rows go into the sort
as they are read, within a memory cap; what many assertions share (licence, dataset, sources, surface text) is not sorted
with them but stored once, under a number. docs/adr holds what else was measured. A URI that follows from the other
columns, as all do in the official file, is not stored.
"""

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

from kg.conceptnet_columns import EDGES, Said, edge_batches
from kg.conceptnet_unpack import Tally
from kg.errors import PlumblineError
from kg.model import Rejected
from kg.progress import Progress, silent

VERSION = 3
MEMORY = "300MB"
_SORTED = "CREATE TABLE edge AS SELECT * FROM rows ORDER BY key, weight DESC, place, outgoing DESC"
_COUNTS = """
SELECT (SELECT count(*) FROM edge WHERE outgoing), (SELECT count(*) FROM term),
    (SELECT map_from_entries(list((relation, n) ORDER BY relation)) FROM
        (SELECT relation, count(*) AS n FROM edge WHERE outgoing GROUP BY ALL)),
    (SELECT map_from_entries(list((licence, n) ORDER BY licence)) FROM
        (SELECT licence, count(*) AS n FROM edge JOIN said USING (about) WHERE outgoing GROUP BY ALL))
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
    building, shared = (index.with_name(f".{index.name}.{name}") for name in ("building", "said"))
    _remove(building, shared)
    try:
        with connect(building) as database:
            reading = _Reading(sources, languages, progress, shared)
            _fill(database, reading, shared)
            progress("count", 0, 0)
            report = _count(database, reading.tallies, sources)
        os.replace(building, index)  # noqa: PTH105  (atomic, and says so)
    except duckdb.Error as error:
        raise PlumblineError(
            f"the ConceptNet index {index} could not be built: {error}", "free disk space beside it, or choose another"
        ) from error
    finally:
        _remove(building, shared)
    return IndexReport(**{**report, "bytes": index.stat().st_size})  # type: ignore[arg-type]


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


class _Reading:
    """The rows of all sources as one stream that DuckDB draws from; ``failed`` is what ended it early."""

    def __init__(self, sources: Sequence[Path], languages: Sequence[str], progress: Progress, shared: Path) -> None:
        self._sources, self._languages, self._progress, self._shared = sources, languages, progress, shared
        self.tallies: list[Tally] = []
        self.failed: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            with contextlib.closing(Said(self._shared)) as said:
                for path in self._sources:
                    yield from self._of(path, said)
                self._progress("sort", 0, 0)
        except GeneratorExit:
            raise
        except BaseException as error:
            # DuckDB would pass on its text alone.
            self.failed = error
            raise

    def _of(self, path: Path, said: Said) -> Iterator[pa.RecordBatch]:
        tally, before = Tally(), sum(tally.lines for tally in self.tallies)
        self.tallies.append(tally)
        stage, size = f"read {path.name} (MB)", path.stat().st_size >> 20 if path.exists() else 0
        shown = -1
        for batch in edge_batches(path, self._languages, tally, said, before):
            if batch is not None:
                yield batch
            elif tally.bytes_read >> 20 != shown:
                shown = tally.bytes_read >> 20
                self._progress(stage, shown, size)
        self._progress(stage, size, size)


def _fill(database: duckdb.DuckDBPyConnection, reading: _Reading, shared: Path) -> None:
    """The tables ``edge``, ``said`` and ``term``."""
    try:
        database.register("rows", pa.RecordBatchReader.from_batches(EDGES, iter(reading)))
        database.execute(_SORTED)
    except Exception:
        if reading.failed is not None:
            raise reading.failed from None
        raise
    finally:
        database.unregister("rows")
    with pa.ipc.open_stream(str(shared)) as said:
        database.register("rows", said)
        database.execute("CREATE TABLE said AS SELECT * FROM rows")
        database.unregister("rows")
    database.execute("CREATE TABLE term AS SELECT DISTINCT term FROM edge WHERE key IS NOT NULL ORDER BY term")


def _count(database: duckdb.DuckDBPyConnection, tallies: Sequence[Tally], sources: Sequence[Path]) -> dict[str, object]:
    """What the index holds, which is written into it too."""
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
