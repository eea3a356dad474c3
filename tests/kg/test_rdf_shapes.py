"""The SHACL shapes: what is whole conforms, and each way of breaking it is found and named."""

from collections.abc import Callable

import pytest
from rdflib import ODRL2, PROV, RDF, SH, SKOS, BNode, Graph, Literal, URIRef

from kg.rdf.shacl import SHAPES, validate
from kg.rdf.terms import OA, PL, part, resource
from kg.rdf.writer import to_graph
from tests.graph_servers import small_ontology

RULE, CLAUSE = resource("rule", "rule:cl:1"), resource("clause", "cl:1")
CONCEPT, RELATION = resource("concept", "con:1"), next(iter(small_ontology().relations)).id
THRESHOLD = part(RULE, "threshold-0")
Break = Callable[[Graph], object]
BREAKS: dict[str, tuple[Break, str]] = {
    "a rule without text": (lambda g: g.remove((RULE, PROV.value, None)), "can be read alone"),
    "a rule of two modalities": (lambda g: g.add((RULE, RDF.type, ODRL2.Permission)), "one modality"),
    "a rule without its class": (lambda g: g.remove((RULE, RDF.type, ODRL2.Duty)), "one modality"),
    "a rule without clause": (lambda g: g.remove((RULE, PROV.wasDerivedFrom, None)), "comes from one clause"),
    "a rule of no clause": (lambda g: g.set((RULE, PROV.wasDerivedFrom, resource("clause", "gone"))), "is there"),
    "a threshold of words": (lambda g: g.set((THRESHOLD, ODRL2.rightOperand, Literal("much"))), "is a number"),
    "a strange operator": (lambda g: g.set((THRESHOLD, ODRL2.operator, ODRL2.isA)), "ODRL's comparisons"),
    "confidence over 1": (lambda g: g.set((RULE, PL.confidence, Literal(1.5))), "confidence"),
    "a place that ends before it begins": (
        lambda g: g.set((part(CLAUSE, "quotation"), OA.start, Literal(10**6))),
        "begins before it ends",
    ),
    "a clause without place": (lambda g: g.remove((CLAUSE, PROV.qualifiedQuotation, None)), "place in the document"),
    "a clause of no form": (lambda g: g.set((CLAUSE, PL.kind, Literal("poem"))), "form of a clause"),
    "a concept without label": (lambda g: g.remove((CONCEPT, SKOS.prefLabel, None)), "preferred label"),
    "a concept of two labels": (lambda g: g.add((CONCEPT, SKOS.prefLabel, Literal("other"))), "one label"),
    "a label that is also an alternative": (
        lambda g: g.add((CONCEPT, SKOS.altLabel, Literal("thing 1"))),
        "S13, S14",
    ),
    "a concept without source": (lambda g: g.remove((CONCEPT, PROV.wasDerivedFrom, None)), "source is missing"),
    "termhood over 1": (lambda g: g.set((CONCEPT, PL.weight, Literal(3.0))), "termhood"),
    "related to what is broader": (
        lambda g: [
            g.add((CONCEPT, SKOS.broader, resource("concept", "con:2"))),
            g.add((resource("concept", "con:2"), SKOS.broader, resource("concept", "con:3"))),
            g.add((CONCEPT, SKOS.related, resource("concept", "con:3"))),
        ],
        "S27",
    ),
    "a concept without IRI": (
        lambda g: [g.add((b := BNode(), RDF.type, SKOS.Concept)), g.add((b, SKOS.prefLabel, Literal("x")))],
        "IRI of its own",
    ),
    "a relation that ends nowhere": (
        lambda g: g.set((resource("relation", RELATION), RDF.object, resource("concept", "gone"))),
        "ends at one concept",
    ),
    "a relation without source": (
        lambda g: g.remove((resource("relation", RELATION), PROV.qualifiedDerivation, None)),
        "has a source",
    ),
    "polarity of two": (lambda g: g.set((resource("relation", RELATION), PL.polarity, Literal(2))), "polarity"),
    "a conflict of one": (lambda g: g.remove((resource("conflict", "conf:1"), PL.ruleB, None)), "two rules"),
    "a document of two versions": (
        lambda g: g.add((resource("document", "doc:1"), URIRef("http://www.w3.org/2002/07/owl#versionInfo"),
                         Literal("2"))),
        "one version",
    ),
    "a definition that binds": (
        lambda g: [
            g.remove((RULE, RDF.type, ODRL2.Duty)),
            g.add((RULE, RDF.type, PL.Definition)),
            g.set((RULE, PL.modality, Literal("definition"))),
        ],
        "binds nobody",
    ),
}  # fmt: skip


def test_a_whole_ontology_conforms() -> None:
    """The writer writes what the shapes ask for, and the shapes speak of all of it."""
    found = validate(to_graph(small_ontology()))
    assert found.violations == ()
    assert found.checked > 100


def test_an_empty_graph_has_nothing_to_check() -> None:
    """Conforming is worth nothing where nothing was checked, and the number says so."""
    assert validate(Graph()).checked == 0


@pytest.mark.parametrize("name", BREAKS)
def test_each_fault_is_found_and_named(name: str) -> None:
    """One fault put into a whole graph gives violations at its place, one with its own words."""
    graph = to_graph(small_ontology())
    change, words = BREAKS[name]
    change(graph)
    found = validate(graph)
    assert not found.conforms
    assert any(words in one.message for one in found.violations), [one.message for one in found.violations]
    assert len(found.violations) <= 8


def test_the_shapes_are_of_shacl() -> None:
    """Every shape of the file is a shape to SHACL, and each property shape has a path."""
    shapes = Graph().parse(SHAPES, format="turtle")
    properties = set(shapes.objects(None, SH.property))
    assert len(properties) > 60
    assert all(shapes.value(shape, SH.path) is not None for shape in properties)


def test_a_plain_skos_file_is_checked_by_skos_alone() -> None:
    """A vocabulary of another hand needs nothing of ours."""
    graph = Graph()
    node = URIRef("https://example.org/gift")
    graph.add((node, RDF.type, SKOS.Concept))
    graph.add((node, SKOS.prefLabel, Literal("gift", lang="en")))
    graph.add((node, SKOS.prefLabel, Literal("Geschenk", lang="de")))
    assert validate(graph).conforms
    graph.add((node, SKOS.prefLabel, Literal("present", lang="en")))
    assert not validate(graph).conforms
