"""What is not fit to be kept: malformed, too long, or said before. Every drop is counted by reason.

Near-duplicates are found by MinHash over word shingles with locality-sensitive hashing (Broder 1997), here with
one-permutation buckets from SHA-free hashes so that a run is deterministic and 10,000 samples take seconds.
"""

import random
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generation.drafts import Draft

EXAMPLES_KEPT = 5
_PERMUTATIONS = 64
_BANDS = 16
_PRIME = (1 << 31) - 1
_MALFORMED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("placeholder left", re.compile(r"[{}]")),
    ("word doubled", re.compile(r"\b(?!(?:that|had|is)\b)(\w{2,}) \1\b", re.IGNORECASE)),
    ("no sentence", re.compile(r"^\W*$")),
    ("control characters", re.compile(r"[\x00-\x08\x0b-\x1f]")),
    ("broken punctuation", re.compile(r"[,;:]\s*[,;:.?!]|\(\s*\)|\s[,.;?]")),
    ("unbalanced quotation marks", re.compile(r"^[^\"]*\"[^\"]*$")),
    (
        "dangling word",
        re.compile(r"\b(?:if|unless|of|the|a|an|and|or|to|by|with|from|when)[.?!](?:\s|$)", re.IGNORECASE),
    ),
    ("a list without its items", re.compile(r":[.?!](?:\s|$)")),
)


@dataclass
class DropLedger:
    """Counts of what was left out by reason, with a few examples of each."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def drop(self, reason: str, text: str) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + 1
        kept = self.examples.get(reason, ())
        if len(kept) < EXAMPLES_KEPT:
            self.examples[reason] = (*kept, text)

    def commonest(self, limit: int = 10) -> list[tuple[str, int]]:
        return sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def malformed(draft: Draft, max_words: int) -> str:
    """Why ``draft`` is not fit to be kept, or an empty string."""
    if not draft.answer.strip():
        return "no answer"
    for reason, pattern in _MALFORMED:
        if pattern.search(draft.question):
            return reason
    words = len(draft.question.split())
    if words > max_words:
        return "too long"
    return "too short" if words < 4 else ""


def shingles(text: str, width: int = 3) -> frozenset[int]:
    """Hashes of the runs of ``width`` words of ``text``, lower case without punctuation."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    if len(words) <= width:
        return frozenset({zlib.crc32(" ".join(words).encode())})
    return frozenset(zlib.crc32(" ".join(words[at : at + width]).encode()) for at in range(len(words) - width + 1))


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Size of the intersection over that of the union; 1 for two empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 1.0


class NearDuplicates:
    """Remembers texts and finds an earlier one whose shingles are at least ``threshold`` alike."""

    def __init__(self, threshold: float, seed: int = 0) -> None:
        rng = random.Random(seed)
        self._threshold = threshold
        self._a = np.array([rng.randrange(1, _PRIME) for _ in range(_PERMUTATIONS)], dtype=np.uint64)
        self._b = np.array([rng.randrange(_PRIME) for _ in range(_PERMUTATIONS)], dtype=np.uint64)
        self._buckets: dict[tuple[int, bytes], list[int]] = {}
        self._sets: list[frozenset[int]] = []
        self._keys: list[str] = []

    def _signature(self, grams: frozenset[int]) -> NDArray[np.uint64]:
        values = np.fromiter(grams, dtype=np.uint64, count=len(grams))[:, None] % _PRIME
        signature: NDArray[np.uint64] = ((values * self._a + self._b) % _PRIME).min(axis=0)
        return signature

    def look(self, text: str) -> "Look":
        """The keys of all earlier near-duplicates of ``text``; nothing is remembered by that."""
        grams = shingles(text)
        signature = self._signature(grams)
        rows = _PERMUTATIONS // _BANDS
        places = tuple((band, signature[band * rows : (band + 1) * rows].tobytes()) for band in range(_BANDS))
        candidates = {index for place in places for index in self._buckets.get(place, ())}
        alike = {self._keys[index] for index in candidates if jaccard(grams, self._sets[index]) >= self._threshold}
        return Look(frozenset(alike), grams, places)

    def remember(self, look: "Look", key: str = "") -> None:
        """Keep the text of ``look`` under ``key``."""
        for place in look.places:
            self._buckets.setdefault(place, []).append(len(self._sets))
        self._sets.append(look.grams)
        self._keys.append(key)


@dataclass(frozen=True, slots=True)
class Look:
    """What :meth:`NearDuplicates.look` found: the keys of the near-duplicates, and where the text itself belongs."""

    keys: frozenset[str]
    grams: frozenset[int]
    places: tuple[tuple[int, bytes], ...]


def near_duplicates_between(left: Iterable[str], right: Iterable[str], threshold: float) -> int:
    """How many texts of ``right`` have a near-duplicate in ``left``."""
    index = NearDuplicates(threshold)
    for text in left:
        index.remember(index.look(text))
    return sum(bool(index.look(text).keys) for text in right)
