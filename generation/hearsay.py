"""An act that somebody is said to have done, and what is known of it.

Who asks about an act that nobody saw has somebody's word for it, and then what the records show (:mod:`generation.evidence`).
The three twins share the word and its source. What was said may be that the act was done or that it was not, so that neither
"did so" nor "did not" speaks for a verdict.
Placeholders are those of :mod:`generation.wording`.
"""

import random
from dataclasses import dataclass

from generation.evidence import INQUIRED, Claim, weighed
from generation.frames import Turned
from generation.situations import Act

_NAMED = (
    "{colleague} says that {told}", "{colleague} told me that {told}", "{colleague} reported that {told}", "I heard from {colleague} that {told}",
    "an e-mail from {colleague} says that {told}", "{colleague} mentioned that {told}",
    "according to {colleague}, {told}", "{colleague} claims that {told}", "in the team chat {colleague} says that {told}",
    "over lunch {colleague} said that {told}",
)  # fmt: skip
_UNNAMED = (
    "I was told that {told}", "I was told that {told}", "We have a report that {told}", "the hotline has a report that {told}",
    "an anonymous report says that {told}",
)  # fmt: skip
_HARMLESS = (*_NAMED, *_UNNAMED[:2])
"""Who says that all is well does not call the hotline."""
_KEPT = ("{A} kept to this rule", "{A} followed this rule")
_BROKEN = ("{A} broke this rule", "{A} went against this rule")
_DID, _WAS = Claim("{a} did", "{a} did not"), Claim("{a} was", "{a} was not")
_OF_BODY = ("{a} was asked about it", "{a} knew the rule", "{a} was told of the rule")
_OF_DOER = (*_OF_BODY, "{a} was alone that day", "{a} was in a hurry", "{a} was new in the job")
_OF_ACTOR = (*_OF_DOER, "{a} was asked to do it", "{a} had a reason to do it")
"""What is asked besides of a body, of a person, and of a person who is said to have done something rather than been something."""
_RIGHT = Claim("{colleague} is right", "{colleague} is mistaken")
_OF_TELLER = (
    "{colleague} was on duty that day", "{colleague} talked to others about it", "{colleague} asked {a} about it", "{colleague} works with {a}",
)  # fmt: skip
_REPORT = Claim("the report is true", "the report is false")
_OF_REPORT = ("the report is first-hand", "the report is from a witness", "there was a second report")
_DISPUTED = 0.6
"""Share of the acts that a colleague tells of, with another's word against it."""
_DENIALS = ("{a} denies it", "{a} says that this is not so", "{a} disputes that")
_OTHERS = ("{other} says that this is not so", "{other} remembers it otherwise", "{other} disputes that")
"""What the one says who is accused, and what somebody else says where {colleague} tells of no wrong."""
_FOUND = (
    "It turned out that",
    "The inquiry found that",
    "By now we know that",
    "We have since learned that",
    "Those who looked into it found that",
)
_BORNE = (
    ("was borne out by {r}", "was backed up by {r}", "was backed up by the other witnesses", "was supported by {r}"),
    ("had proof", "had a witness"),
)  # fmt: skip
_BESIDES = (
    ("was known to exaggerate", "was new in the team", "was on bad terms with the other"),
    ("had read the policy", "had a reason to lie", "had spoken about it before"),
)  # fmt: skip
_OF_WORD = (
    "was taken seriously at first",
    "was checked a second time",
    "was mentioned in an earlier file",
    "was known to others before",
)
"""Whom the evidence bears out, and something else of the other or of neither. Both begin with the same verb, so that the twins
have the same words, and pairs of words, but for the names.
"""
_EVIDENCE = (
    "the records",
    "the papers",
    "the notes in the file",
    "the entries of that week",
    "the log books",
    "the e-mails of that day",
)
_DENIED, _BY_DOER = 0.4, 0.1
"""Shares of the acts that are first said not to have been done, and of those of which it is told whether somebody "did"."""


