"""When to try again: exponential backoff with full jitter (Brooker, AWS 2015), never before a server's Retry-After.

RFC 9110, 10.2.3: ``Retry-After`` is a number of seconds or an HTTP date.
"""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Status codes after which the same request may yet be answered."""
_FIRST_SECONDS = 0.5
_MOST_SECONDS = 30.0


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """The seconds that a ``Retry-After`` asks to wait, never negative; None without one or where it cannot be read."""
    if header is None:
        return None
    text = header.strip()
    try:
        return max(0.0, float(text)) if float(text) < float("inf") else None
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def backoff(tries: int, rng: random.Random) -> float:
    """Seconds to wait after ``tries`` failed tries where the server asks for none: at most .5, 1, 2, ... 30."""
    return rng.uniform(0.1, min(_MOST_SECONDS, _FIRST_SECONDS * 2.0 ** (tries - 1)))


class Gate:
    """Holds all requests back while a server has asked for a pause, so that a limit hit by one is not hit by all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open_at = 0.0
        self._closed = threading.Event()

    def hold(self, seconds: float) -> None:
        """Let nobody through for so many seconds from now."""
        with self._lock:
            self._open_at = max(self._open_at, self._clock() + seconds)

    def wait(self, seconds: float = 0.0) -> bool:
        """Wait so long, and until the gate is open; False when the work was ended meanwhile."""
        until = self._clock() + seconds
        while True:
            with self._lock:
                left = max(until, self._open_at) - self._clock()
            if self._closed.is_set():
                return False
            if left <= 0:
                return True
            self._closed.wait(min(left, 1.0))

    def end(self) -> None:
        """Wake and turn away all who wait."""
        self._closed.set()
