"""Sums of money in a text as decimal yuan: 118.68万元, 叁万陆仟伍佰元, 3000多万, 人民币7,095,426.75元."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import cn2an  # type: ignore[import-untyped]

from nlp.fold import fold

_HAN = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_SCALE = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百": 100, "十万": 10**5, "万亿": 10**12}
_NUMBER = r"(?:\d{1,3}(?: \d{3})+(?=\s?元)|\d{1,3}(?:[,，]\s?\d{3})+(?:\.\d+)?|\d+(?:\s?\.\s?\d+)?)"
_ABOUT = r"(?:余|多|几)?"
_UNIT = r"(?:元|圆|块钱)(?:人民币)?"
_FOREIGN = r"\s*(?:美元|美金|港元|港币|欧元|日元|英镑|新元|澳元|韩元|加元|瑞郎|新台币|卢布)"
_COUNTED = r"(?!\s*(?:家|人|户|条|股|吨|件|个|名|次|平|亩|册|只|台|辆|瓶|袋|盒|份|张|项|篇|倍|公|米|斤|千|字|点|笔|余家|余人|余户|多家|多人|多户|粉|套|箱|头|片|支|桶|升|立方|里|批|年|天|月|日|款|种|所|场|手))"
_AMOUNT = re.compile(
    rf"(?<![\d.])(?:人民币|￥|¥)?\s*(?:(?P<num>{_NUMBER})\s*{_ABOUT}\s*(?P<scale>万亿|千万|百万|十万|亿|万|千|百)?\s*{_ABOUT}\s*"
    rf"(?:(?P<foreign>{_FOREIGN})|(?P<unit>{_UNIT})(?:(?P<small>\d)角)?|(?<=[万亿])(?:余|多)?{_COUNTED})"
    rf"|(?P<han>[{_HAN}]+){_ABOUT}(?P<hanscale>万|亿)?{_ABOUT}(?:(?P<hanforeign>{_FOREIGN})|{_UNIT}(?:(?P<hansmall>[{_HAN}])角)?))"
)
_BOUND = re.compile(r"整?\)?\s*(?:以上|以下|以内|(?<!罚)以[上下])")
_RANGE = re.compile(rf"\s*(?:-|—|–|~|至|到|—{{2}})\s*(?:人民币)?(?:{_NUMBER}|[{_HAN}]+)\s*(?:万|亿|千)?(?:元|圆)")
_PRICE = re.compile(r"\s*(?:整)?\s*/\s*[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in yuan with its place; `bound` where it is a limit or a range of a rule, `price` where it is per piece."""

    value: Decimal
    start: int
    end: int
    bound: bool = False
    price: bool = False

    @property
    def plain(self) -> int | float:
        """The value as a number: whole yuan as an int."""
        whole = int(self.value)
        return whole if whole == self.value else float(self.value)


@lru_cache(maxsize=32)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every sum in yuan, in the order of the text; foreign money and counts of things are none."""
    return tuple(_repeated_once(list(_found(fold(text)))))


def _found(text: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        if match["foreign"] or match["hanforeign"]:
            continue
        value = _digits(match) if match["num"] else _numeral(match)
        if value is not None:
            yield Amount(value, match.start(), match.end(), _is_bound(text, match), bool(_PRICE.match(text, match.end())))


def _is_bound(text: str, match: re.Match[str]) -> bool:
    """Whether the sum is an end of a range: 五万元以上十万元以下, 1至5万元, 不超过20万元."""
    before = text[max(0, match.start() - 6) : match.start()]
    inside_range = re.search(r"(?:以上|不足|不满|超过|低于|不少于|(?<=\d)[-—~至]|(?<=[元万])[-—~至到])\s*(?:人民币)?$", before)
    return bool(_BOUND.match(text, match.end()) or _RANGE.match(text, match.end()) or inside_range)


def _digits(match: re.Match[str]) -> Decimal:
    number = Decimal(re.sub(r"[,，\s]", "", match["num"]))
    small = Decimal(match["small"] or 0) / 10
    return (number * _SCALE[match["scale"] or ""] + small).normalize() + 0


def _numeral(match: re.Match[str]) -> Decimal | None:
    """The value of a Chinese numeral; None where the characters make no number."""
    value = numeral(match["han"])
    if value is None:
        return None
    small = numeral(match["hansmall"]) if match["hansmall"] else None
    return Decimal(value * _SCALE[match["hanscale"] or ""]) + Decimal(small or 0) / 10


def numeral(text: str) -> int | None:
    """The whole number that a Chinese numeral means (叁万陆仟伍佰, 二十五, 两百万), or None."""
    plain = text.replace("两", "二").replace("〇", "零")
    if re.fullmatch(r"[千百万亿佰仟]+", plain):
        return None
    try:
        return int(cn2an.cn2an(plain, "smart"))
    except (ValueError, TypeError):
        return None


def _repeated_once(found: list[Amount]) -> Iterator[Amount]:
    """The sums without those that only repeat the one before in digits: 叁万元(30000元)."""
    last: Amount | None = None
    for amount in found:
        if last is None or amount.value != last.value or amount.start - last.end > 4:
            yield amount
        last = amount


def amount_in_cell(cell: str, heading: str) -> Decimal | None:
    """The sum in a table cell, in the unit of its heading (罚款金额(万元)) where the cell has a bare number."""
    found = [a for a in amounts(cell) if not a.price]
    if found:
        return found[0].value
    bare = re.fullmatch(rf"\s*({_NUMBER})\s*", fold(cell))
    if not bare:
        return None
    unit = next((scale for word, scale in (("亿元", 10**8), ("万元", 10**4), ("千元", 10**3), ("元", 1)) if word in heading), None)
    return Decimal(bare[1].replace(",", "")) * unit if unit else None
