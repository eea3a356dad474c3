"""The teacher's server: one chat completion by HTTP, tried again where that may help, never twice where it may not.

Any server that speaks OpenAI's ``/chat/completions`` will do. One that does not know an optional field (structured
output, a seed, a temperature, ``max_tokens``) says so with a 400; the field is then left out or renamed for the rest of
the run. The key goes into one header of requests to the configured address and nowhere else: redirects are not followed,
and messages of the server are shown without it.
"""

import contextlib
import json
import random
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from generation.teacher_chat import (
    CallFailedError,
    RefusedKeyError,
    Reply,
    Request,
    TeacherError,
    estimated_tokens,
)
from generation.teacher_options import TeacherOptions
from generation.teacher_retry import RETRIED, Gate, backoff, retry_after
from kg.errors import UserError

if TYPE_CHECKING:
    import httpx

_MOST_BYTES = 4_000_000
_SHOWN = 200
_SPARED: Mapping[str, tuple[str, ...]] = {
    "response_format": ("response_format", "json_schema", "structured output", "guided", "grammar"),
    "seed": ("seed",),
    "temperature": ("temperature",),
    "max_tokens": ("max_tokens", "max_completion_tokens"),
}
"""Fields that a server may not know, and the words by which its refusal names them."""


class HttpTeacher:
    """The port's adapter. ``calls`` counts the requests that were sent, ``retries`` those sent again."""

    def __init__(self, options: TeacherOptions, key: str = "", *, seed: int = 0) -> None:
        """Raises :class:`UserError` where the key cannot stand in a header."""
        import httpx

        if not key.isascii() or any(character.isspace() for character in key):
            raise UserError(
                "the teacher's key holds a blank or a letter beyond ASCII", "set PLUMBLINE_TEACHER_KEY anew"
            )
        self._options, self._key = options, key
        self._url = f"{options.base_url.rstrip('/')}/chat/completions"
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        limits = httpx.Limits(max_connections=options.concurrency)
        self._client = httpx.Client(
            headers=headers,
            timeout=options.timeout_seconds,
            limits=limits,
            trust_env=not _loopback(options.base_url),
            verify=urlsplit(options.base_url).scheme == "https",  # reading the certificates takes long, http has none
        )
        self._gate = Gate()
        self._lock = threading.Lock()
        self._rng = random.Random(seed)
        self._left_out: set[str] = set()
        self.calls = 0
        self.retries = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self._client.close()

    def end(self) -> None:
        """Let no request wait any longer, and send no further one."""
        self._gate.end()

    def __call__(self, request: Request) -> Reply:
        """One answer. See :class:`generation.teacher_chat.Teacher` for what it raises; it never raises BudgetSpentError."""
        tries = 0
        wait = 0.0
        while True:
            if not self._gate.wait(wait):
                raise CallFailedError("not asked any more", "the teacher was stopped")
            tries += 1
            with self._lock:
                self.calls += 1
                self.retries += tries > 1
            failure = self._try(request)
            if isinstance(failure, Reply):
                return failure
            if failure.spare and self._spare(failure.spare):
                tries -= 1
                wait = 0.0
                continue
            if not failure.again or tries > self._options.retries:
                raise CallFailedError(failure.reason, f"{failure.message} ({tries} tries)")
            with self._lock:
                wait = backoff(tries, self._rng)
            wait = self._agreed(failure, wait)

    def _agreed(self, failure: "_Failure", wait: float) -> float:
        """How long to wait: as long as the server asks, then everyone does."""
        if failure.after is None:
            return wait
        if failure.after > self._options.longest_wait_seconds:
            raise TeacherError(
                f"the teacher asks to wait {failure.after:.0f} seconds: {failure.message}",
                "wait and run the same command again (what was answered is kept), or raise teacher.longest_wait_seconds",
            )
        with self._lock:
            after = failure.after + self._rng.uniform(0.0, 0.25)
        self._gate.hold(after)
        return after

    def _try(self, request: Request) -> "Reply | _Failure":
        import httpx

        deadline = time.monotonic() + self._options.timeout_seconds
        try:
            with self._client.stream("POST", self._url, json=self._body(request)) as response:
                text = _read(response, deadline)
                if response.status_code == 200:
                    return _reply(text, request)
                return self._refused(response, text)
        except (httpx.TimeoutException, TimeoutError):
            return _Failure("too slow", f"no answer within {self._options.timeout_seconds:g} seconds")
        except httpx.InvalidURL as error:
            raise UserError(f"teacher.base_url: {error}", "correct the address") from error
        except httpx.RequestError as error:
            return _Failure(
                "not reached", f"{self._options.base_url} cannot be reached: {error or type(error).__name__}"
            )

    def _body(self, request: Request) -> dict[str, Any]:
        body = request.body()
        for name in self._left_out:
            value = body.pop(name, None)
            if name == "max_tokens":
                body["max_completion_tokens"] = value
        return body

    def _spare(self, name: str) -> bool:
        with self._lock:
            if name in self._left_out:
                return False
            self._left_out.add(name)
            return True

    def _refused(self, response: "httpx.Response", text: str) -> "_Failure":
        status, said = response.status_code, self._said(text)
        if status in {401, 403}:
            remedy = "correct the key" if self._key else "set the key"
            raise RefusedKeyError(
                f"the teacher at {self._options.base_url} refuses the request ({status}): {said}",
                f"{remedy} in PLUMBLINE_TEACHER_KEY (OPENAI_API_KEY is sent to OpenAI's own servers alone)",
            )
        if status == 402 or "insufficient_quota" in text:
            raise TeacherError(
                f"the teacher's account has no money left: {said}", "top it up; what was answered is kept"
            )
        if status == 404 or 300 <= status < 400:
            raise UserError(
                f"{self._url} answers {status}: {said}",
                f"check teacher.base_url (it ends in /v1 mostly) and that the server has the model {self._options.model!r}",
            )
        if status in RETRIED:
            reason = "rate limit" if status == 429 else f"status {status}"
            after = retry_after(response.headers.get("retry-after"))
            return _Failure(reason, f"the teacher answers {status}: {said}", after=after)
        body = text.lower()
        spare = next(
            (name for name, words in _SPARED.items()
             if status in {400, 422} and name not in self._left_out and any(word in body for word in words)), "",
        )  # fmt: skip
        return _Failure(f"status {status}", f"the teacher answers {status}: {said}", again=False, spare=spare)

    def _said(self, text: str) -> str:
        """What a server says of an error, short, on one line and without the key."""
        with contextlib.suppress(ValueError, TypeError, KeyError):
            found = json.loads(text)["error"]
            text = str(found["message"] if isinstance(found, Mapping) else found)
        text = "".join(character if character.isprintable() else " " for character in text)
        text = " ".join(text.split())[: _SHOWN * 4]
        if self._key:
            text = text.replace(self._key, "***")
        return text[:_SHOWN] or "nothing more"


