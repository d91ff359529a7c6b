"""Workbooks through calamine: cells as the text a person sees, rows by their number in the sheet.

Without `sheet:` the one visible sheet that looks like data (two rows and two columns, or more) is read; when
several do, the map must say which, for the others would be lost silently.
"""

import datetime
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

import pyarrow as pa
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from graph_model.errors import InputError
from ingest.header import filled, find_header
from ingest.sheet_xml import Oddities, column_letters, find_oddities, unpacked_size
from ingest.source import OLE, Source
from ingest.tables import Layout, ReadOptions, Tally, text_table

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_ROWS = 20_000
_DIGITS = 15  # what a sheet keeps of a number
_LIMIT = 4 << 30
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # calamine only says that it does not know the file


def lay_out_excel(source: Source, options: ReadOptions) -> Layout:
    """The layout of one sheet of a workbook."""
    if (size := unpacked_size(source)) > _LIMIT:
        raise InputError(
            f"{source.path}: the workbook unpacks to {size >> 20} MiB, the limit is {_LIMIT >> 20}; save it as CSV"
        )
    with source.open() as stream:
        content = stream.read()
    if content.startswith(OLE) and _ENCRYPTED in content:
        raise InputError(f"{source.path}: the workbook is protected by a password; save it without one")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = _choose(source, book, options.sheet)
    where = f"{source.path}, sheet {sheet.name!r}"
    head = [
        [cell_text(cell) for cell in row] for row in islice(sheet.iter_rows(), (options.header or 0) + 100)
    ]
    merged = _merged_rows(sheet)
    first = next((number for number, cells in enumerate(head, 1) if filled(cells)), 0)
    header, columns = find_header(head, options, where, merged=(options.header or first) in merged)
    return Layout(columns, _Plan(source, sheet, header, columns).chunks, sheet=sheet.name)


def _choose(source: Source, book: CalamineWorkbook, wanted: str | int | None) -> CalamineSheet:
    names = book.sheet_names
    if isinstance(wanted, int) and 1 <= wanted <= len(names):
        return book.get_sheet_by_index(wanted - 1)
    if isinstance(wanted, str) and wanted in names:
        return book.get_sheet_by_name(wanted)
    if wanted is not None:
        raise InputError(f"{source.path}: there is no sheet {wanted!r}; it has {', '.join(map(repr, names))}")
    return _only_one(source, [sheet for sheet in _visible(book) if sheet.start is not None])


def _visible(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    for meta in book.sheets_metadata:
        if meta.visible == SheetVisibleEnum.Visible:
            yield book.get_sheet_by_name(meta.name)


def _only_one(source: Source, sheets: list[CalamineSheet]) -> CalamineSheet:
    data = [sheet for sheet in sheets if sheet.height > 1 and sheet.width > 1]
    if len(data) > 1:
        names = ", ".join(f"{sheet.name!r} ({sheet.height} rows)" for sheet in data)
        raise InputError(f"{source.path}: several sheets hold data: {names}; say which with `sheet:`")
    if not sheets:
        raise InputError(f"{source.path}: no visible sheet has any rows in it")
    return (data or sheets)[0]


def _merged_rows(sheet: CalamineSheet) -> set[int]:
    """Row numbers in which cells are merged side by side."""
    return {
        row + 1
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if right > left
        for row in range(top, min(bottom, top + 100) + 1)
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is needed to read one sheet."""

    source: Source
    sheet: CalamineSheet
    header: int
    columns: tuple[str, ...]

    def chunks(self, tally: Tally) -> Iterator[pa.Table]:
        left = self.sheet.start[1] if self.sheet.start else 0
        oddities = find_oddities(self.source, self.sheet.name)
        self._note_merged(tally, left)
        rows: list[int] = []
        values: list[list[str | None]] = []
        for number, cells in self._below(self.header):
            if self._usable(number, cells, oddities, left, tally):
                texts = [cell_text(cell) for cell in cells]
                rows.append(number)
                values.append(texts)
            if len(rows) == _ROWS:
                yield text_table(self.columns, values, rows)
                rows, values = [], []
        yield text_table(self.columns, values, rows)

    def _below(self, header: int) -> Iterator[tuple[int, list[Cell]]]:
        for number, cells in enumerate(self.sheet.iter_rows(), 1):
            if number > header:
                yield number, list(cells)

    def _usable(self, number: int, cells: list[Cell], oddities: Oddities, left: int, tally: Tally) -> bool:
        """Whether a row is a record; tells what is odd about its cells."""
        self._note_long_numbers(number, cells, tally)
        odd = {place - left: what for place, what in oddities.get(number, {}).items()}
        empty = [place for place, what in odd.items() if what is None and place < len(self.columns)]
        for place, what in odd.items():
            if what is not None and place < len(self.columns):
                message = (
                    f"cell {column_letters(place + left)}{number} holds the error {what}; taken as empty"
                )
                tally.note(number, "error_cell", message, column=self.columns[place], value=what)
        if empty:
            message = (
                f"the formula in cell {column_letters(empty[0] + left)}{number} has no stored value; "
                "open the file in a spreadsheet program, let it calculate, and save it"
            )
            raw = "\t".join(cell_text(cell) or "" for cell in cells)
            tally.reject(number, "formula_without_value", message, raw=raw, column=self.columns[empty[0]])
        return not empty and any(cell != "" for cell in cells)

    def _note_long_numbers(self, number: int, cells: list[Cell], tally: Tally) -> None:
        for place, cell in enumerate(cells):
            if isinstance(cell, float) and abs(cell) >= 10**_DIGITS:
                message = f"a number of more than {_DIGITS} digits: the sheet has lost its tail; keep identifiers as text"
                tally.note(number, "long_number", message, column=self.columns[place], value=cell_text(cell))

    def _note_merged(self, tally: Tally, left: int) -> None:
        for (top, first), (bottom, last) in self.sheet.merged_cell_ranges or ():
            if top >= self.header and first - left < len(self.columns):
                message = (
                    f"cells {column_letters(first)}{top + 1}:{column_letters(last)}{bottom + 1} are merged; "
                    "only the first carries the value, the others are empty"
                )
                tally.note(top + 1, "merged_cells", message, column=self.columns[first - left], value=None)


def cell_text(cell: Cell) -> str | None:
    """A cell as a person sees it: whole numbers without `.0`, dates as ISO, TRUE/FALSE; None when empty."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, datetime.datetime):
        whole = cell.time() == datetime.time()
        return cell.date().isoformat() if whole else cell.isoformat(" ")
    return str(cell) if isinstance(cell, datetime.timedelta) else cell.isoformat()


def number_text(number: int | float) -> str:
    """A number in plain digits, to the 15 a sheet keeps."""
    if isinstance(number, int) or (number.is_integer() and abs(number) < 10**_DIGITS):
        return str(int(number))
    return f"{Decimal(f'{number:.{_DIGITS}g}'):f}" if math.isfinite(number) else str(number)
