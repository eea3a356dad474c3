"""The whole example as RDF: every record of it comes back, conforms to the shapes, and has a source."""

from pathlib import Path

import pytest
from rdflib import Graph

from extraction.options import ExtractionOptions
from extraction.pipeline import ingest
from kg.census import census
from kg.rdf.reader import from_graph
from kg.rdf.shacl import validate
from kg.rdf.syntax import to_text
from kg.rdf.writer import to_graph
from tests.weights import weights_folder

CODE = Path(__file__).resolve().parents[2] / "examples" / "meridian" / "code.md"


@pytest.mark.model
@pytest.mark.slow
def test_the_example_comes_back_whole() -> None:
    """Turtle and JSON-LD of the full ontology give an equal one, without a violation and without an unsourced fact."""
    ontology = ingest([CODE], ExtractionOptions(model=str(weights_folder("spacy")))).ontology
    assert len(ontology.rules) > 300
    graph = to_graph(ontology)
    for format_ in ("turtle", "json-ld"):
        text = to_text(graph, format_).encode()
        assert from_graph(Graph(bind_namespaces="none").parse(data=text, format=format_)) == ontology
    assert validate(graph).violations == ()
    assert census(ontology).unsourced.total == 0
