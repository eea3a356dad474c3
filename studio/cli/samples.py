"""Samples to read: some of each kind with their rules, a page of them, and how varied and how free of cues they are."""

import argparse
from pathlib import Path
from typing import Any

from studio.cli.options import budgeted, common, studio_of

HELP = "show samples of each kind; measure their variety and what gives the verdict away"


def configure(parser: argparse.ArgumentParser) -> None:
    common(parser)
    budgeted(parser, "the dataset of N samples")
    parser.add_argument("--count", type=int, default=3, metavar="N", help="so many of each kind (default 3)")
    parser.add_argument("--kind", default="", metavar="KIND", help="only this kind")
    parser.add_argument("--seed", type=int, default=0, help="which ones (default 0)")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write them as a page")
    parser.add_argument(
        "--diversity", action="store_true", help="distinct-n, dispersion, lengths, duplicates and the label-leak test"
    )


def run(arguments: argparse.Namespace) -> int:
    from studio.cli.console import close_display, print_json
    from studio.steps_dataset import diversity, samples, samples_page

    studio = studio_of(arguments)
    count, seed = arguments.count, arguments.seed
    try:
        if arguments.markdown:
            found = samples_page(studio, arguments.markdown, count=count, seed=seed, quality=arguments.diversity)
        elif arguments.diversity:
            found = diversity(studio)
        else:
            found = samples(studio, count=count, seed=seed, kind=arguments.kind)
    finally:
        close_display()
    if arguments.json:
        print_json(found)
    elif arguments.markdown:
        print(f"{sum(found['samples'].values())} samples in {found['file']}")
    elif arguments.diversity:
        _quality(found)
    else:
        _samples(found)
    return 0


def _samples(found: dict[str, Any]) -> None:
    from studio.cli.console import table

    for kind, mine in found["shown"].items():
        rows = [(", ".join(one["clauses"]) or "-", one["question"], one["answer"]) for one in mine]
        table(f"{kind}: {len(mine)} of {found['by_kind'][kind]:,}", ("clause", "question", "answer"), rows)


def _quality(found: dict[str, Any]) -> None:
    from studio.cli.console import table

    leaks = [(name, leak) for name, leak in found["leak"].items() if isinstance(leak, dict)]
    table(
        f"What a bag of words guesses of the verdict: macro-F1 (limit {found['leak']['limit']}, chance 0.333)",
        ("cases", "macro-F1", "95 % interval", "n", "families", "passed"),
        [
            (name, leak["macro_f1"], f"{leak['ci'][0]:.3f} to {leak['ci'][1]:.3f}", leak["n"], leak["families"],
             "yes" if leak["passed"] else "no")
            for name, leak in leaks
        ],
    )  # fmt: skip
    table(
        "What gives it away",
        ("verdict", "word", "weight", "permitted", "prohibited", "needs information"),
        [(cue["verdict"], cue["word"], cue["weight"], *cue["cases"].values()) for cue in leaks[0][1]["cues"]],
    )
    table(
        "Questions",
        ("kind", "n", "words", "distinct-1", "distinct-2", "distinct-3", "dispersion", "length p5 p50 p95", "duplicates"),
        [
            (kind, one["n"], one["words"], one["distinct_1"], one["distinct_2"], one["distinct_3"], one["dispersion"],
             " ".join(str(one["length_in_words"][name]) for name in ("p5", "p50", "p95")), one["exact_duplicates"])
            for kind, one in found["diversity"]["questions"].items()
        ],
    )  # fmt: skip
    near = found["diversity"]
    print(
        f"near duplicates: {near['near_duplicates']}, between rule families: {near['near_duplicates_between_families']}"
    )
