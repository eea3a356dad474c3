"""How a case states that a fact holds, does not hold, or is not known: a sentence, or a tail of the one with the act."""

import random
import re
from collections.abc import Mapping

from generation import approvals
from generation.cast import Cast, is_one_person, personalise
from generation.clauses import FiniteClause, parse_clause, state
from generation.facts import BEFORE, Fact
from generation.grammar import is_mass, one_of
from generation.lexicon import PERSONS


def _names_person(phrase: str) -> bool:
    """Whether ``phrase`` ("a technician who ...") names a person."""
    words = re.split(r" (?:who|that|with|of|in|from|appointed|qualified) ", phrase)[0].split()
    return bool(words) and words[-1].lower().strip(",") in PERSONS


def tell(fact: Fact, *, holds: bool, past: bool, cast: Cast, rng: random.Random) -> str:
    """One sentence (no full stop) that says whether ``fact`` holds; empty where none can be made."""
    if fact.style == "approval":
        return _tell_approval(fact, holds=holds, past=past, cast=cast, rng=rng)
    if fact.style == "quantity" and fact.quantity is not None and fact.clause is not None:
        body = fact.quantity.fill(holds=holds, rng=rng, text=fact.body)
        if "within" in fact.quantity.threshold.text:
            body = re.sub(rf"\bof (?={_SPAN})", "after ", body)
        return _tell_clause(parse_clause(body) or fact.clause, holds=True, past=past, cast=cast)
    if fact.clause is not None and fact.style == "clause":
        return _tell_clause(fact.clause, holds=holds, past=past, cast=cast)
    if fact.style == "phrase" and fact.marker in {"except", "except for", "other than"}:
        about = one_of(personalise(fact.body, cast.agent))
        if about != fact.body:  # one of them now: "a message that is a record"
            about = re.sub(
                r"\b(that|which|who|and|or) (are|have|do|were)\b", lambda found: f"{found[1]} {_ONE[found[2]]}", about
            )
            about = re.sub(r"\b((?:is|was)) (\w+)(?= and\b|$)", lambda found: f"{found[1]} {one_of(found[2])}", about)
        about = f"about {about}" if about == fact.body and not is_mass(about) else about
        return f"it {'was' if past else 'is'} {'' if holds else 'not '}{about}"
    if fact.style == "gerund":
        agent = cast.agent
        return f"{agent.subject} {agent.be(past=past)}{'' if holds else ' not'} {personalise(fact.body, agent)}{' at the time' if past else ''}"
    return ""


def _tell_clause(clause: FiniteClause, *, holds: bool, past: bool, cast: Cast) -> str:
    subject = clause.subject
    plural: bool | None = None
    lowered = subject.lower()
    if lowered in {
        "they",
        "you",
        "he or she",
        "the employee",
        "an employee",
        "employees",
        "the employees",
        "he",
        "she",
    }:
        subject, plural = cast.agent.subject, cast.agent.plural_verb or (cast.agent.first and not past)
        if cast.agent.first and clause.verb in {"is", "are", "was", "were"}:
            plural = False
    elif re.match(r"(?:a|an) ", lowered) and not holds:
        subject = "the " + subject.split(" ", 1)[1]
    personal = FiniteClause(
        personalise(subject, cast.agent),
        clause.verb,
        personalise(_OF_YOU.sub(cast.agent.object, clause.rest), cast.agent),
        clause.lemma,
    )
    told = state(personal, holds=holds, past=past, plural=plural)
    return re.sub(r"^I (?:are|is)\b", "I am", told)


_SPAN = r"\d+ (?:working |calendar )?(?:minute|hour|day|week|month|year)"
_ONE = {"are": "is", "have": "has", "do": "does", "were": "was"}
_OF_YOU = re.compile(r"^you\b")
"""The reader behind the verb of a clause: "if the law gives you more rights"."""


def _tell_approval(fact: Fact, *, holds: bool, past: bool, cast: Cast, rng: random.Random) -> str:
    positive = fact.role == "exception" or not fact.marker.startswith("without")
    written = asks_for_writing(fact)
    told = approvals.told(given=holds if positive else not holds, past=past, rng=rng, written=written)
    return _filled(told, fact, cast)


