"""Deontic cues: which verb of a sentence is bound, allowed or forbidden, and how strongly.

A cue is read from an auxiliary, a predicate, a defining verb or the imperative mood.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import MODALS
from extraction.rules_allowances import ban_cue
from extraction.rules_cue import DEF, Cue
from extraction.rules_effects import is_text
from extraction.rules_grants import granting_cue
from extraction.rules_imperatives import imperative_cue
from extraction.rules_looks import after_conjunction, is_bare, is_quoted, is_titled
from extraction.rules_modals import modal_cue
from extraction.rules_norms import reserving_cue
from extraction.rules_predicates import predicate_cue
from extraction.rules_tokens import SUBJECT_DEPS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def find_cues(doc: "Doc", start: int = 0, end: int | None = None) -> tuple[Cue, ...]:
    """All cues of ``doc[start:end]`` in order of their verbs, one per verb (the most specific reading wins)."""
    limit = len(doc) if end is None else end
    found: dict[int, Cue] = {}
    titled = is_titled(doc[start:limit])
    for token in doc[start:limit]:
        cue = modal_cue(token, limit) or (
            None
            if titled
            else predicate_cue(token) or reserving_cue(token) or granting_cue(token) or _definition_cue(token)
        )
        if cue is not None and start <= cue.verb.i < limit:
            found.setdefault(cue.verb.i, cue)
    barred = ban_cue(doc, start, limit) if not found else None
    if barred is not None:
        return (barred,)
    covered = {cue.anchor for cue in found.values()} | set(found)
    for token in doc[start:limit]:
        if token.i not in covered:
            cue = imperative_cue(token, start)
            if cue is not None:
                found.setdefault(cue.verb.i, cue)
    return tuple(_with_inherited_subjects([found[key] for key in sorted(found)]))


def _with_inherited_subjects(cues: list[Cue]) -> list[Cue]:
    """As in "X may V and may W": a second modal right after a conjunction has the subject of the first."""
    for position in range(1, len(cues)):
        cue, before = cues[position], cues[position - 1]
        opener = cue.verb.doc[cue.anchor - 1] if cue.anchor else None
        if cue.subject is None and opener is not None and opener.pos_ == "CCONJ" and cue.label in MODALS:
            cues[position] = replace(cue, subject=before.subject)
    return cues


_DEFINING = frozenset({"mean", "include", "refer", "exclude", "be", "denote", "cover", "constitute", "represent"})


def _definition_cue(token: "Token") -> Cue | None:
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
    classed = is_bare(subject) or (lemma == "include" and subject.left_edge.lower_ in {"a", "an"})
    named = (classed and negated) or (is_bare(subject) and (lemma == "exclude" and token.dep_ == "ROOT"))
    named = named or (lemma == "include" and token.dep_ == "ROOT" and _is_category(subject))
    return cue if inherited or quoted or named else None


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
