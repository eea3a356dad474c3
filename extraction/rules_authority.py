"""Whose approval or consent a rule names."""

import re

from extraction.lexicon import PARTY_NOUNS

_ACT = r"(?:consent|approval|permission|authori[sz]ation|agreement(?!s)|clearance|sign-off|waiver)"
_WORD = r"(?:(?:[A-Z]\.){2,}|[\w’'\-&]++)"  # whole: a name is never cut inside a word
_CUT = r"(?:(?:[A-Z]\.){2,}|[\w’'\-&]+)"  # ... but before the "'s" at its end
_STOP = (
    r"(?!\b(?:before|after|unless|if|when|where|and|or|for|in|on|at|to|is|are|was|has|have|must|may|shall|first|prior|"
    r"within|who|which|that|by|via|as|with|using|through|so|under|because|during|until|upon)\b)"
)
_ELEMENT = rf"(?:{_STOP}{_WORD}|of the|of|and (?=[A-Z]))\s?"
_NAME = rf"(?:{_ELEMENT}){{1,9}}(?:\([A-Z]{{2,8}}\))?"
_OWNER = rf"(?:{_ELEMENT}){{0,8}}(?:{_STOP}{_CUT}|of the|of|and (?=[A-Z]))\s?(?:\([A-Z]{{2,8}}\))??"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:{_ACT})\s+(?:(?i:in writing)\s+)?(?:of|from|by)\s+(?:(?:both )?(?:the|an|a|your|their|our|its)\s+)?(?P<who>{_NAME})",
        rf"\b(?i:without|with|obtain|obtains|get|gets|have|has|need|needs|requires?|after|upon)\s+(?:(?:the|your|their|an?|its|our|prior|express|explicit|advance|written)\s+)*(?P<who>{_OWNER})[’']s?\s+(?:(?:prior|express|explicit|advance|written|oral|formal)\s+)*{_ACT}",
        rf"\b(?i:approved|authori[sz]ed|agreed|cleared|signed off|consented|pre-approved|permitted in writing)\s+(?:to\s+)?(?:(?:in writing|in advance|beforehand)\s+)?by\s+(?:(?:both )?(?:the|an|a|your|their|our|its)\s+)?(?P<who>{_NAME})",
        rf"\b(?:unless|until|if|once|only if)\s+(?:the|an|a|your|their|our|its)\s+(?P<who>{_NAME}?)\s+(?:has |have |had )?(?:first |also )?(?:agree[sd]?|approve[sd]?|consent(?:s|ed)?|authori[sz]e[sd]?|permit(?:s|ted)?|sign(?:s|ed)? (?:off|the))\b",
        rf"\b(?i:with(?:out)?|after|upon|by|obtain|get|have|needs?)\s+(?:(?:the|your|prior|express|explicit|advance|written|only)\s+)*(?P<who>{_WORD})\s+(?:consent|approval|permission|authori[sz]ation)\b",
        rf"\b(?i:licen[cs]e)\s+from\s+(?:the\s+)?(?P<who>{_NAME})",
    )
)
_CONSENTING = re.compile(r"consent|approv|permi|authori|agree|clear|sign|waive|licen[cs]e", re.IGNORECASE)
_NOT_WHO = re.compile(
    r"^(?:prior|written|express|explicit|advance|their|his|her|its|your|our|my|appropriate|proper|prior written|specific|"
    r"any|such|formal|necessary|management'?s?|informed|required|the|an?|no|oral|law|statute|regulation|this|these|"
    r"\d.*|paragraph|section|article|applicable|it|them|us|you|we|they|email|consent|approval|both|further|a)$",
    re.IGNORECASE,
)


def authority(text: str, condition: str, exception: str, actor: str) -> str:
    """The person or body whose approval ``text`` or the given spans name, unless it is the actor; else empty."""
    for source in (exception, condition, text):
        if not _CONSENTING.search(source):
            continue
        for pattern in _PATTERNS:
            for match in pattern.finditer(source):
                who = _tidy(match.group("who"))
                if who and who.lower() != actor.lower() and not _NOT_WHO.match(who) and _can_consent(who):
                    return who
    return ""


def _can_consent(who: str) -> bool:
    """Whether one of the words is a name, a role or a body."""
    words = re.findall(r"[\w&]+", who)
    return any(
        word[0].isupper()
        or word.rstrip("s") in PARTY_NOUNS
        or word.endswith(("er", "or", "ist", "head", "lead", "counsel"))
        for word in words
    )


def _tidy(who: str) -> str:
    who = re.sub(
        r"^(?:(?:the|an?|your|their|our|its|both|prior|written|express)\s+)+", "", who.strip(), flags=re.IGNORECASE
    )
    return re.sub(r"[’']s?$", "", who).strip(" ,.;:")
