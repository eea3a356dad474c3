"""Phrases at the head of a sentence that say in which case it holds: "For paid accounts, ...", "In small branches, ..."."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.parsed import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CONSENTED = re.compile(
    r"with (?:(?!\b(?:and|or|if|who|that)\b)[\w’'\-]+ ){1,6}?(?:consent|approval|permission|authori[sz]ation|agreement|clearance)\b",
    re.IGNORECASE,
)
# What opens a sentence without narrowing it: "For example", "In addition", "For more information".
_CONNECTING = re.compile(
    r"(?:for (?:example|instance|now|this|that|these|those|such|more|further|details?|information|clarity|convenience|the (?:avoidance|sake|time)|"
    r"any (?:questions?|reason)|questions?|(?:\w+ ){0,2}reasons?\b|(?:the )?purposes? of (?:this|the present)|its|our|their|your|his|\d)"
    r"|in (?:addition|particular|general|order|accordance|connection|principle|practice|fact|turn|short|conclusion|response|such|this|that|these|those|"
    r"all|any|some|most|many|both|light|respect|relation|regard|view|keeping|line|exchange|return|contrast|comparison|consideration|consultation|"
    r"co-?operation|collaboration|support|its|our|their|your|his|her|other words|the (?:meantime|interim|future|past|end|same|following|absence of any|"
    r"opinion|view|context|case|event|course|first)|\w+ing|\d|case\b|cases\b|an effort|as far|so far)\b)",
    re.IGNORECASE,
)
_OCCASIONS = word_set(
    "weekend weekends night monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays "
    "sunday sundays holidays holiday request arrival departure termination expiry expiration completion receipt christmas easter"
)
_ALONE = re.compile(r"(?:depending (?:up)?on|under (?:\w+ )?(?:conditions?|circumstances))\b", re.IGNORECASE)


def fronted_case(doc: "Doc", index: int, limit: int) -> bool:
    """Whether the preposition at ``index``, the first word of its clause, opens a case that the comma behind it closes."""
    word = doc[index].lower_
    if word not in {"for", "in", "at", "on", "with", "depending", "under"}:
        return False
    comma = next((i for i in range(index + 1, min(limit, index + 40)) if doc[i].text == ","), limit)
    if comma >= limit or any(t.text in {";", ":", "("} for t in doc[index:comma]):
        return False
    words = text_of(doc)[doc[index].idx :]
    if word == "with":
        return bool(_CONSENTED.match(words))
    if word in {"depending", "under"}:
        return bool(_ALONE.match(words)) and "no circumstances" not in words[:24].lower()
    if word in {"at", "on"}:
        return any(t.lower_ in _OCCASIONS for t in doc[index + 1 : min(comma, index + 4)])
    finite = any(
        t.tag_ in {"VBZ", "VBP", "VBD", "MD"} and t.head.dep_ not in {"relcl", "acl"} and t.dep_ not in {"relcl", "acl"}
        for t in doc[index:comma]
    )
    return not finite and _CONNECTING.match(words) is None
