"""The words that open conditions, exceptions and asides."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.parsed import text_of, words_of
from extraction.rules_fronted import fronted_case
from extraction.rules_marker_tests import (
    ASKING,
    LEANING,
    commits,
    concedes,
    concerns,
    is_bare_choice,
    is_deadline,
    is_forum,
    is_initial,
    is_inverted,
    is_proviso,
    is_purpose_clause,
    is_remark,
    lacks_thing,
    needs_consent,
    opens_exception,
    opens_time,
)
from extraction.rules_marker_words import LONGEST, LOOKUP

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONSENT = re.compile(
    r"without (?:(?!\b(?:and|or|if|who|that)\b)[\w’'\-]+,? ){0,6}?(?:consent|approval|permission|authori[sz]ation|request|agreement|clearance)\b",
    re.IGNORECASE,
)

WITH_CONSENT = re.compile(
    r"with (?:the |its |their |your |our )?(?:(?:prior|written|express|explicit|informed) )*(?:consent|approval|permission|authori[sz]ation|agreement) of\b|"
    r"with (?:the |its |their |your |our )?(?:[\w’'\-]+ ){0,4}?[\w\-]+[’']s? (?:(?:prior|written|express|explicit|informed) )*"
    r"(?:consent|approval|permission|authori[sz]ation|agreement)\b",
    re.IGNORECASE,
)
"""As in "may, with the owner's consent, copy the key"."""


CASES = re.compile(
    r"(?:in|under) (?:certain|limited|rare|exceptional|specific|particular|special|urgent|extraordinary|few|appropriate|justified) "
    r"(?:circumstances|cases|situations|conditions|instances)(?= |,|\.|;|$)(?! (?:where|when|in which|that|of)\b)",
    re.IGNORECASE,
)
"""A limit that is whole by itself."""


_FRONTED = frozenset({"for", "in", "at", "on", "with", "depending", "under", "by", "to", "between", "from"})
_OPENERS = frozenset({"should", "without", *_FRONTED, *(key[0] for key in LOOKUP)})


_RELATIVE_HOSTS = word_set("place case situation instance circumstance area country time moment day date")


_HEDGES = word_set("applicable appropriate relevant required needed")


def marker_at(doc: "Doc", index: int, limit: int) -> tuple[str, int] | None:
    """The kind and the width of the marker that starts at token ``index``, or None."""
    words = words_of(doc)[index : min(index + LONGEST, limit)]
    if not words or words[0] not in _OPENERS:
        return None
    if words[0] in {"while", "although", "though"} and commits(doc, index, limit):
        return None
    if words[0] == "while" and concedes(doc, index, limit):
        return "aside", 1
    if words[0] == "should" and is_inverted(doc, index):
        return "condition", 1
    if words[0] == "without" and (CONSENT.match(text_of(doc), doc[index].idx) or lacks_thing(doc, index, limit)):
        return "exception", 1
    if words[0] == "with" and doc[index - 1].text == "," and WITH_CONSENT.match(text_of(doc), doc[index].idx):
        return "condition", 1
    if words[0] in {"with", "in"} and concerns(doc, index):
        return "condition", 3
    if words[0] == "as":
        return ("aside", 1) if is_remark(doc, index, limit) else _longest(doc, index, limit)
    cases = CASES.match(text_of(doc), doc[index].idx) if words[0] in {"in", "under"} else None
    if cases is not None and doc[index - 1].text != "than":
        return "condition", len(cases.group().split())
    found = _longest(doc, index, limit)
    if found == ("aside", 2) and words[0] == "subject" and needs_consent(doc, index, limit):
        return "condition", 2
    if found is None and is_initial(doc, index, 0) and fronted_case(doc, index, limit):
        return "condition", 1
    return found


def _longest(doc: "Doc", index: int, limit: int) -> tuple[str, int] | None:
    words = words_of(doc)[index : min(index + LONGEST, limit)]
    for width in range(len(words), 0, -1):
        kind = LOOKUP.get(words[:width])
        if kind is not None and _is_marker(doc, index, words[:width], limit):
            return kind, width
    return None


def _is_marker(doc: "Doc", index: int, words: tuple[str, ...], limit: int) -> bool:
    token = doc[index]
    previous = doc[index - 1] if index else None
    following = doc[index + len(words)] if index + len(words) < limit else None
    first = words[0]
    if first == "for" and len(words) == 1:
        return is_purpose_clause(doc, index, limit)
    if words == ("while",) and previous is not None and previous.text == ",":
        return not any(c.lower_ in {"must", "shall", "may", "should"} for c in token.head.lefts)
    if words == ("pending",):
        return token.dep_ in {"prep", "mark"} and previous is not None and previous.lemma_ != "be"
    if words == ("following",):
        return opens_time(doc, index, limit)
    if words == ("in", "the", "case"):
        return following is not None and (following.tag_ == "VBN" or following.lower_ in {"where", "when", "that"})
    if words == ("at", "the", "request", "of"):
        return previous is not None and previous.text == ","
    if first in {"where", "when"} and len(words) == 1:
        if following is not None and following.lower_ == "to":
            return False
        if previous is not None and previous.lemma_.lower() in _RELATIVE_HOSTS and first == "where":
            return bool(previous.lower_ == "place" and previous.nbor(-1).lemma_.lower() == "take")
        return not (previous is not None and (previous.lemma_ in {"know", "be", "determine", "consider", "say"}))
    if words == ("once",) and following is not None and following.lower_ in {"a", "an", "every", "each", "per", "by"}:
        return False
    if words == ("otherwise",):
        return is_initial(doc, index, 0) and following is not None and following.text == ","
    if len(words) == 2 and words[1] in _HEDGES:
        return following is None or following.is_punct
    if words == ("subject", "to"):
        return previous is None or previous.lemma_ != "be"
    if words == ("consistent", "with"):
        return previous is not None and previous.text == ","
    if words == ("whether",):
        return previous is not None and previous.text == "," and is_bare_choice(doc, index, limit)
    if words == ("if", "any"):
        return following is None or following.is_punct
    if words == ("if",):
        return previous is None or not (previous.lower_ == "as" or previous.lemma_.lower() in ASKING)
    if first == "after" and previous is not None and previous.lemma_ in {"look", "take"}:
        return False  # "look after the desk"
    if first == "upon" and any(t.lemma_.lower() in LEANING for t in doc[max(0, index - 2) : index]):
        return False
    if words[0] == "excluding" and previous is not None and previous.lower_ == "without":
        return False
    if first == "before" and len(words) == 1 and is_forum(doc, index, limit):
        return False
    if first in {"after", "before", "upon", "prior"}:
        return not is_deadline(doc, index)
    if words == ("since",) and token.dep_ == "prep":
        return False
    if words in {("provided",), ("provided", "that")}:
        return (
            (previous is not None and previous.lower_ == ",")
            or (len(words) == 2 and token.dep_ != "acl")
            or is_proviso(doc, index)
        )
    if first in {"once", "during", "while", "upon", "within"} and len(words) == 1:
        return (first in {"once", "while"} and token.dep_ in {"mark", "advmod"}) or token.dep_ in {"prep", "mark"}
    if first in {"except", "save", "but", "barring", "excepting"}:
        return opens_exception(doc, index, words, following)
    if words in (("including",), ("such", "as"), ("whatever",), ("in", "particular"), ("at", "least", "the")):
        return previous is not None and previous.is_punct
    return True
