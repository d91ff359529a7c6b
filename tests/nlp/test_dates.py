"""Dates in every spelling, completed by the context where a part is left out."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.dates import dates


@pytest.mark.parametrize(
    ("text", "context", "iso"),
    [
        ("2024年3月5日", None, "2024-03-05"),
        ("二〇二四年三月十五日", None, "2024-03-15"),
        ("二○○九年十二月二十一日", None, "2009-12-21"),
        ("二0二一年五月六日", None, "2021-05-06"),
        ("2024年10月", None, "2024-10"),
        ("2021年9月 27日", None, "2021-09-27"),
        ("2023.05.06", None, "2023-05-06"),
        ("2023/5/6", None, "2023-05-06"),
        ("20241214日", None, "2024-12-14"),
        ("2022年", None, "2022"),
        ("去年12月", "2024-04-07", "2023-12"),
        ("今年3月5日", "2024-04-07", "2024-03-05"),
        ("3月5日", "2024-04-07", "2024-03-05"),
        ("12月5日", "2024-04-07", "2023-12-05"),
        ("3月5日", "2024", "2024-03-05"),
        ("昨日", "2024-04-01", "2024-03-31"),
        ("7日，记者获悉", "2024-04-08", "2024-04-07"),
        ("30日，记者获悉", "2024-04-08", "2024-03-30"),
    ],
)
def test_date_in_iso_form(text: str, context: str | None, iso: str) -> None:
    assert [d.iso for d in dates(text, context)] == [iso]


def test_day_without_a_year_takes_the_year_of_its_sentence() -> None:
    assert [d.iso for d in dates("2021年5月1日至6月3日", "2024-01-01")] == ["2021-05-01", "2021-06-03"]


def test_same_and_next_day_follow_the_last_date() -> None:
    assert [d.iso for d in dates("2023年5月31日立案，同日送达，次日公告")] == ["2023-05-31", "2023-05-31", "2023-06-01"]


def test_nothing_is_made_up_without_a_context() -> None:
    assert dates("昨日，去年，3月5日") == ()


def test_impossible_day_is_none() -> None:
    assert dates("2023年2月30日") == ()


@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2049, 12, 31)))
def test_every_day_comes_back(day: datetime.date) -> None:
    assert [d.iso for d in dates(f"于{day.year}年{day.month}月{day.day}日作出")] == [day.isoformat()]


@given(st.text(max_size=80), st.sampled_from([None, "2024", "2024-05", "2024-05-06"]))
def test_any_text_is_read_without_error(text: str, context: str | None) -> None:
    assert all(0 <= d.start < d.end <= len(text) for d in dates(text, context))
