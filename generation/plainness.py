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
from generation.grammar import head_position, is_participle, singular

_LONGEST, _LONGEST_FACT = 13, 14
"""Words of an act, and of a fact, that a case can bear."""
_GENERAL = re.compile(
    r"[,;:]|\b(?:any|anything|anyone|anybody|such|as if|each|every|all|whatever|whoever|what|how|whether|otherwise|likewise|"
    r"and|or|both|either|neither|this|these|those|it|them|its|they|one|ones|same|other|others|another|only|nature|form|"
    r"kind|type|way|manner|not|no|nobody|nothing|more|less|most|least|who|whom|whose|which|where|when|always|never|at once)\b",
    re.IGNORECASE,
)
"""Words that speak of many cases at once, or lean on another sentence."""
_KNOWN = re.compile(
    r"\bthe (?:[A-Z]|(?:line |site |department |quality |store |shift )?(?:manager|lead|head)\b|company\b|site\b|police\b|"
    r"authorities\b|public\b|law\b|press\b|premises\b|service desk\b|board\b|archive\b|register\b|internet\b|"
    r"office\b|policy\b|code\b|employer\b|department\b|\w+ of )"
)
"""What needs no introduction."""
_CLUMSY = re.compile(
    r"(?:go ahead with|\w+ (?:approval|receipt|clearance|authority|attendance))\b|.*\bamounts\b", re.IGNORECASE
)
"""What a frame makes of a rule about approvals, and words of a rule that a case does not use."""
_LEANING = re.compile(
    r"\b(?:such|or suspects?|that (?:purpose|time|case|person|date)|those|otherwise|or (?!an?\b)\w+)\b|[;:,]",
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
    if len(words) > _LONGEST or _GENERAL.search(told) or _CLUMSY.match(told) or len(words) <= frame.verbs:
        return False
    if any(not _KNOWN.match(told, found.start()) for found in re.finditer(r"(?<!\bin )(?<!\bat )\bthe ", told)):
        return False
    rest = words[frame.verbs :]
    noun = rest[head_position(rest)].rstrip(",")
    return singular(noun) is None and not is_participle(rest[0])


def _fact(fact: Fact) -> bool:
    if fact.style == "phrase" and (fact.marker == "only" or re.match(r"[A-Z]", fact.body)):
        return False  # "entered it, but not into ...", "shared it, but not with Site Security"
    return len(fact.body.split()) <= _LONGEST_FACT and not _LEANING.search(fact.body)
