"""Telling a case: what is left out, spans of time, one thing of a list, and words that no verdict owns."""

import random
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.cast import agent_for, draw
from generation.facts import Fact
from generation.facts_told import tell, unsaid_approval
from generation.frames import substituted
from generation.framing import frame_of
from generation.grammar import sentence
from generation.hearsay import hearsay
from generation.leaving_out import left_out
from generation.quantities import Quantity
from generation.scenarios import write_triple
from generation.situations import Act
from generation.spans import elapsed
from generation.telling import affirmed, one_of_list, without_going_without
from generation.twins_act import _extended
from kg.grounding import Outcome, ground
from kg.model import Modality, Threshold, Verdict
from kg.quantities import in_base, quantities
from tests.generation.fixtures import policy

ONTOLOGY = policy()


@given(
    st.sampled_from([(24.0, "hour"), (1.0, "working day"), (10.0, "day"), (30.0, "day"), (90.0, "day")]),
    st.booleans(),
    st.integers(0, 10_000),
)
def test_a_span_lies_on_the_asked_side_whatever_its_unit(limit: tuple[float, str], holds: bool, seed: int) -> None:
    """Read back as the graph reads it, the span is within the limit exactly when it is asked to be."""
    quantity = Quantity(Threshold("<=", limit[0], limit[1], f"within {limit[0]:g} {limit[1]}s"), "", "deadline")
    told = quantities(f"{elapsed(quantity, holds=holds, rng=random.Random(seed))} later")[0]
    assert told.dimension == "time"
    assert (told.value <= in_base(*limit)[0]) == holds


def test_late_and_in_time_share_their_units() -> None:
    """A limit of ten days is met and missed in days and in weeks."""
    quantity = Quantity(Threshold("<=", 10, "day", "within 10 days"), "", "deadline")
    units = {
        holds: {
            elapsed(quantity, holds=holds, rng=random.Random(seed)).split()[1].removesuffix("s") for seed in range(80)
        }
        for holds in (True, False)
    }
    assert "day" in units[True] & units[False]
    assert "week" in units[False]


def test_what_decides_is_left_out_and_the_rest_can_be_told() -> None:
    """A place after the object goes, the object of a whole act becomes something, and no part of it is invented."""
    for rule in ONTOLOGY.rules:
        frame = frame_of(rule, ONTOLOGY)
        short = left_out(frame)
        if short:
            assert short != frame.act
            assert set(short.split()) - set(frame.act.split()) <= {"a", "an", "something", "somebody"}


@pytest.mark.parametrize(
    ("act", "fitting"),
    [
        ("bypass a guard, an interlock or an alarm", {"bypass a guard", "bypass an interlock", "bypass an alarm"}),
        ("discuss prices in trains, lifts or restaurants", {"discuss prices in trains", "discuss prices in lifts", "discuss prices in restaurants"}),
        ("accept a gift that is cash or worth much", {"accept a gift that is cash or worth much"}),
        ("report an accident", {"report an accident"}),
    ],
)  # fmt: skip
def test_one_thing_of_a_list_is_told(act: str, fitting: set[str]) -> None:
    """Any of the things, and nothing where the list stands in a relative clause."""
    assert {one_of_list(act, 1, random.Random(seed)) for seed in range(40)} == fitting


def test_what_was_done_is_told_as_done() -> None:
    """Something for anything; "in any form" stays; "went without" becomes "did not"."""
    assert affirmed("accept anything of value") == "accept something of value"
    assert affirmed("tolerate bribery in any form") == "tolerate bribery in any form"
    assert affirmed("enter a text into any tool") == "enter a text into a tool"
    assert without_going_without("Ana went without disclosing it.") == "Ana did not disclose it."
    assert without_going_without("Ana wants to go without disclosing it.") == "Ana does not want to disclose it."
    assert without_going_without("I am going to go without having proof.") == "I am not going to have proof."


@pytest.mark.parametrize("past", [True, False])
def test_an_open_approval_says_neither_yes_nor_no(past: bool) -> None:
    """What is said of it leaves it open for the graph's check too, and what its twins say settles it."""
    cast = draw(agent_for("", random.Random(1), first_person=False), random.Random(2))
    rule = next(rule for rule in ONTOLOGY.rules if rule.authority)
    giver = f"the {rule.authority}"
    fact = Fact("condition", "approval", "only with", f"the approval of {giver}", authority=giver)

    def outcome(told: str) -> Outcome:
        checks = [check for held in ground(sentence(told), rule.text, (rule,)) for check in held.checks]
        return next(check.outcome for check in checks if check.point == "approval")

    for seed in range(120):
        given, refused = (
            tell(fact, holds=holds, past=past, cast=cast, rng=random.Random(seed)) for holds in (True, False)
        )
        assert (outcome(given), outcome(refused)) == (Outcome.YES, Outcome.NO), (given, refused)
        for unclear in (True, False):
            told = unsaid_approval(fact, past=past, doubted=unclear, cast=cast, rng=random.Random(seed))
            assert outcome(told) == Outcome.OPEN, told


