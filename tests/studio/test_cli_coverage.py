"""The coverage commands over a graph: by kind, region and depth, gaps with filters, any dataset, a budget before it is spent."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.coverage import verify_links
from kg.model import Ontology, Verdict
from tests.graph_servers import Address
from tests.kg.gift_policy import POLICY, sample

SAMPLES = (
    sample("May an employee accept a gift from a supplier?", "Prohibited.", ("r1",), Verdict.PROHIBITED, "a"),
    sample("An employee disclosed a trade secret.", "", ("r3",), Verdict.PERMITTED, "b"),
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def config(embedded_address: Address, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A configuration whose workspace holds a graph of the gift policy and a dataset's manifest."""
    folder = tmp_path_factory.mktemp("coverage")
    path = folder / "plumbline.toml"
    path.write_text(f"documents = []\nworkspace = {str(embedded_address.workspace)!r}\n", encoding="utf-8")
    with embedded_address.open() as store:
        store.clear()
        store.load(POLICY)
        store.load_samples(SAMPLES, verify_links(POLICY, SAMPLES))
        for number, ratio in enumerate((0.5, 0.75)):
            made = embedded_address.workspace / "datasets" / f"samples-{number}"
            made.mkdir(parents=True)
            manifest = {"key": str(number), "run": f"run{number}", "finished": f"2026-11-0{number + 1}T10:00:00+00:00"}
            (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
            after = {"samples": 10 * (number + 1), "by_kind": {"rule": {"total": 4, "covered": 2, "ratio": ratio}}}
            (made / "generation.json").write_text(json.dumps({"coverage_after": after}), encoding="utf-8")
        yield path
        store.clear()


def parsed(out: str) -> Any:
    return json.loads(out)


def test_coverage_by_kind_region_depth_and_history(run: Run) -> None:
    """One JSON object; the history says what moved since the dataset before."""
    code, out, _ = run("coverage", "--json")
    found = parsed(out)
    assert code == 0
    assert found["by_kind"]["rule"] == {"total": 12, "covered": 2, "ratio": 0.1667}
    assert set(found["by_kind"]) == {"rule", "concept", "relation", "relation_type", "exception", "conflict", "tuple"}
    assert {row["name"]: row["covered"] for row in found["by_region"]} == {
        "1 Gifts and hospitality": 1, "2 Confidential information": 1,
    }  # fmt: skip
    assert found["by_region"][0]["by_kind"]["concept"]["total"] > 0
    depths = {(row["kind"], row["depth"]) for row in found["by_depth"]}
    assert {("concept", 0), ("concept", 1), ("rule", 1)} <= depths
    assert [row["change"] for row in found["history"]] == [{}, {"rule": 0.25}]
    code, out, _ = run("coverage", "--by", "community")
    assert code == 0
    assert "Rules by region" in out
    assert "0.750 (+0.250)" in out


def test_gaps_with_every_filter(run: Run) -> None:
    """Kind, region, verdict, size of the tuples, fewer than k, weighted; as table, JSON and CSV."""
    _, out, _ = run("coverage", "gaps", "--kind", "rule", "--region", "2 conf", "--verdict", "permitted", "--json")
    assert [(row["element"], row["verdict"]) for row in parsed(out)["gaps"]] == [("r4", "permitted")]
    _, out, _ = run("coverage", "gaps", "--kind", "rule", "--below", "2", "--limit", "0", "--json")
    assert sorted({row["samples"] for row in parsed(out)["gaps"]}) == [0, 1]
    assert len(parsed(out)["gaps"]) == 12
    _, out, _ = run("coverage", "gaps", "--kind", "tuple", "--t", "3", "--limit", "1", "--json")
    assert parsed(out)["gaps"][0]["element"].count(" | ") in {1, 2}
    _, out, _ = run("coverage", "gaps", "--weighted", "--kind", "rule", "--limit", "0", "--json")
    weights = [row["weight"] for row in parsed(out)["gaps"]]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) > 1
    _, out, _ = run("coverage", "gaps", "--limit", "3", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 3
    assert rows[0]["why"]
    code, out, _ = run("coverage", "gaps", "--limit", "2")
    assert code == 0
    assert "Gaps" in out


def test_gaps_say_what_generation_noted(run: Run, config: Path, embedded_address: Address) -> None:
    """Where the graph holds the samples of a dataset, each gap says whether a writer could exercise it."""
    from studio.settings import environment, load_settings
    from studio.stages_model import samples_id
    from studio.stages_ontology import note_loaded
    from studio.wiring import Studio
    from studio.workspace import Workspace

    made = embedded_address.workspace / "datasets" / "samples-1"
    noted = {"kind": "concept", "element": "k:watch", "verdict": None, "within_reach": True, "why": "as topic"}
    report = json.loads((made / "generation.json").read_text(encoding="utf-8")) | {"unreached": [noted]}
    (made / "generation.json").write_text(json.dumps(report), encoding="utf-8")
    for name in ("samples.jsonl", "exercises.jsonl"):
        (made / name).write_text("", encoding="utf-8")
    settings = load_settings(config)
    studio = Studio(settings, environment(), Workspace(settings.workspace))
    note_loaded(studio, samples=samples_id(made))
    _, out, _ = run("coverage", "gaps", "--kind", "concept", "--limit", "0", "--json")
    rows = {row["element"]: row for row in parsed(out)["gaps"]}
    assert (rows["k:watch"]["why"], rows["k:watch"]["within_reach"]) == ("as topic", True)
    assert parsed(out)["by_reason"]["concept"]["as topic"] == 1
    note_loaded(studio, samples="")


def test_own_weights_come_first(run: Run, tmp_path: Path) -> None:
    """By clause number and concept label; a wrong entry is named."""
    path = tmp_path / "weights.yaml"
    path.write_text("2.2: 9\ngift card: 20\n", encoding="utf-8")
    _, out, _ = run("coverage", "gaps", "--weights", str(path), "--limit", "2", "--json")
    assert [row["label"].split()[0] for row in parsed(out)["gaps"]] == ["gift", "2.2"]
    path.write_text("2.2: heavy\n", encoding="utf-8")
    code, _, err = run("coverage", "gaps", "--weights", str(path))
    assert code == 2
    assert "2.2" in err


def test_a_formula_from_a_document_does_not_come_alive_in_a_spreadsheet() -> None:
    """A label that begins like a formula is quoted."""
    from kg.coverage_views import gaps_csv

    assert "'=HYPERLINK" in gaps_csv([{"label": "=HYPERLINK(1)"}])


def test_any_dataset_is_measured(run: Run, tmp_path: Path) -> None:
    """Form, malformed rows and coverage; the graph is left as it was."""
    path = tmp_path / "theirs.jsonl"
    rows = [
        {
            "conversations": [
                {"from": "human", "value": "May I disclose a trade secret?"},
                {"from": "gpt", "value": "No."},
            ]
        },
        {"nothing": 1},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    _, before, _ = run("coverage", "--json")
    code, out, _ = run("coverage", "measure", str(path), "--json")
    found = parsed(out)
    assert code == 0
    assert (found["form"], found["rows"], found["malformed"], found["samples"]) == ("sharegpt", 2, 1, 1)
    assert found["rejected"]["first"][0]["place"] == "line 2"
    assert found["by_kind"]["rule"]["covered"] == 2
    assert run("coverage", "--json")[1] == before
    code, out, _ = run("coverage", "measure", str(path))
    assert "Left out" in out
    code, _, err = run("coverage", "measure", str(tmp_path / "missing.jsonl"))
    assert code == 2
    assert "\nhint: " in err


def test_a_budget_is_priced_before_it_is_spent(run: Run) -> None:
    """What it covers, what full coverage needs, how far from the best; nothing is written."""
    code, out, _ = run("generate", "--budget", "6", "--dry-run", "--bound", "--json")
    found = parsed(out)
    assert code == 0
    assert found["needed"]["every_rule_and_verdict"] == 12
    assert not found["enough_for_rules"]
    assert found["coverage_predicted"]["rule"]["covered"] == 6
    assert 0 < found["best_plan"]["bound"]["plan"] <= found["best_plan"]["bound"]["best_possible"] <= 1
    code, out, _ = run("generate", "--budget", "6", "--dry-run")
    assert "Samples needed" in out
    code, out, _ = run("generate", "--budget", "24", "--dry-run", "--json")
    found = parsed(out)
    assert found["exact"]
    assert sum(found["forms"].values()) == 24
    assert found["coverage_predicted"]["rule"] == {"total": 12, "covered": 12, "ratio": 1.0}
    code, _, err = run("generate", "--budget", "0")
    assert code == 2
    assert "12 samples cover each rule" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gaps", "--region", "nowhere"], "no region is called"),
        (["gaps", "--below", "0"], "asks for nothing"),
        (["gaps", "--t", "9"], "coverage.t is 9"),
        (["--t", "-1"], "coverage.t is -1"),
    ],
)
def test_mistakes_end_with_2_and_a_hint(run: Run, arguments: list[str], words: str) -> None:
    """Nothing is guessed."""
    code, out, err = run("coverage", *arguments)
    assert code == 2
    assert words in err
    assert "\nhint: " in err
    assert not out


def test_an_ontology_without_rules_has_nothing_to_cover(embedded_address: Address) -> None:
    """Said with a remedy, by the same function that all commands use."""
    from dataclasses import replace

    from kg.errors import UserError
    from studio.steps_coverage import _ontology

    class Graph:
        def __init__(self, held: Ontology) -> None:
            self._held = held

        def ontology(self) -> Ontology:
            return self._held

    for held, words in ((Ontology(), "graph is empty"), (replace(POLICY, rules=()), "states no rules")):
        with pytest.raises(UserError, match=words):
            _ontology(Graph(held))  # type: ignore[arg-type]
