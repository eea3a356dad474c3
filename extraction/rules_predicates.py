"""Cues from predicates: "is required to", "has the right to", "is responsible for", "we do not tolerate"."""

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
from extraction.rules_cue import DEF, OBL, PER, PRO, REC, Cue
from extraction.rules_tokens import (
    SUBJECT_DEPS,
    be_before,
    gerund_after,
    infinitive,
    is_free_standing,
    is_party,
    is_passive,
    is_relative,
    later_infinitive,
    named,
    negative_subject,
)
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token


def predicate_cue(token: "Token") -> Cue | None:
    """Predicates without a modal of their own."""
    if any(child.tag_ == "MD" for child in token.lefts):
        return None
    lemma = token.lemma_.lower()
    subject = next((c for c in token.lefts if c.dep_ in SUBJECT_DEPS and c.dep_ != "expl"), None)
    if subject is None and token.dep_ == "conj":
        subject = next((c for c in token.head.lefts if c.dep_ in SUBJECT_DEPS and c.dep_ != "expl"), None)
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children) or negative_subject(subject)
    cue = Cue(token, OBL, token.i, subject, negated, is_passive(token))
    if token.tag_ == "VBN" and token.dep_ == "conj" and any(c.tag_ == "MD" for c in token.head.lefts):
        return None
    if token.tag_ == "VBN" and (cue.passive or be_before(token)):
        return participle_cue(token, replace(cue, passive=True))
    if lemma == "have" and token.tag_ in {"VBP", "VBZ", "VB"}:
        return have_cue(token, cue)
    if token.pos_ == "ADJ" and token.head.lemma_ == "be":
        verb = token.head
        owner = next((c for c in verb.lefts if c.dep_ in SUBJECT_DEPS), None)
        if any(child.tag_ == "MD" for child in verb.lefts):
            return None
        bad = any(c.dep_ == "neg" or c.lower_ in {"never", "not"} for c in [*verb.children, *token.lefts])
        return adjective_cue(token, replace(cue, subject=owner, negated=bad or negative_subject(owner), anchor=verb.i))
    if lemma == "be" and any(c.lower_ == "it" and c.dep_ in SUBJECT_DEPS for c in token.lefts):
        noun = next((child for child in token.rights if child.dep_ == "attr"), None)
        return _policy_cue(noun, cue) if noun is not None else None
    if token.tag_ in {"VBP", "VBZ", "VB"} and token.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}:
        return _active_cue(token, cue)
    return None


def participle_cue(verb: "Token", cue: Cue) -> Cue | None:
    """Is required | allowed | prohibited | encouraged | deemed ..."""
    lemma = verb.lemma_.lower()
    target = infinitive(verb)
    if lemma in {"deem", "consider", "treat"}:
        return (
            replace(cue, modality=DEF, label="deemed")
            if cue.subject is not None and cue.label in {"shall", "will", "", "must"}
            else None
        )
    if lemma in REQUIRE_VERBS:
        if target is None:
            bare = lemma in {"require", "mandate"} and cue.subject is not None and not is_relative(cue.subject)
            return replace(cue, modality=PER if cue.negated else OBL) if bare and is_free_standing(verb) else None
        inner = replace(cue, verb=target[0], passive=is_passive(target[0]) or target[0].tag_ == "VBN")
        if cue.negated:
            return replace(inner, modality=PER, negated=True) if lemma != "expect" else None
        return replace(inner, modality=PRO if target[1] else OBL, negated=False)
    if lemma in ALLOW_VERBS | {"entitle", "license"}:
        if target is None:
            return (
                replace(cue, modality=PRO if cue.negated else PER, negated=False)
                if lemma in {"allow", "permit", "tolerate", "accept"} and cue.negated
                else None
            )
        own = None if cue.subject is not None and cue.subject.lower_ == "it" else cue.subject
        inner = replace(cue, verb=target[0], subject=own, passive=target[0].tag_ == "VBN")
        return replace(inner, modality=PRO if cue.negated else PER, negated=target[1] and not cue.negated)
    if lemma in FORBID_VERBS:
        if target is not None and cue.subject is not None and not cue.negated:
            own = None if cue.subject.lower_ == "it" else cue.subject
            return replace(cue, verb=target[0], modality=PRO, passive=False, subject=own)
        gerund = gerund_after(verb, "from")
        if gerund is not None:
            return replace(cue, verb=gerund, modality=PRO, negated=False, passive=False) if not cue.negated else None
        return replace(cue, modality=PRO, negated=False) if not cue.negated and is_free_standing(verb) else None
    if lemma in URGE_VERBS and target is not None:
        return replace(cue, verb=target[0], modality=REC, negated=target[1], passive=target[0].tag_ == "VBN")
    return None


