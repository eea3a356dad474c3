"""What a rule's frame is about and what it does with it, as phrases that likeness compares: the deed and its topic.

A sentence shares words with many others; the object of its frame tells whether two are of one thing. A light verb leaves the
deed to its object ("take a picture of the patient" is to photograph the patient), a measured thing stands as the subject ("a room must
not cost more than 140 euros" is of rooms).
"""

import re
from functools import lru_cache

from kg.conflicts_acts import GERUND, LIGHT, MEASURES, NAMED, PLACE
from kg.conflicts_kinds import CORE_END, LIST
from kg.conflicts_limits import limits
from kg.conflicts_phrases import TIMES
from kg.conflicts_terms import COUNTED, MONEY, TOLD, act_of
from kg.model import Modality, Rule
from kg.words import STOP_WORDS, scan, verb_key

_CONTRARY = (
    "return keep, refuse take, refuse accept, reject take, decline take, return accept, return retain, shred keep, destroy keep, delete keep, discard keep, remove keep, remove leave, clear leave, collect leave, "
    "lock leave, close leave, close open, lock open, switch_off use, switch_off leave, wear remove, hand_in keep, give_back keep, surrender keep, "
    "empty leave, return stay, remove stay, lock unlock, stay leave, enter leave, refund keep, pay_back keep, attend skip, attend miss, report conceal, encrypt leave"
)
CONTRARY = frozenset(frozenset(verb_key(verb.split("_")[0]) for verb in pair.split()) for pair in _CONTRARY.split(", "))
"""Deeds of which one undoes or rules out the other."""
SUFFERING = re.compile(r"^(?:any |the |a )?(?:loss|theft) of (?:an? |the |any )?", re.IGNORECASE)
_OWNERS = "company hospital university city bank school club department team business firm organisation office staff employee official own private personal lost missing"
OWNERS = frozenset(map(verb_key, _OWNERS.split()))
"""Whose a thing is narrows it only where the other's owner is another one."""
ALLOWED = act_of("allow")[0]
"""What a sentence says of a bare thing; no deed."""
ASKING = re.compile(r"(?:require|need|be subject to)\b", re.IGNORECASE)
ASKED = re.compile(
    r"(?:(?:prior|written|the|an?|express) )*(?:approval|consent|permission|agreement|authori[sz]ation|signature)\b",
    re.IGNORECASE,
)
"""What makes the subject of a sentence the thing that somebody else must allow: "refunds require the approval of the manager"."""
APPROVING = frozenset(
    map(verb_key, ("approve", "authorise", "authorize", "sign", "countersign", "grant", "decide", "release", "permit"))
)
"""Deeds whose actor is the one who allows."""


def deed(rule: Rule) -> str:
    """The verb of a rule as it is compared; the noun's own where the verb is light."""
    return _read(rule.action, rule.object, rule.actor)[0]


def topic(rule: Rule) -> str:
    """What the deed is done to, without amounts and counts; empty where the frame does not say."""
    return _read(rule.action, rule.object, rule.actor)[1]


@lru_cache(maxsize=50_000)
def _read(action: str, thing: str, actor: str) -> tuple[str, str]:
    verb = action.removeprefix("not ").lower()
    if actor and ASKING.match(verb) and ASKED.match(thing):
        return "approve", _name(actor)
    head, _, rest = thing.partition(" of ")
    if act_of(verb)[0] == ALLOWED:  # "smoking in the yard is forbidden" is of smoking, and "dogs are allowed" of dogs
        return _named(thing, head, rest)
    noun = NAMED.get(verb_key(head.split()[-1].lower().removesuffix("s"))) if head.split() else None
    if noun is not None and rest and verb_key(verb) in LIGHT:
        return noun, _name(rest)
    if (
        verb_key(verb.partition(" ")[0]) in MEASURES
        and actor
        and (COUNTED.match(thing) or MONEY.match(thing) or limits(thing))
    ):
        return verb, _name(actor)
    return verb, _name(thing) or (_name(actor) if verb_key(verb.partition(" ")[0]) in MEASURES else "")


