"""Who got which grade: grades in a sentence, above a row of names, or in a column of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.enumerations import NAMES, headed_tables, name_rows, own_firm, top_level
from nlp.extraction import Span, Status
from nlp.posts import mark_posts
from nlp.reading import Reading
from nlp.shorthand import FIRM, PERSON, Shorthand, has_names, plain, shorthand
from nlp.structure import read_structure
from nlp.tables import Row, Table

GRADE = "\ue006"
_COUNT = r"(?:[（(]?共?计?[\d一二两三四五六七八九十百千]+(?:家|户|个|名)?(?:企业|单位)?[）)]?)"
_NOUN = r"(?:失信|信用|等级|级别|的|企业|单位|公司|纳税人|名单|（|）|标识|结果|主体)"
_NOT_NAME = rf"[^。；\n{FIRM}{PERSON}{GRADE}]"
_BEFORE = re.compile(
    rf"(?P<who>{NAMES})(?:等{_NOT_NAME}{{0,14}})?(?P<gap>{_NOT_NAME}{{0,60}}?)(?:(?P<old>{GRADE}){_NOT_NAME}{{0,20}}?(?:升|降|调整|变更|提升|下降|上升|修复)(?:级|格)?{_NOT_NAME}{{0,4}}?)?(?P<link>为|至|到|评为|评定为|评价为|评级为|判定为|定为|列为|核定为|认定为|是|属|获评|获|得|评|达到|仍为|结果|等级|级别|：){_NOT_NAME}{{0,12}}?(?P<grade>{GRADE})(?P<rest>(?:、{GRADE}|和{GRADE}|及{GRADE})*)(?:{_NOT_NAME}{{0,14}}?(?:升|降|调整|变更|提升|下降|上升|修复)(?:级|格)?(?:为|至|到)(?P<new>{GRADE}))?"
)
_AFTER = re.compile(
    rf"(?P<grade>{GRADE}){_NOUN}*{_COUNT}?{_NOUN}*(?:，)?(?:分别)?(?:为|是|有|包括|包含|：|——|，分别)?(?:分别)?(?:为|是|有|：)?(?P<who>{NAMES})"
)
_RULE = re.compile(r"应当|可以|不得|如果|凡|的，|情形之一|标准|不能|不得评|满足")
_SERVED = re.compile(
    r"(?:企业|单位|主体|客户|纳税人)?(?:们)?(?:发放|提供|办理|授信|给予|开展|量身|开通|贷款|减免|落实|推出|实施|放贷|出具|优先)"
)
_FAR, _NEAR = 4_000, 500
_GRADED = re.compile(r"等级|级别|结果|评价|评级|颜色|标识")
_EARLIER = re.compile(r"上年|上一年|原|上期|修复前|调整前")
_OTHER_YEAR = re.compile(r"(?P<last>上年度?|上一年度?|去年|此前|原)|(?P<year>20\d\d)年?度?")
_PLANNED = re.compile(r"拟评|拟定|初评|初步|拟评结果|征求意见|拟公示")


@dataclass(frozen=True, slots=True)
class Graded:
    """One subject with its grade as it is written, the grade before it if told, and where."""

    subject: str
    grade: re.Match[str]
    previous: re.Match[str] | None
    span: Span
    status: Status = "asserted"
    coref: bool = False
    earlier: bool = False


def near_cue(reading: Reading, span: Span, cue: re.Pattern[str]) -> bool:
    """Whether a text speaks of a scheme at a place: in the headline, or not far before the end of the stretch."""
    title = read_structure(reading.text).headline
    head = reading.text[slice(*title)] if title and span[0] < _FAR else ""
    return bool(cue.search(plain(head + reading.text[max(0, span[0] - _NEAR) : span[1] + 40])))


def graded(reading: Reading, pattern: re.Pattern[str], cue: re.Pattern[str]) -> Iterator[Graded]:
    """Every subject with its grade, the grades written as the pattern says, where the text speaks of the scheme."""
    for one in _graded(reading, pattern):
        named = any(
            m.entity == one.subject and not m.coref
            for m in reading.within(max(0, one.span[0] - 200), one.span[1])
        )
        if near_cue(reading, one.span, cue) and (named or not one.coref):
            yield one


def _graded(reading: Reading, pattern: re.Pattern[str]) -> Iterator[Graded]:
    structure = read_structure(reading.text)
    for span in structure.sentences:
        if not has_names(reading, span) or not pattern.search(plain(reading.text[slice(*span)])):
            continue
        if not any(t.span[0] <= span[0] < t.span[1] for t in structure.tables):
            yield from _sentence(reading, span, pattern)
    for run in name_rows(reading):
        heading = _best(pattern, plain(reading.text[slice(*run.heading)])) if run.heading else None
        if heading:
            for span, keys in run.rows:
                yield from (Graded(key, heading, None, span) for key in keys)
    for table in headed_tables(reading.text):
        yield from _table(reading, table, pattern)


def _best(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The grade that a heading says, a colour or letter before its paraphrase."""
    found = sorted(pattern.finditer(text), key=lambda m: m.groupdict().get("g") is None)
    return found[0] if found else None


