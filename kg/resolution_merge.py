"""The ontology with merged concepts united. The input is left as it is: keeping it is the undo."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.model import Concept, Ontology, Relation, RuleConcept


def merge_concepts(ontology: Ontology, merged: Mapping[str, str]) -> Ontology:
    """``ontology`` with each concept that is a key of ``merged`` replaced by its value, which takes over its names,
    sources, relations and mentions. What becomes equal is united; a relation between two that are now one goes.
    """
    if not merged:
        return ontology
    members: dict[str, list[Concept]] = defaultdict(list)
    for concept in ontology.concepts:
        members[merged.get(concept.id, concept.id)].append(concept)
    concepts = tuple(_united(concept, members[concept.id]) for concept in ontology.concepts if concept.id not in merged)
    relations: dict[tuple[str, str, str, int], Relation] = {}
    for relation in ontology.relations:
        source, target = (merged.get(end, end) for end in (relation.source_id, relation.target_id))
        if source == target and relation.source_id != relation.target_id:
            continue
        moved = dataclasses.replace(relation, source_id=source, target_id=target)
        edge = (source, relation.type, target, relation.polarity)
        known = relations.get(edge)
        relations[edge] = moved if known is None else _united_relation(known, moved)
    mentions = dict.fromkeys(
        RuleConcept(mention.rule_id, merged.get(mention.concept_id, mention.concept_id), mention.role)
        for mention in ontology.rule_concepts
    )
    return dataclasses.replace(
        ontology, concepts=concepts, relations=tuple(relations.values()), rule_concepts=tuple(mentions)
    )


def _united(kept: Concept, members: Sequence[Concept]) -> Concept:
    if len(members) == 1:
        return kept
    names = dict.fromkeys(name for member in (kept, *members) for name in (member.label, *member.aliases))
    names.pop(kept.label)
    proofs = dict.fromkeys(proof for member in (kept, *members) for proof in member.provenance)
    return dataclasses.replace(
        kept,
        aliases=tuple(names),
        definition=kept.definition or next((one.definition for one in members if one.definition), ""),
        weight=max(member.weight for member in members),
        conceptnet=kept.conceptnet or next((one.conceptnet for one in members if one.conceptnet), ""),
        provenance=tuple(proofs),
    )


def _united_relation(known: Relation, other: Relation) -> Relation:
    return dataclasses.replace(
        known,
        weight=max(known.weight, other.weight),
        provenance=tuple(dict.fromkeys((*known.provenance, *other.provenance))),
        rule_ids=tuple(dict.fromkeys((*known.rule_ids, *other.rule_ids))),
    )
