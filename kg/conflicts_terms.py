"""What counts as the same act, party or thing when two rules are compared.

Verbs stand for an act; some name its opposite (to delete is not to keep), which turns a duty into a ban. Parties and
things are compared as noun phrases: the same head, or one a kind of the other by the policy's own definitions, and
modifiers of which one set holds the other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.conflicts_kinds import CORE_END, LIST, Kinds
from kg.conflicts_limits import NUMBERS
from kg.conflicts_times import AGE
from kg.words import STOP_WORDS, content, scan, singular, verb_key

_SAME = (
    "keep retain preserve archive store", "delete destroy erase discard shred wipe purge dispose throw", "disclose share reveal divulge",
    "give offer", "accept receive", "stay remain", "enter come visit", "forbid prohibit ban bar disallow outlaw", "buy purchase order procure", "report notify", "allow permit authorise authorize",
    "use utilise utilize", "run operate", "start begin commence", "stop end terminate cease", "obtain get", "employ hire recruit", "choose select",
    "examine inspect", "submit hand",  "repair mend", "hide conceal", "alter modify change", "wear", "carry transport", "rent lease", "refuse reject decline",
)  # fmt: skip
_OPPOSITE = (
    "keep delete", "allow forbid", "accept refuse", "disclose conceal", "open close", "lock unlock", "enable disable", "start stop",
    "include exclude", "encrypt decrypt", "install uninstall", "connect disconnect", "increase reduce", "publish withhold",
)  # fmt: skip
SYNONYM = {verb_key(word): verb_key(group.split()[0]) for group in _SAME for word in group.split()}
_PAIRS = [tuple(SYNONYM.get(verb_key(word), verb_key(word)) for word in pair.split()) for pair in _OPPOSITE]
OPPOSITE = {second: first for first, second in _PAIRS}
"""The act's opposite, whose name the act goes by: to delete is not to keep."""
_SILENT = "be have apply mean include contain consider ensure make"
SILENT = frozenset(map(verb_key, _SILENT.split()))
"""Verbs that say too little to compare two rules by, unless their objects are the same to the word."""

_OUTSIDERS = (
    "customer supplier visitor guest student contractor vendor client patient participant applicant candidate bidder subject recipient "
    "requester official competitor intermediary child public donor volunteer subscriber tenant"
)
EVERYONE = frozenset(content("anyone everyone person individual somebody someone party"))
"""Actors that take in all others."""
INSIDERS = frozenset(content("employee staff personnel worker colleague team member"))
"""Actors that take in everybody who works there."""
OUTSIDERS = frozenset(content(_OUTSIDERS))
"""Actors who do not."""
BODIES = frozenset(content("board office department committee authority commission court"))
PARTS = frozenset(
    (
        "sum",
        "amount",
        "number",
        "quantity",
        "piece",
        "item",
        "kind",
        "type",
        "sort",
        "bit",
        "handful",
        "range",
        "variety",
        "maximum",
        "minimum",
        "glass",
        "cup",
        "bottle",
        "mug",
        "can",
        "slice",
    )
)
"""What is counted or parted off, not what it is."""
VAGUE = frozenset(
    content("such same certain other another relevant applicable appropriate respective given particular new own")
)
_VAGUE = (
    "information data service software product content document item material agreement request account notice thing matter policy term "
    "right access support"
)
VAGUE_THINGS = frozenset(map(verb_key, _VAGUE.split()))
"""Heads that two documents may share without meaning one thing."""
RELATIVE = frozenset(
    map(verb_key, ["exception", "exemption", "change", "decision", "difference", "choice", "effort", "step"])
)
"""Heads that say nothing without what they are to."""
_SPELT = "|".join(sorted(NUMBERS.keys() - {"once", "twice", "one"}, key=len, reverse=True))
COUNTED = re.compile(
    r"^(?:(?:at least|at most|up to|no more than|not more than|more than|no fewer than|fewer than|no less than|less than)\s+)?"
    rf"(?:\d[\d,.]*|{_SPELT})\s+(?!percent)(?=[a-z])|"
    r"\s+(?:an?|per|each|every) (?:hour|day|week|month|quarter|year)\b",
    re.IGNORECASE,
)
"""How many of a thing, and how often: no part of its name."""
MONEY = re.compile(
    r"^(?:(?:at least|at most|up to|no more than|not more than|more than|no less than|less than)\s+)?(?:USD|EUR|GBP|CHF|[$€£])\s?\d[\d,.]*"
    r"(?=$|\s+(?:in|a|per|at)\b)",
    re.IGNORECASE,
)
"""An amount that is the thing itself: "may carry up to £30"."""
TOLD = re.compile(r"(?<=\w) (?:\w{3,}ed|taken|given|made|held|kept|bought|sent|known|left|lent)\s*$", re.IGNORECASE)
"""A participle with what belongs to it: "sticks supplied by the company" are sticks."""


FOR_ACT = re.compile(r"\s*for (\w{3,}ing)\b", re.IGNORECASE)
"""What a thing is for: "a fee for speaking" is a speaking fee, and no recruitment fee."""
SWITCHED = frozenset({"switch", "turn", "shut", "power"})
PARTICLE = re.compile(r"^(?:not )?(\w+) (on|off|down)$", re.IGNORECASE)
"""Verbs whose particle says whether a thing is made to run or to stop."""


@lru_cache(maxsize=50_000)
def act_of(action: str) -> tuple[str, bool]:
    """The act that a verb names and whether it names the opposite: ``delete`` -> (``keep``, True)."""
    words = content(action)
    if not words:
        return "", False
    particle = PARTICLE.search(action)
    if particle and particle.group(1).lower() in SWITCHED:
        return verb_key("run"), particle.group(2).lower() in {"off", "down"}
    act = SYNONYM.get(words[0], words[0])
    return (OPPOSITE[act], True) if act in OPPOSITE else (act, False)


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun phrase: its head's key and the keys of the words that narrow it."""

    head: str
    narrowed: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        return self.narrowed | {self.head}


