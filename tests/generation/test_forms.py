"""The forms beside cases: what is asked back, quoted, refused, excepted and opposed reads as a person would say it."""

import random
import re
from dataclasses import replace

import pytest

from generation.actor_told import who_acts
from generation.asking_back import ask_back, question_of
from generation.clauses import FiniteClause
from generation.exceptions_told import exceptions
from generation.framing import frame_of
from generation.harmless import harmless, near_harmless
from generation.oppositions import oppositions
from generation.outside import out_of_scope
from generation.quotations import alone, stated, subject
from generation.rule_questions import definitions, rule_question
from kg.model import Conflict, Modality, Rule, Verdict
from tests.generation.fixtures import policy

ONTOLOGY = policy()


def rule(start: str) -> Rule:
    return next(one for one in ONTOLOGY.rules if one.text.startswith(start))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("They must not pay bribes.", "Employees must not pay bribes."),
        ("Employees must not accept: vouchers or cheques;", "Employees must not accept vouchers or cheques."),
        ("Employees must report the following signs to Purchasing: an odd invoice;", "Employees must report signs to Purchasing, such as an odd invoice."),
        ("No. You must not lend out a badge.", "You must not lend out a badge."),
        ("Side deals are prohibited: every promise must be written down.", "Side deals are prohibited: every promise must be written down."),
    ],
)  # fmt: skip
def test_a_quotation_stands_alone(text: str, quoted: str) -> None:
    """Its pronoun is named, and one item of a list becomes the end of its sentence."""
    assert alone(ONTOLOGY, replace(rule("Employees must not pay"), text=text)) == quoted


def test_what_points_back_is_not_quoted_alone() -> None:
    """Without a sentence before it that says what it means, nothing is said of it."""
    leaning = replace(rule("Employees must not pay"), text="Employees who receive such a bribe must return it.")
    assert alone(ONTOLOGY, leaning) == ""
    assert rule_question(ONTOLOGY, leaning, frame_of(leaning, ONTOLOGY), random.Random(0)) is None


def test_a_row_of_a_table_gets_its_articles() -> None:
    """A row without articles is no sentence by itself."""
    row = replace(
        rule("Posts"), actor="Line manager", text="Line manager must approve prize if the value is above USD 90."
    )
    assert stated(row) == "The line manager must approve a prize if the value is above USD 90."
    worth = replace(row, text="Line manager must approve order value up to USD 900.")
    assert stated(worth) == "The line manager must approve an order with a value up to USD 900."


def test_a_definition_is_asked_in_several_ways_and_keeps_its_article() -> None:
    """A word that is defined stands in quotation marks, a thing that is described keeps its article."""
    bribe = replace(
        rule("Posts"), modality=Modality.DEFINITION, actor="kickback", object="a secret return of part of a price",
        text="A kickback is a secret return of part of a price.", action="is", condition="", exception="",
    )  # fmt: skip
    word = replace(bribe, text='"Kickback" means a secret return of part of a price.')
    for one, says in (
        (bribe, "A kickback is a secret return of part of a price."),
        (word, "“Kickback” means a secret return of part of a price."),
    ):
        drafts = list(definitions(ONTOLOGY, [(one, frame_of(one, ONTOLOGY))], random.Random(0)))
        own = [draft for draft in drafts if draft.rule_ids]
        assert len({draft.question for draft in own}) >= 5
        assert all(draft.answer.endswith(f": {says}") for draft in own)
        assert not any(draft.answer.startswith("Yes.") for draft in own), "a definition is no example of itself"
    person = replace(
        bribe, actor="guest", text="A guest is a person who has a badge.", object="a person who has a badge"
    )
    drafts = list(definitions(ONTOLOGY, [(person, frame_of(person, ONTOLOGY))], random.Random(0)))
    assert "Who counts as a guest?" in {draft.question for draft in drafts}
    nothing = replace(bribe, actor="this", text="This means a secret return of part of a price.")
    assert not any(
        one.rule_ids for one in definitions(ONTOLOGY, [(nothing, frame_of(nothing, ONTOLOGY))], random.Random(0))
    )


def test_two_sentences_of_one_clause_are_told_apart() -> None:
    """The clause that prevails is not named where both stand in it."""
    one, other = ONTOLOGY.rules[0], replace(ONTOLOGY.rules[1], clause_id=ONTOLOGY.rules[0].clause_id)
    conflict = Conflict("x", one.id, other.id, "opposition", "they differ", prevails=other.id)
    ontology = replace(ONTOLOGY, rules=(one, other), conflicts=(conflict,))
    frames = {rule.id: frame_of(rule, ontology) for rule in ontology.rules}
    answers = [draft.answer for draft in oppositions(ontology, frames)]
    assert answers[0].endswith(" The latter prevails.")
    assert " It also says: " in answers[0]


@pytest.mark.parametrize(
    ("case", "subject"),
    [
        ("Marek gave me a report that Ana sold a share.", "she"), ("Diego from the sales team kept a gift. Olga knew of it.", "he"),
        ("I kept a gift. Olga says that it was small.", "you"), ("The site gave a donation.", "they"),
    ],
)  # fmt: skip
def test_who_acts_is_no_witness(case: str, subject: str) -> None:
    """Whoever only tells of an act is not the one who is asked about."""
    assert who_acts(case).subject == subject


