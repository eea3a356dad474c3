"""Check the machine: what a run needs, what is there, and what to do about what is not."""

import argparse
from pathlib import Path

from studio.cli.options import output

HELP = "check the machine and say what to do"
MARKS = {"ok": "ok", "warning": "!", "failed": "FAILED"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, default=None, metavar="FILE", help="check this configuration too")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="overrides",
        metavar="A.B=C",
        help="with --config: override one key; may be repeated",
    )
    parser.add_argument("--port", type=int, default=8377, help="the port of plumbline serve (default 8377)")
    output(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json, table
    from studio.doctor import examine

    checks = examine(arguments.config, arguments.port, arguments.overrides)
    failed = [check for check in checks if check.state == "failed"]
    if arguments.json:
        print_json({"ok": not failed, "checks": checks})
    else:
        table(
            "",
            ("", "check", "found", "what to do"),
            [(MARKS[one.state], one.name, one.found, one.remedy) for one in checks],
        )
    return 1 if failed else 0
