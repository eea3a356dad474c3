"""Late interaction: a question and a text compared word by word, as a second look at the best passages.

One vector for a whole text blurs what it says; here each token keeps its own, and a text scores the mean over the
question's tokens of the best similarity to any of its tokens (MaxSim; Khattab and Zaharia, ColBERT, SIGIR 2020). That
reads "my brother-in-law's firm bids" against "a relative of the buyer" better than one product does, and costs too
much for every text, so it is put to the candidates of the cheaper scores alone.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.retrieval_scores import Scores, pooled

TokenEmbed = Callable[[Sequence[str]], Sequence[NDArray[np.float32]]]
"""Texts -> for each an array of shape (tokens, d), float32, rows of unit length."""


class LateInteraction:
    """The token vectors of texts, kept in one array; some 1.5 kB a token at d = 384."""

    def __init__(self, texts: Sequence[str], embed: TokenEmbed) -> None:
        arrays = embed(texts)
        self._start = np.cumsum([0, *(len(array) for array in arrays)], dtype=np.int64)
        self._tokens = np.concatenate(arrays) if arrays else np.zeros((0, 1), dtype=np.float32)

    def scores(self, question: NDArray[np.float32], texts: Sequence[int]) -> NDArray[np.float64]:
        """MaxSim in [-1, 1] of ``question``, shape (tokens, d), with the texts at the rows ``texts``: shape (len(texts),)."""
        if not len(texts) or not len(question):
            return np.zeros(len(texts))
        spans = [(self._start[text], self._start[text + 1]) for text in texts]
        chosen = np.concatenate([self._tokens[start:end] for start, end in spans])
        first = np.cumsum([0, *(end - start for start, end in spans[:-1])], dtype=np.int64)
        similar: Scores = question @ chosen.T
        return np.asarray(pooled(similar, first).mean(axis=0), dtype=np.float64)