def adjective_cue(adjective: "Token", cue: Cue) -> Cue | None:
    """Is responsible for | free to | (not) acceptable | obligatory ..."""
    word = adjective.lower_
    if word in {"responsible", "accountable"} and not cue.negated:
        gerund = gerund_after(adjective, "for")
        if gerund is not None:
            return replace(cue, verb=gerund, modality=OBL, passive=False)
        has_object = any(child.lower_ == "for" for child in adjective.children)
        return replace(cue, verb=adjective, modality=OBL, label="responsible") if has_object else None
    target = infinitive(adjective)
    if word in {"free", "welcome", "entitled", "eligible", "permitted", "authorized", "authorised"} and target:
        if cue.negated and word in {"free", "entitled", "permitted", "authorized", "authorised"}:
            return replace(cue, verb=target[0], modality=PRO, negated=False, passive=False)
        return replace(cue, verb=target[0], modality=PER, passive=False) if not cue.negated else None
    bad = (
        word in {"acceptable", "ok", "okay", "allowed", "permissible", "permitted", "appropriate"} and cue.negated
    ) or (word in {"unacceptable", "forbidden", "impermissible"} and not cue.negated)
    if bad and target is not None:
        return replace(cue, verb=target[0], modality=PRO, negated=False, subject=None, passive=False)
    if (
        bad
        and cue.subject is not None
        and word in {"acceptable", "unacceptable", "allowed", "permitted", "permissible", "forbidden"}
    ):
        return replace(
            cue, verb=adjective, modality=PRO, negated=False, passive=True, label="adjective", subject_is_object=True
        )
    if word in {"mandatory", "compulsory", "obligatory"} and not cue.negated and cue.subject is not None:
        return replace(cue, verb=adjective, modality=OBL, passive=True, label="adjective", subject_is_object=True)
    return None


def have_cue(verb: "Token", cue: Cue) -> Cue | None:
    """Has the right to | has a duty to | has to."""
    direct = infinitive(verb, reach=1)
    if direct is not None and verb.tag_ != "VBN":
        inner = replace(cue, verb=direct[0], passive=direct[0].tag_ == "VBN")
        return replace(inner, modality=PER, negated=True) if cue.negated else replace(inner, modality=OBL)
    noun = next((child for child in verb.rights if child.dep_ in {"dobj", "attr"}), None)
    if noun is None:
        return None
    denied = any(child.lower_ == "no" for child in noun.lefts)
    return _noun_cue(noun, replace(cue, negated=cue.negated != denied))


def _noun_cue(noun: "Token", cue: Cue) -> Cue | None:
    lemma = noun.lemma_.lower()
    if lemma not in RIGHT_NOUNS | DUTY_NOUNS or (cue.negated and lemma not in RIGHT_NOUNS | DUTY_NOUNS):
        return None
    target = infinitive(noun, reach=16) or later_infinitive(noun)
    if (
        target is not None
        and target[0].i + 1 >= len(noun.doc)
        and target[0].lower_ in {"notice", "access", "notification"}
    ):
        return (
            replace(cue, modality=PRO if cue.negated else PER, negated=False, label="have right")
            if lemma in RIGHT_NOUNS
            else None
        )
    kind = PER if lemma in RIGHT_NOUNS else OBL
    if target is None:
        preposition = next((child for child in noun.subtree if child.lower_ == "to" and child.i == noun.i + 1), None)
        return (
            replace(cue, modality=PRO if cue.negated else PER, negated=False, label="have right")
            if preposition is not None and kind is PER
            else None
        )
    inner = replace(cue, verb=target[0], passive=False, label="right" if kind is PER else "duty")
    if target[0].tag_ == "VBN":
        inner = replace(inner, label="right to be")
    if cue.negated:
        return replace(inner, modality=PRO if kind is PER else PER, negated=kind is OBL)
    return replace(inner, modality=kind, negated=target[1])


