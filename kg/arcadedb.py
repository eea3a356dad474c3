"""The server inside the ``arcadedb-embedded`` package: where it is, how it is started, what is asked over HTTP.

:mod:`kg.embedded` decides when. The package is never imported, for that would load a Java machine into this process;
only its jars and its Java runtime are used. Passwords are read by the server from a file of mode 0600: a command line
can be seen by every user of the machine.
"""

import base64
import http.client
import json
import os
import platform
import secrets
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.cypher import FULLTEXT_INDEX, FULLTEXT_PROPERTY
from kg.errors import StoreError, UserError
from kg.schema import CONCEPT

DATABASE: Final = "plumbline"
MAIN_CLASS: Final = "com.arcadedb.server.ArcadeDBServer"
ROOT: Final = "root"
READER: Final = "reader"
LOOPBACK: Final = "127.0.0.1"
READ_TIMEOUT_MS: Final = 30_000
LOG_LINES: Final = 15
COMPOSE: Final = (
    "use a Neo4j server: docker compose up -d neo4j (with NEO4J_PASSWORD in .env), "
    "then set NEO4J_URI=bolt://127.0.0.1:7687 and NEO4J_PASSWORD"
)


class Ports(NamedTuple):
    """Loopback ports of one server."""

    bolt: int
    http: int


class Installation(NamedTuple):
    """The bundled Java runtime and jars."""

    java: Path
    jars: Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one embedded server and what lies where in it."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "server"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def root_password(self) -> Path:
        return self.folder / "root.password"

    @property
    def reader_password(self) -> Path:
        return self.folder / "reader.password"

    @property
    def work(self) -> Path:
        return self.folder / "run"

    @property
    def marker(self) -> str:
        """The argument by which the process of this home is known."""
        return f"-Darcadedb.server.rootPath={self.root}"


def locate() -> Installation:
    """The bundled server, or UserError saying what to use instead."""
    spec = find_spec("arcadedb_embedded")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found = Installation(Path(place) / "jre" / "bin" / "java", Path(place) / "jars")
        if os.access(found.java, os.X_OK) and any(found.jars.glob("arcadedb-server-*.jar")):
            return found
    raise UserError(f"there is no embedded graph server for {platform.system()} {platform.machine()} here", COMPOSE)


def free_ports() -> Ports:
    """Two free loopback ports. Another process may take one before the server does: the caller tries again."""
    with socket.socket() as first, socket.socket() as second:
        first.bind((LOOPBACK, 0))
        second.bind((LOOPBACK, 0))
        return Ports(first.getsockname()[1], second.getsockname()[1])


def prepare(home: Home) -> None:
    """Make the folders, the passwords and the reading account's group. Nothing that exists is changed, except that
    accounts whose passwords are lost are made anew.
    """
    for folder in (home.folder, home.root / "config", home.work):
        folder.mkdir(parents=True, exist_ok=True)
    home.folder.chmod(0o700)
    if not (_filled(home.root_password) and _filled(home.reader_password)):
        (home.root / "config" / "server-users.jsonl").unlink(missing_ok=True)
        for path in (home.root_password, home.reader_password):
            write_private(path, secrets.token_urlsafe(24))
    (home.root / "config" / "server-groups.json").write_text(json.dumps(_groups(), indent=1), encoding="utf-8")


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    draft.replace(path)


def _filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _groups() -> dict[str, Any]:
    writes = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    admin = {
        "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        "resultSetLimit": -1,
        "readTimeout": -1,
        "types": {"*": {"access": writes}},
    }
    reader = {
        "access": [],
        "resultSetLimit": -1,
        "readTimeout": READ_TIMEOUT_MS,
        "types": {"*": {"access": ["readRecord"]}},
    }
    everywhere = {"resultSetLimit": -1, "readTimeout": -1, "groups": {"admin": admin, READER: reader}}
    return {"databases": {"*": everywhere}, "version": 1}


