"""Conflicts between the bidders of one procedure: one head, a controlling holding, a relation of management."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from queries.law.case import Case, joined
from queries.law.clocks import NO, YES, Truth, every, some
from queries.law.control import controlling, enough, units_above
from queries.law.facts import holds
from queries.law.lifecycle import Standing, of_subject
from queries.law.ownership import holdings
from queries.law.rules import BidRule


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bidders held against one ground of one rule."""

    a: str
    b: str
    ground: str
    rule: BidRule
    truth: Truth
    reasons: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bidding:
    """What stands between the bidders, and who of them is on which list on the day."""

    answer: Truth
    pairs: tuple[Pair, ...]
    undetermined: tuple[Pair, ...]
    not_pairs: tuple[Pair, ...]
    listed: tuple[tuple[str, Standing], ...]


def bidding(case: Case, kind: str, bidders: Iterable[str]) -> Bidding:
    """Every pair of bidders under the rule of the procedure in force on the day."""
    ordered = sorted(set(bidders))
    rules = [r for r in case.law.bids if r.bid == kind and r.in_force(case.rules_at)]
    found = [_ground(case, rule, a, b, ground) for rule in rules for a, b in combinations(ordered, 2) for ground in rule.grounds]
    by = {word: tuple(p for p in found if p.truth.value == word) for word in ("yes", "undetermined", "no")}
    listed = tuple((b, s) for b in ordered for s in of_subject(case, b) if s.fact.kind == "listing")
    return Bidding(some(p.truth for p in found), by["yes"], by["undetermined"], by["no"], listed)


def _ground(case: Case, rule: BidRule, a: str, b: str, ground: str) -> Pair:
    truth, reasons, facts = _GROUNDS[ground](case, rule, a, b)
    told = () if truth.value == "yes" else reasons if truth.value == "no" else ("unknown_bound",)
    return Pair(a, b, ground, rule, truth, told, facts)


_Found = tuple[Truth, tuple[str, ...], tuple[str, ...]]


def _same_head(case: Case, rule: BidRule, a: str, b: str) -> _Found:
    heads = [_heads(case, rule, unit) for unit in (a, b)]
    shared = sorted(heads[0].keys() & heads[1].keys())
    if not shared:
        return NO, ("no_rule",), ()
    truth = some(_both(heads[0][w][0], heads[1][w][0]) for w in shared)
    facts = tuple(f for w in shared for side in heads for f in side[w][1])
    return truth, ("role_not_held", "no_rule"), facts


def _both(a: Truth, b: Truth) -> Truth:
    return every((a, b))


def _heads(case: Case, rule: BidRule, unit: str) -> dict[str, tuple[Truth, tuple[str, ...]]]:
    found: dict[str, tuple[Truth, tuple[str, ...]]] = {}
    for fact in case.world.of("role", "unit", unit):
        if fact.get("role") in rule.heads:
            who = min(case.world.nodes(str(fact.get("person"))))
            known, facts = found.get(who, (NO, ()))
            found[who] = (some((known, holds(fact, case.day))), (*facts, fact.id))
    return found


def _direct(case: Case, _: BidRule, a: str, b: str) -> _Found:
    """One holds enough of the other directly."""
    bound = enough(case)
    stakes = [s for of, holder in ((a, b), (b, a)) for s in holdings(case.world, [of], case.day, "votes").stakes if s.holder in case.world.nodes(holder)]
    if not stakes:
        return NO, _held_once(case, a, b), ()
    truth = some(bound.judge(s.share, s.unknown) for s in stakes)
    return truth, ("condition_not_met", "no_rule"), tuple(f for s in stakes for f in s.facts)


def _held_once(case: Case, a: str, b: str) -> tuple[str, ...]:
    once = any(f.get("holder") in case.world.nodes(h) for of, h in ((a, b), (b, a)) for f in case.world.of("share", "of", of))
    return ("role_not_held", "no_rule") if once else ("no_rule",)


def _controls(case: Case, _: BidRule, a: str, b: str) -> _Found:
    """One controls the other by shares, directly or through others."""
    pairs = ((a, b), (b, a))
    if any(holder in controlling(case, of, sure=True) for of, holder in pairs):
        return YES, (), _facts(case, a, b)
    if any(holder in controlling(case, of, sure=False) for of, holder in pairs):
        stakes = holdings(case.world, {*units_above(case, a), *units_above(case, b)}, case.day, "votes").stakes
        return Truth("undetermined", joined(s.unknown for s in stakes)), (), _facts(case, a, b)
    return NO, ("condition_not_met", "no_rule"), ()


def _facts(case: Case, a: str, b: str) -> tuple[str, ...]:
    units = {*units_above(case, a), *units_above(case, b)}
    return tuple(sorted({f for s in holdings(case.world, units, case.day).stakes for f in s.facts}))


def _manages(case: Case, _: BidRule, a: str, b: str) -> _Found:
    found = [f for one, other in ((a, b), (b, a)) for f in case.world.of("manages", "manager", one) if f.get("managed") in case.world.nodes(other)]
    if not found:
        return NO, ("no_rule",), ()
    return some(holds(f, case.day) for f in found), ("role_not_held", "no_rule"), tuple(f.id for f in found)


_GROUNDS: Mapping[str, Callable[[Case, BidRule, str, str], _Found]] = {
    "单位负责人为同一人": _same_head, "直接控股": _direct, "控股": _controls, "管理关系": _manages,
}  # fmt: skip
