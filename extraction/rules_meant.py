"""The act that a ban is about: "The use of drones is prohibited", "We do not tolerate harassment".

Grammar gives *prohibit*, *allow* or *tolerate* as the action and the deed as the object. What is forbidden, and to whom, is
the deed: to use drones, to engage in harassment. A ban of a mere thing or of a bare gerund ("Dogs are not
allowed", "Swimming is forbidden") keeps the verb it has.
"""

import re
from dataclasses import replace
from functools import lru_cache

from extraction.lexicon import FORBID_VERBS, word_set
from extraction.rules_frame import Frame
from kg.model import Modality

_LETTING = FORBID_VERBS | word_set("allow permit tolerate condone")
_OF = re.compile(
    r"^(?P<deed>[\w’'-]+) of (?P<thing>(?!(?:any|every|all|whatever|this|that) (?:kind|form|sort|type|nature|description)s?\b).+)$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?P<phrase>.+?)(?=$| (?:of|in|on|at|by|for|from|to|against|with|that|which|who|or|and|between|towards?|under|within|via)\b|[,(;:])",
    re.IGNORECASE,
)
_NOR = re.compile(r",? nor (?:do|does|will) \w+$", re.IGNORECASE)
_SECOND = re.compile(
    r"^[\w’' -]+? (?:or|and) ((?:[\w’'-]+ )??[\w’'-]+)(?=$|,| (?:of|in|on|at|by|for|from|to|against|with|that|which|who)\b)",
    re.IGNORECASE,
)
_NO_DEEDS = word_set(
    "information department apartment position location equipment document instrument station question section"
)
_FORMS = (("ation", ("", "e", "ate")), ("ition", ("", "e")), ("ption", ("be", "pt")), ("ion", ("", "e")), ("ment", ("",)), ("ure", ("e", "")),
          ("al", ("", "e")), ("ance", ("", "e")), ("ence", ("", "e")))  # fmt: skip
"""Endings of nouns for a deed, and what stands in their place in the verb."""
_DEEDS = word_set(
    "harassment bullying discrimination retaliation bribery corruption fraud theft violence abuse misuse use slavery labor labour trafficking "
    "conduct behavior behaviour activity practice trade hazing spam phishing squatting stalking mobbing intimidation "
    "plagiarism sabotage vandalism extortion blackmail laundering manipulation collusion insider-trading favoritism favouritism nepotism"
)
_SAME = word_set("use misuse abuse sale trade transfer release access record display copy")
_VERBS = {"sale": "sell", "access": "access"}


def as_meant(frame: Frame) -> Frame:
    """``frame`` with the deed as its action where a ban names one; other frames unchanged.

    Who only lets nobody do it ("the company will not tolerate") is not the one it binds.
    """
    if frame.modality is not Modality.PROHIBITION or frame.action not in _LETTING or not frame.object:
        return frame
    own = frame.actor and not (frame.label in {"will", "wo"} and frame.action in {"tolerate", "condone"})
    if own or re.match(r"(?:such|this|these|it)\b", frame.object, re.IGNORECASE):
        return frame  # "Managers must not tolerate harassment" binds the managers
    frame = replace(frame, object=_NOR.sub("", frame.object))
    named = _OF.match(frame.object)
    verb = _verb_of(named["deed"].lower()) if named is not None else ""
    if named is not None and verb:
        return replace(frame, action=verb, object=re.sub(r"^(?:the|any|an?) ", "", named["thing"]), actor="")
    gerund = frame.object.partition(" ")
    verb = _verb_of(gerund[0].lower()) if gerund[0].lower().endswith("ing") and gerund[2] else ""
    if verb and _is_object(gerund[2]):
        return replace(frame, action=verb, object=gerund[2], actor="")
    return replace(frame, action="engage in", actor="") if _names_deed(frame.object) else frame


def _is_object(words: str) -> bool:
    """Whether what follows a gerund is what it acts on ("operating more than one account") and no clause."""
    return re.match(r"(?:in|on|at|by|for|from|to|that|which|who|or|and|is|are)\b", words, re.IGNORECASE) is None


def _names_deed(words: str) -> bool:
    """Whether the phrase's head, or the noun coordinated with it, names what somebody does."""
    head = _HEAD.match(words)
    heads = [head["phrase"].split()[-1]] if head is not None else []
    second = _SECOND.match(words)
    heads += [second[1].split()[-1]] if second is not None else []
    return any(_is_deed(noun.lower()) for noun in heads)


def _is_deed(noun: str) -> bool:
    plain = noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")
    return bool({noun, plain} & _DEEDS)


@lru_cache(maxsize=4096)
def _verb_of(noun: str) -> str:
    """The verb whose deed ``noun`` names: "distribution" -> "distribute", "sharing" -> "share"; empty where it names none."""
    from lemminflect import getAllLemmas, getLemma

    if noun in _SAME:
        return _VERBS.get(noun, noun)
    if noun.endswith("ing"):
        verb = str(next(iter(getLemma(noun, "VERB")), ""))
        return verb if verb != noun and verb in getAllLemmas(verb).get("VERB", ()) else ""
    for ending, instead in _FORMS if noun not in _NO_DEEDS else ():
        stem = noun.removesuffix(ending)
        if stem == noun or len(stem) < 3:
            continue
        found = next((stem + end for end in instead if stem + end in getAllLemmas(stem + end).get("VERB", ())), "")
        if found:
            return found
    return ""
