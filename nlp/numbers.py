"""Numbers of decisions and cases: 沪〔2023〕60号, (津保)应急罚[2023]k-39号, (2020)苏1202行初85号, damaged and masked ones too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp.fold import fold

Kind = Literal["decision", "notice", "case", "other"]
_PROVINCE = "内京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼兵黔滇秦陇港"
_CASE = re.compile(
    rf"[(〔<]\s*(?:19|20)\d\d\s*[)〕>]\s*(?:最高法|[{_PROVINCE}])[\u4e00-\u9fff]{{0,4}}\s*\d{{0,4}}\s*(?:知|商|清|环)?"
    r"\s*(?:民|刑|行|执|破|财|司|认|法|赔|申|强|国)[\u4e00-\u9fff]{0,5}\s*(?:字)?\s*第?\s*[\d*×Xx]+(?:[-—之][\d一二三四五]+)*\s*号(?:之[一二三四五六七八九十\d]+)?"
    r"|[(〔<]\s*(?:19|20)\d\d\s*[)〕>]\s*[\u4e00-\u9fff]{1,8}(?:初|终|再|执|申|监|破|保|恢|异|复)[\u4e00-\u9fff]{0,3}字\s*第?\s*[\d*×Xx]+(?:[-—][\d一二三]+)*\s*号"
)
_TAIL = r"(?:(?:\d{1,3}(?=第))?[\u4e00-\u9fff]{0,4}?\s*第?\s*(?:[A-Za-z]{0,3}[-—]?)?[\d*×]{1,12}(?:[-—_/][\dA-Za-z*]{1,8}|[A-Za-z]\d{0,4})*|[*×]{1,6}|[\u4e00-\u9fff]{1,6}[-—][\dA-Za-z]{1,8})"
_NUMBER = re.compile(
    rf"(?P<issuer>(?:[A-Za-z\u4e00-\u9fff]|(?<=[{_PROVINCE}])\d{{2,6}}(?=[\u4e00-\u9fff])|[(][\u4e00-\u9fffA-Za-z]{{1,6}}[)]){{0,40}})\s?(?P<open>[〔(<〈«])\s?(?P<year>(?:19|20)\d\d)\s?(?:年)?[)〕>〉»]?\s?(?P<tail>{_TAIL})\s?(?P<more>(?:[、,和及]\s?\d{{1,5}})*)\s?(?P<end>号)"
    rf"|(?P<issuer2>(?:[A-Za-z\u4e00-\u9fff]|[(][\u4e00-\u9fffA-Za-z]{{1,6}}[)]){{0,40}}?(?:罚|处|决|监|罚决|处决|强|违)字?)\s?(?P<open2>[〔(]?)(?P<year2>(?:19|20)\d\d)\s?[)〕]?\s?(?P<tail2>第?\s?\d{{1,8}}(?:-\d{{1,6}})?)\s?(?P<more2>(?:[、,和及]\s?\d{{1,5}})*)\s?(?P<end2>号|(?=[\s|]|$))"
    rf"|(?P<issuer4>决定书)\s*(?P<year4>(?:19|20)\d\d)\s+(?P<tail4>\d{{1,4}})\s*号"
    rf"|(?P<issuer3>[\u4e00-\u9fff]{{2,14}}(?:罚|处|罚决|处决)字?)\s?(?P<tail3>第\s?[\dA-Za-z\-—]{{4,20}})\s?号"
)
_LEADING = re.compile(
    r"^.*(?:决定书|判决书|裁定书|告知书|通知书|建议书|书文号|文书号|文号|案号|编号|字号|书号|作出的?了?|下达的?了?|出具|发出|印发|制作|送达|收到|披露|公布|公示|显示|的|了|根据|依据|依照|按照|依法|书|《|》|号|措施|警示函|决定"
    r"|[我本该](?:局|会|厅|委|关|院|所|队)|公司(?!部)|管理局|委员会|监管局|监督局|人民政府|分局|总局|环境局|应急局|管理厅|证监局|公安局|大队|支队|总队|财政局|税务局|稽查局"
    r"|海关(?!罚|缉|违)|支行(?!罚)|检察院|法院|民政局)"
)
_JOINING = re.compile(r"^(?:为|是|以|的|和|及|与|第|了|由|被|:|一|、)+")
_NOTICE = re.compile(r"告|听通|听字|询|催|立字|检字|鉴|抽|调字|送达|报告")
_POLICY = re.compile(r"(?:发|办|函|通|令|公告|规|会|办发|办函|综合|办字|文|政|评报字|审字|验字|评字|报字|备字|准字|注|许|榆监建字|建字|检建|贷字|借字|保字|证字|登字|发改[\u4e00-\u9fff]*)$")
_DECISION = re.compile(r"罚|处|决|缉|违|案|措施|处分|监管|移|撤|吊|强|没|限")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its place and what it numbers; `text` is verbatim less blanks, without the document's words.

    `joint` has the further numbers of a row that shares its letters: 〔2021〕4、5、6号 or 4号、5号.
    """

    text: str
    start: int
    end: int
    kind: Kind
    year: int
    joint: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def numbers(text: str) -> tuple[Number, ...]:
    """Every number of a decision, notice, case or other document, in the order of the text."""
    return tuple(_found(text, fold(text)))


