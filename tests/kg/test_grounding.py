"""Rules held against a case: limits compared, steps looked for, nothing said left open."""

from dataclasses import replace

import pytest

from kg.grounding import Outcome, ground
from kg.model import Modality, Threshold
from tests.kg.gift_policy import RULES

RULE = RULES[0]


def limited(comparator: str, value: float, unit: str, text: str, modality: Modality = Modality.PERMISSION):  # type: ignore[no-untyped-def]
    """A rule whose sentence states one limit."""
    sentence = f"An employee may accept a gift {text}."
    return replace(
        RULE, text=sentence, modality=modality, condition="", exception="", authority="",
        thresholds=(Threshold(comparator, value, unit, text),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "outcome"),
    [
        ("It was worth 30 dollars.", Outcome.YES),
        ("It was worth $75.", Outcome.YES),
        ("It cost seventy-odd, say USD 76.", Outcome.NO),
        ("He gave me a pen.", Outcome.OPEN),
        ("It took two hours.", Outcome.OPEN),
    ],
)
def test_an_upper_limit(case: str, outcome: Outcome) -> None:
    """Within, on, beyond, and another dimension, which says nothing."""
    rule = limited("<=", 75, "USD", "worth USD 75 or less")
    (found,) = ground(case, rule.text, [rule])
    assert [check.outcome for check in found.checks] == [outcome]


def test_time_is_compared_across_units() -> None:
    """Nine days keep to two weeks, a month does not."""
    rule = limited("<=", 2, "week", "within 2 weeks")
    assert ground("I did it nine days later.", rule.text, [rule])[0].checks[0].outcome == Outcome.YES
    assert ground("I did it a month later.", rule.text, [rule])[0].checks[0].outcome == Outcome.NO


def test_a_deadline_is_held_against_the_time_that_passed() -> None:
    """Of two spans of time the one of the limit's own kind counts, wherever it stands."""
    case = "Elena was away for five months. She caught up two weeks after she came back."
    deadline = limited("<=", 30, "day", "within 30 days of returning")
    lasting = limited(">", 8, "week", "for more than 8 weeks")
    (made,) = ground(case, deadline.text, [deadline])[0].checks
    (long,) = ground(case, lasting.text, [lasting])[0].checks
    assert (made.outcome, made.words) == (Outcome.YES, "two weeks")
    assert (long.outcome, long.words) == (Outcome.YES, "five months")


def test_days_of_the_week_do_not_settle_hours() -> None:
    """From Monday to Tuesday may be one hour or forty-seven; a limit in days is settled, and one day named twice is none."""
    hours, days = limited("<=", 4, "hour", "within 4 hours"), limited("<=", 2, "day", "within 2 days")
    case = "It happened on Monday and was told on Tuesday."
    assert ground(case, hours.text, [hours])[0].checks[0].outcome == Outcome.OPEN
    assert ground(case, days.text, [days])[0].checks[0].outcome == Outcome.YES
    again = "It broke on Tuesday. I called on Tuesday."
    assert ground(again, days.text, [days])[0].checks[0].outcome == Outcome.OPEN


@pytest.mark.parametrize(
    ("case", "outcome"),
    [
        ("My manager signed it off.", Outcome.YES),
        ("She agreed in an e-mail.", Outcome.YES),
        ("I did not mention it to anybody.", Outcome.NO),
        ("My manager refused.", Outcome.NO),
        ("I took the watch home.", Outcome.OPEN),
    ],
)
def test_an_approval(case: str, outcome: Outcome) -> None:
    """Given, withheld, never asked for, not spoken of."""
    rule = replace(
        RULE, text="A gift may be accepted only with the approval of the manager.", modality=Modality.PERMISSION,
        condition="only with the approval of the manager", thresholds=(),
    )  # fmt: skip
    (found,) = ground(case, rule.text, [rule])
    assert [(check.point, check.outcome) for check in found.checks] == [("approval", outcome)]


def test_an_approval_that_is_not_needed_is_no_point() -> None:
    """A rule that says "without approval" asks for none."""
    rule = replace(
        RULE, text="Pens may be given without prior approval.", modality=Modality.PERMISSION,
        condition="without prior approval", thresholds=(),
    )  # fmt: skip
    assert ground("I gave him a pen.", rule.text, [rule])[0].checks == ()


def test_a_limit_that_is_not_shown_is_not_held_against_the_case() -> None:
    """A model must see the words that a check speaks of."""
    rule = limited("<=", 75, "USD", "worth USD 75 or less")
    assert ground("It was worth 30 dollars.", "An employee may accept a gift ...", [rule])[0].checks == ()


def test_rules_of_one_modality_without_points_are_one() -> None:
    """What would only repeat itself is left out; the other modality stays."""
    bare = [
        replace(RULE, id=f"r{index}", thresholds=(), condition="", exception="", authority="") for index in range(3)
    ]
    rules = [
        *(replace(rule, modality=Modality.PERMISSION) for rule in bare[:2]),
        replace(bare[2], modality=Modality.PROHIBITION),
    ]
    assert [found.modality for found in ground("A case.", "text", rules)] == ["permission", "prohibition"]
