"""Quantities, facts, situations and the scenario writer."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.drafts import Draft
from generation.filters import malformed
from generation.framing import frame_of
from generation.quantities import Quantity, without
from generation.scenarios import plain_triple, write_triple
from generation.situations import Act, Pivot, choose_pivot, pivots, triple
from kg.model import Modality, Threshold, Verdict
from tests.generation.fixtures import policy

ONTOLOGY = policy()
FRAMES = {rule.text.split(".")[0]: frame_of(rule, ONTOLOGY) for rule in ONTOLOGY.rules}


def frame(start: str):  # type: ignore[no-untyped-def]
    return next(found for text, found in FRAMES.items() if text.startswith(start))


@given(
    st.sampled_from([">", ">=", "<", "<="]),
    st.sampled_from(
        [(75.0, "USD"), (5.0, "working day"), (1.0, "day"), (25000.0, "USD"), (1.0, "percent"), (10.0, "hour")]
    ),
    st.booleans(),
    st.integers(0, 10_000),
)
def test_numbers_fall_on_the_asked_side(comparator: str, quantity: tuple[float, str], holds: bool, seed: int) -> None:
    """A drawn value meets the threshold exactly when it is asked to, and is positive."""
    value, unit = quantity
    drawn = Quantity(Threshold(comparator, value, unit, f"{value} {unit}"), "", "object").draw(
        holds=holds, rng=random.Random(seed)
    )
    meets = {">": drawn > value, ">=": drawn >= value, "<": drawn < value, "<=": drawn <= value}[comparator]
    assert meets == holds
    assert drawn > 0


def test_a_quantity_reads_as_an_amount_in_its_phrase() -> None:
    """Comparison words go, articles and prepositions fit."""
    found = frame("Employees must not accept gifts")
    assert found.limit is not None
    told = found.limit.fill(holds=True, rng=random.Random(1), text=found.act)
    assert re.fullmatch(r"accept a gift worth USD \d+ from a supplier", told)
    assert without(found.act, found.limit.threshold) == "accept a gift from a supplier"


def test_the_act_keeps_what_the_sentence_says_of_it() -> None:
    """Recipients stand in the sentence and not in the record; passives are turned round."""
    assert (
        frame("Employees must report").act == "report an accident to the site manager"
        or "accidents" in frame("Employees must report").act
    )
    assert frame("Used instruments").act.startswith("donate a used instrument")
    assert frame("Employees need not").act == "go without disclosing a private matter"


def test_facts_are_read_with_their_kind() -> None:
    """Approval, order and clause are told apart."""
    assert frame("Employees must not accept gifts").facts[0].style == "approval"
    until_agreed = frame("Employees must not use personal").facts[0]
    assert (until_agreed.role, until_agreed.marker) == ("exception", "unless")  # with the approval it is allowed
    assert frame("If a competitor").facts[0].style == "clause"


@pytest.mark.parametrize("rule", ONTOLOGY.rules, ids=lambda rule: rule.text[:30])
def test_every_rule_gives_three_well_formed_twins(rule) -> None:  # type: ignore[no-untyped-def]
    """Total over rules and rounds: three verdicts, nothing malformed, reasons that cite."""
    told_frame = frame_of(rule, ONTOLOGY)
    for turn in range(8):
        for write in (write_triple, plain_triple):
            told = write(told_frame, turn, random.Random(turn))
            assert set(told) == set(Verdict)
            for verdict, case in told.items():
                draft = Draft("scenario", case.question, case.reason, verdict, (rule.id,), (), rule.family)
                assert malformed(draft, 90) == "", case.question
                assert re.search(r"clause \d", case.reason, re.IGNORECASE)


def test_twins_share_their_circumstances() -> None:
    """The three cases of a triple begin alike and differ in what decides."""
    told = write_triple(frame("Employees may take"), 0, random.Random(3))
    first_words = {case.question.split()[0] for case in told.values()}
    assert len(first_words) == 1
    assert len({case.question for case in told.values()}) == 3


def test_the_semantics_of_a_prohibition_with_an_exception() -> None:
    """Approval permits, its absence prohibits, silence needs information."""
    found = frame("Employees must not accept gifts")
    cases = triple(found, Pivot.FACT, 0, random.Random(0))
    assert cases[Verdict.PERMITTED].told[0] is True
    assert cases[Verdict.PROHIBITED].told[0] is False
    assert 0 not in cases[Verdict.NEEDS_INFORMATION].told
    limit = triple(found, Pivot.LIMIT, -1, random.Random(0))
    assert (
        limit[Verdict.PERMITTED].limit,
        limit[Verdict.PROHIBITED].limit,
        limit[Verdict.NEEDS_INFORMATION].limit,
    ) == (False, True, None)


def test_an_approval_lifts_a_prohibition_until_it_is_given() -> None:
    """Under "must not until the officer has agreed" the approval permits and its absence prohibits."""
    cases = triple(frame("Employees must not use personal"), Pivot.FACT, 0, random.Random(0))
    assert cases[Verdict.PERMITTED].told[0] is True
    assert cases[Verdict.PROHIBITED].told[0] is False


def test_the_semantics_of_a_duty_with_a_deadline() -> None:
    """In time is permitted, late is prohibited, an unknown time needs information."""
    cases = triple(frame("Employees must report"), Pivot.DEADLINE, -1, random.Random(0))
    assert [cases[verdict].deadline for verdict in Verdict] == [True, False, None]
    assert all(case.act == Act.DONE for case in cases.values())


def test_the_first_round_turns_on_a_fact_where_there_is_one() -> None:
    """A bare do-or-do-not comes last."""
    assert choose_pivot(frame("Employees may take"), 0, random.Random(0))[0] == Pivot.FACT
    assert pivots(frame("Employees must not pay"))[0][0] == Pivot.ACT
    assert frame('"Gift"').modality == Modality.DEFINITION
