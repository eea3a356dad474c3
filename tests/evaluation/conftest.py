"""Cases, contexts and answers of two scripted models on the small policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluation.answers import Answer, Contexts, ScriptedModel, answer, contexts
from evaluation.probes import Probe, load_heldout
from generation.prompting import VERDICT_PHRASES
from kg.grounding import Ground
from kg.model import Ontology
from tests.evaluation.policy import heldout_rows, small_policy, write_rows


@dataclass(frozen=True, slots=True)
class Found:
    """A retrieved clause."""

    clause_id: str
    citation: str
    text: str
    grounds: tuple[Ground, ...] = ()


@dataclass
class FirstClauses:
    """A retriever that always finds the first clauses, and counts how often it is asked."""

    ontology: Ontology
    asked: int = 0

    def retrieve(self, question: str, k: int) -> Sequence[Found]:
        self.asked += 1
        return [Found(clause.id, clause.number, clause.text) for clause in self.ontology.clauses[:k]]


@pytest.fixture
def ontology() -> Ontology:
    return small_policy()


@pytest.fixture
def probes(tmp_path: Path, ontology: Ontology) -> tuple[Probe, ...]:
    return load_heldout(write_rows(tmp_path / "heldout.jsonl", heldout_rows()), ontology)


@pytest.fixture
def found(probes: tuple[Probe, ...], ontology: Ontology) -> Contexts:
    return contexts(probes, FirstClauses(ontology), 2)


@pytest.fixture
def always_permitted() -> ScriptedModel:
    return ScriptedModel(otherwise="Permitted. Clause 1.1 allows it.")


@pytest.fixture
def well_read(probes: tuple[Probe, ...]) -> ScriptedModel:
    """Right on all cases but the ninth, on which it fails to answer; wrong on the eighth."""
    script = {
        probe.question[:7]: f"{VERDICT_PHRASES[probe.verdict]}. Clause {probe.clause_numbers[0]} says so."
        for probe in probes
    }
    script["Case 08"] = "Permitted. Clause 2.2 allows it."
    return ScriptedModel(script, errors={"Case 09": "out of memory"})


@pytest.fixture
def unaligned(probes: tuple[Probe, ...], found: Contexts, always_permitted: ScriptedModel) -> tuple[Answer, ...]:
    return answer(always_permitted, probes, found, 2)


@pytest.fixture
def aligned(probes: tuple[Probe, ...], found: Contexts, well_read: ScriptedModel) -> tuple[Answer, ...]:
    return answer(well_read, probes, found, 2)
