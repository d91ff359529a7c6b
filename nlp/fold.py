"""A text for patterns: the same length, simplified characters, one width for signs, one form for brackets."""

from functools import cache, lru_cache
from typing import Protocol

_WIDE_LETTERS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS = str.maketrans(
    dict.fromkeys("﹝[【［", "〔")
    | dict.fromkeys("﹞]】］", "〕")
    | dict.fromkeys("「『", "“")
    | dict.fromkeys("」』", "”")
    | dict.fromkeys("｜│┃║", "|")
    | dict.fromkeys("\u3000\xa0\u2002\u2003\u2009", " ")
    | {"﹙": "(", "﹚": ")", "〇": "〇", "○": "〇", "Ｏ": "〇", "＊": "*", "×": "×"}
)


class _Converter(Protocol):
    dict_cache: dict[str, tuple[int, int, dict[str, str]]]

    def convert(self, string: str) -> str: ...


@lru_cache(maxsize=32)
def fold(text: str) -> str:
    """The text for matching: every offset stays, 當→当, （→(, ，→, and 【→〔."""
    return text.translate(_SIGNS).translate(_WIDE_LETTERS).translate(_simple())


@cache
def _simple() -> dict[int, str]:
    """Each traditional character with its simplified one, where that is a single character too."""
    from opencc import OpenCC  # reads its tables: not before the first text

    converter: _Converter = OpenCC("t2s")
    keys = sorted({k for _, _, table in converter.dict_cache.values() for k in table if len(k) == 1})
    plain = converter.convert("\n".join(keys)).split("\n")
    return {ord(k): v for k, v in zip(keys, plain, strict=True) if len(v) == 1 and k != v}
