"""An ontology as an RDF graph: concepts in SKOS, rules in ODRL 2.2, sources in PROV-O."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any

from rdflib import DCTERMS, ODRL2, OWL, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from kg import schema
from kg.errors import PlumblineError
from kg.graph import successions
from kg.model import Concept, Modality, Ontology, Provenance, Relation, Rule, Span, Threshold
from kg.rdf import mapping
from kg.rdf.mapping import NESTED, RECORDS, Shape, camel, field_types
from kg.rdf.terms import (
    OA,
    PL,
    PREFIXES,
    ROOT,
    SCHEME,
    conceptnet_iri,
    is_iri,
    named,
    part,
    resource,
)

Triple = tuple[URIRef, URIRef, URIRef | Literal]

BROADER = frozenset({"IS_A", "INSTANCE_OF", "MANNER_OF", "INHERITS_FROM", "BROADER"})
RELATED = frozenset({"RELATED_TO", "SYNONYM", "SIMILAR_TO", "ANTONYM", "SAME_AS"})


def to_graph(ontology: Ontology) -> Graph:
    """The whole of ``ontology`` as a graph without blank nodes; :func:`kg.rdf.reader.from_graph` undoes it.

    Raises:
        PlumblineError: a record breaks the schema (an id twice, an end that is not there, text that is no text).
    """
    violations = schema.validate_ontology(ontology)
    if violations:
        listed = "; ".join(violations[:5]) + (f"; and {len(violations) - 5} more" if len(violations) > 5 else "")
        raise PlumblineError(f"the ontology cannot be exported: {listed}", "run: plumbline ingest again")
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in _triples(ontology):
        graph.add(triple)
    return graph


def _triples(ontology: Ontology) -> Iterator[Triple]:
    yield SCHEME, RDF.type, SKOS.ConceptScheme
    for name, (_, shape) in RECORDS.items():
        for ordinal, record in enumerate(getattr(ontology, name)):
            node = resource(shape.kind, getattr(record, "id", str(ordinal)))
            yield node, PL.ordinal, Literal(ordinal)
            yield from _record(node, record, shape)
    for rule in ontology.rules:
        yield from _rule(rule)
    for concept in ontology.concepts:
        yield from _concept(concept)
    for relation in ontology.relations:
        yield from _relation(relation)
    yield from _hierarchy(ontology.relations)
    for older, newer in successions(ontology):  # the record itself keeps what the document says, often a number
        yield resource("clause", older), DCTERMS.isReplacedBy, resource("clause", newer)
    for ordinal, link in enumerate(ontology.rule_concepts):
        yield resource("rule", link.rule_id), PL.mention, resource("mention", str(ordinal))


def _record(node: URIRef, record: Any, shape: Shape) -> Iterator[Triple]:
    """The fields of one record, each by its row in the table."""
    for class_ in shape.classes:
        yield node, RDF.type, class_
    definition = isinstance(record, Rule) and record.modality is Modality.DEFINITION
    for name in field_types(record.__class__):
        if name == "id":  # it stands in the IRI
            continue
        value = getattr(record, name)
        predicate = shape.predicate(name)
        if definition:
            predicate = mapping.DEFINITION_PROPERTIES.get(name, predicate)
        if isinstance(value, Span):
            yield from _span(node, value, shape, getattr(record, "document_id", ""))
        elif isinstance(value, tuple):
            yield from _tuple(node, name, value, shape)
        elif value is None or value == "":
            continue
        elif name in shape.circumstances:
            yield from _circumstance(node, name, value, shape)
        else:
            yield from _value(node, predicate, name, value, shape)


def _value(node: URIRef, predicate: URIRef, name: str, value: Any, shape: Shape) -> Iterator[Triple]:
    if name in shape.links:
        yield node, predicate, resource(shape.links[name], value)
    elif name in shape.names:
        kind = shape.names[name]
        target = named(kind, value)
        yield node, predicate, target
        yield target, RDF.type, mapping.NAME_CLASSES[kind]
        yield target, RDFS.label, Literal(value)
        if kind == "action":
            yield target, ODRL2.includedIn, ODRL2.use
    elif name == "comparator":
        yield node, predicate, mapping.OPERATORS[value]
    else:
        yield node, predicate, literal(value)


def literal(value: Any) -> Literal:
    """A plain value as a literal; a float with all its digits."""
    if isinstance(value, float):
        return Literal(repr(value), datatype=XSD.double, normalize=False)
    return Literal(value.value if hasattr(value, "value") else value)


def _span(node: URIRef, span: Span, shape: Shape, document_id: str) -> Iterator[Triple]:
    """Where the words stand: page (0 where there are none) and characters, in PROV's quotation of the document."""
    place = node
    if shape.span is not None:
        place = part(node, "quotation")
        yield node, shape.span, place
        yield place, RDF.type, PROV.Quotation
        yield place, PROV.entity, resource("document", document_id)
    yield place, OA.start, Literal(span.start)
    yield place, OA.end, Literal(span.end)
    yield place, PL.page, Literal(span.page)


