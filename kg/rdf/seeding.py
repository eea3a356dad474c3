"""The concepts of a vocabulary in an ontology: added, linked to the rules that name them, and related as the user said."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.mentions import Mentions
from kg.model import Concept, Ontology, RuleConcept
from kg.rdf.vocabulary import Vocabulary

MAX_UNMENTIONED: Final = 2_000
"""How many concepts come in that no clause names and that stand above none that a clause names."""
ROLES: Final = ("actor", "action", "object", "condition", "exception", "authority")


@dataclass(frozen=True, slots=True)
class Seeding:
    """The ontology with its seeds, and the account of them by number."""

    ontology: Ontology
    read: int
    mentioned: int
    """Seeds that a clause of the policy names."""

    kept: int
    cut: int
    """Seeds over :data:`MAX_UNMENTIONED`."""


def seed(
    ontology: Ontology,
    vocabularies: Sequence[Vocabulary],
    kind_of: Callable[[str], str] = lambda _: "thing",
    most: int = MAX_UNMENTIONED,
) -> Seeding:
    """Plant ``vocabularies`` in ``ontology``; :func:`kg.resolution.resolve` then joins what is one by its name.

    ``kind_of`` tells the kind of a concept by its label where the vocabulary does not. A seed that the policy does not
    name keeps the weight 0, so that what the policy speaks of goes first everywhere.
    """
    concepts = {concept.id: concept for one in vocabularies for concept in one.concepts}
    relations = {relation.id: relation for one in vocabularies for relation in one.relations}
    known = {concept.id for concept in ontology.concepts}
    fresh = [
        dataclasses.replace(concept, kind=kind_of(concept.label) if concept.kind == "thing" else concept.kind)
        for concept in concepts.values()
        if concept.id not in known
    ]
    mentions = Mentions(fresh)
    named = {id_ for clause in ontology.clauses for id_ in mentions.find(f"{clause.lead_in} {clause.text}")}
    near = _with_ancestors(named, [(r.source_id, r.target_id) for r in relations.values() if r.type == "IsA"])
    spare = [concept.id for concept in fresh if concept.id not in near][:most]
    taken = [concept for concept in fresh if concept.id in near.union(spare)]
    ids = known | {concept.id for concept in taken}
    edges = {(r.source_id, r.type, r.target_id) for r in ontology.relations}
    added = [
        relation
        for relation in relations.values()
        if {relation.source_id, relation.target_id} <= ids
        and (relation.source_id, relation.type, relation.target_id) not in edges
    ]
    return Seeding(
        dataclasses.replace(
            ontology,
            concepts=(*ontology.concepts, *taken),
            relations=(*ontology.relations, *added),
            rule_concepts=(*ontology.rule_concepts, *_links(ontology, taken)),
        ),
        read=len(concepts),
        mentioned=len(named),
        kept=len(taken),
        cut=len(fresh) - len(taken),
    )


def _links(ontology: Ontology, seeds: Sequence[Concept]) -> list[RuleConcept]:
    """A link for each field of a rule that names a seed."""
    mentions = Mentions(seeds)
    return [
        RuleConcept(rule.id, id_, role)
        for rule in ontology.rules
        for role in ROLES
        if (text := getattr(rule, role))
        for id_ in mentions.find(text)
    ]


def _with_ancestors(named: set[str], edges: Sequence[tuple[str, str]]) -> set[str]:
    above: dict[str, list[str]] = defaultdict(list)
    for child, parent in edges:
        above[child].append(parent)
    found, queue = set(named), list(named)
    while queue:
        fresh = [parent for parent in above[queue.pop()] if parent not in found]
        found.update(fresh)
        queue.extend(fresh)
    return found
