"""ConceptNet beside the ontology: import its assertions into the local index, and look into it."""

import argparse

from studio.cli.options import common, studio_of

HELP = "import, check or look into ConceptNet"
SHOWN = ("start", "relation", "end", "weight", "dataset")
"""What the table shows of an assertion; --json gives all of it."""


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    common(commands.add_parser("import", help="build the local index from the configured assertions"))
    common(commands.add_parser("status", help="what is indexed, linked and imported"))
    neighbours = commands.add_parser("neighbours", help="the assertions about one term")
    neighbours.add_argument("term", help="a word such as gift, or a URI such as /c/en/gift")
    neighbours.add_argument("--limit", type=int, default=25, metavar="N", help="at most so many (default 25)")
    common(neighbours)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, figures, print_json, table
    from studio.steps import conceptnet_import, conceptnet_neighbours, conceptnet_status

    studio = studio_of(arguments)
    try:
        if arguments.action == "neighbours":
            rows = conceptnet_neighbours(studio, arguments.term, arguments.limit)
        else:
            found = conceptnet_import(studio) if arguments.action == "import" else conceptnet_status(studio)
    finally:
        close_display()
    if arguments.action == "neighbours":
        if arguments.json:
            print_json({"assertions": rows})
        else:
            table("", SHOWN, [[row[name] for name in SHOWN] for row in rows])
    elif arguments.json:
        print_json(found)
    else:
        figures("ConceptNet", found)
    return 0
