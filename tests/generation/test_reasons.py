"""Reasons in sentences, and what is asked back."""

import random
import re
from dataclasses import replace

from generation.framing import frame_of
from generation.points import told_points
from generation.reasons import agreeing, positive
from generation.scenarios import write_triple
from generation.situations import Pivot, pivots
from kg.model import Modality, Verdict
from tests.generation.fixtures import policy


def test_whether_it_is_done_is_told_in_a_sentence() -> None:
    """No form to fill in: "forbids this, and it is done", never "It is done: yes"."""
    ontology = policy()
    reasons = []
    for rule in ontology.rules:
        frame = frame_of(rule, ontology)
        for at in range(len(pivots(frame))):
            reasons += [
                (pivots(frame)[at][0], case.reason) for case in write_triple(frame, at, random.Random(0)).values()
            ]
    assert not [reason for _, reason in reasons if "it is done:" in reason.lower()]
    assert any(reason.endswith(", and it is done.") for _, reason in reasons)
    assert any(reason.endswith(", but it is not done.") for _, reason in reasons)
    assert not [reason for pivot, reason in reasons if pivot == Pivot.ACT and "does not forbid" in reason]


def test_a_reason_names_the_deed() -> None:
    """What is done is named where nothing else decides; a rule that the case quotes, and a long act, stay "this"."""
    ontology = policy()
    named: list[tuple[str, str]] = []
    plain: list[tuple[str, str]] = []
    for rule in ontology.rules:
        frame = frame_of(rule, ontology)
        for at, (pivot, _) in enumerate(pivots(frame)):
            if (
                pivot == Pivot.ACT
                and frame.turned is None
                and rule.modality in {Modality.OBLIGATION, Modality.PROHIBITION}
            ):
                cases = write_triple(frame, at, random.Random(0)).values()
                (plain if frame.quote or frame.limit else named).extend((frame.act, case.reason) for case in cases)
    assert named
    for act, reason in named:
        assert act.split()[-1] in reason
        assert not re.search(r"\bthis, (?:and|but) ", reason)
        assert told_points(reason)[-1].point == "done"
    assert all(" this" in reason for _, reason in plain)


def test_a_second_verb_agrees_with_they() -> None:
    """A condition on the actor is told of "they"; both its verbs follow."""
    assert agreeing("whether they know of or suspects a leak") == "whether they know of or suspect a leak"
    assert agreeing("whether they keep records or files") == "whether they keep records or files"


def test_a_question_back_is_asked_without_negation() -> None:
    """Whether something is not so is the same question as whether it is, and reads worse."""
    assert positive("whether the work does not delay ours") == "whether the work delays ours"
    assert positive("whether they do not decide") == "whether they decide"
    assert positive("the amount") == "the amount"


def test_an_open_approval_says_what_it_has_to_do_with_the_rule() -> None:
    """Permissions are given with it and prohibitions hold without it; the point stays in the words of the prompt's checks."""
    ontology, told = policy(), set()
    for rule in ontology.rules:
        frame = frame_of(rule, ontology)
        for at, _ in enumerate(pivots(frame)):
            told |= {case.reason for case in write_triple(frame, at, random.Random(0)).values()}
    opened = [reason for reason in told if reason.endswith("whether it is approved is not said.")]
    assert opened
    for reason in opened:
        assert " only with approval, " in reason or " without approval, " in reason or " requires " in reason
        assert told_points(reason)[-1].point == "approved"


def test_when_a_duty_is_to_be_done_is_told_as_its_time() -> None:
    """A reader stopped at: requires this before a change, which is not so, and it is done."""
    told = _reasons("Employees must consult the council before a change.", Modality.OBLIGATION, "before a change")
    assert told == {
        Verdict.PERMITTED: "Clause 2.1 requires this to be done before a change, which is so.",
        Verdict.PROHIBITED: "Clause 2.1 requires this to be done before a change, which is not so.",
        Verdict.NEEDS_INFORMATION: "Clause 2.1 requires this to be done before a change, which is not said.",
    }


def test_what_is_left_undone_contradicts_only_a_condition_that_is_met() -> None:
    told = _reasons(
        "Employees must consult the council if a licence has expired.", Modality.OBLIGATION, "if a licence has expired"
    )
    assert told[Verdict.PROHIBITED].endswith("if a licence has expired, which is so, but it is not done.")
    assert told[Verdict.NEEDS_INFORMATION].endswith("if a licence has expired, which is not said, and it is not done.")


def _reasons(text: str, modality: Modality, condition: str) -> dict[Verdict, str]:
    """The reasons of a triple that turns on the condition of a rule to consult the council."""
    ontology = policy()
    rule = replace(
        ontology.rules[0], text=text, modality=modality, actor="Employees", action="consult", object="the council",
        condition=condition, exception="", authority="", thresholds=(),
    )  # fmt: skip
    frame = replace(frame_of(rule, ontology), citation="2.1")
    at = [pivot for pivot, _ in pivots(frame)].index(Pivot.FACT)
    return {verdict: case.reason for verdict, case in write_triple(frame, at, random.Random(0)).items()}
