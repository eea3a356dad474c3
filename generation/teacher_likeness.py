"""Whether a teacher's case was said before, or is one of those that the models are tested on.

By words: the Jaccard similarity of hashed shingles that MinHash estimates for the whole dataset (:mod:`generation.filters`)
is here computed as it is, over an index of the shingles; and, where a sentence embedder is given, by meaning (cosine). The
test cases themselves are never seen: what comes is :class:`HeldOut`, hashes and vectors.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from generation.filters import jaccard, shingles

Embed: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> array of shape (n, d), float32, rows of unit length."""
Vector: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class HeldOut:
    """The test cases as signatures: ``grams`` are the hashes of each one's shingles, ``vectors`` of shape (n, d) their
    embeddings, None without an embedder.
    """

    grams: tuple[frozenset[int], ...] = ()
    vectors: NDArray[np.float32] | None = None

    @classmethod
    def of(cls, questions: Sequence[str], embed: Embed | None = None) -> "HeldOut":
        """The signatures of ``questions``."""
        grams = tuple(shingles(question) for question in questions)
        return cls(grams, embed(list(questions)) if embed and questions else None)

    def joined(self, other: "HeldOut") -> "HeldOut":
        """Both sets of cases as one."""
        vectors = [part.vectors for part in (self, other) if part.vectors is not None]
        return HeldOut((*self.grams, *other.grams), np.concatenate(vectors) if vectors else None)


class Shingled:
    """Texts by their shingles; finds those that are at least ``threshold`` alike."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._grams: list[frozenset[int]] = []
        self._places: dict[int, list[int]] = defaultdict(list)

    def add(self, grams: frozenset[int]) -> None:
        for gram in grams:
            self._places[gram].append(len(self._grams))
        self._grams.append(grams)

    def near(self, grams: frozenset[int]) -> list[int]:
        """The places of the texts that are near, in the order in which they were added."""
        shared = Counter(place for gram in grams for place in self._places.get(gram, ()))
        return sorted(place for place in shared if jaccard(grams, self._grams[place]) >= self._threshold)


class Leaks:
    """Finds a held-out case that a text comes near to. Only reads, so that threads may share it."""

    def __init__(self, held_out: HeldOut, jaccard_from: float, cosine_from: float) -> None:
        self._vectors, self._cosine = held_out.vectors, cosine_from
        self._near = Shingled(jaccard_from)
        for grams in held_out.grams:
            self._near.add(grams)

    def why(self, text: str, vector: Vector | None = None) -> str:
        """How ``text`` comes near to a held-out case, or an empty string. The case itself is not named."""
        if self._near.near(shingles(text)):
            return "by its words"
        if vector is not None and self._vectors is not None and float((self._vectors @ vector).max()) >= self._cosine:
            return "by its meaning"
        return ""


class Said:
    """The cases so far. Two of one family with different verdicts are twins, and twins are alike by design."""

    def __init__(self, jaccard_from: float, cosine_from: float) -> None:
        self._cosine = cosine_from
        self._exact: set[str] = set()
        self._near = Shingled(jaccard_from)
        self._keys: list[tuple[str, str]] = []
        self._vectors: dict[tuple[str, str], list[Vector]] = defaultdict(list)

    def remember(self, cases: Iterable[tuple[str, str, str]]) -> None:
        """Take over what others wrote: (question, family, verdict)."""
        for question, family, verdict in cases:
            self._keep(question, (family, verdict))

    def why(self, text: str, family: str, verdict: str, vector: Vector | None = None) -> str:
        """How ``text`` repeats an earlier case, or an empty string; then it is remembered."""
        if _plain(text) in self._exact:
            return "word for word"
        key = (family, verdict)
        near = [self._keys[place] for place in self._near.near(shingles(text))]
        if any(other == key or other[0] != family for other in near):
            return "by its words"
        if vector is not None:
            if any(float(other @ vector) >= self._cosine for other in self._vectors[key]):
                return "by its meaning"
            self._vectors[key].append(vector)
        self._keep(text, key)
        return ""

    def _keep(self, text: str, key: tuple[str, str]) -> None:
        self._exact.add(_plain(text))
        self._near.add(shingles(text))
        self._keys.append(key)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
