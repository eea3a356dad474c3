"""Questions that wait for a person, and the decisions: a log that only grows, in the workspace.

A stage that is not sure of something (whether two names are one concept, which ConceptNet term a concept is) *proposes*
an item; a person accepts or rejects it, or undoes that; the next run asks for the decisions of its kind and applies
them. An item's id follows from its content, so proposing it again changes nothing, and a decision outlives the run
that asked for it. What is decided automatically is proposed as accepted by :data:`AUTOMATIC`, so that a person can see
and undo it.

The file holds one JSON object per line: ``proposed`` (with the item), ``withdrawn`` (no run asks any more),
``accepted``, ``rejected`` and ``undone``; :mod:`kg.review_log` keeps it whole.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.errors import UserError
from kg.model import stable_id
from kg.review_log import Log

QUEUE = "review.jsonl"
"""The queue's file in the folder of a workspace."""

AUTOMATIC = "automatic"
"""Who decided what no person had to: a score above the threshold."""


class Status(StrEnum):
    """Where an item stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question to a person: is ``subject`` (the id of an element) one of ``candidates`` (ids or URIs, best first)?

    ``kind`` is merge, conceptnet_link or another stage's own; ``question`` and ``evidence`` say it in words;
    ``score`` is in [0, 1]. ``choice`` is the candidate that was accepted, ``decided_at`` ISO 8601 in UTC. Make one with
    :func:`review_item`.
    """

    id: str
    kind: str
    subject: str
    candidates: tuple[str, ...]
    score: float
    reason: str
    status: Status = Status.PENDING
    decided_by: str = ""
    decided_at: str = ""
    choice: str = ""
    question: str = ""
    evidence: tuple[str, ...] = ()


def review_item(
    kind: str, subject: str, candidates: Sequence[str], score: float, reason: str, question: str = ""
) -> ReviewItem:
    """A pending item; its id depends on kind, subject and the set of candidates alone."""
    id_ = stable_id("review", kind, subject, *sorted(candidates))
    return ReviewItem(id_, kind, subject, tuple(candidates), round(score, 4), reason, question=question)


def automatic(item: ReviewItem) -> ReviewItem:
    """``item`` as one that needs no person: its best candidate is taken, until somebody undoes it."""
    return dataclasses.replace(item, status=Status.ACCEPTED, decided_by=AUTOMATIC, choice=item.candidates[0])


@dataclass(slots=True)
class _Entry:
    """What the log says of one item: as it was proposed last, and a person's decisions, the last one valid."""

    item: ReviewItem
    wanted: bool = True
    decisions: list[ReviewItem] = dataclasses.field(default_factory=list)

    @property
    def current(self) -> ReviewItem:
        if not self.decisions:
            return self.item
        decided = self.decisions[-1]
        return dataclasses.replace(
            self.item,
            status=decided.status,
            decided_by=decided.decided_by,
            decided_at=decided.decided_at,
            choice=decided.choice,
        )


