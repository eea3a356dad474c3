"""The ontology explorer: search a concept, see its neighbourhood, walk on, read the words of the clauses beside it."""

from collections import Counter
from typing import Any

from nicegui import run, ui
from nicegui.events import GenericEventArguments

from studio.web.look import MODALITY_COLOURS, MUTED, card, chip, empty, passage, tag, told
from studio.web.picture import LINES, NARROW, WIDE, address, colour, line_of, neighbourhood
from studio.web.reading import Edge, Reading, Stated, Surroundings

FOLLOW = """(event) => {
    const link = event.target.closest("a[data-id]");
    if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); emit(link.dataset.id); }
}"""
"""A plain click on a neighbour walks on without loading the page anew."""

SIZES = (24, 48, 96)
"""How many relations the picture may hold."""

TRAIL = 6
"""Concepts that the way back names."""


async def explorer_page(reading: Reading, concept_id: str, term: str = "") -> None:
    """The page; it begins with ``concept_id``, else with the best find for ``term`` (an address that a person can
    write), else with the concept that most rules mention.
    """
    prominent = await run.io_bound(reading.prominent)
    if not prominent:
        empty("The graph holds no concept yet. Read the documents first:", "plumbline ingest")
        return
    found = await run.io_bound(reading.search, term) if term and not concept_id else []
    if term and not concept_id and not found:
        ui.label(f"No concept is called “{term}”. This is the one that most rules mention.").classes("pl-muted")
    await Explorer(reading, prominent).build(concept_id or str((found or prominent)[0]["id"]))


