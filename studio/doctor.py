"""The machine, looked over: what a run needs, what was found, and what to do about what is missing."""

import importlib.metadata
import os
import platform
import shutil
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from kg.arcadedb import COMPOSE
from kg.errors import PlumblineError
from studio.settings import Environment, Settings, environment, load_settings

GIB = 1024**3
MIN_DISK_GIB = 3
MIN_MEMORY_GIB = 6
PACKAGES = (
    "numpy",
    "spacy",
    "torch",
    "transformers",
    "peft",
    "trl",
    "sentence_transformers",
    "neo4j",
    "duckdb",
    "nicegui",
    "rich",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``remedy`` is empty when all is well."""

    name: str
    state: Literal["ok", "warning", "failed"]
    found: str
    remedy: str = ""


def examine(config: Path | None = None, port: int = 8377, overrides: Sequence[str] = ()) -> tuple[Check, ...]:
    """Every check; none of them changes anything or downloads anything."""
    settings, configured = _settings(config, overrides)
    env = environment()
    checks: list[Callable[[], Check]] = [
        check_python,
        check_packages,
        lambda: check_disk(settings.workspace if settings else Path.cwd()),
        check_memory,
        lambda: check_weights(env.cache),
        lambda: check_graph(env),
        lambda: check_port(port),
    ]
    return (*configured, *(check() for check in checks))


def _settings(config: Path | None, overrides: Sequence[str]) -> tuple[Settings | None, tuple[Check, ...]]:
    """The configuration, and what is to be said of it."""
    if config is None:
        return None, ()
    from studio.wiring import require_inputs

    try:
        settings = load_settings(config, overrides)
        require_inputs(settings)
    except PlumblineError as error:
        return None, (Check("configuration", "failed", str(error), error.hint),)
    return settings, (Check("configuration", "ok", f"{config}: {len(settings.documents)} document paths"),)


def check_python() -> Check:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if platform.system() != "Linux":
        return Check("Python", "warning", found, "only Linux is tested")
    return Check("Python", "ok", found)


def check_packages() -> Check:
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        return Check("packages", "failed", f"missing: {', '.join(missing)}", "run: make install")
    return Check("packages", "ok", f"torch {importlib.metadata.version('torch')}, {len(PACKAGES)} packages there")


def check_disk(place: Path) -> Check:
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / GIB
    found = f"{free:.1f} GiB free at {place}"
    if not os.access(place, os.W_OK):
        return Check("disk", "failed", f"{place} may not be written", "choose another workspace: --set workspace=DIR")
    if free < MIN_DISK_GIB:
        return Check(
            "disk", "failed", found, f"free {MIN_DISK_GIB} GiB, or choose another workspace: --set workspace=DIR"
        )
    return Check("disk", "ok", found)


def check_memory() -> Check:
    import psutil

    memory = psutil.virtual_memory()
    found = f"{memory.available / GIB:.1f} of {memory.total / GIB:.1f} GiB available, {os.cpu_count()} cores"
    if memory.available < MIN_MEMORY_GIB * GIB:
        return Check("memory", "warning", found, f"close other programs: the example needs up to {MIN_MEMORY_GIB} GiB")
    return Check("memory", "ok", found)


def check_weights(cache: Path) -> Check:
    from studio.weights import MANIFEST, catalogue

    missing = [name for name in catalogue() if not (cache / name / MANIFEST).is_file()]
    if missing:
        return Check(
            "weights",
            "warning",
            f"not in {cache}: {', '.join(missing)}",
            "run: plumbline weights (or the first run fetches them)",
        )
    return Check("weights", "ok", str(cache))


def check_graph(env: Environment) -> Check:
    """The graph server: Neo4j when an address is given, else whether the embedded one is there."""
    if env.neo4j_uri:
        return _check_neo4j(env.neo4j_uri, env)
    try:
        version = importlib.metadata.version("arcadedb-embedded")
    except importlib.metadata.PackageNotFoundError:
        return Check("graph", "failed", "no embedded server on this platform, and NEO4J_URI is not set", COMPOSE)
    root = find_spec("arcadedb_embedded")
    folder = Path(root.origin).parent if root and root.origin else Path()
    java = next(iter(folder.rglob("bin/java")), None)
    if java is None:
        return Check(
            "graph", "failed", f"arcadedb-embedded {version} without its Java", f"install it again, or {COMPOSE}"
        )
    return Check("graph", "ok", f"embedded server {version} with its own Java")


def _check_neo4j(uri: str, env: Environment) -> Check:
    from kg.store import open_store

    if not env.neo4j_password:
        return Check("graph", "failed", f"{uri}, but no NEO4J_PASSWORD", "set NEO4J_PASSWORD in the environment")
    try:
        with open_store(uri, user=env.neo4j_user, password=env.neo4j_password, workspace=Path.cwd()) as store:
            nodes = sum(store.counts().values())
    except PlumblineError as error:
        return Check("graph", "failed", f"{uri}: {error}", error.hint or COMPOSE)
    return Check("graph", "ok", f"Neo4j at {uri}, {nodes:,} records")


def check_port(port: int, host: str = "127.0.0.1") -> Check:
    if port_is_free(host, port):
        return Check("port", "ok", f"{port} is free for plumbline serve")
    return Check("port", "warning", f"{port} is taken", f"plumbline serve --port {free_port(host)}")


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at the moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
