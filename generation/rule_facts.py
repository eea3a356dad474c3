"""The quantities and the facts of a rule, from its fields."""

import re
from dataclasses import replace

from generation.acts import NEXT_VERB
from generation.clauses import parse_clause
from generation.facts import Fact, about_thing, read_fact, split_marker
from generation.quantities import Quantity
from kg.model import Modality, Rule, Threshold

_DEADLINE = re.compile(
    r"\b(?:within|no later than|not later than|in less than|in under)\s+(?P<what>[^,.;]*?)(?P<after>\s+(?:of|after|from)\s+[^,.;]+)?(?=[,.;]|$|\s+and\b|\s+if\b|\s+unless\b)",
    re.IGNORECASE,
)


_BOTH = re.compile(r"(\bboth [^,;]*?) and ")
"""Two names that are one subject: "both the owner and the officer have agreed"."""


def idle(fact: Fact, rule: Rule) -> bool:
    """A fact that cannot decide: a further permission ("except that a technician may"), "may ... without approval"."""
    if re.search(rf"\beven {re.escape(fact.marker)} {re.escape(fact.body[:24])}", rule.text, re.IGNORECASE):
        return True
    if re.match(r"(?:this|that|it) is (?:im)?possible", fact.body, re.IGNORECASE):
        return True
    if fact.marker == "only" and rule.actor and rule.actor.lower() in fact.body.lower():
        return True
    if fact.role != "exception":
        return False
    modal = fact.clause is not None and fact.clause.verb in {"may", "might", "can"}
    return modal or (rule.modality == Modality.PERMISSION and fact.marker == "without")


def lifted(fact: Fact) -> Fact:
    """Under a prohibition "until the officer has agreed" is an exception: with the approval the act is allowed."""
    if (
        fact.role == "condition"
        and fact.style == "approval"
        and fact.marker in {"until", "before", "prior to", "without"}
    ):
        return replace(fact, role="exception", marker="unless" if fact.marker == "until" else fact.marker)
    return fact


def quantity_of(rule: Rule, threshold: Threshold) -> Quantity:
    """The threshold with the field that it stands in, the phrase of its deadline, or neither."""
    for where, text in (("condition", rule.condition), ("exception", rule.exception), ("object", rule.object)):
        if threshold.text in text:
            return Quantity(threshold, text, where)
    unit_of_time = threshold.unit.split()[-1] in {"minute", "hour", "day", "week", "month", "year"}
    for found in _DEADLINE.finditer(rule.text) if unit_of_time else ():
        if threshold.text in rule.text[found.start() : found.end()]:
            return Quantity(threshold, re.split(r"\s+(?:whether|how|on)\b", found.group(0))[0], "deadline")
    return Quantity(threshold, threshold.text, "text")


def facts_of(rule: Rule, quantities: tuple[Quantity, ...]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The facts of the rule, and the adverbials that stay with the act."""
    facts: list[Fact] = []
    fixed: list[str] = []
    for role, text in (("condition", rule.condition), ("exception", rule.exception)):
        for part in _parts(text):
            if rule.modality == Modality.PERMISSION and re.match(r"(?:who|whose)\b", part):
                continue  # "those who are affected may report it": nobody else is forbidden to
            fact = read_fact(part, role, rule.authority, quantities)
            if fact is None or fact.body.lower().removeprefix("the ") == rule.actor.lower().removeprefix("the "):
                continue
            if fact.fixed and role == "condition":
                if not re.match(r"(?:who|that|which|whose)\b", part, re.IGNORECASE):
                    fixed.append(part)
                continue
            if _befalls(fact, rule):
                fixed.append(part)
            elif not fact.fixed:
                facts.append(fact if rule.actor else about_thing(fact))
    return tuple(facts[:3]), tuple(fixed[:2])


def _befalls(fact: Fact, rule: Rule) -> bool:
    """An event that gives leave rather than a step to wait for: nobody takes leave "before the death of a relative"."""
    after = fact.marker in {"after", "upon", "once", "on"} and fact.clause is None and not re.search(r"\d", fact.body)
    return rule.modality == Modality.PERMISSION and fact.style == "order" and after


def _parts(text: str) -> list[str]:
    """Spans joined by " ; ", and clauses joined by "and" that can stand alone, each with its marker."""
    found: list[str] = []
    spans = [
        piece
        for span in text.split(" ; ")
        for piece in re.split(r"(?<!even)(?<!only)(?<!except),? (?=(?:if|unless|provided that|only if) \w+ \w+)", span)
    ]
    for span in (NEXT_VERB.split(span)[0].replace("if:", "if") for span in spans):
        marker, body = split_marker(span.strip())
        pieces = re.split(r",? and (?=(?:both|the|a|an|its|their|it|they|nobody|each|no) )", _BOTH.sub(r"\1 & ", body))
        pieces = [piece.replace(" & ", " and ") for piece in pieces]
        shared = re.split(r"(?:,| and|, and) (?=(?:does|do|is|are|has|have|was|were|can|costs?) )", body)
        first = parse_clause(shared[0])
        if marker and len(pieces) > 1 and all(parse_clause(piece) is not None for piece in pieces):
            found.extend(f"{marker} {piece}" for piece in pieces)
        elif marker and len(shared) > 1 and first is not None:
            found.extend(f"{marker} {piece if piece == shared[0] else f'{first.subject} {piece}'}" for piece in shared)
        elif span.strip():
            found.append(span.strip())
    return found
