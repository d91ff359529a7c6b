"""When two strings of an annotation say the same: names, document numbers, roles, lists, measures, dates, amounts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.clean import simplify

_PINYIN = re.compile(r"\s*\([a-zü\u00e0-\u01dc]{1,7}\s?\)\s*")
_SIGNS = str.maketrans(
    dict.fromkeys("〔[（【﹝{", "(") | dict.fromkeys("〕]）】﹞}", ")") | dict.fromkeys("「」『』“”", '"') | dict.fromkeys("‘’", "'")
    | {"，": ",", "；": ";", "：": ":"}
)  # fmt: skip
_YEAR = re.compile(r"\((?:19|20)\d\d\)")
_BARE_YEAR = re.compile(r"(\D*)((?:19|20)\d\d.*)$")


@lru_cache(maxsize=65536)
def plain(text: object) -> str:
    """The text as it is compared: one width, simplified, no blanks, no pinyin, one form of brackets and quotes."""
    if text is None:
        return ""
    folded = _PINYIN.sub("", unicodedata.normalize("NFKC", str(text)))
    return re.sub(r"\s+", "", simplify(folded).translate(_SIGNS)).lower()


def plain_number(text: object) -> str:
    """A document's number without brackets, blanks and quotes."""
    return re.sub(r"[^0-9a-z\u4e00-\u9fff*]", "", plain(text))


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(files("nlp").joinpath("patterns", "agreement.yml").read_text("utf-8"))
    return table


@cache
def _pattern(name: str) -> re.Pattern[str]:
    value = _table()[name]
    return re.compile("|".join(value) if isinstance(value, list) else value.strip())


def _split_number(text: object) -> tuple[str, str] | None:
    """The issuer's characters without the document's words, and the rest from the year on; None without a year."""
    whole = plain(text)
    year = _YEAR.search(whole)
    if year:
        issuer, rest = plain_number(whole[: year.start()]), plain_number(whole[year.start() :])
    else:
        match = _BARE_YEAR.match(plain_number(text))
        if match is None:
            return None
        issuer, rest = match.groups()
    return _pattern("document_words").sub("", issuer), re.sub(r"^(\d{4})第", r"\1", rest)


def same_number(gold: object, found: object, organ: Iterable[str] | None = None) -> bool:
    """Whether a found number is the annotated one; the deciding organ's name may stand before the found one."""
    one, other = plain_number(gold), plain_number(found)
    if not one or not other:
        return False
    if one == other:
        return True
    first, second = _split_number(gold), _split_number(found)
    if first is None or second is None or first[1] != second[1]:
        return False
    return first[0] == second[0] or second[0].endswith(first[0]) and _is_organ(second[0][: len(second[0]) - len(first[0])], organ)


def _is_organ(extra: str, organ: Iterable[str] | None) -> bool:
    extra = _short_csrc(extra)
    if organ:
        return len(extra) >= 3 and any(_short_csrc(plain_number(name)).endswith(extra) for name in organ)
    return _pattern("organ").fullmatch(extra) is not None


def _short_csrc(text: str) -> str:
    return text.replace("证券监督管理委员会", "证监会")


def canonical_role(text: object) -> str:
    """The one of the role terms that a post is."""
    post, roles = plain(text), _table()["roles"]
    if post in roles:
        return post
    if _pattern("agents").search(post):
        return "授权代表"
    post = _pattern("lesser_posts").sub("", post).replace("法人股东", "股东")
    return next((role for role, words in roles.items() if any(plain(word) in post for word in words)), "其他")


def canonical_list(text: object) -> str:
    """The code of the list that a name means."""
    name = plain(text)
    if not name:
        return "其他"
    return next((code for code, pattern in _table()["lists"] if re.search(pattern, name)), f"其他:{name}")


def canonical_measure(text: object) -> str:
    """The kind of measure that a wording means."""
    name = plain(text)
    return next((kind for kind, words in _table()["measures"].items() if any(word in name for word in words)), name)


def number(value: object) -> float | None:
    """The value as a number; None where it is none."""
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None


def same_amount(gold: object, found: object, slack: float = 0.011) -> bool:
    """Whether two numbers are equal but for rounding."""
    one, other = number(gold), number(found)
    return one is not None and other is not None and abs(one - other) <= max(slack, 1e-9 * abs(one))


def same_date(gold: object, found: object) -> bool:
    """Whether two dates are equal, or the annotated one is the month or year of the found one."""
    one, other = str(gold or ""), str(found or "")
    return bool(one) and bool(other) and (one == other or other.startswith(f"{one}-"))


def overlap(gold: object, found: object) -> float:
    """How many pairs of characters two texts share, from 0 to 1 (Dice)."""
    one, other = plain(gold), plain(found)
    if not one or not other:
        return 0.0
    first, second = (Counter(t[i : i + 2] for i in range(max(1, len(t) - 1))) for t in (one, other))
    return 2.0 * sum((first & second).values()) / (sum(first.values()) + sum(second.values()))
