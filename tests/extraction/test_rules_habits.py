"""House rules in the plain present tense: where they rule, where they only tell."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_rules
from tests.extraction.policy_text import policy

_RULES = """
1. Guests must sign the book.

2. Dogs may not enter the kitchen.

3. The warden must lock the door at ten.

4. Members may use the boats.

5. Children must wear a life jacket.

6. Fires must not be lit on the beach.
"""
_TERMS = """
1. You must pay the fee.

2. You may not copy the songs.

3. We may close your account.

4. You may ask us for a refund.

5. You must tell us your age.

6. We will send you a bill.
"""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Towels are changed once a week.", ("obligation", "", "change", "Towels")),
        ("The minutes are kept for ten years.", ("obligation", "", "keep", "minutes")),
        ("Late returns are charged 2 euros a day.", ("obligation", "", "charge", "Late returns")),
        ("The bins are emptied by the caretaker.", ("obligation", "caretaker", "empty", "bins")),
        ("The treasurer alone decides on refunds.", ("obligation", "treasurer", "decide on", "refunds")),
        ("Each member cleans the boat after use.", ("obligation", "member", "clean", "boat")),
        ("Members wear their badge at all times.", ("obligation", "Members", "wear", "their badge")),
        ("When a storm is near, the warden closes the pier.", ("obligation", "warden", "close", "pier")),
        ("Bookings are made through the porter.", ("obligation", "", "make", "Bookings")),
        ("Claims for damage are made on the blue form.", ("obligation", "", "make", "Claims for damage")),
        ("A guest carries the key back before noon.", ("obligation", "guest", "carry", "key")),
        ("No boat leaves the pier without a skipper.", ("prohibition", "boat", "leave", "pier")),
    ],
)
def test_the_present_tense_rules_in_a_house(
    analyser: Analyser, sentence: str, expected: tuple[str, str, str, str]
) -> None:
    """Among house rules, a passive with a time, a role that decides and "no N without M" lay something down."""
    rules, _ = extract_rules(policy(f"# House rules\n{_RULES}\n7. {sentence}\n"), analyser)
    found = [rule for rule in rules if rule.text == sentence]
    assert [(rule.modality.value, rule.actor, rule.action, rule.object) for rule in found] == [expected]
    assert all(rule.confidence <= 0.6 for rule in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The house was built by a doctor in 1912.",
        "The garden is admired by every visitor.",
        "Towels are usually changed once a week.",
        "A neighbour sends us a cake every year.",
        "The lake freezes every winter.",
        "The members meet every Friday.",
        "The warden lends us his name for ten years.",
        "Guests come from six countries every summer.",
        "No exception exists unless the warden has made one.",
    ],
)
def test_descriptions_stay_descriptions(analyser: Analyser, sentence: str) -> None:
    """What happens, was done or is usual binds nobody, even among rules."""
    rules, _ = extract_rules(policy(f"# House rules\n{_RULES}\n7. {sentence}\n"), analyser)
    assert [rule.text for rule in rules if rule.text == sentence] == []


def test_the_present_tense_tells_elsewhere(analyser: Analyser) -> None:
    """In terms that speak of "you" and "us", the same sentence describes a service."""
    rules, _ = extract_rules(policy(f"# Terms\n{_TERMS}\n7. Songs are deleted after ten days.\n"), analyser)
    assert not [rule for rule in rules if rule.action == "delete"]


def test_a_handbook_may_speak_to_its_reader(analyser: Analyser) -> None:
    """Where most rules name roles and none what "we" do, a few sentences with "you" make no terms of service."""
    told = "\n".join(
        f"{number}. You may bring a {thing}.\n" for number, thing in ((7, "tent"), (8, "dog"), (9, "friend"))
    )
    rules, _ = extract_rules(policy(f"# Handbook\n{_RULES}\n{told}\n10. Towels are changed once a week.\n"), analyser)
    assert [rule.object for rule in rules if rule.action == "change"] == ["Towels"]
