"""Penalties in rows: tables of decisions, field-and-value sheets, indexes of numbers with names in brackets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nlp.amounts import amount_in_cell
from nlp.drafts import Draft, summed
from nlp.extraction import Span
from nlp.numbers import Number
from nlp.structure import trimmed
from nlp.sufferers import Borne, Group, borne, events_in, is_object
from nlp.tables import Cell, Row, Table
from nlp.view import View, keys
from nlp.violations import case_name, cell_basis, cell_violation

_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "post": re.compile(r"法定代表人|负责人姓名|代表人|法人姓名|注册号|信用代码|组织机构代码|证件|地址|住所|电话|履行|期限|备注|送达|救济|公示|序号|类别代码"),
    "date": re.compile(r"日期|时间|年月"),
    "number": re.compile(r"文号|决定书?编号|决定书号|书号|案号|字号|处罚编号|文书编号"),
    "organ": re.compile(r"机关|处罚部门|处罚单位名称$|执法部门|作出部门|监管机构|实施部门|执法主体|处罚机构"),
    "fine": re.compile(r"罚款金额|罚款数额|处罚金额|罚没金额|金额"),
    "seized": re.compile(r"没收(?:违法所得)?金额|没收违法所得"),
    "basis": re.compile(r"依据"),
    "violation": re.compile(r"违法|违规|事实|案由|事由|案件名称|案情|行为类型|违法类型|存在问题|原因"),
    "sanction": re.compile(r"处罚(?:内容|结果|决定(?!书|日期|时间|文号|机关)|种类|措施|情况|类别|方式|意见)|行政处罚$|处罚$|处理结果|处理决定|罚则"),
    "party": re.compile(r"当事人|被处罚|相对人|受处罚|处罚对象|单位名称|企业名称|公司名称|机构名称|违法(?:企业|单位|主体)|主体名称|姓名|名称|企业|单位|当事"),
}  # fmt: skip
_PUNISHES = re.compile(r"处罚|罚款|罚没")
_LABELS: tuple[tuple[str, str], ...] = (
    ("number", r"(?:行政)?处罚决定(?:书|文书)?(?:文书)?(?:文号|编号|字号|号)|决定书文号|处罚文号|文书号"),
    ("party", r"(?:被处罚当事人|行政处罚当事人|被处罚(?:人|单位|机构|对象|企业)?|处罚对象|行政相对人|行政管理相对人|当事人)(?:基本情况|姓名或名称|名称或姓名|名称|姓名|信息)?(?:[(][^()]{1,12}[)])?"),
    ("violation", r"主要违法违规事实(?:[(]案由[)])?|主要违法(?:违规)?(?:事实|行为)|违法违规(?:行为)?(?:事实|类型)|违法(?:行为)?(?:事实|类型)|案件名称|案由|处罚事由|违法行为类型|违规事实|处罚事项案件名称|处罚事项名称"),
    ("basis", r"(?:行政)?处罚(?:的)?(?:种类和)?依据"),
    ("sanction", r"(?:行政)?处罚(?:的)?(?:决定|内容|结果|种类|类别|措施)(?!书|日期|机关|文号|的机关)"),
    ("organ", r"作出(?:行政)?(?:处罚)?决定(?:的)?(?:行政)?(?:执法)?(?:机关|机构|部门)(?:的)?(?:名称)?|处罚机关(?:名称)?|处罚部门|处罚机构"),
    ("date", r"作出(?:行政)?(?:处罚)?决定(?:的)?(?:日期|时间)|处罚决定日期|处罚日期|处罚决定时间|处罚时间"),
)  # fmt: skip
_LABEL = re.compile("|".join(rf"(?P<{key}>{words})" for key, words in _LABELS))
_LABEL_EDGE = re.compile(r"(?:^|[\s|:,;。(]|名称|姓名|号)$")
_INDEX_TITLE = re.compile(r"(?:行政处罚|市场禁入)决定书?")


def row_drafts(view: View) -> tuple[list[Span], list[Draft]]:
    """The stretches read as rows, and a draft for each party in them."""
    taken: list[Span] = []
    drafts: list[Draft] = []
    for span, found in [*_tables(view), *_sheets(view), *_index(view)]:
        taken.append(span)
        drafts.extend(found)
    for span, draft in _glued(view, taken):
        taken.append(span)
        drafts.append(draft)
    return taken, drafts


# --- tables ------------------------------------------------------------------------------------------


def _tables(view: View) -> Iterator[tuple[Span, list[Draft]]]:
    for table in view.structure.tables:
        title = view.text[max(0, table.span[0] - 160) : table.span[0]]
        if table.header and _PUNISHES.search(" ".join(table.header) + (title if _has_number_column(table) else "")):
            for row in table.rows:
                if drafts := list(_table_row(view, table, row)):
                    yield row.span, drafts


def _has_number_column(table: Table) -> bool:
    return any(_column(h) in ("number", "sanction", "violation") for h in table.header)


def _column(heading: str) -> str:
    """What a column holds, by its heading."""
    if re.search(r"机关.*日期|日期.*机关|部门.*日期", heading):
        return "organ"
    return next((key for key, pattern in _COLUMNS.items() if pattern.search(heading)), "")


def _table_row(view: View, table: Table, row: Row) -> Iterator[Draft]:
    cells: dict[str, list[tuple[str, Cell]]] = {}
    if len(row.cells) == len(table.header):
        for heading, cell in zip(table.header, row.cells, strict=True):
            if cell.text:
                cells.setdefault(_column(heading), []).append((heading, cell))
    place = {key: (found[0][1].start, found[0][1].end) for key, found in cells.items()}
    headings = {key: found[0][0] for key, found in cells.items()}
    for extra in cells.get("party", []):  # 违法企业名称 before 案件名称 and the like
        if view.subjects(extra[1].start, extra[1].end):
            place["party"] = (extra[1].start, extra[1].end)
            break
    yield from _row_of(view, row.span, place, headings)


def _row_of(view: View, span: Span, place: Mapping[str, Span], heading: Mapping[str, str]) -> Iterator[Draft]:
    """The penalties of one row or sheet, from the places of its values."""
    parties = _parties(view, place.get("party", span), whole="party" not in place)
    if not parties:
        return
    sums = _sanctioned(view, place.get("sanction", span), parties)
    number = _number(view, place.get("number", span))
    for key in [*keys(parties), *(k for k in sums if k not in keys(parties))]:
        draft = summed(sums.get(key) or [Draft(key, span)])
        draft.span, draft.rank, draft.rule, draft.coref = span, 3, "penalty.row", False
        draft.number = number
        draft.date = _date(view, place)
        organs = view.organs(*place.get("organ", span))
        draft.object = organs[0].entity if organs else _lone_organ(view)
        draft.violation = _violation(view, place, span, key)
        draft.basis = cell_basis(view, place["basis"]) if "basis" in place else []
        _add_bare_sums(view, draft, place, heading)
        yield draft


def _parties(view: View, span: Span, *, whole: bool) -> Group:
    """Who is punished: those of the party cell, else the first one of the row."""
    groups = view.groups(*span)
    if not groups:
        return ()
    if whole:
        return groups[0][:1]
    first = [m for m in groups[0] if not _is_representative(view, span, m.start)]
    later = [m for g in groups[1:] for m in g[:1] if re.search(r"[;、,\s]$", view.text[span[0] : m.start]) and not _is_representative(view, span, m.start)]
    return (*first, *later)


def _is_representative(view: View, span: Span, at: int) -> bool:
    return bool(re.search(r"(?:法定代表|负责人|代表人|法人)[^,。;]{0,14}$", view.text[max(span[0], at - 22) : at]))


def _sanctioned(view: View, span: Span, parties: Group) -> dict[str, list[Draft]]:
    """What the sanction cell says, by bearer; who names nobody means all parties of the row."""
    found: dict[str, list[Draft]] = {}
    for one in borne(view, span, parties):
        bearers = keys(one.group)
        other = bearers and not set(bearers) & {*keys(parties)} and not any(m.coref for m in one.group) and is_object(view, one.group, span[0])
        bearers = bearers if other else [k for k in bearers if k in keys(parties)] or (keys(parties) if one.carried or len(keys(parties)) == 1 else bearers)
        for key in bearers:
            found.setdefault(key, []).append(_draft(key, span, one, shared=len(bearers) > 1))
    return found


def _draft(key: str, span: Span, one: Borne, *, shared: bool) -> Draft:
    draft = Draft(key, span)
    kind = one.event.kind
    if kind == "罚没" or kind == "罚款" and shared and one.event.share == "total":
        draft.total = one.amount
    elif kind == "罚款":
        draft.fine = one.amount
    elif kind == "没收违法所得" and not shared:
        draft.seized = one.amount
    if kind not in ("罚没", "处罚"):
        draft.kinds.add(kind)
    return draft


def _add_bare_sums(view: View, draft: Draft, place: Mapping[str, Span], heading: Mapping[str, str]) -> None:
    """Bare numbers under 罚款金额(万元) and 没收金额."""
    for column in ("fine", "seized"):
        if column in place and (value := amount_in_cell(view.reading.text[slice(*place[column])], heading.get(column, ""))):
            if "罚没" in heading.get(column, ""):
                draft.total = draft.total or value
            elif column == "fine" and "没收" not in heading.get(column, ""):
                draft.fine = draft.fine or value
                draft.kinds.add("罚款")
            else:
                draft.seized = draft.seized or value
                draft.kinds.add("没收违法所得")


def _number(view: View, span: Span) -> str | None:
    number = view.number_in(*span)
    if number:
        return view.number_text(number)
    bare = re.fullmatch(r"\s*([^|,。;\n]{4,44}号)\s*", view.reading.text[slice(*span)])
    return re.sub(r"\s+", "", bare[1]) if bare else None


def _date(view: View, place: Mapping[str, Span]) -> str | None:
    for key in ("date", "organ"):
        if key in place:
            day = next((d for d in view.dates if place[key][0] <= d.start < place[key][1] and len(d.iso) >= 7), None)
            if day:
                return day.iso
    return None


def _violation(view: View, place: Mapping[str, Span], span: Span, key: str) -> str | None:
    return cell_violation(view, place.get("violation", span), (key,))


def _lone_organ(view: View) -> str | None:
    organs = set(keys(view.organs(0, len(view.text))))
    return next(iter(organs)) if len(organs) == 1 else None


# --- sheets ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Value:
    key: str
    label: Span
    value: Span


def _sheets(view: View) -> Iterator[tuple[Span, list[Draft]]]:
    for sheet in _split_sheets(list(_values(view))):
        place = {v.key: v.value for v in sheet if v.key != "violation" or re.search(r"名称", view.text[slice(*v.label)])} | {v.key: v.value for v in reversed(sheet) if v.key not in ("party",)}
        party = [v for v in sheet if v.key == "party" and view.subjects(*v.value)] or [v for v in sheet if "sanction" in place and not view.structure.parties and v.key == "violation" and any(m.start == v.value[0] for m in view.subjects(*v.value))]
        if len({*place} & {"number", "sanction", "organ", "date", "violation"}) < 2 or not party or not {"number", "sanction"} & {*place}:
            continue
        place["party"] = (party[0].value[0], party[-1].value[1])
        if party[0].key == "violation":
            place["party"] = next(m.span for m in view.subjects(*party[0].value))
        kinds = [v.value for v in sheet if v.key == "sanction"]
        if kinds:  # 处罚类别 and 处罚结果 are one
            place["sanction"] = max(kinds, key=lambda v: (sum(e.amount is not None for e in events_in(view, v)), len(events_in(view, v))))
        span = (sheet[0].label[0], sheet[-1].value[1])
        yield span, list(_row_of(view, span, place, {}))


def _values(view: View) -> Iterator[_Value]:
    """Each known label with the text up to the next label or the end of its paragraph."""
    labels = [m for m in _LABEL.finditer(view.text) if _stands_alone(view.text, m)]
    for at, match in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(view.text)
        start = match.end()
        head = re.match(r"[\s|:]*", view.text[start:end])
        start += head.end() if head else 0
        if at + 1 == len(labels) or match.lastgroup in ("date", "number"):
            line = view.text.find("\n", start)
            end = min(end, line if line >= 0 else len(view.text))
        yield _Value(match.lastgroup or "", match.span(), trimmed(view.text, start, max(start, end)))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a label is one: set off in front, and with a sign, a bar or a blank behind it."""
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 3]
    return bool(_LABEL_EDGE.search(before)) and bool(re.match(r"\s*[:|\t\n ]|$", after))


