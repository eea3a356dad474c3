"""What somebody takes upon himself in the present tense: "you agree to the fee", "we commit to paying", "warrants that it will"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_cue import OBL, Cue
from extraction.rules_tokens import gerund_after, is_party

if TYPE_CHECKING:
    from spacy.tokens import Token

_YIELDING = frozenset({"agree", "submit", "consent"})
_COMMITTING = frozenset({"commit", "pledge"})
_VOUCHING = word_set("represents warrants covenants undertakes certifies agrees")


def pledge_cue(verb: "Token", cue: Cue) -> Cue | None:
    """X agrees | submits | consents to N; X commits to V-ing."""
    lemma = verb.lemma_.lower()
    if cue.negated or not is_party(cue.subject) or verb.tag_ == "VBG":
        return None
    if lemma in _COMMITTING:
        gerund = gerund_after(verb, "to")
        return replace(cue, verb=gerund, modality=OBL) if gerund is not None else None
    if lemma not in _YIELDING or verb.i + 1 >= len(verb.doc) or verb.nbor().lower_ != "to":
        return None
    thing = next((c for p in verb.rights if p.lower_ == "to" for c in p.rights if c.dep_ == "pobj"), None)
    return replace(cue, modality=OBL, label="pledge") if thing is not None else None


_STRIVING = word_set(
    "making creating building fostering being becoming promoting supporting fighting growing helping improving"
)
"""What one is committed to at large, as a mission and no rule."""


def committed_cue(participle: "Token", cue: Cue) -> Cue | None:
    """As in "we are committed to answering in time", where "committed to fairness" names no act."""
    gerund = gerund_after(participle, "to")
    if cue.subject is None and participle.dep_ == "acomp":
        cue = replace(cue, subject=next((c for c in participle.head.lefts if c.dep_ == "nsubj"), None))
    if gerund is None or cue.negated or cue.label or not is_party(cue.subject) or gerund.lower_ in _STRIVING:
        return None
    return replace(cue, verb=gerund, modality=OBL, passive=False)


def voucher(subject: "Token | None") -> "Token | None":
    """Who vouches in "Seller warrants that it will V", where "it" is the subject; None in other clauses.

    Behind a name without an article the parser takes "warrants" for a noun and the clause for a relative one.
    """
    if subject is None or subject.lower_ not in {"it", "they"} or subject.i < 3:
        return None
    doc, position = subject.doc, subject.i - 1
    if doc[position].lower_ != "that" or doc[position - 1].lower_ not in _VOUCHING:
        return None
    position -= 1
    while position > 1 and (doc[position - 1].pos_ in {"CCONJ", "ADV"} or doc[position - 1].lower_ in _VOUCHING):
        position -= 1
    noun = doc[position - 1]
    return noun if noun.pos_ in {"NOUN", "PROPN"} else None
