"""List memberships told in a sentence: a verb of listing or removal beside the name of a list."""

import re
from collections.abc import Iterator

from nlp.enumerations import LIST, NAMES, top_level
from nlp.extraction import Fact, Span, Status
from nlp.fold import fold
from nlp.list_carried import carried_facts
from nlp.list_case import CONDITION, REMOVE, SPOKEN, Case
from nlp.list_names import NamedList, named_lists, printed
from nlp.list_subjects import named_after, subjects
from nlp.posts import mark_posts
from nlp.shorthand import FIRM, PERSON, Shorthand, has_names, plain, shorthand

_ADD = (
    r"(?:列入|列进|纳入|载入|记入|计入|归入|录入|拉入|移入|拉进|打入|加入|进入|登上|登|入选|入围|上榜|上了|认定为|认定|确定为|确认为|评定为|评为|评选为|评选|推选为|授予|荣获|获评|获得|荣膺|获颁|获授|获|列为|列|成为|沦为|变成"
    r"|公布为|公示为|公布|标记为|标注为|锁定为|名列|位列|新增|增加|当选|命名为|定为|跻身|曝光|摘得|蝉联|判定为|下调为|降为|降级为|调整为|纳)"
)
_BARE = rf"(?:(?<=[{PERSON}{FIRM}家位名户个）])(?:已)?(?:均|都|同时|也|还)?(?:为|是|系|属于|属|有|存在|现有|作为))"
_VERB = re.compile(rf"(?P<remove>{REMOVE})|(?P<add>{_ADD})|(?P<bare>{_BARE})")
_REMOVED_AFTER = re.compile(
    rf"^(?:中|里|内|信息|状态|公示|管理|惩戒|措施|的)*(?:被|已|予以|依法|及时|成功|给予|申请)*(?:{REMOVE}|清零|修复|信用修复|终止公示|停止公示)"
)
_LATER_REMOVED = re.compile(
    rf"^[^。；{PERSON}{FIRM}{LIST}]{{0,40}}(?:已|并|后|又|年|月|日|现)(?:被|已|依法|获准|成功|予以)*(?:移出|移除|退出|解除|撤销列入|删除)"
)
_PLANNED = re.compile(r"拟(?!定)|将(?:会|被|于)|即将|(?<![定局会院委关队府出已])将(?:依法|按程序)?$")
_PROPOSED = re.compile(r"建议|提请|推荐|申报|提议|倡议|呼吁|申请(?!执行|人)")
_STRIVING = re.compile(r"争创|争当|争取|倡议|鼓励|引导|号召|动员")
_DENIED = re.compile(
    r"未(?:被|曾|予)?$|未(?:被|曾|予)?(?:列入|纳入|认定|载入)|没有|不予|免予|不再|避免|防止|尚未|从未|不会|不被|不能|无需|免于|以免|撤销.{0,6}列入"
)
_FORGED = re.compile(
    r"伪造|虚假|变造|假冒|冒用|提供.{0,12}(?:证书|材料)|证书|检查组|核查|名单库|评审|专家|办法》|制度|管理办法|参与|申报条件"
)
_UNDONE = re.compile(
    r"(?:解除|撤销|取消|终止)(?:了|原|此前)?(?:对[^，。；]{1,12}|将[^，。；]{1,30}|把[^，。；]{1,30})$"
)
_ASKED = re.compile(r"(?:申请|请求|要求)[^，。；]{0,4}$")
_GRANTED = re.compile(
    r"(?:同意|准予|决定|裁定|已经?|予以|依法)[^。；]{0,14}(?:解除|移出|删除|屏蔽|撤销|退出)"
)
_AWARDED = re.compile(
    rf"(?:为|向|给)(?P<who>{NAMES})(?:等[^，。；{PERSON}{FIRM}{LIST}]{{0,14}})?(?:颁发|授予|颁授)?(?:了)?{LIST}(?:代表|荣誉|企业|称号)*(?:授牌|颁奖|颁牌|颁证|揭牌|牌匾|奖牌|证书)"
)
_VERB_WORD = re.compile("列|移|公示|公布|表彰|授|命名|曝光|榜|选|称号|资格|正常|修复|纳入")
_RECORD = re.compile("失信(?:信息|记录)$")
_NOT_TOLD = re.compile(r"(?:信息)?(?:管理)?(?:暂行)?(?:办法|规定|制度|条例|标准|管理规范)")
_NOTICE = re.compile(r"[^。；，]{0,10}(?:事先|听证|预)?告知(?:书|公告)")
_AGREED = re.compile(r"(?:^|[，；。])(?:同意|责成|责令)")
_LEFT_TO = re.compile(
    r"[^。；]{0,30}，?由[^，。；]{2,24}(?:依法)?(?:依规)?(?:予以)?(?:落实|处理|实施|办理|执行|负责)(?=[。；，]|$)"
)
_ALSO = re.compile(
    rf"(?P<who>{NAMES})(?:等[^，。；]{{0,14}})?(?:(?:作为[^，。；{PERSON}{FIRM}]{{0,14}})?，?(?:一并|同时|也|亦|一同|均)被?(?:列入|纳入)(?!.{{0,12}}{LIST})"
    rf"|，?(?:均|都|也)?(?:名列其中|位列其中|榜上有名|上榜|赫然在列|在列|在其列|被点名|登榜|入榜))"
)