def _sentence(reading: Reading, span: Span, pattern: re.Pattern[str]) -> Iterator[Graded]:
    posted, _ = mark_posts(shorthand(reading, span))
    found = list(pattern.finditer(posted.text))
    signs = posted.marked([m.span() for m in found], GRADE)
    if not found or _RULE.search(signs.text):
        return
    grades = dict(zip((i for i, s in enumerate(signs.signs) if s.char == GRADE), found, strict=True))
    status: Status = "planned" if _PLANNED.search(signs.text) else "asserted"
    seen: set[int] = set()
    for match in (*_headed(signs), *_BEFORE.finditer(signs.text)):
        place = match.start("grade")
        if place not in seen and not _SERVED.match(signs.text, match.end()):
            seen.add(place)
            yield from _pair(reading, signs, match, grades, status)


def _headed(signs: Shorthand) -> Iterator[re.Match[str]]:
    """Grades that stand before the names they are given to, in a sentence that goes grade by grade."""
    for match in _AFTER.finditer(signs.text):
        between = signs.text[match.start() + 1 : match.start("who")]
        if re.search(r"[：为是有]|包括|企业|单位|——", between):
            yield match


def _pair(
    reading: Reading, signs: Shorthand, match: re.Match[str], grades: dict[int, re.Match[str]], status: Status
) -> Iterator[Graded]:
    groups = match.groupdict()
    old = grades.get(match.start("old")) if groups.get("old") else None
    grade = grades[match.start("grade")]
    if groups.get("new"):
        old, grade = grade, grades[match.start("new")]
    begin, stop = match.span("who")
    subjects = top_level(signs, begin, stop)
    if stop - begin == 1 and (firm := own_firm(reading, signs, begin)):
        subjects = (firm,)
    dealt = (
        [grade, *(grades[at] for at in range(*match.span("rest")) if at in grades)]
        if groups.get("rest")
        else []
    )
    for at, key in enumerate(subjects):
        if len(dealt) == len(subjects):
            grade = dealt[at]
        if reading.entities[key].type != "Person" and not re.search(
            r"(?:未|不予|没有)[^，]{0,6}$", groups.get("gap") or ""
        ):
            gap = groups.get("gap") or ""
            clause = max(begin, signs.text.rfind("，", begin, match.start("grade")))
            evidence = signs.span(clause if clause < match.start("grade") else begin, match.end("grade"))
            evidence = evidence if re.search("未|无", signs.text[begin:clause]) else signs.span(*match.span())
            yield Graded(
                key, grade, old, evidence, status, signs.coref(begin, stop), _of_earlier(reading, gap)
            )


def _of_earlier(reading: Reading, gap: str) -> bool:
    """Whether a grade is told of an earlier year than that of the document's title."""
    told = _OTHER_YEAR.search(gap)
    if told is None:
        return False
    title = read_structure(reading.text).headline
    years = [int(y) for y in re.findall(r"20\d\d", reading.text[slice(*title)] if title else "")]
    return bool(told["last"]) or bool(years and told["year"] and int(told["year"]) < max(years))


def _table(reading: Reading, table: Table, pattern: re.Pattern[str]) -> Iterator[Graded]:
    for row in table.rows:
        name = table.cell(
            row, "企业名称", "单位名称", "公司名称", "纳税人名称", "名称", "企业", "单位", "纳税人", "当事人"
        )
        cell, before = _grade_cells(table, row)
        grade = _whole(pattern, cell) if cell else None
        named = reading.within(name.start, name.end, "Enterprise", "SocialOrg", "Institution") if name else ()
        if grade and named:
            previous = _whole(pattern, before) if before else None
            yield Graded(named[0].entity, grade, previous, row.span)


def _grade_cells(table: Table, row: Row) -> tuple[str, str]:
    """The cell of this period's grade and that of the period before; empty where there is none."""
    if len(row.cells) != len(table.header):
        return "", ""
    columns = [
        (h, c.text) for h, c in zip(table.header, row.cells, strict=True) if _GRADED.search(h) and c.text
    ]
    columns.sort(key=lambda column: (bool(_EARLIER.search(column[0])), -_year(column[0])))
    return columns[0][1] if columns else "", columns[1][1] if len(columns) > 1 else ""


def _year(heading: str) -> int:
    years = re.findall(r"20\d\d", heading)
    return int(years[-1]) if years else 0


def _whole(pattern: re.Pattern[str], cell: str) -> re.Match[str] | None:
    """The grade in a cell, also where the cell holds the bare letter or colour."""
    text = plain(cell)
    return pattern.search(text) or pattern.search(text + "级") or pattern.search(text + "色")
