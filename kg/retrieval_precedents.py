"""Precedents: decided cases, as ways from a new question to the rules that decided like ones, and to their verdicts.

People ask about "the hamper from the haulier", not about "gifts from business partners"; a case that was asked in such
words before lies nearer to the question than any rule does (case-based reasoning; Aamodt and Plaza, AI Communications
1994). A passage scores the best similarity to a question that one of its rules decided. How like cases were decided is
a kernel estimate over all of them (Nadaraya 1964, Watson 1964), held against what it says of the precedents themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import Verdict
from kg.retrieval_scores import Scores, standard

SHARPNESS = 1.0
"""The exponent of a precedent's standardised similarity: e for each deviation that it is more alike."""
REFERENCE = 3000
"""The most precedents whose own estimates say what is usual."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A case that was decided: the rule that decided it, and the group (one story with its variants) that it is told in."""

    question: str
    rule_id: str
    verdict: Verdict
    group: str = ""


@dataclass(frozen=True, slots=True)
class Leaning:
    """How cases like a question were decided: the verdict that stands out, and whether it does so more than usual."""

    verdict: Verdict
    clear: bool


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
        self._verdicts = np.array(
            [[case.verdict is verdict for verdict in Verdict] for case, _ in decided], dtype=float
        )
        some = [case.question for case, _ in decided[:REFERENCE]]
        usual = self._estimate(self._similar(some, vectors[:REFERENCE]))
        self._usual = usual.mean(axis=0)
        self._clear = float(np.median((usual - self._usual).max(axis=1)))

    def scores(self, questions: Sequence[str], asked: NDArray[np.float32]) -> tuple[Scores, Scores, list[Leaning]]:
        """Standard scores of shape (questions, sentences) and (questions, passages), 0 where nothing was decided, and how
        like cases were decided.

        A question that is itself a precedent finds neither itself nor its variants: in training it would always lead to
        its own rule, and away from its own verdict.
        """
        similar = self._similar(questions, asked)
        leans = self._estimate(similar) - self._usual
        found = [Leaning(list(Verdict)[int(row.argmax())], bool(row.max() > self._clear)) for row in leans]
        lowest = np.where(np.isnan(similar), -1.0, similar)
        return self._by_unit.spread(lowest), self._by_passage.spread(lowest), found

    def _similar(self, questions: Sequence[str], asked: NDArray[np.float32]) -> Scores:
        """Cosine of each question with each precedent; NaN where the question is a precedent of the same group."""
        similar = np.asarray(asked @ self._vectors.T, dtype=np.float64)
        for row, question in enumerate(questions):
            similar[row, self._own.get(question, [])] = np.nan
        return similar

    def _estimate(self, similar: Scores) -> Scores:
        """Log probability of each verdict among like cases: shape (questions, verdicts)."""
        known = ~np.isnan(similar)
        filled = np.where(known, similar, 0.0)
        count = np.maximum(known.sum(axis=1, keepdims=True), 1)
        mean = filled.sum(axis=1, keepdims=True) / count
        spread = np.sqrt((np.where(known, similar - mean, 0.0) ** 2).sum(axis=1, keepdims=True) / count) + 1e-9
        weights = np.where(known, np.exp(SHARPNESS * (filled - mean) / spread), 0.0)
        shares: Scores = (weights @ self._verdicts + 1e-3) / (weights.sum(axis=1, keepdims=True) + 3e-3)
        return np.log(shares)


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
