"""Which acts a rule is about, where its verb does not name them: "dogs are forbidden", "must be left open", "the sale of".

A ban of a bare thing bans what people usually do with it; a noun may name an act ("photographs of patients"); a verb of leaving
or keeping with a state names the act that brings the state about.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.conflicts_kinds import CORE_END, LIST
from kg.conflicts_limits import limits
from kg.conflicts_phrases import TIMES, own_part
from kg.conflicts_terms import EVERYONE, INSIDERS, OUTSIDERS, Thing, act_of, things
from kg.model import Modality, Rule
from kg.words import content, verb_key


class Act(NamedTuple):
    """The act, whether the verb names its opposite, its things.

    ``actor``: whose act it is, where the rule names no actor of its own (None: the rule's); ``only``: nobody else's. ``place``:
    words of the place where it is done; ``whole``: it is meant whatever it is done to.
    """

    act: str
    flipped: bool
    things: tuple[Thing, ...]
    actor: str | None = None
    only: bool = False
    place: frozenset[str] = frozenset()
    whole: bool = False


GERUND = re.compile(r"(?:the\s+)?(\w{2,}ing)\b(?:\s+of)?\s*(.*)$", re.IGNORECASE)
ANY = "*"
"""The act of a norm that limits a thing whatever is done with it: "a meal must not cost more than USD 90"."""
MEASURES = frozenset(verb_key(word) for word in ["cost", "exceed", "last", "weigh", "amount", "be"])
"""Verbs that limit their subject."""
BARE = "**"
"""The act of a norm about a bare thing: its ban bars whatever people do with it."""
STAY = "stay"
PUT = act_of("put")[0]
CARRYING = frozenset(("take", "carry", "remove", "lend"))
SETTING = frozenset(("take", "bring", "carry", "leave", "hang", "stow"))
AWAY = re.compile(
    r"\b(?:home|away|(?:from|out of|off|outside) the (?:building|premises|site|office|house|grounds|campus))\b",
    re.IGNORECASE,
)
"""Where a thing is that is taken from where it belongs: who takes a book home lets it leave the building."""
INTO = re.compile(r"\b(?:in|into|on|onto|at) (?!\d|time)", re.IGNORECASE)
"""What says where a thing is put."""
ENTER = act_of("enter")[0]
PRESENCE = frozenset(("be", "stay", "remain", "leave", "vacate"))
"""Verbs that say where somebody is."""
_STOP = r"(?:at|by|until|till|before|after|from|between|in|on|for|during|when|if|unless|with|without|no|within|as|and|or|to|behind|under|inside)"
_NP = (
    r"(?:(?:the|an?|their|his or her|his|her|its|your|our) )?"
    rf"((?!{_STOP}\b)[\w'’-]+(?: (?!{_STOP}\b)[\w'’-]+){{0,4}})"
)
BEING = re.compile(
    rf"\b(?:be|stay|remain)\s+(?:\w+ly\s+)?(out of|outside|away from|off|inside|within|in|at|on)\s+{_NP}", re.IGNORECASE
)
LEAVING = re.compile(
    rf"\b(?:leave|vacate)\b\s*(?!at\b|by\b|before\b){_NP}?\s*((?:in|on|with|behind|under|inside|to|at)\b.*)?",
    re.IGNORECASE,
)
PUTTING = re.compile(
    r"(?:with|behind|under|inside|to|on|in|at)\s+(?!(?:\d|noon|mid|night|once|the end|time|saturday|sunday|monday|tuesday|wednesday|thursday|friday|time))",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"(?:here|there|outside|inside|overnight|alone|indoors|outdoors|home|upstairs|downstairs|abroad|"
    r"(?:at|in|on|by|from|to|into|onto|through|near|beside|behind|within|along|across|over|under|between|around|off|after|before|during|until|without)\s)",
    re.IGNORECASE,
)
"""What stands behind a verb that has no object."""
WHOM = re.compile(
    r"(?:^|; )(only )?(to|for) ((?!the purposes?\b)[^;]+?)(?= (?:on|at|in|between|from|after|before|during|until|unless|if|when)\b| ;|$)",
    re.IGNORECASE,
)
WHERE = re.compile(
    r"(?:^|; )(?:only )?(?:in|into|inside|at|on|from|near) (?!any time|all times|\d)([^;]+)", re.IGNORECASE
)
ENTITLED = verb_key("entitle")
HANDLED = ("bring", "take", "carry", "make", "hold")
"""What people do with a bare thing besides using it: who forbids dogs forbids bringing one."""
_HANDLING = (
    "use bring take carry make play wear eat drink have serve hold light ride display sell keep leave consume burn fly park walk smoke "
    "connect install erect show offer put store prepare cook order give stay enter run "
    "work go sit stand swim camp meet"
)
HANDLING = frozenset(map(verb_key, _HANDLING.split())) | {"have"}
"""What a ban of a bare thing bars besides: "no music" means that none is played."""
_NAMED = (
    "use use, disclosure disclose, destruction destroy, sale sell, purchase buy, storage store, removal remove, photograph photograph, picture photograph, photo photograph, copy copy, "
    "transfer transfer, installation install, possession have, consumption consume, loan lend, export export, import import, deletion delete, "
    "publication publish, delivery deliver, photography photograph, admission admit, registration register, repair repair, alteration alter, distribution distribute, collection collect, booking book, order order, call call, payment pay, cancellation cancel, visit visit, return return, recording record, reservation reserve, trip travel, journey travel"
)
NAMED = {verb_key(noun): verb for noun, verb in (pair.split() for pair in _NAMED.split(", "))}
"""Nouns that name an act."""
LIGHT = frozenset(map(verb_key, ("take", "make", "do", "have", "give", "place", "carry", "perform", "conduct")))
"""Verbs that leave the act to their object: to take photographs is to photograph."""
MOVING = frozenset(("travel", "ride", "come", "enter", "stay"))
ANIMALS = frozenset(map(verb_key, ["animal", "pet", "dog", "cat", "horse", "rabbit", "hamster"]))
STATES = {
    "open": ("open", "unlock"), "closed": ("close",), "shut": ("close",), "locked": ("lock",), "unlocked": ("unlock",),
}  # fmt: skip
"""The acts that bring a state about; what stands open is not locked either."""
HOLDING = frozenset(map(verb_key, ("leave", "keep", "stay", "remain")))
"""Verbs that keep a state up."""


def acts(rule: Rule) -> Iterator[Act]:
    """The acts of a rule, the plainest first; none where its object is not known."""
    verb = rule.action.removeprefix("not ")
    act, flipped = act_of(verb)
    if verb == "have":
        act = "have"
    placed = PLACE.match(rule.object) is not None
    found, gerund = () if placed else things(rule.object), GERUND.match(rule.object)
    bare = (act == "allow" or (verb == "be" and rule.modality is Modality.PROHIBITION)) and not rule.actor
    if bare:
        yield from _of_bare(rule)
    elif verb_key(verb) in HOLDING and (held := _held(rule.object)):
        yield from held
    elif verb.partition(" ")[0] in PRESENCE and (present := _presence(rule, verb)) is not None:
        yield present
    elif act == "require" and not rule.actor and gerund:  # "booking is required" asks to book
        yield Act(act_of(gerund.group(1))[0], False, _after(gerund), whole=True)
    elif (rule.object and not found and not gerund and not placed) or not act:  # a pronoun may mean anything
        return
    elif verb_key(verb.split()[0]) in MEASURES and rule.actor and _measured(rule.object):
        yield Act(ANY, False, things(rule.actor))
    elif (
        verb in {"run", "operate"} and rule.actor and not found
    ):  # "sprinklers may run" says that they may be switched on
        yield Act(act, flipped, found)
        yield Act(act, flipped, things(rule.actor), actor="")
    elif act == ENTITLED:
        yield from _of_thing(rule.object, rule)
    else:
        yield Act(act, flipped, found)
        yield from _light(act, rule.object)
        if verb.partition(" ")[0] in MOVING and (
            moved := tuple(one for one in things(rule.actor) if one.head in ANIMALS)
        ):
            yield from (Act(act_of(other)[0], False, moved, actor="") for other in ("bring", "carry"))
        if verb in CARRYING and AWAY.search(rule.text):
            yield Act(STAY, True, (), actor=rule.object, whole=True)
        elif verb in SETTING and (verb == "leave" or rule.modality is Modality.PERMISSION) and INTO.search(rule.text):
            yield Act(PUT, False, found)


def _light(act: str, text: str) -> Iterator[Act]:
    """The act that the object of a light verb names, and what it is done to: "place orders for paper"."""
    head, _, rest = (text if act in LIGHT else "").partition(" of ")
    words = head.split()
    noun = NAMED.get(verb_key(words[-1].lower().removesuffix("s"))) if words else None
    if noun is not None and (rest or len(words) <= 2):
        named = tuple(things(rest)) if rest else tuple(things(" ".join(words[:-1])))
        yield Act(*act_of(noun), named, whole=not named)


def _measured(text: str) -> bool:
    return any(limit.role in {"size", "for"} for limit, _, _ in limits(text))


def _of_bare(rule: Rule) -> Iterator[Act]:
    """What is allowed or not, for whom it is, and what it is for: "the lawn is off limits for ball games" bars games there."""
    whom = WHOM.search(rule.condition)
    if whom is None:
        yield from _of_thing(rule.object, rule)
        return
    only, word, who = whom.group(1), whom.group(2).lower(), whom.group(3)
    gerund = GERUND.match(who)
    if gerund:
        yield Act(act_of(gerund.group(1))[0], False, _after(gerund) or things(rule.object))
        return
    for one in _of_thing(rule.object, rule):
        yield one._replace(actor=who, only=bool(only)) if one.actor is None else one
    if word == "for" and not only and not any(thing.head in EVERYONE | INSIDERS | OUTSIDERS for thing in things(who)):
        place = frozenset(content(rule.object))
        yield from (one._replace(place=place) for one in _of_thing(who, rule))


def _of_thing(text: str, rule: Rule) -> Iterator[Act]:
    """As in "smoking is prohibited", which names the act, like "the sale of beer"; "knives are forbidden" means what is done with them."""
    named = [GERUND.match(part) for part in LIST.split(text)]
    if all(named):
        for gerund in named:
            if gerund:
                yield from _light(act_of(gerund.group(1))[0], gerund.group(2))
                yield Act(act_of(gerund.group(1))[0], False, _after(gerund), whole=not _after(gerund))
        return
    found = things(text)
    yield Act(act_of("use")[0], False, found)
    head, of, rest = text.partition(" of ")
    words = head.split()
    noun = NAMED.get(verb_key(words[-1].lower().removesuffix("s"))) if words else None
    if noun and (of or len(words) == 1):
        act, flipped = act_of(noun)
        yield Act(act, flipped, things(rest), whole=not rest)
    if words and len(words) > 1 and GERUND.fullmatch(words[-1]):  # "dog walking"
        yield Act(act_of(words[-1])[0], False, things(" ".join(words[:-1])))
    if not noun or verb_key(noun) in {verb_key("photograph"), verb_key("copy")}:
        yield from (Act(act_of(verb)[0], False, found) for verb in HANDLED)
        yield Act(BARE, False, found)
        where = WHERE.search(rule.condition)
        place = things(where.group(1)) if where else ()
        yield Act(ENTER, False, () if any(one.words & TIMES for one in place) else place, actor=text)


def _after(gerund: re.Match[str]) -> tuple[Thing, ...]:
    """What the act is done to; "swimming in the lake" is done to nothing."""
    rest = gerund.group(2)
    return () if PLACE.match(rest) else things(rest)


def _presence(rule: Rule, verb: str) -> Act | None:
    """Being somewhere: to stay in a room is to be in it, to leave it not to be; "leave bags at the door" says where bags are."""
    part = own_part(rule)
    verb = verb.partition(" ")[0]
    if verb in {"leave", "vacate"}:
        found = LEAVING.search(part)
        if found is None or (found.group(2) and PUTTING.match(found.group(2))):
            return None
        place = things(found.group(1)) if found.group(1) else ()
        return Act(STAY, True, place, whole=not place)
    found = BEING.search(part)
    if found is None:
        somewhere = verb in {"stay", "remain"} and (not rule.object or rule.action.endswith(" with"))
        return Act(STAY, False, (), whole=True) if somewhere else None
    place = things(found.group(2))
    return Act(STAY, found.group(1).lower() in {"out of", "outside", "away from", "off"}, place) if place else None


def _held(text: str) -> list[Act]:
    """The acts that the last word stands for, and on what: "the windows open", "the medicine room unlocked"."""
    core = text[: end.start()] if (end := CORE_END.search(text)) and end.start() else text
    rest, _, state = core.strip().rpartition(" ")
    if not rest or state.lower() not in STATES:
        return []
    return [Act(*act_of(verb), things(rest)) for verb in STATES[state.lower()]]
