"""What the pages read: the graph through the store's read-only door, and the workspace's complete runs."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kg import cypher_pages, cypher_questions, cypher_show
from kg.cypher import Query
from kg.errors import PlumblineError
from studio import steps
from studio.stages_ontology import LOADED
from studio.wiring import Studio
from studio.workspace import read_json

if TYPE_CHECKING:
    from kg.coverage import Coverage
    from kg.model import Ontology
    from kg.store import GraphStore

SHOWN_RULES = 60
"""Rules listed for a concept; all are counted."""

SEARCHED = 24
"""Names that a search asks the graph for, before the best are picked."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation of a concept as the pages show it. ``sources`` say where it was found, in words."""

    id: str
    type: str
    negated: bool
    source: str
    source_label: str
    source_kind: str
    target: str
    target_label: str
    target_kind: str
    sources: tuple[str, ...] = ()
    common_sense: bool = False
    """Known from ConceptNet alone."""

    @property
    def name(self) -> str:
        """The type, with its negation where the type does not say it."""
        return (
            f"not {self.type}"
            if self.negated and not self.type.startswith(("Not", "Must", "May", "Need"))
            else self.type
        )


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule with the words of its clause and where they stand."""

    id: str
    modality: str
    text: str
    citation: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A concept with what the graph says of it; ``relations`` and ``rule_count`` are the totals."""

    id: str
    label: str
    kind: str
    definition: str = ""
    aliases: tuple[str, ...] = ()
    conceptnet: str = ""
    sources: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()
    relations: int = 0
    rules: tuple[Stated, ...] = ()
    rule_count: int = 0


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
        """Concepts whose names match: ``id, label, kind, score``; the very name first, then names that begin so."""
        wanted = " ".join(text.split()).casefold()
        if not wanted:
            return []
        rows = [dict(row) for row in self.store.read(cypher_questions.search_concepts(text, SEARCHED))]
        rows.sort(key=lambda row: _nearness(str(row["label"]).casefold(), wanted))
        return rows[:limit]

    def prominent(self, limit: int = 12) -> list[dict[str, Any]]:
        """The concepts that most rules mention: where to begin."""
        return [dict(row) for row in self.store.read(cypher_pages.prominent(limit))]

    def surroundings(self, concept_id: str, edges: int = 24) -> Surroundings | None:
        """A concept with its ``edges`` heaviest relations and its rules; None when there is no such concept."""
        found = self.store.read(cypher_pages.concept(concept_id))
        if not found:
            return None
        row = found[0]
        totals = self.store.read(cypher_pages.counts_of_concept(concept_id))[0]
        relations = self.store.read(cypher_pages.relations_of_concept(concept_id, edges))
        rules = self.store.read(cypher_pages.rules_of_concept(concept_id, SHOWN_RULES))
        proofs = [proof for edge in (row, *relations) for proof in _proofs(edge)]
        refs = sorted({str(proof["ref"]) for proof in proofs if proof["source"] == "clause"})
        places = {str(one["id"]): place_of(one) for one in self.store.read(cypher_show.places_of_clauses(refs))}
        return Surroundings(
            id=concept_id,
            label=str(row["label"]),
            kind=str(row["kind"]),
            definition=str(row["definition"] or ""),
            aliases=_other_names(str(row["label"]), _texts(row["aliases"])),
            conceptnet=str(row["conceptnet"] or ""),
            sources=_sources(row, places),
            edges=tuple(_edge(one, places) for one in relations),
            relations=_whole(totals["relations"]),
            rules=tuple(_stated(one) for one in rules),
            rule_count=_whole(totals["rules"]),
        )

    def weakest(self, limit: int = 5) -> list[dict[str, Any]]:
        """The weakest sections of the newest run's audit: ``name, n, aligned`` with its interval, ``target``."""
        latest = self.latest()
        path = Path(latest["report"]).with_suffix(".json") if latest else None
        if path is None or not path.is_file():
            return []
        audit = read_json(path)["audit"]
        return [row | {"target": audit["target"]} for row in audit["regions"] if row["n"]][:limit]

    def warm(self) -> None:
        """Read the ledger ahead of the first visitor, who would wait for it. What fails here is told on the page."""
        with suppress(PlumblineError):
            self.ledger()

    @property
    def ready(self) -> bool:
        """Has the ledger been read? While it has not, a page that needs it takes a while."""
        return self._ledger is not None

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
                size = self.studio.settings.coverage.t
                found = measure(ontology, self.store.samples(), self.store.exercises(), t=size)
                self._ledger = (stamp, ontology, found)
            return self._ledger[1], self._ledger[2]


