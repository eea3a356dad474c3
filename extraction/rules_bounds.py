"""Look-ahead: where a clause ends, and whether a main clause, a subject or a modal begins at a token."""

from typing import TYPE_CHECKING

from extraction.lexicon import EFFECT_VERBS, EPISTEMIC_VERBS, MODALS
from extraction.parsed import chunks
from extraction.rules_marker_tests import is_dash, is_proviso
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def clause_end(doc: "Doc", index: int, limit: int) -> int:
    """The end of the independent clause around ``index``: semicolon, full stop, dash, or coordinated clause."""
    depth = 0
    closing = _second_dash(doc, index, limit)
    for position in range(index, limit):
        token = doc[position]
        if position <= closing and (position == closing or is_dash(token)):
            continue
        if token.text in {"(", "["}:
            depth += 1
        elif token.text in {")", "]"}:
            if depth == 0 and not any(t.text in {"(", "["} for t in doc[:index]):
                continue  # what "922(g)(4)" left behind
            if depth == 0:
                return position
            depth -= 1
        elif depth == 0 and token.text == ";" and _goes_on(doc, position + 1, limit):
            continue
        elif depth == 0 and (token.text == ";" or is_dash(token) or _is_stop(doc, position, limit)):
            return position
    return limit


def _goes_on(doc: "Doc", position: int, limit: int) -> bool:
    """Whether a proviso opens behind the semicolon before ``position``."""
    while position < limit and doc[position].pos_ == "CCONJ":
        position += 1
    return position < limit and is_proviso(doc, position)


def _second_dash(doc: "Doc", index: int, limit: int) -> int:
    """The dash that closes an insertion ("to anyone — including officials — in order to ..."); -1 where there is none.

    What stands between two dashes is an insertion where it has no modal of its own and the sentence goes on behind it.
    """
    dashes = [i for i in range(index, limit) if is_dash(doc[i])]
    if len(dashes) != 2 or dashes[1] + 2 >= limit or any(t.tag_ == "MD" for t in doc[dashes[0] : dashes[1]]):
        return -1
    goes_on = doc[dashes[1] + 1]
    lower = goes_on.text[:1].islower() and goes_on.pos_ != "CCONJ"
    return dashes[1] if lower and not any(t.text in {";", "."} for t in doc[dashes[0] : dashes[1]]) else -1


def _is_stop(doc: "Doc", position: int, limit: int) -> bool:
    token = doc[position]
    if token.text == "." and doc[position - 1].lower_ == "no" and position + 1 < limit and doc[position + 1].like_num:
        return False  # "Annex No. 3"
    return token.text in {".", "?", "!"} and (position + 1 >= limit or bool(token.whitespace_))


def opens_main_clause(doc: "Doc", position: int, index: int, stop: int) -> bool:
    while position < stop and (
        doc[position].pos_ == "ADV" or doc[position].lower_ in {"then", "please", "do", "not", "never"}
    ):
        position += 1
    if position >= stop:
        return False
    token = doc[position]
    if token.pos_ == "CCONJ":
        return False
    if position + 2 < stop and doc[position + 1].lower_ in {"reserves", "retains"} and doc[position + 2].pos_ == "DET":
        return True  # behind an unknown name the parser takes the verb for a noun
    if (token.dep_ == "ROOT" and token.pos_ not in {"ADP", "SCONJ"}) or (
        token.head.dep_ == "ROOT" and token.dep_ in {"aux", "neg"}
    ):
        return True
    for head in doc[position:stop]:
        if head.dep_ in SUBJECT_DEPS and head.left_edge.i == position:
            verb = head.head
            return not _within(verb, doc[index]) and verb.dep_ in {"ROOT", "ccomp", "conj", "parataxis"}
    return False


def _within(token: "Token", marker: "Token") -> bool:
    """Whether ``token`` lies in the clause that ``marker`` introduces."""
    clause = marker.head if marker.dep_ in {"mark", "advmod", "prep"} else marker
    return marker.head.dep_ in {"advcl", "pcomp"} and (token == clause or clause.is_ancestor(token))


