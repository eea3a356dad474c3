"""The noun phrases and the verb of a deontic frame: actor, action and object as clean strings.

Every function takes tokens and returns text cut from the sentence: articles off, cross-references off, punctuation
trimmed, at most the first restrictive modifier kept.
"""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import CROSS_REFERENCE, DETERMINERS, REFERENCE_NOUNS
from extraction.rules_spans import Segment, overlaps

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EDGE = re.compile(r"^[\s,;:.\-–—*_`]+|[\s,;:\-–—*_`]+$")
_TRAILING = re.compile(r"(?:[\s,;:]+(?i:and|or|but|and/or|nor|to|by|with))+$|(?<![A-Z])\.$")
_MARKDOWN = re.compile(r"\*\*|__|`|^\s*[-*•]\s+")
_TRANSFER = frozenset(
    "disclose give lend provide pay offer transfer share send make promise grant award sell show release forward "
    "communicate submit report deliver return assign extend present accept receive solicit request take seek".split()
)
_LABELS = frozenset({"relcl", "acl", "prep", "appos", "advcl", "ccomp", "xcomp"})


def clean(text: str) -> str:
    """``text`` without markup, doubled blanks, and punctuation or conjunctions at its ends."""
    text = re.sub(r"\s+", " ", _MARKDOWN.sub("", text)).strip()
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
    return clean(doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])])


def strip_determiners(doc: "Doc", start: int, end: int) -> int:
    """The first token at or after ``start`` that is not an article or quantifying determiner."""
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


# --- actor -----------------------------------------------------------------------------------------------------


def actor_span(subject: "Token", stop: int) -> tuple[int, int]:
    """Tokens ``[start, end)`` of the subject's noun phrase before token ``stop``, without clauses on it."""
    doc = subject.doc
    start = int(subject.left_edge.i)
    end = _actor_end(subject, stop)
    if doc[start].lower_ == "only":
        start += 1
    if doc[start].lower_ in {"not", "neither"}:
        start += 1
    if doc[start].lower_ == "all" and start + 1 < end and doc[start + 1].lower_ in {"of"}:
        start += 2
    start = strip_determiners(doc, start, end)
    if doc[start].lower_ in {"that", "those", "its"} and start + 1 < end and doc[start].dep_ in {"det", "poss"}:
        start += 1
    if start > 0 and doc[start - 1].text in {"“", '"', "‘"}:
        start -= 1
    if end < stop and doc[end].text in {"”", '"', "’"}:
        end += 1
    return start, max(end, start + 1)


def _actor_end(noun: "Token", stop: int) -> int:
    end = int(noun.i) + 1
    modified = False
    for child in noun.rights:
        if child.i >= stop:
            break
        if child.dep_ in {"relcl", "acl"} or (child.dep_ == "appos" and child.i > end):
            break
        if child.dep_ == "prep":
            if child.lower_ in {"between", "under", "with", "including", "such", "per", "within", "by", "as"} or (
                modified and child.lower_ != "of"
            ):
                break
            if _is_cross_reference(child.doc, child.i):
                break
            modified = modified or child.lower_ != "of"
            pobj = next((c for c in child.rights if c.dep_ in {"pobj", "pcomp"}), None)
            end = min(stop, _actor_end(pobj, stop) if pobj is not None else int(child.right_edge.i) + 1)
        elif child.dep_ == "conj":
            end = min(stop, _actor_end(child, stop))
        elif child.dep_ in {"case", "nummod", "punct", "cc", "advmod"}:
            if child.dep_ == "case":
                end = child.i + 1
        else:
            end = min(stop, int(child.right_edge.i) + 1)
    return end


