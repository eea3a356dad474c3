"""An act that somebody was about to do, and what is known of what came of it.

Of two who could do the same, one has answered and the other not yet, and the case asks about one of them; or somebody
can say what came of it, or cannot. The first tells all three twins in the same words. Placeholders are those of
:mod:`generation.wording`; {one} is who has answered, {other} who has not.
"""

import random
from dataclasses import dataclass

from generation.cast import Agent, is_one_person
from generation.situations import Act

_HEARSAY = 0.1
"""Share of the cases about one person in which somebody can say what came of it, or cannot."""

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
_LEADS_THING = ("{A} {be_past} expected to {base}", "we expected {A_object} to {base}", "{A} {be_past} meant to {base}")
_LEADS_AGAINST = (
    "there was a risk that {A} would {base}",
    "I had heard that {A} would {base}",
    "somebody feared that {A} would {base}",
)
# (it was done, it was not done)
_OUTCOMES = (
    ("{one} did; {other} has not answered yet", "{one} did not; {other} has not answered yet"),
    ("{one} tells me that it was done, {other} has not called back", "{one} tells me that it was not done, {other} has not called back"),
    ("{one} did. {other} is on leave, and could not be asked", "{one} did not. {other} is on leave, and could not be asked"),
    ("The records say that {one} did; of {other} they say nothing", "The records say that {one} did not; of {other} they say nothing"),
    ("I have spoken to {one}, who did, and not yet to {other}", "I have spoken to {one}, who did not, and not yet to {other}"),
    ("{colleague} saw that {one} did; nobody has seen what {other} did", "{colleague} saw that {one} did not; nobody has seen what {other} did"),
)  # fmt: skip
_ASKED = (
    "What do I put down for {a}?", "How do I treat {a}?", "My question is about {a}", "For now I only have to report on {a}", "Is {a} in order?",
)  # fmt: skip
# (it was done, it was not done, nobody knows)
_HEARD = (
    ("I have heard since that {s} did", "I have heard since that {s} did not", "I have not heard since whether {s} did"),
    ("{colleague} looked up whether {s} did, and {s} did", "{colleague} looked up whether {s} did, and {s} did not", "{colleague} did not look up whether {s} did"),
    ("{colleague} told me that {s} did", "{colleague} told me that {s} did not", "{colleague} did not tell me whether {s} did or not"),
    ("I asked whether {s} did. {S} did", "I asked whether {s} did. {S} did not", "I asked whether {s} did. I did not hear back"),
    ("Today I know that {s} did", "Today I know that {s} did not", "Today I do not know whether {s} did"),
    ("The records say that {s} did", "The records say that {s} did not", "The records do not say whether {s} did"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """``lead`` ends in the act, so that more of it can follow; ``outcome`` and ``asked`` are sentences of their own."""

    lead: str
    outcome: str
    asked: str = ""


def pair(act: Act, rng: random.Random, agent: Agent, *, against: bool) -> Pair:
    """The templates for what became of ``agent``'s act; the twins share the draws of ``rng``. ``against``: a rule forbids it."""
    personal = is_one_person(agent)
    office = agent.subject == "it" and agent.animate and agent.intro.split()[-1][:1].isupper()
    place, drawn = {Act.DONE: 0, Act.OMITTED: 1}.get(act, 2), rng.random()
    if not (personal or office) or (personal and drawn < _HEARSAY):
        alone = _LEADS_ALONE if personal else _LEADS_AGAINST if against else _LEADS_THING
        return Pair(rng.choice(alone), rng.choice(_HEARD)[place])
    leads = _LEADS if personal else _LEADS_BODIES[-1:] if against else _LEADS_BODIES
    lead, outcomes, asked = rng.choice(leads), rng.choice(_OUTCOMES), rng.choice(_ASKED)
    both = ("{a}", "{witness}" if personal else "{unit}")
    done = place if place < 2 else rng.randrange(2)
    one, other = both if place < 2 else both[::-1]
    return Pair(lead, outcomes[done].replace("{one}", one).replace("{other}", other), asked)
