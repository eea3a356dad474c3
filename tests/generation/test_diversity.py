"""Diversity and the label-leak test on texts whose figures can be counted by hand."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from generation.diversity import ALL, dispersion, distinct, measure_diversity, variety
from generation.leakage import LIMIT, measure_leakage
from kg.errors import UserError
from kg.model import Sample, Verdict


def sample(
    number: int, question: str, verdict: Verdict | None = None, family: str = "", kind: str = "scenario"
) -> Sample:
    return Sample(f"s{number}", kind, "rules", family, question, "Yes.", verdict, (), ())


def test_distinct_n_counts_runs_once() -> None:
    """Three of five words, and three of the three pairs; no run at all is 0."""
    words = [["a", "gift", "a"], ["gift", "box"]]
    assert distinct(words, 1) == pytest.approx(3 / 5)
    assert distinct(words, 2) == pytest.approx(1.0)
    assert distinct([["one"]], 2) == 0.0


@given(st.integers(0, 2**32 - 1), st.integers(2, 12))
def test_dispersion_is_the_mean_over_all_pairs(seed: int, count: int) -> None:
    """The closed form agrees with the double loop."""
    rows = np.random.default_rng(seed).normal(size=(count, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    pairs = [1 - rows[i] @ rows[j] for i in range(count) for j in range(count) if i != j]
    assert dispersion(rows.astype(np.float64)) == pytest.approx(float(np.mean(pairs)), abs=1e-9)


def test_the_report_by_kind() -> None:
    """Texts, lengths, duplicates and dispersion; twins of one family are near duplicates that were asked for."""
    long = "On Monday Ana from the sales team accepted a watch worth 80 dollars from a supplier in Lyon"
    samples = (
        sample(1, f"{long} today.", family="f1"),
        sample(2, f"{long} today!", family="f1"),
        sample(3, f"{long} today and said so.", family="f2"),
        sample(4, "What does the policy say about gifts?", kind="rule_qa"),
    )

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(len(texts), 8, dtype=np.float32)

    found = measure_diversity(samples, embed)
    assert list(found.questions) == [ALL, "rule_qa", "scenario"]
    assert found.questions["scenario"].exact_duplicates == 1
    assert (found.near_duplicates, found.near_between_families) == (2, 1)
    assert found.questions[ALL].dispersion == pytest.approx(1.0)
    assert found.questions["rule_qa"].dispersion is None
    assert found.answers[ALL].exact_duplicates == 3
    assert found.questions["rule_qa"].lengths == (7,) * 5
    told = found.to_dict()
    assert set(told) == {"questions", "answers", "near_duplicates", "near_duplicates_between_families", "near_from"}


def test_nothing_has_no_figures() -> None:
    """No sample, no division by zero."""
    assert measure_diversity(()).near_duplicates == 0
    assert variety([]).distinct == (0.0, 0.0, 0.0)


def leaking(share: float) -> list[Sample]:
    """Cases of 30 families, of which ``share`` say a word that gives the verdict away."""
    rng = random.Random(1)
    words = [f"word{number}" for number in range(40)]
    cue = {Verdict.PERMITTED: "gladly", Verdict.PROHIBITED: "secretly", Verdict.NEEDS_INFORMATION: "perhaps"}
    made = []
    for family in range(30):
        for number, verdict in enumerate(Verdict):
            told = rng.sample(words, 8) + ([cue[verdict]] if rng.random() < share else [])
            made.append(sample(family * 3 + number, " ".join(told), verdict, f"f{family}"))
    return made


def test_a_word_that_gives_the_verdict_away_is_found() -> None:
    """Full marks where each case says it, about chance where none does, and the words are named."""
    leak = measure_leakage(leaking(1.0), interval=lambda *_: (0.9, 1.0))
    assert leak.macro_f1 > 0.95
    assert not leak.passed
    assert {cue.word: cue.verdict for cue in leak.cues if cue.word in {"gladly", "secretly", "perhaps"}} == {
        "gladly": Verdict.PERMITTED, "secretly": Verdict.PROHIBITED, "perhaps": Verdict.NEEDS_INFORMATION,
    }  # fmt: skip
    assert next(cue for cue in leak.cues if cue.word == "gladly").cases == (30, 0, 0)
    assert (leak.samples, leak.families, leak.interval) == (90, 30, (0.9, 1.0))
    assert leak.by_writer[0][0] == "rules"
    chance = measure_leakage(leaking(0.0))
    assert chance.macro_f1 <= LIMIT
    assert chance.passed
    assert chance.interval is None


def test_the_classifier_never_sees_the_family_it_is_scored_on() -> None:
    """A word that gives the verdict away in one family alone is of no use in another."""
    own = [replace(one, question=f"{one.question} {one.family}x{one.verdict}") for one in leaking(0.0)]
    assert measure_leakage(own).passed


def test_too_few_families_are_refused() -> None:
    """With what to do."""
    with pytest.raises(UserError, match="do not make a leak test") as caught:
        measure_leakage(leaking(1.0)[:6])
    assert caught.value.hint
