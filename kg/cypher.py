"""The Cypher statements that write the graph, read it back and empty it, built by pure functions and tested without a
server. The modules ``cypher_*`` beside it hold those of one purpose each, under the same rules.

Texts from documents travel as parameters only. What stands in a statement's text comes from :mod:`kg.schema`'s fixed
lists or is an integer that a function clamped. The statements use what Neo4j 5 and ArcadeDB 26 answer alike: no
``CREATE (n:$($label))``, no ``SHORTEST``, no index DDL beyond constraints except :func:`fulltext_index`, which is
Neo4j's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from kg import schema

FULLTEXT_INDEX: Final = "concept_ft"
FULLTEXT_PROPERTY: Final = "names"
MAX_LIMIT: Final = 10_000

Row = Mapping[str, object]


class Query(NamedTuple):
    """A statement and its parameters."""

    text: str
    parameters: dict[str, object]


class Edge(NamedTuple):
    """A kind of relationship to upsert. ``key`` are the properties that tell parallel relationships apart."""

    type: str
    source: str
    target: str
    key: tuple[str, ...] = ()


def _known(name: str, names: Iterable[str]) -> str:
    """``name``, when it is one of the schema's: the only way for a word to get into a statement's text."""
    if name not in names:
        raise ValueError(f"{name!r} is not in the schema of the graph")
    return name


def _label(name: str) -> str:
    return _known(name, (*schema.LABELS, *schema.HISTORY_LABELS))


def _type(name: str) -> str:
    return _known(name, (*schema.RELATIONSHIPS, *schema.HISTORY_RELATIONSHIPS))


# --- schema ---------------------------------------------------------------------------------------------------------


def constraints() -> tuple[Query, ...]:
    """One uniqueness constraint for the key of each label of the policy in force."""
    return tuple(_unique(label) for label in schema.LABELS)


def history_constraints() -> tuple[Query, ...]:
    """The same for what earlier versions held: made when the first version is put away."""
    return tuple(_unique(label) for label in schema.HISTORY_LABELS)


def _unique(label: str) -> Query:
    return Query(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE", {})


def relationship_constraint(type_: str) -> Query:
    """Uniqueness of the property ``id`` among the relationships of one type."""
    name = _type(type_)
    return Query(f"CREATE CONSTRAINT {name.lower()}_id IF NOT EXISTS FOR ()-[x:{name}]-() REQUIRE x.id IS UNIQUE", {})


def fulltext_index() -> Query:
    """Neo4j's full-text index over the names of concepts. ArcadeDB makes its own in SQL."""
    return Query(
        f"CREATE FULLTEXT INDEX {FULLTEXT_INDEX} IF NOT EXISTS FOR (n:Concept) ON EACH [n.{FULLTEXT_PROPERTY}]", {}
    )


# --- writing --------------------------------------------------------------------------------------------------------


def upsert_nodes(label: str, rows: Sequence[Row]) -> Query:
    """Create or replace nodes. Each row is the whole property map, with ``id``."""
    return Query(f"UNWIND $rows AS row MERGE (n:{_label(label)} {{id: row.id}}) SET n = row", {"rows": list(rows)})


def upsert_edges(edge: Edge, rows: Sequence[Row]) -> Query:
    """Create or replace relationships between nodes that are there; returns ``total``, the rows that found both ends.

    A row is ``{source, target, properties}``; the properties hold every name of ``edge.key``.
    """
    key = ", ".join(f"{name}: row.properties.{name}" for name in edge.key)
    pattern = f"[x:{_type(edge.type)} {{{key}}}]" if key else f"[x:{_type(edge.type)}]"
    text = (
        f"UNWIND $rows AS row MATCH (a:{_label(edge.source)} {{id: row.source}}) "
        f"MATCH (b:{_label(edge.target)} {{id: row.target}}) "
        f"MERGE (a)-{pattern}->(b) SET x = row.properties RETURN count(*) AS total"
    )
    return Query(text, {"rows": list(rows)})


def change_nodes(label: str, rows: Sequence[Row]) -> Query:
    """Set the ``changes`` of each row on the node with its ``id``; a value of None takes the property away."""
    return Query(
        f"UNWIND $rows AS row MATCH (n:{_label(label)} {{id: row.id}}) SET n += row.changes", {"rows": list(rows)}
    )


def change_edges(edge: Edge, rows: Sequence[Row]) -> Query:
    """The same for relationships: a row is ``{source, target, changes}`` with every name of ``edge.key``."""
    return Query(f"{_match_edges(edge)} SET x += row.changes", {"rows": list(rows)})


def _match_edges(edge: Edge) -> str:
    keys = "".join(f" AND x.{name} = row.{name}" for name in edge.key)
    return (
        f"UNWIND $rows AS row MATCH (a:{_label(edge.source)} {{id: row.source}})-[x:{_type(edge.type)}]->"
        f"(b:{_label(edge.target)} {{id: row.target}}) WHERE true{keys}"
    )


def single_edges(edge: Edge, sources: Sequence[str]) -> Query:
    """Remove all but the first of relationships of one kind between the same nodes with the same key.

    Two MERGEs at the same moment can double one on ArcadeDB, which merges pages instead of locking nodes.
    """
    keys = "".join(f", x.{name} AS {name}" for name in edge.key)
    text = (
        f"UNWIND $ids AS id MATCH (a:{_label(edge.source)} {{id: id}})-[x:{_type(edge.type)}]->(b:{_label(edge.target)}) "
        f"WITH a, b, x{keys} ORDER BY elementId(x) WITH a, b{''.join(f', {name}' for name in edge.key)}, collect(x) AS found "
        "WHERE size(found) > 1 UNWIND tail(found) AS extra DELETE extra RETURN count(*) AS total"
    )
    return Query(text, {"ids": list(sources)})


