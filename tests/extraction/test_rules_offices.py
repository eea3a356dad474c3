"""What offices do in the plain present and whose task something is, without a deontic verb, in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Sails above 500 euros are approved by the treasurer.",
            "obligation | treasurer | approve | Sails above 500 euros",
        ),
        ("The cost of the mooring is met by the tenant.", "obligation | tenant | meet | cost of the mooring"),
        ("The firm covers the cost of eye tests.", "obligation | firm | cover | cost of eye tests"),
        ("Mooring fees are not reimbursed.", "prohibition |  | reimburse | Mooring fees"),
        (
            "Ferry tickets are only reimbursed if a receipt is handed in.",
            "permission |  | reimburse | Ferry tickets | only if a receipt is handed in",
        ),
        ("We answer letters within two weeks.", "obligation | We | answer | letters"),
        ("The workshop replies to enquiries within ten days.", "obligation | workshop | reply to | enquiries"),
        (
            "The fee is waived for children under six.",
            "permission |  | waive | fee | for children under six",
        ),
    ],
)
def test_an_office_binds_by_what_it_does(sentence: str, expected: str, analyser: Analyser) -> None:
    """An approval by somebody named, a cost with who bears it, a refund, an answer with its deadline."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Last year the costs were met by the club.",
        "Some customers pay the fee by card.",
        "The plan has been approved by the council.",
        "We answer letters with pleasure.",
        "The crew pays attention to the weather.",
        "Costs are influenced by the visitors.",
    ],
)
def test_what_only_tells_is_no_rule(sentence: str, analyser: Analyser) -> None:
    """The past, what some people do, and acts without a deadline."""
    assert read(sentence, "", analyser) == []


def test_an_answer_in_the_present_is_less_sure(analyser: Analyser) -> None:
    """The label tells that no deontic word stood there."""
    assert [frame.label for frame in extract_frames("We answer letters within two weeks.", "", analyser)] == ["office"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is up to the warden to close the gate.", "obligation | warden | close | gate"),
        ("It is up to the warden to decide who enters.", "permission | warden | decide | who enters"),
        ("It is for the warden of the hall to check the lamps.", "obligation | warden of the hall | check | lamps"),
        ("Responsibility for locking the hall lies with the porter.", "obligation | porter | lock | hall"),
        ("The porter has responsibility for locking the hall.", "obligation | porter | lock | hall"),
        ("The duty of the cook is to check the fridge.", "obligation | cook | check | fridge"),
    ],
)
def test_whose_task_it_is(sentence: str, expected: str, analyser: Analyser) -> None:
    """A noun of duty with its owner, wherever it stands."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Members bear no responsibility for cleaning the hall.",
        "It is for sale to members.",
        "The fun is up to the crew.",
    ],
)
def test_a_denied_or_missing_task_binds_nobody(sentence: str, analyser: Analyser) -> None:
    """No duty is read where it is denied or none is named."""
    assert read(sentence, "", analyser) == []


def test_each_gerund_of_a_series_is_a_rule(analyser: Analyser) -> None:
    """With or without the preposition said again; a participle on a noun is none."""
    series = "The cook is responsible for ordering food, storing it safely and for keeping a list."
    assert read(series, "", analyser) == [
        "obligation | cook | order | food",
        "obligation | cook | store | food",
        "obligation | cook | keep | list",
    ]
    one = "The auditor is responsible for checking the books of all clubs receiving and spending grants."
    assert len(read(one, "", analyser)) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The yard manager may authorise overtime.", "permission | yard manager | authorise | overtime"),
        ("The yard manager may not authorise overtime.", "prohibition | yard manager | authorise | overtime"),
        ("A receipt is unnecessary for small sums.", "permission |  | not require | receipt | for small sums"),
        ("It is unnecessary to fill in the form.", "permission |  | not fill in | form"),
        ("It is enough to tell the porter.", "permission |  | tell | porter"),
        ("Parking fees can be claimed back.", "permission |  | claim back | Parking fees"),
        ("The warden is empowered to close the pool.", "permission | warden | close | pool"),
    ],
)
def test_permissions_by_other_words(sentence: str, expected: str, analyser: Analyser) -> None:
    """British spelling, "enough", "unnecessary", "claimed back"."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We are committed to keeping your letters safe.", ["obligation | We | keep | your letters safe"]),
        ("We are committed to making the harbour a friendly place.", []),
        ("The school is committed to fairness.", []),
        (
            "We respect the wishes of guests and we are committed to handling complaints fairly.",
            ["obligation | we | handle | complaints"],
        ),
        ("Guests must be treated with respect.", ["obligation |  | treat | Guests"]),
        ("Late letters will be treated as refused.", ["definition | Late letters | treat as | refused"]),
        ("Reports are treated in confidence.", []),
        ("A receipt is not required to claim a fare.", ["permission |  | not require | receipt | to claim a fare"]),
        ("The head can make exceptions.", ["permission | head | make | exceptions"]),
        ("You can make a difference.", []),
        ("The club pays half of the fee.", ["obligation | club | pay | half of the fee"]),
    ],
)
def test_pledges_treatment_and_what_is_needed_for(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """A pledge names an act; how people are treated is no definition; a paper acts on nothing."""
    assert read(sentence, "", analyser) == expected
