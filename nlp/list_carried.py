"""List memberships told in a sentence that leaves the list out: the headline or a sentence before has named it."""

import re
from collections.abc import Iterator

from nlp.enumerations import LIST, NAMES, top_level
from nlp.extraction import Fact, Status
from nlp.list_case import CONDITION, Case
from nlp.list_names import NamedList
from nlp.list_subjects import spread
from nlp.shorthand import FIRM, PERSON, Shorthand

_NOT = rf"[^，。；：{PERSON}{FIRM}{LIST}]"
_MANY = rf"(?:等{_NOT}{{0,16}})?"
_ENDS = r"(?=[，。；（并]|及|和|$)"
_GIVEN = rf"(?:公示|公布|表彰|通报表扬|通报表彰|表扬|授牌|命名|曝光|列入|纳入){_ENDS}"
_TAKEN = rf"(?:移出|移除|删除|撤销称号|取消称号|取消资格|取消公示资格){_ENDS}"
_LEFT = r"(?:(?:予|准)以)?恢复(?:为)?正常(?:记载)?状态|(?:予以|决定|准予|已|同意)(?:信用)?修复"
_OBJECT = re.compile(
    rf"(?P<plan>拟(?:定|依法|决定)?)?(?:对|将|把|授予|给予|同意将?)(?P<who>{NAMES}){_MANY}(?:（{_NOT}*）)?(?:依法|依规|及时|统一|集中|现)*(?:予以|进行|给予)?(?:(?P<add>{_GIVEN})|(?P<out>{_TAKEN}|{_LEFT}))"
)
_SUBJECT = re.compile(
    rf"(?P<who>{NAMES}){_MANY}，?(?:均|都|也|亦|已|现|被|一并|同时|成功|最终|均被|予以|依法)*(?:(?P<add>在列|上榜|榜上有名|(?:入选|入围|当选){_ENDS}|名列其中|位列其中|登榜|(?:为|是){_NOT}{{0,12}}(?:公示|获奖|入选|上榜|受表彰)(?:企业|单位)|(?:被)?(?:予以)?(?:列入|纳入){_ENDS})|(?P<out>{_TAKEN}|{_LEFT}))"
)
_EACH = re.compile(
    rf"(?P<who>{NAMES}因[^，。；{PERSON}{FIRM}]{{2,40}}(?:[、，；和]{NAMES}因[^，。；{PERSON}{FIRM}]{{2,40}})*?)，?(?:分别|均|都|先后)?被(?:依法)?(?P<add>(?:列入|纳入){_ENDS})"
)
_FORMER = re.compile(
    rf"(?P<who>{NAMES}){_MANY}[^。；{PERSON}{FIRM}]{{0,60}}?(?P<out>(?:不再(?:延续|继续|予以|进行)?(?:公示|认定|命名|列入|保留)|(?:被)?(?:取消|撤销|摘除|摘牌)(?:其)?{_NOT}{{0,14}}(?:称号|资格|荣誉)))"
)
_LETTER = re.compile(
    rf"(?P<who>{NAMES}){_MANY}(?:也|均|都|同样|还|再次|连续{_NOT}{{1,4}}年|，|已)*(?:被)?(?:获评|评为|评定为|获得|获)(?:纳税信用)?A级{_ENDS}"
)
_HOLDS = re.compile(
    r"名单|名录|目录|公示|公告|公布|通报|决定|列入|移出|认定|表彰|授予|命名|修复|黑榜|红榜|在列"
)
_DENIED = re.compile(r"未|不予|没有|不得|暂不")
_ABNORMAL = NamedList(0, 0, "经营异常名录", "经营异常名录", False)


def carried_facts(case: Case, signs: Shorthand, named: NamedList | None) -> Iterator[Fact]:
    """The memberships of a sentence without a list's name, given the list that the text before has named."""
    if CONDITION.search(signs.text) and not re.search(r"决定|现将|经审查|原公示", signs.text):
        return
    forms = (_OBJECT, _EACH, _SUBJECT, _FORMER) + (
        (_LETTER,) if named and named.good and "A级" in named.words else ()
    )
    for form in forms:
        for match in form.finditer(signs.text):
            kind = _ABNORMAL if "正常" in match[0] and not (named and named.code == "其他") else named
            if kind is None or _DENIED.search(signs.text[max(0, match.start() - 4) : match.start()]):
                continue
            who = match.span("who")
            for subject in spread(case, signs, *who, top_level(signs, *who)):
                if case.reading.entities[subject].type == "Person" and kind.good:
                    continue
                yield case.fact(
                    subject, kind, signs.span(*match.span()), _status(match), coref=True, rule="carried"
                )
        if re.search(r"正常", signs.text) and form is _OBJECT and (fact := _restored(case, signs)):
            yield fact


def _status(match: re.Match[str]) -> Status:
    groups = match.groupdict()
    if groups.get("plan") or "拟" in match.string[max(0, match.start() - 4) : match.start()]:
        return "planned"
    return "removed" if groups.get("out") else "asserted"


def _restored(case: Case, signs: Shorthand) -> Fact | None:
    """恢复正常记载状态 without a name: the one whose mark it was."""
    match = re.search(rf"(?:决定|同意|准予)(?:将|对)?[^，。；{PERSON}{FIRM}]{{0,6}}(?:{_LEFT})", signs.text)
    orgs = [k for k in case.parties if case.reading.entities[k].type != "Person"] or (
        [case.focus] if case.focus else []
    )
    if match is None or not orgs:
        return None
    return case.fact(orgs[0], _ABNORMAL, signs.span(*match.span()), "removed", coref=True, rule="carried")


def announces(case: Case) -> bool:
    """Whether the headline both names a list and announces something of it."""
    return case.announces is not None and bool(_HOLDS.search(case.title))
