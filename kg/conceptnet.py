"""ConceptNet, the commonsense graph (Speer, Chin and Havasi, AAAI 2017): reading, indexing, and importing what bears
on a policy. Data: CC BY-SA 4.0; every imported fact keeps its URI and licence.

The options come at once; what needs DuckDB or Arrow is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.conceptnet_options import ConceptNetOptions

if TYPE_CHECKING:
    from kg.conceptnet_build import IndexReport, build_index
    from kg.conceptnet_download import Download, download
    from kg.conceptnet_enrich import Enrichment, enrich
    from kg.conceptnet_index import ConceptNetIndex
    from kg.conceptnet_link import Link, PendingLink
    from kg.conceptnet_reader import Assertion, read_assertions, term_of
    from kg.conceptnet_relations import RELATIONS, RelationAlgebra, algebra
    from kg.conceptnet_review import decided_links, link_questions
    from kg.conceptnet_unpack import Tally

__all__ = [
    "RELATIONS",
    "Assertion",
    "ConceptNetIndex",
    "ConceptNetOptions",
    "Download",
    "Enrichment",
    "IndexReport",
    "Link",
    "PendingLink",
    "RelationAlgebra",
    "Tally",
    "algebra",
    "build_index",
    "decided_links",
    "download",
    "enrich",
    "link_questions",
    "read_assertions",
    "term_of",
]

_PLACES = {
    "kg.conceptnet_build": ("IndexReport", "build_index"),
    "kg.conceptnet_download": ("Download", "download"),
    "kg.conceptnet_enrich": ("Enrichment", "enrich"),
    "kg.conceptnet_index": ("ConceptNetIndex",),
    "kg.conceptnet_link": ("Link", "PendingLink"),
    "kg.conceptnet_reader": ("Assertion", "read_assertions", "term_of"),
    "kg.conceptnet_relations": ("RELATIONS", "RelationAlgebra", "algebra"),
    "kg.conceptnet_review": ("decided_links", "link_questions"),
    "kg.conceptnet_unpack": ("Tally",),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> Any:
    """The public names, each from its module on first use (PEP 562)."""
    if name not in _PLACE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACE_OF[name]), name)
