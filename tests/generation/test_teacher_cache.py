"""Answers on disk and the purse: nothing is paid twice, nothing beyond the budget."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from generation.teacher import WriterContext, teacher_drafts
from generation.teacher_cache import AnswerCache, Purse, ThriftyTeacher
from generation.teacher_chat import BudgetSpentError, Reply, Request
from generation.teacher_options import TeacherOptions
from kg.model import Message
from tests.generation.fixtures import policy
from tests.generation.test_teacher import GOOD, POLICY, WANTED, Scripted, case

OPTIONS = TeacherOptions(base_url="http://h/v1", model="m", price_prompt=2.0, price_answer=8.0, budget_tokens=0)
REQUEST = Request("m", (Message("user", "hello"),), "case", {"type": "object"}, 0.5, 64)


def test_an_answer_is_kept_and_given_again(tmp_path: Path) -> None:
    """With its tokens and what it answers; the key is that of the request, and the server's address is part of it."""
    cache = AnswerCache(tmp_path)
    key = REQUEST.key("http://h/v1/")
    cache.put(key, REQUEST, Reply("hi", "stop", 3, 4))
    assert cache.get(key) == Reply("hi", "stop", 3, 4, cached=True)
    assert key == REQUEST.key("http://h/v1")
    others = [replace(REQUEST, seed=1), replace(REQUEST, model="n"), replace(REQUEST, temperature=0.6)]
    assert [cache.get(one.key("http://h/v1")) for one in others] == [None] * 3
    assert cache.get(REQUEST.key("http://other/v1")) is None
    (path,) = tmp_path.glob("*/*.json")
    assert json.loads(path.read_text(encoding="utf-8"))["request"]["messages"][0]["content"] == "hello"


def test_a_damaged_or_half_written_answer_is_none(tmp_path: Path) -> None:
    """A file that was altered is not believed, and what a kill left behind is swept up."""
    cache = AnswerCache(tmp_path)
    key = REQUEST.key("http://h/v1")
    cache.put(key, REQUEST, Reply("hi", "stop", 3, 4))
    (path,) = tmp_path.glob("*/*.json")
    text = path.read_text(encoding="utf-8")
    for damaged in (text[:40], text.replace('"hi"', '"ho"'), "[]", "\0"):
        path.write_text(damaged, encoding="utf-8")
        assert cache.get(key) is None
    (path.parent / f".{key}.1.1.tmp").write_text("half", encoding="utf-8")
    cache.sweep()
    assert list(path.parent.glob(".*")) == []


def test_money_and_tokens_are_counted(tmp_path: Path) -> None:
    """What was paid now and what earlier runs paid stand apart."""
    purse = Purse(OPTIONS)
    teacher = ThriftyTeacher(Scripted(lambda _: case()), AnswerCache(tmp_path), purse, OPTIONS.base_url)
    teacher(REQUEST)
    teacher(REQUEST)
    account = purse.account
    assert (account.calls, account.cached, account.tokens) == (1, 1, 2)
    assert account.cost == account.cost_before == pytest.approx((2.0 + 8.0) / 1_000_000)


def test_the_budget_is_never_overdrawn(tmp_path: Path) -> None:
    """Eight threads at once reserve before they ask: what is bought stays below the limit."""
    options = replace(OPTIONS, budget_tokens=700)
    purse = Purse(options)

    def costly(request: Request) -> Reply:
        return Reply("x", "stop", 3, 64)

    class Costly:
        def __call__(self, request: Request) -> Reply:
            return costly(request)

        def end(self) -> None:
            """Nothing waits."""

    teacher = ThriftyTeacher(Costly(), AnswerCache(tmp_path), purse, options.base_url)

    def ask(number: int) -> bool:
        try:
            teacher(replace(REQUEST, seed=number))
        except BudgetSpentError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        bought = sum(pool.map(ask, range(40)))
    assert bought == purse.account.calls
    assert 600 < purse.account.tokens <= 700
    with pytest.raises(BudgetSpentError, match="700 tokens") as caught:
        teacher(replace(REQUEST, seed=99))
    assert "budget_tokens" in caught.value.hint


def test_a_spent_budget_keeps_what_was_bought(tmp_path: Path) -> None:
    """The work ends cleanly: the drafts so far are there, the reason is told, and a rerun buys nothing more.

    One request at a time: what several hold back for each other at the end is a matter of their order.
    """
    options = replace(OPTIONS, budget_cost=0.006, max_tokens=100, concurrency=1)

    def run() -> tuple[int, int, int, str]:
        purse = Purse(options)
        scripted = Scripted(lambda number: case(f"{GOOD} It was day {number}."), tokens=400)
        teacher = ThriftyTeacher(scripted, AnswerCache(tmp_path), purse, options.base_url)
        wanted = [replace(WANTED, concept_ids=(concept.id,)) for concept in policy().concepts] * 3
        found = teacher_drafts(teacher, options, WriterContext(POLICY, duplicate_threshold=1.0), wanted)
        return len(found.drafts), purse.account.calls, purse.account.cached, found.stopped

    kept, calls, cached, stopped = run()
    assert cached == 0
    assert 0 < kept < 9
    assert "0.006 USD" in stopped
    again = run()
    assert again[0] >= kept
    assert again[2] == calls