def subject_restriction(subject: "Token", stop: int) -> tuple[int, int] | None:
    """Tokens of the restrictive who/that-clause or participle on the actor, or None."""
    nouns = [subject, *(c for c in subject.rights if c.dep_ == "conj")]
    for noun in nouns:
        for child in noun.rights:
            if child.i >= stop or child.dep_ not in {"relcl", "acl"}:
                continue
            start = int(child.left_edge.i)
            if noun.doc[start - 1].text == "," or _is_cross_reference(noun.doc, start):
                continue
            end = min(stop, int(child.right_edge.i) + 1)
            if end - start >= 2:
                return start, end
    return None


# --- action ----------------------------------------------------------------------------------------------------


def action_parts(verb: "Token", limit: int, passive: bool) -> tuple[str, int]:
    """The verb's lemma with its particle, and the token after which its complement begins."""
    doc, words, after = verb.doc, [lemma(verb)], int(verb.i) + 1
    for child in verb.rights:
        if child.dep_ == "prt" and child.i < limit:
            words.append(child.lower_)
            after = max(after, child.i + 1) if child.i == verb.i + 1 else after
    if words == ["make"] and after < limit and doc[after].lower_ in {"available", "sure", "public"}:
        return f"make {doc[after].lower_}", after + 1
    if (
        words == ["take"]
        and after + 1 < limit
        and doc[after].lower_ == "into"
        and doc[after + 1].lower_ in {"account", "consideration"}
    ):
        return f"take into {doc[after + 1].lower_}", after + 2
    if words == ["be"] and after < limit and doc[after].lower_ == "aware":
        return "be aware", after + 1
    if passive:
        return " ".join(words), after
    chained = _chained(verb, after, limit)
    if chained is not None:
        return chained
    following = _skip_adverbs(doc, after, limit)
    if following + 1 < limit and doc[following].text == ",":
        closing = next((t.i for t in doc[following + 1 : limit] if t.text == ","), limit)
        if closing + 1 < limit and _governs(verb, doc[closing + 1]):
            following = closing + 1
    if following < limit and _governs(verb, doc[following]) and words[0] != "be":
        return " ".join([*words, doc[following].lower_]), following + 1
    return " ".join(words), after


def lemma(verb: "Token") -> str:
    """The lower-case lemma; words that the tagger took for nouns keep a verb's form."""
    text = verb.lemma_.lower()
    return {"'": verb.lower_}.get(text, text)


def _chained(verb: "Token", after: int, limit: int) -> tuple[str, int] | None:
    """ "offer to pay", "attempt to hide": the second verb carries the meaning, so both stay."""
    doc = verb.doc
    if lemma(verb) in {"use", "have", "be", "need", "agree", "elect", "choose"}:
        return None
    if after + 1 < limit and doc[after].tag_ == "TO" and doc[after + 1].tag_ in {"VB", "VBP"}:
        inner, end = action_parts(doc[after + 1], limit, passive=False)
        if doc[after + 1].lemma_ != "be":
            return f"{lemma(verb)} to {inner}", end
    return None


def _skip_adverbs(doc: "Doc", start: int, limit: int) -> int:
    while start < limit and doc[start].pos_ == "ADV" and doc[start].dep_ == "advmod":
        start += 1
    return start


_GOVERNED = frozenset(
    "with on to in for about against from of upon at over between into by around after through".split()
)
_FREE_PREPOSITIONS = frozenset("in at by from after through upon during for on between into".split())
_GOVERNING = frozenset(
    """engage participate act rely focus depend respond consent object adhere refer contribute participate appeal care ask
    apply pay look deal interact compete serve report invest work differentiate distinguish choose discriminate
    retaliate trade gossip insist speak account opt provide allow plan prepare watch wait search benefit refrain abstain
    withdraw suffer result consult cooperate communicate conflict interfere tamper meddle comply agree subscribe
    commit vote lobby bid enter travel attend gamble log dispose approve talk think know complain belong listen""".split()
)


