"""A user's RDF file as a graph, read from its bytes alone: nothing is fetched, no other file is opened.

Three doors of RDF lead out of a file, and each is shut before rdflib sees it: a remote ``@context`` of JSON-LD, external
or nested entities of RDF/XML (Steuck 2002; "billion laughs"), and documents of a size that only an attack has.
"""

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

from kg.errors import UserError

MAX_BYTES: Final = 100_000_000
MAX_DEPTH: Final = 200
"""The deepest nesting of brackets; rdflib's parsers are recursive."""
LONGEST_ENTITY: Final = 1_000
MOST_ENTITIES: Final = 500

_BY_ENDING: Final = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".nt": "nt",
    ".rdf": "xml",
    ".owl": "xml",
    ".xml": "xml",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
_SKIPPED = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|#[^\n]*', re.DOTALL)


def read_graph(path: Path) -> Graph:
    """The graph in an RDF file: Turtle, N-Triples, RDF/XML or JSON-LD, told by its ending and its first characters.

    Raises:
        UserError: no such file, no RDF, malformed (with file and line), or it reaches out of itself.
    """
    data = _bytes(path)
    kind = _kind(path, data)
    {"xml": _check_xml, "json-ld": _check_json}.get(kind, _check_turtle)(path, data)
    graph = Graph(bind_namespaces="none")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of IRIs that rdflib finds odd; what we use of them is checked
            graph.parse(data=data, format=kind, publicID="urn:plumbline:file")
    except RecursionError as error:
        raise UserError(f"{path} is nested too deeply", "write it without nested blank nodes") from error
    except Exception as error:  # the parsers of rdflib raise whatever they stumble over
        raise _malformed(path, error, data) from error
    return graph


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UserError(f"{path} has {size:,} bytes", f"give a vocabulary of at most {MAX_BYTES:,}")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"there is no file {path}", "check the path; it is relative to where you are") from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", "give a readable file") from error
    if not data.strip():
        raise UserError(f"{path} is empty", "give a file in Turtle, RDF/XML, JSON-LD or N-Triples")
    return data.removeprefix(b"\xef\xbb\xbf")


def _kind(path: Path, data: bytes) -> str:
    """The syntax by content where that is plain, else by ending: an .owl file may hold Turtle."""
    head = data[:2_000].lstrip()
    if head.startswith((b"<?xml", b"<!DOCTYPE", b"<rdf:RDF", b"<!--")):
        if b"<Ontology" in data[:5_000] and b"<rdf:RDF" not in data[:50_000]:
            raise UserError(f"{path} is OWL/XML", "save it as RDF/XML or Turtle (in Protégé: Save as)")
        return "xml"
    if head.startswith((b"{", b"[")) and path.suffix.lower() not in {".ttl", ".turtle"}:
        return "json-ld"
    if head.startswith((b"Prefix(", b"Ontology(")):
        raise UserError(f"{path} is in OWL's functional syntax", "save it as RDF/XML or Turtle (in Protégé: Save as)")
    kind = _BY_ENDING.get(path.suffix.lower())
    if kind is None:
        endings = ", ".join(_BY_ENDING)
        raise UserError(f"{path} has no ending of an RDF file", f"name it by its syntax: {endings}")
    return "turtle" if kind in {"xml", "json-ld"} and head.startswith((b"@prefix", b"PREFIX", b"@base")) else kind


def _check_turtle(path: Path, data: bytes) -> None:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UserError(f"{path}, line {line}: not UTF-8", "save the file as UTF-8") from error
    depth = deepest = 0
    for char in _SKIPPED.sub(" ", text):
        if char in "[({":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "])}":
            depth -= 1
    if deepest > MAX_DEPTH:
        raise UserError(f"{path} is nested {deepest} deep", "write it without nested blank nodes")


def _check_json(path: Path, data: bytes) -> None:
    """Refuse contexts by address: expanding them would ask a server what the file means."""
    try:
        document = json.loads(data)
    except RecursionError as error:
        raise UserError(f"{path} is nested too deeply", "write it flat") from error
    except json.JSONDecodeError as error:
        raise UserError(f"{path}, line {error.lineno}: no JSON: {error.msg}", "correct the file there") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8", "save the file as UTF-8") from error
    for address in _addresses(document):
        raise UserError(
            f"{path} takes its @context from {address!r}, which is not fetched",
            "write the context into the file, or save the vocabulary as Turtle",
        )


def _addresses(document: Any) -> Iterator[str]:
    """Every context that is a text, wherever it stands, and every ``@import`` of a context."""
    queue = [document]
    while queue:
        value = queue.pop()
        if isinstance(value, list):
            queue.extend(value)
        elif isinstance(value, dict):
            for key, item in value.items():
                if key == "@context":
                    yield from (one for one in (item if isinstance(item, list) else [item]) if isinstance(one, str))
                elif key == "@import":
                    yield str(item)
            queue.extend(value.values())


def _check_xml(path: Path, data: bytes) -> None:
    """Read the file once for its entities. Those that only abbreviate an IRI, as Protégé writes them, may stay."""
    parser = expat.ParserCreate()
    entities = 0

    def refuse(what: str) -> UserError:
        line = parser.CurrentLineNumber
        return UserError(f"{path}, line {line}: {what}", "write the text where it is used, or save the file as Turtle")

    def doctype(_name: str, system: str | None, public: str | None, _internal: int) -> None:
        if system or public:
            raise refuse(f"the document type is taken from {system or public!r}")

    def entity(
        name: str,
        parameter: int,
        value: str | None,
        _base: str | None,
        _system: str | None,
        _public: str | None,
        _notation: str | None,
    ) -> None:
        nonlocal entities
        entities += 1
        if value is None or parameter:
            raise refuse(f"the entity {name!r} is taken from elsewhere")
        if "&" in value or len(value) > LONGEST_ENTITY or entities > MOST_ENTITIES:
            raise refuse(f"the entity {name!r} is more than an abbreviation")

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UserError(
            f"{path}, line {error.lineno}: no XML: {expat.ErrorString(error.code)}", "correct the file there"
        ) from error


def _malformed(path: Path, error: Exception, data: bytes) -> UserError:
    """What a parser of rdflib says, as file, line and reason."""
    line, reason = 0, str(error)
    if isinstance(error, BadSyntax):
        line, reason = error.lines + 1, error._why  # noqa: SLF001  (the only place where the reason stands)
    elif isinstance(error, ParserError) and (found := re.search(r"Invalid line: (.*)", reason)):
        place = data.decode(errors="replace").find(found.group(1)[:60])
        line = data.decode(errors="replace")[: max(place, 0)].count("\n") + 1
    elif found := re.search(r":(\d+):\d+: (.*)", reason, re.DOTALL):
        line, reason = int(found.group(1)), found.group(2)
    where = f"{path}, line {line}" if line else f"{path}"
    reason = " ".join(reason.split())[:200] or type(error).__name__
    return UserError(f"{where}: malformed: {reason}", "correct the file there; an editor for RDF shows the place")
