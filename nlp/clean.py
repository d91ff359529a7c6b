"""A text without the damage of its way here, and the way back from each character to where it stood.

Cleaning only takes characters away or puts one in the place of one, so that every character of the cleaned text
stands for exactly one of the original. What goes: tags, pinyin written into the text (當(dāng)), search-engine
spam, invisible signs, page numbers, blanks inside letter-spaced words, line breaks inside a sentence or a name,
lines that stand there twice. What changes: full-width letters and digits become plain ones, half-width
punctuation beside Chinese the Chinese one, years in odd brackets 〔2019〕, traditional characters simplified ones,
a stray English "and" 和.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text over its original: `origin[i]` is where its character i stood."""

    text: str
    original: str
    origin: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the cleaned text stands for."""
        if start >= end:
            place = self.origin[start] if start < len(self.origin) else len(self.original)
            return (place, place)
        return (self.origin[start], self.origin[end - 1] + 1)

    def forward(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of the cleaned text for a span of the original; None where nothing of it was kept."""
        low, high = bisect_left(self.origin, start), bisect_left(self.origin, end)
        return (low, high) if low < high else None

    def printed(self, start: int, end: int) -> str:
        """What a span of the cleaned text has in print: the original's own characters without what was taken away."""
        return "".join([self.original[at] for at in self.origin[start:end]])


def clean(text: str) -> Cleaned:
    """The text cleaned, with the way back."""
    plain = _same_length(text)
    origin: Sequence[int] = range(len(text))
    for drops in (_noise, _repeats, _blanks, _breaks):
        gone = drops(plain)
        if gone:
            plain, origin = _without(plain, origin, gone)
    return Cleaned(plain, text, origin)


