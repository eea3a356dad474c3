"""The embedded graph server of a workspace: started by the first process, joined by others, stopped by the last.

In ``workspace/graph`` lie ``server/`` (the data), ``server.json`` (process, ports, start time), ``clients/`` (one file
per process that uses the server), two passwords of mode 0600 and ``server.lock``. Every change of that state happens
under the lock, which the system frees when its holder dies:

- *join*: find the server of ``server.json`` (the process must exist, have started at the noted time and carry this
  folder in its command line) and use it; or stop one that does not answer; or start a new one on free ports.
- *leave*: take one's name off; if no living client is left, stop the server (SIGTERM, which closes the database).

A process that was killed leaves its name behind: a name whose process is gone does not count. A server left behind
by a crash is found at the next join and stopped by the last one to leave.
"""

import fcntl
import json
import os
import shutil
import subprocess
import time
import uuid
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Final

import psutil

from kg import arcadedb
from kg.arcadedb import Admin, Home, Ports
from kg.bolt import Account, Server, open_server
from kg.cypher_store import CypherStore
from kg.errors import PlumblineError, StoreError, UserError

START_TIMEOUT_S: Final = 180.0
"""It takes 2 s, but up to a minute beside programs that leave the processor no time."""
ANSWER_TIMEOUT_S: Final = 10.0
STOP_TIMEOUT_S: Final = 20.0
LOCK_TIMEOUT_S: Final = 240.0
START_ATTEMPTS: Final = 3
MIN_MEMORY_MB: Final = 128
FULL_DISK_BYTES: Final = 50 * 2**20
_CLOCK_S: Final = 1.0
"""Tolerance between two readings of a process's start time."""

_children: Final[dict[int, subprocess.Popen[bytes]]] = {}
"""Servers that this very process started, to be reaped when they end."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server process: its id, when it started (seconds since the epoch) and its ports."""

    pid: int
    started: float
    bolt: int
    http: int


def open_embedded(folder: Path, memory_mb: int, pick_ports: Callable[[], Ports] = arcadedb.free_ports) -> CypherStore:
    """Join or start the server of ``folder`` and open the store on it. Closing the store leaves the server.

    Raises UserError where there is no bundled server for this platform or the folder cannot be written, StoreError
    with the server's last words when it does not start.
    """
    if memory_mb < MIN_MEMORY_MB:
        raise UserError(
            f"{memory_mb} MB are too few for the graph server", f"set graph.memory_mb to {MIN_MEMORY_MB} or more"
        )
    home = Home(folder.resolve())
    membership = Membership(home, *_join(home, memory_mb, pick_ports))
    try:
        return open_server(membership.server())
    except BaseException:
        membership.leave()
        raise


def find(folder: Path) -> Running | None:
    """The server that runs for ``folder``, if any: for ``plumbline doctor``."""
    return _noted(Home(folder.resolve()))


def stop(folder: Path) -> bool:
    """Stop the server of ``folder`` whoever uses it; False when none runs."""
    home = Home(folder.resolve())
    if not home.folder.is_dir():
        return False
    with _locked(home):
        running = _noted(home) or _stray(home)
        if running is None:
            return False
        _stop(home, running)
        return True


class Membership:
    """The place of this process among the users of a server. Left at the latest when the interpreter ends."""

    def __init__(self, home: Home, running: Running, client: Path) -> None:
        self._home, self._running = home, running
        self._finalizer = weakref.finalize(self, _leave, home, client, os.getpid())

    def server(self) -> Server:
        """How to reach the server, with both accounts."""
        root, reader = (
            path.read_text(encoding="utf-8") for path in (self._home.root_password, self._home.reader_password)
        )
        return Server(
            uri=f"bolt://{arcadedb.LOOPBACK}:{self._running.bolt}",
            writer=Account(arcadedb.ROOT, root),
            reader=Account(arcadedb.READER, reader),
            database=arcadedb.DATABASE,
            fulltext=Admin(self._running.http, root).ensure_fulltext,
            checks_plans=False,
            leave=self.leave,
        )

    def leave(self) -> None:
        """Stop using the server; the last one to leave stops it. Leaving twice is harmless."""
        self._finalizer()


def _join(home: Home, memory_mb: int, pick_ports: Callable[[], Ports]) -> tuple[Running, Path]:
    installation = arcadedb.locate()
    try:
        arcadedb.prepare(home)
        with _locked(home):
            running = _noted(home) or _stray(home)
            if running is not None and not _answers(home, running):
                _stop(home, running)
                running = None
            if running is None:
                running = _start(home, installation, memory_mb, pick_ports)
            return running, _sign_in(home)
    except OSError as error:
        raise UserError(
            f"the graph's folder {home.folder} cannot be used: {error}",
            "make room or choose a workspace on another disk, with the right to write",
        ) from error


def _answers(home: Home, running: Running) -> bool:
    admin = Admin(running.http, home.root_password.read_text(encoding="utf-8"))
    if not running.http or not admin.wait_ready(ANSWER_TIMEOUT_S, lambda: _alive(home, running.pid, running.started)):
        return False
    admin.ensure_reader(home.reader_password.read_text(encoding="utf-8"))
    return True