SUFFERED = {"loss": "lost", "theft": "stolen", "damage": "damaged", "breakage": "broken", "injury": "injured"}
"""Nouns of what befalls a thing, as the thing is called then."""
HELPING = frozenset(map(verb_key, ("guide", "assistance", "service", "hearing", "rescue", "police")))


@lru_cache(maxsize=50_000)
def things(text: str) -> tuple[Thing, ...]:
    """The things of a phrase, each part of a list by itself: ``gift or hospitality above USD 50`` -> gift, hospitality."""
    text = COUNTED.sub("", MONEY.sub("money", AGE.sub("", text)))
    core = TOLD.sub("", text[: found.start()]) if (found := CORE_END.search(text)) and found.start() else text
    named = FOR_ACT.match(text, len(text) if found is None else found.start())
    parts = [part for part in LIST.split(core) if part.strip()]
    made = [one for part in parts if (one := _thing(part)) is not None]
    shared = _shared(parts[-1]) if len(parts) > 1 else frozenset()
    shared |= frozenset({verb_key(named[1].lower())} if named else ())
    return tuple(dict.fromkeys(Thing(one.head, one.narrowed | (shared - {one.head})) for one in made))


def _thing(part: str) -> Thing | None:
    main, _, rest = part.partition(" of ")
    if rest and singular(main.lower().rpartition(" ")[2]) in PARTS:  # "small sums of money" are money
        main, rest = f"{main.rpartition(' ')[0]} {rest}".strip(), ""
    if rest and (suffered := SUFFERED.get(singular(main.lower().rpartition(" ")[2]))):
        main, rest = f"{suffered} {rest}", ""  # "the loss of a device" is a lost device
    words = [singular(token.word) for token in scan(main) if token.word not in STOP_WORDS]
    keys = [verb_key(word) for word in words]
    if not keys:
        return None
    if keys[-1] == verb_key("dog") and HELPING.intersection(keys):
        return Thing("helping dog", frozenset())  # no rule on dogs means it, in law or in fact
    return Thing(keys[-1], frozenset(keys[:-1]) - VAGUE | frozenset(content(rest)))


def _shared(last: str) -> frozenset[str]:
    """What stands after ``of`` in the last part of a list narrows all of it."""
    return frozenset(content(last.partition(" of ")[2]))


@lru_cache(maxsize=200_000)
def compare(first: Thing, second: Thing, kinds: Kinds) -> tuple[float, int]:
    """How surely two things can be one (0 to 1), and which is the narrower: -1 the first, 1 the second, 0 neither."""
    if first.words == second.words:
        return 1.0, 0
    if first.head == second.head:
        if first.narrowed <= second.narrowed:
            return 0.95, 1
        if second.narrowed <= first.narrowed:
            return 0.95, -1
        return 0.0, 0
    if _within(first, second, kinds):
        return 0.9, -1
    if _within(second, first, kinds):
        return 0.9, 1
    return 0.0, 0


def _within(low: Thing, high: Thing, kinds: Kinds) -> bool:
    names = {low.words, frozenset({low.head})}
    return any(high.words == above for name in names for above in kinds.above(name))


def vague(first: tuple[Thing, ...], second: tuple[Thing, ...]) -> bool:
    """Whether what the things of two documents share is one word that could mean anything.

    An exception, or a change, is one to something: even the same word means another in another document.
    """
    shared = {one.head for one in first} & {one.head for one in second}
    wholes = {one.words for one in first} & {one.words for one in second}
    if shared and shared <= RELATIVE and not any(one.narrowed for one in (*first, *second) if one.head in shared):
        return True
    return bool(shared) and not wholes and shared <= VAGUE_THINGS


def best(first: Iterable[Thing], second: tuple[Thing, ...], kinds: Kinds) -> tuple[float, int]:
    """The surest pair of two lists of things."""
    return max(
        (compare(one, other, kinds) for one in first for other in second),
        key=lambda pair: (pair[0], -abs(pair[1])),
        default=(0.0, 0),
    )


@lru_cache(maxsize=200_000)
def actors(first: str, second: str, kinds: Kinds) -> tuple[float, int]:
    """How surely two actors overlap, and whose is the narrower one. A passive sentence names none."""
    one, other = _party(first), _party(second)
    if one == other:
        words, others = set(content(first)), set(content(second))
        return 1.0, (words < others) - (others < words)  # "an employee on leave" is one among employees
    if not one or not other:
        return 0.9, 0
    return max(
        (_parties(a, b, kinds) for a in one for b in other), key=lambda pair: (pair[0], -abs(pair[1])), default=(0.0, 0)
    )


def _party(text: str) -> tuple[Thing, ...]:
    lowered = text.strip().lower()
    if lowered in {"you", "your", "user", "users"}:
        return (Thing("user", frozenset()),)
    if lowered in {"we", "us"}:
        return (Thing("company", frozenset()),)
    return things(text)


def _parties(one: Thing, other: Thing, kinds: Kinds) -> tuple[float, int]:
    found = compare(one, other, kinds)
    if found[0] or one.head == other.head:
        return found
    for a, b, side in ((one, other, 1), (other, one, -1)):
        if a.head in EVERYONE and not a.narrowed:
            return 0.9, side
        inside = (
            b.head not in OUTSIDERS
            and not (b.head == "partner" and b.narrowed)
            and not b.words & OUTSIDERS
            and b.head not in {"user", "company"}
        )
        if a.head in INSIDERS and not a.narrowed and inside and not b.words & BODIES:
            return 0.85, side
    return 0.0, 0
