"""How a case tells a thing that decides beside one that does not: what the records show, and what they leave open.

An open thing is not simply left out, for then the length of a case would tell its verdict. The records of a case show one
thing and leave another open: what decides, and what an inquiry asks besides (whether somebody knew of the rule, whether it was
the first time). The twins say the same words of both; only which of the two is shown differs.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = (
    "{r} show that {known}, but not whether {open}",
    "{r} do not show whether {open}, but they do show that {known}",
    "so far {r} show that {known}, but they do not show whether {open}",
    "we found out that {known}, but not whether {open}",
    "{r} leave open whether {open}, but they do show that {known}",
)
_ALONE = ("{r} show that {known}", "{r} do not show whether {open}")
_RECORDS = (
    "the records",
    "the papers",
    "the files",
    "the minutes",
    "the notes in the file",
    "the entries of that week",
)
OF_REPORT = ("this is the first time", "this is the only case", "this is known to the line manager")
OF_FACT = ("it was the first time", "{witness} was aware of it", "{a} was aware of the rule")
"""What an inquiry asks besides, and what does not decide: of a report in the words that tell whether it is true, so that no
pair of words stands beside the one alone."""
_PLAIN = 0.05
"""Share of the triples that say nothing besides."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is so or not: the words for both, without a stop."""

    yes: str
    no: str

    def told(self, held: bool) -> str:
        return self.yes if held else self.no


def weighed(claim: Claim, held: bool | None, rng: random.Random, asides: Sequence[str] = OF_FACT) -> str:
    """A sentence (no full stop) after which it is known that ``claim`` is so (True), is not (False), or is open (None).

    ``asides``: what may be told besides. The draws are the same whatever ``held`` is. Placeholders are those of :mod:`generation.wording`.
    """
    form, records, alone = rng.choice(_SHOWN), rng.choice(_RECORDS), rng.random() < _PLAIN
    aside, asked = rng.choice(asides), rng.random() < 0.5
    if held is None:
        known, open_ = aside, claim.told(asked)
    else:
        known, open_ = claim.told(held), aside
    if alone:
        form = _ALONE[held is None]
    return form.replace("{r}", records).replace("{known}", known).replace("{open}", open_)
