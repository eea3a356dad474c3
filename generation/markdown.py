"""Markdown written from data: what documents and the graph bring is escaped, so that it stays text."""

import html
import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"([\\`*_\[\]|~$])")
_LIST = re.compile(r"^(\d+)([.)])|^([-+=#])")
_LINK = re.compile(r"\b(https?|ftp|mailto)(?=:)", re.IGNORECASE)


def escaped(text: object, *, first: bool = False) -> str:
    """``text`` on one line with every mark of Markdown and HTML made harmless; ``first`` where it begins a line."""
    line = _MARKS.sub(r"\\\1", html.escape(" ".join(str(text).split()), quote=False))
    if first:
        line = _LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)
    return _LINK.sub(r"\1&#8203;", line)  # a bare address is made a link by some renderers


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a table, an empty one after it; the cells are escaped."""
    body = [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *body, ""]


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else escaped(value)
