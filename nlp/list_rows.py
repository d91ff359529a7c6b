"""List memberships told by place: rows, tables and sheets under the name of a list."""

import re
from collections.abc import Iterator

from nlp.enumerations import name_rows
from nlp.extraction import Fact, Span, Status
from nlp.fold import fold
from nlp.list_case import CONDITION, REMOVE, Case
from nlp.list_names import NamedList, named_lists
from nlp.reading import Mention
from nlp.role_places import Places
from nlp.shorthand import plain
from nlp.structure import read_structure
from nlp.tables import Row, Table

_TITLE_BODY = re.compile(
    r"名单|公告|公示|公布|通报|曝光|通告|决定|目录|一览|列入|移出|信息|红榜|黑榜|第[\d一二三四五六七八九十]+批"
)
_FAR, _ABOVE = 4_000, 30
_LEAD = re.compile(r"[ \t\u3000]*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．\t ]+)?")
_GROUND = re.compile(r"因[^，。；]{0,16}(?:列入|纳入)[^，。；]{2,40}")
_DATE_LINE = re.compile(r"(?:\d{4}|[一二三四五六七八九〇○零]{4})\s*年")
_NAME_LABEL = re.compile(
    r"(?:用人单位|企业|单位|公司|失信主体|违法主体|社会组织|供应商|纳税人|失信企业)(?:名称|全称)[:：][ \t]*(?=[\u4e00-\u9fff])|(?:失信)?被执行人(?:姓名|名称)?(?:/名称)?[:：][ \t]*(?=[\u4e00-\u9fff])"
)
_PERSONS_TOO = re.compile(
    r"(?:主要负责人|法定代表人|负责人|实际控制人|经营者)[^。；]{0,8}(?:一并|同时|也|均|亦)(?:被)?(?:列入|纳入)"
)
_CUT = " \t\n\u3000()（）[]…接上页续表.。附件1234567890"
_WITHDRAWN = re.compile(r"撤销|取消|移出|移除|不再|删除|清退|退出")
_OFFERS = re.compile(r"服务|收费|联系|电话|价格|报价|职责|责任")
_PARTY_LABEL = re.compile(
    r"^(?:用人|失信|违法|企业|公司|被列入|当事人|主体|社会组织|供应商|纳税人|生产经营)?(?:单位|企业|主体|人|公司|社会组织|供应商|当事人)?(?:名称|姓名)$|^当事人$|^被列入单位$"
)
_INTRO = re.compile(r"(?:如下|附后|名单|公示|公布|公告|通报|信息)[^。]{0,12}[：:。]?\s*$|[：:]\s*$")


def _around(case: Case, start: int, end: int) -> tuple[NamedList, Status] | None:
    """The list that the line above, the headline or the line below (以上单位列入…) announces, and whether it adds or removes."""
    for text in (*_texts_above(case, start), _text_below(case, end)):
        lists = named_lists(_GROUND.sub("", text), case.title, text)
        if lists and _TITLE_BODY.search(text) and not CONDITION.search(text):
            return lists[0], _announced(text, case.title)
    return None


def _below(case: Case, end: int) -> tuple[NamedList, Status] | None:
    """The list of rows at the cut beginning of a document: the only one that the rest of it speaks of."""
    found = {n.code: n for s in read_structure(case.reading.text).lines if s[0] >= end for n in case.lists(s)}
    return (next(iter(found.values())), "asserted") if len(found) == 1 else None


def _texts_above(case: Case, start: int) -> list[str]:
    """The lines above a place, past headings and other entries, as far as the first that tells something, and the headline if it is not far."""
    near: list[str] = []
    for span in [s for s in read_structure(case.reading.text).sentences if s[1] <= start][-_ABOVE:][::-1]:
        if not _is_entry(case, span):
            near.append(plain(case.reading.text[slice(*span)]))
        if near and len(near[-1]) > 24:
            break
    return [*near, case.title if start < _FAR else ""]


def _is_entry(case: Case, span: Span) -> bool:
    """Whether a line begins with a name, as the entries of a list do."""
    lead = _LEAD.match(case.reading.text, *span)
    return (lead.end() if lead else span[0]) in case.reading.starts


