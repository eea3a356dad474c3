"""Write a commented plumbline.toml."""

import argparse
from pathlib import Path

from studio.cli.options import output

HELP = "write a commented plumbline.toml into a folder"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="made when it is not there")
    output(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json
    from studio.template import init

    path = init(arguments.folder)
    if arguments.json:
        print_json({"config": path})
    else:
        print(f"wrote {path}\nnext: name your documents in it, then plumbline run --config {path}")
    return 0
