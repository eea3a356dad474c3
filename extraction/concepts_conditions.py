"""On which of its nouns a condition turns: what its clause speaks of, not every noun that stands in it.

In "if an employee receives a gift from a supplier in another country" the rule turns on the employee and the gift; the
supplier and the country only say which gift.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extraction.concepts_terms import Mention
from extraction.lexicon import APPROVAL_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_CLAUSE = re.compile(
    r"^(?:only )?(?:if|when|where|whenever|wherever|unless|until|once|after|before|while|provided|providing|as long|"
    r"so long|except (?:if|when|where|that)|to the extent|in the event|in case|upon)\b",
    re.IGNORECASE,
)
_CONCESSION = re.compile(r"^(?:even|regardless|whether|without limit)\b", re.IGNORECASE)
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "ROOT", "oprd"})
_VERBAL = frozenset({"VERB", "AUX"})
_EMPTY = frozenset({"response", "name", "accordance", "connection", "receipt", "request", "extent", "reason", "basis"})
_ANY = frozenset({"any", "every", "all", "each", "this", "these"})


def turning(doc: "Doc", start: int, end: int, found: Sequence[Mention]) -> Iterator[Mention]:
    """Those of the terms ``found`` in the characters ``[start, end)`` on which the condition there turns, at most two.

    A phrase ("only for the stated purpose") turns on its own noun; a concession ("even if") on nothing.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or _CONCESSION.match(span.text):
        return
    clause = bool(_CLAUSE.match(span.text))
    kept = 0
    for mention in found:
        if mention.label in _EMPTY:
            continue
        noun = _first(doc[mention.root], span)
        if _is_argument(noun, span) if clause else _leads(noun, span):
            yield mention
            kept += 1
        if kept == (2 if clause else 1):
            return


def _first(noun: "Token", span: "Span") -> "Token":
    """The noun that a coordinated one goes back to."""
    while noun.dep_ == "conj" and noun.head in span and noun.head.pos_ not in _VERBAL:
        noun = noun.head
    return noun


def _is_argument(noun: "Token", span: "Span") -> bool:
    """Subject or object of the condition's own verb, or what its marker governs ("after receipt of the notice")."""
    if any(child.lower_ == "this" for child in noun.lefts):
        return False  # "where this Code requires an approval" turns on the approval
    if noun.dep_ in _ARGUMENTS:
        return _is_main(noun.head, span)
    if noun.dep_ != "pobj":
        return False
    preposition = noun.head
    if preposition not in span or preposition.i == span.start:
        return True
    host = preposition.head
    of_approval = preposition.lower_ in {"of", "from", "by"} and host.lemma_.lower() in APPROVAL_NOUNS
    return of_approval or (
        host.pos_ in _VERBAL and preposition.lower_ in {"by", "to", "with", "of"} and _is_main(host, span)
    )


def _is_main(verb: "Token", span: "Span") -> bool:
    """Whether the verb is the condition's own: no relative clause, no purpose and no "that"-clause inside it."""
    while verb in span and verb.dep_ == "conj":
        verb = verb.head
    inner = verb.dep_ in {"relcl", "acl", "xcomp", "pcomp", "ccomp"} and verb.head in span
    purpose = verb.dep_ == "advcl" and verb.head in span and any(child.tag_ == "TO" for child in verb.lefts)
    return not (inner or purpose)


def _leads(noun: "Token", span: "Span") -> bool:
    """The noun of the phrase's own preposition, unless it is just any ("to any person")."""
    return (
        noun.dep_ == "pobj"
        and (noun.head not in span or noun.head.i <= span.start + 1)
        and not any(child.lower_ in _ANY for child in noun.lefts)
    )
