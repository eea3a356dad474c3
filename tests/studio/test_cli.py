"""The command line as a process: speed, exit codes, errors of two lines."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.cli.app import COMMANDS, main, parser


def plumbline(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parents[2])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")} | {
        "PYTHONPATH": root
    }
    return subprocess.run(
        [sys.executable, "-m", "studio", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
    )


def test_help_is_fast_and_imports_no_torch() -> None:
    """Half a second at most (the best of three), and nothing heavy is loaded."""
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        assert plumbline("--help").returncode == 0
        best = min(best, time.perf_counter() - started)
    assert best < 0.5
    code = "import sys\nfrom studio.cli.app import parser\nparser()\nprint(sorted(set(sys.modules) & {'torch','spacy','numpy','nicegui','rich','neo4j'}))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_every_command_has_help_json_and_debug() -> None:
    """Each says what it does and takes the shared options."""
    text = parser().format_help()
    for name in COMMANDS:
        assert name in text
        with pytest.raises(SystemExit) as caught:
            main([name, "--help"])
        assert caught.value.code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bogus"], "invalid choice"),
        ([], "COMMAND"),
        (["run"], "plumbline init"),
        (["run", "--config", "p.toml"], "documents: "),
        (["run", "--config", "p.toml", "--set", "trainng.seed=1"], "did you mean 'training'"),
        (["serve", "--config", "p.toml", "--host", "192.0.2.1"], "PLUMBLINE_TOKEN"),
        (["serve", "--config", "p.toml", "--port", "70000"], "is not a port"),
        (["conceptnet", "import", "--config", "p.toml"], "no ConceptNet file"),
        (["conceptnet", "neighbours", "gift", "--config", "p.toml"], "plumbline conceptnet import"),
        (["report", "--config", "p.toml"], "no complete run"),
        (["weights", "gpt9"], "choose one of"),
    ],
)
def test_a_users_mistake_ends_with_2_and_a_hint(tmp_path: Path, arguments: list[str], words: str) -> None:
    """One error, one remedy, no traceback."""
    (tmp_path / "p.toml").write_text('documents = ["missing.md"]\n', encoding="utf-8")
    result = plumbline(*arguments, cwd=tmp_path)
    assert result.returncode == 2, result.stderr
    assert result.stderr.startswith("error: ")
    assert "\nhint: " in result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    """Only then."""
    result = plumbline("run", "--config", "p.toml", "--debug", cwd=tmp_path)
    assert "Traceback" in result.stderr


def test_init_then_json(tmp_path: Path) -> None:
    """``--json`` is one object on standard output."""
    result = plumbline("init", "new", "--json", cwd=tmp_path)
    assert result.returncode == 0
    assert json.loads(result.stdout) == {"config": "new/plumbline.toml"}
    assert plumbline("init", "new", cwd=tmp_path).returncode == 2


def test_an_empty_or_broken_document_is_one_error(tmp_path: Path) -> None:
    """Nothing half-written is left that a rerun trips over."""
    (tmp_path / "p.toml").write_text('documents = ["empty.md"]\n', encoding="utf-8")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    for _ in range(2):
        result = plumbline("ingest", "--config", "p.toml", cwd=tmp_path)
        assert result.returncode == 2, result.stderr
        assert "empty.md" in result.stderr
        assert "Traceback" not in result.stderr
    assert not list((tmp_path / ".plumbline" / "index").iterdir())


def test_the_same_options_stand_on_either_side_of_an_action() -> None:
    """``coverage --json gaps`` and ``coverage gaps --json`` mean the same."""
    for arguments in (["coverage", "--json", "--config", "x", "gaps"], ["coverage", "gaps", "--json", "--config", "x"]):
        parsed = parser().parse_args(arguments)
        assert parsed.json
        assert parsed.config == Path("x")
        assert parsed.overrides == []


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C says that finished work is kept."""

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("studio.cli.doctor.run", interrupt)
    assert main(["doctor"]) == 130
    assert "finished stages are kept" in capsys.readouterr().err


def test_an_unforeseen_failure_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the edge of the process every error becomes two lines and a 1."""

    def fail(_: object) -> int:
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr("studio.cli.doctor.run", fail)
    assert main(["doctor"]) == 1
    assert (
        capsys.readouterr().err
        == "error: ZeroDivisionError: a slip\nhint: add --debug for the traceback and report it\n"
    )