def _text_below(case: Case, end: int) -> str:
    """The sentence after a place, if it speaks of those above."""
    after = next((s for s in read_structure(case.reading.text).sentences if s[0] >= end), None)
    text = plain(case.reading.text[slice(*after)]) if after else ""
    return text if re.match(r"(?:经[^，]{0,10}，)?(?:以上|上述|上列)", text) else ""


def _announced(text: str, title: str) -> Status:
    """Whether an announcement lists, plans to list, or takes off."""
    for said in (text, title):
        if re.search(rf"{REMOVE}|信用修复|清零", said) and not re.search(r"列入|纳入", said):
            return "removed"
    return (
        "planned"
        if re.search(
            r"拟|事先告知|征求意见|公示期(?![限：为]*[一二两三\d]+年)|公示期满无异议后", text + title
        )
        else "asserted"
    )


def table_facts(case: Case, table: Table) -> Iterator[Fact]:
    """One membership a row of a table that stands under the name of a list."""
    if not any(
        re.search(r"名称|单位|企业|姓名|主体|当事人|供应商|社会组织|纳税人|商户", h) for h in table.header
    ):
        return
    if any(_OFFERS.search(h) for h in table.header) and not named_lists(plain("，".join(table.header))):
        return
    persons = _persons_too(case, table)
    for row in table.rows:
        named = _row_list(case, table, row)
        if named and len(row.cells) != len(table.header):
            yield from _short_row(case, row, named, persons=persons)
            continue
        if named and persons:
            for person in case.reading.within(*row.span, "Person"):
                yield case.fact(person.entity, named[0], row.span, named[1], coref=False, rule="table")
        cell = table.cell(
            row,
            "企业名称",
            "单位名称",
            "公司名称",
            "供应商",
            "社会组织",
            "纳税人名称",
            "主体名称",
            "当事人",
            "名称",
            "单位",
            "企业",
            "姓名",
        )
        if named and cell:
            for mention in case.reading.within(
                cell.start, cell.end, "Enterprise", "SocialOrg", "Institution", "Person"
            )[:1]:
                yield case.fact(mention.entity, named[0], row.span, named[1], coref=False, rule="table")


def _persons_too(case: Case, table: Table) -> bool:
    """Whether the text above a table says that the responsible persons are listed with their firms."""
    above = plain(case.reading.text[max(0, table.span[0] - 300) : table.span[0]])
    return bool(_PERSONS_TOO.search(above))


def _short_row(case: Case, row: Row, named: tuple[NamedList, Status], *, persons: bool) -> Iterator[Fact]:
    """The firm, and the person if they are listed too, of a row that lost cells."""
    firms = [m for m in case.reading.within(*row.span, "Enterprise", "SocialOrg") if not m.coref][:1]
    people = case.reading.within(*row.span, "Person")[:1] if persons else ()
    if firms and re.fullmatch(r"\s*\d*[\s.、]*", case.reading.text[row.span[0] : firms[0].start]):
        for mention in (*firms, *people):
            yield case.fact(mention.entity, named[0], row.span, named[1], coref=False, rule="table")


def _row_list(case: Case, table: Table, row: Row) -> tuple[NamedList, Status] | None:
    """The list of a row: its own column, a heading of the table, what is announced above."""
    cell = table.cell(row, "名单类型", "名单", "列入名录", "处理结果", "处罚结果", "措施")
    own = named_lists(plain(cell.text), case.title) if cell else ()
    if own:
        return own[0], _announced(cell.text if cell else "", "")
    headings = plain("，".join(table.header))
    if heads := named_lists(headings, case.title):
        taken = table.cell(row, "移出日期", "移出时间", "移出原因")
        return heads[0], "removed" if taken or (
            re.search("移出|移除", headings) and "列入" not in headings
        ) else "asserted"
    return _around(case, *table.span)


