"""Two enterprise names compared by documented features; every feature says in a sentence what it saw.

"same" means the keys are equal. "similar" means: a candidate that other evidence (a number, a place, a date)
may confirm, never an identity. The rules, in order of what they ask:

* one names a branch that the other does not, or places, forms or brands that contradict: different;
* equal brands: the trades must not contradict; where only one name has a place, the brand must have three
  characters and trade and form must be equal;
* brands that nearly agree (one edit, one inside the other, or cut differently from the trade): both or neither
  name has a place, and the trades share a word; two characters of brand with one of them different ask for
  a named place, the same form and the same trade besides, and a trade that says more than 科技 or 管理.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph_model.names.parse import EnterpriseName, parse_enterprise, word_at
from graph_model.names.tables import forms, synonyms

Grade = Literal["same", "similar", "different"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing compared; `agrees` is None where it neither agrees nor contradicts."""

    name: str
    agrees: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, and why."""

    grade: Grade
    features: tuple[Feature, ...]


# words so common in names that sharing them alone shows nothing
_WEAK = frozenset(
    (
        "管理",
        "咨询",
        "服务",
        "科技",
        "发展",
        "国际",
        "企业",
        "实业",
        "信息",
        "工程",
        "投资",
        "事务",
        "开发",
        "产业",
        "控股",
        "网络",
        "智能",
    )
)
_parsed = lru_cache(maxsize=1 << 14)(parse_enterprise)


def compare_enterprises(a: str, b: str) -> Comparison:
    """How alike two enterprise names are; places, dates and numbers are for the caller to weigh besides."""
    left, right = _parsed(a), _parsed(b)
    features = tuple(feature(left, right) for feature in (_brand, _place, _trade, _form, _branch))
    if left.key == right.key:
        return Comparison("same", features)
    return Comparison("similar" if _similar(left, right, features) else "different", features)


def _similar(left: EnterpriseName, right: EnterpriseName, features: tuple[Feature, ...]) -> bool:
    brand, place, trade, form, branch = (feature.agrees for feature in features)
    if False in (brand, place, trade, form, branch):
        return False
    exact = _trade_words(left) == _trade_words(right) and left.form == right.form
    shortest = min(len(left.brand), len(right.brand))
    if brand:
        return place is True or (shortest >= 3 and exact)
    if place is not True or not trade:
        return False
    if len(left.brand) == len(right.brand) == 2:
        return exact and bool(left.place) and not _trade_words(left) <= _WEAK
    return True


def _brand(left: EnterpriseName, right: EnterpriseName) -> Feature:
    a, b = left.brand, right.brand
    if a == b:
        return Feature("brand", True, f"the brands are equal: {a}")
    if min(len(a), len(b)) < 2:
        return Feature("brand", False, f"the brands differ: {a} / {b}")
    if a in b or b in a:
        return Feature("brand", None, f"one brand contains the other: {a} / {b}")
    if _one_edit(a, b):
        return Feature("brand", None, f"the brands differ in one character: {a} / {b}")
    if _begins(a, right.core) or _begins(b, left.core):
        return Feature("brand", None, f"brand and trade may be cut differently: {left.core} / {right.core}")
    return Feature("brand", False, f"the brands differ: {a} / {b}")


def _one_edit(a: str, b: str) -> bool:
    """Whether one character put in, left out or replaced turns one into the other."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return a == b
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[at + 1 :] == b[at + 1 :] if len(a) == len(b) else a[at + 1 :] == b[at:] or a[at:] == b[at + 1 :]


def _begins(brand: str, core: str) -> bool:
    return len(brand) >= 3 and (core.startswith(brand) or _one_edit(brand, core[: len(brand)]))


def _place(left: EnterpriseName, right: EnterpriseName) -> Feature:
    a, b = left.divisions, right.divisions
    if not a and not b:
        return Feature("place", True, "neither name has a place")
    if not a or not b:
        return Feature("place", None, f"only one name has a place: {left.place or right.place}")
    if a != b and ("" in a or "" in b):
        return Feature("place", None, f"中国 holds every place: {left.place} / {right.place}")
    agrees = any(x.startswith(y) or y.startswith(x) for x in a for y in b)
    word = "are one or lie in each other" if agrees else "are different places"
    return Feature("place", agrees, f"{left.place} and {right.place} {word}")


def _trade(left: EnterpriseName, right: EnterpriseName) -> Feature:
    a, b = _trade_words(left), _trade_words(right)
    if a == b:
        return Feature("trade", True, f"the trades are equal: {left.trade or 'none named'}")
    if not a or not b:
        return Feature("trade", None, f"only one name has a trade: {left.trade or right.trade}")
    shared = a & b
    if shared - _WEAK or (shared and not (a | b) - _WEAK):
        return Feature(
            "trade", True, f"the trades share {'、'.join(sorted(shared))}: {left.trade} / {right.trade}"
        )
    return Feature("trade", False, f"the trades differ: {left.trade} / {right.trade}")


@lru_cache(maxsize=1 << 14)
def _words(trade: str) -> frozenset[str]:
    words, at = set(), 0
    while at < len(trade):
        size = word_at(trade, at)
        if size:
            words.add(trade[at : at + size])
        at += size or 1
    return frozenset(synonyms().get(word, word) for word in words)


def _trade_words(name: EnterpriseName) -> frozenset[str]:
    return _words(name.trade)


def _form(left: EnterpriseName, right: EnterpriseName) -> Feature:
    a, b = left.form, right.form
    if a == b:
        return Feature("form", True, f"the legal forms are equal: {a or 'none named'}")
    if not a or not b:
        return Feature("form", None, f"only one name has a legal form: {a or b}")
    kinds = {forms()[a], forms()[b]}
    if len(kinds) == 1 or kinds == {"company", "joint_stock"}:
        return Feature("form", True, f"{a} and {b} are forms one company may change between")
    return Feature("form", False, f"the legal forms exclude each other: {a} / {b}")


def _branch(left: EnterpriseName, right: EnterpriseName) -> Feature:
    if left.branch == right.branch:
        return Feature(
            "branch", True, f"same branch: {left.branch}" if left.branch else "neither is a branch"
        )
    return Feature(
        "branch", False, f"not the same branch: {left.branch or '(head)'} / {right.branch or '(head)'}"
    )
