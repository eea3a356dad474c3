"""Paragraphs on a concept: natural sentences, resting on one clause, one per relation type."""

import random
import re
from dataclasses import replace

import pytest

from generation.chats import with_gold_clause
from generation.concept_names import name_of
from generation.drafts import Draft
from generation.framing import frame_of
from generation.glossary import apart, around
from generation.meant import bound
from generation.relation_phrases import asked, told
from generation.topics import topics
from kg.model import Concept, Provenance, Relation
from kg.retrieval_records import Retrieved
from tests.generation.fixtures import FakeRetriever
from tests.generation.test_selection import wide_policy

ONTOLOGY = wide_policy()


def concept(label: str, kind: str = "asset") -> Concept:
    return Concept(f"k:{label}", label, kind, (), "", 1.0, "", (Provenance("clause", "clause:0", "test"),))


@pytest.mark.parametrize(
    ("label", "kind", "named"),
    [
        ("watch", "asset", "a watch"), ("Ethics Office", "body", "the Ethics Office"), ("goods", "asset", "goods"),
        ("Data Protection Officer", "party", "the Data Protection Officer"), ("Meridian", "party", "Meridian"),
        ("AI tool", "asset", "an AI tool"), ("return gift", "action", "returning a gift"), ("accept", "action", "accepting"),
        ("cooperate with investigation", "action", "cooperating with an investigation"), ("visitor log", "document", "a visitor log"),
        ("agree to exception", "action", "agreeing to exceptions"), ("stress", "quality", "stress"),
        ("side letter", "action", "a side letter"), ("shred paper", "action", "shredding paper"), ("press", "party", "the press"),
    ],
)  # fmt: skip
def test_a_concept_is_named_as_a_sentence_names_it(label: str, kind: str, named: str) -> None:
    """Articles, acts in progress and words without a plural are told apart."""
    assert name_of(concept(label, kind)) == named


@pytest.mark.parametrize(
    ("type_", "source", "target", "question", "answer"),
    [
        ("IsA", "city council", "authority", "under which term does the glossary put “city council”", "A city council is a kind of authority."),
        ("Synonym", "rival", "competitor", "what is another word for “rival”", "Another word for “rival” is “competitor”."),
        ("UsedFor", "wine", "celebrating", "what is wine commonly used for", "Wine is commonly used for celebrating."),
        ("AtLocation", "goods", "warehouse", "where are goods often found", "Goods are often found in a warehouse."),
        ("CreatedBy", "drawing", "engineer", "whose work can a drawing be", "A drawing can be the work of an engineer."),
        ("PartOf", "guard", "machine", "to what does a guard belong", "A guard belongs to a machine."),
        ("HasProperty", "ledger", "complete", "what can a ledger be", "A ledger can be complete."),
        ("RelatedTo", "share", "dividend", "what is often mentioned together with a share", "A share is often mentioned together with a dividend."),
    ],
)  # fmt: skip
def test_each_relation_has_its_own_sentence(type_: str, source: str, target: str, question: str, answer: str) -> None:
    """Article, number and verb agree; the question is the one that the sentence answers."""
    one, other = concept(source), concept(target)
    assert (asked(one, (type_, 0), [other]), told(one, (type_, 0), [other])) == (question, answer)


def test_several_of_one_kind_are_listed_without_articles() -> None:
    """As a glossary lists them, and never the same thing twice."""
    ends = [concept("watch"), concept("voucher")]
    assert told(concept("gift"), ("IsA", 1), ends) == "Kinds of gift: watch and voucher."
    groups = apart([concept("customs broker"), concept("agent"), concept("broker")])
    assert [[end.label for end in group] for group in groups] == [["customs broker", "agent"], ["broker"]]


def test_the_glossary_is_asked_for_what_it_answers() -> None:
    """Related terms are asked for as such; what a name says already is no news; nobody is asked what a term means."""
    named = (Provenance("clause", ONTOLOGY.clauses[0].id, "test"),)
    labels = ("bidder", "losing bidder", "applicant", "vendor")
    bidder, loser, applicant, vendor = (replace(concept(label, "party"), provenance=named) for label in labels)
    relations = [
        Relation("r1", loser.id, "IsA", bidder.id),
        Relation("r2", bidder.id, "RelatedTo", applicant.id),
        Relation("r3", vendor.id, "RelatedTo", applicant.id),
    ]
    parties = (bidder, loser, applicant, vendor)
    ontology = replace(ONTOLOGY, concepts=(*ONTOLOGY.concepts, *parties), relations=tuple(relations))
    told_of = {draft.answer: draft.question for draft in around(ontology, random.Random(2))}
    assert re.search(r"(?:give for|connect with) “vendor”\?$", told_of["A related term for “vendor” is “applicant”."])
    assert told_of["The glossary puts “losing bidder” under “bidder”."].endswith("the glossary put “losing bidder”?")
    assert not any("meant by" in question or "explain" in question for question in told_of.values())


