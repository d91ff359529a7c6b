"""Cells of rows: what stands under a heading for persons, and right behind a firm's name in its row."""

import re
from collections.abc import Iterator

from nlp.extraction import Span

_WHO = re.compile(
    r"(?:法定代表人|法人代表|法人|负责人|经营者|姓名|联系人|实际控制人|股东名称|股东|当事人|责任人)(?:（[^（）]{1,10}）)?(?:姓名|名称)?"
)
_CUT = {"\t": re.compile(r"\t"), "|": re.compile(r"\|"), ",": re.compile(r"[，,]"), " ": re.compile(r"[ ]+")}
_LEAST = 3


def under_persons(text: str) -> Iterator[Span]:
    """The cells in columns whose heading speaks of persons, in tables with one row a line."""
    columns: list[int] = []
    sign, width, at = "", 0, 0
    for line in text.split("\n"):
        heading = _heading(line) if columns == [] or _WHO.search(line) else None
        if heading is not None:
            sign, width, columns = heading
        elif columns:
            cells = _cells(line, sign)
            if len(cells) == width:
                yield from ((at + cells[i][0], at + cells[i][1]) for i in columns)
            elif len(cells) < _LEAST and line.strip():
                columns = []
        at += len(line) + 1


def _heading(line: str) -> tuple[str, int, list[int]] | None:
    """The separator, the number of cells and the person columns of a heading line; None of any other line."""
    if len(line) > 300:
        return None
    sign = next((mark for mark in ("\t", "|", " ") if line.count(mark) >= _LEAST - 1), "")
    cells = _cells(line, sign) if sign else []
    if len(cells) < _LEAST or any(b - a > 24 or "：" in line[a:b] or "。" in line[a:b] for a, b in cells):
        return None
    columns = [i for i, (a, b) in enumerate(cells) if _WHO.fullmatch(line[a:b])]
    return (sign, len(cells), columns) if columns else None


def _cells(line: str, sign: str) -> list[Span]:
    """The trimmed cells of a line; the empty ones at its edges do not count where blanks part them."""
    cells: list[Span] = []
    at = 0
    for gap in [*_CUT[sign].finditer(line), None]:
        end = gap.start() if gap else len(line)
        said = line[at:end]
        start = at + len(said) - len(said.lstrip())
        if sign == "\t" or said.strip():
            cells.append((start, start + len(said.strip())))
        at = gap.end() if gap else end
    return cells
