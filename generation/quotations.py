"""How a rule is quoted where nothing stands beside it: a sentence that a reader understands without the text around it.

A rule's own sentence may begin with a pronoun, end in the lead-in of a list, or point back at what was said before. The
record of the rule knows whom it means; where even that does not help, the sentence before is quoted with it, or the rule
is not quoted at all.
"""

import re
from collections.abc import Mapping, Sequence

from generation.frames import Frame
from generation.grammar import (
    ARTICLES,
    head_position,
    inflect_verb_phrase,
    is_gerund,
    is_mass,
    is_participle,
    readings,
    sentence,
    with_article,
)
from generation.lexicon import BODIES, PERSONS
from kg.coverage_links import SENTENCE
from kg.model import Clause, Modality, Ontology, Rule

_MAX_WORDS, LONGEST = 45, 45
"""Words of one quoted sentence, and of a sentence together with the one before it."""
_LEAD = re.compile(r"^(?P<lead>[^:\"“]+?):\s+(?P<item>[^;:]+?)[;,.]?$")
_POINTING = frozenset(
    {"it", "they", "this", "these", "those", "that", "from", "such", "he", "she", "otherwise", "then"}
)
_BACK = re.compile(
    r"\bsuch an? |\bthat (?:value|amount|moment|date|case|time)\b|\bif it happens\b|\b(?:these|those) \w+s\b|"
    r"\bneither (?:test|rule|of (?:them|these))\b|^(?:\w+ ){1,3}(?:must|may|should|need|can)(?: not)? \w+ (?:it|them)\b|^\w+ who \w+ (?:it|them)\b|\bthe (?:clause|rule|section) above\b",
    re.IGNORECASE,
)
"""Words that point at a sentence before."""


def stated(rule: Rule) -> str:
    """The rule's sentence, its list joined to its lead-in, cut to a length that a small model can say."""
    text = re.sub(r"^(?:No|Yes)[.,] (?=[A-Z])", "", rule.text.strip())  # an answer to a question that stands before it
    words = _articled(rule, _unlisted(_defining(text))).split()
    return sentence(" ".join(words[:_MAX_WORDS]) + (" ..." if len(words) > _MAX_WORDS else ""))


def _defining(text: str) -> str:
    """A definition without the lead-in of the list that it stands in."""
    return re.sub(r"^[^:\"“]+:\s+(?=[\"“])", "", text)


def _unlisted(text: str) -> str:
    """One item of a list as the end of the sentence that leads to it: "Employees must not accept cash or cheques."."""
    found = _LEAD.match(text)
    if not found or not found["item"][0].islower():
        return text
    lead, item = found["lead"].strip(), found["item"].strip()
    if re.search(r"\bthe following \w", lead):
        return f"{lead.replace('the following ', '', 1)}, such as {item}"
    lead = re.sub(r" the following$", "", lead)
    last = lead.split()[-1].lower()
    kinds = readings(last)
    verbal = is_gerund(last) or ("VERB" in kinds and "NOUN" not in kinds and not is_participle(last))
    return f"{lead} {item}" if verbal or last in _OPEN else text


_OPEN = frozenset(
    {"if", "unless", "when", "where", "to", "by", "for", "with", "of", "from", "in", "on", "that", "not", "be", "are", "is", "or", "and"}
)  # fmt: skip


def _articled(rule: Rule, text: str) -> str:
    """A sentence that was made of a row of a table, with the articles that the row lacks."""
    text = _VALUED.sub(lambda found: f"must approve {with_article(found[1])} with a value", text)
    actor = rule.actor.strip()
    if not actor or not text.startswith(f"{actor} must approve "):
        return text
    last = actor.split()[-1].lower()
    bare = last in PERSONS | BODIES and not re.search(r"\band\b|^the ", actor, re.IGNORECASE)
    common = actor.split()[0].lower() in _COMMON
    told = f"The {actor[0].lower() if common else actor[0]}{actor[1:]}" if bare else actor
    thing, sign, rest = text.removeprefix(f"{actor} must approve ").partition(" if ")
    words = thing.split()
    led = words[0] in ARTICLES
    return f"{told} must approve {thing if led or is_mass(' '.join(words[: head_position(words) + 1])) else with_article(thing)}{sign}{rest}"


_VALUED = re.compile(r"must approve (\w+) value(?= (?:up to|above|over|below|between|from|of) )")
_COMMON = frozenset({"line", "site", "department", "plant", "head"})


