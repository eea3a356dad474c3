"""Surface grammar of English for the writers: verb forms, number, articles, the heads of noun phrases.

Inflection is lemminflect's, articles and plurals are inflect's.
"""

import re
from functools import lru_cache
from typing import Any

Form = str
"""One of base, past, ing, pp, s3."""

_TAGS = {"base": "VB", "past": "VBD", "ing": "VBG", "pp": "VBN", "s3": "VBZ"}
PREPOSITIONS = frozenset([
    "of", "in", "on", "at", "to", "from", "for", "with", "by", "about", "against", "between", "among", "into", "onto",
    "over", "under", "through", "during", "before", "after", "without", "within", "outside", "inside", "via", "per",
    "as", "than", "that", "which", "who", "whose", "whom", "where", "when", "while", "if", "unless", "until",
    "because", "including", "such", "concerning", "regarding", "relating", "worth", "exceeding", "above", "below",
    "beyond", "towards", "toward", "upon", "across", "like", "other",
])  # fmt: skip
DETERMINERS = frozenset([
    "a", "an", "the", "any", "each", "every", "no", "some", "all", "this", "that", "these", "those", "my", "his",
    "her", "its", "our", "their", "your", "another", "either", "both", "several", "many", "few", "more", "most", "two",
    "three", "four", "five", "six", "such", "one", "anyone", "anything", "someone", "something", "it", "them",
])  # fmt: skip
ARTICLES = {"a", "an", "the", "any", "each", "every", "some", "no", "all"}
_UNCOUNTED = frozenset([
    "business", "premises", "news", "series", "goods", "proceeds", "earnings", "savings", "ethics", "politics",
    "economics", "logistics", "means", "headquarters", "access", "process", "address", "sales", "works", "arms",
    "funds", "assets", "minutes", "terms", "credentials", "data", "facts", "details", "wages", "clothes", "belongings",
    "contents", "surroundings", "basis", "status", "analysis", "gas", "bias", "bus", "campus", "consensus", "focus",
    "lens", "express", "press", "success", "progress", "happiness", "illness", "weakness", "witness", "harassment",
])  # fmt: skip
_IRREGULAR_SINGULAR = {"people": "person", "persons": "person", "children": "child"}


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
    if verbs == 1 and len(words) > index + 3 and words[index + 1] in {"and", "or"}:
        second = words[index + 2]  # "accept or offer hospitality": an object would stand before the conjunction
        if readings(second).get("VERB") == second:
            done.append(index + 2)
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


@lru_cache(maxsize=8192)
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
        if index and (word.rstrip(",").lower() in PREPOSITIONS or word.endswith(",")):
            return index if word.endswith(",") else index - 1
        followed = index + 1 < len(words) and words[index + 1].lower() in PREPOSITIONS | DETERMINERS
        if index > 0 and followed and (is_participle(word) or is_gerund(word)):
            return index - 1
    return len(words) - 1


def one_of(noun_phrase: str) -> str:
    """One instance of a bare plural: "gifts from a supplier" becomes "a gift from a supplier".

    Left as it stands when it has a determiner, no plural head, or a coordination.
    """
    words = noun_phrase.split()
    if not words or words[0].lower() in DETERMINERS or not words[0][0].isalpha():
        return drop_any(noun_phrase)
    if words[0].lower() in {"at", "up", "over", "under", "within", "no", "not", "less"} or re.match(r"\d", words[0]):
        return noun_phrase
    head = head_position(words)
    if head > 3 or {"and", "or"} & {word.lower() for word in words[: head + 1]} or words[head].endswith(","):
        return noun_phrase
    lone = singular(words[head])
    if lone is None or (words[0][0].isupper() and head > 0):
        return noun_phrase
    rest = words[head + 1 :]
    if len(rest) > 1 and rest[0] == "of" and lone not in _HOLDING:  # "recordings of online meetings" are of one each
        rest = ["of", one_of(" ".join(rest[1:]))]
    return with_article(" ".join([*words[:head], lone, *rest]))


_HOLDING = frozenset([
    "list", "set", "group", "number", "series", "range", "pair", "collection", "register", "board", "team", "class", "kind", "type",
    "sort", "category", "bottle", "box", "gift", "batch", "delivery", "shipment", "inventory", "summary", "overview", "period",
])  # fmt: skip
"""What one of holds several of the things that follow."""


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


MASS_NOUNS = frozenset([
    "information", "data", "money", "cash", "equipment", "software", "hardware", "property", "work", "advice",
    "research", "evidence", "training", "travel", "hospitality", "entertainment", "conduct", "harassment",
    "discrimination", "retaliation", "bribery", "fraud", "corruption", "material", "content", "access", "time",
    "business", "knowledge", "support", "help", "damage", "news", "trade", "cargo", "freight", "waste", "alcohol",
    "loss", "harm", "assistance", "feedback", "stock", "luggage", "transport", "traffic", "communication", "pressure",
    "violence", "misconduct", "behaviour", "behavior", "confidential", "accommodation", "employment", "compensation",
    "remuneration", "intelligence", "pornography", "spam", "malware", "code", "abuse", "personal", "infringement",
    "overtime", "empathy", "respect", "courtesy", "kindness", "honesty", "use", "disposal", "storage", "paper", "media", "wine", "beer", "coffee", "water",
])  # fmt: skip


def sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    text = re.sub(r"\s+", " ", text).strip().rstrip(",;: ")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!" else text + "."


def is_mass(noun_phrase: str) -> bool:
    """Whether the head of ``noun_phrase`` takes no article in the singular."""
    words = noun_phrase.split()
    head = words[head_position(words)].lower().rstrip(",")
    return head in MASS_NOUNS or head.endswith("ing") or singular(head) is not None
