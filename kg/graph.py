"""An ontology as rows of nodes and edges, and back. Pure: :mod:`kg.bolt` sends what stands here.

Every row carries ``ordinal``, its place in the ontology's tuple, so that reading back gives the same order.
Edges that only repeat what a record says (HAS_SECTION, STATES, REFERS_TO, ...) are there for people who query the
graph; reading back looks at the records' own properties.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from kg import schema
from kg.cypher import FULLTEXT_PROPERTY, Edge
from kg.errors import StoreError
from kg.model import (
    Clause,
    Concept,
    Conflict,
    Document,
    Exercise,
    Judgement,
    Ontology,
    Relation,
    Rule,
    RuleConcept,
    Sample,
    Section,
    group,
)
from kg.rows import decode, encode

Row = dict[str, object]
T = TypeVar("T")


class NodeRows(NamedTuple):
    """Nodes of one label, ready to upsert."""

    label: str
    rows: list[Row]


class EdgeRows(NamedTuple):
    """Edges of one kind, ready to upsert: rows of ``source``, ``target`` and ``properties``."""

    edge: Edge
    rows: list[Row]


DOCUMENT_SECTION: Final = Edge(schema.HAS_SECTION, schema.DOCUMENT, schema.SECTION)
SECTION_SECTION: Final = Edge(schema.HAS_SECTION, schema.SECTION, schema.SECTION)
SECTION_CLAUSE: Final = Edge(schema.HAS_CLAUSE, schema.SECTION, schema.CLAUSE)
CLAUSE_RULE: Final = Edge(schema.STATES, schema.CLAUSE, schema.RULE)
RULE_CLAUSE: Final = Edge(schema.REFERS_TO, schema.RULE, schema.CLAUSE)
CLAUSE_CLAUSE: Final = Edge(schema.SUPERSEDED_BY, schema.CLAUSE, schema.CLAUSE)
RULE_CONCEPT: Final = Edge(schema.MENTIONS, schema.RULE, schema.CONCEPT, ("role",))
RELATIONS: Final = tuple(Edge(name, schema.CONCEPT, schema.CONCEPT, ("id",)) for name in schema.RELATION_TYPES)
CONFLICTS: Final = tuple(Edge(name, schema.RULE, schema.RULE, ("id",)) for name in schema.CONFLICT_RELATIONSHIPS)
ONTOLOGY_EDGES: Final = (
    DOCUMENT_SECTION,
    SECTION_SECTION,
    SECTION_CLAUSE,
    CLAUSE_RULE,
    RULE_CLAUSE,
    CLAUSE_CLAUSE,
    RULE_CONCEPT,
    *RELATIONS,
    *CONFLICTS,
)
"""Every kind of relationship that an ontology may have."""

SAMPLE_RULE: Final = Edge(schema.EXERCISES, schema.SAMPLE, schema.RULE, ("how",))
SAMPLE_CONCEPT: Final = Edge(schema.EXERCISES, schema.SAMPLE, schema.CONCEPT, ("how",))
SAMPLE_RELATION: Final = Edge(schema.EXERCISES_RELATION, schema.SAMPLE, schema.CONCEPT, ("relation_id", "how"))
_EXERCISE: Final = (int, str, str, str, str, int | float)
"""The types of a row of the ledger: place, sample, kind, element, how, score."""
SAMPLE_EDGES: Final = (SAMPLE_RULE, SAMPLE_CONCEPT, SAMPLE_RELATION)
RUN_PROBE: Final = Edge(schema.JUDGED, schema.RUN, schema.PROBE, ("model",))


def node_rows(ontology: Ontology) -> list[NodeRows]:
    """The ontology's nodes by label, parents first."""
    parts: list[NodeRows] = [
        NodeRows(schema.DOCUMENT, _ordered(ontology.documents)),
        NodeRows(schema.SECTION, _ordered(ontology.sections)),
        NodeRows(schema.CLAUSE, _ordered(ontology.clauses)),
        NodeRows(schema.RULE, _ordered(ontology.rules)),
        NodeRows(schema.CONCEPT, [_concept_row(row) for row in _ordered(ontology.concepts)]),
    ]
    return [part for part in parts if part.rows]