def _governs(verb: "Token", preposition: "Token") -> bool:
    """Whether the preposition right after an intransitive verb belongs to the action ("comply with")."""
    if preposition.lower_ not in _GOVERNED or preposition.pos_ not in {"ADP", "SCONJ", "PART"}:
        return False
    if any(child.dep_ in {"dobj", "attr", "dative"} and child.pos_ != "ADP" for child in verb.rights):
        return False
    if preposition.lower_ not in _FREE_PREPOSITIONS:
        return True
    return lemma(verb) in _GOVERNING


# --- object ----------------------------------------------------------------------------------------------------


def object_span(
    verb: "Token", after: int, limit: int, found: tuple[Segment, ...], *, narrow: bool = False
) -> tuple[int, int]:
    """Tokens ``[start, end)`` of the verb's object or complement clause in ``[after, limit)``; empty: start == end."""
    doc = verb.doc
    start = after
    while start < limit and (
        (doc[start].pos_ == "ADV" and doc[start].dep_ in {"advmod", "neg"} and doc[start].tag_ not in {"WRB"})
        or doc[start].text in {",", ":"}
        or overlaps(start, found) is not None
    ):
        segment = overlaps(start, found)
        start = segment.end if segment is not None else start + 1
    stop = next((segment.start for segment in found if segment.start > start), limit)
    stop = min(stop, limit)
    if start >= stop:
        return after, after
    start = _beyond_phrase(verb, start, stop)
    if start >= stop:
        return after, after
    if doc[start : start + 2].text.lower() in {"up to", "at least", "at most"}:
        return start, with_quantity(doc, start, stop)
    if lemma(verb) == "be" and doc[start].pos_ == "ADP":
        return start, _trim(doc, start, stop)
    if whole_object(verb):
        return strip_determiners(doc, start, stop), _trim(doc, start, limit if lemma(verb) in _LISTING else stop)
    token = doc[start]
    if token.lower_ == "that" and token.dep_ in {"mark", "det", "SCONJ"} and not (token.dep_ == "det"):
        return start + 1, _trim(doc, start + 1, _clause_stop(doc, start, limit, found))
    if token.tag_ in {"WP", "WRB", "WDT", "WP$"} or (token.lower_ == "whether"):
        return start, _trim(doc, start, stop)
    head = _head_from(doc, start, stop, verb)
    if head is None:
        return after, after
    if head.dep_ in {"ccomp", "xcomp"} and head.pos_ in {"VERB", "AUX"}:
        end = min(stop, int(head.right_edge.i) + 1)
        return strip_determiners(doc, start, end), _trim(doc, start, end)
    end = with_quantity(doc, noun_end(head, verb, stop, narrow=narrow), stop)
    tail = _infinitive_tail(verb, head, end, stop)
    begin = strip_determiners(doc, start, tail)
    return begin, _trim(doc, begin, tail)


_LISTING = frozenset({"contain", "include"})


def whole_object(verb: "Token") -> bool:
    """Verbs whose object is a list or a description: all that follows belongs to it."""
    return lemma(verb) in _LISTING


def _beyond_phrase(verb: "Token", start: int, stop: int) -> int:
    """ "obtain from X the Y", "provide X with Y", "inform X of Y": where the phrase that counts begins."""
    doc = verb.doc
    if lemma(verb) in {"provide", "supply", "furnish", "equip"}:
        preposition = next((t for t in doc[start + 1 : min(start + 8, stop)] if t.lower_ == "with"), None)
        between = doc[start : preposition.i] if preposition is not None else None
        if (
            preposition is not None
            and between is not None
            and len(between) <= 6
            and not any(t.text == "," for t in between)
        ):
            return min(int(preposition.i) + 1, stop)
    if doc[start].pos_ == "ADP" and doc[start].dep_ == "prep":
        later = next(
            (c for c in verb.rights if c.dep_ in {"dobj", "ccomp", "xcomp"} and start < c.left_edge.i < stop), None
        )
        if later is not None:
            return int(later.left_edge.i)
        nouns = [chunk for chunk in doc[start:stop].noun_chunks]
        if len(nouns) > 1 and nouns[0].end == nouns[1].start:
            return int(nouns[1].start)
    return start


