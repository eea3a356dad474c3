"""GraphML for networkx and Gephi, and CSV for neo4j-admin, up to a real import that gives the same ontology."""

import csv
import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from kg.errors import PlumblineError
from kg.exports_csv import BUFFER_BYTES, COMMAND, DELIMITERS, sheets, write_csv
from kg.exports_graphml import to_networkx, write_graphml
from kg.graph import edge_rows, node_rows
from kg.model import Ontology
from tests.conftest import NEO4J_LAUNCHER
from tests.graph_servers import Address, hostile_ontology, sized_ontology, small_ontology

ADMIN = "org.neo4j.cli.AdminTool"


@pytest.mark.parametrize("ontology", [small_ontology(), hostile_ontology()], ids=["small", "hostile"])
def test_networkx_reads_graphml_back(tmp_path: Path, ontology: Ontology) -> None:
    """The same nodes and edges with their properties, also where texts hold what XML cannot."""
    path = tmp_path / "ontology.graphml"
    write_graphml(ontology, path)
    made, found = to_networkx(ontology), nx.read_graphml(path)
    assert isinstance(found, nx.MultiDiGraph)
    assert set(found.nodes) == set(made.nodes)
    assert dict(found.nodes(data=True)) == dict(made.nodes(data=True))
    wanted = sorted((source, target, data["type"], data["weight"]) for source, target, data in made.edges(data=True))
    assert sorted((s, t, data["type"], data["weight"]) for s, t, data in found.edges(data=True)) == wanted
    assert found.number_of_nodes() == sum(len(part.rows) for part in node_rows(ontology))
    assert found.number_of_edges() == sum(len(part.rows) for part in edge_rows(ontology))


