"""An act that somebody is said to have done, and what the records show of it.

Who asks about an act that nobody saw has somebody's word for it, and then what the records show (:mod:`generation.evidence`).
The three twins share the word and its source. What was said may be that the act was done or that it was not, so that neither
"true" nor "not true" speaks for a verdict.
Placeholders are those of :mod:`generation.wording`.
"""

import random
from dataclasses import dataclass

from generation.evidence import OF_REPORT, Claim, weighed
from generation.frames import Turned
from generation.situations import Act

_LEADS = (
    "{colleague} says that {told}", "{colleague} told me that {told}", "{colleague} reported that {told}", "I heard from {colleague} that {told}",
    "An e-mail from {colleague} says that {told}", "I was told that {told}", "We have a report that {told}", "{colleague} mentioned that {told}",
)  # fmt: skip
DEFINES = "defines this"
"""What a clause does in a case about a definition as a whole."""
_KEPT = ("{A} kept to this rule", "{A} followed this rule")
_BROKEN = ("{A} broke this rule", "{A} went against this rule")
_APPLIED = {"rule": "to go by this rule", "definition": "to work with this definition"}
_SAID = Claim("this is true", "this is not true")
_DENIED = 0.35
"""Share of the acts that are first said not to have been done."""


@dataclass(frozen=True, slots=True)
class Hearsay:
    """``lead`` ends in the act, so that more of it can follow; ``outcome`` holds the sentences after it."""

    lead: str
    outcome: str


def hearsay(
    act: Act,
    rng: random.Random,
    *,
    against: bool,
    quoted: bool = False,
    turned: Turned | None = None,
    state: bool = False,
) -> Hearsay:
    """The templates for an act that was reported; the twins share the draws of ``rng``.

    ``against``: a rule forbids it; ``quoted``: the act is to keep to a rule that stands before it, or not; ``turned``: it
    goes against what a rule says; ``state``: the act is to be something ("was", not "did").
    """
    lead = rng.choice(_LEADS)
    denied = rng.random() < _DENIED
    told = ("{A} was not {rest}" if state else "{A} did not {base}") if denied else "{A} {past}"
    happened = {Act.DONE: True, Act.OMITTED: False}.get(act)
    if turned is not None and turned.asked:
        applied = _APPLIED["definition" if turned.says == DEFINES else "rule"]
        told = f"{{A}} told the team {'' if denied else 'not '}{applied}"
    elif quoted:
        told = rng.choice(_KEPT if denied == against else _BROKEN)
    held = None if happened is None else happened != denied
    return Hearsay(lead.replace("{told}", told), weighed(_SAID, held, rng, OF_REPORT))
