"""Value kinds: how a cell of text becomes a clean value, and which column it is stored in.

A cleaner takes text that is not blank and gives the canonical text, or raises `BadValue` with a reason code.
Dates, money and shares are kept as exact text on both stores: a calendar type cannot say "some day in
March 2021", a float cannot say 118.68 万元, and neither store converts them the same way.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Literal
from unicodedata import normalize

Column = Literal["STRING", "INT64", "BOOL"]


class BadValue(ValueError):
    """A cell that is no value of its kind: a reason code and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kind:
    """What one sort of value is: its cleaner, its column on the stores, its JSON type."""

    name: str
    clean: Callable[[str], str | int | bool]
    description: str
    column: Column = "STRING"
    json: str = "string"


def fold_width(text: str) -> str:
    """The text with full-width digits and letters as plain ones, outer white space off."""
    return normalize("NFKC", text).strip()


# --- dates ------------------------------------------------------------------------------------------

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTS = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月?)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(\d{4})\s*年?")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_SERIAL = re.compile(r"[2-6]\d{4}(\.\d+)?")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_DATE = re.compile(r"([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月)?(?:([一二三四五六七八九十]{1,3})日)?")
_EXCEL_EPOCH = date(1899, 12, 30)


def clean_date(text: str) -> str:
    """An ISO day, month or year: 2017年6月5日, 20170605, 2017/6/5, 二〇一七年六月五日 and the Excel serial 42891.

    A month or year alone stays one ("2021-03": some day in it). Raises `BadValue` code `date`.
    """
    if _ISO.fullmatch(text):
        return _checked(text, *map(int, text.split("-")))
    folded = _CLOCK.sub("", fold_width(text))
    for pattern in (_PARTS, _COMPACT, _YEAR):
        found = pattern.fullmatch(folded)
        if found:
            return _checked(text, *(int(part) for part in found.groups() if part))
    if _SERIAL.fullmatch(folded):
        return (_EXCEL_EPOCH + timedelta(days=int(float(folded)))).isoformat()
    found = _HAN_DATE.fullmatch(folded)
    if found:
        year, *rest = (part for part in found.groups() if part)
        return _checked(text, int(year.translate(_HAN_DIGITS)), *map(_han_number, rest))
    raise BadValue("date", f"{text!r} is no date; expected for example 2017-06-05, 20170605 or 2017年6月5日")


def _han_number(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return int(text.translate(_HAN_DIGITS))
    return int((tens or "一").translate(_HAN_DIGITS)) * 10 + int((ones or "〇").translate(_HAN_DIGITS))


def _checked(text: str, year: int, month: int = 0, day: int = 0) -> str:
    if not 1800 <= year <= 2200:
        raise BadValue("date", f"{text!r}: the year {year} is outside 1800 to 2200")
    if not month:
        return f"{year:04d}"
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        raise BadValue("date", f"{text!r}: there is no such day")
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


OPEN_WORDS = frozenset({"长期", "永久", "至今", "无固定期限", "9999-12-31", "99991231", "2099-12-31"})
UNKNOWN = "unknown"


def clean_end(text: str) -> str:
    """A date, or "" for an end that is stated to be open (长期, 至今)."""
    return "" if fold_width(text) in OPEN_WORDS else clean_date(text)


# --- money ------------------------------------------------------------------------------------------

_UNITS: Mapping[str, Decimal] = MappingProxyType(
    {"": Decimal(1), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000),
     "百万": Decimal(1_000_000), "千万": Decimal(10_000_000), "亿": Decimal(100_000_000)}
)  # fmt: skip
_CURRENCIES: Mapping[str, str] = MappingProxyType(
    {"": "CNY", "人民币": "CNY", "rmb": "CNY", "cny": "CNY", "￥": "CNY", "¥": "CNY",
     "美": "USD", "usd": "USD", "港": "HKD", "港币": "HKD", "hkd": "HKD", "欧": "EUR", "eur": "EUR",
     "日": "JPY", "英镑": "GBP", "新台币": "TWD", "新加坡": "SGD", "加拿大": "CAD", "澳大利亚": "AUD", "澳": "AUD"}
)  # fmt: skip
_MONEY = re.compile(
    r"(?P<before>人民币|rmb|cny|usd|￥|¥)?\s*(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>百万|千万|[十百千万亿]?)"
    r"\s*(?P<currency>人民币|美|港币|港|欧|日|英镑|新台币|新加坡|加拿大|澳大利亚|澳|rmb|cny|usd|hkd|eur)?\s*元?"
    r"(?P<after>人民币|\(人民币\)|\(美元\)|美元|港元|港币|欧元)?整?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount and its ISO 4217 currency."""

    amount: Decimal
    currency: str


def read_money(text: str, *, unit: str = "") -> Money:
    """The amount in whole currency units (元): 118.68万元, 222.2222万元人民币, 1,800万美元, or a bare number in `unit`.

    A unit inside the cell wins over the column's (万元 inside a 万元 column is a known error source).
    Raises `BadValue` code `money`.
    """
    found = _MONEY.fullmatch(fold_width(text).replace(" ", ""))
    if not found:
        raise BadValue("money", f"{text!r} is no amount; expected for example 118.68万元 or 60000")
    try:
        number = Decimal(found["number"].replace(",", ""))
    except InvalidOperation as error:
        raise BadValue("money", f"{text!r} is no amount") from error
    stated = found["unit"] or ("" if "元" in found[0] else unit)
    marks = [m.strip("()").removesuffix("元").lower() for m in (found["before"], found["currency"], found["after"]) if m]
    currency = next((_CURRENCIES[mark] for mark in marks if mark in _CURRENCIES), "CNY")
    return Money(plain(number * _UNITS[stated]), currency)


def plain(number: Decimal) -> Decimal:
    """The number without an exponent and without zeros that say nothing."""
    whole = number.normalize()
    return whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole


def clean_money(text: str) -> str:
    """Decimal yuan as exact text; another currency keeps its code: "18000000 USD"."""
    money = read_money(text)
    return f"{money.amount}" if money.currency == "CNY" else f"{money.amount} {money.currency}"


def clean_money_wan(text: str) -> str:
    """As `clean_money`, for a column headed 万元."""
    money = read_money(text, unit="万")
    return f"{money.amount}" if money.currency == "CNY" else f"{money.amount} {money.currency}"


# --- shares -----------------------------------------------------------------------------------------

_PERCENT = re.compile(r"(\d+(?:\.\d+)?|\d+/\d+)\s*[%％]?")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]?\s*[-–—~～至到]\s*(\d+(?:\.\d+)?)\s*[%％]?")


def read_share(text: str) -> tuple[Fraction, Fraction]:
    """The least and the greatest percentage the text allows; equal when it is exact. Raises `BadValue` code `share`."""
    folded = fold_width(text)
    between = _RANGE.fullmatch(folded)
    exact = _PERCENT.fullmatch(folded)
    if not between and not exact:
        raise BadValue("share", f"{text!r} is no percentage; expected for example 28.69, 28.69% or 5%-10%")
    low, high = (Fraction(g) for g in between.groups()) if between else (Fraction(exact[1]),) * 2  # type: ignore[index]
    if not 0 <= low <= high <= 100:
        raise BadValue("share", f"{text!r}: a share lies between 0 and 100 percent")
    return low, high


def share_text(value: Fraction) -> str:
    """A percentage as exact text: a decimal where it ends, else a fraction such as 1500/49."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return f"{plain(Decimal(value.numerator) / Decimal(value.denominator))}" if rest == 1 else f"{value}"


def clean_share(text: str) -> str:
    """A percentage as exact text ("28.69"), or "5..10" for a range."""
    low, high = read_share(text)
    return share_text(low) if low == high else f"{share_text(low)}..{share_text(high)}"


def clean_ratio(text: str) -> str:
    """A share written as a ratio (0.2869) as percent."""
    try:
        return clean_share(str(Decimal(fold_width(text)) * 100))
    except InvalidOperation as error:
        raise BadValue("share", f"{text!r} is no ratio; expected for example 0.2869") from error


# --- the rest ---------------------------------------------------------------------------------------


def clean_text(text: str) -> str:
    """The text with width folded only at its edges: content is kept as the source has it."""
    return text.strip().strip("\ufeff\u3000").strip()


def clean_integer(text: str) -> int:
    """A whole number. Raises `BadValue` code `integer`."""
    try:
        number = Decimal(fold_width(text).replace(",", ""))
    except InvalidOperation as error:
        raise BadValue("integer", f"{text!r} is no whole number") from error
    if number != number.to_integral_value():
        raise BadValue("integer", f"{text!r} is no whole number")
    return int(number)


_YES = frozenset({"是", "有", "true", "yes", "y", "1", "完整"})
_NO = frozenset({"否", "无", "false", "no", "n", "0"})


def clean_boolean(text: str) -> bool:
    """是 or 否. Raises `BadValue` code `boolean`."""
    folded = fold_width(text).lower()
    if folded not in _YES | _NO:
        raise BadValue("boolean", f"{text!r} is neither 是 nor 否")
    return folded in _YES


def _kinds() -> Mapping[str, Kind]:
    kinds = (
        Kind("text", clean_text, "free text as the source has it"),
        Kind("name", clean_text, "the name of an enterprise, person or authority, as the source has it"),
        Kind("key", clean_text, "the comparison form of a name, made by us"),
        Kind("identifier", clean_text, "a number an authority issued"),
        Kind("date", clean_date, "ISO day, month or year; a shorter one is some day in it"),
        Kind("money", clean_money, "decimal yuan as exact text; another currency keeps its code"),
        Kind("share", clean_share, "percent as exact text, or min..max"),
        Kind("integer", clean_integer, "a whole number", "INT64", "integer"),
        Kind("boolean", clean_boolean, "true or false", "BOOL", "boolean"),
    )
    return MappingProxyType({kind.name: kind for kind in kinds})


KINDS = _kinds()
