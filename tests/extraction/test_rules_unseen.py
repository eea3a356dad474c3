"""Constructions met in sentences that nobody tuned on, each retold in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames


def read(sentence: str, context: str, analyser: Analyser) -> list[str]:
    """Each frame as "modality | actor | action | object | condition | exception", empty ends left out."""
    fields = ("modality", "actor", "action", "object", "condition", "exception")
    frames = extract_frames(sentence, context, analyser)
    return [" | ".join(str(getattr(frame, name)) for name in fields).rstrip(" |") for frame in frames]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The harbour master shall, where the vessel does not carry a pilot, inform the coast guard.",
            "obligation | harbour master | inform | coast guard | where the vessel does not carry a pilot",
        ),
        (
            "The harbour master shall, where the fog lasts, in no case open the lock.",
            "prohibition | harbour master | open | lock | where the fog lasts",
        ),
        (
            "The harbour master shall, under no circumstances, lend the keys.",
            "prohibition | harbour master | lend | keys",
        ),
        (
            "The harbour master shall, if the crew is aboard, not open the lock.",
            "prohibition | harbour master | open | lock | if the crew is aboard",
        ),
    ],
)
def test_a_negation_inside_an_insertion_denies_the_insertion(sentence: str, expected: str, analyser: Analyser) -> None:
    """What stands between commas behind the modal keeps its own negation, unless an adverbial of the main verb."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You may not assist anyone to enter the vault.", "prohibition | You | assist | anyone to enter the vault"),
        ("Residents may sign up for two courses.", "permission | Residents | sign up for | two courses"),
        ("The society shall make the minutes publicly available.", "obligation | society | make available | minutes"),
        (
            "The clinic may disclose extracts from the file to the insurer.",
            "permission | clinic | disclose | extracts from the file | to the insurer",
        ),
    ],
)
def test_verb_and_object_stay_whole(sentence: str, expected: str, analyser: Analyser) -> None:
    """Verbs of three words, objects with a source or an infinitive, and "publicly available"."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    ("context", "sentence", "expected"),
    [
        ("", "The contract must provide that the supplier will—", []),
        (
            "With respect to machines that carry passengers, the operator will:",
            "keep a log of every visit.",
            ["obligation | operator | keep | log of every visit"],
        ),
    ],
)
def test_lead_ins_carry_their_items(context: str, sentence: str, expected: list[str], analyser: Analyser) -> None:
    """A lead-in that breaks off behind its modal has no rule of its own; a relative clause in it is none either."""
    found = read(sentence, context, analyser)
    assert [rule.split(" | With respect")[0] for rule in found] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Breaches of this order shall be subject to a fine of EUR 200.",
            "obligation | Breaches of this order | be subject to | fine of EUR 200",
        ),
        ("This licence shall be subject to section 4.", ""),
        (
            "Paying the deposit constitutes acceptance of the house rules.",
            "definition | Paying the deposit | constitute | acceptance of the house rules",
        ),
        ("Silence does not constitute consent.", "definition | Silence | not constitute | consent"),
        (
            "A failure by the tenant to pay the rent constitutes a breach of the lease.",
            "definition | failure by the tenant to pay the rent | constitute | breach of the lease",
        ),
        (
            "A tenant who pays late is presumed to have waived the discount.",
            "definition | tenant | presume | have waived the discount | who pays late",
        ),
        ("We permit small dogs on a lead.", "permission |  | permit | small dogs | on a lead"),
        ("Parking is limited to two hours.", "permission |  | park |  | only to two hours"),
        ("Our liability is limited to EUR 100.", ""),
        ("Your stay will be governed by the Lodge Terms.", ""),
    ],
)
def test_what_counts_as_and_what_binds(sentence: str, expected: str, analyser: Analyser) -> None:
    """Burdens, presumptions, what constitutes what, and permissions of things; no reach of a text."""
    assert read(sentence, "", analyser) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The trustee shall, in the exercise of its powers, consult the members.",
            "obligation | trustee | consult | members | in the exercise of its powers",
        ),
        (
            "The trustee shall in the course of the meeting present the accounts.",
            "obligation | trustee | present | accounts | in the course of the meeting",
        ),
        (
            "The trustee shall, following the receipt of a complaint, open a file.",
            "obligation | trustee | open | file | following the receipt of a complaint",
        ),
        (
            "With respect to boats on hire, the renter must carry life jackets.",
            "obligation | renter | carry | life jackets | With respect to boats on hire",
        ),
        ("You may share the report with your insurer.", "permission | You | share | report | with your insurer"),
        ("You may not copy pages using a scanner.", "prohibition | You | copy | pages | using a scanner"),
    ],
)
def test_phrases_that_limit(sentence: str, expected: str, analyser: Analyser) -> None:
    """Circumstances behind the modal, what a rule is about, with whom a thing is shared and by what means."""
    assert read(sentence, "", analyser) == [expected]
