"""The update of one attention layer while it is fitted: its output at the last token alone, computed from kept states.

The layer's own module would compute every token's output. Here its maps are taken out, merged with the adapter, and one
query goes over the keys and values of all tokens: some forty times as fast. Whether that account is right for a model is
tried before it is used (:meth:`training.verdict_layer.Layer.readable`).
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

MAPS = ("q_proj", "k_proj", "v_proj", "o_proj")
RANK = 4
"""Rank of the updates of query, key and value; that of the output is the number of verdicts."""
BATCH = 32


@dataclass(frozen=True, slots=True)
class Update:
    """Low-rank changes by the name of the map: (rows (r, in), columns (out, r))."""

    maps: Mapping[str, tuple[Any, Any]]

    def weakened(self, strength: float) -> "Update":
        """The same with all columns scaled by ``strength``."""
        return Update({name: (rows, columns * strength) for name, (rows, columns) in self.maps.items()})


@dataclass(frozen=True, slots=True)
class AttentionFit:
    """The update while it is fitted. All arrays are float32.

    The output's rows are ``readout`` but for their part along ``usual``, the mean of what enters that map at the last
    token, which is ``bias``: so the scores have an intercept, and the rows are free of it.
    """

    attention: Any
    rotary: Any
    cases: Sequence[tuple[Any, int]]
    """What enters the attention (tokens, width), and the verdict."""
    effects: Any
    """What one unit of the output does to each score, shape (verdicts, width)."""
    weights: Mapping[str, tuple[Any, Any]]
    """The maps as they are, adapter included: (weight (out, in), bias or None)."""
    rows: Mapping[str, Any]
    columns: Mapping[str, Any]
    readout: Any
    bias: Any
    usual: Any
    outputs: Any
    """What the attention gives at the last token of each case before the update, shape (cases, width)."""

    @classmethod
    def begun(
        cls, attention: Any, decoder: Any, adapter: str, cases: Sequence[tuple[Any, int]], effects: Any, seed: int
    ) -> "AttentionFit":
        """An update that changes nothing yet."""
        import torch

        draw = torch.Generator().manual_seed(seed)
        device = effects.device
        weights = {name: _merged(getattr(attention, name), adapter) for name in MAPS}
        rows, columns = {}, {}
        for name in MAPS[:-1]:
            out, width = weights[name][0].shape
            first = torch.randn(RANK, width, generator=draw) * width**-0.5
            rows[name] = first.to(device).requires_grad_(True)
            columns[name] = torch.zeros(out, RANK, device=device, requires_grad=True)
        inner = weights[MAPS[-1]][0].shape[1]
        begun = cls(
            attention, decoder.rotary_emb, cases, effects, weights, rows, columns,
            torch.zeros(len(effects), inner, device=device, requires_grad=True),
            torch.zeros(len(effects), device=device, requires_grad=True),
            torch.ones(inner, device=device), torch.zeros(0),
        )  # fmt: skip
        with torch.no_grad():
            mixed = torch.cat(
                [begun._mixed(range(start, min(start + BATCH, len(cases)))) for start in range(0, len(cases), BATCH)]
            )
            return replace(begun, usual=mixed.mean(0), outputs=begun._map(MAPS[-1], mixed, updated=False))

    def parameters(self) -> tuple[list[Any], list[Any]]:
        """What is learned slowly, and what fast."""
        return [*self.rows.values(), *self.columns.values()], [self.readout, self.bias]

    def scores(self, batch: Sequence[int]) -> Any:
        """What the update adds to the verdicts' scores, shape (B, verdicts)."""
        return (self._map(MAPS[-1], self._mixed(batch)) - self.outputs[list(batch)]) @ self.effects.T

    def update(self) -> Update:
        """What was learned."""
        return Update({name: tuple(part.detach() for part in self._change(name)) for name in MAPS})

    def _mixed(self, batch: Sequence[int]) -> Any:
        """What enters the output map at the last token of each case, shape (B, heads * d)."""
        import torch

        found = [self.cases[row][0].float() for row in batch]
        states = torch.nn.utils.rnn.pad_sequence(found, batch_first=True)
        ends = torch.tensor([len(one) - 1 for one in found], device=states.device)
        rows = torch.arange(len(found), device=states.device)
        places = torch.arange(states.shape[1], device=states.device)
        cos, sin = self.rotary(states, position_ids=places[None])
        cos, sin = cos[0].float(), sin[0].float()
        d = self.attention.head_dim
        queries = self._map("q_proj", states[rows, ends]).view(len(found), 1, -1, d)
        keys = self._map("k_proj", states).view(len(found), len(places), -1, d)
        values = self._map("v_proj", states).view(len(found), len(places), -1, d)
        queries = self._turned(self._normed("q_norm", queries), cos[ends][:, None], sin[ends][:, None])
        keys = self._turned(self._normed("k_norm", keys), cos[None], sin[None])
        shared = queries.shape[2] // keys.shape[2]
        grouped = queries.view(len(found), keys.shape[2], shared, d)
        likeness = torch.einsum("bgsd,btgd->bgst", grouped, keys) * self.attention.scaling
        behind = (places[None] > ends[:, None])[:, None, None]
        looks = likeness.masked_fill(behind, torch.finfo(likeness.dtype).min).softmax(-1)
        return torch.einsum("bgst,btgd->bgsd", looks, values).reshape(len(found), -1)

    def _map(self, name: str, given: Any, *, updated: bool = True) -> Any:
        import torch

        weight, bias = self.weights[name]
        plain = torch.nn.functional.linear(given, weight, bias)
        if not updated:
            return plain
        rows, columns = self._change(name)
        return plain + (given @ rows.T) @ columns.T

    def _change(self, name: str) -> tuple[Any, Any]:
        """Rows and columns of a map's update. The output's columns raise one score by one each, and no other."""
        import torch

        if name != MAPS[-1]:
            return self.rows[name], self.columns[name]
        unit = self.usual / self.usual.pow(2).sum().clamp(min=1e-6)
        rows = self.readout - torch.outer(self.readout @ self.usual - self.bias, unit)
        return rows, torch.linalg.pinv(self.effects)

    def _normed(self, name: str, heads: Any) -> Any:
        """Queries or keys after the normalisation that some models have for them."""
        norm = getattr(self.attention, name, None)
        return heads if norm is None else norm(heads)

    def _turned(self, heads: Any, cos: Any, sin: Any) -> Any:
        """Rotary positions (Su et al. 2021), as the model's own module turns them."""
        turn = sys.modules[type(self.attention).__module__].rotate_half
        return heads * cos[..., None, :] + turn(heads) * sin[..., None, :]


def _merged(module: Any, adapter: str) -> tuple[Any, Any]:
    """A linear map with its adapter, float32."""
    base = module.get_base_layer()
    weight = base.weight.detach().float() + module.get_delta_weight(adapter).detach().float()
    return weight, None if base.bias is None else base.bias.detach().float()
