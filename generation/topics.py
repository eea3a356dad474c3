"""Paragraphs on a concept: what the policy says of it, what it is, and where the policy names it.

A sentence of a rule is quoted with its clause; a relation that no rule states is told in its own words
(:mod:`generation.relation_phrases`). Each paragraph rests on one clause, which is the one that is shown with it.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from generation.concept_names import is_plural, name_of, spelled
from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import sentence
from generation.quotations import alone, distinct, points_back, sentences, stated
from generation.reasons import cite
from generation.relation_phrases import Place, asked, rank, related, tellable, tells_itself, told
from kg.coverage_links import Reader
from kg.mentions import Mentions
from kg.model import Clause, Concept, Ontology, Relation, Rule

_MOST_NAMED, _MOST_TOLD, _MOST_ENDS = 11, 2, 7
"""How many neighbours, how many types of relation in their own words and how many neighbours of one type a paragraph tells:
more would be a list that nobody reads."""

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
Near = dict[Place, list[Concept]]


def topics(ontology: Ontology, frames: Mapping[str, Frame], rng: random.Random) -> Iterator[Draft]:
    """What a clause says of each concept that a rule speaks of, and what else is known of it."""
    of_concept: dict[str, list[Rule]] = defaultdict(list)
    for link in ontology.rule_concepts:
        rule = ontology.rule_by_id.get(link.rule_id)
        if rule is not None and rule not in of_concept[link.concept_id]:
            of_concept[link.concept_id].append(rule)
    meant = _Meant(ontology)
    for concept in ontology.concepts:
        near = _near(ontology, concept)
        asks = rng.sample(_ASK_RULES, len(_ASK_RULES))
        for number, rules in enumerate(_clauses(ontology, of_concept.get(concept.id, []))):
            parts = [f"{cite(frames[rules[0].id])} says: {alone(ontology, rules[0]) or stated(rules[0])}"]
            parts += [f"It also says: {alone(ontology, rule)}" for rule in rules[1:]]
            parts += meant.of(concept, rules)
            parts += [told(concept, place, ends) for place, ends in (_first(near) if not number else [])]
            yield Draft(
                "topic", asks[number].format(c=name_of(concept)), " ".join(parts), None, tuple(rule.id for rule in rules),
                (rules[0].clause_id,), rules[0].family,
            )  # fmt: skip


class _Meant:
    """Whom a sentence means that does not say so: "Records must be deleted" binds the employees."""

    def __init__(self, ontology: Ontology) -> None:
        reader = Reader(ontology)
        self._concepts = ontology.concept_by_id
        self._of_rule: dict[str, list[Relation]] = defaultdict(list)
        said = {rule.id: frozenset(reader.read(stated(rule))[1]) for rule in ontology.rules}
        for relation in ontology.relations:
            rules = [id_ for id_ in relation.rule_ids if id_ in said]
            unsaid = bool(rules) and not any(relation.id in said[id_] for id_ in rules)
            named = relation.type == _TO and self._label(relation.target_id) in self._label(relation.source_id)
            if unsaid and relation.type in _NORMS | {_TO} and not named:
                for id_ in rules:
                    self._of_rule[id_].append(relation)

    def _label(self, concept_id: str) -> str:
        found = self._concepts.get(concept_id)
        return found.label.lower() if found else ""

    def of(self, concept: Concept, rules: Sequence[Rule]) -> list[str]:
        """Sentences such as "The duty of deleting a record binds every employee.", those on ``concept`` first."""
        own = list({one.id: one for rule in rules for one in self._of_rule[rule.id]}.values())
        own.sort(key=lambda one: concept.id not in {one.source_id, one.target_id})
        bound = {rule.id for rule in rules if rule.condition or rule.exception}
        return [self._told(one, bounded=not bound.isdisjoint(one.rule_ids)) for one in own[:_MOST_MEANT]]

    def _told(self, relation: Relation, *, bounded: bool) -> str:
        """``bounded``: the rule that was quoted holds on terms, which the sentence must not drop."""
        source, target = self._concepts[relation.source_id], self._concepts[relation.target_id]
        if relation.type == _TO:
            return f"For {name_of(source)} turn to {name_of(target)}."
        return f"{_FORCE[relation.type]} {name_of(target)} {_BINDS.get(relation.type, 'binds')} {_anyone(source)}{' on these terms' if bounded and relation.type in _BINDS else ''}."


def _anyone(concept: Concept) -> str:
    """Whom a rule binds: "every employee", "the Ethics Office"."""
    one = concept.label.islower() and not is_plural(concept) and concept.kind == "party"
    return f"every {concept.label}" if one else name_of(concept)


_TO, _MOST_MEANT = "DirectedTo", 2
_FORCE = {
    "Must": "The duty of", "MustNot": "The ban on", "May": "The permission for", "NeedNot": "The freedom from", "Should": "The advice on",
    "ShouldNot": "The advice against",
}  # fmt: skip
_BINDS = {"May": "holds for", "NeedNot": "holds for", "Should": "is meant for", "ShouldNot": "is meant for"}
_NORMS = frozenset(_FORCE)


def _clauses(ontology: Ontology, rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules of the first two clauses among ``rules``, two of each, those first that need nothing said before them."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: points_back(stated(rule))):
        found[rule.clause_id].append(rule)
    return [_quotable(ontology, distinct(own)) for own in list(found.values())[:2]]


def _quotable(ontology: Ontology, rules: Sequence[Rule]) -> list[Rule]:
    """The first two that can be quoted; the first one at least."""
    return [rule for rule in rules if alone(ontology, rule)][:2] or [rules[0]]


def _near(ontology: Ontology, concept: Concept) -> Near:
    """What stands around ``concept`` by relations that no rule states: a rule's own are told by its sentence."""
    found: Near = defaultdict(list)
    for relation in ontology.relations_of_concept.get(concept.id, ()):
        side = int(relation.source_id != concept.id)
        other = ontology.concept_by_id.get(relation.source_id if side else relation.target_id)
        if other is not None and other.id != concept.id and not relation.rule_ids:
            place = (relation.type, side)
            place = place if tellable(place, concept, other) else ("RelatedTo", side)
            if other not in found[place]:
                found[place].append(other)
    return {place: found[place] for place in sorted(found, key=rank)}


