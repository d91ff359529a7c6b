"""The rows of every document as they were read, so that a claim can always show the row it came from.

One zstd Parquet file for each document (and sheet), ID numbers of persons masked. A file takes its name only
when it is complete. Row groups are small, so that one row is found by reading one of them.
"""

import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph_model.errors import InputError
from graph_model.identifiers import mask_text
from ingest.tables import ROW, Batch

_GROUP_ROWS = 20_000
_GROUP_BYTES = 2 << 20  # wide rows: fewer to a group, so that one row stays within 10 ms
_MAY_HOLD_ID = r"([0-9０-９][ \-－　]?){15}"
# A cell that is one bare number and has no birth date where an ID number has it needs no second look.
_BARE = r"^[0-9A-HJ-NP-RT-UW-Y]{18}$|^[0-9]{15}$"
_BORN = r"(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
_SHAPED = rf"^[0-9]{{6}}(1[89]|20)[0-9]{{2}}{_BORN}[0-9]{{3}}[0-9X]$|^[0-9]{{8}}{_BORN}[0-9]{{3}}$"
_PERSONAL = re.compile("身份|证件|cardNum", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(slots=True)
class ArchiveWriter:
    """Takes the batches of one document."""

    path: Path
    _writer: Any = field(default=None, repr=False)
    _sheet: str | None = None

    def add(self, batch: Batch) -> pa.Table:
        """Appends the rows of a batch, masked; gives them as they are kept."""
        rows = mask_rows(batch.rows)
        if self._writer is None:
            self._sheet = batch.sheet
            self._writer = pq.ParquetWriter(
                self.path, rows.schema, compression="zstd", write_statistics=[ROW], use_dictionary=False
            )
        self._writer.write_table(rows, row_group_size=group_rows(rows))
        return rows

    def close(self) -> str | None:
        """Ends the file; gives its sheet."""
        if self._writer is not None:
            self._writer.close()
        return self._sheet


@dataclass(frozen=True, slots=True)
class RowArchive:
    """The archived rows in one folder."""

    folder: Path

    @contextmanager
    def writer(self, sha256: str) -> Iterator[ArchiveWriter]:
        """A writer for one document; what it wrote is kept only when the block ends without an error."""
        self.folder.mkdir(parents=True, exist_ok=True)
        writing = ArchiveWriter(self.folder / f".{_checked(sha256)}-{uuid.uuid4().hex}.tmp")
        try:
            yield writing
            sheet = writing.close()
            if writing.path.exists():
                _publish(writing.path, self.folder / _file_name(sha256, sheet))
        finally:
            writing.close()
            writing.path.unlink(missing_ok=True)

    def row(self, sha256: str, row_number: int, sheet: str | None = None) -> dict[str, str] | None:
        """The row with this number, empty cells as ""; None when the archive has no such document or row."""
        path = self._find(_checked(sha256), sheet)
        if path is None:
            return None
        with pq.ParquetFile(path, memory_map=True) as file:
            group = _group_of(file.metadata, row_number)
            found = None if group is None else _pick(file, group, row_number)
        return found

    def has(self, sha256: str) -> bool:
        """Whether rows of this document are kept."""
        return self._find(_checked(sha256), None) is not None

    def _find(self, sha256: str, sheet: str | None) -> Path | None:
        path = self.folder / _file_name(sha256, sheet)
        if path.exists():
            return path
        return None if sheet else next(iter(sorted(self.folder.glob(f"{sha256}.*.parquet"))), None)


def _checked(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise InputError(f"{sha256!r} is no SHA-256 digest; expected 64 characters of 0-9 and a-f")
    return sha256


def _file_name(sha256: str, sheet: str | None) -> str:
    """A document of one table keeps its digest as name; the sheets of a workbook are told apart."""
    return (
        f"{sha256}.parquet"
        if sheet is None
        else f"{sha256}.{hashlib.sha256(sheet.encode()).hexdigest()[:12]}.parquet"
    )


def _publish(temporary: Path, path: Path) -> None:
    with temporary.open("rb") as stream:
        os.fsync(stream.fileno())
    temporary.replace(path)


def mask_rows(rows: pa.Table) -> pa.Table:
    """The same table with every ID number of a person masked."""
    for place, name in enumerate(rows.column_names):
        if name != ROW:
            rows = rows.set_column(place, name, _mask_column(name, rows.column(name)))
    return rows


def _mask_column(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Only cells with a long run of digits are looked at one by one, the column's name being their context."""
    hit = pc.match_substring_regex(column, _MAY_HOLD_ID)
    if not _PERSONAL.search(name):
        bare = pc.and_not(pc.match_substring_regex(column, _BARE), pc.match_substring_regex(column, _SHAPED))
        hit = pc.and_not(hit, bare)
    hit = pc.fill_null(hit, False).combine_chunks()
    if not pc.any(hit).as_py():
        return column
    before = f"{name}："
    masked = [mask_text(before + text).removeprefix(before) for text in column.filter(hit).to_pylist()]
    return pc.replace_with_mask(column, hit, pa.array(masked, pa.string()))


def group_rows(rows: pa.Table) -> int:
    """How many rows a row group holds, so that it stays quick to read."""
    width = max(1, int(rows.nbytes) // max(1, int(rows.num_rows)))
    return max(1, min(_GROUP_ROWS, _GROUP_BYTES // width))


def _group_of(metadata: Any, row_number: int) -> int | None:
    column = metadata.num_columns - 1  # `__row` is written last
    for group in range(metadata.num_row_groups):
        statistics = metadata.row_group(group).column(column).statistics
        if statistics.min <= row_number <= statistics.max:
            return group
    return None


def _pick(file: pq.ParquetFile, group: int, row_number: int) -> dict[str, str] | None:
    table = file.read_row_group(group, use_threads=False)
    place = pc.index(table.column(ROW), pa.scalar(row_number, pa.int64())).as_py()
    if place < 0:
        return None
    row = table.slice(place, 1).to_pylist()[0]
    return {name: value or "" for name, value in row.items() if name != ROW}
