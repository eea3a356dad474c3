"""Compare the unaligned and the aligned model on the test cases, overall and by region."""

import argparse
from typing import Any

from studio.cli.options import common, studio_of

HELP = "audit both models on the test cases"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, print_json, table
    from studio.cli.run import interval
    from studio.steps import audit

    try:
        found = audit(studio_of(arguments))
    finally:
        close_display()
    if arguments.json:
        print_json(found)
        return 0
    rows = [
        (one["name"], one["n"], _rate(one["unaligned"]), _rate(one["aligned"]), one["words"])
        for one in found["regions"]
    ]
    table("Regions, weakest first", ("region", "n", "unaligned", "aligned", ""), rows)
    lift = found["lift"]
    if lift:
        print(f"lift in macro-F1: {interval(lift['value'], lift['ci'], '+')} on {found['n']} cases")
    return 0


def _rate(rate: dict[str, Any] | None) -> str:
    return "-" if rate is None else f"{rate['value']:.2f} [{rate['ci'][0]:.2f}, {rate['ci'][1]:.2f}]"
