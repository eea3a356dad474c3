"""Start of the embedded server, load and read-back of an ontology of the example's size: one JSON object.

    python -m benchmarks.graph [--clauses 450 --concepts 1200 --relations 2500]

Seconds are wall clock; compare runs on an idle machine, for the server compiles its hot code while it loads.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import psutil

from kg import embedded
from kg.store import open_store
from tests.graph_servers import sized_ontology


def measure(clauses: int, concepts: int, relations: int) -> dict[str, object]:
    """Seconds per step and the server's resident memory in MB."""
    ontology = sized_ontology(clauses, concepts, relations)
    with tempfile.TemporaryDirectory() as folder:
        marks = [time.perf_counter()]
        with open_store(None, workspace=Path(folder)) as store:
            marks.append(time.perf_counter())
            report = store.load(ontology)
            marks.append(time.perf_counter())
            store.load(ontology)
            marks.append(time.perf_counter())
            same = store.ontology() == ontology
            marks.append(time.perf_counter())
            running = embedded.find(Path(folder) / "graph")
            resident = psutil.Process(running.pid).memory_info().rss / 2**20 if running else 0.0
        marks.append(time.perf_counter())
    steps = ("start", "load", "load_again", "read_back", "stop")
    seconds = {name: round(after - before, 3) for name, before, after in zip(steps, marks, marks[1:], strict=False)}
    return {
        "nodes": sum(report.nodes.values()),
        "relationships": sum(report.relationships.values()),
        "seconds": seconds,
        "same": same,
        "server_rss_mb": round(resident),
        "load_average": psutil.getloadavg()[0],
    }


def main() -> None:
    """Print the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clauses", type=int, default=450)
    parser.add_argument("--concepts", type=int, default=1_200)
    parser.add_argument("--relations", type=int, default=2_500)
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.clauses, arguments.concepts, arguments.relations)))


if __name__ == "__main__":
    main()