def _named(thing: str, head: str, rest: str) -> tuple[str, str]:
    """The deed that a noun names, and its topic: "the use of lifts", "parking at the gate"."""
    noun = NAMED.get(verb_key(head.rsplit(maxsplit=1)[-1].lower().removesuffix("s"))) if head.split() else None
    if noun is not None and rest:
        return noun, _name(rest)
    gerund = GERUND.match(thing)
    if gerund and all(GERUND.match(part) for part in LIST.split(thing)):
        return gerund.group(1).lower(), "" if PLACE.match(gerund.group(2)) else _name(gerund.group(2))
    return "", _name(thing)


def _name(text: str) -> str:
    """The words that name a thing."""
    text = SUFFERING.sub("lost ", COUNTED.sub("", MONEY.sub("money", text)))
    found = CORE_END.search(text)
    core = TOLD.sub("", text[: found.start()] if found and found.start() else text)
    return " ".join(token.word for token in scan(core) if token.word not in STOP_WORDS)


WHERE = re.compile(r"(?:^|; )(?:only )?(?:in|inside|at|on) (?:the|an?|our|their) (?P<place>[^;,]+)", re.IGNORECASE)


def place_of(rule: Rule) -> str:
    """Where a deed is done by the rule's condition; empty for a time or where it does not say."""
    found = WHERE.search(rule.condition)
    place = found["place"].strip() if found else ""
    return "" if TIMES.intersection(map(verb_key, place.lower().split())) or limits(place) else place


def approver(rule: Rule) -> str:
    """Who alone must allow, or do, what a rule asks for; empty where it does not say."""
    if rule.authority:
        return rule.authority
    verb = verb_key(rule.action.removeprefix("not ").partition(" ")[0].lower())
    if verb in APPROVING:
        return rule.actor
    passive = rule.modality is Modality.OBLIGATION and re.search(
        rf"\bby (?:the |an? )?{re.escape(rule.actor)}", rule.text
    )
    return rule.actor if rule.actor and passive else ""


_ALIKE = (
    "report notify inform tell, keep archive save hold, inspect check examine review test verify, clean wash wipe, photograph record film, plug connect attach, "
    "send forward transmit mail pass, use operate drive, install download, buy order procure purchase, submit hand file lodge reach, lend borrow, enter access, "
    "pay refund reimburse claim, write note, visit call, start begin commence, accept take receive, give offer hand provide, carry bring transport, wear cover, "
    "attend complete join, show disclose reveal, book reserve, replace exchange, repair mend fix, consume drink eat, sleep stay, assist help, publish post"
)
DEEDS: dict[str, set[int]] = {}
for _number, _group in enumerate(_ALIKE.split(", ")):
    for _verb in _group.split():
        DEEDS.setdefault(act_of(_verb)[0], set()).add(_number)
"""Deeds that two writers may mean by one another's verb, where the rest of their sentences agrees: too loose to compare rules by name."""


@lru_cache(maxsize=50_000)
def same_deed(one: str, other: str) -> bool:
    """Whether two verbs are one deed by the table of synonyms."""
    keys = {verb_key(verb.partition(" ")[0]) for verb in (one, other)}
    acts = act_of(one), act_of(other)
    if not one or acts[0] == acts[1] or keys <= APPROVING:
        return bool(one)
    return acts[0][1] == acts[1][1] and bool(DEEDS.get(acts[0][0], set()) & DEEDS.get(acts[1][0], set()))


def undone(one: str, other: str) -> bool:
    """Whether one deed undoes the other: to return, to keep."""
    (first, flipped), (second, turned) = act_of(one), act_of(other)
    keys = frozenset(verb_key(verb.partition(" ")[0]) for verb in (one, other) if verb)
    return keys in CONTRARY or (bool(first) and first == second and flipped != turned)


def narrowing(one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What each of two topics of one kind is narrowed by and the other is not: customer and supplier, for their contracts."""
    words = [tuple(word for word in side.split() if verb_key(word) not in OWNERS) for side in (one, other)]
    if verb_key(one.rsplit(maxsplit=1)[-1]) != verb_key(other.rsplit(maxsplit=1)[-1]):
        return (), ()
    keys = [frozenset(map(verb_key, side)) for side in words]
    first, second = (
        tuple(word for word in side if verb_key(word) not in known)
        for side, known in zip(words, keys[::-1], strict=True)
    )
    return first, second
