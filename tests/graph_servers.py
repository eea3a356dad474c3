"""Where a graph server for tests is, and ontologies to put into it."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import (
    Clause,
    ClauseKind,
    Concept,
    Conflict,
    Document,
    Modality,
    Ontology,
    Provenance,
    Relation,
    Rule,
    RuleConcept,
    Section,
    Span,
    Threshold,
    stable_id,
)
from kg.store import GraphStore, open_store

RELATION_NAMES = ("IsA", "UsedFor", "must", "/r/AtLocation", "sponsors")
HOSTILE = (
    "'; MATCH (n) DETACH DELETE n //",
    "`) DETACH DELETE n //",
    'quote " and \\ backslash \\u0027',
    "Concept`{id:1}",
    "$rows {curly} [square] :Label",
    "line\nbreak\ttab\r\n",
    "naïve – “Ünïcödé” 合规 🎁 עברית \u202e right to left",
    "null byte \x00 inside",
    "",
    " ",
)


@dataclass(frozen=True)
class Address:
    """What ``open_store`` needs to reach a server."""

    uri: str | None
    user: str = ""
    password: str = field(default="", repr=False)
    workspace: Path = Path()

    def open(self) -> GraphStore:
        """A store on the server."""
        return open_store(self.uri, user=self.user, password=self.password, workspace=self.workspace, memory_mb=384)


def sized_ontology(clauses: int, concepts: int, relations: int, seed: int = 0) -> Ontology:
    """A regular ontology of a given size: one rule per clause, two mentions per rule."""
    rng = random.Random(seed)
    document = Document(
        "doc:1", "Code", "code.md", "markdown", "0" * 64, "1", 0, 6 * clauses, "Staff must act. " * clauses
    )
    sections = tuple(
        Section(f"sec:{n}", "doc:1", str(n + 1), f"Part {n + 1}", 1, None, n, Span(n, n + 1)) for n in range(8)
    )
    clause_records = tuple(
        Clause(
            f"cl:{n}", "doc:1", f"sec:{n % 8}", f"{n % 8 + 1}.{n // 8 + 1}", ClauseKind.PARAGRAPH,
            f"Staff must do thing {n} before they do anything else of that kind. " * 3, "", n, Span(n * 10, n * 10 + 9),
        )
        for n in range(clauses)
    )  # fmt: skip
    rules = tuple(
        Rule(
            f"rule:{clause.id}", clause.id, clause.section_id, "doc:1", Modality.OBLIGATION, "staff", "do", "thing",
            "", "", "", clause.text, clause.span, clause.id, (Threshold(">", 100.0, "USD", "more than $100"),), ("cl:0",),
        )
        for clause in clause_records
    )  # fmt: skip
    concept_records = tuple(
        Concept(
            f"con:{n}", f"thing {n}", "thing", (f"object {n}", f"item {n}"), "", n / concepts, f"/c/en/thing_{n}",
            (Provenance("clause", f"cl:{n % clauses}", "noun phrase", Span(n, n + 5, 1)),),
        )
        for n in range(concepts)
    )  # fmt: skip
    found: dict[str, Relation] = {}
    while len(found) < relations:
        source, target = (f"con:{rng.randrange(concepts)}" for _ in range(2))
        name = rng.choice(RELATION_NAMES)
        key = stable_id("rel", source, name, target)
        found[key] = Relation(
            key, source, name, target, rng.random() * 5, 1, (Provenance("conceptnet", "/a/1"),), ("rule:cl:0",)
        )
    mentions = tuple(
        RuleConcept(rule.id, f"con:{(2 * n + role) % concepts}", ("actor", "object")[role])
        for n, rule in enumerate(rules)
        for role in range(2)
    )
    conflicts = (
        (Conflict("conf:1", rules[0].id, rules[1].id, "conflict", "they oppose each other"),
         Conflict("conf:2", rules[1].id, rules[0].id, "supersedes", "it is newer", rules[1].id, 0.5))
        if len(rules) > 1
        else ()
    )  # fmt: skip
    return Ontology(
        (document,), sections, clause_records, rules, concept_records, tuple(found.values()), mentions, conflicts
    )


def small_ontology() -> Ontology:
    """Eight sections, ten clauses and rules, twelve concepts, fifteen relations, two conflicts."""
    return sized_ontology(clauses=10, concepts=12, relations=15)


def hostile_ontology() -> Ontology:
    """Every text is one that would do harm if it ever became part of a statement."""
    base = small_ontology()
    concepts = tuple(
        Concept(f"con:{text}", text or "x", text, HOSTILE, text, 0.0, text, (Provenance(text, text, text),))
        for text in HOSTILE
    )
    relations = tuple(
        Relation(f"rel:{text}", concepts[0].id, text or "IsA", concept.id, provenance=(Provenance("person", text),))
        for text, concept in zip(HOSTILE, concepts, strict=True)
    )
    mentions = tuple(RuleConcept("rule:cl:0", concepts[0].id, text) for text in HOSTILE)
    return Ontology(
        base.documents, base.sections, base.clauses, base.rules, concepts, relations, mentions,
        (Conflict("conf:1", "rule:cl:0", "rule:cl:1", HOSTILE[0], HOSTILE[1]),),
    )  # fmt: skip
