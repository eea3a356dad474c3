"""Namespaces, and the IRIs of what an ontology holds.

Everything of ours lies below ``urn:plumbline:``. Ids and texts go into an IRI percent-encoded (RFC 3986), so that no
document can write its way out of one; :func:`text_of` takes them out again. There are no blank nodes: what belongs to a
record has the record's IRI with a fragment, so that the same ontology always gives the same graph.
"""

import re
from typing import Final
from urllib.parse import quote, unquote

from rdflib import DCTERMS, ODRL2, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef

from kg.model import stable_id

ROOT: Final = "urn:plumbline:"
PL: Final = Namespace(f"{ROOT}ns#")
"""Our own terms, each defined in ``kg/shapes/vocabulary.ttl``."""
OA: Final = Namespace("http://www.w3.org/ns/oa#")
"""Web Annotation (W3C 2017): ``oa:start`` and ``oa:end`` are the character positions of a text selector."""
CONCEPTNET: Final = "http://conceptnet.io"
SCHEME: Final = URIRef(f"{ROOT}scheme")
"""The one SKOS concept scheme of an ontology."""

PREFIXES: Final = {
    "dcterms": str(DCTERMS),
    "oa": str(OA),
    "odrl": str(ODRL2),
    "owl": str(OWL),
    "pl": str(PL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "rel": f"{ROOT}relation-type/",
    "skos": str(SKOS),
    "xsd": str(XSD),
}
LONGEST_NAME: Final = 80
_SAFE = ":-._~"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\xa0\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


def resource(kind: str, text: str) -> URIRef:
    """The IRI of the record of ``kind`` with the id ``text``."""
    return URIRef(f"{ROOT}{kind}/{quote(text, safe=_SAFE)}")


def named(kind: str, text: str) -> URIRef:
    """The IRI of a party, action or asset by its words; two rules with the same words share it."""
    key = text if len(text) <= LONGEST_NAME else f"{text[:40]}~{stable_id('', text)[1:]}"
    return resource(kind, key)


def part(owner: URIRef, name: str) -> URIRef:
    """The IRI of a part of a record."""
    return URIRef(f"{owner}#{name}")


def text_of(iri: str, kind: str) -> str | None:
    """The id in an IRI of :func:`resource`; None for any other IRI."""
    head = f"{ROOT}{kind}/"
    return unquote(iri[len(head) :]) if iri.startswith(head) and "#" not in iri else None


def conceptnet_iri(path: str) -> URIRef:
    """The address of a ConceptNet term or assertion, e.g. ``/c/en/gift``."""
    return URIRef(CONCEPTNET + quote(path, safe="/:-._~"))


def conceptnet_path(iri: str) -> str | None:
    """The inverse of :func:`conceptnet_iri`; None for an address elsewhere."""
    return unquote(iri[len(CONCEPTNET) :]) if iri.startswith(CONCEPTNET + "/") else None


def is_iri(text: str) -> bool:
    """Whether ``text`` is an absolute IRI that every syntax of RDF can hold (RFC 3987, no spaces, no brackets)."""
    return len(text) <= 2_000 and _IRI.fullmatch(text) is not None
