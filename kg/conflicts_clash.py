"""Whether two norms that can meet in one case go together, and if not, what they disagree about."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kg.conflicts_acts import ANY
from kg.conflicts_kinds import Kinds
from kg.conflicts_limits import Limit
from kg.conflicts_norms import Norm, Stance, only_actor
from kg.conflicts_scope import alike_words, located
from kg.conflicts_terms import actors

OPPOSED = frozenset(
    frozenset(pair)
    for pair in (
        (Stance.MUST, Stance.MUST_NOT), (Stance.MAY, Stance.MUST_NOT), (Stance.SHOULD, Stance.MUST_NOT), (Stance.MUST, Stance.SHOULD_NOT),
        (Stance.SHOULD, Stance.SHOULD_NOT), (Stance.MUST, Stance.NEED_NOT),
    )
)  # fmt: skip
"""Stances to one act that do not go together. "May" and "should not" do: advice against is no ban."""


@dataclass(frozen=True, slots=True)
class Clash:
    """``kind`` is contradiction or limit; ``why`` ends the sentence "A and B ..."."""

    kind: str
    why: str


def clash(first: Norm, second: Norm, kinds: Kinds) -> Clash | None:
    """What two norms of one act, which can meet, disagree about."""
    if first.flipped != second.flipped and "keep" in {first.act, second.act}:
        return _kept(first, second) if first.flipped else _kept(second, first)
    if "actor" in {first.only, second.only}:
        return _exclusive(first, second, kinds)
    if first.approval and second.approval and first.approval != second.approval:
        return None
    if located(first, second) and first.slots.get("place") and second.slots.get("place"):
        return (
            None
            if _one_place(first.slots["place"], second.slots["place"])
            else Clash("contradiction", "name different places")
        )
    if first.stance is second.stance is Stance.MAY:
        return _at_all_times(first, second) or _limits(first, second)
    if {first.stance, second.stance} == {Stance.MUST, Stance.MAY}:
        return _later(first, second) if first.stance is Stance.MUST else _later(second, first)
    if frozenset((first.stance, second.stance)) in OPPOSED:
        return None if first.blanket or second.blanket else _opposed(first, second)
    return _limits(first, second) if first.stance is second.stance else None


def _one_place(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one place lies in the other: a metal can is no plastic can."""
    return alike_words(one, other) and (one <= other or other <= one)


def _opposed(first: Norm, second: Norm) -> Clash | None:
    banned, other = (first, second) if first.stance in {Stance.MUST_NOT, Stance.SHOULD_NOT} else (second, first)
    if ANY in {first.act, second.act} and (
        other.stance is not Stance.MAY or all(math.isinf(limit.high) for limit in other.limits)
    ):
        return None
    caps = [limit for limit in banned.limits if limit.role in {"size", "for"} and not limit.plain]
    if banned.stance is Stance.MUST_NOT and caps:
        pairs = [
            (cap, limit) for cap in caps for limit in other.limits if cap.role == limit.role and cap.unit == limit.unit
        ]
        broken = next((pair for pair in pairs if pair[0].meets(pair[1])), None)
        # A ban beyond an amount says nothing against what has no amount, or stays below it.
        return Clash("limit", f"set different limits: {broken[0].text} and {broken[1].text}") if broken else None
    return Clash("contradiction", "do not go together")


def _limits(first: Norm, second: Norm) -> Clash | None:
    plain = not first.slots and not second.slots and {t.words for t in first.things} == {t.words for t in second.things}
    if (first.rule.clause_id == second.rule.clause_id and not plain) or first.rule.authority != second.rule.authority:
        return None  # the steps of one ladder, each with its own approver
    for one, other in _comparable(first, second):
        if math.isclose(one.value, other.value):
            return None
    for one, other in _comparable(first, second):
        return Clash("limit", f"set different limits: {one.text} and {other.text}")
    return None


def _comparable(first: Norm, second: Norm) -> Iterator[tuple[Limit, Limit]]:
    for one in first.limits:
        for other in second.limits:
            same = one.role == other.role and one.unit == other.unit
            if same and math.isinf(one.low) == math.isinf(other.low) and math.isinf(one.high) == math.isinf(other.high):
                yield one, other


def _later(must: Norm, may: Norm) -> Clash | None:
    """A duty up to a bound against leave beyond it: "by 1 March" and "until 15 March", "at most 15 kg" and "up to 20 kg"."""
    roles = {"within", "clock", "date"} | ({"size"} if ANY in {must.act, may.act} else set())
    for one in must.limits:
        for other in may.limits:
            same = one.role == other.role and one.unit == other.unit and one.role in roles
            if same and math.isinf(one.low) and math.isinf(other.low) and one.high < other.high < math.inf:
                return Clash("limit", f"set different limits: {one.text} and {other.text}")
    return None


def _at_all_times(first: Norm, second: Norm) -> Clash | None:
    """Leave at some time only, against leave at any time; leave only with a thing, against leave without it."""
    for one, other in ((first, second), (second, first)):
        timed = "time" in one.slots or any(limit.role in {"clock", "date"} for limit in one.limits)
        if one.only == "case" and timed and other.anyhow and not other.only:
            return Clash("contradiction", "do not go together: one lets it at some time only, the other at any time")
        given, missing = one.slots.get("with"), other.slots.get("without")
        if one.only == "case" and given and missing and given <= missing:
            return Clash("contradiction", "do not go together: one lets it only with what the other lets it without")
    return None


def _exclusive(first: Norm, second: Norm, kinds: Kinds) -> Clash | None:
    """Only one party may, and yet another may or must."""
    alone, other = (first, second) if first.only == "actor" else (second, first)
    if other.only == "actor" or other.said not in {Stance.MAY, Stance.MUST, Stance.SHOULD} or not other.actor:
        return None
    surety, side = actors(only_actor(alone), other.actor, kinds)
    if surety and side != -1:
        return None  # the same party, or a part of it
    return Clash("contradiction", "do not go together: only one party may, and the other lets another")


def _kept(delete: Norm, keep: Norm) -> Clash | None:
    """A duty to keep against a duty or leave to delete: they clash when the deletion comes before the end of keeping.

    Stances are those to keeping: a duty to delete is a ban on keeping, leave to delete an excuse from keeping.
    """
    if delete.stance not in {Stance.MUST_NOT, Stance.NEED_NOT}:
        return None
    kept = next((limit for limit in keep.limits if limit.role in {"for", "after"}), None)
    gone = next((limit for limit in delete.limits if limit.role in {"after", "within", "for"}), None)
    if keep.stance is Stance.MUST:
        if kept is None:
            early = gone is None and not delete.slots and not keep.slots
        else:
            early = gone.value < kept.value if gone else not delete.slots
        if kept is not None and math.isinf(kept.low):
            return None  # "for no longer than": a duty to delete itself
    elif keep.stance is Stance.MAY and delete.stance is Stance.MUST_NOT:
        early = gone is not None and (kept is None or kept.value > gone.value)
    else:
        return None
    if not early:
        return None
    times = f": {kept.text} and {gone.text}" if kept and gone else ""
    return Clash("contradiction", f"ask for keeping and for deleting at one time{times}")
