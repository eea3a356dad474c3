"""An act that somebody may have done, told by one who has it in writing from somebody else.

Who has a report knows one thing of it and does not know another: whether it is true, or whether it is the only one. So the
three twins say the same words, and only which of the two is known decides. For a duty it is well that a report is true, for
a prohibition that it is false; of a rule that stands in its own words a report says now that somebody kept to it and now
that somebody broke it. So neither "true" nor "false" speaks for a verdict.
Placeholders are those of :mod:`generation.wording`.
"""

import random
from dataclasses import dataclass

from generation.frames import Turned
from generation.situations import Act

_LEADS = (
    ("I have a report that {told}", "the report"), ("We have a report that {told}", "the report"), ("There is a note on file that {told}", "the note"),
    ("I have a note that {told}", "the note"), ("We have a statement that {told}", "the statement"), ("There is a report that {told}", "the report"),
    ("{colleague} sent me a note that {told}", "the note"), ("{colleague} gave me a statement that {told}", "the statement"),
)  # fmt: skip
_OUTCOMES = tuple(
    text
    for so, open_ in (
        ("we know that {known}", "we have yet to find out whether {open}"),
        ("it is clear that {known}", "it is unclear whether {open}"),
    )
    for join in (", but {}", ". {}")
    for text in (so + join.format(open_), open_ + join.format(so))
)  # fmt: skip
"""Each in both orders, so that no pair of words stands beside what is known alone."""
DEFINES = "defines this"
"""What a clause does in a case about a definition as a whole."""
_KEPT = ("{A} kept to this rule", "{A} followed this rule")
_BROKEN = ("{A} broke this rule", "{A} went against this rule")
_TRUE, _FALSE = "{n} is true", "{n} is false"
_BESIDE = ("{n} is the only one", "{n} was made in good faith", "{n} came from a witness")
"""What does not matter of a report."""
_PLAIN, _NOT_SO = 0.12, 0.5
"""Shares of the triples that say nothing beside it, and of what does not matter and is known that is told not to be so."""
_BESIDE_FACTS = (
    ("it was the first time", "it was not the first time"),
    ("{witness} knew of it", "{witness} knew of it"),
)  # fmt: skip
_BESIDE_FACTS_NOW = (
    ("it is the first time", "it is not the first time"),
    ("{witness} knows of it", "{witness} knows of it"),
)  # fmt: skip
"""What does not matter, in the form of the facts that rules turn on."""


@dataclass(frozen=True, slots=True)
class Hearsay:
    """``lead`` ends in the act, so that more of it can follow; ``outcome`` holds the sentences after it."""

    lead: str
    outcome: str


def hearsay(
    act: Act, rng: random.Random, *, against: bool, quoted: bool = False, turned: Turned | None = None
) -> Hearsay:
    """The templates for an act that was reported; the twins share the draws of ``rng``.

    ``against``: a rule forbids it; ``quoted``: the act is to keep to a rule that stands before it, or not; ``turned``: it
    goes against what a rule says.
    """
    lead, noun = rng.choice(_LEADS)
    told, done = "{A} {past}", True
    if turned is not None and turned.asked:
        done = rng.random() < 0.5
        what = "definition" if turned.says == DEFINES else "rule"
        told = f"{{A}} said {'no' if done else 'yes'} when a colleague asked whether this {what} still applies"
    elif quoted:
        done = rng.random() < 0.5
        told = rng.choice(_BROKEN if done == against else _KEPT)
    true, false = (_TRUE, _FALSE) if done else (_FALSE, _TRUE)
    aside, unknown, plain = rng.choice(_BESIDE), rng.choice((true, false)), rng.random() < _PLAIN
    acted = {Act.DONE: true, Act.OMITTED: false}.get(act, unknown)
    known, open_ = (aside, acted) if act == Act.UNKNOWN else (acted, aside)
    outcome = half_known(known, open_, rng)
    if plain:
        outcome = f"It is unclear whether {open_}" if act == Act.UNKNOWN else f"It is clear that {known}"
    outcome = outcome.replace("{n}", noun, 1).replace("{n}", "it")
    return Hearsay(lead.replace("{told}", told), outcome)


def half_known(known: str, open_: str, rng: random.Random) -> str:
    """Sentences that say that ``known`` is so, and that nobody knows whether ``open_`` is."""
    return rng.choice(_OUTCOMES).replace("{known}", known).replace("{open}", open_)


def beside(rng: random.Random, *, known: bool, past: bool = True) -> str:
    """What does not matter, in the form of the facts that rules turn on; where it is ``known``, now and then that it is not so."""
    so, not_so = rng.choice(_BESIDE_FACTS if past else _BESIDE_FACTS_NOW)
    return not_so if rng.random() < _NOT_SO and known else so
