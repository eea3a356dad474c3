"""What makes a run the same as a former one: a person's decision and a vocabulary count, and only what follows is redone."""

from pathlib import Path

import pytest

from kg.review import QUEUE, ReviewItem, ReviewQueue, Status, review_item
from studio import vocabularies
from studio.loop import run_key
from studio.settings import environment, load_settings
from studio.stages_ontology import Job, enrich, ingest, review_queue
from studio.wiring import Studio, input_hashes
from studio.workspace import StageResult, Workspace
from tests.weights import weights_folder

POLICY = """# Gift code

1.1 Employees must record every gift in the health care register. Employees must not accept a gift.

1.2 The healthcare register is kept by the Ethics Office. Managers must read the healthcare register.

1.3 Managers must check the health care register every month. Employees may accept a gift.
"""
VOCABULARY = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/t/watch> a skos:Concept ; skos:prefLabel "watch"@en .
"""


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A studio over a small policy, without an embedder."""
    (tmp_path / "code.md").write_text(POLICY, encoding="utf-8")
    config = tmp_path / "plumbline.toml"
    config.write_text('documents = ["code.md"]\n[models]\nembedder = ""\n', encoding="utf-8")
    settings = load_settings(config)
    made = Studio(settings, environment(), Workspace(settings.workspace))
    made.workspace.create()
    return made


def key(studio: Studio) -> str:
    return run_key(studio, input_hashes(studio.settings))


@pytest.mark.parametrize("kind", ["merge", "conceptnet_link", "conflict"])
def test_a_decision_makes_another_run_and_taking_it_back_the_former(studio: Studio, kind: str) -> None:
    """A question alone changes nothing, nor who answered it and when; the answer does."""
    before = key(studio)
    queue = ReviewQueue(studio.workspace.root / QUEUE)
    item = review_item(kind, "k1", ("k2", "k3"), 0.7, "look alike")
    queue.propose(kind, [item])
    assert key(studio) == before
    queue.decide(item.id, Status.ACCEPTED, by="ana", at="2026-11-22T09:00:00+00:00")
    accepted = key(studio)
    queue.decide(item.id, Status.ACCEPTED, by="ben", at="2026-11-23T09:00:00+00:00", choice="k3")
    other = key(studio)
    queue.decide(item.id, Status.REJECTED, by="ben", at="2026-11-24T09:00:00+00:00")
    assert len({before, accepted, other, key(studio)}) == 4
    queue.decide(item.id, Status.ACCEPTED, by="eve", at="2026-11-25T09:00:00+00:00")
    assert key(studio) == accepted
    for _ in range(4):
        queue.undo(item.id, by="ana", at="2026-11-26T09:00:00+00:00")
    assert key(studio) == before


def test_a_vocabulary_makes_another_run(studio: Studio, tmp_path: Path) -> None:
    """Imported, changed, removed: two new keys, then the first again."""
    before = key(studio)
    file = tmp_path / "own.ttl"
    file.write_text(VOCABULARY, encoding="utf-8")
    vocabularies.add(studio.workspace, file)
    imported = key(studio)
    file.write_text(VOCABULARY.replace('"watch"', '"wrist watch"'), encoding="utf-8")
    vocabularies.add(studio.workspace, file)
    assert len({before, imported, key(studio)}) == 3
    vocabularies.drop(studio.workspace, "own.ttl")
    assert key(studio) == before


def test_weights_of_ones_own_are_told_apart(studio: Studio, tmp_path: Path) -> None:
    """A folder of weights that was written anew under the same name is another input."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"1")
    settings = load_settings(tmp_path / "plumbline.toml", [f"models.base={folder}"])
    own = Studio(settings, studio.environment, studio.workspace)
    before = key(own)
    (folder / "model.safetensors").write_bytes(b"22")
    assert key(own) != before


def done(studio: Studio) -> tuple[StageResult, StageResult]:
    """Both stages of the ontology, once more."""
    job = Job(studio, "run", input_hashes(studio.settings))
    made = ingest(job)
    return made, enrich(job, made)


def stages(studio: Studio) -> dict[str, int]:
    """How often each stage was built."""
    names = [path.name.rsplit("-", 1)[0] for path in studio.workspace.index.glob("*-*")]
    return {name: names.count(name) for name in ("read", "ingest", "enrich", "conflicts")}


def question(studio: Studio, kind: str, words: str) -> ReviewItem:
    """The open question of ``kind`` that speaks of ``words``."""
    return next(one for one in review_queue(studio).items(kind) if words in f"{one.question} {one.evidence}")


@pytest.mark.model
def test_a_decision_repeats_the_stages_after_it_and_no_other(studio: Studio) -> None:
    """About a conflict: only conflicts are weighed again. About a name: the reading of the documents alone is kept."""
    weights_folder("spacy")
    queue = review_queue(studio)
    first = done(studio)
    assert stages(studio) == {"read": 1, "ingest": 1, "enrich": 1, "conflicts": 1}
    conflict = question(studio, "conflict", "accept a gift")
    queue.decide(conflict.id, Status.ACCEPTED, by="ana", at="2026-11-22T09:00:00+00:00")
    done(studio)
    assert stages(studio) == {"read": 1, "ingest": 1, "enrich": 1, "conflicts": 2}
    merge = question(studio, "merge", "healthcare register")
    queue.decide(merge.id, Status.ACCEPTED, by="ana", at="2026-11-22T09:01:00+00:00")
    done(studio)
    assert stages(studio) == {"read": 1, "ingest": 2, "enrich": 2, "conflicts": 3}
    for item in (merge, conflict):
        queue.undo(item.id, by="ana", at="2026-11-22T09:02:00+00:00")
    again = done(studio)
    assert [one.folder for one in again] == [one.folder for one in first]
    assert all(one.cached for one in again)
    assert stages(studio) == {"read": 1, "ingest": 2, "enrich": 2, "conflicts": 3}
