"""Facts that stand elsewhere than in a rule's own fields: in the other items of its list, in its act, or in its modality."""

import re
from dataclasses import replace

from generation.clauses import FiniteClause, parse_clause
from generation.facts import Fact, read_fact
from generation.grammar import singular
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


def good_reason(*, negative: bool) -> tuple[Fact, ...]:
    """What a recommendation turns on: it binds but for a good reason against it (as "should" does in RFC 2119)."""
    body = f"there is a good reason {'' if negative else 'not '}to do it"
    return (Fact("exception", "clause", "unless", body, parse_clause(body)),)


_NUMBERED = {"is": "are", "has": "have", "was": "were", "does": "do"}


def of_the_actor(fact: Fact, rule: Rule) -> Fact:
    """A fact about the rule's own actor ("if Partner provides endpoints") as one about "they", who is the one in the case."""
    clause = fact.clause
    if clause is None or not rule.actor or _name(clause.subject) != _name(rule.actor):
        return fact
    verb = clause.lemma or _NUMBERED.get(clause.verb, clause.verb)
    return replace(
        fact, body=f"they {verb} {clause.rest}".strip(), clause=FiniteClause("they", verb, clause.rest, clause.lemma)
    )


def _name(phrase: str) -> str:
    words = re.sub(r"^(?:the|an?|any|each|every|all)\s+", "", phrase.strip().lower()).split()
    return " ".join([*words[:-1], singular(words[-1]) or words[-1]]) if words else ""
