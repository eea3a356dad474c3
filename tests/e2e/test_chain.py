"""The whole chain on a small policy with the real model: once, again, and over a kill."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

POLICY = """# Travel code

## 1 Gifts

1.1 Employees must not accept a gift from a supplier unless a manager approves it in advance.

1.2 An employee may accept a meal of up to USD 50. Employees must record every gift in the register.

## 2 Travel

2.1 Employees must book flights through the travel desk. A manager may approve an exception in writing.

2.2 Employees must not book first class. An employee may keep the miles of a flight.
"""
CONFIG = """title = "Travel code"
documents = ["code.md"]
[generation]
samples = 60
test_share = 0.3
[training]
max_steps = 6
save_every = 1
eval_every = 0
batch_size = 2
[models]
embedder = ""
max_new_tokens = 4
[audit]
resamples = 200
"""
KEYS = {
    "documents", "sections", "clauses", "rules", "concepts", "relations", "rejected", "samples", "coverage", "verdict", "seconds",
    "peak_rss_mb", "report",
}  # fmt: skip

pytestmark = [pytest.mark.model, pytest.mark.slow]


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "studio", "run", "--config", str(folder / "plumbline.toml"), "--json"]


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[2])}


def run(folder: Path) -> tuple[dict[str, Any], str]:
    made = subprocess.run(command(folder), check=False, capture_output=True, text=True, env=clean_environment())
    assert made.returncode == 0, made.stderr
    found: dict[str, Any] = json.loads(made.stdout.strip().splitlines()[-1])
    return found, made.stderr


def test_a_killed_run_resumes_and_a_second_one_is_up_to_date(tmp_path: Path) -> None:
    """SIGKILL in the middle of training loses neither the stages before it nor the steps of the last checkpoint; the
    finished run tells all figures, and the same run again does nothing.
    """
    (tmp_path / "code.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "plumbline.toml").write_text(CONFIG, encoding="utf-8")
    said_first = tmp_path / "first.log"
    with said_first.open("w", encoding="utf-8") as log:
        first = subprocess.Popen(command(tmp_path), env=clean_environment(), stdout=log, stderr=log)
    models = tmp_path / ".plumbline" / "models"
    while first.poll() is None and not list(models.glob("*.partial/checkpoints/checkpoint-*/trainer_state.json")):
        time.sleep(0.05)
    assert first.poll() is None, said_first.read_text(encoding="utf-8")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not list(models.glob("*/training.json"))

    found, said = run(tmp_path)
    assert set(found) >= KEYS
    assert "ingest: up to date" in said
    assert "samples: up to date" in said
    result = json.loads(next(models.glob("sft-*/training.json")).read_text(encoding="utf-8"))
    assert result["resumed_from"] >= 1
    assert result["steps"] == 6
    assert found["coverage"]["rules"] == 1.0
    assert found["verdict"]["aligned"]["n"] == found["verdict"]["unaligned"]["n"] > 0
    assert Path(found["report"]).stat().st_size > 10_000
    assert not list((tmp_path / ".plumbline").glob("*/*.partial"))
    manifest = json.loads((Path(found["report"]).parent / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["seeds"]["training.seed"] == 7
    assert manifest["versions"]["torch"]
    assert manifest["inputs"][str(tmp_path / "code.md")]

    assert manifest["parents"] == []
    assert len(list((tmp_path / ".plumbline" / "runs").iterdir())) == 1

    again, said = run(tmp_path)
    assert again["up_to_date"]
    assert again["verdict"] == found["verdict"]
    assert "train" not in said
