"""Conflicts between plain house rules: a sports centre and school trips (``conflict_house``), a camp site and company cars (``conflict_site``).

The rules stand in paragraphs without numbers, as such rules do: "guests are welcome", "no music", "the lawn is off limits".
Each planted conflict is named by words of its two sentences; whatever else is found is wrong.
"""

import json
from pathlib import Path

import pytest

from benchmarks.conflicts import read
from kg.conflicts import find_conflicts
from kg.conflicts_needs import norms
from kg.conflicts_norms import Norm, Stance
from kg.conflicts_times import moments
from kg.model import Modality, Rule, Span
from tests.weights import weights_folder

HOUSE = Path(__file__).parent / "conflict_house"


@pytest.mark.parametrize(
    ("folder", "precision", "recall"), [(HOUSE, 0.8, 0.9), (HOUSE.parent / "conflict_site", 0.95, 0.7)]
)
def test_planted_conflicts_of_house_rules_are_found_and_little_else(
    folder: Path, precision: float, recall: float
) -> None:
    """Precision and recall, every sentence of the gold standing in the documents once; no pair that only looks alike."""
    ontology = read((folder,), str(weights_folder("spacy")))
    gold = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    planted, near = [tuple(pair) for pair in gold["planted"]], [tuple(pair) for pair in gold.get("near", [])]
    texts = [clause.text for clause in ontology.clauses]
    assert all(sum(words in text for text in texts) == 1 for pair in [*planted, *near] for words in pair)
    said = {rule.id: rule.text for rule in ontology.rules}
    found = [(said[one.rule_a], said[one.rule_b]) for one in find_conflicts(ontology)]
    right = {pair for pair in planted if any(either_way(pair, both) for both in found)}
    wrong = [both for both in found if not any(either_way(pair, both) for pair in planted)]
    assert 1 - len(wrong) / len(found) >= precision, wrong
    assert len(right) / len(planted) >= recall, sorted(set(planted) - right)
    assert [pair for pair in near if any(either_way(pair, both) for both in found)] == []


def either_way(pair: tuple[str, ...], both: tuple[str, str]) -> bool:
    return holds(pair, both) or holds(pair, both[::-1])


def holds(pair: tuple[str, ...], both: tuple[str, ...]) -> bool:
    return pair[0] in both[0] and pair[1] in both[1]


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("leave at 8.30 pm", "clock", 20.5, 20.5),
        ("between 9 am and 5 pm", "clock", 9, 17),
        ("from 2 to 5 pm", "clock", 14, 17),
        ("not before 11 p.m.", "clock", 23, float("inf")),
        ("at noon", "clock", 12, 12),
        ("by 1 March", "date", float("-inf"), 94),
        ("in May", "date", 156, 186),
        ("anyone under 16", "age", float("-inf"), 16 - 1e-9),
        ("aged 14 or over are", "age", 14, float("inf")),
    ],
)
def test_times_and_ages_are_intervals(text: str, unit: str, low: float, high: float) -> None:
    """Hours of the day, days of the year, years of age."""
    ((moment, _, _),) = moments(text)
    assert (moment.unit, moment.low, moment.high) == (unit, low, high)


@pytest.mark.parametrize(
    "text", ["by 2 August 2020", "hoses older than 10 years must", "over 100 people", "you may go"]
)
def test_what_is_no_time_of_the_day_or_year_is_left(text: str) -> None:
    """A date of history, the age of a thing, a count, a modal that is spelt like a month."""
    assert list(moments(text)) == []


def rule(text: str, modality: Modality, actor: str, action: str, target: str, condition: str = "") -> Rule:
    return Rule("r", "c", "s", "d", modality, actor, action, target, condition, "", "", text, Span(0, 1), "f")


def test_who_must_leave_at_eight_is_not_there_later() -> None:
    """To leave is not to stay, and a time of leaving is the one from which nobody stays."""
    (left,) = norms(rule("Parents must leave the ward at 8 pm.", Modality.OBLIGATION, "Parents", "leave", "ward"))
    (stay,) = norms(rule("Parents may stay in the ward until 9 pm.", Modality.PERMISSION, "Parents", "stay", ""))
    assert shape(left) == (Stance.MUST_NOT, "stay", 20.0)
    assert (stay.stance, stay.act, stay.limits[0].high) == (Stance.MAY, "stay", 21.0)
    assert left.things == stay.things


def shape(norm: Norm) -> tuple[Stance, str, float]:
    return norm.stance, norm.act, norm.limits[0].low


def test_a_long_sentence_is_read_in_a_moment() -> None:
    """No pattern tries the ways to part a list of words into phrases one by one."""
    words = "every word of this sentence without " + "and so on with yet another thing " * 60
    assert (
        list(norms(rule(f"A party must be in {words}.", Modality.OBLIGATION, "party", "be", f"in {words}"))) is not None
    )
    assert list(norms(rule(f"A party may leave {words}.", Modality.PERMISSION, "party", "leave", words))) is not None
