"""What speaks for and against a conflict of two sayings, as numbers for :mod:`kg.conflicts_alike`.

Likeness alone does not tell a conflict from a near miss ("more than 50,000 need approval", "up to 20,000 may be granted"); so how
their forces stand, their limits, and what parts their cases are features too. What parts two sayings for good is no feature
but a veto (:func:`parted`).
"""

import math
from collections.abc import Mapping

from kg.conflicts_bounds import relation, value_of
from kg.conflicts_contrary import lacking, other_phase
from kg.conflicts_frames import frames, other_parties, other_places, other_recipients, things_apart
from kg.conflicts_likeness import Space, aligned, alike, cosine
from kg.conflicts_sayings import Force, Saying
from kg.conflicts_scope import DAYS, denied
from kg.conflicts_terms import EVERYONE, INSIDERS, act_of
from kg.words import content

EXCEPTED = 0.5
"""The share of an exception's words in the other side from which on it is meant."""
STRICT = frozenset({Force.DUTY, Force.BAN, Force.ONLY})
ORDER = (Force.BAN, Force.ONLY, Force.DUTY, Force.LEAVE, Force.EXCUSE)
OPPOSED = frozenset(
    frozenset(pair)
    for pair in (
        (Force.BAN, Force.LEAVE), (Force.BAN, Force.DUTY), (Force.DUTY, Force.EXCUSE), (Force.ONLY, Force.EXCUSE), (Force.ONLY, Force.LEAVE),
    )
)  # fmt: skip
"""Forces that do not go together over one act. A ban with an exception asks for it, as a duty does."""
_DAY = "monday tuesday wednesday thursday friday saturday sunday weekend weekday"
_YEAR = "january february april june july august september october november december spring summer autumn winter"  # may, march
_HOUR = "morning afternoon evening night midnight noon"
CALENDAR = tuple(frozenset(content(words)) for words in (_DAY, _YEAR, _HOUR))
"""Names of times by kind; two sayings that each name one of a kind, and share none, speak of different times."""
PARTED = {
    "apart": "amounts or hours that exclude each other", "compatible": "a least and a most that go together", "excepted": "the one excepts the other",
    "other_time": "other times", "retention_fits": "kept first, then deleted", "lack_met": "what is asked for is there",
    "same": "nothing that opposes", "need_met": "the approval is there", "denied": "contrary cases",
    "things": "other things", "parties": "other actors", "recipients": "other recipients", "places": "other places",
    "lacking": "of the one is said to lack what the other has", "phase": "other stretches of one course of events",
}  # fmt: skip
"""What keeps two sayings apart, however alike they are."""


def features(space: Space, i: int, j: int) -> dict[str, float]:
    """The features of sayings ``i`` and ``j``, those of :data:`PARTED` among them; the order of the two changes nothing."""
    one, other = space.sayings[i], space.sayings[j]
    if (ORDER.index(one.force), one.text) > (ORDER.index(other.force), other.text):
        i, j, one, other = j, i, other, one
    limits = _limits(one, other)
    found = _likeness(space, i, j) | dict.fromkeys(limits, 1.0)
    found |= _circumstances(space, one, other)
    found |= frames(space, one, other)
    found |= _kinds_unlike(found, one, other)
    found |= _opposition(one, other, limits, any(found.get(name) for name in ("other_approver", "undone", "misplaced")))
    if found.get("other_approver"):
        limits -= {"overlapping_strict"}
    return found | _vetoes(space, one, other, limits) | things_apart(found)


def _kinds_unlike(found: Mapping[str, float], one: Saying, other: Saying) -> dict[str, float]:
    """How unlike deeds and topics are, by what would oppose: two deadlines for two deeds go together, a ban and a leave may not."""
    if "topic" not in found or "deed" not in found:
        return {}
    against = opposed(one, other)
    kind = "undone" if found["undone"] else "force" if against else "limit"
    deed = 0.0 if found["undone"] else 1.0 - found["deed"]
    return {f"{kind}_topic": 1.0 - found["topic"], f"{kind}_deed": deed, f"{kind}_framed": 1.0}


