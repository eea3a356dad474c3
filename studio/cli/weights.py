"""Fetch the model weights into the cache and check them."""

import argparse

from studio.cli.options import output

HELP = "fetch the model weights (checked) into the cache"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="smollm2, minilm, colbert, spacy (default: all)")
    output(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, display, print_json, table
    from studio.settings import environment
    from studio.weights import catalogue, describe, fetch

    cache = environment().cache
    folders = {name: fetch(name, cache, display()) for name in arguments.names or catalogue()}
    close_display()
    found = {name: describe(folder) for name, folder in folders.items()}
    if arguments.json:
        print_json({"cache": cache, "weights": found})
    else:
        table(
            "Weights",
            ("name", "folder", "source", "licence"),
            [(name, folders[name], about["source"], about["licence"]) for name, about in found.items()],
        )
    return 0
