"""Looking into the local index of ConceptNet: the neighbours of a term in milliseconds, without reading the rest."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zlib import crc32

import duckdb
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

from kg.conceptnet_build import VERSION, connect
from kg.conceptnet_reader import Assertion, made_uri, term_of
from kg.errors import UserError

_ROW = "term, tail, outgoing, relation, other, uri, weight, about"
_NEIGHBOURS = f"""
SELECT {_ROW} FROM edge
WHERE key = $key AND term = $term AND ($tail = '' OR tail = $tail OR starts_with(tail, $tail || '/'))
ORDER BY weight DESC, place, outgoing DESC LIMIT $limit
"""  # noqa: S608  (constants only)
_MANY = f"""
SELECT {_ROW} FROM edge SEMI JOIN wanted USING (key, term)
QUALIFY row_number() OVER (PARTITION BY term ORDER BY weight DESC, place, outgoing DESC) <= $limit
ORDER BY term, weight DESC, place, outgoing DESC
"""  # noqa: S608  (constants only)
_SAID = "SELECT about, licence, dataset, told FROM said WHERE about IN (SELECT unnest($numbers))"
_Row = tuple[Any, ...]


class ConceptNetIndex:
    """A read-only view of an index file. Not shared between threads."""

    def __init__(self, database: duckdb.DuckDBPyConnection, about: dict[str, object]) -> None:
        self._database, self.about = database, about

    @property
    def assertions(self) -> int:
        """How many assertions the index holds."""
        return int(str(self.about.get("assertions", 0)))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises :class:`UserError` when ``path`` is missing or no index of this version."""
        hint = "run `plumbline conceptnet import FILE` to build it"
        if not path.is_file():
            raise UserError(f"there is no ConceptNet index at {path}", hint)
        try:
            database = connect(path, read_only=True)
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
        term = term_of(wanted)
        asked = 2 * limit
        while True:
            values = {"key": crc32(term.encode()), "term": term, "tail": wanted[len(term) + 1 :], "limit": asked}
            rows = self._database.execute(_NEIGHBOURS, values).fetchall()
            found = _once(rows)
            if len(found) >= limit or len(rows) < asked:
                return tuple(self._assertions(found[:limit]))
            asked *= 2  # an edge from a term to itself, or files that overlap: the same URI in several rows

    def neighbours_many(self, terms: Sequence[str], limit: int = 100) -> dict[str, tuple[Assertion, ...]]:
        """:meth:`neighbours` of many terms (without sense) in one pass over the index; unknown terms are left out."""
        self._want(terms)
        rows = self._database.execute(_MANY, {"limit": 2 * limit}).fetchall()
        by_term: dict[str, list[_Row]] = {}
        for row in rows:
            by_term.setdefault(row[0], []).append(row)
        once = {term: _once(group)[:limit] for term, group in by_term.items()}
        short = [term for term, group in by_term.items() if len(group) == 2 * limit and len(once[term]) < limit]
        read = iter(self._assertions([row for group in once.values() for row in group]))
        found = {term: tuple(islice(read, len(group))) for term, group in once.items()}
        return found | {term: self.neighbours(term, limit) for term in short}

    def degrees(self, terms: Sequence[str]) -> dict[str, int]:
        """How many assertions each of ``terms`` (without sense) has; unknown terms are left out."""
        self._want(terms)
        rows = self._database.execute(
            "SELECT term, count(*) FROM edge SEMI JOIN wanted USING (key, term) GROUP BY term ORDER BY term"
        ).fetchall()
        return dict(rows)

    def has(self, term_uri: str) -> bool:
        """Whether the index says anything about a term."""
        return bool(self.neighbours(term_of(term_uri.rstrip("/")), 1))

    def known(self, term_uris: Sequence[str]) -> frozenset[str]:
        """Those of ``term_uris`` (terms without sense) that the index knows; thousands at once."""
        self._want({term_of(uri) for uri in term_uris})
        rows = self._database.execute("SELECT term FROM term SEMI JOIN wanted USING (term)").fetchall()
        return frozenset(term for (term,) in rows)

    def terms(self, prefix: str, limit: int = 20) -> tuple[str, ...]:
        """Terms that begin with ``prefix``, in order: for completion and for "did you mean"."""
        rows = self._database.execute(
            "SELECT term FROM term WHERE term >= $prefix AND starts_with(term, $prefix) ORDER BY term LIMIT $limit",
            {"prefix": prefix, "limit": limit},
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
        """Every assertion once (by row), in the order of the index."""
        rows = self._database.cursor().execute(f"SELECT {_ROW} FROM edge WHERE outgoing")  # noqa: S608  (constants)
        while batch := rows.fetchmany(10_000):
            yield from self._assertions(batch)

    def _assertions(self, rows: Sequence[_Row]) -> list[Assertion]:
        """``rows`` with the metadata that their numbers stand for."""
        numbers = sorted({row[-1] for row in rows})
        said = {about: texts for about, *texts in self._database.execute(_SAID, {"numbers": numbers}).fetchall()}
        return [_assertion(row, *said[row[-1]]) for row in rows]

    def _want(self, terms: Iterable[str]) -> None:
        """Make ``terms`` the table ``wanted``."""
        wanted = sorted(set(terms))
        keys = pa.array([crc32(term.encode()) for term in wanted], type=pa.uint32())
        self._database.register("wanted", pa.table({"key": keys, "term": pa.array(wanted, type=pa.string())}))


def _once(rows: Iterable[_Row]) -> list[_Row]:
    """Rows in their order, each URI only where it stands first."""
    found: dict[str, _Row] = {}
    for row in rows:
        found.setdefault(_parts(row)[0], row)
    return list(found.values())


def _parts(row: _Row) -> tuple[str, str, str, str]:
    """URI, relation, start and end."""
    term, tail, outgoing, relation, other, uri, *_ = row
    own = f"{term}/{tail}" if tail else term
    start, end = (own, other) if outgoing else (other, own)
    return uri or made_uri(relation, start, end), relation, start, end


def _assertion(row: _Row, licence: str, dataset: str, told: str) -> Assertion:
    sources, _, surface = told.partition("\n")
    return Assertion(*_parts(row), row[-2], licence, dataset, sources, surface)