def sentence_facts(case: Case, span: Span, carried: NamedList | None) -> Iterator[Fact]:
    """The memberships that a sentence states by a verb beside a list's name, or beside none where the text before names it."""
    text = fold(case.reading.text[slice(*span)])
    if not SPOKEN.search(text) and not (carried and _VERB_WORD.search(text)):
        return
    if not has_names(case.reading, span) and not case.parties:
        return
    posted, _ = mark_posts(shorthand(case.reading, span))
    lists = named_lists(posted.text, case.title, plain(case.reading.text[slice(*span)]))
    signs = posted.marked([(n.start, n.end) for n in lists], LIST)
    words, before = iter(lists), carried
    for at, sign in enumerate(signs.signs):
        if sign.char == LIST:
            carried = _named(case, signs, at, next(words), carried)
            yield from _listing(case, signs, at, carried)
    yield from carried_facts(case, signs, case.announces or before)
    for match in (m for form in (_ALSO, _AWARDED) for m in form.finditer(signs.text)) if lists else ():
        for subject in top_level(signs, *match.span("who")):
            yield case.fact(
                subject, lists[-1], signs.span(*match.span()), "asserted", coref=False, rule="also"
            )


def _listing(case: Case, signs: Shorthand, at: int, named: NamedList) -> Iterator[Fact]:
    """The memberships told around one list's name."""
    start = max(signs.text.rfind(mark, 0, at) for mark in "。；\n") + 1
    if _NOT_TOLD.match(signs.text, at + 1):
        return
    verb = _verb(signs.text, start, at)
    after = signs.text[at + 1 :]
    removed = bool(verb and verb["remove"]) or bool(
        _REMOVED_AFTER.match(after) or _LATER_REMOVED.match(after)
    )
    if not removed and _RECORD.search(named.words):
        return
    if verb is None and not removed:
        yield from _attributive(case, signs, at, named)
        return
    end = verb.start() if verb else at
    status = _told_status(case, signs, start, end, removed=removed)
    if status == "asserted" and (
        _NOTICE.match(after) or (_AGREED.search(signs.text[start:at]) and _LEFT_TO.match(after))
    ):
        status = "planned"
    if status is None or (named.good and _forged(signs.text, start, at)):
        return
    meant, coref, first = subjects(case, signs, start, end, at, removed=removed)
    evidence = signs.span(min(first, start), at + 1)
    rule = "removed" if status == "removed" else "listed"
    for subject in meant:
        if case.reading.entities[subject].type != "Person" or not named.good:
            yield case.fact(subject, named, evidence, status, coref=coref, rule=rule)


