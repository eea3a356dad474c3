"""How the frames of two sayings stand: whether one thing is done, to one topic, by one party, for one recipient.

A sentence may look like another because all words but one are shared; the one that differs is often the frame's object, its actor
or the one whom it goes to.
"""

from collections.abc import Mapping

from kg.conflicts_likeness import Space, aligned, alike
from kg.conflicts_sayings import Force, Saying
from kg.conflicts_scope import denied
from kg.conflicts_terms import BODIES, EVERYONE, INSIDERS, OUTSIDERS, act_of, things
from kg.conflicts_topics import approver, deed, narrowing, place_of, same_deed, topic, undone
from kg.words import content, verb_key

UNLIKE = 0.5
"""The cosine below which two parties' names mean two parties."""
ALIKE = 0.7
"""The cosine of two names from which on they may mean one party."""
SAME, ONE = 0.55, 0.9
"""The cosines of two topics that are probably, and surely, one."""
ELSEWHERE = 0.45
"""The cosine of two places' names below which they are two places."""
CONTRAST = 0.4
"""How unlike the words must be that narrow two things of one kind to tell them apart."""
CLEARLY = 0.62
"""The cosine of two topics of one deed from which on they mostly are one, by the labelled pairs."""
OTHER = 0.4
"""The cosine of two topics from which on they may be one."""
PEOPLE = OUTSIDERS | INSIDERS | EVERYONE | BODIES
GIVING = frozenset(
    map(
        verb_key,
        [
            "give",
            "disclose",
            "send",
            "pass",
            "hand",
            "provide",
            "tell",
            "show",
            "share",
            "lend",
            "offer",
            "transfer",
            "pay",
            "sell",
        ],
    )
) | {act_of("disclose")[0]}
"""Deeds that somebody receives."""
STRANGERS = OUTSIDERS - frozenset(
    content("student contractor volunteer participant applicant candidate recipient official")
)
_WORKERS = "nurse doctor physician teacher lecturer driver cook chef cashier clerk porter manager supervisor technician librarian guard cleaner adviser officer assistant"
WORKERS = INSIDERS | frozenset(map(verb_key, _WORKERS.split()))
"""Who never belongs to the house, and who always does."""
CALLERS = frozenset(content("visitor public user"))
"""Strangers whom other names may mean too."""
ANYBODY = EVERYONE | frozenset(
    content("third party outsider other others anybody public recipient provider organisation company country")
)
"""Recipients that take in all others."""


def frames(space: Space, one: Saying, other: Saying) -> dict[str, float]:
    """How alike the deeds and topics of the two frames are, and whether one deed undoes the other."""
    deeds, topics = (deed(one.rule), deed(other.rule)), (topic(one.rule), topic(other.rule))
    found: dict[str, float] = {}
    near = alike(space, *topics) if all(topics) else 0.0
    if all(topics):
        found |= {"topics": 1.0, "topic": near, "topic_unlike": 1.0 - near}
    if all(deeds):
        same = same_deed(*deeds)
        found["deed"] = 1.0 if same else alike(space, *deeds)
        found["undone"] = float(undone(*deeds))
        if all(topics):
            found["both"] = found["deed"] * near
            found["other_topic"] = (1.0 - near) if same else 0.0
    if all(topics) and near < ONE:
        own = narrowing(*topics)
        found["contrary"] = float(denied(*(frozenset(map(verb_key, side.split())) for side in topics)))
        found["crossed"] = 1.0 - aligned(space, *own)[0] if all(own) else 0.0
    if all(topics) and found.get("deed") == 1.0:
        found |= _one_deed(space, one, other, near)
    if _other_doer(space, one, other, near):
        found["other_approver"] = 1.0
    elif Force.DUTY in {one.force, other.force} and near >= SAME and found.get("deed") == 1.0:
        places = one.slots.get("place", ()), other.slots.get("place", ())
        if all(places) and max(aligned(space, *places)[0], aligned(space, *places[::-1])[0]) < OTHER:
            found["misplaced"] = 1.0
    return found


