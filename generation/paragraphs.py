"""Paragraphs for what no case can hold: what lies around a concept, where the policy names it, two rules side by side.

They stand beside the forms of :mod:`generation.instructions` and go into the planner's pool; whether one is kept is
decided by what it is proved to exercise.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from generation.concept_names import name_of
from generation.drafts import Draft
from generation.frames import Frame
from generation.grammar import sentence
from generation.instructions import stated
from generation.reasons import cite
from kg.coverage_links import SENTENCE
from kg.mentions import Mentions
from kg.model import Clause, Concept, Ontology

MOST_NAMED = 12
"""How many neighbours one paragraph names: more would be a list that nobody reads."""
_LONGEST = 45

_TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "IsA": ("{c} is a kind of {bare}", "kinds of {plain} are {l}"),
        "InstanceOf": ("{c} is an instance of {bare}", "instances of {plain} are {l}"),
        "PartOf": ("{c} is a part of {l}", "parts of {c} are {l}"),
        "HasA": ("{c} has {l}", "{c} belongs to {l}"),
        "UsedFor": ("{c} is used for {l}", "for {c} one uses {l}"),
        "AtLocation": ("{c} is found at {l}", "at {c} one finds {l}"),
        "CapableOf": ("{c} can {bare}", "those who can {plain} are {l}"),
        "NotCapableOf": ("{c} cannot {bare}", "those who cannot {plain} are {l}"),
        "Causes": ("{c} can lead to {l}", "{c} can come from {l}"),
        "HasPrerequisite": ("{c} needs {l} first", "{c} comes before {l}"),
        "HasSubevent": ("{c} involves {l}", "{c} is a step of {l}"),
        "HasProperty": ("{c} can be {bare}", "what can be {plain} is {l}"),
        "ReceivesAction": ("{c} can be {bare}", "what can be {plain} is {l}"),
        "CreatedBy": ("{c} is made by {l}", "{c} makes {l}"),
        "MadeOf": ("{c} is made of {bare}", "of {plain} one makes {l}"),
        "Desires": ("{c} wants {l}", "{c} is wanted by {l}"),
        "Synonym": ("{c} is another word for {l}", "{c} is another word for {l}"),
        "SimilarTo": ("{c} is similar to {l}", "{c} is similar to {l}"),
        "Antonym": ("{c} is the opposite of {bare}", "{c} is the opposite of {bare}"),
        "DistinctFrom": ("{c} is not the same as {l}", "{c} is not the same as {l}"),
    }
)
"""How a relation is told from its source and from its target: {c} the concept, {l} the other ends, {plain} and {bare} the
same without articles."""
_OTHERWISE = ("{c} has to do with {l}", "{c} has to do with {l}")

_ASK_AROUND = (
    "What is {c}, and what belongs to it?", "What else is there to know about {c}?", "What is {c} connected with?",
    "Which things are connected with {c}?", "What should one think of when hearing of {c}?",
    "How does {c} relate to other things?",
)  # fmt: skip
_ASK_PLACE = (
    "Where does the policy speak of {c}?", "In what context does the policy mention {c}?",
    "What does the policy say in passing about {c}?",
)  # fmt: skip
_ASK_BOTH = (
    "What do {one} and {other} each say, and which one prevails?",
    "Both {one} and {other} seem to apply. What do they say?",
    "Please compare {one} with {other}.",
)  # fmt: skip
_ASK_WITHIN = (
    "Two sentences of {one} seem to disagree. What do they say?",
    "Which rule of {one} prevails where two of them seem to disagree?",
)


def further_candidates(ontology: Ontology, frames: Mapping[str, Frame], seed: int) -> dict[str, list[Draft]]:
    """The drafts of this module by form, in a fixed order under ``seed``."""
    rng = random.Random(f"{seed}:paragraphs")
    return {
        "topic": [*_around(ontology, rng), *_places(ontology, rng)],
        "conflict": list(_side_by_side(ontology, frames)),
    }


def _around(ontology: Ontology, rng: random.Random) -> Iterator[Draft]:
    """What is known of each concept from its relations that no rule states, a dozen neighbours at a time."""
    for concept in ontology.concepts:
        if all(one.source == "conceptnet" for one in concept.provenance) and concept.provenance:
            continue  # a word that the documents never use; what it has to do with theirs is told from their side
        grouped: dict[tuple[str, int], list[Concept]] = defaultdict(list)
        for relation in ontology.relations_of_concept.get(concept.id, ()):
            side = int(relation.source_id != concept.id)
            other = ontology.concept_by_id.get(relation.source_id if side else relation.target_id)
            if other is not None and other.id != concept.id and not relation.rule_ids:
                grouped[relation.type, side].append(other)
        named = [(place, other) for place, ends in grouped.items() for other in ends]
        asks = list(_ASK_AROUND)
        rng.shuffle(asks)
        for ask, start in zip(asks, range(0, len(named), MOST_NAMED), strict=False):
            parts: dict[tuple[str, int], list[Concept]] = defaultdict(list)
            for place, other in named[start : start + MOST_NAMED]:
                parts[place].append(other)
            told = [_told(concept, place, ends) for place, ends in parts.items()]
            yield Draft("topic", ask.format(c=name_of(concept)), " ".join(told), None, (), (), "", "paragraphs/around")


def _told(concept: Concept, place: tuple[str, int], ends: Sequence[Concept]) -> str:
    relation, side = place
    if side and len({end.id for end in ends}) == 1:  # "a scan is an attachment", not "attachments are a scan"
        concept, ends, side = ends[0], [concept], 0
    return sentence(
        _TOLD.get(relation, _OTHERWISE)[side].format(
            c=name_of(concept), plain=concept.label, l=_listed([name_of(end) for end in ends]),
            bare=_listed([end.label for end in ends]),
        )
    )  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "a, b and c"."""
    listed = list(dict.fromkeys(names))
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"


