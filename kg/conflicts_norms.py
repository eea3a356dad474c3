"""A rule as a norm that can be compared: stance, act, actor, things, circumstances by slot, limits and dates.

The circumstances are read again from the rule's own part of its sentence, since a frame's condition leaves out what a
limit or a place says. They are cut into phrases by the word that opens them; a phrase's *slot* says what it is about:
a time before or after, a case, a place, whom it goes to, where it comes from, what for, by what, without what.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from kg.conflicts_limits import DATE, Limit, limits, period
from kg.conflicts_terms import Thing, act_of, things
from kg.model import Modality, Rule
from kg.words import STOP_WORDS, content, scan, verb_key


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
    leave no case out ("whatever its value"); ``blanket`` that the rule gives way to whatever else says otherwise ("except as
    permitted by this policy"), ``bound`` that it holds only as far as its document's other rules let; ``local`` that its thing is its own document ("this agreement").
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
APPROVAL = frozenset(
    verb_key(word) for word in ["approval", "consent", "permission", "authorisation", "authorization", "agreement"]
)
ASKS = frozenset(verb_key(word) for word in ["obtain", "get", "seek", "require", "need", "have", "receive"])
SLOTS: Mapping[str, str] = {
    **dict.fromkeys(("before", "until", "till", "prior"), "before"),
    **dict.fromkeys(("after", "once", "following", "since"), "after"),
    **dict.fromkeys(
        ("during", "while", "when", "whenever", "if", "where", "wherever", "provided", "upon", "as long"), "case"
    ),
    **dict.fromkeys(("outside", "beyond"), "outside"),
    **dict.fromkeys(("at", "in", "on", "inside", "into", "onto", "near", "within", "under"), "place"),
    **dict.fromkeys(("to", "towards"), "to"),
    **dict.fromkeys(("from",), "from"),
    **dict.fromkeys(("for",), "for"),
    **dict.fromkeys(("with", "by", "using", "via", "through"), "with"),
    **dict.fromkeys(("without",), "without"),
    **dict.fromkeys(("unless", "except", "save"), "except"),
    **dict.fromkeys(("who", "whose", "whom", "which", "that"), "who"),
    **dict.fromkeys(("because", "so", "as"), "why"),
}
CLAUSES = frozenset({"before", "after", "case", "except", "who", "why"})
"""Slots that a subordinate clause fills: prepositions within it open no phrase of their own."""
ANYHOW = re.compile(
    r",?\s*(?:\b(?:whatever|regardless of|irrespective of|no matter|even (?:if|when|where|though|after)|under (?:no|any) circumstances|"
    r"in (?:any|no) case|at any time|at all times|always|never|in any form|whether)\b[^,;.]*)",
    re.IGNORECASE,
)
MODAL = re.compile(
    r"(?:;|,?\s+(?:and|but|or)(?=\s+(?:[\w'-]+\s+){0,6}?(?:must|may|shall|should|need not|can|cannot|will|is required|are required)\b))",
    re.IGNORECASE,
)
ONLY_BY = re.compile(
    r"\bonly\s+by\s+(?:an?\s+|the\s+)?([\w' -]+?)(?=\s+(?:who|that|which|and has|,)|[,.;]|$)", re.IGNORECASE
)


_SAID = r"(?:permitted|required|provided|allowed|authori[sz]ed|stated|agreed|specified|set (?:out|forth)|described|directed|noted|indicated)\b"
_OF_NUMBER = r"(?!\s+(?:by|in|under|for)\s+(?:sections?|clauses?|articles?|paragraphs?|§|\d))"
BLANKET = re.compile(
    r"\b(?:except|unless|other than|save|as)\s+(?:as|where|when|to the extent|if)?\s*(?:is |are |it is )?"
    rf"(?:otherwise |expressly |specifically |explicitly )+{_SAID}|"
    rf"\b(?:except|unless|save)\s+(?:as|where|when|to the extent|if)?\s*(?:is |are |it is )?{_SAID}{_OF_NUMBER}|\bunless otherwise\b|"
    r"\b(?:in (?:violation|breach|contravention) of|contrary to|inconsistent with)\b",
    re.IGNORECASE,
)
"""What makes a rule give way to whatever says otherwise."""
BOUND = re.compile(
    r"\b(?:as permitted by|in (?:compliance|accordance) with|consistent with|pursuant to|subject to)\s+"
    r"(?:and (?:in compliance with|as limited by)\s+)?(?:the\s+)?(?:applicable\s+|relevant\s+)?"
    r"(?:requirements?|provisions?|terms|conditions|this|these|our|sections?|§|articles?|paragraphs?|law|a valid)\b",
    re.IGNORECASE,
)
"""What makes a rule hold only as far as the others of its document let."""
REASON = re.compile(
    r"\b(?:for (?:reasons?|the sake) of|on (?:the )?grounds? of|so that|because|in order (?:to|that)|owing to|due to)\b[^;.]*",
    re.IGNORECASE,
)
"""Why a rule is there, which narrows nothing."""
MARKERS = tuple(
    (re.compile(rf"\b{words}\b", re.IGNORECASE), marker)
    for words, marker in (
        ("(?:as|so) long as", "while"), ("as soon as", "after"), ("prior to", "before"), ("(?:in the event|in case) (?:of|that)?", "if"),
        ("in an emergency", "if an emergency"), ("provided that|on condition that", "if"), ("at the end of", "after"), ("with effect from", "from"),
        ("in the course of", "during"), ("on behalf of", "for"), ("with regard to|with respect to|in respect of", "about"),
    )
)  # fmt: skip
"""Markers of several words, each with one word of the same slot."""
UNCLEAR = re.compile(
    r"\b(?:may|might)(?: not)? have \w+(?:ed|en|wn)\b|\b(?:shall|must|will|should|may) no longer\b", re.IGNORECASE
)
"""What is no norm ("we may not have kept it"), or whose polarity a frame does not show."""
ANAPHOR = re.compile(r"(?:such|that|those|these|its|their|his|her|it|them|same)\b", re.IGNORECASE)
"""An object that only its neighbourhood explains."""
GERUND = re.compile(r"(?:the\s+)?(\w{2,}ing)\b(?:\s+of)?\s*(.*)$", re.IGNORECASE)
LOCAL = re.compile(r"(?:this|these|our)\b", re.IGNORECASE)
"""An object that belongs to its own document."""
ANY = "*"
"""The act of a norm that limits a thing whatever is done with it: "a meal must not cost more than USD 90"."""
MEASURES = frozenset(verb_key(word) for word in ["cost", "exceed", "last", "weigh", "amount", "be"])
"""Verbs that limit their subject."""
GENERAL = frozenset(
    verb_key(word)
    for word in [
        "purpose",
        "reason",
        "case",
        "accordance",
        "respect",
        "basis",
        "extent",
        "way",
        "manner",
        "time",
        "order",
        "event",
        "part",
        "place",
        "use",
        "regard",
        "connection",
        "course",
        "circumstance",
        "matter",
        "aspect",
        "form",
        "kind",
        "type",
        "described",
        "following",
        "applicable",
        "referred",
        "otherwise",
        "necessary",
        "appropriate",
    ]
)
"""Words that say nothing about which case is meant."""


@lru_cache(maxsize=50_000)
def slots_of(text: str, known: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The words of ``text`` by slot, without those in ``known``; words before any marker go to ``rest``."""
    found: dict[str, set[str]] = defaultdict(set)
    slot, last = "rest", 0
    for token in scan(text):
        gap = text[last : token.start]
        last = token.end
        if ("," in gap or ";" in gap) and slot in CLAUSES:
            slot = "rest"
        opened = SLOTS.get(token.word)
        if opened and (slot not in CLAUSES or opened in CLAUSES - {"who", "why"}):
            slot = opened
            continue
        if token.word in STOP_WORDS:
            if token.word in {"not", "no"} and slot in CLAUSES:
                found[slot].add("not")
            continue
        key = verb_key(token.word)
        if key not in known and key not in GENERAL:
            found[slot].add(key)
    return {name: frozenset(words) for name, words in sorted(found.items()) if name != "why" and words - {"not"}}


