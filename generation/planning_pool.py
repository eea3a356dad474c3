"""What the writers can write, and what each draft would exercise: the planner's candidates.

The same writers stand behind every sampler that :mod:`benchmarks.coverage` compares.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from generation.drafts import Draft
from generation.framing import frame_of
from generation.options import SCENARIO
from generation.paragraphs import further_candidates
from generation.prompting import verdict_answer
from generation.proving import Prover
from generation.scenarios import write_triple
from generation.substitutes import kinds
from generation.targets import rules_of
from kg.coverage import Key
from kg.model import Ontology


@dataclass(frozen=True, slots=True)
class Pool:
    """Drafts and, place by place, the keys of the targets that each exercises by verified links."""

    drafts: tuple[Draft, ...]
    elements: tuple[frozenset[Key], ...]

    @property
    def coverable(self) -> frozenset[Key]:
        """Everything that some draft exercises."""
        return frozenset().union(*self.elements)


def write_pool(ontology: Ontology, *, seed: int = 0, rounds: int = 2, t: int = 2) -> Pool:
    """Every draft that the writers without a model have to offer, with ``rounds`` triples of cases per rule.

    Raises :class:`UserError` when the ontology states no rules.
    """
    rules = rules_of(ontology)
    frames = {rule.id: frame_of(rule, ontology) for rule in rules}
    known = kinds(ontology)
    drafts = [
        Draft(
            SCENARIO, case.question, verdict_answer(verdict, case.reason), verdict, (rule.id,), (rule.clause_id,),
            rule.family,
        )
        for turn in range(rounds)
        for rule in rules
        for verdict, case in write_triple(
            frames[rule.id], turn, random.Random(f"{seed}:{rule.id}:{turn}:False"), known
        ).items()
    ]  # fmt: skip
    for offered in further_candidates(ontology, frames, seed).values():
        drafts.extend(offered)
    return Pool(tuple(drafts), elements_of(ontology, drafts, t))


def elements_of(ontology: Ontology, drafts: Sequence[Draft], t: int = 2) -> tuple[frozenset[Key], ...]:
    """The keys of the targets that each draft exercises, by the ledger's own check."""
    return tuple(Prover(ontology, t=t).keys(drafts))
