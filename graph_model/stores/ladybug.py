"""LadybugDB, embedded: a published graph is an immutable file.

A run copies the file, works on the copy, closes it, checks it and renames it over the old one; readers see the
new generation at their next question and reopen (10 ms). A kill, a full disk or a torn log costs the copy and
nothing else, and several processes may read while one writes. The lock file keeps runs apart.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ladybug
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph_model import statements
from graph_model.dialect import LADYBUG, Dialect
from graph_model.errors import BudgetExceeded, StoreBusy, StoreError, StoreUnavailable
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN, NodeType, RelType
from graph_model.stores.graph import Row, RunInfo, StoreInfo, checked_parameters, support_rows

READ_POOL = 1 << 30
WRITE_POOL = 5 << 30  # a small run into a large graph keeps all it writes in memory until its one checkpoint
SMALL_RUN = 100_000
_INTERNAL = ("_ID", "_SRC", "_DST")
_LAST_RUN = "MATCH (r:Run) WHERE r.published IS NOT NULL RETURN max(r.seq)"


@dataclass(slots=True)
class _Generation:
    """One published file, open for reading, and how many readers are inside."""

    database: Any
    stamp: tuple[int, int]
    run: int
    readers: int = 0
    stale: bool = False
    idle: list[Any] = field(default_factory=list)

    def close(self) -> None:
        for connection in self.idle:
            connection.close()
        self.database.close()


class LadybugGraph:
    """A graph in one folder: `graph.lbdb`, and beside it the lock and, during a run, the copy it works on."""

    dialect: Dialect = LADYBUG

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "graph.lbdb"
        self._current: _Generation | None = None
        self._swap = threading.Lock()

    @property
    def url(self) -> str:
        return f"ladybug://{self.folder}"

    def exists(self) -> bool:
        return self.file.exists()

    def info(self) -> StoreInfo:
        size = self.file.stat().st_size if self.exists() else 0
        return StoreInfo("LadybugDB", self.url, str(ladybug.__version__), {"bytes": size})

    def create(self) -> bool:
        fresh = not self.exists()
        with self.writing() as writer:
            if not writer.altered and not fresh:
                return False
            writer.publish({"started": _now()})
        return True

    @contextmanager
    def reading(self) -> Iterator["LadybugReader"]:
        generation = self._enter()
        connection = generation.idle.pop() if generation.idle else ladybug.Connection(generation.database)
        try:
            yield LadybugReader(connection, generation.run)
        finally:
            self._leave(generation, connection)

    @contextmanager
    def writing(self) -> Iterator["LadybugWriter"]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with _writer_lock(self.folder / "writer.lock"):
            part = self.folder / "graph.part.lbdb"
            _remove(part)
            if self.file.exists():
                _copy(self.file, part)
            writer = None
            try:
                writer = LadybugWriter(part, self.file)
                yield writer
            except RuntimeError as error:
                raise _translated(error) from error
            finally:
                if writer is not None:
                    writer.shut()
                _remove(part)

    def close(self) -> None:
        with self._swap:
            if self._current is not None and self._current.readers == 0:
                self._current.close()
            self._current = None

    def _enter(self) -> _Generation:
        """The newest generation, opened again when the file under its name is another one."""
        with self._swap:
            try:
                found = self.file.stat()
            except FileNotFoundError:
                raise StoreUnavailable(f"there is no graph at {self.folder}; run `xinpu init` first") from None
            stamp = (found.st_ino, found.st_mtime_ns)
            if self._current is None or self._current.stamp != stamp:
                self._retire()
                self._current = _open(self.file, stamp)
            self._current.readers += 1
            return self._current

    def _retire(self) -> None:
        old = self._current
        if old is not None:
            old.stale = True
            if old.readers == 0:
                old.close()

    def _leave(self, generation: _Generation, connection: Any) -> None:
        with self._swap:
            generation.readers -= 1
            generation.idle.append(connection)
            if generation.readers == 0 and (generation.stale or self._current is not generation):
                generation.close()


def _open(file: Path, stamp: tuple[int, int]) -> _Generation:
    try:
        database = ladybug.Database(str(file), read_only=True, buffer_pool_size=READ_POOL)
        connection: Any = ladybug.Connection(database)
        run = connection.execute(_LAST_RUN).get_next()[0]
        connection.close()
    except RuntimeError as error:
        raise StoreUnavailable(f"{file} cannot be opened: {error}; is it a graph of this version?") from error
    return _Generation(database, stamp, int(run or 0))


class LadybugReader:
    """One connection to one immutable generation."""

    dialect: Dialect = LADYBUG

    def __init__(self, connection: Any, run: int) -> None:
        self._connection = connection
        self._run = run

    @property
    def run(self) -> int:
        return self._run

    def rows(self, question: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None) -> list[Row]:
        result = self._execute(question, parameters, seconds)
        names = result.get_column_names()
        return [dict(zip(names, map(_value, row), strict=True)) for row in result.get_all()]

    def table(self, question: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        return self._execute(question, parameters, None).get_as_arrow()

    def _execute(self, question: str, parameters: Mapping[str, Any] | None, seconds: float | None) -> Any:
        text = self.dialect.text(question)
        given = checked_parameters(text, parameters, self._run)
        self._connection.set_query_timeout(max(1, int((seconds or 0) * 1000)) if seconds else 0)
        try:
            return self._connection.execute(text, given)
        except RuntimeError as error:
            raise _translated(error) from error


class LadybugWriter(LadybugReader):
    """The copy that a run works on, and its publication."""

    def __init__(self, part: Path, live: Path) -> None:
        self._part, self._live = part, live
        self._database: Any = ladybug.Database(str(part), buffer_pool_size=WRITE_POOL)
        super().__init__(ladybug.Connection(self._database), 0)
        self.altered = self._bring_up_to_date()
        last = self._connection.execute("MATCH (r:Run) RETURN max(r.seq), count(*)").get_next()
        self._run = (int(last[0]) if last[0] is not None else -1) + 1
        self.fresh = int(last[1]) <= 1

    def _bring_up_to_date(self) -> bool:
        """Create missing tables, add missing columns, write the List nodes; a checkpoint follows each change (measured: else SIGSEGV)."""
        changed = False
        have = {row[1] for row in self._connection.execute("CALL show_tables() RETURN *").get_all()}
        owners: tuple[NodeType | RelType, ...] = (*MODEL.nodes, *MODEL.rels)
        for statement, owner in zip(statements.ladybug_ddl(), owners, strict=True):
            name = owner.label if isinstance(owner, NodeType) else owner.type
            if name not in have:
                self._connection.execute(statement)
                changed = True
            elif self._add_columns(name, owner.columns):
                changed = True
        return self._write_lists() or changed

    def _add_columns(self, table: str, columns: Sequence[Any]) -> bool:
        have = {row[1] for row in self._connection.execute(f"CALL table_info('{table}') RETURN *").get_all()}
        missing = [p for p in columns if p.name not in have]
        for p in missing:
            self._connection.execute(f"ALTER TABLE {table} ADD {p.name} {p.column}")
            self._connection.execute("CHECKPOINT")
        return bool(missing)

    def _write_lists(self) -> bool:
        have = {row[0] for row in self._connection.execute("MATCH (n:List) RETURN n.id").get_all()}
        missing = [row for row in support_rows("List") if row["id"] not in have]
        for row in missing:
            keys = ", ".join(f"{k}: ${k}" for k in row)
            self._connection.execute(f"CREATE (:List {{{keys}}})", row)
        return bool(missing)

    def expect(self, rows: int) -> None:
        # a checkpoint rewrites every table it finds changed, whole: a small run makes one, at its end
        if rows <= SMALL_RUN:
            self._connection.execute("CALL auto_checkpoint=false")

    def add_nodes(self, label: str, path: Path) -> int:
        before = self._count(label)
        into = f"{label} ({', '.join(statements.node_names(MODEL.node[label]))})"  # an older file has them in another order
        if not before:
            self._run_text(f'COPY {into} FROM "{path}"')
            return self._count(label)
        table = pq.read_table(path)
        ids = table.select(["id"])  # noqa: F841  (LadybugDB finds an Arrow table by its variable's name)
        known = self._connection.execute(
            f"LOAD FROM ids WITH id AS wanted MATCH (n:{label} {{id: wanted}}) RETURN n.id"
        ).get_as_arrow()
        new = table.filter(pc.invert(pc.is_in(table["id"], value_set=known.column(0).combine_chunks())))
        if new.num_rows:
            self._run_text(f"COPY {into} FROM new", new=new)
        return int(new.num_rows)

    def add_rels(self, type: str, source: str, target: str, path: Path) -> int:
        rows = pq.read_metadata(path).num_rows
        if rows:
            into = f"{type} ({', '.join(p.name for p in MODEL.rel[type].columns)})"
            self._run_text(f"COPY {into} FROM \"{path}\" (from='{source}', to='{target}')")
        return int(rows)

    def set_properties(self, label: str, rows: pa.Table) -> int:
        names = rows.column_names[1:]
        carried = ", ".join(f"{n} AS new_{n}" for n in names)
        sets = ", ".join(f"n.{n} = new_{n}" for n in names)
        text = f"LOAD FROM rows WITH id AS wanted, {carried} MATCH (n:{label} {{id: wanted}}) SET {sets} RETURN count(*)"
        return self._counted(text, rows)

    def close_rels(self, type: str, source: str, target: str, rows: pa.Table) -> int:
        text = (
            "LOAD FROM rows WITH `from` AS f, `to` AS t, claim_id AS c "
            f"MATCH (a:{source} {{id: f}})-[r:{type}]->(b:{target} {{id: t}}) "
            f"WHERE r.claim_id = c AND r.known_to = {STILL_KNOWN} SET r.known_to = {self._run} RETURN count(*)"
        )
        return self._counted(text, rows)

    def close_nodes(self, label: str, ids: Sequence[str]) -> int:
        rows = pa.table({"id": pa.array(ids, pa.string())})
        head = "LOAD FROM rows WITH id AS i "
        tail = f"SET r.known_to = {self._run} RETURN count(*)"
        for type_, source, target in statements.attached(label):
            end = "a" if source == label else "b"
            self._counted(
                f"{head}MATCH (a:{source})-[r:{type_}]->(b:{target}) WHERE {end}.id = i AND r.known_to = {STILL_KNOWN} {tail}",
                rows,
            )
        return self._counted(f"{head}MATCH (r:{label} {{id: i}}) WHERE r.known_to = {STILL_KNOWN} {tail}", rows)

    def existing_rels(self, type: str, source: str, target: str, *, by: str, pairs: pa.Table | None) -> pa.Table:
        named = [] if pairs is None else pairs.column_names
        head = "" if pairs is None else "LOAD FROM pairs WITH " + ", ".join(f"`{n}` AS wanted_{n}" for n in named) + " "
        ends = tuple(f"{{id: wanted_{n}}}" if n in named else "" for n in ("from", "to"))
        text = (
            f"{head}MATCH (a:{source} {ends[0]})-[r:{type}]->(b:{target} {ends[1]}) WHERE r.source = $by "
            "RETURN a.id AS `from`, b.id AS `to`, r.claim_id AS claim_id, r.known_to AS known_to"
        )
        return self._connection.execute(text, {"by": by}).get_as_arrow()

    def existing_nodes(self, label: str, *, by: str, subjects: pa.Table | None) -> pa.Table:
        record = MODEL.node[label].role == "record"
        head = "LOAD FROM subjects WITH subject AS s " if subjects is not None else ""
        where = "WHERE n.source = $by" + (" AND s = a.id" if subjects is not None else "")
        ends = tuple(a if not record else b for t, a, b in statements.attached(label) if t == ("DESCRIBES" if record else "SUBJECT_OF"))
        if subjects is not None:
            named = set(subjects["subject_label"].to_pylist())
            ends = tuple(end for end in ends if end in named)
        arrow = "<-[r:DESCRIBES]-" if record else "-[r:SUBJECT_OF]->"
        parts = [
            self._connection.execute(
                f"{head}MATCH (a:{end}){arrow}(n:{label}) {where} RETURN n.id AS id, n.known_to AS known_to, a.id AS subject",
                {"by": by},
            ).get_as_arrow()
            for end in ends
        ]
        nothing = pa.table({"id": pa.array([], pa.string()), "known_to": pa.array([], pa.int64()), "subject": pa.array([], pa.string())})
        return pa.concat_tables(parts) if parts else nothing

    def matching(self, pattern: str, key: str, values: Sequence[str], returns: str, *, where: str = "true") -> list[Row]:
        if not values:
            return []
        rows = pa.table({"value": pa.array(values, pa.string())})  # noqa: F841  (found by its variable's name)
        text = self.dialect.text(f"LOAD FROM rows WITH value AS wanted MATCH {pattern} WHERE {key} = wanted AND {where} RETURN {returns}")
        result = self._connection.execute(text, checked_parameters(text, None, self._run))
        names = result.get_column_names()
        return [dict(zip(names, map(_value, row), strict=True)) for row in result.get_all()]

    def publish(self, run: Mapping[str, Any]) -> RunInfo:
        published = str(run.get("published") or _now())
        properties = {**run, "id": f"run-{self._run:08d}", "seq": self._run, "published": published}
        keys = ", ".join(f"{k}: ${k}" for k in properties)
        self._run_text(f"CREATE (:Run {{{keys}}})", **properties)
        self._run_text("CHECKPOINT")
        self.shut()
        if leftovers := [p.name for p in self._part.parent.glob(f"{self._part.name}.*")]:
            raise StoreError(f"the new generation did not close cleanly ({', '.join(leftovers)}); nothing was published")
        with self._part.open("rb+") as handle:
            os.fsync(handle.fileno())
        os.replace(self._part, self._live)
        return RunInfo(self._run, published)

    def shut(self) -> None:
        """Close the copy; safe to call again."""
        if self._database is not None:
            self._connection.close()
            self._database.close()
            self._database = None

    def _run_text(self, text: str, **parameters: Any) -> Any:
        new = parameters.pop("new", None)  # noqa: F841  (found by its variable's name)
        try:
            return self._connection.execute(text, parameters)
        except RuntimeError as error:
            raise _translated(error) from error

    def _counted(self, text: str, rows: pa.Table) -> int:
        if not rows.num_rows:
            return 0
        return int(self._connection.execute(text).get_next()[0])

    def _count(self, label: str) -> int:
        return int(self._connection.execute(f"MATCH (n:{label}) RETURN count(*)").get_next()[0])


def _value(value: Any) -> Any:
    """A node or relationship as a plain dict without nulls; anything else as it is."""
    if isinstance(value, dict) and "_LABEL" in value:
        kept = {k: v for k, v in value.items() if v is not None and k not in (*_INTERNAL, "_LABEL")}
        return {"_label": value["_LABEL"], **kept}
    return [_value(v) for v in value] if isinstance(value, list) else value


def _translated(error: RuntimeError) -> StoreError:
    text = str(error)
    if "Interrupted" in text:
        return BudgetExceeded("the query ran past its time; ask for fewer hops or give it more")
    if "Cannot find property" in text or ("Table" in text and "does not exist" in text):
        return StoreUnavailable(f"this graph was made by an older model ({text}); run `xinpu init` once, it adds what is missing")
    if "No space left on device" in text or "Cannot write" in text:
        return StoreError(f"the disk is full: {text}; nothing was published, make space and run again")
    return StoreError(f"LadybugDB refused: {text}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


@contextmanager
def _writer_lock(path: Path) -> Iterator[None]:
    """Hold the lock file; the kernel lets go of it when the process ends, however it ends."""
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            holder = handle.read().strip()
            raise StoreBusy(f"another run is writing to this graph ({holder}); wait for it, then run again") from None
        handle.seek(0)
        handle.truncate()
        handle.write(json.dumps({"pid": os.getpid(), "since": _now()}))
        handle.flush()
        yield


def _copy(live: Path, part: Path) -> None:
    """Copy in a child process: opening and closing the file here would drop locks this process may hold on it."""
    free = shutil.disk_usage(part.parent).free
    if free < live.stat().st_size * 1.1:
        raise StoreError(f"{free >> 20} MiB are free beside the graph, a run needs {live.stat().st_size >> 20} MiB for its copy; make space")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])", str(live), str(part)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise StoreError(f"the graph could not be copied for this run: {done.stderr.strip().splitlines()[-1]}")


def _remove(part: Path) -> None:
    """Remove a copy and its side files, left by this or an earlier run."""
    for path in (part, *part.parent.glob(f"{part.name}.*")):
        with suppress(FileNotFoundError):
            path.unlink()
