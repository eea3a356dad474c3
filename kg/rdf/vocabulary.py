"""A vocabulary of the user's (SKOS, RDFS or OWL) as seeds of the ontology: concepts, relations, and what was left out.

Only names, definitions and plain relations between named things are taken. Anonymous classes (restrictions, unions) and
concepts without an IRI are counted and listed: a seed needs a name that stays from one import to the next.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import UserError
from kg.model import Concept, Provenance, Rejected, Relation, stable_id
from kg.rdf.files import read_graph
from kg.rdf.terms import PL, conceptnet_path, is_iri, text_of

MAX_CONCEPTS: Final = 50_000
LONGEST_LABEL: Final = 120
LONGEST_TEXT: Final = 4_000
KINDS: Final = frozenset(
    {
        "party", "action", "asset", "information", "money", "place", "time", "document", "body", "event", "quality",
        "thing",
    }
)  # fmt: skip
_CLASSES = (SKOS.Concept, OWL.Class, RDFS.Class, OWL.NamedIndividual, PL.Concept)
_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_ALIASES = (SKOS.altLabel, SKOS.hiddenLabel)
_DEFINITIONS = (SKOS.definition, DCTERMS.description, RDFS.comment, SKOS.scopeNote)
_RELATIONS: Mapping[URIRef, tuple[str, bool]] = {
    SKOS.broader: ("IsA", True),
    SKOS.narrower: ("IsA", False),
    RDFS.subClassOf: ("IsA", True),
    RDF.type: ("InstanceOf", True),
    SKOS.related: ("RelatedTo", True),
    OWL.equivalentClass: ("Synonym", True),
    OWL.sameAs: ("Synonym", True),
    SKOS.exactMatch: ("Synonym", True),
    OWL.disjointWith: ("DistinctFrom", True),
    OWL.differentFrom: ("DistinctFrom", True),
}
"""Property -> our relation's type, and whether the subject is its source."""
_UPWARD = ("IsA", "InstanceOf")
_SYSTEMS = tuple(str(space) for space in (OWL, RDF, RDFS, SKOS, XSD))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The seeds of one file: ``name`` is the file's, ``licence`` what it says of itself."""

    name: str
    concepts: tuple[Concept, ...]
    relations: tuple[Relation, ...]
    rejected: tuple[Rejected, ...]
    licence: str = ""


def read_vocabulary(path: Path) -> Vocabulary:
    """The seeds in an RDF file.

    Raises:
        UserError: the file is malformed or unsafe (see :func:`kg.rdf.files.read_graph`), or names no concept.
    """
    found = vocabulary(read_graph(path), path.name)
    if not found.concepts:
        why = f" ({found.rejected[0].place}: {found.rejected[0].reason})" if found.rejected else ""
        raise UserError(f"{path} names no concept{why}", "give a vocabulary with skos:Concept or owl:Class resources")
    if len(found.concepts) > MAX_CONCEPTS:
        raise UserError(
            f"{path} names {len(found.concepts):,} concepts", f"cut it to what the policy is about: {MAX_CONCEPTS:,}"
        )
    return found


def vocabulary(graph: Graph, name: str) -> Vocabulary:
    """The seeds in ``graph``; the order does not depend on that of the file."""
    licence = next((text for text in sorted(map(str, graph.objects(None, DCTERMS.license))) if len(text) < 200), "")
    rejected: list[Rejected] = []
    concepts: dict[URIRef, Concept] = {}
    for node in sorted(_candidates(graph), key=str):
        found = _concept(graph, node, name, licence)
        if isinstance(found, Concept) and isinstance(node, URIRef):
            concepts[node] = found
        elif isinstance(found, Rejected):
            rejected.append(found)
    relations = _relations(graph, concepts, name, licence, rejected)
    return Vocabulary(name, tuple(concepts.values()), relations, tuple(rejected), licence)


