"""The words that open conditions, exceptions and asides."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.parsed import text_of, words_of
from extraction.rules_fronted import fronted_case
from extraction.rules_marker_words import LONGEST, LOOKUP
from extraction.rules_polarity import negative_adverbial

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CONSENT = re.compile(
    r"without (?:(?!\b(?:and|or|if|who|that)\b)[\w’'\-]+,? ){0,6}?(?:consent|approval|permission|authori[sz]ation|request|agreement|clearance)\b",
    re.IGNORECASE,
)


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


_DURATIONS = word_set("day hour week month year minute")


def marker_at(doc: "Doc", index: int, limit: int) -> tuple[str, int] | None:
    """The kind and the width of the marker that starts at token ``index``, or None."""
    words = words_of(doc)[index : min(index + LONGEST, limit)]
    if not words or words[0] not in _OPENERS:
        return None
    if words[0] in {"while", "although", "though"} and _commits(doc, index, limit):
        return None
    if words[0] == "while" and _concedes(doc, index, limit):
        return "aside", 1
    if words[0] == "should" and _is_inverted(doc, index):
        return "condition", 1
    if words[0] == "without" and (CONSENT.match(text_of(doc), doc[index].idx) or _lacks_thing(doc, index, limit)):
        return "exception", 1
    if words[0] in {"with", "in"} and _concerns(doc, index):
        return "condition", 3
    if words[0] == "as":
        return ("aside", 1) if _is_remark(doc, index, limit) else _longest(doc, index, limit)
    cases = CASES.match(text_of(doc), doc[index].idx) if words[0] in {"in", "under"} else None
    if cases is not None and doc[index - 1].text != "than":
        return "condition", len(cases.group().split())
    found = _longest(doc, index, limit)
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


def _opens_time(doc: "Doc", index: int, limit: int) -> bool:
    """As in "shall, following the discovery of a leak, notify": the preposition at the head of a phrase between commas."""
    opens = is_initial(doc, index, 0) or doc[index - 1].text == ","
    follows = doc[index + 1] if index + 1 < limit else None
    return (
        opens and follows is not None and follows.pos_ in {"DET", "NOUN", "ADJ", "PROPN"} and doc[index].dep_ != "amod"
    )


_RELATIONS = (("with", "respect", "to"), ("with", "regard", "to"), ("in", "relation", "to"))


def _concerns(doc: "Doc", index: int) -> bool:
    """As in "With respect to X, ...", "means, with respect to X, the ...": it says of what the rule holds."""
    if words_of(doc)[index : index + 3] not in _RELATIONS:
        return False
    before = doc[index - 2] if index > 1 and doc[index - 1].text == "," else None
    verbal = before is not None and (before.tag_ == "MD" or before.pos_ in {"VERB", "AUX"})
    return verbal or index == 0


_NOT_LACKED = word_set(
    "undue delay limit limitation limitations prejudice notice charge regard liability exception reservation further hesitation cost "
    "warranty any doubt help interruption cause reason restriction discrimination penalty recourse loss risk compensation end question"
)


def _lacks_thing(doc: "Doc", index: int, limit: int) -> bool:
    """As in "without a permit", "without a search warrant": a thing that must be there, not how something is done."""
    follows = doc[index + 1] if index + 1 < limit else None
    if doc[index].dep_ == "prep" and doc[index].head.dep_ in {"nsubj", "nsubjpass"}:
        return False  # "skippers without a licence"
    if follows is None or follows.pos_ not in {"DET", "NOUN", "ADJ", "PROPN"} or follows.lower_ in _NOT_LACKED:
        return False
    end = next((i for i in range(index + 1, limit) if doc[i].is_punct), limit)
    phrase = doc[index + 1 : end]
    return len(phrase) > 0 and not any(t.tag_ == "VBG" or t.lower_ in _NOT_LACKED for t in phrase[:4])


_MEASURED = word_set("long soon well far much many if though necessary needed")


def _is_remark(doc: "Doc", index: int, limit: int) -> bool:
    """As in ", as such fees are listed in the order": a clause with "as" behind a comma, which tells and does not limit."""
    if index == 0 or doc[index - 1].text != "," or index + 2 >= limit or doc[index].dep_ != "mark":
        return False
    if words_of(doc)[index + 1 : index + 3] == ("the", "case"):
        return False
    fixed = doc[index + 1].lower_ in _MEASURED
    return not fixed and doc[index + 1].tag_ != "VBN"


def _concedes(doc: "Doc", index: int, limit: int) -> bool:
    """As in "While gifts may be customary, we must ...": a contrast, where "while a tender runs" tells the time."""
    comma = next((i for i in range(index, limit) if doc[i].text == ","), index)
    return is_initial(doc, index, 0) and any(token.tag_ == "MD" for token in doc[index:comma])


def _commits(doc: "Doc", index: int, limit: int) -> bool:
    """As in "While every care will be taken, we ...": the contrast is a rule of its own."""
    comma = next((i for i in range(index, limit) if doc[i].text == ","), index)
    return is_initial(doc, index, 0) and any(t.lower_ in {"will", "shall", "must"} for t in doc[index:comma])


def _is_inverted(doc: "Doc", index: int) -> bool:
    """As in "Should the need arise, ...": the modal before its subject says "if"."""
    if is_initial(doc, index, 0):
        nominal = index + 1 < len(doc) and doc[index + 1].pos_ in {"PROPN", "NOUN", "PRON", "DET", "ADJ"}
        return nominal and any(token.text == "," for token in doc[index:])
    verb = doc[index].head
    opens = not negative_adverbial(doc[index])
    subject = next((c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    return opens and subject is not None and subject.left_edge.i == index + 1 and doc[index].tag_ == "MD"


def _is_marker(doc: "Doc", index: int, words: tuple[str, ...], limit: int) -> bool:
    token = doc[index]
    previous = doc[index - 1] if index else None
    following = doc[index + len(words)] if index + len(words) < limit else None
    first = words[0]
    if first == "for" and len(words) == 1:
        return _is_purpose_clause(doc, index, limit)
    if words == ("while",) and previous is not None and previous.text == ",":
        return not any(c.lower_ in {"must", "shall", "may", "should"} for c in token.head.lefts)
    if words == ("pending",):
        return token.dep_ in {"prep", "mark"} and previous is not None and previous.lemma_ != "be"
    if words == ("following",):
        return _opens_time(doc, index, limit)
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
        return previous is not None and previous.text == "," and _is_bare_choice(doc, index, limit)
    if words == ("if", "any"):
        return following is None or following.is_punct
    if words == ("if",):
        return previous is None or not (previous.lower_ == "as" or previous.lemma_.lower() in _ASKING)
    if first == "after" and previous is not None and previous.lemma_ in {"look", "take"}:
        return False  # "look after the desk"
    if first == "upon" and any(t.lemma_.lower() in _LEANING for t in doc[max(0, index - 2) : index]):
        return False
    if words[0] == "excluding" and previous is not None and previous.lower_ == "without":
        return False
    if first == "before" and len(words) == 1 and _is_forum(doc, index, limit):
        return False
    if first in {"after", "before", "upon", "prior"}:
        return not _is_deadline(doc, index)
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
        return _opens_exception(doc, index, words, following)
    if words in (("including",), ("such", "as"), ("whatever",), ("in", "particular"), ("at", "least", "the")):
        return previous is not None and previous.is_punct
    return True


_ASKING = word_set("see ask determine decide check verify assess")  # "determine if X holds" says what


def _is_bare_choice(doc: "Doc", index: int, limit: int) -> bool:
    """As in ", whether paid or not": without a verb of its own, unlike "determine, within a week, whether to deny it"."""
    comma = next((i for i in range(index, limit) if doc[i].text in {",", ";"}), limit)
    return not any(t.tag_ in {"VB", "VBZ", "VBP", "VBD", "MD", "TO"} for t in doc[index:comma])


_SAVING = word_set("as where that for in with when if to by under on pursuant")
_ALL_OR_NONE = word_set("one nobody none nothing anyone anybody anything everyone everybody everything all")


def _opens_exception(doc: "Doc", index: int, words: tuple[str, ...], following: "Token | None") -> bool:
    """Sorts "save where", "no one but the owner" and "but not to X" from the verb "save" and the plain "but"."""
    previous = doc[index - 1] if index else None
    if words[0] in {"except", "excepting"}:
        return True
    if following is None:
        return False
    if words == ("but", "not"):
        phrase = following.pos_ in {"ADP", "DET"} or (following.lower_ == "to" and following.dep_ == "prep")
        return phrase and following.lower_ not in {"limited", "necessarily", "only"}
    if words[0] == "but":
        return (
            previous is not None
            and previous.lower_ in _ALL_OR_NONE
            and following.pos_ in {"DET", "NOUN", "PROPN", "PRON", "ADJ"}
        )
    if words[0] == "barring":
        return is_initial(doc, index, 0) or (
            previous is not None and (previous.text == "," or previous.pos_ == "CCONJ")
        )
    if following.lower_ not in _SAVING:
        return False
    if is_initial(doc, index, 0):
        return any(t.text == "," for t in doc[index:])
    return previous is not None and previous.text in {",", "(", "—", "–"}


def _is_purpose_clause(doc: "Doc", index: int, limit: int) -> bool:
    """As in "For a disclosure to be permitted, the record must ...": for-to before the main clause."""
    if index and not is_initial(doc, index, 0):
        return False
    comma = next((i for i in range(index, limit) if doc[i].text == ","), index)
    return any(
        token.tag_ == "TO" and token.nbor().tag_ == "VB"
        for token in doc[index : max(comma, index)]
        if token.i + 1 < limit
    )


def _is_deadline(doc: "Doc", index: int) -> bool:
    """Whether "after" or "before" closes a deadline ("no later than 60 days after receipt")."""
    counted = doc[max(0, index - 1) : index]
    lasting = any(
        token.lower_ == "for" for token in doc[max(0, index - 5) : index]
    )  # "keep it for a year upon request"
    return not lasting and any(token.lemma_.lower() in _DURATIONS for token in counted)


_LEANING = word_set(
    "base rely depend call impose agree confer act insist improve build decide bestow place put focus reflect"
)
_FORA = word_set(
    "court tribunal judge arbitrator magistrate board commission committee council panel authority parliament jury"
)


def _is_forum(doc: "Doc", index: int, limit: int) -> bool:
    """As in "bring the action before the courts": before whom, not before what; no verb makes it a clause."""
    end = next((i for i in range(index, limit) if doc[i].is_punct or doc[i].lower_ in {"of", "in", "where"}), limit)
    phrase = doc[index + 1 : min(end, index + 6)]
    clause = any(t.tag_ in {"VBZ", "VBP", "VBD", "VBG", "MD"} for t in phrase)
    return not clause and any(t.lemma_.lower() in _FORA for t in phrase)


def is_proviso(doc: "Doc", index: int) -> bool:
    """As in "...; provided that ...", "...; and provided, however, that ...": behind a semicolon it limits what is before."""
    word, before = doc[index].lower_, index - 1
    while before >= 0 and doc[before].pos_ == "CCONJ":
        before -= 1
    if before < 0 or doc[before].text != ";":
        return False
    return word in {"except", "unless"} or (
        word in {"provided", "providing"}
        and doc[index + 1 : index + 2].text.lower() in {"that", ",", "however", "always"}
    )


def is_dash(token: "Token") -> bool:
    return token.text in {"—", "–", "--"} or (token.text == "-" and bool(token.whitespace_))


def is_initial(doc: "Doc", index: int, start: int) -> bool:
    """Whether nothing but connectives stands between the clause's beginning and ``index``."""
    for position in range(index - 1, start - 1, -1):
        token = doc[position]
        if is_dash(token):
            return not any(is_dash(t) for t in doc[start:position])  # behind a second dash the first clause goes on
        if token.text in {";", ".", ":", "?", "!"}:
            return True
        if token.is_punct or token.dep_ in {"cc", "advmod"} or token.pos_ in {"ADV", "CCONJ", "INTJ"}:
            continue
        return False
    return True
