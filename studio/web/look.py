"""The look of the pages: one frame, one palette (that of the report), small parts that several pages share."""

import html
import re
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from nicegui import ui

from kg.errors import PlumblineError

T = TypeVar("T")

INK, PAPER, LINE, MUTED = "#1f2529", "#fbfaf7", "#e3dfd6", "#565d63"
ACCENT, WARM, BAD = "#0b6170", "#a0691a", "#a23e2a"
UNALIGNED = "#85786a"
SERIF = '"Source Serif 4", "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Georgia, serif'
KIND_COLOURS: Mapping[str, str] = {
    "party": "#0b6170", "body": "#377e8a", "action": "#a0691a", "event": "#946e31", "asset": "#5b6fa8",
    "information": "#7d6aa5", "document": "#7f6e87", "money": "#5c7d42", "place": "#877054", "time": "#6a757f",
    "quality": "#a26269", "thing": "#6c747d",
}  # fmt: skip
"""One colour per kind of concept, dark enough for white words on it (4.5 : 1, WCAG 2.2)."""

MODALITY_COLOURS: Mapping[str, str] = {
    "prohibition": BAD, "obligation": "#8a5200", "permission": ACCENT, "recommendation": "#4a5c99", "definition": MUTED,
}  # fmt: skip
"""One colour per modality; its word always stands on it."""

PAGES = (("/", "Overview"), ("/ontology", "Ontology"), ("/coverage", "Coverage"), ("/report", "Report"))

CSS = f"""
body {{ background: {PAPER}; color: {INK}; font-family: Inter, "Segoe UI", system-ui, sans-serif; }}
.nicegui-content {{ padding: 0; }}
.pl-page > * {{ min-width: 0; }}
.pl-two, .pl-two-even {{ display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 22px; width: 100%; align-items: start; }}
.pl-two-even {{ grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }}
.pl-page {{ max-width: 1320px; width: 100%; margin: 0 auto; padding: 28px 32px 64px; gap: 22px; }}
.pl-bar {{ background: {PAPER}; color: {INK}; border-bottom: 1px solid {LINE}; box-shadow: none; }}
.pl-name {{ margin-left: -20px; }}
.pl-link {{ color: {MUTED}; text-decoration: none; padding: 6px 2px; border-bottom: 2px solid transparent; font-weight: 500; }}
.pl-link.here {{ color: {INK}; border-color: {ACCENT}; }}
.nicegui-link {{ color: {ACCENT}; }}
.pl-card {{ background: #fff; border: 1px solid {LINE}; border-radius: 10px; box-shadow: none; padding: 20px 22px; }}
.pl-title {{ font: 400 2.1rem/1.15 {SERIF}; letter-spacing: -.012em; }}
.pl-head {{ font-size: .78rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: {MUTED}; }}
.pl-figure {{ font: 400 2.2rem/1.15 {SERIF}; font-variant-numeric: lining-nums tabular-nums; letter-spacing: -.02em; }}
.pl-muted {{ color: {MUTED}; }}
.pl-clause {{ border-left: 3px solid {LINE}; padding-left: 12px; line-height: 1.5; }}
.pl-clause mark {{ background: #fdf0cf; padding: 0 2px; border-radius: 3px; }}
.pl-chip {{ border: 1px solid {LINE}; border-radius: 999px; padding: 3px 12px; background: #fff; color: {INK} !important; text-decoration: none; }}
.pl-chip:hover {{ border-color: {ACCENT}; color: {ACCENT} !important; }}
.pl-search {{ position: relative; width: 24rem; max-width: 100%; }}
.pl-found {{ position: absolute; top: 100%; left: 0; right: 0; z-index: 10; background: #fff; border: 1px solid {LINE}; border-radius: 8px; box-shadow: 0 8px 24px rgb(0 0 0 / .12); gap: 0; margin-top: 4px; max-height: 22rem; overflow-y: auto; }}
.pl-found:empty, .pl-note:empty {{ display: none; }}
.pl-found .marked {{ background: #eef3f2; }}
:focus-visible {{ outline: 2px solid {ACCENT}; outline-offset: 2px; border-radius: 3px; }}
.pl-tag {{ font-size: .75rem; border-radius: 4px; padding: 1px 7px; color: #fff; white-space: nowrap; }}
.pl-track {{ background: #ece9e2; border-radius: 5px; height: 9px; width: 100%; overflow: hidden; }}
.pl-track div {{ background: {ACCENT}; height: 100%; }}
.q-table th {{ font-weight: 600; color: {MUTED}; white-space: nowrap; }}
.q-table td {{ white-space: normal !important; overflow-wrap: break-word; }} .q-table td:first-child {{ min-width: 7rem; }}
.pl-card .q-table__top {{ padding: 0 0 10px; }}
.pl-rule .q-item {{ padding: 8px 0; }} .pl-rule .q-item__section--side {{ padding-right: 10px; }} .pl-rule .q-expansion-item__content {{ padding: 4px 0 10px; }}
.pl-rule + .pl-rule {{ border-top: 1px solid {LINE}; }}
svg {{ display: block; max-width: 100%; overflow: visible; }} .treemap {{ width: 100%; height: auto; }}
.t-group {{ fill: {INK}; font-weight: 600; }} .t-cell {{ fill: {INK}; font-size: 10.5px; }} .t-note, .t-tick {{ fill: {MUTED}; font-size: 11.5px; }}
.q0 {{ fill: #cc7a5c; }} .q1 {{ fill: #dda061; }} .q2 {{ fill: #ecc774; }} .q3 {{ fill: #e6dca4; }} .q4 {{ fill: #dcebe8; }}
.crossed {{ stroke: {INK}; opacity: .55; fill: none; }}
.whisker {{ stroke-width: 1.6; stroke-linecap: round; }} .strip .rail {{ stroke: {LINE}; }} .strip .target {{ stroke: {MUTED}; stroke-dasharray: 2 3; }}
.unaligned .whisker {{ stroke: {UNALIGNED}; }} .unaligned circle {{ fill: #fff; stroke: {UNALIGNED}; stroke-width: 2; }}
.aligned .whisker {{ stroke: {ACCENT}; }} .aligned circle {{ fill: {ACCENT}; }}
.pl-key {{ display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: .8rem; color: {MUTED}; align-items: center; }}
.pl-key i {{ width: 13px; height: 13px; border-radius: 2px; display: inline-block; margin-right: 6px; vertical-align: -2px; }}
.near {{ width: 100%; height: auto; }} .near a {{ cursor: pointer; }} .near a:hover text, .near a:focus text {{ text-decoration: underline; }} .near-name {{ font-size: 10px; fill: {MUTED}; paint-order: stroke; stroke: #fff; stroke-width: 3px; }} .near-centre {{ paint-order: stroke; stroke: #fff; stroke-width: 4px; }}
.narrow-only {{ display: none; }}
@media (max-width: 900px) {{ .pl-two, .pl-two-even {{ grid-template-columns: minmax(0, 1fr); }} .pl-page {{ padding: 20px 16px 48px; }} .pl-title {{ font-size: 1.7rem; }} }}
@media (max-width: 640px) {{ .pl-bar {{ padding: 8px 16px !important; gap: 4px 20px !important; }} .pl-name {{ margin-left: -10px; }} .pl-policy {{ display: none; }} .wide-only {{ display: none; }} .narrow-only {{ display: block; }} .pl-card {{ padding: 16px; }} .q-table__bottom .q-table__control:first-of-type {{ display: none; }} .q-table th, .q-table td {{ padding: 5px 8px 5px 0 !important; }} }}
"""


