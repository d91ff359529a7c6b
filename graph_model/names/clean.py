"""How a name is shown and how it is compared: two forms, both pure and both stable under repetition."""

import re
import unicodedata
from functools import cache
from typing import Protocol

# Chinese characters (with 〇 々), kana, and full-width signs that never want a space beside them
_CJK = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = _CJK + "（）《》、·"
_CLEAN = re.compile(rf"[{_CJK}]+(?:（[{_CJK}]+）[{_CJK}]*)*")
_HAS_CJK = re.compile(f"[{_CJK}]")
_PLAIN = re.compile(r"[\u4e00-\u9fff]+")
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_WIDE_GAP = re.compile(rf" (?=[{_WIDE}])|(?<=[{_WIDE}]) ")
_EDGE = " 、,，.。;；:：|\"'“”‘’"
_TAIL = _EDGE + "…-—_/\\"
_KEY_NOISE = re.compile(r"[\s（）()《》〈〉〔〕\[\]【】·.,，、'\"“”‘’\-—_]+")
# NFKC makes every bracket half width; a name with Chinese in it is written with full-width ones. Dots become ·
_SIGNS = str.maketrans(
    {"(": "（", ")": "）", "〔": "（", "〕": "）", "【": "（", "】": "）", "[": "（", "]": "）"}
    | dict.fromkeys("•‧・･∙⋅●\u0387", "·")
)


def clean_name(text: str) -> str:
    """The name for display: one width, （） for brackets, no spaces between Chinese characters, no stray end signs."""
    if _CLEAN.fullmatch(text) is not None:
        return text
    previous = None
    while previous != text:  # taking one sign off may bare the next
        previous = text
        text = _clean_once(text)
    return text


def _clean_once(text: str) -> str:
    text = _SPACES.sub(" ", unicodedata.normalize("NFKC", text))
    if _HAS_CJK.search(text) is None:
        return text.lstrip(_EDGE).rstrip(_TAIL)
    text = text.translate(_SIGNS)
    return _WIDE_GAP.sub("", text).lstrip(_EDGE).rstrip(_TAIL)


def name_key(text: str) -> str:
    """The name for comparison: cleaned, simplified, without brackets, dots and spaces, in one case."""
    if _PLAIN.fullmatch(text) is not None and _traditional().isdisjoint(text):
        return text
    previous = None
    while previous != text:
        previous = text
        text = _simplify(unicodedata.normalize("NFKC", _KEY_NOISE.sub("", clean_name(text).casefold())))
    return text


def _simplify(text: str) -> str:
    return text if _traditional().isdisjoint(text) else _converter().convert(text)


class _Converter(Protocol):
    dict_cache: dict[str, tuple[int, int, dict[str, str]]]

    def convert(self, string: str) -> str: ...


@cache
def _converter() -> _Converter:
    from opencc import OpenCC  # reads its tables: not before the first name

    converter: _Converter = OpenCC("t2s")
    return converter


@cache
def _traditional() -> frozenset[str]:
    """Every character that simplifying may change, so that the slow converter sees only names with one."""
    tables = [table for _, _, table in _converter().dict_cache.values()]
    return frozenset(
        key for table in tables for key, value in table.items() if len(key) == 1 and key != value
    )
