"""The rows of a foreign dataset's files, each with its place; nothing is loaded through code of the dataset's own."""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.errors import MissingExtraError, UserError

Row = Mapping[str, Any]
ENDINGS = (".parquet", ".arrow", ".jsonl", ".ndjson", ".jsonl.gz", ".json", ".json.gz", ".csv")
"""Known endings, the surest first: of files in one folder that differ in the ending alone the first is read."""
NOT_DATA = frozenset({"dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json", "package.json"})
LONGEST_FIELD = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place in a file that holds no row, and why."""

    reason: str


def data_files(path: Path) -> tuple[Path, ...]:
    """The files to read, sorted. Raises :class:`UserError` when there is nothing of a known form at ``path``."""
    if not path.exists():
        raise UserError(
            f"there is nothing at {path}", "name a JSON lines, JSON, parquet, CSV or Arrow file, or a folder"
        )
    if path.is_file():
        if not _ending(path):
            raise UserError(f"{path} has no known ending", f"known are: {', '.join(ENDINGS)}")
        return (path,)
    chosen: dict[str, Path] = {}
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith((".", "cache-")) for part in file.relative_to(path).parts)
        if not file.is_file() or hidden or file.name in NOT_DATA or not _ending(file):
            continue
        stem = str(file).removesuffix(_ending(file))
        known = chosen.get(stem)
        if known is None or ENDINGS.index(_ending(file)) < ENDINGS.index(_ending(known)):
            chosen[stem] = file
    if not chosen:
        raise UserError(f"the folder {path} holds no data", f"known endings are: {', '.join(ENDINGS)}")
    return tuple(chosen[stem] for stem in sorted(chosen))


def read_rows(path: Path) -> Iterator[tuple[str, Row | Unreadable]]:
    """Every row of ``path`` with its place ("line 3", "row 3"); what is no row comes as :class:`Unreadable`."""
    ending = _ending(path)
    if ending in {".parquet", ".arrow"}:
        yield from _columnar(path, ending)
    elif ending == ".csv":
        csv.field_size_limit(LONGEST_FIELD)
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 1):
                yield f"row {number}", {name: value for name, value in row.items() if name is not None}
    else:
        yield from _json(path)


def _ending(path: Path) -> str:
    name = path.name.lower()
    return next((ending for ending in ENDINGS if name.endswith(ending)), "")


def _open(path: Path) -> IO[str]:
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="replace")
    return path.open(encoding="utf-8-sig", errors="replace")


def _json(path: Path) -> Iterator[tuple[str, Row | Unreadable]]:
    """JSON lines, or one JSON value: a list of rows, or a mapping of names to such lists."""
    if ".jsonl" not in path.name.lower() and ".ndjson" not in path.name.lower():
        try:
            with _open(path) as file:
                whole = json.load(file)
        except (ValueError, RecursionError):
            whole = None  # many a .json file holds JSON lines
        except (OSError, EOFError) as error:
            yield "file", Unreadable(f"the file cannot be read: {error}")
            return
        if isinstance(whole, list | dict):
            yield from _listed(whole)
            return
    try:
        with _open(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield f"line {number}", _line(line)
    except (OSError, EOFError) as error:
        yield "file", Unreadable(f"the file cannot be read: {error}")


def _line(line: str) -> Row | Unreadable:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Unreadable("the line is not JSON")
    return row if isinstance(row, dict) else Unreadable(f"the row is a {type(row).__name__}, no mapping")


def _listed(whole: list[Any] | dict[str, Any]) -> Iterator[tuple[str, Row | Unreadable]]:
    lists = {"": whole} if isinstance(whole, list) else {k: v for k, v in whole.items() if isinstance(v, list)}
    if isinstance(whole, dict) and not any(
        part
        and isinstance(part[0], dict)
        and name not in {"messages", "conversations", "conversation", "prompt", "completion"}
        for name, part in lists.items()
    ):
        lists = {"": [whole]}
    for name, rows in lists.items():
        for number, row in enumerate(rows, 1):
            place = f"{name} row {number}".strip()
            yield place, row if isinstance(row, dict) else Unreadable(f"the row is a {type(row).__name__}, no mapping")


def _columnar(path: Path, ending: str) -> Iterator[tuple[str, Row | Unreadable]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("pyarrow", "train") from error
    number = 0
    try:
        if ending == ".parquet":
            with pq.ParquetFile(path) as found:
                for batch in found.iter_batches(batch_size=2_000):
                    for row in batch.to_pylist():
                        number += 1
                        yield f"row {number}", row
            return
        with pa.memory_map(str(path)) as source:
            # ``datasets`` saves the stream format; other tools write the file format.
            try:
                batches: Any = pa.ipc.open_stream(source)
            except pa.ArrowInvalid:
                opened = pa.ipc.open_file(source)
                batches = (opened.get_batch(place) for place in range(opened.num_record_batches))
            for batch in batches:
                for row in batch.to_pylist():
                    number += 1
                    yield f"row {number}", row
    except (pa.ArrowInvalid, OSError) as error:
        yield f"after row {number}", Unreadable(f"the file cannot be read: {' '.join(str(error).split())[:120]}")
