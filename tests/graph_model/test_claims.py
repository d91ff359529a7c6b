"""Claim ids and the three-valued reading of a claim's time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.claims import claim_id, digest, earliest, fact_of, holds_at, latest, weakest

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(date.isoformat)


def test_ids_are_stable_and_name_their_fact() -> None:
    fact = digest("register", "DIRECTOR_OF", "p-1", "cn-uscc-1")
    assert fact == digest("register", "DIRECTOR_OF", "p-1", "cn-uscc-1") and len(fact) == 20
    assert digest("ab", "c") != digest("a", "bc")
    assert claim_id(fact, "0123456789") == f"{fact}-0123456789"
    assert fact_of(claim_id(fact, "0123456789", 3)) == fact


@given(DAYS, DAYS, DAYS)
def test_a_claim_with_both_ends_holds_on_its_days_and_no_other(start: str, end: str, day: str) -> None:
    claim = {"valid_from": start, "valid_to": end, "as_of": start}
    assert holds_at(claim, day) == ("yes" if start <= day <= end else "no")


@given(DAYS)
def test_the_verdict_flips_on_the_boundary_day(start: str) -> None:
    before = (date.fromisoformat(start) - timedelta(days=1)).isoformat()
    claim = {"valid_from": start, "as_of": start}
    assert (holds_at(claim, before), holds_at(claim, start)) == ("no", "yes")


@given(DAYS, DAYS)
def test_without_a_start_it_is_sure_from_the_day_it_was_stated(stated: str, day: str) -> None:
    assert holds_at({"as_of": stated}, day) == ("yes" if day >= stated else "undetermined")


@pytest.mark.parametrize(
    ("claim", "day", "holds"),
    [
        ({"valid_from": "2021-03", "as_of": "2021-06-01"}, "2021-02-28", "no"),
        ({"valid_from": "2021-03", "as_of": "2021-06-01"}, "2021-03-15", "undetermined"),
        ({"valid_from": "2021-03", "as_of": "2021-06-01"}, "2021-04-01", "yes"),
        ({"valid_from": "2021-01-01", "valid_to": "2021-03"}, "2021-02-28", "yes"),
        ({"valid_from": "2021-01-01", "valid_to": "2021-03"}, "2021-03-10", "undetermined"),
        ({"valid_from": "2021-01-01", "valid_to": "2021-03"}, "2021-04-01", "no"),
        ({"valid_from": "2021-01-01", "valid_to": "unknown"}, "2022-01-01", "undetermined"),
        ({"valid_from": "2010-01-01", "valid_to": "unknown", "as_of": "2020-12-31"}, "2020-06-01", "undetermined"),
        ({"valid_from": "2010-01-01", "valid_to": "unknown", "as_of": "2020-12-31"}, "2020-12-31", "no"),
        ({"valid_from": "unknown"}, "2022-01-01", "undetermined"),
        ({"valid_from": "2021-01-01", "unknown_since": "2022-01-01"}, "2021-12-31", "yes"),
        ({"valid_from": "2021-01-01", "unknown_since": "2022-01-01"}, "2022-01-01", "undetermined"),
        ({"valid_from": "2021-01-01", "valid_to": "2023-01-01", "unknown_since": "2022-01-01"}, "2022-06-01", "yes"),
        ({}, "2022-01-01", "undetermined"),
    ],
)
def test_bounds_that_are_not_days(claim: dict[str, str], day: str, holds: str) -> None:
    assert holds_at(claim, day) == holds


def test_a_shorter_date_spans_its_days() -> None:
    assert (earliest("2021"), latest("2021"), earliest("2021-03"), latest("2021-03")) == ("2021-01-01", "2021-12-31", "2021-03-01", "2021-03-31")


def test_the_weakest_grade_decides() -> None:
    assert weakest(("confirmed", "probable", "anchored")) == "probable" and weakest(()) == "confirmed"
