"""Supervised fine-tuning of a LoRA adapter with TRL: one recipe, top to bottom.

The loss counts the answer's tokens only. The base is frozen in bfloat16, the adapter trained in float32.
"""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from kg.errors import PlumblineError
from kg.model import Sample
from kg.progress import Progress, silent
from training.artifacts import CurvePoint, SftResult, VerdictFit, digest, read_result, write_result
from training.lora import adapter_config, base_model, computing, hidden_states
from training.options import SftOptions
from training.verdicts import fit_verdicts

MIN_SAMPLES = 8
IGNORED = -100  # the label that the loss leaves out
TOLERATED = 1.05  # how far the loss of whole answers may rise for the sake of their verdict


def train(
    training: Sequence[Sample],
    validation: Sequence[Sample],
    options: SftOptions,
    base: Path,
    output: Path,
    progress: Progress = silent,
) -> SftResult:
    """Train an adapter for the model in ``base`` and leave it in ``output/adapter``.

    A training that was killed goes on from its last checkpoint in ``output``; one that is complete is read back.

    Raises:
        PlumblineError: too few samples are short enough to train on.
    """
    finished = read_result(output)
    if finished is not None:
        return finished
    from peft.helpers import disable_input_dtype_casting
    from transformers import PrinterCallback, set_seed
    from transformers.utils import logging

    logging.disable_progress_bar()
    set_seed(options.seed)
    model, tokenizer = base_model(base, options)
    records, over_long = _records(training, tokenizer, options.max_length)
    held_out, over_long_validation = _records(validation, tokenizer, options.max_length)
    held_out = _drawn(held_out, options)
    if len(records) < MIN_SAMPLES:
        raise PlumblineError(
            f"only {len(records)} of {len(training)} samples can be trained on ({over_long} are over {options.max_length} tokens)",
            "raise training.max_length, lower generation.context_clauses, or generate more samples",
        )
    checkpoints = output / "checkpoints"
    last = _last_checkpoint(checkpoints)
    trainer = _trainer(model, tokenizer, records, held_out, options, checkpoints)
    trainer.remove_callback(PrinterCallback)  # it prints to standard output, which belongs to the result
    trainer.add_callback(_progress_callback(progress))
    started = time.monotonic()
    # The adapter's weights are cast to the base's type for a product, not the activations to theirs: a third of the time
    # of a step and 0.7 GB went into copies of activations in float32.
    with disable_input_dtype_casting(trainer.model):
        trainer.train(resume_from_checkpoint=str(last) if last else None)
        verdicts = _with_verdicts(trainer, tokenizer, training, validation, options, progress)
    result = _saved(
        trainer, output, len(records), over_long + over_long_validation, started, resumed=last, verdicts=verdicts
    )
    write_result(result, output)
    shutil.rmtree(checkpoints, ignore_errors=True)
    return result


def _with_verdicts(
    trainer: Any,
    tokenizer: Any,
    training: Sequence[Sample],
    validation: Sequence[Sample],
    options: SftOptions,
    progress: Progress,
) -> VerdictFit | None:
    """Fit the verdict at the end of training, unless the loss of whole answers on the validation samples suffers."""

    def loss() -> float:
        return float(trainer.evaluate()["eval_loss"]) if trainer.eval_dataset else 0.0

    before = loss()
    if not options.verdict_cases:
        return None
    fitted = fit_verdicts(
        trainer.model, tokenizer, training, validation, options, progress, holds=lambda: loss() <= before * TOLERATED
    )
    if fitted is not None and not fitted.kept:
        loss()  # the last point of the curve is that of the adapter that is saved
    return fitted


def _saved(
    trainer: Any,
    output: Path,
    samples: int,
    over_long: int,
    started: float,
    *,
    resumed: Path | None,
    verdicts: VerdictFit | None,
) -> SftResult:
    """The trained adapter on disk, and what is to be told of its training."""
    adapter = output / "adapter"
    shutil.rmtree(adapter, ignore_errors=True)
    trainer.model.save_pretrained(str(adapter), safe_serialization=True)
    return SftResult(
        adapter=adapter,
        steps=int(trainer.state.global_step),
        samples=samples,
        over_long=over_long,
        train_curve=_curve(trainer.state.log_history, "loss"),
        validation_curve=_curve(trainer.state.log_history, "eval_loss"),
        seconds=round(time.monotonic() - started, 1),
        tokens=int(trainer.state.num_input_tokens_seen),
        trainable_parameters=sum(p.numel() for p in trainer.model.parameters() if p.requires_grad),
        resumed_from=int(resumed.name.rpartition("-")[2]) if resumed else 0,
        sha256=digest(adapter),
        verdicts=verdicts,
    )


def _records(samples: Sequence[Sample], tokenizer: Any, max_length: int) -> tuple[list[dict[str, Any]], int]:
    """Token ids and labels (the answer alone), and how many samples are too long."""
    records: list[dict[str, Any]] = []
    over_long = 0
    for sample in samples:
        turns = [{"role": message.role, "content": message.content} for message in sample.messages]
        prompt = tokenizer.apply_chat_template(turns[:-1], tokenize=False, add_generation_prompt=True)
        answer = turns[-1]["content"] + tokenizer.eos_token
        # Tokenised apart, so that the border between prompt and answer is the same as when the model is asked.
        head = tokenizer(prompt, add_special_tokens=False)["input_ids"]
        tail = tokenizer(answer, add_special_tokens=False)["input_ids"]
        if len(head) + len(tail) > max_length:
            over_long += 1
            continue
        records.append({"input_ids": head + tail, "labels": [IGNORED] * len(head) + tail})
    return records, over_long


