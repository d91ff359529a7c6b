"""Organisations in a tagged text: the right edge from the head word, the left edge from the tagger or a place name.

A plain union of the tagger's organisations with those that end in a head word is worse than either: a name takes
its left edge from the tagger's words (`edges.py`), and a head word in front of which nothing names one is none.
"""

import re
from collections.abc import Iterator

from graph_model.names.tables import places
from nlp.brands import brands, generic
from nlp.edges import LEVEL, behind_stops, left_edge, mended
from nlp.heads import Head, heads, type_of_name
from nlp.named import Named, Tagged, longest
from nlp.segments import from_entry
from nlp.words import is_word

_NO_HEAD = re.compile(
    r"(?:法(?!定|人|院)|制(?!造|药|品|作|定)|化(?!工|学|妆)|级|长(?!期|江|沙|春|城)|员(?!工)|性)"
    r"|(?<=公司)(?:管理|监管)部|(?<=交易所)网站|(?<=中心)支"
    r"|(?<=政府)(?:有关|相关|各|采购|部门|工作|网站|信息|职能|补贴|奖励|机构|投资|引导)"
)
_FORMAL = re.compile(r"[\u4e00-\u9fff）]{2,}(?:有限|股份|责任)公司$")
_PLACEHOLDER = re.compile(r"[某该本我你贵其各]+|[A-Za-z甲乙丙丁0-9]{1,3}|(?:ABC|XX|××)[\u4e00-\u9fff]*")
_NO_ORGAN = re.compile(r"(?:子|孙|母)公司$|中小学$|(?:市民|行政|会展|购物|体育|客运)中心$")
_ADDRESSED = re.compile(r"[你我您该]")
_CITATION = re.compile(r"(?:令|公告)(?:第|〔)")


def organisations(tagged: Tagged) -> list[Named]:
    """The organisations of the text that bear a head word or that the tagger sees, the longest at each place."""
    headed = [*_by_heads(tagged), *_across(tagged), *_jointly(tagged.text)]
    every = [*headed, *brands(tagged, {name.start for name in headed})]
    found = (_from_blank(tagged.text, name) for name in every if not tagged.zones.blocked(name.start))
    return longest(name for name in found if not _in_citation(tagged.text, name))


def _from_blank(text: str, name: Named) -> Named:
    """The name behind a blank that the tagger read over."""
    blank = text.rfind(" ", name.start, name.end)
    if blank < 1 or not ("\u4e00" <= text[blank - 1] <= "\u9fff" and "\u4e00" <= text[blank + 1] <= "\u9fff"):
        return name
    return Named(blank + 1, name.end, name.type, name.sure) if type_of_name(text[blank + 1 : name.end]) else name


def _in_citation(text: str, name: Named) -> bool:
    """Whether an organ is named only as the issuer of a rule: 财政部令第94号."""
    return name.type == "Authority" and _CITATION.match(text, name.end) is not None


def _by_heads(tagged: Tagged) -> Iterator[Named]:
    for head in heads(tagged.text):
        index = tagged.word_at(head.end - 1)
        if index >= 0 and not _cut_short(tagged, index, head):
            name = _grown(tagged, index, head)
            if name is not None:
                yield name


def _cut_short(tagged: Tagged, index: int, head: Head) -> bool:
    """Whether the head is only a piece of a longer word (法院 in 法院系统, 公司 in 公司法)."""
    word = tagged.words[index]
    if word.end > head.end and word.tag not in ("ORG", "LOC", "PER"):
        return True
    return _NO_HEAD.match(tagged.text, head.end) is not None


