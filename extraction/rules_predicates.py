"""Cues from predicates: "is required to", "has the right to", "is responsible for", "is to be kept", "is exempt from"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import (
    ALLOW_VERBS,
    DUTY_NOUNS,
    FORBID_VERBS,
    REQUIRE_VERBS,
    URGE_VERBS,
    word_set,
)
from extraction.rules_adjectives import NEEDS, adjective_cue, exempt_cue, of_approval
from extraction.rules_allowances import allowed_cue, bounds_cue, entitled_cue, kept_cue
from extraction.rules_burdens import burden_active, burden_be, left_to
from extraction.rules_cue import DEF, OBL, PER, PRO, REC, Cue
from extraction.rules_grants import grant_cue
from extraction.rules_norms import STANCES, active_cue, noun_cue, policy_cue, raised_cue
from extraction.rules_offices import office_active, office_passive
from extraction.rules_pledges import committed_cue
from extraction.rules_polarity import negative_subject
from extraction.rules_tokens import (
    SUBJECT_DEPS,
    be_before,
    for_whom,
    gerund_after,
    infinitive,
    is_free_standing,
    is_party,
    is_passive,
    is_relative,
    reduced_relative,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINITE = frozenset({"VBP", "VBZ", "VB"})
_PREDICATIVE = _FINITE | {"VBN"}
# "The aim is to be reached by 2030" tells an aim, not a duty.
_AIMS = word_set("aim goal objective purpose intention idea policy plan point task role function hope challenge")


def predicate_cue(token: "Token") -> Cue | None:
    """The cue of a predicate without a modal of its own; None where ``token`` heads none."""
    if not (
        token.tag_ in _PREDICATIVE or token.lower_ == "agreeing" or (token.pos_ == "ADJ" and token.head.lemma_ == "be")
    ):
        return None
    if any(child.tag_ == "MD" for child in token.lefts):
        return None
    lemma = token.lemma_.lower()
    subject = next((c for c in token.lefts if c.dep_ in SUBJECT_DEPS and c.dep_ != "expl"), None)
    if subject is None and token.dep_ == "conj":
        subject = next((c for c in token.head.lefts if c.dep_ in SUBJECT_DEPS and c.dep_ != "expl"), None)
    reduced = reduced_relative(token)
    if subject is None and reduced is not None:
        subject = reduced[0]
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children) or negative_subject(subject)
    cue = Cue(token, OBL, token.i, subject, negated, is_passive(token))
    own = any(
        c.dep_ in SUBJECT_DEPS or c.tag_ in {"VBZ", "VBP"} for c in token.lefts
    )  # "X must be kept in a box, and Y is prohibited"
    if token.tag_ == "VBN" and token.dep_ == "conj" and not own and any(c.tag_ == "MD" for c in token.head.lefts):
        return None
    if token.tag_ == "VBN" and (cue.passive or be_before(token)):
        return participle_cue(token, replace(cue, passive=True))
    if lemma == "have" and token.tag_ in _FINITE:
        return have_cue(token, cue) or burden_active(token, cue)
    if token.pos_ == "ADJ" and token.head.lemma_ == "be":
        return _be_adjective(token, cue)
    if lemma == "be" and token.tag_ in _FINITE:
        return _be_cue(token, cue)
    pledged = token.tag_ == "VBG" and lemma == "agree" and any(c.lemma_ == "be" for c in token.lefts)
    if (token.tag_ in _FINITE or pledged) and token.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}:
        return _first_of(token, cue)
    return None


def _first_of(verb: "Token", cue: Cue) -> Cue | None:
    for reader in (active_cue, grant_cue, office_active, burden_active):
        if (found := reader(verb, cue)) is not None:
            return found
    return None


def _be_adjective(adjective: "Token", cue: Cue) -> Cue | None:
    verb = adjective.head
    if any(child.tag_ == "TO" for child in verb.lefts):
        return None  # "names a person to be responsible for it"
    owner = next((c for c in verb.lefts if c.dep_ in SUBJECT_DEPS), None)
    if any(child.tag_ == "MD" for child in verb.lefts):
        return None
    bad = any(c.dep_ == "neg" or c.lower_ in {"never", "not"} for c in [*verb.children, *adjective.lefts])
    return adjective_cue(adjective, replace(cue, subject=owner, negated=bad or negative_subject(owner), anchor=verb.i))


def _be_cue(verb: "Token", cue: Cue) -> Cue | None:
    """It is our policy to V; there is no need to V; X is under a duty to V; X is (not) to be kept."""
    noun = next((child for child in verb.rights if child.dep_ == "attr"), None)
    if any(c.lower_ == "it" and c.dep_ in SUBJECT_DEPS for c in verb.lefts):
        return (policy_cue(noun, cue) if noun is not None else None) or left_to(verb, cue)
    if any(c.lower_ == "there" for c in verb.lefts):
        needed = noun is not None and noun.lemma_.lower() in NEEDS
        whom = for_whom(noun) if noun is not None and needed else None
        target = (whom[1], False) if whom is not None else infinitive(noun) if noun is not None and needed else None
        cue = replace(cue, subject=whom[0] if whom is not None else None)
        if noun is None or target is None or not any(c.lower_ == "no" for c in noun.lefts):
            return None
        return replace(cue, verb=target[0], modality=PER, negated=True, passive=target[0].tag_ == "VBN")
    if (barred := bounds_cue(verb, cue)) is not None:
        return barred
    under = next((c for p in verb.rights if p.lower_ == "under" for c in p.rights if c.dep_ == "pobj"), None)
    if under is not None and under.lemma_.lower() in DUTY_NOUNS:
        target = infinitive(under)
        denied = cue.negated or any(c.lower_ == "no" for c in under.lefts)
        inner = replace(cue, verb=target[0], passive=False) if target is not None else None
        if inner is None:
            return None
        return replace(inner, modality=PER, negated=True) if denied else replace(inner, modality=OBL)
    return burden_be(verb, cue) or _be_to(verb, cue)


def _be_to(verb: "Token", cue: Cue) -> Cue | None:
    """X is to V, X is (not) to be kept: a duty of a person, or of a thing in the passive."""
    target = infinitive(verb, reach=3)
    if target is not None and any(t.lower_ in {"here", "there"} for t in verb.doc[verb.i : target[0].i]):
        return None  # "are here to learn" tells what for
    if target is None or cue.subject is None or is_relative(cue.subject):
        return None
    if cue.subject.lemma_.lower() in STANCES and any(c.tag_ == "PRP$" for c in cue.subject.lefts) and not cue.negated:
        own = replace(cue, verb=target[0], subject=None, label="policy")  # "our stance is to refuse"
        return replace(own, modality=PRO if target[1] else OBL)
    if cue.subject.lemma_.lower() in _AIMS:
        return None
    passive = target[0].tag_ == "VBN"
    if not passive and not is_party(cue.subject):
        return None
    denied = cue.negated or target[1]
    return replace(cue, verb=target[0], passive=passive, modality=PRO if denied else OBL, negated=False)


def participle_cue(verb: "Token", cue: Cue) -> Cue | None:
    """Is required | allowed | prohibited | encouraged | exempted | deemed ..."""
    lemma = verb.lemma_.lower()
    target = infinitive(verb)
    if lemma == "define" and not cue.negated and not cue.label and _reads_as(verb):
        return replace(cue, modality=DEF, label="deemed")
    if lemma == "commit":
        return committed_cue(verb, cue)
    if lemma == "treat" and not cue.label and not takes_for(verb):
        return None  # "reports are treated in confidence" says how
    if lemma in {"deem", "consider", "treat", "presume", "regard", "construe"} and not (
        lemma == "construe" and (cue.label or cue.negated) and not _read_as(verb, cue)
    ):
        plain = cue.subject is not None and (cue.label in {"shall", "will", "", "must"} or _reckoned(verb, cue))
        return replace(cue, modality=DEF, label="deemed") if plain else None
    if lemma in REQUIRE_VERBS or (lemma == "need" and of_approval(cue.subject)):
        return _required(verb, cue, target)
    if lemma in ALLOW_VERBS | {"entitle", "license", "empower"}:
        if target is None:
            denied = lemma in {"allow", "permit", "tolerate", "accept"} and cue.negated
            if denied:
                return replace(cue, modality=PRO, negated=False)
            return entitled_cue(verb, cue) or allowed_cue(verb, cue) or office_passive(verb, cue)
        own = None if cue.subject is not None and cue.subject.lower_ == "it" else cue.subject
        inner = replace(cue, verb=target[0], subject=own, passive=target[0].tag_ == "VBN")
        return replace(inner, modality=PRO if cue.negated else PER, negated=target[1] and not cue.negated)
    if lemma in FORBID_VERBS:
        return _forbidden(verb, cue, target)
    if lemma in URGE_VERBS | {"require"} and target is None and not cue.negated and not cue.label and _impersonal(verb):
        return raised_cue(verb, cue, REC if lemma in URGE_VERBS else OBL)
    if lemma in URGE_VERBS and target is not None:
        if cue.negated:
            return None  # "nobody is asked to wait outside" binds nobody
        return replace(cue, verb=target[0], modality=REC, negated=target[1], passive=target[0].tag_ == "VBN")
    if lemma == "admit" and not cue.label and any(c.lower_ in {"to", "in", "into", "on"} for c in verb.rights):
        return replace(cue, modality=PRO, negated=False) if cue.negated else allowed_cue(verb, cue)
    if lemma in {"exempt", "excuse"}:
        return exempt_cue(verb, cue)
    if lemma == "waive" and not (cue.label or cue.negated):
        return replace(cue, modality=PER)  # "the fee is waived for children"
    return kept_cue(verb, cue) or office_passive(verb, cue)


def takes_for(verb: "Token") -> bool:
    """As in "shall be treated as members", where "shall be treated with respect" asks for an act."""
    return any(token.lower_ in {"as", "like"} for token in verb.doc[verb.i + 1 : verb.i + 4])


def _reads_as(verb: "Token") -> bool:
    """As in "a guest is defined as N", where "as defined in section 2" only points."""
    behind = verb.doc[verb.i + 1 : verb.i + 3].text.lower()
    return behind.startswith("as ") and behind != "as defined" and is_free_standing(verb)


def _read_as(verb: "Token", cue: Cue) -> bool:
    """As in "references to the Board shall be construed as references to the Council"."""
    follows = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    return not cue.negated and cue.label in {"shall", "must"} and follows == "as"


def _reckoned(verb: "Token", cue: Cue) -> bool:
    """As in "such data should be considered to be records": what counts as what, where "should be considered" asks for thought."""
    behind = verb.doc[verb.i + 1 : verb.i + 3].text.lower()
    named = cue.label == "may" and not cue.negated and behind[:1] in {'"', "“"}
    return named or (cue.label == "should" and behind == "to be")


def _impersonal(verb: "Token") -> bool:
    """As in "It is recommended that visitors come by train"."""
    return any(c.lower_ == "it" and c.dep_ in SUBJECT_DEPS for c in verb.lefts)


def _required(verb: "Token", cue: Cue, target: "tuple[Token, bool] | None") -> Cue | None:
    if target is not None and of_approval(cue.subject) and target[0].tag_ == "VB" and not is_party(cue.subject):
        target = None  # "a permit is needed to fly": for what, not who
    if cue.label == "may" and not cue.negated:
        return None  # "you may be required to" guesses at a duty
    if target is None:
        bare = verb.lemma_.lower() in {"require", "mandate", "need"} and cue.subject is not None
        if not bare or is_relative(cue.subject) or not is_free_standing(verb):
            return None
        return replace(cue, modality=PER if cue.negated else OBL)
    inner = replace(cue, verb=target[0], passive=is_passive(target[0]) or target[0].tag_ == "VBN")
    if cue.negated:
        return replace(inner, modality=PER, negated=True) if verb.lemma_.lower() != "expect" else None
    return replace(inner, modality=PRO if target[1] else OBL, negated=False)


def _forbidden(verb: "Token", cue: Cue, target: "tuple[Token, bool] | None") -> Cue | None:
    if cue.negated:
        return None
    if target is not None and cue.subject is not None:
        own = None if cue.subject.lower_ == "it" else cue.subject
        return replace(cue, verb=target[0], modality=PRO, passive=False, subject=own)
    whom = for_whom(verb)
    if whom is not None and cue.subject is not None and cue.subject.lower_ == "it":
        return replace(cue, verb=whom[1], modality=PRO, passive=False, subject=whom[0])
    gerund = gerund_after(verb, "from")
    if gerund is not None:
        return replace(cue, verb=gerund, modality=PRO, negated=False, passive=False)
    if any(c.lower_ == "from" for c in verb.rights) and is_party(cue.subject):
        return None  # from what they are barred was not read
    return replace(cue, modality=PRO, negated=False) if is_free_standing(verb) else None


_SPANS = word_set("hour day week month year minute")


def _due(noun: "Token", cue: Cue) -> Cue | None:
    """As in "The clerk has two days to answer": what is to be done in a time that is counted."""
    counted = noun.lemma_.lower() in _SPANS and any(c.like_num or c.tag_ == "CD" for c in noun.lefts)
    if (
        not counted
        or cue.negated
        or cue.label
        or cue.subject is None
        or not (is_party(cue.subject) or cue.subject.lower_ == "you")
    ):
        return None
    target = next((t for t in noun.doc[noun.i + 1 : noun.i + 9] if t.tag_ == "VB" and t.nbor(-1).tag_ == "TO"), None)
    owed = target is not None and target.lemma_.lower() not in _CHOSEN
    return replace(cue, verb=target, modality=OBL, passive=False) if owed and target is not None else None


_CHOSEN = word_set("object appeal withdraw cancel change decide choose opt contest dispute challenge use enjoy")


def have_cue(verb: "Token", cue: Cue) -> Cue | None:
    """Has the right to | has a duty to | has to."""
    direct = infinitive(verb, reach=1)
    if direct is not None and direct[0].lemma_ == "offer" and not any(c.dep_ == "dobj" for c in direct[0].rights):
        return None  # "all that the town has to offer" praises
    if direct is not None and verb.tag_ != "VBN":
        inner = replace(cue, verb=direct[0], passive=direct[0].tag_ == "VBN")
        return replace(inner, modality=PER, negated=True) if cue.negated else replace(inner, modality=OBL)
    noun = next((child for child in verb.rights if child.dep_ in {"dobj", "attr"}), None)
    if noun is None:
        return None
    if noun.pos_ in {"DET", "PRON"}:  # "has all of the following powers"
        noun = next((c for of in noun.rights if of.lower_ == "of" for c in of.rights if c.dep_ == "pobj"), noun)
    if (due := _due(noun, cue)) is not None:
        return due
    denied = any(child.lower_ == "no" for child in noun.lefts)
    return noun_cue(noun, replace(cue, negated=cue.negated != denied))
