"""Rows in quarantine tried again: with the map they failed with, as it is now, or with another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph_model.errors import MapError, UnknownEntity
from graph_model.stores.graph import Graph
from ingest.maps import Map, load_map, map_names
from ingest.quarantine import Quarantined
from ingest.run import Home, Options, Report, Table, fits, ingest_tables
from ingest.tables import ROW, BadRow, Batch

_UNREAD = ""  # the name under which a row stands that the reader could make no record of


@dataclass(slots=True)
class _Held:
    """Rows of one document, as a table: they keep their document and their row numbers."""

    rows: list[Quarantined]
    path: Path = field(init=False)
    file: str = field(init=False)
    sha256: str = field(init=False)
    sheet: str | None = field(init=False)
    columns: tuple[str, ...] = field(init=False)
    kind: str = "quarantine"
    encoding: str | None = None
    bad_rows: list[BadRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        first = self.rows[0]
        self.path, self.file, self.sheet = Path(first.file), first.file, first.sheet
        self.sha256 = first.document.partition("#")[0]
        self.columns = tuple(dict.fromkeys(name for row in self.rows for name in row.raw))

    @property
    def rows_read(self) -> int:
        return len(self.rows)

    def batches(self) -> Iterator[Batch]:
        columns = {n: pa.array([r.raw.get(n) or None for r in self.rows], pa.string()) for n in self.columns}
        table = pa.table({**columns, ROW: pa.array([r.row for r in self.rows], pa.int64())})
        yield Batch(self.file, self.sheet, self.rows[0].row, table)


def retry(graph: Graph, home: Home, *, ids: Sequence[int] = (), map: str | None = None, dry_run: bool = False) -> dict[str, Any]:
    """Try rows again (all when no ids are given); those that can be used now are loaded and marked solved."""
    waiting = home.quarantine.rows(limit=1_000_000)
    chosen = [row for row in waiting if not ids or row.id in ids]
    if missing := set(ids) - {row.id for row in chosen}:
        raise UnknownEntity(f"no row {', '.join(_in_order(missing))} waits in quarantine; `xinpu quarantine list` shows those that do")
    days = _days(graph, sorted({row.document for row in chosen}))
    groups = _groups(chosen, days)
    reports = [_group(graph, home, _map_of(name, map), rows, Options(day, partial=True, recheck=True, dry_run=dry_run)) for (name, day), rows in groups.items()]
    solved = sum(r["solved"] for r in reports)
    return {"tried": len(chosen), "solved": solved, "still_waiting": len(chosen) - solved, "runs": reports}


def _in_order(ids: set[int]) -> list[str]:
    """Row numbers in order, as text."""
    return [str(i) for i in sorted(ids)]


def _days(graph: Graph, documents: list[str]) -> dict[str, str]:
    """The day each document is stated for: rows tried later are still rows of that day."""
    if not documents:
        return {}
    with graph.reading() as reader:
        rows = reader.rows("MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.as_of AS day", {"ids": documents})
    return {row["id"]: row["day"] for row in rows}


def _groups(rows: Sequence[Quarantined], days: dict[str, str]) -> dict[tuple[str, str | None], list[Quarantined]]:
    """Rows by the name of their map and the day of their document: each group is one run."""
    groups: dict[tuple[str, str | None], list[Quarantined]] = {}
    for row in rows:
        groups.setdefault((row.map.partition("@")[0], days.get(row.document)), []).append(row)
    return groups


def _map_of(name: str, given: str | None) -> Map:
    if given is not None:
        return load_map(given)
    if name not in map_names():
        raise MapError(f"the rows were read with a map of your own, {name!r}; name its file with --map")
    return load_map(name)


def _group(graph: Graph, home: Home, map_: Map, rows: list[Quarantined], options: Options) -> dict[str, Any]:
    documents: dict[str, list[Quarantined]] = {}
    for row in sorted(rows, key=lambda r: (r.document, r.row)):
        documents.setdefault(row.document, []).append(row)
    tables = [Table(_Held(held), None, 0) for held in documents.values() if _UNREAD not in held[0].raw]
    for table in tables:
        fits(table.opened, map_.parts[0], map_)
    report = ingest_tables(tables, map_, graph, home, options=options, again=True)
    solved = _solved(rows, report)
    if not options.dry_run:
        home.quarantine.solve(solved, f"run {report.run}")
    return {**report.as_dict(), "solved": len(solved)}


def _solved(rows: Sequence[Quarantined], report: Report) -> list[int]:
    """Rows that were not refused again; a row the reader could make no record of cannot be tried."""
    return [row.id for row in rows if (row.document, row.row) not in report.refused and _UNREAD not in row.raw]
