"""The teacher's client against a real HTTP peer: rate limits, garbage, silence, refusals."""

import json
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from generation.teacher_chat import CallFailedError, RefusedKeyError, Reply, Request, TeacherError
from generation.teacher_client import HttpTeacher
from generation.teacher_options import TeacherOptions
from generation.teacher_retry import Gate, retry_after
from kg.errors import UserError
from kg.model import Message
from tests.generation.teacher_peer import Answer, completion, serving

REQUEST = Request("m", (Message("user", "hello"),), "case", {"type": "object"}, 0.5, 64, 7)


def options(base_url: str, **changes: Any) -> TeacherOptions:
    return replace(TeacherOptions(base_url=base_url, model="m", timeout_seconds=2.0, retries=2), **changes)


def ask(answers: list[Answer], key: str = "", **changes: Any) -> tuple[Reply, int, float]:
    """The reply of a peer that gives ``answers`` in turn, how often it was asked, and the seconds it took."""
    with serving(lambda _, number: answers[min(number, len(answers) - 1)]) as peer:
        started = time.monotonic()
        with HttpTeacher(options(peer.base_url, **changes), key) as teacher:
            reply = teacher(REQUEST)
        return reply, len(peer.requests), time.monotonic() - started


def test_an_answer_comes_back_with_its_tokens() -> None:
    """The request has the form of OpenAI's API, with the JSON schema and the key in its place."""
    with (
        serving(lambda *_: completion("hi", prompt=3, answer=4)) as peer,
        HttpTeacher(options(peer.base_url), "sekret") as teacher,
    ):
        assert teacher(REQUEST) == Reply("hi", "stop", 3, 4)
    headers, body = peer.requests[0]
    assert headers["Authorization"] == "Bearer sekret"
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert (body["model"], body["seed"], body["max_tokens"]) == ("m", 7, 64)
    assert "sekret" not in json.dumps(body)


def test_a_rate_limit_is_waited_out() -> None:
    """Never sooner than Retry-After says, in seconds or as a date; by backoff where it says nothing."""
    limited: Answer = (429, {"Retry-After": "1"}, '{"error": {"message": "slow down"}}')
    reply, calls, seconds = ask([limited, completion("ok")])
    assert (reply.text, calls) == ("ok", 2)
    assert 1.0 <= seconds < 3
    reply, calls, seconds = ask([(429, {}, ""), (503, {}, "busy"), completion("ok")])
    assert (reply.text, calls) == ("ok", 3)
    assert 0.2 <= seconds < 3


def test_retry_after_is_read_in_both_forms() -> None:
    """RFC 9110, 10.2.3; what cannot be read counts as absent."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after("7") == 7
    assert retry_after(format_datetime(now + timedelta(seconds=30), usegmt=True), now) == 30
    assert retry_after(format_datetime(now - timedelta(seconds=30), usegmt=True), now) == 0
    assert [retry_after(text) for text in (None, "soon", "", "inf")] == [None] * 4


def test_one_limit_holds_all_requests_back() -> None:
    """The gate that one request closes is closed for every one; ending wakes them."""
    clock = [0.0]
    gate = Gate(lambda: clock[0])
    assert gate.wait()
    gate.hold(5)
    gate.end()
    assert not gate.wait()


def test_a_limit_without_end_is_one_clear_error() -> None:
    """A server that asks for an hour is not waited for."""
    with pytest.raises(TeacherError, match=r"asks to wait 3600 seconds: .*quota") as caught:
        ask([(429, {"Retry-After": "3600"}, '{"error": {"message": "quota"}}')])
    assert "longest_wait_seconds" in caught.value.hint
    with pytest.raises(CallFailedError, match="429") as failed:
        ask([(429, {}, "")], retries=1)
    assert failed.value.reason == "rate limit"


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ((401, {}, '{"error": {"message": "Incorrect API key provided: sekret-1"}}'), RefusedKeyError, "401"),
        ((404, {}, '{"error": "model m not found"}'), UserError, "model m not found"),
        ((302, {"Location": "http://127.0.0.1:1/"}, ""), UserError, "answers 302"),
        ((402, {}, "pay"), TeacherError, "no money"),
        ((429, {}, '{"error": {"code": "insufficient_quota", "message": "x"}}'), TeacherError, "no money"),
    ],
)
def test_what_no_try_can_cure_ends_at_once(answer: Answer, kind: type[Exception], words: str) -> None:
    """One request, one error with a remedy, and no secret in it."""
    with pytest.raises(kind, match=words) as caught:
        ask([answer], key="sekret-1")
    assert "sekret" not in f"{caught.value} {getattr(caught.value, 'hint', '')}"
    assert getattr(caught.value, "hint", "")


def test_silence_and_trickles_are_cut_off() -> None:
    """A time-out holds for the whole answer, not for each of its bytes."""

    def slow(_: dict[str, Any], __: int) -> Answer:
        time.sleep(0.6)
        return completion("late")

    with serving(slow) as peer, HttpTeacher(options(peer.base_url, timeout_seconds=0.2, retries=1)) as teacher:
        with pytest.raises(CallFailedError, match=r"within 0.2 seconds \(2 tries\)") as caught:
            teacher(REQUEST)
        assert caught.value.reason == "too slow"
        assert (teacher.calls, teacher.retries) == (2, 1)


def test_a_teacher_that_is_down_says_so() -> None:
    """Nothing listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with HttpTeacher(options(address, retries=1)) as teacher, pytest.raises(CallFailedError, match="cannot be reached"):
        teacher(REQUEST)


