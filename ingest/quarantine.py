"""Rows that could not be used, kept with their place and reason until somebody mends the map or the file.

One SQLite file beside the graph. A row is written before its run is published and counts only when that run was;
the same row refused again by a later run is not kept twice. ID numbers in it are masked.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_model.identifiers import mask_text

_SCHEMA = """
CREATE TABLE IF NOT EXISTS quarantined (
  id INTEGER PRIMARY KEY, run TEXT NOT NULL, source TEXT NOT NULL, map TEXT NOT NULL, document TEXT NOT NULL,
  file TEXT NOT NULL, sheet TEXT, row INTEGER NOT NULL, column_name TEXT, value TEXT,
  code TEXT NOT NULL, message TEXT NOT NULL, raw TEXT NOT NULL, published INTEGER NOT NULL DEFAULT 0, solved TEXT,
  UNIQUE (map, document, row)
);
"""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One row that could not be used: where it stands, which value, why, and all of it."""

    id: int
    run: str
    source: str
    map: str
    document: str
    file: str
    sheet: str | None
    row: int
    column: str | None
    value: str | None
    code: str
    message: str
    raw: dict[str, str]
    solved: str | None

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        return {n: getattr(self, n) for n in self.__slots__}


class Quarantine:
    """The quarantine of one graph."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=30)) as db, db:
            db.execute("PRAGMA journal_mode=WAL")
            db.executescript(_SCHEMA)
            yield db

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Keep rows of a run that is not published yet."""
        with self._open() as db:
            db.execute("DELETE FROM quarantined WHERE published = 0")  # left by runs that were killed
            db.executemany(
                "INSERT INTO quarantined (run, source, map, document, file, sheet, row, column_name, value, code, message, raw)"
                " VALUES (:run, :source, :map, :document, :file, :sheet, :row, :column, :value, :code, :message, :raw)"
                " ON CONFLICT (map, document, row) DO NOTHING",
                (_masked(row) for row in rows),
            )

    def unpublished(self) -> list[str]:
        """Runs that put rows here and have not said that they were published."""
        if not self.path.exists():
            return []
        with self._open() as db:
            return [r[0] for r in db.execute("SELECT DISTINCT run FROM quarantined WHERE published = 0")]

    def publish(self, run: str) -> None:
        """Let the rows of a published run count."""
        with self._open() as db:
            db.execute("UPDATE quarantined SET published = 1 WHERE run = ?", (run,))

    def rows(self, *, code: str | None = None, source: str | None = None, solved: bool = False, limit: int = 1000) -> list[Quarantined]:
        """Rows waiting (or solved), oldest first."""
        with self._open() as db:
            found = db.execute(
                "SELECT id, run, source, map, document, file, sheet, row, column_name, value, code, message, raw, solved"
                " FROM quarantined WHERE published = 1 AND (solved IS NOT NULL) = ? AND (? IS NULL OR code = ?)"
                " AND (? IS NULL OR source = ?) ORDER BY id LIMIT ?",
                (solved, code, code, source, source, limit),
            ).fetchall()
        return [_row(r) for r in found]

    def row(self, id_: int) -> Quarantined | None:
        """One row by its number."""
        with self._open() as db:
            found = db.execute(
                "SELECT id, run, source, map, document, file, sheet, row, column_name, value, code, message, raw, solved"
                " FROM quarantined WHERE published = 1 AND id = ?", (id_,),
            ).fetchone()  # fmt: skip
        return _row(found) if found else None

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows wait, by source and reason."""
        with self._open() as db:
            found = db.execute(
                "SELECT source, code, count(*) FROM quarantined WHERE published = 1 AND solved IS NULL GROUP BY 1, 2 ORDER BY 1, 2"
            ).fetchall()
        counts: dict[str, dict[str, int]] = {}
        for source, code, number in found:
            counts.setdefault(source, {})[code] = number
        return counts

    def solve(self, ids: Sequence[int], run: str) -> None:
        """Mark rows as loaded by a later run."""
        with self._open() as db:
            db.executemany("UPDATE quarantined SET solved = ? WHERE id = ?", ((run, i) for i in ids))


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{k: mask_text(row[k]) for k in ("value", "message", "raw") if row.get(k)}}


def _row(found: Sequence[Any]) -> Quarantined:
    values = dict(zip(Quarantined.__slots__, found, strict=True))
    return Quarantined(**{**values, "raw": json.loads(values["raw"])})
