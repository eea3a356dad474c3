"""How words stand in the text: behind a conjunction, in quotation marks, without an article, in capitals."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def after_conjunction(token: "Token") -> bool:
    """Whether "and", or "but does not", stands directly before the verb."""
    position = token.i - 1
    while position > 0 and token.doc[position].lower_ in {"does", "do", "not", "also", "n't"}:
        position -= 1
    return str(token.doc[position].pos_) == "CCONJ"


def in_quotation(first: "Token", later: "Token") -> bool:
    """As in 'include the statement "I have read and understand it"': whether a quotation opens between two verbs."""
    between = [token.text for token in first.doc[first.i : later.i]]
    return between.count("“") > between.count("”") or between.count('"') % 2 == 1


def is_quoted(subject: "Token") -> bool:
    """Whether the noun phrase carries quotation marks, the sign of a defined term."""
    doc = subject.doc
    window = doc[max(0, subject.left_edge.i - 1) : min(len(doc), subject.right_edge.i + 2)]
    return any(token.is_quote or token.text in {"“", "”", '"', "‘"} for token in window)


def is_bare(subject: "Token") -> bool:
    """A noun phrase without determiner or possessor: a term spoken of as such."""
    return subject.pos_ in {"NOUN", "PROPN"} and not any(child.dep_ in {"det", "poss"} for child in subject.lefts)


def is_titled(words: "Span") -> bool:
    """As in "The Owner Asks the Guest to Pay": a title, in which every word but the small ones has a capital."""
    long = [t for t in words if t.is_alpha and len(t) > 3]
    return len(long) > 2 and all(t.text[0].isupper() for t in long)
