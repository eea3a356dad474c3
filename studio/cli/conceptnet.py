"""ConceptNet beside the ontology: fetch its assertions, import them into the local index, and look into it."""

import argparse
from pathlib import Path
from typing import Any

from studio.cli.options import common, studio_of

HELP = "download, import, check or look into ConceptNet"
SHOWN = ("start", "relation", "end", "weight", "dataset", "licence")
"""What the table shows of an assertion; --json gives all of it."""


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    made = commands.add_parser("import", help="build the local index of an assertions file")
    made.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="official format, .csv or .csv.gz (default: the configured)"
    )
    common(made)
    fetched = commands.add_parser("download", help="fetch the official assertions (enrichment.url), resumable")
    fetched.add_argument("--to", type=Path, metavar="FILE", help="where to (default: the cache)")
    common(fetched)
    common(commands.add_parser("status", help="what is downloaded, indexed, linked and imported"))
    neighbours = commands.add_parser("neighbours", help="the assertions about one term")
    neighbours.add_argument("term", help="a word such as gift, or a URI such as /c/en/gift/n")
    neighbours.add_argument("--limit", type=int, default=25, metavar="N", help="at most so many (default 25)")
    common(neighbours)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, figures, print_json, table

    try:
        found = _done(arguments)
    finally:
        close_display()
    if arguments.json:
        print_json({"assertions": found} if arguments.action == "neighbours" else found)
    elif arguments.action == "neighbours":
        table("", SHOWN, [[row[name] for name in SHOWN] for row in found])
    else:
        figures("ConceptNet", found)
        if note := _next(arguments.action, found):
            print(note)
    return 0


def _done(arguments: argparse.Namespace) -> Any:
    """What the action gives."""
    from studio import conceptnet

    studio = studio_of(arguments)
    if arguments.action == "import":
        return conceptnet.import_assertions(studio, arguments.files)
    if arguments.action == "download":
        return conceptnet.fetch(studio, arguments.to)
    if arguments.action == "neighbours":
        return conceptnet.neighbours(studio, arguments.term, arguments.limit)
    return conceptnet.status(studio)


def _next(action: str, found: dict[str, Any]) -> str:
    """What to do with what was made."""
    if action == "download":
        return f"next: plumbline conceptnet import {found['path']}"
    if action == "import" and not found["configured"]:
        names = ", ".join(f'"{path}"' for path in found["sources"])
        return f"to link the policy against it, write in plumbline.toml: conceptnet = [{names}]"
    return ""
