"""What stood in earlier versions of the documents, kept beside the ontology and never a part of it.

A document of the same id with another SHA-256 is a new version. What the new one changed, renumbered or dropped becomes
a *past* record of the old version; what it left as it is stays the current record. Each past record names its
successor: the current record, the next past one, or nothing. Ids are those of the record with ``@`` and the number of
the version, counted from 1: ``clause:1234@2``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self, TypeVar

from kg.model import Clause, Document, Ontology, Rule
from kg.versions import Change, Comparison, compare

_LOST: Final = (Change.REMOVED, Change.CHANGED, Change.RENUMBERED, Change.MOVED)


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A document as it once was. ``effective_from`` and ``effective_to`` are ISO 8601 dates, empty where unknown;
    ``successor`` is the document or the next version, empty where the document was withdrawn.
    """

    id: str
    document_id: str
    number: int
    title: str
    path: str
    sha256: str
    version: str
    effective_from: str
    effective_to: str
    words: int
    clauses: int
    rules: int
    successor: str
    successor_sha256: str


@dataclass(frozen=True, slots=True)
class PastClause:
    """A clause of an earlier version; ``record`` is what stood there, ``change`` what the next version made of it."""

    id: str
    version_id: str
    change: str
    successor: str
    record: Clause


@dataclass(frozen=True, slots=True)
class PastRule:
    """A rule of an earlier version."""

    id: str
    version_id: str
    change: str
    successor: str
    record: Rule


Record = TypeVar("Record", DocumentVersion, PastClause, PastRule)


@dataclass(frozen=True, slots=True)
class History:
    """Every earlier version of every document, oldest first."""

    documents: tuple[DocumentVersion, ...] = ()
    clauses: tuple[PastClause, ...] = ()
    rules: tuple[PastRule, ...] = ()

    def of(self, document_id: str) -> tuple[DocumentVersion, ...]:
        """The versions of one document, oldest first."""
        return tuple(sorted((v for v in self.documents if v.document_id == document_id), key=lambda v: v.number))

    def without(self, version: DocumentVersion) -> Self:
        """As if ``version`` had never been put away: what it succeeded is followed by the current record again."""
        back = {version.id: version.document_id}
        back.update((clause.id, clause.record.id) for clause in self.clauses if clause.version_id == version.id)
        back.update((rule.id, rule.record.id) for rule in self.rules if rule.version_id == version.id)
        return replace(
            self,
            documents=tuple(_follow(one, back) for one in self.documents if one.id != version.id),
            clauses=tuple(_follow(one, back) for one in self.clauses if one.version_id != version.id),
            rules=tuple(_follow(one, back) for one in self.rules if one.version_id != version.id),
        )


def archived(history: History, old: Ontology, new: Ontology) -> History:
    """``history`` with what ``new`` does away with of ``old``: versions with another SHA-256, and withdrawn documents.

    Doing it again before ``new`` has replaced ``old`` changes nothing, so a killed load may be repeated.
    """
    for document in old.documents:
        later = new.document_by_id.get(document.id)
        if later is not None and later.sha256 == document.sha256:
            continue
        versions = history.of(document.id)
        if versions and versions[-1].sha256 == document.sha256:
            if later is not None and versions[-1].successor_sha256 == later.sha256:
                continue
            history = history.without(versions[-1])
        history = _put_away(history, _part(old, document), _part(new, later))
    return history


def _part(ontology: Ontology, document: Document | None) -> Ontology:
    """One document with its sections, clauses and rules."""
    if document is None:
        return Ontology()
    return Ontology(
        (document,),
        tuple(record for record in ontology.sections if record.document_id == document.id),
        tuple(record for record in ontology.clauses if record.document_id == document.id),
        tuple(record for record in ontology.rules if record.document_id == document.id),
    )


def _put_away(history: History, old: Ontology, new: Ontology) -> History:
    (document,) = old.documents
    number = len(history.of(document.id)) + 1
    version_id = f"{document.id}@{number}"
    compared = compare(old, new)
    clauses = tuple(_past_clauses(compared, version_id, number))
    rules = tuple(_past_rules(compared, version_id, number, {one.record.id for one in clauses}))
    later = new.documents[0] if new.documents else None
    version = DocumentVersion(
        version_id,
        document.id,
        number,
        document.title,
        document.path,
        document.sha256,
        document.version,
        document.effective_from,
        document.effective_to or (later.effective_from if later else ""),
        document.words,
        len(old.clauses),
        len(old.rules),
        document.id if later else "",
        later.sha256 if later else "",
    )
    moved = {
        **_followers(compared),
        **{clause.record.id: clause.id for clause in clauses},
        **{rule.record.id: rule.id for rule in rules},
        document.id: version_id,
    }
    return History(
        (*(_follow(one, moved) for one in history.documents), version),
        (*(_follow(one, moved) for one in history.clauses), *clauses),
        (*(_follow(one, moved) for one in history.rules), *rules),
    )


def _past_clauses(compared: Comparison, version_id: str, number: int) -> Iterator[PastClause]:
    for one in compared.clauses:
        if one.old is not None and one.change in _LOST:
            successor = one.new.id if one.new is not None else ""
            yield PastClause(f"{one.old.id}@{number}", version_id, str(one.change), successor, one.old)


def _past_rules(compared: Comparison, version_id: str, number: int, clauses: set[str]) -> Iterator[PastRule]:
    """Rules that changed or went, and all rules of clauses that became past."""
    for one in compared.rules:
        if one.old is not None and (one.change in _LOST or one.old.clause_id in clauses):
            successor = one.new.id if one.new is not None else ""
            yield PastRule(f"{one.old.id}@{number}", version_id, str(one.change), successor, one.old)


def _followers(compared: Comparison) -> dict[str, str]:
    """The new ids of records that say the same under another id (a retitled section changes its clauses' ids)."""
    clauses = {one.old.id: one.new.id for one in compared.clauses if one.old is not None and one.new is not None}
    rules = {one.old.id: one.new.id for one in compared.rules if one.old is not None and one.new is not None}
    return clauses | rules


def _follow(record: Record, moved: Mapping[str, str]) -> Record:
    """``record`` with its successor where that has gone on."""
    return replace(record, successor=moved.get(record.successor, record.successor))
