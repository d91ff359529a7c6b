"""Cleaners: what they make of the forms that occur, and that cleaning what is clean changes nothing."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.kinds import (
    KINDS,
    BadValue,
    clean_boolean,
    clean_date,
    clean_end,
    clean_integer,
    clean_money,
    clean_money_wan,
    clean_ratio,
    clean_share,
    read_share,
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("2017年6月5日", "2017-06-05"), ("2017 年 6 月 05 日", "2017-06-05"), ("20170605", "2017-06-05"), ("42891", "2017-06-05"),
        ("2017/6/5", "2017-06-05"), ("2017.6.5", "2017-06-05"), ("２０１７-０６-０５", "2017-06-05"), ("二〇一七年六月五日", "2017-06-05"),
        ("二○一七年十二月三十一日", "2017-12-31"), ("2017-06-05 00:00:00", "2017-06-05"), ("2017-06-05T08:30:00Z", "2017-06-05"),
        ("2021年3月", "2021-03"), ("2021-03", "2021-03"), ("2021", "2021"), ("2021年", "2021"),
    ],
)  # fmt: skip
def test_dates_as_they_are_written(text: str, clean: str) -> None:
    assert clean_date(text) == clean


@pytest.mark.parametrize("text", ["2016-02-30", "2017-13-01", "20171301", "昨天", "1234", "17-06-05", "2017-06-05至2018", "99999"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as error:
        clean_date(text)
    assert error.value.code == "date" and text in str(error.value)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_way_to_write_a_day_gives_that_day(day: date) -> None:
    ways = (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}")
    assert {clean_date(way) for way in ways} == {day.isoformat()}


@given(st.dates(date(1955, 1, 1), date(2090, 1, 1)))
def test_a_spreadsheet_serial_is_its_day(day: date) -> None:
    assert clean_date(str((day - date(1899, 12, 30)).days)) == day.isoformat()


@pytest.mark.parametrize("text", ["长期", "至今", "9999-12-31", "永久"])
def test_an_end_that_is_stated_to_be_open_is_no_date(text: str) -> None:
    assert clean_end(text) == ""


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("118.68万元", "1186800"), ("222.2222万元人民币", "2222222"), ("1800 万美元", "18000000 USD"), ("60000", "60000"),
        ("3.5亿人民币", "350000000"), ("1,800元", "1800"), ("￥1,234.50", "1234.5"), ("500万元（人民币）", "5000000"), ("100万港元", "1000000 HKD"),
    ],
)  # fmt: skip
def test_amounts_as_they_are_written(text: str, clean: str) -> None:
    assert clean_money(text) == clean


def test_a_unit_in_the_cell_wins_over_the_columns() -> None:
    assert [clean_money_wan(t) for t in ("4.54", "4.54万元", "45400元")] == ["45400"] * 3


@pytest.mark.parametrize("text", ["未披露", "约100万元", "十万", "1.2.3", "100斤", ""])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        clean_money(text)


@given(st.decimals(0, 10**12, places=4))
def test_amounts_stay_exact(amount: Decimal) -> None:
    assert Decimal(clean_money(f"{amount:f}万元")) == amount * 10_000


@given(st.fractions(0, 100, max_denominator=1000))
def test_shares_stay_exact(share: Fraction) -> None:
    text = f"{share.numerator}/{share.denominator}"
    assert read_share(clean_share(text)) == (share, share)


def test_shares_as_ranges_ratios_and_refusals() -> None:
    assert (clean_share("5%-10%"), clean_share("28.69％"), clean_ratio("0.2869")) == ("5..10", "28.69", "28.69")
    for text in ("120%", "不详", "-5"):
        with pytest.raises(BadValue):
            clean_share(text)


def test_the_small_kinds() -> None:
    assert (clean_integer("1,234"), clean_integer("5.0"), clean_boolean("是"), clean_boolean("否")) == (1234, 5, True, False)
    for cleaner, text in ((clean_integer, "5.5"), (clean_boolean, "也许")):
        with pytest.raises(BadValue):
            cleaner(text)


@given(st.sampled_from(sorted(set(KINDS) - {"boolean"})), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 99))
def test_cleaning_what_is_clean_changes_nothing(kind: str, day: date, number: int) -> None:
    text = {"date": day.isoformat(), "money": f"{number}万元", "share": f"{number}%", "integer": str(number)}.get(kind, f" 示例{number} ")
    once = KINDS[kind].clean(text)
    assert KINDS[kind].clean(str(once)) == once


def test_days_are_days() -> None:
    assert date.fromisoformat(clean_date("2024-02-29")) + timedelta(days=1) == date(2024, 3, 1)
