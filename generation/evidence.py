"""How a case tells a thing that decides beside one that does not: what the records show, and what they leave open.

An open thing is not simply left out, for then the length of a case would tell its verdict. The records of a case show one
thing and leave another open: what decides, and what an inquiry asks besides (whether somebody had been told of the rule, who
else was there). The twins say the same words of both; only which of the two is shown differs, and both begin alike, so that no
pair of words stands beside the one alone. What is asked besides must make sense whether or not the thing itself is so: "the
first time" tells that it was done.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = (
    "{r} show that {known}, but not whether {open}",
    "{r} do not show whether {open}, but they do show that {known}",
    "{r} tell us that {known}, but not whether {open}",
    "{r} do not tell us whether {open}, but we do know that {known}",
    "it is certain that {known}, but not whether {open}",
    "it is not certain whether {open}, but {r} do show that {known}",
    "we found out that {known}, but not whether {open}",
    "we could not find out whether {open}, but we do know that {known}",
    "{r} show that {known}, but leave open whether {open}",
    "{r} leave open whether {open}, but show that {known}",
    "by now we are sure that {known}, but it is still unclear whether {open}",
    "it is still unclear whether {open}, but by now we are sure that {known}",
)
"""Half of them begin with what is shown, half with what is open: what stands before "but" tells nothing."""
INQUIRED = (
    *_SHOWN,
    "the inquiry found that {known}, but left open whether {open}",
    "the inquiry left open whether {open}, but found that {known}",
    "we have since learned that {known}, but nobody can say whether {open}",
    "nobody can say whether {open}, but we have since learned that {known}",
)
"""Of what others are said to have done, which was looked into or talked about."""
_ALONE = ("{r} show that {known}", "{r} do not show whether {open}")
_RECORDS = (
    "the records",
    "the papers",
    "the files",
    "the log books",
    "the notes in the file",
    "the entries of that week",
)
OF_FACT = (
    "it {was} the first time",
    "the head of department {knew} of it",
    "{a} had read the policy",
    "{a} knew the rule",
)
OWN_FACT = OF_FACT[:2]
"""What an inquiry asks besides of an act that nobody doubts, and of those what is asked of one's own."""
_PLAIN = 0.05
"""Share of the triples that say nothing besides."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is so or not: the words for both, without a stop."""

    yes: str
    no: str

    def told(self, held: bool) -> str:
        return self.yes if held else self.no

    def asked(self, rng: random.Random) -> str:
        """The words behind "whether": either side, but nobody asks whether a thing is not so."""
        sides = [side for side in (self.yes, self.no) if not _NEGATED.search(side)]
        return rng.choice(sides or [self.yes, self.no])


_NEGATED = re.compile(r"\bnot\b|\bnobody\b|\bno one\b|\bnever\b")


def weighed(
    claim: Claim, held: bool | None, rng: random.Random, asides: Sequence[str] = OF_FACT, forms: Sequence[str] = _SHOWN
) -> str:
    """A sentence (no full stop) after which it is known that ``claim`` is so (True), is not (False), or is open (None).

    ``asides``: what may be told besides; ``forms``: how. The draws are the same whatever ``held`` is. Placeholders are those of :mod:`generation.wording`.
    """
    form, records, alone = rng.choice(forms), rng.choice(_RECORDS), rng.random() < _PLAIN
    fitting = [
        aside for aside in asides if " ".join(aside.split()[:4]) not in claim.yes
    ]  # "the head of department" once
    aside, asked = rng.choice(fitting or asides), claim.asked(rng)
    known, open_ = (aside, asked) if held is None else (claim.told(held), aside)
    if alone:
        form = _ALONE[held is None]
    return form.replace("{r}", records).replace("{known}", known).replace("{open}", open_)
