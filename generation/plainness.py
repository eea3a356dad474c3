"""Whether an act reads well as one that somebody did: one that is short and introduces all that it speaks of.

A clause speaks of all cases at once ("anything of value", "claims such as ...", "the request"); a case speaks of one. Where
the words of a rule do not come down to one thing that one person, office or object does, the rule is quoted instead: a clause
always reads well as itself. The tests are strict: an act that is refused costs little, one that is let through is read.
"""

import random
import re

from generation.cast import agent_for
from generation.facts import Fact
from generation.frames import Frame
from generation.grammar import is_participle
from generation.tellable import WITHOUT_OBJECT

_LONGEST, _LONGEST_FACT = 17, 14
"""Words of an act, and of a fact, that a case can bear."""
_GENERAL = re.compile(
    r"[;:]|\b(?:any(?! \w+(?: \w+)?$| \w+ (?:without|for|in|on|at|to|with|or) )|anybody|such|as if|each|every(?! \d)|whatever|whoever|"
    r"how|otherwise|likewise|both|either|neither|(?:this|these|those)(?! [A-Z])|them|its|others?(?<! with others)|ones?(?! [a-z]+)|only|"
    r"(?:form|kind|type|way|manner) of|(?<!who )(?<!that )(?<!which )(?<!has )(?<!have )(?<!is )(?<!are )not|no(?! longer)|nobody|"
    r"nothing|where|when|always|never|at once)\b",
    re.IGNORECASE,
)
"""Words that speak of many cases at once, or lean on another sentence."""
_COMMA = re.compile(r",(?!.*\b(?:and|or) )")
"""A comma that belongs to no list."""
_IT = re.compile(r"\bit\b")
_NAMED = re.compile(r"\ban? .*\bit\b")
"""A pronoun that what stands before it in the act explains: "accept a gift sent home in order to hide it"."""
_CLUMSY = re.compile(r"go ahead with (?!an? )|give approval\b|.*\bamounts\b", re.IGNORECASE)
"""What a frame makes of a rule about approvals, and words of a rule that a case does not use."""
_LEANING = re.compile(
    r"^it (?:happens|is impossible)\b|\b(?:such|neither|or suspects?|that (?:purpose|time|case|person|date)|those|otherwise|or (?!an?\b)\w+|and \w+ for \d+)\b|[;:,]",
    re.IGNORECASE,
)


def plain(frame: Frame) -> bool:
    """Whether a case can tell the act of ``frame`` and its facts."""
    return _actor(frame) and _act(frame) and all(map(_fact, frame.facts))


def _actor(frame: Frame) -> bool:
    """One person, one office or one thing acts, not "interview panels"."""
    agent = agent_for(frame.actor, random.Random(0), first_person=False)
    return not agent.plural_verb and not _LEANING.search(frame.actor)


def _act(frame: Frame) -> bool:
    limit = frame.limit.threshold.text if frame.limit else ""
    told = re.sub(r"\s+", " ", frame.act.replace(limit, " ") if limit else frame.act)
    words = told.split()
    if len(words) > _LONGEST or _GENERAL.search(told) or _COMMA.search(told) or _CLUMSY.match(told):
        return False
    if len(words) <= frame.verbs:
        return told.lower() in WITHOUT_OBJECT
    if _IT.search(told) and not _NAMED.search(told):
        return False
    return not is_participle(words[frame.verbs]) or frame.act in frame.rule.text


def _fact(fact: Fact) -> bool:
    if fact.style == "phrase" and (fact.marker == "only" or re.match(r"[A-Z]", fact.body)):
        return False  # "entered it, but not into ...", "shared it, but not with Site Security"
    limit = fact.quantity.threshold.text if fact.quantity else ""
    told = fact.body.replace(limit, " ") if limit else fact.body
    return len(fact.body.split()) <= _LONGEST_FACT and not _LEANING.search(told)
