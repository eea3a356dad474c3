"""What a training leaves behind, and when it counts as complete.

``adapter/`` holds the adapter (safetensors), ``checkpoints/`` what a killed training resumes from, ``training.json``
the result. The last is written last: its presence means that the rest is whole.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import PlumblineError

RESULT = "training.json"


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Loss (nats per completion token) after ``step`` optimiser steps."""

    step: int
    loss: float


@dataclass(frozen=True, slots=True)
class VerdictFit:
    """What fitting the verdict to its end changed: cross-entropy (nats) among the verdicts, each weighing the same, over
    ``measured`` of the ``cases`` training cases and ``held_out`` validation cases, each put to the whole model. ``kept``
    says whether the adapter holds the change.
    """

    cases: int
    measured: int
    loss_before: float
    loss_after: float
    held_out: int
    held_out_before: float | None
    held_out_after: float | None
    kept: bool


@dataclass(frozen=True, slots=True)
class SftResult:
    """A finished training. ``tokens`` counts what the model read, padding included; ``over_long`` the samples left
    out because they exceed ``max_length``; ``resumed_from`` is the step of the checkpoint it went on from, or 0.
    """

    adapter: Path
    steps: int
    samples: int
    over_long: int
    train_curve: tuple[CurvePoint, ...]
    validation_curve: tuple[CurvePoint, ...]
    seconds: float
    tokens: int
    trainable_parameters: int
    resumed_from: int
    sha256: str
    verdicts: VerdictFit | None = None


def write_result(result: SftResult, folder: Path) -> None:
    """Write ``training.json`` into ``folder`` atomically."""
    data = asdict(result) | {"adapter": str(result.adapter.relative_to(folder))}
    scratch = folder / f".{RESULT}.tmp"
    scratch.write_text(json.dumps(data, indent=2), encoding="utf-8")
    scratch.replace(folder / RESULT)


def read_result(folder: Path) -> SftResult | None:
    """The result of a finished training in ``folder``; None when there is none.

    Raises:
        PlumblineError: the adapter is not the one that the result describes.
    """
    path = folder / RESULT
    if not path.is_file():
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for curve in ("train_curve", "validation_curve"):
        data[curve] = tuple(CurvePoint(**point) for point in data[curve])
    if data.get("verdicts"):
        data["verdicts"] = VerdictFit(**data["verdicts"])
    data["adapter"] = folder / data["adapter"]
    result = SftResult(**data)
    if digest(result.adapter) != result.sha256:
        raise PlumblineError(
            f"the adapter in {result.adapter} is not the one that was trained there", f"delete {folder} and train again"
        )
    return result


def digest(adapter: Path) -> str:
    """SHA-256 of the adapter's weights; an empty string when there are none."""
    weights = adapter / "adapter_model.safetensors"
    if not weights.is_file():
        return ""
    with weights.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
