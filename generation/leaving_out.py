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
     "describe", "book", "let", "hold", "send", "transfer", "move", "add", "return", "strike"]
)  # fmt: skip
"""Verbs that ask for more than an object where a place, a way or a receiver follows it."""
_WHOLE = frozenset(
    [
        "tell",
        "have",
        "keep",
        "tolerate",
        "require",
        "provide",
        "obtain",
        "seek",
        "choose",
        "hear",
        "own",
        "make",
        "set",
        "say",
        "refuse",
        "inform",
    ]
)
"""Verbs whose object says little without what follows it."""
_EVERY = re.compile(r"\s*(?:any|all|every|each|no)(?:one|body|thing)?\b", re.IGNORECASE)
_COMPLETE_TAIL = re.compile(
    r"\s+(?:that|which|who|whose|whom|worth|for|through|without|of|with|about)\b", re.IGNORECASE
)
_DETERMINED = frozenset(
    ["a", "an", "the", "any", "some", "this", "that", "these", "those", "all", "each", "every", "no"]
)


def left_out(frame: Frame) -> str:
    """The act of ``frame`` without what follows or tells apart its object; empty where nothing can be left out."""
    return _shortened(frame) or _bare(frame) or _hidden(frame)


def _hidden(frame: Frame) -> str:
    """The act with "something" or "somebody" for its object, where people say so: "sold something", not "wore something"."""
    if frame.act.split()[0].lower() not in _LOOSE or re.search(
        r"\ba (?:something|somebody)\b", hidden := hidden_act(frame)
    ):
        return ""
    return hidden if len(hidden.split()) <= 7 and not re.search(r"\bany\b|\bto do\b|something \w+ed\b", hidden) else ""


_LOOSE = frozenset(
    ["accept", "give", "take", "receive", "share", "send", "store", "forward", "disclose", "publish", "delete", "destroy", "alter", "remove",
     "report", "sign", "approve", "buy", "sell", "rent", "pay", "offer", "promise", "install", "copy", "hire", "employ", "promote",
     "supervise", "review", "claim", "donate", "register", "enter", "record", "lend", "borrow", "post", "upload", "download", "collect", "process",
     "investigate", "examine", "read", "change", "repair", "replace", "export", "ship", "order", "bypass", "correct", "check", "confirm",
     "issue", "cancel", "return", "repay", "modify", "distribute", "reproduce", "transfer", "access", "submit", "backdate", "announce", "grant",
     "punish", "consult", "invite", "visit", "protect", "release"]
)  # fmt: skip
"""Verbs of which people say that somebody did it to something, or to somebody, without saying to what."""
_APART = re.compile(r"(?:that|which|who|whose|whom|of|from|about|worth)\b", re.IGNORECASE)


def tells_apart(frame: Frame) -> bool:
    """Whether what :func:`left_out` leaves out says which things are meant, rather than how, where or for how long."""
    short = left_out(frame)
    words, kept = frame.act.split(), short.split()
    left = words[len(kept) :] if frame.act.startswith(short) else []
    return not left or bool(_APART.match(left[0]))


def _shortened(frame: Frame) -> str:
    """Verb and object alone where a place, a way, a receiver or a relative clause follows them."""
    words = frame.act.split()
    lead, rest = " ".join(words[: frame.verbs]), " ".join(words[frame.verbs :])
    if frame.verbs > 1 or words[0].lower() in _WHOLE or not rest or re.search(r"\b(?:and|or)\b|[,;:]", rest):
        return ""
    tail = (_COMPLETE_TAIL if words[0].lower() in _INCOMPLETE else _TAIL).search(rest)
    if tail is None:
        return ""
    noun = rest[: tail.start()].strip()
    if (
        not _stands_alone(noun)
        or _EVERY.match(rest[tail.end() :])
        or re.match(r"in advance\b", rest[tail.start() :].strip())
    ):
        return ""
    return f"{lead} {drop_any(noun)}"


def _bare(frame: Frame) -> str:
    """The object without the adjective that tells it apart: "a controlled instrument" becomes "an instrument"."""
    words = frame.act.split()
    rest = words[frame.verbs :]
    if (
        frame.verbs > 1
        or words[0].lower() in _WHOLE
        or len(rest) not in {2, 3}
        or re.search(r"\b(?:and|or)\b|[,;:]", " ".join(rest))
    ):
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
    if is_participle(words[-1]) or words[-1].lower() in {"at", "in", "on", "to", "for", "with", "of", "clear"}:
        return False
    head = words[head_position(words)]
    return "NOUN" in readings(head) and not is_gerund(head)