def asks_for_writing(fact: Fact) -> bool:
    """Whether only a written approval will do."""
    return bool(re.search(r"\bwrit(?:ing|ten)\b", fact.body))


def _named(text: str, names: Mapping[str, str]) -> str:
    for slot, name in names.items():
        text = text.replace(slot, name)
    return text


def _several(authority: str) -> bool:
    if re.fullmatch(r"[A-Z]\w+ and [A-Z]\w+", authority):  # one office: "Health and Safety"
        return False
    return bool(re.search(r"\band\b", authority) or re.match(r"(?:two|three|both|at least)\b", authority))


def _filled(text: str, fact: Fact, cast: Cast) -> str:
    agent = cast.agent
    if not agent.animate:  # a laser asks nobody
        text = re.sub(r"^\{s\} asked", "somebody asked", text)
    if _several(fact.authority):
        text = re.sub(r"\{X\} (does|likes|was|has)\b", lambda found: f"{{X}} {_MANY[found.group(1)]}", text)
    authority = re.sub(r"\b(?:the|an) employee's ", "their ", fact.authority.removeprefix("both "))
    if is_one_person(agent):
        authority = re.sub(r"^(?:the|an?) (?=(?:line manager|supervisor|superior)\b)", "their ", authority)
    told = text.format(
        X=personalise(authority, agent),
        s=agent.subject,
        day=cast.day,
        teller=cast.teller.split()[0],
    )
    return re.sub(r"\b(they|we|I) was\b", r"\1 were", told) if agent.plural_verb else told


_MANY = {"does": "do", "likes": "like", "was": "were", "has": "have"}


def unsaid_approval(fact: Fact, *, past: bool, doubted: bool, cast: Cast, rng: random.Random) -> str:
    """What is said where nobody knows of the approval of ``fact``; with the draws of :func:`tell`."""
    return _filled(approvals.unsaid(past=past, rng=rng, doubted=doubted), fact, cast)


def tail(fact: Fact, *, holds: bool, past: bool, cast: Cast) -> str:
    """What follows the act in the same sentence to say whether ``fact`` holds; empty where none can be made."""
    agent = cast.agent
    body = personalise(fact.body, agent)
    if fact.style == "order":
        first = fact.marker in BEFORE
        before = first if holds else not first
        told = _told_event(fact, body, past=past, cast=cast)
        if fact.marker == "until":
            return f"until {told}" if holds else f"but stopped before {told}"
        span = re.fullmatch(r"(\d+) ((?:working |calendar )?(?:minute|hour|day|week|month|year)s?)", fact.body)
        if span and not first:
            return f"after {span.group(1) if holds else max(1, int(span.group(1)) // 3)} {span.group(2)}"
        return f"{'before' if before else 'after'} {told}"
    if fact.style == "gerund":
        return f"while {body}" if holds else f"while not {body}"
    if fact.style == "phrase":
        marker = (
            fact.marker.removeprefix("only ").removeprefix("except ")
            if fact.marker.startswith(("only", "except "))
            else fact.marker
        )
        marker = "" if marker in {"only", "except", "other than"} else marker
        lead = f"{marker} {body}".strip()
        if fact.marker in {"except", "except for", "other than"}:
            return ""  # told in a sentence of its own
        if fact.marker == "only by" and _names_person(body):
            other = re.sub(r"^an? \w+ (?=who )", "one ", body)
            return f"as {body}" if holds else f"although {agent.subject} {agent.be(past=past)} not {other}"
        if marker == "without":
            return lead if holds == (fact.role == "condition") else f"with {body}"
        if not holds and marker == "as long as":
            return f"longer than {body}"
        if holds:
            return lead
        return f"but not {lead}"
    return ""


def _told_event(fact: Fact, body: str, *, past: bool, cast: Cast) -> str:
    if fact.clause is None:
        return body
    return _tell_clause(fact.clause, holds=True, past=past, cast=cast) or body
