"""Look at the ontology in the graph: how much there is of what, or one concept with its surroundings."""

import argparse

from studio.cli.options import common, studio_of

HELP = "figures of the ontology, or one concept with its surroundings"


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    common(commands.add_parser("stats", help="how many of what"))
    show = commands.add_parser("show", help="a concept with its definition, neighbours, rules and sources")
    show.add_argument("concept", help="its label, or a part of it")
    common(show)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import figures, print_json
    from studio.steps import ontology_show, ontology_stats

    studio = studio_of(arguments, quiet=True)
    if arguments.action == "show":
        found = ontology_show(studio, arguments.concept)
        if arguments.json:
            print_json(found)
        else:
            _render(found)
        return 0
    counts = ontology_stats(studio)
    if arguments.json:
        print_json(counts)
    else:
        figures("In the graph", counts)
    return 0


def _render(found: dict[str, object]) -> None:
    from studio.cli.console import table

    concept = found["concept"]
    if not isinstance(concept, dict):
        raise TypeError(concept)
    print(f"{concept['label']} ({concept['kind']})  {concept['definition']}".rstrip())
    neighbours, rules = found["neighbours"], found["rules"]
    if isinstance(neighbours, list):
        table(
            "Neighbours",
            ("source", "relation", "target"),
            [(row["source"], row["type"], row["target"]) for row in neighbours],
        )
    if isinstance(rules, list):
        table("Rules", ("clause", "modality", "rule"), [(row["clause"], row["modality"], row["text"]) for row in rules])
