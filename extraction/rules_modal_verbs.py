"""Which verb a modal governs, by the parse or by word order."""

import re
from typing import TYPE_CHECKING

from extraction.parsed import text_of
from extraction.rules_dictionary import can_be_verb
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Token


_MANNER = re.compile(
    r" (?:not )?(?:by any means|in any (?:way|manner|case|event)|under any circumstances|at any time|on any account|directly or indirectly),? "
)


def modal_verb(token: "Token", limit: int) -> "Token | None":
    """The verb that the modal governs: by the parse, else the next bare verb after adverbs and asides."""
    manner = _MANNER.match(text_of(token.doc), token.idx + len(token))
    if manner is not None:  # in "shall not by any means resell X" the parser takes the verb for a noun
        behind = next((t for t in token.doc[token.i + 1 : limit] if t.idx >= manner.end()), None)
        if behind is not None and behind.pos_ in {"NOUN", "ADJ", "VERB"} and can_be_verb(behind):
            return behind
    head = token.head
    if token.dep_ in {"aux", "auxpass"} and head.i > token.i and head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
        if head.tag_ == "VBN" and (mistaken := _mistaken_verb(token, head)) is not None:
            return mistaken
        if head.pos_ in {"VERB", "AUX"}:
            if (done := _done_by(head)) is not None:
                return done
            first = _first_verb(token, limit)
            return first if first is not None and first.i < head.i and head.tag_ not in {"VBN", "VBG"} else head
        named = head.tag_ == "NN" and head.dep_ == "ROOT" and head.i < limit and can_be_verb(head)
        return _first_verb(token, limit) or (head if named else None)  # "shall, on request, issue guidelines"
    return _first_verb(token, limit) or _hung_verb(token, limit)


def _hung_verb(modal: "Token", limit: int) -> "Token | None":
    """As in "shall without delay and, where possible, within a day of X, notify Y": the parser hangs the verb on its modal."""
    hung = (c for c in modal.rights if c.dep_ in {"conj", "ccomp", "xcomp"} and c.tag_ == "VB" and c.i < limit)
    return next((c for c in hung if not any(left.dep_ in SUBJECT_DEPS or left.tag_ == "TO" for left in c.lefts)), None)


def _mistaken_verb(modal: "Token", head: "Token") -> "Token | None":
    """As in "shall, on its own motion, monitor developments adopted": a participle is no verb of a modal without "be"."""
    doc = modal.doc
    between = doc[modal.i + 1 : head.i]
    if any(t.lemma_.lower() in {"be", "have", "get"} for t in between):
        return None
    commas = [t.i for t in between if t.text == ","]
    first = commas[1] + 1 if len(commas) > 1 and commas[0] == modal.i + 1 else modal.i + 1
    return (
        doc[first]
        if first < head.i and can_be_verb(doc[first]) and doc[first].tag_ in {"NN", "JJ", "VB", "VBP"}
        else None
    )


def _done_by(verb: "Token") -> "Token | None":
    """As in "may be satisfied by a letter": the parser takes the participle for an adjective, but somebody does it."""
    if verb.lemma_ != "be":
        return None
    states = (child for child in verb.rights if child.dep_ == "acomp" and child.tag_ == "VBN" and child.i == verb.i + 1)
    return next((state for state in states if any(child.dep_ == "agent" for child in state.rights)), None)


def _first_verb(token: "Token", limit: int) -> "Token | None":
    doc = token.doc
    in_aside = False
    for candidate in doc[token.i + 1 : limit]:
        if candidate.text == ",":
            follows = doc[candidate.i + 1 : candidate.i + 3]
            more = len(follows) > 1 and follows[0].pos_ == "CCONJ" and follows[1].pos_ in {"ADP", "SCONJ"}
            in_aside = not in_aside or more  # "may, under X, and with the leave of Y, grant"
        elif in_aside:
            continue
        elif doc[candidate.i - 1].text == "," and candidate.tag_ in {"NN", "JJ"} and can_be_verb(candidate):
            return candidate  # "may, under X, issue rules": behind an aside the tagger takes the verb for a noun
        elif (candidate.tag_ in {"VB", "VBP"} and candidate.dep_ not in {"aux", "auxpass"}) or (
            candidate.tag_ == "VBN" and any(t.lemma_ == "be" for t in doc[token.i + 1 : candidate.i])
        ):
            return candidate
        elif candidate.text in {".", ";", ":"} or candidate.dep_ in SUBJECT_DEPS:
            return None
    return None
