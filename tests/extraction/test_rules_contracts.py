"""Rules of terms and contracts: inverted conditions, denied promises, stipulations, series of verbs, powers, open lists."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames
from extraction.rules_text import plain, without_enumerators
from extraction.rules_thresholds import thresholds

Read = tuple[str, str, str, str]


def read(sentence: str, analyser: Analyser, context: str = "") -> list[Read]:
    """Modality, actor, action and object of each frame."""
    frames = extract_frames(sentence, context, analyser)
    return [(str(f.modality), f.actor, f.action, f.object) for f in frames]


def test_should_before_its_subject_is_a_condition(analyser: Analyser) -> None:
    """The modal before its subject says "if", at the head of the sentence and at its end."""
    first = extract_frames("Should Acme elect to extend the licence, Acme may charge a fee.", "", analyser)
    assert [(str(f.modality), f.action, f.condition) for f in first] == [
        ("permission", "charge", "Should Acme elect to extend the licence")
    ]
    last = extract_frames("Please contact us should you need help.", "", analyser)
    assert [(str(f.modality), f.action, f.condition) for f in last] == [
        ("recommendation", "contact", "should you need help")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme does not warrant that the Tool will serve you; that the Tool will be uninterrupted; or that it will be repaired.",
        "Acme does not warrant that (i) the Tool will serve you; (ii) use will be uninterrupted; (iii) errors will be corrected.",
        "This agreement will be governed by the laws of Norway.",
        "That provision shall be construed to reflect the original intent.",
        "A donation from a company will not be matched.",
        "The text may be alleged to infringe in many ways.",
        "Delays may give rise to doubt.",
    ],
)
def test_what_holds_or_is_denied_binds_nobody(sentence: str, analyser: Analyser) -> None:
    """Denied promises, stipulations of a text's effect and reports are no norms."""
    assert read(sentence, analyser) == []


def test_passive_promises_stay_duties(analyser: Analyser) -> None:
    """What somebody does to a thing is promised in the passive, too."""
    assert read("All content will be deleted within 30 days.", analyser) == [
        ("obligation", "", "delete", "All content")
    ]
    assert read("Nobody will be punished for a report.", analyser) == [("prohibition", "", "punish", "anyone")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Members must not copy, modify or create works based on the Archive.",
            [("copy", "Archive"), ("modify", "Archive"), ("create", "works based on the Archive")],
        ),
        (
            "Members may use, create derivative works and distribute the Drawings.",
            [("use", "Drawings"), ("create", "derivative works"), ("distribute", "Drawings")],
        ),
        (
            "You must never pay, offer to pay or authorize payment of a bribe.",
            [("pay", "bribe"), ("offer to pay", "bribe"), ("authorize", "payment of a bribe")],
        ),
        (
            "You will return (or, at our request, destroy) all copies.",
            [("return", "all copies"), ("destroy", "all copies")],
        ),
    ],
)
def test_each_verb_of_a_series_has_its_own_object(
    sentence: str, expected: list[tuple[str, str]], analyser: Analyser
) -> None:
    """What is made is no object of the verbs before it, and what is paid is not the payment."""
    assert [(action, thing) for _, _, action, thing in read(sentence, analyser)] == expected


@pytest.mark.parametrize(
    ("sentence", "context", "expected"),
    [
        (
            "to inspect the premises;",
            "The inspector shall have all of the following investigative powers:",
            ("permission", "inspector", "inspect", "premises"),
        ),
        (
            "to keep the minutes;",
            "The secretary shall have the following tasks:",
            ("obligation", "secretary", "keep", "minutes"),
        ),
        (
            "is unlawful or promotes crime;",
            "We do not allow content that:",
            ("prohibition", "", "allow", "content that is unlawful or promotes crime"),
        ),
    ],
)
def test_items_complete_powers_tasks_and_relative_clauses(
    sentence: str, context: str, expected: Read, analyser: Analyser
) -> None:
    """An item that goes on with its lead-in's own clause is read as one sentence with it."""
    assert read(sentence, analyser, context) == [expected]


def test_items_of_a_description_are_no_commands(analyser: Analyser) -> None:
    """A lead-in such as "The host does not:" says what is not done; a bare verb under it commands nothing."""
    assert read("Hold or have control over your funds", analyser, "The host does not:") == []
    lead = "Neither the host nor its guests will, without the consent of the owner:"
    assert [one for one in read("change the content of the book;", analyser, lead) if one[0] == "obligation"] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "You will not give feedback that is subject to a licence.",
            ("prohibition", "You", "give", "feedback that is subject to a licence"),
        ),
        (
            "You are responsible for the data you instruct us to share with others.",
            ("obligation", "You", "be responsible for", "data you instruct us to share with others"),
        ),
        ("The host must step in.", ("obligation", "host", "step in", "")),
        ("A third-party agent must re-submit the form.", ("obligation", "third-party agent", "re-submit", "form")),
        ("Staff may give a guest a badge.", ("permission", "Staff", "give", "badge")),
    ],
)
def test_objects_and_prefixed_words_stay_whole(sentence: str, expected: Read, analyser: Analyser) -> None:
    """No object is cut at a relative clause, a particle or a hyphen."""
    assert [one for one in read(sentence, analyser) if one[2] == expected[2]][:1] == [expected] or not expected[3]


def test_taxes_are_no_taxis(analyser: Analyser) -> None:
    """WordNet's table of exceptions takes "taxes" for several taxis."""
    assert analyser.doc("Customers pay taxes.")[2].lemma_ == "tax"


def test_enumerators_leave_the_sentence() -> None:
    """Marks of a series go; references, years of a law and numbers in brackets stay."""
    assert plain("You must (a) keep it; and (b) erase it.") == "You must keep it; and erase it."
    kept = "Under section 5 (a) and paragraph (b), thirty (30) days count."
    assert without_enumerators(kept) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a spill of more than 5 litres", (">", 5.0, "litre")),
        ("at least thirty (30) days' notice", (">=", 30.0, "day")),
        ("no more than 20 metres", ("<=", 20.0, "metre")),
        ("above 85 decibels", (">", 85.0, "decibel")),
        ("half a percent", ("=", 0.5, "percent")),
    ],
)
def test_thresholds_know_every_unit(text: str, expected: tuple[str, float, str]) -> None:
    """Every unit that cases are compared by is read in rules, also behind a number told twice."""
    assert [(t.comparator, t.value, t.unit) for t in thresholds(text)] == [expected]
