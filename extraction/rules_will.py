"""*will*: what somebody commits himself to, and what is only foretold."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import EPISTEMIC_PASSIVES, WILL_STATIVES, word_set
from extraction.rules_cue import OBL, PRO, Cue
from extraction.rules_effects import is_text
from extraction.rules_grants import needs_leave
from extraction.rules_pledges import voucher
from extraction.rules_tokens import SUBJECT_DEPS, infinitive, is_party

if TYPE_CHECKING:
    from spacy.tokens import Token


def will_cue(cue: Cue, lemma: str) -> Cue | None:
    """*will* commits a person, or promises an act in the passive; of things it only predicts."""
    if lemma == "be" and cue.subject is None and _none_there(cue.verb):
        return replace(cue, modality=PRO, negated=False)
    if lemma == "continue" and not cue.passive and (going := infinitive(cue.verb)) is not None and not going[1]:
        return will_cue(replace(cue, verb=going[0]), going[0].lemma_.lower())
    if lemma == "protect" and is_party(cue.subject) and any(child.dep_ == "dobj" for child in cue.verb.rights):
        return replace(cue, modality=PRO if cue.negated else OBL, negated=False)
    needs = lemma == "need" and is_party(cue.subject) and needs_leave(cue.verb)
    if lemma in WILL_STATIVES and not cue.passive and not (needs or _takes_steps(cue, lemma)):
        return None
    if cue.passive and lemma in EPISTEMIC_PASSIVES | {"need", "require", "help", "allow"}:
        return None
    if lemma == "do" and cue.subject is not None and cue.subject.lower_ in {"they", "it"} and _does_so(cue.verb):
        return None  # "they will do so only if they believe us" foretells
    text = cue.subject is not None and is_text(cue.subject)
    if (who := voucher(cue.subject)) is not None:
        cue = replace(cue, subject=who)
    bound = is_party(cue.subject) or lemma in _CONFORMING or who is not None
    if not cue.passive and (text or not bound) and not stands_for_party(cue):
        return None
    if lemma in _CHANGES and not cue.passive and not any(child.dep_ == "dobj" for child in cue.verb.rights):
        return None
    return replace(cue, modality=PRO if cue.negated else OBL, negated=False)


def _does_so(verb: "Token") -> bool:
    return verb.i + 1 < len(verb.doc) and bool(verb.nbor().lower_ == "so")


def _none_there(verb: "Token") -> bool:
    """As in "There will be no refunds"."""
    there = any(child.lower_ == "there" and child.dep_ == "expl" for child in verb.lefts)
    return there and any(child.dep_ == "attr" and child.left_edge.lower_ == "no" for child in verb.rights)


_CONFORMING = frozenset({"comply", "conform", "adhere"})
"""What a thing will do only where somebody sees to it."""


def _takes_steps(cue: Cue, lemma: str) -> bool:
    """As in "we will take steps to V", where "will take time" only predicts."""
    things = (child for child in cue.verb.rights if child.dep_ == "dobj")
    return lemma == "take" and is_party(cue.subject) and any(thing.lemma_.lower() in _STEPS for thing in things)


_STEPS = word_set("step measure action care precaution responsibility")
_CHANGES = word_set("change evolve grow increase decrease begin start end improve develop continue")


def stands_for_party(cue: Cue) -> bool:
    """As in "Should the Company amend it, it will tell you": the pronoun's noun opens the sentence as a subject."""
    if cue.subject is None or cue.subject.lower_ != "it":
        return False
    subjects = (t for t in cue.subject.doc[: cue.subject.i] if t.dep_ in SUBJECT_DEPS and t.dep_ != "expl")
    before = [t for t in subjects if t.tag_ not in {"WDT", "WP", "PRP"}]
    return bool(before) and is_party(before[-1]) and before[-1].tag_ in {"NN", "NNP"}
