"""Which lines of a block of ConceptNet's file are worth parsing, found on the bytes of all lines at once.

One line in ten of the whole file joins two English terms. Splitting all 34 million in Python takes longer than
unpacking them does, so the columns are found with array operations over the whole block, and each is judged by four
bytes read as one number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TAB, NEWLINE = 9, 10
Places = NDArray[np.int64]
_Bytes = NDArray[np.uint8]
_Words = NDArray[np.uint32]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Sifted:
    """What of a block is to be parsed.

    ``lines`` is the count of all. ``numbers`` are those of the well-shaped lines that pass (from 0), ``bounds`` of the
    shape (lines, 6) their first byte, their four tabs and the byte after the last. ``odd`` are the lines of another
    shape, each as (number, first byte, byte after the last).
    """

    lines: int
    numbers: Places
    bounds: Places
    odd: list[tuple[int, int, int]]


def passing(text: bytes, languages: Sequence[str]) -> tuple[list[tuple[int, int, int]], int]:
    """The lines of ``text`` to parse, each as (number from 0, first byte, byte after the last), and the count of all.

    ``text`` ends with a newline. Passes what :func:`kg.conceptnet_reader.read_lines` says.
    """
    found = sift(text, languages)
    numbers, firsts, ends = found.numbers.tolist(), found.bounds[:, 0].tolist(), found.bounds[:, 5].tolist()
    good = list(zip(numbers, firsts, ends, strict=True))
    return (sorted([*good, *found.odd]) if found.odd else good), found.lines


def sift(text: bytes, languages: Sequence[str]) -> Sifted:
    """The lines of ``text`` to parse; ``text`` ends with a newline."""
    data = np.frombuffer(text, dtype=np.uint8)
    # Tabs, newlines and rarer control characters; the latter make a line one of a wrong shape.
    marks = np.flatnonzero(data <= NEWLINE)
    ends_at = np.flatnonzero(data[marks] == NEWLINE)
    lines = len(ends_at)
    regular = np.flatnonzero(np.diff(ends_at, prepend=-1) == 5)
    whole = len(regular) == lines == len(marks) // 5
    columns = marks.reshape(-1, 5) if whole else marks[ends_at[regular, None] + np.arange(-4, 1)]
    ends = marks[ends_at]
    starts = np.concatenate(([0], ends[:-1] + 1))
    if not len(regular):
        return Sifted(lines, regular, np.empty((0, 6), dtype=np.int64), _spans(np.arange(lines), starts, ends))
    shaped, wanted = _judged(data, starts if whole else starts[regular], columns, languages)
    numbers = regular[wanted]
    bounds = np.column_stack((starts[numbers], columns[wanted]))
    odd = np.ones(lines, dtype=np.bool_)
    odd[regular[shaped]] = False
    return Sifted(lines, numbers, bounds, _spans(np.flatnonzero(odd), starts, ends))


def _spans(numbers: Places, starts: Places, ends: Places) -> list[tuple[int, int, int]]:
    return list(zip(numbers.tolist(), starts[numbers].tolist(), ends[numbers].tolist(), strict=True))


def _judged(data: _Bytes, starts: Places, columns: Places, languages: Sequence[str]) -> tuple[_Flags, Places]:
    """For lines that begin at ``starts`` and have five marks each: is the shape right; and which of those pass."""
    words = np.ndarray((len(data) - 3,), dtype="<u4", buffer=data.data, strides=(1,))
    relations, firsts, seconds, infos, ends = columns.T
    shaped = _reads(words, starts, b"/a/[") & _reads(words, relations, b"\t/r/") & _reads(words, firsts, b"\t/c/")
    # Fewer than four bytes may follow this tab; none of the words ends with the newline that is read then.
    seconds = np.minimum(seconds, len(words) - 1)
    term = _reads(words, seconds, b"\t/c/")
    others = np.flatnonzero(~term)
    address = np.zeros_like(term)
    address[others] = (data[seconds[others]] == TAB) & _reads(
        words, np.minimum(seconds[others] + 1, len(words) - 1), b"http"
    )
    closing = data[ends - 1]
    windows = np.flatnonzero(closing == ord("\r"))
    closing[windows] = data[ends[windows] - 2]  # a carriage return before the newline is no fault
    shaped &= (term | address) & (data[infos] == TAB) & (data[infos + 1] == ord("{")) & (closing == ord("}"))
    good = np.flatnonzero(shaped)
    if languages:
        good = good[_in_languages(data, words, firsts[good], languages)]
        kept = address[good]
        kept[~kept] = _in_languages(data, words, seconds[good[~kept]], languages)
        good = good[kept]
    sure = firsts[good] - relations[good] > len("\t/r/")
    linked = np.flatnonzero(address[good])
    sure[linked] &= _is_address(data, seconds[good[linked]] + 1)
    shaped[good[~sure]] = False
    return shaped, good[sure]


def _is_address(data: _Bytes, places: Places) -> _Flags:
    return _begins(data, places, b"http://") | _begins(data, places, b"https://")


def _in_languages(data: _Bytes, words: _Words, tabs: Places, languages: Sequence[str]) -> _Flags:
    """Which of the terms behind ``tabs`` are of one of the ``languages``."""
    found = np.zeros(len(tabs), dtype=np.bool_)
    for language in languages:
        code = f"/{language}/".encode()
        found |= _reads(words, tabs + 3, code) if len(code) == 4 else _begins(data, tabs + 3, code)
    return found


def _reads(words: _Words, places: Places, word: bytes) -> _Flags:
    """Where the four bytes at ``places`` are ``word``."""
    found: _Flags = words[places] == int.from_bytes(word, "little")
    return found


def _begins(data: _Bytes, places: Places, word: bytes) -> _Flags:
    """Where the bytes at ``places`` begin with ``word``; what reaches over the end of the block does not."""
    found = np.ones(len(places), dtype=np.bool_)
    for offset, value in enumerate(word):
        found &= data[np.minimum(places + offset, len(data) - 1)] == value
    return found
