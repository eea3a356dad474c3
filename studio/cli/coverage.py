"""How much of the ontology the samples exercise, by kind, region and depth, and what is left out."""

import argparse
from pathlib import Path
from typing import Any

from studio.cli.options import common, studio_of

HELP = "what the samples exercise, and what not"
KINDS = ("rule", "concept", "relation", "relation_type", "exception", "conflict", "tuple")
VERDICTS = ("permitted", "prohibited", "needs_information")
CUTS = ("section", "concept", "community")


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    parser.add_argument("--by", default="section", choices=CUTS, help="how regions are cut (default: section)")
    parser.add_argument("--t", type=int, default=None, metavar="T", help="size of the tuples (default: coverage.t)")
    commands = parser.add_subparsers(dest="action", metavar="ACTION")
    _configure_gaps(commands.add_parser("gaps", help="the elements that no sample exercises"))
    data = commands.add_parser("measure", help="the coverage of any dataset: chat, Alpaca or ShareGPT form")
    data.add_argument(
        "data", type=Path, metavar="DATA", help="a JSON lines, JSON, parquet, CSV or Arrow file, or a folder"
    )
    data.add_argument("--by", default=argparse.SUPPRESS, choices=CUTS, help="how regions are cut (default: section)")
    data.add_argument("--gaps", type=int, default=0, metavar="N", help="also list the first N gaps")
    common(data, nested=True)


def _configure_gaps(gaps: argparse.ArgumentParser) -> None:
    gaps.add_argument("--kind", default="", choices=("", *KINDS), help="only this kind")
    gaps.add_argument("--region", default="", metavar="NAME", help="only this region: its id, or how its name begins")
    gaps.add_argument("--verdict", default="", choices=("", *VERDICTS), help="only rules and tuples of this verdict")
    gaps.add_argument("--t", type=int, default=argparse.SUPPRESS, metavar="T", help="size of the tuples")
    gaps.add_argument(
        "--below", type=int, default=1, metavar="K", help="what fewer than K samples exercise (default 1)"
    )
    gaps.add_argument("--weighted", action="store_true", help="by severity, weakness in the newest audit, own weights")
    gaps.add_argument(
        "--weights", type=Path, default=None, metavar="FILE", help="own weights in YAML (implies --weighted)"
    )
    gaps.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (default 50, 0 = all)")
    gaps.add_argument("--csv", action="store_true", help="print CSV")
    common(gaps, nested=True)


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import print_json
    from studio.steps_coverage import coverage, measure_data

    studio = studio_of(arguments, quiet=True)
    if arguments.action == "gaps":
        return _gaps(arguments, studio)
    if arguments.action == "measure":
        found = measure_data(studio, arguments.data, by=arguments.by, limit=arguments.gaps)
    else:
        found = coverage(studio, by=arguments.by, t=arguments.t)
    if arguments.json:
        print_json(found)
        return 0
    if arguments.action == "measure":
        _show_data(found)
    _show(found)
    return 0


def _gaps(arguments: argparse.Namespace, studio: Any) -> int:
    from studio.cli.console import print_json, table
    from studio.steps_coverage import gap_reasons, gaps

    rows = gaps(
        studio, kind=arguments.kind, region=arguments.region, verdict=arguments.verdict, t=arguments.t,
        below=arguments.below, weighted=arguments.weighted, weights=arguments.weights, limit=arguments.limit,
    )  # fmt: skip
    if arguments.json:
        print_json({"gaps": rows, "by_reason": gap_reasons(rows)})
    elif arguments.csv:
        from kg.coverage_views import gaps_csv

        print(gaps_csv(rows), end="")
    else:
        table(
            "Gaps",
            ("kind", "element", "verdict", "region", "weight", "samples", "why"),
            [
                (r["kind"], r["label"], r["verdict"], r["region_name"], r["weight"], r["samples"], r["why"])
                for r in rows
            ],
        )
        counted = [(kind, why, count) for kind, own in gap_reasons(rows).items() for why, count in own.items()]
        table("Their reasons", ("kind", "why", "targets"), counted)
    return 0


def _show_data(found: dict[str, Any]) -> None:
    from studio.cli.console import figures, table

    names = ("form", "forms", "files", "rows", "malformed", "samples", "linked_samples", "links", "verdicts")
    figures(f"{found['data']}", {name: found[name] for name in names})
    if found["malformed"]:
        table("Left out", ("reason", "rows"), list(found["rejected"]["by_reason"].items()))
        first = [(one["file"], one["place"], one["reason"]) for one in found["rejected"]["first"]]
        table("The first of them", ("file", "place", "reason"), first)


def _show(found: dict[str, Any]) -> None:
    from studio.cli.console import table

    table(
        "Coverage",
        ("kind", "total", "covered", "ratio"),
        [(kind, one["total"], one["covered"], shown_ratio(one["ratio"])) for kind, one in found["by_kind"].items()],
    )
    table(
        "Rules by region",
        ("region", "total", "covered", "ratio"),
        [(one["name"], one["total"], one["covered"], shown_ratio(one["ratio"])) for one in found["by_region"]],
    )
    table(
        "By depth",
        ("kind", "depth", "total", "covered", "ratio"),
        [
            (one["kind"], one["depth"], one["total"], one["covered"], shown_ratio(one["ratio"]))
            for one in found["by_depth"]
        ],
    )
    if found.get("history"):
        table(
            "History",
            ("finished", "run", "samples", "rules", "concepts", "relations"),
            [
                (one["finished"], one["run"], one["samples"], *(_moved(one, kind) for kind in KINDS[:3]))
                for one in found["history"]
            ],
        )
    if found.get("gaps"):
        rows = [(one["kind"], one["label"], one["verdict"], one["why"]) for one in found["gaps"]]
        table("Gaps", ("kind", "element", "verdict", "why"), rows)


def shown_ratio(ratio: float | None) -> float | str:
    """A share of a coverage as a table shows it: of nothing there is none."""
    return "none" if ratio is None else ratio


def _moved(one: dict[str, Any], kind: str) -> str:
    ratio, change = one["by_kind"].get(kind), one["change"].get(kind)
    if ratio is None:
        return "none" if kind in one["by_kind"] else "-"
    return f"{ratio:.3f}" + (f" ({change:+.3f})" if change else "")
