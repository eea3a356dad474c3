"""The history as rows of nodes and edges, and back. Pure; :mod:`kg.cypher_archive` sends what stands here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from kg import schema
from kg.cypher import Edge
from kg.graph import EdgeRows, NodeRows
from kg.model import Clause, Rule
from kg.rows import decode, encode
from kg.versions_history import DocumentVersion, History, PastClause, PastRule

Row = dict[str, object]
R = TypeVar("R", Clause, Rule)

_KINDS: Final = (
    (schema.DOCUMENT, schema.DOCUMENT_VERSION),
    (schema.CLAUSE, schema.PAST_CLAUSE),
    (schema.RULE, schema.PAST_RULE),
)
_FROM_CURRENT: Final = {past: Edge(schema.SUPERSEDES, current, past) for current, past in _KINDS}
_FROM_PAST: Final = {past: Edge(schema.SUPERSEDES, past, past) for _, past in _KINDS}
_IN_VERSION: Final = {
    past: Edge(schema.IN_VERSION, past, schema.DOCUMENT_VERSION) for past in (schema.PAST_CLAUSE, schema.PAST_RULE)
}
HISTORY_EDGES: Final = (*_FROM_CURRENT.values(), *_FROM_PAST.values(), *_IN_VERSION.values())
RECORD_ID: Final = "record_id"


def history_nodes(history: History) -> list[NodeRows]:
    """Past records as nodes: the properties of the record itself, under an id of the past one's own."""
    return [
        NodeRows(schema.DOCUMENT_VERSION, [encode(version) for version in history.documents]),
        NodeRows(schema.PAST_CLAUSE, [_row(past, past.record) for past in history.clauses]),
        NodeRows(schema.PAST_RULE, [_row(past, past.record) for past in history.rules]),
    ]


def history_edges(history: History, current: Mapping[str, set[str]]) -> list[EdgeRows]:
    """Who superseded whom, and in which version it stood. ``current``: the ids that there are, by label."""
    parts: dict[Edge, list[Row]] = {edge: [] for edge in HISTORY_EDGES}
    groups: Sequence[tuple[str, str, Iterable[DocumentVersion | PastClause | PastRule]]] = [
        (schema.DOCUMENT, schema.DOCUMENT_VERSION, history.documents),
        (schema.CLAUSE, schema.PAST_CLAUSE, history.clauses),
        (schema.RULE, schema.PAST_RULE, history.rules),
    ]
    for label, past_label, records in groups:
        listed = list(records)
        past = {record.id for record in listed}
        for record in listed:
            if record.successor in past:
                parts[_FROM_PAST[past_label]].append(_edge(record.successor, record.id))
            elif record.successor in current.get(label, set()):
                parts[_FROM_CURRENT[past_label]].append(_edge(record.successor, record.id))
            if not isinstance(record, DocumentVersion):
                parts[_IN_VERSION[past_label]].append(_edge(record.id, record.version_id))
    return [EdgeRows(edge, rows) for edge, rows in parts.items() if rows]


def history_from(nodes: Mapping[str, Sequence[Mapping[str, Any]]]) -> History:
    """The history of property maps by label."""
    clauses = [
        PastClause(
            str(row["id"]), str(row["version_id"]), str(row["change"]), str(row["successor"]), _record(Clause, row)
        )
        for row in nodes[schema.PAST_CLAUSE]
    ]
    rules = [
        PastRule(str(row["id"]), str(row["version_id"]), str(row["change"]), str(row["successor"]), _record(Rule, row))
        for row in nodes[schema.PAST_RULE]
    ]
    documents = [decode(DocumentVersion, row) for row in nodes[schema.DOCUMENT_VERSION]]
    number = {version.id: version.number for version in documents}
    return History(
        tuple(sorted(documents, key=lambda version: (version.number, version.document_id))),
        tuple(sorted(clauses, key=lambda past: (number[past.version_id], past.record.document_id, past.record.order))),
        tuple(
            sorted(rules, key=lambda past: (number[past.version_id], past.record.document_id, past.record.span.start))
        ),
    )


def _row(past: PastClause | PastRule, record: Clause | Rule) -> Row:
    own = {name: getattr(past, name) for name in ("id", "version_id", "change", "successor")}
    return {**encode(record), RECORD_ID: record.id, **own}


def _record(kind: type[R], row: Mapping[str, Any]) -> R:
    return decode(kind, {**row, "id": row[RECORD_ID]})


def _edge(source: str, target: str) -> Row:
    return {"source": source, "target": target, "properties": {}}
