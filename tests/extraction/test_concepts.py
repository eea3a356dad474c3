"""Concepts: clean labels, kinds, links to every rule, and sources."""

from dataclasses import replace

import pytest

from extraction.concepts import extract_concepts
from extraction.concepts_kinds import kind_of
from extraction.concepts_terms import mentions
from extraction.nlp import Analyser
from extraction.rules import extract_rules
from kg.model import Ontology
from tests.extraction.policy_text import policy


@pytest.fixture(scope="module")
def ontology(analyser: Analyser) -> Ontology:
    base = policy()
    with_rules = replace(base, rules=extract_rules(base, analyser)[0])
    concepts, links = extract_concepts(with_rules, analyser)
    return replace(with_rules, concepts=concepts, rule_concepts=links)


def test_labels_are_clean(ontology: Ontology) -> None:
    """No determiner, pronoun or bare quantity is a concept, and no label comes twice for one kind."""
    nouns = [concept.label.lower() for concept in ontology.concepts if concept.kind != "action"]
    assert len(nouns) == len(set(nouns))
    assert not {"it", "the", "usd", "working day", "more", "anything"} & set(nouns)
    assert {"employee", "gift", "ethics office", "line manager"} <= set(nouns)


def test_every_rule_is_linked(ontology: Ontology) -> None:
    """Every rule mentions at least one concept, and every link ends at a known concept."""
    assert {link.rule_id for link in ontology.rule_concepts} == {rule.id for rule in ontology.rules}
    assert {link.concept_id for link in ontology.rule_concepts} <= set(ontology.concept_by_id)


def test_actions_are_concepts_of_their_own(ontology: Ontology) -> None:
    """The act "accept gift" is a concept, without the rule's polarity."""
    actions = {concept.label for concept in ontology.concepts if concept.kind == "action"}
    assert "accept gift" in actions
    assert not [label for label in actions if label.startswith("not ")]


def test_sources_and_weights(ontology: Ontology) -> None:
    """Every concept has a source whose span lies in the document, and a weight in the unit interval."""
    size = len(ontology.documents[0].text)
    for concept in ontology.concepts:
        assert concept.provenance
        assert 0.0 < concept.weight <= 1.0
        assert all(source.span is not None and source.span.end <= size for source in concept.provenance)


def test_definitions_are_kept(ontology: Ontology) -> None:
    """A defined term carries its definition."""
    gift = next(concept for concept in ontology.concepts if concept.label.lower() == "gift")
    assert gift.definition.startswith("anything of value")


@pytest.mark.parametrize(
    ("label", "head", "kind"),
    [
        ("line manager", "manager", "party"),
        ("incident report", "report", "document"),
        ("personal data", "data", "information"),
        ("travel expense", "expense", "money"),
        ("working day", "day", "time"),
        ("harassment", "harassment", "action"),
        ("fairness", "fairness", "quality"),
        ("health data", "data", "information"),
        ("background check", "check", "action"),
        ("time limit", "limit", "time"),
        ("source code", "code", "asset"),
        ("coffee", "coffee", "asset"),
        ("licensee", "licensee", "party"),
        ("prevention", "prevention", "action"),
        ("legal instrument", "instrument", "document"),
    ],
)
def test_kinds(label: str, head: str, kind: str) -> None:
    """The head noun tells the kind."""
    assert kind_of(label, head) == kind


def test_names_keep_their_capitals(analyser: Analyser) -> None:
    """A named body keeps its capitals, a plural its singular."""
    doc = analyser.doc("Two employees must report the incident to the Ethics Office.")
    assert [mention.label for mention in mentions(doc)] == ["employee", "incident", "Ethics Office"]


def test_names_that_act_are_bodies() -> None:
    """A name that is bound, asked or told is a body whatever its last word means; else its head decides."""
    assert kind_of("Finance Control", "control", proper=True, acts=True) == "body"
    assert kind_of("Finance Control", "control", proper=True) == "thing"
    assert kind_of("Data Protection Officer", "officer", proper=True, acts=True) == "party"


@pytest.mark.parametrize(
    "text",
    [
        "Do so on behalf of it and with regard to paragraph 4.",
        "It applies from 25 May 2018 in accordance with Article 58.",
        "THE SERVICE IS PROVIDED AS IS.",
    ],
)
def test_junk_is_no_term(analyser: Analyser, text: str) -> None:
    """Empty nouns, cross-references, dates and shouting give no term, or a plain one in small letters."""
    labels = {mention.label for mention in mentions(analyser.doc(text))}
    assert labels <= {"service"}


def test_a_subject_is_a_person_in_data_subject(analyser: Analyser) -> None:
    """A word that says nothing as a modifier may head a term."""
    doc = analyser.doc("Every data subject must be told by the controller about the use of cookies.")
    assert [mention.label for mention in mentions(doc)] == ["data subject", "controller", "cookie"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("You must inform Health and Safety.", {"Health and Safety"}),
        ("You must inform Finance and Legal.", {"Finance", "Legal"}),
        ("It includes repositories containing notices.", {"repository", "notice"}),
        ("Losses of 3 million are no cause whatsoever.", {"loss"}),
    ],
)
def test_names_stay_whole_and_what_is_no_noun_goes(analyser: Analyser, text: str, labels: set[str]) -> None:
    """A name with "and" in it is one term, two departments are two; adverbs and numbers are none."""
    found = {mention.label for mention in mentions(analyser.doc(text))}
    assert labels <= found
    assert not {"whatsoever", "cause whatsoever", "million", "Safety", "Health", "repository containing notice"} & found


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("spectrometer", "asset"),
        ("insurance", "money"),
        ("heater", "asset"),
        ("perimeter", "thing"),
        ("waiter", "party"),
    ],
)
def test_a_deceiving_ending_names_no_party(word: str, kind: str) -> None:
    """Instruments end like people who act; an insurance is no quality."""
    assert kind_of(word, word) == kind


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Ask the DIRECTOR for a permit.", ["director", "permit"]),
        ("THE CUSTOMER MUST PAY FOR LOST DATA.", ["customer", "lost data"]),
        ("Send the DMCA notice and the JSON file.", ["DMCA notice", "JSON file"]),
    ],
)
def test_capitals_alone_make_no_name(text: str, labels: list[str], analyser: Analyser) -> None:
    """A common word in capitals is the common word; an acronym keeps its capitals."""
    assert [mention.label for mention in mentions(analyser.doc(text))] == labels
