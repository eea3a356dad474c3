"""The forms beside cases, each by its writer: what is offered to the planner, which keeps what it is proved to exercise.

Every form is made in a fixed order under its seed; those that cover the most are kept.
"""

import random
from collections.abc import Iterable, Mapping

from generation.asking_back import ask_back
from generation.compositions import compositions
from generation.drafts import Draft
from generation.exceptions_told import exceptions
from generation.frames import Frame
from generation.glossary import around
from generation.harmless import harmless, near_harmless
from generation.oppositions import oppositions
from generation.outside import out_of_scope
from generation.rule_questions import definitions, in_two_turns, rule_question, which_rule
from generation.situations import pivots
from generation.summaries import summaries
from generation.topics import places, topics
from kg.model import Ontology


def further_candidates(ontology: Ontology, frames: Mapping[str, Frame], seed: int) -> dict[str, list[Draft]]:
    """The drafts of every form but the cases, in a fixed order under ``seed``."""
    rng = random.Random(f"{seed}:paragraphs")
    told = [(rule, frames[rule.id]) for rule in ontology.rules]
    turning = [(rule, frame) for rule, frame in told if len(pivots(frame)) > 1]
    sound = [(rule, frame) for rule, frame in told if near_harmless(rule, frame)]
    rng_near = random.Random(f"{seed}:harmless")
    rng_near.shuffle(sound)
    return {
        "topic": [*topics(ontology, frames, rng), *around(ontology, rng), *places(ontology, rng)],
        "rule_qa": _written(rule_question(ontology, rule, frame, rng) for rule, frame in told),
        "which_rule": _written(which_rule(ontology, rule, frame, rng) for rule, frame in told),
        "definition": list(definitions(ontology, told, rng)),
        "ask_back": [draft for rule, frame in told for draft in ask_back(rule, frame, rng)],
        "exception": [
            draft for rule, frame in told if rule.exception and frame.exceptions for draft in exceptions(rule, frame, rng)
        ],
        "conflict": list(oppositions(ontology, frames)),
        "out_of_scope": list(out_of_scope(rng)),
        "benign": [harmless(rule, frame, rng_near, turn) for turn, (rule, frame) in enumerate(sound)],
        "summary": list(summaries(ontology, random.Random(f"{seed}:summaries"))),
        "composition": list(compositions(ontology, frames, random.Random(f"{seed}:compositions"))),
        "multi_turn": [in_two_turns(rule, frame, rng) for rule, frame in turning],
    }  # fmt: skip


def _written(drafts: Iterable[Draft | None]) -> list[Draft]:
    return [draft for draft in drafts if draft is not None]
