"""The facts that a rule turns on, read from its conditions and exceptions.

A fact is a condition, an exception, a required approval, a quantity or an order of events; how a case tells it is in
:mod:`generation.facts_told`.
"""

import re
from dataclasses import dataclass, replace

from generation.clauses import FiniteClause, parse_clause
from generation.grammar import is_gerund, is_participle, readings, verb_form
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
_CLAUSAL = frozenset([
    "if", "when", "where", "whenever", "wherever", "unless", "provided", "while", "provided that", "providing that",
    "only if", "only when", "only where", "as long as", "so long as", "in case", "for as long as", "except where",
    "except when", "except if", "on condition that", "on the condition that", "in the event that", "in cases where",
    "insofar as", "only insofar as", "to the extent that", "except that", "only on condition that", "even if",
    "only to the extent that",
])  # fmt: skip
BEFORE = frozenset({"before", "prior to", "until"})
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
    gerund, phrase, approval, order, quantity. ``fixed``: nothing turns on it.
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
            return f"whether this comes {'before' if self.marker in BEFORE else 'after'} {self.body}"
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
    text = re.sub(r"^(after \d+ \w+) at the latest$", r"no later than \1", text)
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
    if quantity is not None and marker in {"during", "while", "for", "in", "with"}:
        body = quantity.placed_in(body)  # "an absence of 4 weeks"
    clause = parse_clause(body)
    if marker in BEFORE | _AFTER:
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
    if (
        clause is not None and len(clause.subject.split()) > 2
    ):  # a verb further on: "who plans to hire a person known to have"
        clause = None
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
        words = re.split(
            r"\b(?:before|and (?![A-Z])|or|if|in|for|that|who|which|when|is|are|has|have|on|at)\b", found.group(1)
        )[0].strip(" ,")
        return words if re.fullmatch(r"[A-Z]\w+ and [A-Z]\w+", words) else _with_the(words)
    clause = parse_clause(body)
    active = (
        clause is not None
        and not re.match(r"(?:this|these|that)\b", clause.subject.lower())
        and "been" not in clause.rest
        and clause.verb not in {"is", "are", "was", "were"}
    )
    if clause is not None and active and _APPROVAL.search(f"{clause.verb} {clause.rest}"):
        return _with_the(clause.subject)
    if authority and _APPROVAL.search(body):
        return _with_the(authority) if f"the {authority}" in body or not authority[:1].isupper() else authority
    return ""


def _with_the(name: str) -> str:
    """``name`` with a determiner."""
    first = name.split(maxsplit=1)[0].lower() if name else ""
    if not name or first in {"the", "their", "your", "a", "an", "his", "her", "its", "our", "both", "each"}:
        return re.sub(r"^(?:a|an)\b", "the", name, flags=re.IGNORECASE)
    return f"the {name}"
