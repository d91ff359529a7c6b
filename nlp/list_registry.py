"""List memberships in a copy of a registry page: headings 列入经营异常名录信息 with numbered rows below, of one firm."""

import re
from collections.abc import Iterator

from nlp.dates import dates
from nlp.extraction import Fact, Span, Status
from nlp.list_case import Case
from nlp.list_names import NamedList
from nlp.role_places import Places
from nlp.structure import read_structure

_HEADING = re.compile(r"^[\s\d一二三四五六七、.]*列入[^，。；：:\n]{2,24}信息")
_SECTION = re.compile(r"^[\s\d一二三四五六七、.]*[\u4e00-\u9fff（）()]{2,24}信息")
_NONE = re.compile(r"暂无|^\s*无|查询到?0条|没有")


def registry_facts(case: Case) -> Iterator[Fact]:
    """What each section of a registry page says of its firm."""
    lines = read_structure(case.reading.text).lines
    if not any(_HEADING.match(case.reading.text[slice(*s)]) for s in lines):
        return
    subject = Places(case.reading).focus
    named: NamedList | None = None
    for span in lines:
        text = case.reading.text[slice(*span)]
        if _SECTION.match(text):
            named = next(iter(case.lists(span)), None) if _HEADING.match(text) else None
        elif named and subject and not _NONE.search(text) and (days := _days(case, span)):
            status: Status = "removed" if len(days) > 1 else "asserted"
            yield case.fact(subject, named, (span[0], span[1]), status, coref=True, rule="registry")


def _days(case: Case, span: Span) -> list[str]:
    found = dates(case.reading.text, case.reading.date_context)
    return [d.iso for d in found if span[0] <= d.start < span[1] and len(d.iso) == 10]