@pytest.mark.parametrize("body", ["<html>gateway</html>", "[]", '{"choices": []}', '{"choices": [3]}', "\xff"])
def test_garbage_is_tried_again_and_then_given_up(body: str) -> None:
    """An answer that is no chat completion costs two tries and is one failure."""
    with pytest.raises(CallFailedError, match="no chat completion") as caught:
        ask([(200, {}, body)], retries=1)
    assert caught.value.reason == "no chat completion"
    assert ask([(200, {}, body), completion("ok")], retries=1)[0].text == "ok"


def test_a_field_that_the_server_does_not_know_is_left_out() -> None:
    """The refusal names it; the next request does without, and so do all later ones."""

    def picky(body: dict[str, Any], _: int) -> Answer:
        for name in ("response_format", "seed", "max_tokens"):
            if name in body:
                return 400, {}, json.dumps({"error": {"message": f"Unsupported parameter: '{name}'"}})
        return completion("ok")

    with serving(picky) as peer, HttpTeacher(options(peer.base_url)) as teacher:
        assert teacher(REQUEST).text == "ok"
        assert teacher(REQUEST).text == "ok"
    assert len(peer.requests) == 5
    assert peer.requests[-1][1]["max_completion_tokens"] == 64


def test_a_refusal_of_the_request_is_not_repeated() -> None:
    """A 400 that names no field of ours is a failure of this call."""
    with pytest.raises(CallFailedError, match="too long for the context") as caught:
        ask([(400, {}, '{"error": {"message": "too long for the context"}}')])
    assert caught.value.reason == "status 400"


def test_tokens_are_estimated_where_the_server_counts_none() -> None:
    """Better a rough count than a budget that never ends."""
    body = {"choices": [{"message": {"content": [{"type": "text", "text": "hello there"}]}}], "usage": None}
    reply, _, _ = ask([(200, {}, json.dumps(body))])
    assert reply.text == "hello there"
    assert (reply.prompt_tokens, reply.answer_tokens) == (2, 4)
    refused = {"choices": [{"message": {"content": None, "refusal": "no"}}]}
    assert ask([(200, {}, json.dumps(refused))])[0].finish == "refusal"


def test_a_key_that_no_header_can_hold_is_refused() -> None:
    """A pasted line break is found before anything is sent."""
    with pytest.raises(UserError, match="blank or a letter"):
        HttpTeacher(options("http://127.0.0.1:1/v1"), "a\nb")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"base_url": "ftp://x"}, "base_url"),
        ({"base_url": "http://me:secret@host/v1"}, "password"),
        ({"base_url": "http://h/v1", "model": ""}, "model is empty"),
        ({"share": 1.2}, "share"),
        ({"concurrency": 0}, "concurrency"),
        ({"timeout_seconds": 0.0}, "timeout_seconds"),
        ({"budget_cost": 2.0}, "nothing has a price"),
        ({"budget_tokens": -1}, "budget_tokens"),
        ({"language": "xx"}, "language"),
        ({"temperature": 3.0}, "temperature"),
    ],
)
def test_options_that_contradict_themselves_are_refused(changes: dict[str, Any], words: str) -> None:
    """Before any work, with a remedy."""
    with pytest.raises(UserError, match=words) as caught:
        TeacherOptions(**({"model": "m"} | changes))
    assert caught.value.hint
    assert "secret" not in str(caught.value)