def _split_sheets(values: list[_Value]) -> list[list[_Value]]:
    """The labels of one sheet after the other: a second number, or a party behind the sanction, begins a new one."""
    sheets: list[list[_Value]] = []
    seen: set[str] = set()
    for value in values:
        if not sheets or value.key == "number" and "number" in seen or value.key == "party" and {"sanction", "organ", "date"} & seen:
            sheets.append([])
            seen = set()
        sheets[-1].append(value)
        seen.add(value.key)
    return sheets


# --- indexes -----------------------------------------------------------------------------------------


def _index(view: View) -> Iterator[tuple[Span, list[Draft]]]:
    """Numbers followed by the parties in brackets: …决定书〔2019〕8号(甲某、乙某)."""
    heading: str | None = None
    for number in view.numbers:
        behind = re.match(r"\s*[(](?=[^()])", view.text[number.end : number.end + 3])
        if number.kind != "decision" or not behind:
            continue
        start = number.end + behind.end()
        close = view.text.find(")", start)
        group = next((g for g in view.groups(start, close) if g[0].start - start < 3), None) if 0 < close - start < 80 else None
        if not group:
            continue
        begin = _entry_start(view, number)
        heading = _heading(view, begin) or heading
        organs = view.organs(begin, number.start)
        organ = organs[-1].entity if organs else _lone_organ(view)
        span = (begin, close + 1)
        yield span, [Draft(k, span, organ, view.number_text(number), violation=heading, rule="penalty.index", rank=2) for k in keys(group)]


