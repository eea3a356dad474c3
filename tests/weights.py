"""The model weights that tests use: those of the cache, never an installed package and never a download."""

from pathlib import Path

import pytest

from studio.settings import environment
from studio.weights import MANIFEST


def weights_folder(name: str) -> Path:
    """The folder of fetched weights; a test without them is skipped with the remedy."""
    folder = environment().cache / name
    if not (folder / MANIFEST).is_file():
        pytest.skip(f"the weights {name} are not in the cache; run `plumbline weights`")
    return folder