def _first(near: Near) -> list[tuple[Place, list[Concept]]]:
    """What is told behind a clause: the kinds of a thing, what it is one of, its other names."""
    return [(place, ends[:4]) for place, ends in near.items() if tells_itself(place)][:2]


_ASK_TERM = (
    "What does the glossary say about {c}?", "Please explain the term “{l}”.", "What should I know about the term “{l}”?",
    "What is meant by the word “{l}”?", "Can you tell me more about {c}?", "What does the glossary have under “{l}”?",
)  # fmt: skip


def around(ontology: Ontology, rng: random.Random) -> Iterator[Draft]:
    """A glossary: what is known of each concept from its relations that no rule states, a few at a time."""
    ruled: dict[str, list[str]] = defaultdict(list)
    for link in ontology.rule_concepts:
        if link.rule_id in ontology.rule_by_id and link.role in _SPOKEN:
            ruled[link.concept_id].append(ontology.rule_by_id[link.rule_id].clause_id)
    for concept in ontology.concepts:
        if concept.provenance and not _naming(ontology, concept) and not ruled[concept.id]:
            continue  # a word that the documents never use; what it has to do with theirs is told from their side
        clause = next(iter(_clauses_of(ontology, ruled[concept.id])), None)
        before: set[Place] = set()
        for parts in _portions(_near(ontology, concept)):
            says = [told(concept, place, ends) for place, ends in parts if tells_itself(place)]
            others = [end for place, ends in parts if not tells_itself(place) for end in ends]
            if others:
                says.append(related(concept, others))
            question = _question(concept, parts, before, rng)
            yes = "Yes. " if question.startswith(("Is ", "Are ")) else ""
            rests = clause is not None and not before and not yes and "kinds of" not in question
            if rests and clause is not None:
                thing = name_of(concept) if is_plural(concept) or concept.kind == "party" else "it"
                says.append(f"The rules on {thing} are in {_clause_name(ontology, clause)}.")
            before.update(place for place, _ in parts)
            yield Draft(
                "topic", question, f"{yes}{' '.join(says)}", None, (), (clause.id,) if rests and clause else (), "", "paragraphs/around"
            )  # fmt: skip


