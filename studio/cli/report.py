"""Name the report of the newest complete run, or of the run given."""

import argparse

from studio.cli.options import common, studio_of

HELP = "where the report of a run is"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument("run_id", nargs="?", default="", metavar="RUN", help="a run's id (default: the newest)")
    parser.add_argument("--list", action="store_true", help="list the complete runs")


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json, table
    from studio.steps import report, runs

    studio = studio_of(arguments, quiet=True)
    if arguments.list:
        rows = runs(studio)
        if arguments.json:
            print_json({"runs": rows})
        else:
            table(
                "Runs, newest first",
                ("run", "finished", "report"),
                [(row["run"], row["finished"], row["report"]) for row in rows],
            )
        return 0
    found = report(studio, arguments.run_id)
    if arguments.json:
        print_json(found)
    else:
        print(found["report"])
    return 0
