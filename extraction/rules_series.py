"""Verbs in a series and the object that they share: "use or disclose X", "copy, modify and create works based on X"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_clauses import Clause

if TYPE_CHECKING:
    from extraction.rules_frame import Frame

_INTRANSITIVE = word_set(
    "smoke drink eat gamble swim sing dance run shout sleep object stop act work vote reply cooperate comply sleep wait remain resign teach proceed apologise speak"
)
_CREATING = word_set("create make prepare produce develop write build draft compose")
_SOURCE = re.compile(r"^[^,;]*?\b(?:based (?:up)?on|of|from)\s+(?:the |any |an? )?(?P<source>.+)$", re.IGNORECASE)
_OF = re.compile(r"^(?P<noun>[\w’'-]+) of (?:the |any |an? )?(?P<rest>.+)$", re.IGNORECASE)
_HOLDING = word_set("hold keep render leave")
_STATE = re.compile(r"\s+(?:harmless|confidential|secret|safe|open|closed|locked|available|intact)\b.*$", re.IGNORECASE)
_OF_DEED = ("ment", "tion", "sion", "al", "ance", "ence", "ure", "ing")


def share_objects(clause: Clause, frames: "list[Frame]") -> "list[Frame]":
    """A verb directly before its siblings takes the object of the nearest that has one; circumstances are shared."""
    shared = list(frames)
    for position in range(len(shared) - 2, -1, -1):
        frame, nearest = shared[position], shared[position + 1]
        if not frame.object and not frame.passive and frame.action not in _INTRANSITIVE and _is_bare(frame):
            named = clause.verbs[position].pos_ in {"VERB", "NOUN", "ADJ"} and frame.action.split()[-1] != "be"
            taken = _shared_object(frame, frames[position + 1 :]) if named else ""
            shared[position] = replace(frame, object=taken)
        if frame.passive and nearest.passive and not frame.actor and _is_bare(frame):
            shared[position] = replace(shared[position], actor=nearest.actor)  # "assigned or transferred by X"
        between = _between(clause, position) and bool(frames[position].object)
        if (
            nearest.condition
            and not _of_verb(nearest)
            and not between
            and (not frame.condition or not frames[position].object)
        ):
            shared[position] = replace(shared[position], condition=nearest.condition, authority=nearest.authority)
        if nearest.open_slot and not shared[position].open_slot:
            shared[position] = replace(shared[position], open_slot=nearest.open_slot)
    return shared


_KEEPING = word_set("block bar exclude remove suspend prevent prohibit ban stop disqualify protect")


def _of_verb(frame: "Frame") -> bool:
    """As in "withhold money and block X from Y", "check A and keep data on B using C": what the second verb alone leads to."""
    if frame.condition.lower().startswith("using "):
        return True
    return frame.action.split()[-1] in _KEEPING and frame.condition.lower().startswith("from ")


def with_shared(frames: "list[Frame]", tail: str) -> "list[Frame]":
    """``frames`` with the phrase behind the last of them as a condition of those before it that have none of the kind."""
    if not tail:
        return frames
    told = [replace(f, condition=" ; ".join(x for x in (f.condition, tail) if x)) for f in frames[:-1]]
    return [*told, frames[-1]]


def _between(clause: Clause, position: int) -> bool:
    """As in "specify X and, where applicable, identify Y": the condition stands behind the conjunction, before the second verb."""
    first, second = clause.verbs[position], clause.verbs[position + 1]
    doc = first.doc
    return any(
        first.i < s.start < second.i and doc[s.start - 2].pos_ == "CCONJ" and doc[s.start - 1].text == ","
        for s in clause.scope
        if s.kind == "condition"
    ) and not any(s.start > second.i for s in clause.scope)


def _is_bare(frame: "Frame") -> bool:
    """Whether nothing but the verb and its particle stands before the next verb."""
    return len(frame.extent.split()) <= len(frame.action.removeprefix("not ").split()) + 1


def _shared_object(frame: "Frame", later: "Sequence[Frame]") -> str:
    """What ``frame`` acts on: the next object of its series, but not what a verb of making brings forth.

    In "modify, create works based on X" it is X that is modified; in "pay, or authorize payment of X" it is X that is paid.
    """
    for position, sibling in enumerate(later):
        if not sibling.object:
            if not _is_bare(sibling):
                return ""
            continue
        if sibling.action in _CREATING and frame.action not in _CREATING:
            source = _SOURCE.match(sibling.object) or _SOURCE.match(sibling.extent)
            if source is not None:
                return source.group("source").strip(" .,;")
            return _shared_object(frame, later[position + 1 :])
        deed = _OF.match(sibling.object)
        if deed is not None and deed.group("noun").lower() in _COPIES and frame.action in _LOOKING:
            return deed.group("rest")  # "inspect and obtain a copy of the file"
        if deed is not None and _names_deed(deed.group("noun").lower(), frame.action):
            return deed.group("rest")
        led = _led([frame, *later[:position]])
        behind = sibling.object.partition(f" {led} ")[2] if led else ""
        if behind:
            return re.sub(r"^(?:the|any|an?) ", "", behind)  # "hurt, act against, or take steps against X"
        own = _STATE.sub("", sibling.object)  # "defend and hold us harmless" defends us
        return own if sibling.action in _HOLDING and frame.action not in _HOLDING else sibling.object
    return ""


def _led(between: "Sequence[Frame]") -> str:
    """The preposition of a verb without an object between two others, which all of them lead to one noun by."""
    led = (frame.action.rpartition(" ")[2] for frame in between if " " in frame.action)
    return next((word for word in led if word in _LEADING), "")


_LEADING = frozenset({"against", "with", "from"})


_COPIES = frozenset({"copy", "copies", "printout", "transcript"})
_LOOKING = frozenset({"inspect", "access", "review", "view", "read", "see", "examine"})


def _names_deed(noun: str, action: str) -> bool:
    """Whether the noun is the verb's own deed: "payment" of "pay" and of "offer to pay"."""
    stem = action.rsplit(maxsplit=1)[-1].rstrip("e")
    return len(stem) > 2 and noun.startswith(stem) and noun.endswith(_OF_DEED)
