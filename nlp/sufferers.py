"""Who bears each sanction of a stretch of text: the nearest 对… before it, the one who 被罚, or the one carried on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from nlp.extraction import Span
from nlp.reading import Mention
from nlp.sanctions import Event, events
from nlp.view import View, keys

Group = tuple[Mention, ...]
_OBJECT = re.compile(r"(?:对|给予|予以|责令|将|处罚了?|罚了?|没收|取消|禁止|吊销|撤销)(?!于|外|此|其)[^,。;:对]{0,22}$|对[^,。;:对]{0,60}(?:主管人员|责任人员|责任人|负责人)$")
_SENT = re.compile(r"(?:下达|发出|送达|下发|出具|发送|发放|发布)[^,。;]{0,40}(?:书|函|令|单)")
_OBJECT_NOT = re.compile(r"(?:自|从|由)$|(?:对|将)[^,。;:]{0,22}(?:的|向|与|为|及其|持有|作为|控制|购买|使用|投资|通过|在|关于|涉嫌)$")
_ACTS = re.compile(r"[“‘]|转让|买卖|交易|减持|增持|泄露|提供|代持|担保|销售|发放|隐瞒|披露|收购|持有|控制|操纵|投资|未|违规")
_OBLIQUE = re.compile(r"(?:向|与|为|从|给|通过|委托|收购|购买|控股|使用|利用|以|就|替|帮助|协助|冒用|假冒|伪造|称|据|源于|来自|由|被|经|致|导致|虚增|关联方|客户|(?:通过|由|向|将|为|以|与|对|系|是)[^,。;]{0,6}子公司|标的公司|实际控制人控制的|隐瞒|[(]|[“‘])$")
_PASSIVE = re.compile(r"被|受到|收到|遭|领到?|获|吃|接到|收|因")
_REPORTS = re.compile(r"(?:[(][^()]*[)])?(?:昨日|今日|晚间|日前|近日|\d+日)?(?:发布)?(?:公告|披露|表示|回应|称|透露|提示)")
_REACH = 180  # characters between a name and what befalls it in prose: behind that it is chance
_CARRIES = re.compile(
    r"^[\s、]*(?:同时|此外|另外|并|其|对此|综上|最终|因此|据此|为此|当事人|上述|根据|依据|依照|决定|现|处罚|该|\d|[(]?[一二三四五六七八九十]|目前|随后|之后|经查|后)"
)
_PROGRAMME = re.compile(r"推进|完善|健全|加强|提升|强化|构建|建立|探索|落实|推动|深化|优化|统筹|引导|鼓励|支持|加快|规范|坚持|加大")
_SPEAKS = re.compile(r"(?:[(][^()]*[)])?(?:向|对|告诉|在)?[^,。;]{0,10}?(?:指出|强调|介绍|认为|告诉|提醒|建议|说[,:]|说$|表示|解释|分析|呼吁|坦言|透露|称[,:])")
_PARTY_LABEL = re.compile(r"(?:单位|企业|公司|主体|机构|当事人|店铺)(?:名称)?(?:[(][^()]{1,8}[)])?:\s*$")
_STAFF = re.compile(r"(?:的)?[\u4e00-\u9fff]{0,6}(?:员|师|工|工人|职工)")
_NAMED_OBJECT = re.compile(
    r"(?<![面针核反应相比])对(?![其此于外你您我本该上下]|当事|违法|违规|涉案|企业|公司|单位|门店|两|三|双|二|每|各|相关|有关|直接|责任|个人|负责|[^,。;]{0,24}(?:行为|问题|情形|事项|事实|货物|商品|产品|案|部分|规定|物品|药品|家|人|名|者|机构|企业|单位|公司|银行)(?:依法)?(?:作|处|给|罚|予))"
    r"[^,。;:对()\d]{2,16}?(?:依法)?(?:作出|给予|处以|处|罚款|予以警告)"
)
_BRANCH = re.compile(r"(?!旗下|下属|辖内|所属|控股|全资)[\u4e00-\u9fff]{2,5}(?:中支|支公司|支行|分行|营业部)(?![\u4e00-\u9fff]{0,2}行长|副行长|长)")
_LATER_LABEL = re.compile(r"[;,。][^:;,。]{2,10}:[^;]*$")
_CALLED = re.compile(r"(?:公司|企业|集团|厂|店|医院|酒店)(?=[^,。;]{0,30}(?:因|被|遭|受到))")
_CLAUSE_START = re.compile(r"(?:^|[,;:。、\n|\s!?”)]|其中|同时|此外|另外|以及|时任|现任|原|是|和|及|显示|而|对此|披露|公告|公布|获悉|\d[.、]|[一二三四五六七八九十]、)[\u4e00-\u9fff()]{0,16}$")


@dataclass(frozen=True, slots=True)
class Borne:
    """One sanction with those who bear it; `amount` is the share of exactly these, `total` says it is of all together."""

    event: Event
    group: Group
    amount: Decimal | None
    total: bool
    carried: bool


def borne(view: View, span: Span, carried: Group = (), found: Sequence[Event] | None = None) -> list[Borne]:
    """The sanctions of a stretch (or other events) with their bearers; `carried` bears those that name nobody."""
    if found is None:
        found = events_in(view, span)
    groups = [g for g in view.groups(*span) if not _aside(view, g)]
    result: list[Borne] = []
    current, floor, was_carried, joint = carried, span[0], True, False
    for row in _rows(view, found):
        group = _bearer(view, groups, floor, row)
        if group is None:
            current, group = (), ()
        if current and row[0].kind.startswith("吊销") and all(m.coref and view.type_of(m) == "Person" for m in group) and view.type_of(current[0]) != "Person":
            group = ()  # 吊销其许可证: the firm's, even where 其 seems to mean the clerk named last
        if group:  # 没收甲、乙违法所得…,并处以3万元罚款 is one sum of both
            current, was_carried, joint = group, False, row[0].kind == "没收违法所得" and row[0].start < group[0].start
        result.extend(_shares(row, current, was_carried, joint))
        floor = row[-1].end
    return _respectively(view, result)


def _respectively(view: View, found: list[Borne]) -> list[Borne]:
    """The sanctions in which 甲、乙分别被警告、被罚款5万元 gives each bearer another one, parted in order."""
    result = list(found)
    for at, one in enumerate(found):
        bearers = keys(one.group)
        lead = view.text[max(0, one.event.start - 6) : one.event.start + 3]
        parts = _parts(view, found[at:]) if len(bearers) > 1 and "分别" in lead else []
        if len(parts) == len(bearers) and _differ(view, parts):
            for key, part in zip(bearers, parts, strict=True):
                for item in part:
                    result[found.index(item)] = replace(item, group=tuple(m for m in one.group if m.entity == key), total=False)
    return result


def _parts(view: View, found: Sequence[Borne]) -> list[list[Borne]]:
    """The sanctions of one group, parted where 、 or ； stands between two of them."""
    parts = [[found[0]]]
    for one, other in pairwise(found):
        between = view.text[one.event.end : other.event.start]
        if other.group != one.group or re.search(r"[。对]", between):
            break
        if re.match(r"\s*(?:的(?:行政)?(?:处罚|罚款))?[、;,](?!并)", between) and not re.search(r"并|同时", between):
            parts.append([other])
        else:
            parts[-1].append(other)
    return parts


def _differ(view: View, parts: list[list[Borne]]) -> bool:
    """Whether the parts stand against each other: one kind in two of them, or 、被 between them."""
    sets = [{b.event.kind for b in part} for part in parts]
    again = any(a & b for a, b in pairwise(sets))
    return again or bool({"撤销登记", "吊销营业执照"} & set().union(*sets)) or all(view.text[p[0].event.start - 1 : p[0].event.start + 1].find("被") >= 0 for p in parts[1:])


def events_in(view: View, span: Span) -> list[Event]:
    """The sanctions inside a stretch."""
    return [e for e in events(view.reading.text) if span[0] <= e.start and e.end <= span[1] + 1]


def carried_over(view: View, span: Span, carried: Group) -> Group:
    """Those of the sentence before, where this one goes on about them: near, in its paragraph, by its first word."""
    between = view.text[carried[-1].end : span[0]] if carried else ""
    if not carried or len(between) > _REACH or re.search(r"(?<![:;])\s*\n", between.replace(" ", "")) and not re.fullmatch(r"[^\n]*[:;]\s*", between):
        return ()
    return carried if _CARRIES.match(view.text[slice(*span)]) or _organ_begins(view, span) else ()


def _organ_begins(view: View, span: Span) -> bool:
    """Whether an authority opens the sentence, so that what it decides is about the one told of before."""
    organs = view.organs(span[0], min(span[1], span[0] + 50))
    return bool(organs) and organs[0].start - span[0] <= 16 and not view.subjects(span[0], organs[0].start)


def programmatic(view: View, span: Span) -> bool:
    """Whether a sentence is a programme (推进…, 完善…, 健全…) and tells of nobody's case."""
    return len(set(_PROGRAMME.findall(view.text[slice(*span)]))) >= 3


