"""The verbs of ``plumbline ontology`` as library functions over the ontology in the graph."""

import contextlib
import io
from pathlib import Path
from typing import Any

from kg.census import Lacking, census
from kg.errors import UserError
from kg.model import Ontology
from studio import vocabularies
from studio.codec import encode
from studio.wiring import Studio
from studio.workspace import write_text

TEXTS = ("turtle", "json-ld", "n-triples")
FORMATS = (*TEXTS, "graphml", "csv")


def graph_ontology(studio: Studio) -> Ontology:
    """The ontology in the graph.

    Raises:
        UserError: the graph is empty.
    """
    with studio.open_graph() as store:
        found = store.ontology()
    if not found.documents:
        raise UserError("the graph is empty", "run: plumbline ingest")
    return found


def stats(studio: Studio) -> dict[str, Any]:
    """Counts by kind, degrees, and how much is unlinked or unsourced (which must be 0)."""
    with studio.open_graph() as store:
        ontology, counts = store.ontology(), store.counts()
    if not ontology.documents:
        raise UserError("the graph is empty", "run: plumbline ingest")
    found = census(ontology)
    plain: dict[str, Any] = encode(found)
    plain["graph"] = counts
    for name, lacking in (("unlinked", found.unlinked), ("unsourced", found.unsourced)):
        plain |= _lacking(name, lacking)
    plain["vocabularies"] = [one.name for one in vocabularies.stored(studio.workspace)]
    return plain


def _lacking(name: str, found: Lacking) -> dict[str, Any]:
    return {name: found.total, f"{name}_by_kind": found.by_kind, f"{name}_examples": list(found.examples)}


def export(studio: Studio, format_: str, output: Path | None = None) -> dict[str, Any]:
    """The ontology in a standard format: into ``output`` (a file; for csv a folder), else as ``text``.

    Raises:
        UserError: the graph is empty, the place cannot be written, or csv has no folder.
    """
    if format_ not in FORMATS:
        raise UserError(f"there is no format {format_!r}", f"choose one of: {', '.join(FORMATS)}")
    if format_ == "csv" and output is None:
        raise UserError("csv needs a folder for its files", "add --output DIR")
    ontology = graph_ontology(studio)
    with _writable(output):
        if format_ == "csv" and output is not None:
            from kg.exports_csv import write_csv

            files = write_csv(ontology, output)
            return {"format": format_, "output": str(output), "files": [path.name for path in files]}
        found = _graphml(ontology) if format_ == "graphml" else _rdf(ontology, format_)
        if output is None:
            return {"format": format_, **found}
        write_text(output, found.pop("text"))
    return {"format": format_, "output": str(output), **found}


def _rdf(ontology: Ontology, format_: str) -> dict[str, Any]:
    from kg.rdf.syntax import to_text
    from kg.rdf.writer import to_graph

    graph = to_graph(ontology)
    return {"triples": len(graph), "text": to_text(graph, format_)}


def _graphml(ontology: Ontology) -> dict[str, Any]:
    from networkx import write_graphml_lxml

    from kg.exports_graphml import to_networkx

    graph = to_networkx(ontology)
    stream = io.BytesIO()
    write_graphml_lxml(graph, stream, named_key_ids=True, edge_id_from_attribute="id")
    return {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "text": stream.getvalue().decode(),
    }


@contextlib.contextmanager
def _writable(output: Path | None) -> Any:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"{output} cannot be written: {error.strerror}", "choose another place: --output PATH"
        ) from error


def validate(studio: Studio | None, path: Path | None = None) -> dict[str, Any]:
    """The ontology in the graph, or an RDF file, against the shapes; ``violations`` lists what is wrong.

    A file that conforms and holds an ontology of ours is also read as one, which finds what no shape can say.

    Raises:
        UserError: the file is malformed or holds nothing that the shapes speak of; the graph is empty.
    """
    from kg.rdf.reader import from_graph
    from kg.rdf.shacl import validate as check
    from kg.rdf.terms import PL

    if path is not None:
        from kg.rdf.files import read_graph

        graph = read_graph(path)
    elif studio is not None:
        from kg.rdf.writer import to_graph

        graph = to_graph(graph_ontology(studio))
    else:
        raise UserError("there is nothing to validate", "name a file or a configuration")
    found = check(graph)
    if not found.checked:
        raise UserError(f"{path} holds nothing that the shapes speak of", "give a graph of skos:Concept or pl:Rule")
    problems = [encode(one) for one in found.violations]
    if found.conforms and (None, None, PL.Document) in graph:
        from kg.schema import validate_ontology

        ontology = from_graph(graph, str(path or "the graph"))
        problems = [{"node": "", "path": "", "value": "", "message": one} for one in validate_ontology(ontology)]
    return {
        "source": str(path) if path else "the graph",
        "conforms": not problems,
        "triples": len(graph),
        "checked": found.checked,
        "violations": problems,
    }


def import_vocabulary(studio: Studio, path: Path, *, remove: bool = False) -> dict[str, Any]:
    """Keep a SKOS or OWL vocabulary in the workspace (or forget it); the next ingest or run uses its concepts."""
    with studio.workspace.lock():
        return vocabularies.drop(studio.workspace, path.name) if remove else vocabularies.add(studio.workspace, path)