@pytest.mark.parametrize(
    ("type_", "act", "who", "bounded", "says"),
    [
        ("Must", "hear person", "Meridian", True, "So Meridian must hear people."),
        ("MustNot", "store file", "employee", False, "No employee may store files."),
        ("MustNot", "hire relative", "employee", True, "This ban on hiring relatives is meant for employees."),
        ("May", "send confidential document", "employee", True, "On these terms employees may send confidential documents."),
        ("Should", "tell reporter", "Meridian", False, "So Meridian should tell reporters."),
        ("NeedNot", "disclose holding", "employee", False, "Employees need not disclose holdings."),
    ],
)  # fmt: skip
def test_whom_a_rule_means_is_said_as_a_person_says_it(
    type_: str, act: str, who: str, bounded: bool, says: str
) -> None:
    """Both ends are named; what holds on terms is not told as if it always held."""
    assert bound(type_, concept(who, "party"), concept(act, "action"), bounded=bounded) == says


def test_a_paragraph_rests_on_the_clause_that_is_shown_with_it() -> None:
    """It names the clause that it quotes, and that clause is shown even where no rule is named."""
    frames = {rule.id: frame_of(rule, ONTOLOGY) for rule in ONTOLOGY.rules}
    drafts = [*topics(ONTOLOGY, frames, random.Random(1)), *around(ONTOLOGY, random.Random(1))]
    assert drafts
    assert not any("has to do with" in draft.answer for draft in drafts)
    found = FakeRetriever(ONTOLOGY).retrieve_many(["Employees must not pay bribes."], 1)[0]
    for draft in drafts:
        shown = with_gold_clause(ONTOLOGY, draft, found, random.Random(1))
        if draft.clause_ids:
            assert [passage.clause_id for passage in shown] == list(draft.clause_ids)


def test_a_clause_that_retrieval_missed_is_cited_as_one_that_it_found() -> None:
    """By its section's title where clauses and section bear no number, never by an id that the answer does not name."""
    section = replace(ONTOLOGY.sections[0], number="", title="Gifts of guests")
    clauses = tuple(
        replace(clause, number="") if clause.section_id == section.id else clause for clause in ONTOLOGY.clauses
    )
    ontology = replace(ONTOLOGY, sections=(section, *ONTOLOGY.sections[1:]), clauses=clauses)
    rules = {rule.clause_id: rule for rule in ontology.rules}
    missed = next(clause for clause in clauses if clause.section_id == section.id and clause.id in rules)
    other = next(clause for clause in clauses if clause.section_id != section.id and clause.id in rules)
    draft = Draft("rule_qa", "Is there a rule?", "Yes.", None, (rules[missed.id].id,), (missed.id,), "family")
    found = [Retrieved(other.id, rules[other.id].id, other.text, "2.1", 1.0, (), (rules[other.id].id,))]
    shown = with_gold_clause(ontology, draft, found, random.Random(1))
    assert [passage.citation for passage in shown if passage.clause_id == missed.id] == ["Gifts of guests"]


def test_to_whom_an_act_is_directed_is_told_with_it() -> None:
    """One sentence for the duty and for the office that it is owed to."""
    told_of = bound(
        "Must", concept("employee", "party"), concept("report gift", "action"), " to the Ethics Office", bounded=True
    )
    assert told_of == "So employees must report gifts to the Ethics Office."


def test_a_paragraph_quotes_no_sentence_twice() -> None:
    """Where a rule is quoted with the sentence before it, that sentence is not quoted by itself as well."""
    frames = {rule.id: frame_of(rule, ONTOLOGY) for rule in ONTOLOGY.rules}
    for draft in topics(ONTOLOGY, frames, random.Random(1)):
        first, _, second = draft.answer.partition(" says: ")[2].partition(" It also says: ")
        assert not second or (first not in second and second not in first)
