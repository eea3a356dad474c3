"""Two rules put together: cases in which somebody does what two rules speak of, which one thing links in the graph.

A path rule - concept - rule leads from the one to the other: accepting a gift is allowed up to a limit, and a gift has to be
entered in a register. The one who acts, and the day, are the same in both; each rule is told by a fact of its own, and the
verdict follows from both: prohibited where either is broken, open where one is open and none is broken.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from generation.cast import is_one_person
from generation.drafts import Draft
from generation.frames import Frame
from generation.manners import NO_KINDS, Manner, draw_manner
from generation.plainness import plain
from generation.prompting import verdict_answer
from generation.reasons import reason
from generation.situations import Pivot, Situation, pivots, triple
from generation.twins import Twin
from generation.wording import CLOSING_BOTH
from kg.model import Modality, Ontology, Rule, Verdict

PERMITTED, PROHIBITED, NEEDS = Verdict.PERMITTED, Verdict.PROHIBITED, Verdict.NEEDS_INFORMATION
_PARTS: tuple[tuple[Verdict, tuple[Verdict, Verdict]], ...] = (
    (PERMITTED, (PERMITTED, PERMITTED)),
    (PROHIBITED, (PERMITTED, PROHIBITED)),
    (NEEDS, (PERMITTED, NEEDS)),
    (PROHIBITED, (PROHIBITED, PERMITTED)),
    (NEEDS, (NEEDS, PERMITTED)),
)
"""The verdict of both together, and of each: the three verdicts in turn, and each rule decides as often as the other."""
_MOST_OF_CONCEPT = 6
"""Pairs that one concept links: of a concept of which every rule speaks not all."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Two rules, and the concept over which the graph leads from one to the other."""

    one: Rule
    other: Rule
    concept_id: str


def linked_rules(ontology: Ontology, frames: Mapping[str, Frame]) -> Iterator[Linked]:
    """Pairs of rules of different clauses whose object is the same concept, and whose acts can be told one after the other."""
    of_concept: dict[str, list[Rule]] = defaultdict(list)
    for link in ontology.rule_concepts:
        rule = ontology.rule_by_id.get(link.rule_id)
        concept = ontology.concept_by_id.get(link.concept_id)
        if link.role != "object" or concept is None or concept.kind == "party":
            continue  # two rules that have no more in common than "a person" are not put together
        if rule is not None and _tellable(frames.get(rule.id)):
            of_concept[link.concept_id].append(rule)
    seen: set[frozenset[str]] = set()
    for concept_id, rules in of_concept.items():
        number = 0
        for one, other in combinations(rules, 2):
            apart = one.clause_id != other.clause_id and _beside(frames[one.id], frames[other.id])
            if apart and frozenset((one.id, other.id)) not in seen and number < _MOST_OF_CONCEPT:
                seen.add(frozenset((one.id, other.id)))
                number += 1
                yield Linked(one, other, concept_id)


def _beside(one: Frame, other: Frame) -> bool:
    """Whether two acts can be told one after the other: not one act twice, nor two amounts of what would be one thing."""
    amounts = [frame.limit.threshold.unit for frame in (one, other) if frame.limit is not None]
    shared = set(one.noun.split()) & set(other.noun.split()) - {"a", "an", "the"}
    return one.act != other.act and not (shared and len(amounts) == 2 and amounts[0] == amounts[1])


def _tellable(frame: Frame | None) -> bool:
    """A rule for everybody that turns on a fact, an amount or a time, so that nobody's word has to be weighed."""
    if frame is None or frame.quote or frame.reserved or frame.modality == Modality.DEFINITION or not plain(frame):
        return False
    generic = frame.actor.removeprefix("the ").lower() in {"", "employee", "employees", "an employee", "anyone", "you"}
    return generic and pivots(frame)[0][0] != Pivot.ACT


def compositions(ontology: Ontology, frames: Mapping[str, Frame], rng: random.Random) -> Iterator[Draft]:
    """Two cases of each linked pair; the verdicts in turn."""
    pairs = (pair for pair in linked_rules(ontology, frames) for _ in range(2))
    for turn, pair in enumerate(pairs):
        verdict, parts = _PARTS[turn % len(_PARTS)]
        yield _composed(frames[pair.one.id], frames[pair.other.id], verdict, parts, rng)


def _composed(one: Frame, other: Frame, verdict: Verdict, parts: tuple[Verdict, Verdict], rng: random.Random) -> Draft:
    manner = _manner(one, rng)
    first, second = (_situation(frame, part, rng) for frame, part in zip((one, other), parts, strict=True))
    again = replace(manner, seed=rng.randrange(1 << 30), facts_first=False)
    begun = Twin(one, first, manner).question()
    told = Twin(other, second, again, introduced=True).question()
    question = f"{begun} {_also(told)} {rng.choice(CLOSING_BOTH)}"
    reasons = [reason(one, first, begun, manner), reason(other, second, told, again)]
    return Draft(
        "composition", question, verdict_answer(verdict, " ".join(reasons)), verdict, (one.rule.id, other.rule.id),
        (one.rule.clause_id, other.rule.clause_id), one.rule.family, "paths/composition",
    )  # fmt: skip


_GOES_ON = re.compile(r"^(?P<who>She|He|I) (?P<has>has |have )?(?=(?!did|was|is|will|tells?)\w+)")


def _also(text: str) -> str:
    """The second act as one more: "She also accepted a gift"."""
    return _GOES_ON.sub(lambda found: f"{found['who']} {found['has'] or ''}also ", text)


def _manner(frame: Frame, rng: random.Random) -> Manner:
    """A manner of one person in the past, without a word around the case."""
    while True:
        manner = draw_manner(frame, pivots(frame)[0][0], rng, NO_KINDS)
        if is_one_person(manner.cast.agent):
            return replace(manner, past=True, prefix="{case}", closing="", openly=False)


def _situation(frame: Frame, verdict: Verdict, rng: random.Random) -> Situation:
    pivot, fact = pivots(frame)[0]
    return triple(frame, pivot, fact, rng)[verdict]