def _tuple(node: URIRef, name: str, values: Sequence[Any], shape: Shape) -> Iterator[Triple]:
    """A property per value; RDF keeps neither order nor repetition, so that a sequence does where it matters."""
    if values and is_dataclass(values[0]):
        for ordinal, item in enumerate(values):
            inner = NESTED[type(item)]
            place = part(node, f"{inner.kind}-{ordinal}")
            yield node, shape.predicate(name), place
            yield place, PL.ordinal, Literal(ordinal)
            yield from _record(place, item, inner)
            yield from _nested(node, place, item)
        return
    kind = shape.links.get(name)
    objects = [resource(kind, value) if kind else literal(value) for value in values]
    yield from ((node, shape.predicate(name), object_) for object_ in dict.fromkeys(objects))
    if list(values) != sorted(set(values)):
        order = part(node, camel(name))
        yield node, PL[f"{camel(name)}Order"], order
        yield order, RDF.type, RDF.Seq
        for number, object_ in enumerate(objects, 1):
            yield order, URIRef(f"{RDF}_{number}"), object_


def _nested(owner: URIRef, node: URIRef, item: object) -> Iterator[Triple]:
    if isinstance(item, Threshold):
        yield node, ODRL2.leftOperand, mapping.left_operand(item.unit)
    if isinstance(item, Provenance):
        entity = entity_of(item)
        yield node, PROV.entity, entity
        yield owner, PROV.wasDerivedFrom, entity


def entity_of(source: Provenance) -> URIRef:
    """What a fact was derived from: a clause, a page of ConceptNet, an IRI of a person's vocabulary."""
    if source.source == "clause":
        return resource("clause", source.ref)
    if source.source == "conceptnet" and source.ref.startswith("/"):
        return conceptnet_iri(source.ref)
    if is_iri(source.ref) and not source.ref.startswith(ROOT):
        return URIRef(source.ref)
    return resource("source", f"{source.source}:{source.ref}")


def _circumstance(node: URIRef, name: str, text: str, shape: Shape) -> Iterator[Triple]:
    """Condition and exception in words: the circumstance is, or is not, what the text says."""
    place = part(node, name)
    yield node, shape.predicate(name), place
    yield place, RDF.type, ODRL2.Constraint
    yield place, ODRL2.leftOperand, PL.circumstance
    yield place, ODRL2.operator, shape.circumstances[name]
    yield place, ODRL2.rightOperand, Literal(text)


def _rule(rule: Rule) -> Iterator[Triple]:
    """The rule's class, and its place in the policy that its document is."""
    node, policy = resource("rule", rule.id), resource("policy", rule.document_id)
    class_, membership = mapping.MODALITIES[rule.modality]
    yield policy, RDF.type, ODRL2.Set
    yield policy, ODRL2.uid, policy
    yield policy, ODRL2.profile, URIRef(str(PL))
    yield policy, DCTERMS.source, resource("document", rule.document_id)
    yield policy, membership, node
    yield node, RDF.type, class_


def _concept(concept: Concept) -> Iterator[Triple]:
    node = resource("concept", concept.id)
    yield node, SKOS.inScheme, SCHEME
    if concept.conceptnet.startswith("/c/"):
        yield node, SKOS.closeMatch, conceptnet_iri(concept.conceptnet)


def _relation(relation: Relation) -> Iterator[Triple]:
    """A relation is a statement with sources; what it denies is never asserted (OWL 2, negative assertions)."""
    node, predicate = resource("relation", relation.id), relation_predicate(relation.type)
    source, target = resource("concept", relation.source_id), resource("concept", relation.target_id)
    yield predicate, RDF.type, PL.RelationType
    yield predicate, RDFS.label, Literal(relation.type)
    if relation.polarity > 0:
        yield node, RDF.type, RDF.Statement
        yield source, predicate, target
        return
    yield node, RDF.type, OWL.NegativePropertyAssertion
    yield node, OWL.sourceIndividual, source
    yield node, OWL.assertionProperty, predicate
    yield node, OWL.targetIndividual, target


def relation_predicate(type_: str) -> URIRef:
    """The property of a relation's type."""
    return resource("relation-type", type_)


def _hierarchy(relations: Iterable[Relation]) -> Iterator[Triple]:
    """SKOS's own relations. ``skos:related`` never joins a concept and one above it (SKOS, integrity condition S27)."""
    parents: dict[str, set[str]] = defaultdict(set)
    related: list[tuple[str, str]] = []
    for relation in relations:
        name = schema.relation_type(relation.type)
        if relation.polarity < 0 or relation.source_id == relation.target_id:
            continue
        if name in BROADER:
            parents[relation.source_id].add(relation.target_id)
        elif name == "NARROWER":
            parents[relation.target_id].add(relation.source_id)
        elif name in RELATED:
            related.append((relation.source_id, relation.target_id))
    for child, above in parents.items():
        for parent in sorted(above):
            yield resource("concept", child), SKOS.broader, resource("concept", parent)
    for one, other in related:
        if not _above(one, other, parents) and not _above(other, one, parents):
            yield resource("concept", one), SKOS.related, resource("concept", other)


def _above(start: str, wanted: str, parents: Mapping[str, set[str]]) -> bool:
    seen, queue = {start}, [start]
    while queue:
        for parent in parents.get(queue.pop(), ()):
            if parent == wanted:
                return True
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return False
