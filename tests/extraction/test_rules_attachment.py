"""Where object, condition and actor end: what belongs to which verb, and in which case a rule holds."""

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_frames
from extraction.rules_meant import as_meant
from tests.extraction.frames_read import read

CASES = [
    (
        "",
        "By opening an account, you agree to be bound by the house rules.",
        ["obligation | you | be bound by | house rules | By opening an account"],
    ),
    (
        "",
        "In choosing a lock, the owner must take into account the age of the door.",
        ["obligation | owner | take into account | age of the door | In choosing a lock"],
    ),
    ("", "Otherwise, the tenant must pay the fee.", ["obligation | tenant | pay | fee | Otherwise"]),
    (
        "The report must contain:",
        "If applicable, a statement of the costs.",
        ["obligation | report | contain | statement of the costs | If applicable"],
    ),
    (
        "",
        "A clerk may use, for training, letters that she has written.",
        ["permission | clerk | use | letters that she has written | for training"],
    ),
    (
        "",
        "Except when the owner objects, a dealer may sell the boat.",
        ["permission | dealer | sell | boat |  | Except when the owner objects"],
    ),
    (
        "",
        "The samples shall be opened only in the laboratory.",
        ["permission |  | open | samples | only in the laboratory"],
    ),
    (
        "",
        "The dealer shall be able to prove that the boat was sold.",
        ["obligation | dealer | prove | the boat was sold"],
    ),
    ("", "The member shall be able to withdraw the form.", ["permission | member | withdraw | form"]),
    (
        "",
        "The rules may be adhered to by owners who have no boat.",
        ["permission | owners | adhere to | rules | who have no boat"],
    ),
    (
        "",
        "The clerk must submit to the bodies concerned a revised draft.",
        ["obligation | clerk | submit | revised draft"],
    ),
    (
        "",
        "The dealer shall treat the price list as confidential information.",
        ["obligation | dealer | treat | price list as confidential information"],
    ),
    (
        "",
        "The club may withhold prizes and block a member from entry to the hall.",
        [
            "permission | club | withhold | prizes",
            "permission | club | block | member | from entry to the hall",
        ],
    ),
    (
        "",
        "The form must contain only the name of the owner.",
        ["obligation | form | contain | only name of the owner"],
    ),
    ("", "For more information please see the price list.", ["recommendation |  | see | price list"]),
    ("", "Our policy is to refuse cash.", ["obligation |  | refuse | cash"]),
    ("", "This agreement constitutes the whole agreement between the parties.", []),
    (
        "Notice shall be given in the following form:",
        "If the owner has moved, written notice by post to the new address.",
        ["obligation |  | give | written notice by post to the new address | If the owner has moved"],
    ),
    ("", "To borrow a book, you must show your card.", ["obligation | you | show | your card | To borrow a book"]),
    ("", "To protect our guests, we reserve the right to close the gate.", ["permission | we | close | gate"]),
    ("", "You must provide us accurate information.", ["obligation | You | provide | accurate information"]),
    ("", "You should ask them what they accept.", ["recommendation | You | ask | what they accept"]),
    ("", "Members must pay Acme any fee for late return.", ["obligation | Members | pay | fee"]),
    (
        "",
        "You are responsible for compliance with the agreements of the town.",
        ["obligation | You | be responsible for | compliance with the agreements of the town"],
    ),
    (
        "",
        "We will keep the letter, but barring a court order, we will burn it.",
        ["obligation | We | keep | letter", "obligation | we | burn | letter |  | barring a court order"],
    ),
    (
        "Members are prohibited from:",
        "Renting, selling or lending boats.",
        [f"prohibition | Members | {verb} | boats" for verb in ("rent", "sell", "lend")],
    ),
    (
        "Steps we may take in response to a report include:",
        "Written warning",
        ["permission | we | take | Written warning | in response to a report"],
    ),
    ("The dealer represents and warrants that:", "The dealer has the authority to sell the boat.", []),
    ("", "Occasionally, other clubs may offer a lower price.", []),
    ("", "Please understand that the pool is deep.", []),
    (
        "",
        "“Guests” means any of the following: members; their children; and visitors.",
        ["definition | “Guests” | mean | any of the following: members; their children; and visitors"],
    ),
    (
        "",
        "During the night a guard may open the gate on their own, with no colleague near.",
        ["permission | guard | open | gate | During the night ; on their own, with no colleague near"],
    ),
    (
        "",
        "Between 8.30 and 19.00 guests may use the pool.",
        ["permission | guests | use | pool | Between 8.30 and 19.00"],
    ),
    ("", "The clerk has two days to answer the letter.", ["obligation | clerk | answer | letter"]),
    ("", "Visitors can leave their coats in the hall.", ["permission | Visitors | leave | their coats | in the hall"]),
    ("", "Visitors can see the lake from here.", []),
    ("", "The owner shall use the key only for the gate.", ["permission | owner | use | key | only for the gate"]),
    (
        "",
        "The safe may only be opened by the treasurer.",
        ["permission | treasurer | open | safe | only by the treasurer"],
    ),
    (
        "",
        "You agree not to lend the key without the owner's prior, written consent.",
        ["prohibition | You | lend | key |  | without the owner's prior, written consent"],
    ),
    (
        "",
        "For the avoidance of doubt, no letter will be considered a contract.",
        ["definition | letter | not consider | contract"],
    ),
    (
        "",
        "The club must use locks and comply, where applicable, with the plan of the town.",
        [
            "obligation | club | use | locks | where applicable",
            "obligation | club | comply with | plan of the town | where applicable",
        ],
    ),
    (
        "The clerk must document the following and keep the documents:",
        "The names of the guests.",
        ["obligation | clerk | document | names of the guests"],
    ),
    (
        "A member of the club—",
        "Must refrain from shouting.",
        ["obligation | member of the club | refrain from | shouting"],
    ),
    (
        "",
        "The bill shall be sent by post or by other means, including, where possible, by e-mail.",
        ["obligation |  | send | bill"],
    ),
    (
        "",
        "The clerk shall, not later than two days after the sale, notify the owner.",
        ["obligation | clerk | notify | owner"],
    ),
    (
        "",
        "Guests may inspect and obtain a copy of the bill.",
        ["permission | Guests | inspect | bill", "permission | Guests | obtain | copy of the bill"],
    ),
    (
        "",
        'The owner must include the following statement: "I have read the rules."',
        ['obligation | owner | include | following statement "I have read the rules."'],
    ),
    ("", "You must copy the key(s) that you lend.", ["obligation | You | copy | keys that you lend"]),
]


