"""One batch of raw rows, and the clean values of its cells.

Each distinct text of a column is cleaned once and remembered: a column of a million rows has few dates and few
authorities, and the numbers that do repeat (the USCC of a company in five files) are checked once a run.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph_model.kinds import KINDS, BadValue, clean_end, clean_money_wan, clean_ratio
from graph_model.names.clean import clean_name
from ingest.maps import NULLS, Cell
from ingest.tables import ROW

_MEMO_LIMIT = 3_000_000
Cleaner = Callable[[str], Any]


def _clean_kinds(text: str) -> str:
    """Several kinds in one cell, separated by 、 whatever the source used."""
    return "、".join(filter(None, (part.strip() for part in re.split(r"[、,，;；/|\s]+", text))))


_CLEANERS: Mapping[str, Cleaner] = {
    "money_wan": clean_money_wan,
    "ratio": clean_ratio,
    "end": clean_end,
    "name": clean_name,
    "kinds": _clean_kinds,
    **{name: kind.clean for name, kind in KINDS.items() if name != "name"},
}


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used: where, which value, why."""

    row: int
    column: str | None
    value: str | None
    code: str
    message: str


@dataclass(slots=True)
class Memory:
    """What was cleaned before, by cell and cleaner; kept for the whole run."""

    values: dict[Any, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, Mapping[str, str]] = field(default_factory=dict)  # file lookups by file

    def of(self, key: Any) -> dict[str, Any]:
        """The memo of one cleaner; emptied when it grows past what memory allows."""
        memo = self.values.setdefault(key, {})
        if len(memo) > _MEMO_LIMIT:
            memo.clear()
        return memo


@dataclass(frozen=True, slots=True)
class _Failed:
    code: str
    message: str


class Frame:
    """A batch, its raw and clean columns, and the rows found bad so far."""

    def __init__(self, table: pa.Table, nulls: frozenset[str], memory: Memory) -> None:
        self.table, self.nulls, self.memory = table.combine_chunks(), nulls, memory
        self.rows: pa.Array = _one(self.table[ROW])
        self.bad: dict[int, Bad] = {}
        self._raw: dict[Any, pa.Array] = {}
        self._words = pa.array(sorted(nulls | NULLS))

    @property
    def size(self) -> int:
        """How many rows."""
        return int(self.table.num_rows)

    def nothing(self, type_: pa.DataType | None = None) -> pa.Array:
        """A column of nulls."""
        return pa.nulls(self.size, type_ or pa.string())

    def column_of(self, cell: Cell) -> str | None:
        """The first of the cell's columns that the file has."""
        return next((c for c in cell.columns if c in self.table.column_names), None)

    def raw(self, cell: Cell) -> pa.Array:
        """The cell's text, trimmed, null where the source says nothing."""
        name = self.column_of(cell)
        if cell.constant is not None:
            return pa.array([cell.constant] * self.size, pa.string())
        if name is None:
            return self.nothing()
        if name not in self._raw:
            trimmed = pc.utf8_trim(_one(self.table[name]), characters=" \t\r\n\u3000\ufeff")
            self._raw[name] = pc.if_else(pc.is_in(trimmed, value_set=self._words), None, trimmed)
        return self._raw[name]

    def values(self, cell: Cell | None, kind: str) -> pa.Array:
        """The cell's clean values; a row whose value is no `kind` is marked bad."""
        column_type = {"INT64": pa.int64(), "BOOL": pa.bool_()}.get(KINDS[kind].column if kind in KINDS else "STRING", pa.string())
        if cell is None:
            return self.nothing(column_type)
        clean = _CLEANERS[cell.clean or kind]
        return self.apply(cell, (id(cell), kind), self.steps(cell, clean), column_type)

    def steps(self, cell: Cell, clean: Cleaner) -> Cleaner:
        """The cell's lookup and pattern, then `clean`."""
        table = self.memory.tables[cell.lookup_file.file] if cell.lookup_file else cell.lookup
        pattern = re.compile(cell.pattern) if cell.pattern else None

        def step(text: str) -> Any:
            if table is not None:
                if text not in table and cell.strict:
                    raise BadValue("lookup", f"{text!r} is not in the lookup; known: {', '.join(sorted(table)[:12])}")
                text = table.get(text, text)
            if pattern is not None:
                found = pattern.search(text)
                if found is None or found[1] is None:
                    if cell.strict:
                        raise BadValue("pattern", f"{text!r} is not of the form that the map asks for: {cell.pattern}")
                    return None
                text = found[1]
            value = clean(text)
            return None if value == "" else value

        return step

    def apply(self, cell: Cell, key: Any, step: Cleaner, type_: pa.DataType) -> pa.Array:
        """`step` over the distinct texts of a cell, each done once a run; errors mark their rows bad."""
        memo = self.memory.of(key)
        encoded = self.raw(cell).dictionary_encode()
        distinct = [_remember(memo, text, step) for text in encoded.dictionary.to_pylist()]
        failed = [isinstance(v, _Failed) for v in distinct]
        if any(failed):
            self._mark(cell, encoded, distinct, failed)
        clean = pa.array([None if isinstance(v, _Failed) else v for v in distinct], type_)
        out = clean.take(encoded.indices)
        return out if cell.default is None else pc.fill_null(out, cell.default)

    def _mark(self, cell: Cell, encoded: Any, distinct: list[Any], failed: list[bool]) -> None:
        hit = pc.fill_null(pa.array(failed).take(encoded.indices), False)
        for i in pc.indices_nonzero(hit).to_pylist():
            place = encoded.indices[i].as_py()
            self.mark(i, self.column_of(cell), encoded.dictionary[place].as_py(), distinct[place].code, distinct[place].message)

    def mark(self, index: int, column: str | None, value: str | None, code: str, message: str) -> None:
        """Mark a row bad; the first reason stands."""
        row = self.rows[index].as_py()
        self.bad.setdefault(row, Bad(row, column, value, code, message))

    def mark_where(self, mask: pa.Array, column: str | None, values: pa.Array | None, code: str, message: str) -> None:
        """Mark every row where the mask is true."""
        for i in pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist():
            value = None if values is None else values[i].as_py()
            self.mark(i, column, value, code, message.format(value=value))


def _remember(memo: dict[str, Any], text: str | None, step: Cleaner) -> Any:
    if text is None:
        return None
    try:
        return memo[text]
    except KeyError:
        pass
    try:
        value = step(text)
    except BadValue as error:
        value = _Failed(error.code, str(error))
    memo[text] = value
    return value


def _one(column: pa.ChunkedArray) -> pa.Array:
    """One array of the column's chunks."""
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def each(column: pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    """A change of a text column, done once for each distinct value."""
    encoded = column.dictionary_encode()
    changed = [None if v is None else change(v) for v in encoded.dictionary.to_pylist()]
    return pa.array(changed, pa.string()).take(encoded.indices)


def day_before(day: str) -> str:
    """The last day on which something holds that is over on `day`; a month or year stays as it is."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) == 10 else day


def explode(table: pa.Table, column: str, by: str) -> pa.Table:
    """One row a value for a cell with several; the row keeps its number."""
    parts = pc.split_pattern_regex(_one(table[column]), by)
    parts = pc.if_else(pc.is_null(parts), pa.scalar([""], pa.list_(pa.string())), parts)
    wide = table.take(pc.list_parent_indices(parts))
    place = table.column_names.index(column)
    return wide.set_column(place, column, pc.list_flatten(parts))
