"""A name taken apart by rule: enterprise names into place, brand, trade, form and branch; what kind of holder it is."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph_model.names.clean import clean_name, name_key
from graph_model.names.tables import either, forms, large_places, places, surnames, trades

HolderKind = Literal["person", "enterprise", "state", "product"]


@dataclass(frozen=True, slots=True)
class EnterpriseName:
    """The parts of an enterprise's name; a part the name does not have is empty.

    `core` is brand and trade undivided, `divisions` the GB/T 2260 codes the place may mean, `key` the whole
    name for comparison.
    """

    place: str
    brand: str
    trade: str
    form: str
    branch: str
    core: str
    divisions: frozenset[str]
    key: str


_BRANCH = re.compile(
    r"(?P<base>.{2,}(?:公司|银行|事务所|联社|集团))"
    r"(?P<branch>.{0,24}?(?:分公司|支公司|子公司|分行|支行|分所|分店|分社|分厂|营业部|办事处|代表处|分理处|店))"
)
_BRACKET = re.compile(r"（([^（）]*)）")
_PARTNERSHIP = re.compile(r"(?:特殊)?(?:普通|有限)合伙")
_GROUP = re.compile(r"集团|控股")
_ZONE = re.compile(
    r"(?:经济技术|经济|高新技术产业|高新技术|高新|综合)?(?:开发区|保税区|试验区|工业园区|新区)"
    r"|[\u4e00-\u9fff]{2,3}?(?:镇|乡|街道)"
)
_LONGEST_PLACE = 15
_LONGEST_WORD = 8


def parse_enterprise(name: str) -> EnterpriseName:
    """The parts of an enterprise's name, found from both ends: form and branch behind, place in front."""
    text, branch = _cut_branch(clean_name(name))
    text, inner_place, inner_form = _open_brackets(text)
    text, form = _cut_form(text)
    core, place, divisions = _cut_place(text)
    if not place and inner_place:
        place, divisions = inner_place, places()[inner_place]
    at = _trade_start(core)
    return EnterpriseName(
        place, core[:at], core[at:], inner_form or form, branch, core, divisions, name_key(name)
    )


def _cut_branch(text: str) -> tuple[str, str]:
    branch = ""
    while (found := _BRANCH.fullmatch(text)) is not None:
        text, branch = found["base"], found["branch"] + branch
    return text, branch


def _open_brackets(text: str) -> tuple[str, str, str]:
    """The text with its brackets resolved, the place in them, and the form (a partnership says it in brackets)."""
    if "（" not in text:
        return text, "", ""
    place = form = ""
    for inside in _BRACKET.findall(text):
        if inside in places():
            place = inside
        elif _PARTNERSHIP.fullmatch(inside):
            form = inside
        elif not _GROUP.fullmatch(inside):
            text = text.replace(f"（{inside}）", inside)
    return _BRACKET.sub("", text), place, form


def _cut_form(text: str) -> tuple[str, str]:
    known = forms()
    for size in range(min(_LONGEST_WORD, len(text) - 1), 0, -1):
        if text[-size:] in known:
            return text[:-size], text[-size:]
    return text, ""


def _cut_place(text: str) -> tuple[str, str, frozenset[str]]:
    """The text behind its places, the places, and the codes the most exact of them may mean."""
    at, divisions, known = 0, frozenset[str](), places()
    while size := _place_at(text, at, known):
        here = known[text[at : at + size]]
        inside = frozenset(code for code in here if any(code.startswith(outer) for outer in divisions))
        divisions = inside or here
        at += size
    if at and (zone := _ZONE.match(text, at)) is not None and len(text) - zone.end() >= 2:
        at = zone.end()
    return text[at:], text[:at], divisions


def _place_at(text: str, at: int, known: dict[str, frozenset[str]]) -> int:
    for size in range(min(_LONGEST_PLACE, len(text) - at - 2), 1, -1):
        if text[at : at + size] in known:
            return size
    return 0


def _trade_start(core: str) -> int:
    """Where the line of business begins: at the first known word behind two characters of brand."""
    for at in range(2, len(core) - 1):
        if word_at(core, at):
            return at
    return len(core)


def word_at(text: str, at: int) -> int:
    """How long the trade word is that begins here; 0 where none does."""
    known = trades()
    for size in range(min(_LONGEST_WORD, len(text) - at), 1, -1):
        if text[at : at + size] in known:
            return size
    return 0


