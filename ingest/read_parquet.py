"""Parquet by row groups, every column as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph_model.errors import InputError
from ingest.read_json import value_text
from ingest.source import Source
from ingest.tables import ROW, Layout, ReadOptions, Tally, check_names

_MIDNIGHT = r" 00:00:00(\.0+)?(Z|[+-]\d\d:?\d\d)?$"


def lay_out_parquet(source: Source, options: ReadOptions) -> Layout:
    """The layout of a Parquet file; a row's number is its place in the file."""
    if source.gzipped:
        raise InputError(f"{source.path}: Parquet inside gzip; unpack it first")
    file = pq.ParquetFile(source.path)
    columns = tuple(file.schema_arrow.names)
    check_names(columns, str(source.path))
    if not columns or file.metadata.num_rows == 0:
        raise InputError(f"{source.path}: there are no rows in it")
    return Layout(columns, _Plan(source, columns, options.batch_rows).chunks)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is needed to read one Parquet file."""

    source: Source
    columns: tuple[str, ...]
    batch_rows: int

    def chunks(self, _tally: Tally) -> Iterator[pa.Table]:
        first = 1
        with pq.ParquetFile(self.source.path) as file:
            for batch in file.iter_batches(batch_size=min(self.batch_rows, 50_000)):
                rows = pa.arange(first, first + batch.num_rows)
                texts = [as_text(column) for column in batch.columns]
                yield pa.table([*texts, rows], names=[*self.columns, ROW])
                first += batch.num_rows


def as_text(column: Any) -> Any:
    """A column as strings: dates as ISO, whole numbers without `.0`, nested values as JSON does."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_nested(kind):
        return pa.array([_nested(value) for value in column.to_pylist()], pa.string())
    text = column.cast(pa.string())
    if pa.types.is_timestamp(kind):
        return pc.replace_substring_regex(pc.replace_substring_regex(text, _MIDNIGHT, ""), r"\.0+$", "")
    if pa.types.is_floating(kind) and pc.any(pc.match_substring(text, "e")).as_py():
        return pa.array([None if t is None else _plain(t) for t in text.to_pylist()], pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _plain(text: str) -> str:
    return f"{Decimal(text):f}" if "e" in text else text


def _nested(value: Any) -> str | None:
    return value_text(
        dict(value) if isinstance(value, list) and value and isinstance(value[0], tuple) else value
    )
