"""The adapter around an encoder in ONNX: a vector for each token of a text.

ONNX is a protocol buffer that names operators and holds numbers; unlike a pickle it cannot run code when it is read.
The runtime is imported when an encoder is built, never before.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import PlumblineError

TokenEmbed = Callable[[Sequence[str]], Sequence[npt.NDArray[np.float32]]]

LONGEST = 300
"""Tokens of a text that are read; a passage of 250 words seldom has more."""


def token_encoder(folder: Path, batch_size: int = 32) -> TokenEmbed:
    """A function from n texts to n arrays of shape (tokens, d), float32, unit rows, from ``model.onnx`` and
    ``tokenizer.json`` in ``folder``.

    Raises:
        PlumblineError: one of the files is missing.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    model, vocabulary = folder / "model.onnx", folder / "tokenizer.json"
    for path in (model, vocabulary):
        if not path.is_file():
            raise PlumblineError(
                f"{path} is not there", 'name a folder with model.onnx and tokenizer.json, or models.interaction = ""'
            )
    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False  # an arena keeps what the longest batch took, and training comes after it
    session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    named = {node.name for node in session.get_inputs()}
    tokenizer: Any = Tokenizer.from_file(str(vocabulary))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()

    def embed(texts: Sequence[str]) -> list[npt.NDArray[np.float32]]:
        found: dict[int, npt.NDArray[np.float32]] = {}
        # Texts of like length share a batch, so that little is padded.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            encoded = tokenizer.encode_batch([texts[row] for row in rows])
            mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
            given = {"input_ids": np.array([one.ids for one in encoded], dtype=np.int64), "attention_mask": mask}
            given["token_type_ids"] = np.zeros_like(mask)
            states = session.run(None, {name: value for name, value in given.items() if name in named})[0]
            for row, state, held in zip(rows, states, mask, strict=True):
                kept = np.asarray(state[held > 0], dtype=np.float32)
                found[row] = kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-9)
        return [found[row] for row in range(len(texts))]

    return embed
