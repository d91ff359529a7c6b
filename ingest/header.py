"""Where the header of a sheet or a CSV file is, and whether it can serve as one."""

from collections.abc import Sequence

from graph_model.errors import InputError
from ingest.tables import ReadOptions, check_names

Cells = Sequence[str | None]
_LOOK = 20


def find_header(
    rows: Sequence[Cells], options: ReadOptions, where: str, *, merged: bool = False
) -> tuple[int, tuple[str, ...]]:
    """The header's row number (0: none) and the column names, from the first rows of a table."""
    if options.header == 0:
        return 0, _named(options, rows, where)
    number = options.header or _first_filled(rows, where)
    if number > len(rows):
        raise InputError(f"{where}: the map says `header: {number}`, but there are only {len(rows)} rows")
    cells = rows[number - 1]
    if options.columns:
        return number, _named(options, [cells], where)
    _refuse_gaps(rows, number, where, merged=merged)
    names = tuple(cell or "" for cell in cells)
    check_names(names, f"{where}: row {number}")
    return number, names


def _first_filled(rows: Sequence[Cells], where: str) -> int:
    for number, cells in enumerate(rows, 1):
        if filled(cells):
            return number
    raise InputError(f"{where}: there are no rows in it; expected a header row and data below")


def _named(options: ReadOptions, rows: Sequence[Cells], where: str) -> tuple[str, ...]:
    if not options.columns:
        raise InputError(f"{where}: the map says `header: 0`, so it must list all `columns:`")
    widest = max(map(len, rows), default=0)
    if widest != len(options.columns):
        raise InputError(f"{where}: the map lists {len(options.columns)} `columns:`, the file has {widest}")
    check_names(options.columns, f"{where}: `columns:`")
    return options.columns


def _refuse_gaps(rows: Sequence[Cells], number: int, where: str, *, merged: bool) -> None:
    cells = rows[number - 1]
    gaps = [place for place, cell in enumerate(cells, 1) if not (cell or "").strip()]
    if not gaps:
        return
    shown = ", ".join(map(str, gaps[:8])) + ("…" if len(gaps) > 8 else "")
    raise InputError(
        f"{where}: row {number} cannot be the header: {len(cells) - len(gaps)} of {len(cells)} columns have a name there "
        f"(none in column {shown}{'; cells are merged in it' if merged else ''}). {advice(rows, number, len(cells))}"
    )


def advice(rows: Sequence[Cells], number: int, width: int) -> str:
    """Which row below looks like the header, in words that say what to set."""
    for later, cells in enumerate(rows[number : number + _LOOK], number + 1):
        names = [cell for cell in cells if (cell or "").strip()]
        if len(names) == width and len(set(names)) == width:
            return f"Row {later} looks like the header: set `header: {later}` in the map"
        if len(names) * 2 > width:
            break  # a second header row, or data with gaps: nothing below is a header
    return "Make one header row with a name over every column, or set `header:` and list all `columns:` in the map"


def filled(cells: Cells) -> bool:
    """Whether any cell of a row holds a value."""
    return any(cell and not cell.isspace() for cell in cells)
