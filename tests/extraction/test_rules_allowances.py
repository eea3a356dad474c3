"""House rules in plain predicates: what is allowed, welcome, off limits, reserved; who may be where, who must leave when."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames, extract_rules
from tests.extraction.policy_text import policy

PER, PRO, OBL = "permission", "prohibition", "obligation"


@pytest.mark.parametrize(
    ("sentence", "frame"),
    [
        ("Dogs are allowed in the garden.", (PER, "", "allow", "Dogs", "in the garden")),
        ("Bonfires are allowed on 5 November.", (PER, "", "allow", "Bonfires", "on 5 November")),
        ("Smoking is permitted only in the yard.", (PER, "", "permit", "Smoking", "only in the yard")),
        ("Dogs are only allowed on a lead.", (PER, "", "allow", "Dogs", "only on a lead")),
        ("Neither food nor drink is allowed in the library.", (PRO, "", "allow", "food or drink", "in the library")),
        ("Swimming after dark is not permitted.", (PRO, "", "permit", "Swimming", "after dark")),
        ("Dogs are welcome in the garden.", (PER, "", "allow", "Dogs", "in the garden")),
        ("Pets are not welcome.", (PRO, "", "allow", "Pets", "")),
        ("The sauna is off limits to anyone under 16.", (PRO, "", "allow", "sauna", "to anyone under 16")),
        ("The yard is out of bounds for pupils.", (PRO, "", "allow", "yard", "for pupils")),
        ("The lift is reserved for disabled visitors.", (PER, "", "allow", "lift", "only for disabled visitors")),
        ("Use of the pool is restricted to members.", (PER, "", "allow", "Use of the pool", "only to members")),
        ("The hall is closed to the public on Mondays.", (PRO, "", "allow", "hall", "to the public on Mondays")),
        ("Gloves are optional.", (PER, "", "not require", "Gloves", "")),
        ("Members are entitled to a refund.", (PER, "Members", "be entitled to", "refund", "")),
        ("No more than two visitors may be at a bed.", (PRO, "more than two visitors", "be", "at a bed", "")),
        ("There may be no more than four people in the lift.", (PRO, "", "be", "more than four people", "in the lift")),
        ("Pupils may be in the hall at lunch time.", (PER, "Pupils", "be", "in the hall at lunch time", "")),
        ("Guests may only come in on Saturdays.", (PER, "Guests", "come in", "", "only on Saturdays")),
        ("At most two bottles may be taken home.", (PER, "", "take", "At most two bottles", "")),
    ],
)
def test_a_plain_predicate_is_a_rule(analyser: Analyser, sentence: str, frame: tuple[str, ...]) -> None:
    """What allows or bars a thing names no act: its action is to allow, and whom it is for stands in its condition."""
    (found,) = extract_frames(sentence, "", analyser)
    assert (found.modality.value, found.actor, found.action, found.object, found.condition) == frame


@pytest.mark.parametrize(
    "sentence",
    [
        "Your comments are welcome.",
        "As permitted by law, the file is kept.",
        "The transfer is permitted by section 4.",
        "This is fine.",
        "I am fine with the change.",
        "Employees may be at risk in the lab.",
        "Members may be in a position to help.",
        "Customers may come to believe the claim.",
        "There may be no doubt about it.",
        "Nobody is asked to sleep beside a motorway.",
        "All contracts are voluntary agreements.",
        "The sale is limited to London.",
    ],
)
def test_what_only_tells_is_none(analyser: Analyser, sentence: str) -> None:
    """Thanks, cross-references, guesses and figures of speech bind and permit nobody."""
    assert extract_frames(sentence, "", analyser) == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Parents must leave at 8 pm.", ("Parents", "leave", "at 8 pm")),
        ("Shoes must stay outside.", ("Shoes", "stay", "outside")),
        ("It is not permitted to park here.", ("", "park", "here")),
        ("Cars may park here overnight.", ("Cars", "park", "here overnight")),
    ],
)
def test_a_place_or_a_time_makes_a_verb_of_staying_whole(
    analyser: Analyser, sentence: str, told: tuple[str, str, str]
) -> None:
    """To leave at eight is a duty that can be followed; what the verb lacks stands in its object."""
    rules, rejected = extract_rules(policy(sentence), analyser)
    assert [(rule.actor, rule.action, rule.object) for rule in rules] == [told]
    assert rejected == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Retaliation is prohibited by the Act.", [("", "prohibit", "Retaliation")]),
        (
            "This licence may not be assigned or transferred by the user.",
            [("user", "assign", "This licence"), ("user", "transfer", "This licence")],
        ),
        ("You will defend and hold us harmless.", [("You", "defend", "us"), ("You", "hold", "us harmless")]),
        ("Panels must have at least two members.", [("Panels", "have", "at least two members")]),
        ("The case may require a longer period.", []),
        (
            "Cameras must be kept in the lockers, and photography is prohibited in the hall.",
            [("", "keep", "Cameras"), ("", "prohibit", "photography")],
        ),
    ],
)
def test_who_acts_on_what(analyser: Analyser, sentence: str, told: list[tuple[str, str, str]]) -> None:
    """No law acts; verbs in a series share who acts, but not the state of one verb's object; a case guesses."""
    assert [(frame.actor, frame.action, frame.object) for frame in extract_frames(sentence, "", analyser)] == told
