"""The encoder behind late interaction."""

from pathlib import Path

import numpy as np
import pytest

from kg.errors import PlumblineError
from kg.retrieval_late import LateInteraction
from studio.encoders import token_encoder
from tests.weights import weights_folder


@pytest.mark.model
def test_tokens_are_unit_rows_whatever_the_batch() -> None:
    """Padding changes nothing, and a paraphrase scores above an unrelated sentence."""
    encode = token_encoder(weights_folder("colbert"), batch_size=2)
    texts = [
        "A gift from a supplier.",
        "A bottle of wine from the firm that delivers our steel.",
        "The reactor is cooled.",
    ]
    together = encode(texts)
    for text, rows in zip(texts, together, strict=True):
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-4)
        # The weights are quantised with one scale for a whole batch, so that a little is left of the neighbours.
        assert encode([text])[0] == pytest.approx(rows, abs=0.15)
    scores = LateInteraction(texts[1:], encode).scores(together[0], [0, 1])
    assert scores[0] > scores[1]


def test_a_folder_without_a_model_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """A folder that holds no ONNX never passes for an encoder."""
    with pytest.raises(PlumblineError) as caught:
        token_encoder(tmp_path)
    assert "model.onnx" in caught.value.hint
