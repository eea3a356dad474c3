"""The embedded graph server of a workspace: started by the first process, joined by others, stopped by the last.

In ``workspace/graph`` lie ``server/`` (the data), ``server.json`` (process, ports, start time), ``clients/`` (one file
per process that uses the server), two passwords of mode 0600 and ``server.lock``. Every change of that state happens
under the lock, which the system frees when its holder dies:

- *join*: find the server of ``server.json`` (the process must exist, have started at the noted time and carry this
  folder in its command line) and use it; or stop one that does not answer; or start a new one on free ports.
- *leave*: take one's name off; if no living client is left, stop the server (SIGTERM, which closes the database).

A server left behind by a crash is found at the next join and stopped by the last one to leave.
"""

import errno
import os
import shutil
import subprocess
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import psutil

from kg import arcadedb
from kg.arcadedb import Admin, Home, Ports
from kg.bolt import Account, Server, open_server
from kg.cypher_store import CypherStore
from kg.embedded_state import Running, alive, living_clients, locked, note, noted, sign_in, state_file, stray
from kg.errors import PlumblineError, StoreError, UserError

START_TIMEOUT_S: Final = 180.0
"""It takes 2 s, but up to a minute beside programs that leave the processor no time."""
ANSWER_TIMEOUT_S: Final = 10.0
STOP_TIMEOUT_S: Final = 20.0
START_ATTEMPTS: Final = 3
MIN_MEMORY_MB: Final = 128
FULL_DISK_BYTES: Final = 50 * 2**20
"""The server makes files of several megabytes at a time: with less room than this its failures are the disk's."""

AGAIN: Final = "the embedded server has ended; run the same command again (plumbline serve too), which starts it anew"

_children: Final[dict[int, subprocess.Popen[bytes]]] = {}
"""Servers that this very process started, to be reaped when they end."""


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
    return noted(Home(folder.resolve()))


def stop(folder: Path) -> bool:
    """Stop the server of ``folder`` whoever uses it; False when none runs."""
    home = Home(folder.resolve())
    if not home.folder.is_dir():
        return False
    with locked(home):
        running = noted(home) or stray(home)
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
            trouble=partial(_full_disk, self._home),
            remedy=AGAIN,
            leave=self.leave,
        )

    def leave(self) -> None:
        """Stop using the server; the last one to leave stops it. Leaving twice is harmless."""
        self._finalizer()


def _join(home: Home, memory_mb: int, pick_ports: Callable[[], Ports]) -> tuple[Running, Path]:
    installation = arcadedb.locate()
    try:
        arcadedb.prepare(home)
        with locked(home):
            running = noted(home) or stray(home)
            if running is not None and not _answers(home, running):
                _stop(home, running)
                running = None
            if running is None:
                running = _start(home, installation, memory_mb, pick_ports)
            return running, _signed_in(home, running)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_room(home) from error
        raise UserError(
            f"the graph's folder {home.folder} cannot be used: {error}",
            "choose a workspace that may be written: --set workspace=DIR",
        ) from error


def _signed_in(home: Home, running: Running) -> Path:
    """Sign this process in among the users. A server that it cannot sign in to is not left behind without any."""
    try:
        return sign_in(home)
    except BaseException:
        if not living_clients(home):
            _stop(home, running)
        raise


def _answers(home: Home, running: Running) -> bool:
    admin = Admin(running.http, home.root_password.read_text(encoding="utf-8"))
    if not running.http or not admin.wait_ready(ANSWER_TIMEOUT_S, lambda: alive(home, running.pid, running.started)):
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
            note(home, running)
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


def _full_disk(home: Home) -> PlumblineError | None:
    """The error that a full disk is, when the disk of ``home`` is full."""
    full = shutil.disk_usage(home.folder).free < FULL_DISK_BYTES or "No space left" in arcadedb.last_lines(home)
    return _no_room(home) if full else None


def _no_room(home: Home) -> StoreError:
    return StoreError(
        f"the disk is full: the graph cannot be written in {home.folder}",
        "free some space and run the same command again, or choose a workspace on another disk: --set workspace=DIR",
    )


def _start_failure(home: Home) -> PlumblineError:
    log = arcadedb.last_lines(home)
    if (full := _full_disk(home)) is not None:
        return full
    if "OutOfMemoryError" in log or "Could not reserve enough space" in log:
        return UserError("the graph server does not get its memory", "lower graph.memory_mb or free memory")
    return StoreError(
        f"the embedded graph server did not start; its last words: {log.splitlines()[-1]}",
        f"see {home.log}; or {arcadedb.COMPOSE}",
    )


def _leave(home: Home, client: Path, owner: int) -> None:
    if os.getpid() != owner or not home.folder.is_dir():
        return  # a forked child is no client of its own
    with locked(home):
        client.unlink(missing_ok=True)
        running = noted(home)
        if running is not None and not living_clients(home):
            _stop(home, running)


def _stop(home: Home, running: Running) -> None:
    """End a server cleanly, by force when it does not end within 20 s."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(running.pid)
        if alive(home, running.pid, running.started):
            process.terminate()
            if not _ended(running.pid, STOP_TIMEOUT_S):
                process.kill()
                _ended(running.pid, STOP_TIMEOUT_S)
    child = _children.pop(running.pid, None)
    if child is not None:
        child.wait()
    state_file(home).unlink(missing_ok=True)


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
