"""What the graph may hold: labels, relationship types, keys, and the rules that a record must meet.

    (Document)-[:HAS_SECTION]->(Section)-[:HAS_SECTION]->(Section)-[:HAS_CLAUSE]->(Clause)-[:STATES]->(Rule)
    (Rule)-[:MENTIONS {role}]->(Concept)        (Rule | Clause)-[:REFERS_TO]->(Clause)
    (Concept)-[:IS_A | USED_FOR | MUST | ...]->(Concept)       one type per kind of relation, from a fixed list
    (Rule)-[:CONFLICTS_WITH | SUPERSEDES | EXCEPTS]->(Rule)    (Clause)-[:SUPERSEDED_BY]->(Clause)
    (Sample)-[:EXERCISES {how, score}]->(Rule | Concept)       the coverage ledger
    (Sample)-[:EXERCISES_RELATION {relation_id, how, score}]->(Concept)   of a relation: its source concept
    (Run)-[:JUDGED {model, expected, given, correct}]->(Probe)
    (Document | Clause | Rule | past one)-[:SUPERSEDES]->(DocumentVersion | PastClause | PastRule)    what stood before
    (PastClause | PastRule)-[:IN_VERSION]->(DocumentVersion)

The past has labels of its own, so that no question about the policy in force meets it.

Labels and types are never taken from a document: a relation's type is looked up in :data:`RELATION_TYPES`, and what
is not in it becomes ``RELATES`` with its own name in the property ``type``. Checks that a server cannot make on
both stores (required properties, lists within lists, ranges) are made here, before anything is written.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Final

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
    Span,
    Threshold,
)

DOCUMENT: Final = "Document"
SECTION: Final = "Section"
CLAUSE: Final = "Clause"
RULE: Final = "Rule"
CONCEPT: Final = "Concept"
SAMPLE: Final = "Sample"
RUN: Final = "Run"
PROBE: Final = "Probe"

ONTOLOGY_LABELS: Final = (DOCUMENT, SECTION, CLAUSE, RULE, CONCEPT)
LABELS: Final = (*ONTOLOGY_LABELS, SAMPLE, RUN, PROBE)
"""Every label; the key of each is the property ``id``, unique within the label."""

DOCUMENT_VERSION: Final = "DocumentVersion"
PAST_CLAUSE: Final = "PastClause"
PAST_RULE: Final = "PastRule"
HISTORY_LABELS: Final = (DOCUMENT_VERSION, PAST_CLAUSE, PAST_RULE)
"""What earlier versions held; counted by none of the figures of the policy in force."""

HAS_SECTION: Final = "HAS_SECTION"
HAS_CLAUSE: Final = "HAS_CLAUSE"
STATES: Final = "STATES"
MENTIONS: Final = "MENTIONS"
REFERS_TO: Final = "REFERS_TO"
SUPERSEDED_BY: Final = "SUPERSEDED_BY"
EXERCISES: Final = "EXERCISES"
EXERCISES_RELATION: Final = "EXERCISES_RELATION"
JUDGED: Final = "JUDGED"

SUPERSEDES: Final = "SUPERSEDES"
IN_VERSION: Final = "IN_VERSION"
HISTORY_RELATIONSHIPS: Final = (SUPERSEDES, IN_VERSION)

CONFLICTS_WITH: Final = "CONFLICTS_WITH"
CONFLICT_TYPES: Final = {
    "supersedes": SUPERSEDES,
    "superseded": SUPERSEDES,
    "supersession": SUPERSEDES,
    "exception": "EXCEPTS",
    "excepts": "EXCEPTS",
}
"""Relationship type by ``Conflict.kind``; every other kind is ``CONFLICTS_WITH``."""
CONFLICT_RELATIONSHIPS: Final = (CONFLICTS_WITH, *sorted(set(CONFLICT_TYPES.values())))

RELATES: Final = "RELATES"
_CONCEPTNET = """
    RelatedTo FormOf IsA PartOf HasA UsedFor CapableOf AtLocation Causes HasSubevent HasFirstSubevent HasLastSubevent
    HasPrerequisite HasProperty MotivatedByGoal ObstructedBy Desires CreatedBy Synonym Antonym DistinctFrom DerivedFrom
    SymbolOf DefinedAs MannerOf LocatedNear HasContext SimilarTo EtymologicallyRelatedTo EtymologicallyDerivedFrom
    CausesDesire MadeOf ReceivesAction InstanceOf Entails NotDesires NotCapableOf NotHasProperty NotUsedFor NotIsA
    NotHasA NotCauses NotMadeOf InheritsFrom