def opposed(one: Saying, other: Saying) -> bool:
    """Whether the forces of two sayings do not go together over one act."""
    needs = {one.force, other.force} == {Force.BAN, Force.EXCUSE} and any(
        side.force is Force.BAN and (side.exception or " without " in side.text) for side in (one, other)
    )
    habit = {one.force, other.force} == {Force.ONLY, Force.DUTY} and (one.plain or other.plain)
    return frozenset((one.force, other.force)) in OPPOSED or needs or habit


def parted(found: Mapping[str, float]) -> str:
    """What keeps two sayings apart, in words; empty where nothing does."""
    return next((why for name, why in PARTED.items() if found.get(name)), "")


def _likeness(space: Space, i: int, j: int) -> dict[str, float]:
    one, other = space.sayings[i], space.sayings[j]
    near = cosine(space.sentence, i, j)
    (forth, rare), (back, _) = aligned(space, one.words, other.words), aligned(space, other.words, one.words)
    standard = [(near - float(space.mean[row])) / float(space.spread[row]) for row in (i, j)]
    return {
        "length": max(math.log2(len(side.words)) for side in (one, other)), "cosine": near, "act": cosine(space.act, i, j), "z_min": min(standard), "z_max": max(standard), "forth": forth, "least": min(forth, back), "rare": rare / float(space.weight.max()),
    }  # fmt: skip


def _limits(one: Saying, other: Saying) -> frozenset[str]:
    """How bounds of one role and unit stand: different, the same, overlapping or apart; strict where neither side lets."""
    kind = "strict" if one.force in STRICT and other.force in STRICT else "loose"
    sides = [
        [bound.under_ban() if side.force is Force.BAN else bound for bound in side.bounds] for side in (one, other)
    ]
    stands = [relation(a, b) for a in sides[0] for b in sides[1]]
    return frozenset(f"{stand.value}_{kind}" for stand in stands if stand is not None)


def _opposition(one: Saying, other: Saying, limits: frozenset[str], frames_differ: bool) -> dict[str, float]:
    """How the forces stand, and what turns two that go together into a contradiction."""
    pair = {one.force, other.force}
    against = opposed(one, other)
    alone = (one.joint and other.alone) or (one.alone and other.joint and other.force in STRICT)
    retention = _retention(one, other)
    differs = any(name.startswith("different") for name in limits) or bool(retention) or alone or frames_differ
    plain = pair == {Force.DUTY} and (one.plain or other.plain)
    eased = pair == {Force.DUTY, Force.LEAVE}
    fits = eased and "same_loose" in limits and not differs  # "at least once a month" is required, "every week" is let
    same = not against and not differs and not plain and (not eased or fits)
    found = {
        "opposed": against, "ban_leave": pair == {Force.BAN, Force.LEAVE}, "only_leave": pair == {Force.ONLY, Force.LEAVE},
        "ban_duty": pair == {Force.BAN, Force.DUTY}, "duty_excuse": against and Force.EXCUSE in pair, "same": same or (plain and not differs), "duty_leave": eased and not differs,
        "waived": (one.asks and other.waives) or (other.asks and one.waives), "alone_joint": alone,
    }  # fmt: skip
    return {name: float(said) for name, said in found.items()} | ({retention: 1.0} if retention else {})


def _retention(one: Saying, other: Saying) -> str:
    """Whether one deletes what the other keeps: before the end of keeping, after it, or at a time that is not said."""
    kept = _kept(one), _kept(other)
    if kept[0] * kept[1] >= 0:
        return ""
    sides = (one, other) if kept[0] > 0 else (other, one)
    keep, delete = (next((bound for bound in side.bounds if bound.role in {"long", "soon"}), None) for side in sides)
    if keep is None or delete is None:
        return "retention_open"
    return "retention_early" if value_of(delete) < value_of(keep) * 0.98 else "retention_fits"


