"""Resolution of names, against traps and the clock: ``python -m benchmarks.resolution [--conceptnet FILE ...]``.

Prints one JSON object. ``wrong_merges`` counts the pairs of the trap set (``tests/kg/resolution_traps.jsonl``, written
for this project) that must stay apart and are merged, each pair alone and all names at once; ``recall`` is the share of
the pairs that must merge and do, with the 95 % interval of Wilson (1927). The peer is what graph builders commonly
do: merge what is alike by letters (difflib's ratio >= 0.8), over the same pairs. ``seconds_20k`` is the time for 20,000
names made of real heads and modifiers, with a tenth of them written in a second way; ``found_20k`` the share of those
that were merged with their first.

With ConceptNet files (official format), the ends of Antonym and DistinctFrom assertions must stay apart and those of
FormOf should merge: pairs that nobody here has chosen.
"""

import argparse
import csv
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from evaluation.statistics import wilson
from kg.model import Concept
from kg.resolution import resolve

TRAPS = Path(__file__).resolve().parents[1] / "tests" / "kg" / "resolution_traps.jsonl"
FUZZY = 0.8
LIMIT = 10.0
SHOWN = 20

_HEAD_WORDS = (
    "access account agreement application approval asset assessment audit authority benefit breach budget campaign case "
    "certificate charge claim clause client committee complaint conflict consent contract control controller country "
    "customer data decision department device disclosure document donation employee entity event expense facility fee file "
    "form fund gift government group guideline hearing incident information inspection interest investigation invoice law "
    "license list loan manager market measure meeting member message network notice obligation office official order owner "
    "partner party payment penalty period permission person plan policy position practice price procedure process processor "
    "product program project property provision purchase purpose record register regulation relation report request "
    "requirement response review right risk rule sale sanction schedule screening section service share site standard "
    "statement strategy supplier support survey system task team term test trade training transaction transfer travel "
    "treatment user vendor verification visit warning work"
)
_MODIFIER_WORDS = (
    "academic additional annual anonymous approved automated board business clinical commercial company compliance "
    "confidential corporate criminal cross-border customer cyber-security data designated direct domestic e-mail emergency "
    "employee environmental ethics expired export external federal final financial foreign former fraud full-time general "
    "global government group health high-risk hospitality import independent indirect individual initial insurance internal "
    "international it joint junior labor legal line local long-term management mandatory marketing medical minor mobile "
    "national network non-compliant official online onsite operational optional organizational own party personal physical "
    "political post-approval potential pre-approval previous private product professional prohibited project property public "
    "quality quarterly recurring regional regulatory remote reported required restricted safety sales sanctions secondary "
    "security senior sensitive short-term significant single site small software special state statutory strategic sub-processor "
    "supplier supply tax technical temporary third-party trade training travel unapproved unauthorized unpaid unreported "
    "urgent user valid vendor verified vital voluntary weekly whistleblower workplace written"
)  # fmt: skip
_HEADS, _MODIFIERS = _HEAD_WORDS.split(), _MODIFIER_WORDS.split()
_BRITISH = {"authorized": "authorised", "labor": "labour", "license": "licence", "program": "programme"}


def traps(path: Path) -> dict[str, Any]:
    """Wrong merges and recall over the trap set, ours and by similarity of letters."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wrong, missed, waiting, fuzzy = [], [], 0, Counter[bool]()
    by_class: dict[str, Counter[str]] = {}
    for row in rows:
        merged, queued = outcome(row)
        named = f"{row['first']['label']} | {row['second']['label']}"
        if merged and not row["same"]:
            wrong.append(named)
        if not merged and row["same"]:
            missed.append(named)
            waiting += queued
        first, second = (row[side]["label"].lower() for side in ("first", "second"))
        if SequenceMatcher(None, first, second, autojunk=False).ratio() >= FUZZY:
            fuzzy[row["same"]] += 1
        counted = by_class.setdefault(f"{'same' if row['same'] else 'apart'}: {row['class']}", Counter())
        counted.update(pairs=1, merged=int(merged))
    same = sum(row["same"] for row in rows)
    interval = wilson(same - len(missed), same)
    return {
        "pairs": len(rows),
        "apart": len(rows) - same,
        "same": same,
        "wrong_merges": len(wrong) + len(together(rows)),
        "wrong": [*wrong, *together(rows)][:SHOWN],
        "recall": round((same - len(missed)) / same, 4),
        "recall_interval": [round(interval.low, 4), round(interval.high, 4)] if interval else None,
        "missed": missed,
        "missed_but_queued": waiting,
        "peer": {
            "rule": f"difflib ratio >= {FUZZY}",
            "wrong_merges": fuzzy[False],
            "recall": round(fuzzy[True] / same, 4),
        },
        "by_class": {name: dict(counts) for name, counts in sorted(by_class.items())},
    }


def concepts_of(row: Mapping[str, Any], prefix: str = "") -> list[Concept]:
    """The concepts of a row: first, second, and what stands beside them."""
    plain = [row["first"], row["second"], *row.get("beside", ())]
    return [
        Concept(f"{prefix}{place}", one["label"], one["kind"], tuple(one.get("aliases", ())))
        for place, one in enumerate(plain)
    ]


def outcome(row: Mapping[str, Any]) -> tuple[bool, bool]:
    """(merged, waiting for a person) of a row's pair, alone with what stands beside it."""
    synonyms = [("0", "1", 0.95)] if row.get("synonyms") else []
    found = resolve(concepts_of(row), synonyms=synonyms)
    home = [found.merged.get(id_, id_) for id_ in ("0", "1")]
    return home[0] == home[1], any({pair.first, pair.second} == set(home) for pair in found.review)


