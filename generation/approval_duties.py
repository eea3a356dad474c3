"""Rules that a thing needs somebody's approval, told as doing the thing with or without it."""

import re
from dataclasses import replace

from generation.facts import Fact
from generation.frames import Frame
from generation.grammar import ARTICLES, is_mass, one_of, with_article
from generation.quantities import Quantity
from kg.model import Modality, Ontology, Rule

_VERBS_FOR = (
    (r"\bgiven\b|\bdonat", "give"), (r"\bgift|hospitality|prize|fee\b", "accept"), (r"payment|donation|transfer|purchase", "make"),
    (r"contract|agreement", "sign"), (r"discount", "offer"), (r"order", "place"), (r"overtime", "work"), (r"correction", "make"),
)  # fmt: skip


def approval_duty(rule: Rule, citation: str, quantities: tuple[Quantity, ...]) -> Frame | None:
    """A rule that a thing needs somebody's approval, told as doing the thing with or without it; else None.

    "Hospitality above USD 120 requires the approval of the line manager", "The line manager must approve gifts
    received if the value is above USD 75".
    """
    giver, thing = _giver_and_thing(rule)
    if not giver or not thing or re.match(r"(?:it|this|that|they)\b", thing, re.IGNORECASE):
        return None
    thing = re.sub(r"\s+(?:received|given)$", "", thing[0].lower() + thing[1:]).split(";")[-1].strip()
    limit = next((found for found in quantities if found.threshold.text in thing), None)
    if limit is None:
        limit = next((found for found in quantities if found.threshold.text in rule.condition), None)
        thing = f"{thing} {limit.threshold.text}" if limit else thing
        limit = replace(limit, phrase=thing) if limit else None
    verb = next(
        (verb for pattern, verb in _VERBS_FOR if re.search(pattern, f"{rule.object} {rule.actor}", re.IGNORECASE)),
        "go ahead with",
    )
    thing = re.sub(r"^purchase value\b", "purchase", thing)
    lone = one_of(thing)
    if lone == thing and thing.split()[0] not in ARTICLES and not is_mass(thing):
        lone = with_article(thing)
    giver = _with_article(giver)
    fact = Fact("condition", "approval", "only with", f"the approval of {giver}", authority=giver)
    noun = re.split(r" (?:of|above|below|up to|over|to) ", lone)[0]
    return Frame(
        replace(rule, modality=Modality.PERMISSION), citation, "", f"{verb} {lone}", len(verb.split()), False, (fact,), limit,
        None, noun, only=True, scope=True,
    )  # fmt: skip


_BESIDES = re.compile(r"\bas well\b|\balso (?:requires?|needs?)\b|\bin addition\b", re.IGNORECASE)


def both_approvals(frame: Frame, rule: Rule, ontology: Ontology) -> Frame:
    """``frame`` with the approval that is asked for besides: "above USD 120 requires the approval of the line manager, and above
    USD 400 that of the Ethics Office as well" asks for both above USD 400; and so it does without "as well", for what is above
    USD 400 is above USD 120 too.
    """
    if frame.limit is None:
        return frame
    lower = [
        _with_article(giver)
        for other in ontology.rules_of_clause.get(rule.clause_id, ())
        if other.text == rule.text and other.id != rule.id and (giver := _giver_and_thing(other)[0])
        if _reaches(other, frame.limit.threshold.value, besides=bool(_BESIDES.search(rule.text)))
    ]
    if not lower:
        return frame
    fact = frame.facts[0]
    givers = f"{lower[0]} and {fact.authority}"
    return replace(frame, facts=(replace(fact, body=f"the approval of {givers}", authority=givers),))


def given_here(frame: Frame, rule: Rule, ontology: Ontology) -> Frame:
    """``frame`` of a gift as giving where its clause speaks of giving: "A gift above USD 75 requires ..." under "Giving gifts"."""
    if not frame.act.startswith("accept "):
        return frame
    section = next((one for one in ontology.sections if one.id == rule.section_id), None)
    acts = {other.action for other in ontology.rules_of_clause.get(rule.clause_id, ())}
    titled = section is not None and re.search(r"\b(?:giv(?:e|ing)|offering)\b", section.title, re.IGNORECASE)
    taken = "accept" in acts or (
        section is not None and re.search(r"\b(?:accept|receiv)", section.title, re.IGNORECASE)
    )
    if taken or not (titled or acts & {"give", "offer"}):
        return frame
    return replace(frame, act=frame.act.replace("accept", "give", 1))


def _reaches(lower: Rule, value: float, *, besides: bool) -> bool:
    """Whether what is above ``value`` is above the limit of ``lower`` too, with no upper end before it."""
    limits = lower.thresholds
    unbounded = bool(limits) and all(limit.comparator in {">", ">="} for limit in limits)
    return any(limit.value < value for limit in limits) and (besides or unbounded)


def _with_article(giver: str) -> str:
    """A giver as a sentence speaks of it."""
    if re.match(r"the |Finance|two ", giver):
        return giver
    return f"the {giver[0].lower() + giver[1:] if giver[:1].isupper() and giver.rsplit(maxsplit=1)[-1].islower() else giver}"


def _giver_and_thing(rule: Rule) -> tuple[str, str]:
    """Who approves and what, both empty where the rule is not of this sort."""
    if rule.modality != Modality.OBLIGATION:
        return "", ""
    if rule.action in {"require", "need"} and re.search(r"\bapproval\b", rule.object):
        found = re.search(r"approval of (.+)", rule.object)
        giver = re.split(r"(?: and)? at least | and that ", found.group(1))[0] if found else ""
        thing = rule.actor
    elif rule.action == "approve" and rule.actor and not re.search(r"^(?:you|they|we)$", rule.actor, re.IGNORECASE):
        giver, thing = rule.actor, rule.object
    else:
        return "", ""
    whole = re.match(r"(?:An? |The )?(.{3,110}?)\s+(?:requires?|needs?)\b", rule.text)
    if (
        rule.action in {"require", "need"}
        and whole
        and thing.lower() in whole.group(1).lower()
        and not re.search(r"[,;:]|\b(?:must|may|shall|should)\b", whole.group(1))
    ):
        thing = whole.group(1)
    described = re.search(
        rf"\b({re.escape(thing)} (?:by|to|from|with|in) [^,;:]{{3,50}}?) (?:requires?|needs?)\b", rule.text
    )
    return giver, described.group(1) if described and thing in rule.text else thing