def _drawn(held_out: list[dict[str, Any]], options: SftOptions) -> list[dict[str, Any]]:
    """Those of the validation records that are measured: each measurement is time that training does not get."""
    most = options.eval_samples or len(held_out)
    return Random(options.seed).sample(held_out, most) if most < len(held_out) else held_out


def _trainer(
    model: Any,
    tokenizer: Any,
    records: list[dict[str, Any]],
    held_out: list[dict[str, Any]],
    options: SftOptions,
    checkpoints: Path,
) -> Any:
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    evaluating = bool(held_out) and options.eval_every > 0
    config = SFTConfig(
        output_dir=str(checkpoints),
        num_train_epochs=options.epochs,
        max_steps=options.max_steps or -1,
        per_device_train_batch_size=options.batch_size,
        per_device_eval_batch_size=options.batch_size,
        gradient_accumulation_steps=options.gradient_accumulation,
        learning_rate=options.learning_rate,
        warmup_steps=options.warmup_ratio,
        lr_scheduler_type="linear",
        weight_decay=options.weight_decay,
        logging_steps=5,
        logging_first_step=True,
        eval_strategy="steps" if evaluating else "no",
        eval_steps=options.eval_every if evaluating else None,
        save_strategy="steps",
        save_steps=options.save_every,
        save_total_limit=1,
        max_length=options.max_length,
        pad_to_multiple_of=8,
        completion_only_loss=True,
        train_sampling_strategy="group_by_length",
        use_cpu=options.use_cpu,
        bf16=False,
        activation_checkpointing=False,
        include_num_input_tokens_seen=True,
        dataset_kwargs={"skip_prepare_dataset": True},
        dataloader_num_workers=0,
        dataloader_pin_memory=not options.use_cpu,
        prediction_loss_only=True,
        report_to=[],
        disable_tqdm=True,
        seed=options.seed,
        data_seed=options.seed,
    )
    return _completion_trainer(SFTTrainer, options)(
        model=model,
        args=config,
        train_dataset=Dataset.from_list(records),
        eval_dataset=Dataset.from_list(held_out) if held_out else None,
        processing_class=tokenizer,
        peft_config=adapter_config(options, int(model.config.num_hidden_layers)),
    )


def _completion_trainer(trainer: Any, options: SftOptions) -> Any:
    """TRL's trainer with a loss that computes logits for the answer's tokens alone.

    The stock loss computes them, and their entropy, for every token of the prompt: 2,000 rows of 49,152 columns a
    step, of which the loss uses a tenth.
    """
    import torch

    class CompletionTrainer(trainer):
        """Weighted mean negative log-likelihood (nats) of the tokens whose label is not ignored.

        While evaluating, all tokens weigh the same, so that validation losses can be compared between settings.
        """

        def compute_loss(
            self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            causal = self.accelerator.unwrap_model(model).get_base_model()
            asked = inputs["labels"][:, 1:] != IGNORED
            prompt = int((~asked).long().cumprod(dim=1).sum(dim=1).min())  # its last token tells the answer's first
            with computing(inputs["labels"].device.type, options):
                hidden, shared = hidden_states(causal, inputs["input_ids"], inputs["attention_mask"], options, prompt)
                labels, asked = inputs["labels"][:, 1 + shared :], asked[:, shared:]
                logits = causal.get_output_embeddings()(hidden[:, :-1][asked]).float()
            losses = torch.nn.functional.cross_entropy(logits, labels[asked], reduction="none")
            verdict = (asked.cumsum(dim=1) <= options.verdict_tokens)[asked] & model.training
            weights = torch.where(verdict, options.verdict_weight, 1.0)
            loss = (losses * weights).sum() / weights.sum()
            if model.training and num_items_in_batch is not None:
                # With a count of items the trainer takes the loss for one over all accumulated batches.
                loss = loss / options.gradient_accumulation
            return (loss, {"loss": loss}) if return_outputs else loss

    return CompletionTrainer


def _progress_callback(progress: Progress) -> Any:
    from transformers import TrainerCallback

    class Listener(TrainerCallback):
        """Tells the progress port after every step."""

        def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            progress("train", state.global_step, state.max_steps)

    return Listener()


def _last_checkpoint(folder: Path) -> Path | None:
    """The newest whole checkpoint; half-written ones (without the trainer's state) are removed."""
    whole: list[Path] = []
    for path in sorted(folder.glob("checkpoint-*")):
        if (path / "trainer_state.json").is_file() and (path / "adapter_model.safetensors").is_file():
            whole.append(path)
        else:
            shutil.rmtree(path, ignore_errors=True)
    return max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)


def _curve(history: list[dict[str, Any]], key: str) -> tuple[CurvePoint, ...]:
    points = {int(entry["step"]): float(entry[key]) for entry in history if key in entry}
    return tuple(CurvePoint(step, round(loss, 4)) for step, loss in sorted(points.items()))
