"""What sentences around a rule do to it: exceptions made later, pronouns, worked examples, tables."""

from dataclasses import replace

import pytest

from extraction.nlp import Analyser
from extraction.rules import extract_rules
from extraction.rules_anaphora import is_unresolved
from extraction.rules_cases import is_of_the_case
from extraction.rules_frame import Frame
from extraction.rules_units import Unit
from kg.model import ClauseKind, Modality, Ontology
from tests.extraction.policy_text import policy


def test_a_later_sentence_makes_an_exception(analyser: Analyser) -> None:
    """As "This prohibition does not apply to ..." goes to the prohibition before it, not to the permission."""
    text = (
        "Employees may use the gym. Employees must not park in the yard. "
        "This prohibition does not apply to members of the night shift.\n"
    )
    rules, _ = extract_rules(policy(text), analyser)
    assert [(rule.action, rule.exception) for rule in rules] == [
        ("use", ""),
        ("park", "does not apply to members of the night shift"),
    ]


def test_an_exception_in_the_next_paragraph(analyser: Analyser) -> None:
    """The first sentence of a clause points back to the clause before it; an unrelated noun points nowhere."""
    text = "Visitors must sign the book.\nThis requirement does not apply to auditors.\nThis law does not apply here.\n"
    (rule,), _ = extract_rules(policy(text), analyser)
    assert rule.exception == "does not apply to auditors"


def test_an_exception_names_its_paragraph(analyser: Analyser) -> None:
    """As "Paragraph 1 shall not apply if: (a) ...; (b) ..." reaches paragraph 1 alone and takes its items along."""
    base = policy(
        "Banks shall inform the client.\nBanks may charge a fee.\nParagraph 1 shall not apply if:\n"
        "- the client is a bank;\n- the client is known.\n"
    )
    numbers = ["Article 3(1)", "Article 3(2)", "Article 3(3)", "Article 3(3)(a)", "Article 3(3)(b)"]
    clauses = tuple(replace(clause, number=number) for clause, number in zip(base.clauses, numbers, strict=True))
    rules, _ = extract_rules(replace(base, clauses=clauses), analyser)
    assert [(rule.action, rule.exception) for rule in rules] == [
        ("inform", "shall not apply if: the client is a bank; the client is known"),
        ("charge", ""),
    ]


def test_the_exempt(analyser: Analyser) -> None:
    """As "X are exempt from this requirement" excepts X from the sentence before."""
    rules, _ = extract_rules(policy("Staff must wear a badge. Cleaners are exempt from this requirement.\n"), analyser)
    assert [rule.exception for rule in rules] == ["Cleaners are exempt from this requirement"]


def test_pronouns_of_the_next_sentence(analyser: Analyser) -> None:
    """They and it take their nouns from the sentence before, within the clause only."""
    rules, _ = extract_rules(policy("Drivers must carry a licence. They must not lend it.\nIt must come.\n"), analyser)
    assert [(rule.actor, rule.action, rule.object) for rule in rules] == [
        ("Drivers", "carry", "licence"),
        ("Drivers", "lend", "licence"),
    ]


def test_unresolved_pronouns() -> None:
    """A frame that points outside its clause is known."""
    assert is_unresolved(Frame(Modality.OBLIGATION, "it", "come"))
    assert not is_unresolved(Frame(Modality.OBLIGATION, "driver", "stop"))


def _unit(ontology: Ontology, text: str, kind: ClauseKind) -> Unit:
    clause = replace(ontology.clauses[0], kind=kind)
    return Unit(clause, 0, len(text), text, "")


@pytest.mark.parametrize(
    ("actor", "target", "text", "of_the_case"),
    [
        ("she", "gift", "She must return the gift.", True),
        ("", "voucher", "The voucher must be returned.", True),
        ("Employees", "gifts above USD 100", "Employees must return gifts above USD 100.", False),
        ("You", "Legal", "You must call Legal.", False),
    ],
)
def test_worked_examples(actor: str, target: str, text: str, of_the_case: bool, analyser: Analyser) -> None:
    """An example's own people and things state no general rule; what it says of everyone does."""
    frame = Frame(Modality.OBLIGATION, actor, "return", target)
    assert is_of_the_case(frame, _unit(policy(), text, ClauseKind.QUESTION_ANSWER)) is of_the_case


def test_a_row_that_repeats_a_clause(analyser: Analyser) -> None:
    """A table row that says what a sentence of its section says is left out; another one stays."""
    base = policy(
        "A gift above USD 75 requires the approval of the line manager.\n"
        "Benefit: Gift; Line manager must approve: above USD 75\n"
        "Benefit: Meal; Line manager must approve: above USD 120\n"
    )
    rows = tuple(replace(clause, kind=ClauseKind.TABLE_ROW) for clause in base.clauses[1:])
    rules, _ = extract_rules(replace(base, clauses=(base.clauses[0], *rows)), analyser)
    assert [(rule.actor, rule.action, rule.object) for rule in rules] == [
        ("gift above USD 75", "require", "approval of the line manager"),
        ("Line manager", "approve", "meal"),
    ]


def test_a_row_without_header_is_a_sentence(analyser: Analyser) -> None:
    """The numbered requirement of a standard, kept in a table, is read like any sentence."""
    base = policy("Verify that sessions end after logout, unless the user asked to stay.\n")
    (rule,), _ = extract_rules(replace(base, clauses=(replace(base.clauses[0], kind=ClauseKind.TABLE_ROW),)), analyser)
    assert (rule.action, rule.object) == ("verify", "sessions end after logout")
    assert rule.exception == "unless the user asked to stay"


def test_acts_that_need_no_object(analyser: Analyser) -> None:
    """Being free to vote is a whole rule."""
    rules, _ = extract_rules(policy("Employees are free to vote and to stand for office.\n"), analyser)
    assert [(str(rule.modality), rule.action) for rule in rules] == [
        ("permission", "vote"),
        ("permission", "stand for"),
    ]
