"""Text with separators, streamed by pyarrow: every record keeps its number, every ragged one is reported.

A record's number is its place among the records of the file, blank ones counted: the row a spreadsheet shows.
"""

import codecs
import csv
import io
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from graph_model.errors import InputError
from ingest.encoding import find_encoding
from ingest.header import advice, find_header
from ingest.source import CHUNK, Source
from ingest.tables import ROW, Layout, ReadOptions, Tally

_SEPARATORS = ",\t;|\x01"
_SAMPLE_ROWS = 200
_BLOCK = 8 << 20  # a record must fit into one block


def lay_out_csv(source: Source, options: ReadOptions) -> Layout:
    """The layout of a CSV file: encoding, separator and header found or taken from the options."""
    encoding = find_encoding(source, options.encoding)
    text, whole = _head(source, encoding)
    if not text.strip():
        raise InputError(f"{source.path}: there are no rows in it; expected a header row and data below")
    separator = _separator(source, options.separator, text)
    rows = _records(text, separator, whole=whole, limit=max(_SAMPLE_ROWS, (options.header or 0) + 50))
    header, columns = _header(source, rows, options)
    plan = _Plan(source, encoding, separator, header, columns)
    return Layout(columns, plan.chunks, encoding, separator)


def _head(source: Source, encoding: str) -> tuple[str, bool]:
    raw = source.head(CHUNK)
    text = codecs.getincrementaldecoder(encoding)().decode(raw).removeprefix("\ufeff")
    return text, len(raw) < CHUNK


def _separator(source: Source, stated: str | None, text: str) -> str:
    if stated is not None:
        char = {"tab": "\t", "\\t": "\t"}.get(stated, stated)
        if len(char) != 1 or not char.isascii():
            raise InputError(
                f"{source.path}: the map states separator {stated!r}; expected one ASCII character or `tab`"
            )
        _refuse_absent(source, char, text)
        return char
    return _likely_separator(text)


def _likely_separator(text: str) -> str:
    return max(
        _SEPARATORS, key=lambda char: _regularity(_records(text, char, whole=False, limit=_SAMPLE_ROWS))
    )


def _refuse_absent(source: Source, separator: str, text: str) -> None:
    likely = _likely_separator(text)
    if (
        separator not in text
        and likely in text
        and _regularity(_records(text, likely, whole=False, limit=_SAMPLE_ROWS))[0] > 0.9
    ):
        raise InputError(
            f"{source.path}: the map states separator {separator!r}, which is nowhere in it; it looks like {likely!r}"
        )


def _regularity(rows: Sequence[list[str]]) -> tuple[float, int]:
    """How evenly a separator cuts the first records: the share with the usual width, then that width."""
    widths = Counter(len(row) for row in rows if row)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return (count / widths.total(), width) if width > 1 else (0.0, 1)


def _records(text: str, separator: str, *, whole: bool, limit: int) -> list[list[str]]:
    """The first records of a text; its last one is left out where it may be cut."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = [row for row, _ in zip(reader, range(limit), strict=False)]
    return rows if whole or len(rows) in (1, limit) else rows[:-1]


def _header(source: Source, rows: list[list[str]], options: ReadOptions) -> tuple[int, tuple[str, ...]]:
    where = str(source.path)
    header, columns = find_header([*map(_nulls, rows)], options, where)
    below = [row for row in rows[header:] if any(row)]
    widths = Counter(map(len, below))
    width, count = widths.most_common(1)[0] if widths else (len(columns), 0)
    title = len(columns) == 1 and width > 1 and header and count * 2 > len(below)
    if title or (width != len(columns) and len(below) >= 3 and count >= 0.9 * len(below)):
        raise InputError(
            f"{where}: row {header} has {len(columns)} columns but {count} of the first {len(below)} rows below "
            f"have {width}, so it is not their header. {advice(rows, header, width)}"
        )
    return header, columns


def _nulls(row: list[str]) -> list[str | None]:
    return [cell or None for cell in row]


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is needed to stream one CSV file."""

    source: Source
    encoding: str
    separator: str
    header: int
    columns: tuple[str, ...]

    def chunks(self, tally: Tally) -> Iterator[pa.Table]:
        numbers = _Numbers(self.header + 1)
        spot = _Spot()
        with self.source.open() as file:
            stream = _Watched(file)
            for batch in self._stream(stream, numbers, tally, spot):
                rows = numbers.take(batch.num_rows)
                spot.see(batch, rows)
                table = pa.table(batch.columns, names=list(self.columns)).append_column(ROW, rows)
                if stream.quoted:
                    _note_swallowed(table, self.separator, tally)
                yield _without_blank(table)
        spot.check_end(self.source)

    def _stream(
        self, stream: Any, numbers: "_Numbers", tally: Tally, spot: "_Spot"
    ) -> Iterator[pa.RecordBatch]:
        names = [f"c{place}" for place in range(len(self.columns))]
        try:
            yield from arrow_csv.open_csv(
                self._utf8(stream),
                arrow_csv.ReadOptions(
                    use_threads=False,  # only then does pyarrow number the ragged records
                    block_size=_BLOCK, column_names=names, skip_rows_after_names=self.header,
                ),
                arrow_csv.ParseOptions(
                    delimiter=self.separator, newlines_in_values=True, ignore_empty_lines=False,
                    invalid_row_handler=lambda row: self._skip(row, numbers, tally, spot),
                ),
                arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), check_utf8=False,
                    strings_can_be_null=True, quoted_strings_can_be_null=True, null_values=[""],
                ),
            )  # fmt: skip
        except pa.ArrowInvalid as error:
            if "straddling" not in str(error):
                raise
            raise _unclosed(self.source, numbers.next) from error

    def _utf8(self, stream: Any) -> Any:
        file = pa.PythonFile(stream, mode="r")
        return file if self.encoding == "utf-8" else pa.transcoding_input_stream(file, self.encoding, "utf-8")

    def _skip(self, row: Any, numbers: "_Numbers", tally: Tally, spot: "_Spot") -> str:
        numbers.missing.append(row.number)
        if row.text.strip():
            spot.last = (row.number, row.text)
            tally.reject(
                row.number, "ragged_row", raw=row.text,
                message=f"{row.actual_columns} values for {row.expected_columns} columns; a separator or quote is wrong",
            )  # fmt: skip
        return "skip"


