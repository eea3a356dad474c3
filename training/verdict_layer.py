"""One attention layer of an adapted model: read, fitted by itself, and changed by rows of its LoRA matrices."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from kg.progress import Progress
from training.lora import computing
from training.options import SftOptions
from training.verdict_attention import BATCH, MAPS, AttentionFit, Update

DEPTH = 0.55
"""How far up the layer lies: what a question says is told best a little above the middle."""
PASSES = 8
STEPS = 60
"""The fewest steps: few cases are passed more often."""
RATE = 4e-3
READOUT_RATE = 2e-2
WARMUP = 20
"""Steps in which the rate climbs; afterwards it falls linearly to zero."""


class _Reached(Exception):  # noqa: N818 - no error: the layers above are not needed
    """The layer was reached, and what enters it is known."""


@dataclass(slots=True)
class Layer:
    """An attention layer whose four maps all have LoRA matrices."""

    model: Any
    decoder: Any
    attention: Any
    width: int
    options: SftOptions
    _before: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Any, options: SftOptions) -> "Layer | None":
        """The adapted layer nearest above ``DEPTH``; None where a model's layers have no such maps."""
        decoder = model.get_base_model().get_decoder()
        blocks = getattr(decoder, "layers", None)
        if blocks is None or not hasattr(decoder, "rotary_emb"):
            return None
        lowest = max(round(DEPTH * len(blocks)), len(blocks) - options.lora_layers if options.lora_layers else 0)
        attention = getattr(blocks[min(lowest, len(blocks) - 1)], "self_attn", None)
        if attention is None or not all(hasattr(getattr(attention, name, None), "lora_A") for name in MAPS):
            return None
        return cls(model, decoder, attention, int(attention.q_proj.in_features), options)

    def entered(self, ids: Any, mask: Any) -> Any:
        """What enters the layer's attention, shape (B, L, width); nothing above it is computed."""
        import torch

        seen: list[Any] = []

        def take(_: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
            seen.append(named["hidden_states"] if "hidden_states" in named else given[0])
            raise _Reached

        hook = self.attention.register_forward_pre_hook(take, with_kwargs=True)
        try:
            with torch.no_grad(), computing(ids.device.type, self.options):
                self.decoder(input_ids=ids, attention_mask=mask)
        except _Reached:
            pass
        finally:
            hook.remove()
        return seen[0]

    @contextmanager
    def output_as_leaf(self) -> Iterator[list[Any]]:
        """Within, the output of the attention is a leaf of the graph, found in the list: gradients end there."""
        leaf: list[Any] = []

        def cut(_: Any, __: Any, given: Any) -> Any:
            leaf.append(given[0].detach().requires_grad_(True))
            return (leaf[0], *given[1:])

        hook = self.attention.register_forward_hook(cut)
        try:
            yield leaf
        finally:
            hook.remove()

    def fitted(self, cases: Sequence[tuple[Any, int]], own: Any, effects: Any, progress: Progress) -> Update:
        """The update that tells the verdicts of ``cases``: (what enters the attention (tokens, width), verdict).

        ``own`` are scores of the whole model, of which the mean is built upon; ``effects`` (verdicts, width) what one
        unit of the output does to each score.
        """
        import torch

        effects = effects - effects.mean(0)  # what raises all scores alike tells nothing
        fit = AttentionFit.begun(
            self.attention, self.decoder, self.model.active_adapter, cases, effects, self.options.seed
        )
        prior = (own - own.mean(1, keepdim=True)).mean(0).to(effects.device)
        classes = torch.tensor([verdict for _, verdict in cases], device=effects.device)
        weights = 1.0 / torch.bincount(classes, minlength=len(effects)).clamp(min=1)
        slow, fast = fit.parameters()
        solver = torch.optim.AdamW(
            [
                {"params": slow, "lr": RATE, "weight_decay": 0.01},
                {"params": fast, "lr": READOUT_RATE, "weight_decay": self.options.verdict_decay},
            ]
        )
        order = _order(cases, self.options.seed)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            solver, lambda step: min(1.0, (step + 1) / WARMUP) * (1 - step / len(order))
        )
        for step, batch in enumerate(order, start=1):
            scores = prior + fit.scores(batch)
            loss = torch.nn.functional.cross_entropy(scores, classes[batch], weight=weights)
            solver.zero_grad()
            loss.backward()
            solver.step()
            schedule.step()
            progress("fit verdicts", step, len(order))
        return fit.update()

    def readable(self, ids: Any, mask: Any) -> bool:
        """Whether the account of :mod:`training.verdict_attention` gives what the layer itself gives for these rows."""
        import torch

        given: list[Any] = []
        hook = self.attention.register_forward_hook(lambda _, __, out: given.append(out[0]))
        try:
            with torch.no_grad(), computing(ids.device.type, self.options):
                self.decoder(input_ids=ids, attention_mask=mask)
        finally:
            hook.remove()
        entered = self.entered(ids, mask)
        cases = [(entered[row, :length], 0) for row, length in enumerate(mask.sum(1).tolist())]
        fit = AttentionFit.begun(
            self.attention,
            self.decoder,
            self.model.active_adapter,
            cases,
            torch.zeros(1, self.width, device=ids.device),
            0,
        )
        expected = torch.stack([given[0][row, len(states) - 1].float() for row, (states, _) in enumerate(cases)])
        return bool(torch.allclose(fit.outputs, expected, rtol=0.05, atol=0.05 * float(expected.abs().max())))

    def append(self, update: Update) -> None:
        """Make ``update`` further rows and columns of the layer's LoRA matrices."""
        import torch

        adapter = self.model.active_adapter
        for name, (rows, columns) in update.maps.items():
            module = getattr(self.attention, name)
            taken, given = module.lora_A[adapter].weight.detach(), module.lora_B[adapter].weight.detach()
            self._before[name] = (taken, given)
            scale = module.scaling[adapter]
            self._set(
                name,
                torch.cat([taken, rows.to(taken.device, taken.dtype)]),
                torch.cat([given, (columns / scale).to(given.device, given.dtype)], dim=1),
            )

    def withdraw(self) -> None:
        """Take the rows that were appended off again."""
        for name, (taken, given) in self._before.items():
            self._set(name, taken, given)
        self._before.clear()

    def _set(self, name: str, rows: Any, columns: Any) -> None:
        """New matrices for a map, under the scale that it had, and its rank in the adapter's configuration."""
        import torch

        adapter = self.model.active_adapter
        module, config = getattr(self.attention, name), self.model.peft_config[adapter]
        for part, weight in ((module.lora_A[adapter], rows), (module.lora_B[adapter], columns)):
            part.weight = torch.nn.Parameter(weight.contiguous(), requires_grad=False)
            part.out_features, part.in_features = weight.shape
        rank = len(rows)
        path = next(path for path, one in self.model.get_base_model().named_modules() if one is module)
        module.r[adapter] = rank
        module.lora_alpha[adapter] = module.scaling[adapter] * rank
        config.rank_pattern = {**config.rank_pattern, path: rank}
        config.alpha_pattern = {**config.alpha_pattern, path: module.scaling[adapter] * rank}


def _order(cases: Sequence[tuple[Any, int]], seed: int) -> list[list[int]]:
    """The batches of all passes: rows of like length together, in an order of chance."""
    rng = Random(seed)
    batches: list[list[int]] = []
    while len(batches) < max(PASSES * -(-len(cases) // BATCH), STEPS):
        rows = rng.sample(range(len(cases)), len(cases))
        near = [
            row
            for start in range(0, len(rows), 16 * BATCH)
            for row in sorted(rows[start : start + 16 * BATCH], key=lambda row: len(cases[row][0]))
        ]
        made = [near[start : start + BATCH] for start in range(0, len(near), BATCH)]
        batches += rng.sample(made, len(made))
    return batches
