"""Answers on disk, one file each under the hash of its request, and the purse that is emptied by them.

A file appears whole or not at all (written beside, flushed, renamed) as soon as its answer is there, so a run that is
killed at any moment has every answer that it received, and the next run pays for none of them again. Only a request that
was under way at that moment may have been worked on by the server in vain.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.teacher_chat import BudgetSpentError, Reply, Request, Teacher, estimated_tokens
from generation.teacher_options import TeacherOptions


class AnswerCache:
    """The folder of answers. Safe for several threads and several processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Reply | None:
        """The answer to the request with this key; None where there is none, or where its file was damaged."""
        try:
            found = json.loads(self._path(key).read_text(encoding="utf-8"))
            if found["check"] != _check(found):
                return None
            return Reply(
                str(found["text"]), str(found["finish"]), int(found["prompt_tokens"]), int(found["answer_tokens"]),
                cached=True,
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, request: Request, reply: Reply) -> None:
        """Keep an answer with what it answers, for reading."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        entry: dict[str, Any] = {
            "text": reply.text, "finish": reply.finish, "prompt_tokens": reply.prompt_tokens,
            "answer_tokens": reply.answer_tokens,
        }  # fmt: skip
        entry |= {"check": _check(entry), "request": request.body()}
        scratch = path.with_name(f".{key}.{os.getpid()}.{threading.get_ident()}.tmp")
        with scratch.open("w", encoding="utf-8") as stream:
            json.dump(entry, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(path)

    def sweep(self) -> None:
        """Remove what a killed process left half-written."""
        for path in self._folder.glob("*/.*.tmp"):
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def _check(entry: dict[str, Any]) -> str:
    parts = [entry["text"], entry["finish"], entry["prompt_tokens"], entry["answer_tokens"]]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Account:
    """What the answers took: tokens and money. ``calls`` were answered by the server now, ``cached`` from disk.

    ``tokens`` and ``cost`` are those of the calls; the answers from disk were paid for earlier: ``cost_before``.
    """

    calls: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cost: float = 0.0
    cost_before: float = 0.0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.answer_tokens


class Purse:
    """Counts what is spent and says no before a limit would be passed.

    Each request reserves the most that it may cost. Answers from the cache count against the budget as well, so that a run
    that was killed and one that was not end at the same place; they cost nothing now.
    """

    def __init__(self, options: TeacherOptions) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._tokens = 0
        self._money = 0.0
        self._account = Account()

    @property
    def account(self) -> Account:
        """What was spent so far."""
        return self._account

    @contextmanager
    def reserved(self, request: Request) -> Iterator[None]:
        """Hold back what ``request`` may cost while it is under way.

        Raises:
            BudgetSpentError: it may cost more than is left.
        """
        prompt = sum(estimated_tokens(message.content) for message in request.messages)
        tokens, money = prompt + request.max_tokens, self._price(prompt, request.max_tokens)
        with self._lock:
            self._check(tokens, money)
            self._tokens += tokens
            self._money += money
        try:
            yield
        finally:
            with self._lock:
                self._tokens -= tokens
                self._money -= money

    def enter(self, reply: Reply) -> None:
        """Book an answer."""
        tokens = reply.prompt_tokens + reply.answer_tokens
        money = self._price(reply.prompt_tokens, reply.answer_tokens)
        with self._lock:
            self._tokens += tokens
            self._money += money
            was = self._account
            if reply.cached:
                self._account = Account(
                    was.calls, was.cached + 1, was.prompt_tokens, was.answer_tokens, was.cost, was.cost_before + money
                )
            else:
                self._account = Account(
                    was.calls + 1, was.cached, was.prompt_tokens + reply.prompt_tokens,
                    was.answer_tokens + reply.answer_tokens, was.cost + money, was.cost_before,
                )  # fmt: skip

    def _price(self, prompt: int, answer: int) -> float:
        return (prompt * self._options.price_prompt + answer * self._options.price_answer) / 1_000_000

    def _check(self, tokens: int, money: float) -> None:
        options = self._options
        if options.budget_tokens and self._tokens + tokens > options.budget_tokens:
            raise BudgetSpentError(
                f"the budget of {options.budget_tokens:,} tokens is spent", "raise teacher.budget_tokens"
            )
        if options.budget_cost and self._money + money > options.budget_cost:
            raise BudgetSpentError(
                f"the budget of {options.budget_cost:g} {options.currency} is spent", "raise teacher.budget_cost"
            )


class ThriftyTeacher:
    """A teacher that asks only for what the cache does not have, and only while the purse allows it."""

    def __init__(self, teacher: Teacher, cache: AnswerCache, purse: Purse, base_url: str) -> None:
        self._teacher, self._cache, self._purse, self._base_url = teacher, cache, purse, base_url

    def __call__(self, request: Request) -> Reply:
        """An answer from the cache, or bought and kept."""
        key = request.key(self._base_url)
        found = self._cache.get(key)
        if found is not None:
            self._purse.enter(found)
            return found
        with self._purse.reserved(request):
            reply = self._teacher(request)
            self._cache.put(key, request, reply)
        self._purse.enter(reply)
        return reply

    def end(self) -> None:
        """See :class:`generation.teacher_chat.Teacher`."""
        self._teacher.end()
