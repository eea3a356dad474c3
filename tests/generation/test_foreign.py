"""Datasets that others made: every form, every container, every malformed row counted."""

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generation.foreign import read_foreign
from generation.foreign_verdicts import verdict_of
from kg.coverage import measure
from kg.coverage_found import find_links
from kg.errors import UserError
from kg.model import Verdict
from tests.kg.gift_policy import POLICY

ASK, SAY = "May an employee accept gifts from suppliers?", "No. Employees must not accept gifts from suppliers."
CHAT = {
    "messages": [
        {"role": "system", "content": "s"},
        {"role": "user", "content": ASK},
        {"role": "assistant", "content": SAY},
    ]
}
ROWS: dict[str, dict[str, Any]] = {
    "chat": CHAT,
    "chat of parts": {
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": ASK}, {"type": "image", "url": "x"}]},
            {"role": "assistant", "content": [{"type": "text", "text": SAY}]},
        ]
    },
    "sharegpt": {"id": "1", "conversations": [{"from": "human", "value": ASK}, {"from": "gpt", "value": SAY}]},
    "alpaca": {"instruction": ASK, "input": "", "output": SAY},
    "alpaca input": {"instruction": "Answer.", "input": ASK, "output": SAY, "text": "..."},
    "dolly": {"instruction": ASK, "context": "", "response": SAY, "category": "qa"},
    "prompt": {"prompt": ASK, "completion": SAY},
    "prompt messages": {
        "prompt": [{"role": "user", "content": ASK}], "completion": [{"role": "assistant", "content": SAY}],
    },
    "preference": {"prompt": ASK, "chosen": SAY, "rejected": "Sure."},
    "qa": {"question": ASK, "answer": SAY},
}  # fmt: skip


def lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ROWS)
def test_every_form_is_read_and_linked(tmp_path: Path, name: str) -> None:
    """Question, answer and verdict come through, and the same elements are found whatever the form."""
    found = read_foreign(lines(tmp_path / "data.jsonl", [ROWS[name]]))
    assert found.form == name.split(maxsplit=1)[0].replace("dolly", "alpaca").replace("preference", "prompt")
    (sample,) = found.samples
    assert ASK in sample.question
    assert sample.answer == SAY
    assert sample.verdict is Verdict.PROHIBITED
    ledger = measure(POLICY, found.samples, find_links(POLICY, found.samples))
    assert ("rule", "r1", "prohibited") in ledger.covered
    assert {id_ for kind, id_, _ in ledger.covered if kind == "concept"} == {
        "k:employee", "k:gift", "k:supplier", "k:accept",
    }  # fmt: skip


def test_rows_that_fit_nothing_are_counted_with_place_and_reason(tmp_path: Path) -> None:
    """None is lost, none stops the rest; mixed forms are told row by row."""
    bad = [
        "{not json", "[1, 2]", {"text": "just a text"}, {"messages": []}, {"messages": [{"role": "user", "content": ASK}]},
        {"conversations": [{"from": "martian", "value": "x"}]}, {"instruction": "", "output": "x"},
        {"messages": ["a text"]}, {"prompt": 3, "completion": "x"},
    ]  # fmt: skip
    found = read_foreign(lines(tmp_path / "data.jsonl", [CHAT, *bad, ROWS["alpaca"], ""]))
    assert found.forms == {"chat": 1, "alpaca": 1}
    assert len(found.rejected) == len(bad)
    assert [one.place for one in found.rejected] == [f"line {number}" for number in range(2, 2 + len(bad))]
    reasons = [one.reason for one in found.rejected]
    assert reasons[0] == "the line is not JSON"
    assert "no known form (columns: text)" in reasons
    assert "a turn has the unknown role 'martian'" in reasons
    assert sum("nobody answers" in reason for reason in reasons) == 1
    assert sum("nobody asks" in reason for reason in reasons) == 1


