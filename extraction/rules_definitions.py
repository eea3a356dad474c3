"""Definitions: "X means N", "X is a N that ...", "X is defined as N", "for the purposes of this policy, X is N"."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_cue import DEF, Cue
from extraction.rules_effects import is_text
from extraction.rules_looks import after_conjunction, is_bare, is_quoted
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINING = frozenset({"mean", "include", "refer", "exclude", "be", "denote", "cover", "constitute", "represent"})


def definition_cue(token: "Token") -> Cue | None:
    lemma = token.lemma_.lower()
    second = token.lower_ in {"includes", "excludes"} and after_conjunction(token)
    if lemma not in _DEFINING or not (token.tag_ in {"VBZ", "VBP", "VB"} or second):
        return None
    if any(child.tag_ == "MD" for child in token.lefts) or token.dep_ in {"relcl", "advcl", "acl"}:
        return None
    subject = next((c for c in token.lefts if c.dep_ in SUBJECT_DEPS), None)
    inherited = subject is None and after_conjunction(token)
    if inherited:
        subject = _earlier_term(token)
    if subject is None:
        return None
    negated = any(child.dep_ == "neg" for child in token.children)
    cue = Cue(token, DEF, token.i, subject, negated, label="define")
    quoted = is_quoted(subject)
    if lemma == "be":
        return _being(token, cue, quoted)
    if lemma == "mean" and (term := _meant_by(token, subject)) is not None:
        return replace(cue, subject=term) if not negated else None
    if lemma == "mean":
        plain = subject.lower_ not in {"this", "that", "which", "it", "what", "these", "i", "we", "you"}
        return cue if (plain or quoted) and not negated else None
    if lemma == "represent":  # '"Account" represents your relation with us'
        return cue if quoted and token.dep_ == "ROOT" and not negated else None
    if lemma == "constitute":
        # "This agreement constitutes the entire agreement" says what holds in law
        return cue if subject.lower_ not in {"which", "that", "what", "who"} and not is_text(subject) else None
    if lemma == "refer":
        plain = (quoted or is_bare(subject)) and any(child.lower_ == "to" for child in token.rights)
        return cue if plain else None
    if lemma == "include" and token.dep_ in {"ROOT", "conj"} and _open_list(token):
        return cue if subject.lemma_.lower() not in {"example", "action", "this", "that"} and not negated else None
    classed = is_bare(subject) or (lemma == "include" and subject.left_edge.lower_ in {"a", "an"})
    named = (classed and negated) or (is_bare(subject) and (lemma == "exclude" and token.dep_ == "ROOT"))
    named = named or (lemma == "include" and token.dep_ == "ROOT" and _is_category(subject))
    return cue if inherited or quoted or named else None


def _open_list(verb: "Token") -> bool:
    """As in "such gifts include, but are not limited to:": what counts as one of them, and not all that does."""
    return re.match(r",? (?:but|and) (?:is|are) not limited to\b", verb.doc[verb.i + 1 :].text) is not None


def _meant_by(verb: "Token", subject: "Token") -> "Token | None":
    """As in 'By "guest" we mean a person who ...': the term stands before the speaker."""
    doc = verb.doc
    if doc[0].lower_ != "by" or subject.lower_ not in {"we", "i"}:
        return None
    nouns = [t for t in doc[1 : subject.i] if t.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"} and not t.is_punct]
    return nouns[-1] if nouns else None


def _is_category(subject: "Token") -> bool:
    """As in "This exception includes N": a class that the text has set up, and points back to."""
    points = any(child.lower_ in {"this", "such", "these"} for child in subject.lefts)
    return points and subject.lemma_.lower() in {"exception", "exemption", "definition", "exclusion", "prohibition"}


def _being(token: "Token", cue: Cue, quoted: bool) -> Cue | None:
    """Is (not) in compliance with ...; "a term" is ..."""
    after = token.doc[token.i + 1 : token.i + 5].text.lower().removeprefix("not ")
    if after.startswith("in compliance with"):
        return replace(cue, label="compliance")
    where = token.i + 1 < len(token.doc) and token.nbor().lower_ in {"where", "when"}
    if _qualified(cue.subject) and any(c.dep_ == "attr" and _described(c) for c in token.rights):
        return cue
    if not cue.negated and (
        _classes(token, cue.subject) or _for_this_text(token, cue.subject) or _binds(token, cue.subject)
    ):
        return cue
    opens = quoted and (where or any(c.dep_ == "attr" for c in token.rights))
    return cue if opens and cue.subject is not None and cue.subject.left_edge.i <= 2 else None


_QUALIFIED = frozenset(
    {"valid", "complete", "qualified", "lawful", "proper", "eligible", "reportable", "acceptable", "sufficient"}
)


def _qualified(subject: "Token | None") -> bool:
    """As in "A valid permit is a paper that bears a seal": what counts as a thing of its kind."""
    return (
        subject is not None
        and subject.left_edge.lower_ in {"a", "an"}
        and any(c.lower_ in _QUALIFIED for c in subject.lefts)
    )


def _classes(token: "Token", subject: "Token | None") -> bool:
    """As in "A day guest is a person who leaves before dusk": a kind of thing, its class, and what sets it apart.

    Both are told at large, the kind without a modifier behind it, and the sentence opens with it.
    """
    if subject is None or token.dep_ != "ROOT" or token.lower_ != "is" or not _opens(subject):
        return False
    if subject.tag_ not in {"NN", "NNP"} or any(child.dep_ in {"relcl", "acl", "prep"} for child in subject.rights):
        return False
    article = subject.left_edge.lower_
    bare = not any(child.dep_ in {"det", "poss", "amod", "nummod"} for child in subject.lefts)
    genus = next((child for child in token.rights if child.dep_ == "attr"), None)
    if genus is None or genus.lemma_.lower() in _EVALUATING or _adverb_between(token, genus):
        return False
    if any(child.tag_ in {"JJS", "RBS"} or child.dep_ == "poss" for child in genus.lefts):
        return False
    apart = _set_apart(genus)
    if article in {"a", "an"}:
        return apart and genus.left_edge.lower_ in {"a", "an", "any", genus.lower_, *(c.lower_ for c in genus.lefts)}
    return bare and ((apart and genus.left_edge.lower_ == "any") or genus.lemma_.lower() in _DEEDS)


def _binds(token: "Token", subject: "Token | None") -> bool:
    """As in "These terms are a legal agreement between you and the club": what the text is."""
    points = subject is not None and subject.left_edge.lower_ in {"this", "these"} and subject.left_edge.i == 0
    genus = next((c for c in token.rights if c.dep_ == "attr" and c.lemma_.lower() in {"agreement", "contract"}), None)
    return points and genus is not None and any(child.lower_ == "between" for child in genus.rights)


def _opens(subject: "Token") -> bool:
    """Whether the sentence, or what follows a heading and its colon, begins with the subject."""
    first = int(subject.left_edge.i)
    return first == 0 or subject.doc[first - 1].text in {":", "—", "–"}


def _set_apart(genus: "Token") -> bool:
    """As in "a person who leaves early", "any object designed to cut", "a trip of less than ten hours"."""
    clauses = (child for child in genus.rights if child.dep_ in {"relcl", "acl"})
    measured = any(p.lower_ == "of" and any(t.like_num or t.lower_ == "than" for t in p.subtree) for p in genus.rights)
    return measured or any(not any(t.tag_ == "MD" for t in clause.lefts) for clause in clauses)


def _adverb_between(token: "Token", genus: "Token") -> bool:
    """As in "is often a sign that": told of some cases."""
    return any(t.tag_ == "RB" for t in token.doc[token.i + 1 : genus.left_edge.i + 1])


_EVALUATING = word_set(
    "way reason means problem example sign part matter chance idea thing step tool issue case challenge question goal aim key place "
    "opportunity privilege concern mistake choice time moment lot number component aspect result resource community right"
)
"""A class that praises or places a thing, and defines it no further."""
_DEEDS = word_set("act use practice")
"""As in "Plagiarism is the use of another's words"."""
_HERE = re.compile(
    r"^(?:for the purposes? of|in|under|within the meaning of) (?:this|these|the present) (?:\w+ ){0,2}"
    r"(?:policy|policies|code|agreement|rules?|terms?|section|paragraph|article|clause|chapter|part|regulations?|directive|handbook|guide|"
    r"guidance|guidelines?|document|notice|statement|contract|procedure|charter|act|schedule|annex|appendix)(?: of \w+)?, ",
    re.IGNORECASE,
)


def _for_this_text(token: "Token", subject: "Token | None") -> bool:
    """As in "For the purposes of this policy, a cousin is a relative"."""
    opening = _HERE.match(token.doc.text)
    if opening is None or subject is None or token.dep_ != "ROOT" or subject.pos_ not in {"NOUN", "PROPN"}:
        return False
    begins = subject.doc[subject.left_edge.i].idx == opening.end()
    points = subject.left_edge.lower_ in {"this", "that", "these", "our", "your", "there"}
    return begins and not points and any(child.dep_ == "attr" for child in token.rights)


def _described(noun: "Token") -> bool:
    return any(child.dep_ in {"relcl", "acl"} for child in noun.rights)


def _earlier_term(token: "Token") -> "Token | None":
    """The term of the defining verb before this one: "N means A and excludes B"."""
    for verb in token.doc[: token.i]:
        if verb.lemma_ in {"mean", "include", "denote"} and verb.pos_ == "VERB":
            subject = next((c for c in verb.lefts if c.dep_ in SUBJECT_DEPS), None)
            if subject is not None and (verb.lemma_ == "mean" or is_quoted(subject)):
                return subject
    return None
