"""Series of verbs and nouns, insertions, and items that are cases, retold in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from tests.extraction.frames_read import read


def test_a_series_shares_what_its_last_preposition_leads_to(analyser: Analyser) -> None:
    """In "threaten, act against, or take steps against X" all are done to X."""
    told = read("The landlord may not threaten, discriminate against, or take steps against a tenant.", "", analyser)
    assert told == [
        "prohibition | landlord | threaten | tenant",
        "prohibition | landlord | discriminate against | tenant",
        "prohibition | landlord | take | steps against a tenant",
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The council may change this Charter, the Terms of Sale, the Rules of Trade, and the Book of Fees.",
            "permission | council | change | this Charter, the Terms of Sale, the Rules of Trade, and the Book of Fees",
        ),
        (
            "You are responsible for all costs, including tolls, linked to the trip.",
            "obligation | You | be responsible for | all costs, including tolls, linked to the trip",
        ),
        ("You must pay the costs, including tolls.", "obligation | You | pay | costs"),
        (
            "The board shall adopt rules to further specify the fees.",
            "obligation | board | adopt | rules to further specify the fees",
        ),
        (
            "The mill must use safeguards to prevent dust.",
            "obligation | mill | use | safeguards to prevent dust",
        ),
        (
            "We will take steps to keep the logs for up to ten days upon written request.",
            "obligation | We | take | steps to keep the logs | upon written request",
        ),
        ("The clerk will keep secret any code of the vault.", "obligation | clerk | keep secret | code of the vault"),
        (
            "You may use the hall in publicly showing your films.",
            "permission | You | use | hall | in publicly showing your films",
        ),
        (
            "The form should include the date of birth, whereby the year alone is enough.",
            "recommendation | form | include | date of birth",
        ),
        (
            "Regions may provide by law for a lower speed.",
            "permission | Regions | provide for | lower speed",
        ),
    ],
)
def test_an_object_ends_where_its_noun_does(sentence: str, expected: str, analyser: Analyser) -> None:
    """Series with of-phrases and insertions stay whole; durations, comments and examples at the end do not belong."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    ("context", "sentence", "expected"),
    [
        (
            "The council shall issue a warning in the following cases:",
            "where, in a tower, the lift has failed.",
            "obligation | council | issue | warning | in the following cases: where, in a tower, the lift has failed",
        ),
        (
            "Driver will not carry any Steel Container that:",
            "Exceeds the limit of the axle.",
            "prohibition | Driver | carry | Steel Container that exceeds the limit of the axle",
        ),
        ("", "The record must include for each visit:", "obligation | record | include"),
    ],
)
def test_what_an_item_adds(context: str, sentence: str, expected: str, analyser: Analyser) -> None:
    """A case is a condition, a relative clause restricts the noun, and a lead-in leaves its object to the items."""
    assert read(sentence, context, analyser) == [expected]


def test_the_second_participle_of_a_plain_be_is_passive(analyser: Analyser) -> None:
    """What must be in writing and sent is the thing sent."""
    told = read("The report must be in writing and sent to the clerk.", "", analyser)
    assert [line.split(" | ")[2:4] for line in told] == [["be", "in writing"], ["send", "report"]]


def test_verbs_of_one_series_share_their_mood(analyser: Analyser) -> None:
    """To use and report X only for Y is asked for as a whole, though a lone "must use X only for Y" allows."""
    told = read("The lab must process and report the samples only for the study.", "", analyser)
    assert [line.split(" | ")[0] for line in told] == ["obligation", "obligation"]


@pytest.mark.parametrize(
    ("context", "sentence", "expected"),
    [
        (
            "",
            "The hostel may disclose protected guest data to a partner that is a school and may allow the school to use it.",
            [
                "permission | hostel | disclose | protected guest data | to a partner that is a school",
                "permission | hostel | allow | school to use it",
            ],
        ),
        (
            "",
            "The tool may not be rented or re-rented to minors.",
            ["prohibition |  | rent | tool | to minors", "prohibition |  | re-rent | tool | to minors"],
        ),
        (
            "",
            "The council may permit the tenant to use the data held by the landlord.",
            ["permission | council | permit | tenant to use the data"],
        ),
        (
            "",
            "The goods may not be sold to a country listed in Annex No. 3 without authorization.",
            ["prohibition |  | sell | goods | to a country listed in Annex No. 3 | without authorization"],
        ),
        (
            "The lease must: Provide that the tenant will:",
            "In accordance with the house rules, ensure that the guests that stay overnight sign the book;",
            ["obligation | tenant | ensure | the guests that stay overnight sign the book"],
        ),
    ],
)
def test_verbs_and_bounds_that_a_parser_loses(
    context: str, sentence: str, expected: list[str], analyser: Analyser
) -> None:
    """A second modal behind a relative clause, a hyphenated verb, "No. 3", a lead-in that ends in its modal."""
    assert read(sentence, context, analyser) == expected
