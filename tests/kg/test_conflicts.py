"""Conflicts between rules."""

import dataclasses

import pytest

from kg.conflicts import find_conflicts
from kg.conflicts_kinds import Kinds
from kg.conflicts_terms import actors, compare, things
from kg.model import Modality, Ontology, Rule
from tests.kg.gift_policy import POLICY, rule

MUST_NOT = rule("a", "1.1", Modality.PROHIBITION, "employee | accept | gift", "")


def found(*rules: Rule) -> list[tuple[str, str]]:
    """Kind and what prevails of each conflict among ``rules``."""
    policy = dataclasses.replace(POLICY, rules=rules, rule_concepts=())
    return [(conflict.kind, conflict.prevails) for conflict in find_conflicts(policy)]


@pytest.mark.parametrize(("modality", "frame", "expected"), [
    (Modality.PERMISSION, "employee | accept | gift", ("contradiction", "")),
    (Modality.OBLIGATION, "employees | accept | gifts", ("contradiction", "")),
    (Modality.PERMISSION, "employee | accept | gift | if the manager agrees", ("exception", "b")),
    (Modality.PERMISSION, "employee | accept | promotional gift", ("exception", "b")),
    (Modality.PERMISSION, "director | accept | gift", ("exception", "b")),
    (Modality.PERMISSION, "employee | accept | watch", ("exception", "b")),
])  # fmt: skip
def test_opposing_rules_are_found(modality: Modality, frame: str, expected: tuple[str, str]) -> None:
    """The same act forbidden and allowed; the more specific rule prevails."""
    assert found(MUST_NOT, rule("b", "1.2", modality, frame, "")) == [expected]


@pytest.mark.parametrize(("modality", "frame"), [
    (Modality.PROHIBITION, "employee | accept | gift"),
    (Modality.PERMISSION, "employee | record | gift"),
    (Modality.PERMISSION, "employee | accept | meal"),
    (Modality.OBLIGATION, "employee | not accept | gift"),
    (Modality.DEFINITION, "gift | accept | gift"),
])  # fmt: skip
def test_rules_that_agree_or_speak_of_other_things_are_none(modality: Modality, frame: str) -> None:
    """Another act, object or the same stance is no conflict."""
    assert found(MUST_NOT, rule("b", "1.2", modality, frame, "")) == []


def test_what_a_thing_is_for_says_which_thing_it_is() -> None:
    """A fee for speaking is no recruitment fee; a fee for parking is a parking fee."""
    speaking, recruiting = things("fee for speaking about our goods"), things("recruitment fees")
    assert compare(speaking[0], recruiting[0], Kinds({})) == (0.0, 0)
    assert things("fee for parking") == things("parking fee")


def test_different_conditions_part_the_cases() -> None:
    """Forbidden during a tender and allowed at a birthday do not meet."""
    one = rule("a", "1.1", Modality.PROHIBITION, "employee | accept | gift | during a tender", "")
    other = rule("b", "1.2", Modality.PERMISSION, "employee | accept | gift | on a birthday", "")
    assert found(one, other) == []


def test_what_is_required_and_excused_conflicts() -> None:
    """Must report against need not report."""
    must = rule("a", "1.1", Modality.OBLIGATION, "employee | report | gift", "")
    excused = rule("b", "1.2", Modality.PERMISSION, "employee | not report | gift", "")
    assert found(must, excused) == [("contradiction", "")]


def test_a_superseded_rule_gives_way() -> None:
    """The later rule prevails."""
    old = dataclasses.replace(MUST_NOT, superseded=True)
    assert found(old, rule("b", "1.2", Modality.PERMISSION, "employee | accept | gift", "")) == [("supersedes", "b")]


def test_one_limit_set_twice_is_found() -> None:
    """Two values for one quantity, and nobody knows which holds."""
    first, second = (
        rule(
            id_, clause, Modality.OBLIGATION, "employee | record | gift", f"Employees must record gifts above {limit}."
        )
        for id_, clause, limit in (("a", "1.1", "USD 50"), ("b", "1.2", "USD 75"))
    )
    assert found(first, second) == [("limit", "")]
    assert found(dataclasses.replace(first, authority="board"), second) == []


def test_the_order_of_the_rules_does_not_matter() -> None:
    """The same conflicts with the same ids either way."""
    other = rule("b", "1.2", Modality.PERMISSION, "employee | accept | gift", "")
    ids = [
        [conflict.id for conflict in find_conflicts(Ontology(rules=rules))]
        for rules in ((MUST_NOT, other), (other, MUST_NOT))
    ]
    assert ids[0] == ids[1] != []


def test_one_among_the_same_actors_is_the_narrower() -> None:
    """Who is on leave is excused from what every employee has to do, and not the other way round."""
    assert actors("employee", "employee on leave for more than 8 weeks", Kinds({})) == (1.0, 1)
    assert actors("employee on leave", "employee", Kinds({})) == (1.0, -1)
    assert actors("employee", "employee", Kinds({})) == (1.0, 0)
