"""Any table-like file as batches of raw text rows with their place: `open_table(path, options)`.

CSV with any separator, Excel, JSON, JSON Lines and Parquet; text and JSON also inside gzip. Nothing is stripped
but the byte order mark. What cannot be read at all is an InputError; a row no record can be made of is a BadRow.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from graph_model.errors import InputError
from ingest.read_csv import lay_out_csv
from ingest.read_excel import lay_out_excel
from ingest.read_json import lay_out_json, lay_out_jsonl
from ingest.read_parquet import lay_out_parquet
from ingest.source import Source, find_kind, naming, open_source
from ingest.tables import ROW, BadRow, Batch, Kind, Layout, ReadOptions, Tally

__all__ = ["ROW", "BadRow", "Batch", "Kind", "Opened", "ReadOptions", "open_table"]

_READERS: dict[Kind, Callable[[Source, ReadOptions], Layout]] = {
    "csv": lay_out_csv,
    "excel": lay_out_excel,
    "json": lay_out_json,
    "jsonl": lay_out_jsonl,
    "parquet": lay_out_parquet,
}


class Opened:
    """A table that was found readable; `batches()` reads it, and may be called again to read it anew.

    `bad_rows` and `notes` fill while reading and may be emptied by the caller between batches;
    `rows_read` counts every row seen, good and bad, whatever happens to the lists.
    """

    def __init__(self, source: Source, kind: Kind, layout: Layout, batch_rows: int) -> None:
        self.path, self.file, self.sha256, self.size = source.path, source.name, source.sha256, source.size
        self.kind, self.encoding, self.separator = kind, layout.encoding, layout.separator
        self.sheet, self.columns = layout.sheet, layout.columns
        self._layout, self._batch_rows, self._good = layout, batch_rows, 0
        self._tally = Tally(source.name, layout.sheet)

    @property
    def bad_rows(self) -> list[BadRow]:
        """Rows no record could be made of."""
        return self._tally.bad_rows

    @property
    def notes(self) -> list[BadRow]:
        """Remarks on cells whose rows were used: error cells, merged cells, numbers that lost digits."""
        return self._tally.notes

    @property
    def rows_read(self) -> int:
        """Rows seen so far: those given in batches and the bad ones."""
        return self._good + self._tally.bad

    def batches(self) -> Iterator[Batch]:
        """The rows in batches; an InputError when there are none at all."""
        self._tally, self._good = Tally(self.file, self.sheet), 0
        with naming(self.path):
            for table in _regroup(self._layout.chunks(self._tally), self._batch_rows):
                self._good += table.num_rows
                yield Batch(self.file, self.sheet, table.column(ROW)[0].as_py(), table)
        if not self.rows_read:
            raise InputError(f"{self.path}: there are no rows below the header")


def open_table(path: Path, options: ReadOptions | None = None) -> Opened:
    """The table in a file, with what was found out about it; an InputError says why it cannot be read."""
    wanted = options or ReadOptions()
    with naming(path):
        source = open_source(path)
        kind = find_kind(source, wanted.kind)
        layout = _READERS[kind](source, replace(wanted, kind=kind))
        return Opened(source, kind, layout, wanted.batch_rows)


def _regroup(tables: Iterator[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows in tables of one size, but for the last."""
    held: list[pa.Table] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        while count >= size:
            joined = pa.concat_tables(held)
            yield joined.slice(0, size)
            held, count = [joined.slice(size)], count - size
    if count:
        yield pa.concat_tables(held)
