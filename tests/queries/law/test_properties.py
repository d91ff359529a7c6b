"""Every rule under moving dates: the verdict flips exactly at the statutory boundary, and nothing unrelated moves it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.law.case import Case
from queries.law.clocks import last_day
from queries.law.facts import Fact, Unit, World
from queries.law.reach import reached_by, verdict
from queries.law.rules import LIFE, OPEN, OWN_TRADE, Measure
from queries.law.statutes import law

ONE_DAY = timedelta(days=1)
BY_ROLE = [rule for rule in law().measures if rule.roles]
PERIODS = [rule for rule in BY_ROLE if rule.duration not in (LIFE, OPEN, "fixed") and not rule.to_life]
RULES = st.sampled_from(BY_ROLE)
SHIFTS = st.integers(-3, 3)


@dataclass(frozen=True, slots=True)
class Scene:
    """One rule set off: its trigger, and one person in a role it names."""

    rule: Measure
    start: date
    role_from: date
    role_to: date | None

    def world(self) -> World:
        """The facts."""
        rule, world = self.rule, World()
        place = {"place": rule.place or "江西省", "trade": tuple(rule.trades[:1])}
        world.units |= {"u": Unit("u", "Enterprise", "某单位", {**place, **self._registration()}), "p": Unit("p", "Person", "某人", {})}
        role: dict[str, Any] = {"person": "p", "unit": "u", "role": rule.roles[0], "valid_from": self.role_from.isoformat()}
        world.add(Fact("role", "r", ("r-1",), None, role | ({"valid_to": self.role_to.isoformat()} if self.role_to else {})))
        if rule.trigger.fact != "registration":
            world.add(Fact(rule.trigger.fact, "x", ("x-1",), None, self._trigger()))
        if rule.condition:
            world.add(Fact("finding", "f", ("f-1",), None, {"about": "p", "event": "x", "condition": rule.condition, "found": "yes"}))
        return world

    def _registration(self) -> dict[str, Any]:
        return {"registration_annulled": self.start.isoformat(), "false_registration": True} if self.rule.trigger.fact == "registration" else {}

    def _trigger(self) -> dict[str, Any]:
        said: dict[str, Any] = {"subject": "u", self.rule.start: self.start.isoformat()}
        for key, values in (*self.rule.trigger.where.items(), *self.rule.clock.items()):
            value = values[0] if isinstance(values, list) else values
            said["ground" if key == "ground_has" else key] = (value,) if key == "kinds" else value
        if self.rule.fixed_by:
            said[self.rule.fixed_by] = (self.start + timedelta(days=4000)).isoformat()
        return said

    def answer(self, day: date) -> str:
        """Whether the rule reaches the person on a day under its own law."""
        found = [one for one in reached_by(Case(self.world(), law(), day, self.rule.from_), "p") if one.rule.id == self.rule.id]
        return verdict(found).answer.value


def _start(rule: Measure) -> st.SearchStrategy[date]:
    return st.dates(rule.from_, rule.from_ + timedelta(days=300))


@settings(deadline=None, max_examples=150)
@given(st.data(), RULES, SHIFTS)
def test_the_end_of_a_role_flips_the_verdict_at_the_day_the_rule_looks_at(data: st.DataObject, rule: Measure, shift: int) -> None:
    start = data.draw(_start(rule))
    day = start + timedelta(days=10)
    looked_at = day if rule.role_time == "now" else start
    scene = Scene(rule, start, date(2000, 1, 1), looked_at + timedelta(days=shift))

    assert scene.answer(day) == ("yes" if shift >= 0 else "no")


@settings(deadline=None, max_examples=150)
@given(st.data(), RULES, SHIFTS)
def test_the_beginning_of_a_role_flips_it_too(data: st.DataObject, rule: Measure, shift: int) -> None:
    start = data.draw(_start(rule))
    day = start + timedelta(days=10)
    looked_at = day if rule.role_time == "now" else start
    scene = Scene(rule, start, looked_at + timedelta(days=shift), None)

    assert scene.answer(day) == ("yes" if shift <= 0 else "no")


@settings(deadline=None, max_examples=150)
@given(st.data(), st.sampled_from(PERIODS), SHIFTS)
def test_a_term_ends_on_the_corresponding_day_and_not_a_day_later(data: st.DataObject, rule: Measure, shift: int) -> None:
    start = data.draw(_start(rule))
    last = last_day(start, rule.duration)
    scene = Scene(rule, start, date(2000, 1, 1), None)

    assert scene.answer(last + timedelta(days=shift)) == ("yes" if shift <= 0 else "no")
    assert scene.answer(start - ONE_DAY) == "no" and scene.answer(start) == "yes"


@pytest.mark.parametrize("rule", BY_ROLE, ids=[r.id for r in BY_ROLE])
def test_a_post_that_no_rule_names_is_not_reached(rule: Measure) -> None:
    scene = Scene(rule, rule.from_, date(2000, 1, 1), None)
    world = scene.world()
    world.drop(world.facts["role"][0])
    world.add(Fact("role", "r", ("r-1",), None, {"person": "p", "unit": "u", "role": "分支机构负责人", "valid_from": "2000-01-01"}))

    found = [one for one in reached_by(Case(world, law(), rule.from_, rule.from_), "p") if one.rule.id == rule.id]

    assert verdict(found).answer.value == "no"


# --- unrelated claims -----------------------------------------------------------------------------------

_DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat)
_OTHERS = st.one_of(
    st.fixed_dictionaries({"person": st.just("q"), "unit": st.just("u"), "role": st.just("法定代表人"), "valid_from": _DAYS}).map(lambda v: ("role", v)),
    st.fixed_dictionaries({"subject": st.just("other"), "kinds": st.just(("吊销许可证件",)), "under": st.just("食品安全法"), "decided": _DAYS}).map(lambda v: ("penalty", v)),
    st.fixed_dictionaries({"subject": st.just("other"), "list": st.just("失信被执行人"), "listed": _DAYS}).map(lambda v: ("listing", v)),
    st.fixed_dictionaries({"subject": st.just("q"), "order": st.just("限制消费令"), "issued": _DAYS}).map(lambda v: ("order", v)),
    st.fixed_dictionaries({"holder": st.just("q"), "of": st.just("u"), "percent": st.just("90"), "valid_from": _DAYS}).map(lambda v: ("share", v)),
    st.fixed_dictionaries({"about": st.just("q"), "condition": st.just("负有责任"), "found": st.just("no")}).map(lambda v: ("finding", v)),
    st.fixed_dictionaries({"a": st.just("p"), "b": st.just("q"), "relation": st.just("配偶")}).map(lambda v: ("family", v)),
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.data(), RULES, st.lists(_OTHERS, min_size=1, max_size=5), st.integers(0, 5000))
def test_unrelated_claims_change_nothing(data: st.DataObject, rule: Measure, others: list[tuple[str, dict[str, Any]]], later: int) -> None:
    scene = Scene(rule, data.draw(_start(rule)), date(2000, 1, 1), None)
    case = Case(scene.world(), law(), scene.start + timedelta(days=later), rule.from_)
    before = reached_by(case, "p")
    for number, (kind, values) in enumerate(others):
        case.world.add(Fact(kind, f"o{number}", (f"o{number}-1",), None, values))

    assert reached_by(case, "p") == before


def test_the_trade_of_the_unit_itself_is_named_where_a_rule_means_it() -> None:
    assert {e.trade for r in law().measures if r.id.endswith("终身") for e in r.effects} == {OWN_TRADE}
