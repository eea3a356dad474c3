"""Write the dataset as files that trainers read: chats, Alpaca rows, preference pairs, labels, and a card."""

import argparse
from pathlib import Path

from studio.cli.options import budgeted, common, studio_of

HELP = "write the dataset: chat, Alpaca, preferences, labels, with a card"
FORMS = ("chat", "alpaca", "preferences", "labels")
ENCODINGS = ("parquet", "jsonl")


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    budgeted(parser, "the dataset of N samples")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder, or one of an earlier dataset")
    parser.add_argument("--form", action="append", default=[], choices=FORMS, help="only this form; may be repeated")
    parser.add_argument(
        "--encoding", action="append", default=[], choices=ENCODINGS, help="only this encoding; may be repeated"
    )
    parser.add_argument(
        "--per-value", type=int, default=0, metavar="N", help="at most N pairs of each value and split (default: all)"
    )


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, print_json, table
    from studio.steps_dataset import write

    try:
        found = write(
            studio_of(arguments), arguments.folder, forms=arguments.form, encodings=arguments.encoding,
            per_value=arguments.per_value,
        )  # fmt: skip
    finally:
        close_display()
    if arguments.json:
        print_json(found)
        return 0
    rows = [(file["path"], file["rows"], file["bytes"], file["sha256"][:12]) for file in found["files"]]
    table(f"{found['samples']:,} samples in {found['folder']}", ("file", "rows", "bytes", "sha256"), rows)
    print(f"the card: {Path(found['folder']) / 'README.md'}")
    return 0
