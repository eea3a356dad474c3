"""What the pages read: the graph through the store's read-only door, and the workspace's complete runs."""

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from kg import cypher
from kg.cypher import Query
from studio import steps
from studio.stages_ontology import LOADED
from studio.wiring import Studio

if TYPE_CHECKING:
    from kg.coverage import Coverage
    from kg.model import Ontology
    from kg.store import GraphStore

EDGES = 48
"""Relations drawn around a concept; more cannot be read."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A concept with what the graph says of it. Rows are those of kg.cypher's queries."""

    id: str
    label: str
    kind: str
    definition: str
    edges: tuple[dict[str, Any], ...]
    rules: tuple[dict[str, Any], ...]
    passages: tuple[dict[str, Any], ...]
    """``clause, text, role``: the clauses that state those rules, in their own words."""

    sources: tuple[str, ...]


def title_of(studio: Studio, store: "GraphStore") -> str:
    """The title of the configuration, or that of the first document in the graph."""
    if studio.settings.title:
        return studio.settings.title
    rows = store.read(Query("MATCH (d:Document) RETURN d.title AS title ORDER BY d.ordinal LIMIT 1", {}))
    return str(rows[0]["title"]) if rows else "an empty graph"


@dataclass
class Reading:
    """Everything that a page asks for. The ledger is kept until the graph is loaded anew."""

    studio: Studio
    store: "GraphStore"
    title: str
    """What the policy is called."""

    _ledger: "tuple[float, Ontology, Coverage] | None" = None
    _lock: Lock = field(default_factory=Lock)

    def counts(self) -> dict[str, int]:
        """Nodes by label and relationships by type."""
        return self.store.counts()

    def runs(self) -> list[dict[str, Any]]:
        """The complete runs, newest first."""
        return steps.runs(self.studio)

    def latest(self) -> dict[str, Any] | None:
        """The newest complete run with its summary, if there is one."""
        known = self.runs()
        return steps.report(self.studio, known[0]["run"]) if known else None

    def search(self, text: str, limit: int = 8) -> list[dict[str, Any]]:
        """Concepts whose names match: ``id, label, kind, score``."""
        return [dict(row) for row in self.store.read(cypher.search_concepts(text, limit))] if text.strip() else []

    def prominent(self, limit: int = 12) -> list[dict[str, Any]]:
        """The concepts that most rules mention: where to begin."""
        text = (
            "MATCH (c:Concept)<-[:MENTIONS]-(r:Rule) WITH c, count(DISTINCT r) AS rules "
            f"RETURN c.id AS id, c.label AS label, c.kind AS kind, rules ORDER BY rules DESC, label LIMIT {int(limit)}"
        )
        return [dict(row) for row in self.store.read(Query(text, {}))]

    def surroundings(self, concept_id: str) -> Surroundings | None:
        """A concept with neighbours, rules and the very words of their clauses; None when there is no such concept."""
        found = self.store.read(
            Query(
                "MATCH (c:Concept {id: $id}) RETURN c.label AS label, c.kind AS kind, c.definition AS definition, "
                "c.conceptnet AS conceptnet, c.aliases AS aliases",
                {"id": concept_id},
            )
        )
        if not found:
            return None
        row = found[0]
        sources = [str(row["conceptnet"])] if row["conceptnet"] else []
        return Surroundings(
            id=concept_id,
            label=str(row["label"]),
            kind=str(row["kind"]),
            definition=str(row["definition"] or ""),
            edges=tuple(self.store.read(cypher.neighbourhood(concept_id, 1, EDGES))),
            rules=tuple(self.store.read(cypher.rules_of_concept(concept_id, 40))),
            passages=tuple(self.store.read(_passages(concept_id))),
            sources=tuple(sources),
        )

    def ledger(self) -> "tuple[Ontology, Coverage] | None":
        """The ontology and its coverage by the samples in the graph; None for an empty graph."""
        from kg.coverage import measure

        path = self.studio.workspace.graph / LOADED
        stamp = path.stat().st_mtime if path.is_file() else 0.0
        with self._lock:
            if self._ledger is None or self._ledger[0] != stamp:
                ontology = self.store.ontology()
                if not ontology.documents:
                    return None
                self._ledger = (stamp, ontology, measure(ontology, self.store.samples(), self.store.exercises()))
            return self._ledger[1], self._ledger[2]


def _passages(concept_id: str, limit: int = 20) -> Query:
    text = (
        "MATCH (c:Concept {id: $id})<-[:MENTIONS]-(:Rule)<-[:STATES]-(p:Clause) "
        "RETURN DISTINCT p.id AS id, p.number AS clause, p.text AS text, p.ordinal AS ordinal "
        f"ORDER BY ordinal, id LIMIT {int(limit)}"
    )
    return Query(text, {"id": concept_id})
