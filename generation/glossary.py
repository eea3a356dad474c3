"""A glossary: what is known of each concept from its relations that no rule states, a few at a time.

Every question asks for what its answer gives: one kind of relation by its own question, several as the entry on the term.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from generation.concept_names import is_plural, name_of, spelled
from generation.drafts import Draft
from generation.grammar import sentence
from generation.relation_phrases import (
    Place,
    asked,
    broader,
    evident,
    rank,
    related,
    tellable,
    tells_itself,
    term,
    told,
)
from kg.model import Clause, Concept, Ontology

_MOST_NAMED, _MOST_TOLD, _MOST_ENDS = 13, 3, 7
"""How many neighbours, how many types of relation in their own words and how many neighbours of one type an entry tells:
more would be a list that nobody reads."""
Near = Mapping[Place, list[Concept]]
Parts = Sequence[tuple[Place, list[Concept]]]

_ASK_ENTRY = (
    "What is the glossary entry on “{l}”?", "How does the glossary place “{l}”?", "Please show me the glossary entry on “{l}”.",
    "What does the glossary list under “{l}”?", "Which relations of “{l}” does the glossary give?",
)  # fmt: skip
_ASK_ENTRY_AND_CLAUSE = (
    "What is the glossary entry on “{l}”, and which clause speaks of it?",
    "How does the glossary place “{l}”, and where does the policy speak of it?",
    "What does the glossary list under “{l}”, and which clause deals with it?",
)
_ASK_RELATED = (
    "Which related terms does the glossary give for “{l}”?", "What other terms does the glossary connect with “{l}”?",
)  # fmt: skip
_ASK_KINDS = (
    "Which {more}kinds of {l} are there?", "Can you name some {more}kinds of {l}?", "What {more}kinds of {l} does the glossary list?",
)  # fmt: skip
_ASK_BROADER = ("Under which term does the glossary put “{l}”?", "Where does the glossary put “{l}”?")
_SPOKEN = frozenset({"actor", "object", "action"})
"""The fields of a rule whose concepts it is about, and does not mention in passing."""


def near(ontology: Ontology, concept: Concept) -> Near:
    """What stands around ``concept`` by relations that no rule states: a rule's own are told by its sentence."""
    found: dict[Place, list[Concept]] = defaultdict(list)
    for relation in ontology.relations_of_concept.get(concept.id, ()):
        side = int(relation.source_id != concept.id)
        other = ontology.concept_by_id.get(relation.source_id if side else relation.target_id)
        if other is not None and other.id != concept.id and not relation.rule_ids:
            place = (relation.type, side)
            ruled = place[0] == "CapableOf" and _ruled(ontology, concept if side else other)
            place = place if tellable(place, concept, other) and not ruled else ("RelatedTo", side)
            if other not in found[place]:
                found[place].append(other)
    return {place: found[place] for place in sorted(found, key=rank)}


def _ruled(ontology: Ontology, act: Concept) -> bool:
    """Whether a rule says who may do ``act``, so that no glossary should say who can."""
    return any(relation.rule_ids for relation in ontology.relations_of_concept.get(act.id, ()))


def naming(ontology: Ontology, concept: Concept) -> list[Clause]:
    """The clauses that name the concept, each once."""
    refs = [one.ref for one in concept.provenance if one.source == "clause"]
    found = map(ontology.clause_by_id.get, refs)
    return list({clause.id: clause for clause in found if clause is not None}.values())


def around(ontology: Ontology, rng: random.Random) -> Iterator[Draft]:
    """The glossary's entries, each at most a few sentences long."""
    ruled: dict[str, list[str]] = defaultdict(list)
    for link in ontology.rule_concepts:
        if link.rule_id in ontology.rule_by_id and link.role in _SPOKEN:
            ruled[link.concept_id].append(ontology.rule_by_id[link.rule_id].clause_id)
    for concept in ontology.concepts:
        if concept.provenance and not naming(ontology, concept) and not ruled[concept.id]:
            continue  # a word that the documents never use; what it has to do with theirs is told from their side
        clause = _numbered(ontology, ruled[concept.id])
        before: set[Place] = set()
        for parts in _portions(near(ontology, concept)):
            yield _entry(concept, parts, before, None if before else clause, rng)
            before.update(place for place, _ in parts)