class ReviewQueue:
    """The questions and decisions in the file ``path``, which need not exist. Several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._log = Log(path)

    def items(self, kind: str = "", status: Status | None = None) -> tuple[ReviewItem, ...]:
        """What is asked now or was decided by a person, best score first.

        Raises:
            PlumblineError: a line of the file is damaged.
        """
        shown = (entry.current for entry in self._entries().values() if entry.wanted or entry.decisions)
        found = [item for item in shown if kind in ("", item.kind) and status in (None, item.status)]
        return tuple(sorted(found, key=lambda item: (item.kind, -item.score, item.question, item.id)))

    def decided(self, kind: str) -> tuple[ReviewItem, ...]:
        """The decisions of persons about ``kind``, by id: what the next run is to apply."""
        entries = sorted(self._entries().items())
        return tuple(entry.current for _, entry in entries if entry.decisions and entry.item.kind == kind)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many questions of each kind are in which state."""
        found: dict[str, dict[str, int]] = {}
        for item in self.items():
            found.setdefault(item.kind, dict.fromkeys(map(str, Status), 0))[item.status.value] += 1
        return found

    def pending(self) -> dict[str, int]:
        """How many questions of each kind wait for a person."""
        return {kind: counts["pending"] for kind, counts in self.counts().items()}

    def find(self, id_: str) -> ReviewItem:
        """The item whose id is, or begins with, ``id_`` (with or without the ``review:`` before it).

        Raises:
            UserError: none or several are meant.
        """
        return _find(self._entries(), id_).current

    def propose(self, kind: str, items: Iterable[ReviewItem]) -> None:
        """Let ``items`` be all that is asked about ``kind``: new ones are added, pending ones that are not among them
        are withdrawn, decisions stay. Proposing the same again writes nothing.
        """
        proposed = {item.id: item for item in items}
        if any(item.kind != kind for item in proposed.values()):
            raise ValueError(f"an item is not of the kind {kind}")
        with self._log.appending() as append:
            entries = self._entries()
            lines: list[Mapping[str, object]] = []
            for id_, item in proposed.items():
                known = entries.get(id_)
                if known is None or not known.wanted or known.item != item:
                    lines.append({"event": "proposed", "item": dataclasses.asdict(item)})
            gone = (id_ for id_, entry in entries.items() if entry.wanted and entry.item.kind == kind)
            lines.extend({"event": "withdrawn", "id": id_} for id_ in gone if id_ not in proposed)
            append(lines)

    def decide(self, id_: str, status: Status, *, by: str, at: str, choice: str = "") -> ReviewItem:
        """Accept or reject the item ``id_`` (see :meth:`find`); ``choice`` is the candidate meant, the best by default.

        Raises:
            UserError: no such item, or no such candidate.
        """
        if status is Status.PENDING:
            raise ValueError("use undo")
        with self._log.appending() as append:
            entry = _find(self._entries(), id_)
            item = entry.item
            if choice and choice not in item.candidates:
                raise UserError(
                    f"{choice} is no candidate of {item.id}", f"choose one of: {', '.join(item.candidates)}"
                )
            taken = (choice or item.candidates[0]) if status is Status.ACCEPTED else ""
            record = {"event": status.value, "id": item.id, "by": by, "at": at, "choice": taken}
            append([record])
            _apply({item.id: entry}, record)
            return entry.current

    def undo(self, id_: str, *, by: str, at: str) -> ReviewItem:
        """Take the last decision about ``id_`` back. An automatic one becomes a rejection, which can be undone too.

        Raises:
            UserError: no such item, or nothing was decided.
        """
        with self._log.appending() as append:
            entry = _find(self._entries(), id_)
            record: dict[str, object]
            if entry.decisions:
                record = {"event": "undone", "id": entry.item.id, "by": by, "at": at}
            elif entry.item.decided_by == AUTOMATIC:
                record = {"event": Status.REJECTED.value, "id": entry.item.id, "by": by, "at": at, "choice": ""}
            else:
                raise UserError(f"nothing was decided about {entry.item.id}", "see: plumbline review list")
            append([record])
            _apply({entry.item.id: entry}, record)
            return entry.current

    def _entries(self) -> dict[str, _Entry]:
        entries: dict[str, _Entry] = {}
        self._log.read(lambda record: _apply(entries, record))
        return entries


def _apply(entries: dict[str, _Entry], record: Mapping[str, Any]) -> None:
    """One line of the log onto the state."""
    event = record["event"]
    if event == "proposed":
        plain = record["item"]
        lists = {name: tuple(plain[name]) for name in ("candidates", "evidence")}
        item = ReviewItem(**{**plain, **lists, "status": Status(plain["status"])})
        known = entries.setdefault(item.id, _Entry(item))
        known.item, known.wanted = item, True
        return
    entry = entries[record["id"]]
    if event == "withdrawn":
        entry.wanted = False
    elif event == "undone":
        entry.decisions.pop()
    else:
        entry.decisions.append(
            dataclasses.replace(
                entry.item,
                status=Status(event),
                decided_by=record["by"],
                decided_at=record["at"],
                choice=record["choice"],
            )
        )


def _find(entries: Mapping[str, _Entry], id_: str) -> _Entry:
    found = [entry for known, entry in entries.items() if known.startswith((id_, f"review:{id_}"))] if id_ else []
    exact = [entry for entry in found if entry.item.id in (id_, f"review:{id_}")]
    if len(exact or found) != 1:
        meant = f"{len(found)} items begin with {id_}" if found else f"there is no item {id_}"
        raise UserError(meant, "see the ids in: plumbline review list")
    return (exact or found)[0]
