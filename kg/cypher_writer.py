"""Rows into a graph: in batches, each statement repeated when two writers met, and only what is not there yet."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar

from kg import cypher
from kg.cypher import Edge, Query
from kg.errors import ConstraintViolation
from kg.graph import EdgeRows, NodeRows
from kg.progress import Progress
from kg.store import LoadReport
from kg.versions_rows import Delta, Present, edge_deltas, edge_key, node_delta

BATCH_ROWS: Final = 1_000
BATCH_CHARACTERS: Final = 2_000_000
MERGE_ATTEMPTS: Final = 6
Rows = list[dict[str, Any]]
T = TypeVar("T")


class Connection(Protocol):
    """What a server must do for us."""

    def ensure_fulltext(self) -> None: ...
    def write(self, queries: Sequence[Query]) -> list[Rows]: ...
    def snapshot(self, queries: Sequence[Query]) -> list[Rows]: ...
    def read(self, query: Query) -> list[dict[str, object]]: ...
    def close(self) -> None: ...


class GraphWriter:
    """Upserts and removals over any connection that speaks Cypher."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._constrained: set[str] = set()

    def present(self, labels: Sequence[str], edges: Sequence[Edge]) -> Present:
        """The nodes of ``labels`` and the relationships of the kinds ``edges`` that the graph holds."""
        nodes, types = self._connection.snapshot([cypher.count_nodes(), cypher.count_edges()])
        there = {str(row["name"]) for row in nodes if row["total"]}
        names = {str(row["name"]) for row in types if row["total"]}
        held = [label for label in labels if label in there]
        families: dict[tuple[str, str], dict[str, Edge]] = {}
        for edge in edges:
            if edge.type in names:
                families.setdefault((edge.source, edge.target), {})[edge.type] = edge
        queries = [
            *(cypher.read_nodes(label) for label in held),
            *(cypher.read_edges(list(kinds), *ends) for ends, kinds in families.items()),
        ]
        found = self._connection.snapshot(queries) if queries else []
        return Present(
            {
                label: {str(row["row"]["id"]): row["row"] for row in rows}
                for label, rows in zip(held, found, strict=False)
            },
            {
                (kinds[row["type"]], edge_key(kinds[row["type"]], row, row["row"])): row["row"]
                for kinds, rows in zip(families.values(), found[len(held) :], strict=True)
                for row in rows
            },
        )

    def apply(
        self, nodes: Sequence[NodeRows], edges: Sequence[EdgeRows], present: Present, progress: Progress
    ) -> LoadReport:
        """Write what ``present`` lacks of the rows. Nodes in the given order, then edges."""
        return self._write(
            [(part.label, node_delta(part, present)) for part in nodes], list(edge_deltas(edges, present)), progress
        )

    def upsert(self, nodes: Sequence[NodeRows], edges: Sequence[EdgeRows], progress: Progress) -> LoadReport:
        """Write all rows as they are, whatever the graph holds."""
        return self._write(
            [(part.label, Delta(list(part.rows))) for part in nodes],
            [(part.edge, Delta(list(part.rows))) for part in edges],
            progress,
        )

    def _write(
        self, nodes: Sequence[tuple[str, Delta]], edges: Sequence[tuple[Edge, Delta]], progress: Progress
    ) -> LoadReport:
        started = time.perf_counter()
        tell = _Steps(progress, sum(delta.rows for _, delta in (*nodes, *edges)))
        for label, delta in nodes:
            for rows in batches(delta.new):
                self._merge(cypher.upsert_nodes(label, rows))
                tell(len(rows))
            for rows in batches([*delta.changed, *delta.moved]):
                self._merge(cypher.change_nodes(label, rows))
                tell(len(rows))
        self._constrain({edge for edge, delta in edges if delta.new})
        for edge, delta in edges:
            for rows in batches(delta.new):
                self._upsert_edges(edge, rows)
                tell(len(rows))
            if edge.key != ("id",):  # the others are kept single by their constraint
                for sources in batches(sorted({str(row["source"]) for row in delta.new})):
                    self._merge(cypher.single_edges(edge, sources))
            for rows in batches([*delta.changed, *delta.moved]):
                self._merge(cypher.change_edges(edge, rows))
                tell(len(rows))
        types = sorted(((edge.type, delta) for edge, delta in edges), key=lambda pair: pair[0])
        return LoadReport(
            nodes=_tally((label, len(delta.new) + len(delta.changed)) for label, delta in nodes),
            relationships=_tally((name, len(delta.new) + len(delta.changed)) for name, delta in types),
            seconds=time.perf_counter() - started,
            moved=_tally((name, len(delta.moved)) for name, delta in (*nodes, *types)),
            unchanged=_tally((name, delta.unchanged) for name, delta in (*nodes, *types)),
        )

    def constrain(self, queries: Iterable[Query]) -> None:
        """Run statements that make constraints, each in a transaction of its own."""
        for query in queries:
            self._connection.write([query])

    def remove_nodes(self, label: str, keep: set[str]) -> int:
        """Remove the nodes of a label whose id is not among ``keep``; returns how many."""
        (rows,) = self._connection.snapshot([cypher.node_ids(label)])
        stale = [str(row["id"]) for row in rows if row["id"] not in keep]
        for ids in batches(stale):
            self._connection.write([cypher.delete_nodes(label, ids)])
        return len(stale)

    def remove_edges(
        self, edges: Sequence[Edge], keep: Sequence[EdgeRows], only_sources: set[str] | None = None
    ) -> int:
        """Remove the relationships of the kinds ``edges`` that are not among ``keep``; returns how many."""
        kept = {(part.edge, edge_key(part.edge, row, row["properties"])) for part in keep for row in part.rows}
        (present,) = self._connection.snapshot([cypher.count_edges()])
        names = {row["name"] for row in present}
        asked = [edge for edge in edges if edge.type in names]
        removed = 0
        for edge in asked:
            stale = [row for row in self._keys(edge, only_sources) if (edge, edge_key(edge, row, row)) not in kept]
            for batch in batches(stale):
                self._connection.write([cypher.delete_edges(edge, batch)])
            removed += len(stale)
        return removed

    def _keys(self, edge: Edge, only_sources: set[str] | None) -> Iterator[dict[str, Any]]:
        """The relationships of one kind; those from ``only_sources``, where they are given, in runs of these."""
        if only_sources is None:
            yield from self._connection.snapshot([cypher.edge_keys(edge)])[0]
            return
        for sources in batches(sorted(only_sources)):
            yield from self._connection.snapshot([cypher.edge_keys_of(edge, sources)])[0]

    def _merge(self, query: Query) -> Rows:
        """Run one statement, again when another writer made the same record in the same moment.

        Neo4j lets the second writer wait; ArcadeDB gives it a duplicate-key error, although a MERGE cannot mean one.
        """
        for attempt in range(MERGE_ATTEMPTS):
            try:
                return self._connection.write([query])[0]
            except ConstraintViolation:
                if attempt == MERGE_ATTEMPTS - 1:
                    raise
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")

    def _upsert_edges(self, edge: Edge, rows: Rows) -> None:
        (answer,) = self._merge(cypher.upsert_edges(edge, rows))
        if answer["total"] >= len(rows):
            return
        ends = ((edge.source, "source"), (edge.target, "target"))
        queries = [cypher.missing_nodes(label, sorted({str(row[end]) for row in rows})) for label, end in ends]
        missing = [row["id"] for found in self._connection.snapshot(queries) for row in found]
        raise ConstraintViolation(
            f"{edge.type} cannot be stored: there is no {' or '.join(dict.fromkeys(label for label, _ in ends))} "
            f"{', '.join(map(str, missing[:5]))}",
            "load the ontology that the records speak about first",
        )

    def _constrain(self, edges: Iterable[Edge]) -> None:
        """Constrain the ids of the relationship types that are about to be written, each once in this writer's life.

        All fifty types at once would take a new graph several seconds and most never get a relationship.
        """
        for name in sorted({edge.type for edge in edges if edge.key == ("id",)} - self._constrained):
            self.constrain([cypher.relationship_constraint(name)])
            self._constrained.add(name)


class _Steps:
    """Rows done, told to the progress port."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        if not total:
            progress("graph: nothing to write", 1, 1)

    def __call__(self, rows: int) -> None:
        self._done += rows
        self._progress("graph", self._done, self._total)


def _tally(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for name, count in pairs:
        if count:
            found[name] += count
    return dict(found)


def batches(rows: list[T]) -> Iterator[list[T]]:
    """Runs of at most 1,000 rows and about 2 million characters: whole documents are among the rows."""
    batch: list[T] = []
    characters = 0
    for row in rows:
        size = _characters(row) if isinstance(row, dict) else 0
        if batch and (len(batch) == BATCH_ROWS or characters + size > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(row)
        characters += size
    if batch:
        yield batch


def _characters(row: Mapping[str, Any]) -> int:
    return sum(
        len(value) if isinstance(value, str) else _characters(value) if isinstance(value, dict) else 0
        for value in row.values()
    )
