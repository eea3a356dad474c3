"""Reasons in sentences, and what is asked back."""

import random
import re
from dataclasses import replace

from generation.frames import Frame
from generation.framing import frame_of
from generation.points import told_points
from generation.reasons import agreeing, positive
from generation.scenarios import write_triple
from generation.situations import Pivot, pivots
from kg.model import Modality, Verdict
from tests.generation.fixtures import policy


def _reasons_of_policy() -> list[tuple[Frame, Pivot, str]]:
    ontology = policy()
    found = []
    for rule in ontology.rules:
        frame = frame_of(rule, ontology)
        for at, (pivot, _) in enumerate(pivots(frame)):
            found += [(frame, pivot, case.reason) for case in write_triple(frame, at, random.Random(0)).values()]
    return found


def test_who_did_it_is_told_in_a_sentence() -> None:
    """No form to fill in, and no passive that hides the one who acts: "which Ana did", never "and it is done"."""
    reasons = [reason for _, _, reason in _reasons_of_policy()]
    assert not [reason for reason in reasons if re.search(r"it is (?:not )?done|is denied|all the same", reason)]
    assert any(re.search(r", which (?:you|[A-Z]\w+|the \w+) did\.$", reason) for reason in reasons)
    assert any(re.search(r", which (?:you|[A-Z]\w+|the \w+) did not do\.$", reason) for reason in reasons)
    assert not [reason for reason in reasons if "does not forbid" in reason]


def test_a_reason_names_the_deed() -> None:
    """What is done is named; "this" is a rule that the case quotes, or one that is held against it by its number."""
    named = 0
    for frame, pivot, reason in _reasons_of_policy():
        if pivot == Pivot.ACT and frame.rule.modality in {Modality.OBLIGATION, Modality.PROHIBITION}:
            assert told_points(reason)[-1].point == "done"
            if not frame.quote:
                named += 1
                assert frame.act.split()[-1] in reason
                assert not re.search(r"\bthis, ", reason)
    assert named


def test_a_limit_is_told_with_what_it_limits() -> None:
    """A reader stopped at: requires this, as five days is within 7 days."""
    for _, pivot, reason in _reasons_of_policy():
        if pivot in {Pivot.LIMIT, Pivot.DEADLINE}:
            assert not re.search(r"\bthis, (?:as|and|but)\b", reason)


def test_a_second_verb_agrees_with_they() -> None:
    """A condition on the actor is told of "they"; both its verbs follow."""
    assert agreeing("whether they know of or suspects a leak") == "whether they know of or suspect a leak"
    assert agreeing("whether they keep records or files") == "whether they keep records or files"


def test_a_question_back_is_asked_without_negation() -> None:
    """Whether something is not so is the same question as whether it is, and reads worse."""
    assert positive("whether the work does not delay ours") == "whether the work delays ours"
    assert positive("whether they do not decide") == "whether they decide"
    assert positive("the amount") == "the amount"


def test_an_approval_is_told_with_its_giver() -> None:
    """Permissions are given with it and prohibitions hold without it."""
    opened = [
        reason
        for _, _, reason in _reasons_of_policy()
        if re.search(r"whether it (?:was|has been) given is not said\.$", reason)
    ]
    assert opened
    for reason in opened:
        assert re.search(r" (?:only with|without) the (?:written )?approval of \w+", reason)
        assert told_points(reason)[-1].point == "approved"


def test_when_a_duty_is_to_be_done_is_told_as_its_time() -> None:
    """A reader stopped at: requires this before a change, which is not so, and it is done."""
    told = _reasons("Employees must consult the council before a change.", Modality.OBLIGATION, "before a change")
    assert told == {
        Verdict.PERMITTED: "Clause 2.1 requires consulting the council before a change, which was the case.",
        Verdict.PROHIBITED: "Clause 2.1 requires consulting the council before a change, which was not the case.",
        Verdict.NEEDS_INFORMATION: "Clause 2.1 requires consulting the council before a change, but whether that was the case is not said.",
    }


def test_what_is_left_undone_is_told_beside_a_condition_that_is_met() -> None:
    told = _reasons(
        "Employees must consult the council if a licence has expired.", Modality.OBLIGATION, "if a licence has expired"
    )
    assert re.search(r"if a licence has expired, which was the case, but .+ did not do so\.$", told[Verdict.PROHIBITED])
    assert told[Verdict.NEEDS_INFORMATION].endswith(
        "if a licence has expired, but whether that was the case is not said."
    )


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
