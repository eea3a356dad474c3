"""What became of an act where two people speak differently of it: one who can know it settles it, none leaves it open.

All three twins are told in much the same words; who of the two was there, or has the papers, differs, and who knows does not guess. Placeholders are those of
:mod:`generation.wording`; {witness} is a second colleague.
"""

import random

from generation.situations import Act

# (somebody who can know it, somebody who cannot)
_WHO = (
    ("who was there", "who was not there"), ("who saw it", "who did not see it"), ("who was on duty", "who had the day off"),
    ("who has the papers", "who has no papers"), ("who was in the room", "who was not in the room"), ("who sat beside {o}", "who was out of the office"),
    ("who asked {o} about it", "who did not ask {o} about it"), ("who has seen the file", "who has not seen the file"),
    ("who knows it at first hand", "who only heard of it"), ("who looked it up", "who did not look it up"),
)  # fmt: skip
_IMPERSONAL = tuple(pair for pair in _WHO if "{o}" not in pair[0])
_CLAIM = "{one}, {who}, {says} that {A} {past}"
_DENIAL = "{one}, {who}, {says} that {A} did not {base}"
_KNOWER_SAYS = ("says", "reports", "confirms", "is certain")
_GUESSER_SAYS = ("thinks", "believes", "supposes", "says")


def account(act: Act, rng: random.Random, *, tailed: bool, personal: bool) -> str:
    """The template of both voices; it ends in the act where ``tailed``. The twins share the draws of ``rng``."""
    knows, guesses = rng.choice(_WHO if personal else _IMPERSONAL)
    verbs = {knows: rng.choice(_KNOWER_SAYS), guesses: rng.choice(_GUESSER_SAYS)}
    first = rng.random() < 0.5 and not tailed
    both = rng.random() < 0.5
    join = rng.choice((". ", ", but ", ". "))
    sure = {Act.DONE: (knows, guesses), Act.OMITTED: (guesses, knows)}.get(
        act, (knows, knows) if both else (guesses, guesses)
    )
    claim = _CLAIM.replace("{one}", "{colleague}").replace("{who}", sure[0]).replace("{says}", verbs[sure[0]])
    denial = _DENIAL.replace("{one}", "{witness}").replace("{who}", sure[1]).replace("{says}", verbs[sure[1]])
    if not tailed:  # the act is told once
        claim, denial = (claim, denial.replace("{A} did not {base}", "{s} did not")) if first else (
            claim.replace("{A} {past}", "{s} did"), denial
        )  # fmt: skip
    else:
        denial = denial.replace("{A} did not {base}", "it was not so")
    return join.join((claim, denial) if first else (denial, claim))
