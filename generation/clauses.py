"""Finite clauses of English: a clause split at its verb, and stated again, affirmed or denied, in another tense.

There is no parser in this room: a clause is split at its first finite verb by the dictionary, and what cannot be split
is left whole (None), so that the caller falls back on a construction that needs no analysis.
"""

import re
from dataclasses import dataclass, replace

from generation.grammar import (
    DETERMINERS,
    PREPOSITIONS,
    is_gerund,
    is_participle,
    readings,
    singular,
    verb_form,
    with_article,
)

_AUXILIARIES = {
    "is": "was", "are": "were", "am": "was", "was": "was", "were": "were", "has": "had", "have": "had", "had": "had",
    "can": "could", "could": "could", "may": "might", "might": "might", "will": "would", "would": "would",
    "should": "should", "does": "did", "do": "did", "did": "did", "cannot": "could not",
}  # fmt: skip
_OBLIGED = {"must", "shall"}
_BE = {"is", "are", "am", "was", "were"}
_NOT_VERBS = frozenset(["supplier", "payment", "other", "within", "outside", "before", "after"])


@dataclass(frozen=True, slots=True)
class FiniteClause:
    """Subject, finite verb and rest of a simple clause; ``lemma`` is the verb's, empty for an auxiliary."""

    subject: str
    verb: str
    rest: str
    lemma: str = ""


def parse_clause(text: str) -> FiniteClause | None:
    """``text`` split at its finite verb, or None where the dictionary does not settle which word that is."""
    words = text.split()
    for index in range(1, min(len(words), 14)):
        word = words[index].lower().strip(",")
        before = " ".join(words[:index])
        if word in _AUXILIARIES or word in _OBLIGED:
            return FiniteClause(before, word, " ".join(words[index + 1 :]))
        if word in {"which", "who", "whose"} or (word == "that" and _relative(words[index + 1 : index + 2])):
            return None
    for index in range(1, min(len(words), 12)):
        word = words[index].lower().strip(",")
        found = readings(word)
        if "VERB" not in found or word in _NOT_VERBS or is_gerund(word):
            continue
        if _agrees(words[:index], word, found, words[index + 1 :]):
            return FiniteClause(" ".join(words[:index]), word, " ".join(words[index + 1 :]), found["VERB"])
    return None


def _relative(following: list[str]) -> bool:
    """Whether "that" before ``following`` opens a relative clause rather than points at a noun."""
    if not following:
        return True
    found = readings(following[0])
    return following[0].lower() in DETERMINERS | _AUXILIARIES.keys() | {"they", "you", "we"} or "NOUN" not in found


def _agrees(before: list[str], word: str, found: dict[str, str], after: list[str]) -> bool:
    """Whether ``word`` can be the finite verb after the subject ``before``."""
    last = before[-1].lower()
    if last in DETERMINERS - {"it", "one", "anyone", "someone", "something", "anything", "this", "that", "these"}:
        return False
    if last in PREPOSITIONS or last in {"and", "or"}:
        return False
    third = word.endswith("s") and found["VERB"] != word
    past = not third and found["VERB"] != word
    plural = last in {"they", "you", "we", "i"} or singular(last) is not None
    if third:
        if "NOUN" in found and not after:
            return False
        return "NOUN" not in found or not plural
    if past:
        return False
    return plural and ("NOUN" not in found or last in {"they", "you", "we", "i"})


def state(clause: FiniteClause, *, holds: bool, past: bool = True, plural: bool | None = None) -> str:
    """The clause as a statement, affirmed or denied, in the past or the present; no full stop.

    ``plural`` overrides the number of the verb, for a subject that was replaced.
    """
    if not holds and clause.subject.lower() in {"nobody", "no one"}:
        return state(replace(clause, subject="somebody"), holds=True, past=past, plural=False)
    if not holds and clause.subject.lower().startswith("neither "):
        return state(replace(clause, subject=f"one {clause.subject[8:]}"), holds=True, past=past, plural=False)
    if not clause.lemma:
        return _state_auxiliary(clause, holds=holds, past=past, plural=plural)
    if clause.lemma == "exist" and not clause.rest:
        return _existing(clause, holds=holds, past=past)
    rest = f" {clause.rest}" if clause.rest else ""
    many = plural if plural is not None else not clause.verb.endswith("s")
    rest = _with_second_verb(rest, clause, ("past" if past else "base" if many else "s3") if holds else "base")
    if holds:
        verb = verb_form(clause.lemma, "past" if past else ("base" if many else "s3"))
        return f"{clause.subject} {verb}{rest}"
    helper = "did" if past else ("do" if many else "does")
    return f"{clause.subject} {helper} not {clause.lemma}{_negated(rest)}"