class Explorer:
    """One visitor's view: the concept in the middle, how much of it is shown, and the way there."""

    def __init__(self, reading: Reading, prominent: list[dict[str, Any]]) -> None:
        self.reading = reading
        self.prominent = prominent
        self.found: list[dict[str, Any]] = []
        self.marked = 0
        self.asked = ""
        self.size = SIZES[0]
        self.here = ""
        self.trail: list[tuple[str, str]] = []

    async def build(self, concept_id: str) -> None:
        """Lay the page out and show the first concept."""
        with ui.row().classes("w-full items-start gap-4"):
            with ui.element("div").classes("pl-search"):
                self.search = (
                    ui.input(placeholder="Search a concept", on_change=self._suggest)
                    .props('outlined dense clearable debounce=150 autocomplete=off aria-label="Search a concept"')
                    .classes("w-full bg-white")
                )
                self.search.on("keydown", self._key, ["key"])
                self.suggestions = ui.column().classes("pl-found")
            with ui.row().classes("gap-2 flex-1 min-w-[16rem]"):
                for row in self.prominent[:10]:
                    chip(str(row["label"]), address(str(row["id"])))
        self.note = ui.column().classes("pl-note w-full")
        with ui.element("div").classes("pl-two"):
            with ui.column().classes("w-full gap-5"):
                self._build_picture()
            self.panel = ui.column().classes("gap-5 w-full")
        await self.show(concept_id)

    def _build_picture(self) -> None:
        with card("", "w-full"):
            with ui.row().classes("w-full items-center justify-between gap-3"):
                self.heading = ui.label().classes("pl-head")
                ui.select(list(SIZES), value=self.size, label="Relations shown", on_change=self._resize).props(
                    "dense outlined"
                ).classes("w-36")
            self.way = ui.row().classes("gap-2 items-center text-sm")
            self.drawings = {
                frame.name: ui.html(sanitize=False)
                .classes(f"w-full {frame.name}-only")
                .on("click", self._walk, js_handler=FOLLOW)
                for frame in (WIDE, NARROW)
            }
            self.legend = ui.column().classes("gap-2 w-full")
        with card("Its relations and where they were found", "w-full"):
            self.relations = ui.column().classes("w-full gap-0")

    async def _suggest(self) -> None:
        text = str(self.search.value or "")
        if text == self.asked:  # leaving the field tells its value again: the list must not change under a click
            return
        self.asked, self.marked = text, 0
        self.found = await told(run.io_bound(self.reading.search, text)) or []
        self._list(text)

    def _list(self, text: str) -> None:
        self.suggestions.clear()
        with self.suggestions:
            for place, row in enumerate(self.found):
                self._suggestion(row, marked=place == self.marked)
            if text.strip() and not self.found:
                ui.label("No concept is called so. Try a single word, or its beginning.").classes(
                    "p-3 text-sm pl-muted"
                )

    def _suggestion(self, row: dict[str, Any], *, marked: bool) -> None:
        async def go() -> None:
            await self._choose(row)

        with (
            ui.item(on_click=go).props("dense clickable").classes("w-full" + (" marked" if marked else "")),
            ui.row().classes("items-center gap-3"),
        ):
            ui.label(str(row["label"]))
            tag(str(row["kind"]), colour(str(row["kind"])))

    async def _key(self, event: GenericEventArguments) -> None:
        """The arrow keys go through the suggestions, Enter takes one, Escape closes them."""
        key = event.args["key"]
        if key in {"ArrowDown", "ArrowUp"} and self.found:
            self.marked = (self.marked + (1 if key == "ArrowDown" else -1)) % len(self.found)
            self._list(str(self.search.value or ""))
        elif key == "Escape":
            self.found, self.asked = [], ""
            self._list("")
        elif key == "Enter":
            if not self.found:  # the answer to the last letter is still on its way
                await self._suggest()
            if self.found:
                await self._choose(self.found[self.marked])

    async def _choose(self, row: dict[str, Any]) -> None:
        self.found, self.asked = [], ""
        self.search.value = ""
        self._list("")
        await self.show(str(row["id"]))

    async def _walk(self, event: GenericEventArguments) -> None:
        await self.show(str(event.args))

    async def _resize(self, event: Any) -> None:
        self.size = int(event.value)
        await self.show(self.here)

    async def show(self, concept_id: str) -> None:
        """Put a concept in the middle."""
        about = await told(run.io_bound(self.reading.surroundings, concept_id, self.size))
        if about is None:
            instead = not self.here and concept_id != self.prominent[0]["id"]
            if instead:
                await self.show(str(self.prominent[0]["id"]))
            self._say_missing(shown_instead=instead)
            return
        self.note.clear()
        if self.here != about.id:
            ui.navigate.history.replace(address(about.id))
        self.here = about.id
        shown = (
            f"{len(about.edges)} of its {about.relations:,}"
            if len(about.edges) < about.relations
            else f"its {about.relations}"
        )
        self.heading.text = f"{about.label} and {shown} relations; click one to walk on"
        for frame in (WIDE, NARROW):
            self.drawings[frame.name].content = str(neighbourhood(about, frame))  # escaped where it is drawn
        self._show_way(about)
        self._show_legend(about)
        self._show_relations(about)
        self.panel.clear()
        with self.panel:
            _concept(about)
            _rules(about)

    def _say_missing(self, *, shown_instead: bool) -> None:
        self.note.clear()
        with self.note, card("", "w-full"), ui.column().props('role="status"'):
            ui.label(
                "The graph holds no such concept: the policy may have been read anew. Search for it by its name."
                + (" Shown instead is the one that most rules mention." if shown_instead else "")
            )

    def _show_way(self, about: Surroundings) -> None:
        self.trail = [one for one in self.trail if one[0] != about.id][-TRAIL:]
        self.way.clear()
        with self.way:
            if self.trail:
                ui.label("You came from:").classes("pl-muted")
            for concept_id, label in self.trail:
                self._link(label, concept_id)
        self.trail.append((about.id, about.label))

    def _link(self, label: str, concept_id: str) -> None:
        """A link that walks on without loading the page anew."""

        async def go() -> None:
            await self.show(concept_id)

        ui.link(label, address(concept_id)).on("click", go, js_handler="(e) => {e.preventDefault(); emit()}").classes(
            "text-sm"
        )

    def _show_legend(self, about: Surroundings) -> None:
        kinds = {about.kind} | {kind for edge in about.edges for kind in (edge.source_kind, edge.target_kind)}
        used = {line_of(edge) for edge in about.edges}
        self.legend.clear()
        with self.legend:
            with ui.row().classes("gap-2"):
                for kind in sorted(kinds):
                    tag(kind, colour(kind))
            lines = "".join(
                f'<span><svg width="30" height="8" style="display:inline" aria-hidden="true"><path d="M0 4h30" '
                f'stroke="{shade}" stroke-width="2.5" stroke-dasharray="{dashes}"/></svg> {name}</span>'
                for name, (shade, dashes) in LINES.items()
                if name in used
            )
            ui.html(f'<div class="pl-key">{lines}</div>', sanitize=False)

    def _show_relations(self, about: Surroundings) -> None:
        self.relations.clear()
        with self.relations:
            if not about.edges:
                ui.label("It stands in no relation to another concept.").classes("text-sm pl-muted")
            for edge in about.edges:
                self._relation(edge, about.id)

    def _relation(self, edge: Edge, here: str) -> None:
        with ui.column().classes("w-full gap-0 py-2").style("border-top: 1px solid #eee"):
            with ui.row().classes("items-center gap-2"):
                for id_, label, last in (
                    (edge.source, edge.source_label, False),
                    (edge.target, edge.target_label, True),
                ):
                    if id_ == here:
                        ui.label(label).classes("text-sm font-semibold")
                    else:
                        self._link(label, id_)
                    if not last:
                        tag(edge.name, LINES[line_of(edge)][0] if not edge.common_sense else MUTED)
            found = "; ".join(edge.sources[:3]) + (
                f"; and {len(edge.sources) - 3} more" if len(edge.sources) > 3 else ""
            )
            ui.label(found or "no source is recorded").classes("text-xs pl-muted").style("overflow-wrap: anywhere")


