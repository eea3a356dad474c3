"""An RDF graph of :mod:`kg.rdf.writer` back to the ontology, equal to the one that was written.

What a person changed by hand is taken where it can be: a label, a new alternative name, a record more or less. What
cannot be read is listed with its resource, all of it at once.
"""

import types
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin

from rdflib import ODRL2, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import UserError
from kg.model import Ontology, Rule, Span
from kg.rdf import mapping
from kg.rdf.mapping import NESTED, RECORDS, Shape, camel, field_types
from kg.rdf.terms import OA, PL, text_of

Properties = Mapping[Node, Sequence[Node]]
COMPARATORS = {operator: sign for sign, operator in mapping.OPERATORS.items()}
LAST = 2**62
"""The ordinal of a record without one: it was added by hand and comes after the others."""


class _UnreadableError(ValueError):
    """A property is absent or no value of its field."""


def from_graph(graph: Graph, name: str = "the graph") -> Ontology:
    """The ontology in ``graph``. ``name`` says in errors where the graph comes from.

    Raises:
        UserError: properties are missing or wrong; the first five are named.
    """
    reader = _Reader(graph)
    found = {part: tuple(reader.records(kind, shape)) for part, (kind, shape) in RECORDS.items()}
    if reader.problems:
        more = len(reader.problems) - 5
        listed = "; ".join(reader.problems[:5]) + (f"; and {more} more" if more > 0 else "")
        raise UserError(f"{name} is no ontology of Plumbline: {listed}", f"run: plumbline ontology validate {name}")
    return Ontology(**found)


class _Reader:
    """The graph by subject and predicate, and what could not be read."""

    def __init__(self, graph: Graph) -> None:
        self._by_subject: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._by_type: dict[Node, list[URIRef]] = defaultdict(list)
        for subject, predicate, object_ in graph:
            self._by_subject[subject][predicate].append(object_)
            if predicate == RDF.type and isinstance(subject, URIRef):
                self._by_type[object_].append(subject)
        self.problems: list[str] = []

    def records(self, kind: type, shape: Shape) -> Iterator[Any]:
        """The records of one type in their order."""
        nodes = [(self._ordinal(node), str(node), node) for node in self._by_type.get(shape.classes[0], ())]
        for _, _, node in sorted(nodes):
            try:
                yield self._record(node, kind, shape)
            except _UnreadableError as error:
                self.problems.append(f"<{node}>: {error}")

    def _ordinal(self, node: Node) -> int:
        found = self._by_subject[node].get(PL.ordinal, ())
        try:
            return int(str(found[0])) if found else LAST
        except ValueError:
            return LAST

    def _record(self, node: URIRef, kind: type, shape: Shape) -> Any:
        own = self._by_subject[node]
        values: dict[str, Any] = {}
        for item in fields(kind):
            hint = field_types(kind)[item.name]
            if item.name == "id":
                values["id"] = _id(node, shape)
                continue
            value = self._field(own, item.name, hint, kind, shape)
            if value is not None:
                values[item.name] = value
            elif _optional(hint):
                values[item.name] = None
            elif item.default is MISSING and item.default_factory is MISSING:
                if hint is not str:
                    raise _UnreadableError(f"{item.name} ({shape.predicate(item.name)}) is missing")
                values[item.name] = ""
        return kind(**values)

    def _field(self, own: Properties, name: str, hint: Any, kind: type, shape: Shape) -> Any:
        """The value of one field; None when the graph has none."""
        bare = _bare(hint)
        predicates = [shape.predicate(name)]
        if kind is Rule and name in mapping.DEFINITION_PROPERTIES:
            predicates.append(mapping.DEFINITION_PROPERTIES[name])
        found = [value for predicate in predicates for value in own.get(predicate, ())]
        if bare is Span:
            return self._span(own, shape)
        if get_origin(bare) is tuple:
            return self._tuple(own, name, get_args(bare)[0], found, shape)
        if name in shape.circumstances:
            return self._circumstance(found, shape.circumstances[name])
        if not found:
            return None
        if len(set(found)) > 1:
            raise _UnreadableError(f"{name} has {len(found)} values")
        return self._value(found[0], name, bare, shape)

    def _value(self, value: Node, name: str, hint: Any, shape: Shape) -> Any:
        if name in shape.links:
            linked = text_of(str(value), shape.links[name])
            if linked is None or not isinstance(value, URIRef):
                raise _UnreadableError(f"{name} is {value}, which is no {shape.links[name]}")
            return linked
        if name in shape.names:
            labels = sorted(str(label) for label in self._by_subject[value].get(RDFS.label, ()))
            if not labels:
                raise _UnreadableError(f"{name} is <{value}>, which has no rdfs:label")
            return labels[0]
        if name == "comparator":
            return _known(COMPARATORS, value, name)
        if not isinstance(value, Literal):
            raise _UnreadableError(f"{name} is <{value}> and not a literal")
        return _plain(value, name, hint)

    def _span(self, own: Properties, shape: Shape) -> Span | None:
        place = own
        if shape.span is not None:
            quotations = own.get(shape.span, ())
            if not quotations:
                raise _UnreadableError("the place in the document (prov:qualifiedQuotation) is missing")
            place = self._by_subject[quotations[0]]
        parts = [place.get(predicate, ()) for predicate in (OA.start, OA.end, PL.page)]
        if not any(parts):
            return None
        if not all(parts):
            raise _UnreadableError("a place in a document needs oa:start, oa:end and pl:page")
        start, end, page = (_plain(found[0], "span", int) for found in parts)
        return Span(start, end, page)

    def _tuple(self, own: Properties, name: str, inner: Any, found: list[Node], shape: Shape) -> Any:
        if is_dataclass(inner) and isinstance(inner, type):
            return self._nested(found, inner)
        order = part_values(self._by_subject, own.get(PL[f"{camel(name)}Order"], ()))
        here = set(found)
        rest = sorted((value for value in here if value not in order), key=str)
        kept = [value for value in order if value in here] + rest
        if order or not shape.links.get(name):
            return tuple(self._value(value, name, inner, shape) for value in kept)
        # the IRIs of ids are not in the order of the ids
        return tuple(sorted(self._value(value, name, inner, shape) for value in kept))

    def _nested(self, found: list[Node], inner: type) -> tuple[Any, ...]:
        shape = NESTED[inner]
        nodes = [node for node in found if isinstance(node, URIRef) and not self._circumstantial(node)]
        ordered = sorted((self._ordinal(node), str(node), node) for node in nodes)
        return tuple(self._record(node, inner, shape) for _, _, node in ordered)

    def _circumstantial(self, node: Node) -> bool:
        return PL.circumstance in self._by_subject[node].get(ODRL2.leftOperand, ())

    def _circumstance(self, found: list[Node], operator: URIRef) -> str | None:
        for node in sorted(found, key=str):
            own = self._by_subject[node]
            if self._circumstantial(node) and operator in own.get(ODRL2.operator, ()):
                return str(next(iter(own.get(ODRL2.rightOperand, ())), ""))
        return None


