"""The relations of ConceptNet 5.7 with their algebra.

Source: the ConceptNet 5 wiki, page "Relations" (Speer, Chin and Havasi, AAAI 2017); the transitive ones are those whose
definition composes (a part of a part is a part). Relations of older versions, which files of ConceptNet 4 and 5.0-5.4
still hold, name the relation of 5.7 that took their place.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelationAlgebra:
    """What may be concluded from an edge: ``symmetric`` swaps its ends, ``transitive`` composes it with itself,
    ``negative`` names the relation that denies it, ``canonical`` the one that replaced it in 5.7 (or itself).
    """

    name: str
    symmetric: bool = False
    transitive: bool = False
    negative: str = ""
    canonical: str = ""

    @property
    def polarity(self) -> int:
        """-1 for a ``Not*`` relation, else +1."""
        return -1 if self.name.startswith("Not") else 1


_SYMMETRIC = frozenset(
    ("RelatedTo", "Synonym", "Antonym", "DistinctFrom", "LocatedNear", "SimilarTo", "EtymologicallyRelatedTo")
)
_COMPOSED = "IsA PartOf MannerOf Entails HasSubevent HasPrerequisite DerivedFrom EtymologicallyDerivedFrom Synonym"
_TRANSITIVE = frozenset(_COMPOSED.split())
_NEGATED = ("Desires", "UsedFor", "CapableOf", "HasProperty", "IsA", "HasA", "MadeOf", "Causes")
_NAMES = (
    "RelatedTo FormOf IsA PartOf HasA UsedFor CapableOf AtLocation Causes HasSubevent HasFirstSubevent "
    "HasLastSubevent HasPrerequisite HasProperty MotivatedByGoal ObstructedBy Desires CreatedBy Synonym Antonym "
    "DistinctFrom DerivedFrom SymbolOf DefinedAs MannerOf LocatedNear HasContext SimilarTo EtymologicallyRelatedTo "
    "EtymologicallyDerivedFrom CausesDesire MadeOf ReceivesAction ExternalURL Entails InstanceOf "
    "NotDesires NotUsedFor NotCapableOf NotHasProperty "
    "dbpedia/genre dbpedia/genus dbpedia/influencedBy dbpedia/knownFor dbpedia/language dbpedia/leader "
    "dbpedia/occupation dbpedia/product dbpedia/capital dbpedia/field"
)
_OLDER = {
    "ConceptuallyRelatedTo": "RelatedTo", "InheritsFrom": "IsA", "LocationOfAction": "AtLocation",
    "DesireOf": "Desires", "TranslationOf": "Synonym", "SimilarSize": "SimilarTo", "HasPainIntensity": "HasProperty",
    "HasPainCharacter": "HasProperty", "NotIsA": "NotIsA", "NotHasA": "NotHasA", "NotMadeOf": "NotMadeOf",
    "NotCauses": "NotCauses", "HasPrequisite": "HasPrerequisite",
}  # fmt: skip


def _algebra(name: str, canonical: str) -> RelationAlgebra:
    return RelationAlgebra(
        name, canonical in _SYMMETRIC, canonical in _TRANSITIVE, f"Not{name}" if name in _NEGATED else "", canonical
    )


RELATIONS: Mapping[str, RelationAlgebra] = {
    **{name: _algebra(name, name) for name in _NAMES.split()},
    **{name: _algebra(name, canonical) for name, canonical in _OLDER.items()},
}
"""Relation name without ``/r/`` -> its algebra; the 50 of ConceptNet 5.7 first, then those of older versions."""


def algebra(relation: str) -> RelationAlgebra:
    """The algebra of a relation name or URI; one that is not known has none (and keeps its polarity)."""
    name = relation.removeprefix("/r/")
    return RELATIONS.get(name) or RelationAlgebra(name, canonical=name)
