"""An ontology as RDF: nothing is lost on the way out and back, and the standards' own words are used as they mean."""

import dataclasses
import random
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import DCTERMS, ODRL2, OWL, PROV, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from kg.errors import PlumblineError, UserError
from kg.model import Concept, Document, Ontology, Provenance, Relation, Span, Threshold
from kg.rdf.mapping import DEFINITION_PROPERTIES, MODALITIES, NESTED, RECORDS, camel, field_types
from kg.rdf.reader import from_graph
from kg.rdf.shacl import VOCABULARY, validate
from kg.rdf.syntax import FORMATS, to_text
from kg.rdf.terms import OA, PL, ROOT, resource
from kg.rdf.writer import to_graph
from tests.graph_servers import hostile_ontology, sized_ontology, small_ontology
from tests.kg.gift_policy import POLICY
from tests.kg.ontologies import ontologies

PARSERS = {"turtle": "turtle", "json-ld": "json-ld", "n-triples": "nt"}


def parsed(text: str, format_: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=text.encode(), format=PARSERS[format_])


@given(ontologies())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_ontology_survives_every_syntax(ontology: Ontology) -> None:
    """Graph, Turtle, JSON-LD and N-Triples each give back an equal ontology, whatever its texts and ids are."""
    graph = to_graph(ontology)
    assert from_graph(graph) == ontology
    for format_ in FORMATS:
        assert from_graph(parsed(to_text(graph, format_), format_)) == ontology, format_


@pytest.mark.parametrize("format_", FORMATS)
def test_fixed_ontologies_survive(format_: str) -> None:
    """Ordinary texts and hostile ones, and nothing at all."""
    for ontology in (small_ontology(), hostile_ontology(), POLICY, Ontology()):
        assert from_graph(parsed(to_text(to_graph(ontology), format_), format_)) == ontology


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_ontology_gives_the_same_bytes(format_: str) -> None:
    """Neither the order of the triples nor a second parse changes the text."""
    graph = to_graph(small_ontology())
    text = to_text(graph, format_)
    triples = list(graph)
    random.Random(7).shuffle(triples)
    shuffled = Graph(bind_namespaces="none")
    for triple in triples:
        shuffled.add(triple)
    assert to_text(shuffled, format_) == text
    assert to_text(parsed(text, format_), format_) == text


def test_every_record_and_field_has_its_way() -> None:
    """The table knows every part of an ontology, and no row speaks of a field that is not there."""
    assert set(RECORDS) == {item.name for item in dataclasses.fields(Ontology)}
    for kind, shape in [*RECORDS.values(), *NESTED.items()]:
        names = field_types(kind).keys()
        for table in (shape.properties, shape.links, shape.names, shape.circumstances):
            assert table.keys() <= names, kind
    inner = {item for kind, _ in RECORDS.values() for hint in field_types(kind).values() for item in get_args(hint)}
    assert {item for item in inner if dataclasses.is_dataclass(item)} == {*NESTED} == {Provenance, Threshold}


def test_our_own_terms_are_defined() -> None:
    """Every class and property under our namespace stands in the vocabulary, with a comment, and none too many."""
    defined = Graph().parse(VOCABULARY, format="turtle")
    terms = {node for node in defined.subjects() if str(node).startswith(str(PL)) and str(node) != str(PL)}
    assert all((term, RDFS.comment, None) in defined for term in terms)
    used = {PL.ordinal, PL.page, PL.circumstance, PL.mention, PL.RelationType, PL.Unit, *DEFINITION_PROPERTIES.values()}
    for kind, shape in [*RECORDS.values(), *NESTED.items()]:
        for name, hint in field_types(kind).items():
            if name != "id" and hint not in (Span, Span | None):
                used.add(shape.predicate(name))
            if hint == tuple[str, ...]:
                used.add(PL[f"{camel(name)}Order"])
        used.update(shape.classes)
    used.update(term for pair in MODALITIES.values() for term in pair)
    assert {term for term in used if term.startswith(str(PL))} == terms


def test_no_blank_nodes_and_no_way_out_of_an_iri() -> None:
    """Texts from documents are percent-encoded: every IRI of ours is one, and the only foreign ones are known."""
    graph = to_graph(hostile_ontology())
    for node in {node for triple in graph for node in triple}:
        assert not isinstance(node, BNode)
        if isinstance(node, URIRef) and node.startswith(ROOT):
            assert not set(str(node)) & set(" <>\"{}|\\^`\n\r\t\x00'")
            assert node.isascii()


def test_rules_are_odrl() -> None:
    """Permission, prohibition and duty with assignee, action, target; a threshold as a constraint with its operand."""
    graph = to_graph(small_ontology())
    rule = resource("rule", "rule:cl:0")
    assert (rule, RDF.type, ODRL2.Duty) in graph
    assert (resource("policy", "doc:1"), ODRL2.obligation, rule) in graph
    assert graph.value(graph.value(rule, ODRL2.assignee), RDFS.label) == Literal("staff")
    (constraint,) = graph.objects(rule, ODRL2.constraint)
    assert graph.value(constraint, ODRL2.leftOperand) == ODRL2.payAmount
    assert graph.value(constraint, ODRL2.operator) == ODRL2.gt
    assert float(str(graph.value(constraint, ODRL2.rightOperand))) == 100
    policy = to_graph(POLICY)
    assert (resource("rule", "r1"), RDF.type, ODRL2.Prohibition) in policy
    assert (resource("rule", "r4"), RDF.type, ODRL2.Permission) in policy
    condition = policy.value(resource("rule", "r4"), ODRL2.constraint)
    assert policy.value(condition, ODRL2.leftOperand) == PL.circumstance
    assert policy.value(condition, ODRL2.rightOperand) == Literal("if the law requires it")


