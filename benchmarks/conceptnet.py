"""Reading and indexing ConceptNet against ``zcat FILE | wc -l`` on the same file: one JSON line.

``python -m benchmarks.conceptnet [--rows 34000000] [--file FILE] [--folder DIR]``. Without a file, rows in the
official format are generated with the shares of ConceptNet 5.7: about one in ten joins two English terms.
"""

import argparse
import gzip
import json
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kg.conceptnet import ConceptNetIndex, Tally, build_index
from kg.conceptnet_reader import read_lines

LIMIT = 1.5
LANGUAGES = ("fr", "de", "ru", "ja", "es", "it", "pt", "zh", "fi", "pl", "nl", "la")
RELATIONS = ("RelatedTo", "Synonym", "IsA", "FormOf", "DerivedFrom", "HasContext", "UsedFor", "AtLocation")


def generate(path: Path, rows: int, seed: int = 7) -> None:
    """Write ``rows`` assertions in the official format, packed; the same seed gives the same file."""
    chooser = random.Random(seed)
    words = [f"{first}{second}{third}" for first in _SYLLABLES for second in _SYLLABLES for third in ("", *_SYLLABLES)]
    with gzip.open(path, "wt", compresslevel=6, encoding="utf-8") as file:
        for start in range(0, rows, 10_000):
            file.write("".join(_rows(chooser, words, min(10_000, rows - start))))


_SYLLABLES = tuple(f"{one}{two}" for one in "bdfgklmnprst" for two in "aeiou")


def _rows(chooser: random.Random, words: list[str], count: int) -> Iterator[str]:
    for _ in range(count):
        english = chooser.random() < 0.1
        first, second = ("en", "en") if english else (chooser.choice(LANGUAGES), chooser.choice((*LANGUAGES, "en")))
        # Squaring the draw makes some terms far more frequent than others, as in the real graph.
        names = [words[int(len(words) * chooser.random() ** 2)] for _ in range(2)]
        start, end = f"/c/{first}/{names[0]}/n", f"/c/{second}/{names[1]}"
        relation = f"/r/{chooser.choice(RELATIONS)}"
        info = {
            "dataset": f"/d/wiktionary/{first}", "license": "cc:by-sa/4.0", "weight": round(chooser.random() * 4, 3),
            "sources": [{"contributor": f"/s/resource/wiktionary/{first}", "process": "/s/process/wikiparsec/2"}],
        }  # fmt: skip
        yield f"/a/[{relation}/,{start}/,{end}/]\t{relation}\t{start}\t{end}\t{json.dumps(info)}\n"


def measure(path: Path, index: Path) -> dict[str, object]:
    """Seconds of counting, reading (language filter and line checks) and indexing, and of the neighbours of a term."""
    started = time.perf_counter()
    subprocess.run(f"zcat '{path}' | wc -l", shell=True, check=True, stdout=subprocess.DEVNULL)  # noqa: S602
    counting = time.perf_counter() - started
    started = time.perf_counter()
    tally = Tally()
    kept = sum(1 for _ in read_lines(path, ("en",), tally))
    reading = time.perf_counter() - started
    started = time.perf_counter()
    report = build_index([path], index)
    indexing = time.perf_counter() - started
    with ConceptNetIndex.open(index) as opened:
        terms = opened.terms("/c/en/b", 50)
        opened.neighbours(terms[0])
        waits = []
        for term in terms:
            started = time.perf_counter()
            opened.neighbours(term)
            waits.append(1000 * (time.perf_counter() - started))
    return {
        "rows": tally.lines,
        "kept": kept,
        "rejected": report.rejected,
        "seconds": round(reading, 2),
        "zcat_seconds": round(counting, 2),
        "limit_seconds": round(LIMIT * counting, 2),
        "ratio": round(reading / counting, 3),
        "index_seconds": round(indexing, 2),
        "index_ratio": round(indexing / counting, 3),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "neighbours_ms": round(statistics.median(waits), 2),
        "neighbours_ms_worst": round(max(waits), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=34_000_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--folder", type=Path, help="where the generated file is kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = options.file or Path(folder) / "assertions.csv.gz"
        if options.file is None:
            generate(path, options.rows)
        print(json.dumps(measure(path, Path(folder) / "index.duckdb")))


if __name__ == "__main__":
    main()
