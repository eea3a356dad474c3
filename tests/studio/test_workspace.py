"""Workspaces: content addresses, leftovers, locks, full disks."""

import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kg.errors import PlumblineError, UserError
from studio.memory import PeakMemory, release
from studio.workspace import MANIFEST, Workspace, clear_errors, digest, read_json, write_json, write_text


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "w")
    made.create()
    return made


def note(folder: Path) -> None:
    write_text(folder / "out.txt", "done")


def test_a_complete_stage_is_not_built_again(workspace: Workspace) -> None:
    """The second call finds the first one's folder, with its run and its outputs."""
    first = workspace.stage(workspace.index, "ingest", {"a": 1}, note, run="run-1")
    second = workspace.stage(workspace.index, "ingest", {"a": 1}, lambda _: pytest.fail("built again"), run="run-2")
    assert (first.cached, second.cached, second.run) == (False, True, "run-1")
    assert second.folder == first.folder
    assert set(read_json(first.folder / MANIFEST)["outputs"]) == {"out.txt"}


def test_changed_parts_make_another_stage(workspace: Workspace) -> None:
    """Options and inputs are the address."""
    first = workspace.stage(workspace.index, "ingest", {"a": 1}, note, run="r")
    second = workspace.stage(workspace.index, "ingest", {"a": 2}, note, run="r")
    assert first.key != second.key
    assert first.folder.is_dir()


def test_a_failed_stage_leaves_nothing(workspace: Workspace) -> None:
    """A rerun starts from an empty folder."""

    def fail(folder: Path) -> None:
        note(folder)
        raise PlumblineError("no")

    with pytest.raises(PlumblineError):
        workspace.stage(workspace.index, "ingest", {}, fail, run="r")
    assert list(workspace.index.iterdir()) == []


def test_a_resumable_stage_finds_what_was_left(workspace: Workspace) -> None:
    """Training goes on from the checkpoints of its killed predecessor; those of other options go."""

    def fail(folder: Path) -> None:
        write_text(folder / "checkpoint", "40")
        raise KeyboardInterrupt

    for parts in ({"old": 1}, {"new": 1}):
        with pytest.raises(KeyboardInterrupt):
            workspace.stage(workspace.models, "sft", parts, fail, run="r", resumable=True)
    workspace.sweep()
    assert len(list(workspace.models.iterdir())) == 1
    seen: list[str] = []

    def finish(folder: Path) -> None:
        seen.append((folder / "checkpoint").read_text(encoding="utf-8"))

    assert not workspace.stage(workspace.models, "sft", {"new": 1}, finish, run="r", resumable=True).cached
    assert seen == ["40"]


def test_sweep_removes_leftovers(workspace: Workspace) -> None:
    """Half-written folders and files of a killed run are gone when the next one begins."""
    (workspace.index / "ingest-abc.partial").mkdir()
    (workspace.graph / ".loaded.json.tmp").write_text("{", encoding="utf-8")
    with workspace.lock():
        pass
    assert list(workspace.index.iterdir()) == []
    assert not list(workspace.graph.iterdir())


def test_a_second_run_is_kept_out_and_told_by_whom(workspace: Workspace) -> None:
    """The error names the process."""
    with workspace.lock(), pytest.raises(UserError) as caught, Workspace(workspace.root).lock():
        pass
    assert str(os.getpid()) in str(caught.value)


def test_the_lock_dies_with_its_holder(workspace: Workspace) -> None:
    """A run that was killed with SIGKILL keeps nobody out."""
    code = f"""
        import sys, time
        from pathlib import Path
        from studio.workspace import Workspace
        with Workspace(Path({str(workspace.root)!r})).lock():
            print("locked", flush=True)
            time.sleep(60)
    """
    holder = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    with holder.stdout:
        assert holder.stdout.readline().strip() == "locked"
    with pytest.raises(UserError), workspace.lock():
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with workspace.lock():
        pass


def test_a_full_disk_is_a_clear_error(workspace: Workspace) -> None:
    """/dev/full answers every write as a full disk does."""

    def fill(_: Path) -> None:
        with Path("/dev/full").open("w", encoding="utf-8") as stream:
            stream.write("x")

    with pytest.raises(PlumblineError) as caught:
        workspace.stage(workspace.index, "ingest", {}, fill, run="r")
    assert "disk is full" in str(caught.value)
    assert caught.value.exit_code == 1
    assert list(workspace.index.iterdir()) == []


def test_what_may_not_be_written_is_the_users_to_mend(tmp_path: Path) -> None:
    """Permissions and read-only disks end with 2 and name the place."""
    with pytest.raises(UserError) as caught, clear_errors(tmp_path):
        raise PermissionError(13, "Permission denied", "/x/y")
    assert "/x/y" in str(caught.value)


def test_a_file_in_the_way_of_the_workspace(tmp_path: Path) -> None:
    """It is named, with the option that chooses another place."""
    (tmp_path / "w").write_text("", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        Workspace(tmp_path / "w").create()
    assert "--set workspace" in caught.value.hint


def test_runs_are_found_again_by_their_key(workspace: Workspace) -> None:
    """An unfinished run is gone on with; a complete one is up to date."""
    name, complete = workspace.new_run("abcd1234")
    assert name.endswith("-abcd1234")
    assert not complete
    (workspace.runs / name).mkdir()
    assert workspace.new_run("abcd1234") == (name, False)
    write_json(workspace.runs / name / MANIFEST, {})
    assert workspace.new_run("abcd1234") == (name, True)
    assert workspace.complete_runs() == (workspace.runs / name,)


def test_damage_is_told_with_its_remedy(workspace: Workspace) -> None:
    """A file that something else cut short names itself."""
    path = workspace.runs / "broken.json"
    path.write_text('{"a":', encoding="utf-8")
    with pytest.raises(PlumblineError) as caught:
        read_json(path)
    assert "broken.json" in str(caught.value)


def test_the_digest_ignores_the_order_of_keys() -> None:
    """The same parts have the same address."""
    assert digest({"a": 1, "b": [Path("x")]}) == digest({"b": ["x"], "a": 1})


def test_the_peak_of_memory_counts_children() -> None:
    """A child that holds 200 MiB is seen, and what is freed can be given back."""
    with PeakMemory() as memory:
        before = memory.peak_mb
        code = "import time; held = b'x' * (200 * 2**20); time.sleep(1.5)"
        subprocess.run([sys.executable, "-c", code], check=True)
    assert memory.peak_mb >= before + 150
    release()


def test_a_place_where_no_workspace_can_be_made() -> None:
    """Whatever the system answers, the place is named, with the option that chooses another."""
    with pytest.raises(UserError) as caught:
        Workspace(Path("/proc/nowhere")).create()
    assert "--set workspace=" in caught.value.hint


def test_a_text_that_does_not_fit_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the hidden neighbour that it was written into."""
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(OSError, match="full"):
        write_text(tmp_path / "a.txt", "x")
    assert list(tmp_path.iterdir()) == []


def _full(_: int) -> None:
    raise OSError(errno.ENOSPC, "the disk is full")
