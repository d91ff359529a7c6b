"""Bans of laws that the words of a scenario file do not name: whom they reach, on the last day and the day after."""

from datetime import timedelta

import pytest

from tests.queries.law.bans import Row, rows

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=[r.rule for r in ROWS])
def test_a_ban_reaches_whom_its_article_names_until_its_last_day(row: Row) -> None:
    found = row.reached(row.values["reaches"], row.last)

    assert found and {one.rule.cited for one in found} == {row.values["article"]}
    assert {one.until_text for one in found} == {row.values["last"]}
    assert row.reached(row.values["reaches"], row.decided)
    assert not row.reached(row.values["reaches"], row.decided - timedelta(days=1))


@pytest.mark.parametrize("row", ROWS, ids=[r.rule for r in ROWS])
def test_a_ban_spares_the_post_it_does_not_name_and_ends(row: Row) -> None:
    assert not row.reached(row.values["spares"], row.last)
    after = row.after()
    assert after is None or not row.reached(row.values["reaches"], after)