@pytest.mark.parametrize(("context", "sentence", "expected"), CASES)
def test_phrases_belong_where_the_grammar_puts_them(
    context: str, sentence: str, expected: list[str], analyser: Analyser
) -> None:
    """Cases, purposes, roles and receivers leave the object; what a verb cannot do without stays with it."""
    assert read(sentence, context, analyser) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The distribution of leaflets is prohibited.", ("distribute", "leaflets", "")),
        ("We do not tolerate harassment of any kind.", ("engage in", "harassment of any kind", "")),
        ("The company will not tolerate bribery.", ("engage in", "bribery", "")),
        (
            "We do not allow content or activity that mocks others.",
            ("engage in", "content or activity that mocks others", ""),
        ),
        ("The club does not allow keeping more than two dogs.", ("keep", "more than two dogs", "")),
        ("Dogs are not allowed in the hall.", ("allow", "Dogs", "")),
        ("Managers must not tolerate harassment.", ("tolerate", "harassment", "Managers")),
    ],
)
def test_a_ban_is_of_the_deed_that_it_names(sentence: str, expected: tuple[str, str, str], analyser: Analyser) -> None:
    """What is forbidden is to distribute or to harass, not to prohibit or to tolerate; who must tolerate nothing stays bound."""
    (frame,) = extract_frames(sentence, "", analyser)
    meant = as_meant(frame)
    assert (meant.action, meant.object, meant.actor) == expected
