"""From a rule record to its frame: the act, the facts that it turns on, and what stands beside it.

A rule whose act cannot be told without mangling it is quoted in its own words.
"""

import re
from dataclasses import replace

from generation.act_repairs import repaired
from generation.acts import act_of, articled, indefinite, resolved, without_loose_verb
from generation.approval_duties import approval_duty, both_approvals, given_here
from generation.facts import Fact
from generation.frames import Frame, is_person
from generation.framing_facts import good_reason, lifted_approval, of_the_actor, with_items
from generation.grammar import inflect_verb_phrase, one_of, readings, singular
from generation.lexicon import BODIES, PERSONS
from generation.quantities import Quantity
from generation.quotations import lead_of
from generation.quoting import quote_of
from generation.rule_facts import facts_of, idle, lifted, quantity_of
from generation.tellable import untellable
from generation.telling import one_of_all
from kg.model import Modality, Ontology, Rule


def frame_of(rule: Rule, ontology: Ontology) -> Frame:
    """The frame of ``rule``; total: every rule gives one, poor fields give a plainer one, odd ones a quoted one."""
    return replace(_told(rule, ontology), lead=lead_of(ontology, rule))


def _told(rule: Rule, ontology: Ontology) -> Frame:
    citation = _citation(rule, ontology)
    quantities = _quantities(rule)
    facts, fixed = facts_of(rule, quantities)
    needing = approval_duty(rule, citation, quantities)
    if needing is not None:
        needing = given_here(both_approvals(needing, rule, ontology), rule, ontology)
        return replace(needing, act=repaired(needing.act, rule, ontology), floor=_lowest(needing, ontology))
    facts = with_items(facts, rule, ontology, quantities)
    action = rule.action.strip()
    negative = action.lower().startswith("not ")
    action = action[4:] if negative else action
    act, verbs = act_of(rule, action)
    act = _trimmed(without_loose_verb(resolved(act, rule, ontology)), rule)
    noun = _noun(rule, act, verbs)
    if (
        negative and rule.modality == Modality.PERMISSION
    ):  # "need not disclose it" lets somebody go without disclosing it
        rest = " ".join(act.split()[verbs:])
        told = rest if action in {"require", "need"} and rest else inflect_verb_phrase(act, "ing", verbs)
        act, verbs, negative = f"go without {told}", 1, False
    limit = next((found for found in quantities if found.threshold.text in act), None)
    deadline = next((found for found in quantities if found.where == "deadline"), None)
    act = _with_additions(act, fixed)
    act = re.sub(r"\s+at any time$", "", _undescribed(act, rule))
    act = re.sub(r"\b(in|for|from|of|to|with) that (\w+)$", indefinite, act)
    act, facts = lifted_approval(act, facts, rule, quantities)
    limit = limit or next((found for found in quantities if found.threshold.text in act), None)
    act = repaired(act, rule, ontology)
    act = re.sub(r"\btheir (value|price|quality|weight)\b", r"the \1", act)
    act = one_of_all(_completed(act, verbs, limit, rule), verbs, rule)
    act, facts = _parted(act, facts, rule)
    scope = limit is not None and rule.modality != Modality.PROHIBITION and _scopes(limit)
    noun = noun if noun in act else ""
    facts = tuple(of_the_actor(fact, rule) for fact in facts)
    reasons = good_reason(negative=negative) if rule.modality == Modality.RECOMMENDATION else ()
    frame = Frame(
        rule, citation, _actor(rule), act.strip(), verbs, negative, facts, limit, deadline, noun, scope=scope,
        only=scope and rule.modality == Modality.PERMISSION,
    )  # fmt: skip
    if _odd(frame) or (rule.modality != Modality.DEFINITION and untellable(frame)):
        return replace(frame, quote=quote_of(rule), facts=reasons, limit=None, deadline=None)
    frame = replace(frame, facts=(*reasons, *facts))
    bare = rule.modality == Modality.PERMISSION and not facts and (limit is None or scope)
    return replace(frame, reserved=_reserved(rule)) if bare else frame


def _quantities(rule: Rule) -> tuple[Quantity, ...]:
    """The thresholds of ``rule`` that a case can fall on either side of."""
    return tuple(
        quantity_of(
            rule, replace(threshold, comparator="<=") if f"{threshold.text} at the latest" in rule.text else threshold
        )
        for threshold in rule.thresholds
        if threshold.comparator != "=" and f"average {threshold.text}" not in rule.text
    )


