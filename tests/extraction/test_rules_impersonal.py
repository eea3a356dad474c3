"""Passives without a thing acted on, and receivers and cases around an object, in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "It should be checked whether the doors are locked.",
            "recommendation |  | check | whether the doors are locked",
        ),
        (
            "Account shall be taken of the risks of flooding.",
            "obligation |  | take account of | risks of flooding",
        ),
        (
            "A school trip does not include a visit to the park.",
            "definition | school trip | not include | visit to the park",
        ),
        (
            "The mill may disclose to the business partner the yearly figures.",
            "permission | mill | disclose | yearly figures | to the business partner",
        ),
        (
            "Refer to the house rules, if they exist, or contact the warden.",
            "obligation |  | refer to | house rules | if they exist",
        ),
    ],
)
def test_the_object_of_an_unusual_clause(sentence: str, expected: str, analyser: Analyser) -> None:
    """The clause that "it" stands for, the noun behind "account", a class with an article, a receiver before the thing."""
    assert expected in read(sentence, "", analyser)


def test_a_statement_keeps_its_cases(analyser: Analyser) -> None:
    """What a statement says belongs to it, its conditions too."""
    told = read("A notice that, if the tap leaks, the guest may call;", "The poster must contain:", analyser)
    assert told == ["obligation | poster | contain | notice that, if the tap leaks, the guest may call"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "We will only share your phone number if you sign the form.",
            "permission | We | share | your phone number | only if you sign the form",
        ),
        ("The club may share contact data (name, number, etc.).", "permission | club | share | contact data"),
        (
            "The council shall issue, by a majority of votes, guidelines on noise.",
            "obligation | council | issue | guidelines on noise",
        ),
        (
            "The clerk must make the needed correction to the register.",
            "obligation | clerk | make | needed correction to the register",
        ),
        (
            "The clerk shall have the skills, in particular in book-keeping, required to keep the register.",
            "obligation | clerk | have | skills, in particular in book-keeping, required to keep the register",
        ),
        (
            "When the council changes a form that is in use, it may discard the old form.",
            "permission | council | discard | old form | When the council changes a form that is in use",
        ),
        (
            "References to the Guild shall be construed as references to the Council.",
            "definition | References to the Guild | construe as | references to the Council",
        ),
        (
            "The clinic may disclose the file, consistent with the charter.",
            "permission | clinic | disclose | file | consistent with the charter",
        ),
        (
            "We may use the systems to find faults.",
            "permission | We | use | systems | to find faults",
        ),
    ],
)
def test_spans_around_an_insertion(sentence: str, expected: str, analyser: Analyser) -> None:
    """Examples in brackets go, insertions are passed over, purposes of a permission are conditions."""
    assert read(sentence, "", analyser) == [expected]


def test_what_a_tool_lets_anybody_do_is_no_permission(analyser: Analyser) -> None:
    """To browse or to control is an ability."""
    assert read("You can browse the shelves.", "", analyser) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The council shall make them publicly available.",
            "obligation | council | make available | them",
        ),
        ("The tenant has no obligation to do so.", "permission | tenant | not do so"),
        (
            "The club may disclose to a business partner or to a bank, the following data:",
            "permission | club | disclose | following data | to a business partner or to a bank",
        ),
        ("Stale bread may be considered “Waste”.", "definition | Stale bread | consider | “Waste”"),
    ],
)
def test_short_verbs_and_names(sentence: str, expected: str, analyser: Analyser) -> None:
    """To do so, to make available, to be considered a name, and a list behind its receivers."""
    assert read(sentence, "", analyser) == [expected]
