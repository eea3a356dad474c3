"""Cues from verbs that lay down a norm: "we do not tolerate N", "X requires Y to V", "X grants Y a right to V"."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import (
    ALLOW_VERBS,
    APPROVAL_NOUNS,
    DUTY_NOUNS,
    FORBID_VERBS,
    REQUIRE_VERBS,
    RIGHT_NOUNS,
    URGE_VERBS,
    word_set,
)
from extraction.rules_cue import OBL, PER, PRO, REC, Cue
from extraction.rules_pledges import pledge_cue
from extraction.rules_tokens import (
    SUBJECT_DEPS,
    gerund_after,
    infinitive,
    is_party,
    is_passive,
    is_relative,
    later_infinitive,
    named,
)
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

NEEDED = APPROVAL_NOUNS | word_set(
    "notice notification registration review disclosure signature assessment check reason receipt ticket permit licence license deposit "
    "booking reservation fee payment pass certificate training"
)
_VOICES = word_set("we company organisation organization group firm law regulation agency")


def active_cue(verb: "Token", cue: Cue) -> Cue | None:
    """We do not tolerate N; X prohibits N; X requires Y to V; X reserves the right to V; you agree to V."""
    lemma, subject = verb.lemma_.lower(), cue.subject
    if subject is None and verb.tag_ != "VBZ":
        return None
    if lemma in {"reserve", "retain", "hold"}:
        noun = next((c for c in verb.rights if c.dep_ in {"dobj", "appos"} and c.lemma_.lower() in RIGHT_NOUNS), None)
        return _reserved(noun, cue) if noun is not None else None
    if lemma in {"need", "ought", "agree", "undertake", "promise"} and (is_party(subject) or _needs_doing(verb)):
        bound = _self_bound(verb, cue)
        if bound is not None:
            return bound
    if (pledged := pledge_cue(verb, cue)) is not None:
        return pledged
    if lemma in ALLOW_VERBS and cue.negated and lemma != "support":
        return raised_cue(verb, cue, PRO) or replace(cue, modality=PRO, negated=False, hide_actor=True)
    if lemma in FORBID_VERBS and _under_modal(verb):
        return None  # "may suspend the account or prohibit visits": who may forbid forbids nothing yet
    if lemma in FORBID_VERBS and not cue.negated:
        return _forbidding(verb, cue)
    if lemma in FORBID_VERBS and subject is not None and subject.lower_ == "we" and raised_cue(verb, cue, PRO) is None:
        return replace(cue, modality=PER, hide_actor=True)  # "we do not forbid N" lets it be
    if lemma in {"require", "need"} and subject is not None:
        needed = next((c for c in verb.rights if c.dep_ == "dobj" and named(c).lemma_.lower() in NEEDED), None)
        stands = needed is not None and (verb.dep_ in {"ROOT", "conj"} or _before_semicolon(verb))
        if stands and cue.negated:
            return replace(cue, modality=PER, label="require")
        if stands and not is_party(subject):
            return replace(cue, modality=OBL, label="require")
    if cue.negated or subject is None:
        return None
    if lemma in REQUIRE_VERBS and _speaks_for_policy(subject):
        return raised_cue(verb, cue, OBL)
    if lemma in URGE_VERBS and _speaks_for_policy(subject):
        return raised_cue(verb, cue, REC) or _advising(verb, cue)
    if lemma in ALLOW_VERBS and subject.lower_ == "we":
        return raised_cue(verb, cue, PER) or _allowing(verb, cue)
    if lemma in {"allow", "permit"} and _speaks_for_policy(subject) and raised_cue(verb, cue, PER) is None:
        return _allowing(verb, cue)
    if lemma in {"grant", "give"} and is_party(subject):
        return _grant_cue(verb, cue)
    return replace(cue, modality=PER) if lemma == "waive" and is_party(subject) else None


def _advising(verb: "Token", cue: Cue) -> Cue | None:
    """We recommend V-ing; we encourage those who have done X to V."""
    act = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    if act.tag_ == "VBG" and act.dep_ in {"xcomp", "ccomp", "dobj", "pcomp"}:
        return replace(cue, verb=act, subject=None, modality=REC, passive=False)
    owner = next((c for c in verb.rights if c.dep_ == "dobj" and is_party(c)), None)
    clauses = [c for c in owner.rights if c.dep_ == "relcl"] if owner is not None else []
    if any(token.lemma_.lower() in _WANTING and infinitive(token) for token in clauses):
        return None
    inner = (
        t for c in clauses for t in c.subtree if t.tag_ == "VB" and t.dep_ == "xcomp" and t.nbor(-1).lower_ == "to"
    )
    target = next(inner, None)
    return replace(cue, verb=target, subject=owner, modality=REC, passive=False) if target is not None else None


_WANTING = word_set("want wish need plan intend like have try seek choose decide hope expect")
"""Verbs that take the infinitive for themselves: "those who want to leave"."""


def _allowing(verb: "Token", cue: Cue) -> Cue | None:
    """We permit N, we accept N: a thing is allowed."""
    thing = next((c for c in verb.rights if c.dep_ == "dobj" and c.pos_ in {"NOUN", "PROPN"}), None)
    told = (
        thing is not None
        and verb.lemma_.lower() in {"allow", "permit", "tolerate"}
        and thing.lemma_.lower() not in _VAGUE
    )
    return replace(cue, modality=PER, subject=None) if told else None


_VAGUE = word_set("you user people customer everyone anyone person thing")


def _before_semicolon(verb: "Token") -> bool:
    """Whether a whole clause of its own follows: "X needs the consent of Y; Z must not be asked"."""
    return verb.dep_ == "ccomp" and any(t.text == ";" for t in verb.doc[verb.i : verb.head.i])


def _needs_doing(verb: "Token") -> bool:
    """As in "points need to be reported": what has to be done to a thing."""
    target = infinitive(verb, reach=3) if verb.lemma_.lower() == "need" else None
    return target is not None and target[0].tag_ == "VBN" and target[0].lemma_.lower() != "know"


def _self_bound(verb: "Token", cue: Cue) -> Cue | None:
    """X needs to V, X agrees (not) to V."""
    needs = verb.lemma_.lower() in {"need", "ought"}
    target = infinitive(verb, reach=3 if needs else 4)
    if target is None or (cue.negated and not needs) or _asked_for(verb, target[0]):
        return None
    inner = replace(cue, verb=target[0], passive=target[0].tag_ == "VBN")
    if cue.negated:
        return replace(inner, modality=PER, negated=True)
    if inner.passive and is_party(cue.subject) and not needs:
        inner = replace(inner, passive=False, label="right to be")  # "agree to be bound by the terms"
    return replace(inner, modality=PRO if target[1] else OBL)


def _asked_for(verb: "Token", target: "Token") -> bool:
    """As in "this will tell them what they need to do": what is told of there is not laid down here."""
    asks = any(token.tag_ in {"WP", "WRB"} for token in [*verb.lefts, *target.lefts])
    return asks and verb.dep_ in {"ccomp", "pcomp"}


def _under_modal(verb: "Token") -> bool:
    """Whether a bare verb stands in a series behind the modal of the first."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in {"VERB", "AUX"}:
        first = first.head
    return first is not verb and verb.tag_ == "VB" and any(child.tag_ == "MD" for child in first.lefts)


