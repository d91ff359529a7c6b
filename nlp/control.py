"""Control told by a verb instead of a post: 张三实际控制某公司, 某公司由张三控制."""

import re
from collections.abc import Iterator

from nlp.extraction import Fact
from nlp.shorthand import FIRM, ORGAN, PERSON, Shorthand

_OTHER = rf"[^，。；{PERSON}{FIRM}{ORGAN}]"
_HOLDERS = rf"(?P<who>[{PERSON}{FIRM}](?:(?:、|和|及|与)[{PERSON}{FIRM}])*)"
_ORGS = rf"(?P<org>{FIRM}(?:(?:、|和|及|与){FIRM})*)(?!{_OTHER}{{0,6}}(?:账户|帐户|使用|印章|资金|股票))"
_FORMS = (
    re.compile(rf"(?P<who>{PERSON})(?:通过{_OTHER}{{0,10}}|{_OTHER}{{0,4}})?实际控制(?:着|了)?{_ORGS}"),
    re.compile(rf"^{_OTHER}{{0,12}}(?P<who>{PERSON})[^。；]*?，(?:并|同时|且|还)*实际控制(?:着|了)?{_ORGS}"),
    re.compile(
        rf"(?P<org>{FIRM})(?:系|为|是)?(?:一?家)?(?:由|受|被){_HOLDERS}(?:直接|间接|共同)*实际控制(?!人)"
    ),
    re.compile(
        rf"(?P<org>{FIRM})(?:系|为|是){_HOLDERS}(?:直接|间接|共同)*实际控制的(?:企业|公司|主体|关联方)"
    ),
    re.compile(rf"(?P<who>{PERSON})(?:直接|间接|共同)*(?:实际|所)控制的(?:企业|公司)?{_ORGS}"),
)
_DENIED = re.compile(r"(?:不|未|没有|无法|并非|涉嫌)[^，。；]{0,6}$|如|若")


def controllers(signs: Shorthand) -> Iterator[Fact]:
    """The controllers that a sentence names by a verb."""
    for form in _FORMS:
        for match in form.finditer(signs.text):
            if not _DENIED.search(signs.text[max(0, match.start() - 8) : match.start()]):
                yield from _facts(signs, match)


def _facts(signs: Shorthand, match: re.Match[str]) -> Iterator[Fact]:
    attrs = {"role": "实际控制人", "role_text": "实际控制", "tense": "current"}
    evidence = signs.span(*match.span())
    coref = signs.coref(*match.span())
    for holder in signs.entities(*match.span("who")):
        for org in signs.entities(*match.span("org")):
            if holder != org:
                yield Fact("Role", holder, org, attrs, evidence, "asserted", coref, rule="control")
