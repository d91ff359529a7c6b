"""Tables of shareholders: one row a holder, with his share of the company that the table is of."""

import re
from collections.abc import Iterator
from typing import Any

from nlp.enumerations import headed_tables
from nlp.extraction import Fact
from nlp.reading import Reading
from nlp.role_places import Places
from nlp.tables import Row, Table

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def tabled(reading: Reading, places: Places) -> Iterator[Fact]:
    """The holdings that tables of shareholders state."""
    for table in headed_tables(reading.text):
        if any("股东" in h or "出资人" in h or "合伙人" in h for h in table.header):
            for row in table.rows:
                yield from _row(reading, table, row, places)


def _row(reading: Reading, table: Table, row: Row, places: Places) -> Iterator[Fact]:
    name = table.cell(row, "股东名称", "股东姓名", "股东", "出资人", "合伙人")
    share = table.cell(row, "持股比例", "出资比例", "比例", "占比", "持股占")
    holders = (
        reading.within(name.start, name.end, "Person", "Enterprise", "SocialOrg", "Institution", "Authority")
        if name
        else ()
    )
    company = _company(reading, table, row, places)
    if holders and company and company != holders[0].entity:
        attrs = _values(share.text if share else "", table, row)
        if attrs:
            yield Fact(
                "Ownership", holders[0].entity, company, attrs, row.span, "asserted", True, rule="table"
            )


def _company(reading: Reading, table: Table, row: Row, places: Places) -> str | None:
    """The company that the row or the table is of."""
    cell = table.cell(row, "公司名称", "企业名称", "被投资", "标的")
    named = reading.within(cell.start, cell.end, "Enterprise") if cell else ()
    if named:
        return named[0].entity
    holders = {m.entity for m in reading.within(*table.span)}
    for start, end in ((max(0, table.span[0] - 200), table.span[0]), (table.span[1], table.span[1] + 60)):
        near = [m for m in reading.within(start, end, "Enterprise") if m.entity not in holders]
        if near:
            return near[-1 if end == table.span[0] else 0].entity
    return places.focus


def _values(share: str, table: Table, row: Row) -> dict[str, Any]:
    attrs: dict[str, Any] = {}
    percent = _NUMBER.search(share)
    if percent and float(percent[0].replace(",", "")) <= 100:
        attrs["percent"] = float(percent[0].replace(",", ""))
    count = table.cell(row, "持股数", "持股总数", "股份数量", "持有股份")
    number = _NUMBER.search(count.text) if count else None
    if number:
        scale = 10_000 if "万" in "".join(h for h in table.header if "数" in h) else 1
        attrs["shares"] = round(float(number[0].replace(",", "")) * scale)
    return attrs
