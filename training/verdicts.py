"""The verdict fitted to its end: one attention layer learns from all cases at once where to look, as part of the adapter.

One pass of stochastic gradients shows every case once, and after it a small model hardly tells the verdicts of its own
training cases apart. What they can be told by stands in the middle layers, at the words of the question, and only little
of it reaches the last token of the prompt, where the answer begins (docs/experiments.md, "Where the verdict can be
read"). So one layer a little above the middle is fitted to bring it there: low-rank updates of its query, key, value and
output maps, trained for several passes over states that are computed once. What the layers above make of its output is
taken for linear: the mean gradient of the verdict tokens' scores with respect to it (as Hernandez et al. 2024,
"Linearity of relation decoding", do for facts), so that no step passes through them. The update is appended to the LoRA
matrices of that layer: the adapter stays an ordinary one, that can be merged and served like any other.

The linear account is checked: what is reported is measured on the whole model, and the update is kept only when the
verdict's loss falls on validation cases and whole answers are none the worse.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from kg.model import Sample
from kg.progress import Progress, silent
from training.artifacts import VerdictFit
from training.lora import computing, suit_attention
from training.options import SftOptions
from training.verdict_layer import Layer

MIN_PER_VERDICT = 8
MEASURED = 96
"""Training cases on which the whole model is measured before and after, and from which its gradients are taken."""
MOST_BYTES = 768 * 2**20
"""Memory for the states of the cases; more cases than fit are left out of the fit."""
STRENGTHS = (1.0, 0.5, 0.25)
"""How much of the update is tried, until whole answers hold."""


@dataclass(frozen=True, slots=True)
class Case:
    """The tokens of a prompt, and the place of its verdict in the list of the verdicts' first tokens."""

    prompt: tuple[int, ...]
    verdict: int


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
    """Fit the verdict of ``model`` (peft, trained) to the cases of ``training``, and change the matrices of one layer.

    The change is kept only when it lowers the loss of the verdict's first token on the cases of ``validation`` (where
    there are any), and ``holds`` says of the changed model that its answers are none the worse. None when there is
    nothing to fit: fewer than two verdicts with 8 cases each, or a model without an adapted attention layer.
    """
    found = _cases(training, tokenizer, options)
    counts = Counter(first for _, first in found)
    tokens = sorted(token for token, count in counts.items() if count >= MIN_PER_VERDICT)
    layer = Layer.of(model, options)
    if len(tokens) < 2 or layer is None:
        return None
    cases = _drawn(_known(found, tokens), layer.width, options)
    held_out = _known(_cases(validation, tokenizer, options), tokens)
    held_out = Random(options.seed).sample(held_out, min(options.eval_samples or len(held_out), len(held_out)))
    measured = Random(options.seed).sample(cases, min(MEASURED, len(cases)))
    whole = _Whole(model, tokenizer, tokens, options)
    if not layer.readable(*next(whole.batches(measured[: options.batch_size]))[1:]):
        return None
    effects, own = whole.effects(measured, layer, progress)
    unseen_before = whole.loss(held_out, progress)
    update = layer.fitted(_states(whole, cases, layer, progress), own, effects, progress)
    for strength in STRENGTHS:
        layer.append(update.weakened(strength))
        seen_after, unseen_after = whole.loss(measured, progress), whole.loss(held_out, progress)
        kept = (unseen_before is None or unseen_after is None or unseen_after < unseen_before) and holds()
        if kept:
            break
        layer.withdraw()
    return VerdictFit(
        cases=len(cases),
        measured=len(measured),
        loss_before=_loss(own, measured),
        loss_after=seen_after or 0.0,
        held_out=len(held_out),
        held_out_before=unseen_before,
        held_out_after=unseen_after,
        kept=kept,
    )


def _cases(samples: Sequence[Sample], tokenizer: Any, options: SftOptions) -> list[tuple[tuple[int, ...], int]]:
    """The prompt of each case that is short enough, and the first token of its answer."""
    cases: list[tuple[tuple[int, ...], int]] = []
    for sample in samples:
        if sample.verdict is None or not sample.writer.startswith(options.verdict_writers or ""):
            continue
        turns = [{"role": message.role, "content": message.content} for message in sample.messages]
        prompt = tokenizer.apply_chat_template(turns[:-1], tokenize=False, add_generation_prompt=True)
        ids = tokenizer(prompt, add_special_tokens=False)["input_ids"]
        answer = tokenizer(turns[-1]["content"], add_special_tokens=False)["input_ids"]
        if len(ids) + len(answer) <= options.max_length and answer:
            cases.append((tuple(ids), answer[0]))
    return cases


def _known(found: Sequence[tuple[tuple[int, ...], int]], tokens: Sequence[int]) -> list[Case]:
    return [Case(prompt, tokens.index(first)) for prompt, first in found if first in tokens]


