"""``plumbline ontology``: figures, one element, standards out and in, and the check of the shapes."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from rdflib import Graph

from kg.census import census
from kg.errors import UserError
from kg.model import Concept, Ontology
from kg.rdf.reader import from_graph
from kg.store import GraphStore
from studio.cli.app import main, parser
from studio.steps_ontology import FORMATS
from tests.graph_servers import Address, sized_ontology
from tests.kg.gift_policy import POLICY

ONTOLOGY = sized_ontology(clauses=12, concepts=16, relations=20)
VOCABULARY = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/thing> a skos:Concept ; skos:prefLabel "special thing" .
[] a skos:Concept ; skos:prefLabel "nameless" .
"""


@pytest.fixture
def config(tmp_path: Path, embedded_address: Address, embedded_store: GraphStore) -> Iterator[Path]:
    """A configuration whose workspace is the one of the run's embedded server, with an ontology in it."""
    embedded_store.load(ONTOLOGY)
    path = tmp_path / "plumbline.toml"
    path.write_text(f'documents = ["code.md"]\nworkspace = "{embedded_address.workspace}"\n', encoding="utf-8")
    yield path
    embedded_store.clear()


def ask(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    code = main(["ontology", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_stats_count_what_is_there(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts by kind, degrees, what is unlinked, and no fact without a source."""
    code, found = ask(capsys, "stats", "--config", config)
    assert code == 0
    assert found["counts"]["rules"] == 12
    assert found["rules_by_modality"] == {"obligation": 12}
    assert found["graph"]["Concept"] == 16
    assert found["unsourced"] == 0
    assert found["degree"]["most"] >= found["degree"]["mean"] > 0
    assert main(["ontology", "stats", "--config", str(config)]) == 0
    assert "unsourced: 0" in capsys.readouterr().out


def test_stats_see_what_lacks_a_source_or_a_link() -> None:
    """A concept that came from nowhere and hangs on nothing is counted in both."""
    lonely = Ontology(concepts=(*ONTOLOGY.concepts, Concept("con:x", "lonely", "thing")))
    found = census(lonely)
    assert found.unsourced.by_kind["concepts"] == 1 + 16  # the others' clauses are not there either
    assert "con:x" in found.unlinked.examples + tuple(c.id for c in lonely.concepts)
    assert found.unlinked.by_kind["concepts"] == 17
    assert census(POLICY).unsourced.by_kind["rules"] == 0


@pytest.mark.parametrize(
    ("name", "kind"),
    [("rule:cl:3", "rule"), ("cl:3", "clause"), ("1.1", "clause"), ("§ 1.1", "clause"), ("con:3", "concept"),
     ("thing 3", "concept")],
)  # fmt: skip
def test_show_finds_by_id_number_and_name(
    config: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str
) -> None:
    """A rule, a clause, a concept, each with what hangs on it; printed for people too."""
    code, found = ask(capsys, "show", name, "--config", config)
    assert (code, found["kind"]) == (0, kind)
    if kind == "rule":
        assert found["source"]["words"] == ONTOLOGY.documents[0].text[30:39]
        assert {row["role"] for row in found["concepts"]} == {"actor", "object"}
        assert found["rule"]["thresholds"][0]["unit"] == "USD"
    elif kind == "clause":
        assert found["clauses"][0]["rules"][0]["modality"] == "obligation"
    else:
        assert found["concept"]["label"] == "thing 3"
        assert found["sources"][0]["place"]["number"]
    assert main(["ontology", "show", name, "--config", str(config)]) == 0
    assert "Traceback" not in capsys.readouterr().out


def test_show_of_nothing_is_an_error(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A word that no name holds."""
    assert main(["ontology", "show", "xylophone", "--config", str(config)]) == 2
    assert "hint: " in capsys.readouterr().err


@pytest.mark.parametrize("format_", FORMATS)
def test_export_writes_every_format(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    """Into a file or folder; what can come back is equal to what is in the graph."""
    target = tmp_path / "out"
    code, found = ask(capsys, "export", "--format", format_, "--output", target, "--config", config)
    assert (code, found["output"]) == (0, str(target))
    if format_ == "csv":
        assert {path.name for path in target.iterdir()} == set(found["files"])
    elif format_ == "graphml":
        assert nx.read_graphml(target).number_of_edges() == found["edges"]
    else:
        syntax = {"n-triples": "nt"}.get(format_, format_)
        assert from_graph(Graph().parse(target, format=syntax)) == ONTOLOGY


def test_export_prints_without_output(config: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Turtle on standard output, and nothing else."""
    assert main(["ontology", "export", "--config", str(config)]) == 0
    assert from_graph(Graph().parse(data=capfdbinary.readouterr().out, format="turtle")) == ONTOLOGY


def test_csv_without_a_folder_is_an_error(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several files have no place on standard output."""
    assert main(["ontology", "export", "--format", "csv", "--config", str(config)]) == 2
    assert "--output DIR" in capsys.readouterr().err


def test_validate_tells_whole_from_broken(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The graph conforms (0); a file with two faults lists both (1); malformed Turtle is the user's mistake (2)."""
    code, found = ask(capsys, "validate", "--config", config)
    assert (code, found["conforms"], found["violations"]) == (0, True, [])
    file = tmp_path / "policy.ttl"
    assert main(["ontology", "export", "--output", str(file), "--config", str(config)]) == 0
    capsys.readouterr()
    assert ask(capsys, "validate", file)[0] == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("pl:polarity 1 ;", "pl:polarity 5 ;", 1).replace('pl:kind "thing"', "pl:kind 7", 1),
        encoding="utf-8",
    )
    code, found = ask(capsys, "validate", file)
    assert (code, found["conforms"]) == (1, False)
    assert {"polarity is 1 or -1", "a concept has one kind"} <= {one["message"] for one in found["violations"]}
    assert main(["ontology", "validate", str(file)]) == 1
    assert "polarity is 1 or -1" in capsys.readouterr().out
    file.write_text(text + "\n<x:a> <x:b> .\n", encoding="utf-8")
    assert main(["ontology", "validate", str(file)]) == 2
    error = capsys.readouterr().err
    assert "policy.ttl, line " in error
    assert "hint: " in error


def test_a_vocabulary_is_kept_and_forgotten(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was taken and left out is told; the workspace has it until it is removed."""
    file = tmp_path / "terms.ttl"
    file.write_text(VOCABULARY, encoding="utf-8")
    code, found = ask(capsys, "import", file, "--config", config)
    assert (code, found["concepts"], len(found["rejected"])) == (0, 1, 1)
    assert Path(found["stored"]).is_file()
    assert ask(capsys, "stats", "--config", config)[1]["vocabularies"] == ["terms.ttl"]
    assert ask(capsys, "import", file, "--remove", "--config", config)[1]["removed"]
    assert not Path(found["stored"]).exists()
    assert main(["ontology", "import", str(file), "--remove", "--config", str(config)]) == 2
    file.write_text(VOCABULARY + "broken", encoding="utf-8")
    assert main(["ontology", "import", str(file), "--config", str(config)]) == 2
    assert "terms.ttl, line 4" in capsys.readouterr().err


def test_every_action_takes_the_shared_options() -> None:
    """``--json`` and ``--config`` stand behind each of them, and a format that is not known is refused."""
    for action in (["stats"], ["show", "x"], ["export"], ["import", "x"], ["validate"]):
        parsed = parser().parse_args(["ontology", *action, "--json", "--config", "c.toml"])
        assert isinstance(parsed, argparse.Namespace)
        assert parsed.json
    with pytest.raises(SystemExit):
        parser().parse_args(["ontology", "export", "--format", "pdf"])
    assert issubclass(UserError, Exception)
