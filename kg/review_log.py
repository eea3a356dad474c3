"""A file of JSON objects, one per line, that only grows and that several processes may write.

Lines are appended in one write under a lock and flushed to the disk; a line that a crash left without its end was
never confirmed, and is cut off by the next write.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import PlumblineError


class Log:
    """The log in the file ``path``, which need not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, take: Callable[[Mapping[str, Any]], None]) -> None:
        """Hand every line to ``take``, which may refuse one with a ValueError, KeyError or TypeError.

        Raises:
            PlumblineError: a line is no JSON or was refused.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return
        lines = content.split(b"\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                take(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                if number == len(lines):  # no line end: its writing was not finished, so nobody was told of it
                    continue
                raise PlumblineError(
                    f"line {number} of {self.path} is damaged: {error}",
                    "correct or remove that line; the others are kept",
                ) from error

    @contextmanager
    def appending(self) -> "Iterator[Append]":
        """Keep other writers out; gives the function that appends lines, all or none."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield Append(descriptor)
        finally:
            os.close(descriptor)


class Append:
    """Writes lines at the end of an open file, whole and flushed."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __call__(self, records: Sequence[Mapping[str, object]]) -> None:
        """Append ``records``. An error, such as a full disk, leaves the file as it was."""
        if not records:
            return
        end = self._mended_end()
        data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
            os.fsync(self._descriptor)
        except BaseException:
            os.ftruncate(self._descriptor, end)
            raise

    def _mended_end(self) -> int:
        """The file's length after what a crash left of a line is cut off; a whole last line only gets its end."""
        size = os.fstat(self._descriptor).st_size
        content = os.pread(self._descriptor, size, 0)
        tail = content[content.rfind(b"\n") + 1 :]
        if not tail:
            return size
        try:
            json.loads(tail)
        except ValueError:
            os.ftruncate(self._descriptor, size - len(tail))
            return size - len(tail)
        os.write(self._descriptor, b"\n")
        return size + 1
