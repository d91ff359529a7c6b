"""Numbers that authorities issue, read and judged but never repaired; and the ids this graph makes from them.

Standards: GB 32100-2015 (统一社会信用代码), GB 11714-1997 (组织机构代码), GS 15-2006 (工商注册号, ISO 7064
MOD 11,10), GB 11643-1999 (公民身份号码, ISO 7064 MOD 11-2), ISO 17442 (LEI). A clean number takes one regular
expression and one checksum: these readers run once for each distinct value of a column.
"""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Literal

from stdnum.cn import ric
from stdnum.iso7064 import mod_11_10, mod_97_10

from graph_model.claims import digest
from graph_model.errors import InputError
from graph_model.names.clean import name_key

Scheme = Literal["uscc", "regno", "orgcode", "idno", "lei"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number as it was read; `problem` says why it is not valid: length, alphabet, check, division, date, masked."""

    scheme: Scheme
    value: str
    valid: bool
    problem: str | None


# 10 is the State administration itself (100000), the rest the provinces of GB/T 2260.
_DIVISIONS = frozenset(
    str(code)
    for group in ((10, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 83))
    for code in range(*group)
)
_BLANK = frozenset(("", "无", "暂无", "空", "NULL", "NONE", "NAN", "N/A", "/", "\\"))
# width only: NFKC would also turn ② into 2, which is a repair
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SEPARATORS = re.compile(r"[\s\-‐-―−_·\u200b-\u200f\ufeff]+")

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[1-9ANY][{_USCC_ALPHABET}]\d{{6}}[{_USCC_ALPHABET}]{{10}}", re.ASCII)
_USCC_VALUES = bytes.maketrans(_USCC_ALPHABET.encode(), bytes(range(31)))
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORGCODE = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)
_ORGCODE_VALUE = {char: int(char, 36) for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}.__getitem__
_ORGCODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_REGNO = re.compile(r"\d{15}|\d{13}", re.ASCII)
_IDNO = re.compile(r"\d{17}[\dX]|\d{15}", re.ASCII)
_MASKED_IDNO = re.compile(r"[\dX]{0,14}[*●×]{2,}[\d*●×]{0,9}X?|\d{1,14}X{4,}[\dX]{0,4}", re.ASCII)
_LEI = re.compile(r"[0-9A-Z]{18}\d{2}", re.ASCII)


def normal_number(text: str) -> str:
    """The number in half width and capitals without spaces and hyphens; empty where the text says there is none."""
    plain = _SEPARATORS.sub("", text.translate(_HALF_WIDTH)).upper()
    return "" if plain in _BLANK else plain


def read_uscc(text: str | None) -> Identifier | None:
    """The 统一社会信用代码 in the text, judged; None where the text is blank."""
    if text is None:
        return None
    if _USCC.fullmatch(text) is None:
        text = normal_number(text)
        if not text:
            return None
    problem = _uscc_problem(text)
    return Identifier("uscc", text, problem is None, problem)


def _uscc_problem(number: str) -> str | None:
    if len(number) != 18:
        return "length"
    if _USCC.fullmatch(number) is None:
        return "alphabet"
    if _uscc_check(number) != number[17]:
        return "check"
    return None if number[2:4] in _DIVISIONS else "division"


def _uscc_check(number: str) -> str:
    # stdnum.cn.uscc has the same formula, but takes only digits in front (GB 32100 also has A, N, Y)
    # and many times as long
    values = number[:17].encode().translate(_USCC_VALUES)
    return _USCC_ALPHABET[-sum(map(mul, values, _USCC_WEIGHTS)) % 31]


def read_regno(text: str | None) -> Identifier | None:
    """The 工商注册号 in the text, judged: 15 digits with their check digit, or the older 13, which have none."""
    if text is None:
        return None
    if _REGNO.fullmatch(text) is None:
        text = normal_number(text)
        if not text:
            return None
    problem = _regno_problem(text)
    return Identifier("regno", text, problem is None, problem)


def _regno_problem(number: str) -> str | None:
    if len(number) not in (13, 15):
        return "length"
    if _REGNO.fullmatch(number) is None:
        return "alphabet"
    if len(number) == 15 and mod_11_10.checksum(number) != 1:
        return "check"
    return None if number[:2] in _DIVISIONS else "division"


def read_orgcode(text: str | None) -> Identifier | None:
    """The 组织机构代码 in the text, judged, without its hyphen."""
    if text is None:
        return None
    if _ORGCODE.fullmatch(text) is None:
        text = normal_number(text)
        if not text:
            return None
    problem = _orgcode_problem(text)
    return Identifier("orgcode", text, problem is None, problem)


def _orgcode_problem(number: str) -> str | None:
    if len(number) != 9:
        return "length"
    if _ORGCODE.fullmatch(number) is None:
        return "alphabet"
    total = sum(map(mul, map(_ORGCODE_VALUE, number[:8]), _ORGCODE_WEIGHTS))
    return None if "0123456789X"[-total % 11] == number[8] else "check"


def orgcode_of(uscc: str) -> str:
    """The 组织机构代码 inside a 统一社会信用代码: its characters 9 to 17."""
    return uscc[8:17]


def read_idno(text: str | None) -> Identifier | None:
    """The resident ID number in the text, judged; a masked one is kept as such and never counts as valid."""
    number = normal_number(text) if text is not None else ""
    if not number:
        return None
    problem = "masked" if _MASKED_IDNO.fullmatch(number) else _idno_problem(number)
    return Identifier("idno", number, problem is None, problem)


def _idno_problem(number: str) -> str | None:
    if len(number) not in (15, 18):
        return "length"
    if _IDNO.fullmatch(number) is None:
        return "alphabet"
    if len(number) == 18 and ric.calc_check_digit(number) != number[17]:
        return "check"
    if number[:2] not in _DIVISIONS:
        return "division"
    return None if _born(number) else "date"


def _born(number: str) -> date | None:
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if 1880 <= day.year < 2100 else None


def read_lei(text: str | None) -> Identifier | None:
    """The 全球法人机构识别编码 (LEI) in the text, judged."""
    number = normal_number(text) if text is not None else ""
    if not number:
        return None
    problem = "length" if len(number) != 20 else "alphabet" if _LEI.fullmatch(number) is None else None
    if problem is None and not mod_97_10.is_valid(number):
        problem = "check"
    return Identifier("lei", number, problem is None, problem)


def read_number(text: str | None) -> Identifier | None:
    """The number in a column that mixes schemes, read by its length: 9, 13, 15, 18 or 20 characters."""
    number = normal_number(text) if text is not None else ""
    if len(number) == 9:
        return read_orgcode(number)
    if len(number) == 20:
        return read_lei(number)
    if len(number) in (13, 15):
        return read_regno(number)
    found = read_uscc(number)
    if found is not None and not found.valid:
        person = read_idno(number)
        if person is not None and (person.valid or person.problem == "masked"):
            return person
    return found


def enterprise_id(
    *, uscc: str | None = None, regno: str | None = None, orgcode: str | None = None, name: str | None = None
) -> str:
    """The id of an enterprise from the best *valid* number it has, else from its full name."""
    for found in (read_uscc(uscc), read_orgcode(orgcode), read_regno(regno)):
        if found is not None and found.valid:
            return f"cn-{found.scheme}-{found.value}"
    key = name_key(name) if name else ""
    if not key:
        raise InputError(
            f"an enterprise needs a valid number or a name; got uscc {uscc!r}, orgcode {orgcode!r}, "
            f"regno {regno!r}, name {name!r}: map a column with one of them"
        )
    return named_enterprise(key)


def named_enterprise(key: str, *, within: str | None = None) -> str:
    """The id of an enterprise known by the key of its full name, or of a short name `within` one source."""
    return f"cn-name-{digest(key) if within is None else digest(within, key)}"


def named_authority(key: str) -> str:
    """The id of an authority known by the key of its name."""
    return f"auth-{digest(key)}"


def named_person(scope: str, key: str) -> str:
    """The id of a person as one scope names him (an enterprise id, a masked number, a document's row), by the key of his name."""
    return f"p-{digest(scope, key)}"


def person_id(scope: str, name: str) -> str:
    """The id of a person as one scope names him."""
    return named_person(scope, name_key(name))


_FULL_ID = re.compile(
    r"(?<![0-9０-９])[0-9０-９]{6}[ -]?"
    r"(?:[0-9０-９]{8}[ -]?[0-9０-９]{3}[0-9０-９XxＸｘ]|[0-9０-９]{9})(?![0-9０-９])"
)
_LONG_RUN = re.compile(r"[0-9０-９]{8}")
_SAYS_PERSON = re.compile(r"身份证|身份号码|公民身份|证件号")
_SAYS_ENTERPRISE = re.compile(r"信用代码|注册号|机构代码")


def mask_idno(text: str) -> str:
    """The resident ID number with its birth date hidden: first six, ********, last four."""
    number = normal_number(text)
    if sum(char.isdigit() for char in number) < 12 or _enterprise_only(number):
        return text
    return _masked(number)


def mask_text(text: str) -> str:
    """The text with every full resident ID number masked; 统一社会信用代码 and 注册号 stay as they are."""
    if _LONG_RUN.search(text) is None:
        return text
    return _FULL_ID.sub(_mask_match, text)


def _mask_match(match: re.Match[str]) -> str:
    number = normal_number(match[0])
    before = match.string[max(0, match.start() - 20) : match.start()]
    person, enterprise = _last(_SAYS_PERSON, before), _last(_SAYS_ENTERPRISE, before)
    if person > enterprise:  # called an ID: masked even with a slip in it
        return match[0] if _enterprise_only(number) else _masked(number)
    if not _shaped(number) or _enterprise_only(number):
        return match[0]
    # 15 digits carry no check of their own, so a registration number that checks is left alone
    called = enterprise >= 0 and (len(number) == 15 or _uscc_problem(number) is None)
    return match[0] if called or _regno_problem(number) is None else _masked(number)


def _shaped(number: str) -> bool:
    """Whether it has a division and a birth date where an ID number has them: one mistyped digit hides nobody."""
    return number[:2] in _DIVISIONS and _IDNO.fullmatch(number) is not None and _born(number) is not None


def _masked(number: str) -> str:
    return f"{number[:6]}********{number[-4:]}"


def _enterprise_only(number: str) -> bool:
    if _idno_problem(number) is None:
        return False
    return _uscc_problem(number) is None or _regno_problem(number) is None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