def _forbidding(verb: "Token", cue: Cue) -> Cue | None:
    """X prohibits N; X prohibits Y from V-ing; X forbids V-ing."""
    if cue.subject is not None and cue.subject.lower_ == "nothing":
        return None
    gerund = gerund_after(verb, "from")
    if gerund is not None:
        return replace(cue, verb=gerund, modality=PRO, hide_actor=True)
    bound = next((c for c in verb.rights if c.dep_ in {"dobj", "dative"} and is_party(c)), None)
    barred = next(
        (t for t in verb.doc[verb.i + 1 : verb.i + 9] if t.lower_.endswith("ing") and t.nbor(-1).lower_ == "from"),
        None,
    )
    if bound is not None and barred is not None:
        return replace(cue, verb=barred, subject=bound, modality=PRO)
    return raised_cue(verb, cue, PRO) or replace(cue, modality=PRO, hide_actor=True)


def forbidding_cue(word: "Token") -> Cue | None:
    """As in "our Standards of Conduct prohibit smoking": behind a capital the tagger takes the verb for a noun."""
    if word.lower_ not in {"prohibit", "prohibits", "forbid", "forbids"} or word.pos_ not in {"NOUN", "PROPN"}:
        return None
    subject = next((child for child in word.lefts if child.dep_ in SUBJECT_DEPS), None)
    named = any(child.dep_ == "dobj" for child in word.rights)
    return _forbidding(word, Cue(word, PRO, word.i, subject)) if subject is not None and named else None