class _Failure:
    """A try that brought no answer. ``after`` is what the server asks to wait; ``spare`` a field it does not know."""

    __slots__ = ("after", "again", "message", "reason", "spare")

    def __init__(
        self, reason: str, message: str, *, again: bool = True, after: float | None = None, spare: str = ""
    ) -> None:
        self.reason, self.message, self.again, self.after, self.spare = reason, message, again, after, spare


def _loopback(address: str) -> bool:
    """Whether the server is on this machine, where no proxy of the environment leads."""
    host = urlsplit(address).hostname or ""
    return host in {"localhost", "127.0.0.1", "::1"}


def _read(response: "httpx.Response", deadline: float) -> str:
    """The body; a server that trickles is not waited for beyond ``deadline`` (monotonic seconds)."""
    chunks = []
    size = 0
    for chunk in response.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > _MOST_BYTES:
            break
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(chunks).decode("utf-8", errors="replace")


def _reply(text: str, request: Request) -> "Reply | _Failure":
    try:
        body = json.loads(text)
        choice = body["choices"][0]
        message = choice["message"]
        said = message.get("content") or ""
        refused = message.get("refusal")
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return _Failure("no chat completion", "the teacher's answer is no chat completion")
    if isinstance(said, list):  # content in parts
        said = "".join(str(part.get("text", "")) for part in said if isinstance(part, Mapping))
    finish = "refusal" if refused and not said else str(choice.get("finish_reason") or "")
    asked = "".join(one.content for one in request.messages)
    usage = body.get("usage") if isinstance(body.get("usage"), Mapping) else {}
    return Reply(
        str(said), finish, _count(usage.get("prompt_tokens"), asked), _count(usage.get("completion_tokens"), str(said))
    )


def _count(value: object, text: str) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else estimated_tokens(text)
