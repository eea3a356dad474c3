"""An ontology as CSV files for ``neo4j-admin database import full`` (Neo4j 5, operations manual, "Neo4j Admin import").

One header and one data file per label and per kind of relationship, with the same properties that a load over Bolt writes,
and the command that imports them. An imported database equals a loaded one.
"""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import PlumblineError
from kg.graph import edge_rows, node_rows
from kg.model import Ontology

DELIMITERS: Final = ("\u001f", "\u001e", "\u001d", "\u001c", "\u2063", "\ue000", "\ue001")
"""What may separate the items of a list: the first that no item contains."""
COMMAND: Final = "import.sh"
BUFFER_BYTES: Final = 4 * 2**20
"""The longest field that neo4j-admin reads without being told."""
_TYPES: Final = {bool: "boolean", int: "long", float: "double", str: "string"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of nodes or relationships: ``columns`` are the header's fields, ``rows`` the values under them."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def write_csv(ontology: Ontology, folder: Path) -> tuple[Path, ...]:
    """Write the files into ``folder`` (made when it is not there); the last is the command to run.

    Raises:
        PlumblineError: a list holds every character that could separate its items.
    """
    folder.mkdir(parents=True, exist_ok=True)
    nodes, relationships = sheets(ontology)
    delimiter = _delimiter([*nodes, *relationships])
    written: list[Path] = []
    longest = 0
    for sheet in (*nodes, *relationships):
        header, data = folder / f"{sheet.name}-header.csv", folder / f"{sheet.name}.csv"
        header.write_text(",".join(sheet.columns) + "\n", encoding="utf-8")
        text = "".join(_lines(sheet.rows, delimiter))
        longest = max(longest, *(len(line.encode()) for line in _lines(sheet.rows, delimiter)), 0)
        data.write_text(text, encoding="utf-8", newline="")
        written += [header, data]
    script = folder / COMMAND
    script.write_text(command(nodes, relationships, delimiter, longest), encoding="utf-8")
    return (*written, script)


def sheets(ontology: Ontology) -> tuple[list[Sheet], list[Sheet]]:
    """The files of nodes and of relationships. Lists are left as lists."""
    nodes = []
    for part in node_rows(ontology):
        names = _names(part.rows, without={"id"})
        columns = (f"id:ID({part.label})", *(f"{name}:{kind}" for name, kind in names.items()), ":LABEL")
        rows = tuple((row["id"], *(row.get(name) for name in names), part.label) for row in part.rows)
        nodes.append(Sheet(f"nodes-{part.label}", columns, rows))
    relationships = []
    for edges in edge_rows(ontology):
        kind = edges.edge
        properties = [value for row in edges.rows if isinstance(value := row["properties"], Mapping)]
        names = _names(properties)
        columns = (
            f":START_ID({kind.source})",
            f":END_ID({kind.target})",
            *(f"{name}:{type_}" for name, type_ in names.items()),
            ":TYPE",
        )
        rows = tuple(
            (row["source"], row["target"], *(own.get(name) for name in names), kind.type)
            for row, own in zip(edges.rows, properties, strict=True)
        )
        relationships.append(Sheet(f"relationships-{kind.type}-{kind.source}-{kind.target}", columns, rows))
    return nodes, relationships


def command(nodes: Sequence[Sheet], relationships: Sequence[Sheet], delimiter: str, longest: int) -> str:
    """The shell script that imports the files into the database named by its first argument."""
    options = [
        "--overwrite-destination=true",
        "--multiline-fields=true",
        f"--array-delimiter=U+{ord(delimiter):04X}",
        *([f"--read-buffer-size={longest + 1024}"] if longest >= BUFFER_BYTES else []),
        *(f"--nodes={sheet.name}-header.csv,{sheet.name}.csv" for sheet in nodes),
        *(f"--relationships={sheet.name}-header.csv,{sheet.name}.csv" for sheet in relationships),
    ]
    lines = " \\\n  ".join(shlex.quote(option) for option in options)
    return (
        "#!/bin/sh\n"
        "# Imports these files into a stopped Neo4j 5: sh import.sh [DATABASE]. It replaces what the database holds.\n"
        'set -eu\ncd "$(dirname "$0")"\n'
        # the name goes first: the options take every word that follows them for one more file
        f'${{NEO4J_ADMIN:-neo4j-admin}} database import full "${{1:-neo4j}}" \\\n  {lines}\n'
    )


def _names(rows: Iterable[Mapping[str, object]], without: set[str] | None = None) -> dict[str, str]:
    """Property -> its type in the header, in the order in which they first appear."""
    names: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            if name not in (without or set()) and value is not None:
                names.setdefault(name, "string[]" if isinstance(value, list | tuple) else _TYPES[type(value)])
    return names


def _delimiter(all_sheets: Iterable[Sheet]) -> str:
    items = [
        str(item)
        for sheet in all_sheets
        for row in sheet.rows
        for value in row
        if isinstance(value, list | tuple)
        for item in value
    ]
    found = next((mark for mark in DELIMITERS if not any(mark in item for item in items)), None)
    if found is None:
        raise PlumblineError(
            "the lists of the ontology hold every character that could separate their items", "export it as Turtle"
        )
    return found


def _lines(rows: Iterable[Sequence[object]], delimiter: str) -> Iterator[str]:
    for row in rows:
        yield ",".join(_cell(value, delimiter) for value in row) + "\n"


def _cell(value: object, delimiter: str) -> str:
    """A field (RFC 4180): a text always in quotes, so that an empty one stays a text and nothing is an absent value."""
    if value is None or value in ((), []):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    text = delimiter.join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return '"' + text.replace('"', '""') + '"'
