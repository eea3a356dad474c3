"""Vocabularies of users as seeds: what is taken, what is left out and why, and how it is planted."""

from pathlib import Path

import pytest

from kg.errors import UserError
from kg.model import Concept, Ontology, RuleConcept
from kg.rdf.seeding import seed
from kg.rdf.syntax import to_text
from kg.rdf.vocabulary import Vocabulary, read_vocabulary
from kg.rdf.writer import to_graph
from kg.resolution import merge_concepts, resolve
from kg.schema import validate_ontology
from tests.kg.gift_policy import POLICY

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/terms#> .
"""
TERMS = """
ex:scheme a skos:ConceptScheme ; skos:prefLabel "Gift terms" ; dcterms:license "CC-BY-4.0" .
ex:gift a skos:Concept ; skos:prefLabel "gift"@en , "Geschenk"@de ; skos:altLabel "gratuity"@en , "Gabe"@de ;
    skos:definition "A thing of value given freely."@en ; skos:broader ex:benefit .
ex:benefit a skos:Concept ; skos:prefLabel "benefit" ; skos:narrower ex:hamper .
ex:hamper a skos:Concept ; skos:prefLabel "hamper" ; skos:related ex:giftRegister .
ex:giftRegister a skos:Concept .
"""
CLASSES = """
ex:Payment a owl:Class ; rdfs:comment "Money that is handed over." .
ex:Bribe a owl:Class ; rdfs:label "bribe" ; rdfs:subClassOf ex:Payment , [ a owl:Restriction ; owl:onProperty ex:to ;
    owl:someValuesFrom ex:Official ] ; owl:disjointWith ex:Salary .
ex:Salary a owl:Class ; rdfs:subClassOf ex:Payment .
ex:Official a owl:Class . ex:Fee a owl:Class ; owl:deprecated true .
ex:approves a owl:ObjectProperty ; rdfs:domain ex:Official ; rdfs:range ex:Payment .
ex:may2026 a owl:NamedIndividual , ex:Salary .
"""


def read(tmp_path: Path, text: str) -> Vocabulary:
    path = tmp_path / "terms.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return read_vocabulary(path)


def edges(found: Vocabulary) -> set[tuple[str, str, str]]:
    labels = {concept.id: concept.label for concept in found.concepts}
    return {(labels[one.source_id], one.type, labels[one.target_id]) for one in found.relations}


def test_skos_is_read(tmp_path: Path) -> None:
    """English labels, names, definition, hierarchy in both directions; the name in an IRI where there is no label."""
    found = read(tmp_path, TERMS)
    gift = next(concept for concept in found.concepts if concept.label == "gift")
    assert gift.aliases == ("gratuity",)
    assert gift.definition == "A thing of value given freely."
    (proof,) = gift.provenance
    assert (proof.source, proof.ref, proof.licence) == ("seed", "https://example.org/terms#gift", "CC-BY-4.0")
    assert {concept.label for concept in found.concepts} == {"gift", "benefit", "hamper", "gift register"}
    assert edges(found) == {
        ("gift", "IsA", "benefit"),
        ("hamper", "IsA", "benefit"),
        ("hamper", "RelatedTo", "gift register"),
    }
    assert found.rejected == ()


def test_owl_is_read(tmp_path: Path) -> None:
    """Classes, subclasses, individuals, what may do what to what; restrictions and what is deprecated are left out."""
    found = read(tmp_path, CLASSES)
    assert {concept.label for concept in found.concepts} == {"payment", "bribe", "salary", "official", "may2026"}
    assert edges(found) == {
        ("bribe", "IsA", "payment"),
        ("salary", "IsA", "payment"),
        ("bribe", "DistinctFrom", "salary"),
        ("official", "approves", "payment"),
        ("may2026", "InstanceOf", "salary"),
    }
    assert [(one.place, one.reason) for one in found.rejected] == [("https://example.org/terms#Fee", "deprecated")]


def test_tricks_are_left_out_and_listed(tmp_path: Path) -> None:
    """Blank nodes, lists without an end, circles of broader, hidden characters, endless labels, bad IRIs."""
    found = read(
        tmp_path,
        TERMS
        + f"""
