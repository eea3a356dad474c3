"""Two rules that oppose each other, side by side, and which one prevails."""

import re
from collections.abc import Iterator, Mapping

from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import sentence
from generation.quotations import alone, stated, subject
from generation.reasons import cite
from kg.model import Conflict, Ontology, Rule

_ASK_BOTH = (
    "What do {one} and {other} each say, and which one prevails?",
    "Both {one} and {other} seem to apply. What do they say?",
    "Please compare {one} with {other}.",
)
_ASK_WITHIN = (
    "Two sentences of {one} seem to disagree. What do they say?",
    "Which rule of {one} prevails where two of them seem to disagree?",
)
_ASK_ON = (
    "{one} and {other} seem to disagree on {what}. Which one prevails?",
    "Do {one} and {other} say the same about {what}?",
)
_OPEN = "Neither rule says which one prevails; ask before acting."


def oppositions(ontology: Ontology, frames: Mapping[str, Frame]) -> Iterator[Draft]:
    """Questions about each pair of rules in conflict, each rule named first once."""
    for conflict in ontology.conflicts:
        if conflict.rule_a in frames and conflict.rule_b in frames:
            one, other = frames[conflict.rule_a], frames[conflict.rule_b]
            for first, second in ((one, other), (other, one)):
                yield from _pair(ontology, conflict, first, second, frames.get(conflict.prevails))


def _pair(ontology: Ontology, conflict: Conflict, first: Frame, second: Frame, winner: Frame | None) -> Iterator[Draft]:
    names = [_small(cite(frame)) for frame in (first, second)]
    said = f"{cite(first)} says: {_quoted(ontology, first.rule)} {cite(second)} says: {_quoted(ontology, second.rule)}"
    end = f"{cite(winner)} prevails." if winner else _OPEN
    if names[0] == names[1]:
        said = f"{cite(first)} says: {_quoted(ontology, first.rule)} It also says: {_quoted(ontology, second.rule)}"
        end = f"The {'former' if winner.rule.id == first.rule.id else 'latter'} prevails." if winner else _OPEN
    for ask in _ASK_BOTH if names[0] != names[1] else _ASK_WITHIN:
        yield _draft(conflict, sentence(ask.format(one=names[0], other=names[1])), f"{said} {end}", first, second)
    if names[0] == names[1]:
        return
    for ask in _ASK_ON:
        lead = "" if ask is _ASK_ON[0] else "No. "
        question = sentence(ask.format(one=names[0], other=names[1], what=subject(first)))
        yield _draft(
            conflict, question, f"{lead}{_why(conflict, first, second, winner) or f'{said} {end}'}", first, second
        )


def _why(conflict: Conflict, first: Frame, second: Frame, winner: Frame | None) -> str:
    """Which one prevails by the words of the text, where these say so."""
    said = re.search(r"the text says: (“.+?”)", conflict.reason or "")
    if winner is None or said is None:
        return ""
    loser = second if winner.rule.id == first.rule.id else first
    return f"{cite(winner)} prevails over {_small(cite(loser))}; the text says: {said[1]}."


def _quoted(ontology: Ontology, rule: Rule) -> str:
    return alone(ontology, rule) or stated(rule)


def _small(clause: str) -> str:
    return clause[0].lower() + clause[1:]


def _draft(conflict: Conflict, question: str, answer: str, one: Frame, other: Frame) -> Draft:
    rules = (one.rule, other.rule) if one.rule.id == conflict.rule_a else (other.rule, one.rule)
    return Draft(
        "conflict", question, answer, None, tuple(rule.id for rule in rules), tuple(rule.clause_id for rule in rules),
        rules[0].family, "paragraphs/conflict",
    )  # fmt: skip
