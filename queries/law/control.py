"""Who controls an enterprise, who its beneficial owners are, and whether two subjects are related parties.

Declared and computed stay apart; control is a hypothesis with its ground, and `undetermined` a valid answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from queries.law.case import Case, joined
from queries.law.clocks import NO, YES, Truth, every, on_or_before, some
from queries.law.facts import Fact, holds
from queries.law.ownership import (
    NOTHING,
    ZERO,
    Bound,
    Holdings,
    Owned,
    Share,
    controlled_by,
    holdings,
    indirect,
)

MANAGERS = ("经理", "总经理", "高级管理人员", "主要负责人", "负责人", "法定代表人")
OFFICERS = frozenset({"董事", "董事长", "执行董事", "独立董事", "监事", "高级管理人员", "经理", "总经理", "副经理", "副总经理", "财务负责人", "董事会秘书"})
STATE_KINDS = frozenset({"国有独资公司", "国有控股公司"})
INVESTMENT = "投资关系"


@dataclass(frozen=True, slots=True)
class Controller:
    """One hypothesis of control: on which ground, with which economic share, declared by whom or computed."""

    who: str
    basis: str | None
    share: Share
    declared: bool
    computed: bool
    truth: Truth
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotController:
    """Somebody who was looked at and does not control, and why."""

    who: str
    reasons: tuple[str, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class Control:
    """The controllers of an enterprise, the strongest hypothesis first."""

    answer: Truth
    controllers: tuple[Controller, ...]
    undetermined: tuple[Controller, ...]
    not_controllers: tuple[NotController, ...]
    reasons: tuple[str, ...]
    cycle: bool


def units_above(case: Case, unit: str) -> list[str]:
    """The enterprise and every enterprise above it, by shares and by declared control."""
    seen, todo = [min(case.world.nodes(unit))], [min(case.world.nodes(unit))]
    while todo:
        one = todo.pop()
        holders = [f.get("holder") for f in case.world.of("share", "of", one)] + [f.get("by") for f in case.world.of("control", "of", one)]
        for holder in sorted({min(case.world.nodes(str(h))) for h in holders}):
            if holder not in seen and case.world.unit(holder).label == "Enterprise":
                seen.append(holder)
                todo.append(holder)
    return seen


def _links(case: Case, units: Iterable[str], *, sure: bool) -> tuple[dict[str, list[str]], list[Fact]]:
    """Control that is stated otherwise than by shares: who controls which unit on the day."""
    links: dict[str, list[str]] = {}
    facts: list[Fact] = []
    for unit in units:
        for fact in case.world.of("control", "of", unit):
            truth = holds(fact, case.day)
            if truth.value == "yes" or (truth.value == "undetermined" and not sure):
                links.setdefault(min(case.world.nodes(str(fact.get("by")))), []).append(unit)
                facts.append(fact)
    return links, facts


def enough(case: Case) -> Bound:
    """What share controls under the law of the day."""
    figure = case.law.figure("controlling_share", case.rules_at)
    return Bound(figure.value if figure else "> 50")


def controllers(case: Case, enterprise: str) -> Control:
    """Who controls the enterprise on the day."""
    unit = min(case.world.nodes(enterprise))
    units = units_above(case, unit)
    votes, shares = holdings(case.world, units, case.day, "votes"), holdings(case.world, units, case.day)
    owned, cycle = indirect(shares, unit)
    links, declared = _links(case, units, sure=True)
    maybe_links, doubtful = _links(case, units, sure=False)
    found = _Search(case, unit, votes, owned, links, maybe_links, declared, doubtful)
    hypotheses = [h for who in found.candidates() if (h := found.judge(who)) is not None]
    kept = _ultimate(case, unit, hypotheses, votes, links)
    sure = tuple(sorted((h for h in kept if h.truth.value == "yes"), key=_rank))
    open_ = tuple(sorted((h for h in kept if h.truth.value == "undetermined"), key=_rank))
    answer = YES if sure else Truth("undetermined", joined(h.truth.unknown for h in open_))
    reasons = () if sure else (("unknown_bound",) if open_ else ("unstated",))
    others = tuple(found.others({h.who for h in (*sure, *open_)}))
    return Control(answer, sure, open_, others, reasons, cycle)


def _rank(one: Controller) -> tuple[object, ...]:
    return (not (one.declared and one.computed), not one.computed, -one.share.low, one.who)


def _ultimate(case: Case, unit: str, found: list[Controller], votes: Holdings, links: dict[str, list[str]]) -> list[Controller]:
    """Without those that are themselves controlled by another hypothesis that is at least as sure."""
    kept = []
    for one in found:
        above = (o for o in found if o.who != one.who and (o.truth.value == "yes" or one.truth.value != "yes"))
        if not any(one.who in controlled_by(votes, o.who, enough(case), links, sure=True) for o in above) or one.declared:
            kept.append(one)
    return [h for h in kept if h.who != unit]


@dataclass(slots=True)
class _Search:
    case: Case
    unit: str
    votes: Holdings
    owned: dict[str, Owned]
    links: dict[str, list[str]]
    maybe_links: dict[str, list[str]]
    declared: list[Fact]
    doubtful: list[Fact]

    def candidates(self) -> list[str]:
        return sorted({*self.votes.by, *self.maybe_links})

    def judge(self, who: str) -> Controller | None:
        bound = enough(self.case)
        by_shares = self.unit in controlled_by(self.votes, who, bound, {}, sure=True)
        sure = by_shares or self.unit in controlled_by(self.votes, who, bound, self.links, sure=True)
        possible = sure or self.unit in controlled_by(self.votes, who, bound, self.maybe_links, sure=False)
        if not possible:
            return None
        share = self.owned[who].share if who in self.owned else NOTHING
        own = [f for f in self.declared if min(self.case.world.nodes(str(f.get("by")))) == who]
        direct = [f for f in own if self.unit in self.case.world.nodes(str(f.get("of")))]
        if self._excluded(who, by_shares, direct):
            return None
        basis = next((str(f.get("basis")) for f in (*direct, *own) if f.get("basis")), INVESTMENT if by_shares else None)
        truth = YES if sure else Truth("undetermined", self._unknown())
        return Controller(who, basis, share, bool(direct), by_shares, truth, tuple(f.id for f in own))

    def _excluded(self, who: str, by_shares: bool, direct: list[Fact]) -> bool:
        """Under the law before 2024-07-01 a shareholder of the company is not its 实际控制人."""
        figure = self.case.law.figure("controller_may_be_shareholder", self.case.rules_at)
        holder = any(s.holder == who for s in self.votes.of.get(self.unit, ()))
        return figure is not None and figure.value == "no" and holder and by_shares and not direct

    def _unknown(self) -> tuple[str, ...]:
        keys = [u for stakes in self.votes.of.values() for s in stakes for u in s.unknown]
        return tuple(dict.fromkeys([*keys, *(u for f in self.doubtful for u in holds(f, self.case.day).unknown)]))

    def others(self, controlling: set[str]) -> Iterable[NotController]:
        roles = {min(self.case.world.nodes(str(f.get("person")))) for f in self.case.world.of("role", "unit", self.unit)}
        for who in sorted(({s.holder for s in self.votes.stakes} | roles) - controlling):
            share = self.owned[who].share if who in self.owned else NOTHING
            yield NotController(who, ("condition_not_met",) if who in self.owned else ("role_not_covered",), share)


# --- beneficial owners ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owner:
    """One natural person under the tests in order: the first he meets, his share, what is not known."""

    who: str
    test: int | str | None
    share: Share
    truth: Truth
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beneficial:
    """The beneficial owners of an enterprise."""

    answer: Truth
    owners: tuple[Owner, ...]
    undetermined: tuple[Owner, ...]
    not_owners: tuple[Owner, ...]
    exempt: Truth
    reasons: tuple[str, ...]
    cycle: bool


def beneficial_owners(case: Case, enterprise: str) -> Beneficial:
    """Who the beneficial owners are on the day: three tests in order for each person, else who manages."""
    unit = min(case.world.nodes(enterprise))
    units = units_above(case, unit)
    shares, cycle = indirect(holdings(case.world, units, case.day), unit)
    votes, _ = indirect(holdings(case.world, units, case.day, "votes"), unit)
    control = controllers(case, enterprise)
    exempt, figure = _exempt(case, unit), case.law.figure("beneficial_share", case.rules_at)
    persons = sorted({w for w in (*shares, *votes, *(c.who for c in (*control.controllers, *control.undetermined)))
                      if case.world.unit(w).label == "Person"})  # fmt: skip
    judged = [_tests(who, shares, votes, control, Bound(figure.value if figure else ">= 25")) for who in persons]
    if case.world.unit(unit).get("kind") in STATE_KINDS:
        judged = _managers(case, unit, ("法定代表人",))
    owners = [o for o in judged if o.truth.value == "yes"]
    open_ = [o for o in judged if o.truth.value == "undetermined"]
    if not owners and not open_:
        owners = _managers(case, unit, MANAGERS)
    reasons = () if figure else ("not_in_force",)
    answer = Truth("undetermined") if figure is None else YES if owners else some(o.truth for o in open_)
    return Beneficial(answer, tuple(owners), tuple(open_), tuple(o for o in judged if o.truth.value == "no"), exempt, reasons, cycle)


def _tests(who: str, shares: dict[str, Owned], votes: dict[str, Owned], control: Control, least: Bound) -> Owner:
    share = shares[who] if who in shares else Owned(who, NOTHING, ())
    vote = votes.get(who, share)
    controls = next((c for c in (*control.controllers, *control.undetermined) if c.who == who), None)
    by_test = ((1, least.judge(share.share, share.unknown)), (2, least.judge(vote.share, vote.unknown)), (3, controls.truth if controls else NO))
    for test, truth in by_test:
        if truth.value == "yes":
            return Owner(who, test, share.share, YES)
    doubts = [t for _, t in by_test if t.value == "undetermined"]
    if doubts:
        return Owner(who, None, share.share, Truth("undetermined", joined(d.unknown for d in doubts)), ("unknown_bound",))
    return Owner(who, None, share.share, NO, ("condition_not_met",))


def _managers(case: Case, unit: str, posts: tuple[str, ...]) -> list[Owner]:
    """Who runs the daily business, by the first of the posts that somebody holds."""
    for post in posts:
        found = [(f, holds(f, case.day)) for f in case.world.of("role", "unit", unit) if f.get("role") == post]
        held = [Owner(min(case.world.nodes(str(f.get("person")))), "fallback", NOTHING, t) for f, t in found if t.value != "no"]
        if held:
            return held
    return []


def _exempt(case: Case, unit: str) -> Truth:
    figure, described = case.law.figure("beneficial_exempt_capital", case.rules_at), case.world.unit(unit)
    capital, natural = described.get("capital"), described.get("natural_persons_only")
    if figure is None or capital is None or natural is not True:
        return NO
    small = Fraction(str(capital)) <= Fraction(figure.value.split()[-1])
    promised = [on_or_before(day, case.day, f.key("date")) for f in case.world.of("item", "subject", unit)
                if f.get("kind") == "受益所有人免报承诺" and (day := f.day("date")) is not None]  # fmt: skip
    return every((YES if small else NO, some(promised)))


# --- related parties ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Related:
    """Whether two subjects are related parties (公司法 265(四)), by what, or why not."""

    answer: Truth
    reasons: tuple[str, ...]
    by: tuple[str, ...]
    grounds: tuple[str, ...]
    flags: tuple[str, ...]


def related(case: Case, a: str, b: str) -> Related:
    """Whether `a` and `b` are related: one controls the other, one person or firm controls both, or an officer of one controls the other."""
    first, second = min(case.world.nodes(a)), min(case.world.nodes(b))
    sure, maybe = (_ties(case, first, second, sure=s) for s in (True, False))
    state = [who for who, ground in sure if _is_state(case, who)]
    real = [(who, ground) for who, ground in sure if who not in state]
    if real:
        return Related(YES, (), tuple(w for w, _ in real), tuple(g for _, g in real), ())
    open_ = [(w, g) for w, g in maybe if not _is_state(case, w)]
    flags = ("state_parent",) if state else ()
    if open_:
        return Related(Truth("undetermined", _doubts(case, first, second)), ("unknown_bound",), (), tuple(g for _, g in open_), flags)
    return Related(NO, ("state_parent_only",) if state else _why_not(case, first, second), tuple(state), (), flags)


def _is_state(case: Case, who: str) -> bool:
    """Whether somebody holds for the state, under a law that makes nobody a related party by that alone."""
    unit, figure = case.world.unit(who), case.law.figure("state_parent_excepted", case.rules_at)
    return figure is not None and unit.label == "Authority" and bool(unit.get("state_holder"))


def _ties(case: Case, a: str, b: str, *, sure: bool) -> list[tuple[str, str]]:
    over_a, over_b = (controlling(case, x, sure=sure) for x in (a, b))
    found = [(b, "控制")] if b in over_a else []
    found += [(a, "控制")] if a in over_b else []
    found += [(who, "同受控制") for who in sorted(over_a & over_b)]
    for unit, above in ((a, over_b), (b, over_a)):
        found += [(who, "董事、监事、高级管理人员") for who in sorted(_officers(case, unit, sure=sure) & above)]
    found += [(a, "任职")] if a in _officers(case, b, sure=sure) else []
    found += [(b, "任职")] if b in _officers(case, a, sure=sure) else []
    return found


def controlling(case: Case, unit: str, *, sure: bool) -> set[str]:
    units = units_above(case, unit)
    votes = holdings(case.world, units, case.day, "votes")
    links, _ = _links(case, units, sure=sure)
    everyone = {*votes.by, *links}
    return {who for who in everyone if unit in controlled_by(votes, who, enough(case), links, sure=sure)}


def _officers(case: Case, unit: str, *, sure: bool) -> set[str]:
    found = set()
    for fact in case.world.of("role", "unit", unit):
        truth = holds(fact, case.day)
        if fact.get("role") in OFFICERS and (truth.value == "yes" or (truth.value == "undetermined" and not sure)):
            found.add(min(case.world.nodes(str(fact.get("person")))))
    return found


def _doubts(case: Case, a: str, b: str) -> tuple[str, ...]:
    units = {*units_above(case, a), *units_above(case, b)}
    stakes = holdings(case.world, units, case.day, "votes").stakes
    return tuple(dict.fromkeys(u for s in stakes for u in s.unknown))


def _why_not(case: Case, a: str, b: str) -> tuple[str, ...]:
    """`condition_not_met` where they share a holder or a person below control, `no_rule` where nothing ties them."""
    units_a, units_b = units_above(case, a), units_above(case, b)
    holders = [{s.holder for s in holdings(case.world, units, case.day).stakes} | set(units) for units in (units_a, units_b)]
    shared = holders[0] & holders[1] or _officers(case, a, sure=False) & _officers(case, b, sure=False)
    return ("condition_not_met", "no_rule") if shared else ("no_rule",)


__all__ = ["ZERO", "Beneficial", "Control", "Controller", "Owner", "Related", "beneficial_owners", "controllers", "related"]
