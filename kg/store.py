"""The graph port: what a store is, and the door that opens one.

Two adapters fit it, both through Bolt and Cypher: a Neo4j server, when an address is given, and the server that is
bundled with the ``arcadedb-embedded`` package, when none is. ``tests/contracts/test_graph_store.py`` says in tests
what the port promises; every name in :data:`ADAPTERS` runs through it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self, cast

from kg.cypher import Query
from kg.errors import StoreError, UserError
from kg.model import Exercise, Judgement, Ontology, Sample
from kg.progress import Progress, silent
from kg.versions_history import History

ADAPTERS: Final[Mapping[str, str]] = {
    "embedded": "kg.embedded:open_embedded",
    "neo4j": "kg.bolt:open_bolt",
}
"""Adapter name to ``module:function``; the modules are imported when they are used."""

DEFAULT_MEMORY_MB: Final = 1024


class QueryError(StoreError, UserError):
    """A query of the user's is not Cypher, or asks for more than a page can hold."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What one load wrote: nodes by label, relationships by type, and the seconds it took.

    ``nodes`` and ``relationships`` are new or have another content; of those in ``moved`` only the place was written;
    those in ``unchanged`` were right already and were not written at all.
    """

    nodes: Mapping[str, int] = field(default_factory=dict)
    relationships: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    moved: Mapping[str, int] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Nodes by label and relationships by type in one mapping."""
        return {**self.nodes, **self.relationships}


class GraphStore(Protocol):
    """A graph of one policy: its ontology, its samples and what they exercise, and the verdicts of audits.

    Every write is an idempotent upsert by id in retried transactions: repeating it, also after a kill in the middle,
    leaves the same graph. Errors are :class:`~kg.errors.StoreError` and its kinds.
    """

    def bootstrap(self) -> None:
        """Create constraints and indexes; doing it again changes nothing."""

    def load(self, ontology: Ontology, progress: Progress = silent) -> LoadReport:
        """Upsert a whole ontology; what the graph already holds is left alone. A record that breaks a key or the schema
        raises ConstraintViolation before anything is written.

        Where a document's SHA-256 changed, what the new version changed or dropped is put away in the history first.
        """

    def load_samples(
        self, samples: Sequence[Sample], exercises: Sequence[Exercise], progress: Progress = silent
    ) -> LoadReport:
        """Upsert samples, and make ``exercises`` all that these samples exercise. An exercise of an element that is
        not in the graph raises ConstraintViolation.
        """

    def load_verdicts(self, rows: Iterable[Judgement]) -> LoadReport:
        """Upsert the results of an audit: one run, its probes, what each model answered."""

    def ontology(self) -> Ontology:
        """The whole ontology, equal to what was loaded."""

    def history(self) -> History:
        """What earlier versions of the documents held, oldest first. No other answer of the store speaks of it."""

    def samples(self) -> tuple[Sample, ...]:
        """All samples, in the order in which they were loaded."""

    def exercises(self) -> tuple[Exercise, ...]:
        """All verified links from samples to ontology elements."""

    def verdicts(self, run_id: str) -> tuple[Judgement, ...]:
        """The judgements of one run."""

    def remove_stale(self, keep: Ontology) -> int:
        """Remove ontology nodes and relationships that are not in ``keep``; returns how many. A document that went
        altogether is put away in the history first.
        """

    def remove_stale_samples(self, keep: Sequence[Sample]) -> int:
        """Remove samples that are not in ``keep``; returns how many."""

    def read(self, query: Query) -> list[dict[str, object]]:
        """Answer a query of anyone's. The server refuses a write (ReadOnlyError) and ends a query that takes too
        long; values are plain Python values.
        """

    def counts(self) -> dict[str, int]:
        """Nodes by label (every label of the schema) and relationships by type (those that are there)."""

    def clear(self) -> None:
        """Remove everything that Plumbline wrote."""

    def close(self) -> None:
        """Give back connections and, for the embedded server, leave it. Closing twice is harmless."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_store(
    uri: str | None,
    *,
    user: str = "",
    password: str = "",
    workspace: Path,
    memory_mb: int = DEFAULT_MEMORY_MB,
) -> GraphStore:
    """The store at ``uri``, or without one the embedded server of ``workspace`` (started or joined).

    ``memory_mb`` caps the embedded server's heap. The store is bootstrapped. Raises
    :class:`~kg.errors.UserError` with the remedy when the server cannot be reached or does not exist here.
    """
    if uri:
        store = _adapter("neo4j")(uri=uri, user=user, password=password)
    else:
        store = _adapter("embedded")(folder=workspace / "graph", memory_mb=memory_mb)
    try:
        store.bootstrap()
    except BaseException:
        store.close()
        raise
    return store


class _Opener(Protocol):
    def __call__(self, **arguments: object) -> GraphStore: ...


def _adapter(name: str) -> _Opener:
    module, function = ADAPTERS[name].split(":")
    return cast("_Opener", getattr(import_module(module), function))