def reserving_cue(word: "Token") -> Cue | None:
    """As in "Acme reserves the right to": behind a name that the tagger does not know it takes the verb for a noun."""
    if word.lower_ not in {"reserves", "retains"} or word.tag_ != "NNS" or word.i == 0:
        return None
    name = word.nbor(-1)
    noun = next((t for t in word.doc[word.i + 1 : word.i + 4] if t.lemma_.lower() in RIGHT_NOUNS), None)
    if noun is None or name.pos_ not in {"PROPN", "NOUN", "ADJ"}:
        return None
    return _reserved(noun, Cue(word, PER, word.i, name))


def _reserved(noun: "Token", cue: Cue) -> Cue | None:
    """X reserves the right to V; X reserves all rights in N."""
    whole = any(child.lower_ == "all" for child in noun.lefts) and infinitive(noun, reach=2) is None
    if whole and not cue.negated and cue.subject is not None and not is_relative(cue.subject):
        return replace(cue, modality=PER, label="have right")
    return noun_cue(noun, cue)


def noun_cue(noun: "Token", cue: Cue) -> Cue | None:
    """The right | duty to V that ``noun`` names, of the subject of ``cue``; denied where the cue is negated."""
    lemma = noun.lemma_.lower()
    if lemma not in RIGHT_NOUNS | DUTY_NOUNS:
        return None
    target = infinitive(noun, reach=16) or later_infinitive(noun) or _after_phrase(noun)
    barred = cue.negated and any(t.lower_ in _USES for t in noun.doc[noun.i + 1 : noun.i + 5])
    # Who has no right to a refund is forbidden nothing; who has none to private use is.
    have_it = replace(cue, modality=PRO if barred else PER, negated=cue.negated and not barred, label="have right")
    if (
        target is not None
        and target[0].lower_ in _MISREAD
        and (target[0].lower_ in _QUALITIES or not any(child.dep_ == "dobj" for child in target[0].rights))
    ):
        return have_it if lemma in RIGHT_NOUNS else None
    kind = PER if lemma in RIGHT_NOUNS else OBL
    if target is None:
        preposition = next((child for child in noun.subtree if child.lower_ == "to" and child.i == noun.i + 1), None)
        listed = any(child.lower_ == "following" for child in noun.lefts)  # "has the following powers:"
        return have_it if (preposition is not None or listed) and kind is PER else None
    inner = replace(cue, verb=target[0], passive=False, label="right" if kind is PER else "duty")
    if target[0].tag_ == "VBN":
        inner = replace(inner, label="right to be")
    if cue.negated:
        return replace(inner, modality=PRO if kind is PER else PER, negated=kind is OBL)
    return replace(inner, modality=kind, negated=target[1])


_QUALITIES = frozenset({"adequate", "appropriate"})
_MISREAD = _QUALITIES | {"notice", "access", "notification"}  # taken for verbs behind "the right to"
_USES = word_set("use access entry reproduction distribution publication admission copying resale")
_MEANWHILE = re.compile(
    r"(?:at (?:all|any) times?|at any point|from time to time|in (?:its|their|our|his) (?:sole |own )*discretion),? to \w",
    re.IGNORECASE,
)


def _after_phrase(noun: "Token") -> "tuple[Token, bool] | None":
    """As in "the right at all times to reclaim it": a phrase of time stands before the infinitive."""
    doc = noun.doc
    if not _MEANWHILE.match(doc[noun.i + 1 :].text.lstrip(", ")):
        return None
    particle = next((t for t in doc[noun.i + 1 :] if t.lower_ == "to" and t.i + 1 < len(doc)), None)
    return None if particle is None or doc[particle.i + 1].tag_ not in {"VB", "VBP"} else (doc[particle.i + 1], False)


