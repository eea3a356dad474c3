"""An earlier run's audit says of which regions more is written: read from its report, named by its id."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.coverage_options import CoverageOptions
from kg.errors import PlumblineError, UserError
from studio.settings import Settings, environment
from studio.steering import NEWEST, attention, audited_run
from studio.wiring import Studio
from studio.workspace import MANIFEST, Workspace


def audited(workspace: Workspace, name: str, regions: object) -> str:
    """A complete run with this audit in its report."""
    folder = workspace.runs / name
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(json.dumps({"audit": {"regions": regions}}), encoding="utf-8")
    (folder / MANIFEST).write_text("{}", encoding="utf-8")
    return name


def region(name: str, wrong: int, n: int, low: float) -> dict[str, object]:
    rate = {"value": 1 - wrong / n, "ci": [low, 1.0], "n": n} if n else None
    return {"region": f"sec:{name}", "name": name, "n": n, "aligned": rate, "errors": ["case"] * wrong}


def test_the_weighting_follows_the_named_audit(tmp_path: Path) -> None:
    """A weak region above 1, a strong one below, an untested one not named; nothing is steered unless asked for."""
    workspace = Workspace(tmp_path)
    name = audited(
        workspace, "20260101-000000-a", [region("A", 16, 20, 0.08), region("B", 0, 40, 0.91), region("C", 0, 0, 0)]
    )
    studio = Studio(Settings(coverage=CoverageOptions(audit="20260101")), environment({}), workspace)
    factors = studio.weighting().attention
    assert set(factors) == {"sec:A", "sec:B"}
    assert factors["sec:A"] > 1 > factors["sec:B"]
    assert audited_run(workspace, NEWEST) == name
    assert not replace(studio, settings=Settings()).weighting().attention


def test_what_cannot_steer_says_why(tmp_path: Path) -> None:
    """No run, an unknown run, an ambiguous beginning, a report of another kind, a strength out of range."""
    workspace = Workspace(tmp_path)
    with pytest.raises(UserError, match="no audited run yet"):
        audited_run(workspace, NEWEST)
    for name in ("20260101-000000-a", "20260102-000000-b"):
        audited(workspace, name, None)
    with pytest.raises(UserError, match="no audited run 2027"):
        audited_run(workspace, "2027")
    with pytest.raises(UserError, match="several runs"):
        audited_run(workspace, "2026")
    with pytest.raises(PlumblineError, match="no audit by region"):
        attention(Settings(coverage=CoverageOptions(audit="20260102")), workspace)
    with pytest.raises(UserError, match="audit_strength"):
        CoverageOptions(audit_strength=9)
