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
    if word == "to":
        return _wished(doc, index, limit)
    if word in {"between", "from"}:
        return (
            index + 4 < limit
            and doc[index + 1].text[0].isdigit()
            and any(t.text[0].isdigit() for t in doc[index + 3 : index + 5])
        )
    if word not in {"for", "in", "at", "on", "with", "depending", "under", "by"}:
        return False
    if word in {"by", "in"} and index + 2 < limit and doc[index + 1].tag_ == "VBG":
        return _while_acting(doc, index, limit)
    if word == "by":
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


_NO_ACTS = frozenset({"keeping", "doing", "considering", "including", "being", "having"})


def _while_acting(doc: "Doc", index: int, limit: int) -> bool:
    """As in "By opening an account, you agree", "In choosing a lock, the owner must": the act in which the rule holds."""
    commas = any(t.text == "," for t in doc[index + 2 : limit])
    return commas and doc[index + 1].lower_ not in _NO_ACTS


_AIMS = word_set(
    "protect ensure avoid prevent help maintain keep comply reduce safeguard minimise minimize promote preserve make improve "
    "support secure guarantee be the"
)


def _wished(doc: "Doc", index: int, limit: int) -> bool:
    """As in "To borrow a book, you must show your card": what the reader may want; an aim of the house is no case."""
    if index + 2 >= limit or doc[index].tag_ != "TO" or doc[index + 1].tag_ != "VB" or doc[index + 1].lower_ in _AIMS:
        return False
    comma = next((i for i in range(index + 2, min(limit, index + 30)) if doc[i].text == ","), limit)
    follows = doc[comma + 1] if comma + 1 < limit else None
    return follows is not None and (
        follows.lower_ in {"you", "please"} or (follows.tag_ == "VB" and follows.dep_ == "ROOT")
    )


def inserted_end(doc: "Doc", index: int, limit: int) -> int:
    """As in "may use, for research, the data": where a purpose set off by commas before its verb's object ends; 0: none."""
    if (
        index < 2
        or doc[index].lower_ != "for"
        or doc[index - 1].text != ","
        or doc[index - 2].tag_ not in {"VB", "VBP"}
    ):
        return 0
    comma = next((i for i in range(index + 1, min(limit, index + 12)) if doc[i].text == ","), limit)
    if comma + 1 >= limit or any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in doc[index:comma]):
        return 0
    opens = doc[comma + 1]
    return comma if opens.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "PRON"} or opens.tag_ in {"VBN", "VBD"} else 0
