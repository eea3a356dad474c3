"""Constructions met in sentences that nobody tuned on, each retold in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from tests.extraction.frames_read import read


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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The registrar shall send those lists to the Court referred to in Article 12.",
            ["obligation | registrar | send | those lists"],
        ),
        (
            "An owner that is required by rule 4 to hold a licence may not lend or hire out boats to others.",
            [
                "prohibition | owner | lend | boats | that is required by rule 4 to hold a licence ; to others",
                "prohibition | owner | hire out | boats | that is required by rule 4 to hold a licence ; to others",
            ],
        ),
        (
            "Without prejudice to the rules of Part 2, a club as referred to in paragraph 1 shall, subject to safeguards, keep a log.",
            ["obligation | club | keep | log"],
        ),
        (
            "Without prejudice to rule 3, clubs which have a seat in the town shall keep a register.",
            ["obligation | clubs | keep | register | which have a seat in the town"],
        ),
        (
            "The hall shall be used only under the guidance of a member of the board.",
            ["permission |  | use | hall | only under the guidance of a member of the board"],
        ),
        ("The lender must inform the data subject without delay.", ["obligation | lender | inform | data subject"]),
        (
            "Members shall have the right to obtain from the operator correction of the bill.",
            ["permission | Members | obtain | correction of the bill"],
        ),
        (
            "A driver may use a vehicle under section 9(c)(2), provided the driver holds a licence.",
            ["permission | driver | use | vehicle | provided the driver holds a licence"],
        ),
    ],
)
def test_long_sentences_keep_their_main_verb(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """References, relative clauses and insertions hide neither subject nor verb of the main clause."""
    assert read(sentence, "", analyser) == expected


@pytest.mark.parametrize(
    ("context", "sentence", "expected"),
    [
        (
            "Each harbour authority shall on its territory:",
            "adopt a harbour plan.",
            "obligation | harbour authority | adopt | harbour plan",
        ),
        (
            "The harbour authority shall have all of the following authorisation and advisory powers:",
            "to authorise moorings.",
            "permission | harbour authority | authorise | moorings",
        ),
        (
            "A clinic may: Use the following data to keep a list of its guests:",
            "The name of the guest;",
            "permission | clinic | use | name of the guest | to keep a list of its guests",
        ),
        (
            "Hosts and guides are prohibited from:",
            "Guessing the age of a guest.",
            "prohibition | Hosts and guides | guess | age of a guest",
        ),
        (
            "We may share your file with the following people:",
            "Doctors: We may send your file to a doctor of your choice.",
            "permission | We | send | your file | to a doctor of your choice",
        ),
        (
            "",
            "(b) The club may close the account on written notice.",
            "permission | club | close | account | on written notice",
        ),
    ],
)
def test_lead_ins_that_break_off_late(context: str, sentence: str, expected: str, analyser: Analyser) -> None:
    """A phrase behind the modal, words before "powers", and a chain of two lead-ins."""
    assert read(sentence, context, analyser) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The sale may take place where the council has agreed.",
            ["permission | sale | take place |  | where the council has agreed"],
        ),
        ("The bank may disclose to the heirs the balance.", ["permission | bank | disclose | balance | to the heirs"]),
        (
            "When a company changes its prices, it may apply them to later bookings.",
            ["permission | company | apply | its prices | When a company changes its prices ; to later bookings"],
        ),
        ("This directive shall not impose additional duties on anglers.", []),
        ("10.3 The tenant must clean the stairs.", ["obligation | tenant | clean | stairs"]),
        (
            '"Guest" shall mean a person who stays overnight.',
            ['definition | "Guest" | mean | person who stays overnight'],
        ),
    ],
)
def test_verbs_with_a_noun_and_numbers_of_clauses(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """To take place, to disclose to somebody, "it" for a party, the reach of a text, a number before the sentence."""
    assert read(sentence, "", analyser) == expected


@pytest.mark.parametrize(
    ("sentence", "context", "expected"),
    [
        ("We want our guests to return, and they will do so only if they trust the cook.", "", []),
        (
            "Keep a list of all boats.",
            "Clubs and their members must do the following:",
            ["obligation | Clubs and their members | keep | list of all boats"],
        ),
        (
            "A tenant has a right to adequate notice of the works.",
            "",
            ["permission | tenant | have | right to adequate notice of the works"],
        ),
        ("We will advocate for more places.", "", ["obligation | We | advocate for | more places"]),
    ],
)
def test_what_is_foretold_and_what_a_lead_in_leaves_to_its_items(
    sentence: str, context: str, expected: list[str], analyser: Analyser
) -> None:
    """Others' likely acts bind nobody; "do the following" gives its actor to the items; a quality is no act."""
    assert read(sentence, context, analyser) == expected
