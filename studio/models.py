"""The adapters around local models: a sentence embedder and a causal language model that answers probes.

Both load safetensors only. Torch is imported when a model is built, never before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluation.answers import ModelAnswer
from kg.errors import PlumblineError
from kg.model import Message
from kg.progress import Progress, silent

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]


def embedder(folder: Path, batch_size: int = 64) -> Embed:
    """A function from n texts to an (n, d) float32 array of unit rows, from a sentence-transformers folder."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = model.encode(
            list(texts),
            batch_size=batch_size,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    return embed


class LocalModel:
    """A causal language model on this machine, with or without a LoRA adapter.

    An adapter is merged in float32 and the result cast to ``dtype``, because a merge in bfloat16 loses the small
    updates that an adapter consists of. In bfloat16 a verdict's score is off by up to .12 nats, which is as much as often
    parts two verdicts: float32 is the default. Decoding is greedy, so the same prompt gives the same answer.
    """

    def __init__(
        self,
        base: Path,
        adapter: Path | None = None,
        *,
        batch_size: int = 8,
        max_new_tokens: int = 48,
        dtype: str = "float32",
    ) -> None:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        self.batch_size = batch_size
        self.max_new_tokens = max_new_tokens
        self.tokenizer: Any = AutoTokenizer.from_pretrained(base, local_files_only=True)
        self.tokenizer.padding_side = "left"
        model: Any = AutoModelForCausalLM.from_pretrained(
            base, dtype=torch.float32, local_files_only=True, use_safetensors=True
        )
        if adapter is not None:
            if not (adapter / "adapter_model.safetensors").is_file():
                raise PlumblineError(
                    f"{adapter} holds no adapter", "train one with `plumbline train`, or correct the path"
                )
            from peft import PeftModel

            model = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
        self.model: Any = model.to(getattr(torch, dtype)).eval()
        self.progress: Progress = silent
        self.stage = "answer"

    def answer(self, prompts: Sequence[tuple[Message, ...]], choices: Sequence[str]) -> list[ModelAnswer]:
        """For each prompt the log-likelihood of each choice, and the likeliest with the reason that the model goes on with."""
        texts = [self._render(prompt) for prompt in prompts]
        # Prompts of like length share a batch, so that little is padded.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        answers: dict[int, ModelAnswer] = {}
        for start in range(0, len(order), self.batch_size):
            batch = order[start : start + self.batch_size]
            answers |= zip(batch, self._answer_batch([texts[i] for i in batch], choices), strict=True)
            self.progress(self.stage, min(start + self.batch_size, len(order)), len(order))
        return [answers[index] for index in range(len(texts))]

    def _render(self, prompt: tuple[Message, ...]) -> str:
        turns = [{"role": message.role, "content": message.content} for message in prompt]
        rendered: str = self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        return rendered

    def _answer_batch(self, texts: list[str], choices: Sequence[str]) -> list[ModelAnswer]:
        phrases = [self._tokens(f"{choice}.") for choice in choices]
        read = self._read(texts)
        scores = self._scores(read, phrases)
        best = [int(row.argmax()) for row in scores]
        reasons = self._continue(read, [phrases[index] for index in best])
        return [
            ModelAnswer(tuple(float(value) for value in row), f"{choices[index]}. {reason.strip()}".strip())
            for row, index, reason in zip(scores, best, reasons, strict=True)
        ]

    def _tokens(self, text: str) -> tuple[int, ...]:
        return tuple(self.tokenizer(text, add_special_tokens=False)["input_ids"])

    def _read(self, texts: list[str]) -> "_Read":
        """Each text is read once: its scores and its reason go on from the same keys and values."""
        import torch

        encoded = self.tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
        ids, mask = encoded["input_ids"], encoded["attention_mask"]
        with torch.inference_mode():
            head = self.model(
                input_ids=ids, attention_mask=mask, position_ids=_positions(mask), use_cache=True, logits_to_keep=1
            )
            first = torch.log_softmax(head.logits[:, -1].float(), dim=-1)
        return _Read(ids, mask, first, head.past_key_values)

    def _scores(self, read: "_Read", phrases: Sequence[tuple[int, ...]]) -> npt.NDArray[np.float64]:
        """Total log-likelihood (nats) of each phrase after each text: an array of shape (texts, phrases)."""
        import copy

        import torch

        result = np.zeros((len(read.ids), len(phrases)))
        with torch.inference_mode():
            for column, phrase in enumerate(phrases):
                ids = torch.tensor(phrase)
                total = read.first[:, ids[0]]
                if len(ids) > 1:
                    rows = ids[:-1].repeat(len(read.ids), 1)
                    mask = torch.cat([read.mask, torch.ones_like(rows)], dim=1)
                    tail = self.model(
                        input_ids=rows,
                        attention_mask=mask,
                        position_ids=_positions(mask)[:, -rows.shape[1] :],
                        past_key_values=copy.deepcopy(read.cache),
                        use_cache=True,
                    )
                    logs = torch.log_softmax(tail.logits.float(), dim=-1)
                    total = total + logs.gather(2, ids[1:].repeat(len(rows), 1).unsqueeze(-1)).squeeze(-1).sum(-1)
                result[:, column] = total.double().numpy()
        return result

    def _continue(self, read: "_Read", phrases: Sequence[tuple[int, ...]]) -> list[str]:
        """Up to ``max_new_tokens`` greedy tokens after each text and the phrase that is chosen for it; uses up the cache."""
        import torch

        if self.max_new_tokens == 0:
            return ["" for _ in phrases]
        # Phrases differ in length: a shorter one has its padding between the text and itself, where nothing looks.
        longest = max(map(len, phrases))
        filler = self.tokenizer.pad_token_id
        said = torch.tensor([[filler] * (longest - len(phrase)) + list(phrase) for phrase in phrases])
        shown = torch.tensor([[0] * (longest - len(phrase)) + [1] * len(phrase) for phrase in phrases])
        ids = torch.cat([read.ids, said], dim=1)
        with torch.inference_mode():
            output = self.model.generate(
                input_ids=ids,
                attention_mask=torch.cat([read.mask, shown], dim=1),
                past_key_values=read.cache,
                max_new_tokens=self.max_new_tokens,
                do_sample=False,
                pad_token_id=filler,
            )
        decoded: list[str] = self.tokenizer.batch_decode(output[:, ids.shape[1] :], skip_special_tokens=True)
        return decoded


@dataclass(frozen=True, slots=True)
class _Read:
    """What the model holds of a batch of texts, padded on the left.

    ``ids`` and ``mask`` (texts, length), ``first`` (texts, vocabulary) the log-probabilities of the next token, and the
    keys and values in ``cache``.
    """

    ids: Any
    mask: Any
    first: Any
    cache: Any


def _positions(mask: Any) -> Any:
    """Each token's place in its text, padding not counted."""
    return (mask.cumsum(-1) - 1).clamp(min=0)
