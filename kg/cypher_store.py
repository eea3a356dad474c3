"""The graph port in terms of Cypher statements: what to send in which order, whatever server answers."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final, Protocol, Self, TypeVar

from kg import cypher, graph, schema
from kg.cypher import Edge, Query
from kg.errors import ConstraintViolation
from kg.graph import EdgeRows, NodeRows
from kg.model import Exercise, Judgement, Ontology, Sample
from kg.progress import Progress, silent
from kg.rows import decode
from kg.store import LoadReport

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


class CypherStore:
    """A :class:`~kg.store.GraphStore` over any connection that speaks Cypher."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._constrained: set[str] = set()

    def bootstrap(self) -> None:
        for query in cypher.constraints():
            self._connection.write([query])
        self._connection.ensure_fulltext()

    def load(self, ontology: Ontology, progress: Progress = silent) -> LoadReport:
        _refuse(schema.validate_ontology(ontology))
        return self._upsert(graph.node_rows(ontology), graph.edge_rows(ontology), progress)

    def load_samples(
        self, samples: Sequence[Sample], exercises: Sequence[Exercise], progress: Progress = silent
    ) -> LoadReport:
        _refuse([violation for record in (*samples, *exercises) for violation in schema.validate(record)])
        sources = self._relation_sources() if any(link.kind == "relation" for link in exercises) else {}
        _refuse(
            f"there is no relation {link.element_id}, which {link.sample_id} exercises"
            for link in exercises
            if link.kind == "relation" and link.element_id not in sources
        )
        edges = graph.exercise_rows(exercises, sources)
        self._remove_edges(graph.SAMPLE_EDGES, edges, only_sources={sample.id for sample in samples})
        return self._upsert([graph.sample_rows(samples)], edges, progress)

    def load_verdicts(self, rows: Iterable[Judgement]) -> LoadReport:
        judgements = list(rows)
        _refuse([violation for record in judgements for violation in schema.validate(record)])
        return self._upsert(*graph.verdict_rows(judgements), silent)

    def ontology(self) -> Ontology:
        concept, rule = schema.CONCEPT, schema.RULE
        found = self._connection.snapshot(
            [
                *(cypher.read_nodes(label) for label in schema.ONTOLOGY_LABELS),
                cypher.read_edges(schema.RELATION_TYPES, concept, concept),
                cypher.read_edges((schema.MENTIONS,), rule, concept),
                cypher.read_edges(schema.CONFLICT_RELATIONSHIPS, rule, rule),
            ]
        )
        maps = [[row["row"] for row in rows] for rows in found]
        nodes = dict(zip(schema.ONTOLOGY_LABELS, maps, strict=False))
        edges = dict(zip(("relations", "mentions", "conflicts"), maps[len(nodes) :], strict=True))
        return graph.ontology_from(nodes, edges)

    def samples(self) -> tuple[Sample, ...]:
        (rows,) = self._connection.snapshot([cypher.read_nodes(schema.SAMPLE)])
        return tuple(decode(Sample, row["row"]) for row in rows)

    def exercises(self) -> tuple[Exercise, ...]:
        queries = [cypher.read_edges((edge.type,), edge.source, edge.target) for edge in graph.SAMPLE_EDGES]
        found = self._connection.snapshot(queries)
        return graph.exercises_from(row["row"] for rows in found for row in rows)

    def verdicts(self, run_id: str) -> tuple[Judgement, ...]:
        (rows,) = self._connection.snapshot([cypher.read_verdicts(run_id)])
        return tuple(decode(Judgement, row["row"]) for row in rows)

    def remove_stale(self, keep: Ontology) -> int:
        kept = {part.label: {str(row["id"]) for row in part.rows} for part in graph.node_rows(keep)}
        gone = sum(self._remove_nodes(label, kept.get(label, set())) for label in schema.ONTOLOGY_LABELS)
        return gone + self._remove_edges(graph.ONTOLOGY_EDGES, graph.edge_rows(keep))

    def remove_stale_samples(self, keep: Sequence[Sample]) -> int:
        return self._remove_nodes(schema.SAMPLE, {sample.id for sample in keep})

    def read(self, query: Query) -> list[dict[str, object]]:
        return self._connection.read(query)

    def counts(self) -> dict[str, int]:
        nodes, edges = self._connection.snapshot([cypher.count_nodes(), cypher.count_edges()])
        found = {str(row["name"]): int(row["total"]) for row in (*nodes, *edges)}
        labels = {label: found.get(label, 0) for label in schema.LABELS}
        return labels | {name: found[name] for name in sorted(set(schema.RELATIONSHIPS) & found.keys())}

    def clear(self) -> None:
        for label in schema.LABELS:
            while self._connection.write([cypher.clear(label)])[0][0]["total"]:
                pass

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _upsert(self, nodes: Sequence[NodeRows], edges: Sequence[EdgeRows], progress: Progress) -> LoadReport:
        started = time.perf_counter()
        total = sum(len(part.rows) for part in nodes) + sum(len(part.rows) for part in edges)
        done = 0
        for part in nodes:
            for rows in _batches(part.rows):
                self._merge(cypher.upsert_nodes(part.label, rows))
                progress("graph", done := done + len(rows), total)
        self._constrain({part.edge for part in edges})
        for edges_part in edges:
            for rows in _batches(edges_part.rows):
                self._upsert_edges(edges_part.edge, rows)
                progress("graph", done := done + len(rows), total)
        relationships: Counter[str] = Counter()
        for edges_part in edges:
            relationships[edges_part.edge.type] += len(edges_part.rows)
        return LoadReport(
            nodes={part.label: len(part.rows) for part in nodes if part.rows},
            relationships=dict(sorted(relationships.items())),
            seconds=time.perf_counter() - started,
        )

    def _merge(self, query: Query) -> Rows:
        """Run one MERGE statement, again when another writer made the same record in the same moment.

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
        """Constrain the ids of the relationship types that are about to be written, each once in this store's life.

        All fifty types at once would take a new graph several seconds and most never get a relationship.
        """
        for name in sorted({edge.type for edge in edges if edge.key == ("id",)} - self._constrained):
            self._connection.write([cypher.relationship_constraint(name)])
            self._constrained.add(name)

    def _relation_sources(self) -> dict[str, str]:
        query = cypher.read_edges(schema.RELATION_TYPES, schema.CONCEPT, schema.CONCEPT)
        (rows,) = self._connection.snapshot([query])
        return {str(row["row"]["id"]): str(row["source"]) for row in rows}

    def _remove_nodes(self, label: str, keep: set[str]) -> int:
        (rows,) = self._connection.snapshot([cypher.node_ids(label)])
        stale = [str(row["id"]) for row in rows if row["id"] not in keep]
        for ids in _batches(stale):
            self._connection.write([cypher.delete_nodes(label, ids)])
        return len(stale)

    def _remove_edges(
        self, edges: Sequence[Edge], keep: Sequence[EdgeRows], only_sources: set[str] | None = None
    ) -> int:
        kept = {(part.edge, _edge_key(part.edge, row, row["properties"])) for part in keep for row in part.rows}
        (present,) = self._connection.snapshot([cypher.count_edges()])
        names = {row["name"] for row in present}
        asked = [edge for edge in edges if edge.type in names]
        removed = 0
        for edge, rows in zip(
            asked, self._connection.snapshot([cypher.edge_keys(edge) for edge in asked]), strict=True
        ):
            stale = [
                row
                for row in rows
                if (edge, _edge_key(edge, row, row)) not in kept
                and (only_sources is None or row["source"] in only_sources)
            ]
            for batch in _batches(stale):
                self._connection.write([cypher.delete_edges(edge, batch)])
            removed += len(stale)
        return removed


def _edge_key(edge: Edge, ends: Any, properties: Any) -> tuple[object, ...]:
    return (ends["source"], ends["target"], *(properties.get(name) for name in edge.key))


def _batches(rows: list[T]) -> Iterator[list[T]]:
    """Runs of at most 1,000 rows and about 2 million characters: whole documents are among the rows."""
    batch: list[T] = []
    characters = 0
    for row in rows:
        size = sum(len(value) for value in row.values() if isinstance(value, str)) if isinstance(row, dict) else 0
        if batch and (len(batch) == BATCH_ROWS or characters + size > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(row)
        characters += size
    if batch:
        yield batch


def _refuse(violations: Iterable[str]) -> None:
    found = list(violations)
    if found:
        more = f" (and {len(found) - 5} more)" if len(found) > 5 else ""
        raise ConstraintViolation("; ".join(found[:5]) + more, "nothing was written; put the records right first")
