"""Coefficients of conflicts by likeness: ``python -m benchmarks.conflicts_fit [--write]``.

Fits a logistic regression over the features of :mod:`kg.conflicts_features` on all labelled pairs of documents
(``tests/kg/conflict_*``: planted pairs against all other pairs of their sentences, near misses among them) and prints one JSON
object: for each pair of documents, precision and recall when the fit has not seen it (leave one folder out), with and
without the exact path, and of all of them with 95 % intervals (Wilson). ``--write`` fits on all of them and writes
``kg/conflicts_weights.py``; the threshold is the least at which the pooled precision of what was left out reaches ``--precision``.

A coefficient has the sign that sense gives its feature or is zero: with some 250 examples a free fit learns the habits of
those who planted them. Sentences without a rule take part in the fit, so that it does not depend on what extraction reads.
"""

import argparse
import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.conflicts import GOLD, HOME, place, read
from evaluation.statistics import wilson
from kg.conflicts import find_conflicts
from kg.conflicts_alike import candidates, rivalled, sayings_of
from kg.conflicts_likeness import space
from kg.model import Modality, Ontology, Rule
from kg.retrieval import Embed

FOLDERS = ("bank", "clinic", "factory", "hotel", "insurer", "school", "theatre")
_FOR = (
    "z_max z_min rare act cosine forth loose_case duty_excuse only_leave ban_leave ban_duty opposed alone_joint waived overlapping_loose "
    "different_loose different_strict retention_early slot_least cases_alike actors_alike"
)
FOR = _FOR.split()
AGAINST = ["same", "apart_strict", "same_strict", "same_loose", "slots", "cases", "actors"]
NAMES = [*FOR, *AGAINST]
RIDGE = 10.0
STEPS = 1500
WEIGHTS = Path(__file__).resolve().parents[1] / "kg" / "conflicts_weights.py"
Floats = NDArray[np.float64]
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Folder:
    """A pair of documents: ``ids`` and ``rows`` of its candidates (shape (n, features)), ``texts`` of each, those with rules on both
    sides (``ruled``), the planted groups of pairs of sentences, all that is right, and what the exact path finds.
    """

    ids: list[tuple[int, int]]
    rows: Floats
    texts: list[Pair]
    ruled: list[bool]
    planted: list[set[Pair]]
    right: set[Pair]
    exact: set[Pair]


@dataclass(frozen=True, slots=True)
class Fit:
    """``bias`` and one weight per name of :data:`NAMES`, for raw features."""

    bias: float
    weights: Floats

    def scores(self, folder: Folder) -> list[float]:
        """Log-odds of each candidate, less what its rivals take."""
        none: dict[str, float] = {}
        pairs = [(i, j, none) for i, j in folder.ids]
        return rivalled(pairs, list(map(float, folder.rows @ self.weights + self.bias)))


def labels(name: str, ontology: Ontology) -> dict[str, list[set[Pair]]]:
    """For planted pairs, and those true besides, the pairs of sentences that each may be found by."""
    sides: list[tuple[str, set[str], set[str]]] = []
    if name in GOLD:
        by_place: dict[str, set[str]] = {}
        for rule in ontology.rules:
            by_place.setdefault(place(ontology, rule.id), set()).add(rule.text)
        for kind in ("planted", "also", "excepted"):
            both = [text.split() for text in getattr(GOLD[name], kind)]
            sides += [(kind, by_place.get(a, set()), by_place.get(b, set())) for a, b in both]
    else:
        gold = json.loads((HOME / f"conflict_{name}" / "planted.json").read_text(encoding="utf-8"))
        said = {rule.text for rule in ontology.rules}
        sides += [
            ("planted", {text for text in said if a in text}, {text for text in said if b in text})
            for a, b in gold["planted"]
        ]
    found: dict[str, list[set[Pair]]] = {"planted": [], "also": [], "excepted": []}
    for kind, ones, others in sides:
        found[kind].append({frozenset((one, other)) for one in ones for other in others})
    return found


def with_all_sentences(ontology: Ontology) -> Ontology:
    """The ontology with a bare rule for each full sentence that states none by the extraction."""
    made: list[Rule] = []
    for clause in ontology.clauses:
        rules = ontology.rules_of_clause.get(clause.id, ())
        for number, sentence in enumerate(re.split(r"(?<=[.!?;])\s+(?=[A-Z*(])", clause.text)):
            said = sentence.strip()
            if len(said.split()) < 5 or not said.endswith("."):
                continue
            if not any(said.strip(" .") in rule.text or rule.text in said for rule in rules):
                id_ = f"bare:{clause.id}:{number}"
                made.append(
                    Rule(id_, clause.id, clause.section_id, clause.document_id, Modality.OBLIGATION, "", "", "", "", "", "", said, clause.span, id_)
                )  # fmt: skip
    return dataclasses.replace(ontology, rules=(*ontology.rules, *made))


def folder_of(name: str, embed: Embed, parser: str) -> Folder:
    """The candidates of one pair of documents with their labels."""
    documents = GOLD[name].documents if name in GOLD else (HOME / f"conflict_{name}",)
    ontology = read(documents, parser)
    full = with_all_sentences(ontology)
    gold = labels(name, full)
    said = sayings_of(full)
    pairs = candidates(space(said, embed))
    known = ontology.rule_by_id
    texts = {rule.id: rule.text for rule in ontology.rules}
    return Folder(
        [(i, j) for i, j, _ in pairs],
        np.asarray([[found.get(feature, 0.0) for feature in NAMES] for _, _, found in pairs]),
        [frozenset((said[i].rule.text, said[j].rule.text)) for i, j, _ in pairs],
        [said[i].rule.id in known and said[j].rule.id in known for i, j, _ in pairs],
        gold["planted"],
        set().union(*gold["planted"], *gold["also"], *gold["excepted"]),
        {frozenset((texts[one.rule_a], texts[one.rule_b])) for one in find_conflicts(ontology)},
    )


