"""Precedents: decided cases, as ways from a new question to the rules that decided like ones.

People ask about "the hamper from the haulier", not about "gifts from business partners"; a case that was asked in such
words before lies nearer to the question than any rule does (case-based reasoning; Aamodt and Plaza, AI Communications
1994). A passage scores the best similarity to a question that one of its rules decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.retrieval_scores import Scores, standard


@dataclass(frozen=True, slots=True)
class Decided:
    """A case that was decided: the rule that decided it, and the group (one story with its variants) that it is told in."""

    question: str
    rule_id: str
    group: str = ""


class Precedents:
    """Decided cases by the row of the sentence that decided each.

    ``passage`` is the row of each sentence's passage; ``vectors`` the meaning of each case, unit rows.
    """

    def __init__(
        self, decided: Sequence[tuple[Decided, int]], passage: NDArray[np.int64], passages: int,
        vectors: NDArray[np.float32],
    ) -> None:  # fmt: skip
        self._vectors = vectors
        units = np.asarray([row for _, row in decided], dtype=np.int64)
        self._by_unit = _Best(units, len(passage))
        self._by_passage = _Best(passage[units], passages)
        groups: dict[str, list[int]] = {}
        for row, (case, _) in enumerate(decided):
            groups.setdefault(case.group or case.question, []).append(row)
        self._own = {case.question: groups[case.group or case.question] for case, _ in decided}

    def scores(self, questions: Sequence[str], asked: NDArray[np.float32]) -> tuple[Scores, Scores]:
        """Standard scores of shape (questions, sentences) and (questions, passages), 0 where nothing was decided.

        A question that is itself a precedent finds neither itself nor its variants: in training it would always lead to
        its own rule.
        """
        similar = self._similar(questions, asked)
        return self._by_unit.spread(similar), self._by_passage.spread(similar)

    def _similar(self, questions: Sequence[str], asked: NDArray[np.float32]) -> Scores:
        """Cosine of each question with each precedent; -1 where the question is a precedent of the same group."""
        similar = np.asarray(asked @ self._vectors.T, dtype=np.float64)
        for row, question in enumerate(questions):
            similar[row, self._own.get(question, [])] = -1.0
        return similar


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
