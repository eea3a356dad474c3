"""What happens in a case: for a frame and one pivot, the three situations that differ in the pivot alone.

This table is the semantics of the verdicts. An act is done, left undone, or unknown; each fact that the rule turns
on holds (True), does not (False), or is left out (None). Pure.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from generation.facts import Fact
from generation.frames import Frame
from kg.model import Modality, Verdict

PERMITTED, PROHIBITED, NEEDS = Verdict.PERMITTED, Verdict.PROHIBITED, Verdict.NEEDS_INFORMATION


class Act(StrEnum):
    """What became of the act that the rule speaks of."""

    DONE = "done"
    OMITTED = "omitted"
    UNKNOWN = "unknown"


class Pivot(StrEnum):
    """What the verdict turns on."""

    ACT = "act"
    FACT = "fact"
    LIMIT = "limit"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Situation:
    """One case. ``told`` maps an index of ``Frame.facts`` to whether it holds; a fact not in it goes unsaid.
    ``limit`` and ``deadline`` say whether the quantity is met, None: not told.
    """

    verdict: Verdict
    pivot: Pivot
    act: Act
    fact: int = -1
    told: Mapping[int, bool] = field(default_factory=lambda: MappingProxyType({}))
    limit: bool | None = True
    deadline: bool | None = None
    outsider: str = ""
    """Who acts where the rule allows it to its actor alone: "other", "open", or empty for the actor."""


def pivots(frame: Frame) -> tuple[tuple[Pivot, int], ...]:
    """Everything that the verdict can turn on under ``frame``; the facts first, for they make the better cases."""
    found: list[tuple[Pivot, int]] = [(Pivot.FACT, index) for index in range(len(frame.facts))]
    if frame.only and found:
        return (*found, (Pivot.LIMIT, -1)) if frame.floor else tuple(found)
    if frame.limit is not None and not (frame.scope and frame.modality == Modality.PERMISSION):
        found.append((Pivot.LIMIT, -1))
    if frame.deadline is not None and frame.modality in {Modality.OBLIGATION, Modality.RECOMMENDATION}:
        found.append((Pivot.DEADLINE, -1))
    if not found or (frame.modality not in {Modality.RECOMMENDATION, Modality.PERMISSION} and _simply_set(frame)):
        found.append((Pivot.ACT, -1))  # a recommendation that is not followed may have a good reason
    return tuple(found)


def _simply_set(frame: Frame) -> bool:
    """Whether all that has to be told beside the bare act can be told before it, as the scene."""
    return all(
        fact.role == "condition" and fact.style == "clause" and not re.match(r"(?:it|its|the)\b", fact.body)
        for fact in frame.facts
    )


_PERCEIVED = frozenset(
    ["learn", "discover", "receive", "notice", "suspect", "know", "see", "find", "hear", "witness", "become", "realise", "realize", "detect"]
)  # fmt: skip
_SUFFERED = re.compile(r"(?:asked|offered|told|given|invited|accused|instructed)\b")


def calls_for(fact: Fact, act: str) -> bool:
    """Whether ``fact`` is the occasion of the act ("a manager who sees harassment must report it"): it is told first, and what
    turns on it is the act, for nobody asks about the act of one to whom it did not happen.
    """
    clause = fact.clause
    if fact.role != "condition" or fact.style != "clause" or clause is None:
        return False
    if clause.subject.lower() == "they":
        return clause.lemma in _PERCEIVED or bool(_SUFFERED.match(clause.rest))
    return clause.subject.lower() == "it" or bool(re.search(r"\b(?:it|them)\b", act))


def choose_pivot(frame: Frame, turn: int, rng: random.Random) -> tuple[Pivot, int]:
    """The pivot of the ``turn``-th triple of a rule: facts and quantities before the bare act."""
    found = pivots(frame)
    if (Pivot.ACT, -1) in found:
        found = tuple(one for one in found if one[0] != Pivot.FACT or not calls_for(frame.facts[one[1]], frame.act))
    if turn < len(found):
        return found[turn]
    weights = [{Pivot.LIMIT: 4, Pivot.DEADLINE: 2}.get(pivot, 1) for pivot, _ in found]
    return rng.choices(found, weights)[0]


def triple(frame: Frame, pivot: Pivot, fact: int, rng: random.Random) -> dict[Verdict, Situation]:
    """The three situations of one pivot, minimal twins of each other."""
    if frame.modality == Modality.PERMISSION:
        return _permission(frame, pivot, fact)
    if frame.modality == Modality.PROHIBITION or frame.negative:
        return _prohibition(frame, pivot, fact)
    return _duty(frame, pivot, fact, rng)


def _rest(facts: tuple[Fact, ...], pivot: int) -> dict[int, bool]:
    """How the facts other than the pivot stand in a case where the rule applies in full: conditions hold, exceptions do
    not, but for those that are asked for together with the pivot ("unless a suspicion exists and the officer has agreed").
    """
    own = facts[pivot] if pivot >= 0 else None

    def holds(fact: Fact) -> bool:
        together = own is not None and own.role == fact.role == "exception" and own.marker == fact.marker
        return together or fact.role == "condition"

    return {index: holds(fact) for index, fact in enumerate(facts) if index != pivot}


def _prohibition(frame: Frame, pivot: Pivot, fact: int) -> dict[Verdict, Situation]:
    rest = _rest(frame.facts, fact)
    if pivot == Pivot.FACT:
        binding = frame.facts[fact].role == "condition"
        return {
            PERMITTED: Situation(PERMITTED, pivot, Act.DONE, fact, {**rest, fact: not binding}),
            PROHIBITED: Situation(PROHIBITED, pivot, Act.DONE, fact, {**rest, fact: binding}),
            NEEDS: Situation(NEEDS, pivot, Act.DONE, fact, rest),
        }
    if pivot == Pivot.LIMIT:
        return {
            PERMITTED: Situation(PERMITTED, pivot, Act.DONE, told=rest, limit=False),
            PROHIBITED: Situation(PROHIBITED, pivot, Act.DONE, told=rest, limit=True),
            NEEDS: Situation(NEEDS, pivot, Act.DONE, told=rest, limit=None),
        }
    return {
        PERMITTED: Situation(PERMITTED, pivot, Act.OMITTED, told=rest),
        PROHIBITED: Situation(PROHIBITED, pivot, Act.DONE, told=rest),
        NEEDS: Situation(NEEDS, pivot, Act.UNKNOWN, told=rest),
    }


def _duty(frame: Frame, pivot: Pivot, fact: int, rng: random.Random) -> dict[Verdict, Situation]:
    rest = _rest(frame.facts, fact)
    if pivot == Pivot.FACT and frame.facts[fact].style == "order":
        return {
            PERMITTED: Situation(PERMITTED, pivot, Act.DONE, fact, {**rest, fact: True}),
            PROHIBITED: Situation(PROHIBITED, pivot, Act.DONE, fact, {**rest, fact: False}),
            NEEDS: Situation(NEEDS, pivot, Act.DONE, fact, rest),
        }
    if pivot == Pivot.FACT:
        binding = frame.facts[fact].role == "condition"
        met = rng.random() < 0.5 and binding
        permitted = (
            Situation(PERMITTED, pivot, Act.DONE, fact, {**rest, fact: True})
            if met
            else Situation(PERMITTED, pivot, Act.OMITTED, fact, {**rest, fact: not binding})
        )
        return {
            PERMITTED: permitted,
            PROHIBITED: Situation(PROHIBITED, pivot, Act.OMITTED, fact, {**rest, fact: binding}),
            NEEDS: Situation(NEEDS, pivot, Act.OMITTED, fact, rest),
        }
    if pivot == Pivot.LIMIT and frame.scope:  # "enter every gift above USD 50": a smaller one may stay out
        return {
            PERMITTED: Situation(PERMITTED, pivot, Act.OMITTED, told=rest, limit=False),
            PROHIBITED: Situation(PROHIBITED, pivot, Act.OMITTED, told=rest, limit=True),
            NEEDS: Situation(NEEDS, pivot, Act.OMITTED, told=rest, limit=None),
        }
    if pivot == Pivot.LIMIT:
        return {
            PERMITTED: Situation(PERMITTED, pivot, Act.DONE, told=rest, limit=True),
            PROHIBITED: Situation(PROHIBITED, pivot, Act.DONE, told=rest, limit=False),
            NEEDS: Situation(NEEDS, pivot, Act.DONE, told=rest, limit=None),
        }
    if pivot == Pivot.DEADLINE:
        return {
            PERMITTED: Situation(PERMITTED, pivot, Act.DONE, told=rest, deadline=True),
            PROHIBITED: Situation(PROHIBITED, pivot, Act.DONE, told=rest, deadline=False),
            NEEDS: Situation(NEEDS, pivot, Act.DONE, told=rest, deadline=None),
        }
    return {
        PERMITTED: Situation(PERMITTED, pivot, Act.DONE, told=rest),
        PROHIBITED: Situation(PROHIBITED, pivot, Act.OMITTED, told=rest),
        NEEDS: Situation(NEEDS, pivot, Act.UNKNOWN, told=rest),
    }


def _permission(frame: Frame, pivot: Pivot, fact: int) -> dict[Verdict, Situation]:
    act = Act.DONE
    rest = _rest(frame.facts, fact)
    if pivot == Pivot.FACT:
        allowing = frame.facts[fact].role == "condition"
        return {
            PERMITTED: Situation(PERMITTED, pivot, act, fact, {**rest, fact: allowing}),
            PROHIBITED: Situation(PROHIBITED, pivot, act, fact, {**rest, fact: not allowing}),
            NEEDS: Situation(NEEDS, pivot, act, fact, rest),
        }
    if pivot == Pivot.LIMIT and frame.scope:  # nobody approved it: a small one needs no approval
        unmet = {index: not holds for index, holds in rest.items()}
        return {
            PERMITTED: Situation(PERMITTED, pivot, act, told=unmet, limit=False),
            PROHIBITED: Situation(PROHIBITED, pivot, act, told=unmet, limit=True),
            NEEDS: Situation(NEEDS, pivot, act, told=unmet, limit=None),
        }
    if pivot == Pivot.LIMIT:
        return {
            PERMITTED: Situation(PERMITTED, pivot, act, told=rest, limit=True),
            PROHIBITED: Situation(PROHIBITED, pivot, act, told=rest, limit=False),
            NEEDS: Situation(NEEDS, pivot, act, told=rest, limit=None),
        }
    return {  # reserved for its actor: any other bare permission is told as an act against it
        PERMITTED: Situation(PERMITTED, pivot, act),
        PROHIBITED: Situation(PROHIBITED, pivot, act, outsider="other"),
        NEEDS: Situation(NEEDS, pivot, act, outsider="open"),
    }
