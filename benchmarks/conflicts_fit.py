"""Coefficients of conflicts by likeness: ``python -m benchmarks.conflicts_fit [--write]``.

Fits a logistic regression over the features of :mod:`kg.conflicts_features` on all labelled pairs of documents
(``tests/kg/conflict_*``: planted pairs against all other pairs of their sentences, near misses among them) and prints one JSON
object: for each pair of documents, precision and recall when the fit has not seen it (leave one folder out), with and
without the exact path, and of all of them with 95 % intervals (Wilson). ``--write`` fits on all of them and writes
``kg/conflicts_weights.py``; the threshold is the least at which the precision on :data:`OTHERS` and :data:`NEW`, left out, reaches ``--precision``.

A coefficient has the sign that sense gives its feature or is zero: with some 250 examples a free fit learns the habits of
those who planted them. Sentences without a rule take part in the fit, so that it does not depend on what extraction reads.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.conflicts import GOLD
from benchmarks.conflicts_labelled import FOR, NAMES, Floats, Folder, folder_of, plain_documents
from evaluation.statistics import wilson
from kg.conflicts_alike import rivalled

OTHERS = ("bank", "clinic", "logistics", "university")
"""Pairs by a writer who had not seen this code; the threshold is chosen on them, left out."""
NEW = ("fleet", "sales", "ward")
"""Pairs with as many near misses of the same wording as conflicts, written before they were measured; the threshold is chosen on them too."""
FOLDERS = ("bank", "clinic", "factory", "hotel", "insurer", "logistics", "school", "theatre", "university", *NEW)
_POLICIES = Path("../shared/data/policies")
PLAIN = [_POLICIES / "basecamp", _POLICIES / "github-site-policy"]
RIDGE = 10.0
STEPS = 800
WEIGHTS = Path(__file__).resolve().parents[1] / "kg" / "conflicts_weights.py"


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


def left_out(folders: Mapping[str, Folder], plain: Folder) -> dict[str, list[float]]:
    """The scores of each folder by a fit on all others and the plain documents."""
    return {
        name: fit([plain, *(other for key, other in folders.items() if key != name)]).scores(folder)
        for name, folder in folders.items()
    }


def pooled(
    folders: Mapping[str, Folder], scores: Mapping[str, list[float]], least: float, ruled: bool, exact: bool
) -> tuple[int, ...]:
    """The counts of :func:`judged` over the folders of plain prose."""
    each = [judged(folders[name], scores[name], least, ruled, exact) for name in FOLDERS]
    return tuple(map(sum, zip(*each, strict=True)))


def thresholds() -> Iterator[float]:
    yield from (round(-2.0 + 0.05 * step, 2) for step in range(80))


def report(folders: Mapping[str, Folder], plain: tuple[Folder, Folder], precision: float) -> dict[str, Any]:
    """What the module's head explains."""
    scores = left_out(folders, plain[0])

    def reached(least: float) -> bool:
        each = [judged(folders[name], scores[name], least, True, True) for name in (*OTHERS, *NEW)]
        _, _, right, found = map(sum, zip(*each, strict=True))
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
        counts = [judged(folders[name], scores[name], high, ruled, exact is not False) for name in OTHERS]
        table[way]["by another writer"] = shown(tuple(map(sum, zip(*counts, strict=True))))
        counts = [judged(folders[name], scores[name], high, ruled, exact is not False) for name in NEW]
        table[way]["with near misses"] = shown(tuple(map(sum, zip(*counts, strict=True))))
        table[way]["prose, pooled"] = shown(pooled(folders, scores, high, ruled, exact is not False))
    real = fit([plain[0], *folders.values()]).scores(plain[1])
    return {"threshold": least, "found in plain documents": sum(one >= least for one in real), "of": len(real), **table}


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
    parser.add_argument("--precision", type=float, default=0.79, help="what the threshold is chosen for")
    parser.add_argument(
        "--plain", type=Path, nargs="*", default=PLAIN, help="folders of real policies, taken for free of conflicts"
    )
    options = parser.parse_args()
    cache = environment().cache
    embed = embedder(cache / "minilm")
    names = [*sorted(name for name in GOLD if name != "example"), *FOLDERS]
    folders = {name: folder_of(name, embed, str(cache / "spacy")) for name in names}
    plain = plain_documents(options.plain, embed, str(cache / "spacy"))
    result = report(folders, plain, options.precision)
    if options.write:
        write(fit([*folders.values(), plain[0]]), result["threshold"])
    print(json.dumps(result))


if __name__ == "__main__":
    main()
