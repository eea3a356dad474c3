"""Where a condition, an exception or an aside ends, by its kind and its place in the sentence."""

from typing import TYPE_CHECKING

from extraction.rules_bounds import (
    after_subject,
    aside_then_modal,
    before_exception,
    clause_end,
    comma_before_subject,
    coordinated_clause,
    finite_clause,
    guess_next,
    modal_ahead,
    modal_next,
    opens_main_clause,
    that_behind,
)
from extraction.rules_marker_tests import is_initial, is_proviso
from extraction.rules_markers import CASES, marker_at
from extraction.rules_phrase_ends import bare_end, behind_modal_end, consent_end, list_end, subject_phrase_end
from extraction.rules_phrases import clock_end, is_cross_reference, with_series
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def segment_end(doc: "Doc", index: int, width: int, kind: str, start: int, limit: int) -> int:
    """Where the segment that opens at ``index`` closes (exclusive token index, punctuation left out)."""
    stop = clause_end(doc, index, limit)
    if words_are_fixed(doc, index, width):
        return index + width
    if width == 1 and (elliptic := _elliptic_end(doc, index, stop)) > 0:
        return elliptic
    clock = clock_end(doc, index, stop) if kind == "condition" else index
    if clock > index and clock < stop and doc[clock].text != ",":
        return clock
    if kind == "condition" and (closed := behind_modal_end(doc, index, width, stop)) > 0:
        return closed
    if kind == "condition" and width == 1 and (before := subject_phrase_end(doc, index)) > 0:
        return before
    if kind == "aside" and is_initial(doc, index, start) and doc[index].lower_ != "including":
        return before_exception(doc, index + 1, _initial_end(doc, index, stop))
    if doc[index].lower_ == "including":
        return list_end(doc, index + width, stop)
    if (kind == "aside" and doc[index].pos_ in {"ADP", "SCONJ"}) or doc[index].lower_ in {
        "pursuant",
        "taking",
        "whatever",
    }:
        return _aside_end(doc, index, width, stop)
    if kind == "exception" and _takes_noun(doc, index, width, stop):
        named = consent_end(doc, index, width)
        closed = named > index + width and named < stop and marker_at(doc, named, stop) is not None
        return named if closed else _phrase_end(doc, named, stop)
    if is_proviso(doc, index):
        return _final_end(doc, index, width, kind, stop)
    if is_initial(doc, index, start):
        return _initial_end(doc, index, stop)
    if _is_medial(doc, index, start, stop):
        return _medial_end(doc, index, stop)
    return _final_end(doc, index, width, kind, stop)


def _elliptic_end(doc: "Doc", index: int, stop: int) -> int:
    """As in "if not obtained, document it": a case of a participle alone ends at its comma; 0 for others."""
    if doc[index].lower_ not in {"if", "when", "where", "unless", "once"}:
        return 0
    position = index + 1
    while position < stop and (doc[position].dep_ == "neg" or doc[position].pos_ == "ADV"):
        position += 1
    bare = position + 1 < stop and doc[position].tag_ in {"VBN", "VBD", "JJ"} and doc[position + 1].text == ","
    return position + 1 if bare else 0


_NOMINAL = frozenset(
    {"without", "other", "otherwise", "apart", "aside", "excluding", "excepting", "with", "but", "barring"}
)


def _takes_noun(doc: "Doc", index: int, width: int, stop: int) -> bool:
    """Whether the exception is "other than N", "except N", "save for N": a phrase, not a clause."""
    first = doc[index].lower_
    if first in _NOMINAL:
        return True
    follows = doc[index + width] if index + width < stop else None
    if first not in {"except", "save"} or follows is None:
        return False
    noun = doc[index + width + 1] if follows.lower_ == "for" and index + width + 1 < stop else follows
    return bool(noun.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} and noun.lower_ not in {"that", "where", "when"})


def _phrase_end(doc: "Doc", start: int, stop: int) -> int:
    """The end of a noun phrase with its own relative clauses: a comma, or the finite verb of the clause around it."""
    for position in range(start, stop):
        token = doc[position]
        if token.text == "," and (end := with_series(doc, position, stop)) > position:
            return end
        if token.text == ",":
            return position
        nested = marker_at(doc, position, stop)
        lacking = doc[start - 1].lower_ == "without" and nested is not None and nested[0] == "condition"
        if nested is not None and (nested[0] == "exception" or lacking) and position > start:
            return position
        if token.tag_ in {"MD", "VBZ", "VBP"} and not _in_relative(token, start):
            return position
    return stop


