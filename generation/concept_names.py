"""How a sentence names a concept: with an article, as an act in progress, or as it stands; and whether it is plural."""

import re

from generation.grammar import (
    ARTICLES,
    DETERMINERS,
    PREPOSITIONS,
    Form,
    head_position,
    inflect_verb_phrase,
    is_gerund,
    plural_of,
    readings,
    singular,
    verb_form,
    with_article,
)
from generation.lexicon import PERSONS
from generation.substitutes import countable
from kg.model import Concept

_PARTICLES = frozenset({"up", "down", "out", "off", "back", "away", "over", "through", "along", "together", "ahead"})
_PLURAL = frozenset(
    {"goods", "premises", "proceeds", "earnings", "savings", "funds", "works", "arms", "wages", "clothes", "minutes", "credentials",
     "details", "terms", "contents", "belongings", "police", "people", "personnel", "headquarters", "data", "media"}
)  # fmt: skip
_MASS = frozenset(
    {"stress", "secrecy", "silence", "fear", "competition", "independence", "labour", "labor", "leave", "time", "privacy", "trust", "integrity", "honesty", "transparency",
     "compliance", "performance", "security", "safety", "health", "care", "education", "insurance", "currency", "confidentiality",
     "illness", "fairness", "quality", "food", "paint", "lithium", "energy", "fuel", "oil", "reputation", "corruption", "gold", "air", "smoke",
     "consent", "curiosity", "accuracy", "clearance", "fatigue", "revenge", "growth", "retention", "storage", "anger", "pride", "pain", "sleep", "electricity", "heat", "dust", "noise", "justice", "freedom", "peace", "luck", "poverty", "wealth", "hunger", "courage", "patience", "weather", "treatment", "disclosure", "anonymity", "liability", "speech", "protection", "literacy", "mail", "pay", "refuse", "pollution", "litigation", "staff", "clear", "revenue"}
)  # fmt: skip
_DEFINITE = frozenset({"press", "identity", "public", "environment", "internet"})
"""What is named with "the": there is but one that can be meant."""
_OFFICES = frozenset(
    {"office", "department", "team", "board", "committee", "council", "line", "unit", "group", "court", "bank", "desk", "panel",
     "company", "authority", "agency", "commission", "ministry", "service", "government", "division", "secretariat"}
)  # fmt: skip
_COUNTED_ACTS = frozenset(
    {"report", "request", "register", "record", "order", "promise", "transfer", "change", "claim", "offer", "appeal", "call", "visit", "copy",
     "meeting", "decision", "payment", "purchase", "statement", "agreement", "reply", "answer", "question", "note", "warning", "proposal",
     "drawing", "painting", "building", "finding", "hearing", "filing", "holding", "training course", "log", "review", "check", "trip", "journey", "process", "contract", "release", "transaction", "notice", "complaint", "limit", "rule",
     "exception", "exemption", "suspicion", "party", "correction", "citation", "recording", "background check", "mistake", "breach", "concern", "donation", "loan", "interview", "incident", "position", "risk"}
)  # fmt: skip
"""Words for an act that are counted: "a report", but "disclosure"."""


def spelled(label: str) -> str:
    """``label`` as it is written: a knowledge base writes "e mail" for "e-mail"."""
    return re.sub(r"\b(e|x|co|multi|state|anti)(?: )(?=(?:mail|ray|worker|factor|owned|bribery)\b)", r"\1-", label)


def name_of(concept: Concept) -> str:
    """The label as a sentence takes it: "a watch", "the Ethics Office", "lowering a price", "overtime"."""
    label = spelled(concept.label)
    head = label.rsplit(maxsplit=1)[-1].lower()
    words = label.split()
    if len(words) > 1 and words[0].isupper() and words[-1].islower():
        return _noun(label)  # "an AI tool"
    if label[:1].isupper():
        return f"the {label}" if head in _OFFICES or head in PERSONS else label
    if len(words) > 1 and readings(words[0]) == {"VERB": words[0]} and concept.kind in {"quality", "thing"}:
        return deed(label, "ing")
    if concept.kind == "action":
        if len(words) > 1:
            if is_gerund(words[0]):
                return f"{words[0]} {_thing(words[1:])}"
            return deed(label, "ing") if _is_verb(words[0]) else _noun(label)
        if "NOUN" not in readings(label) and _is_verb(label):
            return verb_form(label, "ing")
        return with_article(label) if label in _COUNTED_ACTS else label
    return label if concept.kind == "quality" and "ADJ" in readings(head) else _noun(label)


