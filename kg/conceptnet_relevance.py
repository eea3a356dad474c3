"""How much a term of ConceptNet has to do with a policy: to its subject, and to what it says where the term would come in.

That a common word of the policy ("key", "court", "body") has a neighbour says nothing about the policy: a pocket is where keys
are. Three measurements, each in [0, 1], are averaged:

* *subject*: the share of the policy's own concepts that lie no nearer to its other concepts than the term does (the mean
  cosine to the ten nearest), so that the scale is the policy's and not the embedding's;
* *bond*: the greatest cosine to the names of the concepts that the term would be joined to;
* *context*: the mean cosine to the three nearest of the rules that speak of these concepts; this is where the sense that the
  policy means tells itself from another one of the same word.

Without embeddings words and touches have to do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import Ontology
from kg.retrieval import Embed
from kg.words import content

UNKNOWN = 0.42
"""The relevance, without embeddings, of a term that shares no word with the policy and touches it once: words that differ are
no sign that it has nothing to do with it, so by default it passes."""
HEAVIEST = 400
"""Concepts of the policy that its subject is measured by."""
NEAREST, RULES = 10, 3
READ = 5
"""How many rules of a concept are read as its context."""
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term would come in: the ids and the labels of the concepts that it would be joined to."""

    label: str
    anchors: Mapping[str, str]


class Relevance:
    """Relevance of terms to one policy. What is said of the policy alone is computed once."""

    def __init__(self, ontology: Ontology, embed: Embed | None) -> None:
        self._embed = embed
        self._rules: dict[str, list[int]] = defaultdict(list)
        if embed is None:
            texts = (*(rule.text for rule in ontology.rules), *(concept.label for concept in ontology.concepts))
            self._vocabulary = frozenset(word for text in texts for word in content(text))
            return
        heavy = sorted(ontology.concepts, key=lambda concept: (-concept.weight, concept.id))[:HEAVIEST]
        places = {rule.id: place for place, rule in enumerate(ontology.rules)}
        for mention in ontology.rule_concepts:
            own = self._rules[mention.concept_id]
            if mention.rule_id in places and len(own) < READ:
                own.append(places[mention.rule_id])
        empty = np.zeros((0, 1), dtype=np.float32)
        self._heavy: Vectors = embed([concept.label for concept in heavy]) if heavy else empty
        self._texts = [rule.text for rule in ontology.rules]
        self._said: dict[int, Vectors] = {}
        among = self._heavy @ self._heavy.T
        np.fill_diagonal(among, -1.0)
        self._own = np.sort(_nearest(among, min(NEAREST, max(len(heavy) - 1, 1))))

    def of(self, places: Sequence[Place]) -> list[float]:
        """The relevance of each of ``places`` in [0, 1]."""
        if self._embed is None:
            return [self._by_words(place) for place in places]
        if not places or not len(self._heavy):
            return [0.0] * len(places)
        self._read({rule for place in places for id_ in place.anchors for rule in self._rules.get(id_, ())})
        names = list(dict.fromkeys(name for place in places for name in (place.label, *place.anchors.values())))
        vectors = dict(zip(names, self._embed(names), strict=True))
        own = np.stack([vectors[place.label] for place in places])
        near = _nearest(own @ self._heavy.T, min(NEAREST, len(self._heavy)))
        subject = np.searchsorted(self._own, near, side="right") / len(self._own)
        return [
            (share + self._bond(place, vectors) + self._context(place, vectors[place.label])) / 3
            for share, place in zip(subject.tolist(), places, strict=True)
        ]

    def _bond(self, place: Place, vectors: Mapping[str, Vectors]) -> float:
        own = vectors[place.label]
        return _positive(max((float(own @ vectors[name]) for name in place.anchors.values()), default=0.0))

    def _context(self, place: Place, own: Vectors) -> float:
        rules = sorted({rule for id_ in place.anchors for rule in self._rules.get(id_, ())})
        return (
            _positive(float(np.mean(sorted(float(self._said[rule] @ own) for rule in rules)[-RULES:])))
            if rules
            else 0.0
        )

    def _read(self, rules: AbstractSet[int]) -> None:
        """Embed those of ``rules`` that were not read yet."""
        missing = sorted(rules - self._said.keys())
        if missing and self._embed is not None:
            self._said |= zip(missing, self._embed([self._texts[rule] for rule in missing]), strict=True)

    def _by_words(self, place: Place) -> float:
        words = content(place.label)
        shared = sum(word in self._vocabulary for word in words) / max(1, len(words))
        return UNKNOWN + 0.3 * shared + 0.28 * min(1.0, max(0, len(place.anchors) - 1) / 2)


def joined(entries: Iterable[tuple[str, str, str]]) -> list[Place]:
    """A place for each label of ``entries`` (label, id and label of a concept it would be joined to), in their order."""
    anchors: dict[str, dict[str, str]] = defaultdict(dict)
    for label, id_, name in entries:
        anchors[label][id_] = name
    return [Place(label, found) for label, found in anchors.items()]


def _nearest(cosines: Vectors, count: int) -> Vectors:
    """Of each row the mean of its ``count`` greatest."""
    if not cosines.size:
        return np.zeros(len(cosines), dtype=np.float32)
    found: Vectors = np.sort(cosines, axis=1)[:, -count:].mean(axis=1)
    return found


def _positive(cosine: float) -> float:
    return min(1.0, max(0.0, cosine))
