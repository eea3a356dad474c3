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


def _step(
    case: str, text: str, name: str, authority: str = "", *, modality: Modality = Modality.OBLIGATION
) -> Outcome | None:
    rule = replace(
        RULE, text=text, modality=modality, condition=text, exception="", authority=authority, thresholds=(), action="report", object="a leak"
    )  # fmt: skip
    (found,) = ground(case, text, [rule])
    return next((check.outcome for check in found.checks if check.point == name), None)


@pytest.mark.parametrize(
    ("case", "outcome"),
    [
        ("Ana reported that Ben saw a leak.", Outcome.OPEN),
        ("The hotline has a report that Ben saw a leak.", Outcome.OPEN),
        ("An anonymous report says that Ben saw a leak. The report is true.", Outcome.OPEN),
        ("Ben told a customer of the leak.", Outcome.OPEN),
        ("Ben told the Legal Department of the leak.", Outcome.YES),
        ("Ben reported the leak at noon.", Outcome.YES),
        ("Ben has told nobody of the leak.", Outcome.NO),
        ("Ben told his boss of the leak.", Outcome.YES),
        ("Ana says that Ben did not report the leak.", Outcome.NO),
        ("Our policy says: “Employees must report a leak”. Ben kept to this rule.", Outcome.OPEN),
        (
            "Our policy says: “A leak needs to be reported to the Legal Department”. Ben kept to this rule.",
            Outcome.OPEN,
        ),
        ("Ben wrote: “I have reported the leak to them”.", Outcome.YES),
    ],
)
def test_somebodys_word_for_the_story_is_not_the_report_that_a_rule_asks_for(case: str, outcome: Outcome) -> None:
    """Nor is a report that is a thing, a rule that is quoted, or what is told to others than the rule names."""
    assert _step(case, "Employees must report a leak to the Legal Department.", "report") == outcome


@pytest.mark.parametrize(
    ("case", "authority", "outcome"),
    [
        ("The line manager agreed.", "Ethics Office", Outcome.OPEN),
        ("The line manager did not agree.", "Ethics Office", Outcome.OPEN),
        ("The Ethics Office agreed.", "Ethics Office", Outcome.YES),
        ("They agreed in writing.", "Ethics Office", Outcome.YES),
        ("The line manager agreed.", "line manager and the Ethics Office", Outcome.OPEN),
        ("The line manager agreed, and the Ethics Office agreed.", "line manager and the Ethics Office", Outcome.YES),
        ("The Ethics Office did not agree.", "line manager and the Ethics Office", Outcome.NO),
    ],
)
def test_an_approval_is_that_of_those_whom_the_rule_names(case: str, authority: str, outcome: Outcome) -> None:
    """Another office's word settles nothing, and one of two does not approve for both."""
    text = f"An employee may take a second job only with the approval of the {authority}."
    assert _step(case, text, "approval", authority, modality=Modality.PERMISSION) == outcome


def test_a_figure_in_a_quoted_rule_is_none_of_the_case() -> None:
    """The rule that a case quotes is not measured against itself."""
    rule = limited("<=", 5, "working day", "within 5 working days")
    case = "One of our rules says: “Requests must be answered within 5 working days”. I was told that Noa kept to this rule."
    assert ground(case, rule.text, [rule])[0].checks[0].outcome == Outcome.OPEN


def test_a_span_of_time_is_that_of_the_act_which_the_case_names() -> None:
    """Of two duties in a sentence the one that nobody speaks of has no time yet."""
    text = "The office must confirm receipt within 5 working days and must decide within 15 working days."
    confirm = replace(
        limited("<=", 5, "working day", "within 5 working days", Modality.OBLIGATION), id="r:1", text=text, action="confirm", object="receipt"
    )  # fmt: skip
    decide = replace(
        limited("<=", 15, "working day", "within 15 working days", Modality.OBLIGATION), id="r:2", text=text, action="decide", object=""
    )  # fmt: skip
    found = {
        check.point: check.outcome
        for held in ground("The office decided after 9 working days.", text, [confirm, decide])
        for check in held.checks
    }
    assert found == {"within 5 working days": Outcome.OPEN, "within 15 working days": Outcome.YES}