def _clause_stop(doc: "Doc", start: int, limit: int, found: tuple[Segment, ...]) -> int:
    """A that-clause runs on over its own conditions unless a comma sets them off."""
    for segment in found:
        if segment.start > start and (doc[segment.start - 1].text == "," or doc[segment.start].lower_ == "only"):
            return min(segment.start, limit)
    return limit


def _head_from(doc: "Doc", start: int, stop: int, verb: "Token") -> "Token | None":
    """The head of the phrase that begins at ``start``: climb from its first token while inside the region."""
    token = doc[start]
    if token.pos_ == "ADP" and token.dep_ in {"prep", "agent"}:
        return None
    if token.tag_ == "TO" or token.pos_ == "CCONJ":
        return None
    while start <= token.head.i < stop and token.head.i != token.i and token.head.i != verb.i:
        if token.head.left_edge.i < start and token.head.pos_ in {"VERB", "AUX"}:
            break
        if token.dep_ in {"relcl", "acl"}:
            break
        token = token.head
    if token.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM", "DET"}:
        return token
    if token.pos_ in {"VERB", "AUX"}:
        subject = next((c for c in token.lefts if c.dep_ in {"nsubj", "nsubjpass"} and c.left_edge.i >= start), None)
        if token.dep_ in {"relcl", "acl"} or (
            subject is not None and token.tag_ not in {"VB"} and token.dep_ not in {"ccomp", "xcomp", "pcomp"}
        ):
            return subject
        if token.dep_ in {"ccomp", "xcomp", "dobj"}:
            return token
        if token.tag_ in {"VBG", "VBN", "NN"}:
            return token
    return None


_COMPARING = frozenset(
    "worth over above below under exceeding costing more less than up to at least most no greater fewer about usd eur gbp".split()
)


def with_quantity(doc: "Doc", end: int, stop: int) -> int:
    """``end`` moved behind "worth more than USD 100" or the like, which the parser often leaves outside."""
    while end < stop and doc[end - 1].pos_ in {"NOUN", "PROPN", "ADJ"} and doc[end].pos_ in {"NOUN", "PROPN"}:
        end += 1
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


def noun_end(noun: "Token", verb: "Token", stop: int, depth: int = 0, *, narrow: bool = False) -> int:
    """The end of the minimal noun phrase of ``noun``: coordination, of-phrases, the first restrictive modifier."""
    doc, end, modified = noun.doc, int(noun.i) + 1, False
    for child in noun.rights:
        if child.i >= stop:
            break
        if child.dep_ == "punct" or child.dep_ in {"cc", "preconj"}:
            if child.text in {"”", "’", '"', ")"}:
                end = child.i + 1
            continue
        if child.dep_ == "conj":
            if child.pos_ in {"VERB", "AUX"} and noun.pos_ not in {"VERB", "AUX"} and child.tag_ != "VBG":
                break
            end = min(stop, noun_end(child, verb, stop, depth, narrow=narrow))
            continue
        if child.dep_ not in _LABELS:
            end = (
                min(stop, int(child.right_edge.i) + 1)
                if child.dep_ in {"case", "nummod", "npadvmod", "amod", "advmod", "dobj", "oprd", "attr"}
                else end
            )
            continue
        left = int(child.left_edge.i)
        if doc[left - 1].text == "," and child.dep_ != "prep" and child.dep_ != "appos":
            break
        if _is_cross_reference(doc, left) or (child.dep_ == "relcl" and _mentions_reference(child)):
            continue
        if (
            child.dep_ == "prep"
            and child.lower_ == "of"
            and not (depth == 0 and lemma(verb) in {"inform", "notify", "advise", "warn", "remind"})
        ):
            end = min(stop, _prep_end(child, verb, stop, depth, narrow=narrow))
        elif child.dep_ == "prep" and (_belongs_to_verb(child, verb) or (narrow and _limits(child))):
            break
        elif (
            narrow
            and child.dep_ == "acl"
            and child.tag_ == "VBN"
            and any(c.lower_ in {"by", "in"} for c in child.rights)
        ):
            break
        elif child.dep_ == "appos":
            end = min(stop, int(child.right_edge.i) + 1) if doc[left - 1].text in {"(", "“", '"'} else end
        elif not modified and depth < 3:
            modified = True
            end = min(
                stop,
                _prep_end(child, verb, stop, depth + 1, narrow=narrow)
                if child.dep_ == "prep"
                else _clause_end(child, stop),
            )
        else:
            break
    return end


