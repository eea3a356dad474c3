"""The object of an action: a minimal noun phrase or a complement clause.

Coordination, of-phrases and the first restrictive modifier stay; cross-references and circumstances go.
"""

from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_attachment import MENDING, belongs_to_verb, limits_act
from extraction.rules_complements import adjectives_end, infinitive_tail, series_end
from extraction.rules_insertions import beyond_inserted, beyond_phrase, ends_open
from extraction.rules_listing import LISTING, before_examples, series_behind_colon, whole_object
from extraction.rules_phrases import (
    is_cross_reference,
    lemma,
    mentions_reference,
    strip_determiners,
    trim,
    with_quantity,
    with_series,
)
from extraction.rules_receivers import beyond_receiver
from extraction.rules_spans import Segment, overlaps

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABELS = frozenset({"relcl", "acl", "prep", "appos", "advcl", "ccomp", "xcomp"})


def object_span(
    verb: "Token", after: int, limit: int, found: tuple[Segment, ...], *, narrow: bool = False
) -> tuple[int, int]:
    """Tokens ``[start, end)`` of the verb's object or complement clause in ``[after, limit)``; empty: start == end."""
    doc = verb.doc
    start = _object_start(verb, after, limit, found)
    stop = next((segment.start for segment in found if segment.start > start), limit)
    stop = min(stop, limit)
    if start >= stop:
        return after, after
    start = beyond_receiver(verb, start, stop)
    if start >= stop:
        return after, after
    if doc[start].lower_ in {"it", "them"}:
        return start, start + 1
    if doc[start : start + 2].text.lower() == "up to":
        return start, with_quantity(doc, start, stop)
    if doc[start : start + 2].text.lower() in {"at least", "at most"} and start + 2 < stop:
        start += 2  # the noun they bound is the object; they are put back before it
    if lemma(verb) == "be" and doc[start].pos_ == "ADP":
        return start, trim(doc, start, stop)
    if whole_object(verb):
        if doc[start].lower_ in {"for", "in", "with"} and doc[start].pos_ == "ADP" and ends_open(doc, stop):
            return after, after  # "must include for each visit:"
        quoted = (t.i for t in doc[start : stop - 1] if t.text == ":" and t.nbor().is_quote)
        stop = next(quoted, stop)
        limit = min(limit, stop) if stop < limit and doc[stop].text == ":" else limit
        limit = before_examples(doc, start, limit, found)
        begin, end = strip_determiners(doc, start, stop), trim(doc, start, limit if lemma(verb) in LISTING else stop)
        return begin, series_behind_colon(verb, begin, end)
    token = doc[start]
    if token.lower_ == "that" and token.dep_ in {"mark", "det", "SCONJ"} and token.dep_ != "det":
        return start + 1, trim(doc, start + 1, _clause_stop(doc, start, limit, found))
    if token.tag_ in {"WP", "WRB", "WDT", "WP$"} or (token.lower_ == "whether"):
        return start, trim(doc, start, stop)
    pointing = token.lower_ == "that" and token.dep_ == "dobj" and start + 1 < stop and doc[start + 1].pos_ in _NOMINAL
    head = _head_from(
        doc, start + pointing, stop, verb
    )  # "close that User's account": the parser took "that" for it all
    if head is None:
        return after, after
    behind = doc[start + 1 : min(start + 5, stop)]
    thing = next((t for t in behind if t.pos_ in {"NOUN", "PROPN"} and t.dep_ == "dobj" and t.head.i == start), None)
    if head.i == start and head.tag_ in {"VBN", "VBD"} and thing is not None:
        head = thing  # "may disclose protected health information": the parser took the participle for the main verb
    if head.dep_ in {"ccomp", "xcomp"} and head.pos_ in {"VERB", "AUX"}:
        end = min(stop, int(head.right_edge.i) + 1)
        return strip_determiners(doc, start, end), trim(doc, start, end)
    if head.pos_ == "DET" and head.i + 1 < stop <= head.head.i and head.dep_ == "det":
        return strip_determiners(doc, start, stop), trim(doc, start, stop)  # the parser took the noun for an adjective
    end = noun_end(head, verb, stop, narrow=narrow)
    if end < stop and doc[end].lower_ == "to" and doc[end].tag_ == "IN" and head.lemma_.lower() in MENDING:
        end = min(stop, _prep_end(doc[end], verb, stop, 1, narrow=narrow))  # which the parser hung on the verb
    end = with_series(doc, with_quantity(doc, end, stop), stop)
    if _hung_modifier(doc, end, stop, verb):
        end = min(stop, int(doc[end].right_edge.i) + 1)
    end += (
        doc[end - 1 : end + 1].text.lower() == "data subject" and end < stop
    )  # which the parser takes for an adjective
    means = end if narrow and lemma(verb) == "use" else infinitive_tail(verb, end, stop)  # "may use X to V": what for
    tail = max(means, series_end(verb, stop), adjectives_end(doc[start], stop))
    tail = beyond_inserted(doc, tail, stop, limit, found)
    begin = strip_determiners(doc, start, tail)
    bounded = begin >= after + 2 and doc[begin - 2 : begin].text.lower() in {"at least", "at most"}
    return begin - 2 * bounded, trim(doc, begin, tail)


