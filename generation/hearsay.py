"""An act that somebody is said to have done or left undone, against another's word, and which of the two the evidence bears out.

Nobody reports that all is well, so what is told is a breach: that something forbidden was done, or something asked for was not.
Who is accused denies it; where that is a body or a thing, somebody else does. Two pieces of evidence bear out the one, the
other, or each one of them, and then the case is open. The three twins have the same words in the same pairs but for two names,
so that the words alone tell no verdict. Placeholders are those of :mod:`generation.wording`.
"""

import random
from dataclasses import dataclass

from generation.frames import Turned
from generation.situations import Act

_SOURCES = (
    "{colleague} says that {told}", "{colleague} told me that {told}", "{colleague} reported that {told}", "I heard from {colleague} that {told}",
    "an e-mail from {colleague} says that {told}", "{colleague} complained that {told}", "according to {colleague}, {told}",
    "{colleague} claims that {told}", "in the team chat {colleague} wrote that {told}", "over lunch {colleague} said that {told}",
    "the hotline has a report from {colleague} that {told}", "we have a report from {colleague} that {told}",
)  # fmt: skip
_BROKEN = ("{A} broke this rule", "{A} went against this rule")
_DENIALS = ("{a} denies it", "{a} says that this is not so", "{a} disputes that", "{a} remembers it otherwise")
_OTHERS = ("{other} says that this is not so", "{other} remembers it otherwise", "{other} disputes that")
"""What the one says who is accused, and what somebody else says for a body or a thing."""
_EVIDENCE = (
    "{E} fit what {x} says. {W} confirms what {y} says",
    "{W} confirms what {x} says. {E} fit what {y} says",
    "{E} bear out {x}, and {w} backs up {y}",
    "{W} backs up {x}, and {e} bear out {y}",
    "going by {e}, it was as {x} says. {W} backs up {y}",
    "we have {e}, which support {x}, and {w}, who supports {y}",
    "two others were asked about it. The first supports {x}, and the second supports {y}",
    "going by {e}, it was as {x} says. {W} remembers it as {y} does",
)
_RECORDS = (
    "the records", "the files", "the papers", "the notes in the file", "the entries of that week", "the e-mails of that day",
    "the messages of that day",
)  # fmt: skip
_WITNESSES = (
    "another colleague", "a second colleague", "somebody else on the team", "another member of the team", "a colleague at the next desk",
    "the only witness",
)  # fmt: skip


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
    named: bool = False,
) -> Hearsay:
    """The templates for an act that was reported; the twins share the draws of ``rng``.

    ``against``: a rule forbids it; ``quoted``: the act is to keep to a rule that stands before it, or not; ``turned``: it
    goes against what a rule says; ``state``: the act is to be something ("was", not "did"); ``named``: one person acts, by a
    name of their own, and can have their say.
    """
    lead = rng.choice(_SOURCES)
    told = "{A} {past}" if against else "{A} was not {rest}" if state else "{A} did not {base}"
    if quoted and turned is None:
        told = rng.choice(_BROKEN)
    other = "{a}" if named else "{other}"
    denial = rng.choice(_DENIALS if named else _OTHERS)
    form, record, witness = rng.choice(_EVIDENCE), rng.choice(_RECORDS), rng.choice(_WITNESSES)
    divided = ["{colleague}", other]
    rng.shuffle(divided)
    breach = {Act.DONE: against, Act.OMITTED: not against}.get(act)
    x, y = divided if breach is None else ("{colleague}",) * 2 if breach else (other,) * 2
    for slot, filled in (
        ("{E}", record.capitalize()), ("{e}", record), ("{W}", witness.capitalize()), ("{w}", witness), ("{x}", x), ("{y}", y),
    ):  # fmt: skip
        form = form.replace(slot, filled)
    return Hearsay(lead.replace("{told}", told), f"{denial}. {form[0].upper()}{form[1:]}")