def test_every_container_gives_the_same_samples(tmp_path: Path) -> None:
    """JSON lines, gzipped, JSON list, JSON by split, lines in a .json, parquet, CSV, Arrow of both kinds."""
    rows = [{"instruction": f"{ASK} ({number})", "input": "", "output": SAY} for number in range(3)]
    text = "\n".join(json.dumps(row) for row in rows)
    paths = [lines(tmp_path / "a.jsonl", rows), lines(tmp_path / "b.json", rows)]
    for name, content in (("c.json", rows), ("d.json", {"train": rows[:2], "test": rows[2:]})):
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
        paths.append(tmp_path / name)
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "f.csv").write_text(
        "instruction,input,output\n" + "".join(f'"{row["instruction"]}",,"{SAY}"\n' for row in rows), encoding="utf-8"
    )
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, tmp_path / "g.parquet")
    with pa.OSFile(str(tmp_path / "h.arrow"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    with pa.OSFile(str(tmp_path / "i.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    paths += [tmp_path / name for name in ("e.jsonl.gz", "f.csv", "g.parquet", "h.arrow", "i.arrow")]
    for path in paths:
        found = read_foreign(path)
        assert [one.question for one in found.samples] == [row["instruction"] for row in rows], path.name
        assert not found.rejected


def test_folders_as_datasets_saves_them_and_as_the_hub_lays_them_out(tmp_path: Path) -> None:
    """``save_to_disk``, a folder of parquet shards beside a card, and the same rows twice are read once."""
    datasets = pytest.importorskip("datasets")
    rows = [CHAT, CHAT]
    parts = {"train": datasets.Dataset.from_list(rows), "test": datasets.Dataset.from_list(rows[:1])}
    datasets.DatasetDict(parts).save_to_disk(str(tmp_path / "saved"))
    found = read_foreign(tmp_path / "saved")
    assert len(found.samples) == 3
    assert found.forms == {"chat": 3}
    hub = tmp_path / "hub"
    (hub / "data").mkdir(parents=True)
    (hub / "README.md").write_text("# Card", encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), hub / "data" / "train-00000-of-00001.parquet")
    lines(hub / "data" / "train-00000-of-00001.jsonl", rows)
    (hub / ".git").mkdir()
    lines(hub / ".git" / "x.jsonl", rows)
    assert len(read_foreign(hub).samples) == 2


def test_what_cannot_be_read_at_all_is_a_users_error(tmp_path: Path) -> None:
    """Nothing there, an unknown ending, an empty folder, no row that fits, a broken parquet file."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 not really")
    lines(tmp_path / "none.jsonl", [{"text": "x"}, {"text": "y"}])
    for name, words in (
        ("missing", "nothing at"), ("a.txt", "no known ending"), ("empty", "holds no data"),
        ("none.jsonl", "no known form"), ("broken.parquet", "cannot be read"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words) as caught:
            read_foreign(tmp_path / name)
        assert caught.value.hint


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("Yes, you may.", Verdict.PERMITTED),
        ("That is allowed under clause 3.", Verdict.PERMITTED),
        ("This is strictly forbidden.", Verdict.PROHIBITED),
        ("Accepting it is not permitted.", Verdict.PROHIBITED),
        ("Clause 2 applies. That would be against the policy.", Verdict.PROHIBITED),
        ("It depends on the value of the gift.", Verdict.NEEDS_INFORMATION),
        ("I cannot say without knowing who paid.", Verdict.NEEDS_INFORMATION),
        ("The register is kept by the finance desk.", None),
        ("Cash is prohibited but a pen is allowed.", None),
        ("The case says so.\nVerdict: Needs information.", Verdict.NEEDS_INFORMATION),
        ("Verdict: maybe", None),
        ("Prohibited. Clause 2.1 forbids it.", Verdict.PROHIBITED),
        ("Needs information. The value is not said.", Verdict.NEEDS_INFORMATION),
    ],
)
def test_a_verdict_is_read_where_the_answer_gives_one(answer: str, verdict: Verdict | None) -> None:
    """And none is guessed."""
    assert verdict_of({}, answer) is verdict
    assert verdict_of({"label": "needs_information"}, answer) is Verdict.NEEDS_INFORMATION


def test_a_rule_is_found_by_its_words_only_where_all_of_it_is_said() -> None:
    """Verb, most of the object and the actor within two sentences; what may stand for a word does not count."""
    from tests.kg.gift_policy import sample

    def rules(text: str) -> set[str]:
        return {link.element_id for link in find_links(POLICY, (sample(text),)) if link.kind == "rule"}

    assert rules("I disclosed a trade secret.") == {"r3", "r4"}
    assert rules("I heard of a trade secret.") == set()
    assert rules("I accepted a watch from a supplier.") == set()
    assert rules("She recorded it. Later there was a long talk. Then they had a meal.") == set()
    assert rules("She recorded it. It was a meal.") == set()
    assert rules("She recorded the whole meal.") == {"r2"}
