"""How the three twins of a triple are told: the circumstances, drawn once and before the verdict is looked at."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from generation import wording
from generation.cast import Agent, Cast, agent_for, body, draw, is_one_person, person
from generation.frames import Frame
from generation.grammar import readings
from generation.lexicon import BODIES
from generation.situations import Pivot

Kinds = Mapping[str, tuple[str, ...]]
"""The kinds that may stand for a thing, by its name."""
NO_KINDS: Kinds = MappingProxyType({})
_PREFIXED, _OPENLY = 0.16, 0.03
"""Shares of the triples with a prefix, and of those whose open twin says
that the deciding fact is open."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the three twins of a triple are told; drawn without regard to the verdict."""

    cast: Cast
    past: bool
    prefix: str
    closing: str
    facts_first: bool
    joined: bool
    openly: bool
    seed: int
    heard: bool = False
    """Whether the act is told by hearsay (:mod:`generation.hearsay`)."""

    def rng(self, purpose: str) -> random.Random:
        """A stream of draws that the twins share, so that they choose alike."""
        return random.Random(f"{self.seed}:{purpose}")


def draw_manner(frame: Frame, pivot: Pivot, rng: random.Random, known: Kinds) -> Manner:
    """The manner of a triple of ``frame`` that turns on ``pivot``; ``known`` gives roles for an employee."""
    first = rng.random() < 0.3
    actor = frame.actor
    roles = [
        role for role in known.get("employee", ()) if re.fullmatch(r"[a-z ]+", role) and "team" not in role.split()
    ]
    if roles and not first and re.fullmatch(r"(?:the )?employees?|", actor.lower()) and rng.random() < 0.2:
        actor = rng.choice(roles)
    agent = agent_for(actor, rng, first_person=first)
    if frame.quote and not (
        is_one_person(agent) or (agent.animate and agent.subject == "it" and not _thing(agent))
    ):  # no thing keeps to a rule
        ours = agent.subject == "we"
        somebody = person(rng)
        # whoever is to be a director or a supplier is no lab technician
        somebody = replace(somebody, intro=somebody.short) if agent.plural_verb and not ours else somebody
        actor, agent = ("the company", body("the company")) if ours else ("", somebody)
        frame = replace(frame, actor=actor)
    past = rng.random() < 0.65
    if (
        frame.quote
        or pivot == Pivot.DEADLINE
        or frame.deadline is not None
        or any(fact.style != "approval" for fact in frame.facts)
    ):
        past = True
    prefix = (
        rng.choice(wording.PREFIXES_FIRST if agent.first else wording.PREFIXES)
        if rng.random() < _PREFIXED
        else "{case}"
    )
    if frame.quote and prefix.startswith("Hotline"):  # which quotes no policy
        prefix = "{case}"
    closing = rng.choice(wording.CLOSING_PAST if past else wording.CLOSING_PLANNED)
    if not is_one_person(agent) and "{a}" in closing:
        closing = "Is that in order?"
    return Manner(
        _timeless(draw(agent, rng), frame), past, prefix, closing, rng.random() < 0.75, rng.random() < 0.4, rng.random() < _OPENLY, rng.randrange(1 << 30),
    )  # fmt: skip


def with_actor(manner: Manner, outsider: str) -> Manner:
    """``manner`` with somebody else in the place of the one whom the rule allows the act."""
    if not outsider:
        return manner
    found = manner.rng("outsider")
    other = person(found)
    agent = (
        replace(other, intro=f"{other.short} from {manner.cast.unit}")
        if outsider == "other"
        else replace(other, intro="a colleague", short="the colleague")
    )
    return replace(manner, cast=replace(manner.cast, agent=agent))


def by_hearsay(manner: Manner, frame: Frame, rng: random.Random) -> Manner:
    """``manner`` for an act told by hearsay, never the teller's own: of one's own acts one knows."""
    cast = manner.cast
    if cast.agent.first and not cast.agent.plural_verb:
        taken = {cast.colleague, cast.teller.split()[0]}
        while (agent := agent_for("" if frame.quote else frame.actor, rng, first_person=False)).short in taken:
            pass
        cast = replace(cast, agent=agent)
    # who calls the hotline reports what he saw, and no hearsay
    prefix = "{case}" if manner.cast.agent.first or manner.prefix.startswith("Hotline") else manner.prefix
    closing = manner.rng("closing").choice(wording.CLOSING_HEARD) if manner.closing else ""
    return replace(manner, cast=cast, past=True, heard=True, prefix=prefix, closing=closing)


def _thing(agent: Agent) -> bool:
    """Whether a word that opens a sentence is what is taken for the name of a body: "Water, tea and coffee need no approval"."""
    word = agent.intro.lower()
    return agent.intro.istitle() and "NOUN" in readings(word) and word not in BODIES


_ELAPSED = re.compile(r"yesterday|last (?:week|month)|ago$")


def _timeless(cast: Cast, frame: Frame) -> Cast:
    """``cast`` with a day that says nothing of how long something took, for a rule with a limit of time."""
    return replace(cast, day="on Tuesday") if _timed(frame) and _ELAPSED.search(cast.day) else cast


def _timed(frame: Frame) -> bool:
    return frame.deadline is not None or any(limit.unit.split()[-1] in _SPANS for limit in frame.rule.thresholds)


_SPANS = frozenset({"minute", "hour", "day", "week", "month", "year"})
