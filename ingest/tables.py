"""What reading a file gives: options, batches of raw text rows, and the rows no record could be made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from graph_model.errors import InputError

Kind = Literal["csv", "excel", "json", "jsonl", "parquet"]
ROW = "__row"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a map states of a file; whatever is None is found out.

    `header` and `sheet` numbers count from 1; `header=0` means there is none and `columns` names the
    columns. `columns` beside a header row replaces its names: the way out of a merged or doubled header.
    """

    kind: Kind | None = None
    encoding: str | None = None
    separator: str | None = None
    sheet: str | int | None = None
    header: int | None = None
    columns: tuple[str, ...] = ()
    records: str | None = None
    batch_rows: int = 200_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as text: every column a string, null where the cell is empty, and `__row` its place in the file."""

    file: str
    sheet: str | None
    first_row: int
    rows: pa.Table


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row the reader could make no record of, or (among the notes) a cell it could not read."""

    file: str
    sheet: str | None
    row: int
    column: str | None
    value: str | None
    code: str
    message: str
    raw: str


@dataclass(slots=True)
class Tally:
    """Collects what could not be read while a file is being read."""

    file: str
    sheet: str | None = None
    bad_rows: list[BadRow] = field(default_factory=list)
    notes: list[BadRow] = field(default_factory=list)
    bad: int = 0

    def reject(self, row: int, code: str, message: str, *, raw: str, column: str | None = None) -> None:
        """Counts a row that is no record."""
        self.bad += 1
        self.bad_rows.append(BadRow(self.file, self.sheet, row, column, None, code, message, raw))

    def note(self, row: int, code: str, message: str, *, column: str | None, value: str | None) -> None:
        """Keeps a remark on a cell whose row is used all the same."""
        self.notes.append(BadRow(self.file, self.sheet, row, column, value, code, message, ""))


@dataclass(frozen=True, slots=True)
class Layout:
    """How one file is laid out, and the way to its rows (tables of text columns with `__row`)."""

    columns: tuple[str, ...]
    chunks: Callable[[Tally], Iterator[pa.Table]]
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None


def text_table(columns: tuple[str, ...], values: list[list[str | None]], rows: list[int]) -> pa.Table:
    """A table of text columns from rows of texts and their numbers."""
    turned = list(zip(*values, strict=True)) if values else [()] * len(columns)
    arrays = [pa.array(column, pa.string()) for column in turned]
    return pa.table([*arrays, pa.array(rows, pa.int64())], names=[*columns, ROW])


def check_names(columns: tuple[str, ...], where: str) -> None:
    """Refuses names that are empty, doubled, or ours."""
    for place, name in enumerate(columns, 1):
        if not name.strip():
            raise InputError(
                f"{where}: column {place} has no name; name it in the file, or list all `columns:`"
            )
        if name in columns[: place - 1]:
            first = columns.index(name) + 1
            raise InputError(
                f"{where}: the name {name!r} stands over columns {first} and {place}; "
                "names must differ: change one in the file, or list all `columns:`"
            )
        if name == ROW:
            raise InputError(f"{where}: column {place} is called {ROW!r}, a name kept for the row number")
