"""Fixtures that several rooms share: graph servers, started once per run."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kg.errors import UserError
from kg.store import GraphStore, open_store
from tests.graph_servers import Address

# A shared machine may pause any example; what is slow is shown by a benchmark. The same examples on every run: whoever
# runs the suite learns about their own change. HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("plumbline", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "plumbline"))

ROOT = Path(__file__).resolve().parents[1]
NEO4J_LAUNCHER = ROOT.parent / "shared" / "neo4j" / "neo4j"
EMBEDDED_MEMORY_MB = 384


@pytest.fixture(scope="session")
def embedded_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """An embedded server that lives as long as the test run; skipped where the platform has none."""
    workspace = tmp_path_factory.mktemp("embedded")
    try:
        store = open_store(None, workspace=workspace, memory_mb=EMBEDDED_MEMORY_MB)
    except UserError as error:
        pytest.skip(f"{error}")
    with store:
        yield Address(uri=None, workspace=workspace)


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The Neo4j of NEO4J_URI_TEST (with NEO4J_USER_TEST, NEO4J_PASSWORD_TEST), or one started for this run."""
    workspace = tmp_path_factory.mktemp("neo4j")
    if uri := os.environ.get("NEO4J_URI_TEST"):
        user, password = os.environ.get("NEO4J_USER_TEST", "neo4j"), os.environ.get("NEO4J_PASSWORD_TEST", "")
        yield Address(uri, user, password, workspace)
        return
    if not NEO4J_LAUNCHER.exists():
        pytest.skip("no Neo4j for tests: set NEO4J_URI_TEST, NEO4J_USER_TEST and NEO4J_PASSWORD_TEST")
    home = workspace / "home"
    started = subprocess.run(
        [sys.executable, str(NEO4J_LAUNCHER), "start", str(home)], capture_output=True, text=True, check=False
    )
    if started.returncode:
        pytest.skip(f"the Neo4j for tests does not start: {started.stderr.strip()}")
    try:
        server = json.loads(started.stdout)
        yield Address(server["uri"], server["user"], server["password"], workspace)
    finally:
        subprocess.run([sys.executable, str(NEO4J_LAUNCHER), "stop", str(home)], capture_output=True, check=False)


@pytest.fixture(scope="session")
def _embedded_store(embedded_address: Address) -> Iterator[GraphStore]:
    with embedded_address.open() as store:
        yield store


@pytest.fixture
def embedded_store(_embedded_store: GraphStore) -> GraphStore:
    """An empty store on the run's embedded server."""
    _embedded_store.clear()
    return _embedded_store
