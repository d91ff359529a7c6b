"""Names in a row: joined in a sentence, or one a line under a heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.extraction import Span
from nlp.posts import mark_posts
from nlp.reading import Reading
from nlp.shorthand import FIRM, PERSON, POST, Shorthand, has_names, shorthand
from nlp.structure import read_structure
from nlp.tables import Table

LIST = "\ue005"
_BRACKET = r"（[^（）。\n]{0,80}）"
NAME = rf"(?:(?:原|时任|其|该公司|该企业|(?:其|该)?(?:项目|工地|现场|企业|公司|单位|门店)(?={POST})|[{PERSON}{FIRM}](?={POST}))?(?:{POST}(?:、|和|及|兼)?)*[{PERSON}{FIRM}](?:{_BRACKET})*)"
JOIN = rf"(?:、|和|及|与|以及|，(?=(?:{POST})?[{PERSON}{FIRM}])|及其|和其|与其|、其|；(?={FIRM})|/|[，；、。]?（?\d{{1,2}}[.、．）](?=[{PERSON}{FIRM}]))"
NAMES = rf"(?:{NAME}(?:(?:{JOIN}|(?<={FIRM})(?={FIRM})){NAME})*)"
COUNT = r"(?:等?(?:共计?|合计)?[\d一二两三四五六七八九十百千]*余?多?(?:家|名|个|户|人|位)?(?:[\u4e00-\u9fff]{0,10}?)?)"
_LEAD = r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．\t ]*|[-•·●○◆■▪★☆*]+)?"
_ENTRY = re.compile(
    rf"^(?:(?:[（(]?[\d一二三四五六七八九十]{{1,3}}[)）、.．\t]+)(?P<names>{NAME})[，（：；]|(?P<bare>{FIRM})(?:，(?:{POST}|统一社会信用代码|地址|住所|注册)|：|（(?:{POST}|统一)))"
)
_ROW = re.compile(
    rf"^{_LEAD}(?P<names>{NAMES})(?:（[^（）]*）|[，\t][0-9A-Z*]{{8,20}}|等[\d一二两三四五六七八九十百]*家?(?:企业|单位|公司)?)*[，。；、]?$"
)


_OUTER_LEAD = re.compile(r"(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．]|[\s\d()（）、.．·•●○◆■▪★☆*-])*")
_FIRST = 60  # how far from its beginning the first name of an entry ends at most
_NUMBERED = re.compile(r"\d{1,4}[ \t\u3000]+(?=[\u4e00-\u9fff])")
_CELL_ENDS = re.compile(r"(?:[（(][^（）()\n]*[）)])?(?:[ \t\u3000]|$)", re.MULTILINE)
_COLUMN = re.compile(r"名称|姓名|等级|比例|日期|原因|代码|单位$")


@dataclass(frozen=True, slots=True)
class NameRows:
    """Lines that hold names only, and the line above them."""

    heading: Span | None
    rows: tuple[tuple[Span, tuple[str, ...]], ...]


def top_level(signs: Shorthand, start: int, end: int, kinds: str = PERSON + FIRM) -> tuple[str, ...]:
    """The ids named between two indexes outside brackets, in order, each once."""
    found: dict[str, None] = {}
    depth = 0
    for at, sign in enumerate(signs.signs[start:end], start):
        depth += {"（": 1, "）": -1}.get(sign.char, 0)
        if depth <= 0 and sign.char in kinds and signs.text[at + 1 : at + 2] != POST:
            found |= dict.fromkeys(m.entity for m in sign.mentions)
    return tuple(found)


def own_firm(reading: Reading, signs: Shorthand, at: int) -> str | None:
    """The firm that 其 at an index means where a sentence speaks of one before: the nearest."""
    sign = signs.signs[at]
    if reading.text[sign.start : sign.end] != "其" or not sign.mentions:
        return None
    firms = [s for s in signs.signs[:at] if s.char == FIRM]
    return firms[-1].mentions[0].entity if firms else None


def headed_tables(text: str) -> Iterator[Table]:
    """The tables of a text, the first row as heading where it names columns by year."""
    for table in read_structure(text).tables:
        first = table.rows[0] if table.rows else None
        if not table.header and first and sum(bool(_COLUMN.search(c.text)) for c in first.cells) >= 2:
            table = Table(tuple(c.text for c in first.cells), table.rows[1:], table.span)
        yield table


def name_rows(reading: Reading) -> Iterator[NameRows]:
    """Every run of lines of names with its heading."""
    heading: Span | None = None
    rows: list[tuple[Span, tuple[str, ...]]] = []
    for span in read_structure(reading.text).lines:
        names = _names_of(reading, span)
        if names:
            rows.append((span, names))
            continue
        if rows:
            yield NameRows(heading, tuple(rows))
        heading, rows = span, []
    if rows:
        yield NameRows(heading, tuple(rows))


def _names_of(reading: Reading, span: Span) -> tuple[str, ...]:
    """The names of a line that holds nothing else, or that begins an entry of a list."""
    lead = _OUTER_LEAD.match(reading.text, *span)
    begin = lead.end() if lead else span[0]
    if not has_names(reading, (begin, min(span[1], begin + _FIRST))):
        return ()
    numbered = _NUMBERED.match(reading.text, *span)
    if numbered and (mention := reading.starts.get(numbered.end())) and not mention.coref:
        named = reading.entities[mention.entity].type in ("Enterprise", "SocialOrg", "Institution")
        return (mention.entity,) if named and _CELL_ENDS.match(reading.text, mention.end) else ()
    signs, _ = mark_posts(shorthand(reading, span))
    if match := _ROW.match(signs.text):
        return top_level(signs, *match.span("names"))
    if match := _ENTRY.match(signs.text):
        return top_level(signs, *match.span("names" if match["names"] else "bare"))
    return ()
