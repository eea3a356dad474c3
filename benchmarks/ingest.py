"""Document to graph against spaCy alone over the same text: ``python -m benchmarks.ingest [FOLDER]``.

FOLDER holds ``asvs``, ``gdpr`` and ``hipaa`` (default ../shared/data/policies). For each document one JSON row: *seconds*
from the file to the loaded graph (reading, rules, concepts, relations, resolution of names, loading), and
*spacy_seconds* of spaCy's stock pipeline of the same model, as ``spacy.load`` gives it, over the same paragraphs with the
same batch size. Both start with the model loaded anew; the graph server runs. The two alternate, ``--repeat`` times; the
least of each counts, because other work on the computer can only add.

``linear`` reads ten documents one by one, then all at once: the text is ten times as long, the time should be the sum.
Exits with 1 when a bar is missed: ratio <= 1.5, a PDF of 120 pages under 60 s, ten times the text <= 1.15 x the sum.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extraction import ExtractionOptions, ingest
from extraction.nlp import BATCH
from kg.model import Ontology
from kg.resolution import merge_concepts, resolve
from kg.store import GraphStore, open_store
from studio.settings import environment
from studio.weights import fetch

ASVS = "asvs/OWASP_Application_Security_Verification_Standard_5.0.0_en"
DOCUMENTS = {
    "asvs_pdf": f"{ASVS}.pdf",
    "asvs_docx": f"{ASVS}.docx",
    "hipaa_html": "hipaa/subchapter-C_part-164.html",
    "gdpr_html": "gdpr/gdpr.html",
}
PARTS = 10


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of the stages of one run, and what came of it."""

    extraction: float
    resolution: float
    loading: float
    ontology: Ontology

    @property
    def total(self) -> float:
        return self.extraction + self.resolution + self.loading


def to_graph(paths: Sequence[Path], options: ExtractionOptions, store: GraphStore) -> Taken:
    """Files to the loaded graph."""
    store.clear()
    started = time.perf_counter()
    ontology = ingest(paths, options).ontology
    extracted = time.perf_counter()
    ontology = merge_concepts(ontology, resolve(ontology.concepts))
    resolved = time.perf_counter()
    store.load(ontology)
    return Taken(extracted - started, resolved - extracted, time.perf_counter() - resolved, ontology)


def spacy_alone(ontology: Ontology, model: Path) -> float:
    """Seconds of the stock pipeline over the paragraphs of the documents."""
    import spacy

    config = next(model.rglob("config.cfg"))
    started = time.perf_counter()
    nlp = spacy.load(config.parent)
    paragraphs = [text for document in ontology.documents for text in document.text.split("\n\n")]
    for _ in nlp.pipe(paragraphs, batch_size=BATCH):
        pass
    return time.perf_counter() - started


def compare(path: Path, options: ExtractionOptions, store: GraphStore, repeat: int) -> dict[str, object]:
    """One document: both times, their ratio, and where ours went."""
    ours, alone = [], []
    for _ in range(repeat):
        ours.append(to_graph([path], options, store))
        alone.append(spacy_alone(ours[-1].ontology, Path(options.model)))
    best, spacy_seconds = min(ours, key=lambda taken: taken.total), min(alone)
    document = best.ontology.documents[0]
    return {
        "pages": document.pages,
        "words": document.words,
        "seconds": round(best.total, 2),
        "spacy_seconds": round(spacy_seconds, 2),
        "ratio": round(best.total / spacy_seconds, 3),
        "extraction": round(best.extraction, 2),
        "resolution": round(best.resolution, 2),
        "loading": round(best.loading, 2),
        "rules": len(best.ontology.rules),
        "concepts": len(best.ontology.concepts),
        "relations": len(best.ontology.relations),
    }


def linear(folder: Path, options: ExtractionOptions, store: GraphStore) -> dict[str, object]:
    """Ten documents of which none repeats another, one by one and together."""
    files = sorted(folder.rglob("*.md"), key=lambda path: (-path.stat().st_size, path.name))[:PARTS]
    single = [to_graph([path], options, store).total for path in files]
    together = to_graph(files, options, store)
    return {
        "documents": len(files),
        "words": sum(document.words for document in together.ontology.documents),
        "one_by_one": round(sum(single), 2),
        "together": round(together.total, 2),
        "growth": round(together.total / sum(single), 3),
    }


def measure(root: Path, options: ExtractionOptions, store: GraphStore, repeat: int) -> dict[str, object]:
    """All documents on one store."""
    rows = {name: compare(root / path, options, store, repeat) for name, path in DOCUMENTS.items()}
    growth = linear(root / "github-site-policy", options, store)
    pages = [row for row in rows.values() if row["pages"]]
    passed = (
        max(float(str(row["ratio"])) for row in rows.values()) <= 1.5
        and all(float(str(row["seconds"])) < 60 for row in pages)
        and float(str(growth["growth"])) <= 1.15
    )
    return {
        "pages": sum(int(str(row["pages"])) for row in rows.values()),
        "words": sum(int(str(row["words"])) for row in rows.values()),
        "seconds": round(sum(float(str(row["seconds"])) for row in rows.values()), 2),
        "spacy_seconds": round(sum(float(str(row["spacy_seconds"])) for row in rows.values()), 2),
        "ratio": max(float(str(row["ratio"])) for row in rows.values()),
        "by_document": rows,
        "linear": growth,
        "passed": passed,
    }


def main() -> int:
    """Prints the measurement of the embedded store, and that of Neo4j where NEO4J_URI_TEST names one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/policies"))
    parser.add_argument("--repeat", type=int, default=2)
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        sys.exit(f"{arguments.folder} is not a folder; give one that holds asvs, gdpr, hipaa and github-site-policy")
    import spacy  # noqa: F401  (its import is no part of either time)

    options = ExtractionOptions(exclude=(), model=str(fetch("spacy", environment().cache)))
    with tempfile.TemporaryDirectory() as folder:
        with open_store(None, workspace=Path(folder)) as store:
            result: dict[str, object] = {"store": "embedded"}
            result |= measure(arguments.folder, options, store, arguments.repeat)
        if uri := os.environ.get("NEO4J_URI_TEST"):
            account = (os.environ.get("NEO4J_USER_TEST", ""), os.environ.get("NEO4J_PASSWORD_TEST", ""))
            with open_store(uri, user=account[0], password=account[1], workspace=Path(folder)) as store:
                result["neo4j"] = measure(arguments.folder, options, store, arguments.repeat)
    print(json.dumps(result))
    return 0 if result["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
