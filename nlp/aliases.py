"""Other names that a text itself gives: 以下简称, 曾用名, 原名, 现更名为, 证券简称; and which short form fits which name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph_model.names.parse import parse_enterprise
from graph_model.names.tables import places
from nlp.brands import generic
from nlp.heads import heads, type_of_name
from nlp.named import Named

_BRACKET = re.compile(r"[（(〔](?P<inside>[^（()〔）\n]{1,120}(?:[（(][^（()）]{1,30}[）)][^（()）]{0,60})?)[）)〕]?")
_CALLED = re.compile(
    r"(?:以下|下文|后文|文中|下|后|又|亦|也|本文|报告)?(?:统一)?(?:统称|简称|并称|称)(?:作|为|：|:)?(?P<names>[^，；;（）。]{2,60})"
)
_FORMER = re.compile(
    r"(?:前身(?:为|是)?|曾用名称?|曾用企业名称|原名称?|原企业名称|更名前|变更前|曾名|旧称|现名称?|现已?更名为|已更名为|后更名为|更名为|现称|前称|本名|真名|真实姓名|别名|又名|绰号|外号|小名|化名|亦称|俗称|英文名称?|字号(?:名称)?)(?:为|是|：|:)?[“\"]?(?P<names>[^，；;（）。”\"\n]{2,60})"
)
_ONCE = re.compile(r"^原(?:为|系|：)?[“]?(?P<names>[\u4e00-\u9fff（）]{4,40}(?:公司|厂|局|店|中心|集团|社|行|院|所|会))[”]?$")
_TICKER = re.compile(r"(?:证券|股票|公司|A股|A 股)?简称(?:为|：|:)?[ ]*[“\"]?(?P<names>(?:\*|＊)?(?:S?\*?ST|N|C)?[\u4e00-\u9fffA-Z]{2,8})")
_SPLIT = re.compile(r"[“”\"'‘’]+(?:或者?|、|，|及|和|与)?[“”\"'‘’]*|或者?|、|/|及(?=[“\"])")
_GENERIC = re.compile(
    r"(?:本|该|贵|我|其|标的|上市|目标|涉案|各|交易)?(?:公司|企业|单位|集团|机构|银行|当事人|发行人|原告|被告|上诉人|被上诉人|申请人|被申请人|第三人|甲方|乙方|丙方|丁方|受害人|被害人|证人|法人|买方|卖方|出租人|承租人|借款人|贷款人|被执行人|申请执行人|供应商|采购人|代理机构|投标人|我局|本局|本院|我院|我会|本会|本机关|两公司|三公司|涉案产品|账户组?|涉案账户组?|标的|该产品|该项目|平台)"
)
_NOT_ALIAS = re.compile(r"《|》|\d{4}年|办法|规定|条例|准则|通知|报告|协议|合同|账户|专户|项目|产品|条款|名单|等$|行为|事项|股份$(?<!.股份)")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name with its place in the text, and the end of the name it stands behind."""

    start: int
    end: int
    anchor: int


def defined(text: str, names: Sequence[Named]) -> Iterator[Alias]:
    """The other names that brackets and 曾用名 behind the names give them."""
    for name in names:
        bracket = _BRACKET.match(text, name.end)
        if bracket is not None:
            yield from _inside(text, bracket.start("inside"), bracket["inside"], name)
            second = _BRACKET.match(text, bracket.end())
            if second is not None:
                yield from _inside(text, second.start("inside"), second["inside"], name)
        behind = re.compile(r"[，,；;\n ]*").match(text, name.end)
        former = _FORMER.match(text, behind.end() if behind else name.end)
        if former is not None:
            start, end = former.span("names")
            yield from _parts(text, start, _first_name(text, start, end), name.end)


def _first_name(text: str, start: int, end: int) -> int:
    """Where the name ends that a clause begins with."""
    ends = (head.end for head in heads(text, start, end) if head.end - start >= 4 and head.type == "Enterprise")
    return next(ends, end) if end - start > 8 else end


