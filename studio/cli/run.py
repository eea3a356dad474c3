"""The whole chain: read the policy, build the graph, write samples, train, audit, report."""

import argparse
from collections.abc import Mapping
from typing import Any

from studio.cli.options import common, studio_of

HELP = "do the whole chain, from the policy to the report"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, print_json
    from studio.loop import run as run_chain

    try:
        result = run_chain(studio_of(arguments))
    finally:
        close_display()
    if arguments.json:
        print_json({**result.summary, "run": result.run, "up_to_date": result.up_to_date})
        return 0
    if result.up_to_date:
        print(f"up to date: run {result.run}")
    render(result.summary)
    return 0


def render(summary: Mapping[str, Any]) -> None:
    """The summary as a table."""
    from studio.cli.console import table

    rows: list[tuple[str, object]] = [
        (name, summary[name])
        for name in ("documents", "sections", "clauses", "rules", "concepts", "relations", "samples")
    ]
    if summary.get("samples_short"):
        rows.append(("fewer than asked for", summary["samples_short"]))
    rows.append(("rejected inputs", len(summary["rejected"])))
    rows += [
        (f"coverage of {name}", "none" if share is None else f"{share:.1%}")
        for name, share in summary["coverage"].items()
    ]
    verdict = summary["verdict"]
    for name in ("unaligned", "aligned"):
        rows.append(
            (f"macro-F1, {name} (n = {verdict[name]['n']})", interval(verdict[name]["macro_f1"], verdict[name]["ci"]))
        )
    rows.append(("lift", interval(verdict["lift"]["value"], verdict["lift"]["ci"], sign="+")))
    rows += [
        ("time", f"{summary['seconds'] / 60:.1f} min"),
        ("peak memory", f"{summary['peak_rss_mb'] / 1024:.1f} GiB"),
    ]
    rows.append(("report", summary["report"]))
    table("", ("", "result"), rows)


def interval(value: float | None, bounds: list[float] | None, sign: str = "") -> str:
    """A figure with its bounds."""
    if value is None:
        return "unknown"
    if bounds is None:
        return f"{value:{sign}.3f}  (too few cases for an interval: every resample is alike)"
    return f"{value:{sign}.3f}  [{bounds[0]:{sign}.3f}, {bounds[1]:{sign}.3f}]"