def test_graphml_is_what_gephi_expects(tmp_path: Path) -> None:
    """One directed graph; each attribute has one type for nodes and one for edges; labels and weights by those names."""
    path = tmp_path / "ontology.graphml"
    write_graphml(small_ontology(), path)
    root = etree.parse(path).getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    (graph,) = root.findall(f"{space}graph")
    assert graph.get("edgedefault") == "directed"
    keys = [(key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.findall(f"{space}key")]
    assert len({key[:2] for key in keys}) == len(keys)
    assert {("node", "label", "string"), ("node", "type", "string"), ("edge", "type", "string")} <= set(keys)
    assert {name: kind for end, name, kind in keys if end == "edge"}["weight"] == "double"
    ids = [edge.get("id") for edge in graph.findall(f"{space}edge")]
    assert len(set(ids)) == len(ids)


def test_graphml_of_nothing_is_a_graph(tmp_path: Path) -> None:
    """An empty ontology is an empty graph, not an error."""
    path = tmp_path / "empty.graphml"
    write_graphml(Ontology(), path)
    assert nx.read_graphml(path).number_of_nodes() == 0


def test_headers_and_rows_agree(tmp_path: Path) -> None:
    """:ID and :LABEL for nodes, :START_ID, :END_ID and :TYPE for relationships; as many rows as records."""
    ontology = small_ontology()
    files = write_csv(ontology, tmp_path / "out")
    nodes, relationships = sheets(ontology)
    assert len(files) == 2 * (len(nodes) + len(relationships)) + 1
    for sheet in (*nodes, *relationships):
        header = (tmp_path / "out" / f"{sheet.name}-header.csv").read_text(encoding="utf-8").strip().split(",")
        with (tmp_path / "out" / f"{sheet.name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        assert header == list(sheet.columns)
        assert len(rows) == len(sheet.rows)
        assert {len(row) for row in rows} == {len(header)}
        assert header[-1] == (":LABEL" if sheet in nodes else ":TYPE")
        assert {row[-1] for row in rows} == {sheet.name.split("-")[1]}
    concept = next(sheet for sheet in nodes if sheet.name == "nodes-Concept")
    assert concept.columns[0] == "id:ID(Concept)"
    assert {"weight:double", "aliases:string[]", "ordinal:long"} <= set(concept.columns)
    stated = next(sheet for sheet in relationships if sheet.name.startswith("relationships-STATES"))
    assert stated.columns[:2] == (":START_ID(Clause)", ":END_ID(Rule)")


def test_items_of_lists_stay_apart(tmp_path: Path) -> None:
    """The separator is one that no item holds; where every one is taken, that is an error and no broken file."""
    ontology = small_ontology()
    first = dataclasses.replace(ontology.concepts[0], aliases=(f"a{DELIMITERS[0]}b", "c;d", 'e"f', "g\nh"))
    made = dataclasses.replace(ontology, concepts=(first, *ontology.concepts[1:]))
    write_csv(made, tmp_path)
    assert f"--array-delimiter=U+{ord(DELIMITERS[1]):04X}" in (tmp_path / COMMAND).read_text(encoding="utf-8")
    full = dataclasses.replace(first, aliases=("".join(DELIMITERS),))
    with pytest.raises(PlumblineError, match="separate"):
        write_csv(dataclasses.replace(made, concepts=(full, *ontology.concepts[1:])), tmp_path)


def test_a_long_document_gets_a_longer_buffer(tmp_path: Path) -> None:
    """neo4j-admin stops at a field over its buffer, so the command makes room."""
    ontology = small_ontology()
    long = dataclasses.replace(ontology.documents[0], text="x" * (BUFFER_BYTES + 1))
    write_csv(dataclasses.replace(ontology, documents=(long,)), tmp_path)
    assert "--read-buffer-size=" in (tmp_path / COMMAND).read_text(encoding="utf-8")


def test_the_command_is_shell(tmp_path: Path) -> None:
    """The shell accepts it, and it hands over exactly the files that were written."""
    write_csv(small_ontology(), tmp_path / "a b")
    command = tmp_path / "a b" / COMMAND
    done = subprocess.run(
        ["sh", str(command), "policy"], env={"PATH": os.environ["PATH"], "NEO4J_ADMIN": "printf %s\\n"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    words = done.stdout.splitlines()
    assert words[:4] == ["database", "import", "full", "policy"]
    named = {name for word in words if "=nodes" in word or "=rel" in word for name in word.split("=")[1].split(",")}
    assert named == {path.name for path in (tmp_path / "a b").iterdir()} - {COMMAND}


@pytest.mark.neo4j
@pytest.mark.slow
def test_neo4j_imports_the_files(tmp_path: Path) -> None:
    """``neo4j-admin database import full`` takes them, and the database holds an equal ontology."""
    if not NEO4J_LAUNCHER.exists():
        pytest.skip("no Neo4j for tests beside the repository")
    rich = sized_ontology(clauses=40, concepts=60, relations=90)
    hostile = hostile_ontology()
    ontology = dataclasses.replace(
        rich, concepts=(*rich.concepts, *hostile.concepts), relations=(*rich.relations, *hostile.relations)
    )
    home, out = tmp_path / "home", tmp_path / "out"
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").touch()
    admin = tmp_path / "admin"
    admin.write_text(f"#!/bin/sh\nexec java -cp '{NEO4J_LAUNCHER.parent}/lib/*' {ADMIN} \"$@\"\n", encoding="utf-8")
    admin.chmod(0o755)
    write_csv(ontology, out)
    env = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf"), "NEO4J_ADMIN": str(admin)}
    password = "plumbline-test"
    subprocess.run([admin, "dbms", "set-initial-password", password], env=env, check=True, capture_output=True)
    done = subprocess.run(["sh", str(out / COMMAND)], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    launcher = [sys.executable, str(NEO4J_LAUNCHER)]
    started = subprocess.run([*launcher, "start", str(home)], capture_output=True, text=True, check=True)
    try:
        server = json.loads(started.stdout)
        with Address(server["uri"], server["user"], password, tmp_path).open() as store:
            assert store.ontology() == ontology
            assert store.counts()["MENTIONS"] == len(ontology.rule_concepts)
    finally:
        subprocess.run([*launcher, "stop", str(home)], capture_output=True, check=False)
