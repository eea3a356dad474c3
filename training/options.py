"""How an adapter is trained: one frozen record, contradictions refused when it is built."""

from dataclasses import dataclass

from kg.errors import UserError


@dataclass(frozen=True, slots=True)
class SftOptions:
    """Supervised fine-tuning with LoRA (Hu et al., 2021)."""

    epochs: float = 1.0
    """Passes over the training samples; ignored when ``max_steps`` is set."""
    max_steps: int = 0
    """Optimiser steps; 0 lets ``epochs`` decide."""
    batch_size: int = 8
    """Samples per step on the device."""
    gradient_accumulation: int = 1
    """Batches per optimiser step."""
    learning_rate: float = 1e-3
    """Peak learning rate of AdamW. Small models and adapters bear about ten times that of full fine-tuning."""
    warmup_ratio: float = 0.06
    """Share of the steps in which the rate climbs; afterwards it falls linearly to zero."""
    weight_decay: float = 0.0
    """Decay of the adapter's weights."""
    lora_rank: int = 16
    """Rank of the update matrices."""
    lora_alpha: int = 32
    """Scale of the update; the effective factor is alpha / rank."""
    lora_dropout: float = 0.0
    """Dropout before the update matrices."""
    lora_targets: tuple[str, ...] = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
    """Names of the linear layers that get an update."""
    lora_layers: int = 0
    """How many of the topmost layers get an update; 0: all of them. What lies below needs no backward pass."""
    verdict_tokens: int = 3
    """How many tokens of an answer, from its start, count as its verdict."""
    verdict_weight: float = 16.0
    """Weight of those tokens in the loss; the rest of the answer weighs 1. A reason is ten times as long as its
    verdict and mostly copied, so that at 1 the verdict is a small part of what is learned."""
    verdict_cases: int = 4000
    """How many cases, at most, the verdict is fitted to after training (training/verdicts.py); 0 leaves that out."""
    verdict_writers: tuple[str, ...] = ()
    """What the writers of these cases begin with (``archive/``: decided cases); empty: all cases with a verdict. Where
    people's own words are to be judged, cases in people's own words teach it best."""
    verdict_decay: float = 0.5
    """Weight decay of what reads the verdict in that fit."""
    max_length: int = 384
    """Longest sample in tokens; a longer one is left out and counted, never cut."""
    eval_every: int = 40
    """Steps between two measurements on the validation samples; 0 measures at the end only."""
    eval_samples: int = 128
    """Validation samples that a measurement reads, drawn under the seed; 0: all of them."""
    save_every: int = 40
    """Steps between two checkpoints from which a killed training goes on."""
    dtype: str = "bfloat16"
    """Type of the frozen base weights (bfloat16 or float32); the adapter is always float32."""
    use_cpu: bool = True
    """Train on the processor even when an accelerator is there."""
    seed: int = 7
    """Seed of the adapter's start and of the order of the samples."""

    def __post_init__(self) -> None:
        if self.max_steps < 0 or (self.max_steps == 0 and self.epochs <= 0):
            raise UserError("training would take no step", "set training.epochs or training.max_steps above 0")
        if self.batch_size < 1 or self.gradient_accumulation < 1:
            raise UserError("training.batch_size and training.gradient_accumulation must be at least 1", "use 8 and 1")
        if self.dtype not in {"bfloat16", "float32"}:
            raise UserError(f"training.dtype cannot be {self.dtype!r}", "use bfloat16 or float32")
        if not 0 < self.learning_rate < 1:
            raise UserError(f"training.learning_rate {self.learning_rate} is not between 0 and 1", "try 1e-3")
        if self.verdict_tokens < 0 or self.verdict_weight <= 0:
            raise UserError(
                "training.verdict_tokens must be at least 0 and training.verdict_weight above 0", "use 4 and 1"
            )
        if self.verdict_cases < 0 or self.verdict_decay <= 0:
            raise UserError(
                "training.verdict_cases must be at least 0 and training.verdict_decay above 0", "use 4000 and 0.5"
            )
        if self.eval_samples < 0:
            raise UserError(
                f"training.eval_samples is {self.eval_samples}", "use 0 for all validation samples, or how many"
            )
        if self.lora_layers < 0:
            raise UserError(
                f"training.lora_layers is {self.lora_layers}", "use 0 for all layers, or how many from the top"
            )
        if self.lora_rank < 1:
            raise UserError("training.lora_rank must be at least 1", "try 16")
