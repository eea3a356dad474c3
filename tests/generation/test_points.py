"""The point of an answer is said in a sentence, and read back from it as it was said."""

import pytest

from generation.points import FORMS, retold, said, said_of, told_points
from kg.grounding import Outcome

CLAUSE = "Prohibited. Clause 7.2 forbids storing data abroad"
NAMED = sorted(set(FORMS) - {"held"})


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize(("point", "words"), [("above USD 25,000.50", "USD 26,000"), ("done by a trained driver", "")])
def test_a_limit_is_read_back_as_it_was_said(outcome: Outcome, point: str, words: str) -> None:
    """Point, outcome and figures; what is not said bears no figure."""
    (told,) = told_points(f"{CLAUSE}{said(point, outcome, words)}.")
    assert (told.point, told.outcome) == (point, outcome)
    assert told.words == ("" if outcome == Outcome.OPEN else words)


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("form", NAMED)
@pytest.mark.parametrize("who", ["Ana", "the Ethics Office", "you", "the head of sales in Rome"])
def test_every_form_is_read_back_as_it_was_said(form: str, outcome: Outcome, who: str) -> None:
    """One tail is one point, with the form by which it can be told otherwise."""
    (told,) = told_points(f"{CLAUSE}{said_of(form, outcome, who)}.")
    assert (told.form, told.outcome) == (form, outcome)
    assert told.who in {who, ""}


@pytest.mark.parametrize("outcome", Outcome)
def test_a_condition_with_commas_is_one_point(outcome: Outcome) -> None:
    """A condition keeps its commas, and what is done is a point beside it."""
    text = f"{CLAUSE} unless the board, or its deputy, agrees{said_of('fact', outcome)}{said_of('duty', Outcome.NO, 'Ana')}."
    condition, deed = told_points(text)
    assert condition.point == "storing data abroad unless the board, or its deputy, agrees"
    assert condition.outcome == outcome
    assert (deed.point, deed.outcome, deed.who) == ("done", Outcome.NO, "Ana")


@pytest.mark.parametrize("form", NAMED)
def test_a_point_can_be_told_otherwise(form: str) -> None:
    """Every outcome can be told as every other, and nothing else of the text changes."""
    for first in Outcome:
        text = f"{CLAUSE}{said_of(form, first, 'Ana')}."
        for outcome in Outcome:
            changed = retold(text, told_points(text)[-1], outcome)
            assert changed.startswith(CLAUSE)
            assert told_points(changed)[-1].outcome == outcome
            assert retold(changed, told_points(changed)[-1], first) == text


def test_a_limit_can_be_told_otherwise() -> None:
    """The figure of the case stays where there is one."""
    text = f"{CLAUSE}{said('within 5 days', Outcome.NO, '6.5 days')}."
    assert retold(text, told_points(text)[0], Outcome.YES) == f"{CLAUSE}, and 6.5 days is within 5 days."


def test_a_long_text_is_read_at_once() -> None:
    """No pattern goes back and forth over a text without a point, nor takes "and it" without a figure for one."""
    assert told_points(CLAUSE + ", and more, as it goes on and on" * 2_000) == ()
    assert told_points("The policy says: guests pay, and the house is open.") == ()
