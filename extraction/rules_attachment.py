"""Whether a phrase behind an object belongs to the object or to the act: recipients, sources, purposes, channels."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import APPROVAL_NOUNS, word_set
from extraction.rules_phrases import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRANSFER = word_set(
    "disclose give lend provide pay offer transfer share send make promise grant award sell show release forward "
    "communicate submit report deliver return assign extend present accept receive solicit request take seek"
)
_RECEIVING = word_set("accept receive solicit request take seek")
_OBTAINING = word_set("obtain collect buy purchase borrow acquire get")


_RELATIONAL = {
    "for": "request authorization authorisation reason responsibility need demand application eligibility claim respect",
    "to": "right access payment threat change damage response answer solution alternative exception objection "
    "consent adherence entitlement reply invitation risk danger harm key guide amendment modification reference link contribution subscription commitment update addition",
    "in": "interest change participation stake share role enrollment enrolment membership",
    "on": "information restriction limit report effect decision advice opinion guidance vote course training tax fee",
}


def limits_act(preposition: "Token") -> bool:
    """In a permission or prohibition, purpose, recipient and channel are conditions, not part of the object."""
    word = preposition.lower_
    if word not in {"for", "to", "in", "through", "on", "at", "as", "into"}:
        return False
    return preposition.head.lemma_.lower() not in _RELATIONAL.get(word, "").split()


def belongs_to_verb(preposition: "Token", verb: "Token") -> bool:
    """A recipient or source of a transfer that the parser hung on the noun ("lend badges to visitors")."""
    word = preposition.lower_
    if lemma(verb) in {"inform", "notify", "advise", "warn", "remind", "tell"}:
        return word in {"of", "about", "on", "within", "without", "by", "upon"}
    if word in {
        "within",
        "without",
        "during",
        "upon",
        "by",
        "until",
        "before",
        "after",
        "under",
        "pursuant",
        "per",
        "via",
    }:
        return True
    if word in {"on", "at", "in"} and any(
        c.lemma_.lower() in _TIMES or (word == "on" and _DAY.match(c.lower_))
        for c in preposition.rights
        if c.dep_ == "pobj"
    ):
        return True
    if word == "with" and any(
        c.lemma_.lower() in APPROVAL_NOUNS and c.tag_ != "NNS" for c in preposition.rights if c.dep_ == "pobj"
    ):
        return True
    if word == "from" and lemma(verb) in _OBTAINING and preposition.head.lemma_.lower() not in APPROVAL_NOUNS:
        return True
    if word == "from" and lemma(verb) not in _RECEIVING:
        return False  # "provide data from your report": which data
    return word in {"to", "from"} and lemma(verb) in _TRANSFER and preposition.head.lemma_.lower() not in _LED_TO


MENDING = word_set("amendment adjustment correction addition alteration modification update repair")
_LED_TO = MENDING | word_set("access right threat change damage response answer")
"""Nouns that lead on to what they are done to, even behind a verb of giving."""
_DAY = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?|first|last)$")
_TIMES = word_set(
    "date day week month quarter year end beginning time deadline monday tuesday wednesday thursday friday"
)
