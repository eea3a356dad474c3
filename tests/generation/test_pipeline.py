"""The whole way from an ontology to a dataset."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from generation.chats import in_context
from generation.drafts import Draft
from generation.filters import near_duplicates_between
from generation.options import GenerationOptions
from generation.pipeline import Generated, generate
from generation.planner import greedy_cover, quotas
from generation.seeds import read_seeds
from kg.errors import UserError
from kg.model import Ontology, Split, Verdict
from tests.generation.fixtures import FakeRetriever, policy

ONTOLOGY = policy()


def run(samples: int = 90, **options: object) -> Generated:
    return generate(ONTOLOGY, FakeRetriever(ONTOLOGY), GenerationOptions(samples=samples, **options))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def generated() -> Generated:
    return run()


def test_every_rule_is_covered_with_every_verdict(generated: Generated) -> None:
    """Coverage of rules by verdict is complete and proven by verified links, and N is exact."""
    assert len(generated.samples) == 90
    assert generated.coverage_before.by_kind["rule"].covered == 0
    rule = generated.coverage_after.by_kind["rule"]
    assert rule.covered == rule.total == 3 * len(ONTOLOGY.rules)


def test_the_same_seed_gives_the_same_dataset(generated: Generated) -> None:
    """Determinism, and another seed gives another dataset."""
    assert run().samples == generated.samples
    assert run(seed=1).samples != generated.samples


def test_the_gold_clause_is_among_the_training_passages(generated: Generated) -> None:
    """Whatever the retriever missed is put in, and not always in the same place."""
    places: Counter[int] = Counter()
    for sample in generated.samples:
        if sample.rule_ids and sample.split != Split.TEST:
            number = ONTOLOGY.clause_by_id[sample.clause_ids[0]].number
            lines = sample.messages[1].content.splitlines()[1:4]
            assert any(line.startswith(f"[{number}]") for line in lines)
            places[next(i for i, line in enumerate(lines) if line.startswith(f"[{number}]"))] += 1
    assert len(places) == 3


def test_a_share_of_the_samples_shows_the_best_passage_alone() -> None:
    """Training and validation show one or all; a test case shows all, as an audit does; its own clause stands in either."""
    found = run(samples=120, single_share=0.6, test_share=0.25, context_clauses=3)
    shown: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for sample in found.samples:
        lines = [line for line in sample.messages[1].content.split("\n\nCase:")[0].splitlines() if line.startswith("[")]
        shown[sample.split == Split.TEST][len(lines)] += 1
        if sample.rule_ids and sample.split != Split.TEST:
            assert any(line.startswith(f"[{ONTOLOGY.clause_by_id[sample.clause_ids[0]].number}]") for line in lines)
    assert set(shown[True]) == {3}
    assert set(shown[False]) == {1, 3}
    assert shown[False][1] > shown[False][3]


def test_a_family_lies_in_one_split() -> None:
    """Validation and test families are kept apart, the test split is balanced and holds cases only."""
    found = run(samples=120, validation_share=0.1, test_share=0.25)
    splits: dict[str, set[Split]] = {}
    for sample in found.samples:
        if sample.family:
            splits.setdefault(sample.family, set()).add(sample.split)
    assert all(len(seen) == 1 for seen in splits.values())
    test = [sample for sample in found.samples if sample.split == Split.TEST]
    assert {sample.kind for sample in test} == {"scenario"}
    assert len(set(Counter(sample.verdict for sample in test).values())) == 1
    assert len(found.samples) == 120
    train = [sample.question for sample in found.samples if sample.split == Split.TRAIN]
    assert near_duplicates_between(train, [sample.question for sample in test], 0.8) == 0


def test_too_small_a_budget_says_how_much_is_needed() -> None:
    """Three samples per rule are the least."""
    with pytest.raises(UserError) as caught:
        run(samples=10)
    assert str(3 * len(ONTOLOGY.rules)) in caught.value.hint


def test_an_ontology_without_rules_is_refused() -> None:
    """There is nothing to write about."""
    with pytest.raises(UserError, match="no rules"):
        generate(Ontology(), FakeRetriever(Ontology()), GenerationOptions(samples=10))


def test_a_small_policy_gets_all_that_can_be_said_of_it_and_the_reason_why_not_more() -> None:
    """Nothing is padded: fewer samples than asked for come with the commonest drops, and every rule is still covered."""
    lone = replace(ONTOLOGY, rules=ONTOLOGY.rules[:1])
    made = generate(lone, FakeRetriever(lone), GenerationOptions(samples=5000, mix={"out_of_scope": 1.0}))
    assert 3 <= len(made.samples) < 5000
    assert "5,000" in made.short
    assert "dropped: " in made.short
    assert made.coverage_after.by_kind["rule"].ratio == 1.0


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- kind: scenario\n  question: q\n  answr: a\n", 3, "unknown field"),
        ("- kind: nonsense\n  question: q\n  answer: a\n", 1, "unknown kind"),
        ("- kind: rule_qa\n  question: q\n  answer: a\n  clauses: ['9.9']\n", 4, "no clause"),
        ("- kind: rule_qa\n  question: q\n  answer: a\n  verdict: maybe\n", 4, "unknown verdict"),
        ("kind: rule_qa\n", 1, "expected a list"),
        ("- kind: 'x\n", 2, "not valid YAML"),
    ],
)
def test_a_faulty_seed_is_named_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    """The file, the line and what to do."""
    path = tmp_path / "seeds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message) as caught:
        read_seeds(path, ONTOLOGY)
    assert f":{line}:" in str(caught.value)


def test_seeds_are_taken_over(tmp_path: Path) -> None:
    """A seed with a verdict ends its answer with the phrase and keeps its family out of other splits."""
    path = tmp_path / "seeds.yaml"
    path.write_text(
        "- kind: scenario\n  question: Ana paid a bribe in Lyon. Is that fine?\n  answer: Bribes are banned.\n"
        "  verdict: prohibited\n  clauses: ['2.1']\n",
        encoding="utf-8",
    )
    found = run(seeds_file=path)
    seed = next(sample for sample in found.samples if sample.writer == "seed")
    assert seed.answer == "Prohibited. Bribes are banned."
    assert seed.verdict == Verdict.PROHIBITED


def test_greedy_cover_takes_the_larger_gain_first_and_stops() -> None:
    """Lazy evaluation agrees with the plain greedy choice."""
    sets = [frozenset({1, 2}), frozenset({1, 2, 3}), frozenset({4}), frozenset({3, 4})]
    assert greedy_cover(sets, 5) == [1, 2]
    assert greedy_cover(sets, 1) == [1]
    rng = random.Random(0)
    many = [frozenset(rng.sample(range(60), 5)) for _ in range(80)]
    assert greedy_cover(many, 10) == _plain_greedy(many, 10)


def _plain_greedy(sets: list[frozenset[int]], budget: int) -> list[int]:
    done: set[int] = set()
    chosen: list[int] = []
    for _ in range(budget):
        best = max(range(len(sets)), key=lambda index: (len(sets[index] - done), -index))
        if not sets[best] - done:
            break
        chosen.append(best)
        done |= sets[best]
    return chosen


def test_quotas_sum_to_the_budget() -> None:
    """Largest remainders."""
    assert quotas(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}


@pytest.mark.parametrize(
    "bad",
    [{"samples": 0}, {"test_share": 1.0}, {"mix": {"nonsense": 1.0}}, {"validation_share": 0.6, "test_share": 0.5}],
)
def test_contradicting_options_are_refused(bad: dict[str, object]) -> None:
    """At construction, with a remedy."""
    with pytest.raises(UserError) as caught:
        GenerationOptions(**bad)  # type: ignore[arg-type]
    assert caught.value.hint


def test_of_a_conflict_both_clauses_are_shown_where_one_passage_was_asked_for() -> None:
    """The second clause is one passage more, grounded like the first."""
    ontology = policy()
    one, other = ontology.rules[0], ontology.rules[1]
    draft = Draft(
        "conflict",
        "Which of the two prevails?",
        "The first.",
        None,
        (one.id, other.id),
        (one.clause_id, other.clause_id),
        "f",
    )
    found = in_context(ontology, [(draft, Split.TRAIN)], FakeRetriever(ontology), clauses=1, seed=0)
    shown = found[0].messages[1].content
    assert one.text in shown
    assert other.text in shown