def _concept(about: Surroundings) -> None:
    with card("Concept", "w-full"):
        with ui.row().classes("items-center gap-3"):
            ui.label(about.label).classes("text-xl font-semibold").style("overflow-wrap: anywhere")
            tag(about.kind, colour(about.kind))
        if about.definition:
            ui.label(about.definition).classes("leading-relaxed")
        if about.aliases:
            ui.label(f"Also called: {', '.join(about.aliases)}").classes("text-sm")
        if about.conceptnet:
            ui.label(f"ConceptNet: {about.conceptnet}").classes("text-sm pl-muted font-mono")
        if about.sources:
            more = f" and {len(about.sources) - 4} more" if len(about.sources) > 4 else ""
            ui.label(f"Found in {'; '.join(about.sources[:4])}{more}").classes("text-xs pl-muted").style(
                "overflow-wrap: anywhere"
            )


def _rules(about: Surroundings) -> None:
    with card(f"Rules that mention it ({about.rule_count:,})", "w-full"):
        if not about.rules:
            ui.label("No rule mentions it: it is common sense around the policy.").classes("text-sm pl-muted")
            return
        counts = Counter(rule.modality for rule in about.rules)
        listed = ui.column().classes("w-full gap-0").style("max-height: 46rem; overflow: auto")

        def fill(modality: str) -> None:
            listed.clear()
            with listed:
                for place, rule in enumerate(one for one in about.rules if modality in {"all", one.modality}):
                    _rule(rule, about, opened=place == 0)

        options = {"all": "all modalities"} | {name: f"{name} ({count})" for name, count in counts.most_common()}
        if len(counts) > 1:
            choice = ui.select(options, value="all", on_change=lambda event: fill(str(event.value)))
            choice.props('dense outlined aria-label="Modality"').classes("w-60 max-w-full").move(target_index=1)
        fill("all")
        if about.rule_count > len(about.rules):
            ui.label(f"The first {len(about.rules)}; all of them: plumbline ontology show {about.label!r}").classes(
                "text-xs pl-muted"
            )


def _rule(rule: Stated, about: Surroundings, *, opened: bool) -> None:
    """A rule; unfolded, the words of its clause and where they stand."""
    with ui.expansion(value=opened).classes("w-full pl-rule").props("dense") as item:
        with item.add_slot("header"), ui.row().classes("w-full items-start no-wrap gap-3"):
            tag(rule.modality, MODALITY_COLOURS.get(rule.modality, MUTED))
            ui.label(rule.text).classes("text-sm leading-snug")
        passage(rule.place, rule.words, (about.label, *about.aliases))
