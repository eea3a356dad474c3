"""The precision of the ledger on 200 links judged by hand.

``ledger_links.jsonl`` holds 80 links to concepts, 60 to rules and 60 to relations, drawn at random over 2,000 samples that the
writers made of the Meridian example, no sample and no element twice, as found by the checks of November 2026. ``right``
is the judgement of one reader: does the text speak of the concept in its sense, is the case about the rule, does a sentence
say or use the relation. Here every link is verified anew, each against an ontology of its own, so a change of
the checks shows.
"""

import json
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

from kg.coverage import verify_links
from kg.model import Concept, Message, Modality, Ontology, Relation, Rule, Sample, Span, Threshold, Verdict

ROWS = [
    json.loads(line) for line in (Path(__file__).parent / "ledger_links.jsonl").read_text(encoding="utf-8").splitlines()
]


def _concept(record: dict[str, Any], id_: str) -> Concept:
    return Concept(id_, record["label"], record["kind"], tuple(record["aliases"]))


def _ontology(row: dict[str, Any]) -> Ontology:
    if row["kind"] == "concept":
        return Ontology(concepts=(_concept(row["concept"], "k"),))
    if row["kind"] == "relation":
        ends = _concept(row["relation"]["source"], "k1"), _concept(row["relation"]["target"], "k2")
        return Ontology(concepts=ends, relations=(Relation("x", "k1", row["relation"]["type"], "k2"),))
    frame = row["rule"]
    actor, action, object_, condition, exception = (
        str(frame[name]) for name in ("actor", "action", "object", "condition", "exception")
    )
    limits = tuple(Threshold("=", 0.0, "", text) for text in frame["limits"])
    return Ontology(
        rules=(
            Rule(
                "r",
                "c",
                "s",
                "d",
                Modality(frame["modality"]),
                actor,
                action,
                object_,
                condition,
                exception,
                "",
                frame["text"],
                Span(0, 1),
                "f",
                limits,
            ),
        )
    )


def _verified(row: dict[str, Any]) -> bool:
    later = [Message("user", text) for text in row["later"]]
    chat = (Message("system", ""), Message("user", ""), Message("assistant", ""), *later)
    verdict = Verdict(row["verdict"]) if row["verdict"] else None
    sample = Sample("x", row["form"], "t", "f", row["question"], row["answer"], verdict, ("r",), (), messages=chat)
    return any(link.kind == row["kind"] for link in verify_links(_ontology(row), (sample,)))


@lru_cache
def _still_found() -> tuple[dict[str, Any], ...]:
    return tuple(row for row in ROWS if _verified(row))


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z, share = 1.96, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return middle - half, middle + half


def test_two_hundred_links_are_judged() -> None:
    """Every link has a judgement, every wrong one a reason."""
    kinds = {kind: sum(row["kind"] == kind for row in ROWS) for kind in ("concept", "rule", "relation")}
    assert kinds == {"concept": 80, "rule": 60, "relation": 60}
    assert all(row["right"] or row["why"] for row in ROWS)


def test_precision_is_at_least_95_percent() -> None:
    """Of the links that the checks still find; the interval is that of the judged sample."""
    found = _still_found()
    right = sum(row["right"] for row in found)
    low, high = wilson(right, len(found))
    assert right / len(found) >= 0.95, f"{right} of {len(found)}, 95 % interval {low:.3f} to {high:.3f}"
    assert low >= 0.91


def test_precision_is_not_bought_by_finding_nothing() -> None:
    """Nearly all right links are still found; a rule told through a concept that stands for its words may be missed here."""
    right = [row for row in ROWS if row["right"]]
    assert sum(row["right"] for row in _still_found()) >= 0.95 * len(right)
