"""The progress port: long work reports ``(stage, done, total)``; the default listens to nothing."""

from typing import Protocol


class Progress(Protocol):
    """Told after each unit of work. ``total`` is 0 when it is not known."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """The do-nothing listener: call sites need no ``if``."""
