"""From the lines of ConceptNet's file to the rows of the index, a column at a time.

A line that passes the filter is never a Python value: its columns are cut out of the block by Arrow, and only what many
rows share (metadata, terms) is looked at one by one. Each assertion gives a row under its start and one under its end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.compute as pc  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray

from kg.conceptnet_filter import Places, Sifted, sift
from kg.conceptnet_reader import REMEMBERED, check, fields_of, metadata_of
from kg.conceptnet_unpack import Tally, line_blocks
from kg.model import Rejected

ROWS = 20_000
"""Assertions that are made into rows together, or the many of one block."""
SLASH = ord("/")
EDGES = pa.schema([
    ("key", pa.uint32()), ("term", pa.string()), ("tail", pa.string()), ("outgoing", pa.bool_()),
    ("relation", pa.string()), ("other", pa.string()), ("uri", pa.string()), ("weight", pa.float64()),
    ("place", pa.int64()), ("about", pa.int32()),
])  # fmt: skip
SAID = pa.schema([("about", pa.int32()), ("licence", pa.string()), ("dataset", pa.string()), ("told", pa.string())])
"""``told`` is the JSON text of the sources, a newline (which that text never holds), and the surface text: DuckDB reads a
hundred scattered rows of one such column in a third of the time that it takes for two.
"""
Weights = NDArray[np.float64]


class Said:
    """The metadata of assertions, written to a file of Arrow batches; many assertions share one number.

    What was met lately is remembered, as in :func:`kg.conceptnet_reader.fields_of`.
    """

    def __init__(self, path: Path) -> None:
        self._writer = pa.ipc.new_stream(str(path), SAID)
        self._known: dict[str, tuple[int, float] | str] = {}
        self._waiting: list[tuple[str, str, str]] = []
        self._written = 0

    def numbers(self, infos: pa.Array) -> tuple[Places, Weights, dict[int, str]]:
        """For each text of the fifth column its number and weight, and what is wrong with it, by its place."""
        coded = infos.dictionary_encode()
        found = [self._number(text) for text in coded.dictionary.to_pylist()]
        codes = coded.indices.to_numpy()
        pairs = [(-1, 0.0) if isinstance(one, str) else one for one in found]
        numbers = np.array([number for number, _ in pairs], dtype=np.int32)[codes]
        weights = np.array([weight for _, weight in pairs])[codes]
        wrong = {place: str(found[codes[place]]) for place in np.flatnonzero(numbers < 0).tolist()}
        return numbers, weights, wrong

    def _number(self, text: str) -> tuple[int, float] | str:
        known = self._known.get(text)
        if known is None:
            read = metadata_of(text)
            if isinstance(read, str):
                return read
            weight, licence, dataset, sources, surface = read
            known = self._written + len(self._waiting), weight
            self._waiting.append((licence, dataset, f"{sources}\n{surface}"))
            if len(self._waiting) >= ROWS:
                self._flush()
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[text] = known
        return known

    def _flush(self) -> None:
        if self._waiting:
            numbers = pa.array(range(self._written, self._written + len(self._waiting)), type=pa.int32())
            texts = [pa.array(column, type=pa.string()) for column in zip(*self._waiting, strict=True)]
            self._writer.write_batch(pa.record_batch([numbers, *texts], schema=SAID))
            self._written += len(self._waiting)
            self._waiting.clear()

    def close(self) -> None:
        self._flush()
        self._writer.close()


@dataclass(slots=True)
class _Waiting:
    """Lines whose shape is right, not yet rows: line numbers and columns in pieces; and the lines that were refused."""

    numbers: list[Places]
    columns: list[list[pa.Array]]
    refused: list[tuple[int, str]]

    def __len__(self) -> int:
        return sum(map(len, self.numbers))


def edge_batches(
    path: Path, languages: Sequence[str], tally: Tally, said: Said, before: int
) -> Iterator[pa.RecordBatch | None]:
    """The rows (:data:`EDGES`) of the good lines of ``path``; the others go into ``tally``. None after each block.

    ``before`` is how many lines the earlier files had: ``place`` counts on from there. Raises what
    :func:`kg.conceptnet_reader.read_assertions` raises.
    """
    waiting = _Waiting([], [], [])
    for text in line_blocks(path, tally):
        found = sift(text, languages)
        _cut(text, found, tally.lines + 1, waiting)
        tally.lines += found.lines
        if len(waiting) + len(waiting.refused) >= ROWS:
            yield from _rows(path, waiting, tally, said, before)
            waiting = _Waiting([], [], [])
        yield None
    yield from _rows(path, waiting, tally, said, before)
    check(path, tally)


def _cut(text: bytes, found: Sifted, first: int, waiting: _Waiting) -> None:
    """The columns of the lines ``found`` in a block whose first line has the number ``first``."""
    odd = found.odd
    if len(found.numbers):
        begins, ends = _bounds(np.frombuffer(text, dtype=np.uint8), found.bounds)
        try:
            columns = [_slices(text, begins[:, at], ends[:, at]).cast(pa.string()) for at in range(5)]
        except pa.ArrowInvalid:  # not UTF-8: which line it is, the reader line by line says
            firsts, lasts = found.bounds[:, 0].tolist(), found.bounds[:, 5].tolist()
            odd = sorted([*odd, *zip(found.numbers.tolist(), firsts, lasts, strict=True)])
        else:
            waiting.numbers.append(found.numbers + first)
            waiting.columns.append(columns)
    if odd:
        _read_singly(text, odd, first, waiting)


def _read_singly(text: bytes, odd: list[tuple[int, int, int]], first: int, waiting: _Waiting) -> None:
    """The lines ``odd`` one by one: refused with the reason, or of a shape that is rare and right."""
    numbers, rows = [], []
    for number, start, end in odd:
        line = text[start:end]
        fields = fields_of(line, {})
        if isinstance(fields, str):
            waiting.refused.append((first + number, fields))
            continue
        uri, relation, *ends = fields[0]
        info = line.decode("utf-8").rstrip("\r").split("\t")[4]
        rows.append((uri, relation, *(own.rstrip("/") if own.startswith("/c/") else own for own in ends), info))
        numbers.append(first + number)
    if rows:
        waiting.numbers.append(np.array(numbers))
        waiting.columns.append([pa.array(column, type=pa.string()) for column in zip(*rows, strict=True)])


def _bounds(data: NDArray[np.uint8], bounds: Places) -> tuple[Places, Places]:
    """Where the five columns of lines begin and end, without a carriage return and without slashes after terms."""
    begins = bounds[:, :5] + 1
    begins[:, 0] -= 1
    ends = bounds[:, 1:].copy()
    ends[:, 4] -= data[ends[:, 4] - 1] == ord("\r")
    for column in (2, 3):
        own, last = begins[:, column], ends[:, column]
        term = data[own] == SLASH  # no web address
        while (slash := term & (data[last - 1] == SLASH)).any():
            last -= slash
    return begins, ends


def _slices(text: bytes | pa.Buffer, begins: Places, ends: Places) -> pa.Array:
    """The bytes from each of ``begins`` to its end, in ascending order and apart, as an array of binaries."""
    offsets = np.zeros(2 * len(begins) + 1, dtype=np.int32)
    offsets[:-1:2], offsets[1::2] = begins, ends
    offsets[-1] = offsets[-2] if len(begins) else 0
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    pieces = pa.Array.from_buffers(pa.binary(), 2 * len(begins), buffers)
    return pieces.take(pa.array(np.arange(0, 2 * len(begins), 2)))


def _rows(path: Path, waiting: _Waiting, tally: Tally, said: Said, before: int) -> Iterator[pa.RecordBatch]:
    """The rows of what waits: those under the starts, then those under the ends; and its rejected lines."""
    refused = waiting.refused
    batches: tuple[pa.RecordBatch, ...] = ()
    if len(waiting):
        numbers = np.concatenate(waiting.numbers)
        columns = [pa.concat_arrays(pieces) for pieces in zip(*waiting.columns, strict=True)]
        about, weights, wrong = said.numbers(columns.pop())
        arrays = [
            *columns,
            pa.array(weights),
            pa.array(numbers + before, type=pa.int64()),
            pa.array(about, type=pa.int32()),
        ]
        if wrong:
            refused = [*refused, *((int(numbers[place]), reason) for place, reason in wrong.items())]
            arrays = [array.filter(pa.array(about >= 0)) for array in arrays]
        batches = _both_ways(*arrays)
    for number, reason in sorted(refused):
        tally.reject(Rejected(str(path), reason, f"line {number}"))
    yield from (batch for batch in batches if batch.num_rows)


def _both_ways(
    uri: pa.Array, relation: pa.Array, start: pa.Array, end: pa.Array, *shared: pa.Array
) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """The rows of assertions under their starts and under those ends that are terms."""
    made = pc.binary_join_element_wise("/a/[", relation, "/,", start, "/,", end, "/]", "")
    uri = pc.if_else(pc.equal(uri, made), pa.scalar(None, pa.string()), uri)
    outgoing = _under(start, True, (relation, end, uri, *shared))
    terms = pc.starts_with(end, "/c/")
    return outgoing, _under(
        end.filter(terms), False, [array.filter(terms) for array in (relation, start, uri, *shared)]
    )


def _under(own: pa.Array, outgoing: bool, others: Sequence[pa.Array]) -> pa.RecordBatch:
    """The rows of one direction under the terms ``own``; ``others`` are the columns from ``relation`` on."""
    term, tail = _term_and_tail(own)
    direction = pa.repeat(pa.scalar(outgoing), len(own))
    return pa.record_batch([_keys(term), term, tail, direction, *others], schema=EDGES)


def _term_and_tail(own: pa.Array) -> tuple[pa.Array, pa.Array]:
    """``/c/en/gift/n/act`` -> ``/c/en/gift`` and ``n/act``: parted at the fourth slash, where there is one."""
    if not len(own):
        return own, own
    _, offsets, text = own.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int32)[own.offset : own.offset + len(own) + 1].astype(np.int64)
    begins, ends = bounds[:-1], bounds[1:]
    slashes = np.flatnonzero(np.frombuffer(text, dtype=np.uint8)[: bounds[-1]] == SLASH)
    fourth = np.searchsorted(slashes, begins) + 3
    at = np.append(slashes, bounds[-1])[np.minimum(fourth, len(slashes))]
    cut = np.minimum(at, ends)
    term, tail = (_slices(text, *both).cast(pa.string()) for both in ((begins, cut), (np.minimum(cut + 1, ends), ends)))
    return term, tail


def _keys(terms: pa.Array) -> pa.Array:
    """The checksum of each term; none for what is no term (``/c``, from a row whose start has no language)."""
    coded = terms.dictionary_encode()
    sums = [crc32(term) if term.startswith(b"/c/") else None for term in coded.dictionary.cast(pa.binary()).to_pylist()]
    return pa.array(sums, type=pa.uint32()).take(coded.indices)
