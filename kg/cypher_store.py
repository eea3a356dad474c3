"""The graph port in terms of Cypher statements: what to send in which order, whatever server answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Final, Self

from kg import cypher, graph, schema
from kg.cypher import Query
from kg.cypher_archive import Archive
from kg.cypher_writer import Connection, GraphWriter
from kg.errors import ConstraintViolation
from kg.graph import NodeRows
from kg.model import Exercise, Judgement, Ontology, Sample
from kg.progress import Progress, silent
from kg.rows import decode
from kg.store import LoadReport
from kg.versions_history import History

PAGE: Final = 2_000
"""Samples whose links are read at once: about 20,000 links, which the smallest heap of the bundled server holds."""


class CypherStore:
    """A :class:`~kg.store.GraphStore` over any connection that speaks Cypher."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._writer = GraphWriter(connection)
        self._archive = Archive(connection, self._writer)

    def bootstrap(self) -> None:
        for query in cypher.constraints():
            self._connection.write([query])
        self._connection.ensure_fulltext()

    def load(self, ontology: Ontology, progress: Progress = silent) -> LoadReport:
        _refuse(schema.validate_ontology(ontology))
        present = self._writer.present(schema.ONTOLOGY_LABELS, graph.ONTOLOGY_EDGES)
        self._archive.put_away(present, ontology)
        nodes = _documents_last(graph.node_rows(ontology))
        report = self._writer.apply(nodes, graph.edge_rows(ontology), present, progress)
        self._archive.link()
        return report

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
        self._writer.remove_edges(graph.SAMPLE_EDGES, edges, only_sources={sample.id for sample in samples})
        return self._writer.upsert([graph.sample_rows(samples)], edges, progress)

    def load_verdicts(self, rows: Iterable[Judgement]) -> LoadReport:
        judgements = list(rows)
        _refuse([violation for record in judgements for violation in schema.validate(record)])
        return self._writer.upsert(*graph.verdict_rows(judgements), silent)

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

    def history(self) -> History:
        return self._archive.read()

    def samples(self) -> tuple[Sample, ...]:
        (rows,) = self._connection.snapshot([cypher.read_nodes(schema.SAMPLE)])
        return tuple(decode(Sample, row["row"]) for row in rows)

    def exercises(self) -> tuple[Exercise, ...]:
        (samples,) = self._connection.snapshot([cypher.node_ids(schema.SAMPLE)])
        found: list[tuple[Any, ...]] = []
        ids = [str(row["id"]) for row in samples]
        for start in range(0, len(ids), PAGE):
            (rows,) = self._connection.snapshot([cypher.read_exercises(ids[start : start + PAGE])])
            found.extend((place, row["sample"], *rest) for row in rows for place, *rest in row["links"])
        return graph.exercises_from(found)

    def verdicts(self, run_id: str) -> tuple[Judgement, ...]:
        (rows,) = self._connection.snapshot([cypher.read_verdicts(run_id)])
        return tuple(decode(Judgement, row["row"]) for row in rows)

    def remove_stale(self, keep: Ontology) -> int:
        self._archive.put_away_withdrawn(keep)
        kept = {part.label: {str(row["id"]) for row in part.rows} for part in graph.node_rows(keep)}
        gone = sum(self._writer.remove_nodes(label, kept.get(label, set())) for label in schema.ONTOLOGY_LABELS)
        self._archive.link()
        return gone + self._writer.remove_edges(graph.ONTOLOGY_EDGES, graph.edge_rows(keep))

    def remove_stale_samples(self, keep: Sequence[Sample]) -> int:
        return self._writer.remove_nodes(schema.SAMPLE, {sample.id for sample in keep})

    def read(self, query: Query) -> list[dict[str, object]]:
        return self._connection.read(query)

    def counts(self) -> dict[str, int]:
        queries = [cypher.count_nodes(), cypher.count_edges(), cypher.count_history_edges()]
        nodes, edges, past = self._connection.snapshot(queries)
        found = Counter({str(row["name"]): int(row["total"]) for row in (*nodes, *edges)})
        found.subtract({str(row["name"]): int(row["total"]) for row in past})
        labels = {label: found[label] for label in schema.LABELS}
        return labels | {name: found[name] for name in sorted(schema.RELATIONSHIPS) if found[name]}

    def clear(self) -> None:
        for label in (*schema.LABELS, *schema.HISTORY_LABELS):
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

    def _relation_sources(self) -> dict[str, str]:
        query = cypher.read_edges(schema.RELATION_TYPES, schema.CONCEPT, schema.CONCEPT)
        (rows,) = self._connection.snapshot([query])
        return {str(row["row"]["id"]): str(row["source"]) for row in rows}


def _documents_last(parts: Sequence[NodeRows]) -> list[NodeRows]:
    """A document names its version: until all of that is there, the graph still says that it holds the old one."""
    return sorted(parts, key=lambda part: part.label == schema.DOCUMENT)


def _refuse(violations: Iterable[str]) -> None:
    found = list(violations)
    if found:
        more = f" (and {len(found) - 5} more)" if len(found) > 5 else ""
        raise ConstraintViolation("; ".join(found[:5]) + more, "nothing was written; put the records right first")
