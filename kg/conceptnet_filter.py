"""Which lines of a block of ConceptNet's file are worth parsing, found on the bytes of all lines at once.

One line in ten of the whole file joins two English terms. Splitting all 34 million in Python takes longer than
unpacking them does, so the columns are found with array operations over the whole block.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

TAB, NEWLINE = 9, 10
_Bytes = NDArray[np.uint8]
_Places = NDArray[np.int64]
_Flags = NDArray[np.bool_]


def passing(text: bytes, languages: Sequence[str]) -> tuple[list[tuple[int, int, int]], int]:
    """The lines of ``text`` to parse, each as (number from 0, first byte, byte after the last), and the count of all.

    ``text`` ends with a newline. Passes what :func:`kg.conceptnet_reader.read_lines` says.
    """
    data = np.frombuffer(text, dtype=np.uint8)
    # Tabs, newlines and rarer control characters; the latter make a line one of a wrong shape.
    marks = np.flatnonzero(data <= NEWLINE)
    kinds = data[marks]
    ends_at = np.flatnonzero(kinds == NEWLINE)
    ends = marks[ends_at]
    starts = np.concatenate(([0], ends[:-1] + 1))
    keep = np.diff(ends_at, prepend=-1) != 5
    regular = np.flatnonzero(~keep)
    columns = ends_at[regular, None] + np.arange(-4, 0)
    tabbed = (kinds[columns] == TAB).all(axis=1)
    keep[regular[~tabbed]] = True
    regular = regular[tabbed]
    keep[regular] = _wanted(data, starts[regular], marks[columns[tabbed]] + 1, ends[regular], languages)
    kept = np.flatnonzero(keep)
    return list(zip(kept.tolist(), starts[kept].tolist(), ends[kept].tolist(), strict=True)), len(ends)


def _wanted(
    data: _Bytes, starts: _Places, columns: NDArray[np.int64], ends: _Places, languages: Sequence[str]
) -> _Flags:
    """For lines of five columns (the first at ``starts``, the others at ``columns``): do they pass?"""
    relations, firsts, seconds, infos = columns.T
    term, other_term = _begins(data, firsts, b"/c/"), _begins(data, seconds, b"/c/")
    address = ~other_term & _begins(data, seconds, b"http")
    # A carriage return before the newline is no fault.
    last = ends - 1 - (data[ends - 1] == ord("\r"))
    shaped = term & (other_term | address) & (data[infos] == ord("{")) & (data[last] == ord("}"))
    shaped &= _begins(data, starts, b"/a/[") & _begins(data, relations, b"/r/")
    keep: _Flags = ~shaped
    if not languages:
        return np.ones_like(keep)
    inside = np.flatnonzero(_in_languages(data, firsts, term, languages))
    keep[inside] |= address[inside] | _in_languages(data, seconds[inside], other_term[inside], languages)
    return keep


def _in_languages(data: _Bytes, places: _Places, terms: _Flags, languages: Sequence[str]) -> _Flags:
    """Which of the columns at ``places`` are terms of one of the ``languages``."""
    found = np.zeros(len(places), dtype=np.bool_)
    for language in languages:
        found |= _begins(data, places + 3, f"{language}/".encode())
    return found & terms


def _begins(data: _Bytes, places: _Places, word: bytes) -> _Flags:
    """Where the bytes at ``places`` begin with ``word``; what reaches over the end of the block does not."""
    found = np.ones(len(places), dtype=np.bool_)
    for offset, value in enumerate(word):
        found &= data[np.minimum(places + offset, len(data) - 1)] == value
    return found
