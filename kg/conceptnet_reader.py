"""A streaming reader of ConceptNet's official assertions file, line by line.

The format: one assertion a line, five columns parted by tabs: URI ``/a/[...]``, relation ``/r/...``, start ``/c/...``,
end ``/c/...`` (a web address for ExternalURL), and a JSON object with ``weight``, ``license``, ``dataset``,
``sources`` and ``surfaceText`` (ConceptNet 5 wiki, page "Downloads"). The whole file has 34 million lines in some
eighty languages, so the language filter works on bytes and only what passes is parsed.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.conceptnet_filter import passing
from kg.conceptnet_unpack import Tally, line_blocks
from kg.errors import PlumblineError
from kg.model import Rejected

MOST_MALFORMED = 0.01
LICENCE = "cc:by-sa/4.0"
"""The licence of ConceptNet as a whole, for rows that name none."""


Metadata = tuple[float, str, str, str, str]
"""Weight, licence, dataset, sources and surface text, as in :class:`Assertion`."""
REMEMBERED = 20_000
CONTROL = re.compile(rb"[\x00-\x08\n]")


@dataclass(frozen=True, slots=True)
class Assertion:
    """One edge of ConceptNet. ``sources`` is the JSON text of the list of contributors, empty when there is none."""

    uri: str
    relation: str
    start: str
    end: str
    weight: float
    licence: str = LICENCE
    dataset: str = ""
    sources: str = ""
    surface_text: str = ""


def term_of(uri: str) -> str:
    """The term of a concept URI without part of speech and sense: ``/c/en/gift/n/wn/possession`` -> ``/c/en/gift``."""
    return "/".join(uri.split("/", 4)[:4])


def made_uri(relation: str, start: str, end: str) -> str:
    """The URI of an assertion as ConceptNet makes it from its parts."""
    return f"/a/[{relation}/,{start}/,{end}/]"


def read_assertions(
    path: Path, languages: Sequence[str] = ("en",), tally: Tally | None = None
) -> Iterator[Assertion | Rejected]:
    """The assertions of ``path`` (.csv or .csv.gz, told by its first bytes) in the order of the file.

    Only edges whose terms are both in ``languages`` pass; an empty ``languages`` passes all. A malformed line that
    might have passed comes as :class:`Rejected` with its line number. Raises :class:`UserError` when the file is
    missing and :class:`PlumblineError` when it is cut short or more than 1 % of its lines are malformed.
    """
    tally = tally if tally is not None else Tally()
    for number, line in read_lines(path, languages, tally):
        parsed = parse_line(line)
        yield parsed if isinstance(parsed, Assertion) else tally.reject(Rejected(str(path), parsed, f"line {number}"))
    check(path, tally)


def check(path: Path, tally: Tally) -> None:
    """Raise :class:`PlumblineError` with the first bad lines when more than 1 % of ``tally`` is malformed."""
    if tally.malformed > MOST_MALFORMED * tally.lines:
        listed = "; ".join(f"{one.place}: {one.reason}" for one in tally.first)
        raise PlumblineError(
            f"{path}: {tally.malformed} of {tally.lines} lines are no ConceptNet assertions ({listed})",
            "give the official five-column assertions file, conceptnet-assertions-5.7.0.csv.gz or an extract of it",
        )


def read_lines(path: Path, languages: Sequence[str], tally: Tally) -> Iterator[tuple[int, bytes]]:
    """Line number from 1 and bytes of each line that the language filter passes; counts all lines in ``tally``.

    A line passes when both its terms are in ``languages``, or one is and the other is a web address, or when its shape
    is wrong in any language (five columns that begin as they should): then :func:`parse_line` says what is wrong.
    """
    for text in line_blocks(path, tally):
        first = tally.lines + 1
        passed, lines = passing(text, languages)
        tally.lines += lines
        for place, start, end in passed:
            yield first + place, text[start:end]


def parse_line(line: bytes) -> Assertion | str:
    """The assertion of one line, or why it is none."""
    fields = fields_of(line, {})
    if isinstance(fields, str):
        return fields
    (uri, relation, start, end), (weight, *texts) = fields
    return Assertion(uri, relation, start, end, weight, *texts)


def fields_of(line: bytes, known: dict[str, Metadata]) -> tuple[tuple[str, str, str, str], Metadata] | str:
    """The URI, relation, start and end of one line, and its metadata; or why it has none.

    ``known`` is what the fifth column of earlier lines said: the bulk of ConceptNet is parsed from Wiktionary, where
    thousands of rows have the same metadata. It is emptied when it grows large.
    """
    try:
        columns = line.decode("utf-8").rstrip("\r").split("\t")
    except UnicodeDecodeError:
        return "not UTF-8"
    if len(columns) != 5:
        return f"{len(columns)} columns instead of 5"
    uri, relation, start, end, info = columns
    if not uri.startswith("/a/["):
        return "the first column is no assertion URI (/a/[...])"
    if not relation.startswith("/r/") or len(relation) < 4:
        return "the second column is no relation (/r/...)"
    if not start.startswith("/c/") or not end.startswith(("/c/", "http://", "https://")):
        return "the third or fourth column is no term (/c/LANGUAGE/...)"
    if CONTROL.search(line):
        return "a control character"
    metadata = known.get(info)
    if metadata is None:
        read = metadata_of(info)
        if isinstance(read, str):
            return read
        if len(known) >= REMEMBERED:
            known.clear()
        known[info] = metadata = read
    return (uri, relation, start, end), metadata


def metadata_of(info: str) -> Metadata | str:
    """What the fifth column says, or what is wrong with it."""
    try:
        values = json.loads(info)
        weight = float(values.get("weight", 1.0))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return "the fifth column is no JSON object with a numeric weight"
    if not math.isfinite(weight):
        return "the weight is not finite"
    return (
        weight, str(values.get("license") or LICENCE), str(values.get("dataset") or ""),
        json.dumps(values["sources"], ensure_ascii=False) if values.get("sources") else "",
        str(values.get("surfaceText") or ""),
    )  # fmt: skip