def part_values(by_subject: Mapping[Node, Properties], sequences: Sequence[Node]) -> list[Node]:
    """The members of an ``rdf:Seq``, in order."""
    if not sequences:
        return []
    head = f"{RDF}_"
    members = [
        (int(str(predicate)[len(head) :]), values[0])
        for predicate, values in by_subject[sequences[0]].items()
        if str(predicate).startswith(head) and str(predicate)[len(head) :].isdecimal()
    ]
    return [value for _, value in sorted(members, key=lambda member: member[0])]


def _id(node: URIRef, shape: Shape) -> str:
    text = text_of(str(node), shape.kind)
    if text is None:
        raise _UnreadableError(f"its address does not begin with urn:plumbline:{shape.kind}/")
    return text


def _plain(value: Node, name: str, hint: Any) -> Any:
    """The Python value of a literal by its lexical form, whatever its datatype says."""
    text = str(value)
    try:
        if hint is bool:
            return {"true": True, "1": True, "false": False, "0": False}[text]
        return hint(text) if hint in {int, float, str} or issubclass(hint, Enum) else text
    except (KeyError, ValueError) as error:
        raise _UnreadableError(f"{name} is {text!r}") from error


def _known(table: Mapping[URIRef, str], value: Node, name: str) -> str:
    if not isinstance(value, URIRef) or value not in table:
        raise _UnreadableError(f"{name} is {value}")
    return table[value]


def _optional(hint: Any) -> bool:
    return get_origin(hint) in {Union, types.UnionType} and type(None) in get_args(hint)


def _bare(hint: Any) -> Any:
    return next(option for option in get_args(hint) if option is not type(None)) if _optional(hint) else hint
