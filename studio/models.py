"""The adapters around local models: a sentence embedder and a causal language model that answers probes.

Both load safetensors only. Torch is imported when a model is built, never before.
"""

from collections.abc import Callable, Sequence
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
        scores = self.choice_scores(texts, [f"{choice}." for choice in choices])
        best = [choices[int(row.argmax())] for row in scores]
        reasons = self._continue([f"{text}{choice}." for text, choice in zip(texts, best, strict=True)])
        return [
            ModelAnswer(choice_scores=tuple(float(value) for value in row), text=f"{choice}. {reason.strip()}".strip())
            for row, choice, reason in zip(scores, best, reasons, strict=True)
        ]

    def choice_scores(self, texts: list[str], choices: Sequence[str]) -> npt.NDArray[np.float64]:
        """Total log-likelihood of each choice after each text: an array of shape (texts, choices).

        The text is read once; each choice goes on from a copy of its key-value cache.
        """
        import copy

        import torch

        encoded = self.tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
        mask = encoded["attention_mask"]
        positions = (mask.cumsum(-1) - 1).clamp(min=0)
        result = np.zeros((len(texts), len(choices)))
        with torch.inference_mode():
            head = self.model(**encoded, position_ids=positions, use_cache=True, logits_to_keep=1)
            first = torch.log_softmax(head.logits[:, -1].float(), dim=-1)
            for column, choice in enumerate(choices):
                ids = self.tokenizer(choice, return_tensors="pt", add_special_tokens=False)["input_ids"][0]
                total = first[:, ids[0]]
                if len(ids) > 1:
                    rows = ids[:-1].repeat(len(texts), 1)
                    longer = torch.cat([mask, torch.ones_like(rows)], dim=1)
                    steps = positions[:, -1:] + torch.arange(1, len(ids))
                    tail = self.model(
                        input_ids=rows,
                        attention_mask=longer,
                        position_ids=steps,
                        past_key_values=copy.deepcopy(head.past_key_values),
                        use_cache=True,
                    )
                    logs = torch.log_softmax(tail.logits.float(), dim=-1)
                    total = total + logs.gather(2, ids[1:].repeat(len(texts), 1).unsqueeze(-1)).squeeze(-1).sum(-1)
                result[:, column] = total.double().numpy()
        return result

    def _continue(self, texts: list[str]) -> list[str]:
        """Up to ``max_new_tokens`` greedy tokens after each text."""
        import torch

        if self.max_new_tokens == 0:
            return ["" for _ in texts]
        encoded = self.tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
        with torch.inference_mode():
            output = self.model.generate(
                **encoded,
                max_new_tokens=self.max_new_tokens,
                do_sample=False,
                pad_token_id=self.tokenizer.pad_token_id,
            )
        new = output[:, encoded["input_ids"].shape[1] :]
        decoded: list[str] = self.tokenizer.batch_decode(new, skip_special_tokens=True)
        return decoded
