"""What a party gives away or leaves free, and where the objects and cases of contracts end, in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You authorize us to publish the photos.", "permission | us | publish | photos"),
        ("Harbourworks grants to Members a free license to use the crane.", "permission | Members | use | crane"),
        ("Section 4 does not prohibit Tenant from painting the walls.", "permission | Tenant | paint | walls"),
        ("Booking a berth does not require you to open an account.", "permission | you | not open | account"),
        ("You need approval from the board.", "obligation | You | need | approval from the board"),
        ("You'll need approval from the board.", "obligation | You | need | approval from the board"),
        ("A guest has the possibility to appeal the fee.", "permission | guest | appeal | fee"),
    ],
)
def test_what_is_given_or_left_free_is_a_rule(sentence: str, expected: str, analyser: Analyser) -> None:
    """A permission given in the present tense, a duty denied, a paper that is needed."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The club does not require workers to exceed the hours.",
        "You can browse the catalogue.",
        "You will need patience.",
    ],
)
def test_a_habit_or_an_ability_is_none(sentence: str, analyser: Analyser) -> None:
    """What a house does not ask of others, and what anybody can do on a page."""
    assert read(sentence, "", analyser) == []


@pytest.mark.parametrize(
    ("sentence", "action", "target"),
    [
        ("You must keep confidential any drawing of the harbour.", "keep confidential", "drawing of the harbour"),
        ("The lease will be treated as signed on delivery.", "treat as", "signed on delivery"),
        ("Crates must not be re-exported.", "re-export", "Crates"),
        ("You may use the tool in quickly checking your boat.", "use", "tool"),
        (
            "The firm will provide notice regarding our access to private moorings.",
            "provide",
            "notice regarding our access to private moorings",
        ),
        ("The log shall list, to the extent known: the name of the ship.", "list", "name of the ship"),
        (
            "The club may amend this charter, the Rules of Sailing, and the Fees from time to time.",
            "amend",
            "this charter, the Rules of Sailing, and the Fees",
        ),
        ("We will collect contact data (name, address, etc.) from guests.", "collect", "contact data"),
    ],
)
def test_action_and_object_are_whole(sentence: str, action: str, target: str, analyser: Analyser) -> None:
    """Neither cut short at what the parser hangs elsewhere, nor drawn out by examples in brackets."""
    (frame,) = extract_frames(sentence, "", analyser)
    assert (frame.action, frame.object) == (action, target)


def test_a_participle_behind_a_state_is_passive(analyser: Analyser) -> None:
    """What must be in writing and handed over is not the one who hands it over."""
    assert read("Notices must be in writing and served on the agent.", "", analyser) == [
        "obligation | Notices | be | in writing",
        "obligation |  | serve | Notices",
    ]


def test_a_contrast_with_will_is_a_rule_of_its_own(analyser: Analyser) -> None:
    """A promise in a clause of "while" is one all the same; "while" of time opens a condition."""
    assert read("While every care will be taken, delays occur.", "", analyser) == ["obligation |  | take | care"]


def test_in_which_case_opens_a_clause(analyser: Analyser) -> None:
    """What follows is a rule beside the one before it."""
    frames = extract_frames("The agent may refuse, in which case the owner must reply in writing.", "", analyser)
    assert [(frame.actor, frame.action, frame.condition) for frame in frames] == [
        ("agent", "refuse", ""),
        ("owner", "reply", ""),
    ]


def test_a_definition_keeps_its_verb_behind_a_time(analyser: Analyser) -> None:
    """The phrase on the subject ends before the verb."""
    (frame,) = extract_frames("Use of the berth after the last day constitutes consent to the fee.", "", analyser)
    assert (frame.action, frame.object) == ("constitute", "consent to the fee")


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("We will use your data only for billing.", "permission"),
        ("We will delete your data only on request.", "obligation"),
    ],
)
def test_only_limits_what_is_no_end_in_itself(sentence: str, modality: str, analyser: Analyser) -> None:
    """To use data only for a purpose does not promise to use them."""
    (frame,) = extract_frames(sentence, "", analyser)
    assert frame.modality.value == modality


def test_a_numbered_supplement_ends_no_sentence(analyser: Analyser) -> None:
    """The condition runs on behind "No. 3"."""
    (frame,) = extract_frames("The tool may not be sold to any port in Supplement No. 3 to the code.", "", analyser)
    assert frame.condition == "to any port in Supplement No. 3 to the code"


def test_a_lead_in_that_breaks_off_at_a_name_goes_on(analyser: Analyser) -> None:
    """The item completes the relative clause on a name as it does on a noun."""
    assert read("hides its price;", "Vendor will not offer any Vendor Product that:", analyser) == [
        "prohibition | Vendor | offer | Vendor Product that hides its price"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("There will be no refunds; however, the berth will stay yours.", "prohibition |  | be | refunds"),
        ("No one under 13 may have a key.", "prohibition | No one under 13 | have | key"),
        ("Prices are subject to change.", "permission |  | change | Prices"),
        (
            'A "Berth" represents your place in the harbour.',
            'definition | "Berth" | represent | your place in the harbour',
        ),
        ("You must delete files larger than 50 MB.", "obligation | You | delete | files larger than 50 MB"),
        (
            "The log must contain: the name of the ship; the date; and the place.",
            "obligation | log | contain | name of the ship; the date; and the place",
        ),
    ],
)
def test_terms_of_service_are_read(sentence: str, expected: str, analyser: Analyser) -> None:
    """What there will not be, what may change, what a word in quotation marks stands for, and lists inside a sentence."""
    assert read(sentence, "", analyser)[0] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Lodger must stop using the boat and return the key.",
            ["obligation | Lodger | stop | using the boat", "obligation | Lodger | return | key"],
        ),
        ("You may opt out of newsletters.", ["permission | You | opt out of | newsletters"]),
        ("Teachers may apply on behalf of pupils.", ["permission | Teachers | apply |  | on behalf of pupils"]),
        ("You may not reverse engineer the tool.", ["prohibition | You | reverse engineer | tool"]),
        ("Late payments may incur interest.", []),
    ],
)
def test_verbs_of_several_words_stay_whole(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """A particle with its preposition, a verb of two words, and a second verb that a gerund seems to hold."""
    assert read(sentence, "", analyser) == expected