_ASKED_AFTER = frozenset({"Causes", "CapableOf"})
"""Types of relation that a reader of a policy asks after by themselves."""
_SPOKEN = frozenset({"actor", "object", "action"})
"""The fields of a rule whose concepts it is about, and does not mention in passing."""


def _clauses_of(ontology: Ontology, ids: Sequence[str]) -> list[Clause]:
    found = map(ontology.clause_by_id.get, dict.fromkeys(ids))
    return [clause for clause in found if clause is not None and clause.number]


def _question(
    concept: Concept, parts: Sequence[tuple[Place, list[Concept]]], before: AbstractSet[Place], rng: random.Random
) -> str:
    """One plain question: after the kinds of a thing where nothing else is told, else after the term."""
    place, ends = parts[0]
    if len(parts) == 1 and place == ("IsA", 1):
        if len(ends) == 1:
            return (
                f"Is {name_of(ends[0])} {name_of(concept)}?"
                if not is_plural(ends[0])
                else f"Are {name_of(ends[0])} a kind of {spelled(concept.label)}?"
            )
        kinds = rng.choice(
            (
                "Which {more}kinds of {l} are there?",
                "Can you name some {more}kinds of {l}?",
                "What {more}kinds of {l} are there?",
            )
        )
        return kinds.format(l=spelled(concept.label), more="other " if place in before else "")
    if len(parts) == 1 and place[0] in _ASKED_AFTER and place not in before:
        return sentence(f"{asked(concept, place, ends)}?")
    return rng.choice(_ASK_TERM).format(c=name_of(concept), l=spelled(concept.label))


def _portions(near: Near) -> Iterator[list[tuple[Place, list[Concept]]]]:
    """``near`` in portions of a paragraph each: two types in their own words, and what else is related in one sentence."""
    portion: list[tuple[Place, list[Concept]]] = []
    for place, ends in near.items():
        for start in range(0, len(ends), _MOST_ENDS):
            some = ends[start : start + _MOST_ENDS]
            named = sum(len(others) for _, others in portion)
            again = any(before == place for before, _ in portion)
            full = tells_itself(place) and sum(tells_itself(before) for before, _ in portion) == _MOST_TOLD
            if portion and (again or full or named + len(some) > _MOST_NAMED):
                yield portion
                portion = []
            portion.append((place, some))
    if portion:
        yield portion


def _naming(ontology: Ontology, concept: Concept, ruled: Sequence[str] = ()) -> list[Clause]:
    """The clauses that name the concept, each once; else those whose rules speak of it."""
    refs = [one.ref for one in concept.provenance if one.source == "clause"]
    found = map(ontology.clause_by_id.get, refs or ruled)
    return list({clause.id: clause for clause in found if clause is not None}.values())


def _clause_name(ontology: Ontology, clause: Clause) -> str:
    section = ontology.section_by_id.get(clause.section_id)
    if clause.number:
        return f"clause {clause.number}"
    return f"its part “{section.title}”" if section and section.title else "one of its clauses"


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
            for clause in _naming(ontology, concept)
            if clause.id not in ruled
            for text in sentences(clause)
            if mentions.find(text)
        ]
        if found:
            clause, text = found[0]
            where = f"Clause {clause.number}" if clause.number else "The policy"
            ask = rng.choice(_ASK_PLACE).format(c=name_of(concept))
            yield Draft("topic", ask, f"{where} says: {sentence(text)}", None, (), (clause.id,), "", "paragraphs/place")
