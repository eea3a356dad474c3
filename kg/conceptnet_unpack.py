"""ConceptNet's file as blocks of whole lines, unpacked by a thread ahead of the reader."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import BinaryIO

from kg.errors import PlumblineError, UserError
from kg.model import Rejected

BLOCK = 2 << 20
"""Bytes of text unpacked at once: a block and what is computed of it stay in the processor's cache."""
AHEAD = 8
"""Blocks that wait at most."""
LONGEST = 64 << 20
"""Bytes of the longest line that is read; an assertion has some hundred."""
GZIP_MAGIC = b"\x1f\x8b"
LISTED = 5


@dataclass(slots=True)
class Tally:
    """What a reading has met so far."""

    lines: int = 0
    malformed: int = 0
    bytes_read: int = 0
    """How much of the file as it lies on the disk."""
    first: tuple[Rejected, ...] = ()

    def reject(self, rejected: Rejected) -> Rejected:
        self.malformed += 1
        if len(self.first) < LISTED:
            self.first = (*self.first, rejected)
        return rejected


def line_blocks(path: Path, tally: Tally) -> Iterator[bytes]:
    """Blocks of whole lines, each ended by a newline; how far the file was read goes into ``tally``.

    Raises :class:`UserError` when the file cannot be read and :class:`PlumblineError` when it is damaged, cut short,
    or has a line longer than :data:`LONGEST`.
    """
    rest: list[bytes | memoryview] = []
    for at, chunk in _ahead(path):
        tally.bytes_read = at
        end = chunk.rfind(b"\n") + 1
        if end:
            rest.append(memoryview(chunk)[:end])
            yield b"".join(rest)
            rest = []
        rest.append(memoryview(chunk)[end:])
        if sum(map(len, rest)) > LONGEST:
            raise PlumblineError(
                f"{path} has a line of more than {LONGEST >> 20} MB",
                "give the official assertions file, conceptnet-assertions-5.7.0.csv.gz or an extract of it",
            )
    if last := b"".join(rest):
        yield last + b"\n"


def _ahead(path: Path) -> Iterator[tuple[int, bytes]]:
    """The chunks of :func:`_chunks`, unpacked by a thread that keeps some ahead (inflating frees the lock)."""
    queue: Queue[tuple[int, bytes] | Exception | None] = Queue(maxsize=AHEAD)
    stop = Event()

    def fill() -> None:
        try:
            for chunk in _chunks(path):
                if stop.is_set():
                    return
                queue.put(chunk)
            queue.put(None)
        except (PlumblineError, OSError) as error:
            queue.put(error)

    thread = Thread(target=fill, daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        stop.set()
        while thread.is_alive():
            while not queue.empty():
                queue.get_nowait()
            thread.join(timeout=0.05)


def _chunks(path: Path) -> Iterator[tuple[int, bytes]]:
    """Blocks of the text, each with how many bytes of the file were read so far."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UserError(
            f"cannot read the ConceptNet file {path}: {error.strerror}",
            "check the path, or run `plumbline conceptnet download`",
        ) from error
    with file:
        packed = file.read(2) == GZIP_MAGIC
        file.seek(0)
        if packed:
            for chunk in _unpack(path, file):
                yield file.tell(), chunk
        else:
            while chunk := file.read(BLOCK):
                yield file.tell(), chunk


def _unpack(path: Path, file: BinaryIO) -> Iterator[bytes]:
    """Unpack gzip members one after the other in blocks; a file that ends in the middle is an error."""
    unpacker = zlib.decompressobj(wbits=31)
    waiting = b""
    try:
        while data := waiting or file.read(BLOCK // 4):
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            yield unpacker.decompress(data, BLOCK)
            waiting = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error as error:
        raise PlumblineError(f"{path} is damaged: {error}", "download the file again") from error
    if not unpacker.eof:
        raise PlumblineError(f"{path} ends in the middle of its data", "download the file again")
