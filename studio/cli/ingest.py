"""Read the documents into sections, clauses, rules, concepts and relations, link ConceptNet, and load the graph."""

import argparse
from collections.abc import Mapping
from typing import Any

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
    if found["up_to_date"]:
        print("up to date: these documents are in the graph")
    figures("Ontology", in_words(found))
    if found["rejected"]:
        table(
            "Rejected",
            ("source", "place", "reason"),
            [(row["source"], row["place"], row["reason"]) for row in found["rejected"]],
        )
    return 0


def in_words(found: Mapping[str, Any]) -> dict[str, object]:
    """The figures as a person reads them."""
    from studio.steps import COUNTED

    conceptnet, waiting = found["conceptnet"], {kind: count for kind, count in found["review"].items() if count}
    shown: dict[str, object] = {name: found[name] for name in COUNTED}
    shown["linked to ConceptNet"] = conceptnet["linked"]
    shown["imported from ConceptNet"] = (
        f"{conceptnet['imported_concepts']:,} concepts, {conceptnet['imported_relations']:,} relations"
    )
    shown["names merged"] = found["resolution"]["merges"]
    questions = ", ".join(f"{count:,} {kind}" for kind, count in waiting.items())
    shown["waiting for a person"] = f"{questions} (plumbline review list)" if questions else "nothing"
    parsing, graph = found["updated"].get("parsing"), found["updated"].get("graph")
    if parsing and graph and not found["up_to_date"]:
        shown["clauses parsed anew"] = f"{parsing['clauses_parsed']:,} of {parsing['clauses']:,}"
        shown["rows written"] = (
            f"{sum(graph['written'].values()):,}, left as they were {sum(graph['unchanged'].values()):,}, "
            f"removed {graph['removed']:,}"
        )
    shown["time"] = f"{found['seconds']:.1f} s"
    return shown
