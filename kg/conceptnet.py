"""ConceptNet, the commonsense graph (Speer, Chin and Havasi, AAAI 2017): reading, indexing, and importing what bears
on a policy. Data: CC BY-SA 4.0; every imported fact keeps its URI and licence.
"""

from kg.conceptnet_enrich import ConceptNetOptions, Enrichment, enrich
from kg.conceptnet_index import ConceptNetIndex, IndexReport, build_index, term_of
from kg.conceptnet_link import Link
from kg.conceptnet_reader import Assertion, Tally, read_assertions
from kg.conceptnet_relations import RELATIONS, RelationAlgebra, algebra

__all__ = [
    "RELATIONS",
    "Assertion",
    "ConceptNetIndex",
    "ConceptNetOptions",
    "Enrichment",
    "IndexReport",
    "Link",
    "RelationAlgebra",
    "Tally",
    "algebra",
    "build_index",
    "enrich",
    "read_assertions",
    "term_of",
]
