"""What somebody does, where the verb alone would only tell a guess or a state: "may give a gift", "may be at the bed"."""

import re
from typing import TYPE_CHECKING

from extraction.lexicon import word_set
from extraction.rules_cue import Cue
from extraction.rules_polarity import limits_number
from extraction.rules_tokens import is_party

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACTS = word_set("give make create change raise reduce increase")
_HAPPENINGS = word_set(
    "rise impression mistake error sense difference way effect cause advantage doubt question concern"
)


def is_act(cue: Cue, lemma: str) -> bool:
    """As in "employees may give a gift": what somebody does to a thing, where "may give rise to" only guesses."""
    if cue.passive or lemma in {"be", "come"}:
        return not cue.passive and _is_presence(cue, lemma)
    if lemma in {"count", "look"} and is_party(cue.subject):  # "may count the money", "may look after the desk"
        led = any(c.dep_ == "prep" and c.lower_ in {"after", "at", "into", "through"} for c in cue.verb.rights)
        return led or any(c.dep_ == "dobj" for c in cue.verb.rights)
    if lemma == "have" and is_party(cue.subject) and _is_limited(cue):
        return True
    if lemma == "have" and is_party(cue.subject):  # "may have repairs carried out"
        had = (child for child in cue.verb.rights if child.dep_ == "dobj")
        return any(part.tag_ == "VBN" and part.dep_ == "acl" for thing in had for part in thing.rights)
    if lemma == "include" and cue.subject is not None and cue.subject.lower_ in {"you", "we"}:
        return any(child.dep_ == "dobj" for child in cue.verb.rights)
    if lemma not in _ACTS or not is_party(cue.subject):
        return False
    things = [child for child in cue.verb.rights if child.dep_ == "dobj"]
    joined = cue.verb.i + 1 < len(cue.verb.doc) and cue.verb.nbor().pos_ == "CCONJ"  # "may change or stop the service"
    if joined and not things:
        heads = [child for child in cue.verb.rights if child.dep_ == "conj"]
        things = [h for h in heads if h.pos_ == "NOUN"] + [c for h in heads for c in h.rights if c.dep_ == "dobj"]
    changed = lemma == "make" and _changed(cue.verb)
    return changed or any(thing.lemma_.lower() not in _HAPPENINGS and thing.pos_ != "PRON" for thing in things)


def _changed(verb: "Token") -> bool:
    """As in "may make the rules stricter", where the parser takes "rules" for the subject of "stricter"."""
    states = [child for child in verb.rights if child.dep_ == "ccomp" and child.pos_ == "ADJ"]
    things = [thing for state in states for thing in state.lefts if thing.dep_ == "nsubj"]
    return any(thing.pos_ == "NOUN" and not is_party(thing) for thing in things)


_LIMITED = re.compile(
    r"(?:only|at most|up to|no more than|more than|not more than|less than|a maximum of)\b", re.IGNORECASE
)


def _is_limited(cue: Cue) -> bool:
    """As in "you may only have one", "may not have more than one": a number bounds what one may have."""
    words = cue.verb.doc[cue.anchor + 1 : cue.verb.i].text.lower().split()
    counted = any(t.like_num for t in cue.verb.doc[cue.verb.i + 1 : cue.verb.i + 6])
    behind = cue.verb.doc[cue.verb.i + 1 : cue.verb.i + 5].text
    return counted and ("only" in words or bool(_LIMITED.match(behind)))


_ABSTRACT = word_set(
    "risk breach position situation conflict doubt danger need contact possession relationship receipt violation dispute "
    "fault odds liberty charge debt default favour favor trouble case use time stage point end form nature interest best"
)


def _is_presence(cue: Cue, lemma: str) -> bool:
    """Who may be where ("no more than two visitors may be at a bed") and come when; "may be at risk" only guesses."""
    verb = cue.verb
    if limits_number(cue.subject) or (lemma == "be" and cue.subject is None and _none_there(verb)):
        return True
    if not is_party(cue.subject) or any(child.dep_ in {"xcomp", "ccomp"} for child in verb.rights):
        return False
    if lemma == "come":
        return any(child.dep_ in {"prt", "prep", "npadvmod", "advmod"} for child in verb.rights)
    places = (c for p in verb.rights if p.lower_ in {"in", "on", "at", "inside", "outside"} for c in p.rights)
    return any(place.dep_ == "pobj" and place.lemma_.lower() not in _ABSTRACT for place in places)


def _none_there(verb: "Token") -> bool:
    """As in "there may be no more than four people"."""
    there = any(child.lower_ == "there" for child in verb.lefts)
    return there and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "no" and verb.nbor(2).lower_ != "doubt"
