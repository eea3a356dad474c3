"""The review queue from the command line, and through the stage that asks and obeys."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UserError
from kg.model import Ontology
from kg.review import QUEUE, ReviewQueue, Status, automatic, review_item
from studio.cli.app import main
from studio.settings import environment, load_settings
from studio.stages_ontology import Job, ingest, read_ontology
from studio.wiring import Studio, input_hashes
from studio.workspace import Workspace, read_json
from tests.weights import weights_folder

POLICY = """# Gift code

1.1 Employees must record every gift in the health care register. Employees must not accept a gift from a supplier.

1.2 The healthcare register is kept by the Ethics Office. Managers must read the healthcare register.

1.3 Managers must check the health care register every month. Programme managers must not accept gifts. A program
manager must record every gift.
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "code.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "plumbline.toml").write_text('documents = ["code.md"]\n[models]\nembedder = ""\n', encoding="utf-8")
    return tmp_path


def studio_at(place: Path) -> Studio:
    settings = load_settings(place / "plumbline.toml")
    return Studio(settings, environment(), Workspace(settings.workspace))


def run(place: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["review", *arguments, "--config", str(place / "plumbline.toml"), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_question_is_listed_shown_decided_and_taken_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step prints one JSON object, and every decision names who and when."""
    queue = ReviewQueue(place / ".plumbline" / QUEUE)
    item = review_item("merge", "k1", ("k2",), 0.7, "look alike", "is 'a' the same as 'b'?")
    link = review_item("conceptnet_link", "k1", ("/c/en/a", "/c/en/b"), 0.5, "two senses")
    sure = automatic(review_item("merge", "k3", ("k4",), 1.0, "same name"))
    queue.propose("merge", [item, sure])
    queue.propose("conceptnet_link", [link])
    listed = run(place, capsys, "list", "--kind", "merge")
    assert [one["id"] for one in listed["items"]] == [item.id]
    assert listed["counts"]["merge"] == {"pending": 1, "accepted": 1, "rejected": 0}
    assert run(place, capsys, "list", "--status", "all", "--limit", "2")["total"] == 3
    assert run(place, capsys, "show", item.id)["reason"] == "look alike"
    (decided,) = run(place, capsys, "accept", item.id, "--by", "ana")["items"]
    assert (decided["status"], decided["decided_by"], decided["choice"]) == ("accepted", "ana", "k2")
    assert decided["decided_at"].startswith("20")
    chosen = run(place, capsys, "accept", link.id, "--choose", "/c/en/b")["items"][0]
    assert chosen["choice"] == "/c/en/b"
    assert [one["status"] for one in run(place, capsys, "undo", item.id, sure.id)["items"]] == ["pending", "rejected"]


def test_the_list_is_readable(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table with the question in words, and what comes next after a decision."""
    queue = ReviewQueue(place / ".plumbline" / QUEUE)
    item = review_item("merge", "k1", ("k2",), 0.7, "look alike", "is 'a' the same as 'b'?")
    queue.propose("merge", [item])
    for arguments in (["list"], ["show", item.id], ["reject", item.id]):
        assert main(["review", *arguments, "--config", str(place / "plumbline.toml")]) == 0
    said = capsys.readouterr().out
    assert "is 'a' the same as 'b'?" in said
    assert "1 of 1 questions" in said
    assert "plumbline ingest" in said


def test_a_wrong_id_changes_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of several ids is unknown: error, remedy, and no decision about the others."""
    queue = ReviewQueue(place / ".plumbline" / QUEUE)
    item = review_item("merge", "k1", ("k2",), 0.7, "look alike")
    queue.propose("merge", [item])
    assert main(["review", "accept", item.id, "zzz", "--config", str(place / "plumbline.toml")]) == 2
    said = capsys.readouterr().err
    assert "zzz" in said
    assert "hint: " in said
    assert queue.find(item.id).status is Status.PENDING


def labels(ontology: Ontology) -> set[str]:
    return {concept.label for concept in ontology.concepts}


@pytest.mark.model
def test_the_next_ingest_applies_a_decision_and_undo_restores_the_former(place: Path) -> None:
    """Asked, accepted, merged, undone: the ontology is the first one again, byte by byte; nothing is parsed twice."""
    weights_folder("spacy")
    studio = studio_at(place)
    studio.workspace.create()
    queue = ReviewQueue(studio.workspace.root / QUEUE)
    job = Job(studio, "run", input_hashes(studio.settings))
    first = ingest(job)
    before = (first.folder / "ontology.json").read_bytes()
    assert read_json(first.folder / "resolution.json")["decisions"] == 0
    asked = [item for item in queue.items("merge", Status.PENDING) if "'healthcare register'" in item.question]
    assert [item.reason for item in asked] == ["the same letters but for case, article, owner, number or space"]
    assert any("Ethics Office" in line for line in asked[0].evidence)
    queue.decide(asked[0].id, Status.ACCEPTED, by="ana", at="2026-11-22T09:00:00+00:00")
    second = ingest(job)
    merged = read_ontology(second.folder)
    names = {"health care register", "healthcare register"}
    assert len(labels(merged) & names) == 1
    (kept,) = [concept for concept in merged.concepts if concept.label in names]
    assert names - {kept.label} <= set(kept.aliases)
    assert queue.find(asked[0].id).status is Status.ACCEPTED
    assert len(list(studio.workspace.index.glob("read-*"))) == 1
    queue.undo(asked[0].id, by="ana", at="2026-11-22T09:01:00+00:00")
    third = ingest(job)
    assert third.cached
    assert (third.folder / "ontology.json").read_bytes() == before
    assert queue.items("merge", Status.PENDING) == tuple(asked)


@pytest.mark.model
def test_an_automatic_merge_can_be_undone(place: Path) -> None:
    """Two spellings merge by themselves; undone, both are back with the fields they were read with."""
    weights_folder("spacy")
    studio = studio_at(place)
    studio.workspace.create()
    queue = ReviewQueue(studio.workspace.root / QUEUE)
    job = Job(studio, "run", input_hashes(studio.settings))
    ingest(job)
    read = read_ontology(next(studio.workspace.index.glob("read-*")))
    done = [item for item in queue.items("merge", Status.ACCEPTED) if "program" in item.question]
    if not done:
        pytest.fail(f"no automatic merge among {sorted(labels(read))}")
    for item in done:
        queue.undo(item.id, by="ana", at="2026-11-22T09:00:00+00:00")
    apart = read_ontology(ingest(job).folder)
    ends = {end for item in done for end in (item.subject, *item.candidates)}
    assert {end: apart.concept_by_id[end] for end in ends} == {end: read.concept_by_id[end] for end in ends}
    with pytest.raises(UserError):
        queue.find("nothing")