def _entry(
    concept: Concept, parts: Parts, before: AbstractSet[Place], clause: Clause | None, rng: random.Random
) -> Draft:
    own = [(place, ends) for place, ends in parts if tells_itself(place)]
    others = [end for place, ends in parts if not tells_itself(place) for end in ends]
    says = [told(concept, place, ends) for place, ends in own]
    says += [related(concept, others)] if others else []
    shown: Clause | None = None
    if len(says) == 1:
        question, says = _of_one(concept, *own[0], before, rng) if own else (rng.choice(_ASK_RELATED), says)
    elif clause is not None:
        question, shown = rng.choice(_ASK_ENTRY_AND_CLAUSE), clause
        says.append(f"Clause {clause.number} {'deals with' if 'deals' in question else 'speaks of'} it.")
    else:
        question = rng.choice(_ASK_ENTRY)
    ids = (shown.id,) if shown else ()
    return Draft("topic", question.format(l=term(concept)), " ".join(says), None, (), ids, "", "paragraphs/around")


def _of_one(
    concept: Concept, place: Place, ends: list[Concept], before: AbstractSet[Place], rng: random.Random
) -> tuple[str, list[str]]:
    """The question after one type of relation, and its answer."""
    if place == ("IsA", 0):
        return rng.choice(_ASK_BROADER), [broader(concept, ends)]
    if place != ("IsA", 1):
        return sentence(f"{asked(concept, place, ends)}?"), [told(concept, place, ends)]
    more = "other " if place in before else ""
    if len(ends) > 1:
        says = told(concept, place, ends)
        return rng.choice(_ASK_KINDS).format(l=spelled(concept.label), more=more), [
            sentence(f"{more}{says[0].lower()}{says[1:]}")
        ]
    if evident(concept, ends[0]):
        return f"Which {more}kind of {spelled(concept.label)} does the glossary list?", [broader(ends[0], [concept])]
    lead = "Are" if is_plural(ends[0]) else "Is"
    return f"{lead} {name_of(ends[0])} a kind of {spelled(concept.label)}?", [f"Yes. {told(concept, place, ends)}"]


def _numbered(ontology: Ontology, ids: Sequence[str]) -> Clause | None:
    found = map(ontology.clause_by_id.get, dict.fromkeys(ids))
    return next((clause for clause in found if clause is not None and clause.number), None)


def _portions(around_it: Near) -> Iterator[list[tuple[Place, list[Concept]]]]:
    """``around_it`` in portions of an entry each: two types in their own words, and what else is related in one sentence."""
    portion: list[tuple[Place, list[Concept]]] = []
    for place, ends in around_it.items():
        for group in apart(ends):
            for start in range(0, len(group), _MOST_ENDS):
                some = group[start : start + _MOST_ENDS]
                named = sum(len(others) for _, others in portion)
                again = any(before == place for before, _ in portion)
                full = tells_itself(place) and sum(tells_itself(before) for before, _ in portion) == _MOST_TOLD
                if portion and (again or full or named + len(some) > _MOST_NAMED):
                    yield portion
                    portion = []
                portion.append((place, some))
    if portion:
        yield portion


def apart(ends: Sequence[Concept]) -> list[list[Concept]]:
    """``ends`` without the same thing twice in a list: "customs broker" and "broker" stand in two."""
    groups: list[list[Concept]] = []
    for end in ends:
        for group in groups:
            if not any(end.label.lower() == other.label.lower() or evident(end, other) for other in group):
                group.append(end)
                break
        else:
            groups.append([end])
    return groups
