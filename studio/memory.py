"""How much memory this process and its children (the embedded graph server among them) held at most."""

import ctypes
import gc
import threading
from types import TracebackType
from typing import Self

import psutil

EVERY_SECONDS = 0.25
MIB = 1024 * 1024


def release() -> None:
    """Give freed memory back to the system: between two stages the allocator would keep what the first one needed."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, musl has not
    if trim is not None:
        trim(0)


class PeakMemory:
    """A context that samples the resident set size of the process tree; ``peak_mb`` is the largest sum seen, in MiB.

    Pages shared between a parent and its children are counted for each of them, so the figure errs upwards.
    """

    def __init__(self) -> None:
        self._peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="peak-memory", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def peak_mb(self) -> int:
        self._sample()
        return self._peak // MIB

    def _watch(self) -> None:
        while not self._stop.wait(EVERY_SECONDS):
            self._sample()

    def _sample(self) -> None:
        me = psutil.Process()
        total = 0
        for process in [me, *me.children(recursive=True)]:
            try:
                total += process.memory_info().rss
            except psutil.Error:  # it ended meanwhile
                continue
        self._peak = max(self._peak, total)