def norms(rule: Rule) -> Iterator[Norm]:
    """What a rule states: its act, and what follows from it about approval."""
    if rule.modality is Modality.DEFINITION or not rule.action:
        return
    plain = _norm(rule)
    if plain is None:
        return
    yield plain
    yield from _approvals(plain)


def _norm(rule: Rule) -> Norm | None:
    if UNCLEAR.search(rule.text) or ANAPHOR.match(rule.object):
        return None
    negated = rule.action.startswith("not ")
    act, flipped = act_of(rule.action.removeprefix("not "))
    found = things(rule.object)
    gerund = GERUND.match(rule.object)
    if act == "allow" and not rule.actor and gerund:  # "smoking is prohibited": the act is the object
        act, flipped, found = act_of(gerund.group(1))[0], False, things(gerund.group(2))
    if not act or (rule.object and not found and not gerund):  # a pronoun that was not resolved may mean anything
        return None
    part = own_part(rule)
    text, anyhow = _plain(part)
    stance = _stance(rule.modality, negated)
    if verb_key(rule.action.removeprefix("not ").split()[0]) in MEASURES and rule.actor and limits(rule.object):
        act, found = ANY, things(rule.actor)
    known = frozenset(content(f"{rule.actor} {rule.action}")) | frozenset(
        word for thing in found for word in thing.words
    )
    without = _cut(text)
    exception = frozenset(content(rule.exception.partition(" ")[2])) - STOP_WORDS
    slots = dict(slots_of(without, known))
    if exception:
        slots["except"] = slots.get("except", frozenset()) | exception
    slots.pop("rest", None)
    return Norm(
        rule, FLIP[stance] if flipped else stance, act, found, slots, _limits_of_act(rule, text), period(part),
        _only(rule, part), flipped, anyhow, blanket=bool(BLANKET.search(part)), local=bool(LOCAL.match(rule.object)),
    )  # fmt: skip


