"""The ConceptNet commands: import a file, look into it, what waits, and what goes wrong."""

import json
from pathlib import Path

import pytest

from studio.cli import main
from tests.kg.conceptnet_rows import ROWS, row, write


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration, rows in the official format, and a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "plumbline.toml").write_text('documents = ["policy.md"]\n', encoding="utf-8")
    write(tmp_path / "rows.csv.gz", ROWS)
    return tmp_path


def test_import_status_and_neighbours(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that the configuration does not name is imported, kept, and looked into."""
    assert main(["conceptnet", "import", "rows.csv.gz", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["lines"], made["assertions"], made["rejected"], made["up_to_date"]) == (11, 10, 0, False)
    assert (made["relations"]["IsA"], made["configured"]) == (3, False)
    assert main(["conceptnet", "import", "rows.csv.gz"]) == 0
    said = capsys.readouterr()
    assert f'conceptnet = ["{project / "rows.csv.gz"}"]' in said.out
    assert "up to date" in said.err

    assert main(["conceptnet", "status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["index"]["assertions"], found["enrichment"], found["waiting_for_review"]) == (10, None, 0)
    assert found["download"]["complete"] is False

    assert main(["conceptnet", "neighbours", "employee", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["assertions"]
    assert [(one["end"], one["symmetric"], one["polarity"]) for one in rows] == [
        ("/c/en/staff_member", True, 1),
        ("/c/en/bribe", False, -1),
    ]
    assert rows[0]["licence"] == "cc:by/4.0"
    assert main(["conceptnet", "neighbours", "staff member", "--limit", "1"]) == 0
    assert "/c/en/employee" in capsys.readouterr().out


def test_what_was_downloaded_is_imported_without_a_name(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file in the cache stands in for one in the configuration."""
    kept = project / "cache" / "conceptnet" / "conceptnet-assertions-5.7.0.csv.gz"
    kept.parent.mkdir(parents=True)
    write(kept, ROWS)
    assert main(["conceptnet", "download", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fetched"] is False
    assert main(["conceptnet", "import", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sources"] == [str(kept)]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["import"], 2, "names no ConceptNet file"),
        (["import", "nothing.csv"], 2, "there is no file"),
        (["import", "bad.csv"], 1, "2 of 100 lines are no ConceptNet assertions (line 2: 1 columns instead of 5"),
        (["neighbours", "gift"], 2, "not indexed yet"),
        (["download", "--set", 'enrichment.url="http://127.0.0.1:9/a.csv.gz"'], 1, "could not be fetched"),
        (["download", "--set", 'enrichment.url="ftp://a"'], 2, "no http address"),
    ],
)
def test_each_mistake_is_one_error_with_a_hint(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str
) -> None:
    """The exit code tells the user's mistake from a failure."""
    lines = [row("IsA", f"a{place}", "b") for place in range(100)]
    lines[1] = lines[2] = "broken"
    write(project / "bad.csv", lines)
    assert main(["conceptnet", *arguments]) == code
    said = capsys.readouterr().err
    assert words in said
    assert "\nhint: " in said


def test_an_unknown_term_names_what_is_like_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A look-up that finds nothing is the user's to put right."""
    assert main(["conceptnet", "import", str(project / "rows.csv.gz"), "--json"]) == 0
    capsys.readouterr()
    assert main(["conceptnet", "neighbours", "gifts"]) == 2
    assert "/c/en/gift" in capsys.readouterr().err