"""
_POLICY = """
    MAY MAY_NOT MUST MUST_NOT SHOULD SHOULD_NOT REQUIRES APPLIES_TO EXCEPT DEFINES APPROVES REPORTS_TO DISCLOSES_TO
    OVERSEES GOVERNS NeedNot DirectedTo RECEIVES GIVES OWNS HAS_ROLE MEMBER_OF SAME_AS BROADER NARROWER ACTS_ON HAS_CONDITION
    HAS_EXCEPTION HAS_AUTHORITY HAS_THRESHOLD CO_OCCURS_WITH
"""


def _snake(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_").upper()


RELATION_TYPES: Final = (RELATES, *sorted({_snake(name) for name in (_CONCEPTNET + _POLICY).split()}))
"""Relationship types between two concepts: ConceptNet 5.7's relations and the policy's own, in upper snake case."""
_KNOWN_RELATIONS: Final = frozenset(RELATION_TYPES)

RELATIONSHIPS: Final = (
    HAS_SECTION,
    HAS_CLAUSE,
    STATES,
    MENTIONS,
    REFERS_TO,
    SUPERSEDED_BY,
    EXERCISES,
    EXERCISES_RELATION,
    JUDGED,
    *CONFLICT_RELATIONSHIPS,
    *RELATION_TYPES,
)
EXERCISED_KINDS: Final = ("rule", "concept", "relation")
COMPARATORS: Final = frozenset({">", ">=", "<", "<=", "="})


def relation_type(name: str) -> str:
    """The relationship type for a relation's ``type``: ``/r/IsA``, ``IsA``, ``is_a`` and ``is a`` are all ``IS_A``."""
    candidate = _snake(name.rsplit("/", 1)[-1])
    return candidate if candidate in _KNOWN_RELATIONS else RELATES


def conflict_type(kind: str) -> str:
    """The relationship type for a conflict's ``kind``."""
    return CONFLICT_TYPES.get(kind.lower(), CONFLICTS_WITH)


def validate(record: object) -> tuple[str, ...]:
    """Everything that is wrong with one record, as sentences; empty when it may be stored."""
    if not is_dataclass(record) or isinstance(record, type):
        return (f"{type(record).__name__} is not a record",)
    return (*_storable(record), *_rules_of(record))


def validate_ontology(ontology: Ontology) -> tuple[str, ...]:
    """Violations of every record, ids used twice, and references to records that are not there."""
    return tuple(
        violation for part in (_each(ontology), _duplicates(ontology), _dangling(ontology)) for violation in part
    )


def _each(ontology: Ontology) -> Iterator[str]:
    for field in fields(ontology):
        for record in getattr(ontology, field.name):
            yield from validate(record)