def _active_cue(verb: "Token", cue: Cue) -> Cue | None:
    """We do not tolerate N; X prohibits N; X requires Y to V; X reserves the right to V; you agree to V."""
    lemma, subject = verb.lemma_.lower(), cue.subject
    if subject is None and verb.tag_ != "VBZ":
        return None
    if lemma in {"reserve", "retain", "hold"}:
        noun = next(
            (child for child in verb.rights if child.dep_ == "dobj" and child.lemma_.lower() in RIGHT_NOUNS), None
        )
        return _noun_cue(noun, cue) if noun is not None else None
    if lemma in {"need", "ought"} and infinitive(verb, reach=3) is not None:
        target = infinitive(verb, reach=3)
        if target is None or not is_party(subject):
            return None
        inner = replace(cue, verb=target[0], passive=target[0].tag_ == "VBN")
        return replace(inner, modality=PER, negated=True) if cue.negated else replace(inner, modality=OBL)
    if lemma in {"agree", "undertake", "promise"}:
        target = infinitive(verb, reach=4)
        if target is None or not is_party(subject) or cue.negated:
            return None
        return replace(cue, verb=target[0], modality=PRO if target[1] else OBL, passive=target[0].tag_ == "VBN")
    if lemma in ALLOW_VERBS and cue.negated and lemma != "support":
        return replace(cue, modality=PRO, negated=False, hide_actor=True)
    if lemma in FORBID_VERBS and not cue.negated:
        if subject is not None and subject.lower_ == "nothing":
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
        return _raised(verb, cue, PRO) or replace(cue, modality=PRO, hide_actor=True)
    if lemma in {"require", "need"} and not cue.negated and subject is not None and not is_party(subject):
        needed = next((c for c in verb.rights if c.dep_ == "dobj" and named(c).lemma_.lower() in _NEEDED), None)
        if needed is not None and verb.dep_ in {"ROOT", "conj"}:
            return replace(cue, modality=OBL, label="require")
    if lemma in REQUIRE_VERBS and not cue.negated and _speaks_for_policy(subject):
        return _raised(verb, cue, OBL)
    if lemma in URGE_VERBS and not cue.negated and _speaks_for_policy(subject):
        return _raised(verb, cue, REC)
    if lemma in ALLOW_VERBS and not cue.negated and subject is not None and subject.lower_ == "we":
        return _raised(verb, cue, PER)
    if lemma in {"grant", "give"} and not cue.negated and subject is not None and is_party(subject):
        return _grant_cue(verb, cue)
    if lemma == "waive" and subject is not None and is_party(subject) and not cue.negated:
        return replace(cue, modality=PER)
    return None


_NEEDED = APPROVAL_NOUNS | word_set(
    "notice notification registration review disclosure signature assessment check reason receipt"
)
_VOICES = word_set("we company organisation organization group firm law regulation agency")


def _speaks_for_policy(subject: "Token | None") -> bool:
    """Whether the subject can lay down a norm: the organisation, its name, a law; not a customer or a situation."""
    return subject is not None and (
        subject.lemma_.lower() in _VOICES or subject.pos_ == "PROPN" or subject.lower_ == "we"
    )


def _grant_cue(verb: "Token", cue: Cue) -> Cue | None:
    """You grant X a licence to V: X may V."""
    noun = next((child for child in verb.rights if child.dep_ == "dobj" and child.lemma_.lower() in RIGHT_NOUNS), None)
    owner = next(
        (child for child in verb.rights if child.dep_ in {"dative", "dobj"} and child != noun and child.pos_ != "ADP"),
        None,
    )
    target = (infinitive(noun) or later_infinitive(noun)) if noun is not None else None
    if noun is None or owner is None or target is None:
        return None
    return replace(cue, verb=target[0], subject=owner, modality=PER, passive=False, label="right")


def _policy_cue(noun: "Token", cue: Cue) -> Cue | None:
    """It is our policy | your responsibility to V; "only" turns a policy into a limited permission."""
    target = infinitive(noun)
    if target is None or noun.lemma_.lower() not in {"policy", "practice", *DUTY_NOUNS} or cue.negated:
        return None
    only = any(token.lower_ == "only" for token in noun.doc[target[0].i :])
    own = noun.lemma_.lower() not in {"policy", "practice"}
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None) if own else None
    modality = PRO if target[1] else PER if only and not own else OBL
    return replace(
        cue,
        verb=target[0],
        subject=owner if owner is not None and owner.tag_ != "PRP$" else None,
        modality=modality,
        label="policy",
    )


def _raised(verb: "Token", cue: Cue, modality: Modality) -> Cue | None:
    """X requires Y to V: the rule binds Y. "that Y V" counts as well."""
    for complement in verb.rights:
        if complement.dep_ not in {"ccomp", "xcomp", "advcl", "dobj", "relcl", "acl"}:
            continue
        candidates = (
            [complement]
            if complement.pos_ in {"VERB", "AUX"}
            else [c for c in complement.rights if c.dep_ in {"acl", "relcl", "xcomp"}]
        )
        for inner in candidates:
            to_form = any(child.tag_ == "TO" for child in inner.lefts)
            owner = next((c for c in inner.lefts if c.dep_ in SUBJECT_DEPS), None)
            if owner is None and complement.pos_ not in {"VERB", "AUX"}:
                owner = complement
            if owner is None:
                owner = next((c for c in verb.rights if c.dep_ in {"dobj", "dative"} and c.i < inner.i), None)
            if owner is None or not (to_form or inner.tag_ in {"VB", "VBP"}):
                continue
            if owner.pos_ not in {"NOUN", "PROPN", "PRON"} or (modality is not PRO and not is_party(owner)):
                continue
            negated = any(child.dep_ == "neg" for child in inner.lefts)
            final = modality
            if negated:
                final = PRO if modality is OBL else modality
            return replace(
                cue,
                verb=inner,
                subject=owner,
                modality=final,
                negated=negated and modality is REC,
                passive=is_passive(inner),
            )
    return None
