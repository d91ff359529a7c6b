"""One run: files and a map into the graph, whole or not at all, with a report that adds up."""

import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from graph_model.errors import MapError, SourceIncomplete, UsageError
from graph_model.kinds import BadValue, clean_date
from graph_model.model import MODEL
from graph_model.stores.graph import Graph, Writer
from ingest.archive import ArchiveWriter, RowArchive, mask_rows
from ingest.captions import refresh_captions
from ingest.formats import open_shapes
from ingest.load import Counts, Load, Scope
from ingest.maps import Map, Part, cells_of
from ingest.quarantine import Quarantine
from ingest.read import BadRow, open_table
from ingest.resolve import resolve
from ingest.rows import Edition
from ingest.stage import Stage
from ingest.support import write_support
from ingest.tables import Batch
from ingest.work import Job, Workers

Progress = Callable[[str, int], None]


class Readable(Protocol):
    """What a run needs of an opened table: `ingest.read.Opened` and its kin."""

    path: Path
    file: str
    sha256: str
    kind: Any
    encoding: str | None
    sheet: str | None
    columns: tuple[str, ...]

    @property
    def bad_rows(self) -> list[BadRow]: ...

    @property
    def rows_read(self) -> int: ...

    def batches(self) -> Iterator[Batch]: ...


@dataclass(frozen=True, slots=True)
class Home:
    """Where a graph keeps what is not in the graph: archived rows, quarantine, the run's scratch folder."""

    folder: Path

    @property
    def archive(self) -> RowArchive:
        return RowArchive(self.folder / "archive")

    @property
    def quarantine(self) -> Quarantine:
        return Quarantine(self.folder / "quarantine.sqlite")


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made."""

    as_of: str | None = None
    complete: bool | None = None
    partial: bool = False
    dry_run: bool = False
    recheck: bool = False
    published: str | None = None  # the instant it counts as published, where a history is rebuilt; now when left out


@dataclass(slots=True)
class Report:
    """What a run did. Rows: read = loaded + unchanged + quarantined."""

    run: int | None
    source: str
    map: str
    as_of: str
    complete: bool
    dry_run: bool
    published: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    claims: dict[str, dict[str, int]] = field(default_factory=dict)
    nodes: dict[str, int] = field(default_factory=dict)
    same_as: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    note: str | None = None
    seconds: float = 0.0
    refused: frozenset[tuple[str, int]] = field(default_factory=frozenset, repr=False)

    @property
    def changes(self) -> int:
        """How many things differ in the graph."""
        kinds = ("new", "closed", "unknown_since")
        return sum(sum(self.claims.get(k, {}).values()) for k in kinds) + sum(self.nodes.values()) + sum(self.same_as.values())

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        plain = {k: v for k, v in asdict(self).items() if k != "refused"}
        return {**plain, "changes": self.changes}


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table, its shape, and the part of the map that reads it."""

    opened: Readable
    shape: str | None
    part: int

    @property
    def document(self) -> str:
        sheet = f"#{self.opened.sheet}" if self.opened.sheet else ""
        return f"{self.opened.sha256}{sheet}"


def ingest(
    paths: Sequence[Path], map_: Map, graph: Graph, home: Home, *, options: Options | None = None, progress: Progress | None = None
) -> Report:
    """Load files of one layout as one edition of its source.

    Raises `InputError` for a file that cannot be read or does not fit the map, `SourceIncomplete` below the map's
    minimum, `StoreBusy` while another run writes; then nothing was loaded.
    """
    return ingest_tables(open_all(paths, map_), map_, graph, home, options=options, progress=progress)


