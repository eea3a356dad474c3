"""Which property of which vocabulary a record's field becomes. One table per record, read by writer and reader alike.

A field that has no row is still written, under our own namespace with its name in camel case: a field that is added to
:mod:`kg.model` is never lost on the way out and back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Final, get_type_hints

from rdflib import DCTERMS, ODRL2, OWL, PROV, RDF, RDFS, SKOS, URIRef

from kg.model import (
    Clause,
    Concept,
    Conflict,
    Document,
    Modality,
    Provenance,
    Relation,
    Rule,
    RuleConcept,
    Section,
    Threshold,
)
from kg.rdf.terms import PL


@dataclass(frozen=True, slots=True)
class Shape:
    """How one record becomes a resource: ``kind`` stands in its IRI, ``classes`` are its types (the first one ours)."""

    kind: str
    classes: tuple[URIRef, ...]
    properties: Mapping[str, URIRef] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    """Fields that hold ids of other records: the kind of those."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Fields whose words become a shared resource (party, action, asset, unit): its kind."""

    circumstances: Mapping[str, URIRef] = field(default_factory=dict)
    """Fields that become an ODRL constraint on the circumstances: its operator."""

    span: URIRef | None = None
    """The document field's relation of a quoted record; None where the span stands on the node itself."""

    def predicate(self, name: str) -> URIRef:
        """The property of a field."""
        return self.properties.get(name, PL[camel(name)])


@cache
def field_types(kind: type) -> dict[str, Any]:
    """The resolved type of each field of a record; looked up once, because resolving them is slow."""
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}


def camel(name: str) -> str:
    """``rule_ids`` as ``ruleIds``."""
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


DOCUMENT: Final = Shape(
    "document",
    (PL.Document, PROV.Entity),
    {
        "title": DCTERMS.title,
        "path": DCTERMS.source,
        "format": DCTERMS["format"],
        "version": OWL.versionInfo,
        "text": PROV.value,
    },
)
SECTION: Final = Shape(
    "section",
    (PL.Section, PROV.Entity),
    {"title": DCTERMS.title, "document_id": PROV.wasQuotedFrom, "parent_id": DCTERMS.isPartOf},
    {"document_id": "document", "parent_id": "section"},
    span=PROV.qualifiedQuotation,
)
CLAUSE: Final = Shape(
    "clause",
    (PL.Clause, PROV.Entity),
    {
        "text": PROV.value,
        "document_id": PROV.wasQuotedFrom,
        "section_id": DCTERMS.isPartOf,
    },
    {"document_id": "document", "section_id": "section"},
    span=PROV.qualifiedQuotation,
)
RULE: Final = Shape(
    "rule",
    (PL.Rule, PROV.Entity),
    {
        "text": PROV.value,
        "document_id": PROV.wasQuotedFrom,
        "section_id": DCTERMS.isPartOf,
        "clause_id": PROV.wasDerivedFrom,
        "references": DCTERMS.references,
        "actor": ODRL2.assignee,
        "action": ODRL2.action,
        "object": ODRL2.target,
        "authority": ODRL2.consentingParty,
        "condition": ODRL2.constraint,
        "exception": ODRL2.constraint,
        "thresholds": ODRL2.constraint,
    },
    {"document_id": "document", "section_id": "section", "clause_id": "clause", "references": "clause"},
    {"actor": "party", "action": "action", "object": "asset", "authority": "party"},
    {"condition": ODRL2.eq, "exception": ODRL2.neq},
    span=PROV.qualifiedQuotation,
)
CONCEPT: Final = Shape(
    "concept",
    (PL.Concept, SKOS.Concept),
    {
        "label": SKOS.prefLabel,
        "aliases": SKOS.altLabel,
        "definition": SKOS.definition,
        "provenance": PROV.qualifiedDerivation,
    },
)
RELATION: Final = Shape(
    "relation",
    (PL.Relation,),
    {
        "source_id": RDF.subject,
        "type": RDF.predicate,
        "target_id": RDF.object,
        "provenance": PROV.qualifiedDerivation,
    },
    {"source_id": "concept", "type": "relation-type", "target_id": "concept", "rule_ids": "rule"},
)
MENTION: Final = Shape(
    "mention",
    (PL.Mention,),
    {"rule_id": PL.rule, "concept_id": PL.concept},
    {"rule_id": "rule", "concept_id": "concept"},
)
CONFLICT: Final = Shape("conflict", (PL.Conflict,), {}, {"rule_a": "rule", "rule_b": "rule", "prevails": "rule"})
PROVENANCE: Final = Shape("source", (PROV.Derivation,), {"licence": DCTERMS.license})
THRESHOLD: Final = Shape(
    "threshold",
    (ODRL2.Constraint,),
    {"text": RDFS.label, "value": ODRL2.rightOperand, "comparator": ODRL2.operator, "unit": ODRL2.unit},
    {},
    {"unit": "unit"},
)

RECORDS: Final[Mapping[str, tuple[type, Shape]]] = {
    "documents": (Document, DOCUMENT),
    "sections": (Section, SECTION),
    "clauses": (Clause, CLAUSE),
    "rules": (Rule, RULE),
    "concepts": (Concept, CONCEPT),
    "relations": (Relation, RELATION),
    "rule_concepts": (RuleConcept, MENTION),
    "conflicts": (Conflict, CONFLICT),
}
"""Field of :class:`~kg.model.Ontology` -> its record type and shape. A test holds it complete."""
NESTED: Final[Mapping[type, Shape]] = {Provenance: PROVENANCE, Threshold: THRESHOLD}

DEFINITION_PROPERTIES: Final = {"actor": PL.definiendum, "action": PL.definedBy, "object": PL.definiens}
"""A definition binds nobody, so that ODRL's assignee, action and target would say something false of it."""
MODALITIES: Final[Mapping[Modality, tuple[URIRef, URIRef]]] = {
    Modality.PERMISSION: (ODRL2.Permission, ODRL2.permission),
    Modality.PROHIBITION: (ODRL2.Prohibition, ODRL2.prohibition),
    Modality.OBLIGATION: (ODRL2.Duty, ODRL2.obligation),
    Modality.RECOMMENDATION: (PL.Recommendation, PL.recommendation),
    Modality.DEFINITION: (PL.Definition, PL.definition),
}
"""Modality -> the class of its rules, and the property by which a policy holds them (ODRL 2.2, section 2.6)."""
OPERATORS: Final = {">": ODRL2.gt, ">=": ODRL2.gteq, "<": ODRL2.lt, "<=": ODRL2.lteq, "=": ODRL2.eq}
NAME_CLASSES: Final = {
    "party": ODRL2.PartyCollection,
    "action": ODRL2.Action,
    "asset": ODRL2.AssetCollection,
    "unit": PL.Unit,
}

_CURRENCIES = frozenset(
    {
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF",
        "BRL", "MXN", "ZAR", "SGD", "HKD", "KRW",
    }
)  # fmt: skip
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year", "night", "weekend"})


def left_operand(unit: str) -> URIRef:
    """What a threshold of ``unit`` measures, in ODRL's words where it has one."""
    if unit.upper() in _CURRENCIES:
        return ODRL2.payAmount
    if unit.strip() and unit.rsplit(maxsplit=1)[-1].lower() in _TIMES:
        return ODRL2.elapsedTime
    if unit.lower() in {"percent", "%"}:
        return ODRL2.percentage
    return ODRL2["count"]