def _clause_end(child: "Token", stop: int) -> int:
    return min(stop, int(child.right_edge.i) + 1)


def _prep_end(preposition: "Token", verb: "Token", stop: int, depth: int, *, narrow: bool = False) -> int:
    inner = next((child for child in preposition.rights if child.dep_ in {"pobj", "pcomp"}), None)
    if inner is None:
        return int(preposition.right_edge.i) + 1
    if inner.dep_ == "pcomp":
        return int(inner.right_edge.i) + 1
    return noun_end(inner, verb, stop, depth, narrow=narrow)


_RELATIONAL = {
    "for": "request authorization authorisation reason responsibility need demand application eligibility claim respect",
    "to": "right access threat change damage response answer solution alternative exception objection",
    "in": "interest change participation stake share role",
    "on": "information restriction limit report effect",
}


def _limits(preposition: "Token") -> bool:
    """In a permission or prohibition, purpose, recipient and channel are conditions, not part of the object."""
    word = preposition.lower_
    if word not in {"for", "to", "in", "through", "on", "at", "as", "into"}:
        return False
    return preposition.head.lemma_.lower() not in _RELATIONAL.get(word, "").split()


def _belongs_to_verb(preposition: "Token", verb: "Token") -> bool:
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
    return (
        word in {"to", "from"}
        and lemma(verb) in _TRANSFER
        and preposition.head.lemma_.lower()
        not in {"access", "right", "threat", "change", "damage", "response", "answer"}
    )


def _infinitive_tail(verb: "Token", head: "Token", end: int, stop: int) -> int:
    """ "allow X to V", "take measures to V", "make efforts to V": the infinitive completes the object."""
    doc = verb.doc
    if end < stop and doc[end].tag_ == "TO" and end + 1 < stop and doc[end + 1].tag_ in {"VB", "VBP"}:
        inner = doc[end + 1]
        return min(stop, max(int(inner.right_edge.i) + 1, end + 2)) if inner.right_edge.i < stop else stop
    return end


def _is_cross_reference(doc: "Doc", index: int) -> bool:
    """Whether "referred to in ...", "under paragraph ...", "described in section ..." opens at ``index``."""
    if index >= len(doc):
        return False
    word = doc[index].lower_
    if word == "as" and index + 1 < len(doc):
        return doc[index + 1].lower_ in CROSS_REFERENCE
    if word not in CROSS_REFERENCE:
        return False
    if word in {"referred", "mentioned", "listed", "pursuant"}:
        return True
    return any(token.lower_ in REFERENCE_NOUNS or token.norm_ == "section" for token in doc[index : index + 7])


def _mentions_reference(child: "Token") -> bool:
    return any(token.lower_ in REFERENCE_NOUNS or token.norm_ == "section" for token in list(child.subtree)[:9])


def _trim(doc: "Doc", start: int, end: int) -> int:
    while end > start and (
        doc[end - 1].is_punct and doc[end - 1].text not in {")", "”", '"', "’", "%"} or doc[end - 1].pos_ == "CCONJ"
    ):
        end -= 1
    return end
