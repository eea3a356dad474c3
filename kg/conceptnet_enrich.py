"""The relevant neighbourhood of a policy in ConceptNet, imported into its ontology.

Not the planet: the terms that the policy's concepts are, and around them what is heavy enough, of an allowed relation,
readable and relevant, with a cap per concept and in all. What is left out is counted by reason. Every imported concept
and relation names its URI and licence. A concept that may be several things of ConceptNet waits for a person.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.conceptnet_import import Import, Knowledge
from kg.conceptnet_index import ConceptNetIndex
from kg.conceptnet_kinds import NounKind, no_nouns
from kg.conceptnet_link import Link, PendingLink, best_links, candidates, chosen, lemmas
from kg.conceptnet_options import ConceptNetOptions
from kg.conceptnet_reader import Assertion
from kg.conceptnet_review import NO_DECISIONS
from kg.conceptnet_senses import settle
from kg.model import Concept, Ontology, Provenance, Relation
from kg.retrieval import Embed

DEFAULTS = ConceptNetOptions()


@dataclass(frozen=True, slots=True)
class Enrichment:
    """The ontology with what was linked and imported. ``cut`` counts assertions left out by reason; ``links`` tells
    for each linked concept which term and why; ``pending`` are the concepts that a person is to link or leave;
    ``least_relevance`` is what an imported concept needed.
    """

    ontology: Ontology
    linked: int
    imported_concepts: int
    imported_relations: int
    cut: dict[str, int]
    links: tuple[Link, ...] = ()
    pending: tuple[PendingLink, ...] = ()
    least_relevance: float = 0.0


def enrich(
    ontology: Ontology, index: ConceptNetIndex, options: ConceptNetOptions = DEFAULTS,
    embed: Embed | None = None, decisions: Mapping[str, str] = NO_DECISIONS, nouns: NounKind = no_nouns,
) -> Enrichment:  # fmt: skip
    """Link the concepts of ``ontology`` to ConceptNet and import their relevant neighbourhood.

    ``nouns`` tells the kind of a concept by its head noun. ``decisions`` are a person's: concept id -> the URI it is, or an empty text for none. What an earlier run imported is
    taken out first, so a second run changes nothing and changed options leave no rest behind. Deterministic for the
    same index, options, embedding and decisions.
    """
    ontology = _without_imports(ontology)
    links, edges = _found(ontology, index, options, decisions)
    links, pending = settle(ontology, links, edges, options.link_margin, embed)
    cut: Counter[str] = Counter()
    least = _least_relevance(index, links, options)
    knowledge = Knowledge(lambda terms: index.neighbours_many(terms, options.read), least, nouns)
    work = Import(ontology, options, embed, cut, links, knowledge)
    frontier: Mapping[str, Link] = links
    for hop in range(1, options.hops + 1):
        terms = [link.term for link in frontier.values()]
        if hop > 1:
            edges = index.neighbours_many(terms, options.read)
        beyond = (count - options.read for count in index.degrees(terms).values())
        cut["lighter than the heaviest that are read of a term"] += sum(count for count in beyond if count > 0)
        frontier = work.widen(frontier, edges, hop)
    concepts = tuple(_linked(concept, links.get(concept.id)) for concept in ontology.concepts)
    relations = tuple(work.relations.values())
    return Enrichment(
        dataclasses.replace(
            ontology, concepts=(*concepts, *work.concepts.values()), relations=(*ontology.relations, *relations)
        ),
        len(links), len(work.concepts), len(relations),
        {reason: count for reason, count in sorted(cut.items()) if count}, tuple(links.values()), pending,
        round(least, 3),
    )  # fmt: skip


def _found(
    ontology: Ontology, index: ConceptNetIndex, options: ConceptNetOptions, decisions: Mapping[str, str]
) -> tuple[dict[str, Link], dict[str, tuple[Assertion, ...]]]:
    """The term of each concept by its words or a person's decision, and the assertions about these terms."""
    undecided = [concept for concept in ontology.concepts if concept.id not in decisions]
    wanted = {term for concept in undecided for term, _, _ in candidates(concept, options.language)}
    links = best_links(undecided, index.known(sorted(wanted)), options.language)
    edges = _about(index, links, options)
    led = lemmas(links, edges)
    known = ontology.concept_by_id
    decided = {id_: chosen(id_, uri) for id_, uri in decisions.items() if uri and id_ in known}
    return links | led | decided, edges | _about(index, led | decided, options)


def _least_relevance(index: ConceptNetIndex, links: Mapping[str, Link], options: ConceptNetOptions) -> float:
    """What is asked of a term: less of an extract that is about the policy, for somebody chose it."""
    if not options.trust_extract:
        return options.min_relevance
    touching = sum(index.degrees([link.term for link in links.values()]).values())
    return options.min_relevance * (1 - min(1.0, touching / max(1, index.assertions)))


def _about(
    index: ConceptNetIndex, links: Mapping[str, Link], options: ConceptNetOptions
) -> dict[str, tuple[Assertion, ...]]:
    return index.neighbours_many([link.term for link in links.values()], options.read)


def _without_imports(ontology: Ontology) -> Ontology:
    def imported(record: Concept | Relation) -> bool:
        proofs = record.provenance
        return bool(proofs) and all(one.source == "conceptnet" and one.method.startswith("imported") for one in proofs)

    concepts = tuple(concept for concept in ontology.concepts if not imported(concept))
    kept = {concept.id for concept in concepts}
    relations = tuple(
        relation
        for relation in ontology.relations
        if not imported(relation) and relation.source_id in kept and relation.target_id in kept
    )
    return dataclasses.replace(ontology, concepts=concepts, relations=relations)


def _linked(concept: Concept, link: Link | None) -> Concept:
    """``concept`` with its link and why; without one where an earlier run had linked it."""
    kept = tuple(one for one in concept.provenance if one.source != "conceptnet")
    if link is None:
        return dataclasses.replace(concept, conceptnet="", provenance=kept) if concept.conceptnet else concept
    proof = Provenance("conceptnet", link.uri, f"linked by {link.reason}, score {link.score:.2f}")
    return dataclasses.replace(concept, conceptnet=link.uri, provenance=(*kept, proof))
