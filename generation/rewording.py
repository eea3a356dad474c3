"""How people at work speak of what a policy calls by another name: "disclose" is to let people know about something.

A rule's verb stands in the ledger's own words in one case of each verdict; further cases may tell the act as people do, so
that what is learned is the act and not the verb. Each phrase takes the verb's object after it. General English of offices
and shops, none of it a policy's own.
"""

import random
from collections.abc import Mapping
from types import MappingProxyType

from generation.grammar import is_gerund

SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "access": ("open", "get into"),
        "alter": ("change", "rework"),
        "approve": ("sign off",),
        "assign": ("hand over", "pass on"),
        "backdate": ("put an earlier date on",),
        "bypass": ("get round", "work round"),
        "call": ("telephone",),
        "cancel": ("call off",),
        "change": ("alter",),
        "check": ("look over", "go through"),
        "claim": ("ask for", "put in for"),
        "collect": ("gather",),
        "complete": ("finish",),
        "conceal": ("hide",),
        "consult": ("ask", "talk to"),
        "contact": ("ring", "write to", "get in touch with"),
        "contribute": ("give",),
        "copy": ("take a copy of",),
        "correct": ("fix",),
        "create": ("make", "draw up"),
        "delete": ("wipe", "get rid of"),
        "destroy": ("get rid of",),
        "disclose": ("pass on", "give away"),
        "discuss": ("talk about",),
        "display": ("show",),
        "distribute": ("hand out", "send round"),
        "donate": ("give", "hand over"),
        "drive": ("be at the wheel of",),
        "employ": ("take on",),
        "examine": ("look through", "go through"),
        "exceed": ("go over",),
        "export": ("ship abroad", "send abroad"),
        "forward": ("send on", "pass on"),
        "give": ("hand over",),
        "hire": ("take on", "give a job to"),
        "inform": ("tell", "write to"),
        "investigate": ("look into", "dig into"),
        "leave": ("walk away from",),
        "maintain": ("keep up", "look after"),
        "modify": ("change", "rework"),
        "monitor": ("watch",),
        "notify": ("tell", "write to"),
        "obtain": ("get",),
        "pay": ("transfer",),
        "place": ("put",),
        "process": ("handle",),
        "provide": ("hand over", "supply"),
        "punish": ("get back at",),
        "purchase": ("buy", "order"),
        "record": ("write down", "note"),
        "refund": ("pay back", "give back"),
        "refuse": ("turn down", "say no to"),
        "remove": ("take away",),
        "repair": ("mend", "fix"),
        "repay": ("give back", "pay back"),
        "replace": ("swap",),
        "reproduce": ("copy", "make copies of"),
        "request": ("ask for", "put in for"),
        "require": ("insist on",),
        "retain": ("keep", "hold on to"),
        "return": ("send back", "give back", "hand back"),
        "seek": ("ask for", "try to get"),
        "send": ("mail",),
        "share": ("pass on", "send round"),
        "speak to": ("have a word with", "talk to"),
        "split": ("divide",),
        "store": ("keep", "save"),
        "submit": ("hand in", "send in"),
        "terminate": ("end",),
        "transfer": ("send over",),
        "warn": ("tip off",),
        "wear": ("put on",),
    }
)  # fmt: skip
"""A verb's base form and phrases for it, each led by a base verb."""

_PARTICLES = frozenset({"on", "up", "out", "over", "off", "round", "away", "back", "down", "in"})
"""After these a pronoun could not follow: "passed on it"."""


def reworded(act: str, verbs: int, rng: random.Random) -> tuple[str, int]:
    """``act`` (led by a verb phrase of ``verbs`` words) with a phrase that people use, and the words of its verb phrase.

    Unchanged where nothing is known to stand for it, or where the verb has no object.
    """
    words = act.split()
    verb = " ".join(words[:verbs]).lower()
    if (
        verb not in SAID
        or len(words) <= verbs
        or is_gerund(words[verbs])
        or (verb in {"tell", "inform", "notify", "warn"} and {"that", "of", "about"} & set(words))
    ):
        return act, verbs
    phrases = [phrase for phrase in SAID[verb] if phrase.rsplit(maxsplit=1)[-1] not in _PARTICLES]
    if not phrases:
        return act, verbs
    phrase = rng.choice(phrases)
    return " ".join([phrase, *words[verbs:]]), len(phrase.split())
