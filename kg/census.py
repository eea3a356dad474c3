"""How much of what an ontology holds: counts by kind, degrees, what hangs on nothing and what has no source."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean, median

from kg.model import Concept, Ontology, Provenance, Relation

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Degree:
    """Relations and mentions per concept."""

    mean: float
    median: float
    most: int
    highest: tuple[tuple[str, int], ...]
    """The concepts with the most, each with its number."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many records lack something, and the ids of the first few."""

    total: int
    by_kind: dict[str, int]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Census:
    """The figures of ``plumbline ontology stats``."""

    counts: dict[str, int]
    rules_by_modality: dict[str, int]
    clauses_by_kind: dict[str, int]
    concepts_by_kind: dict[str, int]
    relations_by_type: dict[str, int]
    sources: dict[str, int]
    """Sources of concepts and relations, by what they are (clause, conceptnet, person, seed)."""

    degree: Degree
    unlinked: Lacking
    """Concepts without relation and mention, rules that mention no concept."""

    unsourced: Lacking
    """Facts that lead to no source: must be 0."""


def census(ontology: Ontology) -> Census:
    """Count ``ontology``. Linear in its records."""
    named = ("documents", "sections", "clauses", "rules", "concepts", "relations", "rule_concepts", "conflicts")
    proofs = [proof for concept in ontology.concepts for proof in concept.provenance]
    proofs += [proof for relation in ontology.relations for proof in relation.provenance]
    degrees = _degrees(ontology)
    return Census(
        counts={name: len(getattr(ontology, name)) for name in named},
        rules_by_modality=_counted(rule.modality.value for rule in ontology.rules),
        clauses_by_kind=_counted(clause.kind.value for clause in ontology.clauses),
        concepts_by_kind=_counted(concept.kind for concept in ontology.concepts),
        relations_by_type=_counted(relation.type for relation in ontology.relations),
        sources=_counted(proof.source for proof in proofs),
        degree=_degree(ontology, degrees),
        unlinked=_lacking(
            {
                "concepts": [concept.id for concept in ontology.concepts if not degrees[concept.id]],
                "rules": [rule.id for rule in ontology.rules if rule.id not in ontology.concepts_of_rule],
            }
        ),
        unsourced=_lacking(
            {
                "sections": [s.id for s in ontology.sections if s.document_id not in ontology.document_by_id],
                "clauses": [c.id for c in ontology.clauses if not _placed(c.document_id, c.span.end, ontology)],
                "rules": [
                    r.id
                    for r in ontology.rules
                    if r.clause_id not in ontology.clause_by_id or not _placed(r.document_id, r.span.end, ontology)
                ],
                "concepts": [concept.id for concept in ontology.concepts if not _proven(concept, ontology)],
                "relations": [relation.id for relation in ontology.relations if not _proven(relation, ontology)],
            }
        ),
    )


def _placed(document_id: str, end: int, ontology: Ontology) -> bool:
    """Whether a span lies within the text of its document (a document loaded without text is taken at its word)."""
    document = ontology.document_by_id.get(document_id)
    return document is not None and (not document.text or end <= len(document.text))


def _proven(record: Concept | Relation, ontology: Ontology) -> bool:
    return any(_leads_somewhere(proof, ontology) for proof in record.provenance)


def _leads_somewhere(proof: Provenance, ontology: Ontology) -> bool:
    return proof.ref in ontology.clause_by_id if proof.source == "clause" else bool(proof.source and proof.ref)


def _degrees(ontology: Ontology) -> Counter[str]:
    degrees: Counter[str] = Counter()
    for relation in ontology.relations:
        degrees.update({relation.source_id, relation.target_id})
    degrees.update(link.concept_id for link in ontology.rule_concepts)
    return degrees


def _degree(ontology: Ontology, degrees: Counter[str]) -> Degree:
    values = [degrees[concept.id] for concept in ontology.concepts] or [0]
    highest = sorted(ontology.concepts, key=lambda concept: (-degrees[concept.id], concept.label, concept.id))
    return Degree(
        mean=round(mean(values), 2),
        median=float(median(values)),
        most=max(values),
        highest=tuple((concept.label, degrees[concept.id]) for concept in highest[:EXAMPLES]),
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    """By falling count."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _lacking(found: dict[str, list[str]]) -> Lacking:
    examples = [id_ for ids in found.values() for id_ in ids[:EXAMPLES]]
    return Lacking(
        sum(map(len, found.values())), {name: len(ids) for name, ids in found.items()}, tuple(examples[:EXAMPLES])
    )