def _hung_modifier(doc: "Doc", end: int, stop: int, verb: "Token") -> bool:
    """As in "give notice regarding N", "delete data older than N": what limits the noun, which the parser hangs on the verb."""
    if end + 1 >= stop or doc[end].head != verb:
        return False
    measured = doc[end].tag_ in {"RBR", "JJR"} and doc[end + 1].lower_ == "than"
    return measured or doc[end].lower_ in {"regarding", "concerning"}


_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


def _object_start(verb: "Token", after: int, limit: int, found: tuple[Segment, ...]) -> int:
    """The token from ``after`` on at which an object can begin: behind adverbs, commas and segments that are no part of it."""
    doc = verb.doc
    start = after
    if start + 2 < limit and doc[start : start + 2].text.lower() in {"as needed", "as necessary", "as required"}:
        start += 2
    start = beyond_phrase(verb, start, limit)
    start += start < limit and lemma(verb) == "hold" and doc[start].lower_ == "harmless"
    while start < limit and (
        (
            doc[start].pos_ == "ADV"
            and doc[start].dep_ in {"advmod", "neg"}
            and doc[start].tag_ != "WRB"
            and not (doc[start].tag_ in {"RBR", "RBS"} and doc[start].head.pos_ == "ADJ" and doc[start].head.i > start)
            and not _graded(doc, start, limit)
        )
        or doc[start].text in {",", ":", ")"}
        or overlaps(start, found) is not None
    ):
        segment = overlaps(start, found)
        start = segment.end if segment is not None else start + 1
    return start


_OF_VERB = word_set(
    "promptly immediately only solely exclusively regularly periodically annually directly orally fully properly carefully clearly "
    "truthfully honestly accurately openly publicly electronically personally separately additionally automatically"
)


def _graded(doc: "Doc", adverb: int, limit: int) -> bool:
    """As in "issue legally binding decisions", which the parser hangs on the verb: the adverb stands right before what it grades."""
    word = doc[adverb]
    if adverb + 2 >= limit or not word.lower_.endswith("ly") or word.lower_ in _OF_VERB:
        return False
    return doc[adverb + 1].dep_ == "amod" and doc[adverb + 2].pos_ in {"NOUN", "PROPN", "ADJ"}


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
    while start <= token.head.i < stop and token.head.i not in (token.i, verb.i):
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
            subject is not None and token.tag_ != "VB" and token.dep_ not in {"ccomp", "xcomp", "pcomp"}
        ):
            return subject
        if token.dep_ in {"ccomp", "xcomp", "dobj"}:
            return token
        if token.tag_ in {"VBG", "VBN", "NN"} or (token.tag_ == "VBD" and token.i > verb.i + 1):
            return token
    return None


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
        if doc[left - 1].text == "," and child.dep_ not in {"prep", "appos"}:
            break
        if is_cross_reference(doc, left) or (child.dep_ == "relcl" and mentions_reference(child)):
            continue
        if child.dep_ == "prep" and child.lower_ == "of" and not (depth == 0 and _tells(verb, noun)):
            end = min(stop, _prep_end(child, verb, stop, depth, narrow=narrow))
        elif (child.dep_ == "prep" and (belongs_to_verb(child, verb) or (narrow and limits_act(child)))) or (
            narrow
            and child.dep_ == "acl"
            and (
                child.lower_ == "using" or (child.tag_ == "VBN" and any(c.lower_ in {"by", "in"} for c in child.rights))
            )
        ):
            break
        elif child.dep_ == "appos":
            end = min(stop, int(child.right_edge.i) + 1) if doc[left - 1].text in {"(", "“", '"'} else end
        elif modified and child.dep_ == "relcl" and left == end and doc[left].tag_ == "TO":
            end = min(stop, int(child.right_edge.i) + 1)  # "the data you instruct us | to share": one clause in two
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


def _tells(verb: "Token", noun: "Token") -> bool:
    """As in "inform X of Y", where X is told; in "notify to X the Y of Z" the Y is."""
    told = any(c.lower_ == "to" and c.dep_ in {"prep", "dative"} and c.i < noun.i for c in verb.rights)
    return lemma(verb) in {"inform", "notify", "advise", "warn", "remind"} and not told


def _clause_end(child: "Token", stop: int) -> int:
    """The end of a relative clause; a modal after a conjunction goes back to the main clause."""
    end = min(stop, int(child.right_edge.i) + 1)
    if any(c.tag_ == "MD" for c in child.lefts):
        return end
    return next((t.i for t in child.doc[child.i + 1 : end - 1] if t.pos_ == "CCONJ" and t.nbor().tag_ == "MD"), end)


def _prep_end(preposition: "Token", verb: "Token", stop: int, depth: int, *, narrow: bool = False) -> int:
    inner = next((child for child in preposition.rights if child.dep_ in {"pobj", "pcomp"}), None)
    if inner is None:
        return int(preposition.right_edge.i) + 1
    if inner.dep_ == "pcomp":
        return int(inner.right_edge.i) + 1
    return noun_end(inner, verb, stop, depth, narrow=narrow)