def _in_relative(token: "Token", start: int) -> bool:
    """Whether a finite verb belongs to a clause that hangs on a noun at or after ``start``."""
    verb = token.head if token.dep_ in {"aux", "auxpass"} else token
    while verb.dep_ in {"conj", "ccomp", "xcomp"} and verb.head.i < verb.i:
        verb = verb.head
    return bool(verb.dep_ in {"relcl", "acl", "advcl"} and start <= verb.head.i < verb.i) or any(
        t.tag_ in {"WDT", "WP"} for t in token.doc[start : token.i]
    )


def _aside_end(doc: "Doc", index: int, width: int, stop: int) -> int:
    """An aside is a phrase, not a clause: it ends at a comma, a modal, or a reference to another clause."""
    for position in range(index + width, stop):
        token = doc[position]
        if token.text == "," and (end := with_series(doc, position, stop)) > position:
            return end
        if token.text == "," and doc[index + width - 1].lower_ == "to" and _verb_series(doc, position, stop):
            continue
        if token.text == "," or token.tag_ == "MD":
            return position
        if token.pos_ == "CCONJ" and position + 1 < stop and doc[position + 1].tag_ in {"MD", "VBP", "VBZ"}:
            return position
        if token.norm_ == "section" and " " in token.text:
            return position + 1
        nested = marker_at(doc, position, stop)
        if nested is not None and nested[0] != "aside" and doc[index].lower_ != "including":
            return position
    return stop


def _verb_series(doc: "Doc", comma: int, stop: int) -> bool:
    """As in "in order to keep business, or secure an advantage": a bare verb after comma and conjunction."""
    return comma + 2 < stop and doc[comma + 1].pos_ == "CCONJ" and doc[comma + 2].tag_ == "VB"


def words_are_fixed(doc: "Doc", index: int, width: int) -> bool:
    """Markers that are a whole adverbial by themselves ("in that event")."""
    text = doc[index : index + width].text.lower()
    if CASES.match(text):
        return True
    return text in {
        "in that event", "in that case", "in such cases", "in such case", "in these cases", "as applicable",
        "as follows", "without undue delay", "without delay", "if any", "if possible", "if necessary",
        "where appropriate", "where possible", "where applicable", "where relevant", "where necessary", "where feasible",
        "as the case may be", "otherwise", "if applicable", "if appropriate", "if relevant", "if required", "if needed",
        "when applicable", "when appropriate", "when necessary", "where required", "where needed",
    }  # fmt: skip


def _initial_end(doc: "Doc", index: int, stop: int) -> int:
    """The comma before the main clause: the one followed by its subject or, in an imperative, its verb."""
    commas = [position for position in range(index + 1, stop) if doc[position].text == ","]
    if (bare := bare_end(doc, index, commas[0] if commas else stop)) > 0:
        return bare
    if doc[index].lower_ == "taking" and (closing := comma_before_subject(doc, commas, stop)) > 0:
        return closing
    for comma in commas:
        after = _beyond_clause(doc, after_subject(doc, comma + 1, stop), stop)
        if after < stop and (
            doc[after].tag_ == "MD" or (doc[after].text == "," and aside_then_modal(doc, after, stop))
        ):
            return comma
    for comma in commas:
        if opens_main_clause(doc, comma + 1, index, stop):
            return comma
    for comma in commas:
        follower = doc[comma + 1] if comma + 1 < stop else None
        if follower is not None and follower.pos_ != "CCONJ" and modal_ahead(doc, comma + 1, stop):
            return comma
    if commas:
        return commas[0]
    return _subject_after(doc, index, stop)


def _beyond_clause(doc: "Doc", after: int, stop: int) -> int:
    """As in "a body as referred to in point 2 shall", "bodies which have a seat shall": the modal behind what is on it."""
    if after < stop and (is_cross_reference(doc, after) or doc[after].tag_ in {"WDT", "WP"}):
        return next((i for i in range(after, stop) if doc[i].tag_ == "MD" or doc[i].text in {",", ";"}), stop)
    return after


def _subject_after(doc: "Doc", index: int, stop: int) -> int:
    """Without a comma: the left edge of the root's subject, if it stands after ``index``."""
    for token in doc[index:stop]:
        if token.dep_ == "ROOT":
            for child in token.lefts:
                if child.dep_ in SUBJECT_DEPS and child.left_edge.i > index + 1:
                    return int(child.left_edge.i)
    return stop


