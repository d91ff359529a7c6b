"""Relationships get the columns of their end nodes beside their own: joined on disk, batch by batch."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.tables import ROW, Tally

ID = "__id"
_LOST = "__lost"
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relationship: the column that holds its id, the name its columns come under, where its nodes are."""

    key: str
    prefix: str
    space: str
    columns: tuple[str, ...]


@dataclass(slots=True)
class Nodes:
    """Nodes of several id spaces on disk, to be joined to relationships."""

    folder: Path
    db: Any
    _files: dict[str, list[Path]] = field(default_factory=dict)
    _ready: dict[str, Path] = field(default_factory=dict)

    def add(self, space: str, tables: Iterable[pa.Table]) -> None:
        """Keep the nodes of one file; every table has their ids in the column `__id`."""
        files = self._files.setdefault(space, [])
        path = self.folder / f"{len(self._files)}-{len(files)}.parquet"
        writer = None
        for table in tables:
            writer = writer or pq.ParquetWriter(path, table.schema, compression="lz4")
            writer.write_table(table)
        if writer is not None:
            writer.close()
            files.append(path)

    def join(self, batch: pa.Table, ends: Sequence[End], tally: Tally) -> pa.Table:
        """The rows of a batch with the columns of their end nodes; a row with an end that is nowhere is rejected."""
        picks = [f'n{i}."{c}" AS "{end.prefix}.{c}"' for i, end in enumerate(ends) for c in end.columns]
        lost = [f'n{i}."{ID}" IS NULL AS "{_LOST}{i}"' for i in range(len(ends))]
        tables = [f"LEFT JOIN read_parquet('{self._once(e.space)}') n{i} ON b.\"{e.key}\" = n{i}.\"{ID}\"" for i, e in enumerate(ends)]
        self.db.register("batch", batch)
        query = f'SELECT b.*, {", ".join([*picks, *lost])} FROM batch b {" ".join(tables)} ORDER BY b."{ROW}"'
        joined: pa.Table = self.db.sql(query).to_arrow_table()
        self.db.unregister("batch")
        return _reject_lost(joined, ends, tally)

    def _once(self, space: str) -> Path:
        """The nodes of a space, each id once: its first row counts."""
        if space not in self._ready:
            files = ", ".join(f"'{f}'" for f in self._files[space])
            path = self.folder / f"space-{len(self._ready)}.parquet"
            first = f'QUALIFY row_number() OVER (PARTITION BY "{ID}" ORDER BY "{ROW}") = 1'
            self.db.execute(f"COPY (SELECT * FROM read_parquet([{files}], union_by_name=true) {first}) TO '{path}' (FORMAT parquet)")
            self._ready[space] = path
        return self._ready[space]


@contextmanager
def nodes_on_disk() -> Iterator[Nodes]:
    """An empty set of nodes, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="xinpu-join-") as made, duckdb.connect() as db:
        db.execute(f"SET memory_limit='{_MEMORY}'; SET temp_directory='{made}/spill'; SET threads=2; SET enable_progress_bar=false")
        yield Nodes(Path(made), db)


def _reject_lost(joined: pa.Table, ends: Sequence[End], tally: Tally) -> pa.Table:
    good = pa.array([True] * joined.num_rows)
    for i, end in enumerate(ends):
        lost = joined[f"{_LOST}{i}"].combine_chunks()
        for row in joined.filter(pc.and_(lost, good)).to_pylist():
            message = f"no node has the id {row[end.key]!r} that {end.key} names; is its file among those given?"
            tally.reject(row[ROW], "dangling_end", message, column=end.key, raw=str({k: v for k, v in row.items() if v is not None}))
        good = pc.and_(good, pc.invert(lost))
    return joined.drop_columns([f"{_LOST}{i}" for i in range(len(ends))]).filter(good)