def _inside(text: str, offset: int, inside: str, name: Named) -> Iterator[Alias]:
    at = offset
    for piece in re.split(r"([，；;,])", inside):
        start = at
        at += len(piece)
        patterns = (_FORMER, _TICKER, _CALLED) if name.type != "Person" else (_FORMER, _CALLED)
        match = next((m for pattern in patterns if (m := pattern.search(text, start, at))), None)
        match = match or (_ONCE.match(text[start:at]) and re.compile(r"原(?:为|系|：)?(?P<names>.+)").match(text, start, at))
        if match:
            yield from _parts(text, *match.span("names"), name.end)


def _parts(text: str, start: int, end: int, anchor: int) -> Iterator[Alias]:
    at = start
    for piece in re.split(f"({_SPLIT.pattern})", text[start:end]):
        bare = piece.strip(" “”\"'‘’：:")
        if 2 <= len(bare) <= 40 and not _SPLIT.fullmatch(piece) and not _GENERIC.fullmatch(bare) and not _NOT_ALIAS.search(bare):
            offset = at + piece.index(bare)
            yield Alias(offset, offset + len(bare), anchor)
        at += len(piece)


def ticker_fields(text: str) -> Iterator[tuple[int, int]]:
    """The short names in fields that stand apart: 证券简称：鸿远电子."""
    for match in re.finditer(r"(?:证券|股票|公司|A股)简称[ ]*[：:为][ ]*(?P<name>(?:\*?ST ?)?[\u4e00-\u9fffA-Z]{2,8})(?=[\s，。；（）]|$)", text):
        yield match.span("name")


_ST = ("*ST", "ST", "S*ST")
_SECOND = ("股份", "集团", "控股", "公司", "科技", "有限", "实业")


def _second(full: str) -> tuple[str, ...]:
    """The second halves that a short form may have: 股份 and 集团 only where the name has them."""
    return tuple(word for word in _SECOND if word in full or word not in ("股份", "集团", "控股"))


def short_forms(full: str) -> frozenset[str]:
    """The short forms that a firm's full name makes likely: brand and trade, brand and 股份, 公司 …, a long brand alone."""
    parsed = parse_enterprise(full)
    brand, trade = parsed.brand, parsed.trade
    if not _LEGAL.search(full):
        return _without_place(full)
    if parsed.branch or len(brand) < 2 or brand in places() or generic(brand):
        return frozenset()
    made = {parsed.core, *(brand + word for word in (*_second(full), trade[:2], trade[-2:]) if len(word) == 2)}
    made |= {mark + brand[:2] for mark in _ST} | {parsed.place.rstrip("省市") + brand}
    if len(brand) >= 3:
        made.add(brand)
    return frozenset(form for form in made if 3 <= len(form) < len(full))


def _without_place(full: str) -> frozenset[str]:
    """The name of a shop, plant or farm without the places in front of it."""
    bare = _PLACES.sub("", full)
    return frozenset({bare} if 4 <= len(bare) < len(full) and not generic(bare[:-1]) and type_of_name(bare) == "Enterprise" else ())


_PLACES = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区|自治州))?(?:[\u4e00-\u9fff]{2,4}?(?:市|县|区|旗))*(?:[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))?")

# --- which short form fits which name ------------------------------------------------------------------

_WEAK_END = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|股份|控股|企业|厂|店)$")


_MARK = re.compile(r"(?:\*|S\*?)*ST")


def shortens(short: str, full: str, kind: str) -> bool:
    """Whether a short form can be made from a full name by leaving characters out: 世纪金属公司, 宁明县安监局."""
    bare = re.sub(r"^(?:\*|S\*?)*ST ?", "", short)
    if bare != short and kind == "Enterprise":
        return bare in full and not _MARK.match(full)
    if len(short) >= len(full) or len(short) < 2:
        return False
    if kind in ("Authority", "Court"):
        return _public_short(short, full)
    if kind != "Enterprise":
        return full.endswith(short) or (_subsequence(short, full) and short[-1] == full[-1] and short[:1] == full[:1])
    return _firm_short(short, full)