def launch(home: Home, installation: Installation, memory_mb: int, ports: Ports) -> subprocess.Popen[bytes]:
    """Start the server in a process group of its own, so that Ctrl-C in the terminal does not reach it."""
    options = {
        "server.rootPasswordPath": home.root_password,
        "server.httpIncomingHost": LOOPBACK,
        "server.httpIncomingPort": ports.http,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": LOOPBACK,
        "bolt.port": ports.bolt,
        "bolt.defaultDatabase": DATABASE,
        "server.defaultDatabases": f"{DATABASE}[{ROOT}]",
        "txWalFlush": 1,
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
    }
    command = [
        str(installation.java),
        f"-Xmx{memory_mb}m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",  # measured: a short life profits from the quick compiler, in time, CPU and memory
        "--add-modules",
        "jdk.incubator.vector",
        "-cp",
        str(installation.jars / "*"),
        home.marker,
        *(f"-Darcadedb.{name}={value}" for name, value in options.items()),
        MAIN_CLASS,
    ]
    with home.log.open("wb") as log:
        return subprocess.Popen(
            command, cwd=home.work, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def last_lines(home: Home) -> str:
    """The end of the server's log."""
    if not home.log.is_file():
        return "(no log)"
    return "\n".join(home.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:])


class Admin:
    """The HTTP door of a running server, on loopback, as root. Proxies of the environment are not asked."""

    def __init__(self, port: int, password: str) -> None:
        self._port = port
        token = base64.b64encode(f"{ROOT}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}

    def ready(self) -> bool:
        """Whether the server answers and the database exists."""
        try:
            status, answer = self._request("GET", f"/api/v1/exists/{DATABASE}", None, timeout_s=2.0)
        except (OSError, http.client.HTTPException):
            return False
        return status == http.HTTPStatus.OK and answer.get("result") is True

    def wait_ready(self, seconds: float, running: Callable[[], bool]) -> bool:
        """Poll until the server is ready; False when it ended or the time is over."""
        deadline = time.monotonic() + seconds
        while not self.ready():
            if not running() or time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def ensure_reader(self, password: str) -> None:
        """Create the account that may only read, when it is not there."""
        user = {"name": READER, "password": password, "databases": {DATABASE: [READER]}}
        status, answer = self._post("/api/v1/server", {"command": f"create user {json.dumps(user)}"})
        if status != http.HTTPStatus.OK and "already exists" not in str(answer):
            raise StoreError(f"the reading account cannot be made: {answer}", "run plumbline doctor")

    def ensure_fulltext(self) -> None:
        """Create the full-text index over concepts' names: SQL, for ArcadeDB's Cypher has no statement for it."""
        for command in (
            f"CREATE VERTEX TYPE {CONCEPT} IF NOT EXISTS",
            f"CREATE PROPERTY {CONCEPT}.{FULLTEXT_PROPERTY} IF NOT EXISTS STRING",
            f"CREATE INDEX {FULLTEXT_INDEX} IF NOT EXISTS ON {CONCEPT} ({FULLTEXT_PROPERTY}) FULL_TEXT",
        ):
            status, answer = self._post(f"/api/v1/command/{DATABASE}", {"language": "sql", "command": command})
            if status != http.HTTPStatus.OK:
                raise StoreError(f"the full-text index cannot be made: {answer}", "run plumbline doctor")

    def _post(self, path: str, body: dict[str, object]) -> tuple[int, dict[str, Any]]:
        try:
            return self._request("POST", path, json.dumps(body), timeout_s=30.0)
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(f"the embedded graph server does not answer: {error}", "run the command again") from error

    def _request(self, method: str, path: str, body: str | None, timeout_s: float) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection(LOOPBACK, self._port, timeout=timeout_s)
        try:
            connection.request(method, path, body, self._headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", errors="replace")
        finally:
            connection.close()
        try:
            answer = json.loads(text or "{}")
        except json.JSONDecodeError:
            answer = {"error": text}
        return response.status, answer if isinstance(answer, dict) else {"result": answer}
