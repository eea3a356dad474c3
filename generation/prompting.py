"""The one prompt of the project: the same for training and for both models at an audit.

Thrifty on purpose. The base model has 135 million parameters and is trained on a CPU, so each token of the prompt
is paid for a thousand times: three retrieved sentences and a case stay below 200 tokens of SmolLM2.
Retrieved text and the question are data. Markup that a chat template would read as the end of a turn is taken out
of both, so that a document cannot speak as the user or the assistant.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from kg.model import Message, Verdict

SYSTEM = "Say what the policy means for the case, then the verdict: Permitted, Prohibited or Needs information."
"""The system message: one short sentence that names the three answers and what comes before them."""

VERDICT_CUE = "\nVerdict:"
"""What stands between the reason and the verdict. The reason comes first: a small model that has named the clause and
quoted the words of the case decides better than one that must decide at once (docs/experiments.md)."""

VERDICT_PHRASES: dict[Verdict, str] = {
    Verdict.PERMITTED: "Permitted",
    Verdict.PROHIBITED: "Prohibited",
    Verdict.NEEDS_INFORMATION: "Needs information",
}
"""What an answer to a case ends with, after its reason and the cue, followed by a full stop."""

_MARKUP = re.compile(
    r"<\|[^<>|\n]{0,40}\|>|</?s>|\[/?INST\]|<<?/?SYS>>?|</?(?:think|tool_call|tool_response)>", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")


class Passage(Protocol):
    """What the prompt needs of a retrieved clause (``kg.retrieval.Retrieved`` fits)."""

    @property
    def citation(self) -> str: ...

    @property
    def text(self) -> str: ...


def as_data(text: str) -> str:
    """``text`` on one line and without the control tokens of any chat template."""
    previous = ""
    while previous != text:  # taking one token out may join the halves of another
        previous, text = text, _MARKUP.sub("", text)
    return _SPACES.sub(" ", text).strip()


def build_messages(question: str, retrieved: Sequence[Passage]) -> tuple[Message, Message]:
    """The system and the user message for ``question``, with the retrieved passages in their given order."""
    lines = [f"[{as_data(passage.citation)}] {as_data(passage.text)}" for passage in retrieved]
    policy = "Policy:\n" + "\n".join(lines) + "\n\n" if lines else ""
    return Message("system", SYSTEM), Message("user", f"{policy}Case: {as_data(question)}")


def verdict_answer(verdict: Verdict, reason: str) -> str:
    """An answer to a case: the reason, then the verdict on a line of its own."""
    return f"{reason}{VERDICT_CUE} {VERDICT_PHRASES[verdict]}."
