"""Ask the graph in Cypher. Reading only: the server refuses to write."""

import argparse
import sys

from studio.cli.options import common, studio_of

HELP = "ask the graph in Cypher (read-only)"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cypher", help="the statement, or - for standard input")
    parser.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter; may be repeated"
    )
    common(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json, table
    from studio.steps import query

    text = sys.stdin.read() if arguments.cypher == "-" else arguments.cypher
    rows = query(studio_of(arguments, quiet=True), text, arguments.param)
    if arguments.json:
        print_json({"rows": rows})
        return 0
    columns = list(rows[0]) if rows else []
    if columns:
        table("", columns, [[row.get(name) for name in columns] for row in rows])
    print(f"{len(rows)} rows")
    return 0
