"""ConceptNet beside the ontology, as library functions: fetch its assertions, index them, look into the index.

What ``plumbline ingest`` links against is what the configuration names under ``conceptnet``; importing it ahead, or
another file to look into, is what these are for.
"""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import UserError
from studio.codec import encode
from studio.wiring import Studio
from studio.workspace import read_json, sha256_of

INDEX = "conceptnet.index"


def downloaded(studio: Studio) -> Path:
    """Where the file of ``enrichment.url`` is kept, whether it is there or not."""
    name = Path(urlsplit(studio.settings.enrichment.url).path).name or "conceptnet-assertions.csv.gz"
    return studio.environment.cache / "conceptnet" / name


def fetch(studio: Studio, to: Path | None = None) -> dict[str, Any]:
    """Download the assertions, or go on where a broken download stopped; see :mod:`kg.conceptnet_download`."""
    from kg.conceptnet import download

    options = studio.settings.enrichment
    found = download(options.url, to or downloaded(studio), options.sha256, studio.progress)
    return {**dataclasses.asdict(found), "path": str(found.path)}


def import_assertions(studio: Studio, files: Sequence[Path] = ()) -> dict[str, Any]:
    """Index ``files``, else what the configuration names, else what was downloaded. An index that is there is kept.

    Raises:
        UserError: there is no such file, or none at all.
        PlumblineError: more than 1 % of the lines are malformed, or a file is damaged.
    """
    from studio.stages_ontology import Job, index

    configured = studio.settings.conceptnet
    sources = tuple(path.resolve() for path in files) or configured
    if not sources and downloaded(studio).is_file():
        sources = (downloaded(studio),)
    if not sources:
        raise UserError(
            "the configuration names no ConceptNet file",
            'name one: plumbline conceptnet import FILE, or write conceptnet = ["FILE"]; '
            "plumbline conceptnet download fetches the official one",
        )
    for path in sources:
        if not path.is_file():
            raise UserError(f"there is no file {path}", "check the path, or run: plumbline conceptnet download")
    named = dataclasses.replace(studio, settings=dataclasses.replace(studio.settings, conceptnet=sources))
    with studio.workspace.lock():
        made = index(Job(named, "conceptnet", {str(path): sha256_of(path) for path in sources}))
    return {
        **read_json(made.folder / "report.json"),
        "sources": [str(path) for path in sources],
        "index": str(made.folder),
        "seconds": round(made.seconds, 1),
        "up_to_date": made.cached,
        "configured": set(sources) <= set(configured),
    }


def status(studio: Studio) -> dict[str, Any]:
    """What is downloaded, indexed, linked, imported and undecided (None for what is not there yet)."""
    from kg.conceptnet_review import LINK
    from kg.review import Status
    from studio.stages_ontology import review_queue

    options = studio.settings.enrichment
    index = _latest(studio, "conceptnet-*/report.json")
    enriched = _latest(studio, "enrich-*/enrichment.json")
    file, part = downloaded(studio), downloaded(studio).with_name(f"{downloaded(studio).name}.part")
    waiting = review_queue(studio).items(LINK, Status.PENDING)
    return {
        "sources": [str(path) for path in studio.settings.conceptnet],
        "download": {
            "url": options.url, "path": str(file), "complete": file.is_file(),
            "bytes": file.stat().st_size if file.is_file() else part.stat().st_size if part.is_file() else 0,
        },
        "index": read_json(index) if index else None,
        "enrichment": _summary(read_json(enriched)) if enriched else None,
        "waiting_for_review": len(waiting),
    }  # fmt: skip


def neighbours(studio: Studio, term: str, limit: int = 25) -> list[dict[str, Any]]:
    """The assertions about ``term`` (words or a URI), heaviest first, each with the algebra of its relation.

    Raises:
        UserError: nothing is indexed, or the index does not know the term; what begins like it is named.
    """
    from kg.conceptnet import ConceptNetIndex, algebra

    if limit < 1:
        raise UserError(f"--limit is {limit}", "ask for at least one")
    path = _latest(studio, f"conceptnet-*/{INDEX}")
    if path is None:
        raise UserError("ConceptNet is not indexed yet", "run: plumbline conceptnet import FILE")
    language = studio.settings.enrichment.language
    uri = term if term.startswith("/c/") else f"/c/{language}/{'_'.join(term.lower().split())}"
    with ConceptNetIndex.open(path) as index:
        found = index.neighbours(uri, limit)
        if not found:
            near = index.terms(uri[:-1], 5) or index.terms(uri[: len(f"/c/{language}/") + 3], 5)
            known = f"it has {', '.join(near)}" if near else "try the singular, or another word"
            raise UserError(f"ConceptNet's index has no term {uri}", known)
    rows = []
    for assertion in found:
        about = algebra(assertion.relation)
        properties = {"symmetric": about.symmetric, "transitive": about.transitive, "polarity": about.polarity}
        rows.append({**encode(assertion), **properties})
    return rows


def _latest(studio: Studio, pattern: str) -> Path | None:
    found = studio.workspace.index.glob(pattern)
    return max(found, key=lambda path: (path.stat().st_mtime, path), default=None)


def _summary(enrichment: dict[str, Any]) -> dict[str, Any]:
    """The counts, without each link."""
    counts = {name: value for name, value in enrichment.items() if name not in {"links", "pending"}}
    return {**counts, "pending": len(enrichment.get("pending", ()))}
