"""A second reading where the first gave nothing, and forms of words that gave nothing before."""

import pytest

from extraction.nlp import Analyser
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "If the club refuses the request, in whole or in part, it must give the member a written reason.",
            ["obligation | club | give | written reason | If the club refuses the request"],
        ),
        (
            "If you have read the rules and still have doubts about whether or not a boat should be reported, we recommend asking the club.",
            [
                "recommendation |  | ask | club | If you have read the rules and still have doubts about whether or not a boat should be reported"
            ],
        ),
        (
            "By derogation from rule 7, where a complaint is dismissed, the board shall adopt the decision and send it to the member.",
            [
                "obligation | board | adopt | decision | where a complaint is dismissed",
                "obligation | board | send | decision | where a complaint is dismissed",
            ],
        ),
        (
            "Where a club has closed a berth under rule 1 and finds that a final ban need urgently be adopted, it may request an opinion.",
            [
                "permission | club | request | opinion | Where a club has closed a berth under rule 1 and finds that a final ban need urgently be adopted"
            ],
        ),
        (
            "The board shall, where a club fails to pay, in particular after a reminder, to the extent needed, suspend, fine or expel it.",
            None,
        ),
    ],
)
def test_a_main_clause_is_read_without_what_opens_the_sentence(
    sentence: str, expected: list[str] | None, analyser: Analyser
) -> None:
    """The condition is put back in its own words; the verbs of the main clause are all read."""
    found = read(sentence, "", analyser)
    if expected is None:
        assert [frame.split(" | ")[2] for frame in found] == ["suspend", "fine", "expel"]
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We recommend wearing a helmet.", ["recommendation |  | wear | helmet"]),
        ("We encourage members who have had boats damaged to consult with a lawyer.", ["recommendation | members | consult with | lawyer"]),
        ("The club will protect the contents of the lockers.", ["obligation | club | protect | contents of the lockers"]),
        ("The club will continue to treat your letters as confidential.", ["obligation | club | treat"]),
        ("Lakeside's Standards of Conduct prohibit reckless and drunken sailing.", ["prohibition |  | prohibit"]),
        ("Such races should be subject to a medical check.", ["recommendation | Such races | be subject to | medical check"]),
        ("You can change your berth at any time.", ["permission | You | change | your berth"]),
        ("Decisions shall not be based on rumours.", ["prohibition |  | base | Decisions"]),
        ("The new scale shall be applied to all boats.", ["obligation |  | apply | new scale"]),
        ("Continued use of a berth shall constitute acceptance of the fee.", ["definition | Continued use of a berth | constitute"]),
        (
            "The club shall keep a log but is not required to print copies.",
            ["obligation | club | keep | log", "permission | club | not print | copies"],
        ),
        (
            "The officers should act with integrity, refrain from gambling and should not smoke cigars.",
            ["recommendation | officers | act with", "recommendation | officers | refrain from | gambling", "recommendation | officers | not smoke"],
        ),
        (
            "Members may not, directly or indirectly, by operation of law or otherwise, sell a berth.",
            ["prohibition | Members | sell | berth"],
        ),
    ],
)  # fmt: skip
def test_forms_that_gave_nothing_before(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """Each part that is told in the expectation stands in the frame, in order."""
    found = read(sentence, "", analyser)
    assert len(found) == len(expected), found
    for frame, parts in zip(found, expected, strict=True):
        assert all(part.lower() in frame.lower() for part in parts.split(" | ")), frame


@pytest.mark.parametrize(
    "sentence",
    [
        "This will tell them what they need to do.",
        "We give you the links so that you can ask for whatever changes you think should be made.",
        "The need to act fast may justify more time for the crew.",
        "Bad weather may impede the work of the crew.",
    ],
)
def test_what_lays_nothing_down_gives_nothing(sentence: str, analyser: Analyser) -> None:
    """What is told of, thought, or may come about binds nobody."""
    assert not [frame for frame in read(sentence, "", analyser) if frame.startswith(("obligation", "recommendation"))]
    assert not [frame for frame in read(sentence, "", analyser) if "justify" in frame or "impede" in frame]


def test_an_open_list_says_what_counts(analyser: Analyser) -> None:
    """An item under "include, but are not limited to:" is one of them."""
    assert read("knots and flags;", "Such skills include, but are not limited to:", analyser) == [
        "definition | Such skills | include | knots and flags"
    ]


def test_what_a_thing_is_used_for_is_no_second_act(analyser: Analyser) -> None:
    """The last verb of a purpose that lists three."""
    found = read("We may use the readings collected in the harbour to run, test, and improve our boats.", "", analyser)
    assert [frame.split(" | ")[2] for frame in found] == ["use"]
