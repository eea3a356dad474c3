"""Conflicts as questions to a person, and what became of the answers.

Every conflict is a question: which of its two rules prevails, or is there no conflict at all? Where a principle decided, the
question stands as answered automatically, so that a person can see and overrule it.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.conflicts import cite
from kg.conflicts_precedence import PERSON
from kg.model import Conflict, Ontology, Rule
from kg.review import ReviewItem, Status, automatic, review_item

CONFLICT = "conflict"
"""The kind of these questions in the review queue."""


@dataclass(frozen=True, slots=True)
class Side:
    """One rule of a conflict as a person reads it: ``citation`` is its clause's number, with the document's title when
    there are several; ``page`` counts from 1, 0 where the document has no pages.
    """

    rule: str
    citation: str
    text: str
    modality: str
    document: str
    page: int


@dataclass(frozen=True, slots=True)
class Found:
    """A conflict as it was found, with both sides and the id of its question in the review queue."""

    conflict: Conflict
    sides: tuple[Side, Side]
    question: str


def found(ontology: Ontology, conflicts: Sequence[Conflict]) -> tuple[Found, ...]:
    """The conflicts with what a person needs to judge them."""
    rules = ontology.rule_by_id
    return tuple(
        Found(
            one,
            (_side(ontology, rules[one.rule_a]), _side(ontology, rules[one.rule_b])),
            review_item(CONFLICT, one.id, (one.rule_a, one.rule_b), 0.0, "").id,
        )
        for one in conflicts
    )


def _side(ontology: Ontology, rule: Rule) -> Side:
    document = ontology.document_by_id.get(rule.document_id)
    title = document.title if document else ""
    return Side(rule.id, cite(ontology, rule), rule.text, rule.modality.value, title, rule.span.page)


def questions(items: Iterable[Found]) -> tuple[ReviewItem, ...]:
    """One question per conflict; the rule that a principle prefers comes first and is taken until a person says otherwise."""
    made: list[ReviewItem] = []
    for item in items:
        conflict, (one, other) = item.conflict, item.sides
        order = (one, other) if conflict.prevails != other.rule else (other, one)
        question = review_item(
            CONFLICT,
            conflict.id,
            [side.rule for side in order],
            conflict.confidence,
            conflict.reason,
            f"{order[0].citation} or {order[1].citation}: which prevails?",
        )
        question = dataclasses.replace(question, evidence=tuple(f"{side.citation}: {side.text}" for side in order))
        made.append(automatic(question) if conflict.prevails else question)
    return tuple(made)


def settle(conflicts: Iterable[Conflict], decided: Iterable[ReviewItem]) -> tuple[Conflict, ...]:
    """The conflicts with a person's decisions: the rule that was chosen prevails; what was rejected is none."""
    answers = {item.subject: item for item in decided}
    kept: list[Conflict] = []
    for conflict in conflicts:
        answer = answers.get(conflict.id)
        if answer is None or answer.status is Status.PENDING:
            kept.append(conflict)
        elif answer.status is Status.ACCEPTED and answer.choice in {conflict.rule_a, conflict.rule_b}:
            kept.append(dataclasses.replace(conflict, prevails=answer.choice, principle=PERSON))
    return tuple(kept)
