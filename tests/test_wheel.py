"""The built wheel holds the six rooms, their data files, and the command."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("kg", "extraction", "generation", "training", "evaluation", "studio")


@pytest.mark.slow
def test_the_wheel_is_whole(tmp_path: Path) -> None:
    """Every Python module and template of the tree is in the wheel, and nothing of tests or examples."""
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    command += ["--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    wheel = next(tmp_path.glob("plumbline_studio-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry_points = next(name for name in names if name.endswith("entry_points.txt"))
        assert "plumbline = studio.cli:main" in archive.read(entry_points).decode()
    wanted = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= names
    assert not any(name.startswith(("tests/", "examples/", "benchmarks/")) for name in names)
