"""Sentences that only look like rules: facts of a worked example, and table rows that repeat what a clause says."""

import re

from extraction.rules_frame import Frame
from extraction.rules_units import Unit
from kg.model import ClauseKind, Ontology, Rule
from kg.words import content


def is_of_the_case(frame: Frame, unit: Unit) -> bool:
    """Whether an example speaks of its own people and things: "she must ...", "the voucher must be returned".

    A thing with "the" and nothing that says which one is the case's own, unless the same answer brought it up before
    as any such thing ("an instruction that breaks the Code ... report the instruction").
    """
    if frame.actor.lower() in {"he", "she", "his", "her", "i"} or (frame.label == "imperative" and not frame.object):
        return True
    words = frame.object.split()
    if not words or len(words) > 2 or words[-1][0].isupper():
        return False
    definite = re.search(rf"\bthe {re.escape(frame.object)}\b", unit.text, re.IGNORECASE)
    before = unit.clause.text[: unit.start]
    answer = before[before.rfind("A:") + 2 :] if "A:" in before else ""
    brought_up = re.search(rf"\b(?:an?|any|every) (?:\w+ )?{re.escape(words[-1])}\b", answer, re.IGNORECASE)
    return bool(definite) and not brought_up


def restated(rules: tuple[Rule, ...], ontology: Ontology) -> tuple[Rule, ...]:
    """``rules`` without those of table rows that a clause of the same section states in words.

    A row restates when a sentence names the same limit and who approves it, and speaks of the same thing: "Line manager
    must approve gifts above USD 75" beside "A gift above USD 75 requires the approval of the line manager".
    """
    clauses = ontology.clause_by_id
    said = [rule for rule in rules if clauses[rule.clause_id].kind is not ClauseKind.TABLE_ROW]
    kept = []
    for rule in rules:
        if clauses[rule.clause_id].kind is ClauseKind.TABLE_ROW and any(_same(rule, one, ontology) for one in said):
            continue
        kept.append(rule)
    return tuple(kept)


def _same(row: Rule, rule: Rule, ontology: Ontology) -> bool:
    if ontology.top_section(row.section_id).id != ontology.top_section(rule.section_id).id or not row.thresholds:
        return False
    limits = {(limit.comparator, limit.value, limit.unit) for limit in rule.thresholds}
    if not {(limit.comparator, limit.value, limit.unit) for limit in row.thresholds} <= limits:
        return False
    if content(rule.authority) != content(row.actor):
        return False
    thing = content(row.object)
    return bool(set(thing[:1]) & {*content(rule.object), *content(rule.actor)})
