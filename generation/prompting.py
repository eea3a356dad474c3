"""The one prompt of the project: the same for training and for both models at an audit.

Thrifty on purpose. The base model has 135 million parameters and is trained on a CPU, so each token of the prompt
is paid for a thousand times: the best passage, a case, its checks and the answer are some 175 tokens of SmolLM2.
Retrieved text and the question are data. Markup that a chat template would read as the end of a turn is taken out
of both, so that a document cannot speak as the user or the assistant.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from kg.grounding import Check, Ground, Outcome
from kg.model import Message, Modality, Verdict

SYSTEM = "Judge the case by the policy: Permitted, Prohibited or Needs information."
"""The system message: one short sentence that names the three answers."""

VERDICT_PHRASES: dict[Verdict, str] = {
    Verdict.PERMITTED: "Permitted",
    Verdict.PROHIBITED: "Prohibited",
    Verdict.NEEDS_INFORMATION: "Needs information",
}
"""What an answer to a case begins with, followed by a full stop. With the checks of the graph in the prompt a small model
decides better at once than after a reason, in which one wrong word leads it astray (docs/experiments.md)."""

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

    @property
    def grounds(self) -> Sequence[Ground]: ...


@lru_cache(maxsize=4096)  # the same passages stand in many prompts
def as_data(text: str) -> str:
    """``text`` on one line and without the control tokens of any chat template."""
    previous = ""
    while previous != text:  # taking one token out may join the halves of another
        previous, text = text, _MARKUP.sub("", text)
    return _SPACES.sub(" ", text).strip()


_ANSWERED = re.compile(r"(^|(?<=[.!?;] ))(?:No|Yes)[.,] (?=[A-Z])")


def unanswered(text: str) -> str:
    """``text`` without the "No." of an answer whose question is not shown; "A: No." stands behind its question."""
    return _ANSWERED.sub("", text)


def build_messages(question: str, retrieved: Sequence[Passage]) -> tuple[Message, Message]:
    """The system and the user message for ``question``, with the retrieved passages in their given order."""
    lines = [f"[{as_data(passage.citation)}] {unanswered(as_data(passage.text))}" for passage in retrieved]
    policy = "Policy:\n" + "\n".join(lines) + "\n\n" if lines else ""
    checks = "".join(f"\n{_checked(passage)}" for passage in retrieved)
    return Message("system", SYSTEM), Message("user", f"{policy}Case: {as_data(question)}{checks}")


DEONTIC: dict[str, str] = {
    Modality.PERMISSION.value: "allows",
    Modality.PROHIBITION.value: "forbids",
    Modality.OBLIGATION.value: "requires",
    Modality.RECOMMENDATION.value: "recommends",
    Modality.DEFINITION.value: "defines",
}
"""What a rule of each modality does, in the words of the prompt and of an answer's reason."""


def _checked(passage: Passage) -> str:
    """What the graph knows of a passage and the case: "[2.1] allows (USD 75 or less: yes, 30 dollars), forbids"."""
    rules = []
    for ground in passage.grounds:
        points = "; ".join(map(check_line, ground.checks))
        rules.append(f"{DEONTIC[ground.modality]} ({points})" if points else DEONTIC[ground.modality])
    return f"[{as_data(passage.citation)}] {', '.join(rules) or 'states'}"


def check_line(check: Check) -> str:
    """A check in the words of the prompt; those of the case are repeated where they are a quantity."""
    said = f", {as_data(check.words)}" if check.words and check.limit and check.outcome != Outcome.OPEN else ""
    return f"{as_data(check.point)}: {check.outcome.value}{said}"


def verdict_answer(verdict: Verdict, reason: str) -> str:
    """An answer to a case: the verdict, then its reason."""
    return f"{VERDICT_PHRASES[verdict]}. {reason}"
