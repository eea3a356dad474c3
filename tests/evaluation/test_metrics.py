"""Confusion counts and the figures drawn from them."""

import pytest

from evaluation.metrics import accuracy, confusion, macro_f1
from kg.model import Verdict

YES, NO, ASK = Verdict.PERMITTED, Verdict.PROHIBITED, Verdict.NEEDS_INFORMATION


def test_macro_f1_is_the_mean_of_the_f1_of_the_verdicts() -> None:
    """A hand-computed table: F1 of 2/3, 2/3 and 0, the last never answered."""
    gold = [YES, YES, NO, ASK]
    said = [YES, NO, NO, YES]
    table = confusion(gold, said)
    assert table.counts == ((1, 1, 0), (0, 1, 0), (1, 0, 0))
    assert table.f1(YES) == pytest.approx(0.5)
    assert table.f1(NO) == pytest.approx(2 / 3)
    assert table.f1(ASK) == 0.0
    assert macro_f1(gold, said) == pytest.approx((0.5 + 2 / 3) / 3)
    assert accuracy(gold, said) == 0.5


def test_an_unscored_answer_is_counted_and_left_out() -> None:
    """A model that failed is not a model that was wrong."""
    table = confusion([YES, NO, ASK], [YES, None, None])
    assert (table.n, table.unscored, table.accuracy, table.macro_f1) == (1, 2, 1.0, 1.0)


def test_a_verdict_that_never_occurs_is_no_figure() -> None:
    """Precision, recall and F1 of an absent verdict are None, and macro-F1 is over the present ones."""
    table = confusion([YES, YES], [YES, YES])
    assert (table.precision(NO), table.recall(NO), table.f1(NO)) == (None, None, None)
    assert table.macro_f1 == 1.0
    assert confusion([], []).macro_f1 is None
    assert confusion([], []).accuracy is None


def test_unequal_lengths_are_refused() -> None:
    """A lost answer must not shift the others."""
    with pytest.raises(ValueError, match="zip"):
        confusion([YES, NO], [YES])
