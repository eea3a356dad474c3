"""The stage that weighs conflicts, and the commands by which a person decides them."""

import json
from pathlib import Path

import pytest

from kg.model import Modality, Ontology
from studio.cli.app import main
from studio.conflicts import weigh
from studio.settings import environment, load_settings
from studio.stages_ontology import Job, read_ontology
from studio.wiring import Studio
from studio.workspace import StageResult, Workspace, write_json
from tests.kg.gift_policy import clause, rule, section

POLICY = Ontology(
    sections=(section("1", "Gifts"),),
    clauses=(clause("1.1", ""), clause("1.2", ""), clause("1.3", "")),
    rules=(
        rule("rule:a", "1.1", Modality.PROHIBITION, "employee | accept | gift", "Employees must not accept gifts."),
        rule("rule:b", "1.2", Modality.PERMISSION, "employee | accept | gift", "Employees may accept gifts."),
        rule("rule:c", "1.3", Modality.PERMISSION, "employee | accept | gift | from a colleague", "Employees may accept gifts from a colleague."),
    ),
)  # fmt: skip


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A studio in an empty folder whose enrichment gave the policy above."""
    config = tmp_path / "plumbline.toml"
    config.write_text('documents = ["policy.md"]\nworkspace = "ws"\n', encoding="utf-8")
    settings = load_settings(config, [])
    made = Studio(settings, environment(), Workspace(settings.workspace))
    made.workspace.create()
    return made


def run_stage(studio: Studio) -> Ontology:
    """What one more run makes of the policy."""
    folder = studio.workspace.index / "enrich-0"
    folder.mkdir(exist_ok=True)
    write_json(folder / "ontology.json", POLICY)
    write_json(folder / "enrichment.json", {})
    enriched = StageResult("enrich", "0", folder, cached=True, run="r", seconds=0.0)
    return read_ontology(weigh(Job(studio, "r", {}), enriched).folder)


def command(studio: Studio, *words: str) -> int:
    """Exit code of ``plumbline conflicts`` with the studio's configuration."""
    config = studio.workspace.root.parent / "plumbline.toml"
    return main(["conflicts", *words, "--config", str(config)])


def told(studio: Studio, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    """The JSON that a command prints."""
    assert command(studio, *words, "--json") == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_decision_is_applied_by_the_next_run(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """An open conflict is decided, dismissed and opened again; the ontology follows each time."""
    assert {(one.kind, one.prevails) for one in run_stage(studio).conflicts} == {
        ("contradiction", ""),
        ("exception", "rule:c"),
    }
    listed = told(studio, capsys, "list", "--status", "open")
    assert listed["counts"] == {"open": 1, "settled": 1, "decided": 0, "dismissed": 0}
    rows = listed["conflicts"]
    assert isinstance(rows, list)
    assert {side["citation"]: side["text"] for side in rows[0]["rules"]} == {
        "1.1": "Employees must not accept gifts.",
        "1.2": "Employees may accept gifts.",
    }
    id_ = rows[0]["id"].removeprefix("conflict:")
    told(studio, capsys, "decide", id_, "1.2", "--by", "Ada")
    decided = next(one for one in run_stage(studio).conflicts if one.kind == "contradiction")
    assert (decided.prevails, decided.principle) == ("rule:b", "decided by a person")
    assert told(studio, capsys, "show", id_)["decided_by"] == "Ada"
    told(studio, capsys, "decide", id_, "dismiss")
    assert {one.kind for one in run_stage(studio).conflicts} == {"exception"}
    told(studio, capsys, "undo", id_)
    told(studio, capsys, "undo", id_)
    assert {one.prevails for one in run_stage(studio).conflicts} == {"", "rule:c"}


def test_what_a_principle_settled_can_be_overruled(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """The general rule is made to prevail over the special one."""
    run_stage(studio)
    rows = told(studio, capsys, "list", "--status", "settled")["conflicts"]
    assert isinstance(rows, list)
    assert rows[0]["principle"] == "specific over general"
    told(studio, capsys, "decide", rows[0]["id"], "rule:a")
    assert {one.prevails for one in run_stage(studio).conflicts} == {"", "rule:a"}


def test_the_list_can_be_read(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """A table with both texts; a decision says when it is applied."""
    run_stage(studio)
    assert command(studio, "list", "--status", "open") == 0
    shown = capsys.readouterr().out
    assert "1 of 1 conflicts" in shown
    assert "must not accept" in shown
    id_ = shown.split("│")[1].strip()
    assert command(studio, "decide", id_, "first") == 0
    assert "plumbline ingest" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "said"), [
    (("show", "ffff"), "there is no conflict"),
    (("decide", "", "first"), "there is no conflict"),
])  # fmt: skip
def test_errors_say_what_to_do(
    studio: Studio, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    """An unknown id, and a workspace in which nothing was looked for yet."""
    assert command(studio, *words) == 2
    assert "run: plumbline ingest" in capsys.readouterr().err
    run_stage(studio)
    assert command(studio, *words) == 2
    assert said in capsys.readouterr().err


def test_an_answer_must_name_one_of_the_two_rules(studio: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    """The error names both."""
    run_stage(studio)
    rows = told(studio, capsys, "list", "--status", "open")["conflicts"]
    assert isinstance(rows, list)
    assert command(studio, "decide", rows[0]["id"], "1.9") == 2
    error = capsys.readouterr().err
    assert "1.1" in error
    assert "1.2" in error
