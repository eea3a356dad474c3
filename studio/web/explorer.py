"""The ontology explorer: search a concept, see its neighbourhood, click to walk on, read the clauses beside it."""

from typing import Any

from nicegui import run, ui
from nicegui.events import EChartPointClickEventArguments

from studio.web.look import ACCENT, BAD, INK, KIND_COLOURS, MUTED, WARM, card, empty, passage, tag
from studio.web.reading import EDGES, Reading, Surroundings

MODALITY_COLOURS = {"prohibition": BAD, "obligation": WARM, "permission": ACCENT, "recommendation": "#5b6fa8"}


async def explorer_page(reading: Reading, concept_id: str) -> None:
    """The page; ``concept_id`` is where to begin, or empty for the concept that most rules mention."""
    prominent = await run.io_bound(reading.prominent)
    if not prominent:
        empty("The graph holds no concept.", "plumbline run")
        return
    await Explorer(reading, prominent).build(concept_id or str(prominent[0]["id"]))


class Explorer:
    """One visitor's view: the centre of the picture and what is shown of it."""

    def __init__(self, reading: Reading, prominent: list[dict[str, Any]]) -> None:
        self.reading = reading
        self.prominent = prominent

    async def build(self, concept_id: str) -> None:
        """Lay the page out and show the first concept."""
        with ui.row().classes("w-full items-start gap-4"):
            with ui.column().classes("gap-1 w-96"):
                self.search = (
                    ui.input(placeholder="Search a concept", on_change=self._suggest)
                    .props('outlined dense clearable debounce=150 aria-label="Search a concept"')
                    .classes("w-full bg-white")
                )
                self.search.on("keydown.enter", self._first)
                self.suggestions = ui.column().classes("gap-0 w-full")
            with ui.row().classes("gap-2 flex-1"):
                for row in self.prominent[:10]:
                    self._chip(str(row["label"]), str(row["id"]))
        with ui.grid(columns="3fr 2fr").classes("w-full gap-6"):
            with card("", "w-full self-start"):
                self.heading = ui.label().classes("pl-head")
                self.chart = (
                    ui.echart({"series": []}, on_point_click=self._walk).classes("w-full").style("height: 620px")
                )
                self.legend = ui.row().classes("gap-3")
            self.panel = ui.column().classes("gap-4 w-full")
        await self.show(concept_id)

    def _chip(self, label: str, concept_id: str) -> None:
        async def go() -> None:
            await self.show(concept_id)

        ui.label(label).classes("pl-chip").on("click", go)

    async def _suggest(self) -> None:
        found = await run.io_bound(self.reading.search, self.search.value or "")
        self.suggestions.clear()
        with self.suggestions:
            for row in found:
                self._suggestion(row)

    def _suggestion(self, row: dict[str, Any]) -> None:
        async def go() -> None:
            self.search.value = ""
            await self.show(str(row["id"]))

        with (
            ui.item(on_click=go).props("dense clickable").classes("w-full bg-white rounded"),
            ui.row().classes("items-center gap-3"),
        ):
            ui.label(str(row["label"]))
            tag(str(row["kind"]), _colour(str(row["kind"])))

    async def _first(self) -> None:
        found = await run.io_bound(self.reading.search, self.search.value or "")
        if found:
            self.search.value = ""
            await self.show(str(found[0]["id"]))
        else:
            ui.notify("No concept has that name")

    async def _walk(self, event: EChartPointClickEventArguments) -> None:
        if event.data_type == "node" and isinstance(event.data, dict):
            await self.show(str(event.data["id"]))

    async def show(self, concept_id: str) -> None:
        """Put a concept in the middle."""
        about = await run.io_bound(self.reading.surroundings, concept_id)
        if about is None:
            ui.notify("There is no such concept")
            return
        more = " (the heaviest)" if len(about.edges) >= EDGES else ""
        self.heading.text = f"{about.label} and its {len(about.edges)} relations{more}; click a node to walk on"
        self.chart.options.clear()
        self.chart.options.update(picture(about))
        self.chart.update()
        self._show_legend(about)
        self.panel.clear()
        with self.panel:
            self._show_panel(about)

    def _show_legend(self, about: Surroundings) -> None:
        kinds = {about.kind} | {str(edge[end]) for edge in about.edges for end in ("source_kind", "target_kind")}
        self.legend.clear()
        with self.legend:
            for kind in sorted(kinds):
                tag(kind, _colour(kind))

    def _show_panel(self, about: Surroundings) -> None:
        with card("Concept", "w-full"):
            with ui.row().classes("items-center gap-3"):
                ui.label(about.label).classes("text-xl font-semibold")
                tag(about.kind, _colour(about.kind))
            if about.definition:
                ui.label(about.definition).classes("leading-relaxed")
            for source in about.sources:
                ui.label(f"ConceptNet: {source}").classes("text-sm pl-muted font-mono")
        rules = {row["id"]: row for row in about.rules}.values()
        with card(f"Rules that mention it ({len(rules)})", "w-full max-h-80 overflow-auto"):
            for rule in rules:
                with ui.row().classes("w-full items-start no-wrap gap-3"):
                    tag(str(rule["modality"]), MODALITY_COLOURS.get(str(rule["modality"]), MUTED))
                    ui.label(f"{rule['clause']}  {rule['text']}").classes("text-sm leading-snug")
            if not about.rules:
                ui.label("No rule mentions it; it is common sense around the policy.").classes("text-sm pl-muted")
        with card("In the policy's own words", "w-full max-h-96 overflow-auto"):
            for row in about.passages:
                passage(str(row["clause"] or ""), str(row["text"]), (about.label,))
            if not about.passages:
                ui.label("-").classes("pl-muted")


