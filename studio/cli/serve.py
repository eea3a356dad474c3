"""The web pages: overview, ontology explorer, coverage and report."""

import argparse
from contextlib import suppress

from studio.cli.options import common, studio_of

HELP = "serve the web pages"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="another one than loopback needs PLUMBLINE_TOKEN")
    parser.add_argument("--port", type=int, default=8377, help="default 8377")
    common(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.web import serve

    with suppress(KeyboardInterrupt):  # the way to end it
        serve(studio_of(arguments, quiet=True), arguments.host, arguments.port)
    return 0
