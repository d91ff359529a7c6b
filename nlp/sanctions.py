"""Words that punish, with their sums: each one an event with its place, before anybody is said to bear it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp.amounts import Amount, amounts
from nlp.extraction import Span
from nlp.fold import fold

Share = Literal["", "each", "total"]
_FILLER = r"(?:了|其|人民币|金额|数额|款项|共计|合计|总计|累计|总额|共|分别|各自?|均|每人|每家|计|约|近|即|折合|折款|超过?|逾|达到?|高达|为|是|处以|处|缴纳|决定|[:,、(\s]|的|以|罚款|上缴国库)*"
_FINE_BEFORE = re.compile(
    rf"(?:罚款|处罚款|被罚|罚单|罚金额|罚款额|罚款总额|开罚|被处|领罚|遭罚|获罚|重罚|受罚|再罚|处罚|罚)(?!没)(?:[(][^()]{{0,40}}[)])?{_FILLER}$|(?:处以?|并处以?){_FILLER}$"
)
_FINE_AFTER = re.compile(r"^ *(?:整|余|左右|人民币)? *[)]? *(?:[(][^()]{0,24}[)])? *(?:的|之)?(?:行政|经济)?(?:罚款|罚单|的?行政处罚|处罚)")
_LIST_AFTER = re.compile(r"^\s*(?:整)?\s*(?:的)?[、,和及与]\s*(?:以及)?\s*$")
_SEIZED_TOGETHER = re.compile(rf"罚没(?:款项?|金额|收入|总额|款)?{_FILLER}$")
_SEIZE_BEFORE = re.compile(r"(?:没收|没入)(?:(?!没收)[^。;]){0,60}$")
_SEIZE_NOT = re.compile(r"罚款|货值|价值|总价|售价|销售(?:金?额|价)|处以|并处|,处|单价|其中|倍")
_CRIMINAL = re.compile(r"(?:处|罚)?罚金(?:人民币|共计|合计|各|\s|:)*$")
_EACH = re.compile(r"分别|各|均|每人|每家")
_TOTAL = re.compile(r"合计|共计|总计|累计|总额|共(?!同)|罚没")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("警告", re.compile(r"(?:给予|予以|处以?|受到|遭到)?(?:(?<=[予处以被并及和与、,到遭:;|\s.\n])|(?<=作出)|(?<=行政)|^)(?:行政)?警告(?![信函牌标性说称道线])")),
    ("罚款", re.compile(r"处(?:以|其)?[^,。;]{0,40}?(?:%|倍|‰|百分之[^,。;]{1,6}|千分之[^,。;]{1,6})(?:的)?罚款|(?:并|处|处以|给予|予以|作出|被|及|和|、|,|的|以|;)(?:行政)?罚款(?!单)")),
    ("处罚", re.compile(
        r"(?:作出|做出|下达|送达|开具|下发)(?:了)?[^。;]{0,60}?(?:行政)?处罚(?:的)?决定(?:书)?》?|(?:收到|领到|接到)[^。;]{0,50}?(?:行政处罚(?!事先|告知)决定书?》?|(?<!事先告知)罚单)|(?:被|受到|受|遭|遭到|接受)[^,。;]{0,30}?(?:行政)?处罚(?![款金]|一案|案件|决定|事先|告知|听证|的(?:企业|单位|情形|主体))|开出(?:了)?[^,。;]{0,20}罚单")),
    ("没收违法所得", re.compile(r"没收(?:其|[^,。;、]{0,16}?)?(?:全部)?(?:违法|非法|业务|广告|保险业务|违规)[^,。;、]{0,3}?(?:所得|收入|费用|收益|获利)|没收[^,。;]{0,12}广告费|没收[^,。;]{2,12}(?<!非法)所得")),
    ("没收非法财物", re.compile(
        r"没收(?!违法所得|非法所得|违法收入|业务收入|广告费|其违法所得|全部违法所得)[^,。;]{0,40}?(?:产品|物品|商品|食品|药品|药械|器械|化妆品|工具|设备|财物|货物|原料|服装|鞋|酒|烟|卷烟|面膜|制剂|饮片|瓶|盒|袋|公斤|千克|台|件)")),
    ("吊销营业执照", re.compile(r"(?:吊销|撤销)(?:其|当事人|[^,。;、]{0,30}?|[^。;]{0,160}?(?:公司|店|社|厂|部|行|中心)(?:等\S{0,8})?)?(?:的)?《?(?:企业法人)?营业执照》?")),
    ("吊销许可证", re.compile(r"吊销(?:其|[^,。;]{0,24}?)?[^,。;]{0,20}?(?:许可证|资质证书|资格证书?|执业证书?|备案)")),
    ("撤销登记", re.compile(r"撤销(?:其|[^,。;]{0,24}?)?(?:设立|成立|法人)?(?:登记)(?:的)?(?:证书|行政处罚|处罚|决定)?")),
    ("市场禁入", re.compile(r"(?:终身|\d+年|[一二三五十]年)?(?:证券)?市场禁入(?!决定书|规定)")),
    ("限制从业", re.compile(
        r"(?:禁止|不得)[^,。;]{0,30}(?:从事|担任)[^,。;]{0,24}(?:工作|业务|职务|行业|生产经营活动|活动)|取消[^,。;]{0,40}(?:任职资格|从业资格|高管资格)|终身禁业|禁业\S{0,6}年|(?:撤销|吊销)[^,。;]{0,20}(?:任职资格|从业资格)")),
    ("限制开展生产经营活动", re.compile(
        r"责令(?:其|[^,。;、]{0,14})?(?:停产停业|停业整顿|停止生产|停产整[顿治]|停业|停产|停止(?:接受)?新业务|停止新增)|(?:禁止|不得|限制)(?:其|你单位|你公司|[^,。;]{0,24})?[^,。;]{0,14}(?:参加|参与)[^,。;]{0,12}(?:政府采购|投标|招标投标)(?:活动)?")),
)  # fmt: skip
_LIMIT = re.compile(r"倍以上|以上[^,。;]{0,12}以下|%以上|‰以上")
_PERSON_ONLY = re.compile(r"批评教育")


@dataclass(frozen=True, slots=True)
class Event:
    """One sanction: its kind (of `Penalty.penalty_types`, or 罚没 for a total of both), its place, its sum and whose sum."""

    kind: str
    start: int
    end: int
    amount: Amount | None = None
    share: Share = ""


@lru_cache(maxsize=32)
def events(text: str) -> tuple[Event, ...]:
    """Every sanction in the text, in its order; limits of rules (以上…以下) are none."""
    folded = fold(text)
    money = list(_money(folded))
    words = [e for e in _words(folded) if not any(m.kind == e.kind and _covers(folded, m, e) for m in money)]
    return tuple(sorted([*money, *words], key=lambda e: (e.start, e.end)))


def _covers(text: str, money: Event, word: Event) -> bool:
    """Whether a word without a sum is the word of a sum beside it: one fact, not two."""
    gap = text[min(money.end, word.end) : max(money.start, word.start)]
    return word.start < money.end and money.start < word.end or len(gap) < 8 and not re.search(r"[。;对]", gap)


def _money(text: str) -> Iterator[Event]:
    found = amounts(text)
    kinds: dict[int, tuple[str, Span]] = {}
    for at, amount in enumerate(found):
        if not amount.price and not amount.bound and (said := _kind_of(text, amount)):
            kinds[at] = said
    for at in range(len(found) - 2, -1, -1):  # 10万元、20万元罚款: the first takes the word after the last
        if at not in kinds and at + 1 in kinds and not found[at].price and _LIST_AFTER.match(text[found[at].end : found[at + 1].start]):
            kinds[at] = kinds[at + 1]
    for at in range(1, len(found)):  # 罚款10万元、20万元
        if at not in kinds and at - 1 in kinds and _LIST_AFTER.match(text[found[at - 1].end : found[at].start]):
            kinds[at] = kinds[at - 1]
    for at, (kind, (start, end)) in sorted(kinds.items()):
        yield Event(kind, min(start, found[at].start), max(end, found[at].end), found[at], _share(text, found[at], start))


def _kind_of(text: str, amount: Amount) -> tuple[str, Span] | None:
    """What a sum is in a sanction, with the stretch that says so."""
    floor = max(text.rfind("。", 0, amount.start), text.rfind(";", 0, amount.start), text.rfind("\n", 0, amount.start), amount.start - 70) + 1
    before, after = text[floor : amount.start], text[amount.end : amount.end + 40]
    if _CRIMINAL.search(before) or re.match(r"\s*(?:的)?罚金", after):
        return None
    if re.search(r"(?:追缴|滞纳金)[^。;]{0,40}罚款,?[^,。;]{0,6}(?:共计|合计|总计|共)(?:人民币)?$", before):
        return "罚没", (amount.start, amount.end)
    if match := _SEIZED_TOGETHER.search(before):
        return "罚没", (floor + match.start(), amount.end)
    if match := _FINE_AFTER.match(after):
        if re.match(r"[^罚]*(?:行政)?处罚$", match[0]) and not re.search(r"罚|给予|作出|处以|被处", before[-14:]):
            return None
        return "罚款", (amount.start, amount.end + match.end())
    if (match := _FINE_BEFORE.search(before)) and _really_fine(before[match.start() :], after):
        return "罚款", (floor + match.start() + _last_word(match[0]), amount.end)
    if (match := _SEIZE_BEFORE.search(before)) and not _SEIZE_NOT.search(match[0]) and not re.search(r"[,].*[,]", match[0]):
        return "没收违法所得" if _proceeds(match[0]) else "没收非法财物", (floor + match.start(), amount.end)
    return None


def _last_word(words: str) -> int:
    """Where the last word of fining begins: in 行政处罚决定 罚款 it is 罚款."""
    found = list(re.finditer(r"(?:并|被|合计|共计|科)?(?:处以?)?(?:罚款|罚单|被罚|开罚|罚)|被处|处以?", words))
    return found[-1].start() if found else 0


def _really_fine(word: str, after: str) -> bool:
    """Whether 处 or 处罚 before a sum means a fine: a 罚款 follows, or the word itself says so."""
    if re.match(r"(?:并)?处以?", word) and "罚" not in word:
        return bool(re.match(r"[^,。;、]{0,16}罚款", after))
    return not re.match(r"处罚(?:了|的)?[^款单]{0,2}$", word) or "罚款" in word or bool(re.match(r"处罚(?:人民币|金额|[:\s])*$", word))


def _proceeds(word: str) -> bool:
    return bool(re.search(r"所得|收入|费|收益|获利|款", word))


def _share(text: str, amount: Amount, start: int) -> Share:
    """Whether the sum is each one's or the sum of all."""
    near = text[max(start - 12, 0) : amount.start]
    near = re.split(r"[。;]", near)[-1]
    if _EACH.search(near):
        return "each"
    if re.search(r"(?:合计|共计|总计|累计|总额|共(?!同))(?:处以?|被罚款?|罚款|罚没|人民币|缴纳|为|达|:|金额|处罚|被处|被|约|近|超|逾)*$", near) or re.match(r"[^,。;]{0,3}(?:合计|总计)", text[amount.end : amount.end + 6]):
        return "total"
    return ""


def _words(text: str) -> Iterator[Event]:
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            if not _LIMIT.search(text[match.end() : match.end() + 16]):
                yield Event(kind, match.start(), match.end())
