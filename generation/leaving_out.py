"""Acts told without what decides: "disclosed a price" for "disclosed one bidder's price to another".

People who ask leave things out without a word about it. What is left of the act must be able to stand alone, and must not be
enough to judge by.
"""

import re

from generation.frames import Frame, hidden_act
from generation.grammar import (
    MASS_NOUNS,
    drop_any,
    head_position,
    is_gerund,
    is_participle,
    readings,
    singular,
    with_article,
)

_TAIL = re.compile(
    r"\s+(?:in|on|at|to|for|from|through|outside|inside|under|without|about|over|as|alone|by|of|with|into|before|after|"
    r"that|which|who|whose|whom|where|worth|wrongly|truthfully|directly|elsewhere|online)\b",
    re.IGNORECASE,
)
_INCOMPLETE = frozenset(
    ["put", "place", "set", "hand", "keep", "make", "have", "take", "enter", "bring", "leave", "pay", "bind", "tie", "subject", "treat", "use",
     "describe", "book", "let", "hold", "send", "transfer", "move", "add", "return"]
)  # fmt: skip
"""Verbs that ask for more than an object where a place, a way or a receiver follows it."""
_COMPLETE_TAIL = re.compile(
    r"\s+(?:that|which|who|whose|whom|worth|for|through|without|of|with|about)\b", re.IGNORECASE
)
_DETERMINED = frozenset(
    ["a", "an", "the", "any", "some", "this", "that", "these", "those", "all", "each", "every", "no"]
)


def left_out(frame: Frame) -> str:
    """The act of ``frame`` without what follows or tells apart its object, or with "something" for it; empty where neither
    can be said.
    """
    return _shortened(frame) or _bare(frame) or hidden_act(frame)


def _shortened(frame: Frame) -> str:
    """Verb and object alone where a place, a way, a receiver or a relative clause follows them."""
    words = frame.act.split()
    lead, rest = " ".join(words[: frame.verbs]), " ".join(words[frame.verbs :])
    if frame.verbs > 1 or not rest or re.search(r"\b(?:and|or)\b|[,;:]", rest):
        return ""
    tail = (_COMPLETE_TAIL if words[0].lower() in _INCOMPLETE else _TAIL).search(rest)
    if tail is None:
        return ""
    noun = rest[: tail.start()].strip()
    if not _stands_alone(noun):
        return ""
    return f"{lead} {drop_any(noun)}"


def _bare(frame: Frame) -> str:
    """The object without the adjective that tells it apart: "a controlled instrument" becomes "an instrument"."""
    words = frame.act.split()
    rest = words[frame.verbs :]
    if frame.verbs > 1 or len(rest) not in {2, 3} or re.search(r"\b(?:and|or)\b|[,;:]", " ".join(rest)):
        return ""
    article = rest[0] if rest[0].lower() in _DETERMINED else ""
    described = rest[1:] if article else rest
    if len(described) != 2 or described[0][:1].isupper():
        return ""
    found = readings(described[0])
    if ("ADJ" not in found and not is_participle(described[0])) or "NOUN" in found or not _stands_alone(described[1]):
        return ""
    noun = described[1]
    many = singular(noun) is not None or noun.lower() in MASS_NOUNS
    return f"{words[0]} {noun if many else with_article(noun)}"


def _stands_alone(noun: str) -> bool:
    words = noun.split()
    if (
        not words
        or len(words) > 5
        or words[0].lower() in {"what", "how", "who", "part", "one", "it", "them", "that", "this"}
    ):
        return False
    if re.match(r"(?:any|every|some|no)(?:one|body|thing)\b|least\b|at\b|\d", noun, re.IGNORECASE):
        return False
    head = words[head_position(words)]
    return "NOUN" in readings(head) and not is_gerund(head)
