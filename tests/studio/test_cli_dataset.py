"""samples, preferences and dataset as a user calls them, over a small policy that is read for real."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.model import Verdict
from studio.steps_dataset import score_interval
from tests.weights import weights_folder

pytestmark = pytest.mark.model

POLICY = """# Code of Brook & Sons | <b>draft</b>

## 1 Gifts

1.1 Employees must not accept a gift above USD 75 unless the line manager has approved it in writing.

1.2 Employees may accept flowers if the flowers were sent to the whole team.

1.3 Employees must return a gift of a bidder within 5 working days.

## 2 Work

2.1 Employees must not disclose a trade secret.

2.2 Employees must report an accident to the site manager within 24 hours.

2.3 Employees may take a second job only if the work does not compete with the company.

2.4 Visitors must not photograph a machine.

2.5 A manager must keep a record of each inspection.
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration without an embedder; the first command writes its 72 samples, the others find them."""
    weights_folder("spacy")
    folder = tmp_path_factory.mktemp("dataset")
    (folder / "code.md").write_text(POLICY, encoding="utf-8")
    path = folder / "plumbline.toml"
    path.write_text(
        'documents = ["code.md"]\nlicence = "cc-by-4.0"\n[models]\nembedder = ""\n'
        "[generation]\nsamples = 72\ntest_share = 0.25\nvalidation_share = 0.1\n",
        encoding="utf-8",
    )
    return path


def parsed(out: str) -> Any:
    return json.loads(out)


def test_samples_are_shown_with_their_clause_and_rule(run: Run) -> None:
    """Some of each kind, the same for the same seed; each about a rule names it."""
    code, out, _ = run("samples", "--count", "2", "--json")
    found = parsed(out)
    assert code == 0
    assert sum(found["by_kind"].values()) == found["samples"] == 72
    assert all(len(mine) == min(2, found["by_kind"][kind]) for kind, mine in found["shown"].items())
    for case in found["shown"]["scenario"]:
        assert case["clauses"][0] in {"1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5"}
        assert case["rules"][0].startswith(("Employees", "Visitors", "A manager"))
    assert parsed(run("samples", "--count", "2", "--json")[1]) == found
    assert "scenario: 2 of" in run("samples", "--count", "2")[1]
    assert parsed(run("samples", "--count", "1", "--budget", "66", "--json")[1])["samples"] == 66
    assert run("samples", "--kind", "sonnet")[0] == 2
    assert "count from 1" in run("samples", "--count", "0")[2]


def test_a_page_of_samples_is_written_with_the_figures(run: Run, tmp_path: Path) -> None:
    """Each kind has its heading with n; above stand the leak with interval, n and families, and distinct-n by kind."""
    path = tmp_path / "samples.md"
    code, out, _ = run("samples", "--count", "3", "--markdown", str(path), "--diversity", "--json")
    text, told = path.read_text(encoding="utf-8"), parsed(out)
    assert code == 0
    assert text.count("\n## ") == len(told["samples"]) + 2
    assert "## scenario: 3 of " in text
    assert "| scenario |" in text
    leak = told["quality"]["leak"]["scenario"]
    assert leak["ci"][0] <= leak["macro_f1"] <= leak["ci"][1]
    assert leak["families"] >= 5
    assert {cue["verdict"] for cue in leak["cues"]} == {verdict.value for verdict in Verdict}
    whole = told["quality"]["diversity"]["questions"]["all"]
    assert whole["n"] == 72
    assert 0 < whole["distinct_1"] < whole["distinct_2"] <= whole["distinct_3"] <= 1
    assert whole["dispersion"] is None
    assert run("samples", "--markdown", str(tmp_path / "no" / "such.md"))[0] == 2


def test_preferences_are_counted_by_value_and_split(run: Run) -> None:
    """All values are there; a limit and a choice hold; an unknown value is refused with what is known."""
    found = parsed(run("preferences", "--json")[1])
    assert found["pairs"] == sum(sum(splits.values()) for splits in found["by_value"].values())
    assert all(found["by_value"]["cites"].values())
    few = parsed(run("preferences", "--value", "cites", "--per-value", "2", "--show", "2", "--json")[1])
    assert few["by_value"]["cites"] == {"train": 2, "validation": 2, "test": 2}
    assert len(few["shown"]["cites"]) == 2
    code, _, error = run("preferences", "--value", "kind")
    assert code == 2
    assert "faithful" in error


def test_the_dataset_is_written_for_trl(run: Run, config: Path, tmp_path: Path) -> None:
    """All forms with a card; TRL reads the pairs and labels as conversations."""
    folder = tmp_path / "out"
    found = parsed(run("dataset", str(folder), "--json")[1])
    forms = {file["path"].partition("/")[0] for file in found["files"]}
    assert forms == {"chat", "alpaca", "preferences", "labels"}
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "license: cc-by-4.0" in card
    assert "<b>draft" not in card.partition("---\n# ")[2]
    assert "| code.md | document, markdown | cc-by-4.0 |" in card
    assert str(config.parent) not in card
    assert all(file["sha256"] in card for file in found["files"])

    from datasets import load_dataset
    from trl.data_utils import is_conversational

    for form in ("preferences", "labels"):
        rows = load_dataset("parquet", data_files=str(folder / form / "train.parquet"), cache_dir=str(tmp_path / "c"))
        assert is_conversational(rows["train"][0])
    again = parsed(run("dataset", str(folder), "--form", "chat", "--encoding", "jsonl", "--json")[1])
    assert [file["path"].partition("/")[0] for file in again["files"]] == ["chat"] * len(again["files"])
    assert "chat" in run("dataset", str(folder), "--form", "chat")[1]


def test_the_interval_draws_whole_families() -> None:
    """Two families of which one is all wrong: the interval spans from one to the other."""
    truth = [Verdict.PERMITTED, Verdict.PROHIBITED] * 10
    guessed = truth[:10] + [Verdict.PROHIBITED, Verdict.PERMITTED] * 5
    low, high = score_interval(truth, guessed, ["a"] * 10 + ["b"] * 10)
    assert (low, high) == (0.0, 1.0)
