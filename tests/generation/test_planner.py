"""The planner: greedy, lazy, resumable, budgeted, and measured against the best possible."""

import itertools
import math
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.planner import Limit, greedy_cover, plan
from generation.planning_bound import fewest_needed, most_coverable
from generation.planning_predict import predict
from generation.planning_specs import specs
from kg.coverage import KINDS, Weighting, targets
from kg.errors import UserError
from kg.model import Ontology
from tests.kg.gift_policy import POLICY

SETS = st.lists(st.frozensets(st.integers(0, 12), max_size=5), min_size=1, max_size=9)


def covered(sets: list[frozenset[int]], chosen: tuple[int, ...]) -> int:
    return len(frozenset().union(*(sets[index] for index in chosen)))


@given(SETS, st.integers(1, 4))
def test_greedy_keeps_its_guarantee(sets: list[frozenset[int]], budget: int) -> None:
    """At least (1 - 1/e) of the best choice, found here by trying all; and no more than the bound of the programme."""
    found = plan(sets, budget)
    best = max(covered(sets, choice) for choice in itertools.combinations(range(len(sets)), min(budget, len(sets))))
    assert covered(sets, found.chosen) >= (1 - 1 / math.e) * best - 1e-9
    assert most_coverable(sets, budget) >= best - 1e-6


@given(SETS, st.integers(0, 9), st.integers(0, 9), st.integers(0, 3))
def test_an_interrupted_plan_goes_on_as_if_nothing_had_happened(
    sets: list[frozenset[int]], stop: int, budget: int, seed: int
) -> None:
    """The first steps are taken over; the rest is the same."""
    whole = plan(sets, budget, seed=seed)
    again = plan(sets, budget, chosen=whole.chosen[:stop], seed=seed)
    assert again == whole


@given(SETS, st.dictionaries(st.integers(0, 12), st.floats(0, 5), max_size=12))
def test_gains_shrink_and_sum_to_what_is_covered(sets: list[frozenset[int]], weights: dict[int, float]) -> None:
    """Submodularity seen from outside."""
    found = plan(sets, len(sets), weights=weights)
    assert all(one >= other - 1e-9 for one, other in itertools.pairwise(found.gains))
    assert math.isclose(sum(found.gains), sum(weights.get(one, 1.0) for one in found.covered), abs_tol=1e-6)
    assert found.curve == tuple(sorted(found.curve))


def test_costs_are_kept_to_and_a_cheap_pair_beats_a_dear_one() -> None:
    """By gain per cost where that is better, by gain where that is."""
    sets = [frozenset(range(10)), frozenset(range(6)), frozenset(range(6, 12))]
    assert plan(sets, 2, costs=[2, 1, 1]).chosen == (1, 2)
    assert plan([frozenset({1}), frozenset(range(2, 20))], 10, costs=[0.1, 10]).chosen == (1,)
    assert plan(sets, 1.5, costs=[2, 1, 1]).spent <= 1.5
    with pytest.raises(UserError, match="costs nothing"):
        plan(sets, 1, costs=[0, 1, 1])
    with pytest.raises(UserError, match="budget is -1"):
        plan(sets, -1)


def test_a_seed_decides_ties_and_nothing_else() -> None:
    """The same seed gives the same plan, another may give another of equal worth."""
    sets = [frozenset({place}) for place in range(30)]
    plans = {plan(sets, 10, seed=seed).chosen for seed in range(5)}
    assert len(plans) == 5
    assert plan(sets, 10, seed=3) == plan(sets, 10, seed=3)
    assert plan(sets, 10).chosen == tuple(range(10))


def test_the_plan_does_not_depend_on_the_hashes_of_a_process() -> None:
    """Sets of strings iterate differently in every process; the plan is the same."""
    code = (
        "from generation.planner import plan; import random; r = random.Random(1)\n"
        "sets = [frozenset(f'e{r.randrange(40)}' for _ in range(6)) for _ in range(60)]\n"
        "weights = {f'e{n}': 1 / (n + 3) for n in range(40)}\n"
        "print(plan(sets, 12, weights=weights, seed=4).chosen)"
    )
    root = Path(__file__).parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}, check=True,
            capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


def test_what_is_covered_already_is_not_paid_for_again() -> None:
    """And counts in the share."""
    sets = [frozenset({1, 2}), frozenset({3})]
    found = plan(sets, 5, covered={1, 2})
    assert found.chosen == (1,)
    assert found.needed(0.6) == 0
    assert found.needed(1.0) == 1
    assert greedy_cover(sets, 5, {1, 2}) == [1]


