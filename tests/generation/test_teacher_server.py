"""The teacher against a real server: llama.cpp with SmolLM2 on loopback, and a run that is killed in its middle."""

import importlib.util
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.generation.teacher_llama import CACHE, CASES, NAME, llama, run
from tests.generation.teacher_peer import Answer, Peer, serving

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed"),
    pytest.mark.skipif(
        not (CACHE / NAME).is_file(), reason="no GGUF: run python -m tests.generation.teacher_llama fetch"
    ),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The base address of the real server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with llama(port) as address:
        yield address


def answered(folder: Path) -> set[str]:
    """A text of each request whose answer is on disk."""
    found = (json.loads(path.read_text(encoding="utf-8"))["request"] for path in folder.glob("*/*.json"))
    return {json.dumps(body, sort_keys=True) for body in found}


def forwarding(server: str) -> Any:
    """A peer that counts, and asks the real server."""

    def forward(body: dict[str, Any], _: int) -> Answer:
        request = urllib.request.Request(  # noqa: S310  (a loopback address of our own)
            f"{server}/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=300) as response:  # noqa: S310
            return response.status, {}, response.read()

    return serving(forward)


def test_a_killed_run_pays_for_nothing_twice(server: str, tmp_path: Path) -> None:
    """A run is killed with SIGKILL when it has its first answers; the next one asks only for what was not answered, gets the
    same cases, and a third one asks for nothing.
    """
    peer: Peer
    with forwarding(server) as peer:
        command = [sys.executable, "-m", "tests.generation.teacher_llama", "run", peer.base_url, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            until = time.monotonic() + 240
            while not answered(tmp_path) and time.monotonic() < until:
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)
            process.wait()
        before = answered(tmp_path)
        asked_before = len(peer.requests)
        assert 1 <= len(before) < CASES
        second = run(peer.base_url, tmp_path)
        later = {json.dumps(body, sort_keys=True) for _, body in peer.requests[asked_before:]}
        assert later.isdisjoint(before)
        assert (second["calls"], second["cached"]) == (CASES - len(before), len(before))
        assert second["kept"] + second["dropped"] == CASES
        asked = len(peer.requests)
        third = run(peer.base_url, tmp_path)
        assert (third["calls"], third["cached"], len(peer.requests)) == (0, CASES, asked)
        assert (third["kept"], third["dropped"]) == (second["kept"], second["dropped"])
    assert list(tmp_path.glob("*/.*.tmp")) == []


def test_a_real_server_keeps_to_the_schema_and_counts_its_tokens(server: str, tmp_path: Path) -> None:
    """What it says in full is JSON with the two fields; usage is its own count."""
    found = run(server, tmp_path, 1)
    assert (found["calls"], found["cached"], found["kept"] + found["dropped"]) == (1, 0, 1)
    answers = [json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*/*.json")]
    assert found["tokens"] == sum(one["prompt_tokens"] + one["answer_tokens"] for one in answers)
    for one in answers:
        assert one["finish"] in {"stop", "length"}
        if one["finish"] == "stop":
            assert set(json.loads(one["text"])) == {"case", "reason"}