def row_facts(case: Case) -> Iterator[Fact]:
    """Lines that hold names only, under an announcement of a list; a heading between may take off (三、撤销称号企业)."""
    told = False
    for run in name_rows(case.reading):
        heading = plain(case.reading.text[slice(*run.heading)]) if run.heading else ""
        cut = not case.reading.text[: run.rows[0][0][0]].strip(_CUT)
        goes_on = _is_heading(heading) and (told or case.announces is not None)
        told = cut or goes_on or (bool(run.heading) and _introduces(case, heading, len(run.rows)))
        place = (run.rows[0][0][0], run.rows[-1][0][1])
        named = (_around(case, *place) or (_below(case, place[1]) if cut else None)) if told else None
        if named is None:
            continue
        status: Status = "removed" if _is_heading(heading) and _WITHDRAWN.search(heading) else named[1]
        for span, keys in run.rows:
            for key in keys:
                if _may_be_listed(case, key, span, named[0]):
                    yield case.fact(key, named[0], span, status, coref=False, rule="row")


def labelled_facts(case: Case) -> Iterator[Fact]:
    """Entries with a label before each name, also where they run on in one line: 1、用人单位名称：某公司；…."""
    text = case.reading.text
    for label in _NAME_LABEL.finditer(fold(text)):
        mention = case.reading.starts.get(label.end())
        named = _around(case, label.start(), len(text)) if mention else None
        if mention and named and _labelled_as(case, mention, label[0], named[0]):
            stop = text.find("\n", mention.end)
            about = (label.start(), min(stop if stop > 0 else len(text), mention.end + 400))
            yield case.fact(
                mention.entity,
                named[0],
                (label.start(), mention.end),
                named[1],
                coref=False,
                rule="labelled",
                about=about,
            )


def _labelled_as(case: Case, mention: Mention, label: str, named: NamedList) -> bool:
    """Whether a label introduces a subject of this list: a person only as 被执行人 of the courts' list."""
    if "执行人" in label:
        return named.code == "失信被执行人"
    return case.reading.entities[mention.entity].type in ("Enterprise", "SocialOrg")


def _is_heading(text: str) -> bool:
    """Whether a line is the heading of a group: short, no sentence, nobody's name."""
    return 0 < len(text) <= 24 and not re.search(r"[，。；]", text)


def _may_be_listed(case: Case, key: str, span: Span, named: NamedList) -> bool:
    """Whether a name in a row is a subject: no person among the honoured, not the one who signs below."""
    entity = case.reading.entities[key]
    if entity.type == "Person" and named.good:
        return False
    rest = case.reading.text[span[1] : span[1] + 30].strip()
    signs = not rest or _DATE_LINE.match(rest)
    return not (
        signs
        and (rest or entity.type == "SocialOrg")
        and "社会组织" not in named.code
        and not re.match(r"[\d（(]", case.reading.text[span[0] :])
    )


def sheet_facts(case: Case) -> Iterator[Fact]:
    """A sheet of labelled values one of whose labels names a list: 列入经营异常名录原因：…"""
    places = Places(case.reading)
    titled = named_lists(case.title, case.title)
    for field in read_structure(case.reading.text).fields:
        label = plain(field.label)
        lists = named_lists(label, case.title)
        if lists and re.search(r"列入|移出|移除|纳入|列为|认定", label) and field.value[0] < field.value[1]:
            subject = places.organisation(field.label_span[0], label=True)
            if subject:
                status: Status = "removed" if re.search("移出|移除", label) else "asserted"
                yield case.fact(
                    subject, lists[0], (field.label_span[0], field.value[1]), status, coref=True, rule="sheet"
                )
        elif titled and _TITLE_BODY.search(case.title) and _PARTY_LABEL.search(label):
            for mention in case.reading.within(*field.value, "Enterprise", "SocialOrg", "Person")[:1]:
                yield case.fact(
                    mention.entity,
                    titled[0],
                    (field.label_span[0], field.value[1]),
                    _announced(case.title, ""),
                    coref=False,
                    rule="sheet",
                )


def _introduces(case: Case, heading: str, rows: int) -> bool:
    """Whether a line says that names follow, or names the list of several."""
    return bool(_INTRO.search(heading)) or (rows >= 2 and bool(named_lists(heading, case.title)))