def after_subject(doc: "Doc", position: int, stop: int) -> int:
    """The token after the (coordinated) noun phrase that begins at ``position``; ``stop`` where none begins."""
    phrases = chunks(doc)
    after = phrases.get(position)
    while after is not None and after + 1 < stop and doc[after].lower_ in {"and", "or", "of"} and after + 1 in phrases:
        after = phrases[after + 1]
    return stop if after is None else min(after, stop)


def aside_then_modal(doc: "Doc", comma: int, stop: int) -> bool:
    """Whether the aside that opens at ``comma`` closes with a comma and a modal ("X, taking ... , shall")."""
    return any(doc[i].text == "," and i + 1 < stop and doc[i + 1].tag_ == "MD" for i in range(comma + 1, stop))


def modal_ahead(doc: "Doc", position: int, stop: int) -> bool:
    """Whether a modal follows ``position`` before the next comma."""
    for token in doc[position:stop]:
        if token.text == ",":
            return False
        if token.lower_ in MODALS and token.tag_ == "MD":
            return True
    return False


def finite_clause(doc: "Doc", position: int, stop: int) -> bool:
    """Whether "and any larger discount requires ..." opens at ``position``."""
    if position >= stop or doc[position].pos_ != "CCONJ":
        return False
    end = chunks(doc).get(position + 1)
    return end is not None and end < stop and doc[end].tag_ in {"VBZ", "VBP", "MD"}


def modal_next(doc: "Doc", position: int, stop: int) -> bool:
    """Whether "(and|but) must" continues the main clause."""
    return (
        position < stop
        and doc[position].tag_ == "MD"
        and doc[position].lower_ in {"must", "shall", "may", "should", "will"}
    )


def guess_next(doc: "Doc", position: int, stop: int) -> bool:
    """Whether "or may affect": a guess inside the condition, not a second rule."""
    if doc[position].lower_ != "or" or doc[position + 1].lower_ != "may":
        return False
    verb = next((token for token in doc[position + 2 : stop] if token.tag_ == "VB"), None)
    return verb is not None and verb.lemma_.lower() in EPISTEMIC_VERBS | EFFECT_VERBS


def coordinated_clause(doc: "Doc", position: int, stop: int) -> bool:
    """Whether ", and|but SUBJECT MODAL" opens at ``position``."""
    if position >= stop or doc[position].pos_ != "CCONJ":
        return False
    subject_seen = False
    for token in doc[position + 1 : min(stop, position + 12)]:
        if token.text == ",":
            return False
        if token.dep_ in SUBJECT_DEPS:
            subject_seen = True
        if token.tag_ == "MD" and token.lower_ in {"must", "shall", "may", "should", "will"}:
            return subject_seen
    return False


def that_behind(doc: "Doc", aside: int, stop: int) -> int:
    """As in "if it has word, in line with rule 4, that X will": the "that" behind the aside; 0 where none follows."""
    if doc[aside - 1].text != ",":
        return 0
    comma = next((i for i in range(aside, stop - 1) if doc[i].text == ","), 0)
    return comma + 1 if comma and doc[comma + 1].lower_ == "that" else 0


def comma_before_subject(doc: "Doc", commas: list[int], stop: int) -> int:
    """As in "taking into account A, B and C, the owner and the tenant shall": the comma right before the subject; 0 without."""
    ends = ((comma, after_subject(doc, comma + 1, stop)) for comma in commas)
    return next((comma for comma, end in ends if end < stop and doc[end].tag_ == "MD"), 0)


def before_exception(doc: "Doc", start: int, end: int) -> int:
    """As in "Without prejudice to X and with the exception of Y, ...": the exception is a segment of its own."""
    position = next((i for i in range(start, end) if doc[i : i + 3].text.lower() == "with the exception"), end)
    return position - (position < end and doc[position - 1].pos_ == "CCONJ")