@dataclass(slots=True)
class _Watched:
    """A stream that tells whether a quote has passed: without one no value holds a line end."""

    stream: BinaryIO
    quoted: bool = False
    closed: bool = False

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.quoted = self.quoted or b'"' in data
        return data


@dataclass(slots=True)
class _Numbers:
    """Gives the good records their numbers, leaving out those that were skipped."""

    next: int
    missing: deque[int] = field(default_factory=deque)

    def take(self, count: int) -> pa.Array:
        parts = [pa.array([], pa.int64())]  # by way of numpy it would import pandas, a second's work
        while count:
            until = self.missing[0] if self.missing else self.next + count
            step = min(count, until - self.next)
            parts.append(pa.arange(self.next, self.next + step))
            count -= step
            self.next += step
            while self.missing and self.missing[0] == self.next:
                self.next = self.missing.popleft() + 1
        return pa.concat_arrays(parts)


@dataclass(slots=True)
class _Spot:
    """Remembers the last record: a quote that is never closed shows there."""

    last: tuple[int, str] = (0, "")

    def see(self, batch: pa.RecordBatch, rows: pa.Array) -> None:
        if batch.num_rows and (row := rows[-1].as_py()) > self.last[0]:
            self.last = (row, batch.column(batch.num_columns - 1)[-1].as_py() or "")

    def check_end(self, source: Source) -> None:
        row, text = self.last
        if "\n" in text and not _ends_quoted(source):
            raise _unclosed(source, row)


def _note_swallowed(table: pa.Table, separator: str, tally: Tally) -> None:
    """Notes values with a whole record inside: two stray quotes swallow the lines between them."""
    width = table.num_columns - 1
    for name in table.column_names[:-1] if width > 2 else ():
        lines = pc.match_substring(table.column(name), "\n")
        for found in table.filter(lines).select([name, ROW]).to_pylist() if pc.any(lines).as_py() else ():
            if any(line.count(separator) == width - 1 for line in found[name].split("\n")):
                message = "this value holds a line that looks like a row of its own; look for a stray quote"
                tally.note(found[ROW], "swallowed_lines", message, column=name, value=found[name])


def _ends_quoted(source: Source) -> bool:
    last = b""
    for chunk in source.chunks():
        last = (last + chunk)[-64:]
    return last.rstrip(b"\r\n\0 ").endswith(b'"')  # the NULs are those of UTF-16


def _unclosed(source: Source, row: int) -> InputError:
    return InputError(
        f'{source.path}: a quote (") opened at or after row {row} is never closed, so the rest of the file would be '
        "read as one value; close it, or double it if it belongs to the value"
    )


def _without_blank(table: pa.Table) -> pa.Table:
    """The rows that hold at least one value."""
    blank = pc.is_null(table.column(0))
    for name in table.column_names[1:-1]:
        if not pc.any(blank).as_py():
            return table
        blank = pc.and_(blank, pc.is_null(table.column(name)))
    return table.filter(pc.invert(blank)) if pc.any(blank).as_py() else table
