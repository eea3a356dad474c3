"""Precedents: cases that were decided, as ways from a new question to the rules that decided like ones.

People ask about "the hamper from the haulier", not about "gifts from business partners"; a case that was asked in such
words before lies nearer to the question than any rule does (case-based reasoning; Aamodt and Plaza, AI Communications
1994). A passage scores the best similarity to a question that one of its rules decided.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.retrieval_scores import Scores, standard


class Precedents:
    """Decided questions by the row of what decided them.

    ``decided`` holds (question, row): the row is that of a sentence; ``passage`` the row of each sentence's passage.
    """

    def __init__(
        self, decided: Sequence[tuple[str, int]], passage: NDArray[np.int64], passages: int,
        embed: Callable[[Sequence[str]], NDArray[np.float32]],
    ) -> None:  # fmt: skip
        self._vectors = embed([question for question, _ in decided])
        units = np.asarray([row for _, row in decided], dtype=np.int64)
        self._by_unit = _Best(units, len(passage))
        self._by_passage = _Best(passage[units], passages)
        self._rows: dict[str, list[int]] = {}
        for row, (question, _) in enumerate(decided):
            self._rows.setdefault(question, []).append(row)

    def scores(self, questions: Sequence[str], asked: NDArray[np.float32]) -> tuple[Scores, Scores]:
        """Standard scores of shape (questions, sentences) and (questions, passages), 0 where nothing was decided.

        A question that is itself a precedent does not find itself: in training it would always lead to its own rule.
        """
        similar = np.asarray(asked @ self._vectors.T, dtype=np.float64)
        for row, question in enumerate(questions):
            similar[row, self._rows.get(question, [])] = -1.0
        return self._by_unit.spread(similar), self._by_passage.spread(similar)


class _Best:
    """The best value of each group of columns, put where the group belongs."""

    def __init__(self, groups: NDArray[np.int64], width: int) -> None:
        self._order = np.argsort(groups, kind="stable")
        self._targets, self._starts = np.unique(groups[self._order], return_index=True)
        self._width = width

    def spread(self, values: Scores) -> Scores:
        found = np.zeros((len(values), self._width))
        best: Scores = np.maximum.reduceat(values[:, self._order], self._starts, axis=1)
        found[:, self._targets] = standard(best)
        return found