def _existing(clause: FiniteClause, *, holds: bool, past: bool) -> str:
    """Such as "there was no documented suspicion" for "a documented suspicion did not exist"."""
    thing = re.sub(r"^(?:an?|the) ", "", clause.subject)
    many = not clause.verb.endswith("s")
    verb = ("were" if many else "was") if past else ("are" if many else "is")
    named = "no " + thing if not holds else thing if many else with_article(thing)
    return f"there {verb} {named}"


def _with_second_verb(rest: str, clause: FiniteClause, form: str) -> str:
    """``rest`` with a verb joined to the first in ``form``: "knows of or suspects a breach"."""
    found = re.match(r"((?: \w+)? (?:or|and)) (\w+) (?=(?:an?|the|this|that|any|it) )", f"{rest} ")
    lemma = readings(found.group(2)).get("VERB", "") if found else ""
    if found and found.group(2).endswith("s") != clause.verb.endswith("s"):
        return rest
    return f"{found.group(1)} {verb_form(lemma, form)}{rest[found.end() - 1 :]}" if found and lemma else rest


def _state_auxiliary(clause: FiniteClause, *, holds: bool, past: bool, plural: bool | None) -> str:
    verb, rest = clause.verb, clause.rest
    words = rest.split()
    if verb in _OBLIGED:
        return f"{clause.subject} {'had' if holds else 'did not have'} to {rest}"
    if verb in _BE:
        many = plural if plural is not None else verb in {"are", "were"}
        verb = ("were" if many else "was") if past else ("are" if many else "is")
    elif verb in {"has", "have", "had"}:
        return _state_have(clause, words, holds=holds, past=past, plural=plural)
    elif past:
        verb = _AUXILIARIES[verb]
    if words and words[0] == "not":
        rest, holds = " ".join(words[1:]), not holds
    if verb == "could not":
        verb, holds = "could", not holds
    if holds and verb in {"do", "does", "did"} and rest:  # "does not compete", turned round
        first, *more = rest.split()
        form = "past" if verb == "did" else "s3" if verb == "does" else "base"
        return " ".join([clause.subject, verb_form(first, form), *more])
    if holds:
        return f"{clause.subject} {verb} {rest}".strip()
    if clause.subject.lower() == "there" and rest.split()[:1] and rest.split()[0] in {"a", "an", "any", "some"}:
        return f"{clause.subject} {verb} no {' '.join(rest.split()[1:])}"
    return f"{clause.subject} {verb} not{_negated(f' {rest}')}".strip()


def _state_have(clause: FiniteClause, words: list[str], *, holds: bool, past: bool, plural: bool | None) -> str:
    if words and words[0] == "not":
        words, holds = words[1:], not holds
    rest = " ".join(words)
    many = plural if plural is not None else clause.verb == "have"
    helper = "had" if past else ("have" if many else "has")
    perfect = bool(words) and (is_participle(words[0]) or words[0] == "been")
    if holds:
        return f"{clause.subject} {helper} {rest}"
    if perfect:
        return f"{clause.subject} {helper} not{_negated(' ' + rest)}"
    return f"{clause.subject} {'did' if past else 'do' if many else 'does'} not have{_negated(' ' + rest)}"


def _negated(rest: str) -> str:
    """``rest`` under a negation: already and some change their form."""
    rest = re.sub(r"\b(already|also) ", "", rest)
    return re.sub(r"\bsome\b", "any", rest)
