"""Deontic rules against a gold set: ``python -m benchmarks.rules --gold FILE``.

Prints exactly the JSON of the scorer that stands beside the gold set (``score.py``), loaded from there.
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from extraction.nlp import Analyser
from extraction.rules import extract_frames
from extraction.rules_lists import texts_needed
from studio.settings import environment
from studio.weights import fetch

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "gold"


def predictions(rows: Sequence[dict[str, Any]], analyser: Analyser) -> list[dict[str, Any]]:
    """One row per gold row: its id and the rules read from its sentence and context alone."""
    analyser.analyse([text for row in rows for text in texts_needed(row["sentence"], row.get("context", ""))])
    fields = ("modality", "actor", "action", "object", "condition", "exception", "authority")
    return [
        {
            "id": row["id"],
            "rules": [
                {name: str(getattr(frame, name)) for name in fields}
                for frame in extract_frames(row["sentence"], row.get("context", ""), analyser)
            ],
        }
        for row in rows
    ]


def load_scorer(gold: Path) -> ModuleType:
    """The scorer beside the gold file, or the shared one."""
    path = next((p for p in (gold.resolve().parent / "score.py", SHARED / "score.py") if p.is_file()), None)
    if path is None:
        sys.exit(f"no score.py beside {gold}; put the scorer of the gold set there")
    spec = importlib.util.spec_from_file_location("gold_scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--gold", type=Path, required=True, help="gold rows, one JSON object per line")
    parser.add_argument(
        "--model", default="", help="spaCy package or folder; by default the parser of `plumbline weights`"
    )
    parser.add_argument("--predictions", type=Path, help="also write the predicted rows here")
    options = parser.parse_args(arguments)
    if not options.gold.is_file():
        sys.exit(f"{options.gold} is not a file; give the path of a gold set with --gold")
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    model = options.model or fetch("spacy", environment().cache)
    predicted = predictions(rows, Analyser(model))
    if options.predictions:
        lines = (json.dumps(row, ensure_ascii=False) for row in predicted)
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(json.dumps(load_scorer(options.gold).score(rows, predicted), ensure_ascii=False))


if __name__ == "__main__":
    main()
