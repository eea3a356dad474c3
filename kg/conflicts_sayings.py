"""What a rule's sentence says, read for comparing it with sentences in other words: stance, act, circumstances, limits.

Frames of two documents seldom share a verb ("the fee may be refunded", "refunds require approval"); their sentences can be
compared by likeness once what decides about a conflict has been taken out of them: whether they demand, forbid, let or
excuse, in which case, with which exception, and within which limits.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kg.conflicts_bounds import Bound, bounds
from kg.conflicts_cues import (
    ALONE,
    ASKS,
    BAN,
    CASE,
    DUTY,
    ENOUGH,
    EXCEPTION,
    EXCUSE,
    JOINT,
    KINDS,
    LABEL,
    LEAVE,
    MODAL,
    NORM_BEGINS,
    ONLY,
    SLOT,
    STANCE_WORDS,
    VERB,
    WAIVES,
)
from kg.conflicts_phrases import SLOTS
from kg.model import Clause, Modality, Rule
from kg.words import STOP_WORDS, content, scan, verb_key


class Force(Enum):
    """What a sentence says of its act; ``ONLY`` lets it in one case, or one party, alone."""

    DUTY = "requires"
    BAN = "forbids"
    LEAVE = "permits"
    EXCUSE = "excuses from"
    ONLY = "permits only in its own case"


@dataclass(frozen=True, slots=True)
class Saying:
    """``text`` is the rule's own part of its sentence; ``act`` what is done, without who must and in which case.

    ``case`` are the circumstances in which it holds, ``exception`` those in which it does not; ``words`` the keys of the
    act's and the cases' content words; ``alone`` that it lets somebody act alone or without something, ``joint`` that it asks
    for more than one, ``anyhow`` that it leaves no case out.
    """

    rule: Rule
    text: str
    force: Force
    act: str
    case: str
    exception: str
    verb: str
    words: tuple[str, ...]
    waives: bool
    asks: bool
    given: bool
    bounds: tuple[Bound, ...]
    alone: bool = False
    joint: bool = False
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain: bool = False


POLITE = frozenset(("please", "also", "always", "never", "not", "do", "then", "and", "or"))
"""Words before the verb of an order."""


def saying(rule: Rule, clause: Clause | None = None) -> Saying:
    """The rule's own part of its sentence, taken apart."""
    text = own_text(rule, clause)
    force = force_of(text, rule)
    found = EXCEPTION.search(text)
    exception = " ".join(found["exception"].split()) if found else ""
    rest = text[: found.start()] + text[found.end() :] if found else text
    cases = [match["case"] for match in CASE.finditer(rest)]
    act = rest
    for case in cases:
        act = act.replace(case, " ", 1)
    bare = " ".join(STANCE_WORDS.sub(" ", act).strip(" .,;:").split())
    bare = re.sub(r"\s+([,;.])", r"\1", bare)
    known = keys(text)
    if len(known) < ENOUGH:  # "anything above 50 requires approval" is explained by the rest of its sentence
        text = LABEL.sub("", rule.text)
        known = keys(text)
    return Saying(
        rule, text, force, bare or text, " ".join(cases), exception, _verb(rest, rule), known,
        WAIVES.search(text) is not None, ASKS.search(WAIVES.sub(" ", text)) is not None, ASKS.search(WAIVES.sub(" ", " ".join(cases))) is not None, bounds(text),
        ALONE.search(text) is not None, JOINT.search(text) is not None, slots_in(act),
        not _norm(text) and not _orders(text, rule),
    )  # fmt: skip


def _verb(text: str, rule: Rule) -> str:
    """The verb of the norm: the word after its modal, else the frame's."""
    found = VERB.search(text)
    if found and found["verb"].lower() not in STOP_WORDS:
        return found["verb"].lower()
    return rule.action.removeprefix("not ").partition(" ")[0].lower()


def own_text(rule: Rule, clause: Clause | None) -> str:
    """The rule's part of its sentence without its label, and without a lead-in where it states a norm of its own."""
    part = LABEL.sub("", _part(rule))
    if clause is not None and clause.lead_in and (lead := clause.lead_in.strip()) and part.startswith(lead):
        own = part[len(lead) :].strip(" :;-–")
        if own and (not re.search(rf"\b{MODAL}", lead) or LEAVE.search(own) or DUTY.search(own) or BAN.search(own)):
            part = own
    return part


def _part(rule: Rule) -> str:
    """The part of the sentence that holds most of the rule's words."""
    parts = [part for part in NORM_BEGINS.split(rule.text) if part and part.strip()]
    if len(parts) < 2:
        return rule.text
    wanted = frozenset(content(f"{rule.actor} {rule.action} {rule.object}"))
    return max(parts, key=lambda part: (len(wanted.intersection(content(part))), _norm(part))).strip()


def _norm(part: str) -> bool:
    return any(form.search(part) for form in (DUTY, LEAVE, BAN, EXCUSE))


def _orders(text: str, rule: Rule) -> bool:
    """Whether a sentence orders in the imperative: "Include your address", "please contact us"."""
    words = [token.word for token in scan(text) if token.word not in POLITE]
    return bool(words) and verb_key(words[0]) in map(verb_key, rule.action.lower().split()[:1])


def force_of(text: str, rule: Rule) -> Force:
    """What the sentence says of its act: by its words first, since a frame's modality may belong to another verb."""
    only = ONLY.search(text) is not None
    if EXCUSE.search(text) and not (BAN.search(EXCUSE.sub(" ", text)) and not LEAVE.search(text)):
        return Force.EXCUSE
    if BAN.search(EXCEPTION.sub(" ", text)) or (rule.modality is Modality.PROHIBITION and not LEAVE.search(text)):
        return Force.BAN
    if LEAVE.search(text) and (not DUTY.search(text) or rule.modality is Modality.PERMISSION):
        return Force.ONLY if only else Force.LEAVE
    if rule.modality is Modality.PERMISSION:
        return Force.EXCUSE if rule.action.startswith("not ") else Force.ONLY if only else Force.LEAVE
    # "only refunds above 300 have to be signed off" is a duty; "shall be given by the nurse only" shuts the others out.
    return Force.ONLY if only and not re.match(r"\W*only\b", text, re.IGNORECASE) else Force.DUTY


def keys(text: str) -> tuple[str, ...]:
    """The keys of the content words of ``text``, each once, in order."""
    found = [
        token.word
        for token in scan(text)
        if token.word not in STOP_WORDS and token.word not in SLOTS and not token.word.isdigit() and len(token.word) > 1
    ]
    return tuple(dict.fromkeys(found))


def slots_in(text: str) -> dict[str, tuple[str, ...]]:
    """The content words of the phrases of ``text`` by what their preposition says."""
    found: dict[str, tuple[str, ...]] = {}
    for match in SLOT.finditer(text):
        words = keys(match["words"])
        slot = KINDS.get(match["slot"].lower(), "place")
        if words:
            found[slot] = (*found.get(slot, ()), *words)
    return found
