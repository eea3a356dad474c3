"""RDF files of users: told by syntax, refused with file and line, never leading out of themselves."""

import socket
from pathlib import Path

import pytest
from rdflib import SKOS, Graph

from kg.errors import UserError
from kg.rdf.files import MAX_DEPTH, read_graph

TURTLE = '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<x:gift> a skos:Concept ; skos:prefLabel "gift" .\n'
RDF_XML = """<?xml version="1.0"?>
{doctype}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="x:gift"><skos:prefLabel>{label}</skos:prefLabel></skos:Concept>
</rdf:RDF>
"""
JSON_LD = '{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@id": "x:gift", "skos:prefLabel": "gift"}'


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever opens a socket fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read(tmp_path: Path, name: str, text: str | bytes) -> Graph:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_graph(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("v.ttl", TURTLE),
        ("v.owl", TURTLE),
        ("v.nt", '<x:gift> <http://www.w3.org/2004/02/skos/core#prefLabel> "gift" .\n'),
        ("v.rdf", RDF_XML.format(doctype="", label="gift")),
        ("v.owl", RDF_XML.format(doctype="", label="gift")),
        ("v.owl", RDF_XML.format(doctype='<!DOCTYPE rdf:RDF [<!ENTITY g "gift">]>', label="&g;")),
        ("v.jsonld", JSON_LD),
        ("v.json", JSON_LD),
        ("bom.ttl", "\ufeff" + TURTLE),
    ],
)
def test_every_syntax_is_read(tmp_path: Path, name: str, text: str) -> None:
    """By its ending and its first characters; abbreviating entities as Protégé writes them are in order."""
    assert [str(label) for label in read(tmp_path, name, text).objects(None, SKOS.prefLabel)] == ["gift"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("v.ttl", TURTLE + "<x:a> a\n  skos:Concept ; ; . . nonsense\n", "v.ttl, line 4: malformed"),
        ("v.ttl", TURTLE + '\n\n<x:a> a "unclosed .\n', "v.ttl, line 5"),
        ("v.ttl", TURTLE + "<x:a> a unknown:Thing .\n", "v.ttl, line 3"),
        ("v.ttl", TURTLE.encode() + b"<x:a> a \xff\xfe .\n", "line 3: not UTF-8"),
        ("v.nt", "<x:a> <x:b> <x:c> .\n<x:a> nonsense .\n", "v.nt, line 2"),
        ("v.rdf", RDF_XML.format(doctype="", label="<gift>"), "v.rdf, line 4: no XML"),
        ("v.jsonld", '{\n "@id": "x:a",\n oops }', "v.jsonld, line 3: no JSON"),
        ("v.ttl", "", "empty"),
        ("v.ttl", "<x:a> <x:b> " + "[ <x:c> " * (MAX_DEPTH + 1), "nested"),
        ("v.jsonld", '{"a":' * 100_000, "nested"),
        ("v.pdf", TURTLE[:5], "no ending of an RDF file"),
        ("v.owl", "Prefix(:=<x:>)\nOntology(<x:o>)", "functional syntax"),
        ("v.owl", '<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "OWL/XML"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path: Path, name: str, text: str | bytes, words: str) -> None:
    """One error, with file, line and remedy, whatever the parser stumbled over."""
    with pytest.raises(UserError) as caught:
        read(tmp_path, name, text)
    assert words in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("doctype", "label"),
    [
        ('<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
        ('<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
        ('<!DOCTYPE rdf:RDF SYSTEM "http://127.0.0.1:9/x.dtd">', "gift"),
        ('<!DOCTYPE rdf:RDF [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>', "gift"),
        ('<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]>', "&c;"),
        (f'<!DOCTYPE rdf:RDF [<!ENTITY a "{"a" * 2_000}">]>', "&a;" * 50),
    ],
)
def test_entities_lead_nowhere(tmp_path: Path, doctype: str, label: str) -> None:
    """External, parameter, nested and swollen entities are refused before RDF is looked for."""
    with pytest.raises(UserError, match=r"v.rdf, line \d"):
        read(tmp_path, "v.rdf", RDF_XML.format(doctype=doctype, label=label))


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "x:a"}',
        '{"@context": ["file:///etc/hostname", {}], "@id": "x:a"}',
        '{"@context": {"@import": "http://127.0.0.1:9/c.jsonld"}, "@id": "x:a"}',
        '{"@context": {"t": {"@id": "x:t", "@context": "http://127.0.0.1:9/c"}}, "@id": "x:a", "t": {"a": 1}}',
        '{"@graph": [{"@id": "x:a", "x:b": {"@context": "relative.jsonld", "a": 1}}]}',
    ],
)
def test_a_context_by_address_is_refused(tmp_path: Path, text: str) -> None:
    """Wherever it stands in the document, and no address is asked."""
    with pytest.raises(UserError, match="not fetched"):
        read(tmp_path, "v.jsonld", text)


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A missing file and a folder."""
    for path in (tmp_path / "none.ttl", tmp_path):
        with pytest.raises(UserError) as caught:
            read_graph(path)
        assert caught.value.hint