def alone(ontology: Ontology, rule: Rule) -> str:
    """The rule as a quotation that stands alone, or nothing where none does."""
    text = _named(rule, stated(rule))
    if not points_back(text):
        return text
    before = lead_of(ontology, rule)
    return f"{before} {stated(rule)}" if before else ""


def lead_of(ontology: Ontology, rule: Rule) -> str:
    """The sentence before the rule's, where the rule's own points back to it and both together can be quoted; else nothing."""
    if not points_back(_named(rule, stated(rule))):
        return ""
    before = _before(ontology, rule)
    return before if len(f"{before} {rule.text}".split()) <= LONGEST else ""


def points_back(text: str) -> bool:
    """Whether a sentence says who or what it means only together with the one before it."""
    opening = text.split(maxsplit=1)[0].lower()
    return opening in _POINTING or bool(_BACK.search(text))


def _named(rule: Rule, text: str) -> str:
    """The sentence with the one whom its first pronoun means."""
    actor = re.sub(r"[\"“”]", "", rule.actor).strip()
    if not re.match(r"They\b", text) or not actor or actor.lower() in _POINTING | {"you", "we"}:
        return text
    return f"{actor[0].upper()}{actor[1:]}{text[4:]}" if actor.split()[-1].endswith("s") else text


def _before(ontology: Ontology, rule: Rule) -> str:
    """The sentence of the clause that stands before the rule's, where it stands alone itself."""
    clause = ontology.clause_by_id.get(rule.clause_id)
    found = sentences(clause) if clause else []
    at = next((place for place, text in enumerate(found) if text.startswith(rule.text[:30])), 0)
    text = sentence(found[at - 1]) if at else ""
    return "" if not text or points_back(text) or text[-1] != "." or re.match(r"[QA]: ", text) else text


def sentences(clause: Clause) -> list[str]:
    """The sentences of a clause that are neither too short nor too long to be quoted."""
    parts = [re.sub(r"[\s*_#>|]+", " ", part).strip() for part in SENTENCE.split(clause.text)]
    return [part for part in parts if 3 < len(part.split()) <= LONGEST]


def distinct(rules: Sequence[Rule]) -> list[Rule]:
    """Of several rules that one sentence states the first."""
    first: Mapping[str, Rule] = {stated(rule): rule for rule in reversed(rules)}
    return list(first.values())[::-1]


_OF_ITS_ACTOR = re.compile(r" (?:(?:in|of|for|to|with|from) )?(?:which|that|whom|who) (?:he or she|they|you)\b.*$")
"""What is told of the one who acts, whom a question after the rule does not name."""


def subject(frame: Frame) -> str:
    """What a rule is about, after "on": "accepting hospitality"; the term where it defines one."""
    if frame.modality == Modality.DEFINITION:
        term = re.sub(r"[\"“”'‘’*{}]", "", frame.rule.actor).strip() or "the term"
        return term if re.search(r"[A-Z]", term[1:]) else f"{term[0].lower()}{term[1:]}"
    told = re.sub(r"^going without ", "not ", inflect_verb_phrase(frame.act, "ing", frame.verbs))
    told = re.sub(r"^allowing (?=\w+ing\b)", "", told)
    told = _OF_ITS_ACTOR.sub("", told)
    words = re.sub(r"[\"“”{}]", "", told).split()
    ends = [
        place
        for place in range(3, min(len(words), 13))
        if re.match(r"(?:that|which|who|and|or|if|when|for|with|in|on|at|to|as|from)$", words[place])
    ]
    opened = [place for place in ends if words[place] in {"that", "which", "who"}]
    kept = words if len(words) <= 9 else words[: (opened or ends[-1:] or [9])[0]]
    while (
        len(kept) > 2
        and kept is not words
        and re.fullmatch(r"(?:for|with|in|on|at|to|from|of|by|a|an|the|that|and|or)", kept[-1])
    ):
        kept = kept[:-1]
    whole = _LOOSE_TAIL.sub("", " ".join(kept).rstrip(" ,"))
    return re.sub(r"(?<=^allowing )[A-Z](?=[a-z])", lambda found: found[0].lower(), whole)


_LOOSE_TAIL = re.compile(r"(?: in order| at)$")
"""What is left of "in order to" and of "at once"."""
