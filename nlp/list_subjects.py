"""Who a verb of listing is about: its object, its subject, those named after it, or the parties of the decision."""

import re

from nlp.enumerations import LIST, NAMES, own_firm, top_level
from nlp.extraction import Span
from nlp.list_case import Case
from nlp.posts import mark_posts
from nlp.shorthand import FIRM, PERSON, Shorthand, shorthand
from nlp.structure import read_structure

_OBJECT = re.compile(
    rf"(?:将|把|对|给予|授予|同意|撤销|取消|解除|批准|决定对|表彰|确定|认定|命名|公布|曝光|宣布|移除)(?:了|对)?(?:[^，。；、{PERSON}{FIRM}{LIST}将把]{{0,24}}?的?)?(?P<who>{NAMES})"
)
_SUBJECT = re.compile(rf"(?<![向与被由经从给替])(?P<who>{NAMES})")
_AFTER = re.compile(
    rf"^(?:的)?(?:企业|单位|公司|主体|人员|当事人|供应商|纳税人)?(?:名单)?(?:（[^（）]{{0,12}}）)?(?:的)?(?:共|共计|共有|合计)?(?:有|为|是|包括|包含|分别是|分别为|分别|如下|具体为|名单|信息|情况|公布|公示|发布|涉及|：|，)*(?:[\d一二两三四五六七八九十]+(?:家|名|户|个)(?:企业|单位|公司)?)?(?:分别)?(?:有|为|是|：|，|—)*(?:（?\d{{1,2}}[.、．）])?(?P<who>{NAMES})"
)
_ENTRY = re.compile(rf"；(?P<who>{NAMES})(?=[，（：])")
_UPPER = re.compile(
    r"(?:(?:将|对|把|给予|决定|同意|撤销|解除)|^|，|：)(?:上述|以上|前述|上列|该|这)(?:[\d一二两三四五六七八九十]+)?(?:家|个|名|户|批)?(?:企业|单位|公司|社会组织|社会团体|机构|当事人|个体工商户|市场主体|主体|供应商|人员)"
)


def subjects(
    case: Case, signs: Shorthand, start: int, end: int, at: int, *, removed: bool
) -> tuple[tuple[str, ...], bool, int]:
    """Who is meant: the object of 将 and 对, the subject before the verb, those named after, the parties."""
    clause = signs.text[start:end]
    if _UPPER.search(clause) and not re.search(NAMES, clause[_upper_end(clause) :]):
        return _names_above(case, signs, start), True, start
    for pattern in (_OBJECT, _SUBJECT):
        found = [
            m
            for m in pattern.finditer(clause)
            if pattern is _OBJECT
            or not (_agent(clause, m) or (not removed and _active(clause, m, signs.text[end:at])))
        ]
        if found:
            match = found[-1] if pattern is _OBJECT else _leading(clause, found)
            begin, stop = start + match.start("who"), start + match.end("who")
            meant = spread(case, signs, begin, stop, top_level(signs, begin, stop))
            return meant, signs.coref(begin, stop), begin
    if places := named_after(signs.text, at):
        after = dict.fromkeys(key for begin, stop in places for key in top_level(signs, begin, stop))
        return tuple(after), any(signs.coref(*place) for place in places), start
    if not re.search(rf"[{FIRM}{PERSON}]", clause) and len(re.sub(r"[^\u4e00-\u9fff]", "", clause)) < 40:
        return tuple(k for k in case.parties if case.reading.entities[k].type != "Person")[:1], True, start
    return (), False, start


def spread(case: Case, signs: Shorthand, begin: int, stop: int, meant: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects with 你单位 as every party that it addresses, and 其 as the firm its sentence speaks of."""
    found = dict.fromkeys(meant)
    text = case.reading.text
    for at, sign in enumerate(signs.signs[begin:stop], begin):
        word = text[sign.start : sign.end] if sign.mentions and sign.mentions[0].coref else ""
        if word[:1] in ("你", "贵") and len(word) > 1:
            found |= dict.fromkeys(k for k in case.parties if case.reading.entities[k].type != "Person")
        elif firm := own_firm(case.reading, signs, at):
            others = [k for k in found if k not in {m.entity for m in sign.mentions}]
            found = dict.fromkeys((firm, *others))
    return tuple(found)


def named_after(text: str, at: int) -> list[Span]:
    """Where names follow a list's name; after a colon also the entries that 。 and ； part."""
    match = _AFTER.match(text[at + 1 :])
    if not match:
        return []
    places = [(at + 1 + match.start("who"), at + 1 + match.end("who"))]
    if "：" in match[0][: match.start("who")]:
        places += [m.span("who") for m in _ENTRY.finditer(text, places[0][1])]
    return places


def _upper_end(clause: str) -> int:
    match = _UPPER.search(clause)
    return match.end() if match else 0


def _names_above(case: Case, signs: Shorthand, start: int) -> tuple[str, ...]:
    """Those named before 上述单位: in this sentence, else in the one before."""
    inside = list(re.finditer(NAMES, signs.text[:start])) or list(re.finditer(NAMES, signs.text))
    if inside:
        longest = max(inside, key=lambda m: m.end() - m.start())
        return top_level(signs, *longest.span(), FIRM)
    for span in [s for s in read_structure(case.reading.text).sentences if s[1] <= signs.signs[0].start][-3:][
        ::-1
    ]:
        before, _ = mark_posts(shorthand(case.reading, span))
        found = top_level(before, 0, len(before.signs), FIRM)
        if found:
            return found
    return ()


def _agent(clause: str, match: re.Match[str]) -> bool:
    """Whether the names do something instead of being listed: F认定, F公布的, 由F评选."""
    return bool(
        re.match(
            r"(?:发布|公布|公示|通报|作出|联合|组织|开展|主办|召开|印发|认定|评审|建议|提议|表示|介绍|说|认为|指出|强调|呼吁|提出|要求|推动|推进|负责|探索|加强|根据|依据|依法将|的(?:法定|产品|商品|股东|行为))",
            clause[match.end() :],
        )
    ) or clause[: match.start()].endswith(("由", "被", "经", "向", "从", "在", "与", "给", "根据", "依据"))


def _active(clause: str, match: re.Match[str], verb: str) -> bool:
    """Whether the verb seems to be the doing of the one named far before it: no 被, 已, 因 between, and not what befalls one."""
    between = clause[match.end() :]
    befalls = re.match(
        r"新增|增加|成为|沦为|登|上|入选|入围|获|荣|跻身|摘|蝉联|名列|位列|当选|移出|退出|为|是|系|有|现有|存在|列为|清出",
        verb,
    )
    return len(between) > 6 and not befalls and not re.search(r"[被遭已因]|由于|新增|一并|分别", between)


def _leading(clause: str, found: list[re.Match[str]]) -> re.Match[str]:
    """The subject among several runs of names: the last one that opens a clause, else the last."""
    opening = [
        m
        for m in found
        if not clause[: m.start()]
        or clause[m.start() - 1] in "，：。；、日月年，” —－-"
        or re.search(r"(?:，|^)[^，]{0,12}$", clause[: m.start()])
    ]
    return (opening or found)[-1]
