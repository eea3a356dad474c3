"""Cutting clean phrases out of a sentence: articles, markup, punctuation, cross-references, quantities."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import CROSS_REFERENCE, DETERMINERS, REFERENCE_NOUNS, word_set
from extraction.parsed import chunks, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EDGE = re.compile(r"^[\s,;:.\-–—*_`]+|[\s,;:\-–—*_`]+$")


_TRAILING = re.compile(
    r"(?:[\s,;:]+(?i:and|or|but|and/or|nor|to|by|with))+$|(?<!before)(?<!after)(?<!than)(?<!like)\sthat$|(?<![A-Z])\.$|,\s*(?:and )?provided(?: that)?$"
)


_MARKDOWN = re.compile(r"\*\*|__|`|^\s*[-*•]\s+")


# A name in brackets at the end (‘storage limitation’) tells what the thing is called, not what it is.
_NAMED_AT_END = re.compile(r"\s*\([‘'“\"][^()]*[’'”\"]\)[\s,;.]*$")


def clean(text: str) -> str:
    """``text`` without markup, doubled blanks, and punctuation or conjunctions at its ends."""
    text = re.sub(r"\s+", " ", _MARKDOWN.sub("", text)).strip()
    text = _NAMED_AT_END.sub("", text)
    previous = None
    while previous != text:
        previous = text
        text = _TRAILING.sub("", _EDGE.sub("", text)).strip()
    if text.count("(") != text.count(")"):
        text = re.sub(r"\s*\([^()]*$", "", text) if text.count("(") > text.count(")") else text.rstrip(")")
    return text


def slice_text(doc: "Doc", start: int, end: int) -> str:
    """The characters from token ``start`` to token ``end`` (exclusive), cleaned."""
    if start >= end:
        return ""
    return clean(text_of(doc)[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])])


def strip_determiners(doc: "Doc", start: int, end: int) -> int:
    """The first token at or after ``start`` that is not an article or quantifying determiner."""
    if doc[start : min(start + 4, end)].text.lower() == "all of the following":
        start += 3
    if doc[start : min(start + 3, end)].text.lower() == "any and all":
        start += 3
    while start < end and (
        doc[start].lower_ in DETERMINERS or (doc[start].is_space) or doc[start].text in {",", "*", "**"}
    ):
        if (
            doc[start].lower_ in {"no", "any", "each", "every"}
            and start + 1 < end
            and doc[start + 1].lower_ in {"one", "of"}
        ):
            break
        start += 1
    return start


def lemma(verb: "Token") -> str:
    """The lower-case lemma; words that the tagger took for nouns keep a verb's form."""
    if verb.tag_ == "NN" and verb.lower_.endswith("ing"):
        from lemminflect import getLemma

        return str(next(iter(getLemma(verb.lower_, "VERB")), verb.lower_))
    prefix, _, stem = verb.lower_.rpartition("-")
    if prefix and verb.tag_ in {"VBN", "VBD", "VBG"}:  # "re-exported", which the table does not know
        from lemminflect import getLemma

        return f"{prefix}-{next(iter(getLemma(stem, 'VERB')), stem)}"
    return _LEMMAS.get(verb.lemma_.lower(), str(verb.lemma_.lower()))


# The lemmatiser's table cuts these like "cancelled" -> "cancel".
_LEMMAS = {"instal": "install", "recal": "recall"}


_CLOCK = word_set("noon midnight dark dusk dawn sunset sunrise")


def clock_end(doc: "Doc", index: int, limit: int) -> int:
    """As in "after 6 pm", "before noon": the end of the time that the preposition at ``index`` names; ``index`` where none."""
    first = index + 1
    if first >= limit or not (doc[first].like_num or doc[first].lower_ in _CLOCK):
        return index
    marked = first + 1 < limit and doc[first + 1].lower_ in {"pm", "am", "p.m.", "a.m.", "o'clock", "o’clock"}
    if doc[first].lower_ in _CLOCK or marked:
        return first + 1 + marked
    return index


_COMPARING = word_set(
    "worth over above below under exceeding costing more less than up to at least most no greater fewer about usd eur gbp"
)