def _noun(label: str) -> str:
    words = label.split()
    if label in _DEFINITE:
        return f"the {label}"
    head = words[head_position(words)].lower()
    things = " ".join(words[: head_position(words) + 1])
    return with_article(label) if _counted(things, head) and words[0] not in DETERMINERS else label


def deed(label: str, form: Form, *, several: bool = False) -> str:
    """The act ``label`` with its verb in ``form`` and the article that its thing lacks: "returning a gift" for "return gift".

    Where ``several``, and after "to", its thing is told in the plural: "trying to cover up incidents".
    """
    verb, *rest = label.split()
    if "to" in rest and rest.index("to") < len(rest) - 1 and _is_verb(rest[rest.index("to") + 1]):
        at = rest.index("to")
        return f"{inflect_verb_phrase(' '.join([verb, *rest[:at]]), form)} to {deed(' '.join(rest[at + 1 :]), 'base', several=True)}"
    if rest[:1] == ["to"]:  # "admitting to crimes": the name stands as it is, in the plural where there is one
        return f"{inflect_verb_phrase(verb, form)} {' '.join(rest[:-1])} {_several(rest[-1])}"
    lead: list[str] = []
    while rest and (rest[0] in _PARTICLES or rest[0] in PREPOSITIONS):
        lead.append(rest.pop(0))
    if several and rest and verb not in _COPULAS and _one_thing(rest):
        return " ".join([inflect_verb_phrase(verb, form), *lead, *rest[:-1], _several(rest[-1])])
    thing = " ".join(rest) if verb in _COPULAS else _thing(rest)
    return " ".join(part for part in (inflect_verb_phrase(verb, form), *lead, thing) if part)


_COPULAS = frozenset({"be", "get", "become"})


def _one_thing(words: list[str]) -> bool:
    """Whether the last word is the head: not in "anything of value", and not where a determiner leads."""
    led = words[0].lower() in ARTICLES | DETERMINERS or words[0][:1].isupper() or words[-1] in _DEFINITE
    return not led and head_position(words) == len(words) - 1


def _several(noun: str) -> str:
    if noun in _DEFINITE:
        return noun
    return plural_of(noun) if _counted(noun, noun.lower()) and noun.islower() else noun


def _counted(things: str, head: str) -> bool:
    if head in _PLURAL | _MASS or singular(head) is not None:
        return False
    return countable(things) or head in _COUNTED_ACTS or readings(head) == {"VERB": head}


def _thing(words: list[str]) -> str:
    if not words:
        return ""
    told = " ".join(words)
    if words[0].lower() in ARTICLES | DETERMINERS or words[0][0].isdigit():
        return told
    head = words[head_position(words)]
    if told in _DEFINITE:
        return f"the {told}"
    if words[0][:1].isupper():
        return f"the {told}" if head.lower() in _OFFICES or head.lower() in PERSONS else told
    return with_article(told) if _counted(" ".join(words[: head_position(words) + 1]), head.lower()) else told


def is_act(concept: Concept) -> bool:
    """Whether the label is a verb phrase of several words: "return gift"."""
    return concept.kind == "action" and " " in concept.label and _is_verb(concept.label.split()[0])


def is_plural(concept: Concept) -> bool:
    """Whether the verb after the concept's name stands in the plural: "goods are"."""
    if is_act(concept):
        return False
    words = re.split(r" (?:of|in|on|for|to|with) ", concept.label)[0].split()
    return words[-1].lower() in _PLURAL or singular(words[-1]) is not None


def _is_verb(word: str) -> bool:
    if word in _MODIFIERS:
        return False
    return readings(word).get("VERB") == word and (word in _BASES or not word.endswith(("ed", "ing")))


_BASES = frozenset({"shred", "need", "feed", "speed", "exceed", "proceed", "embed"})
_MODIFIERS = frozenset({"side", "background", "key", "site", "press", "trade", "cash", "interview", "secret"})
"""Nouns that could be verbs but stand before another noun: nobody sides a letter."""


def plural_name(concept: Concept) -> str:
    """Several of the concept: "employees"."""
    return concept.label if is_plural(concept) else plural_of(concept.label)
