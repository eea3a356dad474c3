"""An ontology as GraphML (Brandes et al. 2002), for networkx and Gephi: the graph of :mod:`kg.graph`, flattened.

GraphML knows no lists and XML no control characters, so that this way out is for looking and counting; what comes back
whole is RDF.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg import schema
from kg.graph import edge_rows, node_rows
from kg.model import Ontology

if TYPE_CHECKING:
    from networkx import MultiDiGraph

NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even escaped (XML 1.0, production 2)."""
_SHOWN: Final = {
    schema.DOCUMENT: "title",
    schema.SECTION: "title",
    schema.CLAUSE: "number",
    schema.RULE: "text",
    schema.CONCEPT: "label",
}
LONGEST_LABEL: Final = 80


def write_graphml(ontology: Ontology, path: Path) -> None:
    """Write ``ontology`` to ``path``. A node's id is ``Label/id``; an edge has ``type`` and ``weight``."""
    from networkx import write_graphml_lxml

    write_graphml_lxml(to_networkx(ontology), path, named_key_ids=True, edge_id_from_attribute="id")


def to_networkx(ontology: Ontology) -> "MultiDiGraph":
    """The ontology as a directed multigraph with ``type`` (the label of a node, the type of an edge) and ``label``."""
    from networkx import MultiDiGraph

    graph = MultiDiGraph()
    for part in node_rows(ontology):
        for row in part.rows:
            shown = plain(str(row.get(_SHOWN[part.label]) or row["id"]))
            label = shown if len(shown) <= LONGEST_LABEL else f"{shown[: LONGEST_LABEL - 1]}…"
            graph.add_node(
                node_id(part.label, str(row["id"])), **_flat(row, without="id"), type=part.label, label=label
            )
    count = 0
    for edges in edge_rows(ontology):
        for row in edges.rows:
            properties = row["properties"]
            if not isinstance(properties, Mapping):
                raise TypeError(properties)
            weight = properties.get("weight", 1.0)
            graph.add_edge(
                node_id(edges.edge.source, str(row["source"])),
                node_id(edges.edge.target, str(row["target"])),
                **_flat(properties, without="weight"),
                id=f"e{count}",
                type=edges.edge.type,
                label=edges.edge.type,
                weight=float(weight) if isinstance(weight, int | float) else 1.0,
            )
            count += 1
    return graph


def node_id(label: str, id_: str) -> str:
    """Ids are unique within a label only."""
    return f"{label}/{plain(id_)}"


def plain(text: str) -> str:
    """``text`` with what XML cannot hold replaced by U+FFFD."""
    return NO_XML.sub("\ufffd", text)


def _flat(row: Mapping[str, object], without: str) -> dict[str, object]:
    """Scalars; a list as JSON. A relation's or conflict's own id stands under ``key``, its type under ``relation``."""
    renamed = {"id": "key", "type": "relation", "label": "name"}
    flat: dict[str, object] = {}
    for name, value in row.items():
        if name == without:
            continue
        if isinstance(value, list | tuple):
            value = json.dumps(value, ensure_ascii=False)  # noqa: PLW2901
        flat[renamed.get(name, name)] = plain(value) if isinstance(value, str) else value
    return flat