_LATIN_FORM = re.compile(
    r"\b(?:ltd|limited|inc|llc|llp|l\.?p|corp|corporation|company|co|gmbh|ag|plc|s\.?a|n\.?v|b\.?v|pte|holdings?"
    r"|bank|fund|trust|group|partners)\b\.?",
    re.IGNORECASE,
)
_SAYS_ENTERPRISE = re.compile(
    r"公司|集团|银行|合作社|事务所|合伙企业|研究院|研究所|基金会|协会|商会|大学|学院|医院|出版社"
    r"|股份|控股|证券|信托|保险|投资|实业|委员会|人民政府|法院|管理局|有限"
)
_STATE = re.compile(
    r"国资委|国有资产监督管理(?:委员会|局|办公室)?|财政[部厅局]|人民政府|国务院|管理委员会|管委会|国资[局办]"
    r"|(?:省|市|县|区)[\u4e00-\u9fff]{2,8}(?:局|厅|委员会|办公室)"
)
_STATE_NAME = re.compile(rf".*(?:{_STATE.pattern})(?:机关)?")
_NOT_STATE = re.compile(r"公司|工会|村民|居民|合作社|协会")
_PRODUCT = re.compile(
    r"(?:资产管理|资管|信托|理财|年金|集合资产管理|集合|持股|专项资产管理)计划|证券投资基金|私募基金|养老金|年金基金"
    r"|理财产品|组合|专户|资金信托|混合型|指数型|债券型|股票型|ETF|LOF|QFII|保险产品|万能险?|分红"
)
_PRODUCT_END = re.compile(
    r"(?:基金|计划|产品|组合|专户|账户|信托|年金|资金|[0-9A-Za-z一二三四五六七八九十]+[号期])"
)
_HAN = "\u4e00-\u9fff\u3400-\u4dbf\u3007"
_MASKED_PERSON = re.compile(
    rf"[{_HAN}]{{1,2}}(?:某{{1,3}}[{_HAN}甲-癸]?|[*×＊]{{1,3}}[{_HAN}]?|[XxＸ]{{1,3}})|[{_HAN}]某"
)
_DOTTED_PERSON = re.compile(rf"[{_HAN}]{{1,8}}(?:·[{_HAN}A-Za-z]{{1,8}}){{1,4}}")
_NAME_SHAPE = re.compile(rf"[{_HAN}]{{2,4}}")


def looks_like_enterprise(text: str) -> bool:
    """Whether the text has the build of an enterprise's or institution's name."""
    text = clean_name(text)
    if len(text) < 3 or looks_like_person(text):
        return False
    if text.isascii():
        return _LATIN_FORM.search(text) is not None
    return _SAYS_ENTERPRISE.search(text) is not None or (len(text) >= 4 and _cut_form(text)[1] != "")


def looks_like_person(text: str) -> bool:
    """Whether the text has the build of a person's name: a known family name, · names, masked names."""
    text = clean_name(text)
    if _MASKED_PERSON.fullmatch(text) is not None:
        return text[0] in surnames() or text[:2] in surnames()
    if "·" in text:
        return _DOTTED_PERSON.fullmatch(text) is not None and _SAYS_ENTERPRISE.search(text) is None
    if _NAME_SHAPE.fullmatch(text) is None or text in large_places() or _organ().search(text):
        return False
    text, known = name_key(text), surnames()
    if len(text) == 4:  # a compound family name, or two family names and a given name
        return text[:2] in known or (text[0] in known and text[1] in known and not _trade_end(text))
    return text[0] in known or (len(text) == 3 and text[:2] in known)


@cache
def _organ() -> re.Pattern[str]:
    long = [form for form in forms() if len(form) >= 2]
    return re.compile(f"{_SAYS_ENTERPRISE.pattern}|(?:{either(long)}|政府|基金)$")


def _trade_end(text: str) -> bool:
    return text[-2:] in trades()


def holder_kind(text: str) -> HolderKind:
    """What kind of holder the name is: a person, a state organ, a financial product, or else an enterprise."""
    text = clean_name(text)
    if looks_like_person(text):
        return "person"
    if _is_product(text):
        return "product"
    return "state" if _STATE_NAME.fullmatch(text) and not _NOT_STATE.search(text) else "enterprise"


def _is_product(text: str) -> bool:
    without = _BRACKET.sub("", text)
    if _cut_form(without)[1] or _PARTNERSHIP.search(text):
        return False
    return _PRODUCT.search(without) is not None or _PRODUCT_END.search(without[-4:]) is not None