def _storable(record: Any) -> Iterator[str]:
    """Values that a graph server cannot hold: lone surrogates, numbers without a value, integers over 64 bits."""
    for field in fields(record):
        place = f"{type(record).__name__} {getattr(record, 'id', '')}".strip() + f": {field.name}"
        value = getattr(record, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if is_dataclass(item) and not isinstance(item, type):
                yield from (f"{place}: {violation}" for violation in _storable(item))
            elif isinstance(item, str) and not item.isascii() and any("\ud800" <= char <= "\udfff" for char in item):
                yield f"{place} holds a lone surrogate, which is no text"
            elif isinstance(item, float) and not math.isfinite(item):
                yield f"{place} is not a finite number"
            elif isinstance(item, int) and not -(2**63) <= item < 2**63:
                yield f"{place} does not fit 64 bits"


def _rules_of(record: Any) -> Iterator[str]:
    place = f"{type(record).__name__} {getattr(record, 'id', '')}".strip()
    for name in _REQUIRED.get(type(record), ()):
        if not getattr(record, name):
            yield f"{place}: {name} is empty"
    span = getattr(record, "span", None)
    if isinstance(span, Span) and not (0 <= span.start <= span.end and span.page >= 0):
        yield f"{place}: the span {span.start}..{span.end} on page {span.page} is not a range"
    for name in _UNIT_INTERVAL.get(type(record), ()):
        if not 0.0 <= getattr(record, name) <= 1.0:
            yield f"{place}: {name} is {getattr(record, name)}, not within 0 and 1"
    if isinstance(record, Relation) and record.polarity not in {1, -1}:
        yield f"{place}: polarity is {record.polarity}, neither 1 nor -1"
    if isinstance(record, Exercise) and record.kind not in EXERCISED_KINDS:
        yield f"{place}: kind is {record.kind!r}, not one of {', '.join(EXERCISED_KINDS)}"
    if isinstance(record, Rule):
        yield from (f"{place}: {violation}" for threshold in record.thresholds for violation in _threshold(threshold))


def _threshold(threshold: Threshold) -> Iterator[str]:
    if threshold.comparator not in COMPARATORS:
        yield f"comparator is {threshold.comparator!r}, not one of {' '.join(sorted(COMPARATORS))}"


_REQUIRED: Final[dict[type, tuple[str, ...]]] = {
    Document: ("id",),
    Section: ("id", "document_id"),
    Clause: ("id", "document_id", "section_id"),
    Rule: ("id", "clause_id", "section_id", "document_id", "text"),
    Concept: ("id", "label"),
    Relation: ("id", "source_id", "type", "target_id"),
    RuleConcept: ("rule_id", "concept_id"),
    Conflict: ("id", "rule_a", "rule_b"),
    Sample: ("id",),
    Exercise: ("sample_id", "element_id"),
    Judgement: ("run_id", "probe_id", "model"),
}
_UNIT_INTERVAL: Final[dict[type, tuple[str, ...]]] = {
    Concept: ("weight",),
    Rule: ("confidence",),
    Conflict: ("confidence",),
    Exercise: ("score",),
}


def _duplicates(ontology: Ontology) -> Iterator[str]:
    for name, records in _keyed(ontology):
        for key, count in Counter(records).items():
            if count > 1:
                yield f"{name}: {key} is there {count} times"


def _keyed(ontology: Ontology) -> Iterator[tuple[str, Iterable[object]]]:
    yield "documents", (record.id for record in ontology.documents)
    yield "sections", (record.id for record in ontology.sections)
    yield "clauses", (record.id for record in ontology.clauses)
    yield "rules", (record.id for record in ontology.rules)
    yield "concepts", (record.id for record in ontology.concepts)
    yield "relations", (record.id for record in ontology.relations)
    yield "conflicts", (record.id for record in ontology.conflicts)
    yield "rule_concepts", ((link.rule_id, link.concept_id, link.role) for link in ontology.rule_concepts)


def _dangling(ontology: Ontology) -> Iterator[str]:
    documents, sections = ontology.document_by_id, ontology.section_by_id
    clauses, rules, concepts = ontology.clause_by_id, ontology.rule_by_id, ontology.concept_by_id
    wanted = [
        *((f"Section {r.id}", "document", r.document_id, documents) for r in ontology.sections),
        *((f"Section {r.id}", "section", r.parent_id, sections) for r in ontology.sections if r.parent_id is not None),
        *((f"Clause {r.id}", "section", r.section_id, sections) for r in ontology.clauses),
        *((f"Rule {r.id}", "clause", r.clause_id, clauses) for r in ontology.rules),
        *((f"Relation {r.id}", "concept", r.source_id, concepts) for r in ontology.relations),
        *((f"Relation {r.id}", "concept", r.target_id, concepts) for r in ontology.relations),
        *(("RuleConcept", "rule", r.rule_id, rules) for r in ontology.rule_concepts),
        *(("RuleConcept", "concept", r.concept_id, concepts) for r in ontology.rule_concepts),
        *((f"Conflict {r.id}", "rule", r.rule_a, rules) for r in ontology.conflicts),
        *((f"Conflict {r.id}", "rule", r.rule_b, rules) for r in ontology.conflicts),
    ]
    for place, kind, key, known in wanted:
        if key not in known:
            yield f"{place}: there is no {kind} {key}"
