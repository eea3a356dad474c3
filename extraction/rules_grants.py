"""What a party gives away or leaves free by saying so: "you authorize us to V", "X grants Y a license", "this does not require you to V"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import FORBID_VERBS, RIGHT_NOUNS
from extraction.rules_cue import OBL, PER, Cue
from extraction.rules_norms import NEEDED, raised_cue
from extraction.rules_tokens import infinitive, is_party, is_relative, later_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token


def grant_cue(verb: "Token", cue: Cue) -> Cue | None:
    """You authorize X to V; this does not prohibit X from V-ing; you need approval."""
    lemma, subject = verb.lemma_.lower(), cue.subject
    if subject is None or is_relative(subject):
        return None
    if cue.negated:
        return _left_free(verb, cue, lemma)
    if not is_party(subject):
        return None
    if lemma in {"authorize", "authorise"}:
        allowed = raised_cue(verb, cue, PER)
        return replace(allowed, grantor=subject) if allowed is not None else None
    return replace(cue, modality=OBL) if lemma == "need" and needs_leave(verb) else None


def needs_leave(verb: "Token") -> bool:
    """As in "you need approval from the board": a paper or a word that somebody has to get."""
    return any(child.dep_ == "dobj" and child.lemma_.lower() in NEEDED for child in verb.rights)


def _left_free(verb: "Token", cue: Cue, lemma: str) -> Cue | None:
    """We do not prohibit N; the rule does not prohibit X from V-ing; this does not require you to V."""
    subject = cue.subject
    if subject is None or subject.lower_ == "nothing" or subject.left_edge.lower_ in {"no", "neither"}:
        return None
    if lemma == "require":
        freed = raised_cue(verb, cue, PER)
        told = freed is not None and freed.subject is not None and freed.subject.lower_ == "you"
        return replace(freed, negated=True) if told and freed is not None else None
    if lemma not in FORBID_VERBS:
        return None
    bound = next((c for c in verb.rights if c.dep_ in {"dobj", "dative"} and is_party(c)), None)
    behind = verb.doc[verb.i + 1 : verb.i + 9]
    barred = next((t for t in behind if t.lower_.endswith("ing") and t.nbor(-1).lower_ == "from"), None)
    if barred is not None:
        return replace(cue, verb=barred, subject=bound, modality=PER, negated=False)
    return replace(cue, modality=PER, hide_actor=True)


def granting_cue(word: "Token") -> Cue | None:
    """As in "Acme grants to Users a license to use": behind a name the tagger takes the verb for a noun."""
    if word.lower_ != "grants" or word.tag_ not in {"NNS", "NNPS"} or word.i == 0:
        return None
    doc, name = word.doc, word.nbor(-1)
    nouns = (t for t in doc[word.i + 1 : word.i + 20] if t.lemma_.lower() in RIGHT_NOUNS and t.pos_ == "NOUN")
    noun = next(nouns, None)
    target = (infinitive(noun) or later_infinitive(noun)) if noun is not None else None
    if noun is None or target is None or name.pos_ not in {"PROPN", "NOUN"} or name.tag_ == "NNS":
        return None
    owner = next((t for t in doc[word.i + 1 : noun.i] if is_party(t) and t.dep_ != "compound"), None)
    return Cue(target[0], PER, word.i, owner, label="right", grantor=name) if owner is not None else None
