"""How people at work speak of what a policy calls by another name: "disclose" is to let people know about something.

A rule's verb stands in the ledger's own words in one case of each verdict; further cases may tell the act as people do, so
that what is learned is the act and not the verb. Each phrase takes the verb's object after it. General English of offices
and shops, none of it a policy's own.
"""

import random
import re
from collections.abc import Mapping
from types import MappingProxyType

from generation.grammar import is_gerund

SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "accept": ("take", "say yes to"),
        "access": ("look into", "open", "get into"),
        "alter": ("touch up", "change", "rework"),
        "announce": ("tell everybody about",),
        "approve": ("sign off", "give the green light to"),
        "assign": ("hand over", "pass on"),
        "attend": ("go to", "sit in on", "turn up for"),
        "avoid": ("keep away from", "steer clear of"),
        "backdate": ("put an earlier date on",),
        "bypass": ("get round", "work round"),
        "call": ("ring", "telephone"),
        "cancel": ("call off",),
        "change": ("alter", "switch", "swap"),
        "check": ("look over", "go through", "double-check"),
        "claim": ("ask for", "put in for"),
        "collect": ("gather",),
        "complete": ("finish",),
        "conceal": ("hide", "keep quiet about"),
        "confirm": ("double-check",),
        "consult": ("ask", "talk to"),
        "contact": ("ring", "write to", "get in touch with"),
        "contribute": ("put in", "give"),
        "copy": ("take a copy of", "photograph"),
        "correct": ("fix",),
        "create": ("make", "put together", "draw up"),
        "delete": ("wipe", "clear out", "get rid of", "throw away"),
        "destroy": ("shred", "throw out", "get rid of"),
        "disclose": ("talk about", "pass on", "give away", "let slip"),
        "discuss": ("talk about", "chat about", "go over"),
        "display": ("show", "put up"),
        "distribute": ("hand out", "send round"),
        "donate": ("give", "hand over"),
        "drive": ("take out", "be at the wheel of"),
        "employ": ("take on",),
        "engage": ("take on", "bring in"),
        "enter": ("note down",),
        "examine": ("look through", "go through"),
        "exceed": ("go over", "top"),
        "export": ("ship abroad", "send abroad"),
        "extend": ("stretch",),
        "follow": ("stick to", "keep to", "go by"),
        "forward": ("send on", "pass on"),
        "give": ("hand over", "send"),
        "hire": ("take on", "give a job to", "bring in"),
        "hide": ("put out of sight",),
        "inform": ("tell", "write to", "ring"),
        "inspect": ("look over",),
        "install": ("set up", "put in"),
        "investigate": ("look into", "dig into"),
        "issue": ("hand out", "put out"),
        "leave": ("get out of", "walk away from"),
        "log": ("note down",),
        "maintain": ("keep up", "look after"),
        "modify": ("change", "rework"),
        "monitor": ("keep an eye on", "watch"),
        "notify": ("tell", "write to", "ring"),
        "obtain": ("get",),
        "offer": ("propose",),
        "own": ("have",),
        "pay": ("hand over", "transfer"),
        "permit": ("allow",),
        "place": ("put",),
        "post": ("put up",),
        "pour": ("empty",),
        "process": ("handle", "work on"),
        "promote": ("give a better post to",),
        "protect": ("look after",),
        "provide": ("hand over", "supply"),
        "publish": ("bring out",),
        "punish": ("get back at", "come down on"),
        "purchase": ("buy", "order", "get"),
        "read": ("go through", "look through"),
        "receive": ("get", "be handed", "be sent"),
        "record": ("write down", "note"),
        "refund": ("pay back", "give back"),
        "refuse": ("turn down", "say no to"),
        "remove": ("take away", "take off", "pull"),
        "repair": ("mend", "fix"),
        "repay": ("give back", "pay back"),
        "replace": ("swap", "change"),
        "reproduce": ("copy", "make copies of"),
        "request": ("ask for", "put in for"),
        "require": ("insist on", "ask for"),
        "retain": ("keep", "hold on to"),
        "return": ("send back", "give back", "hand back"),
        "seek": ("ask for", "try to get"),
        "send": ("mail", "pass on"),
        "share": ("pass on", "send round"),
        "sign": ("put a signature under",),
        "speak to": ("have a word with", "talk to"),
        "split": ("break up", "divide"),
        "stop": ("put an end to",),
        "store": ("keep", "put away", "save"),
        "submit": ("hand in", "send in"),
        "terminate": ("end", "call off"),
        "transfer": ("move", "send over"),
        "use": ("work with", "make use of"),
        "verify": ("double-check",),
        "visit": ("drop in at",),
        "warn": ("tip off", "give a hint to"),
        "wear": ("have on", "put on"),
    }
)  # fmt: skip
"""A verb's base form and phrases for it, each led by a base verb."""


def reworded(act: str, verbs: int, rng: random.Random) -> tuple[str, int]:
    """``act`` (led by a verb phrase of ``verbs`` words) with a phrase that people use, and the words of its verb phrase.

    Unchanged where nothing is known to stand for it, or where the verb has no object.
    """
    words = act.split()
    verb = " ".join(words[:verbs]).lower()
    if (
        verb not in SAID
        or len(words) <= verbs
        or (verb == "enter" and not re.search(r"\b(?:in|into|on) the \w+", act))
        or is_gerund(words[verbs])
        or (verb in {"tell", "inform", "notify", "warn"} and {"that", "of", "about"} & set(words))
    ):
        return act, verbs
    phrase = rng.choice(SAID[verb])
    return " ".join([phrase, *words[verbs:]]), len(phrase.split())
