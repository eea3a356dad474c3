"""Acts under "may not engage in activities including", rights named again, approvals as a limit, in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("lead", "item", "expected"),
    [
        (
            "Members may not engage in activities including but not limited to:",
            "Selling tickets, collecting money, or handing out leaflets",
            ["Members | sell | tickets", "Members | collect | money", "Members | hand out | leaflets"],
        ),
        (
            "Volunteers must not take part in any of the following:",
            "Copying, linking to, or otherwise sharing or selling files",
            ["copy | files", "link to | files", "share | files", "sell | files"],
        ),
        (
            "Members may not engage in the following:",
            "Mocking, teasing, or instructing in the bullying of guests",
            ["mock | bullying of guests", "tease | bullying of guests", "instruct in | bullying of guests"],
        ),
        ("Members may not engage in the following:", "Harassment of guests", ["engage in | Harassment of guests"]),
    ],
)
def test_an_act_under_a_ban_is_forbidden_itself(lead: str, item: str, expected: list[str], analyser: Analyser) -> None:
    """Each gerund gives its verb; a noun stays what nobody may engage in."""
    rules = read(item, lead, analyser)
    assert [rule.endswith(end) for rule, end in zip(rules, expected, strict=True)] == [True] * len(expected)
    assert all(rule.startswith("prohibition") for rule in rules)


def test_a_right_named_again_is_a_right_of_its_own(analyser: Analyser) -> None:
    """A pronoun never stands for the right to do something with it."""
    assert read("You have the right to see your file, the right to correct it and the right to delete it.", "", analyser) == [
        "permission | You | see | your file",
        "permission | You | correct | your file",
        "permission | You | delete | your file",
    ]  # fmt: skip
    assert len(read("Members have the right to speak and the right to vote.", "", analyser)) == 2


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Subject to the approval of the board, members may sublet a berth.", "Subject to the approval of the board"),
        ("Members may sublet a berth, subject to the consent of the board.", "subject to the consent of the board"),
        ("Subject to section 4, members may sublet a berth.", ""),
    ],
)
def test_an_approval_limits_and_a_reference_does_not(sentence: str, condition: str, analyser: Analyser) -> None:
    """The words "subject to" open a condition before an approval alone."""
    assert [frame.condition for frame in extract_frames(sentence, "", analyser)] == [condition]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Decisions about leave are taken by the board.", ["obligation | board | take | Decisions about leave"]),
        ("The request for a berth is made by the tenant.", []),
    ],
)
def test_what_is_decided_by_whom(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """A decision has its office; that somebody asks for something only tells."""
    assert read(sentence, "", analyser) == expected
