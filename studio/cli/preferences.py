"""Preference pairs per value, derived from the samples: the rejected answer lacks that value alone."""

import argparse

from studio.cli.options import budgeted, common, studio_of

HELP = "derive preference pairs and labels by value, counted by split"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    budgeted(parser, "the dataset of N samples")
    parser.add_argument(
        "--value", action="append", default=[], metavar="VALUE", help="only this value; may be repeated"
    )
    parser.add_argument(
        "--per-value", type=int, default=0, metavar="N", help="at most N of each value and split (default: all)"
    )
    parser.add_argument("--show", type=int, default=1, metavar="N", help="print N pairs of each value (default 1)")


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, print_json, table
    from studio.steps_dataset import preferences

    try:
        found = preferences(
            studio_of(arguments), values=arguments.value, per_value=arguments.per_value, show=arguments.show
        )
    finally:
        close_display()
    if arguments.json:
        print_json(found)
        return 0
    counts = {
        value: splits for value, splits in found["by_value"].items() if not arguments.value or value in arguments.value
    }
    table(
        f"{found['pairs']:,} pairs",
        ("value", "train", "validation", "test", "n"),
        [(value, *splits.values(), sum(splits.values())) for value, splits in counts.items()],
    )
    pairs = [(value, pair["chosen"], pair["rejected"]) for value, shown in found["shown"].items() for pair in shown]
    if pairs:
        table("Pairs", ("value", "chosen", "rejected"), pairs)
    if found["dropped"]:
        table("Not spoiled in one value alone", ("value: reason", "n"), found["dropped"].items())
    print("write them with: plumbline dataset FOLDER")
    return 0
