"""What a rule reads beyond its verb and noun: the state of its object, provisos, cases of the sentence before."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames, extract_rules
from extraction.rules_authority import authority
from tests.extraction.policy_text import policy


@pytest.mark.parametrize(
    ("sentence", "action", "target"),
    [
        (
            "The controller must keep personal data accurate and up to date.",
            "keep",
            "personal data accurate and up to date",
        ),
        ("The list must be kept confidential.", "keep", "list confidential"),
        ("Staff must keep the corridor free of boxes.", "keep", "corridor free of boxes"),
        ("Staff must keep safe copies of the contract.", "keep", "safe copies of the contract"),
        ("The provider must make the manual available.", "make available", "manual"),
    ],
)
def test_the_state_of_an_object_stays(analyser: Analyser, sentence: str, action: str, target: str) -> None:
    """To keep data is not to keep them accurate."""
    (frame,) = extract_frames(sentence, "", analyser)
    assert (frame.action, frame.object) == (action, target)


@pytest.mark.parametrize("link", ["; provided that", "; provided, however, that", "; and provided that"])
def test_a_proviso_behind_a_semicolon_is_a_condition(analyser: Analyser, link: str) -> None:
    """What follows "; provided that" limits the rule before it and states none of its own."""
    sentence = f"The supplier may use a subcontractor{link} the customer has agreed in writing."
    (frame,) = extract_frames(sentence, "", analyser)
    assert (frame.action, frame.object) == ("use", "subcontractor")
    assert frame.condition.endswith("the customer has agreed in writing")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Employees may accept a small gift. If they do, they must tell the manager.",
            "if employees do accept a small gift",
        ),
        ("If a guest falls ill, call the doctor. In that case, the host must stay.", "If a guest falls ill"),
        ("You may close your account. If you do not, we will keep the data.", "if you do not close your account"),
        ("Employees may travel by train. Did you pay for it? If so, you must keep the ticket.", "If so"),
    ],
)
def test_a_case_of_the_sentence_before(analyser: Analyser, text: str, condition: str) -> None:
    """As "If they do" takes the act of the sentence before; what a question asked is not guessed."""
    rules, _ = extract_rules(policy(f"{text}\n"), analyser)
    assert rules[-1].condition == condition


def test_end_users_are_no_verb(analyser: Analyser) -> None:
    """The end of "end users" ends nothing."""
    frames = extract_frames("You must comply with all rules on destinations, end users, and end use.", "", analyser)
    assert [frame.action for frame in frames] == ["comply with"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("with the Ethics Office's prior written approval", "Ethics Office"),
        ("unless the regional sales director has first approved it", "regional sales director"),
        ("approved in writing by the Head of Legal", "Head of Legal"),
        ("without the consent of the U.S. Department of Trade", "U.S. Department of Trade"),
        (f"with {'information of the applicant ' * 40}as agreed", ""),
    ],
)
def test_who_approves(text: str, who: str) -> None:
    """A name is read whole, and a long text without one costs no time."""
    assert authority(text, "", "", "") == who


@pytest.mark.parametrize(
    ("sentence", "context", "expected"),
    [
        ("The developer must only collect necessary data.", "", ["only necessary data"]),
        ('Include the statement: "I have read and understand the guide."', "", ["statement"]),
        ("The software may contain errors.", "", []),
        ("We cannot control the weather.", "", []),
        ("Hold or transfer money.", "The platform does not: Show a balance; and", []),
    ],
)
def test_what_looks_like_a_rule(analyser: Analyser, sentence: str, context: str, expected: list[str]) -> None:
    """A guess, a lack of power, a quotation and a list of what is not done command nothing."""
    frames = extract_frames(sentence, context, analyser)
    assert len(frames) == len(expected)
    assert all(frame.object.startswith(one) for frame, one in zip(frames, expected, strict=True))