def with_quantity(doc: "Doc", end: int, stop: int) -> int:
    """``end`` moved behind "worth more than USD 100" or the like, which the parser often leaves outside."""
    while end < stop and doc[end - 1].pos_ in {"NOUN", "PROPN", "ADJ"} and doc[end].pos_ in {"NOUN", "PROPN"}:
        end += 1
    if end < stop and doc[end].like_num and doc[end - 1].lower_ in _COMPARING:
        return end + 1
    if not (end < stop and (doc[end - 1].lower_ == "worth" or doc[end].lower_ in _COMPARING - {"to", "at", "than"})):
        return end
    position, number = end, False
    while position < stop and (
        doc[position].lower_ in _COMPARING or doc[position].like_num or doc[position].is_currency
    ):
        number = number or doc[position].like_num
        position += 1
    if not number:
        return end
    return position + (position < stop and doc[position].pos_ in {"NOUN", "PROPN"})


def _beyond_of(doc: "Doc", phrases: dict[int, int], end: int, stop: int) -> int:
    """``end`` of a noun phrase moved behind the "of N" that follows it ("the terms of sale")."""
    while end + 1 < stop and doc[end].lower_ == "of" and end + 1 in phrases:
        end = phrases[end + 1]
    return min(end, stop)


def with_series(doc: "Doc", end: int, stop: int) -> int:
    """``end`` moved behind ", N, N and N" where the parser broke a list of nouns off after its first member."""
    if not (end + 1 < stop and doc[end].text == ","):
        return end
    phrases = chunks(doc)
    position, closed = end, False
    while not closed and position + 1 < stop and doc[position].text == ",":
        position += 1
        closed = position > end + 1 and position + 1 < stop and doc[position].lower_ in {"and", "or"}
        position += closed  # "A, B, and C"
        member = phrases.get(position) or (position + 1 if doc[position].tag_ in {"NN", "NNS", "VBG"} else None)
        if member is None:
            return end
        position = _beyond_of(doc, phrases, member, stop)
        if not closed and position + 1 < stop and doc[position].lower_ in {"and", "or"}:
            last = phrases.get(position + 1) or (position + 2 if doc[position + 1].tag_ in {"NN", "NNS"} else None)
            if last is None:
                return end
            position, closed = _beyond_of(doc, phrases, last, stop), True
    follows = doc[position].tag_ if position < len(doc) else ""
    return position if closed and follows not in {"MD", "VBZ", "VBP", "VBD", "VB", "RB"} else end


_PARTED = {
    "set": {"forth", "out", "up", "in", "by"},
    "laid": {"down", "out"},
    "carried": {"out"},
    "given": {"in", "under", "by"},
}
"""Words that refer only with their particle: "set out in rule 3", not "a limited data set"."""


def is_cross_reference(doc: "Doc", index: int) -> bool:
    """Whether "referred to in ...", "under paragraph ...", "described in section ..." opens at ``index``."""
    if index >= len(doc):
        return False
    word = doc[index].lower_
    if doc[index].tag_ == "VBN" and doc[index + 1 : index + 2].text.lower() in {"under", "pursuant"}:
        return any(token.lower_ in REFERENCE_NOUNS or token.norm_ == "section" for token in doc[index : index + 6])
    if word == "as" and index + 1 < len(doc):
        return doc[index + 1].lower_ in CROSS_REFERENCE
    if word not in CROSS_REFERENCE or (
        word in _PARTED and doc[index + 1 : index + 2].text.lower() not in _PARTED[word]
    ):
        return False
    if word in {"referred", "mentioned", "listed", "pursuant"}:
        return True
    return any(token.lower_ in REFERENCE_NOUNS or token.norm_ == "section" for token in doc[index : index + 7])


def mentions_reference(child: "Token") -> bool:
    return any(token.lower_ in REFERENCE_NOUNS or token.norm_ == "section" for token in list(child.subtree)[:9])


def trim(doc: "Doc", start: int, end: int) -> int:
    while end > start and (
        (doc[end - 1].is_punct and doc[end - 1].text not in {")", "”", '"', "’", "%"}) or doc[end - 1].pos_ == "CCONJ"
    ):
        end -= 1
    return end
