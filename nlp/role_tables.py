"""Roles in tables: a column of firms beside a column of 法定代表人, 负责人, 经营者."""

import re
from collections.abc import Iterator

from nlp.enumerations import headed_tables
from nlp.extraction import Fact
from nlp.fold import fold
from nlp.posts import MINOR, SILENT, mark_posts, role_of
from nlp.reading import Mention, Reading
from nlp.role_places import Places
from nlp.shorthand import FIRM, PERSON, POST, plain, shorthand
from nlp.structure import read_structure
from nlp.tables import Cell, Row, Table

_HEADING = re.compile(
    r"(?:名称|当事人|相对人|单位|企业|商户|店名)[\t| ]*(?:（?(?:统一)?社会信用代码[^\u4e00-\u9fff]{0,3})?[\t| ]*(?:被处罚单位|被处罚人|企业|单位)?(?P<post>法定代表人(?:（负责人）)?|法人代表|法人|负责人|经营者)(?:姓名)?(?!：)"
)
_OFFICE = re.compile("职务|任职|职位|担任")
_HEADED = re.compile(
    r"(?:名称|当事人|相对人|单位|企业|商户|店名|代码)[^\n。，；：:]{0,20}(?:法定代表人|法人|负责人|经营者)"
)
_OFFICER = re.compile(
    rf"\d{{0,2}}[.、]?(?P<who>{PERSON})(?:男|女|董监高|董事|高管|监管对象|任)?(?P<tense>时任)?{POST}(?:、{POST})*(?:男|女|\d|$)"
)
_FIRM_PERSON = re.compile(rf"{FIRM}[0-9A-Z*\t|]{{0,24}}{PERSON}")


def tabled(reading: Reading, places: Places) -> Iterator[Fact]:
    """The roles that tables state, a row a firm."""
    yield from _glued(reading, places)
    yield from _lines(reading, places)
    for table in headed_tables(reading.text):
        yield from _offices(reading, table, places)
        columns = [
            (at, words)
            for at, words in enumerate(plain(h) for h in table.header)
            if role_of(_post(words)) not in MINOR | {SILENT}
        ]
        for row in table.rows if columns else ():
            yield from _row(reading, table, row, columns, places)


def _post(heading: str) -> str:
    """The post that a heading names: 法定代表人姓名 is 法定代表人, 法人 a person here."""
    words = re.sub(r"^(?:被处罚|企业|单位|当事人|公司|行政相对人|的)+(?=.)|(?:姓名|名称|：)$", "", heading)
    return "法定代表人" if words in ("法人", "企业法人", "单位法人") else words


def _row(
    reading: Reading, table: Table, row: Row, columns: list[tuple[int, str]], places: Places
) -> Iterator[Fact]:
    firm = _firm(reading, row)
    if firm is None:
        return
    for at, heading in columns:
        if at >= len(row.cells) or (
            len(row.cells) != len(table.header) and not _is_person(reading, row.cells[at])
        ):
            continue
        cell = row.cells[at]
        for person in reading.within(cell.start, cell.end, "Person") if cell.text else ():
            role = places.role(_post(heading), row.span)
            attrs = {"role": role, "role_text": heading, "tense": "current"}
            yield Fact("Role", person.entity, firm.entity, attrs, row.span, "asserted", rule="table")


def _glued(reading: Reading, places: Places) -> Iterator[Fact]:
    """Rows whose cells ran together: a firm and then a person, under a heading that names both columns in this order."""
    if not _HEADED.search(fold(reading.text)):
        return
    post = None
    for span in read_structure(reading.text).lines:
        signs = shorthand(reading, span)
        if heading := _HEADING.search(signs.text):
            post = heading["post"]
        for match in _FIRM_PERSON.finditer(signs.text) if post else ():
            firm, person = (
                signs.entities(match.start(), match.start() + 1)[0],
                signs.entities(match.end() - 1, match.end())[0],
            )
            evidence = signs.span(*match.span())
            attrs = {
                "role": places.role(_post(str(post)), evidence),
                "role_text": str(post),
                "tense": "current",
            }
            yield Fact("Role", person, firm, attrs, evidence, "asserted", rule="glued")


def _lines(reading: Reading, places: Places) -> Iterator[Fact]:
    """Lines of a list of officers whose table was not seen: a person, a class of officer, the posts."""
    for span in read_structure(reading.text).lines:
        if span[1] - span[0] > 60 or not any(m.start - span[0] < 6 for m in reading.within(*span, "Person")):
            continue
        signs, posts = mark_posts(shorthand(reading, span))
        match = _OFFICER.match(signs.text)
        org = places.focus
        if match is None or org is None:
            continue
        person = signs.entities(*match.span("who"))[0]
        for text in posts:
            role = role_of(text)
            if role not in MINOR and role != SILENT:
                attrs = {"role": role, "role_text": text, "tense": "then" if match["tense"] else "current"}
                yield Fact("Role", person, org, attrs, span, "asserted", True, rule="line")


def _is_person(reading: Reading, cell: Cell) -> bool:
    """Whether a cell holds a person's name and nothing else: a row that lost its last cells is read as far."""
    return any(m.span == (cell.start, cell.end) for m in reading.within(cell.start, cell.end, "Person"))


def _offices(reading: Reading, table: Table, places: Places) -> Iterator[Fact]:
    """The posts that a table gives persons in a column 职务 or 任职, in the company that the document is about."""
    at = next((i for i, h in enumerate(table.header) if _OFFICE.search(plain(h))), None)
    if at is None:
        return
    for row in table.rows:
        people = reading.within(*row.span, "Person")[:1]
        if len(row.cells) != len(table.header) or not row.cells[at].text or not people:
            continue
        firm = _firm(reading, row)
        org = firm.entity if firm else places.focus
        signs, posts = mark_posts(shorthand(reading, (row.cells[at].start, row.cells[at].end)))
        for text in posts if org else ():
            role = role_of(text)
            if role not in MINOR and role != SILENT:
                tense = (
                    "then"
                    if "时任" in signs.text
                    else "former"
                    if re.match("原|前", signs.text)
                    else "current"
                )
                yield Fact(
                    "Role",
                    people[0].entity,
                    str(org),
                    {"role": role, "role_text": text, "tense": tense},
                    row.span,
                    "asserted",
                    firm is None,
                    rule="office",
                )


def _firm(reading: Reading, row: Row) -> Mention | None:
    """The first firm of a row."""
    found = reading.within(*row.span, "Enterprise", "SocialOrg", "Institution")
    return next((m for m in found if not m.coref), None)
