"""What is a kind of what: by the policy's own definitions and relations, and by what everybody knows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Modality, Ontology
from kg.words import content, verb_key

CORE_END = re.compile(
    r"\b(?:that|which|who|whose|whom|in|on|at|to|from|for|with|by|under|above|below|over|worth|after|before|during|within|outside|"
    r"without|unless|until|till|since|except|if|when|while|where|about|between|into|using|up to|(?:more|less|higher|taller|wider|larger|bigger|heavier|deeper|lower|smaller) than|not exceeding|such as|including|costing|exceeding|weighing|lasting|"
    r"against|because|so that)\b",
    re.IGNORECASE,
)
"""Where the name of a thing ends."""
LIST = re.compile(r"\s*,\s*(?:and |or )?|\s+(?:and|or|and/or)\s+|/", re.IGNORECASE)

EVERYDAY = {
    "alcohol": "wine beer cider spirit whisky vodka gin rum liquor champagne cocktail",
    "food": "meal snack sandwich fruit cake sweet biscuit lunch breakfast dinner supper",
    "beverage": "coffee tea juice lemonade cocoa",
    "animal": "dog cat horse rabbit hamster pet",
    "pet": "dog cat rabbit hamster",
    "vehicle": "car van lorry truck motorcycle motorbike moped scooter bus",
    "device": "laptop phone smartphone tablet computer",
    "weapon": "gun rifle pistol knife sword",
    "tobacco": "cigarette cigar",
    "family member": "spouse wife husband partner child parent sibling brother sister relative son daughter",
    "relative": "spouse wife husband child parent sibling brother sister son daughter",
    "footwear": "shoe boot sandal trainer slipper",
    "bag": "backpack rucksack suitcase handbag",
    "bicycle": "bike",
    "bike": "bicycle",
    "leash": "lead",
    "lead": "leash",
}
"""Kinds that no policy explains, for everybody knows them."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """What is a kind of what, by the words' keys of its names."""

    wider: Mapping[frozenset[str], frozenset[frozenset[str]]]

    @lru_cache(maxsize=100_000)  # noqa: B019 - a run has one of these
    def above(self, words: frozenset[str]) -> frozenset[frozenset[str]]:
        """All names that take ``words`` in, at most three steps away."""
        found: set[frozenset[str]] = set()
        edge = {words}
        for _ in range(3):
            edge = {wide for name in edge for wide in self.wider.get(name, ())} - found
            found |= edge
        return frozenset(found)


def kinds_of(ontology: Ontology) -> Kinds:
    """Kinds by the policy's own definitions and relations; what only ConceptNet says is too loose for this."""
    wider: dict[frozenset[str], set[frozenset[str]]] = defaultdict(set)
    for kind, known in EVERYDAY.items():
        for word in known.split():
            wider[frozenset({verb_key(word)})].add(frozenset(map(verb_key, kind.split())))
    listed: set[frozenset[str]] = set()
    for rule in ontology.rules:
        if rule.modality is Modality.DEFINITION:
            term, members = frozenset(content(rule.actor)), list(_members(rule.object))
            if term and len(members) > 1:
                listed.add(term)
                for member in members:
                    wider[member].add(term)
    labels = {concept.id: frozenset(content(concept.label)) for concept in ontology.concepts}
    for relation in ontology.relations:
        low, high = labels.get(relation.source_id), labels.get(relation.target_id)
        own = not relation.provenance or any(one.source != "conceptnet" for one in relation.provenance)
        if not low or not high or low == high or not own or relation.polarity < 0 or low in listed:
            continue
        if relation.type in {"IsA", "Synonym"}:
            wider[low].add(high)
        if relation.type == "Synonym":
            wider[high].add(low)
    return Kinds({name: frozenset(above) for name, above in wider.items()})


def _members(text: str) -> Iterator[frozenset[str]]:
    """The things that a definition lists; each must be short."""
    for part in LIST.split(text):
        core = part[: found.start()] if (found := CORE_END.search(part)) and found.start() else part
        words = frozenset(content(core))
        if 0 < len(words) <= 3:
            yield words
