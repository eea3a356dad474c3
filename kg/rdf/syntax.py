"""A graph as text: Turtle, JSON-LD, N-Triples. The same graph always gives the same bytes.

rdflib 7 reads all three well, but loses when it writes: its Turtle keeps six digits of a number (``_literal_n3``) and may
end a long string in a quote too many, its JSON-LD drops an empty text among several values and comes out in the order of
a set. What has no blank nodes and no lists is written in a few lines, and these are here.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg.rdf.terms import PREFIXES

FORMATS: Final[Mapping[str, str]] = {"turtle": ".ttl", "json-ld": ".jsonld", "n-triples": ".nt"}
"""Format name -> file ending."""
EXACT: Final = 2**53
"""The largest integer that every reader of JSON keeps (RFC 8259, section 6)."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def to_text(graph: Graph, format_: str) -> str:
    """``graph`` (without blank nodes) in one of :data:`FORMATS`. Raises :class:`KeyError` for another name."""
    return {"turtle": _turtle, "json-ld": _json_ld, "n-triples": _n_triples}[format_](graph)


def quoted(literal: Literal) -> str:
    """A literal in the words of Turtle and N-Triples, every digit and character of it."""
    text = _string(str(literal))
    if literal.language:
        return f"{text}@{literal.language}"
    return text if literal.datatype is None else f"{text}^^<{literal.datatype}>"


def _string(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_ESCAPES.get(char) or _visible(char) for char in text) + '"'


def _visible(char: str) -> str:
    """Control characters and marks that reorder or hide text as escapes: a reader sees what a parser sees."""
    if char.isprintable():
        return char
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"


def _turtle(graph: Graph) -> str:
    by_subject: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in graph:
        by_subject[str(subject)]["a" if predicate == RDF.type else _short(predicate)].append(_term(object_))
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items())]
    for subject_iri, properties in sorted(by_subject.items()):
        # "a" sorts before every prefix
        stated = [f"{name} {', '.join(sorted(values))}" for name, values in sorted(properties.items())]
        lines.append(f"\n{_short(URIRef(subject_iri))}\n    " + " ;\n    ".join(stated) + " .\n")
    return "".join(lines)


def _term(node: Node) -> str:
    if not isinstance(node, Literal):
        return _short(node)
    if node.datatype in {XSD.integer, XSD.boolean}:
        return str(node)
    if node.datatype is not None and node.datatype.startswith(str(XSD)):
        return f"{_string(str(node))}^^{_short(node.datatype)}"
    return quoted(node)


def _short(node: Node) -> str:
    """An IRI with its prefix where it has one of ours and a plain local name."""
    iri = str(node)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def _n_triples(graph: Graph) -> str:
    lines = (
        f"<{subject}> <{predicate}> {quoted(object_) if isinstance(object_, Literal) else f'<{object_}>'} .\n"
        for subject, predicate, object_ in graph
    )
    return "".join(sorted(lines))


def _json_ld(graph: Graph) -> str:
    """Flattened, compacted by our prefixes alone; the context stands in the file."""
    by_subject: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in graph:
        own = by_subject[_compact(subject)]
        if predicate == RDF.type:
            own["@type"].append(_compact(object_))
        else:
            own[_compact(predicate)].append(_value(object_))
    nodes = [
        {"@id": name} | {key: _one_or_sorted(values) for key, values in sorted(properties.items())}
        for name, properties in sorted(by_subject.items())
    ]
    return json.dumps({"@context": PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


def _value(node: Node) -> Any:
    if not isinstance(node, Literal):
        return {"@id": _compact(node)}
    if node.language:
        return {"@language": node.language, "@value": str(node)}
    if node.datatype is None or node.datatype == XSD.string:
        return str(node)
    if isinstance(node.value, bool | int) and abs(node.value) <= EXACT:
        return node.value
    return {"@type": _compact(node.datatype), "@value": str(node)}


def _one_or_sorted(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else sorted(values, key=lambda item: json.dumps(item, sort_keys=True))


def _compact(node: Node) -> str:
    short = _short(node)
    return short[1:-1] if short.startswith("<") else short
