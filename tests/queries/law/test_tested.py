"""Every rule is tested both ways: a case that it reaches, and one that comes near and that it does not reach."""

import os

from queries.law.statutes import cases_of, law, rule_rows
from tests.queries.law.bans import TABLE, table_credits
from tests.queries.law.counting import as_words, record, recorded
from tests.queries.law.courts import courts_credits
from tests.queries.law.test_scenarios import FILES

TABLES = {TABLE.name: table_credits, "courts": courts_credits}


def test_the_tables_are_counted_as_they_stand() -> None:
    for name, found in TABLES.items():
        if os.environ.get("XINPU_REFRESH"):
            record(name, found())
        assert as_words(found()) == recorded()[name]


def test_every_rule_has_a_positive_and_a_negative_test() -> None:
    every = [*(rule.id for rule in law().rules), *law().schemes]

    assert {rule: cases_of().get(rule, (0, 0)) for rule in every if 0 in cases_of().get(rule, (0, 0))} == {}


def test_the_record_names_no_case_and_no_rule_that_is_gone() -> None:
    known = {*(rule.id for rule in law().rules), *law().schemes}

    assert set(recorded()) == {*TABLES, *(path.stem for path in FILES)}
    assert {rule for found in recorded().values() for rule in found} <= known


def test_the_list_shows_the_tests_of_each_rule() -> None:
    rows = rule_rows(law())

    assert len(rows) == len(law().rules) + len(law().schemes)
    assert [(r["positive"], r["negative"]) for r in rows] == [cases_of().get(str(r["id"]), (0, 0)) for r in rows]
