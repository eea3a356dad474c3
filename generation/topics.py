"""Paragraphs on a concept: what the policy says of it, what it is, and where the policy names it.

A sentence of a rule is quoted with its clause; a relation that no rule states is told in its own words
(:mod:`generation.relation_phrases`). Each paragraph rests on one clause, which is the one that is shown with it.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generation.concept_names import is_act, is_plural, name_of
from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import sentence
from generation.instructions import stated
from generation.reasons import cite
from generation.relation_phrases import Place, asked, rank, tellable, told
from kg.coverage_links import SENTENCE, Reader
from kg.mentions import Mentions
from kg.model import Clause, Concept, Ontology, Relation, Rule

MOST_NAMED, _MOST_PLACES, _MOST_ENDS = 11, 4, 7
"""How many neighbours, how many types of relation and how many neighbours of one type a paragraph tells: more would be a
list that nobody reads."""
_LONGEST = 45

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
        for number, rules in enumerate(_clauses(of_concept.get(concept.id, []))):
            parts = [f"{cite(frames[rules[0].id])} says: {_in_context(ontology, rules[0])}"]
            parts += [f"It also says: {stated(rule)}" for rule in rules[1:]]
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
        """Sentences such as "This is about an employee deleting a record.", those on ``concept`` first."""
        own = list({one.id: one for rule in rules for one in self._of_rule[rule.id]}.values())
        own.sort(key=lambda one: concept.id not in {one.source_id, one.target_id})
        return [f"This is about {self._told(one)}." for one in own[:_MOST_MEANT]]

    def _told(self, relation: Relation) -> str:
        source, target = self._concepts[relation.source_id], self._concepts[relation.target_id]
        between = " to " if relation.type == _TO else " " if is_act(target) else " and "
        return f"{name_of(source)}{between}{name_of(target)}"


_TO, _MOST_MEANT = "DirectedTo", 2
_NORMS = frozenset({"Must", "MustNot", "May", "NeedNot", "Should", "ShouldNot"})


def _in_context(ontology: Ontology, rule: Rule) -> str:
    """The rule's sentence; after the one before it where it points back at that and both are short."""
    clause = ontology.clause_by_id.get(rule.clause_id)
    if clause is None or not _leans(rule):
        return stated(rule)
    found = _sentences(clause)
    at = next((place for place, text in enumerate(found) if text.startswith(rule.text[:30])), 0)
    before = sentence(found[at - 1]) if at else ""
    return (
        f"{before} {stated(rule)}"
        if before and len(before.split()) + len(rule.text.split()) <= _LONGEST
        else stated(rule)
    )