def picture(about: Surroundings) -> dict[str, Any]:
    """The neighbourhood as options of an ECharts graph. Pure."""
    nodes: dict[str, dict[str, Any]] = {about.id: _node(about.id, about.label, about.kind, centre=True)}
    for edge in about.edges:
        for end in ("source", "target"):
            nodes.setdefault(str(edge[end]), _node(str(edge[end]), str(edge[f"{end}_label"]), str(edge[f"{end}_kind"])))
    joined: dict[tuple[str, str], list[str]] = {}
    for edge in about.edges:
        name = str(edge["type"]) if edge.get("polarity", 1) in (1, None) else f"not {edge['type']}"
        joined.setdefault((str(edge["source"]), str(edge["target"])), []).append(name)
    links = [
        {
            "source": source,
            "target": target,
            "value": ", ".join(names),
            "label": {"show": len(joined) <= 24, "formatter": ", ".join(names)},
        }
        for (source, target), names in joined.items()
    ]
    return {
        "tooltip": {"trigger": "item", "confine": True},
        "animationDurationUpdate": 400,
        "series": [
            {
                "type": "graph",
                "layout": "force",
                "roam": True,
                "draggable": True,
                "data": list(nodes.values()),
                "links": links,
                "force": {
                    "repulsion": 15000 / (len(nodes) + 8),
                    "edgeLength": [70, 190],
                    "gravity": 0.06,
                    "layoutAnimation": False,
                },
                "label": {"show": True, "position": "right", "color": INK, "fontSize": 12},
                "labelLayout": {"hideOverlap": True},
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 7,
                "edgeLabel": {"fontSize": 10, "color": MUTED},
                "lineStyle": {"color": "#c3cad1", "width": 1.3, "curveness": 0.06},
                "emphasis": {"focus": "adjacency", "lineStyle": {"width": 2.4, "color": ACCENT}},
                "scaleLimit": {"min": 0.4, "max": 4},
            }
        ],
    }


def _node(concept_id: str, label: str, kind: str, *, centre: bool = False) -> dict[str, Any]:
    return {
        "id": concept_id,
        "name": label,
        "value": kind,
        "symbolSize": 34 if centre else 17,
        "itemStyle": {"color": _colour(kind), "borderColor": "#fff", "borderWidth": 2},
        "label": {"fontWeight": "bold" if centre else "normal", "fontSize": 15 if centre else 12},
    }


def _colour(kind: str) -> str:
    return KIND_COLOURS.get(kind, "#9aa5b1")
