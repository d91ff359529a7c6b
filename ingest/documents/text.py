"""A document as text, and where on the page each stretch of it stands."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points from the page's lower left corner


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a page or one paragraph: where it begins and ends in the text, and where it stands."""

    start: int
    end: int
    paragraph: int | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands: its page with the box around its lines, or its paragraph; its row in a table."""

    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    row: int | None = None

    def __str__(self) -> str:
        box = f" [{', '.join(f'{side:g}' for side in self.box)}]" if self.box else ""
        parts = ((self.row, "row {}"), (self.page, "page {}" + box), (self.paragraph, "paragraph {}"))
        return ", ".join(form.format(value) for value, form in parts if value is not None)


@dataclass(frozen=True)
class Document:
    """One text with its provenance; `row` where it is a cell of a table. Offsets count its characters."""

    sha256: str
    name: str
    kind: str
    text: str = field(repr=False)
    pieces: tuple[Piece, ...] = field(default=(), repr=False)
    encoding: str | None = None
    row: int | None = None
    date: str | None = None
    ocr: bool = False

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def place(self, start: int, end: int) -> Place:
        """Where the characters from `start` up to before `end` stand; over several pages, on the first."""
        first = max(0, bisect_right(self._starts, start) - 1)
        touched = [p for p in self.pieces[first : bisect_right(self._starts, max(start, end - 1))] if p.end > start]
        if not touched:
            return Place(row=self.row)
        head = touched[0]
        box = _around(p.box for p in touched if p.box and p.page == head.page)
        return Place(head.page, box, head.paragraph, self.row)


def _around(boxes: Iterable[Box]) -> Box | None:
    every = list(boxes)
    if not every:
        return None
    left, bottom, right, top = zip(*every, strict=True)
    return (min(left), min(bottom), max(right), max(top))


def join(lines: Sequence[tuple[str, Piece]]) -> tuple[str, tuple[Piece, ...]]:
    """Lines as one text, a line end between two, and each line's place in it."""
    pieces: list[Piece] = []
    at = 0
    for text, piece in lines:
        pieces.append(Piece(at, at + len(text), piece.paragraph, piece.page, piece.box))
        at += len(text) + 1
    return "\n".join(text for text, _ in lines), tuple(pieces)


def paragraphs(texts: Iterable[str]) -> tuple[str, tuple[Piece, ...]]:
    """Paragraphs as one text, numbered from 1."""
    return join([(text, Piece(0, 0, paragraph=number)) for number, text in enumerate(texts, 1)])
