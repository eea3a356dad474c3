"""The teacher of a run: its key, its folder, what it tells."""

import json
from pathlib import Path

import pytest

from generation.teacher import Dropped, NothingKeptError, Taught
from kg.model import Verdict
from studio.settings import environment, read_settings
from studio.teaching import DROPPED, FOLDER, proposer, teacher, unread_answers, write_dropped
from studio.wiring import Studio
from studio.workspace import Workspace, read_rows
from tests.generation.fixtures import policy
from tests.generation.teacher_peer import completion, serving

POLICY = policy()


def studio(folder: Path, **options: object) -> Studio:
    settings = read_settings({"teacher": options, "models": {"embedder": ""}}, "test")
    variables = {"PLUMBLINE_TEACHER_KEY": "sekret-1", "PLUMBLINE_CACHE": str(folder)}
    return Studio(settings, environment(variables), Workspace(folder))


def test_the_key_goes_to_no_other_server() -> None:
    """OpenAI's key is sent to OpenAI alone, a teacher's own key to the teacher; no key shows in a record."""
    both = environment({"PLUMBLINE_TEACHER_KEY": " a ", "OPENAI_API_KEY": "b"})
    openai = environment({"OPENAI_API_KEY": "b"})
    assert both.key_for("http://127.0.0.1:8080/v1") == "a"
    assert openai.key_for("https://api.openai.com/v1") == "b"
    assert openai.key_for("https://api.openai.com.evil.example/v1") == ""
    assert openai.key_for("http://notopenai.com/v1") == ""
    assert "'b'" not in repr(openai)
    assert "'a'" not in repr(both)


def test_no_teacher_is_the_default(tmp_path: Path) -> None:
    """Nothing is opened where no address or no share is given."""
    with teacher(studio(tmp_path), POLICY) as lent:
        assert lent is None
    with teacher(studio(tmp_path, base_url="http://h/v1", model="m", share=0.0), POLICY) as lent:
        assert lent is None
    assert not (tmp_path / FOLDER).exists()


def test_what_was_dropped_is_kept_for_reading(tmp_path: Path) -> None:
    """Also where nothing was kept: the error names the file. The report tells calls, costs and reasons."""
    drop = Dropped("profanity", "bastard", POLICY.rules[0].id, Verdict.PROHIBITED, "the text")
    where = studio(tmp_path, base_url="http://h/v1", model="m")
    with teacher(where, POLICY) as lent:
        assert lent is not None
        report = lent.report(Taught((), (drop, drop), 2))
    with pytest.raises(NothingKeptError) as caught, teacher(where, POLICY):
        raise NothingKeptError(2, (drop,))
    assert {name: report[name] for name in ("calls", "cached", "tokens", "cost", "kept", "dropped")} == {
        "calls": 0, "cached": 0, "tokens": 0, "cost": 0, "kept": 0, "dropped": {"profanity": 2},
    }  # fmt: skip
    path = tmp_path / FOLDER / DROPPED
    assert str(path) in caught.value.hint
    assert read_rows(path) == [
        {
            "reason": "profanity", "detail": "bastard", "clause": "1.0", "rule": POLICY.rules[0].id,
            "verdict": "prohibited", "text": "the text",
        }
    ]  # fmt: skip
    write_dropped(tmp_path / "x.jsonl", (), POLICY)
    assert (tmp_path / "x.jsonl").read_text(encoding="utf-8") == ""
    assert "sekret" not in json.dumps(report)


def test_a_teacher_that_is_asked_to_proposes_rules_once(tmp_path: Path) -> None:
    """Its proposals come through the client, with the sentence as data; a second reading asks the server nothing."""
    rule = {
        "modality": "prohibition", "actor": "staff", "action": "share", "object": "passwords", "condition": "",
        "exception": "", "authority": "",
    }  # fmt: skip
    with serving(lambda *_: completion(json.dumps({"rules": [rule]}))) as peer:
        where = studio(tmp_path, base_url=peer.base_url, model="m", rules=True)
        for _ in range(2):
            with proposer(where) as asked:
                assert asked is not None
                (found,) = asked.propose("Staff must not share passwords.", "")
                assert (found.actor, found.action, found.object) == ("staff", "share", "passwords")
        assert len(peer.requests) == 1
        assert '"sentence": "Staff must not share passwords."' in peer.requests[0][1]["messages"][0]["content"]
    with proposer(studio(tmp_path, base_url=peer.base_url, model="m")) as none:
        assert none is None


def test_answers_about_rules_that_cannot_be_read_are_listed(tmp_path: Path) -> None:
    """A teacher that does not answer in the schema proposes nothing, and the rejected say how often."""
    with (
        serving(lambda *_: completion(json.dumps({"said": "no rules here"}))) as peer,
        proposer(studio(tmp_path, base_url=peer.base_url, model="m", rules=True)) as asked,
    ):
        assert asked is not None
        assert unread_answers(asked) == ()
        assert asked.propose("Staff must not share passwords.", "") == ()
        (found,) = unread_answers(asked)
        assert "1 of 1 answers" in found.reason
