"""What a set of answers is worth against the gold verdicts: confusion counts, accuracy, precision, recall, F1.

Conventions, because averages of F1 hide several. Macro-F1 is the mean of the F1 of each verdict (not the F1 of
mean precision and recall; the two differ, Opitz and Burst 2019) over the verdicts that occur among the gold labels
or the answers; a verdict that occurs on one side only has F1 = 0. A figure over no case is None, never zero.
An answer without a verdict is *unscored*: it is left out of every figure and counted beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Verdict

VERDICTS: tuple[Verdict, ...] = tuple(Verdict)
"""The order of rows and columns in every confusion table."""

Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[gold][answered]``, 3 x 3 in the order of :data:`VERDICTS`, with the unscored beside it."""

    counts: Counts
    unscored: int = 0

    @property
    def n(self) -> int:
        """The number of scored cases."""
        return sum(map(sum, self.counts))

    @property
    def correct(self) -> int:
        return sum(self.counts[i][i] for i in range(len(VERDICTS)))

    @property
    def accuracy(self) -> float | None:
        return self.correct / self.n if self.n else None

    def gold(self, verdict: Verdict) -> int:
        """How many scored cases have this gold verdict."""
        return sum(self.counts[VERDICTS.index(verdict)])

    def answered(self, verdict: Verdict) -> int:
        """How many scored cases got this verdict as their answer."""
        column = VERDICTS.index(verdict)
        return sum(row[column] for row in self.counts)

    def hits(self, verdict: Verdict) -> int:
        index = VERDICTS.index(verdict)
        return self.counts[index][index]

    def precision(self, verdict: Verdict) -> float | None:
        """Of the cases answered so, the share that is right; None where it was never answered."""
        answered = self.answered(verdict)
        return self.hits(verdict) / answered if answered else None

    def recall(self, verdict: Verdict) -> float | None:
        """Of the cases whose gold verdict this is, the share answered so; None where there is none."""
        gold = self.gold(verdict)
        return self.hits(verdict) / gold if gold else None

    def f1(self, verdict: Verdict) -> float | None:
        """2 TP / (2 TP + FP + FN); None where the verdict occurs on neither side."""
        both = self.gold(verdict) + self.answered(verdict)
        return 2 * self.hits(verdict) / both if both else None

    @property
    def macro_f1(self) -> float | None:
        values = [value for value in map(self.f1, VERDICTS) if value is not None]
        return sum(values) / len(values) if values else None


def confusion(gold: Sequence[Verdict], answered: Sequence[Verdict | None]) -> Confusion:
    """Count the pairs; ``None`` among the answers is unscored.

    Raises ValueError where the two are not equally long.
    """
    counts = [[0] * len(VERDICTS) for _ in VERDICTS]
    unscored = 0
    for truth, said in zip(gold, answered, strict=True):
        if said is None:
            unscored += 1
        else:
            counts[VERDICTS.index(truth)][VERDICTS.index(said)] += 1
    return Confusion(tuple(map(tuple, counts)), unscored)


def macro_f1(gold: Sequence[Verdict], answered: Sequence[Verdict | None]) -> float | None:
    """Macro-F1 over the scored cases; None where there is none."""
    return confusion(gold, answered).macro_f1


def accuracy(gold: Sequence[Verdict], answered: Sequence[Verdict | None]) -> float | None:
    """The share of the scored cases answered right; None where there is none."""
    return confusion(gold, answered).accuracy
