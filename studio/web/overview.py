"""The first page: what was read, how much is covered, what the audit found."""

from typing import Any

from nicegui import run, ui

from evaluation.drawing import Mark, axis, strip
from evaluation.statistics import Interval
from evaluation.wording import duration, percent, signed
from evaluation.wording import figure as figure_in_words
from studio.web.look import card, empty, figure, track
from studio.web.reading import Reading

COUNTED = (
    ("Document", "documents"),
    ("Section", "sections"),
    ("Clause", "clauses"),
    ("Rule", "rules"),
    ("Concept", "concepts"),
)


async def overview_page(reading: Reading) -> None:
    """Figures of the graph, of coverage and of the newest run."""
    counts = await run.io_bound(reading.counts)
    latest = await run.io_bound(reading.latest)
    if not counts.get("Document"):
        empty("The graph is empty. Read the documents, or do the whole chain:", "plumbline ingest, or plumbline run")
        return
    ui.label(reading.title).classes("pl-title")
    with card("In the graph", "w-full"), ui.row().classes("gap-10 w-full"):
        for label, name in COUNTED:
            figure(f"{counts.get(label, 0):,}", name if counts.get(label, 0) != 1 else name.removesuffix("s"))
        figure(f"{_relations(counts):,}", "relations")
        figure(f"{counts.get('Sample', 0):,}", "samples")
    if latest is None:
        empty("Nothing was audited yet. Write samples, train and audit:", "plumbline run")
        return
    summary: dict[str, Any] = latest["summary"]
    with ui.element("div").classes("pl-two"):
        with card("Aligned against unaligned", "w-full"):
            _verdicts(summary["verdict"])
        with card("Coverage by the samples", "w-full"):
            for name, ratio in summary["coverage"].items():
                with ui.row().classes("w-full items-center no-wrap gap-4"):
                    ui.label(name).classes("w-24")
                    track(ratio or 0.0)
                    ui.label("none" if ratio is None else percent(ratio)).classes(
                        "w-16 text-right tabular-nums whitespace-nowrap"
                    )
            ui.link("What is left out", "/coverage").classes("text-sm")
    await _weakest(reading)
    with card("Newest run", "w-full"), ui.row().classes("gap-10 w-full items-end"):
        figure(duration(summary["seconds"]), "time")
        figure(f"{summary['peak_rss_mb'] / 1024:.1f} GiB", "peak memory")
        figure(f"{len(summary['rejected']):,}", "passages left out")
        with ui.column().classes("gap-1"):
            ui.label(latest["run"]).classes("font-mono text-sm")
            ui.link("Read the report", "/report")


async def _weakest(reading: Reading) -> None:
    """Where the aligned model is weakest, and how sure that is."""
    weakest = await run.io_bound(reading.weakest)
    if not weakest:
        return
    with card("Weakest sections of the aligned model", "w-full"):
        for row in weakest:
            low, high = row["aligned"]["ci"]
            found = Interval(row["aligned"]["value"], low, high, row["n"])
            with ui.row().classes("w-full items-center gap-x-4 gap-y-0"):
                ui.label(row["name"]).classes("text-sm w-72 max-w-full")
                with ui.element("div").classes("flex-1 min-w-[10rem]"):
                    words = f"{percent(found.value)}, from {percent(found.low)} to {percent(found.high)}, n = {found.n}"
                    ui.html(
                        str(strip([Mark(found.value, found.low, found.high, "aligned", words)], row["target"])),
                        sanitize=False,
                    ).classes("w-full")
                right = round(found.value * found.n)
                ui.label(f"{right} of {found.n} right ({percent(found.low)} to {percent(found.high)})").classes(
                    "text-sm tabular-nums w-60"
                )
        ui.label(
            f"Share of cases answered right, from 0 to 100 %, with 95 % Wilson intervals; dashed: the target of "
            f"{percent(weakest[0]['target'])}. First the section that is weakest even at its best."
        ).classes("text-xs pl-muted")
        ui.link("Every section, and each wrong answer with its clause", "/report").classes("text-sm")


def _relations(counts: dict[str, int]) -> int:
    from kg.schema import RELATION_TYPES

    return sum(counts.get(name, 0) for name in RELATION_TYPES)


def _verdicts(verdict: dict[str, Any]) -> None:
    marks = []
    for name in ("unaligned", "aligned"):
        value, bounds, n = verdict[name]["macro_f1"], verdict[name]["ci"], verdict[name]["n"]
        if value is None:
            continue
        if bounds is None:
            ui.label(f"{name} {figure_in_words(value)}, n = {n:,}: too few cases for an interval").classes(
                "text-sm tabular-nums"
            )
            continue
        words = (
            f"{name} {figure_in_words(value)} ({figure_in_words(bounds[0])} to {figure_in_words(bounds[1])}), n = {n:,}"
        )
        marks.append(Mark(value, bounds[0], bounds[1], name, words))
    ui.html(f"{strip(marks, row_height=20.0)}{AXIS}", sanitize=False).classes("w-full")
    for mark in marks:
        ui.label(f"{'○' if mark.class_ == 'unaligned' else '●'} {mark.words}").classes("text-sm tabular-nums")
    lift = verdict["lift"]
    if lift["value"] is not None and lift["ci"] is None:
        ui.label(f"Lift {signed(lift['value'])}; too few cases for an interval").classes(
            "text-lg font-medium tabular-nums"
        )
    elif lift["value"] is not None:
        sure = "" if lift["ci"][0] > 0 or lift["ci"][1] < 0 else ": these cases cannot tell it from chance"
        ui.label(f"Lift {signed(lift['value'])} ({signed(lift['ci'][0])} to {signed(lift['ci'][1])}){sure}").classes(
            "text-lg font-medium tabular-nums"
        )
    ui.label("Macro-F1 over three verdicts with 95 % intervals, both models on the same cases.").classes(
        "text-sm pl-muted"
    )


AXIS = axis((0, 0.25, 0.5, 0.75, 1), ("0", "0.25", "0.5", "0.75", "1"))
