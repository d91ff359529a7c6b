"""Periods of 民法典 201 and 202, dates that are only partly known, and the verdict flipping at the statutory boundary."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.law.case import Case
from queries.law.clocks import NO, YES, Truth, every, last_day, on_or_before, some, when
from queries.law.facts import Fact, World, holds
from queries.law.reach import reached_by, verdict
from queries.law.statutes import law

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [("2018-06-01", "10年", "2028-06-01"), ("2024-02-29", "5年", "2029-02-28"), ("2021-08-31", "6月", "2022-02-28"),
     ("2020-02-29", "4年", "2024-02-29"), ("2021-12-31", "2月", "2022-02-28"), ("2021-12-31", "30日", "2022-01-30")],
)  # fmt: skip
def test_a_period_ends_on_the_corresponding_day(start: str, period: str, last: str) -> None:
    assert last_day(date.fromisoformat(start), period) == date.fromisoformat(last)


def test_a_shorter_date_is_some_day_in_it() -> None:
    found = when("2021-02")
    assert found is not None and (found.lo, found.hi, found.text) == (date(2021, 2, 1), date(2021, 2, 28), "unknown")
    assert on_or_before(found, date(2021, 2, 14), "x.from") == Truth("undetermined", ("x.from",))


@settings(deadline=None)
@given(st.lists(st.sampled_from([YES, NO, Truth("undetermined", ("a.b",))])))
def test_one_no_decides_all_and_one_yes_decides_some(truths: list[Truth]) -> None:
    values = [t.value for t in truths]
    assert every(truths).value == ("no" if "no" in values else "undetermined" if "undetermined" in values else "yes")
    assert some(truths).value == ("yes" if "yes" in values else "undetermined" if "undetermined" in values else "no")


def _case(day: date, decided: date, start: date, end: date | None) -> Case:
    world = World()
    values = {"person": "p", "unit": "u", "role": "法定代表人", "valid_from": start.isoformat()}
    world.add(Fact("role", "r", ("r-1",), "s", values | ({"valid_to": end.isoformat()} if end else {})))
    world.add(Fact("penalty", "x", ("x-1",), "s", {"subject": "u", "kinds": ("吊销许可证件",), "under": "印刷业管理条例", "decided": decided.isoformat()}))
    return Case(world, law(), day, day)


@settings(deadline=None)
@given(DAYS.filter(lambda d: d.year > 2002), DAYS.filter(lambda d: d.year > 2002), DAYS)
def test_a_role_held_on_the_day_of_the_decision_decides(decided: date, day: date, start: date) -> None:
    found = verdict(reached_by(_case(day, decided, start, None), "p"))
    banned = start <= decided <= day <= last_day(decided, "10年")
    assert found.answer.value == ("yes" if banned else "no")


@settings(deadline=None)
@given(DAYS.filter(lambda d: d.year > 2002), st.integers(-2, 2))
def test_moving_the_end_of_a_role_flips_the_verdict_exactly_at_the_decision(decided: date, shift: int) -> None:
    case = _case(decided + timedelta(days=5), decided, date(2000, 1, 1), decided + timedelta(days=shift))
    assert verdict(reached_by(case, "p")).answer.value == ("yes" if shift >= 0 else "no")


@settings(deadline=None)
@given(DAYS.filter(lambda d: d.year > 2002), DAYS.filter(lambda d: d.year > 2002))
def test_an_unrelated_claim_changes_nothing(decided: date, day: date) -> None:
    case = _case(day, decided, date(2001, 1, 1), None)
    before = verdict(reached_by(case, "p"))
    case.world.add(Fact("penalty", "y", ("y-1",), "s", {"subject": "other", "kinds": ("吊销许可证件",), "under": "印刷业管理条例", "decided": "2010-01-01"}))
    case.world.add(Fact("role", "q", ("q-1",), "s", {"person": "p2", "unit": "u", "role": "法定代表人", "valid_from": "2001-01-01"}))
    assert verdict(reached_by(case, "p")) == before


@settings(deadline=None)
@given(DAYS, DAYS, DAYS)
def test_a_relation_holds_from_its_first_to_its_last_day(start: date, end: date, day: date) -> None:
    fact = Fact("role", "r", (), None, {"valid_from": start.isoformat(), "valid_to": end.isoformat()})
    assert holds(fact, day).value == ("yes" if start <= day <= end else "no")
