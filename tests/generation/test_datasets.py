"""The dataset on disk: every form, the schema of each, the card with its hashes, and what it refuses."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generation.card import About, Source, outside_rows
from generation.datasets import FORMS, alpaca_row, write_dataset
from generation.markdown import escaped
from generation.preferences import preferences
from kg.errors import UserError
from kg.model import Concept, Message, Ontology, Provenance, Relation, Sample, Split, Verdict
from tests.generation.fixtures import policy

ONTOLOGY = policy()
RULE = ONTOLOGY.rules[1]
ABOUT = About(
    "A | code <b>of</b> conduct", (Source("code.md", "document", "ab" * 32, "CC-BY-4.0"),), "",
    {"conceptnet, cc:by-sa/4.0": 3}, {"rule": (42, 40, 0)}, {"near duplicate": 7}, 5, {"samples": 9}, {"python": "3.11"},
)  # fmt: skip


def sample(number: int, split: Split, verdict: Verdict | None) -> Sample:
    answer = (
        "Prohibited. Clause 2.1 forbids this. It is done: yes."
        if verdict
        else "Clause 2.1 says: Employees must not pay."
    )
    return Sample(
        f"sample:{number}", "scenario" if verdict else "rule_qa", "rules", f"{RULE.family}:{split}",
        f"Kofi paid bribe {number}.", answer, verdict, (RULE.id,), (RULE.clause_id,), split=split,
        messages=(Message("system", "Judge."), Message("user", f"Case {number}"), Message("assistant", answer)),
    )  # fmt: skip


SAMPLES = (
    *(sample(number, Split.TRAIN, Verdict.PROHIBITED if number % 2 else None) for number in range(6)),
    sample(6, Split.VALIDATION, None),
)


def card_of(folder: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body of the card."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def test_every_form_is_written_by_split_with_its_card(tmp_path: Path) -> None:
    """JSON lines and parquet of every form; the card names each file with its rows and its true hash."""
    written = write_dataset(SAMPLES, tmp_path, ABOUT, preferences(ONTOLOGY, SAMPLES))
    front, body = card_of(tmp_path)
    assert {file.form for file in written.files} == set(FORMS)
    for file in written.files:
        path = tmp_path / file.path
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
        assert file.sha256 in body
        if path.suffix == ".jsonl":
            assert len(path.read_text(encoding="utf-8").splitlines()) == file.rows
    assert [config["config_name"] for config in front["configs"]] == list(FORMS)
    assert front["configs"][0]["data_files"][0] == {"split": "train", "path": "chat/train.parquet"}
    assert front["license"] == "other"
    assert "| rule | 40 | 42 | 0.952 | 0 |" in body
    assert "| near duplicate | 7 |" in body
    assert "| code.md | document | CC-BY-4.0 |" in body
    assert "conceptnet, cc:by-sa/4.0 | 3 |" in body


def test_the_datasets_package_reads_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each configuration of the card loads, with the same columns in each split."""
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    from datasets import load_dataset

    write_dataset(SAMPLES, tmp_path / "data", ABOUT, preferences(ONTOLOGY, SAMPLES))
    counts = {}
    for form in FORMS:
        found = load_dataset(str(tmp_path / "data"), form, cache_dir=str(tmp_path / "cache"))
        assert found["train"].features == found["validation"].features
        counts[form] = found["train"].num_rows
    assert counts["chat"] == counts["alpaca"] == 6
    assert counts["labels"] == 2 * counts["preferences"] > 0
    chats = load_dataset(str(tmp_path / "data"), cache_dir=str(tmp_path / "cache"))  # chat is the default
    assert chats["validation"][0]["verdict"] is None
    assert chats["train"][1]["messages"][-1] == {"role": "assistant", "content": SAMPLES[1].answer}


