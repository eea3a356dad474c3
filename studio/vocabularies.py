"""Vocabularies of the user's in a workspace: imported once, planted in every ontology that is read afterwards."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UserError
from kg.model import Ontology
from studio.codec import decode, encode
from studio.workspace import Workspace, code_version, read_json, sha256_of, write_json

if TYPE_CHECKING:
    from kg.rdf.vocabulary import Vocabulary

FOLDER = "vocabularies"


def add(workspace: Workspace, path: Path) -> dict[str, Any]:
    """Read a SKOS or OWL file and keep its concepts for the next ``plumbline ingest`` or ``run``.

    A file of the same name is replaced. Raises :class:`UserError` when the file is malformed, unsafe or names nothing.
    """
    from kg.rdf.vocabulary import read_vocabulary

    found = read_vocabulary(path)
    place = _place(workspace, path.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_json(place, found)
    return {
        "vocabulary": found.name,
        "concepts": len(found.concepts),
        "relations": len(found.relations),
        "rejected": encode(found.rejected),
        "licence": found.licence,
        "stored": str(place),
        "next": "plumbline ingest",
    }


def drop(workspace: Workspace, name: str) -> dict[str, Any]:
    """Forget the vocabulary of the file ``name``. Raises :class:`UserError` when it was never imported."""
    place = _place(workspace, Path(name).name)
    if not place.is_file():
        known = ", ".join(one.name for one in stored(workspace)) or "none"
        raise UserError(f"no vocabulary {Path(name).name} was imported", f"imported are: {known}")
    place.unlink()
    return {"vocabulary": Path(name).name, "removed": True, "next": "plumbline ingest"}


def stored(workspace: Workspace) -> tuple["Vocabulary", ...]:
    """The imported vocabularies by name."""
    places = _places(workspace)
    if not places:
        return ()
    from kg.rdf.vocabulary import Vocabulary

    return tuple(decode(Vocabulary, read_json(place)) for place in places)


def parts(workspace: Workspace) -> list[str]:
    """What a stage that plants the vocabularies depends on; nothing where there are none."""
    places = _places(workspace)
    code = [code_version("kg.rdf.seeding", "kg.mentions", "kg.words")] if places else []
    return [sha256_of(place) for place in places] + code


def plant(workspace: Workspace, ontology: Ontology, folder: Path) -> Ontology:
    """``ontology`` with the imported vocabularies in it; seeds.json in ``folder`` says what came of them."""
    vocabularies = stored(workspace)
    if not vocabularies:
        return ontology
    from kg.rdf.seeding import seed

    found = seed(ontology, vocabularies, kind_of_label)
    write_json(folder / "seeds.json", {name: value for name, value in vars_of(found).items() if name != "ontology"})
    return found.ontology


def vars_of(record: object) -> dict[str, Any]:
    """The fields of a slotted record by name."""
    from dataclasses import fields

    return {item.name: getattr(record, item.name) for item in fields(record)}  # type: ignore[arg-type]


def kind_of_label(label: str) -> str:
    """The kind of a concept by the head noun of its label ("head of procurement": head)."""
    from extraction.concepts_kinds import kind_of
    from kg.words import singular, tokens

    words = tokens(re.split(r" (?:of|for|in|on|to|from|with) ", label, maxsplit=1)[0])
    return kind_of(label, singular(words[-1])) if words else "thing"


def _places(workspace: Workspace) -> list[Path]:
    return sorted((workspace.root / FOLDER).glob("*.json"))


def _place(workspace: Workspace, name: str) -> Path:
    """Where a file's vocabulary is kept. Its name comes from the user: nothing of it but letters, digits, dots stays."""
    safe = re.sub(r"[^\w.-]", "_", name).lstrip(".") or "vocabulary"
    return workspace.root / FOLDER / f"{safe}.json"