[] a skos:Concept ; skos:prefLabel "nameless" .
_:list rdf:first ex:gift ; rdf:rest _:list .
ex:benefit skos:broader ex:gift .
ex:odd a skos:Concept ; skos:prefLabel "in\\u202Evisible\\u0000 name" .
ex:long a skos:Concept ; skos:prefLabel "{"x" * 500}" .
<https://example.org/a%20b?q=<%3E> a skos:Concept ; skos:prefLabel "fine" .
<https://example.org/sp\\u0020ace> a skos:Concept ; skos:prefLabel "bad address" .
""".replace("?q=<%3E", "?q=%3E"),
    )
    reasons = {one.reason: one.place for one in found.rejected}
    assert reasons["a blank node: it has no IRI to be known by"] == "nameless"
    assert any("longer than" in reason for reason in reasons)
    assert any("circle" in reason for reason in reasons)
    assert any("not well-formed" in reason for reason in reasons)
    labels = {concept.label for concept in found.concepts}
    assert {"in visible name", "fine"} <= labels
    assert not {"nameless", "bad address"} & labels
    up = [(one, other) for one, type_, other in edges(found) if type_ == "IsA"]
    assert (("gift", "benefit") in up) != (("benefit", "gift") in up)


def test_the_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    """The same triples in another order give the same vocabulary."""
    statements = [part + " .\n" for part in TERMS.split(" .\n") if part.strip()]
    assert read(tmp_path, "".join(reversed(statements))) == read(tmp_path, TERMS)


def test_a_file_without_concepts_is_refused(tmp_path: Path) -> None:
    """Silence would look like success."""
    with pytest.raises(UserError, match="names no concept"):
        read(tmp_path, 'ex:a dcterms:title "not a vocabulary" .\n')


def test_our_own_export_is_a_vocabulary(tmp_path: Path) -> None:
    """Concepts keep their ids, kinds and relations, so that an ontology can seed that of another policy."""
    path = tmp_path / "own.ttl"
    path.write_text(to_text(to_graph(POLICY), "turtle"), encoding="utf-8")
    found = read_vocabulary(path)
    assert {(one.id, one.label, one.kind) for one in found.concepts} == {
        (one.id, one.label, one.kind) for one in POLICY.concepts
    }
    assert ("watch", "IsA", "gift") in edges(found)
    assert found.rejected == ()


def test_seeds_join_what_the_policy_speaks_of(tmp_path: Path) -> None:
    """A seed that a rule names is linked to it; after resolution it is one with the policy's own concept."""
    vocabulary = read(tmp_path, TERMS + 'ex:book a skos:Concept ; skos:prefLabel "hospitality register" .\n')
    found = seed(POLICY, [vocabulary])
    assert (found.read, found.mentioned, found.kept, found.cut) == (5, 2, 5, 0)
    assert validate_ontology(found.ontology) == ()
    joined = merge_concepts(found.ontology, resolve(found.ontology.concepts))
    gift = next(concept for concept in joined.concepts if concept.label == "gift")
    assert gift.id == "k:gift"
    assert {"gratuity", "present"} <= set(gift.aliases)
    assert gift.definition == "A thing of value given freely."
    benefit = next(concept for concept in joined.concepts if concept.label == "benefit")
    assert (gift.id, "IsA", benefit.id) in {(one.source_id, one.type, one.target_id) for one in joined.relations}
    assert RuleConcept("r1", "k:gift", "object") in joined.rule_concepts
    assert seed(POLICY, []).ontology == POLICY


def test_a_large_vocabulary_does_not_flood_the_ontology(tmp_path: Path) -> None:
    """What a clause names comes in with all above it; of the rest as many as are allowed; the others are counted."""
    vocabulary = read(tmp_path, TERMS)
    found = seed(POLICY, [vocabulary], most=1)
    labels = {concept.label for concept in found.ontology.concepts[len(POLICY.concepts) :]}
    assert {"gift", "benefit"} <= labels
    assert (found.kept, found.cut) == (3, 1)


def test_the_kind_is_asked_for_where_the_file_is_silent(tmp_path: Path) -> None:
    """The studio's reader of head nouns tells it."""
    vocabulary = read(tmp_path, TERMS)
    found = seed(Ontology(), [vocabulary], lambda label: "asset" if label == "hamper" else "thing")
    assert {concept.label: concept.kind for concept in found.ontology.concepts}["hamper"] == "asset"
    assert all(isinstance(concept, Concept) for concept in found.ontology.concepts)