def ingest_tables(
    tables: Sequence[Table], map_: Map, graph: Graph, home: Home, *, options: Options | None = None,
    progress: Progress | None = None, again: bool = False,
) -> Report:  # fmt: skip
    """Load tables that were opened and held against the map. `again`: rows of documents that were read before."""
    options, started = options or Options(), datetime.now(UTC)
    as_of = _as_of(options.as_of or map_.as_of, started)
    complete = map_.complete if options.complete is None else options.complete
    report = Report(None, map_.source.id, f"{map_.name}@{map_.hash}", as_of, complete and not options.partial, options.dry_run)
    _recover(graph, home)
    if not options.recheck and (found := _same_as_last(graph, report, tables)):
        return _unchanged(report, found)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_scratch(home.folder)))
        run = _Run(map_, report, Stage(folder, map_.source.id), home, options, progress or (lambda _f, _n: None), started, again)
        stack.callback(run.stage.close)
        run.read(tables, stack)
        run.check_minimum()
        with graph.writing() as writer:
            run.write(writer)
    report.seconds = round((datetime.now(UTC) - started).total_seconds(), 3)
    return report


def _recover(graph: Graph, home: Home) -> None:
    """Let quarantined rows count whose run was published but was killed before it could say so."""
    waiting = home.quarantine.unpublished()
    if waiting:
        with graph.reading() as reader:
            for row in reader.rows("MATCH (r:Run) WHERE r.uid IN $ids RETURN r.uid AS uid", {"ids": waiting}):
                home.quarantine.publish(row["uid"])


