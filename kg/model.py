"""The nouns of Plumbline as frozen, slotted records.

A *document* has *sections*, a section has *clauses* (the smallest addressable passage, with page and character
span), a clause states *rules* (deontic frames). *Concepts* and *relations* are the domain ontology. A *sample*
exercises them; coverage counts it. All ids are stable strings: the same input gives the same id, so that an
upsert is idempotent and a rerun changes nothing.

Deontic frames follow the fields of LegalRuleML and of ODRL (modality, actor/assignee, action, object/target,
constraint), extended by exception and authority.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

T = TypeVar("T")


class Modality(StrEnum):
    """The deontic force of a rule."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    RECOMMENDATION = "recommendation"
    DEFINITION = "definition"


class Verdict(StrEnum):
    """What the policy says of a case.

    ``PERMITTED``: in line with the policy. ``PROHIBITED``: in conflict with it (a forbidden act, a duty left
    undone, a definition misapplied). ``NEEDS_INFORMATION``: a fact on which a rule turns is missing.
    """

    PERMITTED = "permitted"
    PROHIBITED = "prohibited"
    NEEDS_INFORMATION = "needs_information"


class ClauseKind(StrEnum):
    """The form in which a clause stands in its document."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUESTION_ANSWER = "question_answer"
    CALLOUT = "callout"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"


class Split(StrEnum):
    """Which part of a dataset a sample belongs to. A rule family lies in one split only."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


def stable_id(prefix: str, *parts: str) -> str:
    """A short id that depends on nothing but ``parts`` (SHA-256, 12 hexadecimal digits)."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:12]
    return f"{prefix}:{digest}"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters ``[start, end)`` in ``Document.text``; ``page`` counts from 1, 0 = no pages."""

    start: int
    end: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact comes from: ``source`` is clause, conceptnet, person or seed; ``ref`` its id or URI there."""

    source: str
    ref: str
    method: str = ""
    span: Span | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """One input that was left out: what, where in it, and why. Counted and listed, never lost."""

    source: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One source document. ``text`` is the normalised text that every span of the document points into;
    ``effective_from`` and ``effective_to`` are ISO 8601 dates where the document states them, else empty.
    """

    id: str
    title: str
    path: str
    format: str
    sha256: str
    version: str
    pages: int
    words: int
    text: str = field(repr=False, default="")
    effective_from: str = ""
    effective_to: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or titled part of a document. ``level`` 1 is the outermost; ``number`` may be empty."""

    id: str
    document_id: str
    number: str
    title: str
    level: int
    parent_id: str | None
    order: int
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest addressable passage. ``lead_in`` is the chain of lead-ins that a list item hangs on."""

    id: str
    document_id: str
    section_id: str
    number: str
    kind: ClauseKind
    text: str
    lead_in: str
    order: int
    span: Span
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A quantity that a rule turns on. ``comparator`` is one of > >= < <= =; ``unit`` e.g. USD, day, percent."""

    comparator: str
    value: float
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """An atomic, self-sufficient deontic statement.

    ``text`` is the sentence with its lead-in, readable alone; ``span`` is its place in the document. Fields
    that the sentence does not fill are empty strings. ``action`` is a lemma with its particle ("comply with"),
    led by ``not `` where the modality does not absorb the negation. ``family`` groups rules that
    share a scenario family (same clause, or near-identical text): a family never lies in two splits.
    """

    id: str
    clause_id: str
    section_id: str
    document_id: str
    modality: Modality
    actor: str
    action: str
    object: str
    condition: str
    exception: str
    authority: str
    text: str
    span: Span
    family: str
    thresholds: tuple[Threshold, ...] = ()
    references: tuple[str, ...] = ()
    superseded: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Concept:
    """A node of the domain ontology. ``kind``: party, action, asset, information, money, place, time, document,
    body, event, quality or thing. ``weight`` is termhood in the policy in [0, 1]; 0 for a concept that only
    ConceptNet knows. ``conceptnet`` is the URI it is linked to, or empty.
    """

    id: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    definition: str = ""
    weight: float = 0.0
    conceptnet: str = ""
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed, directed edge between two concepts. ``polarity`` is +1 or -1 (a negated statement)."""

    id: str
    source_id: str
    type: str
    target_id: str
    weight: float = 1.0
    polarity: int = 1
    provenance: tuple[Provenance, ...] = ()
    rule_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleConcept:
    """A rule mentions a concept in one of its fields (``role``: actor, action, object, condition, ...)."""

    rule_id: str
    concept_id: str
    role: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules that oppose each other, or of which one supersedes or excepts the other; with the reason.

    ``prevails`` is the id of the rule that does, empty where a person must decide; ``principle`` says why it does
    (explicit wording, higher authority, specific over general, later over earlier, decided by a person).
    """

    id: str
    rule_a: str
    rule_b: str
    kind: str
    reason: str
    prevails: str = ""
    confidence: float = 1.0
    principle: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat; ``role`` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One training or test record and what it exercises.

    ``kind`` names the writer's form (scenario, rule_qa, definition, ask_back, out_of_scope, ...); ``question`` is
    the user's text without the retrieved context, ``messages`` the whole chat with it. ``family`` is the rule
    family that decides its split. ``verdict`` is None where the form has none.
    """

    id: str
    kind: str
    writer: str
    family: str
    question: str
    answer: str
    verdict: Verdict | None
    rule_ids: tuple[str, ...]
    clause_ids: tuple[str, ...]
    concept_ids: tuple[str, ...] = ()
    relation_ids: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    split: Split = Split.TRAIN
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A verified link from a sample to an ontology element. ``kind`` is rule, concept or relation; ``how`` says
    which check proved it; ``score`` is in [0, 1].
    """

    sample_id: str
    kind: str
    element_id: str
    how: str
    score: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one model answered to one probe in one audit run. ``model`` is aligned or unaligned; ``given`` is None
    where the model gave no verdict; ``region_id`` is the section or other region that the probe stands for.
    """

    run_id: str
    probe_id: str
    model: str
    question: str
    expected: Verdict
    given: Verdict | None
    region_id: str = ""
    clause_ids: tuple[str, ...] = ()
    answer: str = ""

    @property
    def correct(self) -> bool:
        return self.given == self.expected


