"""A reading query has so long and no longer, whatever the server does."""

import queue
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from kg.store import QueryError

NARROW: Final = "narrow the MATCH or add a LIMIT"

T = TypeVar("T")


def within(seconds: float, answer: Callable[[], T], give_up: Callable[[], None]) -> T:
    """What ``answer`` returns or raises; after ``seconds`` without either, ``give_up`` is called instead of waiting on,
    so that no page or command hangs. ``answer`` runs in a thread of its own, which nobody waits for any more then.

    Raises:
        QueryError: there was no answer in time.
    """
    answers: queue.SimpleQueue[tuple[T] | BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put((answer(),))
        except BaseException as error:  # noqa: BLE001  (handed to the caller, who raises it)
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        give_up()
        raise QueryError(f"the query took too long: no answer within {seconds:.0f} s", NARROW) from None
    if isinstance(found, BaseException):
        raise found
    return found[0]
