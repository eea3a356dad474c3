"""The local model scores choices as a plain forward pass would, and answers from the likeliest."""

from pathlib import Path

import numpy as np
import pytest
import torch

from kg.errors import PlumblineError
from kg.model import Message
from studio.models import LocalModel, embedder
from studio.settings import environment, load_settings
from studio.wiring import Studio
from studio.workspace import Workspace
from tests.weights import weights_folder

CHOICES = ("Permitted", "Prohibited", "Needs information")


@pytest.mark.model
def test_choice_scores_equal_a_plain_forward_pass() -> None:
    """The cached, batched and padded computation gives the log-likelihoods of one text read alone."""
    model = LocalModel(weights_folder("smollm2"), dtype="float32", max_new_tokens=4)
    prompts = [
        (Message("system", "Judge."), Message("user", "Case: a gift of 20 dollars.")),
        (Message("system", "Judge."), Message("user", "Case: " + "a long story about a supplier. " * 6)),
    ]
    answers = model.answer(prompts, CHOICES)
    for prompt, answer in zip(prompts, answers, strict=True):
        head = model.tokenizer(model._render(prompt), return_tensors="pt", add_special_tokens=False)["input_ids"]
        for choice, score in zip(CHOICES, answer.choice_scores, strict=True):
            tail = model.tokenizer(f"{choice}.", return_tensors="pt", add_special_tokens=False)["input_ids"]
            with torch.inference_mode():
                logits = model.model(torch.cat([head, tail], dim=1)).logits[0, head.shape[1] - 1 : -1]
            expected = torch.log_softmax(logits, -1).gather(1, tail[0].unsqueeze(1)).sum().item()
            assert score == pytest.approx(expected, abs=1e-3)
        best = CHOICES[int(np.argmax(answer.choice_scores))]
        assert answer.text.startswith(f"{best}.")


@pytest.mark.model
def test_a_reason_goes_on_as_if_its_text_were_read_alone() -> None:
    """The reason grows from the kept keys and values, padded before the text and before the phrase, and is the same."""
    model = LocalModel(weights_folder("smollm2"), max_new_tokens=12)
    prompts = [
        (Message("system", "Judge."), Message("user", "Case: a gift of 20 dollars.")),
        (Message("system", "Judge."), Message("user", "Case: " + "a long story about a supplier. " * 6)),
    ]
    texts = [model._render(prompt) for prompt in prompts]
    phrases = ["Needs information.", "Permitted."]
    tokens = [model._tokens(phrase) for phrase in phrases]
    assert len(tokens[0]) != len(tokens[1])
    reasons = model._continue(model._read(texts), tokens)
    for text, phrase, reason in zip(texts, phrases, reasons, strict=True):
        alone = model.tokenizer(text + phrase, return_tensors="pt", add_special_tokens=False)
        with torch.inference_mode():
            whole = model.model.generate(**alone, max_new_tokens=12, do_sample=False, pad_token_id=0)
        assert reason == model.tokenizer.decode(whole[0, alone["input_ids"].shape[1] :], skip_special_tokens=True)


@pytest.mark.model
@pytest.mark.parametrize(("line", "dtype"), [("", torch.float32), ('[models]\ndtype = "bfloat16"\n', torch.bfloat16)])
def test_answers_are_computed_in_the_format_of_the_configuration(tmp_path: Path, line: str, dtype: torch.dtype) -> None:
    """float32 unless the configuration says otherwise: bfloat16 rounds scores by as much as parts two verdicts."""
    weights_folder("smollm2")
    (tmp_path / "plumbline.toml").write_text(f'documents = ["code.md"]\n{line}')
    settings = load_settings(tmp_path / "plumbline.toml")
    model = Studio(settings, environment(), Workspace(settings.workspace)).answer_model(None)
    assert isinstance(model, LocalModel)
    assert model.model.dtype == dtype


@pytest.mark.model
def test_embeddings_are_unit_rows_that_rank_by_meaning() -> None:
    """A paraphrase lies nearer than an unrelated sentence."""
    embed = embedder(weights_folder("minilm"))
    vectors = embed(["a gift from a supplier", "a present from a vendor", "the reactor must be cooled"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


@pytest.mark.model
def test_a_missing_adapter_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """A folder without an adapter never passes for the aligned model."""
    with pytest.raises(PlumblineError) as caught:
        LocalModel(weights_folder("smollm2"), tmp_path)
    assert "plumbline train" in caught.value.hint
