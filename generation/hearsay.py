"""An act that somebody was about to do, and what the one who asks knows of it and what not.

Everybody who tells such a story knows one thing and does not know another: whether the act was done, or something
beside it that does not matter. So the three twins say the same words, and only which of the two is known decides.
Placeholders are those of :mod:`generation.wording`; {known} is what is known, {open} what is not, {at} a time.
"""

import random
from dataclasses import dataclass

from generation.cast import Agent, is_one_person
from generation.situations import Act

_LEADS = (
    "{A} had planned to {base}", "{A} was about to {base}", "{A} was going to {base}", "{A} told {colleague} that {s} would {base}",
    "{colleague} wanted {A_object} to {base}", "{colleague} asked {A_object} to {base}", "{A} wanted to {base}",
    "I had heard that {A} would {base}", "{A} was asked to {base}", "{A} told me that {s} was going to {base}",
)  # fmt: skip
_LEADS_BODIES = (
    "we expected {A_object} to {base}",
    "the plan was that {A} would {base}",
    "I had heard that {A} would {base}",
)
_LEADS_THING = ("{A} {be_past} expected to {base}", "we expected {A_object} to {base}", "{A} {be_past} meant to {base}")
_LEADS_AGAINST = (
    "there was a risk that {A} would {base}",
    "I had heard that {A} would {base}",
    "some of us feared that {A} would {base}",
)
_OUTCOMES = (
    "I know that {known} {at}, but not whether {open}", "{Known} {at}. I do not know whether {open}", "I do not know whether {open}. {Known} {at}",
    "The file says that {known} {at}, but not whether {open}", "{colleague} told me that {known} {at}, but not whether {open}",
    "As I heard, {known} {at}. Nobody could tell me whether {open}", "{Known} {at}. I forgot to ask whether {open}",
    "It is not clear whether {open}. {colleague} says that {known} {at}", "I found out that {known} {at}. I still have to find out whether {open}",
    "{Known} {at}. Whether {open}, I have not heard",
)  # fmt: skip
_TIMES = ("that day", "that week", "at the time", "that afternoon", "then")
_BESIDE = (
    "{witness} knew of it", "{witness} had heard of it", "{witness} had asked about it", "{witness} had talked about it", "{witness} was told of it",
    "{witness} had thought about it", "{witness} was asked about it", "{witness} had read about it",
)  # fmt: skip
"""What does not matter; it begins with a name and ends in "it", as what became of the act does."""
_BESIDE_FACTS = (
    "the line manager was in the office", "the day was a holiday", "the whole team was there", "the caller was in a hurry", "the line manager has read the file",
    "a colleague was there too", "a colleague had asked before", "the e-mail went to the whole team", "the desk was tidy", "it was the first time",
    "it was discussed in the team", "there was a reason", "the telephone line was bad", "{witness} was on leave", "{witness} was in the office", "{witness} has read the file",
)  # fmt: skip
"""What does not matter, in the form of the facts that rules turn on."""
_OFFICES = (
    "the line manager",
    "the site manager",
    "the head of the team",
    "the night shift",
    "the secretary",
    "the auditor",
)
_DONE, _LEFT = (
    ("{a} did it", "{a} went through with it", "{a} did it"),
    ("{a} did not do it", "{a} dropped it", "{a} decided against it"),
)
_LEFT_PLAIN = ("{a} did not do it", "{a} did otherwise", "{a} did otherwise")
_OF_THINGS = ("it was so", "it was otherwise")
_OR_NOT = 0.3
"""Share of what is not known that is followed by "or not"."""


@dataclass(frozen=True, slots=True)
class Hearsay:
    """``lead`` ends in the act, so that more of it can follow; ``outcome`` holds the sentences after it."""

    lead: str
    outcome: str


def hearsay(act: Act, rng: random.Random, agent: Agent, *, against: bool, quoted: bool = False) -> Hearsay:
    """The templates for what became of ``agent``'s act; the twins share the draws of ``rng``. ``against``: a rule forbids it.

    ``quoted``: the act is to keep to a rule, or not.
    """
    personal = is_one_person(agent)
    office = agent.subject == "it" and agent.animate and agent.intro.split()[-1][:1].isupper()
    leads = _LEADS if personal else _LEADS_AGAINST if against else _LEADS_BODIES if office else _LEADS_THING
    lead, aside = rng.choice(leads), rng.choice(_BESIDE)
    plain = quoted or not personal
    done, left = rng.choice(_DONE[:1] if plain else _DONE), rng.choice(_LEFT_PLAIN if plain else _LEFT)
    if not (personal or agent.animate or agent.plural_verb):  # what a thing is rather than what it does
        done, left = _OF_THINGS
    unknown = done if "not" in left.split() else rng.choice((done, left))
    acted = {Act.DONE: done, Act.OMITTED: left}.get(act, unknown)
    known, open_ = (acted, aside) if act in {Act.DONE, Act.OMITTED} else (aside, acted)
    open_ = f"{open_} or not" if rng.random() < _OR_NOT else open_
    if not personal:  # so that no article speaks for what is open
        someone = rng.choice(_OFFICES)
        open_, known = open_.replace("{witness}", someone), known.replace("{witness}", someone)
    return Hearsay(lead, half_known(known, open_, rng, at=rng.choice(_TIMES)))


def half_known(known: str, open_: str, rng: random.Random, *, at: str = "") -> str:
    """Sentences that say that ``known`` is so (at the time ``at``), and that nobody knows whether ``open_`` is."""
    text = rng.choice(_OUTCOMES)
    for slot, told in (
        ("{known}", known),
        ("{Known}", _capital(known)),
        ("{open}", open_),
        (" {at}", f" {at}" if at else ""),
    ):
        text = text.replace(slot, told)
    return text


def beside(rng: random.Random) -> str:
    """What does not matter, in the form of the facts that rules turn on."""
    return rng.choice(_BESIDE_FACTS)


def _capital(text: str) -> str:
    return text if text.startswith("{") else text[:1].upper() + text[1:]
