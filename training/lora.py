"""The base model and its adapter, as the trainers want them."""

from pathlib import Path
from typing import Any

from training.options import SftOptions

SHORT = 256
"""The longest row, in tokens, for which attention may keep all its scores."""


def base_model(folder: Path, options: SftOptions) -> tuple[Any, Any]:
    """(model, tokenizer) from a folder of safetensors; the model in ``options.dtype``, key-value cache off."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model: Any = AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=getattr(torch, options.dtype),
        local_files_only=True,
        use_safetensors=True,
        attn_implementation="sdpa",
    )
    model.config.use_cache = False
    return model, tokenizer


def suit_attention(model: Any, length: int, options: SftOptions) -> None:
    """Set the implementation of ``model``'s attention that suits a batch of rows of ``length`` tokens.

    On a processor PyTorch's fused attention takes three times as long on short rows as a product, a softmax and a
    product (docs/experiments.md, "Speed of training"). What those keep for the way back grows with the row's square:
    a single batch of long rows would set the peak of the memory.
    """
    model.set_attn_implementation("eager" if options.use_cpu and length <= SHORT else "sdpa")


def adapter_config(options: SftOptions, layers: int) -> Any:
    """The LoRA configuration of peft for ``options`` and a model of ``layers`` layers."""
    from peft import LoraConfig

    updated = list(range(max(layers - options.lora_layers, 0), layers)) if options.lora_layers else None
    return LoraConfig(
        r=options.lora_rank,
        lora_alpha=options.lora_alpha,
        lora_dropout=options.lora_dropout,
        target_modules=list(options.lora_targets),
        layers_to_transform=updated,
        bias="none",
        task_type="CAUSAL_LM",
    )
