"""Reading ConceptNet into its index against ``zcat FILE | wc -l`` on the same file: one JSON line.

``python -m benchmarks.conceptnet [--rows 34000000] [--repeat 1] [--file FILE] [--folder DIR]``. Without a file, rows in
the official format are made up (:mod:`benchmarks.conceptnet_rows`). ``seconds`` is the whole import: unpacking, language
filter, checks, parsing, sorting and writing. With ``--repeat`` the two take turns and the medians count. Where other
programs use the processor too, compare the processor seconds of both.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.conceptnet_rows import ROWS, generate
from kg.conceptnet import ConceptNetIndex, IndexReport, Tally, build_index
from kg.conceptnet_reader import read_lines

LIMIT = 1.5
"""Times ``zcat | wc -l``."""
LIMIT_MB = 1000
LIMIT_MS = 20
ASKED = 200
"""Terms whose neighbours are asked for: half of them any, half those with the most assertions."""
Seconds = tuple[float, float]
"""On the clock, and of the processor."""


def measure(path: Path, index: Path, repeat: int) -> dict[str, object]:
    """Counting, filtering and indexing in turns, then the neighbours of many terms."""
    reports: list[IndexReport] = []
    times: dict[str, list[Seconds]] = {"zcat": [], "filter": [], "index": []}
    for _ in range(repeat):
        times["zcat"].append(_timed(lambda: _count(path)))
        times["filter"].append(_timed(lambda: _filter(path)))
        times["index"].append(_timed(lambda: reports.append(build_index([path], index))))
    clock = {name: statistics.median(wall for wall, _ in found) for name, found in times.items()}
    processor = {name: statistics.median(busy for _, busy in found) for name, found in times.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    waits = neighbours(index)
    report = reports[-1]
    return {
        "rows": report.lines,
        "assertions": report.assertions,
        "terms": report.terms,
        "relations": len(report.relations),
        "rejected": report.rejected,
        "index_mb": report.bytes >> 20,
        "seconds": round(clock["index"], 2),
        "zcat_seconds": round(clock["zcat"], 2),
        "limit_seconds": round(LIMIT * clock["zcat"], 2),
        "ratio": round(clock["index"] / clock["zcat"], 3),
        "filter_ratio": round(clock["filter"] / clock["zcat"], 3),
        "processor_seconds": round(processor["index"], 2),
        "zcat_processor_seconds": round(processor["zcat"], 2),
        "processor_ratio": round(processor["index"] / processor["zcat"], 3),
        "peak_rss_mb": round(peak),
        "limit_rss_mb": LIMIT_MB,
        "neighbours_ms": round(statistics.median(waits), 2),
        "neighbours_ms_worst": round(max(waits), 2),
        "limit_neighbours_ms": LIMIT_MS,
        "load": round(os.getloadavg()[0], 1),
    }


def neighbours(index: Path, seed: int = 7) -> list[float]:
    """Milliseconds of the hundred heaviest neighbours of each of :data:`ASKED` terms, in any order."""
    with ConceptNetIndex.open(index) as opened:
        terms = _asked(index, seed)
        opened.neighbours(terms[0])
        waits = []
        for term in terms:
            started = time.perf_counter()
            opened.neighbours(term)
            waits.append(1000 * (time.perf_counter() - started))
    return waits


def _asked(index: Path, seed: int) -> list[str]:
    import duckdb

    with duckdb.connect(str(index), read_only=True) as database:
        rows = database.execute("SELECT term FROM edge GROUP BY term ORDER BY count(*) DESC, term").fetchall()
    terms = [term for (term,) in rows]
    chooser = random.Random(seed)
    asked = terms[: ASKED // 2] + chooser.sample(terms, min(len(terms), ASKED // 2))
    chooser.shuffle(asked)
    return asked


def _timed(work: Callable[[], object]) -> Seconds:
    """The seconds of ``work`` on the clock, and those of the processor in this process and its children."""
    started, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return time.perf_counter() - started, sum(after[:4]) - sum(before[:4])


def _count(path: Path) -> None:
    subprocess.run(f"zcat '{path}' | wc -l", shell=True, check=True, stdout=subprocess.DEVNULL)  # noqa: S602


def _filter(path: Path) -> int:
    """Read and filter, without parsing."""
    return sum(1 for _ in read_lines(path, ("en",), Tally()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--folder", type=Path, help="where the generated file and the index are kept for a while")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = options.file or Path(folder) / "assertions.csv.gz"
        if options.file is None:
            generate(path, options.rows)
        print(json.dumps(measure(path, Path(folder) / "conceptnet.index", options.repeat)))


if __name__ == "__main__":
    main()
