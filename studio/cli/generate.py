"""Write the dataset: samples that cover every rule with all three verdicts."""

import argparse

from studio.cli.options import common, studio_of

HELP = "write the samples and load them into the graph"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N samples")


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, figures, print_json, table
    from studio.steps import generate

    try:
        found = generate(studio_of(arguments), show=arguments.show)
    finally:
        close_display()
    if arguments.json:
        print_json(found)
        return 0
    figures("Dataset", {name: value for name, value in found.items() if name != "shown"})
    if found["shown"]:
        table(
            "Samples",
            ("kind", "question", "answer"),
            [(one["kind"], one["question"], one["answer"]) for one in found["shown"]],
        )
    return 0