@dataclass(frozen=True, slots=True)
class Hearsay:
    """``lead`` ends in the act, so that more of it can follow; ``outcome`` holds the sentences after it."""

    lead: str
    outcome: str
    accused: bool = True
    """Whether a wrong is told of."""


def hearsay(
    act: Act,
    rng: random.Random,
    *,
    against: bool,
    quoted: bool = False,
    turned: Turned | None = None,
    state: bool = False,
    personal: bool = True,
    animate: bool = True,
    named: bool = False,
    deniable: bool = True,
) -> Hearsay:
    """The templates for an act that was reported; the twins share the draws of ``rng``.

    ``against``: a rule forbids it; ``quoted``: the act is to keep to a rule that stands before it, or not; ``turned``: it
    goes against what a rule says; ``state``: the act is to be something ("was", not "did"); ``personal``: one person acts;
    ``animate``: somebody acts, rather than a thing; ``named``: by a name of their own, so that they can have their say;
    ``deniable``: somebody may say that it was not done, which turns the head in "did not refuse".
    """
    denied = rng.random() < _DENIED and deniable
    accused = denied != against
    lead = rng.choice(_HARMLESS if not accused else _NAMED + _UNNAMED)
    told = ("{A} was not {rest}" if state else "{A} did not {base}") if denied else "{A} {past}"
    happened = {Act.DONE: True, Act.OMITTED: False}.get(act)
    if quoted and turned is None:
        told = rng.choice(_KEPT if not accused else _BROKEN)
    lead = lead.replace("{told}", told)
    said_so = None if happened is None else happened != denied
    disputed = rng.random() < _DISPUTED
    if disputed and named and (accused or "{colleague}" in lead):
        return Hearsay(lead, _disputed(said_so, rng, _source(lead), accused=accused), accused)
    if rng.random() >= _BY_DOER or not animate:
        if "{colleague}" in lead:
            told = _again(weighed(_RIGHT, said_so, rng, _OF_TELLER, INQUIRED), "{colleague}", "{colleague_s}")
            return Hearsay(lead, told, accused)
        told = _again(weighed(_REPORT, said_so, rng, _OF_REPORT, INQUIRED), "the report", "it")
        return Hearsay(lead, told, accused)
    plainly = not quoted or (turned is not None and turned.quoted)
    claim = _WAS if state and plainly else _DID
    asides = _OF_BODY if not personal else _OF_DOER if state and plainly else _OF_ACTOR
    told = _again(weighed(claim, happened if plainly else said_so, rng, asides, INQUIRED), "{a}", "{s}")
    return Hearsay(lead, told, accused)


def _source(lead: str) -> str:
    """What is right or not: the colleague who tells it, the report, or what "I was told"."""
    return (
        "{colleague}" if "{colleague}" in lead else "what I was told" if lead.startswith("I was told") else "the report"
    )


def _disputed(said_so: bool | None, rng: random.Random, teller: str, *, accused: bool) -> str:
    """Word against word, and what the evidence bears out: ``teller`` (``said_so``), the other, or neither (None)."""
    other, both = "{a}" if accused else "{other}", "neither of them"
    against, verb = rng.choice(_DENIALS if accused else _OTHERS), rng.randrange(2)
    borne: tuple[str, ...] = _BORNE[verb]
    besides: tuple[str, ...] = _BESIDES[verb]
    if teller != "{colleague}":
        borne, besides, both = _BORNE[0], _OF_WORD, "neither"
    borne_out, aside = rng.choice(borne).replace("{r}", rng.choice(_EVIDENCE)), rng.choice(besides)
    one, first, found = rng.choice((teller, other)), rng.random() < 0.5, rng.choice(_FOUND)
    right, rest = (both, one) if said_so is None else (teller if said_so else other, both)
    told = [f"{right} {borne_out}", f"{rest} {aside}"]
    return f"{against}. {found} {' and that '.join(told if first else reversed(told))}"


def _again(text: str, name: str, pronoun: str) -> str:
    """``text`` with a pronoun where it names one for the second time."""
    head, sign, rest = text.partition(name)
    return head + sign + rest.replace(name, pronoun)