def _aside(view: View, group: Group) -> bool:
    """Whether a name stands only in brackets behind another, or is that of one who speaks."""
    before = view.text[max(0, group[0].start - 8) : group[0].start]
    if view.type_of(group[-1]) == "Person" and _SPEAKS.match(view.text, group[-1].end):
        return True
    opened = view.text.rfind("(", max(0, group[0].start - 60), group[0].start)
    if opened > 0 and ")" not in view.text[opened : group[0].start] and (not group[0].coref or view.text.startswith("持", group[-1].end)) and any(m.end == opened for m in view.subjects(max(0, opened - 60), opened)):
        return True
    if view.type_of(group[-1]) != "Person" and _BRANCH.match(view.text, group[-1].end):
        return True  # 甲保险江门中支: an unrecognised branch, not its parent
    return bool(re.search(r"(?:简称|下称|曾用名|原名)[:为]?[“\"]?$", before))


def _rows(view: View, found: Sequence[Event]) -> list[list[Event]]:
    """Events, where the sums of one enumeration (10万元、20万元) are one row."""
    rows: list[list[Event]] = []
    for event in found:
        last = rows[-1][-1] if rows else None
        if last and last.amount and event.amount and last.kind == event.kind and re.match(r"^\s*(?:整)?(?:的?罚款)?\s*[、,和及与]\s*(?:以及)?(?:罚款)?\s*$", view.text[last.amount.end : event.amount.start]):
            rows[-1].append(event)
        else:
            rows.append([event])
    return rows


