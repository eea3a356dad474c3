"""The history of a policy in its graph: written before a new version replaces an old one, linked afterwards."""

from collections.abc import Sequence
from typing import Final

from kg import cypher, schema
from kg.cypher_writer import Connection, GraphWriter
from kg.graph import ontology_from
from kg.model import Ontology
from kg.progress import silent
from kg.versions_archive import HISTORY_EDGES, history_edges, history_from, history_nodes
from kg.versions_history import History, archived
from kg.versions_rows import Present

_READ: Final = (schema.DOCUMENT, schema.SECTION, schema.CLAUSE, schema.RULE)


class Archive:
    """The labels and relationships of the past."""

    def __init__(self, connection: Connection, writer: GraphWriter) -> None:
        self._connection, self._writer = connection, writer
        self._constrained = False

    def read(self) -> History:
        """Everything that was put away."""
        found = self._connection.snapshot([cypher.read_nodes(label) for label in schema.HISTORY_LABELS])
        return history_from(
            {label: [row["row"] for row in rows] for label, rows in zip(schema.HISTORY_LABELS, found, strict=True)}
        )

    def put_away(self, present: Present, new: Ontology) -> None:
        """Add to the history what ``new`` does away with of the documents that it holds in another version."""
        hashes = {document.id: document.sha256 for document in new.documents}
        self._put_away(
            present,
            new,
            [key for key, row in _documents(present).items() if hashes.get(key, row["sha256"]) != row["sha256"]],
        )

    def put_away_withdrawn(self, keep: Ontology) -> None:
        """Add the documents that are not in ``keep`` to the history."""
        (rows,) = self._connection.snapshot([cypher.node_ids(schema.DOCUMENT)])
        withdrawn = [str(row["id"]) for row in rows if row["id"] not in keep.document_by_id]
        if withdrawn:
            self._put_away(self._writer.present(_READ, ()), keep, withdrawn)

    def _put_away(self, present: Present, new: Ontology, documents: Sequence[str]) -> None:
        if not documents:
            return
        if not self._constrained:
            self._writer.constrain(cypher.history_constraints())
            self._constrained = True
        before = self.read()
        after = archived(before, _of(present, set(documents)), new)
        old = {part.label: {str(row["id"]): row for row in part.rows} for part in history_nodes(before)}
        self._writer.apply(history_nodes(after), [], Present(old), silent)
        for part in history_nodes(after):
            self._writer.remove_nodes(part.label, {str(row["id"]) for row in part.rows})

    def link(self) -> None:
        """Let each past record be superseded by what followed it, as far as that is in the graph."""
        totals = {row["name"]: row["total"] for row in self._connection.snapshot([cypher.count_nodes()])[0]}
        if not any(totals.get(label) for label in schema.HISTORY_LABELS):
            return
        labels = (schema.DOCUMENT, schema.CLAUSE, schema.RULE)
        found = self._connection.snapshot([cypher.node_ids(label) for label in labels])
        current = {label: {str(row["id"]) for row in rows} for label, rows in zip(labels, found, strict=True)}
        edges = history_edges(self.read(), current)
        self._writer.remove_edges(HISTORY_EDGES, edges)
        self._writer.apply([], edges, self._writer.present((), HISTORY_EDGES), silent)


def _documents(present: Present) -> dict[str, dict[str, object]]:
    return {key: dict(row) for key, row in present.nodes.get(schema.DOCUMENT, {}).items()}


def _of(present: Present, documents: set[str]) -> Ontology:
    """The records of some documents that the graph holds, in order."""
    nodes = {}
    for label in schema.ONTOLOGY_LABELS:
        owner = "id" if label == schema.DOCUMENT else "document_id"
        rows = [row for row in present.nodes.get(label, {}).values() if row.get(owner) in documents]
        nodes[label] = sorted(rows, key=lambda row: (row["ordinal"], row["id"]))
    return ontology_from(nodes, {"relations": (), "mentions": (), "conflicts": ()})