def _one_deed(space: Space, one: Saying, other: Saying, near: float) -> dict[str, float]:
    """Of one deed: whether it is done to one thing or to two, and what besides parts the two where it is one thing."""
    if near < OTHER:
        people = any(thing.head in PEOPLE for side in (one, other) for thing in things(topic(side.rule)))
        return {} if people else {"two_topics": 1.0}  # a frame may have taken whom one tells for what
    if near < CLEARLY:
        return {}
    found = {"one_topic": 1.0}
    actors = one.rule.actor, other.rule.actor
    general = any(frozenset(content(actor)) <= EVERYONE | INSIDERS for actor in actors)
    if all(actors) and not general and Force.ONLY not in {one.force, other.force} and alike(space, *actors) < UNLIKE:
        found["one_topic_actors"] = 1.0
    for slot in ("place", "to"):
        words = one.slots.get(slot, ()), other.slots.get(slot, ())
        if all(words) and max(aligned(space, *words)[0], aligned(space, *words[::-1])[0]) < OTHER:
            found[f"one_topic_{slot}"] = 1.0
    return found


def _other_doer(space: Space, one: Saying, other: Saying, near: float) -> bool:
    """Whether one names who alone approves or does it, and the other somebody else: the dean, the head of department."""
    if near < OTHER or not all(deed(side.rule) for side in (one, other)):
        return False
    named = approver(one.rule), approver(other.rule)
    same = same_deed(deed(one.rule), deed(other.rule))
    if not any(named) or not (same or all(named)):
        return False
    who = named[0] or one.rule.actor, named[1] or other.rule.actor
    return all(who) and alike(space, *who) < ALIKE


def other_parties(space: Space, one: Saying, other: Saying) -> bool:
    """Whether one binds somebody from outside and the other somebody from inside: patients, nurses."""
    if Force.ONLY in {one.force, other.force}:
        return False  # what one alone may do, another may not
    actors = one.rule.actor, other.rule.actor
    if not all(actors) or alike(space, *actors) >= UNLIKE:
        return False
    heads = [{thing.head for thing in things(actor)} for actor in actors]
    outside = [bool(head) and head <= STRANGERS for head in heads]
    inside = [bool(head) and head <= WORKERS for head in heads]
    two = all(outside) and not heads[0] & heads[1] and not (heads[0] | heads[1]) & CALLERS
    return two or (outside[0] and inside[1]) or (outside[1] and inside[0])


def other_places(space: Space, one: Saying, other: Saying) -> bool:
    """Whether a deed is banned at one place and let at another one: in the kitchen, in the office."""
    places = place_of(one.rule), place_of(other.rule)
    if {one.force, other.force} != {Force.BAN, Force.LEAVE} or not all(places) or alike(space, *places) >= ELSEWHERE:
        return False
    return same_deed(deed(one.rule), deed(other.rule))


def other_recipients(space: Space, one: Saying, other: Saying) -> bool:
    """Whether two gifts go to two parties: to relatives, to the doctor. "To third parties" is to all of them."""
    if not all(act_of(deed(side.rule))[0] in GIVING for side in (one, other)):
        return False
    to = one.slots.get("to", ()), other.slots.get("to", ())
    if not all(to) or any(ANYBODY.intersection(map(verb_key, words)) for words in to):
        return False
    return max(aligned(space, *to)[0], aligned(space, *to[::-1])[0]) < OTHER


def things_apart(found: Mapping[str, float]) -> dict[str, float]:
    """A veto where one deed is done to things of one kind that are told apart, or one thing is kept and another one thrown away."""
    contrasted = found.get("crossed", 0.0) > CONTRAST and found.get("deed") == 1.0
    contrasted = contrasted or bool(found.get("contrary"))
    unrelated = bool(found.get("undone")) and "topic" in found and max(found["topic"], found["least"]) < OTHER
    return {"things": 1.0} if contrasted or unrelated else {}