def _kept(one: Saying) -> int:
    """1 where a saying is about keeping, -1 where it is about deleting, 0 where about neither."""
    acts = (act_of(word) for word in (one.verb, *one.words))
    return next((-1 if flipped else 1 for act, flipped in acts if act == "keep"), 0)


def _circumstances(space: Space, one: Saying, other: Saying) -> dict[str, float]:
    """How alike the two sayings' places, recipients, purposes, cases and actors are, where both name one."""
    found: dict[str, float] = {}
    shares = [
        max(
            aligned(space, one.slots[slot], other.slots[slot])[0], aligned(space, other.slots[slot], one.slots[slot])[0]
        )
        for slot in sorted(one.slots.keys() & other.slots.keys())
    ]
    if shares:
        found |= {"slots": 1.0, "slot_least": min(shares)}
    for slot in ("to", "place", "from", "with"):
        if slot in one.slots and slot in other.slots:
            found[f"{slot}_unlike"] = 1.0 - max(
                aligned(space, one.slots[slot], other.slots[slot])[0],
                aligned(space, other.slots[slot], one.slots[slot])[0],
            )
    if one.case and other.case:
        found |= {"cases": 1.0, "cases_alike": alike(space, one.case, other.case)}
    elif other.case:
        found["loose_case"] = 1.0
    actors = one.rule.actor, other.rule.actor
    if all(actors) and not any(frozenset(content(actor)) <= EVERYONE | INSIDERS for actor in actors):
        near = alike(space, *actors)
        found |= {"actors": 1.0, "actors_alike": near}
        if Force.ONLY not in {one.force, other.force}:  # what one alone may do, another may not
            found["actors_unlike"] = 1.0 - near
    return found


def _vetoes(space: Space, one: Saying, other: Saying, limits: frozenset[str]) -> dict[str, float]:
    ones, others = frozenset(content(one.case)), frozenset(content(other.case))
    eased = "different_loose" in limits or "overlapping_loose" in limits
    alone = one.joint and other.alone
    lack = one.force is Force.BAN and other.force is Force.LEAVE and bool(other.case)
    excepted = max((_excepted(space, a, b) for a, b in ((one, other), (other, one))), default=0.0)
    found = {
        "apart": "apart_loose" in limits and not eased,
        "compatible": "overlapping_strict" in limits and "different_strict" not in limits and not alone,
        "excepted": excepted > EXCEPTED,
        "other_time": one.force is not Force.ONLY and _other_times(one, other),
        "lack_met": lack and " without " in one.text and " without " not in other.text,
        "need_met": one.force in STRICT and one.asks and other.given,
        "denied": bool(ones and others) and denied(ones - others, others - ones),
        "parties": other_parties(space, one, other),
        "recipients": other_recipients(space, one, other),
        "places": other_places(space, one, other),
        "lacking": lacking(one.text, other.text),
        "phase": Force.DUTY not in {one.force, other.force} and other_phase(one.case, other.case),
    }
    return {name: 1.0 for name, said in found.items() if said}


def _excepted(space: Space, strict: Saying, loose: Saying) -> float:
    """The share of an exception's words that the other saying adds."""
    exception = tuple(word for word in strict.exception.lower().split() if word in space.word)
    own = tuple(word for word in loose.words if word not in strict.words)
    return aligned(space, exception, own or loose.words)[0]


def _other_times(one: Saying, other: Saying) -> bool:
    roles = {bound.role for side in (one, other) for bound in side.bounds}
    if roles & {"often", "soon", "date"}:
        return False  # how often, or by when, and not on which days
    for kind in CALENDAR:
        times = [frozenset(content(side.text)) & kind for side in (one, other)]
        named = [when.union(*(DAYS.get(word, frozenset()) for word in when)) for when in times]
        if named[0] and named[1] and not named[0] & named[1] and not (kind is CALENDAR[-1] and "clock" in roles):
            return True
    return False