def edge_rows(ontology: Ontology) -> list[EdgeRows]:
    """The ontology's edges by kind."""
    clauses = ontology.clause_by_id
    parts = [
        EdgeRows(DOCUMENT_SECTION, _links((s.document_id, s.id) for s in ontology.sections if s.parent_id is None)),
        EdgeRows(SECTION_SECTION, _links((s.parent_id, s.id) for s in ontology.sections if s.parent_id is not None)),
        EdgeRows(SECTION_CLAUSE, _links((c.section_id, c.id) for c in ontology.clauses)),
        EdgeRows(CLAUSE_RULE, _links((r.clause_id, r.id) for r in ontology.rules)),
        EdgeRows(RULE_CLAUSE, _links((r.id, ref) for r in ontology.rules for ref in r.references if ref in clauses)),
        EdgeRows(CLAUSE_CLAUSE, _links(successions(ontology))),
        EdgeRows(
            RULE_CONCEPT,
            [_edge(link.rule_id, link.concept_id, link, number) for number, link in enumerate(ontology.rule_concepts)],
        ),
        *_by_type(
            RELATIONS,
            (
                (schema.relation_type(relation.type), _edge(relation.source_id, relation.target_id, relation, number))
                for number, relation in enumerate(ontology.relations)
            ),
        ),
        *_by_type(
            CONFLICTS,
            (
                (schema.conflict_type(conflict.kind), _edge(conflict.rule_a, conflict.rule_b, conflict, number))
                for number, conflict in enumerate(ontology.conflicts)
            ),
        ),
    ]
    return [part for part in parts if part.rows]