def test_sources_are_prov() -> None:
    """A rule leads to its clause, a quotation to document, page and characters, a document to its version."""
    graph = to_graph(sized_ontology(4, 4, 4))
    rule, clause, document = (resource("rule", "rule:cl:2"), resource("clause", "cl:2"), resource("document", "doc:1"))
    assert graph.value(rule, PROV.wasDerivedFrom) == clause
    quotation = graph.value(rule, PROV.qualifiedQuotation)
    assert graph.value(quotation, PROV.entity) == document
    assert [int(str(graph.value(quotation, name))) for name in (OA.start, OA.end, PL.page)] == [20, 29, 0]
    assert graph.value(document, OWL.versionInfo) == Literal("1")
    concept = resource("concept", "con:2")
    assert graph.value(concept, PROV.wasDerivedFrom) == clause
    assert (concept, RDF.type, SKOS.Concept) in graph


@pytest.mark.parametrize("by_number", [True, False])
def test_a_replaced_clause_leads_to_clauses_that_are_there(by_number: bool) -> None:
    """What the document names stays as it is written; dcterms:isReplacedBy joins clauses, and the shapes hold that."""
    old = POLICY.clauses[0]
    new = next(clause for clause in POLICY.clauses if clause.number not in ("", old.number))
    named = new.number if by_number else new.id
    marked = dataclasses.replace(old, superseded_by=named)
    graph = to_graph(dataclasses.replace(POLICY, clauses=(marked, *POLICY.clauses[1:])))
    node = resource("clause", old.id)
    assert list(graph.objects(node, PL.supersededBy)) == [Literal(named)]
    same = {clause.id for clause in POLICY.clauses if clause.number == new.number} if by_number else {new.id}
    assert set(graph.objects(node, DCTERMS.isReplacedBy)) == {resource("clause", id_) for id_ in same}
    assert from_graph(graph).clauses[0] == marked
    said = "the clause that replaces another one is there"
    assert said not in {one.message for one in validate(graph).violations}
    graph.add((node, DCTERMS.isReplacedBy, resource("clause", "1.2")))
    assert said in {one.message for one in validate(graph).violations}


def test_what_is_denied_is_not_asserted() -> None:
    """A relation of negative polarity is a negative assertion, and its plain triple is absent."""
    concepts = (Concept("a", "a", "thing"), Concept("b", "b", "thing"))
    made = Ontology(concepts=concepts, relations=(Relation("n", "a", "IsA", "b", polarity=-1),))
    graph = to_graph(made)
    ends = (resource("concept", "a"), resource("concept", "b"))
    assert (resource("relation", "n"), RDF.type, OWL.NegativePropertyAssertion) in graph
    assert not list(graph.predicates(*ends))
    asserted = to_graph(dataclasses.replace(made, relations=(Relation("n", "a", "IsA", "b"),)))
    assert SKOS.broader in set(asserted.predicates(*ends))


def test_a_concept_is_never_related_to_one_above_it() -> None:
    """SKOS S27: ``skos:related`` is left out where a chain of ``skos:broader`` joins the two."""
    concepts = tuple(Concept(name, name, "thing") for name in "abcd")
    edges = (("a", "IsA", "b"), ("b", "IsA", "c"), ("a", "RelatedTo", "c"), ("a", "RelatedTo", "d"))
    made = Ontology(concepts=concepts, relations=tuple(Relation(f"{e}", e[0], e[1], e[2]) for e in edges))
    related = set(to_graph(made).subject_objects(SKOS.related))
    assert related == {(resource("concept", "a"), resource("concept", "d"))}


def test_a_change_by_hand_is_taken() -> None:
    """A label, a new alternative name and a removed record come back as they were edited."""
    graph = to_graph(POLICY)
    gift = resource("concept", "k:gift")
    graph.set((gift, SKOS.prefLabel, Literal("gift or favour")))
    graph.add((gift, SKOS.altLabel, Literal("a little something")))
    for link in list(graph.subjects(RDF.type, PL.Mention)):
        graph.remove((link, None, None))
    found = from_graph(graph)
    assert found.concept_by_id["k:gift"].label == "gift or favour"
    assert found.concept_by_id["k:gift"].aliases == ("a little something", "present")
    assert found.rule_concepts == ()


def test_a_graph_of_something_else_is_refused_with_its_faults() -> None:
    """What is missing or wrong is named by resource and field."""
    graph = to_graph(POLICY)
    graph.remove((resource("section", "s1"), PL.level, None))
    graph.set((resource("document", "d"), PL.pages, Literal("many")))
    graph.set((resource("rule", "r1"), PROV.wasDerivedFrom, URIRef("https://example.org/elsewhere")))
    with pytest.raises(UserError) as caught:
        from_graph(graph, "policy.ttl")
    for words in ("policy.ttl", "level", "pages is 'many'", "is no clause"):
        assert words in str(caught.value)


def test_an_ontology_that_breaks_the_schema_is_not_exported() -> None:
    """Two documents of one id would become one resource: refused, with the reason."""
    document = Document("d", "a", "a", "text", "", "", 0, 0, "")
    with pytest.raises(PlumblineError, match="d is there 2 times"):
        to_graph(Ontology(documents=(document, document)))


def test_titles_are_dublin_core() -> None:
    """Title and format of a document stand where every reader of RDF looks for them."""
    graph = to_graph(small_ontology())
    assert graph.value(resource("document", "doc:1"), DCTERMS.title) == Literal("Code")
    assert graph.value(resource("document", "doc:1"), DCTERMS["format"]) == Literal("markdown")
