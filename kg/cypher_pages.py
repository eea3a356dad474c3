"""What the web pages ask of the graph. Columns are named; parameters only."""

from kg import schema
from kg.cypher import Query

TYPES = "|".join(schema.RELATION_TYPES)


def prominent(limit: int = 12) -> Query:
    """The concepts that most rules mention, as places to begin: ``id, label, kind, rules``."""
    text = (
        "MATCH (c:Concept)<-[:MENTIONS]-(r:Rule) WITH c, count(DISTINCT r) AS rules "
        f"RETURN c.id AS id, c.label AS label, c.kind AS kind, rules ORDER BY rules DESC, label LIMIT {int(limit)}"
    )
    return Query(text, {})


def concept(concept_id: str) -> Query:
    """One concept: ``label, kind, definition, conceptnet, aliases, provenance``."""
    text = (
        "MATCH (c:Concept {id: $id}) RETURN c.label AS label, c.kind AS kind, c.definition AS definition, "
        "c.conceptnet AS conceptnet, c.aliases AS aliases, c.provenance AS provenance"
    )
    return Query(text, {"id": concept_id})


def relations_of_concept(concept_id: str, limit: int) -> Query:
    """Its relations, heaviest first: ``id, type, weight, polarity, provenance, rule_ids`` and ``source, source_label,
    source_kind``, the same for ``target``.
    """
    text = (
        f"MATCH (c:Concept {{id: $id}})-[x:{TYPES}]-(:Concept) "
        "WITH DISTINCT x, startNode(x) AS s, endNode(x) AS t "
        "RETURN x.id AS id, x.type AS type, x.weight AS weight, x.polarity AS polarity, "
        "x.provenance AS provenance, x.rule_ids AS rule_ids, "
        "s.id AS source, s.label AS source_label, s.kind AS source_kind, "
        "t.id AS target, t.label AS target_label, t.kind AS target_kind "
        f"ORDER BY weight DESC, id LIMIT {int(limit)}"
    )
    return Query(text, {"id": concept_id})


def rules_of_concept(concept_id: str, limit: int) -> Query:
    """The rules that mention it, in the order of the documents, with the words of their clauses and where those stand:
    ``id, text, modality, clause_id, clause, words, lead_in, page, section, document``.
    """
    text = (
        "MATCH (:Concept {id: $id})<-[:MENTIONS]-(r:Rule) WITH DISTINCT r "
        "MATCH (p:Clause {id: r.clause_id}) OPTIONAL MATCH (s:Section {id: p.section_id}) "
        "OPTIONAL MATCH (d:Document {id: p.document_id}) "
        "RETURN r.id AS id, r.text AS text, r.modality AS modality, p.id AS clause_id, p.number AS clause, "
        "p.text AS words, p.lead_in AS lead_in, p.page AS page, s.title AS section, d.title AS document, "
        f"r.ordinal AS ordinal ORDER BY ordinal, id LIMIT {int(limit)}"
    )
    return Query(text, {"id": concept_id})


def counts_of_concept(concept_id: str) -> Query:
    """How many relations and rules it has in all: one row of ``relations, rules``."""
    text = (
        f"MATCH (c:Concept {{id: $id}}) OPTIONAL MATCH (c)-[x:{TYPES}]-(:Concept) WITH c, count(DISTINCT x) AS relations "
        "OPTIONAL MATCH (c)<-[:MENTIONS]-(r:Rule) RETURN relations, count(DISTINCT r) AS rules"
    )
    return Query(text, {"id": concept_id})
