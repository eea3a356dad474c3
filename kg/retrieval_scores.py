"""Scores of texts for questions as matrices: BM25, and the fusion of several rankings."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.words import content

Scores = NDArray[np.float64]
"""Shape (questions, texts)."""


class Bm25:
    """BM25 (Robertson and Zaragoza 2009), computed eagerly into words x texts as in BM25S (Lù 2024), so that scoring
    many questions is one sparse product.
    """

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> None:
        words = [content(text) for text in texts]
        self._row = {word: row for row, word in enumerate(sorted({word for text in words for word in text}))}
        counts = [Counter(self._row[word] for word in text) for text in words]
        spread = Counter(row for count in counts for row in count)
        mean = sum(map(len, words)) / max(1, len(words))
        entries = []
        for column, (text, count) in enumerate(zip(words, counts, strict=True)):
            length = k1 * (1 - b + b * len(text) / max(1.0, mean))
            for row, frequency in count.items():
                idf = np.log1p((len(words) - spread[row] + 0.5) / (spread[row] + 0.5))
                entries.append((row, column, float(idf * frequency * (k1 + 1) / (frequency + length))))
        self._weights = matrix(entries, (len(self._row), len(words)))

    def scores(self, questions: Sequence[str]) -> Scores:
        """Shape (questions, texts), not negative."""
        rows = [Counter(self._row[word] for word in content(text) if word in self._row) for text in questions]
        entries = [(row, column, float(count)) for row, counts in enumerate(rows) for column, count in counts.items()]
        found: Scores = (matrix(entries, (len(questions), len(self._row))) @ self._weights).toarray()
        return found


def matrix(entries: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> sparse.csr_matrix:
    """A sparse matrix from (row, column, value)."""
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_matrix((np.asarray(values, dtype=np.float64), (rows, columns)), shape=shape)


def standard(scores: Scores) -> Scores:
    """Each row with mean 0 and deviation 1; a row that tells nothing apart becomes 0."""
    spread = scores.std(axis=1, keepdims=True)
    apart = spread > 1e-9
    found: Scores = (scores - scores.mean(axis=1, keepdims=True)) / np.where(apart, spread, 1.0) * apart
    return found


def pooled(scores: Scores, first: NDArray[np.int64]) -> Scores:
    """The best score in each run of columns; ``first`` are the columns where the runs begin, from 0, ascending."""
    found: Scores = np.maximum.reduceat(scores, first, axis=1)
    return found
