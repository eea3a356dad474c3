"""Surface grammar of English for the writers: verb forms, agreement, articles, finite clauses.

Inflection is lemminflect's, articles and plurals are inflect's. There is no parser in this room: a clause is
split at its first finite verb by the dictionary, and what cannot be split is left whole (None), so that the caller
falls back on a construction that needs no analysis.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

Form = str
"""One of base, past, ing, pp, s3."""

_TAGS = {"base": "VB", "past": "VBD", "ing": "VBG", "pp": "VBN", "s3": "VBZ"}
_AUXILIARIES = {
    "is": "was", "are": "were", "am": "was", "was": "was", "were": "were", "has": "had", "have": "had", "had": "had",
    "can": "could", "could": "could", "may": "might", "might": "might", "will": "would", "would": "would",
    "should": "should", "does": "did", "do": "did", "did": "did", "cannot": "could not",
}  # fmt: skip
_OBLIGED = {"must", "shall"}
_BE = {"is", "are", "am", "was", "were"}
_PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "from",
        "for",
        "with",
        "by",
        "about",
        "against",
        "between",
        "among",
        "into",
        "onto",
        "over",
        "under",
        "through",
        "during",
        "before",
        "after",
        "without",
        "within",
        "outside",
        "inside",
        "via",
        "per",
        "as",
        "than",
        "that",
        "which",
        "who",
        "whose",
        "whom",
        "where",
        "when",
        "while",
        "if",
        "unless",
        "until",
        "because",
        "including",
        "such",
        "concerning",
        "regarding",
        "relating",
        "worth",
        "exceeding",
        "above",
        "below",
        "beyond",
        "towards",
        "toward",
        "upon",
        "across",
        "like",
        "other",
    ]
)
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "any",
        "each",
        "every",
        "no",
        "some",
        "all",
        "this",
        "that",
        "these",
        "those",
        "my",
        "his",
        "her",
        "its",
        "our",
        "their",
        "your",
        "another",
        "either",
        "both",
        "several",
        "many",
        "few",
        "more",
        "most",
        "two",
        "three",
        "four",
        "five",
        "six",
        "such",
        "one",
        "anyone",
        "anything",
        "someone",
        "something",
        "it",
        "them",
    ]
)
_UNCOUNTED = frozenset(
    [
        "business",
        "premises",
        "news",
        "series",
        "goods",
        "proceeds",
        "earnings",
        "savings",
        "ethics",
        "politics",
        "economics",
        "logistics",
        "means",
        "headquarters",
        "access",
        "process",
        "address",
        "sales",
        "works",
        "arms",
        "funds",
        "assets",
        "minutes",
        "terms",
        "credentials",
        "data",
        "facts",
        "details",
        "wages",
        "clothes",
        "belongings",
        "contents",
        "surroundings",
        "basis",
        "status",
        "analysis",
        "gas",
        "bias",
        "bus",
        "campus",
        "consensus",
        "focus",
        "lens",
        "express",
        "press",
        "success",
        "progress",
        "happiness",
        "illness",
        "weakness",
        "witness",
        "harassment",
        "press",
        "progress",
    ]
)
_IRREGULAR_SINGULAR = {"people": "person", "persons": "person", "children": "child"}
_NOT_VERBS = frozenset(["supplier", "payment", "other", "within", "outside", "before", "after"])


def _lemminflect() -> Any:
    import lemminflect

    return lemminflect


@lru_cache(maxsize=1)
def _inflect() -> Any:
    import inflect

    return inflect.engine()


@lru_cache(maxsize=16384)
def verb_form(lemma: str, form: Form) -> str:
    """``lemma`` in ``form``; the spelling that lemminflect ranks first."""
    if form == "base":
        return lemma
    if lemma == "be":
        return {"past": "was", "ing": "being", "pp": "been", "s3": "is"}[form]
    inflected = _lemminflect().getInflection(lemma, _TAGS[form])
    return str(inflected[0]) if inflected else lemma


@lru_cache(maxsize=16384)
def readings(word: str) -> dict[str, str]:
    """Lemmas of ``word`` by universal part of speech, e.g. ``{"VERB": "exceed"}``."""
    found = _lemminflect().getAllLemmas(word.lower())
    return {pos: lemmas[0] for pos, lemmas in found.items()}


def is_gerund(word: str) -> bool:
    """Whether ``word`` is the -ing form of a verb."""
    return word.lower().endswith("ing") and len(word) > 4 and readings(word).get("VERB", word.lower()) != word.lower()


def is_participle(word: str) -> bool:
    """Whether ``word`` is a past participle such as approved, given, known."""
    lemma = readings(word).get("VERB", "")
    return bool(lemma) and lemma != word.lower() and verb_form(lemma, "pp") == word.lower()


def inflect_verb_phrase(phrase: str, form: Form, verbs: int = 1, *, plural: bool = False) -> str:
    """``phrase`` (led by a base verb, perhaps after adverbs) with its verb in ``form``.

    ``verbs`` is how many leading words belong to the action: a verb coordinated within them ("obtain and keep")
    is inflected as well.
    """
    words = phrase.split()
    index = 0
    while index < len(words) - 1 and words[index].endswith("ly") and "VERB" not in readings(words[index]):
        index += 1
    done = [index]
    for place in range(index + 1, min(verbs, len(words) - 1)):
        word = words[place].rstrip(",")
        joined = words[place - 1] in {"and", "or"} or words[place - 1].endswith(",")
        if joined and readings(word).get("VERB") == word.lower():
            done.append(place)
    for place in done:
        comma = "," if words[place].endswith(",") else ""
        words[place] = verb_form(words[place].rstrip(","), form) + comma
        if plural and form == "past" and words[place] == "was":
            words[place] = "were"
    return " ".join(words)


def with_article(noun_phrase: str) -> str:
    """A or an before ``noun_phrase`` by its sound."""
    return str(_inflect().a(noun_phrase))


@lru_cache(maxsize=8192)
def singular(noun: str) -> str | None:
    """The singular of a plural ``noun``, or None when it is not a countable plural."""
    lowered = noun.lower()
    if lowered in _IRREGULAR_SINGULAR:
        return _IRREGULAR_SINGULAR[lowered]
    if lowered in _UNCOUNTED or lowered.endswith("ss") or not noun.isalpha():
        return None
    if readings(lowered).get("NOUN", lowered) == lowered:
        return None
    found = _inflect().singular_noun(noun)
    return str(found) if found else None


@lru_cache(maxsize=8192)
def plural_of(noun_phrase: str) -> str:
    """``noun_phrase`` with its last word in the plural."""
    *front, last = noun_phrase.split()
    return " ".join([*front, str(_inflect().plural_noun(last)) or last])


def head_position(words: list[str]) -> int:
    """Index of the head noun of a noun phrase: the last word before its first preposition or participle."""
    for index, word in enumerate(words):
        if index and (word.rstrip(",").lower() in _PREPOSITIONS or word.endswith(",")):
            return index if word.endswith(",") else index - 1
        followed = index + 1 < len(words) and words[index + 1].lower() in _PREPOSITIONS | _DETERMINERS
        if index > 0 and followed and (is_participle(word) or is_gerund(word)):
            return index - 1
    return len(words) - 1


def one_of(noun_phrase: str) -> str:
    """One instance of a bare plural: "gifts from a supplier" becomes "a gift from a supplier".

    Left as it stands when it has a determiner, no plural head, or a coordination.
    """
    words = noun_phrase.split()
    if not words or words[0].lower() in _DETERMINERS or not words[0][0].isalpha():
        return drop_any(noun_phrase)
    if words[0].lower() in {"at", "up", "over", "under", "within", "no", "not", "less"} or re.match(r"\d", words[0]):
        return noun_phrase
    head = head_position(words)
    if head > 3 or {"and", "or"} & {word.lower() for word in words[: head + 1]} or words[head].endswith(","):
        return noun_phrase
    lone = singular(words[head])
    if lone is None or (words[0][0].isupper() and head > 0):
        return noun_phrase
    return with_article(" ".join([*words[:head], lone, *words[head + 1 :]]))


def drop_any(noun_phrase: str) -> str:
    """The phrase for one instance: "any gift" becomes "a gift", "any gifts" becomes "gifts"; other phrases stay."""
    words = noun_phrase.split()
    if len(words) > 1 and words[0].lower() in {"any", "each", "every"}:
        head = head_position(words[1:]) + 1
        rest = " ".join(words[1:])
        noun = words[head].rstrip(",").lower()
        plural = singular(noun) is not None
        counted = readings(noun).get("NOUN") == noun and noun not in MASS_NOUNS and not plural
        return with_article(rest) if counted else one_of(rest) if plural else rest
    return noun_phrase


MASS_NOUNS = frozenset(
    [
        "information",
        "data",
        "money",
        "cash",
        "equipment",
        "software",
        "hardware",
        "property",
        "work",
        "advice",
        "research",
        "evidence",
        "training",
        "travel",
        "hospitality",
        "entertainment",
        "conduct",
        "harassment",
        "discrimination",
        "retaliation",
        "bribery",
        "fraud",
        "corruption",
        "material",
        "content",
        "access",
        "time",
        "business",
        "knowledge",
        "support",
        "help",
        "damage",
        "news",
        "trade",
        "cargo",
        "freight",
        "waste",
        "alcohol",
        "loss",
        "harm",
        "assistance",
        "feedback",
        "stock",
        "luggage",
        "transport",
        "traffic",
        "communication",
        "pressure",
        "violence",
        "misconduct",
        "behaviour",
        "behavior",
        "confidential",
        "accommodation",
        "employment",
        "compensation",
        "remuneration",
        "intelligence",
        "pornography",
        "spam",
        "malware",
        "code",
        "abuse",
        "personal",
        "infringement",
        "overtime",
        "paper",
    ]
)


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
    return following[0].lower() in _DETERMINERS | _AUXILIARIES.keys() | {"they", "you", "we"} or "NOUN" not in found


def _agrees(before: list[str], word: str, found: dict[str, str], after: list[str]) -> bool:
    """Whether ``word`` can be the finite verb after the subject ``before``."""
    last = before[-1].lower()
    if last in _DETERMINERS - {"it", "one", "anyone", "someone", "something", "anything", "this", "that", "these"}:
        return False
    if last in _PREPOSITIONS or last in {"and", "or"}:
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
    if not clause.lemma:
        return _state_auxiliary(clause, holds=holds, past=past, plural=plural)
    rest = f" {clause.rest}" if clause.rest else ""
    many = plural if plural is not None else not clause.verb.endswith("s")
    if holds:
        verb = verb_form(clause.lemma, "past" if past else ("base" if many else "s3"))
        return f"{clause.subject} {verb}{rest}"
    helper = "did" if past else ("do" if many else "does")
    return f"{clause.subject} {helper} not {clause.lemma}{_negated(rest)}"


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


def sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    text = re.sub(r"\s+", " ", text).strip().rstrip(",;: ")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!" else text + "."
