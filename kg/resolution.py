"""Which names are one concept: one concept per meaning, never across opposite polarity, modality or role.

Names become pairs by evidence (``kg.resolution_evidence``): equal keys, in which only harmless differences are undone
(``kg.resolution_names``); variants that English reads one way (``kg.resolution_variants``); aliases and acronyms that a
document defines and only one concept claims; synonyms that the ontology states. There is no fuzzy merging: "may accept
gifts" and "may not accept gifts", "gift giver" and "gift receiver" are a letter or a word apart and opposite in meaning.
A pair whose score reaches ``automatic`` is merged, one that reaches ``review`` waits for a person, whose decision
overrides both. Components of the pairs are the concepts (``kg.resolution_clusters``), so the result is transitive and
independent of the order of the input.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg import resolution_merge
from kg.errors import UserError
from kg.model import Concept, Ontology
from kg.resolution_clusters import Pair, clusters
from kg.resolution_evidence import Index, alike, by_alias, by_name, by_synonymy, index, rank
from kg.resolution_names import key

if TYPE_CHECKING:
    from kg.retrieval import Embed

__all__ = ["Pair", "Resolution", "ResolutionOptions", "key", "merge_concepts", "resolve", "stated_synonyms"]

NUDGE = 0.08
"""How far embeddings move the score of a pair in doubt, at most: they order the queue, they decide nothing."""


@dataclass(frozen=True, slots=True)
class ResolutionOptions:
    """The two thresholds, in (0, 1]."""

    automatic: float = 0.9
    """Pairs with at least this score are merged."""

    review: float = 0.5
    """Pairs with at least this score wait for a person."""

    def __post_init__(self) -> None:
        if not 0 < self.review <= self.automatic <= 1:
            raise UserError(
                f"automatic is {self.automatic} and review {self.review}", "use 0 < review <= automatic <= 1"
            )


@dataclass(frozen=True, slots=True)
class Resolution:
    """``merged`` maps the id of each concept that goes to the one that stays; ``merges`` are the pairs that say why
    (a tree per concept); ``review`` waits for a person, most likely first; ``crowds`` counts marks of likeness that too
    many names share to mean anything.
    """

    merged: Mapping[str, str]
    merges: tuple[Pair, ...]
    review: tuple[Pair, ...]
    crowds: int = 0


def resolve(
    concepts: Iterable[Concept],
    decisions: Mapping[tuple[str, str], bool] = MappingProxyType({}),
    *,
    synonyms: Iterable[tuple[str, str, float]] = (),
    embed: "Embed | None" = None,
    options: ResolutionOptions | None = None,
) -> Resolution:
    """Merge what is one by its names; queue what may be.

    ``decisions`` are a person's, by pair of ids in either order: True merges, False keeps apart for good (and undoes
    a merge). ``synonyms`` are (id, id, score). ``embed`` only orders what is in doubt. Ids must be unique. The result
    does not depend on any order. O(n log n) in the names.
    """
    limits = options or ResolutionOptions()
    known = index(concepts)
    said, unsaid = by_alias(known)
    stated, contradicted = by_synonymy(known, synonyms)
    seeming, crowds = alike(known)
    proposals = [*by_name(known), *said, *stated, *seeming]
    sure = [pair for pair in proposals if pair.score >= limits.automatic]
    sure += [
        Pair(one, other, 1.0, "decided by a person")
        for (one, other), same in decisions.items()
        if same and one in known.concepts and other in known.concepts and one != other
    ]
    apart = frozenset(frozenset(pair) for pair, same in decisions.items() if not same and len(set(pair)) == 2)
    merged, merges = clusters(sure, apart, lambda id_: rank(known.concepts[id_]))
    doubts = [pair for pair in (*proposals, *unsaid, *contradicted) if pair.score < limits.automatic]
    queue = _queue(doubts, merged, apart)
    if embed is not None:
        queue = _nudged(queue, known, embed, limits)
    waiting = tuple(pair for pair in queue if pair.score >= limits.review)
    return Resolution(merged, merges, waiting, crowds)


def merge_concepts(ontology: Ontology, resolution: Resolution) -> Ontology:
    """``ontology`` with every merge of ``resolution`` done (see :mod:`kg.resolution_merge`)."""
    return resolution_merge.merge_concepts(ontology, resolution.merged)


def stated_synonyms(ontology: Ontology) -> tuple[tuple[str, str, float], ...]:
    """The Synonym relations of ``ontology`` as :func:`resolve` takes them: sure where a document, a person or a
    vocabulary of the user says so, a question where only ConceptNet does.
    """
    found = []
    for relation in ontology.relations:
        if relation.type == "Synonym" and relation.polarity > 0:
            ours = any(proof.source in {"clause", "person", "seed"} for proof in relation.provenance)
            found.append((relation.source_id, relation.target_id, 0.95 if ours else 0.6))
    return tuple(sorted(found))


def _queue(doubts: Iterable[Pair], merged: Mapping[str, str], apart: frozenset[frozenset[str]]) -> tuple[Pair, ...]:
    """The doubts between concepts that are still two and not decided; the best reason of each."""
    best: dict[frozenset[str], Pair] = {}
    for pair in doubts:
        first, second = (merged.get(id_, id_) for id_ in (pair.first, pair.second))
        ends = frozenset((first, second))
        if first == second or ends in apart or frozenset((pair.first, pair.second)) in apart:
            continue
        known = best.get(ends)
        if known is None or (pair.score, pair.reason) > (known.score, known.reason):
            best[ends] = dataclasses.replace(pair, first=min(ends), second=max(ends))
    return tuple(sorted(best.values(), key=lambda pair: (-pair.score, pair.first, pair.second)))


def _nudged(queue: Sequence[Pair], known: Index, embed: "Embed", limits: ResolutionOptions) -> tuple[Pair, ...]:
    """``queue`` with scores moved by the cosine of the labels, never up to a merge."""
    if not queue:
        return ()
    labels = sorted({known.concepts[id_].label for pair in queue for id_ in (pair.first, pair.second)})
    place = {label: row for row, label in enumerate(labels)}
    vectors = embed(labels)
    moved = []
    for pair in queue:
        first, second = (vectors[place[known.concepts[id_].label]] for id_ in (pair.first, pair.second))
        cosine = float(first @ second)
        score = min(pair.score + NUDGE * (2 * cosine - 1), limits.automatic - 0.01)
        reason = f"{pair.reason}; cosine {cosine:.2f}"
        moved.append(Pair(pair.first, pair.second, round(score, 4), reason))
    return tuple(sorted(moved, key=lambda pair: (-pair.score, pair.first, pair.second)))
