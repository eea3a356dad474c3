"""A rule as a norm that can be compared: stance, act, actor, things, circumstances by slot, limits and dates."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from kg.conflicts_acts import STAY, Act
from kg.conflicts_limits import HOURS, NUMBERS, Limit, period
from kg.conflicts_phrases import BLANKET, BOUND, limits_of_act, own_part, plain, slots_of, without_quantities
from kg.conflicts_terms import Thing
from kg.model import Modality, Rule
from kg.words import STOP_WORDS, content, singular


class Stance(Enum):
    """What a norm says of its act."""

    MUST = "requires"
    SHOULD = "recommends"
    MAY = "permits"
    NEED_NOT = "excuses from"
    MUST_NOT = "forbids"
    SHOULD_NOT = "advises against"


@dataclass(frozen=True, slots=True)
class Norm:
    """One comparable statement of a rule.

    ``slots`` are words by slot. ``only`` is what the permission is limited to: "actor" (no one else may), "case" (not
    otherwise) or empty. ``flipped`` says that the rule's verb names the opposite of ``act``. ``anyhow`` marks words that
    leave no case out ("whatever its value"); ``blanket`` that the rule gives way to whatever else says otherwise ("except
    as permitted by this policy"), ``bound`` that it holds only as far as its document's other rules let; ``local`` that
    its thing is its own document ("this agreement"); ``whole`` that the act is meant whatever it is done to. ``approval`` is the act that an approval is needed for;
    ``at_home``: its place is all that its document is about.
    """

    rule: Rule
    stance: Stance
    act: str
    things: tuple[Thing, ...]
    slots: Mapping[str, frozenset[str]]
    limits: tuple[Limit, ...] = ()
    period: tuple[int, int] = (0, 99_999_999)
    only: str = ""
    flipped: bool = False
    anyhow: bool = False
    approval: str = ""
    blanket: bool = False
    bound: bool = False
    local: bool = False
    whole: bool = False
    at_home: bool = False

    @property
    def actor(self) -> str:
        return self.rule.actor

    @property
    def said(self) -> Stance:
        """The stance to the rule's own verb."""
        return FLIP[self.stance] if self.flipped else self.stance


FLIP = {
    Stance.MUST: Stance.MUST_NOT, Stance.SHOULD: Stance.SHOULD_NOT, Stance.MAY: Stance.NEED_NOT,
    Stance.NEED_NOT: Stance.MAY, Stance.MUST_NOT: Stance.MUST, Stance.SHOULD_NOT: Stance.SHOULD,
}  # fmt: skip
BARRING = frozenset({"ban", "bar"})
AT_MOST = re.compile(r"(?:no|not) (?:more|longer|larger|higher|greater|heavier) than\b", re.IGNORECASE)
TURNING = re.compile(r"(?:at|by|before|no later|not later)\b", re.IGNORECASE)
"""What names the moment from which somebody is, or is no longer, somewhere."""
BANS = frozenset({Stance.MUST_NOT, Stance.SHOULD_NOT})
ANYONE = frozenset(
    content("anyone anybody someone somebody everyone others other people person third party outsider stranger")
)
"""Whom a ban names when it leaves nobody out: "must not lend the card to anyone"."""
ONLY_BY = re.compile(
    r"\bonly\s+by\s+(?:an?\s+|the\s+)?([\w' -]+?)(?=\s+(?:who|that|which|and has|,)|[,.;]|$)", re.IGNORECASE
)


LOCAL = re.compile(r"(?:this|these|our)\b", re.IGNORECASE)
"""An object that belongs to its own document."""


def stated_norm(rule: Rule, stated: Act) -> Norm:
    part = own_part(rule)
    text, anyhow = plain(part)
    whose = rule if stated.actor is None else replace(rule, actor=stated.actor)
    stance = _stance(rule.modality, rule.action.startswith("not "))
    times = limits_of_act(rule, text)
    if rule.modality is Modality.PROHIBITION:
        times = tuple(_beyond(limit) for limit in times)
    if stance is Stance.MAY and not any(limit.role == "size" for limit in times):
        times += tuple(_counted(rule.object))
    if stated.act == STAY:
        times = tuple(_present(limit, rule) for limit in times)
    return Norm(
        whose, FLIP[stance] if stated.flipped else stance, stated.act, stated.things, _slots(whose, stated, text, stance), times,
        period(part), "actor" if stated.only else _only(rule, part), stated.flipped, anyhow, blanket=bool(BLANKET.search(part)),
        bound=bool(BOUND.search(part)), local=bool(LOCAL.match(rule.object)), whole=stated.whole,
    )  # fmt: skip


def _slots(rule: Rule, stated: Act, text: str, stance: Stance) -> Mapping[str, frozenset[str]]:
    """The circumstances of an act by slot; those that say whose act it is, or where its thing is, are no more of them."""
    known = frozenset(content(f"{rule.actor} {rule.action}")) | {
        word for thing in stated.things for word in thing.words
    }
    slots = dict(slots_of(without_quantities(text), known | stated.place))
    if exception := frozenset(content(rule.exception.partition(" ")[2])) - STOP_WORDS:
        slots["except"] = slots.get("except", frozenset()) | exception
    slots.pop("rest", None)
    if stated.place:
        slots["place"] = slots.get("place", frozenset()) | stated.place
    if rule.action in BARRING and "place" not in slots and "from" in slots:
        slots["place"] = slots.pop("from")  # "banned from the poolside"
    if stance in BANS:
        slots = {
            name: words for name, words in slots.items() if name not in {"to", "from", "with"} or not words <= ANYONE
        }
    return slots


COUNT = re.compile(
    rf"(\d+|{'|'.join(sorted(NUMBERS.keys() - {'once', 'twice', 'zero'}, key=len, reverse=True))}) ([a-z]+)\b",
    re.IGNORECASE,
)


def _counted(text: str) -> Iterator[Limit]:
    """Leave for "two dogs" is leave for no more."""
    found = COUNT.match(text)
    unit = singular(found.group(2).lower()) if found else ""
    if found and unit not in HOURS:
        word = found.group(1).lower()
        yield Limit("size", unit, -math.inf, NUMBERS[word] if word in NUMBERS else float(word), found.group(), False)


def _beyond(limit: Limit) -> Limit:
    """What a ban of "no more than two" bans: what is above two."""
    if not AT_MOST.match(limit.text) or math.isinf(limit.high):
        return limit
    return replace(limit, low=limit.high + 1e-9 * max(abs(limit.high), 1.0), high=math.inf)


def _present(limit: Limit, rule: Rule) -> Limit:
    """Who must leave at eight is not there from eight on; who must be in bed by ten is there from ten on."""
    turns = limit.role in {"clock", "date"} and TURNING.match(limit.text) is not None and not math.isinf(limit.high)
    if not turns or rule.modality is Modality.PROHIBITION:
        return limit
    return replace(limit, low=limit.high, high=math.inf, plain=False)


def _stance(modality: Modality, negated: bool) -> Stance:
    if modality is Modality.PROHIBITION:
        return Stance.MUST if negated else Stance.MUST_NOT
    if modality is Modality.PERMISSION:
        return Stance.NEED_NOT if negated else Stance.MAY
    if modality is Modality.RECOMMENDATION:
        return Stance.SHOULD_NOT if negated else Stance.SHOULD
    return Stance.MUST_NOT if negated else Stance.MUST


def _only(rule: Rule, part: str) -> str:
    if not re.search(r"\b(?:only|solely|exclusively)\b", part, re.IGNORECASE):
        return ""
    if rule.modality is not Modality.PERMISSION:
        return "case"
    if ONLY_BY.search(part) or (
        rule.actor and re.search(rf"\bonly\s+(?:the\s+|an?\s+)?{re.escape(rule.actor)}", part, re.IGNORECASE)
    ):
        return "actor"
    return "case"


def only_actor(norm: Norm) -> str:
    """Who alone may, for a norm whose ``only`` is "actor"."""
    found = ONLY_BY.search(norm.rule.text)
    return found.group(1) if found else norm.rule.actor