def fit(folders: Sequence[Folder]) -> Fit:
    """Logistic regression with a ridge on standardised features and signs held, by accelerated projected descent (Nesterov)."""
    rows = np.concatenate([folder.rows for folder in folders])
    right = np.asarray([float(pair in folder.right) for folder in folders for pair in folder.texts])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    held = np.c_[np.ones(len(rows)), (rows - mean) / spread]
    ridge = np.r_[0.0, np.full(len(NAMES), RIDGE)]
    low = np.r_[-np.inf, np.where([name in FOR for name in NAMES], 0.0, -np.inf)]
    high = np.r_[np.inf, np.where([name in FOR for name in NAMES], np.inf, 0.0)]
    step = 1.0 / (0.25 * float(np.linalg.norm(held, 2)) ** 2 + RIDGE)
    now = ahead = np.zeros(held.shape[1])
    for turn in range(1, STEPS + 1):
        slope = held.T @ (1.0 / (1.0 + np.exp(-(held @ ahead))) - right) + ridge * ahead
        new = np.clip(ahead - step * slope, low, high)
        ahead = new + (turn - 1) / (turn + 2) * (new - now)
        now = new
    weights = now[1:] / spread
    return Fit(float(now[0] - weights @ mean), weights)


def judged(
    folder: Folder, scores: Sequence[float], least: float, ruled: bool, exact: bool
) -> tuple[int, int, int, int]:
    """Planted found, planted, right found, found."""
    found = {
        pair
        for pair, score, with_rules in zip(folder.texts, scores, folder.ruled, strict=True)
        if score >= least and (with_rules or not ruled)
    }
    found |= folder.exact if exact else set()
    return (
        sum(bool(group & found) for group in folder.planted), len(folder.planted), len(found & folder.right), len(found),
    )  # fmt: skip


def shown(counts: tuple[int, ...]) -> dict[str, Any]:
    """Recall and precision with their counts and intervals."""
    hit, planted, right, found = counts
    ends = {"recall": wilson(hit, planted), "precision": wilson(right, found)}
    return {
        "recall": f"{hit}/{planted}", "precision": f"{right}/{found}",
        **{f"{name}_95": [round(one.low, 2), round(one.high, 2)] for name, one in ends.items() if one},
    }  # fmt: skip


def left_out(folders: Mapping[str, Folder]) -> dict[str, list[float]]:
    """The scores of each folder by a fit on all others."""
    return {
        name: fit([other for key, other in folders.items() if key != name]).scores(folder)
        for name, folder in folders.items()
    }


def pooled(
    folders: Mapping[str, Folder], scores: Mapping[str, list[float]], least: float, ruled: bool, exact: bool
) -> tuple[int, ...]:
    """The counts of :func:`judged` over the folders of plain prose."""
    each = [judged(folders[name], scores[name], least, ruled, exact) for name in FOLDERS]
    return tuple(map(sum, zip(*each, strict=True)))


def thresholds() -> Iterator[float]:
    yield from (round(-2.5 + 0.05 * step, 2) for step in range(80))


def report(folders: Mapping[str, Folder], precision: float) -> dict[str, Any]:
    """What the module's head explains."""
    scores = left_out(folders)

    def reached(least: float) -> bool:
        _, _, right, found = pooled(folders, scores, least, False, False)
        return right >= precision * found

    least = next(one for one in thresholds() if reached(one) and reached(one + 0.05) and reached(one + 0.1))
    ways = {
        "rules": (True, True),
        "rules_by_likeness": (True, False),
        "exact": (True, None),
        "all_sentences": (False, True),
    }
    table: dict[str, Any] = {}
    for way, (ruled, exact) in ways.items():
        high = 99.0 if exact is None else least
        table[way] = {
            name: shown(judged(folders[name], scores[name], high, ruled, exact is not False)) for name in folders
        }
        table[way]["prose, pooled"] = shown(pooled(folders, scores, high, ruled, exact is not False))
    return {"threshold": least, **table}


def write(found: Fit, threshold: float) -> None:
    """The coefficients as a Python table."""
    lines = [
        '"""Coefficients of :mod:`kg.conflicts_alike`, written by ``python -m benchmarks.conflicts_fit --write``; do not edit by hand."""\n',
        f"BIAS = {found.bias:.4f}",
        f"THRESHOLD = {threshold:.2f}",
        "WEIGHTS: dict[str, float] = {",
        *(
            f'    "{name}": {weight:.4f},'
            for name, weight in zip(NAMES, found.weights, strict=True)
            if abs(weight) >= 5e-5
        ),
        "}\n",
    ]
    WEIGHTS.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    from studio.models import embedder
    from studio.settings import environment

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write kg/conflicts_weights.py")
    parser.add_argument("--precision", type=float, default=0.8, help="what the threshold is chosen for")
    options = parser.parse_args()
    cache = environment().cache
    embed = embedder(cache / "minilm")
    names = [*sorted(name for name in GOLD if name != "example"), *FOLDERS]
    folders = {name: folder_of(name, embed, str(cache / "spacy")) for name in names}
    result = report(folders, options.precision)
    if options.write:
        write(fit(list(folders.values())), result["threshold"])
    print(json.dumps(result))


if __name__ == "__main__":
    main()