def _found(text: str, folded: str) -> Iterator[Number]:
    cases = [m.span() for m in _CASE.finditer(folded)]
    rest = ((m, _own_start(folded, m)) for m in _NUMBER.finditer(folded))
    found = [_case(text, a, b) for a, b in cases]
    found += [_number(text, folded, m, at) for m, at in rest if not any(a < m.end() and at < b for a, b in cases)]
    yield from sorted(found, key=lambda n: n.start)


def _case(text: str, start: int, end: int) -> Number:
    year = re.search(r"(?:19|20)\d\d", text[start:end])
    return Number(_squeezed(text[start:end]), start, end, "case", int(year[0]) if year else 0)


def _own_start(folded: str, match: re.Match[str]) -> int:
    """Where the number itself begins: behind the document's words and the organ's name."""
    group = next(g for g in ("issuer", "issuer2", "issuer4", "issuer3") if match[g] is not None)
    issuer, base = match[group], match.start(group)
    cut = _LEADING.match(issuer)
    at = base + cut.end() if cut else base
    if cut and (joining := _JOINING.match(issuer[cut.end() :])):
        at += joining.end()
    if match.end(group) - at > 16 and not re.search(r"罚|处|决|字", folded[at : match.end(group)]):
        at = match.end(group)
    while at < match.end(group) and folded[at] in "、,":
        at += 1
    return at


def _number(text: str, folded: str, match: re.Match[str], start: int) -> Number:
    year = match["year"] or match["year2"] or match["year4"] or re.sub(r"\D", "", match["tail3"] or "0")[:4]
    end = match.end()
    # 〔2021〕5、6号: the first one, with the 号 that closes the row
    more = "more" if match["more"] else "more2" if match["more2"] else None
    value = _squeezed(text[start : match.start(more)]) + "号" if more else _squeezed(text[start:end])
    if value.startswith(("(", "（")) and value.count("(") + value.count("（") > value.count(")") + value.count("）"):
        value = value[1:]
    further = re.match(r"(?:[、,和及]\s?第?\d{1,8}号)+", folded[end : end + 80])
    rest = re.findall(r"\d+", (match[more] if more else "") + (further[0] if further else ""))
    joint = tuple(re.sub(r"\d+(?=号$)", number, value) for number in rest)
    return Number(value, start, end, _kind(folded, match.start(), start, end), int(year or 0), joint)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _kind(folded: str, lead: int, start: int, end: int) -> Kind:
    """What a number numbers, by its own letters and the words right before and after it."""
    issuer = re.split(r"[〔(<〈](?=(?:19|20)\d\d)", folded[start:end])[0]
    before = folded[max(0, min(lead, start) - 12) : start]
    if _NOTICE.search(issuer) or re.search(r"(?:告知书|通知书|建议书|报告)[》)]?[ (:]{0,3}$", before):
        return "notice"
    decided = re.search(r"(?:决定书?|文号|处罚书|警示函|措施|决定)[》)]?[ (:文书号编字|]{0,6}$", before)
    if decided or re.match(r"[》)〕]?\s?[《]?(?:行政)?(?:处罚|监管措施|处理|纪律处分|市场禁入)?决定", folded[end : end + 14]):
        return "decision"
    if not issuer or _POLICY.search(re.sub(r"字$", "", issuer)) or _POLICY.search(issuer):
        return "decision" if re.search(r"罚|缉违", issuer) else "other"
    return "decision" if _DECISION.search(issuer) else "other"


def first_decision(found: tuple[Number, ...]) -> Number | None:
    """The first number of a decision."""
    return next((n for n in found if n.kind == "decision"), None)
