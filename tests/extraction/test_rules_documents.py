"""Constructions that whole laws and site policies are full of, each retold in sentences of our own."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames
from tests.extraction.frames_read import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "A clinic may permit a courier to collect, carry, store, or deliver samples on its behalf.",
            "permission | clinic | permit | courier to collect, carry, store, or deliver samples on its behalf",
        ),
        (
            "The clinic may share a sample only if it has a promise, in line with rule 4, that the finder will return it.",
            "permission | clinic | share | sample | only if it has a promise, in line with rule 4, that the finder will return it",
        ),
        ("Staff must not request guests to show cards.", "prohibition | Staff | request | guests to show cards"),
    ],
)
def test_what_another_may_do_belongs_to_the_object(sentence: str, expected: str, analyser: Analyser) -> None:
    """Infinitives in a series behind "permit X to", and a "that" behind an aside, stay where they hang."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In the event of a flood, or a suspected flood, of the cellar, BoatHub reserves the right to close the quay.",
            "permission | BoatHub | close | quay | In the event of a flood, or a suspected flood, of the cellar",
        ),
        ("The gallery reserves all rights in the prints.", "permission | gallery | reserve | all rights in the prints"),
        ("You give to the editor the right to print your letter.", "permission | editor | print | your letter"),
        (
            "The gallery may withhold the fee pending the outcome of the review.",
            "permission | gallery | withhold | fee | pending the outcome of the review",
        ),
    ],
)
def test_rights_are_reserved_and_given(sentence: str, expected: str, analyser: Analyser) -> None:
    """Behind names that no tagger knows, of all rights at once, and to whom the preposition names."""
    assert read(sentence, "", analyser) == [expected]


