"""What a rule asks people to have, and what follows from it: approvals, companions, tickets, leads.

A duty to have something and leave to do without it oppose each other though their sentences name different acts.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.conflicts_acts import GERUND, acts
from kg.conflicts_limits import Limit
from kg.conflicts_norms import Norm, Stance, stated_norm
from kg.conflicts_phrases import own_part
from kg.conflicts_terms import Thing, act_of, things
from kg.model import Modality, Rule
from kg.words import STOP_WORDS, content, scan, verb_key

APPROVAL = frozenset(
    verb_key(word) for word in ["approval", "consent", "permission", "authorisation", "authorization", "agreement"]
)
ASKS = frozenset(verb_key(word) for word in ["obtain", "get", "seek", "require", "need", "have", "receive"])
UNCLEAR = re.compile(
    r"\b(?:may|might)(?: not)? have \w+(?:ed|en|wn)\b|\b(?:shall|must|will|should|may) no longer\b", re.IGNORECASE
)
"""What is no norm ("we may not have kept it"), or whose polarity a frame does not show."""
ANAPHOR = re.compile(r"(?:such|that|those|these|it|them|same)\b", re.IGNORECASE)
"""An object that only its neighbourhood explains."""


def norms(rule: Rule) -> Iterator[Norm]:
    """What a rule states: its act, and what follows from it about approval."""
    if rule.modality is Modality.DEFINITION or not rule.action:
        return
    if UNCLEAR.search(rule.text) or ANAPHOR.match(rule.object):
        return
    for place, one in enumerate(acts(rule)):
        stated = stated_norm(rule, one)
        yield stated
        if not place:
            yield from _approvals(stated)
            yield from _companions(stated)


def _approvals(norm: Norm) -> Iterator[Norm]:
    """What a norm says of an approval: that it must be had, or need not.

    "must obtain the consent of X before they photograph Y" and "Y may be photographed without consent" state a duty and a
    waiver of the same approval; "X requires approval" states it of all that is done with X.
    """
    heads = {thing.head for thing in norm.things}
    if norm.stance is Stance.MAY and norm.slots.get("without", frozenset()) & APPROVAL:
        slots = {name: words for name, words in norm.slots.items() if name != "without"}
        yield replace(
            norm, stance=Stance.NEED_NOT, act="approval", approval="" if norm.act == "have" else norm.act, slots=slots
        )
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


HAVING = "have with one"
COMPANIONS = frozenset(map(verb_key, ("wear", "carry", "bring", "show", "use", "hold", "present", "produce", "have")))
WITHOUT = re.compile(
    r"\bwithout\s+([\w'-]+(?: [\w'-]+){0,4}?)(?=\s*(?:$|[,.;]|(?:if|when|unless|from|in|on|at|after|before|for|to)\b))",
    re.IGNORECASE,
)


ALONE = re.compile(
    r"\b(?:by (?:themselves|himself|herself|yourself)|alone|on their own|unaccompanied|unsupervised)\b", re.IGNORECASE
)
COMPANY = (Thing("company", frozenset()),)
"""What somebody has who is not alone."""
TIED = re.compile(
    r"\b(?:on|in|with) (?:an? |the )?((?!place|order|time|hand)[\w'-]+(?: [\w'-]+)?)(?= at all times|[.,;]|$)",
    re.IGNORECASE,
)
"""By what a thing is held or kept: "on a lead"."""
HELD = frozenset(map(verb_key, ("keep", "carry", "transport", "hold", "lead")))
NEEDING = frozenset(map(verb_key, ("require", "need")))


def _needed(norm: Norm) -> Iterator[Norm]:
    """As in "fishing requires a ticket": who fishes must have one."""
    deed = GERUND.match(norm.rule.actor)
    if deed is None or norm.act not in NEEDING or norm.stance not in {Stance.MUST, Stance.NEED_NOT}:
        return
    who = replace(norm.rule, actor="")
    slots = dict(norm.slots)
    if where := frozenset(content(deed.group(2))):
        slots["place"] = slots.get("place", frozenset()) | where
    yield replace(norm, rule=who, act=HAVING, approval=act_of(deed.group(1))[0], limits=(), slots=slots)


def _alone(norm: Norm) -> Iterator[Norm]:
    """Who must be accompanied must not be alone; what must be kept on a lead must have one."""
    if norm.stance is Stance.MUST and norm.act == verb_key("accompany") and norm.rule.object:
        who = replace(norm.rule, actor=norm.rule.object)
        yield replace(norm, rule=who, act=HAVING, things=COMPANY, limits=_ages(norm), flipped=False)
    elif norm.stance in {Stance.MAY, Stance.MUST_NOT} and norm.actor and ALONE.search(own_part(norm.rule)):
        stance = Stance.NEED_NOT if norm.stance is Stance.MAY else Stance.MUST
        slots = {name: words for name, words in norm.slots.items() if name != "with"}
        yield replace(norm, stance=stance, act=HAVING, things=COMPANY, slots=slots, limits=_ages(norm), flipped=False)
    elif norm.stance is Stance.MUST and norm.act in HELD and not norm.actor and norm.rule.object:
        found = TIED.search(own_part(norm.rule))
        if found:
            who = replace(norm.rule, actor=norm.rule.object)
            slots = {name: words for name, words in norm.slots.items() if name not in {"place", "with"}}
            yield replace(
                norm, rule=who, act=HAVING, things=things(found.group(1)), slots=slots, limits=(), flipped=False
            )


def _ages(norm: Norm) -> tuple[Limit, ...]:
    return tuple(limit for limit in norm.limits if limit.role == "age")


def _companions(norm: Norm) -> Iterator[Norm]:
    """What somebody must have or be accompanied by, and need not: "may come without an adult" frees from the adult."""
    yield from _needed(norm)
    yield from _alone(norm)
    if norm.stance is Stance.MAY and norm.slots.get("without") and not norm.slots["without"] & APPROVAL:
        found = WITHOUT.search(norm.rule.text)
        if found and (having := things(found.group(1))) and norm.actor:
            slots = {name: words for name, words in norm.slots.items() if name != "without"}
            if where := frozenset(word for thing in norm.things for word in thing.words):
                slots["place"] = slots.get("place", frozenset()) | where
            yield replace(
                norm,
                stance=Stance.NEED_NOT,
                act=HAVING,
                things=having,
                slots=slots,
                limits=(),
                flipped=False,
                approval=norm.act,
            )
    elif norm.stance is Stance.MUST and norm.act in COMPANIONS and norm.actor and norm.things:
        yield replace(norm, act=HAVING, limits=(), flipped=False)
    elif norm.stance is Stance.MUST and norm.act == verb_key("accompany") and norm.actor and norm.things:
        who = replace(norm.rule, actor=norm.rule.object)
        yield replace(norm, rule=who, act=HAVING, things=things(norm.actor), limits=(), flipped=False)


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
        yield replace(norm, rule=replace(norm.rule, actor=""), act="approval", things=things(norm.rule.actor))
