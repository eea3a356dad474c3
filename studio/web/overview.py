"""The first page: what was read, how much is covered, what the audit found."""

from typing import Any

from nicegui import run, ui

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
        empty("The graph is empty.", "plumbline run")
        return
    ui.label(reading.title).classes("pl-title")
    with card("In the graph", "w-full"), ui.row().classes("gap-10 w-full"):
        for label, name in COUNTED:
            figure(f"{counts.get(label, 0):,}", name)
        figure(f"{_relations(counts):,}", "relations")
        figure(f"{counts.get('Sample', 0):,}", "samples")
    if latest is None:
        empty("Nothing was audited yet.", "plumbline run")
        return
    summary: dict[str, Any] = latest["summary"]
    with ui.grid(columns="3fr 2fr").classes("w-full gap-6"):
        with card("Aligned against unaligned", "w-full"):
            _verdicts(summary["verdict"])
            ui.label(
                f"Macro-F1 over three verdicts on {summary['verdict']['aligned']['n']} cases; bars show the 95 % interval."
            ).classes("text-sm pl-muted")
        with card("Coverage by the samples", "w-full"):
            for name, ratio in summary["coverage"].items():
                with ui.row().classes("w-full items-center no-wrap gap-4"):
                    ui.label(name).classes("w-24")
                    track(ratio)
                    ui.label(f"{ratio:.1%}").classes("w-16 text-right tabular-nums")
            ui.link("What is left out", "/coverage").classes("text-sm")
    with card("Newest run", "w-full"), ui.row().classes("gap-10 w-full items-end"):
        figure(f"{summary['seconds'] / 60:.1f} min", "time")
        figure(f"{summary['peak_rss_mb'] / 1024:.1f} GiB", "peak memory")
        figure(str(len(summary["rejected"])), "rejected inputs")
        with ui.column().classes("gap-1"):
            ui.label(latest["run"]).classes("font-mono text-sm")
            ui.link("Read the report", "/report")


def _relations(counts: dict[str, int]) -> int:
    from kg.schema import RELATION_TYPES

    return sum(counts.get(name, 0) for name in RELATION_TYPES)


def _verdicts(verdict: dict[str, Any]) -> None:
    from studio.web.look import ACCENT, INK, LINE, MUTED, UNALIGNED

    rows = [(name, verdict[name]["macro_f1"], verdict[name]["ci"]) for name in ("unaligned", "aligned")]
    rows = [(name, value, bounds) for name, value, bounds in rows if value is not None and bounds is not None]
    ui.echart(
        {
            "animation": False,
            "grid": {"left": 90, "right": 60, "top": 8, "bottom": 28},
            "xAxis": {
                "type": "value",
                "min": 0,
                "max": 1,
                "splitLine": {"lineStyle": {"color": LINE}},
                "axisLabel": {"color": MUTED},
            },
            "yAxis": {
                "type": "category",
                "inverse": True,
                "data": [name for name, _, _ in rows],
                "axisTick": {"show": False},
                "axisLabel": {"color": INK},
            },
            "series": [
                {
                    "type": "bar",
                    "barWidth": 18,
                    "data": [
                        {
                            "value": round(value, 3),
                            "itemStyle": {"color": ACCENT if name == "aligned" else UNALIGNED, "borderRadius": 4},
                        }
                        for name, value, _ in rows
                    ],
                    "label": {"show": True, "position": "insideLeft", "color": "#fff", "fontWeight": "bold"},
                    "markLine": {
                        "symbol": ["none", "none"],
                        "silent": True,
                        "lineStyle": {"color": INK, "type": "solid", "width": 2},
                        "label": {"show": False},
                        "data": [
                            [{"coord": [bounds[0], name]}, {"coord": [bounds[1], name]}] for name, _, bounds in rows
                        ],
                    },
                }
            ],
        },
        renderer="svg",
    ).classes("w-full h-32")
    lift = verdict["lift"]
    if lift["value"] is not None:
        ui.label(f"Lift {lift['value']:+.3f}  [{lift['ci'][0]:+.3f}, {lift['ci'][1]:+.3f}]").classes(
            "text-lg font-medium tabular-nums"
        )
