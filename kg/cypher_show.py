"""Questions about one element: what ``plumbline ontology show`` asks. Columns are named; parameters only."""

from kg.cypher import Query


def rule(id_: str) -> Query:
    """A rule with its place: ``rule`` (all properties), clause, section, document, and the text of the document."""
    text = (
        "MATCH (r:Rule {id: $id}) OPTIONAL MATCH (c:Clause {id: r.clause_id}) "
        "OPTIONAL MATCH (s:Section {id: r.section_id}) OPTIONAL MATCH (d:Document {id: r.document_id}) "
        "RETURN properties(r) AS rule, c.number AS clause, s.number AS section, s.title AS section_title, "
        "d.title AS document, d.version AS version, d.path AS path, d.text AS text"
    )
    return Query(text, {"id": id_})


def concepts_of_rule(id_: str) -> Query:
    """The concepts that a rule mentions: ``id, label, kind, role``."""
    text = (
        "MATCH (:Rule {id: $id})-[m:MENTIONS]->(k:Concept) "
        "RETURN k.id AS id, k.label AS label, k.kind AS kind, m.role AS role ORDER BY role, label, id"
    )
    return Query(text, {"id": id_})


def conflicts_of_rule(id_: str) -> Query:
    """What a rule is in conflict with: ``kind, reason, prevails, id, text`` of the other rule."""
    text = (
        "MATCH (:Rule {id: $id})-[x:CONFLICTS_WITH|SUPERSEDES|EXCEPTS]-(o:Rule) "
        "RETURN x.kind AS kind, x.reason AS reason, x.prevails AS prevails, o.id AS id, o.text AS text ORDER BY kind, id"
    )
    return Query(text, {"id": id_})


def references_of_rule(id_: str) -> Query:
    """The clauses that a rule refers to: ``id, number, text``."""
    text = (
        "MATCH (:Rule {id: $id})-[:REFERS_TO]->(c:Clause) "
        "RETURN c.id AS id, c.number AS number, c.text AS text ORDER BY c.ordinal, id"
    )
    return Query(text, {"id": id_})


def clauses(name: str) -> Query:
    """The clauses with an id or a number: ``clause`` (all properties), section, document."""
    text = (
        "MATCH (c:Clause) WHERE c.id = $name OR c.number = $name "
        "OPTIONAL MATCH (s:Section {id: c.section_id}) OPTIONAL MATCH (d:Document {id: c.document_id}) "
        "RETURN properties(c) AS clause, s.number AS section, s.title AS section_title, d.title AS document, "
        "d.version AS version, d.path AS path, c.ordinal AS ordinal ORDER BY ordinal"
    )
    return Query(text, {"name": name})


def rules_of_clauses(ids: list[str]) -> Query:
    """The rules of some clauses: ``clause_id, id, modality, text``."""
    text = (
        "MATCH (c:Clause)-[:STATES]->(r:Rule) WHERE c.id IN $ids "
        "RETURN c.id AS clause_id, r.id AS id, r.modality AS modality, r.text AS text, r.ordinal AS ordinal "
        "ORDER BY ordinal"
    )
    return Query(text, {"ids": ids})


def concept(id_: str) -> Query:
    """A concept: ``concept`` (all properties)."""
    return Query("MATCH (k:Concept {id: $id}) RETURN properties(k) AS concept", {"id": id_})


def places_of_clauses(ids: list[str]) -> Query:
    """Where clauses stand: ``id, number, page, document, version``."""
    text = (
        "MATCH (c:Clause) WHERE c.id IN $ids OPTIONAL MATCH (d:Document {id: c.document_id}) "
        "RETURN c.id AS id, c.number AS number, c.page AS page, d.title AS document, d.version AS version, "
        "c.text AS text ORDER BY id"
    )
    return Query(text, {"ids": ids})