def _public_short(short: str, full: str) -> bool:
    """安监局 for 安全生产监督管理局: the same head, in the order of the name, and no other place."""
    if full.endswith(short):
        return True
    if full.startswith(short) or _OFFICE_OF.search(full) and not _OFFICE_OF.search(short):
        return False
    if _branch_office(short, full):
        return True
    same_head = short[-1] == full[-1] or short[-1] == "委" and full.endswith("委员会") or short[-1] == "院" and full[-1] == "院"
    bare = short[:-1] + "委员会" if short[-1] == "委" else short
    return same_head and len(short) >= 3 and _subsequence(bare, full) and _same_place(short, full) and _same_level(short, full)


_OFFICE_OF = re.compile(r"局[\u4e00-\u9fff]{1,6}(?:局|支队|大队|中队|所)$")
_OFFICE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,5}?)(?P<what>证监局|银保监分?局|银监分?局|保监局|金融监管分?局)")


def _branch_office(short: str, full: str) -> bool:
    """江苏证监局 for 中国证券监督管理委员会江苏监管局."""
    office = _OFFICE.fullmatch(short)
    return office is not None and office["place"] in full and full.endswith("局") and office["what"][0] in full and "监" in full


def _same_level(short: str, full: str) -> bool:
    """Whether the full name has no further place behind the short one's: 上海海关 is not 上海外高桥保税区海关."""
    place = next((short[:size] for size in range(min(9, len(short)), 1, -1) if short[:size] in places()), "")
    rest = full[full.find(place) + len(place) :] if place and place in full else ""
    return not re.search(r"[\u4e00-\u9fff](?:省|市|区|县|镇|乡)", rest[1:]) or bool(re.search(r"[区县镇乡]", short[len(place) :]))


def _same_place(short: str, full: str) -> bool:
    place = next((short[:size] for size in range(min(9, len(short)), 1, -1) if short[:size] in places()), "")
    return not place or place in full or place.rstrip("省市县区") in full


_OTHER_FIRM = (("股份", "集团|控股"), ("集团", "股份有限"))  # the listed firm and its holder are two
_LEGAL = re.compile(r"(?:有限责任|股份有限|有限)公司$|合伙）$")


def _firm_short(short: str, full: str) -> bool:
    short = re.sub(r"^(?:\*|S)*ST ?", "", short)
    if _LEGAL.search(short):
        return False
    short = re.sub("中支$", "中心支公司", short) if full.endswith("中心支公司") else short
    if full.endswith(short) and re.search(r"(?:中心支公司|分公司|支公司|分行|支行|营业部|分店|分厂)$", short):
        return True
    if any(short.endswith(one) and one not in full and re.search(other, full) for one, other in _OTHER_FIRM):
        return False
    core = _WEAK_END.sub("", short) or short
    if len(core) < 2 or core in places():
        return False
    parsed = parse_enterprise(full)
    if parsed.branch and short.endswith("银行") or parsed.branch and not (parse_enterprise(short).branch or short[-1] in parsed.branch[-3:]):
        return False
    brand = (parsed.brand or parsed.core)[:2]
    if brand and brand not in core and not core.startswith(parsed.core[:2]):
        return False
    return core in full or _subsequence(core, full)


def _subsequence(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def homes(shorts: Mapping[str, str], fulls: Mapping[str, str]) -> dict[str, str]:
    """For each short name (with its type) the one full name that it shortens; none where several would do."""
    found: dict[str, str] = {}
    for short, kind in shorts.items():
        fitting = [full for full, other in fulls.items() if other == kind and shortens(short, full, kind)]
        longest = [full for full in fitting if not any(full != more and shortens(full, more, kind) for more in fitting)]
        if len(longest) > 1 and _MARK.match(short):
            longest = [full for full in longest if full.endswith("股份有限公司")]
        if len(longest) == 1:
            found[short] = longest[0]
    return found
