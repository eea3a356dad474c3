"""A workspace: folders for graph, index, datasets, models and runs, and what makes a run repeatable.

Every stage has a content address: the hash of its options, its inputs, the stages before it and its code. A stage is
built in ``NAME-KEY.partial`` and renamed to ``NAME-KEY`` after its manifest is written, so a folder without
``.partial`` is complete, and a kill at any moment leaves nothing that a rerun trips over.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import PlumblineError, UserError
from studio.codec import encode

FOLDERS = ("graph", "index", "datasets", "models", "runs")
MANIFEST = "manifest.json"
PARTIAL = ".partial"
FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system answers when there is no room: the disk is full, or the user's share of it is."""


@dataclass(frozen=True, slots=True)
class StageResult:
    """A complete stage: its name, key, folder and whether it had been there before."""

    name: str
    key: str
    folder: Path
    cached: bool
    run: str
    """The run that built it."""

    seconds: float
    """How long it took to build."""


class Workspace:
    """The folders under ``root``; created on first use."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @property
    def graph(self) -> Path:
        return self.root / "graph"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def datasets(self) -> Path:
        return self.root / "datasets"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    def create(self) -> None:
        """Make the folders.

        Raises:
            UserError: a file is in the way or the place may not be written.
        """
        try:
            for name in FOLDERS:
                (self.root / name).mkdir(parents=True, exist_ok=True)
            if not (self.root / ".gitignore").exists():
                write_text(self.root / ".gitignore", "*\n")
        except OSError as error:
            if error.errno in FULL and (full := disk_error(error, self.root)):
                raise full from error
            raise UserError(
                f"the workspace {self.root} cannot be made: {error.strerror}",
                "choose another place: --set workspace=DIR",
            ) from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep a second run out; the kernel frees the lock when its holder dies, however it dies.

        Raises:
            UserError: another run holds it.
        """
        self.create()
        with (self.root / ".lock").open("a+", encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                handle.seek(0)
                holder = handle.read().strip() or "unknown"
                raise UserError(
                    f"another run (process {holder}) works in {self.root}",
                    "wait for it to end, or give this run a workspace of its own: --set workspace=DIR",
                ) from None
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
            self.sweep()
            yield

    def sweep(self) -> list[Path]:
        """Remove what a killed run left half-written (not the checkpoints that training resumes from)."""
        leftovers = [path for home in (self.index, self.datasets, self.runs) for path in home.glob(f"*{PARTIAL}")]
        leftovers += [path for home in FOLDERS for path in (self.root / home).glob(".*.tmp")]
        for path in leftovers:
            remove(path)
        return sorted(leftovers)

    def stage(
        self,
        home: Path,
        name: str,
        parts: Mapping[str, object],
        build: Callable[[Path], None],
        *,
        run: str,
        resumable: bool = False,
    ) -> StageResult:
        """The complete folder of stage ``name`` for ``parts``, built by ``build(folder)`` when it is not there.

        ``parts`` is everything that the result depends on. A ``resumable`` stage finds what its killed
        predecessor left in the folder; any other starts from an empty one.
        """
        key = digest(parts)
        final = home / f"{name}-{key}"
        if (final / MANIFEST).is_file():
            made = read_json(final / MANIFEST)
            return StageResult(name, key, final, cached=True, run=str(made["run"]), seconds=float(made["seconds"]))
        work = final.with_name(final.name + PARTIAL)
        for stale in home.glob(f"{name}-*{PARTIAL}"):
            if stale != work:
                remove(stale)
        remove(final)
        if not resumable:
            remove(work)
        work.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        with clear_errors(self.root):
            try:
                build(work)
                seconds = round(time.monotonic() - started, 1)
                manifest = {"stage": name, "key": key, "run": run, "finished": now(), "seconds": seconds}
                write_json(work / MANIFEST, manifest | {"parts": encode(parts), "outputs": outputs(work)})
                work.rename(final)
            except BaseException:
                if not resumable:
                    remove(work)
                raise
        return StageResult(name, key, final, cached=False, run=run, seconds=seconds)

    def new_run(self, key: str) -> tuple[str, bool]:
        """The id of the run for ``key`` and whether it is complete: an unfinished one with this key is gone on with."""
        for folder in sorted(self.runs.glob(f"*-{key}"), reverse=True):
            return folder.name, (folder / MANIFEST).is_file()
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        return f"{stamp}-{key}", False

    def complete_runs(self) -> tuple[Path, ...]:
        """The folders of the complete runs, newest first (by the time they were finished)."""
        folders = [folder for folder in self.runs.glob("*") if (folder / MANIFEST).is_file()]
        return tuple(sorted(folders, key=lambda folder: (folder / MANIFEST).stat().st_mtime_ns, reverse=True))


@contextmanager
def clear_errors(place: Path) -> Iterator[None]:
    """Turn what the disk refuses into an error that says what to do."""
    try:
        yield
    except OSError as error:
        known = disk_error(error, place)
        if known is None:
            raise
        raise known from error


def disk_error(error: OSError, place: Path) -> PlumblineError | None:
    """What is to be said of a full disk, or of a place that may not be written or read; None for any other error."""
    if error.errno in FULL:
        return PlumblineError(
            f"the disk is full: nothing more can be written under {place}",
            "free some space and run the same command again; finished stages are kept",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return UserError(
            f"{error.filename or place} may not be written or read: {error.strerror}",
            "correct the permissions, or choose another workspace: --set workspace=DIR",
        )
    return None


def digest(parts: object, length: int = 12) -> str:
    """The content address of ``parts``: SHA-256 of its canonical JSON, in hexadecimal, cut to ``length``."""
    text = json.dumps(encode(parts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, or of the names and contents of all files of a folder."""
    if path.is_dir():
        return digest(outputs(path), 64)
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def outputs(folder: Path) -> dict[str, str]:
    """SHA-256 by relative path of each file below ``folder``."""
    return {
        path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }


@cache
def code_version(*modules: str) -> str:
    """A hash of the source of ``modules`` (packages with all below them): a stage is stale when its code changed."""
    files: list[Path] = []
    for module in modules:
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            raise PlumblineError(f"the module {module} is missing", "install plumbline-studio again")
        origin = Path(spec.origin)
        files += sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]
    return digest([sha256_of(path) for path in files])


def write_text(path: Path, text: str) -> None:
    """Write ``path`` whole or not at all (a hidden neighbour, flushed to disk, then renamed)."""
    scratch = path.with_name(f".{path.name}.tmp")
    try:
        with scratch.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(path)
    except BaseException:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: object) -> None:
    """``value`` (records allowed) as JSON, atomically."""
    write_text(path, json.dumps(encode(value), indent=1, ensure_ascii=False) + "\n")


def write_rows(path: Path, rows: Sequence[object]) -> None:
    """One JSON object per line, atomically."""
    write_text(path, "".join(json.dumps(encode(row), ensure_ascii=False) + "\n" for row in rows))


def read_json(path: Path) -> Any:
    """The JSON of a file of the workspace.

    Raises:
        PlumblineError: the file was damaged from outside.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise PlumblineError(f"{path} is damaged: {error}", f"delete {path.parent} and run again") from error


def read_rows(path: Path) -> list[Any]:
    """The objects of a file with one JSON object per line."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def remove(path: Path) -> None:
    """Remove a file or a folder if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def now() -> str:
    """The present time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
