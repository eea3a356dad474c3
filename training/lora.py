"""The base model and its adapter, as the trainers want them."""

from pathlib import Path
from typing import Any

from training.options import SftOptions

SHORT = 256
"""The longest row, in tokens, for which attention may keep all its scores."""
WORTH = 8
"""Tokens that all rows of a batch must share for a pass of their own."""


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


def computing(device: str, options: SftOptions) -> Any:
    """The context in which products are computed in ``options.dtype`` on a device of that type."""
    import torch

    return torch.autocast(device, getattr(torch, options.dtype), enabled=options.dtype != "float32")


def suit_attention(model: Any, length: int, options: SftOptions) -> None:
    """Set the implementation of ``model``'s attention that suits a batch of rows of ``length`` tokens.

    On a processor PyTorch's fused attention takes three times as long on short rows as a product, a softmax and a
    product (docs/experiments.md, "Speed of training"). What those keep for the way back grows with the row's square:
    a single batch of long rows would set the peak of the memory.
    """
    model.set_attn_implementation("eager" if options.use_cpu and length <= SHORT else "sdpa")


def shared_prefix(config: Any, rows: Any, most: int) -> int:
    """How many tokens, up to ``most``, the rows (B, L) of a batch begin with alike; 0 where that is not worth a pass.

    A model with layers of another kind than full attention keeps other things than keys and values: nothing is shared.
    """
    kinds = getattr(config, "layer_types", None) or ["full_attention"]
    if set(kinds) != {"full_attention"}:
        return 0
    alike = (rows[:, :most] == rows[:1, :most]).all(dim=0)
    length = int(alike.long().cumprod(dim=0).sum())
    return length if len(rows) > 1 and length >= WORTH else 0


def hidden_states(causal: Any, rows: Any, mask: Any, options: SftOptions, most: int) -> tuple[Any, int]:
    """The last hidden states (B, L - p, d) of ``rows`` (B, L; padded on the right) behind the ``p`` tokens they share, and ``p``.

    Every prompt begins with the same instruction: a fifth of the tokens of a short one. Their keys and values are
    computed for one row and shared by all, with the same result and the same gradients as row by row. ``most`` tokens
    may be shared: what is behind them is asked for.
    """
    from transformers import DynamicCache

    decoder = causal.get_decoder()
    suit_attention(causal, rows.shape[1], options)
    shared = shared_prefix(causal.config, rows, most)
    if not shared:
        return decoder(input_ids=rows, attention_mask=mask).last_hidden_state, 0
    cache = DynamicCache(config=causal.config)
    decoder(input_ids=rows[:1, :shared], past_key_values=cache, use_cache=True)
    for layer in cache.layers:
        layer.keys = layer.keys.expand(len(rows), -1, -1, -1)
        layer.values = layer.values.expand(len(rows), -1, -1, -1)
    behind = decoder(input_ids=rows[:, shared:], attention_mask=mask, past_key_values=cache, use_cache=True)
    return behind.last_hidden_state, shared


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