def _is_medial(doc: "Doc", index: int, start: int, stop: int) -> bool:
    """Whether the main verb is still to come: a subject or a modal before ``index``, its verb after it."""
    if not any(token.text == "," for token in doc[index:stop]):
        return False
    for token in doc[index + 1 : stop]:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ in {"ROOT", "conj", "ccomp"} and token.tag_ != "MD":
            openers = [child for child in token.lefts if child.dep_ in SUBJECT_DEPS or child.tag_ == "MD"]
            if any(start <= child.i < index for child in openers) and doc[index].head.i >= index - 1:
                return True
            if any(start <= child.i < index for child in openers) and doc[index - 1].text == ",":
                return True
    before = doc[index - 2] if index > 1 else None
    if (
        doc[index - 1].text == ","
        and before is not None
        and before.tag_ == "VB"
        and any(c.tag_ == "MD" for c in before.lefts)
    ):
        return True
    if _inserted(doc, index, stop):
        return True
    return doc[index - 1].tag_ == "MD" or (doc[index - 1].text == "," and index > 1 and doc[index - 2].tag_ == "MD")


def _inserted(doc: "Doc", index: int, stop: int) -> bool:
    """As in "must check and, if in doubt, mend it": between a conjunction and the bare verb that it joins."""
    if index < 2 or doc[index - 1].text != "," or doc[index - 2].pos_ != "CCONJ":
        return False
    comma = next((i for i in range(index + 1, stop - 1) if doc[i].text == ","), stop)
    return comma < stop and doc[comma + 1].tag_ in {"VB", "VBP"}


def _medial_end(doc: "Doc", index: int, stop: int) -> int:
    for position in range(index + 1, stop):
        if doc[position].text == "," and not (position + 1 < stop and doc[position + 1].pos_ == "CCONJ"):
            return position
    return stop


def _commands(doc: "Doc", index: int, comma: int, stop: int) -> bool:
    """As in "Ask the desk, if it is open, or call the porter": a command behind a finite clause goes back to the first."""
    if comma + 2 >= stop or doc[comma + 1].pos_ != "CCONJ" or doc[comma + 2].tag_ != "VB":
        return False
    verb = doc[comma + 2]
    return doc[0].tag_ == "VB" and doc[0].dep_ == "ROOT" and verb.head.i > index and verb.head.tag_ in {"VBZ", "VBP"}


def _resumes(doc: "Doc", index: int, position: int, stop: int) -> bool:
    """As in "shall, not later than a day after X, notify Y": the verb of a modal that still waits for it."""
    if position >= stop or doc[position].tag_ != "VB":
        return False
    modal = next((t for t in reversed(doc[:index]) if t.tag_ == "MD"), None)
    return modal is not None and not any(t.tag_ in {"VB", "VBP"} and t.dep_ != "aux" for t in doc[modal.i + 1 : index])


def _final_end(doc: "Doc", index: int, width: int, kind: str, stop: int) -> int:
    """The end of the clause, an exception after a comma, or a coordinated clause with its own modal."""
    resumes = index + width
    for position in range(index + width, stop):
        token, nested = doc[position], marker_at(doc, position, stop)
        if position < resumes:
            continue
        if nested is not None and nested[0] == "aside" and (that := that_behind(doc, position, stop)):
            resumes = that
            continue
        if nested is not None and kind != "aside":
            after_comma = doc[position - 1].text == ","
            if nested[0] == "exception" and kind != "exception":
                return int(position - after_comma)
            if nested[0] == "condition" and doc[index].lower_ == "without":
                return int(position - after_comma)
            fixed = words_are_fixed(doc, position, nested[1]) and doc[min(position + nested[1], stop - 1)].text == ","
            if nested[0] == "aside" and after_comma and doc[position].lower_ != "including" and not fixed:
                return position - 1
        if nested is not None and kind == "aside" and nested[0] != "aside":
            return int(position - (doc[position - 1].text == ","))
        if token.text == "," and kind == "condition" and _commands(doc, index, position, stop):
            return position
        if token.text == "," and coordinated_clause(doc, position + 1, stop):
            return position
        if token.text == "," and kind == "aside" and _resumes(doc, index, position + 1, stop):
            return position
        if token.pos_ == "CCONJ" and modal_next(doc, position + 1, stop) and not guess_next(doc, position, stop):
            return int(position - (doc[position - 1].text == ","))
        if token.text == ",":
            after = after_subject(doc, position + 1, stop)
            if after < stop and doc[after].tag_ == "MD":
                return position
            if kind == "exception" and finite_clause(doc, position + 1, stop):
                return position
    return stop
