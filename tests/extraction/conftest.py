"""The parser, loaded once for all tests of extraction."""

from pathlib import Path

import pytest

from extraction.nlp import Analyser
from tests.weights import weights_folder


@pytest.fixture(scope="session")
def parser() -> Path:
    """The folder of the spaCy model."""
    return weights_folder("spacy")


@pytest.fixture(scope="session")
def analyser(parser: Path) -> Analyser:
    """One analyser: it remembers the texts that it has parsed."""
    return Analyser(parser)
