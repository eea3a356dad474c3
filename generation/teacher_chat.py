"""What is asked of a teacher and what it answers, and the port between writers and servers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kg.errors import PlumblineError, UserError
from kg.model import Message


@dataclass(frozen=True, slots=True)
class Request:
    """One chat completion. ``schema`` is the JSON schema of the answer, named ``form``; ``seed`` tells two tries apart."""

    model: str
    messages: tuple[Message, ...]
    form: str
    schema: Mapping[str, Any]
    temperature: float
    max_tokens: int
    seed: int = 0

    def body(self) -> dict[str, Any]:
        """The JSON of OpenAI's ``/chat/completions``."""
        return {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.content} for message in self.messages],
            "temperature": self.temperature,
            "max_tokens": self.max_tokens,
            "seed": self.seed,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": self.form, "strict": True, "schema": dict(self.schema)},
            },
        }

    def key(self, base_url: str) -> str:
        """SHA-256 of the server's address and the body: equal requests have equal keys. No secret goes into it."""
        text = json.dumps([base_url.rstrip("/"), self.body()], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``finish`` is the server's reason to end; tokens are the server's count, estimated where it gives
    none; ``cached`` says that nothing was paid for it now.
    """

    text: str
    finish: str
    prompt_tokens: int
    answer_tokens: int
    cached: bool = False


class Teacher(Protocol):
    """The port: a request is answered, from a cache or a server."""

    def __call__(self, request: Request) -> Reply:
        """The answer.

        Raises:
            CallFailedError: this request got none; others may.
            BudgetSpentError: no more may be bought.
            TeacherError, UserError: no request will get one.
        """
        ...

    def end(self) -> None:
        """Let no request wait any longer, and send no further one."""


class CallFailedError(PlumblineError):
    """One request got no answer; ``reason`` is short, for counting."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, "run the same command again: what was answered is kept")
        self.reason = reason


class BudgetSpentError(PlumblineError):
    """The budget allows no further request."""


class TeacherError(PlumblineError):
    """The teacher gives no answers at all: down, or limiting without end."""


class RefusedKeyError(UserError):
    """The teacher does not accept the key, or wants one."""


def estimated_tokens(text: str) -> int:
    """About how many tokens ``text`` has: three characters each, which is rather too many for European languages."""
    return len(text) // 3 + 1
