"""An act that somebody was about to do, and what is known of what came of it.

Of two who could do the same, or of two times when somebody could, the case asks about one and tells what came of one; or
somebody can say what came of it, or cannot. The first two tell all three twins in the same words. Placeholders are those
of :mod:`generation.wording`; {one} is who did it or did not.
"""

import random
from dataclasses import dataclass

from generation.cast import Agent, is_one_person
from generation.situations import Act

_HEARSAY, _TIMES = 0.06, 0.4
"""Shares of the cases in which somebody can say what came of it, or cannot, and of those with two times."""
_MONTHS = ("January", "February", "March", "April", "May", "June", "September", "October", "November")

_LEADS = (
    "{colleague} asked {A_object}, and {witness} too, to {base}", "{A}, like {witness}, was asked to {base}", "{A}, like {witness}, was about to {base}",
    "Like {witness}, {A} wanted to {base}", "Like {witness}, {A} had planned to {base}", "{colleague} wanted {A_object}, and {witness} too, to {base}",
    "I had heard that {A}, like {witness}, would {base}", "Like {witness}, {A} was going to {base}",
    "{A} had a plan, as {witness} had, to {base}",
)  # fmt: skip
_LEADS_BODIES = (
    "We expected {A_object}, and {unit} too, to {base}", "The plan was that {A}, like {unit}, would {base}",
    "I had heard that {A}, like {unit}, would {base}",
)  # fmt: skip
_LEADS_ALONE = (
    "{colleague} asked {A_object} to {base}", "{A} was asked to {base}", "{A} was about to {base}", "{A} wanted to {base}", "{A} had planned to {base}",
    "{colleague} wanted {A_object} to {base}", "I had heard that {A} would {base}", "{A} was going to {base}", "{A} thought that {s} would {base}",
)  # fmt: skip
_LEADS_TIMES = (
    "{colleague} asked {A_object} to {base}",
    "{A} was asked to {base}",
    "{A} wanted to {base}",
    "{A} had the chance to {base}",
)
_LEADS_THING = ("{A} {be_past} expected to {base}", "we expected {A_object} to {base}", "{A} {be_past} meant to {base}")
_LEADS_AGAINST = (
    "there was a risk that {A} would {base}",
    "I had heard that {A} would {base}",
    "somebody feared that {A} would {base}",
)
_TWO_TIMES = (
    "In {m1} and again in {m2}, ", "Both in {m1} and in {m2}, ", "Twice, in {m1} and in {m2}, ", "First in {m1} and then in {m2}, ", "In {m1}, and in {m2} too, ",
)  # fmt: skip
_OUTCOMES_TIMES = (
    ("In {m} {s} did", "In {m} {s} did not"), ("{S} did in {m}", "{S} did not in {m}"), ("I know that {s} did in {m}", "I know that {s} did not in {m}"),
    ("{colleague} saw that {s} did in {m}", "{colleague} saw that {s} did not in {m}"), ("In {m}, as the records show, {s} did", "In {m}, as the records show, {s} did not"),
)  # fmt: skip
_ASKED_TIMES = (
    "My question is about {m}", "I ask about {m}", "I ask about {m} alone", "I have to report on {m}", "My report is about {m}",
)  # fmt: skip
# (it was done, it was not done)
_OUTCOMES = (
    ("{one} did", "{one} did not"), ("{one} did it", "{one} did not do it"), ("In the end {one} did", "In the end {one} did not"),
    ("I know that {one} did", "I know that {one} did not"), ("{one} did, as the records show", "{one} did not, as the records show"),
    ("{colleague} saw that {one} did", "{colleague} saw that {one} did not"), ("As it turned out, {one} did", "As it turned out, {one} did not"),
)  # fmt: skip
_ASKED = (
    "My question is about {a}", "I ask about {a}", "I ask about {a} alone", "My question is about {a} alone", "I have to report on {a}",
    "My report is about {a}",
)  # fmt: skip
# (it was done, it was not done, nobody knows)
_HEARD = (
    ("I have heard since that {s} did", "I have heard since that {s} did not", "I have not heard since whether {s} did"),
    ("{colleague} looked up whether {s} did, and {s} did", "{colleague} looked up whether {s} did, and {s} did not", "{colleague} did not look up whether {s} did"),
    ("{colleague} told me that {s} did", "{colleague} told me that {s} did not", "{colleague} did not tell me whether {s} did or not"),
    ("I asked whether {s} did. {S} did", "I asked whether {s} did. {S} did not", "I asked whether {s} did. I did not hear back"),
    ("Today I know that {s} did", "Today I know that {s} did not", "Today I do not know whether {s} did"),
    ("The records say that {s} did", "The records say that {s} did not", "The records do not say whether {s} did"),
    ("{S} did. I looked whether anybody else did, and found nothing", "{S} did not. I looked whether anybody else did, and found nothing", "I looked whether {s} did, and found nothing"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """``lead`` ends in the act, so that more of it can follow; ``outcome`` and ``asked`` are sentences of their own."""

    lead: str
    outcome: str
    asked: str = ""


def pair(act: Act, rng: random.Random, agent: Agent, *, against: bool, times: bool = True) -> Pair:
    """The templates for what became of ``agent``'s act; the twins share the draws of ``rng``. ``against``: a rule forbids it;
    ``times``: two times may be told of.
    """
    personal = is_one_person(agent)
    office = agent.subject == "it" and agent.animate and agent.intro.split()[-1][:1].isupper()
    place, drawn = {Act.DONE: 0, Act.OMITTED: 1}.get(act, 2), rng.random()
    if drawn < _HEARSAY and personal:
        return Pair(rng.choice(_LEADS_ALONE), rng.choice(_HEARD)[place])
    if (times and drawn < _HEARSAY + _TIMES) or not (personal or office):
        return _two_times(
            rng.choice(_LEADS_TIMES if personal else _LEADS_AGAINST if against else _LEADS_THING), place, rng
        )
    leads = _LEADS if personal else _LEADS_BODIES[-1:] if against else _LEADS_BODIES
    lead, outcomes, asked = rng.choice(leads), rng.choice(_OUTCOMES), rng.choice(_ASKED)
    other = rng.randrange(2)
    one = "{a}" if place < 2 else "{witness}" if personal else "{unit}"
    return Pair(lead, outcomes[place if place < 2 else other].replace("{one}", one), asked)


def _two_times(lead: str, place: int, rng: random.Random) -> Pair:
    """The lead with two months; the outcome is that of the month asked about, or where ``place`` is 2 of the other."""
    months = sorted(rng.sample(_MONTHS, 2), key=_MONTHS.index)
    times, outcomes, asked = rng.choice(_TWO_TIMES), rng.choice(_OUTCOMES_TIMES), rng.choice(_ASKED_TIMES)
    about, other = rng.randrange(2), rng.randrange(2)
    told = months[about if place < 2 else 1 - about]
    times = times.replace("{m1}", months[0]).replace("{m2}", months[1])
    outcome = outcomes[place if place < 2 else other].replace("{m}", told)
    return Pair(f"{times}{lead}", outcome, asked.replace("{m}", months[about]))