@contextmanager
def frame(here: str, title: str) -> Iterator[None]:
    """The page around its content: head with navigation, one column."""
    ui.colors(primary=ACCENT, secondary=WARM, negative=BAD)
    ui.add_css(CSS)
    ui.page_title(f"{dict(PAGES).get(here, 'No such page')} - Plumbline")
    with ui.header().classes("pl-bar items-center px-8 py-3 gap-8"):
        ui.html(
            f'<svg width="18" height="24" viewBox="0 0 18 24" aria-hidden="true"><path d="M9 0v13" stroke="{INK}" stroke-width="1.8"/>'
            f'<path d="M4.4 12.5h9.2L9 23.5z" fill="{ACCENT}"/></svg>',
            sanitize=False,
        )
        ui.label("Plumbline").classes("pl-name text-lg font-semibold")
        with ui.row().classes("gap-6").props('role="navigation"'):
            for path, name in PAGES:
                link = ui.link(name, path).classes("pl-link" + (" here" if path == here else ""))
                if path == here:
                    link.props('aria-current="page"')
        ui.space()
        ui.label(title).classes("pl-policy pl-muted text-sm ellipsis")
    with ui.column().classes("pl-page"):
        yield


@contextmanager
def card(head: str = "", classes: str = "") -> Iterator[None]:
    """A white panel with a small heading."""
    with ui.card().classes(f"pl-card gap-3 {classes}"):
        if head:
            ui.label(head).classes("pl-head")
        yield


def figure(value: str, name: str, note: str = "") -> None:
    """A large figure with its name."""
    with ui.column().classes("gap-0 min-w-[7rem]"):
        ui.label(value).classes("pl-figure")
        ui.label(name).classes("text-sm pl-muted")
        if note:
            ui.label(note).classes("text-xs pl-muted")


def tag(text: str, colour: str) -> None:
    """A small coloured word."""
    ui.label(text).classes("pl-tag").style(f"background:{colour}")


def chip(text: str, address: str) -> None:
    """A rounded link."""
    ui.link(text, address).classes("pl-chip")


def track(ratio: float) -> None:
    """A bar of ``ratio`` in [0, 1]; the figures stand beside it."""
    ui.html(
        f'<div class="pl-track" aria-hidden="true"><div style="width:{max(0.0, min(1.0, ratio)):.2%}"></div></div>',
        sanitize=False,
    ).classes("w-full")


def passage(place: str, text: str, words: tuple[str, ...] = ()) -> None:
    """A clause in its own words with ``words`` marked, and where it stands; everything is escaped before it is markup."""
    shown = html.escape(text)
    for word in sorted(filter(None, words), key=len, reverse=True):
        pattern = rf"(?<!\w)({re.escape(html.escape(word))}(?:s|es)?)(?!\w)(?![^<]*>)"
        shown = re.sub(pattern, r"<mark>\1</mark>", shown, count=3, flags=re.IGNORECASE)
    where = f'<div class="pl-muted text-xs">{html.escape(place)}</div>' if place else ""
    ui.html(f'<div class="pl-clause text-sm">{shown}{where}</div>', sanitize=False).classes("w-full")


def empty(text: str, command: str) -> None:
    """What a page says when there is nothing to show yet."""
    with card("", "w-full"), ui.column().classes("gap-2").props('role="status"'):
        ui.label(text).classes("text-lg")
        ui.label(command).classes("font-mono pl-muted")


async def told(work: Awaitable[T]) -> T | None:
    """What ``work`` gives; a failure after the page was drawn (the graph's server is gone) is told with its remedy."""
    try:
        return await work
    except PlumblineError as error:
        ui.notify(f"{error}. {error.hint}", type="negative", multi_line=True, timeout=0, close_button="Close")
        return None
