"""Conflicts between rules, against planted ones and the clock: ``python -m benchmarks.conflicts [--documents PATH ...]``.

Prints one JSON object. ``cases``: precision and recall on documents with planted conflicts (``tests/kg/conflict_gold.json``),
through the real extraction. Precision counts what was found (a pair that the text itself excepts must be reported as an
exception), recall what was planted. The peer is what a graph with embeddings or full text would do: every pair of rules
whose modality opposes and whose sentences share at least half of the shorter one's words. ``seconds_10k`` is the time for
10,000 made rules, ``growth`` how many times longer than for 2,000 (5 is linear). With ``--documents``, how many conflicts of
each kind are found there, and in what time.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.conflicts import find_conflicts
from kg.model import Clause, ClauseKind, Conflict, Modality, Ontology, Rule, Span
from kg.words import content

HOME = Path(__file__).resolve().parents[1] / "tests" / "kg"
LIMIT = 10.0
PEER = 0.5
OPPOSED = ({Modality.OBLIGATION, Modality.PROHIBITION}, {Modality.PERMISSION, Modality.PROHIBITION})


@dataclass(frozen=True, slots=True)
class Case:
    """Documents and their pairs of clauses; see ``tests/kg/test_conflicts_documents.py``."""

    documents: tuple[Path, ...]
    planted: Mapping[str, str]
    also: Mapping[str, str]
    excepted: tuple[str, ...]
    near: Mapping[str, str]
    least_recall: float = 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """Precision over what was found, recall over what was planted, and which pairs were wrong or missed."""

    found: int
    precision: float
    recall: float
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def _case(raw: Mapping[str, Any]) -> Case:
    documents = tuple((HOME / name).resolve() for name in raw["documents"])
    return Case(
        documents, raw["planted"], raw["also"], tuple(raw["excepted"]), raw["near"], raw.get("least_recall", 0.9)
    )


GOLD: Mapping[str, Case] = {
    name: _case(raw) for name, raw in json.loads((HOME / "conflict_gold.json").read_text(encoding="utf-8")).items()
}


@lru_cache(maxsize=8)
def read(documents: tuple[Path, ...], parser: str) -> Ontology:
    """The ontology of documents by the real extraction."""
    from extraction.options import ExtractionOptions
    from extraction.pipeline import ingest

    return ingest(documents, ExtractionOptions(model=parser, words_per_rule=0)).ontology


def place(ontology: Ontology, rule_id: str) -> str:
    """``2.1``, or ``r2.1`` where there are several documents."""
    rule = ontology.rule_by_id[rule_id]
    number = ontology.clause_by_id[rule.clause_id].number or ontology.section_by_id[rule.section_id].number
    return (
        Path(ontology.document_by_id[rule.document_id].path).name[0] if len(ontology.documents) > 1 else ""
    ) + number


def pair(ontology: Ontology, conflict: Conflict) -> frozenset[str]:
    """The clauses of a conflict."""
    return frozenset((place(ontology, conflict.rule_a), place(ontology, conflict.rule_b)))


def judge(ontology: Ontology, case: Case, found: Sequence[Conflict] | None = None) -> Judged:
    """What was found against the gold."""
    found = find_conflicts(ontology) if found is None else found
    true = {frozenset(text.split()) for text in (*case.planted, *case.also)}
    excepted = {frozenset(text.split()) for text in case.excepted}
    pairs = [(pair(ontology, one), one.kind) for one in found]
    right = [both for both, kind in pairs if both in true or (both in excepted and kind == "exception")]
    wrong = [f"{' '.join(sorted(both))} {kind}" for both, kind in pairs if both not in right]
    missed = [text for text in case.planted if frozenset(text.split()) not in right]
    return Judged(
        len(found), len(right) / max(1, len(found)), 1 - len(missed) / len(case.planted), tuple(wrong), tuple(missed)
    )


def peer(ontology: Ontology) -> list[Conflict]:
    """Opposite modality and shared words, over all pairs."""
    rules = [(rule, frozenset(content(rule.text))) for rule in ontology.rules]
    return [
        Conflict(f"{one.id} {other.id}", one.id, other.id, "contradiction", "")
        for (one, words), (other, more) in combinations(rules, 2)
        if {one.modality, other.modality} in OPPOSED
        and one.text != other.text
        and len(words & more) >= PEER * max(1, min(len(words), len(more)))
    ]


_VERBS = (
    "keep delete disclose accept give use report buy open lock encrypt review sign approve store enter copy publish"
)
_HEADS = "record log file gift laptop form report contract key badge sample invoice account backup letter drawing device list"
_NAMES = (
    "annual personal medical internal external draft paper digital old new client project visitor patient research board daily "
    "archived printed sealed local shared private public raw final signed lost damaged spare"
)
VERBS, HEADS, NAMES = _VERBS.split(), _HEADS.split(), _NAMES.split()
ACTORS = (
    "Employees",
    "Contractors",
    "Managers",
    "Technicians",
    "Visitors",
    "The Records Office",
    "Line managers",
    "Partners",
)
MODALS = {"must": Modality.OBLIGATION, "must not": Modality.PROHIBITION, "may": Modality.PERMISSION}
CASES = (
    "",
    "",
    " within 24 hours",
    " during an audit",
    " on private devices",
    " after 5 years",
    " without approval",
    " at night",
)


def made(count: int, seed: int) -> Ontology:
    """A policy of ``count`` made rules, one to a clause."""
    rng = random.Random(seed)
    clauses, rules = [], []
    for place_ in range(count):
        actor, modal, verb = rng.choice(ACTORS), rng.choice(sorted(MODALS)), rng.choice(VERBS)
        thing = f"{rng.choice(NAMES)} {rng.choice(NAMES)} {rng.choice(HEADS)}s"
        case = rng.choice(CASES)
        text, span = f"{actor} {modal} {verb} {thing}{case}.", Span(0, 1)
        clauses.append(
            Clause(f"c{place_}", "d", f"s{place_ // 5}", str(place_), ClauseKind.PARAGRAPH, text, "", place_, span)
        )
        rules.append(
            Rule(f"r{place_}", f"c{place_}", f"s{place_ // 5}", "d", MODALS[modal], actor, verb, thing, case.strip(), "", "", text, span, f"f{place_}")
        )  # fmt: skip
    return Ontology(clauses=tuple(clauses), rules=tuple(rules))


def clock(count: int) -> tuple[float, int]:
    """Seconds for ``count`` made rules (the caches cold for them), and how many conflicts they hold."""
    ontology = made(count, count)
    started = time.perf_counter()
    found = len(find_conflicts(ontology))
    return time.perf_counter() - started, found


def measure(documents: Sequence[Path]) -> dict[str, Any]:
    """The figures that the module's head explains."""
    from studio.settings import environment

    parser = str(environment().cache / "spacy")
    cases: dict[str, Any] = {}
    for name, case in GOLD.items():
        ontology = read(case.documents, parser)
        ours, theirs = judge(ontology, case), judge(ontology, case, peer(ontology))
        cases[name] = {
            "found": ours.found, "precision": round(ours.precision, 3), "recall": round(ours.recall, 3), "wrong": ours.wrong, "missed": ours.missed,
            "peer": {"found": theirs.found, "precision": round(theirs.precision, 3), "recall": round(theirs.recall, 3)},
        }  # fmt: skip
    small, _ = clock(2_000)
    large, held = clock(10_000)
    result: dict[str, Any] = {
        "cases": cases,
        "seconds_10k": round(large, 2),
        "limit_seconds": LIMIT,
        "growth": round(large / small, 1),
        "found_10k": held,
    }
    for path in documents:
        ontology = read((path,), parser)
        started = time.perf_counter()
        found = find_conflicts(ontology)
        seconds = round(time.perf_counter() - started, 2)
        result.setdefault("documents", {})[path.name] = {
            "rules": len(ontology.rules), "seconds": seconds, **Counter(one.kind for one in found)
        }  # fmt: skip
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--documents", type=Path, nargs="*", default=[], help="files or folders to look through as well"
    )
    print(json.dumps(measure(parser.parse_args().documents)))


if __name__ == "__main__":
    main()
