"""The credit rating of medicine prices and tenders: its graded dishonest enterprises are a list."""

import re
from collections.abc import Iterator

from nlp.enumerations import NAMES, top_level
from nlp.extraction import Span, Status
from nlp.fold import fold
from nlp.graded import graded, near_cue
from nlp.list_names import NamedList
from nlp.posts import mark_posts
from nlp.reading import Reading
from nlp.shorthand import FIRM, plain, shorthand
from nlp.structure import read_structure

_CUE = re.compile(r"招采|医疗保障|医保局|医药价格|价格和招标采购|医药企业.{0,20}(?:失信|信用)")
_GRADE = re.compile(r"(?P<g>特别严重|严重|中等|一般)(?:（?失信）?)?(?:等级|级别|失信)*")
_CLEARED = re.compile(
    rf"(?P<who>{NAMES})(?:等[^。；]{{0,12}})?[^。；]{{0,40}}?(?:清零|修复(?:完成|成功)|已修复|(?:完成|实现)信用修复|移出|恢复信用|解除失信|失信等级归零|纠正失信行为)"
)
KIND = "医药价格和招采失信"


def rated(reading: Reading) -> Iterator[tuple[str, NamedList, str, Span, Status, bool]]:
    """Subject, list, grade, place, status and coref of every enterprise that the rating names."""
    if not _CUE.search(plain(reading.text)):
        return
    named = NamedList(0, 0, KIND, KIND, False)
    cleared = set()
    for key, span, coref in _cleared(reading):
        cleared.add(key)
        yield key, named, "", span, "removed", coref
    for one in graded(reading, _GRADE, _CUE):
        if one.subject not in cleared and reading.entities[one.subject].type == "Enterprise":
            yield one.subject, named, one.grade["g"], one.span, one.status, one.coref


def _cleared(reading: Reading) -> Iterator[tuple[str, Span, bool]]:
    """Those whose grade was cleared."""
    for span in read_structure(reading.text).sentences:
        if not near_cue(reading, span, _CUE) or not re.search(
            "清零|修复|移出|恢复|归零|解除|纠正", fold(reading.text[slice(*span)])
        ):
            continue
        signs, _ = mark_posts(shorthand(reading, span))
        for match in _CLEARED.finditer(signs.text):
            if not re.search(r"可以|应当|申请|直至|的，|如果|未", match[0]):
                for key in top_level(signs, *match.span("who"), FIRM):
                    yield key, signs.span(*match.span()), signs.coref(*match.span("who"))