def _nearness(label: str, wanted: str) -> int:
    return 0 if label == wanted else 1 if label.startswith(f"{wanted} ") else 2


def place_of(row: Mapping[str, Any]) -> str:
    """Where a clause stands, as a reader finds it: "clause 5.2, Code of Conduct, Gifts, page 7"."""
    number = str(row.get("number") or row.get("clause") or "")
    page = f"page {row['page']}" if row.get("page") else ""
    parts = (f"clause {number}" if number else "", str(row.get("document") or ""), str(row.get("section") or ""), page)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _edge(row: Mapping[str, Any], places: Mapping[str, str]) -> Edge:
    proofs = _proofs(row)
    ends = {name: str(row[name]) for name in Edge.__dataclass_fields__ if name.startswith(("source_", "target_"))}
    return Edge(
        id=str(row["id"]),
        type=str(row["type"]),
        negated=row.get("polarity") == -1,
        source=str(row["source"]),
        target=str(row["target"]),
        sources=_sources(row, places),
        common_sense=bool(proofs) and all(proof["source"] == "conceptnet" for proof in proofs),
        **ends,
    )


def _stated(row: Mapping[str, Any]) -> Stated:
    words = f"{row['lead_in'] or ''} {row['words'] or ''}".strip()
    return Stated(
        str(row["id"]), str(row["modality"]), str(row["text"]), str(row["clause"] or ""), place_of(row), words
    )


def _proofs(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The provenance of a node or an edge: each proof is stored as the JSON of its record."""
    return [json.loads(one) for one in row.get("provenance") or ()]


def _sources(row: Mapping[str, Any], places: Mapping[str, str]) -> tuple[str, ...]:
    """Each source in words, once: the place of a clause, or what ConceptNet calls it with its licence."""
    found = []
    for proof in _proofs(row):
        licence = f" ({proof['licence']})" if proof.get("licence") else ""
        ref, source = str(proof["ref"]), str(proof["source"])
        words = (
            places.get(ref) if source == "clause" else f"ConceptNet: {in_words(ref)}" if source == "conceptnet" else ""
        )
        found.append(f"{words or f'{source} {ref}'}{licence}")
    return tuple(dict.fromkeys(found))


def in_words(uri: str) -> str:
    """A ConceptNet URI as it reads: ``/a/[/r/IsA/,/c/en/shift_lead/,/c/en/employee/]`` is "shift lead IsA employee"."""
    parts = uri.removeprefix("/a/[").rstrip("]").split(",") if uri.startswith("/a/[") else [uri]
    names = []
    for part in parts:
        steps_ = part.strip("/").split("/")
        names.append(steps_[2].replace("_", " ") if steps_[0] == "c" and len(steps_) > 2 else "/".join(steps_[1:]))
    return f"{names[1]} {names[0]} {names[2]}" if len(names) == 3 else names[0] or uri


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def _other_names(label: str, names: Iterable[str]) -> tuple[str, ...]:
    """``names`` without what differs from the label, or from each other, by capitals alone."""
    found = {label.casefold(): label}
    for name in sorted(names, key=str.swapcase):  # of two such names the one in small letters
        found.setdefault(name.casefold(), name)
    return tuple(found.values())[1:]


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
