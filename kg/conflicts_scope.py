"""Whether two norms can speak of one case, and which of them speaks of fewer.

Two norms meet unless something parts them: dates, amounts or places that exclude each other, a time before against the
same time after, a case against its opposite, or two different things said of one slot. What only one of them says
makes it the narrower one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.conflicts_acts import ANY
from kg.conflicts_contrary import lacking
from kg.conflicts_kinds import Kinds
from kg.conflicts_limits import Limit
from kg.conflicts_needs import HAVING
from kg.conflicts_norms import Norm, Stance
from kg.conflicts_phrases import other_parties
from kg.conflicts_terms import actors, best
from kg.words import content, verb_key

ALIKE = 0.5
"""The least share of the shorter phrase's words that makes two phrases of a slot the same."""
CROSSED = (
    ("before", "after"), ("outside", "case"), ("outside", "place"), ("outside", "after"), ("without", "with"), ("except", "case"),
    ("except", "with"), ("except", "after"), ("except", "without"), ("except", "for"), ("except", "to"), ("except", "place"), ("except", "from"),
)  # fmt: skip
"""Slots that exclude each other when they say the same: before and after one moment, unless and if one case."""
WHEN = frozenset({"before", "after", "case"})
"""Slots that say when: two norms that each have another one of these speak of different cases."""
MANNER = frozenset({"to", "from", "for", "with", "place", "who"})
"""Slots that say how, not when: a ban of one manner of doing says nothing against the doing."""
_CONTRARY = (
    "permit prohibit", "require prohibit", "allow forbid", "approve refuse", "agree object", "internal external", "inside outside", "new old",
    "new existing", "before after", "first last", "public private", "personal business", "day night", "summer winter", "full part", "minor adult",
    "weekday weekend", "open closed", "start end", "begin end", "digital paper", "electronic paper", "domestic foreign", "major minor", "raw processed",
    "raw cooked", "fresh frozen", "permanent temporary", "paid unpaid", "empty full", "wet dry", "heavy light", "urgent routine",
    "shallow deep", "front back", "top bottom", "upper lower", "left right", "hot cold", "indoor outdoor", "north south", "east west", "large small",
)  # fmt: skip
CONTRARY = {verb_key(pair.split()[0]): verb_key(pair.split()[1]) for pair in _CONTRARY}
"""Words that part two cases."""
PREFIXES = ("un", "in", "non", "dis", "il", "ir", "im")
_ALONE = "eat drink smoke cook park fish hunt camp advertise film drive swim sleep"
ALONE = frozenset(map(verb_key, _ALONE.split()))
"""Acts that say enough without an object."""
_PLACING = "keep store park place put deposit locate leave"
PLACING = frozenset(map(verb_key, _PLACING.split()))
"""Acts that say where a thing is: one place required rules another out."""
Alike = Callable[[frozenset[str], frozenset[str]], bool]


@dataclass(frozen=True, slots=True)
class Meeting:
    """How surely two norms meet, in (0, 1], and why either is narrower: one list of reasons each."""

    score: float
    first: tuple[str, ...]
    second: tuple[str, ...]
    manner: int = 0
    """Which is narrower by a manner of doing alone: -1 the first, 1 the second, 0 neither."""

    @property
    def narrower(self) -> int:
        """-1 the first, 1 the second, 0 neither."""
        return (
            (1 if not self.first else 0) - (1 if not self.second else 0) if bool(self.first) != bool(self.second) else 0
        )


def meet(first: Norm, second: Norm, kinds: Kinds, alike: Alike | None = None) -> Meeting | None:
    """How two norms of one act meet, or None when they speak of different cases."""
    actor, actor_side = actors(first.actor, second.actor, kinds)
    thing, thing_side = (
        best(first.things, second.things, kinds) if first.things and second.things else (_bare(first, second), 0)
    )
    if first.act == HAVING:
        thing_side = 0  # who needs no ticket needs no day ticket
    if not actor or not thing or first.period[0] > second.period[1] or second.period[0] > first.period[1]:
        return None
    if not _amounts_meet(first, second) or _crossed(first, second):
        return None
    if _same_who(first, second):
        first, second = (
            replace(norm, slots={slot: words for slot, words in norm.slots.items() if slot != "who"})
            for norm in (first, second)
        )
        actor_side = 0
    score, ones, others = _slots(first, second, alike or alike_words)
    if not score:
        return None
    independent = _independent(ones, others, _timed(first), _timed(second))
    for norm, other, reasons in ((first, second, ones), (second, first, others)):
        if _timed(norm) > _timed(other):
            reasons.append(NARROWED["time"])
    if actor_side and (first, second)[actor_side > 0].stance is Stance.NEED_NOT:
        thing_side = 0  # who is excused from a course is excused from the annual one
    sides: tuple[list[str], list[str]] = (ones, others)
    for side, reason in ((actor_side, "its actor is narrower"), (thing_side, "its object is narrower")):
        if side:
            sides[0 if side < 0 else 1].append(reason)
    if ones and others:  # each has a case of its own: they meet where both hold
        # A ban with an exception holds in every case but that one.
        held = any(set(own) == {NARROWED["except"]} for own in (ones, others))
        held = held or independent or ANY in {first.act, second.act}
        score = 0.9 if first.anyhow or second.anyhow else 0.85 if held else 0.6
    return Meeting(actor * thing * score, tuple(sides[0]), tuple(sides[1]), _manner(ones, others))


