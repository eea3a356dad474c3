"""The coverage table: by kind, by region, and every gap with a filter."""

from typing import TYPE_CHECKING, Any

from nicegui import run, ui

from studio.web.look import card, empty, track
from studio.web.reading import Reading

if TYPE_CHECKING:
    from kg.coverage import Coverage

MOST_GAPS = 2000


async def coverage_page(reading: Reading) -> None:
    """Everything that the ledger says."""
    ledger = await run.io_bound(reading.ledger)
    if ledger is None:
        empty("The graph is empty.", "plumbline run")
        return
    _, coverage = ledger
    ui.label("Coverage").classes("pl-title")
    ui.label(
        f"{coverage.samples:,} samples. An element counts once a check has proved that a sample exercises it."
    ).classes("pl-muted")
    with ui.grid(columns="2fr 3fr").classes("w-full gap-6"):
        with card("By kind", "w-full self-start"):
            for kind, share in coverage.by_kind.items():
                _row(_kind_name(kind), share.covered, share.total, share.ratio)
        with card("Rules by region (three verdicts each)", "w-full"):
            for share in coverage.by_region.values():
                _row(share.name, share.covered, share.total, share.ratio)
    _gaps(coverage)


def _kind_name(kind: str) -> str:
    return {"rule": "rule x verdict", "relation_type": "relation type"}.get(kind, kind)


def _row(name: str, covered: int, total: int, ratio: float) -> None:
    with ui.row().classes("w-full items-center no-wrap gap-4"):
        ui.label(name).classes("w-2/5 text-sm")
        track(ratio)
        ui.label(f"{covered:,} / {total:,}").classes("w-36 shrink-0 text-right text-sm tabular-nums whitespace-nowrap")


def _gaps(coverage: "Coverage") -> None:
    gaps = coverage.gaps()
    names = dict(coverage.regions)
    rows: list[dict[str, Any]] = [
        {
            "id": place,
            "kind": _kind_name(gap.target.kind),
            "label": gap.target.label,
            "verdict": gap.target.verdict.value.replace("_", " ") if gap.target.verdict else "",
            "region": names.get(gap.target.region, ""),
            "why": gap.why,
        }
        for place, gap in enumerate(gaps[:MOST_GAPS])
    ]
    with card(f"Gaps ({len(gaps):,})", "w-full"):
        if not rows:
            ui.label("Nothing is left out.")
            return
        table = (
            ui.table(
                columns=[
                    {
                        "name": name,
                        "label": label,
                        "field": name,
                        "align": "left",
                        "sortable": True,
                        "style": "white-space: normal",
                    }
                    for name, label in (
                        ("kind", "Kind"),
                        ("label", "Element"),
                        ("verdict", "Verdict"),
                        ("region", "Region"),
                        ("why", "Why"),
                    )
                ],
                rows=rows,
                row_key="id",
                pagination=25,
            )
            .classes("w-full")
            .props("flat dense")
        )
        with table.add_slot("top-left"), ui.row().classes("items-center gap-4"):
            ui.input("Filter").props("dense outlined clearable debounce=200").bind_value(table, "filter")
            kinds = ["all", *dict.fromkeys(row["kind"] for row in rows)]

            def choose(kind: str) -> None:
                table.rows = [row for row in rows if kind in {"all", row["kind"]}]
                table.update()

            ui.select(kinds, value="all", label="Kind").props("dense outlined").classes(
                "min-w-[10rem]"
            ).on_value_change(lambda event: choose(str(event.value)))
