"""The ontology in the graph: its figures, one element, standards out and in, and the check of its shapes."""

import argparse
import sys
from pathlib import Path
from typing import Any

from studio.cli.options import common, studio_of

HELP = "figures of the ontology, one element, export, import, validate"
FORMATS = ("turtle", "json-ld", "n-triples", "graphml", "csv")


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    common(commands.add_parser("stats", help="how many of what, degrees, what is unlinked or unsourced"))
    show = commands.add_parser("show", help="a concept, a clause or a rule with all that is known of it")
    show.add_argument("element", metavar="TERM|CLAUSE|RULE", help="a concept's name, a clause's number, or an id")
    common(show)
    export = commands.add_parser("export", help="SKOS, ODRL and PROV-O as Turtle or JSON-LD; GraphML; CSV for Neo4j")
    export.add_argument("--format", choices=FORMATS, default="turtle", help="default: turtle")
    export.add_argument(
        "--output", type=Path, metavar="PATH", help="a file, for csv a folder; without it: standard output"
    )
    common(export)
    importing = commands.add_parser("import", help="keep a SKOS or OWL vocabulary as seeds of the next ingest or run")
    importing.add_argument("file", type=Path, metavar="FILE", help="Turtle, RDF/XML, JSON-LD or N-Triples")
    importing.add_argument("--remove", action="store_true", help="forget the vocabulary of that name instead")
    common(importing)
    validate = commands.add_parser("validate", help="check the graph, or an RDF file, against the SHACL shapes")
    validate.add_argument("file", type=Path, metavar="FILE", nargs="?", help="without it: the ontology in the graph")
    common(validate)


def run(arguments: argparse.Namespace) -> int:
    actions = {"stats": _stats, "show": _show, "export": _export, "import": _import, "validate": _validate}
    return actions[arguments.action](arguments)


def _stats(arguments: argparse.Namespace) -> int:
    from studio.cli.console import figures, print_json
    from studio.steps_ontology import stats

    found = stats(studio_of(arguments, quiet=True))
    if arguments.json:
        print_json(found)
        return 0
    figures("Ontology", found["counts"])
    for title, name in (
        ("Rules by modality", "rules_by_modality"),
        ("Concepts by kind", "concepts_by_kind"),
        ("Relations by type", "relations_by_type"),
        ("Sources", "sources"),
    ):
        figures(title, found[name])
    degree = found["degree"]
    most = ", ".join(f"{label} ({count})" for label, count in degree["highest"])
    print(f"degree: mean {degree['mean']}, median {degree['median']:g}, most {degree['most']}: {most}")
    print(f"unlinked: {found['unlinked']}  {found['unlinked_by_kind']}")
    print(f"unsourced: {found['unsourced']}  {found['unsourced_by_kind']}")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json
    from studio.cli.element import render
    from studio.element import show

    with studio_of(arguments, quiet=True).open_graph() as store:
        found = show(store, arguments.element)
    if arguments.json:
        print_json(found)
    else:
        render(found)
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json
    from studio.steps_ontology import export

    found = export(studio_of(arguments, quiet=True), arguments.format, arguments.output)
    if arguments.json:
        print_json(found)
    elif "text" in found:
        sys.stdout.buffer.write(found["text"].encode())
        sys.stdout.flush()
    else:
        size = (
            ", ".join(f"{value:,} {name}" for name, value in found.items() if isinstance(value, int))
            or f"{len(found['files'])} files"
        )
        print(f"wrote {found['output']} ({size})")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json, table
    from studio.steps_ontology import import_vocabulary

    found = import_vocabulary(studio_of(arguments, quiet=True), arguments.file, remove=arguments.remove)
    if arguments.json:
        print_json(found)
        return 0
    if found.get("removed"):
        print(f"forgot {found['vocabulary']}; next: {found['next']}")
        return 0
    if found["rejected"]:
        rows = [(row["place"], row["reason"]) for row in found["rejected"]]
        table("Left out", ("what", "why"), rows[:20])
        if len(rows) > 20:
            print(f"and {len(rows) - 20} more (see --json)")
    print(f"{found['concepts']:,} concepts, {found['relations']:,} relations kept; next: {found['next']}")
    return 0


def _validate(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json, table
    from studio.steps_ontology import validate

    studio = None if arguments.file else studio_of(arguments, quiet=True)
    found: dict[str, Any] = validate(studio, arguments.file)
    if arguments.json:
        print_json(found)
    else:
        if found["violations"]:
            rows = [(one["node"], one["path"], one["value"], one["message"]) for one in found["violations"]]
            table("Violations", ("resource", "property", "value", "what is wrong"), rows[:50])
        count = len(found["violations"])
        verdict = "conforms" if found["conforms"] else f"{count:,} violations"
        print(f"{found['source']}: {found['checked']:,} resources checked: {verdict}")
    return 0 if found["conforms"] else 1