def _entry_start(view: View, number: Number) -> int:
    """Where the entry of an index begins: at the organ named in front of its number."""
    organs = view.organs(max(0, number.start - 40), number.start)
    title = _INDEX_TITLE.search(view.text, max(0, number.start - 12), number.start)
    return organs[-1].start if organs else title.start() if title else number.start


def _heading(view: View, begin: int) -> str | None:
    """A short heading right in front of an entry, which names the violation of those below."""
    match = re.search(r"(?:^|[\n\s。;\d])([\u4e00-\u9fff、]{3,18})[\s:]*$", view.text[max(0, begin - 30) : begin])
    if not match or re.search(r"决定|目录|汇总|委员会|证监|处罚|年|第|号|案例", match[1]):
        return None
    return match[1]


# --- glued rows --------------------------------------------------------------------------------------


def _glued(view: View, taken: list[Span]) -> Iterator[tuple[Span, Draft]]:
    """Rows whose cells ran together: a number right behind the name of who is punished, under headings of a table."""
    headed = re.search(r"(?:文号|决定书号)[^。]{0,120}(?:处罚|事实|依据|金额|内容)|(?:当事人|名称)[^。]{0,60}文号", view.text)
    if not headed:
        return
    found = [n for n in view.numbers if n.kind == "decision" and n.start >= headed.end() - 60 and not any(a <= n.start < b for a, b in taken)]
    starts = [_row_start(view, n, before) for n, before in zip(found, [None, *found], strict=False)]
    for number, start, end in zip(found, starts, [*starts[1:], len(view.text)], strict=False):
        named = view.subjects(start, number.end)
        firms = tuple(m for m in named if view.type_of(m) != "Person")
        if not (firms or named):
            continue
        key = (firms or named)[-1].entity
        span = (start, max(number.end, end))
        draft = summed([_draft(key, span, one, shared=False) for one in borne(view, (number.end, span[1]), (firms or named)[-1:])] or [Draft(key, span)])
        draft.span, draft.rule, draft.rank, draft.coref = span, "penalty.glued", 3, False
        draft.number, draft.basis = view.number_text(number), cell_basis(view, (number.end, span[1]))
        draft.violation = case_name(view, (start, number.start), (key,)) or case_name(view, (number.end, span[1]), (key,)) or cell_violation(view, (number.end, span[1]), (key,))
        organs = view.organs(number.end, span[1])
        draft.object = organs[-1].entity if organs else None
        yield span, draft


def _row_start(view: View, number: Number, before: Number | None) -> int:
    """Where the row of a number begins: at its line, behind the sentence before it, or at the name between it and the number before it."""
    if before and "\n" not in view.text[before.end : number.start]:
        named = [m for m in view.subjects(before.end, number.start) if view.type_of(m) != "Person" and not m.coref]
        if named and "。" not in view.text[named[-1].start : number.start]:
            return named[-1].start
    line = view.text.rfind("\n", 0, number.start) + 1
    stop = view.text.rfind("。", line, number.start) + 1
    return max(line, stop if number.start - stop > 12 else line)
