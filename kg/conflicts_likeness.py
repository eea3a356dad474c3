"""How alike the sayings of an ontology are: vectors of sentences, acts, cases and words, and who is near whom.

Words are aligned as in BERTScore (Zhang et al., 2020, https://arxiv.org/abs/1904.09675), each weighted by how rare it is among
the sentences at hand (their idf): two rules on "customer complaints" of a bank are not alike for the customer's sake.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kg.conflicts_sayings import Saying
from kg.conflicts_topics import approver, deed, place_of, topic
from kg.retrieval import Embed

Floats = NDArray[np.float32]
BLOCK = 1024
"""Sentences whose cosines with all others are in memory at a time."""
CHANCE, SURE = 0.25, 0.85
"""The cosine of two words that chance gives, and the one at which they mean one thing."""
COMMON = 0.3
"""The weight of a word that every sentence has; the rarest weighs the logarithm of their number more."""


@dataclass(frozen=True, slots=True)
class Space:
    """Unit vectors: ``sentence`` and ``act`` have a row per saying, ``phrases`` and ``words`` one per text in ``phrase``, ``word``.

    ``weight`` has one number per word; ``mean`` and ``spread`` are those of each sentence's cosine with all others.
    """

    sayings: tuple[Saying, ...]
    sentence: Floats
    act: Floats
    word: dict[str, int]
    words: Floats
    weight: Floats
    phrase: dict[str, int]
    phrases: Floats
    mean: Floats
    spread: Floats


def space(sayings: Sequence[Saying], embed: Embed) -> Space:
    """The vectors of all sayings; every text is embedded once."""
    texts, acts = [one.text for one in sayings], [one.act for one in sayings]
    phrases = sorted(
        {
            part
            for one in sayings
            for part in (
                one.case,
                one.rule.actor,
                approver(one.rule),
                deed(one.rule),
                topic(one.rule),
                place_of(one.rule),
            )
            if part
        }
    )
    words = sorted({word for one in sayings for word in chain(one.words, *one.slots.values(), topic(one.rule).split())})
    rows = {text: row for row, text in enumerate(dict.fromkeys([*texts, *acts, *phrases, *words]))}
    vectors = np.asarray(embed(list(rows)), dtype=np.float32)
    sentence = vectors[[rows[text] for text in texts]]
    different = {one.text: one for one in sayings}
    count = Counter(word for one in different.values() for word in one.words)
    weight = [math.log((1 + len(different)) / (1 + count[word])) + COMMON for word in words]
    mean, spread = _spread(sentence)
    return Space(
        tuple(sayings), sentence, vectors[[rows[text] for text in acts]],
        {word: row for row, word in enumerate(words)}, vectors[[rows[word] for word in words]], np.asarray(weight, dtype=np.float32),
        {part: row for row, part in enumerate(phrases)}, vectors[[rows[part] for part in phrases]], mean, spread,
    )  # fmt: skip


def _spread(rows: Floats) -> tuple[Floats, Floats]:
    """Mean and deviation of each row's products with all rows, without the matrix: m = Xx / n, E[c^2] = x'(X'X)x / n."""
    total = max(1, len(rows))
    mean = rows @ rows.mean(axis=0)
    second = np.einsum("ij,ij->i", rows @ (rows.T @ rows / total), rows)
    return mean.astype(np.float32), np.sqrt(np.maximum(second - mean**2, 1e-4)).astype(np.float32)


def near(space: Space, nearest: int, least: float) -> Iterator[tuple[int, int]]:
    """Pairs (i < j) of sayings of different documents of which one is among the other's ``nearest`` by sentence or act.

    ``least`` is the cosine that a pair must have. Within one document likeness says little: its author knew both sentences.
    """
    documents = np.unique([one.rule.document_id for one in space.sayings], return_inverse=True)[1]
    found: set[tuple[int, int]] = set()
    for vectors in (space.sentence, space.act):
        for start in range(0, len(vectors), BLOCK):
            products = vectors[start : start + BLOCK] @ vectors.T
            products[documents[start : start + BLOCK, None] == documents[None, :]] = -1.0
            top = np.argpartition(-products, min(nearest, products.shape[1] - 1), axis=1)[:, :nearest]
            for row, columns in enumerate(top):
                i = start + row
                found |= {(min(i, int(j)), max(i, int(j))) for j in columns if products[row, j] >= least}
    yield from sorted(found)


def cosine(vectors: Floats, i: int, j: int) -> float:
    """The cosine of two rows of unit length."""
    return float(vectors[i] @ vectors[j])


def aligned(space: Space, one: Sequence[str], other: Sequence[str]) -> tuple[float, float]:
    """The share in [0, 1] of the weight of ``one``'s words that ``other`` has too, and the weight of the rarest that both have."""
    if not one or not other:
        return 0.0, 0.0
    rows, columns = [space.word[word] for word in one], [space.word[word] for word in other]
    found = np.clip((space.words[rows] @ space.words[columns].T - CHANCE) / (SURE - CHANCE), 0.0, 1.0)
    ones, others = space.weight[rows], space.weight[columns]
    share = float((found.max(axis=1) * ones).sum() / ones.sum())
    return share, float((found * np.sqrt(np.outer(ones, others))).max())


def alike(space: Space, one: str, other: str) -> float:
    """The cosine of two phrases that were embedded."""
    return float(space.phrases[space.phrase[one]] @ space.phrases[space.phrase[other]])
