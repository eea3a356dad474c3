"""Whose task something is, said with a noun: "the duty of X is to V", "responsibility for V-ing lies with X", "it is up to X to V"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.parsed import noun_phrases
from extraction.rules_cue import OBL, PER, Cue
from extraction.rules_tokens import gerund_after, infinitive, is_party

if TYPE_CHECKING:
    from spacy.tokens import Token

_TASKS = word_set("duty obligation responsibility")
_LYING = {"lie": "with", "rest": "with", "fall": "to on upon"}
_CHOOSING = word_set("decide choose determine judge consider elect")
"""What is left to somebody; anything else that is up to him has to be done."""


def burden_be(verb: "Token", cue: Cue) -> Cue | None:
    """The duty of X is to V; X's responsibility is to V."""
    noun, target = cue.subject, infinitive(verb, reach=3)
    if noun is None or target is None or cue.negated or noun.lemma_.lower() not in _TASKS:
        return None
    owner = _owner(noun)
    return None if owner is None else replace(cue, verb=target[0], subject=owner, modality=OBL, label="policy")


def left_to(verb: "Token", cue: Cue) -> Cue | None:
    """It is up to X to V; it is for X to V."""
    doc, start = verb.doc, verb.i + 1
    if doc[start : start + 2].text.lower() == "up to":
        start += 2
    elif start < len(doc) and doc[start].lower_ == "for":
        start += 1
    else:
        return None
    whom = next((c for c in noun_phrases(doc) if c.start == start), None)
    if cue.negated or whom is None or not is_party(whom.root):
        return None
    owner = whom.root
    target = infinitive(doc[_last(owner, start)], reach=2)
    if target is None:
        return None
    left = target[0].lemma_.lower() in _CHOOSING and doc[verb.i + 1].lower_ == "up"
    return replace(cue, verb=target[0], subject=owner, modality=PER if left else OBL, passive=False, label="policy")


def _last(owner: "Token", start: int) -> int:
    """The last token of "the head of the unit", before the infinitive that the parser may hang on it."""
    doc, end = owner.doc, int(owner.i)
    for token in doc[start : start + 12]:
        if token.tag_ == "TO":
            return max(end, int(token.i) - 1)
    return end


def burden_active(verb: "Token", cue: Cue) -> Cue | None:
    """Responsibility for V-ing lies with X; X bears responsibility for V-ing."""
    lemma, subject = verb.lemma_.lower(), cue.subject
    if cue.negated or subject is None:
        return None
    if lemma in _LYING and subject.lemma_.lower() in _TASKS:
        words = _LYING[lemma].split()
        owner = next((c for p in verb.rights if p.lower_ in words for c in p.rights if c.dep_ == "pobj"), None)
        return _borne(subject, cue, owner)
    if lemma not in {"have", "bear", "take", "carry", "assume", "hold"} or not is_party(subject):
        return None
    task = next((c for c in verb.rights if c.dep_ == "dobj" and c.lemma_.lower() in _TASKS), None)
    return _borne(task, cue, subject) if task is not None else None


def _borne(task: "Token", cue: Cue, owner: "Token | None") -> Cue | None:
    gerund = gerund_after(task, "for")
    if gerund is None or owner is None or any(child.lower_ == "no" for child in task.lefts):
        return None
    return replace(cue, verb=gerund, subject=owner, modality=OBL, passive=False, label="policy")


def _owner(noun: "Token") -> "Token | None":
    """As in "the duty of the cook", "the cook's duty"."""
    held = next((c for c in noun.lefts if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
    of = (c for p in noun.rights if p.lower_ == "of" for c in p.rights if c.dep_ == "pobj")
    return held if held is not None else next((c for c in of if is_party(c)), None)
