"""Tables and labelled values in a text: pipes, tabs, drawn boxes, or the columns that a PDF conversion left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.extraction import Span

_RULE = re.compile(r"^[\s|┌┐└┘├┤┬┴┼─━┏┓┗┛┣┫┳┻╋═╔╗╚╝╠╣╦╩╬+\-:]*$")
_BARS = "|│┃║｜"
_HEAD_WORD = re.compile(
    r"序号|名称|姓名|单位|企业|公司|文号|案号|日期|时间|代码|类型|种类|事由|原因|事实|依据|机关|部门|金额|内容|当事人|代表|负责人|地址|结果|等级|备注|性质|比例|数量|股东|职务|情形|案由|期限|联系|事项|标准|方式|处罚|违法|职责"
)
_NO_HEADING = re.compile(r"[，。；：:\d]|有限公司$|.{8}公司$|.{3}局$")
_LABEL = re.compile(r"(?P<label>[（(]?[\u4e00-\u9fff][\u4e00-\u9fff（）()、/ \u3000]{0,18}?[）)]?)[ \t\u3000]*[：:](?!//)")
_LABEL_WORD = re.compile(r"(?:名称|姓名|人|号|文号|代码|机关|机构|日期|时间|类型|种类|事由|原因|事实|依据|部门|金额|内容|代表|地址|住所|结果|等级|备注|项目|情形|案由|期限|单位|公司|编号|类别|职务|简称|措施|事项|标的|法院|级别|来源|主题|标题|对象)$|^(?:主要)?违法行为$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text on one line and the stretches of the document that it was read from."""

    text: str
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the cell begins in the document."""
        return self.spans[0][0] if self.spans else 0

    @property
    def end(self) -> int:
        """Where the cell ends in the document."""
        return self.spans[-1][1] if self.spans else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `cells` stand under the header's columns where their number is the same."""

    cells: tuple[Cell, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A header (empty where the table has none) and its rows."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    span: Span

    def cell(self, row: Row, *words: str) -> Cell | None:
        """The row's cell under the first column whose heading contains one of the words, tried in their order."""
        if len(row.cells) != len(self.header):
            return None
        found = (c for w in words for h, c in zip(self.header, row.cells, strict=True) if w in h and c.text)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value: 法定代表人：某某 or a row of two columns."""

    label: str
    label_span: Span
    value: Span


def _cell(text: str, spans: list[Span]) -> Cell:
    kept = tuple(s for s in (_trim(text, *span) for span in spans) if s[0] < s[1])
    return Cell("".join(" ".join(text[slice(*s)].split()) for s in kept), kept)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def tables(text: str) -> tuple[Table, ...]:
    """Every table of a text, in its order."""
    found: list[Table] = []
    for kind, block in _blocks(text):
        rows = {"bars": _bar_rows, "tabs": _tab_rows, "blanks": _blank_rows}[kind](text, block)
        found.extend(_table(rows))
    return tuple(found)


def _lines(text: str) -> list[Span]:
    return [m.span() for m in re.finditer(r"[^\n\r]+", text) if m[0].strip()]


def _kind(text: str, span: Span) -> str:
    """How a line parts its cells: by bars, by tabs, by blanks, or not at all."""
    line = text[slice(*span)]
    if sum(line.count(b) for b in _BARS) >= 2 or (_RULE.match(line) and re.search(r"[─━═+]", line)):
        return "bars"
    if line.count("\t") >= 1:
        return "tabs"
    return "blanks" if len(line.split()) >= 3 and _headings(line.split()) >= 3 else ""


def _headings(words: list[str]) -> int:
    """How many of the words look like column headings."""
    return sum(1 for w in words if len(w) <= 22 and _HEAD_WORD.search(w) and not _NO_HEADING.search(w))


def _blocks(text: str) -> Iterator[tuple[str, list[Span]]]:
    """Runs of lines that belong to one table; a table of blanks runs from its headings to the next empty line."""
    kind = ""
    block: list[Span] = []
    for span in _lines(text):
        now = _kind(text, span)
        if kind == "bars" and not now and _inside_bars(text, block, span):
            now = kind
        if kind == "blanks" and now != "blanks" and _row_of_blanks(text, block, span):
            now = kind
        if now != kind and block:
            yield kind, block
        block = [*block, span] if now == kind and kind else [span] if now else []
        kind = now
    if block:
        yield kind, block


def _inside_bars(text: str, block: list[Span], span: Span) -> bool:
    """Whether a line without bars continues a cell: the row above is still short of cells."""
    count = [sum(text[slice(*s)].count(b) for b in _BARS) for s in block]
    return len(block) > 0 and 0 < count[-1] < max(count) and text.count("\n", block[-1][1], span[0]) < 2


def _row_of_blanks(text: str, block: list[Span], span: Span) -> bool:
    """Whether a line may be a row under headings parted by blanks."""
    words = text[slice(*span)].split()
    return text.count("\n", block[-1][1], span[0]) < 2 and len(words) >= 3


def _bar_rows(text: str, block: list[Span]) -> list[Row]:
    """Rows of a table drawn with bars; in a box with rules the lines between two rules are one row."""
    parts = [(span, bool(_RULE.match(text[slice(*span)]))) for span in block]
    if any(rule and re.search(r"[─━═]", text[slice(*span)]) for span, rule in parts):
        return _boxed(text, parts)
    plain = [(span, _split(text, span, _BARS)) for span, rule in parts if not rule]
    wanted = next((len(cells) for _, cells in plain if len(cells) > 4 and _is_header(_row(text, [[c] for c in cells]))), 0)
    rows: list[list[Span]] = []
    for _, cells in plain:
        if rows and _runs_on(text, rows[-1], cells, wanted):
            rows[-1] = _joined(text, rows[-1], cells)
        else:
            rows.append(cells)
    return [_row(text, [[c] for c in cells]) for cells in rows]


def _runs_on(text: str, row: list[Span], cells: list[Span], wanted: int) -> bool:
    """Whether a line of cells completes the row above, which is short of the header's width."""
    numbered = re.fullmatch(r"\s*\d+\s*", text[slice(*cells[0])])
    return len(row) < wanted and len(row) + len(cells) - 1 <= wanted and not numbered


def _joined(text: str, row: list[Span], cells: list[Span]) -> list[Span]:
    """The row and the line after it; where no bar stands between, the last cell runs on into the first."""
    if text[row[-1][1] : row[-1][1] + 3].lstrip(" ")[:1] in tuple(_BARS):
        return [*row, *cells]
    return [*row[:-1], (row[-1][0], cells[0][1]), *cells[1:]]


def _boxed(text: str, parts: list[tuple[Span, bool]]) -> list[Row]:
    """Rows between two rules, each column gathered over the lines."""
    rows: list[Row] = []
    columns: list[list[Span]] = []
    for span, rule in [*parts, ((0, 0), True)]:
        if rule:
            if columns:
                rows.append(_row(text, columns))
            columns = []
            continue
        cells = _split(text, span, _BARS)
        if columns and len(columns) != len(cells):
            rows.append(_row(text, columns))
            columns = []
        columns = [[*c, s] for c, s in zip(columns or [[] for _ in cells], cells, strict=True)]
    return rows


def _split(text: str, span: Span, marks: str, *, ends: bool = True) -> list[Span]:
    """The cells of one line; bars at its two ends part nothing (`ends`)."""
    start, end = _trim(text, *span) if ends else span
    if ends and end > start and text[start] in marks:
        start += 1
    if ends and end > start and text[end - 1] in marks:
        end -= 1
    cuts = [at for at in range(start, end) if text[at] in marks]
    return list(zip([start, *(c + 1 for c in cuts)], [*cuts, end], strict=True))


def _tab_rows(text: str, block: list[Span]) -> list[Row]:
    return [_row(text, [[cell] for cell in _split(text, span, "\t", ends=False)]) for span in block]


def _blank_rows(text: str, block: list[Span]) -> list[Row]:
    return [_row(text, [[(m.start() + s, m.end() + s)] for m in re.finditer(r"\S+", text[s:e])]) for s, e in block]


def _row(text: str, columns: list[list[Span]]) -> Row:
    cells = tuple(_cell(text, spans) for spans in columns)
    places = [s for c in cells for s in c.spans]
    return Row(cells, (min((s[0] for s in places), default=0), max((s[1] for s in places), default=0)))


def _table(rows: list[Row]) -> Iterator[Table]:
    """A table of two rows or more; the first row with enough headings is its header."""
    rows = [r for r in rows if any(c.text for c in r.cells)]
    if not rows or max(len(r.cells) for r in rows) < 2:
        return
    at = next((i for i, r in enumerate(rows[:-1]) if _is_header(r) and _filled(rows[i + 1]) >= 0.6 * _filled(r)), None)
    header = tuple(c.text for c in rows[at].cells) if at is not None else ()
    body = rows[at + 1 :] if at is not None else rows
    yield Table(header, tuple(_fit(r, len(header)) for r in body), (rows[0].span[0], rows[-1].span[1]))


def _filled(row: Row) -> int:
    return sum(1 for c in row.cells if c.text)


def _is_header(row: Row) -> bool:
    words = [c.text for c in row.cells if c.text]
    ends = all(_LABEL_WORD.search(w) for w in words)
    return (len(words) > 2 or len(words) == 2 and ends) and _headings(words) >= 0.7 * len(words)


def _fit(row: Row, width: int) -> Row:
    """The row without empty cells at its end beyond the header's width."""
    cells = row.cells
    while width and len(cells) > width and not cells[-1].text:
        cells = cells[:-1]
    if width and len(cells) == width - 1 and row.cells:
        cells = (*cells, Cell("", ()))
    return Row(cells, row.span)


def fields(text: str) -> tuple[Field, ...]:
    """Every labelled value, in the order of the text."""
    found = [*_colon_fields(text), *_bar_fields(text)]
    return tuple(sorted(found, key=lambda f: f.label_span))


def _colon_fields(text: str) -> Iterator[Field]:
    """Labels with a colon at the start of a line, after a comma or after wide blanks."""
    for line in _lines(text):
        labels = [m for m in _LABEL.finditer(text, *line) if _may_begin(text, line[0], m)]
        ends = [*(m.start() for m in labels[1:]), line[1]]
        for match, end in zip(labels, ends, strict=False):
            value = _trim(text, match.end(), end)
            while value[1] > value[0] and text[value[1] - 1] in "；;，,。|":
                value = _trim(text, value[0], value[1] - 1)
            yield Field(_plain(match["label"]), match.span("label"), value)


def _may_begin(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[start : match.start()]
    return not before.strip() or before[-1] in "，,；;。（( \t\u3000|" and bool(_LABEL_WORD.search(match["label"].rstrip("）) ")))


def _bar_fields(text: str) -> Iterator[Field]:
    """Rows in which a label stands in a cell of its own and its value in the next one."""
    for kind, block in _blocks(text):
        if kind == "blanks":
            continue
        rows = _bar_rows(text, block) if kind == "bars" else _tab_rows(text, block)
        if any(t.header and len(t.header) > 2 for t in _table(rows)):
            continue
        for row in rows:
            yield from _pairs(row.cells)


def _pairs(cells: tuple[Cell, ...]) -> Iterator[Field]:
    filled = [c for c in cells if c.text]
    for label, value in zip(filled, filled[1:], strict=False):
        if len(label.text) <= 24 and _LABEL_WORD.search(label.text.rstrip("）)：:")) and not (_LABEL_WORD.search(value.text) and not re.search(r"\d", value.text)):
            yield Field(_plain(label.text), (label.start, label.end), (value.start, value.end))


def _plain(label: str) -> str:
    return re.sub(r"[\s：:]", "", label)