def _start(home: Home, installation: arcadedb.Installation, memory_mb: int, pick_ports: Callable[[], Ports]) -> Running:
    """Start a server on free ports; a port that was taken in between means another try with others."""
    for _ in range(START_ATTEMPTS):
        ports = pick_ports()
        child = arcadedb.launch(home, installation, memory_mb, ports)
        _children[child.pid] = child
        running = Running(child.pid, psutil.Process(child.pid).create_time(), ports.bolt, ports.http)
        try:
            _note(home, running)
            admin = Admin(ports.http, home.root_password.read_text(encoding="utf-8"))
            if admin.wait_ready(START_TIMEOUT_S, partial(_serves, child, home)):
                admin.ensure_reader(home.reader_password.read_text(encoding="utf-8"))
                return running
        except BaseException:
            _stop(home, running)
            raise
        _stop(home, running)
        if not _port_taken(home):
            break
    raise _start_failure(home)


def _serves(child: subprocess.Popen[bytes], home: Home) -> bool:
    return child.poll() is None and not _port_taken(home)


def _port_taken(home: Home) -> bool:
    words = arcadedb.last_lines(home)
    return "Address already in use" in words or "BindException" in words or "Unable to listen" in words


def _start_failure(home: Home) -> PlumblineError:
    log = arcadedb.last_lines(home)
    if shutil.disk_usage(home.folder).free < FULL_DISK_BYTES or "No space left" in log:
        return UserError(f"the disk of {home.folder} is full", "make room or choose a workspace on another disk")
    if "OutOfMemoryError" in log or "Could not reserve enough space" in log:
        return UserError("the graph server does not get its memory", "lower graph.memory_mb or free memory")
    return StoreError(
        f"the embedded graph server did not start; its last words: {log.splitlines()[-1]}",
        f"see {home.log}; or {arcadedb.COMPOSE}",
    )


def _leave(home: Home, client: Path, owner: int) -> None:
    if os.getpid() != owner or not home.folder.is_dir():
        return  # a forked child is no client of its own
    with _locked(home):
        client.unlink(missing_ok=True)
        running = _noted(home)
        if running is not None and not _living_clients(home):
            _stop(home, running)


def _stop(home: Home, running: Running) -> None:
    """End a server cleanly, by force when it does not end within 20 s."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(running.pid)
        if _alive(home, running.pid, running.started):
            process.terminate()
            if not _ended(running.pid, STOP_TIMEOUT_S):
                process.kill()
                _ended(running.pid, STOP_TIMEOUT_S)
    child = _children.pop(running.pid, None)
    if child is not None:
        child.wait()
    _state(home).unlink(missing_ok=True)


def _ended(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if pid in _children and _children[pid].poll() is not None:
            return True
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def _state(home: Home) -> Path:
    return home.folder / "server.json"


def _note(home: Home, running: Running) -> None:
    arcadedb.write_private(_state(home), json.dumps(asdict(running)))


def _noted(home: Home) -> Running | None:
    """The server of ``server.json``, if that very process still runs."""
    try:
        running = Running(**json.loads(_state(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return running if _alive(home, running.pid, running.started) else None


def _stray(home: Home) -> Running | None:
    """A server of this folder that nobody noted: its starter was killed within a moment. Its ports are in its
    command line.
    """
    for process in psutil.process_iter(["pid", "cmdline", "create_time", "status"]):
        words = process.info["cmdline"] or []
        if home.marker in words and process.info["status"] != psutil.STATUS_ZOMBIE:
            options = dict(word.partition("=")[::2] for word in words)
            bolt, http = (options.get(f"-Darcadedb.{name}", "0") for name in ("bolt.port", "server.httpIncomingPort"))
            running = Running(process.info["pid"], process.info["create_time"], int(bolt), int(http))
            _note(home, running)
            return running
    return None


def _alive(home: Home, pid: int, started: float) -> bool:
    try:
        process = psutil.Process(pid)
        return (
            abs(process.create_time() - started) < _CLOCK_S
            and process.status() != psutil.STATUS_ZOMBIE
            and home.marker in process.cmdline()
        )
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _sign_in(home: Home) -> Path:
    clients = home.folder / "clients"
    clients.mkdir(exist_ok=True)
    client = clients / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
    client.write_text(repr(psutil.Process().create_time()), encoding="utf-8")
    return client


def _living_clients(home: Home) -> list[Path]:
    """Clients whose process still runs; the names of others are taken off."""
    living = []
    for client in sorted((home.folder / "clients").glob("*-*")):
        try:
            started = float(client.read_text(encoding="utf-8"))
            process = psutil.Process(int(client.name.split("-")[0]))
            if abs(process.create_time() - started) < _CLOCK_S and process.status() != psutil.STATUS_ZOMBIE:
                living.append(client)
                continue
        except (OSError, ValueError, psutil.NoSuchProcess):
            pass
        client.unlink(missing_ok=True)
    return living


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """Hold the folder's lock. Waits for another process that starts or stops the server."""
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    with (home.folder / "server.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"another process has held {lock.name} for {LOCK_TIMEOUT_S:.0f} s",
                        "wait for the other plumbline process or end it",
                    ) from None
                time.sleep(0.05)
        yield