def test_a_condition_is_asked_of_the_one_who_acts() -> None:
    """In the tense of the case, with the right pronoun and without the negation."""
    she = who_acts("Ana sold a share.")
    assert question_of(FiniteClause("they", "suspect", "theft", "suspect"), she, past=True) == "Did she suspect theft?"
    assert question_of(FiniteClause("the work", "does", "not compete"), she, past=True) == "Did the work compete?"
    assert question_of(FiniteClause("they", "are", "ill"), she, past=False) == "Is she ill?"


def test_what_is_asked_back_is_a_question_and_names_the_clause() -> None:
    """Of every rule whose case leaves open more than the act itself."""
    found = {one.id: list(ask_back(one, frame_of(one, ONTOLOGY), random.Random(3))) for one in ONTOLOGY.rules}
    answers = [draft.answer for drafts in found.values() for draft in drafts]
    assert max(len({draft.answer.partition("?")[0] for draft in drafts}) for drafts in found.values()) > 1
    assert all(re.match(r"[A-Z][^?]+\? .*clause \d.*\.$", text, re.IGNORECASE) for text in answers)
    taken = [text for text in answers if "compete" in text]
    assert all("Did the work compete with the company? If so, clause" in text for text in taken)


def test_harmless_cases_are_told_in_turn() -> None:
    """All are permitted, and no two in a row are alike."""
    bribes = rule("Employees must not pay")
    frame = frame_of(bribes, ONTOLOGY)
    assert near_harmless(bribes, frame)
    told = [harmless(bribes, frame, random.Random(0), turn) for turn in range(12)]
    assert {draft.verdict for draft in told} == {Verdict.PERMITTED}
    assert len({draft.question for draft in told}) == len(told)
    assert not any(re.search(r"[{}]", f"{draft.question} {draft.answer}") for draft in told)


def test_an_exception_is_answered_for_the_case() -> None:
    """The answer quotes the exception, and says whether it covers the case."""
    gifts = rule("Employees must not accept gifts")
    drafts = list(exceptions(gifts, frame_of(gifts, ONTOLOGY), random.Random(0)))
    assert drafts[0].answer.startswith("Yes. The exception in clause 1.0 reads: “unless")
    ends = {draft.answer.split(",")[-1].strip() for draft in drafts if "case" in draft.answer}
    assert ends <= {"covers this case.", "does not cover this case."}


def test_an_exception_is_quoted_as_far_as_it_goes() -> None:
    """What is asked for together is told together, and of alternatives the one that fails rules nothing out."""
    of_clause = replace(rule("Employees must not accept gifts"), text="")
    both = "Teams must not read a diary unless a suspicion exists and the owner has agreed."
    either = "Employees must not lend a key unless the guard has agreed or the owner is present."
    told = {}
    for text, exception in ((both, "a suspicion exists"), (either, "the guard has agreed")):
        own = replace(
            of_clause,
            text=text,
            exception=f"unless {exception}",
            condition="",
            actor=text.split()[0],
            action="not read",
            object="a diary",
        )
        told[text] = list(exceptions(own, frame_of(own, ONTOLOGY), random.Random(0)))
    assert "“unless a suspicion exists and the owner has agreed”" in told[both][0].answer
    assert not any("does not cover" in draft.answer for draft in told[either])
    opening = "Barring a lawsuit, the archive must not keep a letter."
    own = replace(of_clause, text=opening, exception="barring a lawsuit", condition="", actor="the archive", action="not keep", object="a letter")  # fmt: skip
    frame = frame_of(own, ONTOLOGY)
    assert not any(
        "archive must" in draft.answer
        for draft in (exceptions(own, frame, random.Random(0)) if frame.exceptions else ())
    )
    gifts = rule("Employees must not accept gifts")
    free = replace(frame_of(gifts, ONTOLOGY), act="go without answering at night", verbs=1)
    asked = [draft.question for draft in exceptions(gifts, free, random.Random(0))]
    assert any("rule on not answering" in question for question in asked)
    assert not any("not hold" in question or "hold without" in question for question in asked)


def test_questions_outside_the_policy_differ() -> None:
    """Towns stand only where a town matters."""
    asks = [draft.question for draft in out_of_scope(random.Random(0))]
    assert len(set(asks)) == len(asks) > 100
    assert not any("bread" in ask and " in " in ask for ask in asks)


def test_a_harmless_case_says_they_and_no_he_or_she() -> None:
    """Words for one of either sex are told as people say them."""
    found = rule("Employees must not pay")
    frame = replace(frame_of(found, ONTOLOGY), act="make a report that he or she knows to be false")
    told = [harmless(found, frame, random.Random(0), turn).question for turn in range(6)]
    assert all("that they know to be false" in text for text in told), told


def test_what_a_rule_is_on_ends_in_no_preposition() -> None:
    """A long act is cut where a phrase ends."""
    act = "use the exchange rate published by the bank for that month for a payment in another currency"
    frame = replace(frame_of(rule("Employees must not pay"), ONTOLOGY), act=act, verbs=1)
    assert not re.search(r" (?:for|in|by|a|the)$", subject(frame)), subject(frame)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("inform the shift lead at", "informing the shift lead"),
        ("approve a benefit in which he or she shares", "approving a benefit"),
        ("allow working from home", "working from home"),
        ("require a customer to buy one product as a condition of selling another thing", "requiring a customer to buy one product"),
    ],
)  # fmt: skip
def test_what_a_rule_is_on_stands_without_its_actor(act: str, told: str) -> None:
    """A question names the act, and not the "he or she" of the rule's own sentence."""
    frame = replace(frame_of(rule("Employees must not pay"), ONTOLOGY), act=act, verbs=1)
    assert subject(frame) == told