def _told_status(case: Case, signs: Shorthand, start: int, end: int, *, removed: bool) -> Status | None:
    """The status by what stands before the verb; an undoing (解除将…纳入) first."""
    undone = _UNDONE.search(signs.text, start, end)
    return (
        _undone(undone, _following(case, signs))
        if undone
        else _status(signs.text[start:end], removed=removed)
    )


def _named(case: Case, signs: Shorthand, at: int, named: NamedList, carried: NamedList | None) -> NamedList:
    """A list with its words as printed; a bare 黑名单 is the one that the text before has named."""
    if (
        carried
        and not carried.good
        and named.code.startswith("其他:")
        and re.fullmatch("(?:该|上述)?(?:黑名单|失信名单|名单)", named.words)
    ):
        return carried
    sign = signs.signs[at]
    return printed(named, case.reading.text[sign.start : sign.end + 1])


def _forged(text: str, start: int, at: int) -> bool:
    """Whether an honour is only spoken of: a forged certificate, a review, the rules of an award."""
    return bool(_FORGED.search(re.split("，", text[start:at])[-1] + text[at : at + 8]))


def _undone(undone: re.Match[str], after: str) -> Status:
    """What 解除将某某纳入名单 means: taken off; only asked for (申请解除), when it is granted further on."""
    return (
        "removed"
        if not _ASKED.search(undone.string[: undone.start()]) or _GRANTED.search(after)
        else "asserted"
    )


def _following(case: Case, signs: Shorthand) -> str:
    """The text after a sentence, as far as an answer to a request would stand."""
    end = signs.signs[-1].end
    return case.reading.text[end : end + 200]


def _verb(text: str, start: int, at: int) -> re.Match[str] | None:
    """The last verb before the list's name in its clause, near to it."""
    floor = max(start, at - 40, text.rfind(LIST, start, at) + 1)
    found = [m for m in _VERB.finditer(text, floor, at) if _reaches(text[m.end() : at])]
    return found[-1] if found else None


def _reaches(between: str) -> bool:
    """Whether what stands between verb and list belongs to the list's name: an organ, a year, a place."""
    return not re.search(rf"[。；：，{PERSON}]", between)


def _status(before: str, *, removed: bool) -> Status | None:
    """The status of a listing by what stands before its verb; None for a rule, a condition, a denial."""
    clause = re.split(r"[。；]", before)[-1]
    near = re.split(r"[，：]", clause)[-1]
    if _DENIED.search(near):
        return None
    if CONDITION.search(clause) and not re.search(r"决定|现将|经查|已被|被依法|依法被", near):
        return None
    if _STRIVING.search(clause):
        return None
    if _PROPOSED.search(near):
        return "proposed" if not removed else None
    if _PLANNED.search(near):
        return "planned"
    return "removed" if removed else "asserted"


def _attributive(case: Case, signs: Shorthand, at: int, named: NamedList) -> Iterator[Fact]:
    """A list's name straight before a name: 失信被执行人某某, A级纳税人某某公司; 名单：某某."""
    text = signs.text
    places = named_after(signs.text, at)
    if not places or _DENIED.search(text[max(0, at - 8) : at]) or _FORGED.search(text[max(0, at - 12) : at]):
        return
    between = text[at + 1 : places[0][0]]
    announced = "：" in between or re.search("分别|包括|有", between)
    if announced or (len(between) <= 3 and (named.good or named.code == "失信被执行人")):
        status: Status = "planned" if "拟" in text[max(0, at - 12) : at] else "asserted"
        for begin, stop in places:
            for subject in top_level(signs, begin, stop, FIRM if named.good else PERSON + FIRM):
                yield case.fact(
                    subject, named, signs.span(begin, stop), status, coref=False, rule="attributive"
                )