def _drawn(cases: list[Case], width: int, options: SftOptions) -> list[Case]:
    """At most ``verdict_cases`` of them, and no more than memory is set aside for, by chance under the seed."""
    drawn = Random(options.seed).sample(cases, min(options.verdict_cases, len(cases)))
    room = MOST_BYTES // (width * (2 if options.dtype == "bfloat16" else 4))
    kept: list[Case] = []
    for case in drawn:
        room -= len(case.prompt)
        if room >= 0:
            kept.append(case)
    return kept


def _states(whole: "_Whole", cases: Sequence[Case], layer: Layer, progress: Progress) -> list[tuple[Any, int]]:
    """What enters the layer for each case, shape (tokens, width), with its verdict."""
    states: list[tuple[Any, int]] = []
    for batch, ids, mask in whole.batches(cases):
        entered = layer.entered(ids, mask)
        states += [(entered[row, : len(case.prompt)].clone(), case.verdict) for row, case in enumerate(batch)]
        progress("read cases", len(states), len(cases))
    return states


@dataclass(frozen=True, slots=True)
class _Whole:
    """The whole model, asked for the scores (logits) of the verdicts' first tokens."""

    model: Any
    tokenizer: Any
    tokens: Sequence[int]
    options: SftOptions

    def batches(self, cases: Sequence[Case]) -> Iterator[tuple[list[Case], Any, Any]]:
        """Cases of like length, with their ids and mask, padded on the right."""
        self.model.eval()
        device = next(self.model.parameters()).device
        order = sorted(cases, key=lambda case: len(case.prompt))
        for start in range(0, len(order), self.options.batch_size):
            batch = order[start : start + self.options.batch_size]
            padded = self.tokenizer.pad(
                {"input_ids": [list(case.prompt) for case in batch]}, return_tensors="pt", padding_side="right"
            )
            ids, mask = padded["input_ids"].to(device), padded["attention_mask"].to(device)
            suit_attention(self.model.get_base_model(), ids.shape[1], self.options)
            yield batch, ids, mask

    def scores(self, batch: Sequence[Case], ids: Any, mask: Any) -> Any:
        """Shape (cases, verdicts), float32."""
        import torch

        causal = self.model.get_base_model()
        last = torch.tensor([len(case.prompt) - 1 for case in batch], device=ids.device)
        with computing(ids.device.type, self.options):
            hidden = causal.get_decoder()(input_ids=ids, attention_mask=mask).last_hidden_state
            told = hidden[torch.arange(len(batch), device=ids.device), last]
        rows = causal.get_output_embeddings().weight[list(self.tokens)]
        return told.float() @ rows.float().T

    def loss(self, cases: Sequence[Case], progress: Progress) -> float | None:
        """Mean cross-entropy (nats) among the verdicts, each weighing the same; None without cases."""
        import torch

        if not cases:
            return None
        told: dict[Case, Any] = {}
        for batch, ids, mask in self.batches(cases):
            with torch.no_grad():
                told |= zip(batch, self.scores(batch, ids, mask).cpu(), strict=True)
            progress("measure the fit", len(told), len(cases))
        return _loss(torch.stack([told[case] for case in cases]), cases)

    def effects(self, cases: Sequence[Case], layer: Layer, progress: Progress) -> tuple[Any, Any]:
        """The mean gradient of each score with respect to the layer's output at the last token, shape (verdicts, width),
        and the scores, shape (cases, verdicts) in the order of ``cases``.
        """
        import torch

        total: Any = 0.0
        told: dict[Case, Any] = {}
        for batch, ids, mask in self.batches(cases):
            with layer.output_as_leaf() as leaf:
                scores = self.scores(batch, ids, mask)
            rows = torch.arange(len(batch), device=ids.device)
            last = torch.tensor([len(case.prompt) - 1 for case in batch], device=ids.device)
            gradients = [
                torch.autograd.grad(scores[:, place].sum(), leaf[0], retain_graph=place + 1 < scores.shape[1])[0]
                for place in range(scores.shape[1])
            ]
            total = total + torch.stack([one[rows, last].float().sum(0) for one in gradients])
            told |= zip(batch, scores.detach().cpu(), strict=True)
            progress("measure verdicts", len(told), len(cases))
        return total / len(cases), torch.stack([told[case] for case in cases])


def _loss(scores: Any, cases: Sequence[Case]) -> float:
    import torch

    classes = torch.tensor([case.verdict for case in cases])
    counts = torch.bincount(classes, minlength=scores.shape[1]).clamp(min=1)
    return round(float(torch.nn.functional.cross_entropy(scores, classes, weight=1.0 / counts)), 4)
