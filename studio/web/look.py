"""The look of the pages: one frame, one palette (that of the report), small parts that several pages share."""

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from nicegui import ui

INK, PAPER, LINE, MUTED = "#1f2529", "#fbfaf7", "#e3dfd6", "#565d63"
ACCENT, WARM, BAD = "#0b6170", "#a0691a", "#a23e2a"
UNALIGNED = "#85786a"
SERIF = '"Source Serif 4", "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Georgia, serif'
KIND_COLOURS: Mapping[str, str] = {
    "party": "#0b6170", "body": "#3d8793", "action": "#a0691a", "event": "#c08f47", "asset": "#5b6fa8",
    "information": "#7d6aa5", "document": "#94839e", "money": "#6a8f4e", "place": "#8a7356", "time": "#7c8791",
    "quality": "#a6646c", "thing": "#9aa5b1",
}  # fmt: skip
"""One colour per kind of concept."""

PAGES = (("/", "Overview"), ("/ontology", "Ontology"), ("/coverage", "Coverage"), ("/report", "Report"))

CSS = f"""
body {{ background: {PAPER}; color: {INK}; font-family: Inter, "Segoe UI", system-ui, sans-serif; }}
.nicegui-content {{ padding: 0; }}
.pl-page {{ max-width: 1320px; width: 100%; margin: 0 auto; padding: 28px 32px 64px; gap: 22px; }}
.pl-bar {{ background: {PAPER}; color: {INK}; border-bottom: 1px solid {LINE}; box-shadow: none; }}
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
.pl-chip {{ border: 1px solid {LINE}; border-radius: 999px; padding: 3px 12px; cursor: pointer; background: #fff; color: {INK}; }}
.pl-chip:hover {{ border-color: {ACCENT}; color: {ACCENT}; }}
.pl-tag {{ font-size: .75rem; border-radius: 4px; padding: 1px 7px; color: #fff; white-space: nowrap; }}
.pl-track {{ background: #ece9e2; border-radius: 5px; height: 9px; width: 100%; overflow: hidden; }}
.pl-track div {{ background: {ACCENT}; height: 100%; }}
.q-table th {{ font-weight: 600; color: {MUTED}; }}
"""


@contextmanager
def frame(here: str, title: str) -> Iterator[None]:
    """The page around its content: head with navigation, one column."""
    ui.colors(primary=ACCENT, secondary=WARM, negative=BAD)
    ui.add_css(CSS)
    ui.page_title(f"{dict(PAGES)[here]} - Plumbline")
    with ui.header().classes("pl-bar items-center px-8 py-3 gap-8"):
        ui.html(
            f'<svg width="18" height="24" viewBox="0 0 18 24" aria-hidden="true"><path d="M9 0v13" stroke="{INK}" stroke-width="1.8"/>'
            f'<path d="M4.4 12.5h9.2L9 23.5z" fill="{ACCENT}"/></svg>',
            sanitize=False,
        )
        ui.label("Plumbline").classes("text-lg font-semibold -ml-5")
        with ui.row().classes("gap-6").props('role="navigation"'):
            for path, name in PAGES:
                ui.link(name, path).classes("pl-link" + (" here" if path == here else ""))
        ui.space()
        ui.label(title).classes("pl-muted text-sm ellipsis")
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


def track(ratio: float) -> None:
    """A bar of ``ratio`` in [0, 1]."""
    ui.html(
        f'<div class="pl-track"><div style="width:{max(0.0, min(1.0, ratio)):.2%}"></div></div>', sanitize=False
    ).classes("w-full")


def passage(number: str, text: str, words: tuple[str, ...] = ()) -> None:
    """A clause in its own words with ``words`` marked; everything is escaped before it becomes markup."""
    shown = html.escape(text)
    for word in sorted(set(words), key=len, reverse=True):
        pattern = rf"(?<!\w)({re.escape(html.escape(word))}(?:s|es)?)(?!\w)(?![^<]*>)"
        shown = re.sub(pattern, r"<mark>\1</mark>", shown, count=3, flags=re.IGNORECASE)
    ui.html(f'<div class="pl-clause"><b>{html.escape(number)}</b> {shown}</div>', sanitize=False).classes("w-full")


def empty(text: str, command: str) -> None:
    """What a page says when there is nothing to show yet."""
    with card():
        ui.label(text).classes("text-lg")
        ui.label(command).classes("font-mono pl-muted")
