"""Sentences that a parser reads only in another shape: series parted by semicolons, the one who acts behind "it is for", asides."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames


def read(sentence: str, context: str, analyser: Analyser) -> list[str]:
    """Modality, actor, action, object and, where there is one, condition of each frame."""
    return [
        " | ".join([frame.modality, frame.actor, frame.action, frame.object, *([frame.condition] if frame.condition else [])])
        for frame in extract_frames(sentence, context, analyser)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The keeper shall keep the records; notify the owner of any loss; and burn the copies on request.",
            ["keep | records", "notify | owner", "burn | copies"],
        ),
        ("Members will comply with the rules of the house; and abide by the decisions of the board.",
         ["comply with | rules of the house", "abide by | decisions of the board"]),
        ("A member may: (a) vote; (b) stand for office; and (c) inspect the books.",
         ["vote | ", "stand for | office", "inspect | books"]),
        ("The operator must keep records; and report faults; provided that nobody is hurt.",
         ["keep | records | provided that nobody is hurt", "report | faults | provided that nobody is hurt"]),
        ("The report must state the date; the place; and the names of witnesses.", ["state | date"]),
        ("Members must pay; guests may stay.", ["pay | ", "stay | "]),
    ],
)  # fmt: skip
def test_semicolons_part_the_verbs_of_one_duty(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """Each verb is a rule of its own with the actor of the first; a series of things is none of verbs."""
    assert [" | ".join(told.split(" | ")[2:]) for told in read(sentence, "", analyser)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It should also be for the law of each state to determine who is the owner.",
         "recommendation | law of each state | determine | who is the owner"),
        ("It is for the harbour master to assign berths.", "obligation | harbour master | assign | berths"),
        ("It is essential that drivers check the tyres.", "obligation | drivers | check | tyres"),
        ("It is essential to close the valve.", "obligation |  | close | valve"),
        ("You must cooperate with, including by giving access to the house, the inspectors.",
         "obligation | You | cooperate with | inspectors"),
        ("We reserve the right to end, temporarily or permanently, your access to the service.",
         "permission | We | end | your access to the service"),
        ("Seller warrants that the goods will be delivered on time.", "obligation |  | deliver | goods"),
        ("It should issue, by a majority, legally binding decisions.", "recommendation | It | issue | legally binding decisions"),
        ("A host may, with the consent of the owner, copy the key.",
         "permission | host | copy | key | with the consent of the owner"),
        ("The Board may make the rules stricter.", "permission | Board | make | rules stricter"),
        ("Small gifts need no approval.", "permission | Small gifts | not need | approval"),
        ("Members must accept no gifts.", "prohibition | Members | accept | gifts"),
        ("Members will abide by the law.", "obligation | Members | abide by | law"),
    ],
)  # fmt: skip
def test_the_words_stand_elsewhere_and_say_the_same(sentence: str, expected: str, analyser: Analyser) -> None:
    """Who acts, what is done and what it is done to are found behind what stands between."""
    assert read(sentence, "", analyser) == [expected]


def test_that_of_another_is_what_was_named_before(analyser: Analyser) -> None:
    """Who "also requires that of the Board" requires an approval."""
    text = "A gift above USD 75 requires the approval of the manager, and a gift above USD 250 also requires that of the Board."
    assert read(text, "", analyser) == [
        "obligation | gift above USD 75 | require | approval of the manager",
        "obligation | gift above USD 250 | require | approval of the Board",
    ]


def test_a_right_to_a_thing_stands_beside_a_right_to_act(analyser: Analyser) -> None:
    """The second right has no verb, and is had."""
    assert read("Guests should have the right to cancel and the right to a refund.", "", analyser) == [
        "permission | Guests | cancel | ",
        "permission | Guests | have | right to a refund",
    ]


@pytest.mark.parametrize(
    ("context", "item", "expected"),
    [
        ("The contract must stipulate that the keeper:", "at the choice of the owner, deletes or returns all data;",
         ["obligation | keeper | delete | all data", "obligation | keeper | return | all data"]),
        ("The author represents and warrants that:", "the work does not infringe or misuse any patent;",
         ["prohibition | work | infringe | patent", "prohibition | work | misuse | patent"]),
        ("The safeguards may be provided for, without any permit, by:", "binding company rules;",
         ["permission |  | provide for | safeguards | by: binding company rules"]),
        ("A teacher must:", "make an effort to reach the parents, and if not reached, document the effort;",
         ["obligation | teacher | make | effort to reach the parents | if not reached",
          "obligation | teacher | document | effort | if not reached"]),
        ("The note may be signed by:", "the head nurse;", ["permission | head nurse | sign | note"]),
    ],
)  # fmt: skip
def test_items_go_on_with_their_lead_in(context: str, item: str, expected: list[str], analyser: Analyser) -> None:
    """An aside before the verb, what is vouched for, and means that are no persons."""
    assert read(item, context, analyser) == expected
