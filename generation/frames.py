"""A rule as the writers need it: an act that can be told and the facts that the rule turns on; and views of its act.

:func:`generation.framing.frame_of` makes it.
"""

import re
from dataclasses import dataclass, replace

from generation.clauses import parse_clause
from generation.facts import Fact
from generation.grammar import ARTICLES, head_position, inflect_verb_phrase, is_mass, plural_of, singular, with_article
from generation.lexicon import BODIES, KIN, PERSONS
from generation.quantities import Quantity, without
from kg.model import Modality, Rule


@dataclass(frozen=True, slots=True)
class Turned:
    """Of a permission or a definition told as an act against it: what the clause ``says``, and the act as a form of
    :mod:`generation.points`.
    """

    says: str
    form: str
    quoted: bool = False
    """Whether the case quotes the rule, and the act is done to it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule, ready to be told. ``act`` is a verb phrase led by a base verb; ``verbs`` counts the words of its
    action; ``negative``: the rule speaks of not doing it. ``limit`` is a quantity in the act, ``deadline`` one for
    its time; ``noun`` is the object as it stands in the act. ``quote`` is the rule in its own words, for a rule
    whose act cannot be told; ``only`` says that facts alone decide, not the bare act; ``scope``: the limit says what the
    rule is about rather than what it asks for.
    """

    rule: Rule
    citation: str
    actor: str
    act: str
    verbs: int
    negative: bool
    facts: tuple[Fact, ...]
    limit: Quantity | None = None
    deadline: Quantity | None = None
    noun: str = ""
    quote: str = ""
    only: bool = False
    scope: bool = False
    floor: bool = False
    """Below the limit nobody's approval is asked for, as far as the clause says."""
    reserved: bool = False
    """A bare permission for the actor alone: "only the press office may speak"."""
    topic: bool = False
    """The quote says what the rule is on, for a sentence that does not name it; it is no sentence itself."""
    lead: str = ""
    """The sentence before the rule's, where a quotation of the rule points back to it."""
    turned: "Turned | None" = None
    """For a rule that nobody can break by an act of its own: what the case is about instead."""

    @property
    def modality(self) -> Modality:
        return self.rule.modality

    @property
    def conditions(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.role == "condition")

    @property
    def exceptions(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.role == "exception")


def substituted(frame: Frame, old: str, new: str, *, counted: bool = True) -> Frame:
    """The frame with the words ``old`` of its act replaced by ``new``, for example *gift* by *watch*.

    The article follows: "confidential information" becomes "a price list", "gifts" becomes "watches".
    """
    plural = singular(old.rsplit(maxsplit=1)[-1]) is not None and old.lower() != new.lower()
    mass = not plural and is_mass(old)
    pattern = re.compile(rf"(?P<before>\b[\w'’]+ )?\b{re.escape(old)}\b(?!'s|’s)", re.IGNORECASE)

    def put(found: re.Match[str]) -> str:
        before = (found.group("before") or "").strip()
        if not plural and "family" in old.lower() and new.lower() in KIN:  # "promoted her mother", whose mother else?
            return f"{'' if before.lower() in ARTICLES else before} their {new}".strip()
        if plural and counted:
            return f"{before} {plural_of(new)}".strip()
        if before.lower() in {"a", "an"} or (before.lower() in {"any", "each", "every"} and counted):
            return with_article(new) if counted else new
        bare = not before or before.lower() not in ARTICLES | {"this", "that", "their", "your", "its", "his", "her"}
        if mass and counted and bare and not before.endswith(("'s", "’s")):
            return f"{before} {with_article(new)}".strip()
        return f"{before} {new}".strip()

    words = frame.act.split()
    lead, told = " ".join(words[: frame.verbs]), " ".join(words[frame.verbs :])
    facts = tuple(
        _with_body(fact, pattern.sub(put, fact.body)) if fact.style == "clause" else fact for fact in frame.facts
    )
    return replace(
        frame, act=f"{lead} {pattern.sub(put, told, count=1)}", facts=facts,
        noun=pattern.sub(put, frame.noun, count=1) if frame.noun else "",
    )  # fmt: skip


def _with_body(fact: Fact, body: str) -> Fact:
    clause = parse_clause(body) if body != fact.body else None
    return replace(fact, body=body, clause=clause) if clause is not None else fact


def is_person(word: str) -> bool:
    """Whether ``word`` names a person or a body of persons."""
    lowered = word.lower().strip(",.")
    return bool({lowered, singular(lowered) or lowered} & (PERSONS | BODIES))


def vague_act(frame: Frame) -> str:
    """The act with what it turns on left open: without its quantity."""
    if frame.limit:
        told = without(frame.act, frame.limit.threshold)
        return re.sub(rf"^((?:\S+ ){{{frame.verbs}}})of (?=\w)", r"\1some ", told)  # "have at least 11 hours of rest"
    return frame.act


def hidden_act(frame: Frame) -> str:
    """The act with "something" or "somebody" for its object; empty where that cannot be said."""
    words = frame.noun.split()
    if len(words) < 1 or words[0] in {"part", "what", "how", "who"} or frame.verbs > 1 or len(frame.act.split()) < 2:
        return ""
    put = "somebody" if is_person(words[head_position(words)]) else "something"
    told = frame.act.replace(frame.noun, put, 1)
    return without(told, frame.limit.threshold) if frame.limit else told


def deed(frame: Frame, most: int = 12) -> str:
    """The act as a noun: "copying a password". Empty for one that is quoted or of more words than ``most``, and for what is
    spared somebody.
    """
    if frame.quote or frame.act.startswith("go without "):
        return ""
    named = inflect_verb_phrase(frame.act, "ing", frame.verbs)
    return named if len(named.split()) <= most else ""