def test_an_approval_that_a_thing_does_not_need_is_not_forbidden(analyser: Analyser) -> None:
    """Of a thing it frees; of a person it forbids to ask for one."""
    assert read("Such a repair shall not require any approval.", "", analyser) == [
        "permission | Such a repair | not require | approval"
    ]
    assert read("Landlords shall not require a deposit.", "", analyser) == [
        "prohibition | Landlords | require | deposit"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Samples shall be dry, clean and limited to what the test needs.",
            "obligation | Samples | be | dry, clean and limited to what the test needs",
        ),
        ("Each harbour shall be competent for its own quay.", "obligation | harbour | be competent for | its own quay"),
        ("The label must be consistent with the list.", "obligation | label | be consistent with | list"),
    ],
)
def test_adjectives_are_read_whole(sentence: str, expected: str, analyser: Analyser) -> None:
    """Several adjectives are one object; one that leans on a preposition is a part of the verb."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The claim must contain all receipts, including those for travel.",
            "obligation | claim | contain | all receipts",
        ),
        (
            '"Cargo" means any goods on board, including mail and luggage.',
            'definition | "Cargo" | mean | goods on board',
        ),
        (
            '"Cargo" means any goods on board, including mail, which the owner has declared.',
            'definition | "Cargo" | mean | goods on board, including mail, which the owner has declared',
        ),
    ],
)
def test_examples_at_the_end_are_no_part_of_what_is_listed(sentence: str, expected: str, analyser: Analyser) -> None:
    """A list that begins with "including" closes the object, unless the sentence goes on behind it."""
    assert read(sentence, "", analyser) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The clinic shall draft and send the answer to the patient, as the case may be and inform the nurse.",
            [
                "obligation | clinic | draft | answer",
                "obligation | clinic | send | answer",
                "obligation | clinic | inform | nurse",
            ],
        ),
        (
            "The landlord may close the garden, or lock the gate, for safety reasons.",
            [
                "permission | landlord | close | garden | for safety reasons",
                "permission | landlord | lock | gate | for safety reasons",
            ],
        ),
        (
            "Dealers shall not by any means repackage or resell tickets.",
            ["prohibition | Dealers | repackage | tickets", "prohibition | Dealers | resell | tickets"],
        ),
        (
            "We will put signs on walls where children play.",
            ["obligation | We | put | signs | on walls where children play"],
        ),
        ("We will close that guest's account.", ["obligation | We | close | that guest's account"]),
        ("The state shall notify to the union the text of its law.", ["obligation | state | notify | text of its law"]),
    ],
)
def test_verbs_behind_insertions_and_objects_behind_pointers(
    sentence: str, expected: list[str], analyser: Analyser
) -> None:
    """Coordinated verbs behind an aside, phrases that close a series, places with a clause, and "that guest's account"."""
    assert read(sentence, "", analyser) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Some of these parcels may be carried by other firms.",
        "Passengers may get access to cabins that are quieter.",
        "This leaflet is not, and should not be understood as, a promise to repair any boat.",
        "If you leave the club, you will no longer be able to book the hall.",
        "The parcel should have been labelled by the sender.",
        "This habit may still violate our house rules.",
        "The boxes may have been opened by the customs.",
    ],
)
def test_guesses_and_forecasts_are_no_rules(sentence: str, analyser: Analyser) -> None:
    """What may be so, what has been, how words should not be taken, and what one will no longer be able to do."""
    assert read(sentence, "", analyser) == []


@pytest.mark.parametrize(
    ("context", "sentence", "expected"),
    [
        (
            "",
            "Decree (UT) No 12/1999 shall be adapted to this charter.",
            "obligation |  | adapt | 12/1999",
        ),
        (
            "",
            "Harbour Data will not include the names of guests.",
            "definition | Harbour Data | not include | names of guests",
        ),
        ("", "The club may, but is not required to, lend you a boat.", "permission | club | lend | boat"),
        (
            "",
            "The warden will determine if a kayak is safe.",
            "obligation | warden | determine | if a kayak is safe",
        ),
        (
            "Standard: Fees and fines — Night moorings — A guest must pay before:",
            "the gate is opened",
            "obligation | guest | pay |  | before: the gate is opened",
        ),
        (
            "A boat service provider that has a lasting contract with a guest must: If the provider keeps a hut:",
            "Post the prices at the door",
            "obligation | boat service provider | post | prices | If the provider keeps a hut ; that has a lasting contract with a guest",
        ),
        (
            "The nurse may call the family, if the nurse, in good faith, believes that the call:",
            "would help the patient",
            "permission | nurse | call | family | if the nurse, in good faith, believes that the call: would help the patient",
        ),
    ],
)
def test_what_hides_the_rule_is_read_around(context: str, sentence: str, expected: str, analyser: Analyser) -> None:
    """Numbers with "No", titles before a dash, waivers behind the modal, and clauses broken off by an aside."""
    assert read(sentence, context, analyser) == [expected]


@pytest.mark.parametrize(
    ("context", "sentence", "expected"),
    [
        ("Such costs include:", "Hotel rooms", "definition | Such costs | include | Hotel rooms"),
        (
            "This includes doing any of the following in a way that frightens others:",
            "Shouting at night",
            "definition | This | include | Shouting at night | in a way that frightens others",
        ),
        ("Guests are prohibited from:", "Open fires", "prohibition | Guests |  | Open fires"),
        ("In the yard, guests are strictly prohibited from:", "Making fires", "prohibition | guests | make | fires"),
        (
            "The council shall take all reasonable steps to:",
            "repair the bridges.",
            "obligation | council | repair | bridges",
        ),
        (
            "The contract must contain provisions to:",
            "Limit the use of the boats.",
            "obligation | contract | limit | use of the boats",
        ),
    ],
)
def test_items_under_lead_ins_that_only_lead_on(context: str, sentence: str, expected: str, analyser: Analyser) -> None:
    """What "this includes" names, what "prohibited from" bars, and what steps and provisions are to do."""
    assert read(sentence, context, analyser)[0].startswith(expected)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The ticket must contain the date of sale, which may not be earlier than the date of printing.",
            [
                "obligation | ticket | contain | date of sale",
                "prohibition | date of sale | be | earlier than the date of printing",
            ],
        ),
        (
            "The society shall keep a register, which must list all members.",
            ["obligation | society | keep | register", "obligation | register | list | all members"],
        ),
        ("A valid ticket is a paper that bears a seal.", ["definition | valid ticket | be | paper that bears a seal"]),
        ("A ferry is a boat that carries cars.", ["definition | ferry | be | boat that carries cars"]),
        (
            "The gate may be opened by the porter or by the warden.",
            ["permission | porter or the warden | open | gate"],
        ),
    ],
)
def test_clauses_that_go_on_with_which_and_terms_of_validity(
    sentence: str, expected: list[str], analyser: Analyser
) -> None:
    """A bound behind ", which" is a rule of its own; what a valid thing is defines it; two agents are one string."""
    assert read(sentence, "", analyser) == expected


def test_a_consent_that_is_not_needed_gives_no_authority(analyser: Analyser) -> None:
    """Who may act without X's consent does not act by the authority of X."""
    (freed,) = extract_frames("The club may let the hall without the mayor's consent.", "", analyser)
    (bound,) = extract_frames("The club may not let the hall without the mayor's consent.", "", analyser)
    assert (freed.authority, bound.authority) == ("", "mayor")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Taking into account the depth, the costs of dredging and the quay, the owner and the tenant shall repair the wall.",
            ["obligation | owner and the tenant | repair | wall"],
        ),
        (
            "The owner, taking account of the weather and the cost of fuel, shall choose the route.",
            ["obligation | owner | choose | route"],
        ),
        (
            "Without prejudice to its rights and with the exception of lifeboats, each club shall keep its boats.",
            ["obligation | club | keep | its boats |  | with the exception of lifeboats"],
        ),
        (
            "The mayor may, under the charter, and with the council's leave, grant licences.",
            ["permission | mayor | grant | licences"],
        ),
        (
            "If you see smoke, please see our fire plan.",
            ["recommendation | you | see | our fire plan | If you see smoke"],
        ),
        (
            "Each owner and, where applicable, the owner's agent shall keep a log.",
            ["obligation | owner and, where applicable, the owner's agent | keep | log"],
        ),
        ("This is because boats belong to owners, and may be let to others.", []),
        ("The licence includes the right to copy the map; show it to others; print it at home.", []),
        ("The tenant may change the menu, or may not serve food at all.", ["permission | tenant | change | menu"]),
    ],
)
def test_who_is_bound_behind_what_is_weighed(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """What is taken into account is no actor; insertions keep the verb; reasons and descriptions state no rule."""
    assert read(sentence, "", analyser) == expected


def test_an_item_completes_the_statement_of_its_lead_in(analyser: Analyser) -> None:
    """Under "A statement that ... the following points:" the item is a part of the statement, not the object."""
    context = "The file must include: A statement that the board has found the following points:"
    assert read("The boat is safe", context, analyser) == [
        "obligation | file | include | statement that the board has found the following points: The boat is safe"
    ]


@pytest.mark.parametrize(
    ("context", "sentence", "expected"),
    [
        (
            "",
            "The tenant shall pay the rent, while the owner shall repair the roof.",
            ["obligation | tenant | pay | rent", "obligation | owner | repair | roof"],
        ),
        ("", "Sections 2 and 5 will survive the end of this lease.", []),
        ("", "Words in capitals shall have the meaning given in the glossary.", []),
        (
            "",
            "Any court other than the court of the port may stay its proceedings.",
            ["permission | court | stay | its proceedings |  | other than the court of the port"],
        ),
        (
            "The clinic may disclose a diagnosis:",
            "As required by law;",
            ["permission | clinic | disclose | diagnosis | As required by law"],
        ),
        (
            "In relation to hired boats, the club shall take steps to:",
            "check the engines.",
            ["obligation | club | check | engines | In relation to hired boats"],
        ),
    ],
)
def test_contrasts_effects_and_relations(context: str, sentence: str, expected: list[str], analyser: Analyser) -> None:
    """A duty behind "while" is another's; what survives or has a meaning binds nobody; "in relation to" is a condition."""
    assert read(sentence, context, analyser) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The club shall not be responsible for lost keys.", []),
        ("The club shall have no liability for lost keys.", []),
        ("The first term and each later term shall be referred to as the season.", []),
        ("The case shall be referred to the board.", ["obligation |  | refer | case"]),
        ("You can read more about the boats in our leaflet.", []),
        (
            "The club must not accept liability for lost keys.",
            ["prohibition | club | accept | liability | for lost keys"],
        ),
        (
            "The council shall publish a list of the ports, lakes and specified rivers.",
            ["obligation | council | publish | list of the ports, lakes and specified rivers"],
        ),
    ],
)
def test_disclaimers_and_names_are_no_rules(sentence: str, expected: list[str], analyser: Analyser) -> None:
    """Who is not responsible is forbidden nothing; what is referred to as something is named; a participle is no verb."""
    assert read(sentence, "", analyser) == expected