def _outcomes(seed: int, *, against: bool, quoted: bool = False, named: bool = True) -> tuple[list[str], list[str]]:
    """The leads and the outcomes of the three twins: breach, no breach, open."""
    breach, none = (Act.DONE, Act.OMITTED) if against else (Act.OMITTED, Act.DONE)
    told = [
        hearsay(act, random.Random(seed), against=against, quoted=quoted, named=named)
        for act in (breach, none, Act.UNKNOWN)
    ]
    return [one.lead for one in told], [one.outcome for one in told]


@given(st.integers(0, 10_000), st.booleans(), st.booleans(), st.booleans())
def test_word_against_word_is_told_in_the_same_pairs_of_words(
    seed: int, against: bool, quoted: bool, named: bool
) -> None:
    """Whom the evidence bears out is a matter of names alone: neither words nor pairs of words give a twin away."""
    leads, told = _outcomes(seed, against=against, quoted=quoted, named=named)
    assert len(set(leads)) == 1
    accused = "{a}" if named else "{other}"
    pairs = [sorted(pairwise(re.sub(r"\{(?:a|other|colleague)\}", "NAME", one).split())) for one in told]
    assert pairs[0] == pairs[1] == pairs[2]
    evidence = [re.findall(r"\{\w+\}", one.split(". ", 1)[1]) for one in told]
    assert evidence[0] == ["{colleague}"] * 2
    assert evidence[1] == [accused] * 2
    assert sorted(evidence[2]) == sorted(["{colleague}", accused])


@given(st.integers(0, 10_000), st.booleans())
def test_what_is_reported_is_a_breach(seed: int, against: bool) -> None:
    """Nobody reports that somebody did what the rules ask for, or left undone what they forbid."""
    lead = _outcomes(seed, against=against)[0][0]
    assert ("did not" in lead) != against
    assert "this rule" not in lead
    assert re.search(r"\{A\} (?:broke|went against) this rule", _outcomes(seed, against=against, quoted=True)[0][0])


def test_a_hotline_report_quotes_no_policy() -> None:
    """Who calls the hotline tells what he saw."""
    rule = replace(
        policy().rules[0], text="Nobody may take it.", object="it", action="take", condition="", exception=""
    )
    frame = replace(frame_of(rule, policy()), quote="Nobody may take it", facts=(), limit=None, deadline=None)
    for seed in range(60):
        for case in write_triple(frame, 0, random.Random(seed)).values():
            assert "Hotline report" not in case.question


def test_word_reaches_a_desk_in_more_ways_than_somebody_says_so() -> None:
    """A chat, a hotline, an e-mail, a talk over lunch."""
    leads = " ".join(hearsay(Act.DONE, random.Random(seed), against=True).lead for seed in range(400))
    assert all(words in leads for words in ("according to {colleague}, ", "team chat", "hotline", "e-mail", "lunch"))


def test_who_acts_is_named_again_behind_the_name_of_another() -> None:
    """Somebody was given a false date; "an e-mail from Jo says that he forwarded it" would leave open who did."""
    ontology = policy()
    rule = replace(
        ontology.rules[0], text="If an employee is given a false date, the employee must not forward the letter.",
        modality=Modality.PROHIBITION, actor="the employee", action="forward", object="the letter",
        condition="If an employee is given a false date", exception="", authority="", thresholds=(),
    )  # fmt: skip
    frame = frame_of(rule, ontology)
    told = [case.question for seed in range(60) for case in write_triple(frame, seed, random.Random(seed)).values()]
    heard = (
        r"(?:from|[Aa]ccording to|(?<=\. )|chat|lunch) [A-Z]\w+(?: \w+){0,2},? (?:that )?(?:he|she) (?:did|forwarded)"
    )
    assert any("was given a false date" in text and "e-mail from" in text for text in told)
    assert not [text for text in told if re.search(heard, text)]


def test_what_is_extended_is_told_by_its_end() -> None:
    """A reader stopped at "extended a shift of 13 hours", which would be longer after that."""
    assert _extended("extend a shift of 13 hours") == "extend a shift to 13 hours"
    assert _extended("work a shift of 13 hours") == "work a shift of 13 hours"


def test_a_relative_is_somebodys() -> None:
    """Such as "promoted a mother", which leaves open whose; "their" becomes the possessive of whoever acts."""
    ontology = policy()
    rule = replace(
        ontology.rules[0], text="Employees must not promote a family member.", modality=Modality.PROHIBITION, actor="employees",
        action="promote", object="family member", condition="", exception="", authority="", thresholds=(),
    )  # fmt: skip
    frame = substituted(frame_of(rule, ontology), "family member", "mother")
    assert frame.act == "promote their mother"
    assert substituted(frame_of(rule, ontology), "family member", "colleague").act == "promote a colleague"


def test_whoever_stands_for_directors_has_no_other_job() -> None:
    """A quoted rule for directors is not broken by a lab technician."""
    ontology = policy()
    rule = replace(
        ontology.rules[0], text="Directors and finance staff must not trade in shares.", modality=Modality.PROHIBITION,
        actor="Directors and finance staff", action="trade in", object="shares", condition="", exception="", authority="", thresholds=(),
    )  # fmt: skip
    frame = replace(frame_of(rule, ontology), quote=rule.text, facts=(), limit=None, deadline=None)
    for seed in range(40):
        told = write_triple(frame, 0, random.Random(seed))[Verdict.PERMITTED].question
        assert not re.search(r"[A-Z]\w+, an? \w+", told), told
