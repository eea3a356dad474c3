"""Conflicts between rules as a stage of the run, and the list that a person decides from."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UserError
from studio.codec import decode, encode
from studio.workspace import StageResult, code_version, read_json, sha256_of, write_json

if TYPE_CHECKING:
    from kg.conflicts_review import Found
    from kg.review import ReviewItem
    from studio.stages_ontology import Job
    from studio.wiring import Studio

FOUND = "conflicts.json"
STATES = ("open", "settled", "decided", "dismissed")
"""A conflict waits for a person, a principle settled it, a person decided it, or said that it is none."""


def weigh(job: "Job", enriched: StageResult) -> StageResult:
    """Ontology -> the ontology with its conflicts, as far as decided with the decisions; conflicts.json lists all of them.

    Every conflict is put to the review queue; an answer is applied by the next run.
    """
    from kg.conflicts_review import CONFLICT, Found, questions
    from studio.stages_ontology import review_queue

    studio = job.studio
    queue = review_queue(studio)
    decided = queue.decided(CONFLICT)
    parts = {
        "ontology": sha256_of(enriched.folder / "ontology.json"),
        "embedder": studio.settings.models.embedder,
        "decisions": [(item.subject, item.status, item.choice) for item in decided],
        "code": code_version("kg"),
    }

    def build(folder: Path) -> None:
        from kg.conflicts import find_conflicts
        from kg.conflicts_review import found, settle
        from studio.stages_ontology import read_ontology

        studio.progress("weigh conflicts", 0, 0)
        ontology = read_ontology(enriched.folder)
        # Likeness is asked between documents only, so a single one needs no weights.
        embed = studio.embed() if len(ontology.documents) > 1 else None
        conflicts = find_conflicts(ontology, embed=embed)
        write_json(folder / FOUND, found(ontology, conflicts))
        write_json(folder / "ontology.json", dataclasses.replace(ontology, conflicts=settle(conflicts, decided)))
        write_json(folder / "enrichment.json", read_json(enriched.folder / "enrichment.json"))

    made = studio.workspace.stage(studio.workspace.index, "conflicts", parts, build, run=job.run)
    queue.propose(CONFLICT, questions(decode(tuple[Found, ...], read_json(made.folder / FOUND))))
    return dataclasses.replace(made, name=enriched.name, seconds=round(enriched.seconds + made.seconds, 1))


def listed(studio: "Studio") -> list[dict[str, Any]]:
    """The conflicts of the newest ontology, surest first: the record, both rules, where it stands and who said so.

    Raises:
        UserError: nothing has been ingested yet.
    """
    return [_row(found, item) for found, item in _known(studio)]


def one(studio: "Studio", id_: str) -> dict[str, Any]:
    """The conflict whose id is, or begins with, ``id_``.

    Raises:
        UserError: none or several are meant.
    """
    return _row(*_one(studio, id_))


def decide(studio: "Studio", id_: str, answer: str, *, by: str, at: str) -> dict[str, Any]:
    """Answer one conflict: ``answer`` is a rule's id, its citation, ``first``, ``second``, ``dismiss`` or ``undo``.

    Raises:
        UserError: no such conflict, or the answer names none of its rules.
    """
    from kg.review import Status
    from studio.stages_ontology import review_queue

    one, item = _one(studio, id_)
    queue = review_queue(studio)
    if answer == "undo":
        item = queue.undo(item.id, by=by, at=at)
    elif answer == "dismiss":
        item = queue.decide(item.id, Status.REJECTED, by=by, at=at)
    else:
        item = queue.decide(item.id, Status.ACCEPTED, by=by, at=at, choice=_choice(one, answer))
    return _row(one, item)


def _known(studio: "Studio") -> "list[tuple[Found, ReviewItem]]":
    from kg.conflicts_review import CONFLICT, Found
    from studio.stages_ontology import review_queue

    folders = sorted(studio.workspace.index.glob(f"conflicts-*/{FOUND}"), key=lambda path: path.stat().st_mtime)
    if not folders:
        raise UserError("no conflicts have been looked for yet", "run: plumbline ingest")
    items = {item.id: item for item in review_queue(studio).items(CONFLICT)}
    return [
        (one, items[one.question]) for one in decode(tuple[Found, ...], read_json(folders[-1])) if one.question in items
    ]


def _one(studio: "Studio", id_: str) -> "tuple[Found, ReviewItem]":
    known = _known(studio)
    found = [pair for pair in known if id_ and pair[0].conflict.id.startswith((id_, f"conflict:{id_}"))]
    if len(found) != 1:
        meant = f"{len(found)} conflicts begin with {id_}" if found else f"there is no conflict {id_}"
        raise UserError(meant, "see the ids in: plumbline conflicts list")
    return found[0]


def _choice(one: "Found", answer: str) -> str:
    names = {"first": one.sides[0].rule, "second": one.sides[1].rule}
    if answer in names:
        return names[answer]
    meant = [
        side
        for side in one.sides
        if answer == side.citation or side.citation.endswith(f", {answer}") or side.rule.startswith(answer)
    ]
    if len(meant) != 1:
        raise UserError(
            f"{answer!r} does not name one of the two rules",
            f"say first ({one.sides[0].citation}), second ({one.sides[1].citation}) or dismiss",
        )
    return meant[0].rule


def _row(one: "Found", item: "ReviewItem") -> dict[str, Any]:
    from kg.conflicts_precedence import PERSON
    from kg.review import AUTOMATIC, Status

    conflict = one.conflict
    status = "open" if item.status is Status.PENDING else "dismissed" if item.status is Status.REJECTED else "settled"
    if status == "settled" and item.decided_by != AUTOMATIC:
        status = "decided"
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "confidence": conflict.confidence,
        "why": conflict.reason,
        "status": status,
        "prevails": item.choice,
        "principle": PERSON if status == "decided" else conflict.principle if status == "settled" else "",
        "decided_by": item.decided_by,
        "decided_at": item.decided_at,
        "rules": [encode(side) for side in one.sides],
    }
