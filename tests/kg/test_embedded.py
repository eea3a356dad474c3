"""The embedded server's life: started, joined, stopped, found after a crash."""

import errno
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from kg import arcadedb, embedded
from kg.arcadedb import Home, Ports
from kg.cypher import Query
from kg.embedded import find, open_embedded
from kg.embedded_state import Running
from kg.errors import PlumblineError, StoreError, UserError
from kg.store import open_store
from tests.graph_servers import sized_ontology, small_ontology

ROOT = Path(__file__).resolve().parents[2]
MEMORY_MB = 256


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    try:
        arcadedb.locate()
    except UserError as error:
        pytest.skip(str(error))
    return tmp_path / "work space" / "graph"


def _running(folder: Path) -> Running:
    running = find(folder)
    assert running is not None
    return running


def _gone(pid: int, seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def _user(folder: Path, then: str) -> subprocess.Popen[str]:
    """Another process that opens the store, says "open" and does as it is told."""
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom kg.embedded import open_embedded\n"
        f"store = open_embedded(Path({str(folder)!r}), {MEMORY_MB})\nprint('open', flush=True)\n{then}\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


@pytest.mark.slow
def test_the_server_is_private_and_ends_with_its_last_user(folder: Path) -> None:
    """Loopback only, passwords in files of mode 0600 and on no command line, nothing running afterwards, data kept."""
    with open_embedded(folder, MEMORY_MB) as store:
        store.bootstrap()
        store.load(small_ontology())
        running = _running(folder)
        process = psutil.Process(running.pid)
        listening = [c.laddr.ip for c in process.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
        assert listening
        assert all(ip.removeprefix("::ffff:") == "127.0.0.1" for ip in listening)
        home = Home(folder)
        for path in (home.root_password, home.reader_password, folder / "server.json"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        words = " ".join(process.cmdline()) + str(process.environ())
        assert home.root_password.read_text() not in words
        assert home.reader_password.read_text() not in words
        assert f"-Xmx{MEMORY_MB}m" in process.cmdline()
    assert _gone(running.pid)
    assert find(folder) is None
    assert list((folder / "clients").iterdir()) == []
    with open_embedded(folder, MEMORY_MB) as store:
        assert store.ontology() == small_ontology()


def test_two_stores_of_one_process_share_a_server(folder: Path) -> None:
    """The server stays until the second one is closed too."""
    first = open_embedded(folder, MEMORY_MB)
    second = open_embedded(folder, MEMORY_MB)
    pid = _running(folder).pid
    first.close()
    assert _running(folder).pid == pid
    assert second.counts()["Rule"] == 0
    second.close()
    assert _gone(pid)


def test_a_second_process_joins_and_may_outlive_the_first(folder: Path) -> None:
    """Who started the server may leave; the last one to leave stops it."""
    store = open_embedded(folder, MEMORY_MB)
    store.bootstrap()
    store.load(small_ontology())
    pid = _running(folder).pid
    other = _user(folder, "sys.stdin.read()\nprint(store.counts()['Rule'])\nstore.close()")
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    assert _running(folder).pid == pid
    store.close()
    assert _running(folder).pid == pid
    said, _ = other.communicate("")
    assert said == "10\n"
    assert _gone(pid)


@pytest.mark.slow
def test_two_processes_starting_at_once_share_one_server(folder: Path) -> None:
    """The lock lets one start it, the others join."""
    others = [_user(folder, "sys.stdin.read()") for _ in range(3)]
    for other in others:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
    pid = _running(folder).pid
    servers = [p for p in psutil.process_iter(["cmdline"]) if Home(folder).marker in (p.info["cmdline"] or [])]
    assert [p.pid for p in servers] == [pid]
    for other in others:
        other.communicate("")
    assert _gone(pid)


def test_a_server_left_behind_by_a_crash_is_reused_and_then_stopped(folder: Path) -> None:
    """Kill -9 of its only user leaves the server; the next user finds it, and no dead client keeps it alive."""
    crashed = _user(folder, "os.kill(os.getpid(), signal.SIGKILL)")
    crashed.communicate()
    pid = _running(folder).pid
    with open_embedded(folder, MEMORY_MB):
        assert _running(folder).pid == pid
    assert _gone(pid)


def test_a_server_that_nobody_noted_is_found(folder: Path) -> None:
    """A starter killed before it wrote server.json leaves a server that only its command line tells of."""
    crashed = _user(folder, "os.kill(os.getpid(), signal.SIGKILL)")
    crashed.communicate()
    pid = _running(folder).pid
    (folder / "server.json").unlink()
    with open_embedded(folder, MEMORY_MB):
        assert _running(folder).pid == pid
    assert _gone(pid)


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hanging server left behind is stopped by force and a new one is started on the same data."""
    monkeypatch.setattr(embedded, "ANSWER_TIMEOUT_S", 0.5)
    monkeypatch.setattr(embedded, "STOP_TIMEOUT_S", 1.0)
    crashed = _user(folder, "store.bootstrap(); os.kill(os.getpid(), signal.SIGKILL)")
    crashed.communicate()
    hanging = _running(folder).pid
    os.kill(hanging, signal.SIGSTOP)
    with open_embedded(folder, MEMORY_MB) as store:
        assert _running(folder).pid != hanging
        assert store.counts()["Rule"] == 0
    assert _gone(hanging)


@pytest.mark.slow
def test_a_server_killed_in_the_middle_of_a_load_loses_nothing_that_was_committed(folder: Path) -> None:
    """Kill -9 of the server: the load fails with a hint, the next run repeats it and gets the same graph."""
    ontology = sized_ontology(clauses=300, concepts=400, relations=600)

    def kill_in_the_middle(stage: str, done: int, total: int) -> None:
        if done > total / 2 and find(folder) is not None:
            os.kill(_running(folder).pid, signal.SIGKILL)

    store = open_embedded(folder, MEMORY_MB)
    store.bootstrap()
    with pytest.raises(StoreError) as failure:
        store.load(ontology, kill_in_the_middle)
    assert failure.value.hint
    store.close()
    with open_embedded(folder, MEMORY_MB) as store:
        store.bootstrap()
        assert store.counts()["Rule"] == 300
        store.load(ontology)
        assert store.ontology() == ontology


@pytest.mark.slow
def test_an_occupied_port_means_another_one(folder: Path) -> None:
    """A port that was taken between choosing and listening is no failure."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        offers = iter([Ports(port, arcadedb.free_ports().http), Ports(arcadedb.free_ports().bolt, port)])

        def pick() -> Ports:
            return next(offers, None) or arcadedb.free_ports()

        with open_embedded(folder, MEMORY_MB, pick) as store:
            assert port not in (_running(folder).bolt, _running(folder).http)
            assert store.counts()["Rule"] == 0


def test_lost_passwords_are_made_anew(folder: Path) -> None:
    """Without its password files the workspace is not lost."""
    with open_embedded(folder, MEMORY_MB) as store:
        store.bootstrap()
        store.load(small_ontology())
    Home(folder).root_password.unlink()
    with open_embedded(folder, MEMORY_MB) as store:
        assert store.ontology() == small_ontology()
        assert store.read(Query("MATCH (r:Rule) RETURN count(r) AS n", {})) == [{"n": 10}]


def test_a_platform_without_the_server_is_told_of_neo4j(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The remedy names the variable and the command."""
    monkeypatch.setattr(arcadedb, "find_spec", lambda _name: None)
    with pytest.raises(UserError) as error:
        open_store(None, workspace=tmp_path)
    assert "NEO4J_URI" in error.value.hint
    assert "docker compose up -d neo4j" in error.value.hint
    assert not (tmp_path / "graph").exists()


def _failing(words: str) -> Callable[..., subprocess.Popen[bytes]]:
    def launch(home: Home, *_: object) -> subprocess.Popen[bytes]:
        home.log.write_text(words, encoding="utf-8")
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])

    return launch


def test_a_disk_that_fills_up_under_the_server_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement of ours that the server refuses for want of room says so; with room left it is told as it is."""
    with open_embedded(folder, MEMORY_MB) as store:
        with pytest.raises(StoreError, match="refused"):
            store._connection.snapshot([Query("RETURN no_such_function()", {})])
        monkeypatch.setattr(embedded, "FULL_DISK_BYTES", 2**62)
        with pytest.raises(StoreError, match="disk is full") as caught:
            store._connection.snapshot([Query("RETURN no_such_function()", {})])
    assert "free some space" in caught.value.hint


def test_a_server_that_cannot_be_signed_in_to_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full to the last byte leaves no server behind that nobody uses."""

    def full(_: Home) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(embedded, "sign_in", full)
    with pytest.raises(StoreError, match="disk is full") as caught:
        open_embedded(folder, MEMORY_MB)
    assert caught.value.exit_code == 1
    assert find(folder) is None


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("java.io.IOException: No space left on device", StoreError, "disk"),
        ("java.lang.OutOfMemoryError: Java heap space", UserError, "memory"),
        ("Something else broke", StoreError, "Something else broke"),
    ],
)
def test_a_failed_start_says_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: str, kind: type[PlumblineError], expected: str
) -> None:
    """The last lines of the log, or what they mean; nothing is left running or noted."""
    monkeypatch.setattr(arcadedb, "launch", _failing(words))
    with pytest.raises(kind, match=expected) as error:
        open_embedded(folder, MEMORY_MB)
    assert error.value.hint
    assert find(folder) is None
    assert not (folder / "server.json").exists()


def test_too_little_memory_is_refused(folder: Path) -> None:
    """A heap in which the server cannot start is the user's mistake."""
    with pytest.raises(UserError, match="too few"):
        open_embedded(folder, 16)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """A workspace that cannot hold the graph gives a remedy and no traceback."""
    (tmp_path / "graph").write_text("not a folder")
    with pytest.raises(UserError, match="cannot be used"):
        open_embedded(tmp_path / "graph", MEMORY_MB)


@pytest.mark.parametrize(
    "uri", ["bolt://127.0.0.1:9", "nonsense", "ftp://127.0.0.1", "bolt://no-such-host.invalid:7687"]
)
def test_a_server_that_is_not_there_gives_a_remedy(tmp_path: Path, uri: str) -> None:
    """A wrong NEO4J_URI is the user's to put right."""
    with pytest.raises(UserError) as error:
        open_store(uri, user="neo4j", password="x", workspace=tmp_path)
    assert "NEO4J_URI" in error.value.hint
    assert error.value.exit_code == 2


def test_the_state_of_another_process_is_not_trusted(folder: Path) -> None:
    """A server.json that names some other live process is not joined, let alone stopped."""
    folder.mkdir(parents=True)
    me = Running(os.getpid(), psutil.Process().create_time(), 1, 2)
    (folder / "server.json").write_text(json.dumps({"pid": me.pid, "started": me.started, "bolt": 1, "http": 2}))
    assert find(folder) is None
    assert embedded.stop(folder) is False
