"""The grammar on invented sentences of many domains (``rules_sentences.jsonl``), annotated by the gold guideline."""

import json
import re
from pathlib import Path

from extraction.nlp import Analyser
from extraction.rules import extract_frames

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "rules_sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = ("modality", "actor", "action", "object", "condition", "exception", "authority")


def _words(text: str) -> tuple[str, ...]:
    return tuple(w for w in re.findall(r"[^\W_]+", text.lower()) if w not in {"a", "an", "the"})


def _read(row: dict[str, str], analyser: Analyser) -> list[tuple[tuple[str, ...], ...]]:
    frames = extract_frames(row["sentence"], row["context"], analyser)
    return [tuple(_words(str(getattr(frame, name))) for name in FIELDS) for frame in frames]


def _gold(row: dict[str, list[dict[str, str]]]) -> list[tuple[tuple[str, ...], ...]]:
    return [tuple(_words(rule[name]) for name in FIELDS) for rule in row["rules"]]


def test_most_sentences_are_read_exactly(analyser: Analyser) -> None:
    """Nine of ten sentences give exactly the annotated rules, all fields compared."""
    wrong = [row["id"] for row in ROWS if _read(row, analyser) != _gold(row)]
    assert len(ROWS) >= 60
    assert len(wrong) <= len(ROWS) // 10, wrong


def test_no_sign_is_turned_round(analyser: Analyser) -> None:
    """Where an act is read, its modality is the annotated one."""
    turned = []
    for row in ROWS:
        gold = {(rule[2], rule[3]): rule[0] for rule in _gold(row)}
        turned += [row["id"] for rule in _read(row, analyser) if gold.get((rule[2], rule[3]), rule[0]) != rule[0]]
    assert turned == []


def test_nothing_is_read_into_descriptions(analyser: Analyser) -> None:
    """Sentences annotated with no rule give none."""
    assert [row["id"] for row in ROWS if not row["rules"] and _read(row, analyser)] == []
