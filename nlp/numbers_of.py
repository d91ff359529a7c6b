"""Numbers that belong to a name: 统一社会信用代码, 注册号, stock and customs codes, the day of foundation."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph_model.identifiers import read_uscc
from graph_model.kinds import BadValue, clean_date
from nlp.named import Named

_LABEL = r"(?:(?:社会)?信用(?:代码|码|号)|纳税人识别号|税务登记号|税号|组织机构代码)(?:证号?)?(?:（[^（）]{1,14}）|_\d)*）?[ \t\n：:|为是/]{0,6}"
_CODE = r"[0-9A-Z*×]"
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "uscc": re.compile(
        rf"{_LABEL}(?P<masked>(?=[0-9A-Z×*]{{0,17}}\d){_CODE}(?: ?{_CODE}){{13,19}})(?![0-9A-Za-z*])"
        r"|(?<![0-9A-Za-z*.〔第-])(?P<value>(?:[159]\d|[ANY]\d)[0-9*]{6}[0-9A-HJ-NPQRTUWXY*]{9,10})(?![0-9A-Za-z*号])"
        r"|(?<![0-9A-Za-z*.〔第-])(?P<hidden>[159]\d[0-9A-Z]{2,10}\*{4,12}[0-9A-Z]{0,6})(?![0-9A-Za-z*])"
    ),
    "reg_no": re.compile(r"注册号(?:码)?(?:（[^（）]{1,12}）)?[ ：:|为是\t]*(?P<value>\d{13,15})(?!\d)"),
    "customs_code": re.compile(r"海关(?:注册|备案)?(?:登记)?(?:编码|代码|编号|注册号)[ ：:|为是\t]*(?P<value>[0-9A-Z]{10})(?![0-9A-Z])"),
    "stock_code": re.compile(r"(?:(?:证券|股票|公司|A股)代码[ ：:|为是\t]*|[（(](?:SH|SZ|sh|sz)?)(?P<value>[03689]\d{5})(?:\.S[HZ])?(?!\d)"),
    "established": re.compile(r"(?:成立日期|成立时间|成立于|注册日期)[ ：:|为是\t]*(?P<value>\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})"),
}  # fmt: skip
_PERSONAL = re.compile(r"\d{6}(?:19|20)\d\d(?:[01*]|$)|\d{6}(?:19|20)[\d*]{2,4}")
_OF_PERSON = re.compile(r"(?:身份证|证件|公民)[^\n，。；]{0,12}$")
_NEW_RECORD = re.compile(
    r"\n[ \t]*\n|(?:企业|单位|公司|当事人|供应商|纳税人|机构|商户|相对人)(?:全称|名称)?[ \t]*[：|]|[。；]"
)
_FAR = 400
_NEXT = 90


@dataclass(frozen=True, slots=True)
class _Found:
    """One number with its place; `labelled` where the text says what it is."""

    start: int
    end: int
    kind: str
    value: str


def numbers(text: str, names: Sequence[Named]) -> dict[int, dict[str, str]]:
    """For each name (by its index) the numbers of its line, row or record, printed behind it or before it."""
    holders = [i for i, name in enumerate(names) if name.type not in ("Person", "Court", "Authority")]
    organs = [i for i, name in enumerate(names) if name.type in ("Authority", "Institution")]
    found: dict[int, dict[str, str]] = {}
    seen: set[str] = set()
    for number in (number for kind in _PATTERNS for number in _values(text, kind)):
        if number.kind == "uscc" and number.value in seen:
            continue
        seen.add(number.value)
        own = organs if number.kind == "uscc" and number.value.startswith("1") else holders
        bound = frozenset(place for place, index in enumerate(own) if number.kind in found.get(index, ()))
        place = _Places(text, [names[i] for i in own], bound).holder(number)
        if place is not None:
            found.setdefault(own[place], {}).setdefault(number.kind, number.value)
    return found


def _values(text: str, kind: str) -> Iterator[_Found]:
    """The numbers of one kind that the text prints."""
    for match in _PATTERNS[kind].finditer(text):
        said = next(value for value in match.groups() if value)
        value = _value(kind, re.sub(" ", "", said), labelled=match.groupdict().get("masked") is not None)
        if value and not (
            kind == "uscc" and _OF_PERSON.search(text, max(0, match.start() - 24), match.start())
        ):
            yield _Found(match.start(), match.end(), kind, value)


def _value(kind: str, value: str, *, labelled: bool) -> str:
    if kind == "established":
        try:
            return clean_date(value)
        except BadValue:
            return ""
    if kind == "uscc" and not labelled and _PERSONAL.match(value) and not value.startswith("9"):
        return ""
    return "" if value.count("*") > 14 else value


def valid_uscc(value: str) -> bool:
    """Whether the number's check character and division are right."""
    found = read_uscc(value)
    return found is not None and found.valid


@dataclass(frozen=True, slots=True)
class _Places:
    """The names that may bear a number, in the order of the text, and which of them have one."""

    text: str
    names: Sequence[Named]
    bound: frozenset[int]

    def holder(self, number: _Found) -> int | None:
        """The last name before the number that has none yet and is of its entry, else the next behind it."""
        at = bisect_left(self.names, number.start, key=lambda name: name.start)
        before = at - 1 if at and number.start - self.names[at - 1].end <= _FAR else None
        after = at if at < len(self.names) and self.names[at].start - number.end <= _NEXT else None
        if before is None or after is None or after in self.bound:
            return after if before is None else before
        return after if before in self.bound or self._begins_entry(number, before, after) else before

    def _begins_entry(self, number: _Found, before: int, after: int) -> bool:
        """Whether the number opens the line or record in which the next name stands."""
        between = self.text[self.names[before].end : number.start]
        if "\n" not in between or "\n" in self.text[number.end : self.names[after].start]:
            return False
        return between.count("\n") > 4 or _NEW_RECORD.search(between) is not None


__all__ = ["numbers", "valid_uscc"]
