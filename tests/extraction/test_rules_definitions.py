"""Definitions by class and difference, and verbs joined behind an insertion, in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A day guest is a person who leaves before dusk.", "definition | day guest | be | person who leaves before dusk"),
        ("A short trip is a journey of less than ten hours.", "definition | short trip | be | journey of less than ten hours"),
        ("Slander is any conduct that disturbs a speaker.", "definition | Slander | be | conduct that disturbs a speaker"),
        ("In this policy, a cousin is a relative.", "definition | cousin | be | relative"),
        ('By "guest" we mean a person who stays overnight.', 'definition | "guest" | mean | person who stays overnight'),
        ("A guest is defined as a person who stays overnight.", "definition | guest | define as | person who stays overnight"),
        (
            "These Mooring Terms are a legal agreement between you and the club.",
            "definition | These Mooring Terms | be | legal agreement between you and the club",
        ),
    ],
)  # fmt: skip
def test_a_kind_is_defined_by_its_class_and_what_sets_it_apart(
    sentence: str, expected: str, analyser: Analyser
) -> None:
    """Told at large, for the text at hand, or in so many words."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "A gift is a good way to say thanks.",
        "The club is a charity that looks after boats.",
        "A password is often a secret that people forget.",
        "A member is a friend of the house.",
        "In this case, a member is a guest.",
        "A gala is an opportunity that nobody should miss.",
    ],
)
def test_praise_and_description_define_nothing(sentence: str, analyser: Analyser) -> None:
    """One thing, a class that only praises, what is often so, and a case."""
    assert read(sentence, "", analyser) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The secretary must, before signing, review and, where needed, amend the minutes.", ["review", "amend"]),
        ("The office must keep a list and, where appropriate, publish it.", ["keep", "publish"]),
        ("The warden may inspect and, after a warning, remove boats.", ["inspect", "remove"]),
        ("The office may, on request, issue or renew a pass.", ["issue", "renew"]),
        ("The board may ask whether the boat leaks and, if so, sell it.", ["ask", "sell"]),
    ],
)
def test_a_verb_behind_an_insertion_keeps_its_modal(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """Both verbs are bound, with one modality, whatever stands between commas."""
    told = [rule.split(" | ") for rule in read(sentence, "", analyser)]
    assert [rule[2] for rule in told] == expected
    assert len({(rule[0], rule[1]) for rule in told}) == 1
