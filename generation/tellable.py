"""Whether a rule can be told as a story of what somebody did, or had better be quoted in its own words.

A story needs an act that a person, an office or a thing can do, leave undone, and be asked about. What the policy itself does
("We do not tolerate ...", "the company prohibits ..."), what merely happens ("this may impact your account"), what lost its
object on the way or kept only the one who gets it ("provide us"), and what speaks to the reader about a third party ("we
will bill you") reads mangled as a story. The tests are on the form of the rule's parts, whatever the document.
"""

import random
import re
from itertools import pairwise

from generation.cast import agent_for, is_one_person
from generation.frames import Frame
from generation.grammar import is_gerund, readings
from kg.model import Modality

_OWN_ACTS = frozenset(
    ["allow", "permit", "tolerate", "prohibit", "forbid", "ban", "accept", "authorize", "authorise", "encourage", "discourage", "expect",
     "recommend", "require", "support", "welcome", "condone", "disallow", "endorse", "value", "reserve"]
)  # fmt: skip
"""What a policy, or the body behind it, does by stating a rule; a person does these to somebody."""
_ALWAYS_OWN = frozenset(["prohibit", "forbid", "ban", "disallow", "condone", "reserve"])
_HAPPENS = frozenset(
    ["include", "contain", "result", "impact", "affect", "vary", "cause", "lead", "arise", "apply", "occur", "happen", "become", "remain", "differ",
     "consist", "depend", "mean", "constitute", "survive", "exist", "appear", "expire", "govern", "be", "have", "need", "want", "feel", "know",
     "like", "wish", "find", "see", "learn", "understand", "experience", "encounter", "own", "represent", "warrant", "acknowledge", "agree"]
)  # fmt: skip
"""Verbs of what is so or comes about, which are no acts that a permission would allow."""
_STATES = frozenset(
    ["be", "represent", "warrant", "acknowledge", "understand", "constitute", "survive", "mean", "exist"]
)
"""Of these, such as no duty asks anybody to do on a certain day."""
_GIVING = frozenset(
    [
        "provide",
        "give",
        "grant",
        "offer",
        "send",
        "supply",
        "furnish",
        "hand",
        "lend",
        "show",
        "assign",
        "issue",
        "tell",
    ]
)
_RECEIVER = re.compile(
    r"(?:us|you|me|them|him|her|it|(?-i:[A-Z]\w+)|(?:the |an? |any |your |our |their |each |every )?(?:user|customer|employee|person|people|partner|developer|"
    r"colleague|member|participant|visitor|supplier|client|individual|party|third party|other|one)s?)",
    re.IGNORECASE,
)
_BARE_PREPOSITION = re.compile(r"(?:of|in|on|at|to|from|for|with|by|about|as|into|through|under|via|than)\b")
_DIRECT = frozenset(
    ["use", "forward", "disclose", "return", "take", "provide", "give", "send", "make", "collect", "share", "store", "publish", "delete", "remove",
     "submit", "keep", "include", "settle", "sell", "buy", "sign", "accept", "reinstate", "terminate", "restrict", "suspend", "advertise",
     "disable", "modify", "update", "upload", "download", "release", "transfer", "obtain", "perform", "put", "hold", "bring", "access", "process",
     "monitor", "review", "approve", "pay", "receive", "create", "enter", "change", "copy", "distribute", "install", "protect", "grant", "offer"]
)  # fmt: skip
"""Verbs that say little without their object."""
_LIST_LEFT = re.compile(
    r"[:;()\[\]?]|\bsuch as\b.*,|\bincluding\b|\bthe following\b|\bas follows\b|\bthe above\b|\b(?:listed|described|set out|section|list|form|table|policy) below\b|\bbelow(?: for\b|$)|\bherein\b|\bthat is$"
)
_CUT = re.compile(
    r"\b(?:and|or|of|to|the|a|an|in|on|at|for|with|that|by|from|about|as|who|which|any|is|are|not|other|than|posted|related|such)$"
)
_WE = re.compile(r"\b(?:us|we|our|ours)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_SPOKEN_TO = re.compile(r"^(?:you|your .*|they|those|users?|)$", re.IGNORECASE)
_LONGEST, _ITEMS = 26, 2
"""Words of an act, and commas in it, that a story can bear."""


def untellable(frame: Frame) -> str:
    """Why ``frame`` makes no story; empty where it does."""
    return next((why for why, holds in _TESTS if holds(frame)), "")


def _own_act(frame: Frame) -> bool:
    """The policy's own act: it may be a person's where one person does it to somebody ("a manager must not allow ...")."""
    verb = frame.act.split()[0].lower()
    if verb in _ALWAYS_OWN:
        return True
    if verb not in _OWN_ACTS - {"accept", "support", "value", "require", "expect", "authorize", "authorise"}:
        return False
    return not frame.actor or not is_one_person(agent_for(frame.actor, random.Random(0), first_person=False))


def _happens(frame: Frame) -> bool:
    """What may come about is no permission, and what is so is no duty."""
    verb = frame.act.split()[0].lower()
    return verb in (_HAPPENS if frame.modality == Modality.PERMISSION else _STATES) and not frame.facts


def _objectless(frame: Frame) -> bool:
    """An act without the thing that it is done to, or with the receiver alone."""
    words = frame.act.split()
    if frame.verbs != 1:
        return False
    rest = " ".join(words[1:])
    verb = words[0].lower()
    if verb == "tell" and len(words) <= 3:  # "tell the reporter" what?
        return True
    if verb in _GIVING and _RECEIVER.fullmatch(
        re.split(r" (?:if|in|on|with|for|by|to|at|under|as|upon) ", f"{rest} ")[0].strip()
    ):
        return not re.search(r" with (?!the following)\w+", rest) or verb != "provide"
    return verb in _DIRECT and (not rest or bool(_BARE_PREPOSITION.match(rest)))


def _listed(frame: Frame) -> bool:
    """Marks and words of a list, a cross-reference or a heading in the act or in a fact; a condition left in the act."""
    told = [frame.act, *(fact.body for fact in frame.facts)]
    if re.search(r"\b(?:if|unless|in whole)\b", frame.act) or (
        frame.modality == Modality.OBLIGATION and re.match(r"\w+ only\b", frame.act)
    ):
        return True
    return any(_LIST_LEFT.search(text) or _CUT.search(text) or text.count('"') % 2 for text in told)


def _lengthy(frame: Frame) -> bool:
    return len(frame.act.split()) > _LONGEST or frame.act.count(",") > _ITEMS


def _addressed(frame: Frame) -> bool:
    """Words for those who speak in the document, or for its reader, that do not mean the one who acts."""
    told = " ".join([frame.act, *(fact.body for fact in frame.facts)])
    by_us = bool(re.fullmatch(r"(?:we|us|our .*)", frame.rule.actor, re.IGNORECASE))
    return (bool(_WE.search(told)) and not by_us) or (
        bool(_YOU.search(told)) and not _SPOKEN_TO.match(frame.rule.actor)
    )


def _loose_verb(frame: Frame) -> bool:
    """An act that begins with no verb, or whose verb is followed by another one's form: "submit issued statements", "help we"."""
    words = frame.act.split()
    first, found = words[0].lower(), readings(words[0])
    if words[0].endswith(",") or re.search(r"\b(?:an?|the) (?:you|we|it|them|they)\b", frame.act):
        return True
    if found and found.get("VERB", "") != first:  # what the dictionary does not know may be a verb: "re-enable"
        return not (len(words) > 1 and first.endswith("ly"))
    return len(words) > 1 and words[1].lower() in {
        "we",
        "they",
        "he",
        "she",
        "i",
        "will",
        "is",
        "are",
        "may",
        "must",
        "can",
        "shall",
    }


def _idle_permission(frame: Frame) -> bool:
    """A permission in the passive on which a fact about the reader turns: nobody in the story does it."""
    if frame.modality != Modality.PERMISSION or not frame.facts:
        return False
    passive = bool(re.search(r"\b(?:may|can|might)(?: \w+ly)? be (\w+)", frame.rule.text))
    return passive and not frame.actor and any(_YOU.search(fact.body) for fact in frame.facts)


def _gerund_first(frame: Frame) -> bool:
    """An object that is a list item's own verb: "engage in Soliciting or advertising"."""
    words = frame.act.split()[frame.verbs :]
    pairs = pairwise([*words, ""])
    return any(word[:1].isupper() and is_gerund(word) and not after[:1].isupper() for word, after in pairs)


def _pointing(frame: Frame) -> bool:
    """Words that lean on another sentence: "as long as that purpose requires", "who hold it", "the decision that it concerns"."""
    personal = not frame.actor or is_one_person(agent_for(frame.actor, random.Random(0), first_person=False))
    if personal and re.search(r"\bthat it \w+s\b", frame.act):
        return True
    if any(
        fact.clause is not None and fact.clause.subject == "they" and fact.clause.rest == "it" for fact in frame.facts
    ):
        return True
    return any(
        fact.style == "phrase" and re.match(r"(?:long as )?(?:that|such|those|these) \w+", fact.body)
        for fact in frame.facts
    )


_SECOND = "can|is|are|has|have|will|does|do|may|receives?|owns?|works?|gets?"


def _entangled(frame: Frame) -> bool:
    """A fact that cannot be told of one case: either of two events, or who somebody is and did; a term inside the act."""
    if " at the latest" in frame.act or (frame.deadline and re.search(r"\b(?:immediately|at once)\b", frame.act)):
        return True
    verb = frame.act.split()[0]
    if frame.modality == Modality.OBLIGATION and re.search(rf"\bonly {re.escape(verb)}\b", frame.rule.text):
        return True  # "will only post what they own" forbids the rest rather than asks for a post
    if frame.modality == Modality.OBLIGATION and f"need not {frame.act}" in frame.rule.text:
        return True  # "need not finish it by May but must finish it by June": the act is the one that nobody asks for
    either = any(
        fact.style == "order" and re.search(r" or (?:the|an?|they|it) \w+ \w+", fact.body) for fact in frame.facts
    )
    return either or any(fact.marker == "only by" and " who " in fact.body for fact in frame.facts)


def _alone(frame: Frame) -> bool:
    """A verb by itself, but for those that people use so: "refused", not "attended"."""
    return len(frame.act.split()) == 1 and frame.act.lower() not in WITHOUT_OBJECT


WITHOUT_OBJECT = frozenset(
    [
        "refuse",
        "work",
        "vote",
        "leave",
        "teach",
        "resign",
        "travel",
        "drive",
        "smoke",
        "compete",
        "drink",
        "apologise",
        "apologize",
        "appeal",
        "cooperate",
    ]
)
_TESTS = (
    ("the policy's own act", _own_act), ("no act", _happens), ("no object", _objectless), ("a list", _listed), ("long", _lengthy),
    ("addressed", _addressed), ("no verb", _loose_verb), ("idle permission", _idle_permission), ("a verb in the object", _gerund_first), ("pointing", _pointing), ("entangled", _entangled), ("alone", _alone),
)  # fmt: skip
