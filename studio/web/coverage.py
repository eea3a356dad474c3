"""The coverage page: by kind, as a treemap, by section, and every gap with filters."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nicegui import run, ui

from evaluation.figures import coverage_figures
from evaluation.report_pictures import coverage_pictures
from evaluation.wording import KIND_MEANING, KIND_NAME, KIND_NAMES, VERDICT_NAMES, count, percent
from kg.model import Verdict
from studio.web.look import card, empty, track
from studio.web.reading import Reading

if TYPE_CHECKING:
    from kg.coverage import Coverage, Gap
    from kg.model import Ontology

SENT = 500
"""Gaps sent to the browser at a time; the filters look through all of them."""

WIDTH = 1180.0
"""Width in px that the treemap is drawn for."""

COLUMNS = (("kind", "Kind"), ("label", "Element"), ("verdict", "Verdict"), ("region", "Section"), ("why", "Why"))
KEY = (("q4", "all"), ("q3", "90 % or more"), ("q2", "half or more"), ("q1", "some"), ("q0", "none (crossed out)"))
SHADES = {"q4": "#dcebe8", "q3": "#e6dca4", "q2": "#ecc774", "q1": "#dda061", "q0": "#cc7a5c"}


async def coverage_page(reading: Reading) -> None:
    """Everything that the ledger says."""
    if not reading.ready:
        waiting = ui.label("Reading every sample with what it exercises. A large dataset takes half a minute, once.")
        waiting.classes("pl-muted").props('role="status"')
        ledger = await run.io_bound(reading.ledger)
        waiting.delete()
    else:
        ledger = await run.io_bound(reading.ledger)
    if ledger is None:
        empty(
            "The graph is empty. Read the documents first, or do the whole chain:", "plumbline ingest, or plumbline run"
        )
        return
    ontology, coverage = ledger
    ui.label("Coverage").classes("pl-title")
    ui.label(
        f"{coverage.samples:,} samples. An element counts once a check has proved that a sample exercises it."
    ).classes("pl-muted")
    if not coverage.samples:
        empty("There are no samples yet, so that everything is a gap. Write some:", "plumbline generate")
    with ui.element("div").classes("pl-two-even"):
        with card("By kind", "w-full"):
            for kind, share in coverage.by_kind.items():
                _row(KIND_NAMES[kind], share.covered, share.total, share.shown, KIND_MEANING[kind])
        _sections(coverage)
    _treemap(coverage, ontology)
    Gaps(coverage).build()


def _row(name: str, covered: int, total: int, ratio: float | None, meaning: str) -> None:
    with ui.column().classes("w-full gap-1") as row:
        with ui.row().classes("w-full justify-between no-wrap gap-4 text-sm"):
            ui.label(name)
            ui.label(f"{covered:,} of {total:,}" if total else "none").classes("tabular-nums whitespace-nowrap")
        track(ratio or 0.0)
        ui.label(meaning).classes("text-xs pl-muted")
    row.props(f'aria-label="{name}: {percent(ratio) if total else "none"}"')


def _sections(coverage: "Coverage") -> None:
    rows = [
        {"id": id_, "name": share.name, "covered": share.covered, "ratio": share.ratio, "shown": percent(share.ratio),
         "of": f"{share.covered:,} of {share.total:,}"}
        for id_, share in coverage.by_region.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["ratio"], row["name"]))
    columns = [
        {"name": "name", "label": "Section", "field": "name", "align": "left", "sortable": True},
        {"name": "covered", "label": "Rules × verdicts", "field": "covered", "sortable": True,
         ":format": "(_, row) => row.of"},
        {"name": "ratio", "label": "Share", "field": "ratio", "sortable": True, ":format": "(_, row) => row.shown"},
    ]  # fmt: skip
    with card("Rules by section, least covered first", "w-full"):
        ui.table(columns=columns, rows=rows, row_key="id", pagination=12).classes("w-full").props(
            'flat dense aria-label="Coverage by section"'
        )


def _treemap(coverage: "Coverage", ontology: "Ontology") -> None:
    with card("Rules and verdicts, by section and clause", "w-full"):
        key = "".join(f'<span><i style="background:{SHADES[class_]}"></i>{name}</span>' for class_, name in KEY)
        ui.html(
            f'<div class="pl-key"><span>area: rules × 3 verdicts of a clause; colour: covered</span>{key}</div>',
            sanitize=False,
        )
        drawn = coverage_pictures(coverage_figures(coverage, ontology), WIDTH)
        for size, class_ in (("wide", "wide-only"), ("narrow", "narrow-only")):
            picture, unnamed = drawn[size]
            with ui.element("div").classes(f"w-full {class_}"):
                ui.html(str(picture), sanitize=False).classes("w-full")  # escaped where it is drawn
                listed = " · ".join(f"{number} {name}".strip() for number, name in unnamed)
                if listed:
                    ui.label(listed).classes("text-xs pl-muted pt-2")


class Gaps:
    """The gaps of one visitor: as filtered, as a table and as files."""

    def __init__(self, coverage: "Coverage") -> None:
        self.coverage = coverage
        self.regions = dict(coverage.regions)
        self.kind = self.region = self.verdict = self.text = ""
        self.below = 1
        self.rows: list[dict[str, Any]] = []

    def build(self) -> None:
        """The card with its filters."""
        with card("", "w-full"):
            self.heading = ui.label().classes("pl-head")
            ui.label(
                "What too few samples exercise. plumbline coverage gaps --weighted ranks them by severity and by what the "
                "audit found weak; plumbline generate --budget N fills them."
            ).classes("text-sm pl-muted")
            with ui.row().classes("w-full items-center gap-3"):
                self._choice("Kind", {"": "all kinds", **KIND_NAME}, "kind")
                self._choice("Section", {"": "all sections", **self.regions}, "region")
                self._choice(
                    "Verdict", {"": "all verdicts", **{one.value: VERDICT_NAMES[one] for one in Verdict}}, "verdict"
                )
                ui.number("Fewer samples than", value=1, min=1, max=1000, precision=0).props("dense outlined").classes(
                    "w-40"
                ).on_value_change(lambda event: self._set("below", int(event.value or 1)))
                ui.input("Words").props("dense outlined clearable debounce=250").classes("w-48").on_value_change(
                    lambda event: self._set("text", str(event.value or ""))
                )
                ui.button("CSV", on_click=lambda: ui.download.content(as_csv(self.rows), "gaps.csv")).props(
                    'flat dense no-caps aria-label="Download as CSV"'
                )
                ui.button("JSON", on_click=lambda: ui.download.content(as_json(self.rows), "gaps.json")).props(
                    'flat dense no-caps aria-label="Download as JSON"'
                )
            columns = [
                {"name": name, "label": label, "field": name, "align": "left", "sortable": True}
                for name, label in COLUMNS
            ]
            self.table = (
                ui.table(columns=columns, rows=[], row_key="id", pagination=25)
                .classes("w-full")
                .props('flat dense wrap-cells no-data-label="No gap: everything asked for is exercised."')
            )
        self.update()

    def _choice(self, label: str, options: Mapping[str, str], field: str) -> None:
        ui.select(dict(options), value="", label=label).props("dense outlined options-dense").classes(
            "min-w-[10rem] max-w-[16rem]"
        ).on_value_change(lambda event: self._set(field, str(event.value or "")))

    def _set(self, field: str, value: object) -> None:
        setattr(self, field, value)
        self.update()

    def update(self) -> None:
        """Filter anew."""
        found = self.coverage.gaps(
            self.kind, self.region, verdict=Verdict(self.verdict) if self.verdict else None, below=max(1, self.below)
        )
        self.rows = gap_rows(found, self.regions, self.text)
        self.table.rows = self.rows[:SENT]
        self.table.update()
        cut = f"; the first {SENT} are listed, all are in the files" if len(self.rows) > SENT else ""
        self.heading.text = f"Gaps: {count(len(self.rows))}{cut}"


def gap_rows(gaps: "Sequence[Gap]", regions: Mapping[str, str], text: str = "") -> list[dict[str, Any]]:
    """Rows of the gaps in which every word of ``text`` occurs."""
    rows = [
        {
            "id": place,
            "kind": KIND_NAME[gap.target.kind],
            "label": gap.target.label,
            "verdict": VERDICT_NAMES[gap.target.verdict] if gap.target.verdict else "",
            "region": regions.get(gap.target.region, ""),
            "why": gap.why,
            "samples": gap.samples,
            "element": gap.target.element_id,
        }
        for place, gap in enumerate(gaps)
    ]
    words = text.casefold().split()
    return [row for row in rows if all(word in " ".join(map(str, row.values())).casefold() for word in words)]


FILED = ("kind", "element", "label", "verdict", "region", "samples", "why")


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as CSV; a cell that a spreadsheet would take for a formula is led by an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(FILED)
    for row in rows:
        cells = [str(row[name]) for name in FILED]
        writer.writerow([f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in cells])
    return stream.getvalue()


def as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as a JSON list."""
    return json.dumps([{name: row[name] for name in FILED} for row in rows], ensure_ascii=False, indent=1)
