"""The training recipe on a real, small model: it learns, counts what it leaves out, and resumes."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import PlumblineError, UserError
from kg.model import Message, Sample, Verdict
from tests.weights import weights_folder
from training import SftOptions, SftResult, read_result, train
from training.artifacts import RESULT
from training.lora import adapter_config, base_model, hidden_states
from training.verdicts import fit_verdicts

Listen = Callable[[str, int, int], None]


def sample(number: int, words: int = 6, *, judged: bool = False) -> Sample:
    """A short chat whose answer follows from its number; with ``judged`` it counts as a case."""
    answer = "Permitted." if number % 2 else "Prohibited."
    verdict = Verdict.PERMITTED if number % 2 else Verdict.PROHIBITED
    return Sample(
        id=f"sample:{number}",
        kind="scenario",
        writer="test",
        family=f"family:{number}",
        question="q",
        answer=answer,
        verdict=verdict if judged else None,
        rule_ids=(),
        clause_ids=(),
        messages=(
            Message("system", "Judge the case."),
            Message("user", f"Case {number}: " + ("a gift " if judged and number % 2 else "word ") * words),
            Message("assistant", answer),
        ),
    )


@pytest.fixture(scope="module")
def base() -> Path:
    """The real base model, when it has been fetched."""
    return weights_folder("smollm2")


@pytest.mark.parametrize(
    "change", [{"epochs": 0.0}, {"batch_size": 0}, {"dtype": "float8"}, {"learning_rate": 2.0}, {"lora_rank": 0}]
)
def test_contradictions_are_refused(change: dict[str, float]) -> None:
    """An option that cannot work is refused when the record is built, with a remedy."""
    with pytest.raises(UserError) as caught:
        replace(SftOptions(), **change)  # type: ignore[arg-type]
    assert caught.value.hint


def test_a_foreign_adapter_is_noticed(tmp_path: Path) -> None:
    """A result whose adapter was exchanged afterwards is not believed."""
    (tmp_path / "adapter").mkdir()
    (tmp_path / "adapter" / "adapter_model.safetensors").write_bytes(b"other")
    (tmp_path / RESULT).write_text(
        '{"adapter": "adapter", "steps": 1, "samples": 1, "over_long": 0, "train_curve": [], "validation_curve": [],'
        ' "seconds": 1.0, "tokens": 1, "trainable_parameters": 1, "resumed_from": 0, "sha256": "00"}',
        encoding="utf-8",
    )
    with pytest.raises(PlumblineError, match="not the one"):
        read_result(tmp_path)


@pytest.mark.model
@pytest.mark.slow
def test_training_learns_counts_and_resumes(base: Path, tmp_path: Path) -> None:
    """The loss falls, an over-long sample is counted, and a killed training goes on from its checkpoint."""
    options = SftOptions(max_steps=4, eval_every=2, save_every=2, batch_size=4, max_length=96)
    samples = [sample(number) for number in range(16)] + [sample(99, words=200)]

    class Killed(Exception):  # noqa: N818  (not an error of ours)
        """Stands for a kill signal after the third step."""

    def kill_at_three(stage: str, done: int, total: int) -> None:
        if done == 3:
            raise Killed

    with pytest.raises(Killed):
        train(samples, samples[:4], options, base, tmp_path, kill_at_three)
    assert read_result(tmp_path) is None

    result: SftResult = train(samples, samples[:4], options, base, tmp_path)
    assert result.resumed_from == 2
    assert result.steps == 4
    assert result.over_long == 1
    assert result.validation_curve[-1].loss < result.validation_curve[0].loss
    assert not (tmp_path / "checkpoints").exists()
    assert train(samples, (), options, base, tmp_path) == result  # complete: read back, nothing repeated


@pytest.mark.model
@pytest.mark.slow
def test_the_verdict_is_fitted_and_saved(base: Path, tmp_path: Path) -> None:
    """The fit tells its cases apart and leaves the rest of answers alone; the saved adapter is the one that was fitted."""
    options = SftOptions(max_steps=2, eval_every=0, batch_size=8, max_length=96)
    cases = [sample(number, judged=True) for number in range(20)]
    result = train(cases, cases[:8], options, base, tmp_path)
    fitted = result.verdicts
    assert fitted is not None
    assert fitted.kept
    assert fitted.cases == 20
    assert fitted.held_out_before is not None
    assert result.validation_curve[-1].loss <= result.validation_curve[0].loss  # of whole answers
    assert fitted.loss_after < 0.5 < fitted.loss_before
    assert read_result(tmp_path) == result
    assert verdict_loss(base, result.adapter, cases) == pytest.approx(fitted.loss_after, abs=0.1)


def test_the_fit_reads_the_cases_of_the_writers_that_are_named(base: Path) -> None:
    """With ``verdict_writers`` other cases are neither fitted nor validated."""
    from peft import get_peft_model
    from transformers import AutoTokenizer

    options = SftOptions(dtype="float32", max_length=96, verdict_writers=("archive/",))
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    cases = [sample(number, judged=True) for number in range(20)]
    decided = [replace(one, writer="archive/a story") for one in cases[:18]]
    model = get_peft_model(tiny("qwen3"), adapter_config(options, 1))
    assert fit_verdicts(model, tokenizer, cases, (), options) is None
    fitted = fit_verdicts(model, tokenizer, [*decided, *cases[18:]], [decided[0], cases[19]], options)
    assert fitted is not None
    assert (fitted.cases, fitted.held_out) == (18, 1)


@pytest.mark.model
@pytest.mark.slow
def test_a_fit_that_validation_contradicts_is_not_kept(base: Path, tmp_path: Path) -> None:
    """Where the validation cases have the opposite verdicts the fit makes them worse, and is left out."""
    options = SftOptions(max_steps=1, eval_every=0, batch_size=8, max_length=96)
    cases = [sample(number, judged=True) for number in range(20)]
    other = [replace(one, messages=(*one.messages[:2], two.messages[2])) for one, two in itertools.pairwise(cases)]
    fitted = train(cases, other, options, base, tmp_path).verdicts
    assert fitted is not None
    assert not fitted.kept
    assert fitted.held_out_after is not None
    assert fitted.held_out_before is not None
    assert fitted.held_out_after > fitted.held_out_before


def tiny(kind: str) -> Any:
    """A model of one block and random weights: ``phi3`` has one map for queries, keys and values, ``gemma2`` bounds what
    its attention compares, and ``qwen3`` normalises it.
    """
    import torch
    import transformers

    sizes = {
        "vocab_size": 49_152, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8, "pad_token_id": 0,
    }  # fmt: skip
    torch.manual_seed(1)
    if kind == "phi3":
        return transformers.Phi3ForCausalLM(transformers.Phi3Config(**sizes))
    if kind == "qwen3":
        return transformers.Qwen3ForCausalLM(transformers.Qwen3Config(**sizes))
    model = transformers.Gemma2ForCausalLM(transformers.Gemma2Config(**sizes, attn_logit_softcapping=0.01))
    torch.nn.init.normal_(model.model.layers[0].self_attn.q_proj.weight, std=50.0)
    return model


@pytest.mark.parametrize("kind", ["phi3", "gemma2"])
def test_an_attention_of_another_build_is_left_as_trained(base: Path, kind: str) -> None:
    """Where the four maps are not there, or the attention gives something else than they say, nothing is changed."""
    from peft import get_peft_model
    from transformers import AutoTokenizer

    options = SftOptions(dtype="float32", max_length=96)
    model = get_peft_model(tiny(kind), adapter_config(options, 1))
    before = {name: weight.clone() for name, weight in model.named_parameters() if "lora" in name}
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    cases = [sample(number, judged=True) for number in range(20)]
    assert fit_verdicts(model, tokenizer, cases, (), options) is None
    assert all(weight.equal(before[name]) for name, weight in model.named_parameters() if "lora" in name)


def test_normalised_queries_are_read(base: Path) -> None:
    """The account of an attention holds for a model that normalises its queries and keys, and the fit changes it."""
    from peft import get_peft_model
    from transformers import AutoTokenizer

    options = SftOptions(dtype="float32", max_length=96)
    model = get_peft_model(tiny("qwen3"), adapter_config(options, 1))
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    fitted = fit_verdicts(model, tokenizer, [sample(number, judged=True) for number in range(20)], (), options)
    assert fitted is not None
    assert fitted.kept
    assert fitted.loss_after < fitted.loss_before


def test_a_shared_beginning_changes_neither_states_nor_gradients(base: Path) -> None:
    """Rows of unlike length, padded on the right, that begin with the same eleven tokens; twelve could be shared."""
    import torch
    from peft import get_peft_model

    options = SftOptions(dtype="float32", lora_layers=2)
    model = get_peft_model(base_model(base, options)[0], adapter_config(options, 30))
    causal = model.get_base_model()
    torch.manual_seed(3)
    for name, weight in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight, std=0.05)
    rows = torch.randint(10, 4_000, (3, 24))
    rows[:, :11] = rows[0, :11]
    mask = torch.ones_like(rows)
    mask[1, 18:] = 0

    def states(most: int) -> tuple[torch.Tensor, int, torch.Tensor]:
        model.zero_grad()
        hidden, shared = hidden_states(causal, rows, mask, options, most)
        behind = hidden[:, 12 - shared :] * mask[:, 12:, None]
        behind.square().mean().backward()
        found = [weight.grad.flatten() for _, weight in model.named_parameters() if weight.grad is not None]
        return behind.detach(), shared, torch.cat(found)

    (alone, none, gradient), (together, shared, same) = states(0), states(12)
    assert (none, shared) == (0, 11)
    assert torch.allclose(alone, together, rtol=1e-3, atol=1e-4)
    assert torch.allclose(gradient, same, rtol=1e-2, atol=1e-3 * float(gradient.abs().max()))


def verdict_loss(base: Path, adapter: Path, cases: list[Sample]) -> float:
    """Mean cross-entropy (nats) of the verdict's first token among the two, asked of the merged adapter in float32."""
    import torch
    from peft import PeftModel

    model, tokenizer = base_model(base, SftOptions(dtype="float32"))
    model = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload().eval()
    tokens = [tokenizer(text, add_special_tokens=False)["input_ids"][0] for text in ("Permitted.", "Prohibited.")]
    losses: list[float] = []
    for case in cases:
        turns = [{"role": one.role, "content": one.content} for one in case.messages[:-1]]
        prompt = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        with torch.inference_mode():
            scores = model(**tokenizer(prompt, return_tensors="pt", add_special_tokens=False)).logits[0, -1, tokens]
        losses.append(-float(scores.log_softmax(-1)[0 if case.verdict is Verdict.PERMITTED else 1]))
    return sum(losses) / len(losses)


def test_nothing_short_enough_is_an_error(base: Path, tmp_path: Path) -> None:
    """When every sample is too long, the error says which settings to change."""
    with pytest.raises(PlumblineError, match="0 of 9"):
        train([sample(n, words=300) for n in range(9)], (), SftOptions(max_length=64), base, tmp_path)