def together(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The pairs that must stay apart and do not, when all names that define no other are resolved at once."""
    plain = [row for row in rows if "aliases" not in json.dumps(row) and "(" not in row["first"]["label"]]
    concepts = [concept for place, row in enumerate(plain) for concept in concepts_of(row, f"{place}:")]
    merged = resolve(concepts).merged
    ends = [(row, merged.get(f"{place}:0", f"{place}:0"), merged.get(f"{place}:1", f"{place}:1"))
            for place, row in enumerate(plain)]  # fmt: skip
    return [f"{row['first']['label']} | {row['second']['label']} (all at once)"
            for row, one, other in ends if one == other and not row["same"]]  # fmt: skip


def names(count: int, seed: int) -> tuple[list[Concept], list[tuple[str, str]]]:
    """``count`` concepts with distinct names of one to four words, a tenth of them another way to write a name before;
    and those pairs.
    """
    chooser = random.Random(seed)
    seen: dict[str, None] = {}
    while len(seen) < count * 9 // 10:
        modifiers = chooser.sample(_MODIFIERS, chooser.choices((0, 1, 2, 3), (1, 6, 8, 3))[0])
        seen[" ".join([*modifiers, chooser.choice(_HEADS)])] = None
    kinds = ("thing", "party", "document", "event", "information")
    concepts = [Concept(f"n{place}", name, chooser.choice(kinds)) for place, name in enumerate(seen)]
    pairs: list[tuple[str, str]] = []
    for first in chooser.sample(concepts, count - len(concepts)):
        second = Concept(f"v{len(pairs)}", _rewritten(first.label, chooser), first.kind)
        concepts.append(second)
        pairs.append((first.id, second.id))
    chooser.shuffle(concepts)
    return concepts, pairs


def _rewritten(name: str, chooser: random.Random) -> str:
    """The same name in a second way."""
    ways = [name.title(), f"the {name}", f"{name}s" if not name.endswith(("y", "s")) else name.upper()]
    if "-" in name:
        ways.append(name.replace("-", " "))
    for american, british in _BRITISH.items():
        if american in name:
            ways.append(name.replace(american, british))
    return chooser.choice(ways)


def speed(count: int, seed: int) -> dict[str, Any]:
    """Seconds for ``count`` names, the share of rewritten names that were found, and twice as many for the growth."""
    seconds, worked = {}, {}
    for size in (count // 2, count):
        concepts, pairs = names(size, seed)
        started, busy = time.perf_counter(), time.process_time()
        found = resolve(concepts)
        seconds[size], worked[size] = time.perf_counter() - started, time.process_time() - busy
    hit = sum(found.merged.get(one, one) == found.merged.get(two, two) for one, two in pairs)
    return {
        "names": count,
        "seconds_20k": round(seconds[count] * 20_000 / count, 2),
        "processor_seconds_20k": round(worked[count] * 20_000 / count, 2),
        "limit_seconds": LIMIT,
        "growth_when_doubled": round(worked[count] / worked[count // 2], 2),
        "found_20k": round(hit / len(pairs), 4),
        "merges_20k": len(found.merges),
        "review_20k": len(found.review),
    }


def conceptnet(paths: Iterable[Path]) -> dict[str, Any]:
    """What becomes of the ends of Antonym, DistinctFrom and FormOf assertions, each pair alone."""
    opposite: dict[tuple[str, str], None] = {}
    forms: dict[tuple[str, str], None] = {}
    for relation, start, end in _edges(paths):
        if start != end and relation in {"Antonym", "DistinctFrom"}:
            opposite[start, end] = None
        elif start != end and relation == "FormOf":
            forms[start, end] = None
    wrong = [f"{one} | {two}" for one, two in opposite if _merged(one, two)]
    hit = sum(_merged(one, two) for one, two in forms)
    return {
        "opposites": len(opposite),
        "opposites_merged": len(wrong),
        "merged": wrong[:SHOWN],
        "forms": len(forms),
        "forms_merged": hit,
    }


def _merged(one: str, two: str) -> bool:
    return bool(resolve([Concept("a", one, "thing"), Concept("b", two, "thing")]).merged)


def _edges(paths: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) == 5 and row[2].startswith("/c/en/") and row[3].startswith("/c/en/"):
                    start, end = (uri.split("/")[3].replace("_", " ") for uri in row[2:4])
                    yield row[1].removeprefix("/r/"), start, end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--traps", type=Path, default=TRAPS, help="pairs, one JSON object per line")
    parser.add_argument("--names", type=int, default=20_000, help="how many names are timed (default 20000)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--conceptnet", type=Path, nargs="*", default=[], help="assertions in the official format")
    arguments = parser.parse_args()
    found = traps(arguments.traps) | speed(arguments.names, arguments.seed)
    if arguments.conceptnet:
        found["conceptnet"] = conceptnet(arguments.conceptnet)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
