"""The verdict fitted to its end: an update of the last layer from all cases at once, as part of the adapter.

One pass of stochastic gradients shows every case once, and after it a small model hardly tells the verdicts of its own
training cases apart (docs/experiments.md, "The verdict fitted to its end"). What it has learned about them is in its
last hidden layer nevertheless. Retraining the last layer alone on the features of the trained model (Kirichenko et al.
2023, "Last layer re-training is sufficient for robustness to spurious correlations"; Kumar et al. 2022 fit the head
first) needs one forward pass, and then a convex problem of a second's size: multinomial logistic regression, with the
model's own scores as an offset and an L2 penalty, of the first token of the answer on what enters the last block's
``down_proj``. Its solution has as many rows as there are verdicts, and is appended to the LoRA matrices of that layer:
the adapter stays an ordinary adapter, that can be merged and served like any other.

The layer serves every token, not the first of an answer alone. So a second penalty holds the update near nothing on the
other tokens of answers, by the second moments of what enters the layer there (as Meng et al. 2022, "Locating and editing
factual associations in GPT", keep what a layer maps elsewhere). Without it the reasons fall apart.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from kg.model import Sample
from kg.progress import Progress, silent
from training.artifacts import VerdictFit
from training.lora import hidden_states
from training.options import SftOptions

LAYER = "mlp.down_proj"
MIN_PER_VERDICT = 8
MAX_ITERATIONS = 200
ANSWERS = 256
"""How many answers tell what enters the layer at other tokens (some 5,000 of them)."""
KEEP = (0.3, 3.0, 30.0)
"""Weights of half the mean squared change of the scores at those tokens: the first under which whole answers hold."""


@dataclass(frozen=True, slots=True)
class _Case:
    """The tokens of a prompt and of its answer."""

    prompt: tuple[int, ...]
    answer: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.answer[0]


@dataclass(frozen=True, slots=True)
class _Features:
    """What the last block says of ``n`` cases at the last token of their prompts, in float32.

    ``inputs`` (n, f) enter its ``down_proj``, ``states`` (n, d) enter the model's last normalisation, ``classes`` (n,)
    are places in the list of first tokens; ``elsewhere`` (f, f) are the second moments of the inputs at other tokens.
    """

    inputs: Any
    states: Any
    classes: Any
    elsewhere: Any


def fit_verdicts(
    model: Any,
    tokenizer: Any,
    training: Sequence[Sample],
    validation: Sequence[Sample],
    options: SftOptions,
    progress: Progress = silent,
    *,
    holds: Callable[[], bool] = lambda: True,
) -> VerdictFit | None:
    """Fit the verdict of ``model`` (peft, trained) to the cases of ``training``, and change its last LoRA matrices.

    The change is kept only when it lowers the loss of the verdict's first token on the cases of ``validation`` (where
    there are any), and ``holds`` says of the changed model that its answers are none the worse. None when there is
    nothing to fit: fewer than two verdicts with 8 cases each, or a model whose last block is built otherwise.
    """
    cases = _cases(training, tokenizer, options)
    counts = Counter(case.first for case in cases)
    tokens = sorted(token for token, count in counts.items() if count >= MIN_PER_VERDICT)
    layer = _last_layer(model)
    if len(tokens) < 2 or layer is None:
        return None
    cases = _drawn([case for case in cases if case.first in tokens], options)
    held_out = [case for case in _cases(validation, tokenizer, options) if case.first in tokens]
    read = _read(model, tokenizer, [*cases, *held_out], tokens, options, progress)
    if read is None:
        return None
    head = _Head.of(model, tokens, read)
    fitted, unseen = _part(read, 0, len(cases)), _part(read, len(cases), len(read.classes))
    before, unseen_before = head.loss(fitted, None), head.loss(unseen, None) if held_out else None
    for keep in KEEP:
        update = head.solve(fitted, options.verdict_decay, keep)
        after, unseen_after = head.loss(fitted, update), head.loss(unseen, update) if held_out else None
        _append(model, layer, update, head.directions)
        kept = (unseen_before is None or unseen_after is None or unseen_after < unseen_before) and holds()
        if kept:
            break
        _withdraw(model, layer, options.lora_rank)
    return VerdictFit(len(cases), before, after, len(held_out), unseen_before, unseen_after, kept)


def _cases(samples: Sequence[Sample], tokenizer: Any, options: SftOptions) -> list[_Case]:
    cases: list[_Case] = []
    for sample in samples:
        if sample.verdict is None:
            continue
        turns = [{"role": message.role, "content": message.content} for message in sample.messages]
        prompt = tokenizer.apply_chat_template(turns[:-1], tokenize=False, add_generation_prompt=True)
        ids = tokenizer(prompt, add_special_tokens=False)["input_ids"]
        answer = tokenizer(turns[-1]["content"], add_special_tokens=False)["input_ids"]
        if len(ids) + len(answer) <= options.max_length and answer:
            cases.append(_Case(tuple(ids), tuple(answer)))
    return cases


def _drawn(cases: list[_Case], options: SftOptions) -> list[_Case]:
    """At most ``verdict_cases`` of them, by chance under the seed."""
    return Random(options.seed).sample(cases, min(options.verdict_cases, len(cases)))


def _last_layer(model: Any) -> Any:
    """The LoRA layer of the last block that is fitted; None where there is none of that name."""
    decoder = model.get_base_model().get_decoder()
    blocks = getattr(decoder, "layers", None)
    if blocks is None or not hasattr(decoder, "norm") or not hasattr(blocks[-1], "post_attention_layernorm"):
        return None
    layer = blocks[-1]
    for name in LAYER.split("."):
        layer = getattr(layer, name, None)
    return layer if hasattr(layer, "lora_A") else None


def _read(
    model: Any, tokenizer: Any, cases: Sequence[_Case], tokens: Sequence[int], options: SftOptions, progress: Progress
) -> _Features | None:
    """One forward pass over ``cases``; None where the last block does not add what ``down_proj`` gives to its state."""
    import torch

    causal = model.get_base_model()
    decoder, layer = causal.get_decoder(), _last_layer(model)
    seen: dict[str, Any] = {}
    hooks = (
        layer.register_forward_hook(lambda _, taken, given: seen.update(inputs=taken[0], given=given)),
        decoder.norm.register_forward_pre_hook(lambda _, taken: seen.update(states=taken[0])),
        decoder.layers[-1].post_attention_layernorm.register_forward_pre_hook(
            lambda _, taken: seen.update(residual=taken[0])
        ),
    )
    inputs: list[Any] = [None] * len(cases)
    states: list[Any] = [None] * len(cases)
    moments, others = 0.0, 0
    shown = [(*case.prompt, *case.answer) if index < ANSWERS else case.prompt for index, case in enumerate(cases)]
    order = sorted(range(len(cases)), key=lambda index: (len(shown[index]), index))
    device = next(causal.parameters()).device
    model.eval()
    try:
        for start in range(0, len(order), options.batch_size):
            batch = order[start : start + options.batch_size]
            padded = tokenizer.pad(
                {"input_ids": [list(shown[index]) for index in batch]}, return_tensors="pt", padding_side="right"
            )
            with (
                torch.no_grad(),
                torch.autocast(device.type, getattr(torch, options.dtype), enabled=options.dtype != "float32"),
            ):
                ids, mask = padded["input_ids"].to(device), padded["attention_mask"].to(device)
                _, shared = hidden_states(
                    causal, ids, mask, options, min(len(cases[index].prompt) for index in batch) - 1
                )
            if start == 0 and not torch.allclose(
                (seen["residual"] + seen["given"]).float(), seen["states"].float(), rtol=0.05, atol=0.05
            ):
                return None
            for row, index in enumerate(batch):
                end = len(cases[index].prompt) - shared
                inputs[index] = seen["inputs"][row, end - 1].float().cpu().clone()
                states[index] = seen["states"][row, end - 1].float().cpu().clone()
                rest = seen["inputs"][row, end : len(shown[index]) - shared].float().cpu()
                moments, others = moments + rest.T @ rest, others + len(rest)
            progress("fit verdicts", min(start + options.batch_size, len(order)), len(order))
    finally:
        for hook in hooks:
            hook.remove()
    classes = torch.tensor([tokens.index(case.first) for case in cases])
    return _Features(torch.stack(inputs), torch.stack(states), classes, moments / max(others, 1))


def _part(read: _Features, start: int, end: int) -> _Features:
    return _Features(read.inputs[start:end], read.states[start:end], read.classes[start:end], read.elsewhere)


@dataclass(frozen=True, slots=True)
class _Head:
    """From the state that enters the last normalisation to the scores of the verdicts' first tokens.

    ``directions`` (d, classes): what to add to a state of usual length so that one score rises by one.
    """

    norm: Any
    rows: Any
    directions: Any

    @classmethod
    def of(cls, model: Any, tokens: Sequence[int], read: _Features) -> "_Head":
        from copy import deepcopy

        import torch

        causal = model.get_base_model()
        norm = deepcopy(causal.get_decoder().norm).float().cpu().requires_grad_(False)
        rows = causal.get_output_embeddings().weight[list(tokens)].detach().float().cpu()
        length = read.states.pow(2).mean(1).sqrt().mean()
        gains = norm(torch.ones(1, read.states.shape[1]))  # the scale of each dimension: ones have length one
        return cls(norm, rows, torch.linalg.pinv(rows * gains) * length)

    def scores(self, read: _Features, update: Any) -> Any:
        states = read.states
        if update is not None:
            states = states + (read.inputs @ update.T) @ self.directions.T
        return self.norm(states) @ self.rows.T

    def loss(self, read: _Features, update: Any) -> float:
        """Mean cross-entropy (nats) among the verdicts, each verdict weighing the same."""
        return round(float(self._loss(read, update)), 4)

    def _loss(self, read: _Features, update: Any) -> Any:
        import torch

        counts = torch.bincount(read.classes, minlength=len(self.rows)).clamp(min=1)
        return torch.nn.functional.cross_entropy(self.scores(read, update), read.classes, weight=1.0 / counts)

    def solve(self, read: _Features, decay: float, keep: float) -> Any:
        """The update (classes, f) that minimises the loss, ``decay`` / 2 times its squared norm per unit of spread, and
        ``keep`` / 2 times the mean squared change of the scores at other tokens of answers.
        """
        import torch

        spread = read.inputs.std(0).clamp(min=1e-6)
        update = torch.zeros(len(self.rows), read.inputs.shape[1], requires_grad=True)
        solver = torch.optim.LBFGS([update], max_iter=MAX_ITERATIONS, line_search_fn="strong_wolfe")

        def closure() -> Any:
            solver.zero_grad()
            rows = update / spread
            moved = ((rows @ read.elsewhere) * rows).sum()
            loss = self._loss(read, rows) + decay / 2 * update.pow(2).sum() + keep / 2 * moved
            loss.backward()
            return loss

        solver.step(closure)
        return (update / spread).detach()


def _append(model: Any, layer: Any, update: Any, directions: Any) -> None:
    """Make ``update`` and ``directions`` further rows and columns of the layer's LoRA matrices."""
    import torch

    name = model.active_adapter
    taken, given = layer.lora_A[name], layer.lora_B[name]
    scale = layer.scaling[name]
    device, dtype = taken.weight.device, taken.weight.dtype
    rows = torch.cat([taken.weight.detach(), update.to(device, dtype)])
    columns = torch.cat([given.weight.detach(), (directions / scale).to(device, dtype)], dim=1)
    for module, weight in ((taken, rows), (given, columns)):
        module.weight = torch.nn.Parameter(weight.contiguous(), requires_grad=False)
        module.out_features, module.in_features = weight.shape
    _note_rank(model, layer, len(rows))


def _withdraw(model: Any, layer: Any, rank: int) -> None:
    """Take the rows that were appended off again."""
    import torch

    name = model.active_adapter
    taken, given = layer.lora_A[name], layer.lora_B[name]
    taken.weight = torch.nn.Parameter(taken.weight.detach()[:rank].clone(), requires_grad=False)
    given.weight = torch.nn.Parameter(given.weight.detach()[:, :rank].clone(), requires_grad=False)
    taken.out_features = given.in_features = rank
    _note_rank(model, layer, rank)


def _note_rank(model: Any, layer: Any, rank: int) -> None:
    """Say in the adapter's configuration that ``layer`` has a rank of its own, under the scale that it had."""
    name = model.active_adapter
    config = model.peft_config[name]
    path = next(path for path, module in model.get_base_model().named_modules() if module is layer)
    layer.r[name] = rank
    layer.lora_alpha[name] = layer.scaling[name] * rank
    config.rank_pattern = {**config.rank_pattern, path: rank}
    config.alpha_pattern = {**config.alpha_pattern, path: layer.scaling[name] * rank}
