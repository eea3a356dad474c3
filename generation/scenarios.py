"""Cases about a rule, written without a model: for each rule triples of minimal twins over the three verdicts.

The circumstances (who, where, when; :mod:`generation.manners`) are drawn once per triple, before the verdict is looked
at; the twins (:mod:`generation.twins`) then differ in the pivot's fact alone. Telling is plain: what somebody did or
wants to do, and the fact that decides; where it is left out, now and then a sentence says that it is open.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from generation.act_phrases import forbids
from generation.frames import Frame, is_person, substituted
from generation.grammar import inflect_verb_phrase
from generation.leaving_out import left_out
from generation.manners import NO_KINDS, Kinds, Manner, by_hearsay, draw_manner, with_actor
from generation.plainness import plain
from generation.quoting import BRIEF, SHORT, WHOLE, quote_of
from generation.reasons import reason
from generation.recasting import recast
from generation.rewording import reworded
from generation.situations import Act, Situation, choose_pivot, triple
from generation.substitutes import countable, kinds_of
from generation.telling import one_of_list
from generation.twins import Twin
from kg.model import Modality, Verdict

_SUBSTITUTED, _HIDDEN, _REWORDED = 0.5, 0.3, 0.3
"""Shares of the triples with a kind in the place of a thing; of the open acts that are told in part rather than by
hearsay, where both are possible; and of the free triples that tell the act in other words than the rule's."""
_SAYING = 4
"""Words that an act told in part must have: "used the Meridian name", not "poured a chemical"."""


@dataclass(frozen=True, slots=True)
class Written:
    """A case with its answer, before context is retrieved."""

    question: str
    reason: str
    verdict: Verdict
    rule_id: str
    pivot: str


def write_triple(
    frame: Frame, turn: int, rng: random.Random, known: Kinds = NO_KINDS, *, free: bool = False
) -> dict[Verdict, Written]:
    """The ``turn``-th triple of twins for ``frame``. Total: each verdict always gets a case.

    ``known`` gives the kinds that may stand for a thing (:func:`generation.substitutes.kinds`). Where ``free``, some
    triples tell the act in other words than the rule's, so that the ledger may not find the rule in them.
    """
    if not frame.quote and frame.modality != Modality.DEFINITION and not plain(frame):
        return quoted_triple(frame, turn, rng)
    frame = recast(frame, rng) or frame
    pivot, fact = choose_pivot(frame, turn, rng)
    situations = triple(frame, pivot, fact, rng)
    manner = draw_manner(frame, pivot, rng, known)
    dressed = (
        frame
        if frame.turned
        else replace(frame, **_QUOTED[_stance(frame)])
        if frame.quote
        else dress(frame, known, rng)
    )
    if free and not (dressed.quote or dressed.turned) and dressed.limit is None:
        dressed = replace(dressed, act=one_of_list(dressed.act, dressed.verbs, rng))
    if free and not (dressed.quote or dressed.turned) and rng.random() < _REWORDED:
        act, verbs = reworded(dressed.act, dressed.verbs, rng)
        dressed = replace(dressed, act=act, verbs=verbs)
    manner = _suited(dressed, situations, manner, rng)
    told, manners = {}, {}
    for verdict, situation in situations.items():
        manners[verdict] = with_actor(manner, situation.outsider)
        told[verdict] = Twin(dressed, situation, manners[verdict]).question()
    return {
        verdict: Written(
            told[verdict],
            reason(frame, situation, told[verdict], manners[verdict]),
            verdict,
            frame.rule.id,
            _form(frame, situation, manners[verdict]),
        )
        for verdict, situation in situations.items()
    }


def _suited(frame: Frame, situations: Mapping[Verdict, Situation], manner: Manner, rng: random.Random) -> Manner:
    """``manner`` by which all three can be told: where one of them leaves the act open, in part or by hearsay."""
    if any(situation.act == Act.UNKNOWN for situation in situations.values()):
        thin = "" if frame.quote or frame.turned else left_out(frame)
        if not forbids(frame) and len(thin.split()) >= _SAYING and not _LOOSELY.search(thin) and rng.random() < _HIDDEN:
            return manner
    elif not (frame.turned or (frame.quote and not frame.facts)):
        return manner
    return by_hearsay(manner, frame, rng)


def _stance(frame: Frame) -> str:
    return "against" if forbids(frame) else "keep"


_QUOTED: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "keep": {"act": "keep to this rule", "verbs": 1, "noun": "", "limit": None, "deadline": None},
        "against": {"act": "go against this rule", "verbs": 1, "noun": "", "limit": None, "deadline": None},
    }
)
"""What somebody does with a rule that is told in its own words."""


def quoted_triple(frame: Frame, turn: int, rng: random.Random) -> dict[Verdict, Written]:
    """A triple that quotes the rule in its own words, for a rule whose parts could not all be told."""
    return _quoting(frame, turn, rng, quote_of(frame.rule, (SHORT, WHOLE, BRIEF)[turn % 3]))


def _quoting(frame: Frame, turn: int, rng: random.Random, quote: str, *, topic: bool = False) -> dict[Verdict, Written]:
    quoted = replace(
        frame, facts=(), limit=None, deadline=None, only=False, scope=False, reserved=False, quote=quote, topic=topic
    )
    return write_triple(quoted, turn, rng)


def plain_triple(frame: Frame, turn: int, rng: random.Random) -> dict[Verdict, Written]:
    """A triple that names the rule's actor, action and object, for a sentence that does not do so in few words."""
    rule = frame.rule
    action = rule.action.removeprefix("not ").strip() or "deal with"
    act = inflect_verb_phrase(f"{action} {rule.object}".strip(), "ing", len(action.split()))
    about = re.sub(r"[\"“”{}:]", "", f"{rule.actor} and {act}" if rule.actor else act)
    return _quoting(frame, turn, rng, about, topic=True)


def dress(frame: Frame, known: Kinds, rng: random.Random) -> Frame:
    """In some of the triples the frame with a kind in the place of what its act speaks of."""
    if not known or frame.quote or rng.random() >= _SUBSTITUTED:
        return frame
    object_ = re.split(
        r" (?:that|which|who|whom|whose|in|by|into|through) ", " ".join(frame.act.split()[frame.verbs - 1 :])
    )[0]
    old, _, choices = kinds_of(object_, known)
    if not old or (old.lower() in {"cash", "money"} and frame.limit is not None):
        return frame
    new = rng.choice(choices)
    if f"{old} who " in frame.act and not is_person(new.rsplit(maxsplit=1)[-1]):
        return frame
    return substituted(frame, old, new, counted=countable(new))


def _form(frame: Frame, situation: Situation, manner: Manner) -> str:
    """The name of the form of a case, by which it is counted."""
    if frame.turned:
        return f"turned/{situation.act}"
    if frame.quote:
        return f"quote/{situation.act}"
    told = "hearsay" if manner.heard else situation.pivot
    return f"{told}/{situation.act}"


_LOOSELY = re.compile(r"\bsome(?:thing|body)\b")