def _without(text: str, origin: Sequence[int], gone: Iterable[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    """The text and its places without some spans."""
    parts: list[str] = []
    places = array("I")
    at = 0
    for start, end in sorted(gone):
        if start > at:
            parts.append(text[at:start])
            places.extend(origin[at:start])
        at = max(at, end)
    parts.append(text[at:])
    places.extend(origin[at:])
    return "".join(parts), places


# --- one character for one -------------------------------------------------------------------------

_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_COLON = re.compile(rf"(?<=[{_HAN}）〉》”\]]) ?:|:(?=[ \t]*[{_HAN}（《“])|(?<=[{_HAN}] ):(?!//)")
_ROUND = str.maketrans("();?!", "（）；？！")
_YEAR = re.compile(r"[\[﹝【{〈<〔]\s?((?:19|20)\d\d)\s?[\]﹞】}〉>〕]")
_AND = re.compile(rf"(?<=[{_HAN}]) ?and ?(?=[{_HAN}])")
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|tr|li|h[1-6]|table)\b[^<>\n]{0,200}>", re.IGNORECASE)
_LATIN_LINE = re.compile(rf"[^{_HAN}\n]*")


def _same_length(text: str) -> str:
    """The text with each character in its common form, none more and none less."""
    plain = text.translate(_table())
    plain = _BLOCK_TAG.sub(lambda m: "\n" + "\0" * (len(m[0]) - 1), plain)
    plain = _AND.sub(lambda m: "和".ljust(len(m[0]), "\0"), plain)
    plain = _COLON.sub(lambda m: m[0].replace(":", "："), _COMMA.sub("，", plain)).translate(_ROUND)
    return _YEAR.sub(lambda m: "〔" + m[0][1:-1] + "〕", plain)


@cache
def _table() -> Mapping[int, str]:
    """Each character to its common form: width, kind of blank, quotes, dots, simplified."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）？！"}
    table |= dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u3000\u202f"), " ")
    table |= dict.fromkeys(map(ord, "•‧・･∙⋅●\u0387"), "·")
    table |= dict.fromkeys(map(ord, "｜│┃║︱"), "|")
    table |= dict(zip(map(ord, "「」『』﹁﹂〝〞％﹪"), [*"“”‘’“”“”%%"], strict=True))
    for code in [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFAFF)]:
        common = normalize("NFKC", chr(code))
        if len(common) == 1 and common != chr(code):
            table[code] = common
    return table | _simplified()


def simplify(text: str) -> str:
    """The text with each traditional character as the simplified one."""
    return text.translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    from opencc import OpenCC  # reads its tables: not before the first text

    tables: list[Mapping[str, str]] = [entry[2] for entry in OpenCC("t2s").dict_cache.values()]
    pairs = ((key, value.split(" ")[0]) for table in tables for key, value in table.items() if len(key) == 1)
    return {ord(key): value for key, value in pairs if len(value) == 1 and key != value}


# --- what goes ------------------------------------------------------------------------------------------

_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouüvāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜêńňǹ]{1,3}(?:ng|n|r)?"
_SPAM_BRAND = "凯发|亚博|开云|乐鱼|爱游戏|华体会|必威|米兰|九游|星空|半岛|雷火|龙八|泛亚|澳门新|威尼斯人|金沙|银河|皇冠|天博|竞博|贝博|欧宝|江南"
_NOISE = re.compile(
    rf"(?<=[{_HAN}])（(?=[a-z]{{2,6}}）){_SYLLABLE}）(?: (?=[{_HAN}]))?|(?<=[{_HAN}])（{_SYLLABLE}(?<!（[a-z])）"
    r"|</?[a-zA-Z!][^<>\n]{0,200}>|[?？<]a href=[^<>\n]{0,160}>"
    r"|[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+"
    rf"|(?:{_SPAM_BRAND})[a-zA-Z0-9·]{{0,8}}(?:体育|娱乐|电竞|棋牌|国际)?(?:官网|官方|平台|下载|登录|入口|手机版|app|APP|网址|注册|网页版)+的?"
    r"|^[ \t]*(?:[-—–] ?\d{1,4} ?[-—–]|第 ?\d{1,4} ?页(?:[，, ]*共 ?\d{1,4} ?页)?)[ \t]*$"
    r"|\r(?=\n)",
    re.MULTILINE,
)


def _noise(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _NOISE.finditer(text)]


def _repeats(text: str) -> list[tuple[int, int]]:
    """Lines that say word for word what the line before them said."""
    gone, last, at = [], "", 0
    for line in text.split("\n"):
        bare = line.strip()
        if len(bare) >= 8 and bare == last:
            gone.append((at, min(at + len(line) + 1, len(text))))
        elif bare:
            last = bare
        at += len(line) + 1
    return gone


_SPACED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?: {{1,4}}[{_HAN}])+(?![{_HAN}])")
_INSIDE = re.compile(rf"(?<=[{_HAN}]) +(?=[，。；：、）》”])|(?<=[（《“，。；：、]) +(?=[{_HAN}])")
_LEGAL_FORM = re.compile(rf"(?<=[{_HAN}）]) +(?=(?:集团|控股)?(?:股份)?有限(?:责任)?公司|股份公司)|(?<=有限|责任|股份) +(?=(?:责任)?公司)")
_WIDEST = 60  # blanks that a column's edge may take; thousands would slow every pattern
_WIDE = re.compile(rf" {{{_WIDEST + 1},}}")
_FIELD_GAP = re.compile(r" {1,4}")


def _blanks(text: str) -> list[tuple[int, int]]:
    """Blanks inside letter-spaced words (行 政 处 罚, 地 址) and beside Chinese punctuation."""
    gone = [match.span() for match in (*_INSIDE.finditer(text), *_LEGAL_FORM.finditer(text))]
    gone += [(match.start() + _WIDEST, match.end()) for match in _WIDE.finditer(text)]
    for word in _SPACED.finditer(text):
        gone += [gap.span() for gap in _FIELD_GAP.finditer(text, word.start(), word.end())]
    return gone


_BREAK = re.compile(r"(?<=[^\s。！？；：:|])[ \t]*\n(?:[ \t]*\n)?[ \t]*(?=[^\s|])")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|第[一二三四五六七八九十百\d]+[条章节期号]|\d{1,3}[、.．]"
    r"|[●★※◆■□▲\-·*①-⑳]|附件?[：:\d]|注\d?[：:]|[^\n，。；]{1,14}[：|\t]|\[…\]|来源|责任编辑|编辑"
)
_CLOSED_LINE = re.compile(
    r"(?:公司|局|厅|法院|检察院|委员会|支行|分行|银行|协会|商会|中心|店|厂|社|院|部|所|处|队|书|号|日|名单|通知|公告|决定|通报|公示|意见|办法|规定|细则|条例|案例|字样|简介|女|男|元)$"
)
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("〔", "〕"))
_LONG_LINE = 22
_NEAR = 60


def _breaks(text: str) -> list[tuple[int, int]]:
    """Line breaks inside a sentence: a page's edge or a narrow column's, never between entries or fields."""
    return [match.span() for match in _BREAK.finditer(text) if _inside_sentence(text, match.start(), match.end())]


def _inside_sentence(text: str, start: int, end: int) -> bool:
    head = text[text.rfind("\n", 0, start) + 1 : start].strip()
    stop = text.find("\n", end)
    tail = text[end : stop if stop >= 0 else len(text)].rstrip()
    if "\t" in head or "|" in head or "\t" in tail or "|" in tail or not tail:
        return False
    return _open_pair(head, text[end : end + _NEAR]) or _cut_name(head, tail) or _wrapped(head, tail)


def _open_pair(head: str, after: str) -> bool:
    """Whether a bracket or quotation opened in the line is closed soon after it."""
    for opening, closing in _PAIRS:
        last = head.rfind(opening)
        if last > head.rfind(closing) and len(head) - last < _NEAR and opening not in after.partition(closing)[0]:
            return closing in after
    return False


_FORM_AHEAD = re.compile(r"(?:股份)?有限(?:责任)?公司|股份公司")
_FORM_OPEN = re.compile(r"(?:有限|有限责任|股份)$")
_NAMED_LAST = re.compile(rf"(?:代表人|负责人|经营者|姓名|联系人)(?:（[^（）]{{1,6}}）)?[：:] ?[{_HAN}·*]{{2,8}}$")


def _cut_name(head: str, tail: str) -> bool:
    """Whether a line end cuts a firm's name before its legal form."""
    han = "\u4e00" <= head[-1] <= "\u9fff" or head[-1] == "）"
    return han and (_FORM_AHEAD.match(tail) is not None or tail.startswith(("公司", "责任公司")) and _FORM_OPEN.search(head) is not None)


def _wrapped(head: str, tail: str) -> bool:
    if len(head) < _LONG_LINE or _NAMED_LAST.search(head) or _HEADING.match(tail) or _CLOSED_LINE.search(head):
        return False
    title = head.rfind("《") > head.rfind("》")
    going = any(sign in tail for sign in "，。；、") or len(tail) >= 18 and not _CLOSED_LINE.search(tail)
    prose = title or any(sign in head for sign in "，。；、") and going
    return prose and (head[-1] in "，、" or "\u4e00" <= head[-1] <= "\u9fff" or head[-1].isdigit())
