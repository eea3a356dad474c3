"""A graph against the shapes of ``kg/shapes/plumbline.ttl`` (SHACL, W3C 2017), checked by pyshacl."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from kg.rdf.terms import PREFIXES

SHAPES: Final = Path(__file__).resolve().parent.parent / "shapes" / "plumbline.ttl"
VOCABULARY: Final = SHAPES.with_name("vocabulary.ttl")
"""Our own terms, defined."""
_PLACE: Final = (SH.focusNode, SH.resultPath, SH.value)


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong: the resource, the property where there is one, the value, and the shape's message."""

    node: str
    path: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Conformance:
    """``checked`` is the number of resources that the shapes speak of: with none, nothing was checked."""

    conforms: bool
    checked: int
    violations: tuple[Violation, ...]


def validate(graph: Graph) -> Conformance:
    """Every violation of the shapes, sorted by resource. Nothing is inferred and nothing fetched."""
    from pyshacl import validate as check

    shapes = Graph(bind_namespaces="none").parse(SHAPES, format="turtle")
    _, report, _ = check(graph, shacl_graph=shapes, inference="none", do_owl_imports=False, meta_shacl=False)
    if not isinstance(report, Graph):
        raise TypeError(f"pyshacl gave {report!r} for a report")
    violations = sorted(
        (_violation(report, result) for result in report.objects(None, SH.result)),
        key=lambda found: (found.node, found.path, found.value, found.message),
    )
    targets = set(shapes.objects(None, SH.targetClass))
    checked = {node for target in targets for node in graph.subjects(RDF.type, target)}
    return Conformance(not violations, len(checked), tuple(violations))


def _violation(report: Graph, result: Node) -> Violation:
    def first(property_: URIRef) -> Node | None:
        return next(iter(sorted(report.objects(result, property_), key=str)), None)

    node, path, value = (short(found) if (found := first(name)) is not None else "" for name in _PLACE)
    return Violation(node, path, value, str(first(SH.resultMessage) or ""))


def short(node: Node) -> str:
    """A node as a person reads it: prefixed where the namespace is known, a literal cut to its beginning."""
    if isinstance(node, Literal):
        return str(node) if len(node) <= 80 else f"{node[:77]}..."
    text = str(node)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text[len(namespace) :]}"
    return text
