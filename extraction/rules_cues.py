"""Deontic cues: which verb of a sentence is bound, allowed or forbidden, and how strongly.

A cue is read from its auxiliary ("must", "may not"), its predicate ("is required to", "has the right to", "we do
not tolerate") or its mood (the imperative). Epistemic *may*, technical *can* and mere legal effects give none.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extraction.lexicon import (
    ALLOW_VERBS,
    DUTY_NOUNS,
    EFFECT_VERBS,
    EPISTEMIC_PASSIVES,
    EPISTEMIC_VERBS,
    FORBID_VERBS,
    LIGHT_CONTROL,
    MODALS,
    PARTY_NOUNS,
    PARTY_PRONOUNS,
    READER_VERBS,
    REQUIRE_VERBS,
    RIGHT_NOUNS,
    URGE_VERBS,
    WILL_STATIVES,
)
from extraction.rules_spans import SUBJECT_DEPS
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OBL, PRO, PER = Modality.OBLIGATION, Modality.PROHIBITION, Modality.PERMISSION
REC, DEF = Modality.RECOMMENDATION, Modality.DEFINITION


@dataclass(frozen=True)
class Cue:
    """One deontic predicate. ``verb`` heads the action, ``subject`` the actor or (``passive``) the patient.

    ``anchor`` is the first token of the cue; ``negated``: a negation that the modality does not absorb; ``only``:
    "only" limits the permission. ``hide_actor``: the subject says whose norm it is, not who is bound.
    """

    verb: "Token"
    modality: Modality
    anchor: int
    subject: "Token | None" = None
    negated: bool = False
    passive: bool = False
    only: bool = False
    hide_actor: bool = False
    subject_is_object: bool = False
    label: str = ""


def find_cues(doc: "Doc", start: int = 0, end: int | None = None) -> tuple[Cue, ...]:
    """All cues of ``doc[start:end]`` in order of their verbs, one per verb (the most specific reading wins)."""
    limit = len(doc) if end is None else end
    found: dict[int, Cue] = {}
    for token in doc[start:limit]:
        cue = _modal_cue(token, limit) or _predicate_cue(token) or _definition_cue(token)
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
    """ "X may V and may W": a second modal right after a conjunction has the subject of the first."""
    for position in range(1, len(cues)):
        cue, before = cues[position], cues[position - 1]
        opener = cue.verb.doc[cue.anchor - 1] if cue.anchor else None
        if cue.subject is None and opener is not None and opener.pos_ == "CCONJ" and cue.label in MODALS:
            cues[position] = replace(cue, subject=before.subject)
    return cues


# --- auxiliaries -----------------------------------------------------------------------------------------------


def _modal_cue(token: "Token", limit: int) -> Cue | None:
    if not _is_modal(token):
        return None
    verb = modal_verb(token, limit)
    if verb is None:
        return None
    subject = find_subject(verb, token)
    negated = _negated_between(token, verb) or _negative_subject(subject)
    only = any(t.lower_ == "only" for t in token.doc[token.i : verb.i]) or (
        subject is not None and subject.left_edge.lower_ == "only"
    )
    base = Cue(verb, PER, token.i, subject, negated, is_passive(verb), only, label=token.lower_)
    if token.lower_ in {"need", "ought"} and token.tag_ != "MD" and not negated:
        return None
    return _complex(base) or _plain_modal(base, token.lower_)


def _is_modal(token: "Token") -> bool:
    if token.lower_ in {"must", "shall", "may", "should", "will", "can", "wo", "ca", "'ll", "’ll", "cannot"}:
        return token.tag_ in {"MD", "VB", "VBP"} or (token.pos_ == "AUX")
    return token.lower_ == "need" and token.i + 1 < len(token.doc) and token.nbor().lower_ in {"not", "n't", "n’t"}


def modal_verb(token: "Token", limit: int) -> "Token | None":
    """The verb that the modal governs: by the parse, else the next bare verb after adverbs and asides."""
    head = token.head
    if token.dep_ in {"aux", "auxpass"} and head.i > token.i and head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
        if head.pos_ in {"VERB", "AUX"}:
            first = _first_verb(token, limit)
            return first if first is not None and first.i < head.i and head.tag_ not in {"VBN", "VBG"} else head
        return _first_verb(token, limit)
    return _first_verb(token, limit)


def _first_verb(token: "Token", limit: int) -> "Token | None":
    doc = token.doc
    in_aside = False
    for candidate in doc[token.i + 1 : limit]:
        if candidate.text == ",":
            in_aside = not in_aside
        elif in_aside:
            continue
        elif candidate.tag_ in {"VB", "VBP"} and candidate.dep_ not in {"aux", "auxpass"}:
            return candidate
        elif candidate.tag_ == "VBN" and any(t.lemma_ == "be" for t in doc[token.i + 1 : candidate.i]):
            return candidate
        elif candidate.text in {".", ";", ":"} or candidate.dep_ in SUBJECT_DEPS:
            return None
    return None


def is_passive(verb: "Token") -> bool:
    if verb.tag_ != "VBN":
        return False
    return any(child.dep_ in {"auxpass", "nsubjpass"} or child.lemma_ == "be" for child in verb.lefts) or (
        verb.dep_ == "conj" and is_passive(verb.head)
    )


def _beyond_reference(subject: "Token") -> "Token":
    """ "data referred to in paragraph 1 may": the parser takes the reference for the subject; the noun is before it."""
    doc = subject.doc
    if subject.norm_ != "section" and not subject.like_num:
        return subject
    floor = max(0, subject.i - 7)
    for position in range(subject.i - 1, floor, -1):
        if doc[position].lower_ in {
            "referred",
            "described",
            "required",
            "permitted",
            "mentioned",
            "specified",
            "set",
            "as",
            "listed",
            "under",
            "in",
            "of",
        }:
            noun = next((c.root for c in reversed(list(doc.noun_chunks)) if c.end <= position), None)
            if noun is not None and noun.i >= position - 3 and noun.norm_ != "section":
                while noun.dep_ in {"pobj", "conj"} and noun.head.i < noun.i and noun.head.pos_ in {"ADP", "NOUN"}:
                    noun = noun.head if noun.head.pos_ != "ADP" else noun.head.head
                return noun if noun.pos_ in {"NOUN", "PROPN"} else subject
    return subject


def find_subject(verb: "Token", before: "Token") -> "Token | None":
    """The head of the subject of ``verb``, whose cue begins at ``before``; None when the clause has none."""
    if verb.dep_ == "ccomp" and verb.head.dep_ == "relcl" and verb.head.head.dep_ == "ROOT" and verb.head.i < before.i:
        return verb.head.head
    found = _parsed_subject(verb, before)
    return _beyond_reference(found) if found is not None else None


def _parsed_subject(verb: "Token", before: "Token") -> "Token | None":
    """The head of the subject: of the verb, of a verb it is coordinated with, or the noun phrase before the cue."""
    current: Token | None = verb
    while current is not None:
        for child in current.lefts:
            if child.dep_ in SUBJECT_DEPS and child.i < before.i and child.dep_ != "expl":
                return child
        for child in current.rights:
            if child.dep_ in SUBJECT_DEPS and child.i < before.i:
                return child
        current = current.head if current.dep_ in {"conj", "xcomp"} and current.head.i != current.i else None
    return _nearest_noun(before)


def _nearest_noun(before: "Token") -> "Token | None":
    for chunk in reversed(list(before.doc.noun_chunks)):
        if chunk.end <= before.i:
            gap = before.doc[chunk.end : before.i]
            if all(t.pos_ in {"ADV", "PUNCT", "AUX", "PART"} for t in gap):
                root: Token = chunk.root
                while (
                    root.dep_ in {"pobj", "conj", "prep"}
                    and root.head.i < root.i
                    and root.head.pos_ in {"ADP", "NOUN", "PROPN"}
                ):
                    root = root.head
                return root if root.pos_ in {"NOUN", "PROPN", "PRON"} else chunk.root
            return None
    return None


def _negated_between(modal: "Token", verb: "Token") -> bool:
    words = {t.lower_ for t in modal.doc[modal.i + 1 : verb.i]} | {
        child.lower_ for child in verb.lefts if child.i < verb.i and child.i > modal.i
    }
    return bool(words & {"not", "n't", "n’t", "never"}) or modal.lower_ == "cannot"


def _negative_subject(subject: "Token | None") -> bool:
    if subject is None:
        return False
    return (
        subject.lower_ in {"nobody", "none", "nothing"}
        or any(child.lower_ in {"no", "neither"} and child.i <= subject.i for child in [*subject.lefts, subject])
        or (subject.lower_ == "one" and subject.i > 0 and subject.nbor(-1).lower_ == "no")
        or (subject.left_edge.i > 0 and subject.left_edge.lower_ == "not")
    )


def _plain_modal(cue: Cue, word: str) -> Cue | None:
    lemma, subject = cue.verb.lemma_.lower(), cue.subject
    if word in {"must", "shall"}:
        if (lemma in {"apply", "affect", "prejudice"} and not any(c.dep_ == "dobj" for c in cue.verb.rights)) or (
            word == "shall" and lemma in EFFECT_VERBS - {"apply"} and not is_party(subject)
        ):
            return None
        return replace(cue, modality=PRO if cue.negated else OBL, negated=False)
    if word in {"should", "ought"}:
        return replace(cue, modality=REC) if lemma not in {"apply"} else None
    if word == "need":
        return replace(cue, modality=PER, negated=True)
    if word == "may":
        return _may(cue, lemma)
    if word in {"can", "ca", "cannot"}:
        return _can(cue, lemma)
    return _will(cue, lemma)


def _may(cue: Cue, lemma: str) -> Cue | None:
    subject = cue.subject
    stative = lemma in EPISTEMIC_VERBS
    if cue.passive and lemma in EPISTEMIC_PASSIVES:
        return None
    if cue.negated and not cue.passive and stative and lemma not in {"give", "cause", "harm", "influence", "lead"}:
        return None
    if cue.negated and cue.passive and lemma == "support":
        return None
    if not cue.passive and (stative and not (cue.negated and is_party(subject))):
        return None
    if any(t.lower_ in {"also", "even"} and t.i == cue.anchor + 1 for t in cue.verb.doc) and stative:
        return None
    if subject is not None and subject.lower_ in {"this", "it", "that", "which"} and not cue.passive:
        return None
    return replace(cue, modality=PRO if cue.negated else PER, negated=False)


def _can(cue: Cue, lemma: str) -> Cue | None:
    """*can* permits where a person is addressed, or where "only" limits it; otherwise it speaks of ability."""
    addressed = cue.subject is not None and (
        cue.subject.lower_ in {"you", "we", "anyone", "everyone"}
        or cue.subject.lemma_.lower()
        in {"employee", "manager", "colleague", "contractor", "supplier", "staff", "director"}
    )
    if lemma in EPISTEMIC_VERBS | {"be", "have", "help", "expect", "rely", "do", "affect"} and not cue.passive:
        return None
    if cue.negated:
        return replace(cue, modality=PRO, negated=False) if addressed and not cue.passive else None
    return replace(cue, modality=PER) if addressed or cue.only else None


def _will(cue: Cue, lemma: str) -> Cue | None:
    """*will* commits a person, or promises an act in the passive; of things it only predicts."""
    if lemma in WILL_STATIVES and not cue.passive:
        return None
    if cue.passive and lemma in EPISTEMIC_PASSIVES | {"need", "require", "help", "allow"}:
        return None
    if not cue.passive and not is_party(cue.subject):
        return None
    return replace(cue, modality=PRO if cue.negated else OBL, negated=False)


def is_party(token: "Token | None") -> bool:
    """Whether the noun names someone who can be bound: a pronoun, a role, a body or a proper name."""
    if token is None:
        return False
    words = [token.lemma_.lower(), *(child.lemma_.lower() for child in token.children if child.dep_ == "conj")]
    return (
        token.lower_ in PARTY_PRONOUNS
        or any(word in PARTY_NOUNS for word in words)
        or token.pos_ == "PROPN"
        or (token.lemma_.lower().endswith(("holder", "officer", "manager", "owner", "team", "worker", "maker")))
    )


# --- predicates ------------------------------------------------------------------------------------------------


def infinitive(token: "Token", reach: int = 8) -> "tuple[Token, bool] | None":
    """The verb of "(not) to VERB" that complements ``token``, and whether it is negated."""
    negated = False
    for candidate in token.doc[token.i + 1 : token.i + 1 + reach]:
        if candidate.lower_ in {"not", "never"}:
            negated = True
        elif candidate.tag_ == "TO":
            after = candidate.i + 1
            while after < len(token.doc) and (
                token.doc[after].pos_ == "ADV" or token.doc[after].lower_ in {"not", "never"}
            ):
                negated = negated or token.doc[after].lower_ in {"not", "never"}
                after += 1
            if after < len(token.doc) and token.doc[after].tag_ in {"VB", "VBP"}:
                verb = token.doc[after]
                if verb.lemma_ == "be":
                    full = next((t for t in token.doc[after + 1 : after + 4] if t.tag_ == "VBN"), None)
                    return (full or verb), negated
                return verb, negated
            return None
        elif candidate.pos_ not in {"ADV", "PUNCT"} and candidate.dep_ not in {"advmod", "neg"}:
            return None
    return None


def _complex(cue: Cue) -> Cue | None:
    """Predicates under a modal ("shall not be required to", "will not be able to", "may elect not to")."""
    verb, lemma = cue.verb, cue.verb.lemma_.lower()
    if lemma == "be" and not cue.passive:
        adjective = _complement_adjective(verb)
        if adjective is not None:
            if adjective.lower_ == "able":
                target = infinitive(adjective)
                if target and cue.negated and cue.label in {"will", "wo", "shall", "may"}:
                    return replace(cue, verb=target[0], modality=PRO, negated=False, passive=is_passive(target[0]))
                return None if not target else replace(cue, verb=target[0], modality=PER, negated=False)
            return _adjective_cue(adjective, cue)
        return None
    if cue.passive and (
        lemma in REQUIRE_VERBS | ALLOW_VERBS | FORBID_VERBS | URGE_VERBS | {"entitle", "deem", "consider", "treat"}
    ):
        return _participle_cue(verb, cue)
    if lemma == "have":
        return _have_cue(verb, cue)
    if lemma in LIGHT_CONTROL and not cue.passive:
        target = infinitive(verb)
        if target is not None:
            inner = replace(cue, verb=target[0], passive=is_passive(target[0]))
            if target[1] and cue.label == "may":
                return replace(inner, modality=PER, negated=True)
            plain = _plain_modal(inner, cue.label)
            return plain
    return None


def _predicate_cue(token: "Token") -> Cue | None:
    """Predicates without a modal of their own."""
    if any(child.tag_ == "MD" for child in token.lefts):
        return None
    lemma = token.lemma_.lower()
    subject = next((c for c in token.lefts if c.dep_ in SUBJECT_DEPS and c.dep_ != "expl"), None)
    if subject is None and token.dep_ == "conj":
        subject = next((c for c in token.head.lefts if c.dep_ in SUBJECT_DEPS and c.dep_ != "expl"), None)
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children) or _negative_subject(subject)
    cue = Cue(token, OBL, token.i, subject, negated, is_passive(token))
    if token.tag_ == "VBN" and token.dep_ == "conj" and any(c.tag_ == "MD" for c in token.head.lefts):
        return None
    if token.tag_ == "VBN" and (cue.passive or _be_before(token)):
        return _participle_cue(token, replace(cue, passive=True))
    if lemma == "have" and token.tag_ in {"VBP", "VBZ", "VB"}:
        return _have_cue(token, cue)
    if token.pos_ == "ADJ" and token.head.lemma_ == "be":
        verb = token.head
        owner = next((c for c in verb.lefts if c.dep_ in SUBJECT_DEPS), None)
        if any(child.tag_ == "MD" for child in verb.lefts):
            return None
        bad = any(c.dep_ == "neg" or c.lower_ in {"never", "not"} for c in [*verb.children, *token.lefts])
        return _adjective_cue(
            token, replace(cue, subject=owner, negated=bad or _negative_subject(owner), anchor=verb.i)
        )
    if lemma == "be" and any(c.lower_ == "it" and c.dep_ in SUBJECT_DEPS for c in token.lefts):
        noun = next((child for child in token.rights if child.dep_ == "attr"), None)
        return _policy_cue(noun, cue) if noun is not None else None
    if token.tag_ in {"VBP", "VBZ", "VB"} and token.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}:
        return _active_cue(token, cue)
    return None


def _be_before(token: "Token") -> bool:
    doc = token.doc
    return token.i > 0 and any(t.lemma_ == "be" for t in doc[max(0, token.i - 2) : token.i])


def _complement_adjective(verb: "Token") -> "Token | None":
    return next(
        (child for child in verb.rights if child.pos_ == "ADJ" and child.dep_ in {"acomp", "attr", "oprd"}), None
    )


def _participle_cue(verb: "Token", cue: Cue) -> Cue | None:
    """is required | allowed | prohibited | encouraged | deemed ..."""
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
            bare = lemma in {"require", "mandate"} and cue.subject is not None and not _relative(cue.subject)
            return replace(cue, modality=PER if cue.negated else OBL) if bare and _free_standing(verb) else None
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
        inner = replace(cue, verb=target[0], passive=target[0].tag_ == "VBN")
        return replace(inner, modality=PRO if cue.negated else PER, negated=target[1] and not cue.negated)
    if lemma in FORBID_VERBS:
        gerund = _gerund_after(verb, "from")
        if gerund is not None:
            return replace(cue, verb=gerund, modality=PRO, negated=False, passive=False) if not cue.negated else None
        return replace(cue, modality=PRO, negated=False) if not cue.negated and _free_standing(verb) else None
    if lemma in URGE_VERBS and target is not None:
        return replace(cue, verb=target[0], modality=REC, negated=target[1], passive=target[0].tag_ == "VBN")
    return None


def _relative(token: "Token") -> bool:
    return token.lower_ in {"which", "that", "who", "what", "whom"}


def _free_standing(verb: "Token") -> bool:
    return verb.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}


def _gerund_after(token: "Token", preposition: str) -> "Token | None":
    for candidate in token.doc[token.i + 1 : token.i + 5]:
        if candidate.tag_ == "VBG":
            return candidate
        if candidate.lower_ != preposition and candidate.pos_ not in {"ADV", "PUNCT"}:
            return None
    return None


def _adjective_cue(adjective: "Token", cue: Cue) -> Cue | None:
    """is responsible for | free to | (not) acceptable | obligatory ..."""
    word = adjective.lower_
    if word in {"responsible", "accountable"} and not cue.negated:
        gerund = _gerund_after(adjective, "for")
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


def _have_cue(verb: "Token", cue: Cue) -> Cue | None:
    """has the right to | has a duty to | has to."""
    direct = infinitive(verb, reach=1)
    if direct is not None and verb.tag_ != "VBN":
        inner = replace(cue, verb=direct[0], passive=direct[0].tag_ == "VBN")
        return replace(inner, modality=PER, negated=True) if cue.negated else replace(inner, modality=OBL)
    noun = next((child for child in verb.rights if child.dep_ in {"dobj", "attr"}), None)
    return _noun_cue(noun, cue) if noun is not None else None


def _noun_cue(noun: "Token", cue: Cue) -> Cue | None:
    lemma = noun.lemma_.lower()
    if lemma not in RIGHT_NOUNS | DUTY_NOUNS or cue.negated and lemma not in RIGHT_NOUNS | DUTY_NOUNS:
        return None
    target = infinitive(noun, reach=16) or _later_infinitive(noun)
    if (
        target is not None
        and target[0].i + 1 >= len(noun.doc)
        and target[0].lower_ in {"notice", "access", "notification"}
    ):
        return replace(cue, modality=PER, label="have right") if lemma in RIGHT_NOUNS else None
    kind = PER if lemma in RIGHT_NOUNS else OBL
    if target is None:
        preposition = next((child for child in noun.subtree if child.lower_ == "to" and child.i == noun.i + 1), None)
        return (
            replace(cue, modality=PER, label="have right")
            if preposition is not None and kind is PER and not cue.negated
            else None
        )
    inner = replace(cue, verb=target[0], passive=False, label="right" if kind is PER else "duty")
    if target[0].tag_ == "VBN":
        inner = replace(inner, label="right to be")
    if cue.negated:
        return replace(inner, modality=PRO if kind is PER else PER, negated=kind is OBL)
    return replace(inner, modality=kind, negated=target[1])


def _later_infinitive(noun: "Token") -> "tuple[Token, bool] | None":
    for child in noun.subtree:
        if (
            child.i > noun.i
            and child.tag_ == "VB"
            and any(c.tag_ == "TO" for c in child.lefts)
            and child.i - noun.i < 24
        ):
            return child, False
    return None


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
    if lemma in {"need", "ought"}:
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
    if lemma in ALLOW_VERBS and cue.negated and lemma not in {"support"}:
        return replace(cue, modality=PRO, negated=False, hide_actor=True)
    if lemma in FORBID_VERBS and not cue.negated:
        gerund = _gerund_after(verb, "from")
        if gerund is not None:
            return replace(cue, verb=gerund, modality=PRO, hide_actor=True)
        return _raised(verb, cue, PRO) or replace(cue, modality=PRO, hide_actor=True)
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


_VOICES = frozenset("we company organisation organization group firm law regulation agency".split())


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
    target = (infinitive(noun) or _later_infinitive(noun)) if noun is not None else None
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


# --- definitions and imperatives -------------------------------------------------------------------------------


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
    inherited = earlier is not None and subject is None and _after_conjunction(token)
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
        plain = (quoted or _bare(subject)) and any(child.lower_ == "to" for child in token.rights)
        return Cue(token, DEF, token.i, subject, negated, label="define") if plain else None
    defined = inherited or quoted or (_bare(subject) and negated)
    return Cue(token, DEF, token.i, subject, negated, label="define") if defined else None


def _after_conjunction(token: "Token") -> bool:
    """Whether "and", or "but does not", stands directly before the verb."""
    position = token.i - 1
    while position > 0 and token.doc[position].lower_ in {"does", "do", "not", "also", "n't"}:
        position -= 1
    return token.doc[position].pos_ == "CCONJ"


def is_quoted(subject: "Token") -> bool:
    """Whether the noun phrase carries quotation marks, the sign of a defined term."""
    doc = subject.doc
    window = doc[max(0, subject.left_edge.i - 1) : min(len(doc), subject.right_edge.i + 2)]
    return any(token.is_quote or token.text in {"“", "”", '"', "‘", "‘"} for token in window)


def _bare(subject: "Token") -> bool:
    """A noun phrase without determiner or possessor: a term spoken of as such."""
    return subject.pos_ in {"NOUN", "PROPN"} and not any(child.dep_ in {"det", "poss"} for child in subject.lefts)


_POLITE = frozenset({"please", "kindly"})


def imperative_cue(token: "Token", start: int) -> Cue | None:
    """A bare verb that opens its clause, with "please", "always", "never" or "do not" before it."""
    opens = token.i == start and token.tag_ == "VB"
    if token.tag_ not in {"VB", "VBP"} or not (opens or token.dep_ in {"ROOT", "conj", "ccomp", "parataxis", "advcl"}):
        return None
    if token.lemma_.lower() in READER_VERBS or any(c.dep_ in SUBJECT_DEPS and c.dep_ != "expl" for c in token.lefts):
        return None
    lefts = [child for child in token.lefts if child.dep_ not in {"punct"}]
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
    if first > start and doc[first - 1].text == "," and not _adverbial_before(doc, start, first - 1):
        return None
    negated = bool(words & {"not", "n't", "n’t", "never"})
    if token.lemma_ == "be" and not negated:
        modality = REC
    elif negated:
        modality = PRO
    else:
        modality = REC if words & _POLITE or any(t.lower_ in _POLITE for t in doc[start:first]) else OBL
    return Cue(token, modality, first, None, negated and modality is REC, label="imperative")


def _adverbial_before(doc: "Doc", start: int, comma: int) -> bool:
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