def missing_nodes(label: str, ids: Sequence[str]) -> Query:
    """Which of ``ids`` no node of ``label`` has."""
    text = (
        f"UNWIND $ids AS id OPTIONAL MATCH (n:{_label(label)} {{id: id}}) "
        "WITH id, n WHERE n IS NULL RETURN DISTINCT id ORDER BY id"
    )
    return Query(text, {"ids": list(ids)})


# --- removing -------------------------------------------------------------------------------------------------------


def node_ids(label: str) -> Query:
    """The ids of all nodes of a label."""
    return Query(f"MATCH (n:{_label(label)}) RETURN n.id AS id ORDER BY id", {})


def edge_keys(edge: Edge) -> Query:
    """``source``, ``target`` and the key properties of all relationships of one kind."""
    keys = "".join(f", x.{name} AS {name}" for name in edge.key)
    text = (
        f"MATCH (a:{_label(edge.source)})-[x:{_type(edge.type)}]->(b:{_label(edge.target)}) "
        f"RETURN a.id AS source, b.id AS target{keys}"
    )
    return Query(text, {})


def edge_keys_of(edge: Edge, sources: Sequence[str]) -> Query:
    """:func:`edge_keys` of the relationships from these nodes."""
    keys = "".join(f", x.{name} AS {name}" for name in edge.key)
    text = (
        f"UNWIND $ids AS id MATCH (a:{_label(edge.source)} {{id: id}})-[x:{_type(edge.type)}]->(b:{_label(edge.target)}) "
        f"RETURN id AS source, b.id AS target{keys}"
    )
    return Query(text, {"ids": list(sources)})


def delete_nodes(label: str, ids: Sequence[str]) -> Query:
    """Remove nodes with their relationships (always DETACH: the two servers refuse a plain DELETE differently)."""
    return Query(f"UNWIND $ids AS id MATCH (n:{_label(label)} {{id: id}}) DETACH DELETE n", {"ids": list(ids)})


def delete_edges(edge: Edge, rows: Sequence[Row]) -> Query:
    """Remove relationships by their ends and key properties; a row is one of :func:`edge_keys`."""
    return Query(f"{_match_edges(edge)} DELETE x", {"rows": list(rows)})


def clear(label: str, limit: int = 5_000) -> Query:
    """Remove up to ``limit`` nodes of a label; returns ``total``, how many went. Repeat until it is 0."""
    text = f"MATCH (n:{_label(label)}) WITH n LIMIT {clamp(limit)} DETACH DELETE n RETURN count(*) AS total"
    return Query(text, {})


# --- reading back ---------------------------------------------------------------------------------------------------


def read_nodes(label: str) -> Query:
    """Every node of a label as ``row``, in the order in which it was loaded."""
    return Query(f"MATCH (n:{_label(label)}) RETURN properties(n) AS row ORDER BY n.ordinal, n.id", {})


def read_edges(types: Sequence[str], source: str, target: str) -> Query:
    """Every relationship of ``types`` as ``source``, ``target`` and ``row``, in the order of loading."""
    names = "|".join(_type(name) for name in types)
    text = (
        f"MATCH (a:{_label(source)})-[x:{names}]->(b:{_label(target)}) "
        "RETURN a.id AS source, b.id AS target, type(x) AS type, properties(x) AS row ORDER BY x.ordinal, source, target"
    )
    return Query(text, {})


def read_exercises(samples: Sequence[str]) -> Query:
    """The links of the ledger from these samples, in no order: ``sample`` and ``links``, each the list place, kind, element,
    how and score.

    A row per sample and a list per link: a hundred thousand property maps spell out their names a hundred thousand times, and
    all links in one answer are more than a small server can hold.
    """
    text = (
        f"UNWIND $ids AS id MATCH (s:{schema.SAMPLE} {{id: id}})-[x:{schema.EXERCISES}|{schema.EXERCISES_RELATION}]->() "
        "RETURN id AS sample, collect([x.ordinal, x.kind, x.element_id, x.how, x.score]) AS links"
    )
    return Query(text, {"ids": list(samples)})


def read_verdicts(run_id: str) -> Query:
    """What each model answered in one run, as ``row``, in the order of loading."""
    text = "MATCH (:Run {id: $id})-[x:JUDGED]->(:Probe) RETURN properties(x) AS row ORDER BY x.ordinal"
    return Query(text, {"id": run_id})


def count_nodes() -> Query:
    """``name`` and ``total`` per label. A label that lost its last node does not appear."""
    return Query("MATCH (n) UNWIND labels(n) AS name RETURN name, count(*) AS total ORDER BY name", {})


def count_edges() -> Query:
    """``name`` and ``total`` per relationship type."""
    return Query("MATCH ()-[x]->() RETURN type(x) AS name, count(*) AS total ORDER BY name", {})


def count_history_edges() -> Query:
    """``name`` and ``total`` of the relationships to what earlier versions held."""
    text = f"MATCH (:{'|'.join(schema.HISTORY_LABELS)})<-[x]-() RETURN type(x) AS name, count(*) AS total ORDER BY name"
    return Query(text, {})


def clamp(limit: int) -> int:
    """``limit`` as an integer from 1 to :data:`MAX_LIMIT`, fit to stand in a statement's text."""
    return min(max(int(limit), 1), MAX_LIMIT)
