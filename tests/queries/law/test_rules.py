"""The rules: enough of them, checked at load, with file and line of what is wrong."""

from pathlib import Path

import pytest

from queries.law.statutes import law, load_rules

GOOD = """
instruments: [{name: 某法, full: 某法, authority: 某机关, versions: [{from: 2020-01-01}]}]
rules:
  - {kind: measure, id: 甲, instrument: 某法, article: "1", from: 2020-01-01, mark: quoted, terms: [某], sense: 某。, roles: [法定代表人], duration: 3年, effects: [{measure: 任职限制}]}
"""


def test_there_are_seventy_rules_and_more() -> None:
    assert len(law().rules) >= 70 and len(law().schemes) == 12


def test_every_rule_says_its_words_its_sense_and_how_far_it_was_read() -> None:
    for rule in law().rules:
        assert rule.terms and rule.sense and (rule.reading == "read") == (rule.read_on is not None), rule.id
    assert {"read", "unread"} == {rule.reading for rule in law().rules}
    assert all(rule.mark == "quoted" for rule in law().rules if rule.reading == "read")


def test_good_rules_have_no_problem() -> None:
    assert load_rules({"a.yml": GOOD})[1] == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[法定代表人]", "[某某人]", "a.yml, line 4: 甲: unknown role 某某人"),
        ("instrument: 某法,", "instrument: 别法,", "unknown instrument 别法"),
        ('article: "1"', 'article: ""', "needs its article"),
        ("duration: 3年", "duration: 三年", "is no period"),
        ("from: 2020-01-01, mark", "from: 2019-01-01, mark", "lies in no version"),
        ("duration: 3年", 'duration: 3年, start: ""', "a duration without a start rule"),
        ("duration: 3年", "duration: 3年, reading: read", "says when (read_on)"),
        ("sense: 某。", "sense: 某。, colour: red", "line 4: colour: Unexpected keyword argument"),
        ("roles: [法定代表人], ", "", "reaches nobody"),
        ("versions: [{from: 2020-01-01}]", "versions: [{from: 2020-01-01}, {from: 2021-01-01}]", "two versions are in force"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(old: str, new: str, problem: str) -> None:
    assert problem in "\n".join(load_rules({"a.yml": GOOD.replace(old, new, 1)})[1])


def test_a_rule_of_every_instrument_cited_by_the_cases_is_there() -> None:
    cases = (Path(__file__).parent / "given").glob("*.yml")
    assert all(path.read_text(encoding="utf-8") for path in cases) and len(law().instruments) >= 50
