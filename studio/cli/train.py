"""Train the LoRA adapter on the samples; a killed training goes on from its last checkpoint."""

import argparse

from studio.cli.options import budgeted, common, studio_of

HELP = "train the adapter"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    budgeted(parser, "the dataset of N samples")


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, figures, print_json
    from studio.steps import train

    try:
        found = train(studio_of(arguments))
    finally:
        close_display()
    if arguments.json:
        print_json(found)
    else:
        figures("Training", {name: value for name, value in found.items() if not name.endswith("_curve")})
    return 0