def _bearer(view: View, groups: list[Group], floor: int, row: list[Event]) -> Group | None:
    """Those named between the last sanction and this one, or inside it, who bear it; None where it is one whom nobody recognised."""
    start, end = row[0].start, row[-1].end
    inside = [g for g in groups if start <= g[0].start and g[-1].end <= end]
    window = [g for g in groups if floor <= g[0].start and g[-1].end <= start]
    objects = [g for g in window if is_object(view, g, floor)]
    if inside and row[0].kind != "罚款":
        within = [g for g in inside if is_object(view, g, start)]
        if within or not (objects and all(m.coref for m in inside[0])):
            return (within or inside)[-1 if within else 0]
    if objects:
        return objects[-1]
    if _unknown_object(view, max(floor, *(g[-1].end for g in window), floor), start):
        return None
    if labelled := [g for g in window if _labelled(view, g, start)]:
        return labelled[-1]
    topics = [g for g in window if start - g[-1].end <= _REACH and not _OBLIQUE.search(view.text[max(0, g[0].start - 10) : g[0].start])]
    topics = [g for g in topics if not _REPORTS.match(view.text, g[-1].end)] or topics
    every = topics
    if row[0].kind == "冻结":
        topics = [g for g in topics if re.match(r"(?:[(][^()]*[)])?(?:所|直接|合计)?持|名下|的", view.text[g[-1].end :])] or topics
    topics = [_worked_for(view, g, start) or g for g in topics]
    topics = [_its(view, g, every) for g in topics]
    starting = [g for g in topics if _CLAUSE_START.search(view.text[max(0, g[0].start - 24) : g[0].start])]
    if inside and not starting:
        return inside[0]
    if not topics and row[0].kind == "处罚" and re.match(r"[^。;]{0,20}(?:因|由于)[^,。;]*$", view.text[max(0, view.text.rfind("。", 0, start) + 1, view.text.rfind("\n", 0, start) + 1) : start]):
        return next((g for g in groups if end <= g[0].start < end + 6), ())
    if not topics and row[0].kind == "处罚" and view.text.startswith("开出", start):
        return next((g for g in groups if end <= g[0].start < end + 20), ())
    return _first(view, starting or topics, start) or _employer(view, groups, floor, start)


def _unknown_object(view: View, floor: int, start: int) -> bool:
    """Whether the sanction is for a name that was not recognised: 对矿长某某处罚款."""
    match = _NAMED_OBJECT.search(view.text, floor, start + 3)
    return match is not None and not view.subjects(match.start(), match.end())


