"""Cues from predicates: "is required to", "has the right to", "is responsible for", "is to be kept", "is exempt from"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import (
    ALLOW_VERBS,
    APPROVAL_NOUNS,
    DUTY_NOUNS,
    FORBID_VERBS,
    REQUIRE_VERBS,
    URGE_VERBS,
    word_set,
)
from extraction.rules_allowances import allowed_cue, bounds_cue, entitled_cue, kept_cue, welcome_cue
from extraction.rules_cue import DEF, OBL, PER, PRO, REC, Cue
from extraction.rules_norms import active_cue, noun_cue, policy_cue, raised_cue
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
_NEEDS = DUTY_NOUNS | word_set("need requirement necessity")
# "The aim is to be reached by 2030" tells an aim, not a duty.
_AIMS = word_set("aim goal objective purpose intention idea policy plan point task role function hope challenge")
_GOOD = frozenset({"acceptable", "ok", "okay", "allowed", "permissible", "permitted", "appropriate"})
_BAD = frozenset({"unacceptable", "forbidden", "impermissible", "unlawful", "illegal", "prohibited"})
_LAWFUL = frozenset({"lawful", "legal", "permissible", "permitted", "allowed", "acceptable"})


def predicate_cue(token: "Token") -> Cue | None:
    """The cue of a predicate without a modal of its own; None where ``token`` heads none."""
    if not (token.tag_ in _PREDICATIVE or (token.pos_ == "ADJ" and token.head.lemma_ == "be")):
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
    own = any(c.dep_ in SUBJECT_DEPS for c in token.lefts)  # "X must be kept in a box, and Y is prohibited"
    if token.tag_ == "VBN" and token.dep_ == "conj" and not own and any(c.tag_ == "MD" for c in token.head.lefts):
        return None
    if token.tag_ == "VBN" and (cue.passive or be_before(token)):
        return participle_cue(token, replace(cue, passive=True))
    if lemma == "have" and token.tag_ in _FINITE:
        return have_cue(token, cue)
    if token.pos_ == "ADJ" and token.head.lemma_ == "be":
        return _be_adjective(token, cue)
    if lemma == "be" and token.tag_ in _FINITE:
        return _be_cue(token, cue)
    if token.tag_ in _FINITE and token.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}:
        return active_cue(token, cue)
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
        return policy_cue(noun, cue) if noun is not None else None
    if any(c.lower_ == "there" for c in verb.lefts):
        needed = noun is not None and noun.lemma_.lower() in _NEEDS
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
    return _be_to(verb, cue)


def _be_to(verb: "Token", cue: Cue) -> Cue | None:
    """X is to V, X is (not) to be kept: a duty of a person, or of a thing in the passive."""
    target = infinitive(verb, reach=3)
    if target is not None and any(t.lower_ in {"here", "there"} for t in verb.doc[verb.i : target[0].i]):
        return None  # "are here to learn" tells what for
    if target is None or cue.subject is None or is_relative(cue.subject) or cue.subject.lemma_.lower() in _AIMS:
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
    if lemma in {"deem", "consider", "treat", "presume", "regard", "construe"} and not (
        lemma == "construe" and (cue.label or cue.negated)
    ):
        plain = cue.subject is not None and cue.label in {"shall", "will", "", "must"}
        return replace(cue, modality=DEF, label="deemed") if plain else None
    if lemma in REQUIRE_VERBS or (lemma == "need" and _of_approval(cue.subject)):
        return _required(verb, cue, target)
    if lemma in ALLOW_VERBS | {"entitle", "license"}:
        if target is None:
            denied = lemma in {"allow", "permit", "tolerate", "accept"} and cue.negated
            if denied:
                return replace(cue, modality=PRO, negated=False)
            return entitled_cue(verb, cue) or allowed_cue(verb, cue)
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
    return _exempt(verb, cue) if lemma == "exempt" else kept_cue(verb, cue)


_PAPERS = word_set(
    "note permit receipt licence license ticket certificate deposit booking reservation signature notice form"
)


def _impersonal(verb: "Token") -> bool:
    """As in "It is recommended that visitors come by train"."""
    return any(c.lower_ == "it" and c.dep_ in SUBJECT_DEPS for c in verb.lefts)


def _of_approval(subject: "Token | None") -> bool:
    """As in "the manager's approval is needed", "a doctor's note is needed": what somebody gives or brings."""
    return subject is not None and subject.lemma_.lower() in APPROVAL_NOUNS | _PAPERS


def _required(verb: "Token", cue: Cue, target: "tuple[Token, bool] | None") -> Cue | None:
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
    return replace(cue, modality=PRO, negated=False) if is_free_standing(verb) else None


# "Is exempt from this section" says how far a text reaches.
_REACH = word_set(
    "section article paragraph clause policy rule requirement provision regulation law act code liability definition agreement term "
    "prohibition restriction this that these part chapter obligation duty scope"
)


def _exempt(word: "Token", cue: Cue) -> Cue | None:
    """Is exempt from filing; is exempt from the requirement to file: it need not be done."""
    gerund = gerund_after(word, "from")
    source = next((c for p in word.rights if p.lower_ == "from" for c in p.rights if c.dep_ == "pobj"), None)
    duty = infinitive(source) if source is not None and source.lemma_.lower() in _NEEDS else None
    verb = gerund if gerund is not None else duty[0] if duty is not None else None
    if cue.negated:
        return None
    if verb is None:
        burden = source is not None and source.lemma_.lower() not in _REACH and is_party(cue.subject)
        return replace(cue, verb=word, modality=PER, passive=False, label="responsible") if burden else None
    return replace(cue, verb=verb, modality=PER, negated=True, passive=False)


def adjective_cue(adjective: "Token", cue: Cue) -> Cue | None:
    """Is responsible for | free to | exempt from | (not) acceptable | unlawful | obligatory ..."""
    word = adjective.lower_
    if word in {"responsible", "accountable"} and not cue.negated:
        gerund = gerund_after(adjective, "for")
        if gerund is not None:
            return replace(cue, verb=gerund, modality=OBL, passive=False)
        has_object = any(child.lower_ == "for" for child in adjective.children)
        return replace(cue, verb=adjective, modality=OBL, label="responsible") if has_object else None
    if word == "exempt":
        return _exempt(adjective, cue)
    if word == "subject" and not cue.negated and _to_approval(adjective) and cue.subject is not None:
        return replace(cue, verb=adjective, modality=OBL, label="responsible")
    target = infinitive(adjective)
    if word in {"sufficient", "enough"} and _of_paper(cue.subject) and not cue.negated:
        return replace(cue, verb=adjective, modality=PER, label="adjective", passive=True, subject_is_object=True)
    if word in {"free", "welcome", "entitled", "eligible", "permitted", "authorized", "authorised"} and target:
        if cue.negated and word in {"free", "entitled", "permitted", "authorized", "authorised"}:
            return replace(cue, verb=target[0], modality=PRO, negated=False, passive=False)
        return replace(cue, verb=target[0], modality=PER, passive=False) if not cue.negated else None
    whom = for_whom(adjective)
    if target is None and whom is not None:
        target = whom[1], False
    owner = whom[0] if whom is not None else None
    if (word in _GOOD and cue.negated) or (word in _BAD and not cue.negated):
        return _improper(adjective, cue, target, owner)
    if word in _LAWFUL and not cue.negated and _only_after(adjective) and cue.subject is not None:
        return replace(
            cue, verb=adjective, modality=PER, passive=True, label="adjective", subject_is_object=True, only=False
        )
    if word == "necessary" and target is None and _of_approval(cue.subject):
        return replace(
            cue,
            verb=adjective,
            modality=PER if cue.negated else OBL,
            label="adjective",
            passive=True,
            subject_is_object=True,
        )
    if word == "necessary" and cue.negated and target is not None and cue.subject is not None:
        it = cue.subject.lower_ == "it"
        return replace(cue, verb=target[0], modality=PER, subject=owner, passive=False) if it else None
    if word in {"mandatory", "compulsory", "obligatory"} and not cue.negated and cue.subject is not None:
        if cue.subject.lower_ == "it" and target is not None:
            return replace(cue, verb=target[0], modality=OBL, subject=owner, passive=False)
        return replace(cue, verb=adjective, modality=OBL, passive=True, label="adjective", subject_is_object=True)
    return welcome_cue(adjective, cue)


def _to_approval(adjective: "Token") -> bool:
    """As in "overtime is subject to the prior approval of the director"."""
    things = (c for p in adjective.rights if p.lower_ == "to" for c in p.rights if c.dep_ == "pobj")
    return any(thing.lemma_.lower() in APPROVAL_NOUNS for thing in things)


_ENOUGH = _PAPERS | word_set(
    "copy photocopy letter email e-mail proof statement card scan call message picture photograph"
)


def _of_paper(subject: "Token | None") -> bool:
    return subject is not None and subject.lemma_.lower() in _ENOUGH


def _improper(adjective: "Token", cue: Cue, target: "tuple[Token, bool] | None", owner: "Token | None") -> Cue | None:
    """It is not acceptable | unlawful (for X) to V; N is not acceptable."""
    if target is not None:
        return replace(cue, verb=target[0], modality=PRO, negated=False, subject=owner, passive=False)
    if cue.subject is None or adjective.lower_ in {"ok", "okay", "appropriate"}:
        return None
    return replace(
        cue, verb=adjective, modality=PRO, negated=False, passive=True, label="adjective", subject_is_object=True
    )


def _only_after(adjective: "Token") -> bool:
    """Whether "only" follows: "shall be lawful only if"."""
    return any(token.lower_ == "only" for token in adjective.doc[adjective.i + 1 : adjective.i + 3])


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
    denied = any(child.lower_ == "no" for child in noun.lefts)
    return noun_cue(noun, replace(cue, negated=cue.negated != denied))
