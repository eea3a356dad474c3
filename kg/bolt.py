"""The one connection to a graph server: Bolt through the official driver. The only importer of ``neo4j``.

Writing and reading use two drivers, so that the embedded server can tell them apart by account. Every statement runs
in a managed transaction: deadlocks and dropped connections are retried for up to 15 s.

Read-only is the server's business, not a regular expression's: the embedded server has an account without rights to
write; Neo4j refuses writes in a read transaction. Neo4j Community would still let a reader fetch files with LOAD CSV,
so there the plan that ``EXPLAIN`` gives is looked at first. A query that the server reports as a writing one after
all is rolled back.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import neo4j
from neo4j import Driver, GraphDatabase, ManagedTransaction, Record, unit_of_work
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from kg.cypher import Query, fulltext_index
from kg.cypher_store import CypherStore
from kg.deadline import NARROW, within
from kg.errors import ConstraintViolation, PlumblineError, ReadOnlyError, StoreError, UserError
from kg.plans import reads_files, without_prefix
from kg.store import QueryError

WRITE_TIMEOUT_S: Final = 120.0
READ_TIMEOUT_S: float = 30.0
GRACE_S: Final = 2.0
RETRY_S: Final = 15.0
CONNECT_TIMEOUT_S: Final = 5.0
MAX_ROWS: int = 100_000

REMEDY: Final = "run plumbline doctor; start the server with: docker compose up -d neo4j; or unset NEO4J_URI to use the embedded server"
_SILENT: Final = logging.NullHandler()


@dataclass(frozen=True, slots=True)
class Account:
    """A name and a password at a Bolt server; without a name the server is asked without authentication."""

    name: str
    password: str

    @property
    def auth(self) -> tuple[str, str] | None:
        return (self.name, self.password) if self.name else None


@dataclass(frozen=True, slots=True)
class Server:
    """A Bolt server and what is special about it.

    ``database`` None is the server's default. ``fulltext`` makes the full-text index where Cypher cannot.
    ``checks_plans``: look at the plan of a reader's query for LOAD CSV first. ``trouble`` is asked when a statement of
    ours failed: what is wrong with the server's place, if anything. ``remedy``: what to do when nothing answers.
    ``leave`` is called after closing.
    """

    uri: str
    writer: Account
    reader: Account
    database: str | None = None
    fulltext: Callable[[], None] | None = None
    checks_plans: bool = True
    trouble: Callable[[], PlumblineError | None] = lambda: None
    remedy: str = REMEDY
    leave: Callable[[], None] = lambda: None


def open_bolt(uri: str, user: str = "", password: str = "") -> CypherStore:
    """The store on a Neo4j server. UserError with a remedy when it cannot be reached or refuses the password."""
    account = Account(user or ("neo4j" if password else ""), password)
    return open_server(Server(uri=uri, writer=account, reader=account))


def open_server(server: Server) -> CypherStore:
    """The store on any server that speaks Bolt."""
    return CypherStore(Bolt(server))


class Bolt:
    """Two drivers to one server. Answers are lists of plain rows; errors are Plumbline's."""

    def __init__(self, server: Server) -> None:
        self._server = server
        # Notices about labels that no node has yet are no news to anyone here.
        logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)
        # Every failure reaches the user as an error of ours; without a handler the driver would print it as well.
        logging.getLogger("neo4j").addHandler(_SILENT)
        self._writer = _connect(server, server.writer)
        try:
            self._reader = _connect(server, server.reader) if server.reader != server.writer else self._writer
        except BaseException:
            self._writer.close()
            raise

    def ensure_fulltext(self) -> None:
        """Make the full-text index over concepts, each server in its own way."""
        if self._server.fulltext is not None:
            self._server.fulltext()
        else:
            self.write([fulltext_index()])

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """Run statements in one transaction; the rows of each."""

        @unit_of_work(timeout=WRITE_TIMEOUT_S)
        def work(transaction: ManagedTransaction) -> list[list[dict[str, Any]]]:
            return [_rows(transaction, query) for query in queries]

        with self._explained(), self._writer.session(database=self._server.database) as session:
            return session.execute_write(work)

    def snapshot(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """The rows of our own reading statements, in one transaction and without a limit on rows."""

        @unit_of_work(timeout=WRITE_TIMEOUT_S)
        def work(transaction: ManagedTransaction) -> list[list[dict[str, Any]]]:
            return [_rows(transaction, query) for query in queries]

        with self._explained(), self._reader.session(database=self._server.database) as session:
            return session.execute_read(work)

    def read(self, query: Query) -> list[dict[str, object]]:
        """The rows of anyone's query; see the module's text for what keeps it from writing."""

        @unit_of_work(timeout=READ_TIMEOUT_S)
        def work(transaction: ManagedTransaction) -> list[dict[str, object]]:
            result = transaction.run(query.text, query.parameters)
            rows = [_row(record) for _, record in zip(range(MAX_ROWS + 1), result, strict=False)]
            if len(rows) > MAX_ROWS:
                raise QueryError(f"the query has more than {MAX_ROWS:,} rows", "add a LIMIT to it")
            if "w" in (result.consume().query_type or ""):
                raise ReadOnlyError(
                    "the query writes; nothing was changed", "this door only reads: MATCH ... RETURN ..."
                )
            return rows

        def answer() -> list[dict[str, object]]:
            if self._server.checks_plans:
                self._refuse_files(query)
            with (
                translated(reading=True),
                self._reader.session(database=self._server.database, default_access_mode=neo4j.READ_ACCESS) as session,
            ):
                return session.execute_read(work)

        # ArcadeDB does not look at the clock within a path search or a pure loop: then the connection is given up.
        return within(READ_TIMEOUT_S + GRACE_S, answer, self._renew_reader)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Our own statements do not fail for their wording: say what is wrong with the server, where that is known."""
        try:
            with translated(reading=False):
                yield
        except ConstraintViolation:
            raise
        except StoreError as error:
            known = self._server.trouble()
            if known is None:
                raise
            raise known from error

    def _renew_reader(self) -> None:
        given_up = self._reader
        self._reader = _connect(self._server, self._server.reader)
        if given_up is not self._writer:
            given_up.close()

    def _refuse_files(self, query: Query) -> None:
        """Raise ReadOnlyError when the server's own plan of the query reads files or addresses."""

        @unit_of_work(timeout=READ_TIMEOUT_S)
        def explain(transaction: ManagedTransaction) -> Any:
            return transaction.run(f"EXPLAIN {without_prefix(query.text)}", query.parameters).consume().plan

        with translated(reading=True), self._reader.session(database=self._server.database) as session:
            plan = session.execute_read(explain)
        if reads_files(plan or {}):
            raise ReadOnlyError("the query reads files or addresses with LOAD CSV", "query the graph alone")

    def close(self) -> None:
        """Close both drivers and leave the server. Closing twice is harmless."""
        self._reader.close()
        self._writer.close()
        self._server.leave()


def _connect(server: Server, account: Account) -> Driver:
    with translated(reading=False, address=server.uri, remedy=server.remedy):
        driver = GraphDatabase.driver(
            server.uri,
            auth=account.auth,
            telemetry_disabled=True,
            connection_timeout=CONNECT_TIMEOUT_S,
            connection_acquisition_timeout=RETRY_S,
            max_transaction_retry_time=RETRY_S,
        )
        try:
            driver.verify_connectivity()
        except BaseException:
            driver.close()
            raise
    return driver


def _rows(transaction: ManagedTransaction, query: Query) -> list[dict[str, Any]]:
    return [_row(record) for record in transaction.run(query.text, query.parameters)]


def _row(record: Record) -> dict[str, Any]:
    return {str(key): plain(value) for key, value in zip(record.keys(), record.values(), strict=True)}


def plain(value: Any) -> Any:
    """A driver's value as plain Python: nodes and relationships as their properties with ``_labels`` or ``_type``,
    times as ISO 8601 texts, points as lists of coordinates.
    """
    if isinstance(value, neo4j.graph.Node):
        return {"_labels": sorted(value.labels), **{key: plain(item) for key, item in value.items()}}
    if isinstance(value, neo4j.graph.Relationship):
        return {"_type": value.type, **{key: plain(item) for key, item in value.items()}}
    if isinstance(value, neo4j.graph.Path):
        return {
            "_nodes": [plain(node) for node in value.nodes],
            "_relationships": [plain(rel) for rel in value.relationships],
        }
    if isinstance(value, neo4j.spatial.Point):
        return list(value)
    if isinstance(value, list | tuple) and not hasattr(value, "iso_format"):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value


@contextmanager
def translated(*, reading: bool, address: str = "", remedy: str = REMEDY) -> Iterator[None]:
    """Turn the driver's errors into Plumbline's. ``address`` is set while connecting."""
    try:
        yield
    except PlumblineError:
        raise
    except (Neo4jError, DriverError) as error:
        raise _ours(error, reading=reading, address=address, remedy=remedy) from error
    except (ValueError, OSError) as error:
        if not address:
            raise
        raise UserError(
            f"{address!r} is no address of a graph server: {error}", "NEO4J_URI looks like bolt://127.0.0.1:7687"
        ) from error


def _ours(error: Neo4jError | DriverError, *, reading: bool, address: str, remedy: str) -> PlumblineError:
    code = str(getattr(error, "code", "") or "")
    message = " ".join(str(getattr(error, "message", "") or error).split())
    if isinstance(error, AuthError) and "Forbidden" not in code:
        return UserError(
            f"the graph server refuses the user or password: {message}", "set NEO4J_USER and NEO4J_PASSWORD"
        )
    if isinstance(error, ServiceUnavailable | SessionExpired):
        if address:
            return UserError(f"no graph server answers at {address}: {message}", remedy)
        return StoreError(
            f"the graph server does not answer any more: {message}",
            "run the command again; it continues where it stopped",
        )
    if isinstance(error, ConfigurationError):
        return UserError(f"{address!r} is no address of a graph server", "NEO4J_URI looks like bolt://127.0.0.1:7687")
    if "ConstraintValidation" in code or "Duplicated key" in message:
        return ConstraintViolation(
            f"a key is taken: {message}", "two records have the same id: ids must be unique within a label"
        )
    if "TimedOut" in code or "timeout" in message.lower() or "budget exceeded" in message:
        return _mistake(reading, f"the statement took too long or too much memory: {message}", NARROW)
    if reading and ("Forbidden" in code or "AccessMode" in code):
        return ReadOnlyError(f"the query was refused: {message}", "this door only reads: MATCH ... RETURN ...")
    if "TransientError" in code:
        return StoreError(f"the graph server is busy: {message}", "run the command again")
    return _mistake(reading, f"the graph server refused a statement: {message}", "check the query's Cypher")


def _mistake(reading: bool, message: str, hint: str) -> StoreError:
    return (
        QueryError(message, hint) if reading else StoreError(message, "run plumbline doctor and report the statement")
    )
