"""What is known of a workspace's embedded server, in files: the process that runs, and who uses it.

Everything here is read and written under the folder's lock (:func:`locked`), which the system frees when its holder
dies. A process that was killed leaves its name behind: a name whose process is gone does not count.
"""

import fcntl
import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import psutil

from kg import arcadedb
from kg.arcadedb import Home
from kg.errors import StoreError

LOCK_TIMEOUT_S: Final = 240.0
_CLOCK_S: Final = 1.0
"""Tolerance between two readings of a process's start time."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server process: its id, when it started (seconds since the epoch) and its ports."""

    pid: int
    started: float
    bolt: int
    http: int


def state_file(home: Home) -> Path:
    return home.folder / "server.json"


def note(home: Home, running: Running) -> None:
    arcadedb.write_private(state_file(home), json.dumps(asdict(running)))


def noted(home: Home) -> Running | None:
    """The server of ``server.json``, if that very process still runs."""
    try:
        running = Running(**json.loads(state_file(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return running if alive(home, running.pid, running.started) else None


def stray(home: Home) -> Running | None:
    """A server of this folder that nobody noted: its starter was killed within a moment. Its ports are in its
    command line.
    """
    for process in psutil.process_iter(["pid", "cmdline", "create_time", "status"]):
        words = process.info["cmdline"] or []
        if home.marker in words and process.info["status"] != psutil.STATUS_ZOMBIE:
            options = dict(word.partition("=")[::2] for word in words)
            bolt, http = (options.get(f"-Darcadedb.{name}", "0") for name in ("bolt.port", "server.httpIncomingPort"))
            running = Running(process.info["pid"], process.info["create_time"], int(bolt), int(http))
            note(home, running)
            return running
    return None


def alive(home: Home, pid: int, started: float) -> bool:
    try:
        process = psutil.Process(pid)
        return (
            abs(process.create_time() - started) < _CLOCK_S
            and process.status() != psutil.STATUS_ZOMBIE
            and home.marker in process.cmdline()
        )
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def sign_in(home: Home) -> Path:
    clients = home.folder / "clients"
    clients.mkdir(exist_ok=True)
    client = clients / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
    client.write_text(repr(psutil.Process().create_time()), encoding="utf-8")
    return client


def living_clients(home: Home) -> list[Path]:
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
def locked(home: Home) -> Iterator[None]:
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
