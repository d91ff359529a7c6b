"""Dates in a text in ISO form: 二〇二四年三月五日, 2024年10月, 3月5日 or 去年 with the year that the context gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from nlp.fold import fold

_HAN_DIGITS = {c: str(i % 10) for c, i in zip("〇一二三四五六七八九零ＯO", [*range(10), 0, 0, 0], strict=True)}
_ZERO = "〇零Oo0"
_HAN_YEAR = rf"[一二][{_ZERO}九][{_ZERO}一二三四五六七八九]{{2}}"
_HAN_DAY = r"(?:二十|三十|十)?[一二三四五六七八九]|二十|三十|十|廿[一二三四五六七八九]?"
_DATE = re.compile(
    rf"(?P<full>(?P<y>(?<!\d)(?:19|20)\d\s?\d|{_HAN_YEAR})\s*年\s*(?P<m>1[0-2]|0?[1-9]|{_HAN_DAY})\s*月\s*(?:份\s*)?(?:(?P<d>[12]\d|3[01]|0?[1-9]|{_HAN_DAY})\s*(?:[日号]|(?![\d\u4e00-\u9fff.、])))?)"
    r"|(?P<sep>(?<![\d.])(?P<y2>(?:19|20)\d\d)[-./](?P<m2>1[0-2]|0?[1-9])[-./](?P<d2>[12]\d|3[01]|0?[1-9])(?!\d))"
    r"|(?P<run>(?<!\d)(?P<y3>20[0-3]\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>[0-2]\d|3[01])\s?日)"
    r"|(?P<rel>(?P<word>去年|今年|前年|上年|当年|同年|本年)(?:度)?\s*(?:(?P<m4>1[0-2]|0?[1-9])\s*月\s*(?:(?P<d4>[12]\d|3[01]|0?[1-9])\s*日)?)?)"
    r"|(?P<md>(?<![\d年])(?P<m5>1[0-2]|0?[1-9])\s*月\s*(?P<d5>[12]\d|3[01]|0?[1-9])\s*[日号])"
    r"|(?P<mo>(?<![\d年第])(?:同年)?(?P<m6>1[0-2]|[1-9])\s*月(?:份|初|底|中旬|上旬|下旬)(?![日\d]))"
    r"|(?P<day>(?:昨|今|前|同|当|次)(?:天|日)(?!前))"
    r"|(?P<dd>(?<![\d月年第\-~至到、.])(?P<d7>[12]\d|3[01]|[1-9])日(?=[,，上下晚凌,从,]|记者|召开|发布|公布|对|,))"
    r"|(?P<yo>(?<!\d)(?P<y8>(?:19|20)\d\d)\s*年)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date with its place; `iso` is YYYY-MM-DD, YYYY-MM or YYYY; `told` where the year or more came from elsewhere."""

    iso: str
    start: int
    end: int
    told: bool = False

    @property
    def full(self) -> bool:
        """Whether the day is known."""
        return len(self.iso) == 10


@lru_cache(maxsize=64)
def dates(text: str, context: str | None = None) -> tuple[Day, ...]:
    """Every date of a text, in its order; `context` (YYYY[-MM[-DD]]) gives what the text leaves out."""
    return tuple(_found(fold(text), context))


def _found(text: str, context: str | None) -> Iterator[Day]:
    last: Day | None = None
    for match in _DATE.finditer(text):
        iso = _explicit(match)
        found = Day(iso, *match.span()) if iso else None
        if found is None and (inferred := _inferred(text, match, last, context)):
            found = Day(inferred, *match.span(), told=True)
        if found is not None:
            last = found if match["day"] is None else last
            yield found


def _explicit(match: re.Match[str]) -> str | None:
    """The date that the words give alone."""
    for year, month, day in (("y", "m", "d"), ("y2", "m2", "d2"), ("y3", "m3", "d3"), ("y8", None, None)):
        if match[year]:
            return _iso(match[year], match[month] if month else None, match[day] if day else None)
    return None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """The ISO form, None where the calendar has no such day."""
    numbers = [_number(part) for part in (year, month, day) if part]
    if len(numbers) == 3 and not _exists(*numbers):
        return None
    return "-".join([f"{numbers[0]:04d}", *(f"{n:02d}" for n in numbers[1:])])


def _number(text: str) -> int:
    plain = re.sub(r"\s", "", text)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if len(plain) == 4:
        return int("".join(_HAN_DIGITS.get(c, c if c.isdigit() else "0") for c in plain))
    tens, ten, ones = plain.replace("廿", "二十").rpartition("十")
    return (int(_HAN_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(_HAN_DIGITS.get(ones, "0") or 0)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _inferred(text: str, match: re.Match[str], last: Day | None, context: str | None) -> str | None:
    """The date with the part that the words leave out."""
    if match["day"]:
        return _relative_day(match["day"], last, context)
    if match["rel"]:
        return _relative_year(match, last, context)
    if match["dd"]:
        return _day_of_context(match["d7"], context)
    if not (match["md"] or match["mo"]):
        return None
    month, day = (match["m5"], match["d5"]) if match["md"] else (match["m6"], None)
    year = _year_for(text, match, last, context, f"{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
    return _iso(year, month, day) if year else None


def _year_for(text: str, match: re.Match[str], last: Day | None, context: str | None, rest: str) -> str | None:
    """The year of a date without one: of the date before in the same sentence, of the context, of the date before."""
    near = last and not re.search(r"[。\n]", text[last.end : match.start()])
    if last and near and not (last.told and context):
        return last.iso[:4]
    if context:
        later = len(context) >= 7 and rest[: len(context) - 5] > context[5:]
        return str(int(context[:4]) - 1) if later else context[:4]
    return last.iso[:4] if last else None


def _relative_year(match: re.Match[str], last: Day | None, context: str | None) -> str | None:
    word = match["word"]
    base = last.iso[:4] if word in ("当年", "同年") and last else context[:4] if context else None
    if base is None:
        return None
    shift = {"去年": 1, "上年": 1, "前年": 2}.get(word, 0)
    return _iso(str(int(base) - shift), match["m4"], match["d4"])


def _relative_day(word: str, last: Day | None, context: str | None) -> str | None:
    if word[0] in "同当次":
        return _shifted(last.iso, 1 if word[0] == "次" else 0) if last and last.full else None
    days = {"昨": -1, "今": 0, "前": -2}[word[0]]
    return _shifted(context, days) if context and len(context) == 10 else None


def _shifted(iso: str, days: int) -> str:
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()


def _day_of_context(day: str, context: str | None) -> str | None:
    """A bare day of the month: in the month of the context, or in the month before it where it would be later."""
    if not context or len(context) != 10:
        return None
    base = date.fromisoformat(context)
    if int(day) > base.day:
        base = base.replace(day=1) - timedelta(days=1)
    return _iso(str(base.year), str(base.month), day)
