"""Negation, in one place: of the auxiliary, the subject, an adverbial, and of one verb in a series.

Polarity is read by closed lists and word order only. What stays ambiguous gives no rule: a lost rule is counted, a rule
turned round is believed.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.parsed import text_of
from extraction.rules_cue import OBL, PER, PRO, REC, Cue

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATORS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_ADVERBIAL = (
    r"(?:(?:under|in) no (?:circumstances?|event|case|way|situation)|at no (?:time|point|stage)|on no account|"
    r"by no means|no longer)"
)
_FRONTED = re.compile(rf"\b(?:{_ADVERBIAL}|never|nor|neither)(?: whatsoever)?,?\s*$", re.IGNORECASE)
_INSIDE = re.compile(rf"\b{_ADVERBIAL}\b", re.IGNORECASE)
_LIMIT = re.compile(r"^(?:no|not) (?:more|greater|longer|later|higher|larger) than\b", re.IGNORECASE)
_FLOOR = re.compile(r"^(?:no|not) (?:fewer|less|lower|smaller) than\b", re.IGNORECASE)


def negated_between(modal: "Token", verb: "Token") -> bool:
    """Whether the modal's verb is denied: "must not", "may never", "shall in no case", "can neither"."""
    between = modal.doc[modal.i + 1 : verb.i]
    text = between.text.lower() if len(between) else ""
    if "not only" in text or "not merely" in text:
        return False
    told = [t for t in _without_insertions(modal, verb) if not _bounds_time(t)]
    return bool({t.lower_ for t in told} & _NEGATORS) or modal.lower_ == "cannot" or any(_opens_denial(t) for t in told)


def _bounds_time(token: "Token") -> bool:
    """The "not" of "not later than", "not more than": it bounds a number and denies nothing."""
    behind = token.doc[token.i + 1 : token.i + 3]
    return (
        token.lower_ == "not"
        and len(behind) > 1
        and behind[0].tag_ in {"RBR", "JJR", "RB"}
        and behind[1].lower_ == "than"
    )


def _without_insertions(modal: "Token", verb: "Token") -> "list[Token]":
    """The tokens between modal and verb but for clauses set off by commas.

    "shall, if it does not agree, refer" denies no referral; "shall, where it agrees, in no case refer" does.
    """
    doc = modal.doc
    between = [*doc[modal.i + 1 : verb.i]]
    commas = [t.i for t in between if t.text == ","]
    if len(commas) < 2:
        return between
    openers = {i + 1 for i in commas if doc[i + 1].lower_ in _NEGATORS or _opens_denial(doc[i + 1])}
    return [t for t in between if not commas[0] < t.i < commas[-1] or t.i in openers]


def _opens_denial(token: "Token") -> bool:
    """Whether "in no case", "under no circumstances" or the like opens at ``token``."""
    return bool(_INSIDE.match(token.doc[token.i : token.i + 4].text))


def negative_adverbial(modal: "Token") -> bool:
    """Whether "under no circumstances" or the like stands directly before the modal and negates the clause."""
    return bool(_FRONTED.search(text_of(modal.doc)[max(0, modal.idx - 48) : modal.idx]))


def negative_subject(subject: "Token | None") -> bool:
    """Whether the subject denies the clause: "nobody", "no employee", "neither X nor Y", "no more than two"."""
    if subject is None:
        return False
    left = subject.left_edge
    if _FLOOR.match(subject.doc[left.i : left.i + 3].text):
        return False
    return (
        subject.lower_ in {"nobody", "none", "nothing"}
        or any(_denies(child) and child.i <= subject.i for child in [*subject.lefts, subject])
        or (subject.lower_ == "one" and subject.i > 0 and subject.nbor(-1).lower_ == "no")
        or (left.lower_ == "no" and _denies(left) and left.i < subject.i and left.nbor().text != "-")
        or left.lower_ in {"not", "neither"}
        or _neither_before(subject)
    )


def _denies(word: "Token") -> bool:
    """Whether the word is "no" or "neither" and not the "No" of "Regulation No 45"."""
    counts = word.lower_ == "no" and word.i > 0 and word.i + 1 < len(word.doc) and word.nbor().text[:1].isdigit()
    return word.lower_ in {"no", "neither"} and not counts


def _neither_before(subject: "Token") -> bool:
    """As in "neither X nor Y will": the parser may hang "neither" on the verb."""
    doc, left = subject.doc, int(subject.left_edge.i)
    opens = left > 0 and doc[left - 1].lower_ == "neither"
    return opens and any(token.lower_ == "nor" for token in doc[left : min(len(doc), left + 16)])


def denied_thing(modal: "Token") -> "Token | None":
    """As in "No till shall contain", "No account, be it a first one, may be opened": the noun behind the "no" that opens
    the clause, where the parser took neither for the subject; None elsewhere.
    """
    doc = modal.doc
    begin = next((t.i + 1 for t in reversed(doc[: modal.i]) if t.text in {";", ".", ":", "?", "!"}), 0)
    while begin < modal.i and (doc[begin].pos_ == "CCONJ" or doc[begin].is_space):
        begin += 1
    if doc[begin].lower_ != "no" or begin + 1 >= modal.i or doc[begin + 1].text in {"-", ","}:
        return None
    if _FLOOR.match(doc[begin : begin + 3].text):
        return None
    stop = next((i for i in range(begin, modal.i) if doc[i].text == ","), modal.i)
    words = doc[begin + 1 : stop]
    if any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in words) or not (
        stop == modal.i or doc[modal.i - 1].text == ","
    ):
        return None
    nouns = [t for t in words if t.pos_ in {"NOUN", "PROPN"}]
    return next((t for t in nouns if t.i + 1 == stop or t.nbor().pos_ not in {"NOUN", "PROPN"}), words[-1])


def limits_number(subject: "Token | None") -> bool:
    """Whether the subject is "no more than two guests": what is forbidden begins above the number."""
    return subject is not None and bool(_LIMIT.match(subject.doc[subject.left_edge.i : subject.left_edge.i + 3].text))


def own_cue(cue: Cue, verb: "Token") -> Cue | None:
    """The cue as it holds for ``verb``, one of the verbs that share it; None where its polarity cannot be told.

    "must keep X and not discard it" forbids to discard; "may use but not sell" forbids to sell; "must not delete but
    archive" demands to archive; "do not open the door and call the guard" says nothing safe about the call.
    """
    if verb.i == cue.verb.i:
        return cue
    joint, denied = _before(verb)
    if denied:
        if cue.modality in {OBL, PER} and not cue.negated:
            return replace(cue, modality=PRO)
        return replace(cue, negated=True) if cue.modality is REC else cue
    if cue.modality is PRO and joint == "but":
        return replace(cue, modality=OBL) if cue.label in {"must", "shall", "imperative"} else None
    if cue.label == "imperative" and cue.modality is PRO and joint == "and":
        return None if any(t.pos_ in {"NOUN", "PROPN"} for t in verb.doc[cue.verb.i : verb.i]) else cue
    return cue


def _before(verb: "Token") -> tuple[str, bool]:
    """The conjunction before a coordinated verb ("" in a series of commas), and whether "not" stands between."""
    denied = False
    for token in reversed(verb.doc[: verb.i]):
        if token.lower_ in _NEGATORS - {"nor"}:
            denied = True
        elif token.pos_ == "CCONJ" or token.text in {",", ";"}:
            return token.lower_, denied or token.lower_ == "nor"
        elif not (token.pos_ in {"ADV", "AUX", "PART"} or token.tag_ == "TO" or token.lower_ == "do"):
            return "", False
    return "", False
