"""What can become of a clause, a rule or a concept from one version to the next, and how two records are paired."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kg.model import Clause, Concept, Rule

T = TypeVar("T")


class Change(StrEnum):
    """What became of a clause, a rule or a concept. ``MOVED``: the same words under another heading."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as texts."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause and its successor; ``old`` is None where it was added, ``new`` where it was removed."""

    change: Change
    old: Clause | None
    new: Clause | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule and its successor, with the fields that differ."""

    change: Change
    old: Rule | None
    new: Rule | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A concept before and after, with the fields that differ."""

    change: Change
    old: Concept | None
    new: Concept | None
    fields: tuple[FieldChange, ...] = ()


def matched(left: Sequence[T], right: Sequence[T], key: Callable[[T], Hashable]) -> Iterator[tuple[T, T]]:
    """Records of equal key, the first with the first, the second with the second."""
    waiting: dict[Hashable, list[T]] = defaultdict(list)
    for record in left:
        waiting[key(record)].append(record)
    for record in right:
        if candidates := waiting[key(record)]:
            yield candidates.pop(0), record


def rest(left: Iterable[T], right: Iterable[T], pairs: dict[str, T]) -> tuple[list[T], list[T]]:
    """What no pair holds yet."""
    kept = {_id(record) for record in pairs.values()}
    return [one for one in left if _id(one) not in kept], [one for one in right if _id(one) not in pairs]


def _id(record: object) -> str:
    return str(getattr(record, "id"))  # noqa: B009  (documents, clauses and rules have one)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def dice(left: Counter[str], right: Counter[str]) -> float:
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0
