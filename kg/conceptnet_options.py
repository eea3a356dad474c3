"""What of ConceptNet comes into an ontology: the options alone, light to import."""

from dataclasses import dataclass

from kg.conceptnet_relations import RELATIONS
from kg.conceptnet_words import UNWANTED
from kg.errors import UserError

PRIORS = {
    "IsA": 1.0, "Synonym": 1.0, "InstanceOf": 0.9, "MannerOf": 0.9, "SimilarTo": 0.8, "DefinedAs": 0.8, "PartOf": 0.7,
    "UsedFor": 0.7, "CapableOf": 0.6, "HasA": 0.6, "Causes": 0.6, "HasPrerequisite": 0.6, "MotivatedByGoal": 0.6,
    "AtLocation": 0.5, "HasSubevent": 0.5, "HasProperty": 0.5, "ReceivesAction": 0.5, "CreatedBy": 0.5,
    "Antonym": 0.5, "DistinctFrom": 0.5, "MadeOf": 0.4, "Desires": 0.4, "CausesDesire": 0.4, "Entails": 0.6,
    "NotCapableOf": 0.4, "NotIsA": 0.4, "NotHasProperty": 0.4, "NotDesires": 0.3, "NotUsedFor": 0.4, "RelatedTo": 0.3,
}  # fmt: skip
"""How useful a relation is for speaking of cases (a kind of gift before a place of gifts); orders the import."""


@dataclass(frozen=True, slots=True)
class ConceptNetOptions:
    """What of ConceptNet comes into the ontology."""

    language: str = "en"
    """Two-letter code of the policy's language; terms of others are left out."""
    hops: int = 1
    """How far from the policy's concepts the import goes, 0 (link only) to 3."""
    min_weight: float = 1.0
    """The least weight of an imported assertion; 1.0 is one ordinary source."""
    min_relevance: float = 0.42
    """The least relevance in [0, 1] of a term that the policy does not name (:mod:`kg.conceptnet_relevance`)."""
    trust_extract: bool = True
    """Ask less of a file that was chosen for the policy: the least relevance is lowered by the share of the file's assertions
    that speak of the policy's concepts (of all ConceptNet hardly any do)."""
    per_concept: int = 8
    """The most assertions that are imported for one concept of the policy; a quarter of it from the second hop on."""
    max_concepts: int = 500
    """The most concepts that are imported in all."""
    max_words: int = 3
    """The longest label of an imported concept, in words."""
    relations: tuple[str, ...] = tuple(PRIORS)
    """Names of the relations (ConceptNet 5.7) that are imported."""
    blocked: tuple[str, ...] = UNWANTED
    """Words that no imported label contains."""
    read: int = 200
    """How many assertions of a term, heaviest first, are looked at."""
    link_margin: float = 0.02
    """How much nearer to the policy the best reading of a concept must be than the next; else a person is asked."""
    url: str = "https://s3.amazonaws.com/conceptnet/downloads/2019/edges/conceptnet-assertions-5.7.0.csv.gz"
    """Where plumbline conceptnet download fetches the assertions from."""
    sha256: str = ""
    """What the SHA-256 of the downloaded file must be; empty checks size, packing and format alone."""

    def __post_init__(self) -> None:
        if not (0 <= self.link_margin <= 1 and 0 <= self.min_relevance <= 1 and self.read > 0):
            raise UserError(
                "the ConceptNet options contradict themselves", "link_margin and min_relevance from 0 to 1; read > 0"
            )
        if unknown := sorted(set(self.relations) - {one.replace("/", "_") for one in RELATIONS}):
            raise UserError(
                f"ConceptNet has no relation {', '.join(unknown)}", "take names such as IsA, UsedFor, NotDesires"
            )
        if not (0 <= self.hops <= 3 and self.per_concept >= 0 and self.max_concepts >= 0 and self.max_words > 0):
            raise UserError(
                "the ConceptNet options contradict themselves", "hops from 0 to 3; caps not negative; max_words > 0"
            )