def _places(ontology: Ontology, rng: random.Random) -> Iterator[Draft]:
    """The sentence that names a concept of which no rule and no relation speaks, from a clause that states no rule."""
    spoken = {link.concept_id for link in ontology.rule_concepts}
    ruled = {rule.clause_id for rule in ontology.rules}
    for concept in ontology.concepts:
        if concept.id in spoken or ontology.relations_of_concept.get(concept.id):
            continue
        mentions = Mentions((concept,))
        sources = [ontology.clause_by_id.get(one.ref) for one in concept.provenance if one.source == "clause"]
        found = [
            (clause, text)
            for clause in dict.fromkeys(one for one in sources if one is not None and one.id not in ruled)
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


def _side_by_side(ontology: Ontology, frames: Mapping[str, Frame]) -> Iterator[Draft]:
    """Two rules in conflict, each in its own words, and which one prevails."""
    for conflict in ontology.conflicts:
        if conflict.rule_a not in frames or conflict.rule_b not in frames:
            continue
        one, other = frames[conflict.rule_a], frames[conflict.rule_b]
        winner = frames.get(conflict.prevails)
        end = (
            f"{cite(winner)} prevails." if winner else "The policy does not say which one prevails; ask before acting."
        )
        for first, second in ((one, other), (other, one)):
            names = [cite(frame)[:1].lower() + cite(frame)[1:] for frame in (first, second)]
            for ask in _ASK_BOTH if names[0] != names[1] else _ASK_WITHIN:
                yield Draft(
                    "conflict", sentence(ask.format(one=names[0], other=names[1])),
                    f"{cite(first)} says: {stated(first.rule)} {cite(second)} says: {stated(second.rule)} {end}", None,
                    (one.rule.id, other.rule.id), (one.rule.clause_id, other.rule.clause_id), one.rule.family,
                    "paragraphs/conflict",
                )  # fmt: skip
