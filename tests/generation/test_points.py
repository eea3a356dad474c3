"""The point of an answer is said in a sentence, and read back from it as it was said."""

import pytest

from generation.points import retold, said, said_done, said_fact, told_points
from kg.grounding import Outcome

CLAUSE = "Prohibited. Clause 7.2 forbids this"


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize(("point", "words"), [("above USD 25,000.50", "USD 26,000"), ("done by a trained driver", "")])
def test_a_point_is_read_back_as_it_was_said(outcome: Outcome, point: str, words: str) -> None:
    """Point, outcome and figures; what is not said bears no figure."""
    (told,) = told_points(f"{CLAUSE}{said(point, outcome, words)}.")
    assert (told.point, told.outcome) == (point, outcome)
    assert told.words == ("" if outcome == Outcome.OPEN else words)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_condition_with_commas_is_one_point(outcome: Outcome) -> None:
    """A condition keeps its commas, and what is done is a point beside it."""
    fact = "unless the board, or its deputy, agrees"
    condition, deed = told_points(f"{CLAUSE}{said_fact(fact, outcome)}{said_done(False)}.")
    assert (condition.point, condition.outcome) == (fact, outcome)
    assert (deed.point, deed.outcome) == ("done", Outcome.NO)


def test_a_point_can_be_told_otherwise() -> None:
    """Every outcome can be told as every other, and nothing else of the text changes."""
    for words in (said("late", Outcome.NO), said_done(True), said_fact("if it rains", Outcome.OPEN)):
        text = f"{CLAUSE}{words}."
        for outcome in Outcome:
            changed = retold(text, told_points(text)[-1], outcome)
            assert changed.startswith(CLAUSE)
            assert changed.endswith(".")
            assert told_points(changed)[-1].outcome == outcome
            assert retold(changed, told_points(changed)[-1], told_points(text)[-1].outcome) == text


def test_a_long_text_is_read_at_once() -> None:
    """No pattern goes back and forth over a text without a point, nor takes "and it" without a figure for one."""
    assert told_points(CLAUSE + ", and more, as it goes on and on" * 2_000) == ()
    assert told_points("The policy says: guests pay, and the house is open.") == ()
