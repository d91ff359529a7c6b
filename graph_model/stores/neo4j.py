"""Neo4j 5, over Bolt: a run is written in batches that no reader sees, and published by one transaction.

The writer holds one transaction open for the whole run: its write lock on the first Run node keeps other writers
out, and the server lets go of it when the client is gone, however it ended. Batches are committed beside it;
their claims carry the number of a run that is not published yet, so the known clock hides them. An
`UnfinishedRun` node, which exists only while a run is being written, tells the next writer that there is
something to sweep. Captions of nodes that readers already see, and Source nodes, wait in the held transaction.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

import pyarrow as pa
from neo4j import Driver, GraphDatabase, ManagedTransaction, Result, Session, Transaction, unit_of_work
from neo4j.exceptions import AuthError, DriverError, Neo4jError
from neo4j.graph import Node, Relationship

from graph_model import statements
from graph_model.dialect import NEO4J, Dialect
from graph_model.errors import BudgetExceeded, StoreBusy, StoreError, StoreUnavailable, UsageError
from graph_model.model import MODEL
from graph_model.stores import neo4j_text as text
from graph_model.stores.graph import Row, RunInfo, StoreInfo, checked_parameters, support_rows

PASSWORD = "XINPU_NEO4J_PASSWORD"
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "LockClientStopped", "Terminated")
_WAITED_FOR_LOCK = "LockClientStopped"
_PROBE_SECONDS = (1.0, 10.0, 30.0)  # a cold server may need a second only to plan: that is no other writer

T = TypeVar("T")


class Neo4jGraph:
    """A graph in one database of a Neo4j server; nothing is opened before the first question."""

    dialect: Dialect = NEO4J

    def __init__(self, url: str, *, password: str | None = None) -> None:
        parts = urlsplit(url)
        if not parts.hostname:
            raise UsageError(f"{url!r}: no host; expected neo4j://user@host:port or neo4j://user@host:port/database")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self._user = unquote(parts.username or "neo4j")
        self._address = urlunsplit((parts.scheme, f"{host}:{parts.port or 7687}", "", "", ""))
        self._database = parts.path.strip("/") or None
        self._password = password or unquote(parts.password or "") or os.environ.get(PASSWORD)
        self._driver: Driver | None = None
        self._opening = threading.Lock()

    @property
    def url(self) -> str:
        scheme, _, host = self._address.partition("://")
        return f"{scheme}://{self._user}@{host}" + (f"/{self._database}" if self._database else "")

    def exists(self) -> bool:
        with self._session() as session:
            return bool(session.run("MATCH (r:Run {id: $id}) RETURN 1", id=text.FIRST_RUN).data())

    def info(self) -> StoreInfo:
        with self._session() as session:
            summary = session.run("CALL db.info()").consume()
        return StoreInfo("Neo4j", self.url, summary.server.agent.partition("/")[2], {"database": summary.database})

    def create(self) -> bool:
        with self._session() as session:
            altered = _bring_schema_up_to_date(session)
            return session.execute_write(_write_first_nodes) or altered

    @contextmanager
    def reading(self) -> Iterator["Neo4jReader"]:
        with self._session(access="READ") as session:
            run = session.run(text.LAST_RUN).single(strict=True)[0]
            if run is None:
                raise StoreUnavailable(f"there is no graph at {self.url}; run `xinpu init` first")
            yield Neo4jReader(session, int(run))

    @contextmanager
    def writing(self) -> Iterator["Neo4jWriter"]:
        self.create()
        with self._session() as keeper, self._session() as session:
            writer = None
            try:
                writer = Neo4jWriter(_hold(keeper), session)
                yield writer
            finally:
                if writer is not None and not writer.published:
                    writer.abandon()
                    with suppress(StoreError, Neo4jError, DriverError):  # the next run sweeps again
                        _sweep_leftovers(_hold(keeper), session)

    def close(self) -> None:
        with self._opening:
            if self._driver is not None:
                self._driver.close()
            self._driver = None

    @contextmanager
    def _session(self, *, access: str = "WRITE") -> Iterator[Session]:
        with self._translating(), self._open().session(
            database=self._database, default_access_mode=access, fetch_size=text.BATCH
        ) as session:
            yield session

    def _open(self) -> Driver:
        with self._opening:
            if self._driver is None:
                self._driver = GraphDatabase.driver(
                    self._address, auth=(self._user, self._password) if self._password else None,
                    connection_timeout=10, connection_acquisition_timeout=20, max_transaction_retry_time=20,
                    notifications_min_severity="OFF", user_agent="xinpu",
                )  # fmt: skip
            return self._driver

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Errors of the driver as ours, whoever inside the block meets them."""
        try:
            yield
        except AuthError as error:
            what = "the password is wrong" if self._password else "no password is given"
            raise StoreUnavailable(
                f"{self.url} does not let {self._user} in: {what}; set {PASSWORD}, or put another user before the @"
            ) from error
        except (Neo4jError, DriverError) as error:
            raise _translated(error, self.url) from error


