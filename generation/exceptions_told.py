"""Questions after the exception of a rule: whether there is one, and whether a case falls under it."""

import random
import re
from collections.abc import Iterator

from generation.actor_told import who_acts
from generation.cast import personalise
from generation.drafts import Draft
from generation.facts import Fact
from generation.frames import Frame
from generation.quotations import subject
from generation.reasons import cite
from generation.scenarios import Written, write_triple
from generation.situations import Pivot, pivots, triple
from kg.model import Rule, Verdict

_ASK = (
    "Is there an exception to the rule on {}?", "Does the rule on {} allow any exception?", "Does the rule on {} hold without exception?",
    "When does the rule on {} not hold?",
)  # fmt: skip
_ASK_CASE = (
    "Does the exception apply here?",
    "Is this a case for the exception?",
    "Does the rule make an exception for this?",
)
_TYPE = re.compile(r"^(?:without) (?P<what>.+)$")


def exceptions(rule: Rule, frame: Frame, rng: random.Random) -> Iterator[Draft]:
    """Whether the rule has an exception, and whether it applies in a case."""
    at = next(index for index, fact in enumerate(frame.facts) if fact.role == "exception")
    fact = frame.facts[at]
    for ask in _ASK:
        lead = "" if ask.startswith("When") else "No. " if "without" in ask else "Yes. "
        yield _draft(ask.format(subject(frame)), f"{lead}{_holds(frame, fact)}", rule)
    if fact.style == "order" or pivots(frame)[at] != (Pivot.FACT, at):
        return
    situations, cases = triple(frame, Pivot.FACT, at, rng), write_triple(frame, at, rng)
    for verdict in (Verdict.PERMITTED, Verdict.PROHIBITED):
        case = cases[verdict]
        if case.pivot.partition("/")[0] == Pivot.FACT:
            held = bool(situations[verdict].told.get(at))
            yield _draft(f"{case.question} {rng.choice(_ASK_CASE)}", _answer(frame, fact, case, held), rule)


def _draft(question: str, answer: str, rule: Rule) -> Draft:
    return Draft("exception", question, answer, None, (rule.id,), (rule.clause_id,), rule.family)


def _holds(frame: Frame, fact: Fact) -> str:
    """When the rule does not hold, in its own words: "Clause 6.6 holds unless they are on call."."""
    without = _TYPE.match(f"{fact.marker} {fact.body}")
    if without:
        return f"{cite(frame)} lets it pass with {without['what']}."
    return f"{cite(frame)} holds {fact.marker} {fact.body}."


def _answer(frame: Frame, fact: Fact, case: Written, held: bool) -> str:
    """Whether the case falls under the exception, of the one who acts in it."""
    body = personalise(fact.body, who_acts(case.question))
    clause = cite(frame)
    without = _TYPE.match(f"{fact.marker} {body}")
    if without:
        return f"{'Yes' if held else 'No'}. {clause} lets it pass with {without['what']}, which {'was given' if held else 'was not given'}."
    lead = f"{clause} holds {fact.marker} {body}"
    return f"Yes. {lead}, and that is so here." if held else f"No. {lead}, and that is not so here."
