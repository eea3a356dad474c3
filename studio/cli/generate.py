"""Write the dataset: samples that cover every rule with all three verdicts."""

import argparse
from typing import Any

from studio.cli.options import budgeted, common, studio_of

HELP = "write the samples and load them into the graph"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N samples")
    budgeted(parser, "write N samples")
    parser.add_argument(
        "--after-audit", nargs="?", const="newest", default="", metavar="RUN",
        help="write more about the regions in which that run's model failed (default: the newest run)",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what the budget buys, and write nothing")
    parser.add_argument("--bound", action="store_true", help="with --dry-run: compare the plan with the best possible")


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, figures, print_json, table
    from studio.steps import generate

    if arguments.after_audit:
        _steer(arguments)
    if arguments.dry_run or (arguments.budget is not None and arguments.budget < 1):
        return _dry_run(arguments)
    try:
        found = generate(studio_of(arguments), show=arguments.show)
    finally:
        close_display()
    if arguments.json:
        print_json(found)
        return 0
    figures("Dataset", {name: value for name, value in found.items() if name not in {"shown", "attention"}})
    if found["attention"]:
        _show_attention(found["attention"], arguments.after_audit)
    if found["shown"]:
        table(
            "Samples",
            ("kind", "question", "answer"),
            [(one["kind"], one["question"], one["answer"]) for one in found["shown"]],
        )
    return 0


def _steer(arguments: argparse.Namespace) -> None:
    """Name the audit by its id, as a configuration would."""
    from studio.steering import audited_run

    studio = studio_of(arguments, quiet=True)
    arguments.after_audit = audited_run(studio.workspace, arguments.after_audit)
    arguments.overrides = [*arguments.overrides, f'coverage.audit="{arguments.after_audit}"']


def _show_attention(rows: list[dict[str, Any]], run_id: str) -> None:
    from studio.cli.console import table

    columns = ("region", "wrong", "n", "expected wrong", "95 % interval", "factor")
    table(
        "Further samples by the audit",
        columns,
        [
            (
                row["name"],
                row["wrong"],
                row["n"],
                row["expected_wrong"],
                "{:.2f} to {:.2f}".format(*row["ci"]),
                row["factor"],
            )
            for row in rows
        ],
    )
    if run_id:
        print(f'To train on this dataset write under [coverage]: audit = "{run_id}"')


def _dry_run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, figures, print_json, table
    from studio.cli.coverage import shown_ratio
    from studio.steps_coverage import prediction

    budget, arguments.budget = arguments.budget, None  # of a budget of nothing the prediction says what is needed
    try:
        found = prediction(studio_of(arguments), budget=budget, bound=arguments.bound)
    finally:
        close_display()
    if arguments.json:
        print_json(found)
        return 0
    best = found["best_plan"]
    table(
        f"What {found['budget']:,} samples will cover",
        ("kind", "total", "as configured", "best plan"),
        [
            (kind, one["total"], *(shown_ratio(ratio) for ratio in (one["ratio"], best["by_kind"][kind]["ratio"])))
            for kind, one in found["coverage_predicted"].items()
        ],
    )
    figures("Samples needed", found["needed"])
    if "bound" in best:
        figures("Shares of the weight", best["bound"])
    return 0
