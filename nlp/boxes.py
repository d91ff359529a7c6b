"""Names that a drawn table breaks over two lines of one cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.extraction import Span
from nlp.heads import type_of_name

_REST = re.compile(r"(?:[\u4e00-\u9fff（）]{0,8}(?:公司|合伙）|企业|集团)|司|限合伙）)")
_DONE = re.compile(r"(?:公司|合伙）)$")
_HAN_CELL = re.compile(r"[\u4e00-\u9fff（）·\-A-Za-z0-9]{3,40}")
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Broken:
    """A name in two or more pieces: the whole, the place of its first piece, and those of the others."""

    name: str
    first: Span
    rest: tuple[Span, ...]


def broken_names(text: str) -> Iterator[Broken]:
    """The firms' names that go on in the same cell of the next line, where that line holds nothing but rests."""
    rows = [_cells(text, *span) for span in _lines(text)]
    for at, cells in enumerate(rows):
        for column, span in enumerate(cells):
            if _HAN_CELL.fullmatch(text, *span) and not _DONE.search(text[slice(*span)]):
                found = _joined(text, rows[at + 1 : at + 1 + _MOST_LINES], column, span, len(cells))
                if found is not None:
                    yield found


def _joined(text: str, rows: list[list[Span]], column: int, first: Span, width: int) -> Broken | None:
    name, rest = text[slice(*first)], []
    for cells in rows:
        if (
            len(cells) != width
            or any(text[a:b][:1].isdigit() for a, b in cells)
            or cells[column][0] == cells[column][1]
        ):
            return None
        rest.append(cells[column])
        piece = text[slice(*cells[column])]
        name += piece
        if _REST.fullmatch(piece) and type_of_name(name) == "Enterprise":
            return Broken(name, first, tuple(rest))
    return None


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        if line.count("|") >= 2:
            yield at, at + len(line)
        at += len(line) + 1


def _cells(text: str, start: int, end: int) -> list[Span]:
    """The trimmed cells between the bars of a line."""
    cells, at = [], start
    for bar in [*(m.start() for m in re.finditer(r"\|", text[start:end])), end - start]:
        said = text[at : start + bar]
        left = at + len(said) - len(said.lstrip())
        cells.append((left, left + len(said.strip())))
        at = start + bar + 1
    return cells
