"""Numbers are judged, never repaired; ids and masks hold their promises on any input."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from graph_model.errors import InputError
from graph_model.identifiers import (
    enterprise_id,
    mask_idno,
    mask_text,
    orgcode_of,
    person_id,
    read_idno,
    read_lei,
    read_number,
    read_orgcode,
    read_regno,
    read_uscc,
)
from tests.shared import needs_shared, shared

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC = "91330100MA2H31531M"  # 蚂蚁信用评级有限公司, as the People's Bank published it
REGNO = "330214000048633"


@st.composite
def valid_uscc(draw: st.DrawFn) -> str:
    body = (
        "91"
        + draw(st.sampled_from(("110000", "330100", "440300")))
        + draw(st.text(ALPHABET, min_size=9, max_size=9))
    )
    return body + uscc.calc_check_digit(body)


@st.composite
def valid_idno(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2020, 12, 31)))
    body = (
        f"{draw(st.sampled_from(('110101', '330106', '440305')))}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    )
    return body + ric.calc_check_digit(body + "0")


@given(valid_uscc())
def test_every_uscc_stdnum_accepts_is_valid(number: str) -> None:
    found = read_uscc(number)
    assert found is not None and found.valid and found.problem is None and uscc.is_valid(number)


@given(valid_uscc(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_change_of_a_uscc_is_found(number: str, at: int, char: str) -> None:
    assume(number[at] != char)
    changed = read_uscc(number[:at] + char + number[at + 1 :])
    assert changed is not None and not changed.valid and changed.value != number


@given(st.text())
def test_readers_take_any_text(text: str) -> None:
    for read in (read_uscc, read_regno, read_orgcode, read_idno, read_lei, read_number):
        found = read(text)
        assert found is None or found.valid == (found.problem is None)


@given(st.from_regex(r"\A(?:11|33|44)[0-9]{12}\Z"), st.integers(0, 9))
def test_registration_number_check_digit(body: str, last: int) -> None:
    found = read_regno(body + str(last))
    assert found is not None
    assert (found.problem == "check") == (mod_11_10.calc_check_digit(body) != str(last))


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        (USCC, USCC, None),
        ("９１３３０１００ｍａ２ｈ３１５３１ｍ", USCC, None),
        (" 9133-0100 MA2H31531M\u3000", USCC, None),
        ("91330100MA2H31531N", "91330100MA2H31531N", "check"),
        ("91330100MA2H3153", "91330100MA2H3153", "length"),
        ("91330100MA2H3I531M", "91330100MA2H3I531M", "alphabet"),
        ("9134082868 68674171", "913408286868674171", None),
        ("N2330100MF3456789", "N2330100MF3456789", "length"),
    ],
)
def test_uscc_is_normalised_and_judged(text: str, value: str, problem: str | None) -> None:
    found = read_uscc(text)
    assert found is not None
    assert (found.value, found.problem) == (value, problem)


def test_letters_of_gb_32100_may_stand_in_front() -> None:
    body = "N2330106MF1234567"
    assert read_uscc(body + uscc.calc_check_digit(body)) is not None
    assert read_uscc(body + uscc.calc_check_digit(body)).valid  # type: ignore[union-attr]


def test_unknown_division_is_said() -> None:
    body = "91990000MA2H31531"
    found = read_uscc(body + uscc.calc_check_digit(body))
    assert found is not None and found.problem == "division"


@pytest.mark.parametrize("text", [None, "", "  ", "无", "null", "-", "/", "\u3000"])
def test_blank_is_none(text: str | None) -> None:
    assert (
        read_uscc(text) is read_regno(text) is read_orgcode(text) is read_idno(text) is read_lei(text) is None
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (REGNO, None),
        ("3302140000 48633", None),
        ("330214000048634", "check"),
        ("3102262026849", None),
        ("企合渝总80077", "length"),
        ("22010702000578X", "alphabet"),
    ],
)
def test_registration_numbers(text: str, problem: str | None) -> None:
    found = read_regno(text)
    assert found is not None and found.problem == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("68686741-7", None),
        ("686867417", None),
        ("MA2H31531", None),
        ("686867418", "check"),
        ("6868674", "length"),
    ],
)
def test_organisation_codes(text: str, problem: str | None) -> None:
    found = read_orgcode(text)
    assert found is not None and found.problem == problem


def test_a_uscc_contains_its_orgcode() -> None:
    found = read_orgcode(orgcode_of(USCC))
    assert found is not None and found.valid


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3301**********1234", "masked"),
        ("110101********123X", "masked"),
        ("110101＊＊＊＊＊＊＊＊123X", "masked"),
        ("330106XXXXXXXX1234", "masked"),
        ("330106800101123", None),
        ("330106801301123", "date"),
        ("330106198001011234", "check"),
        ("33010619800101", "length"),
    ],
)
def test_resident_numbers(text: str, problem: str | None) -> None:
    found = read_idno(text)
    assert found is not None and found.problem == problem


def test_lei() -> None:
    good, bad = read_lei("213800KUD8LAJWSQ9D15"), read_lei("213800KUD8LAJWSQ9D16")
    assert good is not None and good.valid
    assert bad is not None and bad.problem == "check"


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        (USCC, "uscc"),
        (REGNO, "regno"),
        ("68686741-7", "orgcode"),
        ("110101********123X", "idno"),
        ("213800KUD8LAJWSQ9D15", "lei"),
        ("91330100MA2H31531N", "uscc"),
    ],
)
def test_a_mixed_column_is_read_by_shape(text: str, scheme: str) -> None:
    found = read_number(text)
    assert found is not None and found.scheme == scheme


def test_enterprise_id_takes_the_best_valid_number() -> None:
    assert enterprise_id(uscc=USCC, regno=REGNO, name="甲有限公司") == f"cn-uscc-{USCC}"
    assert enterprise_id(uscc="91330100MA2H31531N", orgcode="68686741-7") == "cn-orgcode-686867417"
    assert enterprise_id(orgcode="1", regno=REGNO) == f"cn-regno-{REGNO}"
    assert enterprise_id(name="甲（中国）有限公司") == enterprise_id(name=" 甲(中国)有限公司", regno="无")
    assert enterprise_id(name="甲有限公司").startswith("cn-name-")
    with pytest.raises(InputError, match="valid number or a name"):
        enterprise_id(uscc="91330100MA2H31531N", name=" ")


def test_person_id_depends_on_scope_and_carries_no_name() -> None:
    first, second = person_id(f"cn-uscc-{USCC}", "张三"), person_id("cn-name-x", "张三")
    assert first != second and first == person_id(f"cn-uscc-{USCC}", "张 三")
    assert len(first) == 22 and first.startswith("p-") and first.isascii()


@given(st.text(), valid_idno(), st.text())
def test_no_valid_full_number_survives_masking(before: str, number: str, after: str) -> None:
    assume(not before[-1:].isdigit() and not after[:1].isdigit())
    assume(not any(word in before for word in ("信用代码", "注册号", "机构代码")))
    masked = mask_text(before + number + after)
    assert number not in masked and mask_text(masked) == masked


@given(st.one_of(st.text(), valid_idno(), st.from_regex(r"\A[0-9*]{10,20}\Z")))
def test_masking_is_idempotent(text: str) -> None:
    assert mask_idno(mask_idno(text)) == mask_idno(text)
    assert mask_text(mask_text(text)) == mask_text(text)


@given(valid_idno())
def test_a_masked_column_shows_no_birth_date(number: str) -> None:
    assert mask_idno(number) == f"{number[:6]}********{number[-4:]}"
    assert mask_idno(number.lower()) == mask_idno(number)


def test_enterprise_numbers_are_left_alone() -> None:
    text = f"统一社会信用代码{USCC}，注册号{REGNO}，91110000710920678C，文号20170605号"
    assert mask_text(text) == text
    assert (
        mask_idno(USCC) == USCC
        and mask_idno(REGNO) == REGNO
        and mask_idno("110101********123X") == "110101********123X"
    )


def test_numbers_called_resident_numbers_are_masked_even_with_a_slip() -> None:
    assert mask_text("身份证号 330106198001011239。") == "身份证号 330106********1239。"
    assert mask_text("身份证号码：３３０１０６１９８００１０１１２３９") == "身份证号码：330106********1239"
    assert mask_text("身份证号330106 19800101 1239") == "身份证号330106********1239"


@needs_shared
@pytest.mark.shared
def test_the_ten_thousand_registered_companies() -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(shared("data", "registry", "registered_companies_10k.xlsx")))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    codes = Counter(found.problem for row in rows if (found := read_uscc(str(row[8]))))
    numbers = Counter(found.problem for row in rows if (found := read_regno(str(row[4]))))
    assert codes.total() == 9881 and codes[None] == 9857
    assert numbers[None] >= 9390