def _clauses(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules of the first two clauses among ``rules``, two of each, those first that need nothing said before them."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted(rules, key=_leans):
        found[rule.clause_id].append(rule)
    return [_distinct(own)[:2] for own in list(found.values())[:2]]


def _distinct(rules: Sequence[Rule]) -> list[Rule]:
    """Of several rules that one sentence states the first."""
    return list({stated(rule): rule for rule in reversed(rules)}.values())[::-1]


def _leans(rule: Rule) -> bool:
    """Whether the sentence points back at one before it."""
    opening = rule.text.split(maxsplit=2)
    return opening[0].lower() in {"it", "they", "this", "these", "from", "such"} or any(
        word in rule.text for word in (" that value", " that amount", " such a", " such an")
    )


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
    return [(place, ends[:4]) for place, ends in list(near.items())[:2]]


def around(ontology: Ontology) -> Iterator[Draft]:
    """What is known of each concept from its relations that no rule states, some types and neighbours at a time."""
    ruled: dict[str, list[str]] = defaultdict(list)
    for link in ontology.rule_concepts:
        if link.rule_id in ontology.rule_by_id:
            ruled[link.concept_id].append(ontology.rule_by_id[link.rule_id].clause_id)
    for concept in ontology.concepts:
        clauses = _naming(ontology, concept, ruled[concept.id])
        if concept.provenance and not clauses:
            continue  # a word that the documents never use; what it has to do with theirs is told from their side
        before: set[Place] = set()
        for number, parts in enumerate(_portions(_near(ontology, concept))):
            asks = [asked(concept, place, ends) for place, ends in parts]
            asks = [
                _further(ask, ends) if place in before else ask for ask, (place, ends) in zip(asks, parts, strict=True)
            ]
            before.update(place for place, _ in parts)
            asks = list(dict.fromkeys(asks))  # what belongs to it and what it is a part of are asked alike
            named = concept.kind == "party"  # a person is no "it"
            question = _joined(
                [ask if not at or named else _pronoun(ask, concept) for at, ask in enumerate(asks)],
                many=is_plural(concept),
            )
            says = [told(concept, place, ends) for place, ends in parts]
            clause = clauses[number % len(clauses)] if clauses else None
            if clause is not None:
                says.append(f"The policy speaks of {name_of(concept)} in {_clause_name(ontology, clause)}.")
            yield Draft(
                "topic", question, " ".join(says), None, (), (clause.id,) if clause else (), "", "paragraphs/around"
            )  # fmt: skip


def _portions(near: Near) -> Iterator[list[tuple[Place, list[Concept]]]]:
    """``near`` in portions of a paragraph each."""
    portion: list[tuple[Place, list[Concept]]] = []
    for place, ends in near.items():
        for start in range(0, len(ends), _MOST_ENDS):
            some = ends[start : start + _MOST_ENDS]
            named = sum(len(others) for _, others in portion)
            again = any(before == place for before, _ in portion)
            if portion and (again or len(portion) == _MOST_PLACES or named + len(some) > MOST_NAMED):
                yield portion
                portion = []
            portion.append((place, some))
    if portion:
        yield portion


def _joined(asks: Sequence[str], *, many: bool) -> str:
    """Several questions as one: "What is a watch, and what is it used for?"."""
    further = f"what else is known of {'them' if many else 'it'}"
    text = ", and ".join(asks if len(asks) < 3 else (asks[0], further))
    return f"{text[0].upper()}{text[1:]}?"


def _further(ask: str, ends: Sequence[Concept]) -> str:
    """The question for more of the same: "what else does a car have", "is a hamper a kind of gift"."""
    kinds = re.fullmatch(r"what kinds of (.+) are there", ask)
    if kinds and not is_plural(ends[0]):
        return f"is {name_of(ends[0])} a kind of {kinds.group(1)}"
    if ask.startswith("what kinds"):
        return f"what other kinds{ask.removeprefix('what kinds')}"
    return re.sub(r"^((?:\w+ )?(?:what|who|where))\b", r"\1 else", ask, count=1)


def _pronoun(ask: str, concept: Concept) -> str:
    """A further question with "it" for the concept."""
    many = is_plural(concept)
    behind = re.compile(rf"\b(of|with|in|on|at|to|for|before) {re.escape(name_of(concept))}(?=$| (?:there|are))")
    told = behind.sub(rf"\1 {'them' if many else 'it'}", ask, count=1)
    return told if told != ask else ask.replace(f" {name_of(concept)}", " they" if many else " it", 1)


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
            for text in _sentences(clause)
            if mentions.find(text)
        ]
        if found:
            clause, text = found[0]
            where = f"Clause {clause.number}" if clause.number else "The policy"
            ask = rng.choice(_ASK_PLACE).format(c=name_of(concept))
            yield Draft("topic", ask, f"{where} says: {sentence(text)}", None, (), (clause.id,), "", "paragraphs/place")


def _sentences(clause: Clause) -> list[str]:
    parts = [re.sub(r"[\s*_#>|]+", " ", part).strip() for part in SENTENCE.split(clause.text)]
    return [part for part in parts if 3 < len(part.split()) <= _LONGEST]