def _manner(ones: list[str], others: list[str]) -> int:
    said = {NARROWED[slot] for slot in MANNER}
    for mine, theirs, side in ((ones, others, -1), (others, ones, 1)):
        if mine and not theirs and said.issuperset(mine):
            return side
    return 0


def _bare(first: Norm, second: Norm) -> float:
    """Two norms without an object can only be compared by where and when they hold; who must not eat, must eat nothing."""
    if not first.things and not second.things:
        return 1.0
    return 0.9 if _whole(first) or _whole(second) else 0.0


def _whole(norm: Norm) -> bool:
    """Whether a norm speaks of an act whatever it is done to."""
    return norm.whole or (norm.act in ALONE and not norm.things and not norm.rule.object)


def alike_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two phrases share enough words and are not each other's denial."""
    if ("not" in one) != ("not" in other) or denied(one - other, other - one):
        return False
    one, other = one - {"not"}, other - {"not"}
    return len(one & other) >= ALIKE * min(len(one), len(other))


def denied(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of one is the contrary of a word of the other: permitted and prohibited, paid and unpaid."""
    return any(
        CONTRARY.get(a) == b
        or CONTRARY.get(b) == a
        or a in {prefix + b for prefix in PREFIXES}
        or b in {prefix + a for prefix in PREFIXES}
        for a in one
        for b in other
    )


def _amounts_meet(first: Norm, second: Norm) -> bool:
    """Whether amounts ("up to 75", "above 250"), ages and times of the day leave a common case. Deadlines and durations part nothing.

    Two duties have no common time of the day to look for: each sets its own.
    """
    parting = {"size", "age"} if first.stance is second.stance else {"size", "age", "clock", "date"}
    pairs = [
        (one, other)
        for one in first.limits
        for other in second.limits
        if one.role == other.role and one.unit == other.unit and one.role in parting
    ]
    by_role = {role: [pair for pair in pairs if pair[0].role == role] for role in ("clock", "date")}
    together = all(one.meets(other) for one, other in pairs if one.role in {"size", "age"})
    return together and all(any(one.overlaps(other) for one, other in held) for held in by_role.values() if held)


def _independent(ones: list[str], others: list[str], one_timed: int, other_timed: int) -> bool:
    """Whether one norm is narrower in time only and the other in nothing but its thing, actor or place: some case has both."""
    times = {NARROWED[slot] for slot in ("time", "before", "after")}
    spaces = {NARROWED["place"], NARROWED["with"]}
    return any(
        (mine or timed) and times.issuperset(mine) and spaces.issuperset(theirs) and not theirs_timed
        for mine, timed, theirs, theirs_timed in (
            (ones, one_timed, others, other_timed),
            (others, other_timed, ones, one_timed),
        )
    )


def _timed(norm: Norm) -> int:
    """Whether a norm holds at some times of the day or year, or for some ages, only; a day by which to be done is no such time."""
    return int(any(limit.role in {"clock", "date", "age"} and not _due(limit) for limit in norm.limits))


def _due(limit: Limit) -> bool:
    return limit.role == "date" and _BY.match(limit.text) is not None


_BY = re.compile(r"(?:by|(?:no|not) later than|at the latest)\b", re.IGNORECASE)


def _crossed(first: Norm, second: Norm) -> bool:
    if other_parties(first.rule.text, second.rule.text):
        return True
    for a, b in ((first, second), (second, first)):
        for one, other in CROSSED:
            if (
                a.slots.get(one)
                and b.slots.get(other)
                and len(a.slots[one] & b.slots[other]) >= ALIKE * min(len(a.slots[one]), len(b.slots[other]))
            ):
                return True
    return any(
        ("not" in first.slots[slot]) != ("not" in second.slots[slot])
        and alike_words(first.slots[slot] - {"not"}, second.slots[slot] - {"not"})
        for slot in ("case", "before", "after")
        if slot in first.slots and slot in second.slots
    )


def _slots(first: Norm, second: Norm, alike: Alike) -> tuple[float, list[str], list[str]]:
    ones: list[str] = []
    others: list[str] = []
    score = 1.0
    left, right = _toward(_open(first), _open(second))
    for mine, theirs in ((left, right), (right, left)):
        if "place" not in theirs and mine.get("place", frozenset([""])) <= SITES:
            del mine["place"]  # "anywhere on the site" is everywhere
    for slot in sorted({*left, *right}):
        one, other = left.get(slot), right.get(slot)
        if one and other:
            if not alike(one, other) or (slot == "place" and _other_place(one, other)):
                if slot == "place" and located(first, second):
                    continue
                beside = lacking(first.rule.text, second.rule.text)  # a field that lies outside the campus
                if slot == "place" and not beside and (holds := _holds(one, other) - _holds(other, one)):
                    (others if holds > 0 else ones).append(NARROWED[slot])
                    continue
                return 0.0, [], []
            if one != other and (one < other or other < one):
                (others if one < other else ones).append(NARROWED[slot])
        else:
            (ones if one else others).append(NARROWED[slot])
    if (
        (WHEN & left.keys()) - right.keys()
        and (WHEN & right.keys()) - left.keys()
        and not (first.anyhow or second.anyhow)
    ):
        return 0.0, [], []
    return score, ones, others


def _toward(
    left: dict[str, frozenset[str]], right: dict[str, frozenset[str]]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """One place, said as a place and as where something goes or comes from: "in the garden", "taken to the garden"."""
    for one, other in ((left, right), (right, left)):
        if "place" in other and "place" not in one:
            way = next((slot for slot in ("to", "from") if slot in one and slot not in other), "")
            if way and alike_words(one[way], other["place"]):
                one["place"] = one.pop(way)
    return left, right


def _other_place(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each of two places has words of its own beside a shared one: pool cars, leased cars."""
    return bool(one - other) and bool(other - one) and len(one) == len(other)


_SITES = "site premise ground campus estate"
_INDOORS = "building hospital museum school library office hotel centre house station hostel"
_OUTDOORS = (
    "garden yard courtyard park lawn terrace street path car roof balcony gate field forecourt driveway playground"
)
SITES, INDOORS, OUTDOORS = (frozenset(map(verb_key, words.split())) for words in (_SITES, _INDOORS, _OUTDOORS))


def _holds(one: frozenset[str], other: frozenset[str]) -> int:
    """1 where the first place holds whatever else the policy names: a site any place, a building any room."""
    if len(one) != 1:
        return 0
    return int(bool(one & SITES) or (bool(one & INDOORS) and not other & (OUTDOORS | SITES | INDOORS)))


NARROWED = {
    "before": "it holds only before a time", "after": "it holds only after a time", "case": "it has a condition that the other has not",
    "outside": "it holds only outside a case", "place": "it holds only at one place", "to": "it is about one recipient",
    "from": "it is about one source", "for": "it is about one purpose", "with": "it is about one means",
    "without": "it is about doing without something", "who": "it is about some only", "time": "it holds at some times only", "except": "it has an exception of its own",
}  # fmt: skip


DAYS = {
    verb_key("weekend"): frozenset(map(verb_key, ("saturday", "sunday"))),
    verb_key("weekday"): frozenset(map(verb_key, ("monday", "tuesday", "wednesday", "thursday", "friday"))),
}
"""The days that a word takes in."""


def _open(norm: Norm) -> dict[str, frozenset[str]]:
    """The slots that narrow a norm."""
    found = {slot: words for slot, words in norm.slots.items() if slot in NARROWED}
    if "time" in found:
        found["time"] = found["time"].union(*(DAYS.get(word, frozenset()) for word in found["time"]))
    return found


def located(first: Norm, second: Norm) -> bool:
    """Whether two norms say where one thing is to be, and not merely where something may be done."""
    stances = {first.stance, second.stance}
    if first.act != second.act or first.act not in PLACING or first.flipped or not stances <= {Stance.MUST, Stance.MAY}:
        return False
    # A duty that says more than the place may be about something else.
    return any(norm.stance is Stance.MUST and norm.slots.keys() <= {"place"} for norm in (first, second))


def _same_who(first: Norm, second: Norm) -> bool:
    """Whether a clause about one actor says what the other's name says: "a member who is injured", "an injured member"."""
    for norm, other in ((first, second), (second, first)):
        named = frozenset(content(other.actor)) - frozenset(content(norm.actor))
        if named and named <= norm.slots.get("who", frozenset()):
            return True
    return False
