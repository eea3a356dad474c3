"""Cues from adjectives: "is responsible for", "is free to", "is (not) acceptable", "is mandatory", "is exempt from"."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import APPROVAL_NOUNS, DUTY_NOUNS, word_set
from extraction.rules_allowances import welcome_cue
from extraction.rules_cue import OBL, PER, PRO, Cue
from extraction.rules_pledges import committed_cue
from extraction.rules_tokens import for_whom, gerund_after, infinitive, is_party

if TYPE_CHECKING:
    from spacy.tokens import Token

NEEDS = DUTY_NOUNS | word_set("need requirement necessity")
_GOOD = frozenset({"acceptable", "ok", "okay", "allowed", "permissible", "permitted", "appropriate"})
_BAD = frozenset({"unacceptable", "forbidden", "impermissible", "unlawful", "illegal", "prohibited"})
_LAWFUL = frozenset({"lawful", "legal", "permissible", "permitted", "allowed", "acceptable"})


def adjective_cue(adjective: "Token", cue: Cue) -> Cue | None:
    """Is responsible for | free to | exempt from | (not) acceptable | unlawful | obligatory ..."""
    word = adjective.lower_
    if word in {"unnecessary", "needless"}:  # as "not necessary"
        word, cue = "necessary", replace(cue, negated=not cue.negated)
    if word in {"responsible", "accountable"} and not cue.negated:
        gerund = gerund_after(adjective, "for")
        if gerund is not None:
            return replace(cue, verb=gerund, modality=OBL, passive=False)
        has_object = any(child.lower_ == "for" for child in adjective.children)
        return replace(cue, verb=adjective, modality=OBL, label="responsible") if has_object else None
    if word == "exempt":
        return exempt_cue(adjective, cue)
    if word == "committed":
        return committed_cue(adjective, cue)
    if word == "subject" and not cue.negated and _to_approval(adjective) and cue.subject is not None:
        return replace(cue, verb=adjective, modality=OBL, label="responsible")
    if word == "subject" and not cue.negated and not cue.label and _to_change(adjective) and not is_party(cue.subject):
        return replace(cue, verb=adjective, modality=PER, label="changeable", passive=True)
    target = infinitive(adjective)
    if word in {"sufficient", "enough"} and _of_paper(cue.subject) and not cue.negated:
        return replace(cue, verb=adjective, modality=PER, label="adjective", passive=True, subject_is_object=True)
    if word in {"sufficient", "enough"} and target and not (cue.negated or target[1]) and _impersonal(cue):
        return replace(
            cue, verb=target[0], modality=PER, subject=None, passive=False
        )  # "it is enough to tell the desk"
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
    if word == "necessary" and target is None and of_approval(cue.subject):
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


def _impersonal(cue: Cue) -> bool:
    return cue.subject is None or cue.subject.lower_ == "it"


def _to_approval(adjective: "Token") -> bool:
    """As in "overtime is subject to the prior approval of the director"."""
    things = (c for p in adjective.rights if p.lower_ == "to" for c in p.rights if c.dep_ == "pobj")
    return any(thing.lemma_.lower() in APPROVAL_NOUNS for thing in things)


def _to_change(adjective: "Token") -> bool:
    """As in "prices are subject to change": they may be changed."""
    things = [c for p in adjective.rights if p.lower_ == "to" for c in p.rights if c.dep_ == "pobj"]
    return any(thing.lower_ == "change" and not [*thing.lefts] for thing in things)


_PAPERS = word_set(
    "note permit receipt licence license ticket certificate deposit booking reservation signature notice form"
)
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


def of_approval(subject: "Token | None") -> bool:
    """As in "the manager's approval is needed", "a doctor's note is needed": what somebody gives or brings."""
    return subject is not None and subject.lemma_.lower() in APPROVAL_NOUNS | _PAPERS


# "Is exempt from this section" says how far a text reaches.
_REACH = word_set(
    "section article paragraph clause policy rule requirement provision regulation law act code liability definition agreement term "
    "prohibition restriction this that these part chapter obligation duty scope"
)


def exempt_cue(word: "Token", cue: Cue) -> Cue | None:
    """Is exempt from filing; is exempt from the requirement to file: it need not be done."""
    gerund = gerund_after(word, "from")
    source = next((c for p in word.rights if p.lower_ == "from" for c in p.rights if c.dep_ == "pobj"), None)
    duty = infinitive(source) if source is not None and source.lemma_.lower() in NEEDS else None
    verb = gerund if gerund is not None else duty[0] if duty is not None else None
    if cue.negated:
        return None
    if verb is None:
        burden = source is not None and source.lemma_.lower() not in _REACH and is_party(cue.subject)
        return replace(cue, verb=word, modality=PER, passive=False, label="responsible") if burden else None
    return replace(cue, verb=verb, modality=PER, negated=True, passive=False)