def _limits_of_act(rule: Rule, text: str) -> tuple[Limit, ...]:
    """The limits of a norm without the times that its condition names: "if suspended for more than 90 days"."""
    cases = [
        part.lower()
        for part in rule.condition.split(" ; ")
        if SLOTS.get((part.lower().split() or [""])[0]) in {"case", "who"}
    ]
    return tuple(
        limit
        for limit, _, _ in limits(text)
        if limit.role == "size" or not any(limit.text.lower() in case for case in cases)
    )


def _stance(modality: Modality, negated: bool) -> Stance:
    if modality is Modality.PROHIBITION:
        return Stance.MUST if negated else Stance.MUST_NOT
    if modality is Modality.PERMISSION:
        return Stance.NEED_NOT if negated else Stance.MAY
    if modality is Modality.RECOMMENDATION:
        return Stance.SHOULD_NOT if negated else Stance.SHOULD
    return Stance.MUST_NOT if negated else Stance.MUST


@lru_cache(maxsize=50_000)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in MODAL.split(text) if part and part.strip())


def own_part(rule: Rule) -> str:
    """The part of the rule's sentence that states it, with its condition: the one that has most of its words."""
    parts = _parts(rule.text)
    if not parts:
        return f"{rule.object}, {rule.condition}"
    if len(parts) == 1:
        return rule.text
    wanted = frozenset(content(f"{rule.action} {rule.object}"))
    first = frozenset(content(rule.action)[:1])
    chosen = max(
        parts, key=lambda part: (len(first & frozenset(content(part))), len(wanted & frozenset(content(part))))
    )
    said = frozenset(content(chosen))
    extra = [part for part in (*rule.condition.split(" ; "), rule.object) if not frozenset(content(part)) <= said]
    return ", ".join([chosen.strip(), *extra])


def _plain(text: str) -> tuple[str, bool]:
    """``text`` without the words that leave no case out, and whether there were any."""
    cut = ANYHOW.sub(" ", text)
    anyhow, cut = cut != text, REASON.sub(" ", cut)
    for pattern, marker in MARKERS:
        cut = pattern.sub(marker, cut)
    return cut, anyhow


def _cut(text: str) -> str:
    """``text`` without its quantities and dates: limits are compared as numbers, not as words."""
    for _, start, end in reversed(limits(text)):
        text = f"{text[:start]} , {text[end:]}" if text[end:].lstrip()[:1].isalpha() else f"{text[:start]} {text[end:]}"
    return DATE.sub(" ", text)


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


def _approvals(norm: Norm) -> Iterator[Norm]:
    """What a norm says of an approval: that it must be had, or need not.

    "must obtain the consent of X before they photograph Y" and "Y may be photographed without consent" state a duty and a
    waiver of the same approval; "X requires approval" states it of all that is done with X.
    """
    heads = {thing.head for thing in norm.things}
    if norm.stance is Stance.MAY and norm.slots.get("without", frozenset()) & APPROVAL:
        yield replace(norm, stance=Stance.NEED_NOT, act="approval", approval=norm.act)
    elif (
        norm.stance is Stance.MAY
        and norm.only
        and any(norm.slots.get(slot, frozenset()) & APPROVAL for slot in ("with", "after", "case"))
    ):
        yield replace(norm, stance=Stance.MUST, act="approval", approval=norm.act, only="")
    elif (
        norm.stance is Stance.MUST_NOT
        and (norm.slots.get("except", frozenset()) | norm.slots.get("without", frozenset())) & APPROVAL
    ):
        slots = {name: words for name, words in norm.slots.items() if name not in {"except", "without"}}
        yield replace(norm, stance=Stance.MUST, act="approval", approval=norm.act, slots=slots)
    elif heads & APPROVAL and norm.act in ASKS and norm.stance in {Stance.MUST, Stance.NEED_NOT}:
        yield from _asked(norm)


def _asked(norm: Norm) -> Iterator[Norm]:
    """The approval of an act named in "before they photograph the visitor", or of the thing that requires it."""
    text = norm.rule.text
    before = re.search(r"\bbefore\s+(?:they|he or she|it|he|she|we|you)?\s*([\w' -]+)", text)
    if before:
        words = [token.word for token in scan(before.group(1)) if token.word not in STOP_WORDS]
        if len(words) > 1:
            slots = {name: value for name, value in norm.slots.items() if name != "before"}
            yield replace(
                norm, act="approval", approval=act_of(words[0])[0], things=things(" ".join(words[1:])), slots=slots
            )
    elif norm.rule.actor and verb_key(norm.rule.action.split()[-1]) in {verb_key("require"), verb_key("need")}:
        yield replace(norm, act="approval", things=things(norm.rule.actor))