def _completed(act: str, verbs: int, limit: Quantity | None, rule: Rule) -> str:
    """The act with its advance or aim, and with articles."""
    if limit and f"{limit.threshold.text} before " in rule.text and act.endswith(limit.threshold.text):
        act = f"{act} in advance"
    aim = re.search(rf"{re.escape(' '.join(act.split()[-3:]))} (in order to [^.;,]+)", rule.text)
    if aim and rule.modality == Modality.PROHIBITION and aim.group(1) not in act:
        act = f"{act} {aim.group(1)}"  # without its aim the act may be allowed
    return articled(re.sub(r"\binstal\b", "install", act), verbs, rule)


def _parted(act: str, facts: tuple[Fact, ...], rule: Rule) -> tuple[str, tuple[Fact, ...]]:
    """Act and facts told apart: what is told as a fact does not stand in the act as well."""
    facts = tuple(fact for fact in facts if not idle(fact, rule) and not _of_another(fact, rule))
    for fact in facts:
        if fact.style in {"phrase", "order"} and f"{fact.body}" in act:
            act = act.replace(f" {fact.marker} {fact.body}", "").replace(f" {fact.body}", "")
        act = _without_start(act, f" {fact.marker} {fact.body}")
    if rule.modality == Modality.PERMISSION:
        facts = tuple(replace(fact, role="condition") if fact.marker == "if" else fact for fact in facts)
    if rule.modality == Modality.PROHIBITION:
        facts = tuple(lifted(fact) for fact in facts)
    return act, facts


_TRAILING = re.compile(r"\s(?:only|at least|for|to)$|\s(?:When|If|Where)\s|for anything done$")


def _trimmed(act: str, rule: Rule) -> str:
    """The act without words that lead on to something else, or that describe the actor."""
    if _TRAILING.search(act):
        act = re.sub(r"\s+(?:When|If|Where|only|at least|for|to|for anything done)(?: .*)?$", "", act)
    return _undescribed(act, rule)


def _undescribed(act: str, rule: Rule) -> str:
    """The act without what describes the actor: "appointed by the board"."""
    if not rule.actor:
        return act
    described = re.search(rf"\b{re.escape(rule.actor)} (\w+ed by [^,.;]+?) (?:may|must|shall|should|can)\b", rule.text)
    return act.replace(f" {described.group(1)}", "") if described else act


def _without_start(act: str, told: str) -> str:
    """``act`` without the words at its end with which ``told`` begins: an act is cut at a comma, a fact is not."""
    at = act.find(" ".join(told.split(" ")[:4]))
    return act[:at] if at > 0 and told.startswith(act[at:]) else act.replace(told, "")


def _of_another(fact: Fact, rule: Rule) -> bool:
    """Whether the fact stands in a relative clause about something else: "a number that was known before the request"."""
    pattern = rf"\b(?:that|which|who) (?:was|were|is|are) \w+ {re.escape(fact.marker)} {re.escape(fact.body)}"
    return fact.style == "order" and bool(re.search(pattern, rule.text))


_CAPITAL_OPENERS = frozenset({
    "In", "On", "At", "During", "Before", "After", "When", "If", "Where", "While", "For", "From", "Within", "Under",
    "With", "By",
})  # fmt: skip


def _with_additions(act: str, additions: tuple[str, ...]) -> str:
    """The act with the adverbials that belong to it, but for those whose first words it holds already."""
    for addition in additions:
        first = " ".join(addition.lower().rstrip(",").replace(",", "").split()[:2])
        if first not in act.lower() and not addition.lower().startswith("even"):
            opening = addition.split(maxsplit=1)[0]
            act = f"{act} {opening.lower() if opening in _CAPITAL_OPENERS else opening}{addition[len(opening) :]}"
    return act


def _reserved(rule: Rule) -> bool:
    """Whether the rule says that nobody but its actor may do it, and the actor is a certain office."""
    words = re.sub(r"^(?:the|an?)\s+", "", rule.actor, flags=re.IGNORECASE).split()
    named = bool(words) and {(singular(word) or word).lower() for word in words} & (
        BODIES | PERSONS - {"employee", "person", "people", "staff"}
    )
    return bool(named and re.match(rf"Only (?:the |an? )?{re.escape(' '.join(words))}\b", rule.text, re.IGNORECASE))


