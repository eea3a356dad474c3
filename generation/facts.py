"""The facts that a rule turns on, and how a case states that one holds, does not hold, or is not settled.

A fact comes from a condition, an exception, a required approval, a quantity or an order of events. Each renders to
whole sentences or to a tail of the sentence that tells the act; the label never decides which kind is used.
"""

import random
import re
from dataclasses import dataclass, replace

from generation.cast import Cast, personalise
from generation.grammar import FiniteClause, is_gerund, is_participle, parse_clause, readings, state, verb_form
from generation.lexicon import PERSONS
from generation.quantities import Quantity

MARKERS = (
    "only to the extent that", "on the condition that", "on condition that", "to the extent that", "in the event that",
    "only on condition that", "in cases where", "provided that", "providing that", "only insofar as", "insofar as",
    "as long as", "so long as", "for as long as", "except where", "except when", "except if", "except that",
    "except after", "except for", "except in", "except by", "except to", "except on", "except with", "other than",
    "in the event of", "in the case of", "in case of", "prior to", "as soon as", "even if", "only after", "only if",
    "only when", "only where", "only with", "only for", "only in", "only upon", "only on", "only to", "only by",
    "only under", "only from", "only as", "not before", "if only", "in case", "provided", "whenever", "wherever",
    "unless", "except", "without", "before", "after", "until", "during", "while", "where", "when", "once", "upon",
    "if", "only",
)  # fmt: skip
_CLAUSAL = frozenset(
    [
        "if",
        "when",
        "where",
        "whenever",
        "wherever",
        "unless",
        "provided",
        "while",
        "provided that",
        "providing that",
        "only if",
        "only when",
        "only where",
        "as long as",
        "so long as",
        "in case",
        "for as long as",
        "except where",
        "except when",
        "except if",
        "on condition that",
        "on the condition that",
        "in the event that",
        "in cases where",
        "insofar as",
        "only insofar as",
        "to the extent that",
        "except that",
        "only on condition that",
        "even if",
        "only to the extent that",
    ]
)
_BEFORE = frozenset({"before", "prior to", "until"})
_AFTER = frozenset({"only after", "after", "once", "upon", "only upon", "as soon as", "not before"})
_APPROVAL = re.compile(
    r"\b(approv\w*|consent\w*|permission|authori[sz]\w*|sign-?off|clearance|cleared|agreed|agreement|agrees|allows it|signed off)\b",
    re.IGNORECASE,
)
_GIVER = re.compile(
    r"\b(?:approval|consent|permission|authori[sz]ation|sign-?off|clearance|agreement|approved|authori[sz]ed|cleared)\s+"
    r"(?:in writing |in advance |beforehand )?(?:of|from|by)\s+((?:the |their |your |his or her |a |an |an employee's )?[\w'’-]+(?: [\w'’-]+){0,4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that must be known. ``role`` is condition or exception; ``style`` how it renders: clause,
    gerund, phrase, approval, order, quantity. ``matter`` finishes the sentence "it depends on whether ...".
    """

    role: str
    style: str
    marker: str
    body: str
    clause: FiniteClause | None = None
    authority: str = ""
    quantity: Quantity | None = None
    fixed: bool = False

    @property
    def matter(self) -> str:
        """What an asker has to find out, after "depends on"."""
        if self.style == "quantity" and self.quantity is not None:
            return self.quantity.matter
        if self.style == "approval" and self.authority:
            return f"whether {self.authority} approved it"
        if self.style == "order":
            return f"whether this comes {'before' if self.marker in _BEFORE else 'after'} {self.body}"
        if self.clause is not None:
            return f"whether {self.body}"
        if self.style == "gerund":
            return f"whether this happens while {self.body}"
        return f"whether this is {self.marker} {self.body}".replace(" only ", " ").strip()


def about_thing(fact: Fact) -> Fact:
    """The fact of a rule without an actor, where "they" is the thing: told of one thing as "it"."""
    if not re.search(r"\b(?:they|their|them)\b", fact.body, re.IGNORECASE):
        return fact
    body = re.sub(r"\btheir\b", "its", re.sub(r"\bthem\b", "it", fact.body, flags=re.IGNORECASE), flags=re.IGNORECASE)
    if fact.clause is not None and fact.clause.subject.lower() == "they":
        verb = (
            verb_form(fact.clause.lemma, "s3")
            if fact.clause.lemma
            else {"are": "is", "have": "has", "do": "does", "were": "was"}.get(fact.clause.verb, fact.clause.verb)
        )
        rest = re.sub(r"\btheir\b", "its", fact.clause.rest)
        return replace(fact, body=f"it {verb} {rest}".strip(), clause=FiniteClause("it", verb, rest, fact.clause.lemma))
    clause = parse_clause(body) if fact.clause is not None else None
    return replace(fact, body=body, clause=clause or fact.clause)


def is_person_named(phrase: str) -> bool:
    """Whether ``phrase`` ("a technician who ...") names a person."""
    words = re.split(r" (?:who|that|with|of|in|from|appointed|qualified) ", phrase)[0].split()
    return bool(words) and words[-1].lower().strip(",") in PERSONS


def split_marker(text: str) -> tuple[str, str]:
    """The marker that opens ``text`` (lower case, may be empty) and what follows it."""
    lowered = text.lower()
    for marker in MARKERS:
        if lowered.startswith(marker + " "):
            return marker, text[len(marker) :].strip(" ,")
    return "", text.strip(" ,")


def read_fact(text: str, role: str, authority: str, quantities: tuple[Quantity, ...]) -> Fact | None:
    """The fact that a condition or an exception states, or None where nothing can be said about it."""
    text = re.sub(r"\s+", " ", text).strip(" ,;.:")
    text = re.sub(r",? (?:whatever|however|and even|not even)\b.*", "", text)
    if (
        len(text.split()) < 2
        or len(text.split()) > 28
        or re.match(r"even\b|whatever\b|regardless\b|in any\b", text, re.IGNORECASE)
    ):
        return None
    relative = re.match(r"(?:who|that) (.+)", text, re.IGNORECASE)
    if relative:
        return _about_actor(relative.group(1), role)
    marker, body = split_marker(text)
    body = re.sub(
        r"\s+(?:and|or)$|\s+or (?=can |is |are |has |have |will |does |do |receives |owns |works ).*$", "", body
    )
    body = re.split(r",? (?:except (?:that|where|when|for|if)|so that)\b", body)[0]
    if marker in _AFTER:
        body = re.sub(r"^(\d+ \w+) and .*", r"\1", body)
    if not body or body.lower() in MARKERS or (not marker and text.lower() in MARKERS):
        return None
    body = body[0].lower() + body[1:] if body[:1].isupper() and body.split()[0].lower() in _OPENERS else body
    quantity = next((found for found in quantities if found.threshold.text and found.threshold.text in body), None)
    giver = _giver(body, authority)
    if quantity is not None:
        placed = quantity.placed_in(body)
        clause = parse_clause(placed)
        if marker in _CLAUSAL and clause is not None:
            return Fact(role, "quantity", marker, body, clause, quantity=quantity)
    if giver and _APPROVAL.search(body) and marker and len(body.split()) <= 16:
        return Fact(role, "approval", marker, body, authority=giver)
    clause = parse_clause(body)
    if marker in _BEFORE | _AFTER:
        return Fact(role, "order", marker, body, clause)
    if marker in _CLAUSAL and clause is not None:
        return Fact(role, "clause", marker, body, clause)
    first = body.split()[0] if body else ""
    if is_gerund(first) and marker in {"when", "while", "if", "in", ""}:
        return Fact(role, "gerund", marker, body)
    if marker in _CLAUSAL and is_participle(first):
        return Fact(role, "phrase", marker, body)
    if marker in _CLAUSAL:
        return Fact(role, "phrase", marker, body, fixed=True)
    return Fact(role, "phrase", marker, body, fixed=not marker)


def _about_actor(text: str, role: str) -> Fact | None:
    """What a who-clause says of the actor, as a clause about "they"."""
    clause = parse_clause(f"they {text}")
    word = text.split(maxsplit=1)[0].lower()
    if clause is None and readings(word).get("VERB", word) != word:
        clause = FiniteClause("they", word, " ".join(text.split()[1:]), readings(word)["VERB"])
    if clause is None:
        return None
    verb = clause.lemma or {"is": "are", "has": "have", "was": "were", "does": "do"}.get(clause.verb, clause.verb)
    clause = FiniteClause("they", verb, clause.rest, clause.lemma)
    return Fact(role, "clause", "if", f"they {verb} {clause.rest}".strip(), clause)


_OPENERS = frozenset(
    ["a", "an", "the", "they", "it", "if", "when", "where", "their", "its", "any", "such", "this", "these"]
)


def _giver(body: str, authority: str) -> str:
    """Who gives the approval that ``body`` speaks of, with an article, or empty."""
    found = _GIVER.search(body)
    if found and _APPROVAL.search(body):
        words = re.split(r"\b(?:before|and|or|if|in|for|that|who|which|when|is|are|has|have|on|at)\b", found.group(1))[
            0
        ]
        return with_the(words.strip(" ,"))
    clause = parse_clause(body)
    active = (
        clause is not None
        and not re.match(r"(?:this|these|that)\b", clause.subject.lower())
        and "been" not in clause.rest
        and clause.verb not in {"is", "are", "was", "were"}
    )
    if clause is not None and active and _APPROVAL.search(f"{clause.verb} {clause.rest}"):
        return with_the(clause.subject)
    if authority and _APPROVAL.search(body):
        return with_the(authority)
    return ""


def with_the(name: str) -> str:
    """``name`` with a determiner."""
    first = name.split(maxsplit=1)[0].lower() if name else ""
    if not name or first in {"the", "their", "your", "a", "an", "his", "her", "its", "our", "both", "each"}:
        return re.sub(r"^(?:a|an)\b", "the", name, flags=re.IGNORECASE)
    return f"the {name}"


def tell(fact: Fact, *, holds: bool, past: bool, cast: Cast, rng: random.Random) -> str:
    """One sentence (no full stop) that says whether ``fact`` holds; empty where none can be made."""
    if fact.style == "approval":
        return _tell_approval(fact, holds=holds, past=past, cast=cast, rng=rng)
    if fact.style == "quantity" and fact.quantity is not None and fact.clause is not None:
        body = fact.quantity.fill(holds=holds, rng=rng, text=fact.body)
        return _tell_clause(parse_clause(body) or fact.clause, holds=True, past=past, cast=cast)
    if fact.clause is not None and fact.style == "clause":
        return _tell_clause(fact.clause, holds=holds, past=past, cast=cast)
    if fact.style == "phrase" and fact.marker in {"except", "except for", "other than"}:
        return f"it {'was' if past else 'is'} {'' if holds else 'not '}a case of {personalise(fact.body, cast.agent)}"
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
        personalise(subject, cast.agent), clause.verb, personalise(clause.rest, cast.agent), clause.lemma
    )
    told = state(personal, holds=holds, past=past, plural=plural)
    return re.sub(r"^I (?:are|is)\b", "I am", told)


# An approval given and refused are told in like words; the third of each row says neither.
_PAST = (
    ("{X} was asked beforehand and agreed", "{X} was asked beforehand and refused", "{X} was asked beforehand"),
    ("{X} approved it beforehand", "{X} approved it only afterwards", "{X} saw it afterwards"),
    ("{X} agreed to it beforehand", "{X} agreed to it only afterwards", "{X} was told afterwards"),
    ("{X} did not see a problem and approved it", "{X} saw a problem and did not approve it", "{X} saw it"),
    ("{X} looked at it and signed it off", "{X} looked at it and never signed it off", "{X} looked at it"),
    ("{X} was not in the office but had approved it in writing", "{X} was in the office but had not approved it in writing", "{X} was in the office"),
    ("{X} gave the green light the day before", "{X} gave the green light only afterwards", "{X} saw it the day before"),
    ("{s} put it to {X} first, and the answer was yes", "{s} put it to {X} first, and the answer was no", "{s} put it to {X} first"),
    ("{X} had said yes in an e-mail", "{X} had said no in an e-mail", "{X} had had an e-mail about it"),
    ("{s} had the written consent of {X}", "{s} did not say a word to {X}", ""),
)  # fmt: skip
_NOW = (
    ("{X} does not see a problem and has approved it", "{X} sees a problem and has not approved it", "{X} has seen it"),
    ("{X} has looked at it and signed it off", "{X} has looked at it and not signed it off", "{X} has looked at it"),
    ("{X} does not mind and has agreed in writing", "{X} has not agreed in writing", ""),
    ("{s} asked {X} {day}, and the answer was yes", "{s} asked {X} {day}, and the answer was no", "{s} asked {X} {day}"),
    ("{X} said yes in an e-mail {day}", "{X} said no in an e-mail {day}", "{X} had an e-mail about it {day}"),
    ("{X} has the papers and has signed it off", "{X} has the papers and has said no", "{X} has the papers"),
    ("{s} {have} already got a yes from {X}", "{s} {do} not intend to ask {X}", ""),
)  # fmt: skip


def _tell_approval(fact: Fact, *, holds: bool, past: bool, cast: Cast, rng: random.Random) -> str:
    positive = fact.role == "exception" or not fact.marker.startswith("without")
    given = holds if positive else not holds
    return _filled(rng.choice(_PAST if past else _NOW)[0 if given else 1], fact, cast)


def _filled(text: str, fact: Fact, cast: Cast) -> str:
    agent = cast.agent
    return text.format(
        X=personalise(fact.authority, agent), s=agent.subject, day=cast.day, do=agent.do(), have=agent.have()
    )


def remark_of_approval(cast: Cast, giver: str, *, past: bool, rng: random.Random) -> str:
    """That somebody of no say in the matter, ``giver``, said yes or no to it, or neither: in the words of :func:`tell`."""
    rows = [
        row
        for row in (_PAST if past else _NOW)
        if not re.search(r"writ|problem|papers|green|looked|office|a word", "".join(row))
    ]
    text = rng.choice([told for told in rng.choice(rows) if told])
    return _filled(text, Fact("condition", "approval", "", "", authority=giver), cast)


def asked_only(fact: Fact, *, past: bool, cast: Cast, rng: random.Random) -> str:
    """Where :func:`tell` speaks of an approval with the same draw: its words as far as they say neither yes nor no."""
    return _filled(rng.choice(_PAST if past else _NOW)[2], fact, cast)


def tail(fact: Fact, *, holds: bool, past: bool, cast: Cast) -> str:
    """What follows the act in the same sentence to say whether ``fact`` holds; empty where none can be made."""
    agent = cast.agent
    body = personalise(fact.body, agent)
    if fact.style == "order":
        first = fact.marker in _BEFORE
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
        if fact.marker == "only by" and is_person_named(body):
            return f"as {body}" if holds else f"although {agent.subject} {agent.be(past=past)} not {body}"
        if marker == "without":
            return lead if holds == (fact.role == "condition") else f"with {body}"
        return lead if holds else f"but not {lead}"
    return ""


def _told_event(fact: Fact, body: str, *, past: bool, cast: Cast) -> str:
    if fact.clause is None:
        return body
    return _tell_clause(fact.clause, holds=True, past=past, cast=cast) or body
