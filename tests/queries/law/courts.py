"""Hypotheses and figures that no scenario file can state, as facts: what the file's words cannot say of a person or a day."""

from collections.abc import Iterator
from datetime import date

from queries.law.case import Case
from queries.law.facts import Fact, Unit, World
from queries.law.liability import Hypothesis, hypotheses
from queries.law.statutes import law

DAY = date(2022, 6, 1)
# Rule, kind of enterprise, what must have been found.
FOUND = (
    ("追加14", "合伙企业", "普通合伙人"), ("追加18", "有限责任公司", "抽逃出资"), ("追加22", "有限责任公司", "无偿接受财产"),
    ("追加23", "有限责任公司", "书面承诺清偿"), ("追加24", "有限责任公司", "向执行法院书面承诺"), ("追加25", "有限责任公司", "依行政命令无偿受让财产"),
)  # fmt: skip
# Figures that the tests of this folder hold both ways, beside those that scenario files name.
FIGURES = ("信保关联方5", "信保关联方1", "平台唯一", "清单制管理")


def judged(rule: str, kind: str, condition: str, found: str | None) -> Hypothesis:
    """The rule held against a holder of the enterprise, with what was found of him."""
    world = World()
    world.units |= {"u": Unit("u", "Enterprise", "某单位", {"kind": kind}), "p": Unit("p", "Person", "某人", {})}
    world.add(Fact("share", "s", ("s-1",), None, {"holder": "p", "of": "u", "percent": "50", "valid_from": "2015-01-01"}))
    world.add(Fact("enforcement", "e", ("e-1",), None, {"subject": "u", "filed": "2022-01-01", "insufficient": "yes"}))
    if found is not None:
        world.add(Fact("finding", "f", ("f-1",), None, {"about": "p", "condition": condition, "found": found}))
    return next(h for h in hypotheses(Case(world, law(), DAY, DAY), "p") if h.rule.id == rule)


def courts_credits() -> Iterator[tuple[str, str]]:
    """What the tests over this module test, both ways."""
    yield from ((rule, sign) for rule in (*(r for r, *_ in FOUND), *FIGURES) for sign in "+-")