def test_what_documents_bring_is_escaped(tmp_path: Path) -> None:
    """A title cannot make markup, a table cell or front matter of its own."""
    nasty = replace(ABOUT, title="x\n---\nlicense: mit\n# <img src=x> | [a](javascript:1)")
    write_dataset(SAMPLES, tmp_path, nasty, forms=("chat",), encodings=("jsonl",))
    front, body = card_of(tmp_path)
    assert front["license"] == "other"
    assert front["pretty_name"] == "x --- license: mit # <img src=x> | [a](javascript:1)"
    assert "<img" not in body
    assert r"\[a\](javascript:1)" in body


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("*x* _y_ `z`", r"\*x\* \_y\_ \`z\`"),
        ("1. one", r"1\. one"),
        ("- item\n# head", r"\- item # head"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("see https://example.org", "see https&#8203;://example.org"),
    ],
)
def test_marks_are_made_harmless(text: str, shown: str) -> None:
    """Each mark of Markdown and HTML stays text."""
    assert escaped(text, first=True) == shown


def test_a_dialogue_becomes_one_alpaca_row() -> None:
    """Earlier turns stand in the input; without a system message the question is the instruction."""
    turns = (
        Message("system", "Judge."), Message("user", "A?"), Message("assistant", "Which?"), Message("user", "B."),
        Message("assistant", "Permitted."),
    )  # fmt: skip
    row = alpaca_row(replace(SAMPLES[0], messages=turns))
    assert (row["instruction"], row["output"]) == ("Judge.", "Permitted.")
    assert row["input"] == "User: A?\n\nAssistant: Which?\n\nUser: B."
    bare = alpaca_row(replace(SAMPLES[0], messages=turns[3:]))
    assert (bare["instruction"], bare["input"]) == ("B.", "")


def test_a_dataset_replaces_the_one_before_it(tmp_path: Path) -> None:
    """No file of the earlier one is left, so no split of it is read with the new one."""
    write_dataset(SAMPLES, tmp_path, ABOUT, encodings=("jsonl",))
    assert (tmp_path / "chat" / "validation.jsonl").is_file()
    train = [one for one in SAMPLES if one.split == Split.TRAIN]
    write_dataset(train, tmp_path, ABOUT, forms=("chat",), encodings=("jsonl",))
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["README.md", "train.jsonl"]
    assert len(json.loads((tmp_path / "chat" / "train.jsonl").read_text(encoding="utf-8").splitlines()[0])) == 12


@pytest.mark.parametrize("name", ["notes.txt", "README.md"])
def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    """Nothing of the user's is deleted or overwritten."""
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="something else") as caught:
        write_dataset(SAMPLES, tmp_path, ABOUT)
    assert caught.value.hint
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]


def test_unknown_forms_and_places_are_refused(tmp_path: Path) -> None:
    """Each with what is known."""
    with pytest.raises(UserError, match="no form 'csv'"):
        write_dataset(SAMPLES, tmp_path, ABOUT, forms=("csv",))
    with pytest.raises(UserError, match="no encoding is asked for"):
        write_dataset(SAMPLES, tmp_path, ABOUT, encodings=())
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        write_dataset(SAMPLES, tmp_path / "file", ABOUT)


def test_outside_rows_are_counted_by_licence() -> None:
    """A concept that a clause names is the document's; one that ConceptNet alone knows is not."""
    ours = Provenance("clause", "clause:1")
    theirs = Provenance("conceptnet", "/c/en/watch", licence="cc:by-sa/4.0")
    ontology = Ontology(
        concepts=(
            Concept("c1", "gift", "thing", provenance=(ours, theirs)),
            Concept("c2", "watch", "thing", provenance=(theirs,)),
            Concept("c3", "unused", "thing", provenance=(theirs,)),
        ),
        relations=(Relation("r1", "c2", "IsA", "c1", provenance=(theirs,)),),
    )
    used = replace(SAMPLES[0], concept_ids=("c1", "c2"), relation_ids=("r1",))
    assert outside_rows(ontology, (used,)) == {"conceptnet, cc:by-sa/4.0": 2}
