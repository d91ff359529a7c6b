"""Firms without a head word: what the tagger calls an organisation, short names before a stock code or in brackets."""

import re
from collections.abc import Iterator
from functools import lru_cache

from graph_model.names.tables import places
from nlp.heads import type_of_name
from nlp.named import Named, Tagged
from nlp.words import is_word, pattern

_ENDINGS = "科技|股份|控股|集团|生物|医药|药业|电子|实业|证券|传媒|地产|环保|智能|能源|材料|食品|网络|信息|重工|化工|银行"
_LISTED = re.compile(rf"(?<=[（、])(?P<name>[\u4e00-\u9fff]{{2,4}}(?:{_ENDINGS}))(?=[、）])")
_BEFORE_CODE = re.compile(
    r"(?P<name>\*?(?:ST)?[\u4e00-\u9fffA-Z]{2,6})”?（(?:(?:证券|股票)(?:代码|简称)?[：:]?)?[03689][\dX]{5}(?:\.S[HZ])?[），]"
)
_MARKED = re.compile(
    r"(?<![A-Za-z*])(?P<name>(?:\*|S\*?)?ST ?(?!公司|板块|股票|个股|制度|风险|处理|股份|上市|概念|标的|企业|类股|摘帽|新规|情形)[\u4e00-\u9fff]{2})(?![A-Za-z]{2})"
)
_GRID = re.compile(r"(?P<name>国网[\u4e00-\u9fff]{2,3}电力)(?!有限|公司)")
_BANKS = re.compile(r"(?:工|农|建|交|招|中|邮储|国开|农发)行")
_NOT_FIRM = re.compile(r"[市县区省镇乡村]$|\d|《|》|[部处科室组队系课班]$")
_NO_SECOND_HALF = re.compile(r"股东|子公司|者|人|的|关系|比例|活动")


def brands(tagged: Tagged, headed: set[int]) -> Iterator[Named]:
    """The firms that bear no head word, but those that begin where a headed name does."""
    for shape in (_LISTED, _BEFORE_CODE, _MARKED, _GRID):
        for match in shape.finditer(tagged.text):
            if shape is _LISTED and not _beside_person(tagged, match):
                continue
            yield Named(_on_word(tagged, *match.span("name")), match.end("name"), "Enterprise")
    yield from _repeated(tagged)
    for index, word in enumerate(tagged.words):
        if word.tag == "ORG" and word.start not in headed:
            end = _second_half(tagged, index)
            end -= 2 * (tagged.text[end - 2 : end] == "控股" and tagged.text.startswith("股东", end))
            start = _behind_stray(tagged, index)
            text = tagged.text[start:end].strip()
            if type_of_name(text) is None and plausible(text):
                yield Named(start, end, "Enterprise", pattern("trades", after="$").search(text) is not None)


def _beside_person(tagged: Tagged, match: re.Match[str]) -> bool:
    """Whether the next in the list is a person, so that the list is one of parties."""
    after = tagged.word_at(match.end("name") + 1)
    before = tagged.word_at(match.start("name") - 2) if match.start("name") > 1 else after
    return "PER" in (tagged.words[after].tag, tagged.words[max(0, before)].tag)


def plausible(text: str) -> bool:
    """Whether an organisation without a head word can be a firm."""
    if not 3 <= len(text) <= 20 or text in places() or _NOT_FIRM.search(text):
        return False
    trade = pattern("trades", after="$").search(text)
    if trade and generic(text[: trade.start()]):
        return False
    return pattern("no_names", before=".*").fullmatch(text) is None and not generic(text)


@lru_cache(maxsize=16384)
def generic(text: str) -> bool:
    """Whether the text is made of words that name nothing by themselves."""
    return pattern("generic", before=r"(?:[^\u4e00-\u9fff]*|", after=")*").fullmatch(text) is not None


_STRAY = re.compile(r"[对由向与系被经](?=[\u4e00-\u9fff]{4})")


def _behind_stray(tagged: Tagged, index: int) -> int:
    """The start behind a preposition that the tagger took in, or where a place in the same entry opens the name."""
    word = tagged.words[index]
    stray = _STRAY.match(tagged.text, word.start, word.end)
    if stray:
        return stray.end()
    if index < 2 or not pattern("trades", after="$").search(tagged.said(word)):
        return word.start
    brand, place = tagged.words[index - 1], tagged.words[index - 2]
    joined = brand.end == word.start and place.end == brand.start and tagged.said(place) in places()
    opens = tagged.text[max(0, place.start - 1) : place.start] in ("", "、", "：", "\n", "\t", "|")
    return place.start if joined and opens and brand.end - brand.start == 2 and brand.tag in ("d", "v", "a", "n", "nz") else word.start


def _second_half(tagged: Tagged, index: int) -> int:
    """The end of the name with the trade behind it, where the tagger cut it off: 某某|智能."""
    word = tagged.words[index]
    if type_of_name(tagged.said(word)) or index + 1 == len(tagged.words) or tagged.words[index + 1].start != word.end:
        return word.end
    return tagged.words[index + 1].end if _trades_on(tagged.text, word.end, tagged.words[index + 1].end) else word.end


def _trades_on(text: str, start: int, end: int) -> bool:
    """Whether the word is the second half of a short name, not the beginning of 控股股东 or 投资者."""
    return is_word("trades", text, start, end) and _NO_SECOND_HALF.match(text, end) is None


def _repeated(tagged: Tagged) -> Iterator[Named]:
    """A brand with its trade that the text says more than once, and the banks' short names."""
    words, text = tagged.words, tagged.text
    for word, after in zip(words, words[1:], strict=False):
        if _BANKS.fullmatch(text, word.start, word.end):
            yield Named(word.start, word.end, "Enterprise")
        brand = word.tag == "nz" and after.start == word.end and word.end - word.start <= 4
        if brand and _trades_on(text, word.end, after.end) and text.count(text[word.start : after.end]) > 1:
            yield Named(word.start, after.end, "Enterprise", sure=False)


def _on_word(tagged: Tagged, start: int, end: int) -> int:
    """The start, or the end of a word that it would cut."""
    word = tagged.words[tagged.word_at(start)]
    return start if word.start == start or word.end >= end else word.end
