"""The label-leak test: a classifier that sees the question alone must not know the answer.

Bag of words and word pairs into a logistic regression, cross-validated over rule families (Gururangan et al. 2018 call it
the hypothesis-only baseline), so that it is scored on rules that it was not fitted to. What it scores above chance (a third)
comes from cues in the writers' wording. The words that a prompt adds (clauses, checks) are not shown to it.

Trap: cases of one family share words, so an interval over single cases would be too narrow; families are drawn whole. The
interval is that of the score of these fits, not of the fitting.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from kg.errors import MissingExtraError, UserError
from kg.model import Sample, Verdict

LIMIT = 0.45
FOLDS = 5

ScoreInterval = Callable[[Sequence[Verdict], Sequence[Verdict], Sequence[str]], tuple[float, float]]
"""From the true and the guessed verdicts and the cluster of each case to the bounds of macro-F1 at 95 %."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or word pair that speaks for a verdict, and in how many cases of each verdict it stands."""

    word: str
    verdict: Verdict
    weight: float
    cases: tuple[int, int, int]
    """Permitted, prohibited, needs information."""


@dataclass(frozen=True, slots=True)
class Leakage:
    """``macro_f1`` on families left out of the fit, with its bounds where an interval was given.

    ``by_writer`` is the share guessed right and the number of cases, by writer: where the leak is. ``cues`` are the
    strongest words.
    """

    macro_f1: float
    samples: int
    families: int = 0
    interval: tuple[float, float] | None = None
    by_writer: tuple[tuple[str, float, int], ...] = ()
    cues: tuple[Cue, ...] = ()

    @property
    def passed(self) -> bool:
        return self.macro_f1 <= LIMIT


def measure_leakage(
    samples: Sequence[Sample], folds: int = FOLDS, cues: int = 12, interval: ScoreInterval | None = None
) -> Leakage:
    """Leakage of the cases with a verdict among ``samples``; ``cues`` words of each verdict are told.

    Raises :class:`UserError` when there are fewer than ``folds`` families or one verdict only.
    """
    cases = [sample for sample in samples if sample.verdict is not None]
    truth = [sample.verdict for sample in cases if sample.verdict is not None]
    families = [sample.family or sample.id for sample in cases]
    if len(set(families)) < folds or len(set(truth)) < 2:
        raise UserError(
            f"{len(cases)} cases of {len(set(families))} rule families do not make a leak test of {folds} folds",
            "write cases about more rules",
        )
    texts = [sample.question for sample in cases]
    with _one_thread():
        guessed = _guess(texts, truth, families, folds)
        found = _cues(texts, truth, cues)
    return Leakage(
        _macro_f1(truth, guessed), len(cases), len(set(families)),
        interval(truth, guessed, families) if interval else None, _by_writer(cases, truth, guessed), found,
    )  # fmt: skip


def _one_thread() -> AbstractContextManager[object]:
    """The fits are small and sparse: more threads only wait for each other, for minutes on a busy machine."""
    try:
        limits: AbstractContextManager[object] = import_module("threadpoolctl").threadpool_limits(1)
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "eval") from error
    return limits


def _model() -> Any:
    try:
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "eval") from error
    return make_pipeline(
        CountVectorizer(binary=True, ngram_range=(1, 2), min_df=2), LogisticRegression(C=0.3, max_iter=400)
    )


def _guess(texts: Sequence[str], truth: Sequence[Verdict], families: Sequence[str], folds: int) -> list[Verdict]:
    """What the classifier says of each case when the case's family was not among those it was fitted to."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    labels = [verdict.value for verdict in truth]
    found = cross_val_predict(_model(), list(texts), labels, groups=list(families), cv=GroupKFold(folds))
    return [Verdict(str(label)) for label in found]


def _macro_f1(truth: Sequence[Verdict], guessed: Sequence[Verdict]) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score([one.value for one in truth], [one.value for one in guessed], average="macro"))


def _by_writer(
    cases: Sequence[Sample], truth: Sequence[Verdict], guessed: Sequence[Verdict]
) -> tuple[tuple[str, float, int], ...]:
    """Share guessed right and cases by writer, the largest surplus over chance first."""
    total, right = Counter(sample.writer for sample in cases), Counter[str]()
    for sample, true, guess in zip(cases, truth, guessed, strict=True):
        right[sample.writer] += true == guess
    rows = [(writer, right[writer] / count, count) for writer, count in total.items()]
    return tuple(sorted(rows, key=lambda row: (-(row[1] - 1 / len(Verdict)) * row[2], row[0])))


def _cues(texts: Sequence[str], truth: Sequence[Verdict], limit: int) -> tuple[Cue, ...]:
    """The ``limit`` strongest words of each verdict in a fit to all cases."""
    import numpy as np

    model = _model()
    labels = np.array([verdict.value for verdict in truth])
    model.fit(list(texts), labels)
    vectorizer, classifier = model[0], model[1]
    seen = vectorizer.transform(list(texts))
    counts = np.stack([seen[labels == verdict.value].sum(axis=0).A1 for verdict in Verdict], axis=1)
    names = vectorizer.get_feature_names_out()
    weights = dict(zip(map(str, classifier.classes_), _rows(classifier), strict=True))
    found = []
    for verdict in Verdict:
        row = weights.get(verdict.value)
        if row is None:
            continue
        for place in np.argsort(-row, kind="stable")[:limit]:
            if row[place] > 0:
                stands = tuple(int(count) for count in counts[place])
                found.append(
                    Cue(str(names[place]), verdict, round(float(row[place]), 3), (stands[0], stands[1], stands[2]))
                )
    return tuple(found)


def _rows(classifier: Any) -> list[Any]:
    """The weights by class; of two classes scikit-learn keeps one row, which speaks for the second."""
    coefficients = classifier.coef_
    return [-coefficients[0], coefficients[0]] if len(coefficients) == 1 else list(coefficients)
