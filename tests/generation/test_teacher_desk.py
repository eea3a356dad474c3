"""A dataset of which a teacher wrote a part, by way of a real HTTP peer."""

import json
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from generation.options import SCENARIO, GenerationOptions
from generation.pipeline import Generated, generate
from generation.teacher_cache import Account, AnswerCache, Purse, ThriftyTeacher
from generation.teacher_client import HttpTeacher
from generation.teacher_desk import Teaching
from generation.teacher_likeness import HeldOut
from generation.teacher_options import TeacherOptions
from kg.model import Split, Verdict
from tests.generation.fixtures import FakeRetriever, policy
from tests.generation.teacher_peer import Answer, completion, serving

POLICY = policy()
RULE = re.compile(r"=== the rule, which \w+ \w+ ===\n(.*)\n")
CASE = re.compile(r"=== case \w+ ===\n(.*)\n")
VERDICT = re.compile(r"^Verdict: (\w+),", re.MULTILINE)
PLACES = [
    "the quay",
    "the foundry",
    "the depot",
    "the canteen",
    "the archive",
    "the workshop",
    "the garage",
    "the pier",
]


class Author:
    """Writes cases that speak of the rule, some of them bad, and remembers what it meant when it is asked to judge."""

    def __init__(self) -> None:
        self._meant: dict[str, str] = {}
        self._lock = threading.Lock()

    def __call__(self, body: dict[str, Any], _: int) -> Answer:
        asked = body["messages"][1]["content"]
        if found := CASE.search(asked):
            verdict = self._meant[found.group(1)]
            return completion(json.dumps({"reason": "It says so.", "verdict": verdict}))
        rule, seed = RULE.search(asked), body["seed"]
        meant = VERDICT.search(asked)
        assert rule
        assert meant
        if seed % 7 == 3:
            return completion("I would rather not.")
        words = rule.group(1).rstrip(".").replace(",", "").replace('"', "")
        place = PLACES[seed % 8]
        case = f"Near {place} Jana and her colleague number {seed} spoke of it on one day: {words}, and so it went."
        with self._lock:
            self._meant[case] = meant.group(1)
        return completion(json.dumps({"case": case, "reason": f"At {place} it was so"}))


def made(base_url: str, folder: Path, held_out: HeldOut | None = None, **more: Any) -> tuple[Generated, Account]:
    options = TeacherOptions(base_url=base_url, model="m", share=0.5, attempts=2, **more)
    purse = Purse(options)
    with HttpTeacher(options) as client:
        teacher = ThriftyTeacher(client, AnswerCache(folder), purse, "http://peer/v1")
        teaching = Teaching(teacher, options, held_out or HeldOut())
        samples = GenerationOptions(samples=80, seed=4, test_share=0.2)
        found = generate(POLICY, FakeRetriever(POLICY), samples, teaching=teaching)
    return found, purse.account


def test_a_teacher_writes_its_share_beyond_the_required_cases(tmp_path: Path) -> None:
    """Exactly N samples, every rule with every verdict by the writers, no case about a rule of the test split; a second run
    buys nothing and gives the same dataset.
    """
    with serving(Author()) as peer:
        found, account = made(peer.base_url, tmp_path)
        again, later = made(peer.base_url, tmp_path)
    taught = found.taught
    assert taught is not None
    written = [sample for sample in found.samples if sample.writer == "teacher"]
    assert len(found.samples) == 80
    assert len(written) == len(taught.drafts) > 5
    assert {sample.split for sample in written} <= {Split.TRAIN, Split.VALIDATION}
    own = {(sample.rule_ids[0], sample.verdict) for sample in found.samples if sample.writer.startswith("scenario")}
    assert own >= {(rule.id, verdict) for rule in POLICY.rules for verdict in Verdict}
    assert all(sample.kind == SCENARIO for sample in written)
    rules = {(link.sample_id, link.element_id) for link in found.exercises if link.kind == "rule"}
    assert all((sample.id, sample.rule_ids[0]) in rules for sample in written)
    assert taught.counts["malformed"] > 0
    assert taught.asked >= len(taught.drafts)
    assert account.calls == len(peer.requests)
    assert (later.calls, later.cached) == (0, account.calls)
    assert [sample.id for sample in again.samples] == [sample.id for sample in found.samples]


def test_no_teacher_and_no_share_leave_the_dataset_to_the_writers(tmp_path: Path) -> None:
    """Nothing is asked where the budget leaves nothing beyond the required cases."""
    with serving(Author()) as peer, HttpTeacher(TeacherOptions(base_url=peer.base_url, model="m")) as client:
        options = TeacherOptions(base_url=peer.base_url, model="m")
        least = GenerationOptions(samples=3 * len(POLICY.rules), seed=4)
        found = generate(POLICY, FakeRetriever(POLICY), least, teaching=Teaching(client, options))
        assert found.taught is not None
        assert (found.taught.drafts, found.taught.asked, len(peer.requests)) == ((), 0, 0)
        assert generate(POLICY, FakeRetriever(POLICY), least).taught is None


def test_a_budget_ends_the_asking_and_the_writers_fill_up(tmp_path: Path) -> None:
    """The dataset is whole, what was bought is in it, and the reason is told."""
    with serving(Author()) as peer:
        found, account = made(peer.base_url, tmp_path, budget_tokens=2500, concurrency=1)
    assert found.taught is not None
    assert "2,500 tokens" in found.taught.stopped
    assert found.taught.drafts
    assert account.tokens <= 2500
    assert len(found.samples) == 80


def test_cases_near_the_held_out_ones_stay_out(tmp_path: Path) -> None:
    """The signatures alone are enough."""
    with serving(Author()) as peer:
        free, _ = made(peer.base_url, tmp_path)
        assert free.taught is not None
        told = [draft.question for draft in free.taught.drafts]
        held, _ = made(peer.base_url, tmp_path, HeldOut.of(told[:3]))
    assert held.taught is not None
    assert held.taught.counts["near a held-out case"] >= 3
    assert not {draft.question for draft in held.taught.drafts} & set(told[:3])
    assert replace(held.taught, drafts=()).counts == held.taught.counts