def _grown(tagged: Tagged, index: int, head: Head) -> Named | None:
    """The name that a head word ends; None where nothing in front of it names one."""
    begun, anchored = left_edge(tagged, index, head)
    left = behind_stops(tagged.text, begun, head)
    if left != begun and not _names(tagged.text[left : head.end], head, left):
        return None
    left = mended(tagged, left, head)
    entry = from_entry(tagged, left, head.start) if head.type in ("Enterprise", "SocialOrg") else left
    opened, left = entry < left, entry
    text = tagged.text[left : head.end]
    if is_word("public_alone", text):
        return Named(left, head.end, type_of_name(text) or head.type)
    if not _names(text, head, left):
        return None
    placed = left > begun and (tagged.words[index].start <= begun or any(text[:size] in places() for size in range(2, 8)))
    sure = anchored or placed or opened or _FORMAL.search(text) is not None
    return Named(left, head.end, type_of_name(text) or head.type, sure) if sure or _introduced(tagged.text, left, head.end) else None


def _names(text: str, head: Head, left: int) -> bool:
    """Whether what stands before the head is more than words that name nothing."""
    core = text[: max(0, head.start - left)]
    if not core or _PLACEHOLDER.fullmatch(core) or _ADDRESSED.search(core) or _NO_ORGAN.search(text):
        return False
    if text.startswith("各") or text.endswith("银行") and type_of_name(core) is not None:
        return False
    if LEVEL.fullmatch(core) or LEVEL.match(core) and head.type in ("Authority", "Court", "SocialOrg"):
        return len(text) > 2
    return not generic(core)


_LABEL = re.compile(r"(?:^|[\n|\t：])[ \t]*$|(?:当事人|名称|原告|被告|单位|企业|公司|供应商|投标人|经营者)(?:为|是)?[：“ ]*$|[“、]$")


def _introduced(text: str, start: int, end: int) -> bool:
    """Whether a name without a place or brand stands where names stand: after a label, alone in its cell."""
    after = text[end : end + 1]
    return _LABEL.search(text[max(0, start - 12) : start]) is not None and (not after or after in "\n|\t：，。；、（”的 经于")


# --- bare offices beside a named one ---------------------------------------------------------------------

_JOINTLY = re.compile(r"(?<=会同|联合)(?P<all>[\u4e00-\u9fff]{1,8}?[局厅委](?![员托会])(?:[、和与][\u4e00-\u9fff]{1,8}?[局厅委](?![员托会]))*)")
_VAGUE = re.compile(r"部门|有关|相关|各|多|[的在对将]")


def _jointly(text: str) -> Iterator[Named]:
    """The offices behind 会同 that bear no place: 会同市场监管厅、税务局."""
    for match in _JOINTLY.finditer(text):
        at = match.start()
        for said in re.split("([、和与])", match[0]):
            if len(said) >= 3 and type_of_name(said) == "Authority" and not _VAGUE.search(said):
                yield Named(at, at + len(said), "Authority")
            at += len(said)


# --- names with 和 in them -----------------------------------------------------------------------------

_ACROSS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|自治州|州|县|区|局|会)|国家|中国|全国)[\u4e00-\u9fff]{2,10}(?:和|与)"
    r"[\u4e00-\u9fff]{2,8}(?:中心|委员会|协会|学会|研究院|厅|局)"
)
_NOT_ACROSS = re.compile(r"公司|政府|[的在由对向被为于是等了经据将让给把从]|会同|联合|以及|部门|市场监管局和|人民法院")


def _across(tagged: Tagged) -> Iterator[Named]:
    """Public bodies whose name has 和 in it: 医药价格和集中采购中心."""
    for first in tagged.words:
        match = _ACROSS.match(tagged.text, first.start) if first.tag in ("LOC", "ORG") else None
        kind = type_of_name(match[0]) if match else None
        if match and kind and not _NOT_ACROSS.search(tagged.text, first.end, match.end()) and _one_body(match, first.end):
            yield Named(match.start(), match.end(), kind)


def _one_body(match: re.Match[str], first_end: int) -> bool:
    """Whether what stands before 和 is no body of its own."""
    before = re.split("[和与]", match[0])[0]
    return type_of_name(before) is None or first_end < match.start() + len(before)
