"""What a person sees: progress and tables on a terminal, plain lines elsewhere, JSON when asked for."""

import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kg.progress import Progress
from studio.codec import encode

PLAIN_EVERY_SECONDS = 10.0


def print_json(value: object) -> None:
    """One JSON object on standard output, in one line."""
    print(json.dumps(encode(value), ensure_ascii=False), flush=True)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on standard output; numbers stand right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title or None, title_justify="left", title_style="bold")
    shown = [list(row) for row in rows]
    for place, name in enumerate(columns):
        numeric = bool(shown) and all(isinstance(row[place], int | float) for row in shown)
        made.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in shown:
        made.add_row(*(Text(cell(value)) for value in row))
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(made)


def figures(title: str, values: Mapping[str, Any]) -> None:
    """A table of two columns."""
    table(title, ("", ""), [(name, cell(value)) for name, value in values.items()])


def cell(value: object) -> str:
    """A value as it stands in a table."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, dict | list | tuple):
        return json.dumps(encode(value), ensure_ascii=False)
    return str(value)


@lru_cache(maxsize=1)
def display() -> Progress:
    """The progress display of this process, on standard error."""
    return Bars() if sys.stderr.isatty() else Lines()


class Lines:
    """Progress without a terminal: a line when a stage begins, every ten seconds, and when it ends."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = 0.0
        self._last = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        moment = time.monotonic()
        begins, ends = stage != self._stage, bool(total) and done >= total
        if begins:
            self._stage, self._began = stage, moment
        if begins or ends or moment - self._last >= PLAIN_EVERY_SECONDS:
            self._last = moment
            count = f" {done:,}/{total:,}" if total else ""
            took = f" ({moment - self._began:.1f} s)" if ends and not begins else ""
            print(f"{stage}{count}{took}", file=sys.stderr, flush=True)


class Bars:
    """One rich bar per stage; the finished ones stay above."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bars = Progress(
            SpinnerColumn(finished_text="[green]✓[/]"),
            TextColumn("{task.description:<28}", markup=False),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, Any] = {}
        self._current = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not self._tasks:
            self._bars.start()
        if stage not in self._tasks:
            self._finish()
            self._tasks[stage] = self._bars.add_task(stage, total=total or None)
        self._current = stage
        self._bars.update(self._tasks[stage], completed=done, total=total or None)

    def _finish(self) -> None:
        """A new stage says that the one before it is done."""
        if self._current:
            task = self._tasks[self._current]
            known = next(item.total for item in self._bars.tasks if item.id == task)
            self._bars.update(task, total=known or 1, completed=known or 1)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._tasks:
            self._finish()
            self._bars.stop()


def close_display() -> None:
    """End the progress display before results are printed."""
    shown = display()
    if isinstance(shown, Bars):
        shown.close()
