"""Paragraphs for what no case can hold: on a concept (:mod:`generation.topics`), and two rules in conflict side by side.

They stand beside the forms of :mod:`generation.instructions` and go into the planner's pool; whether one is kept is
decided by what it is proved to exercise.
"""

import random
from collections.abc import Iterator, Mapping

from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import sentence
from generation.instructions import stated
from generation.reasons import cite
from generation.topics import around, places, topics
from kg.model import Ontology

_ASK_BOTH = (
    "What do {one} and {other} each say, and which one prevails?",
    "Both {one} and {other} seem to apply. What do they say?",
    "Please compare {one} with {other}.",
)  # fmt: skip
_ASK_WITHIN = (
    "Two sentences of {one} seem to disagree. What do they say?",
    "Which rule of {one} prevails where two of them seem to disagree?",
)


def further_candidates(ontology: Ontology, frames: Mapping[str, Frame], seed: int) -> dict[str, list[Draft]]:
    """The drafts of this module by form, in a fixed order under ``seed``."""
    rng = random.Random(f"{seed}:paragraphs")
    return {
        "topic": [*topics(ontology, frames, rng), *around(ontology), *places(ontology, rng)],
        "conflict": list(_side_by_side(ontology, frames)),
    }


def _side_by_side(ontology: Ontology, frames: Mapping[str, Frame]) -> Iterator[Draft]:
    """Two rules in conflict, each in its own words, and which one prevails."""
    for conflict in ontology.conflicts:
        if conflict.rule_a not in frames or conflict.rule_b not in frames:
            continue
        one, other = frames[conflict.rule_a], frames[conflict.rule_b]
        winner = frames.get(conflict.prevails)
        end = (
            f"{cite(winner)} prevails." if winner else "The policy does not say which one prevails; ask before acting."
        )
        for first, second in ((one, other), (other, one)):
            names = [cite(frame)[:1].lower() + cite(frame)[1:] for frame in (first, second)]
            for ask in _ASK_BOTH if names[0] != names[1] else _ASK_WITHIN:
                yield Draft(
                    "conflict", sentence(ask.format(one=names[0], other=names[1])),
                    f"{cite(first)} says: {stated(first.rule)} {cite(second)} says: {stated(second.rule)} {end}", None,
                    (one.rule.id, other.rule.id), (one.rule.clause_id, other.rule.clause_id), one.rule.family,
                    "paragraphs/conflict",
                )  # fmt: skip