class Neo4jReader:
    """One session that asks as of one published run."""

    dialect: Dialect = NEO4J

    def __init__(self, session: Session, run: int) -> None:
        self._session = session
        self._run = run

    @property
    def run(self) -> int:
        return self._run

    def rows(self, question: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None) -> list[Row]:
        names, records = self._asked(question, parameters, seconds)
        return [dict(zip(names, map(_value, record), strict=True)) for record in records]

    def table(self, question: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        return text.table(*self._asked(question, parameters, None))

    def _asked(
        self, question: str, parameters: Mapping[str, Any] | None, seconds: float | None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        asked = self.dialect.text(question)
        given = checked_parameters(asked, parameters, self._run)
        limit = max(0.001, seconds) if seconds else None
        deadline = monotonic() + limit if limit else None

        @unit_of_work(timeout=limit)
        def work(transaction: ManagedTransaction) -> tuple[list[str], list[tuple[Any, ...]]]:
            if deadline is not None and monotonic() > deadline:  # a retry after its time
                raise BudgetExceeded("the query ran past its time; ask for fewer hops or give it more")
            result = transaction.run(asked, given)
            return list(result.keys()), [tuple(record.values()) for record in result]

        try:
            return self._session.execute_read(work)
        except (Neo4jError, DriverError) as error:
            raise _translated(error, "Neo4j") from error


class Neo4jWriter(Neo4jReader):
    """A run: batches of its own beside the transaction that holds the lock and publishes."""

    def __init__(self, held: Transaction, session: Session) -> None:
        self._held = held
        self._waiting: list[tuple[str, list[Row]]] = []
        self.published = False
        _sweep_leftovers(held, session)
        last, count = held.run("MATCH (r:Run) RETURN max(r.seq), count(*)").single(strict=True)
        super().__init__(session, int(last) + 1)
        self.fresh = int(count) <= 1
        session.run("CREATE (:UnfinishedRun {seq: $seq, started: $now})", seq=self._run, now=_now()).consume()

    def expect(self, rows: int) -> None:
        """Nothing to prepare: batches are of one size."""

    def add_nodes(self, label: str, path: Path) -> int:
        node = MODEL.node[label]
        mark = {} if node.bears_claim else {text.MARK: self._run}
        added = 0
        for rows in text.batches(path, statements.node_names(node)):
            marked = [{**text.without_nulls(row), **mark} for row in rows]
            if text.stands_alone(label):
                added += int(self._in_held(text.merge_nodes(label), marked).consume().counters.nodes_created)
            else:
                added += self._created(text.merge_nodes(label), marked)
        return added

    def add_rels(self, type: str, source: str, target: str, path: Path) -> int:
        added = 0
        for rows in text.batches(path, statements.rel_names(MODEL.rel[type])):
            added += self._joined(type, source, target, [text.rel_row(row) for row in rows])
        return added

    def set_properties(self, label: str, rows: pa.Table) -> int:
        """As the protocol says; what readers already see changes when the run is published."""
        return sum(self._set(label, batch) for batch in text.cut(rows.to_pylist()))

    def close_rels(self, type: str, source: str, target: str, rows: pa.Table) -> int:
        statement = text.close_rels(type, source, target)
        ends = rows.select(["from", "to", "claim_id"]).to_pylist()
        return sum(self._counted(statement, batch) for batch in text.cut(ends))

    def close_nodes(self, label: str, ids: Sequence[str]) -> int:
        *hanging, nodes = text.close_nodes(label)
        return sum(self._counted(nodes, batch, before=hanging) for batch in text.cut(list(ids)))

    def existing_rels(self, type: str, source: str, target: str, *, by: str, pairs: pa.Table | None) -> pa.Table:
        statement = text.existing_rels(type, source, target, named=() if pairs is None else pairs.column_names)
        rows = None if pairs is None else pairs.to_pylist()
        return pa.concat_tables(self._told(statement, by, rows) or [text.table(("from", "to", "claim_id", "known_to"), ())])

    def existing_nodes(self, label: str, *, by: str, subjects: pa.Table | None) -> pa.Table:
        parts = [text.table(("id", "known_to", "subject"), ())]
        for end, statement in text.existing_nodes(label, paired=subjects is not None).items():
            rows = None if subjects is None else [r for r in subjects.to_pylist() if r["subject_label"] == end]
            parts += self._told(statement, by, rows)
        return pa.concat_tables(parts)

    def matching(self, pattern: str, key: str, values: Sequence[str], returns: str, *, where: str = "true") -> list[Row]:
        question = f"UNWIND $values AS wanted MATCH {pattern} WHERE {key} = wanted AND {where} RETURN {returns}"
        return [row for batch in text.cut(list(values)) for row in self.rows(question, {"values": batch})]

    def publish(self, run: Mapping[str, Any]) -> RunInfo:
        published = str(run.get("published") or _now())
        properties = {**run, "id": f"run-{self._run:08d}", "seq": self._run, "published": published}
        for label, rows in self._waiting:
            self._in_held(text.set_properties(label, made=None), rows).consume()
        self._in_held("UNWIND $rows AS row CREATE (r:Run) SET r = row", [text.without_nulls(properties)]).consume()
        self._in_held("MATCH (u:UnfinishedRun) DELETE u", []).consume()
        try:
            self._held.commit()
        except (Neo4jError, DriverError) as error:
            raise StoreError(f"publishing run {self._run} broke off ({error}); run again: nothing is loaded twice") from error
        self.published = True
        return RunInfo(self._run, published)

    def abandon(self) -> None:
        """Let go of the lock; safe when the connection is already gone."""
        with suppress(Neo4jError, DriverError):
            self._held.close()

    def _joined(self, type_: str, source: str, target: str, rows: list[Row]) -> int:
        """Add one batch of relationships, or none of it where an end is missing."""

        def work(transaction: ManagedTransaction) -> int:
            count = int(transaction.run(text.merge_rels(type_, source, target), rows=rows).single(strict=True)[0])
            if count < len(rows):
                raise StoreError(_missing(transaction, type_, source, target, rows))
            return count

        return self._work(work)

    def _set(self, label: str, rows: list[Row]) -> int:
        if text.stands_alone(label):
            return int(self._in_held(text.set_properties(label, made=None), rows).single(strict=True)[0])
        changed = self._counted(text.set_properties(label, made=True), rows)
        told = text.set_properties(label, made=False)
        old = self._work(lambda t: {record[0] for record in t.run(told, rows=rows, run=self._run)})
        waiting = [row for row in rows if row["id"] in old]
        self._waiting += [(label, waiting)] if waiting else []
        return changed + len(waiting)

    def _told(self, statement: str, by: str, rows: list[Row] | None) -> list[pa.Table]:
        """The answer of a read: one table, or one for each batch of `rows`."""
        if rows is None:
            return [self.table(statement, {"by": by})]
        return [self.table(f"UNWIND $rows AS row {statement}", {"by": by, "rows": batch}) for batch in text.cut(rows)]

    def _created(self, statement: str, rows: list[Row]) -> int:
        return self._work(lambda t: int(t.run(statement, rows=rows).consume().counters.nodes_created))

    def _counted(self, statement: str, rows: list[Any], *, before: Iterable[str] = ()) -> int:
        """What the statement counts, after those `before` it in the same transaction."""

        def work(transaction: ManagedTransaction) -> int:
            for other in before:
                transaction.run(other, rows=rows, run=self._run).consume()
            return int(transaction.run(statement, rows=rows, run=self._run).single(strict=True)[0])

        return self._work(work)

    def _work(self, work: Callable[[ManagedTransaction], T]) -> T:
        """One batch, retried on transient errors; never after the lock is lost, for then another may be writing."""
        self._in_held("RETURN 1", []).consume()
        try:
            return self._session.execute_write(work)
        except (Neo4jError, DriverError) as error:
            raise _translated(error, "Neo4j") from error

    def _in_held(self, statement: str, rows: list[Row]) -> Result:
        if self.published:
            raise StoreError(f"run {self._run} is published and takes nothing more; open another with writing()")
        try:
            return self._held.run(statement, rows=rows)
        except (Neo4jError, DriverError) as error:
            raise _translated(error, "Neo4j") from error


def _bring_schema_up_to_date(session: Session) -> bool:
    """Create the constraints and indexes that are missing and wait for them; whether there were any."""
    shown = (f"SHOW {kind} YIELD name RETURN name" for kind in ("CONSTRAINTS", "INDEXES"))
    have = {record[0] for statement in shown for record in session.run(statement)}
    missing = [s for s in statements.neo4j_ddl() if s.partition(" IF NOT EXISTS")[0].split()[-1] not in have]
    if missing:
        _refuse_while_writing(session)  # else the server would wait for that run to end
    for statement in missing:
        session.run(statement).consume()
    session.run("CALL db.awaitIndexes(600)").consume()
    return bool(missing)


def _write_first_nodes(transaction: ManagedTransaction) -> bool:
    first = "MERGE (r:Run {id: $id}) ON CREATE SET r.seq = 0, r.started = $now, r.published = $now"
    made = transaction.run(first, id=text.FIRST_RUN, now=_now()).consume()
    lists = transaction.run(text.merge_nodes("List"), rows=support_rows("List")).consume()
    return bool(made.counters.nodes_created or lists.counters.nodes_created)


def _hold(session: Session) -> Transaction:
    """An open transaction with the writer's lock. Raises `StoreBusy` while another has it."""
    _refuse_while_writing(session)
    held = session.begin_transaction(timeout=0)  # 0: no limit, whatever the server's own setting is
    held.run(text.LOCK).consume()
    return held


def _refuse_while_writing(session: Session) -> None:
    """Raise `StoreBusy` while another run has the lock."""
    for seconds in _PROBE_SECONDS:
        if (code := _probe(session, seconds)) is None:
            return
        if code == _WAITED_FOR_LOCK:
            break
    runs = session.run("MATCH (u:UnfinishedRun) RETURN u.seq, u.started").values()
    who = ", ".join(f"run {seq}, started {started}" for seq, started in runs) or "just starting"
    raise StoreBusy(f"another run is writing to this graph ({who}); wait for it, then run again")


def _probe(session: Session, seconds: float) -> str | None:
    """None if the lock was had in time, else what the server calls the timeout."""
    try:
        with session.begin_transaction(timeout=seconds) as probe:
            probe.run(text.LOCK).consume()
            probe.rollback()
    except Neo4jError as error:
        if _code(error) not in _TIMED_OUT:
            raise
        return _code(error)
    return None


def _sweep_leftovers(held: Transaction, session: Session) -> None:
    """Remove what a run that was not published left behind; next to nothing to do where there was none."""
    if not session.run("MATCH (u:UnfinishedRun) RETURN 1 LIMIT 1").values():
        return
    last = held.run(text.LAST_RUN).single(strict=True)[0]
    for statement in text.sweeping():
        session.run(statement, last=last).consume()
    session.run("MATCH (u:UnfinishedRun) DELETE u").consume()


def _missing(transaction: ManagedTransaction, type_: str, source: str, target: str, rows: list[Row]) -> str:
    ends = ((source, "from"), (target, "to"))
    ids = [f"{label} {r[0]}" for label, end in ends for r in transaction.run(text.missing_ends(label, end), rows=rows)]
    return f"{type_}: the graph has no {', no '.join(ids)}; add the nodes before their relationships"


def _value(value: Any) -> Any:
    """A node or relationship as a plain dict; anything else as it is."""
    if isinstance(value, Node):
        return {"_label": next(iter(value.labels)), **{k: v for k, v in value.items() if k != text.MARK}}
    if isinstance(value, Relationship):
        return {"_label": value.type, **dict(value.items())}
    return [_value(v) for v in value] if isinstance(value, list) else value


def _code(error: Exception) -> str:
    return str(getattr(error, "code", "")).rpartition(".")[2]


def _translated(error: Exception, where: str) -> StoreError:
    if _code(error) in _TIMED_OUT:
        return BudgetExceeded("the query ran past its time; ask for fewer hops or give it more")
    if isinstance(error, DriverError):
        return StoreUnavailable(f"{where} cannot be reached: {error}; is the server running? (`xinpu neo4j status`)")
    return StoreError(f"Neo4j refused: {getattr(error, 'message', None) or error}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
