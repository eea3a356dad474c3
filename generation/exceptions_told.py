"""Questions after the exception of a rule: whether there is one, and whether a case falls under it."""

import random
import re
from collections.abc import Iterator

from generation.drafts import Draft
from generation.facts import Fact
from generation.frames import Frame
from generation.grammar import is_gerund
from generation.quotations import subject
from generation.reasons import cite
from generation.scenarios import write_triple
from generation.situations import Pivot, pivots, triple
from generation.wording import unsigned
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
    topic = subject(frame)
    for ask in (
        _ASK[:2] if topic.startswith("not ") else _ASK
    ):  # nobody asks when a rule on not doing a thing does not hold
        lead = "" if ask.startswith("When") else "No. " if "without" in ask else "Yes. "
        yield _draft(ask.format(topic), f"{lead}{_holds(frame, fact)}", rule)
    if fact.style == "order" or pivots(frame)[at] != (Pivot.FACT, at):
        return
    situations, cases = triple(frame, Pivot.FACT, at, rng), write_triple(frame, at, rng)
    for verdict in (Verdict.PERMITTED, Verdict.PROHIBITED):
        case = cases[verdict]
        if case.pivot.partition("/")[0] == Pivot.FACT:
            held = bool(situations[verdict].told.get(at))
            if (
                held or " or " not in _quoted(frame, fact).partition(fact.body.split()[-1])[2]
            ):  # else another way in may be open
                yield _draft(f"{unsigned(case.question)} {rng.choice(_ASK_CASE)}", _answer(frame, fact, held), rule)


def _draft(question: str, answer: str, rule: Rule) -> Draft:
    return Draft("exception", question, answer, None, (rule.id,), (rule.clause_id,), rule.family)


def _holds(frame: Frame, fact: Fact) -> str:
    """The exception in the rule's own words: "The exception in clause 6.6 reads: “unless they are on call”."."""
    without = _TYPE.match(f"{fact.marker} {fact.body}")
    if without:
        return f"{cite(frame)} allows it {_with(without['what'])}."
    return f"The exception in {_clause(frame)} reads: “{_quoted(frame, fact)}”."


def _with(what: str) -> str:
    """What makes the act lawful: "with the consent of the Board", "after obtaining a permit"."""
    return f"{'after' if is_gerund(what.split(maxsplit=1)[0]) else 'with'} {what}"


def _answer(frame: Frame, fact: Fact, held: bool) -> str:
    """Whether the case falls under the exception."""
    without = _TYPE.match(f"{fact.marker} {fact.body}")
    if without:
        given = "that was given" if held else "that was not given"
        return f"{'Yes' if held else 'No'}. {cite(frame)} allows it only {_with(without['what'])}, and {given}."
    lead = f"The exception in {_clause(frame)}, “{_quoted(frame, fact)}”,"
    return f"Yes. {lead} covers this case." if held else f"No. {lead} does not cover this case."


def _quoted(frame: Frame, fact: Fact) -> str:
    """The exception as far as its sentence goes: one of several things that are asked for together is not all of it."""
    own = f"{fact.marker} {fact.body}"
    text = re.sub(r"\s+", " ", frame.rule.text)
    words = [_PRONOUN.sub(r"\\w+", re.escape(word)) for word in own.split()]
    found = re.search(" ".join(words), text)  # the frame tells one thing of "them"
    if found is None or not _GOES_ON.match(text[found.end() :]):
        return found[0] if found else own
    whole = re.split(r"[;:.](?: |$)", text[found.start() :])[0]
    return whole if len(whole.split()) <= _MOST_QUOTED else own


_MOST_QUOTED = 30
_GOES_ON = re.compile(r" (?:and|or)\b|, which\b")
"""What belongs to an exception behind its first part; behind one that opens a sentence stands the rule itself."""
_PRONOUN = re.compile(r"^(?:it|them|they)$")


def _clause(frame: Frame) -> str:
    cited = cite(frame)
    return cited[0].lower() + cited[1:]
