"""Questions that wait for a person, and the decisions: a log that only grows, in the workspace.

A stage that is not sure of something (whether two names are one concept, which ConceptNet term a concept is) *proposes*
an item; a person accepts or rejects it, or undoes that; the next run asks for the decisions of its kind and applies
them. An item's id follows from its content, so proposing it again changes nothing, and a decision outlives the run
that asked for it. What is decided automatically is proposed as accepted by :data:`AUTOMATIC`, so that a person can see
and undo it.

The file holds one JSON object per line: ``proposed`` (with the item), ``withdrawn`` (no run asks any more),
``accepted``, ``rejected`` and ``undone``. Lines are appended in one write under a lock and flushed to the disk; a line
that a crash left without its end was never confirmed, and is cut off by the next write.
"""

import dataclasses
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.errors import PlumblineError, UserError
from kg.model import stable_id

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
        with self._locked() as append:
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
        with self._locked() as append:
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
        with self._locked() as append:
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
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return entries
        lines = content.split(b"\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                _apply(entries, json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                if number == len(lines):  # no line end: its writing was not finished, so nobody was told of it
                    continue
                raise PlumblineError(
                    f"line {number} of {self.path} is damaged: {error}",
                    "correct or remove that line; the others are kept",
                ) from error
        return entries

    @contextmanager
    def _locked(self) -> "Iterator[_Append]":
        """Keep other writers out; gives the function that appends lines, all or none."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield _Append(descriptor)
        finally:
            os.close(descriptor)


class _Append:
    """Writes lines at the end of an open file, whole and flushed."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __call__(self, records: Sequence[Mapping[str, object]]) -> None:
        if not records:
            return
        end = self._mended_end()
        data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
            os.fsync(self._descriptor)
        except BaseException:
            os.ftruncate(self._descriptor, end)
            raise

    def _mended_end(self) -> int:
        """The file's length after what a crash left of a line is cut off; a whole last line only gets its end."""
        size = os.fstat(self._descriptor).st_size
        content = os.pread(self._descriptor, size, 0)
        tail = content[content.rfind(b"\n") + 1 :]
        if not tail:
            return size
        try:
            json.loads(tail)
        except ValueError:
            os.ftruncate(self._descriptor, size - len(tail))
            return size - len(tail)
        os.write(self._descriptor, b"\n")
        return size + 1


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