def _speaks_for_policy(subject: "Token") -> bool:
    """Whether the subject can lay down a norm: the organisation, its name, a law; not a customer or a situation."""
    return subject.lemma_.lower() in _VOICES or subject.pos_ == "PROPN" or subject.lower_ == "we"


def _grant_cue(verb: "Token", cue: Cue) -> Cue | None:
    """You grant X a licence to V: X may V, by the authority of you."""
    noun = next((child for child in verb.rights if child.dep_ == "dobj" and child.lemma_.lower() in RIGHT_NOUNS), None)
    if noun is None:  # the parser lost it behind a short name: "grants GitHub a license to use"
        noun = next(
            (t for t in verb.doc[verb.i + 1 : verb.i + 16] if t.lemma_.lower() in RIGHT_NOUNS and t.pos_ == "NOUN"),
            None,
        )
    owner = next(
        (child for child in verb.rights if child.dep_ in {"dative", "dobj"} and child != noun and child.pos_ != "ADP"),
        next(
            (c for to in verb.rights if to.lower_ == "to" for c in to.rights if c.dep_ == "pobj" and is_party(c)), None
        ),
    )
    target = (infinitive(noun) or later_infinitive(noun)) if noun is not None else None
    if noun is None or owner is None or target is None:
        return None
    return replace(cue, verb=target[0], subject=owner, modality=PER, passive=False, label="right", grantor=cue.subject)


def policy_cue(noun: "Token", cue: Cue) -> Cue | None:
    """It is our policy | the responsibility of X to V; "only" turns a policy into a limited permission."""
    target = infinitive(noun)
    of_whom = next((c for p in noun.rights if p.lower_ == "of" for c in p.rights if c.dep_ == "pobj"), None)
    if target is None and of_whom is not None and is_party(of_whom):
        target = infinitive(of_whom)
    if target is None or noun.lemma_.lower() not in STANCES | DUTY_NOUNS or cue.negated:
        return None
    only = any(token.lower_ == "only" for token in noun.doc[target[0].i :])
    own = noun.lemma_.lower() not in STANCES
    owner = (next((child for child in noun.lefts if child.dep_ == "poss"), None) or of_whom) if own else None
    modality = PRO if target[1] else PER if only and not own else OBL
    return replace(
        cue,
        verb=target[0],
        subject=owner if owner is not None and owner.tag_ != "PRP$" else None,
        modality=modality,
        label="policy",
    )


STANCES = frozenset({"policy", "practice", "stance"})
"""What one holds to as a rule."""


def raised_cue(verb: "Token", cue: Cue, modality: Modality) -> Cue | None:
    """X requires Y to V: the rule binds Y. "that Y V" counts as well."""
    for complement in verb.rights:
        if complement.dep_ not in {"ccomp", "xcomp", "advcl", "dobj", "relcl", "acl"}:
            continue
        verbal = complement.pos_ in {"VERB", "AUX"}
        candidates = [complement] if verbal else [c for c in complement.rights if c.dep_ in {"acl", "relcl", "xcomp"}]
        for inner in candidates:
            to_form = any(child.tag_ == "TO" for child in inner.lefts)
            owner = next((c for c in inner.lefts if c.dep_ in SUBJECT_DEPS), None)
            if owner is None and not verbal:
                owner = complement
            if owner is None:
                owner = next((c for c in verb.rights if c.dep_ in {"dobj", "dative"} and c.i < inner.i), None)
            if owner is None or not (to_form or inner.tag_ in {"VB", "VBP"}):
                continue
            if owner.pos_ not in {"NOUN", "PROPN", "PRON"} or (modality is not PRO and not is_party(owner)):
                continue
            if modality is PRO and not is_party(owner):
                continue
            return _with_owner(cue, inner, owner, modality)
    return None


def _with_owner(cue: Cue, inner: "Token", owner: "Token", modality: Modality) -> Cue | None:
    """The raised rule; what forbids not to act ("do not allow X not to V") is left unread."""
    negated = any(child.dep_ == "neg" for child in inner.lefts)
    if negated and modality is PRO:
        return None
    return replace(
        cue,
        verb=inner,
        subject=owner,
        modality=PRO if negated and modality is OBL else modality,
        negated=negated and modality is REC,
        passive=is_passive(inner),
    )