def successions(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The ids of each superseded clause and of a clause that replaces it, once per pair.

    A document names the newer text by its number: every passage that bears it, else those within it (3.2(a) for 3.2).
    """
    numbered = group((clause for clause in ontology.clauses if clause.number), lambda clause: clause.document_id)
    for clause in ontology.clauses:
        named = clause.superseded_by
        if named in ontology.clause_by_id:
            yield clause.id, named
        elif named:
            near = numbered.get(clause.document_id, ())
            newer = [one for one in near if one.number == named] or [one for one in near if within(one.number, named)]
            yield from ((clause.id, one.id) for one in newer if one.id != clause.id)


def within(number: str, whole: str) -> bool:
    """Is ``number`` that of ``whole`` or of a part of it? 3.2(a) and 3.2.1 lie within 3.2, 3.21 does not."""
    return bool(whole) and number.startswith(whole) and not number[len(whole) : len(whole) + 1].isalnum()


def ontology_from(
    nodes: Mapping[str, Sequence[Mapping[str, Any]]], edges: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Ontology:
    """The ontology of property maps: ``nodes`` by label, ``edges`` under ``relations``, ``mentions``, ``conflicts``."""
    return Ontology(
        documents=_records(Document, nodes[schema.DOCUMENT]),
        sections=_records(Section, nodes[schema.SECTION]),
        clauses=_records(Clause, nodes[schema.CLAUSE]),
        rules=_records(Rule, nodes[schema.RULE]),
        concepts=_records(Concept, nodes[schema.CONCEPT]),
        relations=_records(Relation, edges["relations"]),
        rule_concepts=_records(RuleConcept, edges["mentions"]),
        conflicts=_records(Conflict, edges["conflicts"]),
    )


def sample_rows(samples: Sequence[Sample]) -> NodeRows:
    """Samples as nodes."""
    return NodeRows(schema.SAMPLE, _ordered(samples))


def exercise_rows(exercises: Iterable[Exercise], relation_source: Mapping[str, str]) -> list[EdgeRows]:
    """The ledger as edges. ``relation_source`` gives the source concept of each exercised relation."""
    rows: dict[Edge, dict[tuple[str, ...], Row]] = {edge: {} for edge in SAMPLE_EDGES}
    for number, exercise in enumerate(exercises):
        edge = {"rule": SAMPLE_RULE, "concept": SAMPLE_CONCEPT}.get(exercise.kind, SAMPLE_RELATION)
        end = relation_source[exercise.element_id] if edge is SAMPLE_RELATION else exercise.element_id
        row = _edge(exercise.sample_id, end, exercise, number)
        if edge is SAMPLE_RELATION:
            row["properties"] = {**encode(exercise), "ordinal": number, "relation_id": exercise.element_id}
        # one link per check: a later one with the same key replaces the earlier
        rows[edge][exercise.sample_id, exercise.element_id, exercise.how] = row
    return [EdgeRows(edge, list(found.values())) for edge, found in rows.items() if found]


def exercises_from(rows: Iterable[Sequence[Any]]) -> tuple[Exercise, ...]:
    """The ledger back from the rows of :func:`kg.cypher.read_exercises`, in the order in which it was loaded."""
    listed = list(rows)
    for row in listed:
        if not all(isinstance(value, kind) for value, kind in zip(row, _EXERCISE, strict=True)):
            decode(Exercise, dict(zip(("ordinal", *Exercise.__slots__), row, strict=True)))  # says what is wrong
            raise StoreError(f"a link of the ledger has no place: {row}", "run plumbline generate again")
    listed.sort(key=lambda row: (row[0], row[1], row[3]))
    return tuple(Exercise(sample, kind, element, how, float(score)) for _, sample, kind, element, how, score in listed)


def verdict_rows(rows: Sequence[Judgement]) -> tuple[list[NodeRows], list[EdgeRows]]:
    """Audit results as runs, probes and the JUDGED edges between them."""
    runs = [{"id": run} for run in dict.fromkeys(row.run_id for row in rows)]
    probes = {
        row.probe_id: {
            "id": row.probe_id,
            "question": row.question,
            "expected": row.expected.value,
            "region_id": row.region_id,
        }
        for row in rows
    }
    edges = {(row.run_id, row.probe_id, row.model): row for row in rows}
    judged: list[Row] = [
        {
            "source": row.run_id,
            "target": row.probe_id,
            "properties": {**encode(row), "correct": row.correct, "ordinal": number},
        }
        for number, row in enumerate(edges.values())
    ]
    nodes = [
        NodeRows(schema.RUN, [dict(run) for run in runs]),
        NodeRows(schema.PROBE, [dict(row) for row in probes.values()]),
    ]
    return nodes, [EdgeRows(RUN_PROBE, judged)]


def _ordered(records: Sequence[object]) -> list[Row]:
    return [{**encode(record), "ordinal": number} for number, record in enumerate(records)]


def _concept_row(row: Row) -> Row:
    aliases = row["aliases"]
    names = [row["label"], *(aliases if isinstance(aliases, list) else [])]
    return {**row, FULLTEXT_PROPERTY: " | ".join(str(name) for name in names)}


def _links(pairs: Iterable[tuple[str | None, str]]) -> list[Row]:
    return [{"source": source, "target": target, "properties": {}} for source, target in dict.fromkeys(pairs)]


def _edge(source: str, target: str, record: object, ordinal: int) -> Row:
    return {"source": source, "target": target, "properties": {**encode(record), "ordinal": ordinal}}


def _by_type(edges: Sequence[Edge], rows: Iterable[tuple[str, Row]]) -> list[EdgeRows]:
    kinds = {edge.type: edge for edge in edges}
    return [
        EdgeRows(kinds[name], [row for _, row in pairs]) for name, pairs in group(rows, lambda pair: pair[0]).items()
    ]


def _records(kind: type[T], rows: Sequence[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(decode(kind, row) for row in rows)
