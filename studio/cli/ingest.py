"""Read the documents into sections, clauses, rules, concepts and relations, link ConceptNet, and load the graph."""

import argparse

from studio.cli.options import common, studio_of

HELP = "read the documents and load the ontology into the graph"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, figures, print_json, table
    from studio.steps import ingest

    try:
        found = ingest(studio_of(arguments))
    finally:
        close_display()
    if arguments.json:
        print_json(found)
        return 0
    figures("Ontology", {name: value for name, value in found.items() if name not in {"rejected", "yields"}})
    if found["rejected"]:
        table(
            "Rejected",
            ("source", "place", "reason"),
            [(row["source"], row["place"], row["reason"]) for row in found["rejected"]],
        )
    return 0
