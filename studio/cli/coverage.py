"""How much of the ontology the samples exercise, by kind and region, and what is left out."""

import argparse

from studio.cli.options import common, studio_of

HELP = "what the samples exercise, and what not"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    commands = parser.add_subparsers(dest="action", metavar="ACTION")
    gaps = commands.add_parser("gaps", help="the elements that no sample exercises")
    gaps.add_argument(
        "--kind", default="", choices=("", "rule", "concept", "relation", "relation_type"), help="only this kind"
    )
    gaps.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (default 50, 0 = all)")
    common(gaps, nested=True)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json, table
    from studio.steps import coverage, coverage_gaps

    studio = studio_of(arguments, quiet=True)
    if arguments.action == "gaps":
        rows = coverage_gaps(studio, arguments.kind, arguments.limit)
        if arguments.json:
            print_json({"gaps": rows})
        else:
            table(
                "Gaps",
                ("kind", "element", "verdict", "why"),
                [(r["kind"], r["label"], r["verdict"], r["why"]) for r in rows],
            )
        return 0
    found = coverage(studio)
    if arguments.json:
        print_json(found)
        return 0
    table(
        "Coverage",
        ("kind", "total", "covered", "ratio"),
        [(kind, one["total"], one["covered"], one["ratio"]) for kind, one in found["by_kind"].items()],
    )
    table(
        "Rules by region",
        ("region", "total", "covered", "ratio"),
        [(one["name"], one["total"], one["covered"], one["ratio"]) for one in found["by_region"]],
    )
    return 0
