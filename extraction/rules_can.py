"""*can*: what somebody is let do, and what anybody is able to do."""

from dataclasses import replace
from typing import TYPE_CHECKING

from extraction.lexicon import EPISTEMIC_VERBS, word_set
from extraction.rules_acts import is_act
from extraction.rules_cue import PER, PRO, Cue
from extraction.rules_tokens import is_party

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSONS = word_set(
    "employee manager colleague contractor supplier staff director lead nurse engineer visitor guest member volunteer worker trainee intern "
    "freelancer assistant partner officer teacher pupil student driver supervisor head anyone everyone anybody everybody those"
)


def _is_person(token: "Token") -> bool:
    """Whether the noun names a role of people in a house, whom *can* lets do something."""
    return token.lemma_.lower() in _PERSONS or token.lower_ in {"those", "anyone", "everyone"}


# "We cannot guarantee that ..." tells what is beyond one's power.
_UNPROMISED = word_set(
    "browse control find view learn read be have help expect rely do affect guarantee promise warrant predict imagine"
)


_TECHNICAL = word_set("browse control see find view watch notice")
"""What a tool lets anybody do."""


_ABLE = word_set(
    "view see find access watch hear suffer become lose fall face cost earn grow cause notice recognise recognize"
)
"""What people can do because it is there, or what can happen to them."""


_DONE = word_set("change reduce raise include")
"""What may happen to a thing, and what the reader does with one."""


def can_cue(cue: Cue, lemma: str) -> Cue | None:
    """*can* permits where a person is addressed, or where "only" limits it; otherwise it speaks of ability."""
    addressed = cue.subject is not None and (
        cue.subject.lower_ in {"you", "we"} or (_is_person(cue.subject) and lemma not in _ABLE)
    )
    counted = lemma == "do" and any(t.like_num for t in cue.verb.doc[cue.verb.i + 1 : cue.verb.i + 5])
    made = lemma == "make" and addressed and cue.subject is not None and _is_person(cue.subject) and is_act(cue, lemma)
    done = addressed and lemma in _DONE and not cue.negated and is_act(cue, lemma)
    if lemma in EPISTEMIC_VERBS | _UNPROMISED and not (cue.passive or counted or made or done):
        return None
    if addressed and lemma in _TECHNICAL and not cue.negated:
        return None
    if any(t.lower_ in {"better", "best", "easily"} for t in cue.verb.doc[cue.anchor : cue.verb.i]):
        return None  # "so we can better serve" praises
    if cue.negated:
        told = addressed and not cue.passive and lemma not in {"control", "foresee", "prevent"}  # beyond one's power
        return replace(cue, modality=PRO, negated=False) if told else None
    offered = lemma in _OFFERED and (is_party(cue.subject) or cue.passive) and cue.label == "can"
    return replace(cue, modality=PER) if addressed or cue.only or offered else None


# What a house lets its guests do, rather than what anybody is able to.
_OFFERED = word_set(
    "borrow book hire rent bring wear visit order park fish camp swim smoke eat drink come stay enter photograph buy reserve collect "
    "run play walk sleep sit ride cycle take use work join apply register vote claim reclaim redeem exchange extend renew cancel postpone waive "
    "refund reimburse swap delegate"
)
