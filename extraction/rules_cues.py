"""Deontic cues: which verb of a sentence is bound, allowed or forbidden, and how strongly.

A cue is read from an auxiliary, a predicate, a defining verb or the imperative mood.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import MODALS, READER_VERBS
from extraction.rules_cue import DEF, OBL, PRO, REC, Cue
from extraction.rules_modals import modal_cue
from extraction.rules_predicates import predicate_cue
from extraction.rules_tokens import SUBJECT_DEPS, after_conjunction, is_bare, is_quoted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def find_cues(doc: "Doc", start: int = 0, end: int | None = None) -> tuple[Cue, ...]:
    """All cues of ``doc[start:end]`` in order of their verbs, one per verb (the most specific reading wins)."""
    limit = len(doc) if end is None else end
    found: dict[int, Cue] = {}
    for token in doc[start:limit]:
        cue = modal_cue(token, limit) or predicate_cue(token) or _definition_cue(token)
        if cue is not None and start <= cue.verb.i < limit:
            found.setdefault(cue.verb.i, cue)
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


def _definition_cue(token: "Token") -> Cue | None:
    lemma = token.lemma_.lower()
    if token.tag_ not in {"VBZ", "VBP", "VB"} or lemma not in {
        "mean",
        "include",
        "refer",
        "exclude",
        "be",
        "denote",
        "cover",
    }:
        return None
    if any(child.tag_ == "MD" for child in token.lefts) or token.dep_ in {"relcl", "advcl", "acl"}:
        return None
    subject = next((c for c in token.lefts if c.dep_ in SUBJECT_DEPS), None)
    earlier = next((t for t in token.doc[: token.i] if t.lemma_ == "mean" and t.pos_ == "VERB"), None)
    inherited = earlier is not None and subject is None and after_conjunction(token)
    if inherited and earlier is not None:
        subject = next((c for c in earlier.lefts if c.dep_ in SUBJECT_DEPS), None)
    if subject is None:
        return None
    negated = any(child.dep_ == "neg" for child in token.children)
    quoted = is_quoted(subject)
    if lemma == "be" and token.doc[token.i + 1 : token.i + 5].text.lower().removeprefix("not ").startswith(
        "in compliance with"
    ):
        return Cue(token, DEF, token.i, subject, negated, label="compliance")
    if lemma == "be":
        where = token.i + 1 < len(token.doc) and token.nbor().lower_ in {"where", "when"}
        opens = quoted and (where or any(c.dep_ == "attr" for c in token.rights))
        return (
            Cue(token, DEF, token.i, subject, negated, label="define") if opens and subject.left_edge.i <= 2 else None
        )
    if lemma == "mean":
        plain = subject.lower_ not in {"this", "that", "which", "it", "what", "these", "i", "we", "you"}
        return Cue(token, DEF, token.i, subject, negated, label="define") if plain and not negated else None
    if lemma == "refer":
        plain = (quoted or is_bare(subject)) and any(child.lower_ == "to" for child in token.rights)
        return Cue(token, DEF, token.i, subject, negated, label="define") if plain else None
    defined = inherited or quoted or (is_bare(subject) and negated)
    return Cue(token, DEF, token.i, subject, negated, label="define") if defined else None


_POLITE = frozenset({"please", "kindly"})


def imperative_cue(token: "Token", start: int) -> Cue | None:
    """A bare verb that opens its clause, with "please", "always", "never" or "do not" before it."""
    opens = token.i == start and token.tag_ == "VB"
    if token.tag_ not in {"VB", "VBP"} or not (opens or token.dep_ in {"ROOT", "conj", "ccomp", "parataxis", "advcl"}):
        return None
    if (
        token.dep_ in SUBJECT_DEPS
        or token.lemma_.lower() in READER_VERBS
        or any(c.dep_ in SUBJECT_DEPS and c.dep_ != "expl" for c in token.lefts)
    ):
        return None
    lefts = [child for child in token.lefts if child.dep_ != "punct"]
    if any(child.tag_ in {"MD", "TO"} for child in lefts) or (token.dep_ == "advcl" and not opens):
        return None
    if token.dep_ == "conj" and token.head.i >= start:
        return None
    doc = token.doc
    first = token.i
    words: set[str] = set()
    while first > start and (
        doc[first - 1].lower_
        in {
            "please",
            "kindly",
            "always",
            "never",
            "not",
            "n't",
            "n’t",
            "do",
            "also",
            "immediately",
            "promptly",
            "then",
            "instead",
            "only",
            "simply",
            "and",
            "so",
            "just",
            "or",
            "at",
            "least",
        }
    ):
        first -= 1
        words.add(doc[first].lower_)
    if first > start and doc[first - 1].text not in {",", ".", ":", ";", "—", "–", "-", "!", "?", ")", "“", "”", '"'}:
        return None
    if first > start and doc[first - 1].text == "," and not _adverbial_before(doc, start):
        return None
    negated = bool(words & {"not", "n't", "n’t", "never"})
    if token.lemma_ == "be" and token.i + 1 < len(doc) and token.nbor().lower_ in {"aware", "advised", "assured", "it"}:
        return None
    if token.lemma_ == "be" and not negated:
        modality = REC
    elif negated:
        modality = PRO
    else:
        modality = REC if words & _POLITE or any(t.lower_ in _POLITE for t in doc[start:first]) else OBL
    return Cue(token, modality, first, None, negated and modality is REC, label="imperative")


def _adverbial_before(doc: "Doc", start: int) -> bool:
    """Whether what stands before the comma can open a sentence before an imperative."""
    opener = doc[start]
    return opener.pos_ in {"SCONJ", "ADP", "ADV", "CCONJ", "INTJ", "PART"} or opener.lower_ in {
        "if",
        "when",
        "so",
        "once",
        "to",
        "no",
        "yes",
    }