def _candidates(graph: Graph) -> set[Node]:
    """What is typed or used as a concept, and is no term of RDF itself."""
    found: set[Node] = {node for class_ in _CLASSES for node in graph.subjects(RDF.type, class_)}
    found |= set(graph.subjects(SKOS.prefLabel, None))
    for property_ in (SKOS.broader, SKOS.narrower, RDFS.subClassOf):
        for subject, object_ in graph.subject_objects(property_):
            found |= {node for node in (subject, object_) if isinstance(node, URIRef)}
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    properties = {
        node
        for class_ in (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for node in graph.subjects(RDF.type, class_)
    }
    return {node for node in found - schemes - properties if not str(node).startswith(_SYSTEMS)}


def _concept(graph: Graph, node: Node, name: str, licence: str) -> Concept | Rejected:
    if isinstance(node, BNode):
        label = _best(graph, node, _LABELS[:1])
        return Rejected(name, "a blank node: it has no IRI to be known by", label[:LONGEST_LABEL])
    if not is_iri(str(node)):
        return Rejected(name, "its IRI is not well-formed", str(node)[:LONGEST_LABEL])
    if any(str(value) in {"true", "1"} for value in graph.objects(node, OWL.deprecated)):
        return Rejected(name, "deprecated", str(node))
    label = _best(graph, node, _LABELS) or local_name(str(node))
    if not any(char.isalpha() for char in label):
        return Rejected(name, "no label and no name in its IRI", str(node))
    if len(label) > LONGEST_LABEL:
        return Rejected(name, f"its label is longer than {LONGEST_LABEL} characters", str(node))
    aliases = {text for property_ in (*_LABELS, *_ALIASES) for text in _texts(graph, node, property_)}
    kinds = sorted(str(value) for value in graph.objects(node, PL.kind) if str(value) in KINDS)
    linked = sorted(
        path
        for property_ in (SKOS.closeMatch, SKOS.exactMatch)
        for value in graph.objects(node, property_)
        if (path := conceptnet_path(str(value))) is not None and path.startswith("/c/")
    )
    return Concept(
        id=text_of(str(node), "concept") or stable_id("concept", "seed", str(node)),
        label=label,
        kind=kinds[0] if kinds else "thing",
        aliases=tuple(sorted(alias for alias in aliases if alias != label and len(alias) <= LONGEST_LABEL)),
        definition=_best(graph, node, _DEFINITIONS)[:LONGEST_TEXT],
        conceptnet=linked[0] if linked else "",
        provenance=(Provenance("seed", str(node), f"vocabulary {name}", licence=licence),),
    )


def _texts(graph: Graph, node: Node, property_: URIRef) -> list[str]:
    """The texts of a property in English or in no language, cleaned; in another language where there is no English."""
    literals = [value for value in graph.objects(node, property_) if isinstance(value, Literal)]
    spoken = [value for value in literals if not value.language or value.language.lower().startswith("en")]
    return sorted({text for value in spoken or literals if (text := clean(str(value)))})


def _best(graph: Graph, node: Node, properties: Sequence[URIRef]) -> str:
    return next((texts[0] for property_ in properties if (texts := _texts(graph, node, property_))), "")


def clean(text: str) -> str:
    """One line without control characters or marks that hide or reorder text."""
    kept = "".join(char if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else " " for char in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def local_name(iri: str) -> str:
    """The words in the last part of an IRI: ``.../GiftCard`` and ``...#gift_card`` are both ``gift card``."""
    last = re.split(r"[/#:]", iri.rstrip("/#"))[-1]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-+]|%20", " ", last)
    return clean(words).lower()


def _relations(
    graph: Graph, concepts: Mapping[URIRef, Concept], name: str, licence: str, rejected: list[Rejected]
) -> tuple[Relation, ...]:
    """Relations between two concepts that are in; loops and what closes a circle of IsA are left out."""
    proof = (Provenance("seed", name, f"vocabulary {name}", licence=licence),)
    found: dict[tuple[str, str, str], Relation] = {}
    for source, type_, target in _edges(graph, concepts):
        one, other = concepts[source].id, concepts[target].id
        key = (one, type_, other)
        if one == other or key in found or (type_ in {"Synonym", "DistinctFrom"} and (other, type_, one) in found):
            continue
        found[key] = Relation(stable_id("relation", one, type_, other), one, type_, other, provenance=proof)
    circles = _circles([key for key in found if key[1] in _UPWARD])
    labels = {concept.id: concept.label for concept in concepts.values()}
    for key in circles:
        rejected.append(
            Rejected(name, "it closes a circle of broader concepts", f"{labels[key[0]]} -> {labels[key[2]]}")
        )
        del found[key]
    return tuple(found.values())


def _edges(graph: Graph, concepts: Mapping[URIRef, Concept]) -> Iterator[tuple[URIRef, str, URIRef]]:
    known = concepts.keys()
    triples = sorted(
        (str(subject), str(predicate), str(object_))
        for subject, predicate, object_ in graph
        if subject in known and object_ in known
    )
    for subject, predicate, object_ in triples:
        type_, forward = _RELATIONS.get(URIRef(predicate), (_relation_name(predicate), True))
        if type_:
            ends = (URIRef(subject), URIRef(object_))
            yield (ends[0], type_, ends[1]) if forward else (ends[1], type_, ends[0])
    # A property from a class to a class says what kind of thing may do what: the schema of the permissible relations.
    for property_ in sorted(graph.subjects(RDF.type, OWL.ObjectProperty), key=str):
        sources = sorted(str(node) for node in graph.objects(property_, RDFS.domain) if node in known)
        targets = sorted(str(node) for node in graph.objects(property_, RDFS.range) if node in known)
        type_ = _relation_name(str(property_)) if isinstance(property_, URIRef) else ""
        if type_:
            yield from ((URIRef(source), type_, URIRef(target)) for source in sources for target in targets)


def _relation_name(predicate: str) -> str:
    """The type of a relation of the user's own: its local name. Terms of RDF, OWL and SKOS that we do not know: none."""
    if predicate.startswith(_SYSTEMS):
        return ""
    own = text_of(predicate, "relation-type")
    name = own if own is not None else re.split(r"[/#:]", predicate.rstrip("/#"))[-1]
    return name if re.fullmatch(r"\w{1,60}", name) else ""


def _circles(edges: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Edges whose removal leaves no directed circle, by depth-first search without recursion."""
    above: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for edge in sorted(edges):
        above[edge[0]].append(edge)
    done: set[str] = set()
    closing: list[tuple[str, str, str]] = []
    for start in sorted(above):
        if start in done:
            continue
        path, stack = {start}, [(start, iter(above[start]))]
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.discard(node)
                done.add(node)
            elif following[2] in path:
                closing.append(following)
            elif following[2] not in done:
                path.add(following[2])
                stack.append((following[2], iter(above.get(following[2], ()))))
    return closing
