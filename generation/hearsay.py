"""An act that may have been done, and what the one who asks knows of it and what not.

Everybody who tells such a story knows one thing and does not know another: what became of the act, or whether the same
person had spoken of it. So the three twins say the same words, and only which of the two is known decides. A story is
told of a plan ("Vera wanted to ...; I know that she did it") or by a report ("Ana says that Vera ...; I know that Ana was
right about it"); things and offices, which plan nothing, by a report alone.
Placeholders are those of :mod:`generation.wording`.
"""

import random
from dataclasses import dataclass

from generation.cast import Agent, is_one_person
from generation.frames import Turned
from generation.situations import Act

_PLANS_KEEP = (
    "{A} had to {base}", "{A} was supposed to {base}", "{A} had promised to {base}", "{A} said that {s} would {base}",
    "{colleague} reminded {A_object} to {base}", "{colleague} asked {A_object} to {base}",
)  # fmt: skip
_PLANS_AGAINST = (
    "{A} wanted to {base}", "{A} was going to {base}", "{A} had planned to {base}", "{A} told me that {s} would {base}",
    "{colleague} asked {A_object} to {base}", "{A} told {colleague} that {s} would {base}",
)  # fmt: skip
_REPORTS = (
    "{colleague} says that {A} {told}", "{colleague} told me that {A} {told}", "{colleague} thinks that {A} {told}",
    "{colleague} is sure that {A} {told}", "{colleague} wrote to me that {A} {told}",
)  # fmt: skip
_OUTCOMES = (
    "I know that {known}, but not whether {open}", "{Known}. I do not know whether {open}",
    "I have been told that {known}, but not whether {open}", "I found out that {known}, but not whether {open}",
    "{Known}. Nobody could tell me whether {open}", "{Known}. I could not find out whether {open}",
    "It is certain that {known}. It is not certain whether {open}", "{Known}. Whether {open}, I have not heard",
)  # fmt: skip
_DONE = ("{x} did it", "{x} did it", "{x} went ahead with it")
_LEFT = ("{x} decided against it", "{x} let it be", "{x} backed out of it")
_RIGHT, _WRONG = "{colleague} was right about it", "{colleague} was wrong about it"
_QUESTIONS = (
    "{colleague} asked {A_object} whether this {so}",
    "{colleague} wanted to know from {A_object} whether this {so}",
)
_CONFIRMED, _DENIED = "{x} confirmed it", "{x} denied it"
_BESIDE = (
    "{x} had told {witness} about it", "{x} had asked {witness} about it", "{x} had talked to {witness} about it",
    "{x} wrote a note about it", "{x} had written to {witness} about it",
)  # fmt: skip
"""What does not matter; it is said of the same person and ends in "it", as what became of the act does."""
_BESIDE_FACTS = (
    "{witness} knew of it", "{witness} had heard of it", "it was the first time", "others had done the same", "the rest of the team knew of it",
    "{witness} was there", "somebody had complained",
)  # fmt: skip
_BESIDE_FACTS_NOW = (
    "{witness} knows of it", "it is the first time", "others have done the same", "the rest of the team knows of it",
    "{witness} will be there", "somebody has complained",
)  # fmt: skip
"""What does not matter, in the form of the facts that rules turn on."""
_OPENLY = ("I do not know whether {open}", "Nobody could tell me whether {open}", "I have not heard whether {open}")
_REPORTED, _OR_NOT, _PLAIN = 0.6, 0.1, 0.12
"""Shares of the acts of one person that are told by a report, of what is not known that is followed by "or not", and of the
triples that tell what became of the act and nothing beside it."""


@dataclass(frozen=True, slots=True)
class Hearsay:
    """``lead`` ends in the act, so that more of it can follow; ``outcome`` holds the sentences after it."""

    lead: str
    outcome: str


def hearsay(
    act: Act, rng: random.Random, agent: Agent, *, against: bool, quoted: bool = False, turned: Turned | None = None
) -> Hearsay:
    """The templates for what became of ``agent``'s act; the twins share the draws of ``rng``. ``against``: a rule forbids it.

    ``quoted``: the act is to keep to a rule, or not, which is reported rather than planned; ``turned``: it goes against what a
    rule says.
    """
    asked = turned is not None and turned.asked
    report = rng.random() < _REPORTED or quoted or not is_one_person(agent)
    plain = rng.random() < _PLAIN
    aside = rng.choice(_BESIDE)
    if asked:
        so = rng.random() < 0.5
        lead, who = (
            rng.choice(_QUESTIONS).format(
                so="is so" if so else "is no longer so", A_object="{A_object}", colleague="{colleague}"
            ),
            "{a}",
        )
        done, left = (_DENIED, _CONFIRMED) if so else (_CONFIRMED, _DENIED)
    elif report:
        bad = rng.random() < 0.5 or (quoted and against)  # so that neither "right" nor "wrong" speaks for a verdict
        done_told = bad == against
        lead = rng.choice(_REPORTS).replace("{told}", "{past}" if done_told else "did not {base}")
        who = "{colleague}"
        done, left = (_RIGHT, _WRONG) if done_told else (_WRONG, _RIGHT)
    else:
        lead = rng.choice(_PLANS_AGAINST if against else _PLANS_KEEP)
        who = "{a}" if "{colleague}" in lead else "{s}"
        done, left = rng.choice(_DONE), rng.choice(_LEFT)
    unknown = rng.choice((done, left))
    acted = {Act.DONE: done, Act.OMITTED: left}.get(act, unknown)
    known, open_ = (acted, aside) if act in {Act.DONE, Act.OMITTED} else (aside, acted)
    open_ = f"{open_} or not" if rng.random() < _OR_NOT else open_
    known, open_ = known.replace("{x}", who), open_.replace("{x}", who)
    if plain:
        return Hearsay(lead, rng.choice(_OPENLY).replace("{open}", open_) if act == Act.UNKNOWN else _capital(known))
    return Hearsay(lead, half_known(known, open_, rng))


def half_known(known: str, open_: str, rng: random.Random) -> str:
    """Sentences that say that ``known`` is so, and that nobody knows whether ``open_`` is."""
    text = rng.choice(_OUTCOMES)
    return text.replace("{known}", known).replace("{Known}", _capital(known)).replace("{open}", open_)


def beside(rng: random.Random, *, past: bool = True) -> str:
    """What does not matter, in the form of the facts that rules turn on."""
    return rng.choice(_BESIDE_FACTS if past else _BESIDE_FACTS_NOW)


def _capital(text: str) -> str:
    return text if text.startswith("{") else text[:1].upper() + text[1:]