@contextmanager
def _scratch(folder: Path) -> Iterator[str]:
    """A folder for one run, on the disk that holds the graph; what killed runs left behind is swept first."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("run-*"):
        if not _alive(int(left.name.split("-")[1])):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"run-{os.getpid()}-", dir=folder, ignore_cleanup_errors=True) as made:
        yield made


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def open_all(paths: Sequence[Path], map_: Map) -> list["Table"]:
    """Every file opened and held against the map, before anything is written."""
    if not paths:
        raise UsageError("no files were given")
    shapes = {part.shape: index for index, part in enumerate(map_.parts)}
    opened = list(open_shapes(paths, map_))
    tables = [Table(table, shape, shapes[shape]) for table, shape in opened if shape in shapes]
    if not tables:
        found = ", ".join(sorted({str(shape) for _, shape in opened}))
        raise MapError(f"map {map_.name} has no part for what is in {', '.join(p.name for p in paths)}: {found}")
    for table in tables:
        fits(table.opened, map_.parts[table.part], map_)
    return tables


def fits(opened: Readable, part: Part, map_: Map) -> None:
    """Every column the part needs is there, and something that identifies the subject its rows are about."""
    have, listed = set(opened.columns), ", ".join(opened.columns)
    for cell in cells_of(part):
        if cell.columns and not cell.optional and not have.intersection(cell.columns):
            wanted = " or ".join(cell.columns)
            raise MapError(f"{opened.path}: map {map_.name} needs the column {wanted}; the file has {listed}")
    naming = [c for c in (part.main.name, *part.main.numbers.values()) if c]
    if not any(c.constant or have.intersection(c.columns) for c in naming):
        wanted = " or ".join(name for c in naming for name in c.columns)
        raise MapError(f"{opened.path}: map {map_.name} needs a column that identifies {part.main.alias}: {wanted}; the file has {listed}")


def _as_of(text: str | None, started: datetime) -> str:
    if text is None:
        return started.date().isoformat()
    try:
        return clean_date(text)
    except BadValue as error:
        raise UsageError(f"as-of: {error}") from error


def _same_as_last(graph: Graph, report: Report, tables: Sequence[Table]) -> dict[str, Any] | None:
    """The last run of this source, if it read just these files with this map for this day."""
    with graph.reading() as reader:
        rows = reader.rows("MATCH (r:Run) WHERE r.source = $source AND r.seq <= $run RETURN r ORDER BY r.seq DESC LIMIT 1", {"source": report.source})
    if not rows:
        return None
    last: dict[str, Any] = rows[0]["r"]
    same = last.get("map") == report.map and last.get("document") == " ".join(t.document for t in tables)
    same = same and last.get("complete") == report.complete and last.get("as_of") == report.as_of
    return last if same else None


def _unchanged(report: Report, last: dict[str, Any]) -> Report:
    counts = json.loads(last["counts"])
    read, held = counts["rows"]["read"], counts["rows"]["quarantined"]
    report.rows = {"read": read, "loaded": 0, "unchanged": read - held, "quarantined": held}
    report.quarantined = counts["quarantined"]
    report.note = f"the same files, map and day as run {last['seq']}: nothing to do (--recheck compares them all the same)"
    return report


@dataclass(slots=True)
class _Run:
    """The state of a run while it is made."""

    map: Map
    report: Report
    stage: Stage
    home: Home
    options: Options
    progress: Progress
    started: datetime
    again: bool = False
    uid: str = field(default_factory=lambda: uuid.uuid4().hex)
    held: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    read_rows: int = 0

    def read(self, tables: Sequence[Table], stack: ExitStack) -> None:
        """Every batch of every file staged and archived; rows that cannot be used held back."""
        workers = stack.enter_context(Workers(Job(self.map, self.stage.folder, self._lookups(tables))).running())
        for table in tables:
            edition = Edition(table.document, self.map.source.id, self.report.as_of)
            archive = None if self.again or self.options.dry_run else stack.enter_context(self.home.archive.writer(table.opened.sha256))
            for done in workers.do(table.part, edition, _archived(table.opened, archive)):
                self.stage.take(done.parts)
                self._hold(table, done.bad)
                self.progress(table.opened.file, done.rows)
            self._hold(table, [_reader_bad(b) for b in table.opened.bad_rows])
            self._note_document(table)

    def _lookups(self, tables: Sequence[Table]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for table in tables:
            for cell in cells_of(self.map.parts[table.part]):
                if cell.lookup_file and cell.lookup_file.file not in found:
                    path = table.opened.path.parent / cell.lookup_file.file
                    found[cell.lookup_file.file] = _lookup_table(path, cell.lookup_file)
        return found

    def _hold(self, table: Table, bad: Sequence[dict[str, Any]]) -> None:
        where = {"run": self.uid, "source": self.map.source.id, "map": self.report.map, "document": table.document,
                 "file": table.opened.file, "sheet": table.opened.sheet}  # fmt: skip
        self.held += [{**where, **b} for b in bad]

    def _note_document(self, table: Table) -> None:
        opened = table.opened
        self.read_rows += opened.rows_read
        self.documents.append({"id": table.document, "name": opened.file, "sha256": opened.sha256, "kind": opened.kind, "encoding": opened.encoding,
                               "rows": opened.rows_read, "source": self.map.source.id, "as_of": self.report.as_of})  # fmt: skip
        self.report.files.append({"file": opened.file, "sheet": opened.sheet, "sha256": opened.sha256, "rows": opened.rows_read, "encoding": opened.encoding})

    def check_minimum(self) -> None:
        """An edition below what the map expects closes nothing and loads nothing, unless it is said to be partial."""
        good = self.read_rows - len(self.held)
        if good < self.map.minimum and not self.options.partial:
            raise SourceIncomplete(
                f"{', '.join(f['file'] for f in self.report.files)}: {good} usable rows, map {self.map.name} expects at least "
                f"{self.map.minimum}; nothing was loaded. If it is only a part of the edition, say --partial"
            )

    def write(self, writer: Writer) -> None:
        """Load, resolve, publish."""
        report = self.report
        write_support(writer, self.map.source, () if self.again else self.documents, self.stage.folder)
        load = Load(self.stage, writer, report.complete, report.as_of, self._scope(writer))
        counts = load.run()
        report.same_as = resolve(writer, self.stage, load)
        refresh_captions(writer, self.stage, load, self.map.source)
        self._count(counts)
        if self.options.dry_run:
            return
        if not self.again:
            self.home.quarantine.add(self.held)
        info = writer.publish(self._run_node())
        report.run, report.published = info.seq, info.published
        self.home.quarantine.publish(self.uid)

    def _scope(self, writer: Writer) -> Scope:
        """What this edition can say, and whether a newer one is loaded already."""
        parts = self.map.parts
        kinds = {e.label for p in parts for e in p.events} | {link.type for p in parts for link in p.links if link.type}
        if any(link.role for p in parts for link in p.links):
            kinds |= {role.type for role in MODEL.roles}
        if any(s.record is not None for p in parts for s in p.subjects):
            kinds.add("Record")
        words = {str(v) for held in self.held for v in json.loads(held["raw"]).values() if v}
        runs = writer.rows("MATCH (r:Run) WHERE r.source = $source AND r.as_of > $day RETURN r.as_of AS day, r.complete AS complete ORDER BY day DESC", {"source": self.map.source.id, "day": self.report.as_of})
        later = next((r for r in runs if r["complete"]), runs[0] if runs else None)
        return Scope(
            frozenset(kinds), frozenset(self.stage.lists()) | _constant_lists(parts), frozenset(words),
            later["day"] if later else None, bool(later and later["complete"]),
        )  # fmt: skip

    def _count(self, counts: Counts) -> None:
        self.report.refused = frozenset((h["document"], h["row"]) for h in self.held)
        held = len(self.report.refused)
        self.report.rows = {"read": self.read_rows, "loaded": counts.loaded_rows,
                            "unchanged": self.read_rows - held - counts.loaded_rows, "quarantined": held}  # fmt: skip
        kinds = {"new": counts.new, "unchanged": counts.unchanged, "closed": counts.closed, "unknown_since": counts.gone, "duplicates": counts.duplicates}
        self.report.claims = {k: {n: v for n, v in sorted(c.items()) if v} for k, c in kinds.items()}
        self.report.nodes = {n: v for n, v in sorted(counts.nodes.items()) if v}
        for h in self.held:
            self.report.quarantined[h["code"]] = self.report.quarantined.get(h["code"], 0) + 1

    def _run_node(self) -> dict[str, Any]:
        report = self.report
        counts = {"rows": report.rows, "claims": report.claims, "nodes": report.nodes, "quarantined": report.quarantined, "same_as": report.same_as}
        published = {"published": self.options.published} if self.options.published else {}
        return {**published, "uid": self.uid, "started": self.started.isoformat(), "source": report.source, "document": " ".join(d["id"] for d in self.documents),
                "map": report.map, "as_of": report.as_of, "complete": report.complete, "counts": json.dumps(counts, ensure_ascii=False)}  # fmt: skip


def _archived(opened: Readable, archive: ArchiveWriter | None) -> Iterator[pa.Table]:
    """The batches of a file with ID numbers masked, each kept in the archive as it goes by."""
    for batch in opened.batches():
        yield mask_rows(batch.rows) if archive is None else archive.add(batch)


def _constant_lists(parts: Sequence[Part]) -> frozenset[str]:
    """Lists that a map is about, whatever its rows say."""
    named = {str(cell.constant) for p in parts for e in p.events if (cell := e.values.get("list")) and cell.constant}
    return frozenset(MODEL.list_named[name].term for name in named if name in MODEL.list_named)


def _reader_bad(bad: BadRow) -> dict[str, Any]:
    return {"row": bad.row, "column": bad.column, "value": bad.value, "code": bad.code, "message": bad.message,
            "raw": json.dumps({"": bad.raw}, ensure_ascii=False)}  # fmt: skip


def _lookup_table(path: Path, lookup: Any) -> dict[str, str]:
    """The second file of a lookup, key to value."""
    opened = open_table(path)
    table: dict[str | None, str | None] = {}
    if missing := {lookup.key, lookup.value} - set(opened.columns):
        raise MapError(f"{path}: the lookup needs the column {', '.join(sorted(missing))}; the file has {', '.join(opened.columns)}")
    for batch in opened.batches():
        table.update(zip(batch.rows[lookup.key].to_pylist(), batch.rows[lookup.value].to_pylist(), strict=True))
    return {k: v for k, v in table.items() if k is not None and v is not None}


