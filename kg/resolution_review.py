"""Resolution and the review queue: merges and doubts as questions to a person, a person's decisions as pairs."""

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kg.model import Concept, Ontology
from kg.resolution import Pair, Resolution
from kg.review import ReviewItem, Status, automatic, review_item

MERGE = "merge"
"""The kind of these items."""
QUOTED = 240
"""Characters of a clause that are shown as evidence."""


def decided_pairs(items: Iterable[ReviewItem]) -> Mapping[tuple[str, str], bool]:
    """A person's decisions about merges as :func:`kg.resolution.resolve` takes them: pair of concept ids -> same?"""
    pairs = {
        (item.subject, item.candidates[0]): item.status is Status.ACCEPTED
        for item in items
        if item.kind == MERGE and item.status is not Status.PENDING
    }
    return MappingProxyType(dict(sorted(pairs.items())))


def questions(
    ontology: Ontology, resolution: Resolution, decisions: Mapping[tuple[str, str], bool] = MappingProxyType({})
) -> tuple[ReviewItem, ...]:
    """Every merge that no person decided, as accepted automatically, and every pair in doubt, as pending.

    ``ontology`` is the one before merging, so that both names of a merge and their sources can be shown.
    """
    decided = {frozenset(pair) for pair in decisions}
    done = [automatic(_item(ontology, pair)) for pair in resolution.merges if {pair.first, pair.second} not in decided]
    return (*done, *(_item(ontology, pair) for pair in resolution.review))


def _item(ontology: Ontology, pair: Pair) -> ReviewItem:
    first, second = (ontology.concept_by_id[id_] for id_ in (pair.first, pair.second))
    if second.id < first.id:  # the same pair is the same question, whichever of the two would stay
        first, second = second, first
    question = f"is {_named(first)} the same as {_named(second)}?"
    item = review_item(MERGE, first.id, (second.id,), pair.score, pair.reason, question)
    evidence = (f"{concept.label}: {quote}" for concept in (first, second) if (quote := _quote(ontology, concept)))
    return dataclasses.replace(item, evidence=tuple(evidence))


def _named(concept: Concept) -> str:
    return f"{concept.label!r} ({concept.kind})"


def _quote(ontology: Ontology, concept: Concept) -> str:
    """The beginning of the first clause that the concept comes from."""
    for proof in concept.provenance:
        clause = ontology.clause_by_id.get(proof.ref)
        if clause is not None:
            text = " ".join(clause.text.split())
            return text if len(text) <= QUOTED else f"{text[:QUOTED].rsplit(' ', 1)[0]} ..."
    return ""
