"""Which phrases can say what became of the act, for the one who acts."""

import re

from generation import wording
from generation.cast import Agent, is_one_person
from generation.frames import Frame
from generation.situations import Act
from kg.model import Modality


def forbids(frame: Frame) -> bool:
    """Whether the rule is against the act."""
    return frame.modality == Modality.PROHIBITION or frame.negative


def phrases_for(act: Act, past: bool, agent: Agent) -> tuple[str, ...]:
    """All phrases, in the past or planned, for an act that was done or left undone."""
    third = not agent.first
    if act == Act.DONE:
        if past:
            return (*wording.DONE_PAST, *(wording.DONE_PAST_THIRD if third else ()))
        return (*wording.DONE_PLANNED, *(wording.DONE_PLANNED_THIRD if third else wording.DONE_PLANNED_FIRST))
    if past:
        return (*wording.OMITTED_PAST, *(wording.OMITTED_PAST_THIRD if third else ()))
    return wording.OMITTED_PLANNED


_ANIMATE = re.compile(
    r"\{p\}|\{P\}|asked|asks|tells|told|refuse|said no|remember|been asked|plan\}|confirmed it|suggested|was? asked|be_past\} asked|be_past\} pressed|forgot|mentions|question|thinking|want|would|rather|chose|decided|thought about|saw no need|see\} no need|said no|say no"
)


def fitting_phrases(pool: list[str], agent: Agent) -> list[str]:
    """The phrases that suit the one who acts: a thing or an office has no manager and remembers nothing."""
    if is_one_person(agent):
        return pool
    if agent.animate and agent.subject == "they":
        fitting = [
            text
            for text in pool
            if not re.search(r"tells|asks|remember|thought about|\{p\} manager|\{P\} manager", text)
        ]
    else:
        fitting = [text for text in pool if not _ANIMATE.search(text)]
    return fitting or pool
