"""The label-leak test: a classifier that sees the question alone must not know the answer.

Bag of words and word pairs into a logistic regression, cross-validated over rule families, so that it is scored on
rules that it was not fitted to. What it scores above chance (a third) comes from cues in the writers' wording.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import MissingExtraError
from kg.model import Sample

LIMIT = 0.45


@dataclass(frozen=True, slots=True)
class Leakage:
    """``macro_f1`` on families left out of the fit; ``cues`` are the strongest words with the label they speak for."""

    macro_f1: float
    samples: int
    cues: tuple[tuple[str, str, float], ...] = ()

    @property
    def passed(self) -> bool:
        return self.macro_f1 <= LIMIT


def measure_leakage(samples: Sequence[Sample], folds: int = 5, cues: int = 12) -> Leakage:
    """Leakage of the cases with a verdict among ``samples``; needs at least ``folds`` families of them."""
    try:
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import f1_score
        from sklearn.model_selection import GroupKFold, cross_val_predict
        from sklearn.pipeline import make_pipeline
    except ImportError as error:
        raise MissingExtraError("scikit-learn", "eval") from error
    cases = [sample for sample in samples if sample.verdict is not None]
    texts = [sample.question for sample in cases]
    labels = [str(sample.verdict) for sample in cases]
    model = make_pipeline(
        CountVectorizer(binary=True, ngram_range=(1, 2), min_df=2), LogisticRegression(C=0.3, max_iter=400)
    )
    groups = [sample.family for sample in cases]
    predicted = cross_val_predict(model, texts, labels, groups=groups, cv=GroupKFold(folds))
    score = float(f1_score(labels, predicted, average="macro"))
    model.fit(texts, labels)
    names = model[0].get_feature_names_out()
    strongest = [
        (str(names[index]), str(label), float(weight))
        for label, row in zip(model[1].classes_, model[1].coef_, strict=True)
        for index, weight in enumerate(row)
        if weight > 0
    ]
    strongest.sort(key=lambda cue: -cue[2])
    return Leakage(score, len(cases), tuple(strongest[:cues]))
