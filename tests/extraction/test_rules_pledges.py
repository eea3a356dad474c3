"""What somebody takes upon himself, and what he lets be, retold in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You agree to the yearly fee.", "obligation | You | agree to | yearly fee"),
        (
            "Each party submits to the jurisdiction of the courts of Bergen.",
            "obligation | party | submit to | jurisdiction of the courts of Bergen",
        ),
        ("We commit to answering letters within ten days.", "obligation | We | answer | letters"),
        ("Carrier warrants that it will repair the crane.", "obligation | Carrier | repair | crane"),
        (
            "Carrier represents and warrants that it will repair the crane.",
            "obligation | Carrier | repair | crane",
        ),
        ("We will take measures to protect the well.", "obligation | We | take | measures to protect the well"),
        ("The deliveries will comply with the port rules.", "obligation | deliveries | comply with | port rules"),
    ],
)
def test_a_pledge_is_a_duty(sentence: str, expected: str, analyser: Analyser) -> None:
    """A present tense that binds its speaker, and "will" where somebody must see to it."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    "sentence", ["The repair will take time.", "We will take two days.", "They agree in principle."]
)
def test_a_forecast_is_none(sentence: str, analyser: Analyser) -> None:
    """Neither what takes time nor an opinion binds anybody."""
    assert read(sentence, "", analyser) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We do not prohibit dogs.", "permission |  | not prohibit | dogs"),
        ("The council shall have all of the following powers:", "permission | council | have | following powers"),
        (
            "The council may, under the harbour act, issue licences.",
            "permission | council | issue | licences",
        ),
        (
            "Coded samples should be considered to be medical records.",
            "definition | Coded samples | consider | medical records",
        ),
        ("This exemption includes school trips.", "definition | This exemption | include | school trips"),
    ],
)
def test_powers_and_definitions(sentence: str, expected: str, analyser: Analyser) -> None:
    """What is let be, what somebody is empowered to, and what counts as what."""
    assert read(sentence, "", analyser) == [expected]


def test_a_participle_with_its_agent_is_a_passive(analyser: Analyser) -> None:
    """The parser takes "satisfied" for an adjective; who does it stands behind "by"."""
    told = read("The condition may be satisfied by a letter or by a form.", "", analyser)
    assert told == ["permission |  | satisfy | condition | by a letter or by a form"]
