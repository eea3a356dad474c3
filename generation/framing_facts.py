"""Facts of a permission that stand elsewhere than in its own fields: in the other items of its list, or in its act."""

import re

from generation.facts import Fact, read_fact
from generation.quantities import Quantity
from generation.rule_facts import facts_of
from kg.model import Modality, Ontology, Rule


def with_items(
    facts: tuple[Fact, ...], rule: Rule, ontology: Ontology, quantities: tuple[Quantity, ...]
) -> tuple[Fact, ...]:
    """For "may be served only if: a; b; c", where each item is a rule: the conditions of the others, which hold together."""
    lead, colon, _ = rule.text.partition(" only if:")
    if rule.modality != Modality.PERMISSION or not colon:
        return facts
    beside = [
        fact
        for other in ontology.rules
        if other.section_id == rule.section_id and other.id != rule.id and other.text.startswith(f"{lead} only if:")
        for fact in facts_of(other, quantities)[0]
    ]
    return (*facts, *(fact for fact in beside if fact not in facts))[:3]


_APPROVED = re.compile(
    r" with the (?:prior |written |prior written |express )?(?:approval|agreement|consent|permission|authori[sz]ation) of .+$"
)
_ONLY = re.compile(r"\bonly (?:under|with|for|after|through|during) [^.;,]+")


def lifted_approval(
    act: str, facts: tuple[Fact, ...], rule: Rule, quantities: tuple[Quantity, ...]
) -> tuple[str, tuple[Fact, ...]]:
    """For a permission: the approval that stands in the act, or the bound behind "only" that no field has, as a fact."""
    if rule.modality != Modality.PERMISSION:
        return act, facts
    found = _APPROVED.search(act)
    if found:
        fact = read_fact(f"only{found.group(0)}", "condition", rule.authority, quantities)
        return (act[: found.start()], (*facts, fact)) if fact else (act, facts)
    bound = _ONLY.search(rule.text)
    if facts or bound is None or bound.group(0)[:30] in act or not re.search(r"\bmay\b", rule.text[: bound.start()]):
        return act, facts
    fact = read_fact(bound.group(0), "condition", rule.authority, quantities)
    return (act, (fact,)) if fact and fact.style in {"approval", "clause", "order"} else (act, facts)