def group(records: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    """Records by key, in their given order."""
    groups: dict[str, list[T]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return {name: tuple(members) for name, members in groups.items()}


@dataclass(frozen=True)
class Ontology:
    """Everything known about a policy, as values. Look-ups are built once, on first use."""

    documents: tuple[Document, ...] = ()
    sections: tuple[Section, ...] = ()
    clauses: tuple[Clause, ...] = ()
    rules: tuple[Rule, ...] = ()
    concepts: tuple[Concept, ...] = ()
    relations: tuple[Relation, ...] = ()
    rule_concepts: tuple[RuleConcept, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @cached_property
    def document_by_id(self) -> Mapping[str, Document]:
        return {record.id: record for record in self.documents}

    @cached_property
    def section_by_id(self) -> Mapping[str, Section]:
        return {record.id: record for record in self.sections}

    @cached_property
    def clause_by_id(self) -> Mapping[str, Clause]:
        return {record.id: record for record in self.clauses}

    @cached_property
    def rule_by_id(self) -> Mapping[str, Rule]:
        return {record.id: record for record in self.rules}

    @cached_property
    def concept_by_id(self) -> Mapping[str, Concept]:
        return {record.id: record for record in self.concepts}

    @cached_property
    def concepts_of_rule(self) -> Mapping[str, tuple[RuleConcept, ...]]:
        return group(self.rule_concepts, lambda link: link.rule_id)

    @cached_property
    def rules_of_clause(self) -> Mapping[str, tuple[Rule, ...]]:
        return group(self.rules, lambda rule: rule.clause_id)

    @cached_property
    def relations_of_concept(self) -> Mapping[str, tuple[Relation, ...]]:
        ends = [(end, relation) for relation in self.relations for end in {relation.source_id, relation.target_id}]
        return {key: tuple(rel for _, rel in pairs) for key, pairs in group(ends, lambda pair: pair[0]).items()}

    def top_section(self, section_id: str) -> Section:
        """The outermost section above ``section_id``: the region that an audit by section speaks about."""
        section = self.section_by_id[section_id]
        while section.parent_id is not None:
            section = self.section_by_id[section.parent_id]
        return section