def _lowest(frame: Frame, ontology: Ontology) -> bool:
    """Whether the limit of ``frame`` is the lowest that its clause sets in that unit."""
    if frame.limit is None or frame.limit.threshold.comparator not in {">", ">="}:
        return False
    own = frame.limit.threshold
    beside = [limit for rule in ontology.rules_of_clause.get(frame.rule.clause_id, ()) for limit in rule.thresholds]
    return all(limit.value >= own.value for limit in beside if limit.unit == own.unit)


def _citation(rule: Rule, ontology: Ontology) -> str:
    clause = ontology.clause_by_id.get(rule.clause_id)
    section = ontology.section_by_id.get(rule.section_id)
    return (
        (clause.number if clause else "") or (section.number if section else "") or (section.title if section else "")
    )


def _scopes(limit: Quantity) -> bool:
    """Whether the limit tells which things a rule is about ("a gift above USD 50"), not how much it asks for."""
    threshold = limit.threshold
    if threshold.comparator == ">=":
        return False
    return threshold.comparator == ">" and (limit.money or "more than" in threshold.text or "above" in threshold.text)


_ODD_ACTORS = re.compile(
    r"^(?:it|this|that|those|these\b.*|them|such\b.*|.*\bof them|.*\bof these|somebody|the same)$", re.IGNORECASE
)
_ODD_ACTS = re.compile(
    r"\b(?:Should|such an? \w+|that (?:value|amount|sum|limit)\b|that reason|who does|to one)\b|^(?:\w+) (?:it|them|this|these|so)\b|^be\b|"
    r"\b(?:of|in|on|to|for|with|and|or|at|by|from|at least|as|the|a|only)$|\bto information\b|\bon or\b|\bor When\b| one$"
)


def _odd(frame: Frame) -> bool:
    """Whether the act cannot be told without mangling it."""
    rule = frame.rule
    if rule.modality == Modality.DEFINITION:
        return False
    bodies = " ".join(fact.body for fact in frame.facts)
    words = frame.act.split()
    bare = len(words) == 1 and not frame.facts and frame.deadline is None
    return bool(
        _ODD_ACTORS.match(rule.actor) or _ODD_ACTS.search(frame.act) or bare or re.search(r"\bsuch an? |\bor suspects$|^otherwise", bodies)
        or words[0] in {"prohibit", "forbid", "ban"} or (words[0] == "need" and rule.modality != Modality.PERMISSION)
        or (rule.action in {"not need", "not require"} and not is_person(rule.actor.rsplit(maxsplit=1)[-1] if rule.actor else "one"))
        or (words[0] in {"allow", "permit"} and rule.modality == Modality.PERMISSION)
        or (words[0] in {"require", "need", "cost"} and not re.match(r"(?:employees?|managers?|you|they)$", rule.actor, re.IGNORECASE))
        or (len(words) > 1 and frame.verbs == 1 and readings(words[1]).get("VERB") == words[1] and not {"NOUN", "ADJ", "ADV"} & set(readings(words[1])))
    )  # fmt: skip


def _noun(rule: Rule, act: str, verbs: int) -> str:
    """The object as it stands in the act, with its article; empty where it cannot be told from the rest."""
    if not rule.object or re.search(r"\b(?:on|in|of|to|for|with|and|or|at|by|from)$", rule.object):
        return ""
    after = " ".join(act.split()[verbs:])
    for phrase in (rule.object, one_of(rule.object), one_of(f"any {rule.object}")):
        bare = re.sub(r"^(?:a|an|the|any)\s+", "", phrase, flags=re.IGNORECASE)
        found = re.match(rf"(?:(?:a|an|the|any|each|every|all)\s+)?{re.escape(bare)}", after, re.IGNORECASE)
        if found:
            return found.group(0)
    return ""


def _actor(rule: Rule) -> str:
    """The actor with the definite article where the sentence has one."""
    actor = rule.actor.strip()
    if actor and re.search(rf"\bthe {re.escape(actor)}", rule.text, re.IGNORECASE):
        return f"the {actor}"
    return actor