def test_the_bound_of_the_fewest() -> None:
    """Never above what a plan needs, and exact where nothing overlaps."""
    apart = [frozenset({place}) for place in range(10)]
    assert fewest_needed(apart, 0.5) == pytest.approx(5.0)
    rng = random.Random(0)
    sets = [frozenset(rng.sample(range(80), 6)) for _ in range(120)]
    needed = plan(sets, 120).needed(0.95)
    assert needed is not None
    assert fewest_needed(sets, 0.95) <= needed <= 1.5 * fewest_needed(sets, 0.95)
    weights = {0: 100.0}
    assert fewest_needed(apart, 0.5, weights) <= 1.0


def test_every_target_is_within_reach_of_a_spec() -> None:
    """What could be written covers all that is asked for, and nothing that is not a target."""
    found = specs(POLICY)
    elements = found.keys_of(frozenset().union(*(spec.elements for spec in found.all)))
    asked = {target.key for target in targets(POLICY)}
    assert asked <= elements | {key for key in asked if key[0] in {"relation", "relation_type"}}
    assert {key for key in elements if key[0] != "tuple"} <= asked


def test_a_prediction_says_what_a_budget_buys_and_what_full_coverage_needs() -> None:
    """More budget, no less coverage; the plan's own count of samples covers everything in reach."""
    little, more = predict(POLICY, 3), predict(POLICY, 6)
    assert all(little.covered[kind] <= more.covered[kind] for kind in KINDS if kind != "concept")
    assert little.for_rules == 3 * len(POLICY.rules)
    full = predict(POLICY, little.for_all)
    assert full.covered["rule"] == full.total["rule"] == 12
    assert full.covered["concept"] == full.total["concept"]
    told = predict(POLICY, 3, bound=True).to_dict()
    assert 0 < told["bound"]["plan"] <= told["bound"]["best_possible"] <= 1
    assert told["bound"]["fewest_for_everything"] <= told["samples_for_everything"]


def test_a_prediction_with_a_mix_keeps_to_it() -> None:
    """Forms get their share; without a share for paragraphs none is planned."""
    found = predict(POLICY, 40, mix={"scenario": 1.0})
    assert set(found.forms) == {"scenario"}
    assert sum(found.forms.values()) == 40
    mixed = predict(POLICY, 40, mix={"scenario": 0.5, "topic": 0.5})
    assert mixed.covered["concept"] > found.covered["concept"]


def test_weights_come_first() -> None:
    """A rule that matters more is planned earlier."""
    last = POLICY.rules[-1].id
    rules = [spec.about for spec in specs(POLICY).all]
    found = predict(POLICY, 3, weighting=Weighting(own={last: 50.0}))
    assert found.covered["rule"] == 3
    assert last in rules


def test_a_budget_that_buys_nothing_says_what_is_needed() -> None:
    """0 and below, with the number for rules and for everything; and an ontology without rules."""
    with pytest.raises(UserError, match="buys nothing") as caught:
        predict(POLICY, 0)
    assert "12 samples cover each rule" in caught.value.hint
    with pytest.raises(UserError, match="no rules"):
        predict(Ontology(), 10)
    with pytest.raises(UserError, match="no rules"):
        predict(replace(POLICY, rules=(), rule_concepts=()), 10)


@given(SETS, st.integers(1, 5), st.integers(0, 2))
def test_limits_are_kept_to_and_a_refused_candidate_covers_nothing(
    sets: list[frozenset[int]], budget: int, most: int
) -> None:
    """No group gets more than its limit, groups without one are free, and what is not accepted is not counted."""
    groups = [index % 2 for index in range(len(sets))]
    asked: list[int] = []

    def accept(index: int) -> bool:
        asked.append(index)
        return index % 3 != 0

    found = plan(sets, budget, limits=(Limit(groups, {1: most}),), accept=accept)
    assert sum(groups[index] == 1 for index in found.chosen) <= most
    assert all(index % 3 for index in found.chosen)
    assert len(asked) == len(set(asked))
    assert found.covered == frozenset().union(*(sets[index] for index in found.chosen))
    free = plan(sets, budget, limits=(Limit(groups, {}),))
    assert free == plan(sets, budget)