def _labelled(view: View, group: Group, start: int) -> bool:
    """Whether a group is the party of a row of labels whose later label holds the sanction: 单位名称:甲;…;处理情况:罚款2万元."""
    return bool(_PARTY_LABEL.search(view.text[max(0, group[0].start - 16) : group[0].start]) and _LATER_LABEL.search(view.text[group[-1].end : start]))


def _worked_for(view: View, group: Group, start: int) -> Group:
    """The firm of an employee, where the authority then acts on the case: 该站安全员某未取得资格,某局责令改正,处罚款."""
    firm = next((m for m in view.subjects(max(0, group[0].start - 40), group[0].start) if view.type_of(m) != "Person" and _STAFF.fullmatch(view.text[m.end : group[0].start])), None)
    if firm is None and re.search(r"该(?:站|店|厂|矿|公司|企业|单位|场)[\u4e00-\u9fff]{0,6}(?:员|师|工)$", view.text[max(0, group[0].start - 14) : group[0].start]):
        firm = next((m for m in reversed(view.subjects(max(0, group[0].start - 80), group[0].start)) if view.type_of(m) != "Person"), None)
    acts = [o for o in view.organs(group[-1].end, start) if view.text[o.start - 1] in ",;"]
    return (firm,) if firm and acts and len(group) == 1 and "对" not in view.text[acts[-1].end : start] else ()


def _its(view: View, group: Group, topics: list[Group]) -> Group:
    """Whom 其 means, where it seems to mean one named only in passing: 甲因与乙纠纷,其持有的股份被冻结 is 甲's."""
    if len(group) > 1 or not group[0].coref or not view.text.startswith("其", group[0].start):
        return group
    last = next((m for m in reversed(view.reading.mentions) if m.entity == group[0].entity and m.end <= group[0].start and not m.coref), None)
    first = next((g for g in topics if g[0].start < group[0].start and not g[0].coref), None)
    return first if last and first and first[-1].end <= last.start and _OBLIQUE.search(view.text[max(0, last.start - 10) : last.start]) else group


def _employer(view: View, groups: list[Group], floor: int, start: int) -> Group:
    """The firm whose officer speaks and calls it 公司: 甲公司总经理乙某介绍,公司因…被罚款."""
    known = {m.span for g in groups for m in g}
    firms = [m for m in view.subjects(floor, start) if view.type_of(m) != "Person" and m.span not in known]
    return (firms[-1],) if firms and _CALLED.search(view.text[firms[-1].end : start]) else ()


def _first(view: View, topics: list[Group], end: int) -> Group:
    """The first topic, unless a later one opens a clause of its own that holds the sanction."""
    if not topics:
        return ()
    best = topics[0]
    for group in topics[1:]:
        between = view.text[best[-1].end : group[0].start]
        passive = _PASSIVE.search(view.text[group[-1].end : end])
        if re.search(r"[;。]", between) or (re.search(r"(?:,|、|;|:)(?:而|其中|时任|现任|同时|此外|另外|该行|公司)?[\u4e00-\u9fff]{0,14}$", between) and (passive or end - group[-1].end < 8) and not re.search(r"因[^,]{0,60}$", between)):
            best = group
    return best


def is_object(view: View, group: Group, floor: int) -> bool:
    """Whether the text says 对 (or 给予, 责令 …) of this group, and not of another one that acts on it."""
    start = max(floor - 2, group[0].start - 70)
    before = view.text[start : group[0].start]
    match = _OBJECT.search(before)
    if before.endswith("向") and _SENT.match(view.text, group[-1].end):
        return True
    if match is None or _OBJECT_NOT.search(before):
        return False
    inner = view.subjects(start + match.start(), group[0].start)
    if re.search(r"(?:主管人员|责任人员?|负责人)$", before):
        return True
    return not inner or not _ACTS.search(view.text[inner[-1].end : group[0].start])


def _shares(row: list[Event], group: Group, carried: bool, joint: bool) -> list[Borne]:
    """The sanction for each bearer: in order, each the whole, or all together."""
    bearers = keys(group)
    if len(row) > 1 and len(row) == len(bearers):
        first = {m.entity: m for m in reversed(group)}
        return [Borne(e, (first[k],), e.amount.value if e.amount else None, False, carried) for e, k in zip(row, bearers, strict=True)]
    together = len(bearers) > 1
    return [Borne(e, group, e.amount.value if e.amount else None, e.kind == "罚没" or together and (e.share == "total" or joint and e.share == ""), carried) for e in row]
