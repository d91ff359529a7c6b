"""Sums of money in figures and numerals, by unit, as limits and in table cells."""

from decimal import Decimal

import cn2an  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.amounts import amount_in_cell, amounts, numeral


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("罚款118.68万元", 1186800),
        ("罚款人民币叁万陆仟伍佰元整", 36500),
        ("被罚3000多万", 30000000),
        ("两百万元", 2000000),
        ("1,234,567.89元", "1234567.89"),
        ("3，248，511元", 3248511),
        ("5 000元", 5000),
        ("2.5亿余元", 250000000),
        ("七百余万元", 7000000),
        ("1千元", 1000),
        ("３万元", 30000),
        ("肆拾捌万伍仟陆佰柒拾捌元玖角", "485678.9"),
        ("伍萬圓", 50000),
    ],
)
def test_sum_in_yuan(text: str, yuan: int | str) -> None:
    assert [a.value for a in amounts(text)] == [Decimal(yuan)]


@pytest.mark.parametrize("text", ["30家企业", "12万人", "600万美元", "第30号", "1.2万户次", "共3项"])
def test_counts_and_foreign_money_are_no_sums(text: str) -> None:
    assert amounts(text) == ()


def test_limits_of_rules_are_marked() -> None:
    assert [a.bound for a in amounts("处五万元以上十万元以下罚款")] == [True, True]
    assert [a.bound for a in amounts("不超过20万元")] == [True]
    assert [a.bound for a in amounts("罚款20万元")] == [False]


def test_price_of_a_piece_is_marked() -> None:
    assert [a.price for a in amounts("售价4.5元/袋")] == [True]


def test_sum_told_twice_is_one() -> None:
    assert len(amounts("叁万元（30000元）")) == 1


@pytest.mark.parametrize(
    ("cell", "heading", "yuan"), [("21.5", "罚款金额（万元）", 215000), ("3000", "罚款金额(元)", 3000), ("5万元", "罚款（万元）", 50000)]
)
def test_bare_number_takes_the_unit_of_its_heading(cell: str, heading: str, yuan: int) -> None:
    assert amount_in_cell(cell, heading) == Decimal(yuan)


def test_bare_number_without_a_unit_is_no_sum() -> None:
    assert amount_in_cell("21.5", "数量") is None


@given(st.integers(min_value=1, max_value=99_999_999))
def test_numerals_come_back(number: int) -> None:
    assert numeral(cn2an.an2cn(number)) == number
    assert numeral(cn2an.an2cn(number, "up")) == number


@given(st.integers(min_value=1, max_value=9_999_999_999))
def test_figures_come_back_with_and_without_commas(number: int) -> None:
    assert [a.value for a in amounts(f"罚款{number}元")] == [Decimal(number)]
    assert [a.value for a in amounts(f"罚款{number:,}元")] == [Decimal(number)]


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    assert all(0 <= a.start < a.end <= len(text) for a in amounts(text))
