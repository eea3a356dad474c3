"""What is asked of the graph: concepts by name, their surroundings, the rules of a place, and what no sample exercises."""

import re
from collections.abc import Sequence
from typing import Final

from kg import schema
from kg.cypher import FULLTEXT_INDEX, MAX_LIMIT, Query, clamp
from kg.model import Verdict

MAX_DEPTH: Final = 4


def search_concepts(text: str, limit: int = 20) -> Query:
    """Concepts whose names match the words of ``text``, the last word as a prefix: ``id, label, kind, score``.

    Lucene's operators in ``text`` are taken as plain words; without any word the statement finds nothing.
    """
    query = (
        f"CALL db.index.fulltext.queryNodes('{FULLTEXT_INDEX}', $search) YIELD node, score "
        "RETURN node.id AS id, node.label AS label, node.kind AS kind, score "
        f"ORDER BY score DESC, label, id LIMIT {clamp(limit)}"
    )
    return Query(query, {"search": fulltext_search(text)})


def fulltext_search(text: str) -> str:
    """A Lucene query of plain lower-case words; AND, OR and NOT of the text lose their meaning by the lower case."""
    words = re.findall(r"\w+", text.lower().replace("_", " "))[:12]
    if not words:
        return "nothing_matches_this"
    return " ".join([*words, f"{words[-1]}*"])


def neighbourhood(concept_id: str, depth: int = 1, limit: int = 200) -> Query:
    """Relations within ``depth`` (1 to 4) steps of a concept, nearest and heaviest first.

    Columns: ``id, type, weight, polarity, distance`` and ``source, source_label, source_kind``, same for ``target``.
    ``distance`` is that of the nearer end.
    """
    types = "|".join(schema.RELATION_TYPES)
    steps = min(max(int(depth), 1), MAX_DEPTH) - 1
    near = (
        f"MATCH (c:Concept {{id: $id}}) MATCH p = (c)-[:{types}*0..{steps}]-(a:Concept) WITH a, min(length(p)) AS near "
        if steps
        else "MATCH (a:Concept {id: $id}) WITH a, 0 AS near "
    )
    text = (
        f"{near}MATCH (a)-[x:{types}]-(:Concept) WITH x, min(near) AS distance "
        "WITH x, distance, startNode(x) AS s, endNode(x) AS t "
        "RETURN x.id AS id, x.type AS type, x.weight AS weight, x.polarity AS polarity, distance, "
        "s.id AS source, s.label AS source_label, s.kind AS source_kind, "
        "t.id AS target, t.label AS target_label, t.kind AS target_kind "
        f"ORDER BY distance, weight DESC, id LIMIT {clamp(limit)}"
    )
    return Query(text, {"id": concept_id})


def rules_of_concept(concept_id: str, limit: int = 100) -> Query:
    """Rules that mention a concept: ``id, text, modality, clause, role``."""
    text = (
        "MATCH (r:Rule)-[m:MENTIONS]->(:Concept {id: $id}) MATCH (c:Clause)-[:STATES]->(r) "
        "RETURN r.id AS id, r.text AS text, r.modality AS modality, c.number AS clause, m.role AS role "
        f"ORDER BY clause, id, role LIMIT {clamp(limit)}"
    )
    return Query(text, {"id": concept_id})


def rules_of_section(section_id: str, limit: int = 1_000) -> Query:
    """Rules of a section and of all sections within it: ``id, text, modality, clause, section``."""
    text = (
        "MATCH (s:Section {id: $id})-[:HAS_SECTION*0..6]->(t:Section)-[:HAS_CLAUSE]->(c:Clause)-[:STATES]->(r:Rule) "
        "RETURN r.id AS id, r.text AS text, r.modality AS modality, c.number AS clause, t.number AS section, "
        f"r.ordinal AS ordinal ORDER BY ordinal, id LIMIT {clamp(limit)}"
    )
    return Query(text, {"id": section_id})


def rule_gaps(verdicts: Sequence[Verdict] = tuple(Verdict), limit: int = MAX_LIMIT) -> Query:
    """Rules that no sample of a verdict exercises: ``id, verdict, clause, text``. Definitions state no verdict."""
    text = (
        "UNWIND $verdicts AS verdict MATCH (c:Clause)-[:STATES]->(r:Rule) WHERE r.modality <> 'definition' "
        "AND NOT EXISTS { MATCH (s:Sample)-[:EXERCISES]->(r) WHERE s.verdict = verdict } "
        "RETURN r.id AS id, verdict, c.number AS clause, r.text AS text "
        f"ORDER BY clause, id, verdict LIMIT {clamp(limit)}"
    )
    return Query(text, {"verdicts": [verdict.value for verdict in verdicts]})


def concept_gaps(limit: int = MAX_LIMIT) -> Query:
    """Concepts that no sample exercises, heaviest first: ``id, label, kind, weight``."""
    text = (
        "MATCH (c:Concept) WHERE NOT EXISTS { MATCH (:Sample)-[:EXERCISES]->(c) } "
        "RETURN c.id AS id, c.label AS label, c.kind AS kind, c.weight AS weight "
        f"ORDER BY weight DESC, id LIMIT {clamp(limit)}"
    )
    return Query(text, {})


def relation_gaps(limit: int = MAX_LIMIT) -> Query:
    """Relations that no sample exercises: ``id, source, type, target`` with the labels of the ends."""
    text = (
        f"MATCH (a:Concept)-[x:{'|'.join(schema.RELATION_TYPES)}]->(b:Concept) "
        "WHERE NOT EXISTS { MATCH (:Sample)-[e:EXERCISES_RELATION]->(a) WHERE e.relation_id = x.id } "
        "RETURN x.id AS id, a.label AS source, x.type AS type, b.label AS target "
        f"ORDER BY id LIMIT {clamp(limit)}"
    )
    return Query(text, {})
