"""Paragraphs on a concept: what the policy says of it, what it is, and where the policy names it.

A sentence of a rule is quoted with its clause; a relation that no rule states is told in its own words
(:mod:`generation.relation_phrases`). Each paragraph rests on one clause, which is the one that is shown with it.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from generation.concept_names import name_of
from generation.drafts import Draft
from generation.frames import Frame
from generation.glossary import apart, naming, near
from generation.grammar import sentence
from generation.meant import Meant
from generation.quotations import alone, distinct, points_back, sentences, stated
from generation.reasons import cite
from generation.relation_phrases import Place, evident, tells_itself, told
from kg.mentions import Mentions
from kg.model import Concept, Ontology, Rule

_ASK_RULES = (
    "What does the policy say about {c}?",
    "Where does the policy speak of {c}?",
    "What are the rules on {c}?",
    "What should I know about {c}?",
    "Please tell me about {c}.",
)
_ASK_PLACE = (
    "Where does the policy speak of {c}?", "In what context does the policy mention {c}?",
    "What does the policy say in passing about {c}?",
)  # fmt: skip
_ASK_BOTH = (
    "What do the policy and its glossary say about {c}?",
    "What is the rule on {c}, and what does the glossary say about it?",
    "Where does the policy speak of {c}, and what does the glossary add?",
    "Please tell me what the policy rules on {c} and what the glossary says.",
    "What should I know about {c}, from the policy and from the glossary?",
)
_ASK_PASSING = (
    "Where does the policy mention {c}?",
    "Which rule mentions {c}?",
    "In which rule does the policy mention {c}?",
)
"""After a concept that the rule names in a condition or besides, and is not about."""
_SPOKEN = frozenset({"actor", "object", "action"})


def topics(ontology: Ontology, frames: Mapping[str, Frame], rng: random.Random) -> Iterator[Draft]:
    """What a clause says of each concept that a rule speaks of, and what else is known of it."""
    of_concept: dict[str, list[Rule]] = defaultdict(list)
    about: dict[str, set[str]] = defaultdict(set)
    for link in sorted(ontology.rule_concepts, key=lambda link: link.role not in _SPOKEN):
        rule = ontology.rule_by_id.get(link.rule_id)
        if rule is not None and rule not in of_concept[link.concept_id]:
            of_concept[link.concept_id].append(rule)
        if link.role in _SPOKEN:
            about[link.concept_id].add(link.rule_id)
    meant = Meant(ontology)
    for concept in ontology.concepts:
        listed = _first(concept, near(ontology, concept))
        asks = rng.sample(_ASK_RULES, len(_ASK_RULES))
        passing, both = rng.choice(_ASK_PASSING), rng.choice(_ASK_BOTH)
        for number, rules in enumerate(_clauses(ontology, of_concept.get(concept.id, []), about[concept.id])):
            own = about[concept.id].intersection(rule.id for rule in rules)
            adds = [told(concept, place, ends) for place, ends in (listed if not number and own else [])]
            parts = [f"{cite(frames[rules[0].id])} says: {_quoted(ontology, rules)}", *meant.of(concept, rules), *adds]
            ask = both if adds else asks[number] if own else passing
            yield Draft(
                "topic", ask.format(c=name_of(concept)), " ".join(parts), None, tuple(rule.id for rule in rules),
                (rules[0].clause_id,), rules[0].family,
            )  # fmt: skip


def _quoted(ontology: Ontology, rules: Sequence[Rule]) -> str:
    """The sentences of ``rules``, each once: one that is quoted with the sentence before it may repeat another."""
    texts = [alone(ontology, rule) or stated(rule) for rule in rules]
    kept = [text for at, text in enumerate(texts) if not any(text in other for other in texts[:at] + texts[at + 1 :])]
    return " It also says: ".join(kept or texts[:1])


def _clauses(ontology: Ontology, rules: Sequence[Rule], about: AbstractSet[str]) -> list[list[Rule]]:
    """The rules of the first two clauses among ``rules``, two of each, those first that are ``about`` the concept and need
    nothing said before them.
    """
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: (rule.id not in about, points_back(stated(rule)))):
        found[rule.clause_id].append(rule)
    return [_quotable(ontology, distinct(own)) for own in list(found.values())[:2]]


def _quotable(ontology: Ontology, rules: Sequence[Rule]) -> list[Rule]:
    """The first two that can be quoted; the first one at least."""
    return [rule for rule in rules if alone(ontology, rule)][:2] or [rules[0]]


def _first(concept: Concept, around: Mapping[Place, list[Concept]]) -> list[tuple[Place, list[Concept]]]:
    """What is told behind a clause: the kinds of a thing, what it is one of, its other names; nothing that a name says."""
    told_of = {place: [end for end in ends if not evident(concept, end)] for place, ends in around.items()}
    return [(place, apart(ends)[0][:4]) for place, ends in told_of.items() if ends and tells_itself(place)][:2]


def places(ontology: Ontology, rng: random.Random) -> Iterator[Draft]:
    """The sentence that names a concept of which no rule and no relation speaks, from a clause that states no rule."""
    spoken = {link.concept_id for link in ontology.rule_concepts}
    ruled = {rule.clause_id for rule in ontology.rules}
    for concept in ontology.concepts:
        if concept.id in spoken or ontology.relations_of_concept.get(concept.id):
            continue
        mentions = Mentions((concept,))
        found = [
            (clause, text)
            for clause in naming(ontology, concept)
            if clause.id not in ruled
            for text in sentences(clause)
            if mentions.find(text)
        ]
        if found:
            clause, text = found[0]
            where = f"Clause {clause.number}" if clause.number else "The policy"
            ask = rng.choice(_ASK_PLACE).format(c=name_of(concept))
            yield Draft("topic", ask, f"{where} says: {sentence(text)}", None, (), (clause.id,), "", "paragraphs/place")
