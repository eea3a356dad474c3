"""Intervals and tests against published values, brute force and their own invariants."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.metrics import VERDICTS, confusion, macro_f1
from evaluation.statistics import holm, mcnemar, paired_bootstrap, wilson
from kg.model import Verdict

verdicts = st.sampled_from(VERDICTS)
answers = st.one_of(st.none(), verdicts)
cases = st.lists(st.tuples(verdicts, answers, answers), min_size=1, max_size=40)


def test_wilson_matches_newcombes_published_examples() -> None:
    """Newcombe (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (successes, n), (low, high) in published.items():
        interval = wilson(successes, n)
        assert interval is not None
        assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_wilson_of_no_cases_is_no_interval_and_nonsense_is_refused() -> None:
    """No cases say nothing; more successes than cases is a bug of the caller."""
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 successes of 2"):
        wilson(3, 2)


@given(st.integers(1, 500), st.floats(0, 1))
def test_wilson_contains_its_estimate_within_the_unit_interval(n: int, share: float) -> None:
    """The interval never leaves [0, 1] and never excludes the observed share."""
    interval = wilson(round(share * n), n)
    assert interval is not None
    assert 0 <= interval.low <= interval.value <= interval.high <= 1


def test_mcnemar_matches_the_exact_binomial() -> None:
    """Hand values: 10 against 2 gives 2 * (1 + 12 + 66) / 4096; no discordant case gives 1."""
    assert mcnemar(10, 2).p == pytest.approx(2 * 79 / 4096)
    assert mcnemar(0, 0).p == 1.0
    assert mcnemar(3, 3).p == 1.0
    assert mcnemar(2, 10).p == mcnemar(10, 2).p


def test_holm_is_the_textbook_example() -> None:
    """Four p-values, stepwise and monotone."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([]) == ()


@settings(max_examples=40, deadline=None)
@given(cases)
def test_bootstrap_estimates_are_the_plain_metrics(rows: list[tuple[Verdict, Verdict | None, Verdict | None]]) -> None:
    """The point estimates equal macro-F1 computed case by case, also with unscored answers."""
    gold, first, second = zip(*rows, strict=True)
    result = paired_bootstrap(gold, first, second, Random(1), resamples=50)
    for interval, expected in ((result.first, macro_f1(gold, first)), (result.second, macro_f1(gold, second))):
        assert (interval.value if interval else None) == (pytest.approx(expected) if expected is not None else None)
    for answers, intervals in ((first, result.first_f1), (second, result.second_f1)):
        table = confusion(gold, answers)
        for verdict, interval in zip(VERDICTS, intervals, strict=True):
            assert (interval.value if interval else None) == (
                pytest.approx(table.f1(verdict)) if table.n and table.f1(verdict) is not None else None
            )
            assert interval is None or interval.low <= interval.high
    both = [(g, a, b) for g, a, b in rows if a is not None and b is not None]
    if both:
        shared_gold, shared_first, shared_second = zip(*both, strict=True)
        first_f1, second_f1 = macro_f1(shared_gold, shared_first), macro_f1(shared_gold, shared_second)
        assert result.difference is not None
        assert first_f1 is not None
        assert second_f1 is not None
        assert result.difference.value == pytest.approx(second_f1 - first_f1)
    else:
        assert result.difference is None


def _made_up(n: int, seed: int) -> tuple[list[Verdict], list[Verdict | None], list[Verdict | None]]:
    rng = Random(seed)
    gold = [VERDICTS[i % 3] for i in range(n)]
    first = [g if rng.random() < 0.4 else rng.choice(VERDICTS) for g in gold]
    second = [g if rng.random() < 0.7 else rng.choice(VERDICTS) for g in gold]
    return gold, list(first), list(second)


def test_bootstrap_agrees_with_resampling_cases_one_by_one() -> None:
    """The multinomial shortcut draws from the same distribution as the slow, obvious loop."""
    gold, first, second = _made_up(90, 3)
    quick = paired_bootstrap(gold, first, second, Random(5)).difference
    rng = Random(9)
    slow = []
    for _ in range(2000):
        picks = [rng.randrange(90) for _ in range(90)]
        f1 = [macro_f1([gold[i] for i in picks], [model[i] for i in picks]) or 0.0 for model in (first, second)]
        slow.append(f1[1] - f1[0])
    low, high = np.quantile(slow, [0.025, 0.975])
    assert quick is not None
    assert quick.low == pytest.approx(low, abs=0.02)
    assert quick.high == pytest.approx(high, abs=0.02)


def test_bootstrap_is_seeded() -> None:
    """The same seed gives the same interval, another seed another one."""
    gold, first, second = _made_up(1000, 4)
    families = [i // 3 for i in range(1000)]
    one = paired_bootstrap(gold, first, second, Random(7), families)
    assert one == paired_bootstrap(gold, first, second, Random(7), families)
    assert one != paired_bootstrap(gold, first, second, Random(8), families)


def test_drawing_whole_clusters_widens_the_interval_of_dependent_cases() -> None:
    """Thirty families of three equal cases know less than ninety independent cases."""
    once = _made_up(30, 5)
    gold, first, second = once[0] * 3, once[1] * 3, once[2] * 3
    families = [i % 30 for i in range(90)]
    alone = paired_bootstrap(gold, first, second, Random(1)).difference
    clustered = paired_bootstrap(gold, first, second, Random(1), families)
    assert clustered.clusters == 30
    assert alone is not None
    assert clustered.difference is not None
    assert clustered.difference.high - clustered.difference.low > 1.3 * (alone.high - alone.low)


def test_stratified_resamples_keep_the_gold_counts_and_exclude_clusters() -> None:
    """With perfect answers every stratified resample is perfect; clusters with strata are refused."""
    gold = [VERDICTS[0], VERDICTS[1], VERDICTS[2], VERDICTS[2]]
    result = paired_bootstrap(gold, gold, gold, Random(1), stratify=True, resamples=200)
    assert result.second is not None
    assert (result.second.low, result.second.high) == (1.0, 1.0)
    assert result.second.degenerate
    assert result.second.to_dict()["ci"] is None
    with pytest.raises(ValueError, match="choose clusters or stratify"):
        paired_bootstrap(gold, gold, gold, Random(1), [1, 1, 2, 2], stratify=True)
