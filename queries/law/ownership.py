"""Who owns how much, exactly: indirect shares as fractions, ranges as intervals, cycles as a linear system.

Everything is in percent. A share that is not stated is anything from 0 to what the others leave. The economic share
multiplies along the chain; control does not: who has more than half, himself and through those he controls, has all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from queries.law.clocks import Truth
from queries.law.facts import Fact, World, holds

ZERO, ALL = Fraction(0), Fraction(100)
What = Literal["percent", "votes"]


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that lies between two; the same where it is known."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether it is known."""
        return self.low == self.high


NOTHING = Share(ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Stake:
    """One holding on a day: who holds how much of whom, from which facts, and what of it is not known."""

    holder: str
    of: str
    share: Share
    facts: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(slots=True)
class Holdings:
    """All holdings that a question looks at, by the unit held."""

    stakes: list[Stake] = field(default_factory=list)
    of: dict[str, list[Stake]] = field(default_factory=dict)
    by: dict[str, list[Stake]] = field(default_factory=dict)

    def add(self, stake: Stake) -> None:
        """Take a holding in."""
        self.stakes.append(stake)
        self.of.setdefault(stake.of, []).append(stake)
        self.by.setdefault(stake.holder, []).append(stake)


def read_share(text: str) -> Share:
    """A share as the graph keeps it: `25`, `1500/49`, `5..10`."""
    low, _, high = text.partition("..")
    return Share(Fraction(low), Fraction(high or low))


def stake_of(world: World, fact: Fact, day: date, what: What) -> Stake | None:
    """A share fact as a holding on the day; None where it does not hold then."""
    truth = holds(fact, day)
    if truth.value == "no":
        return None
    share, unknown = _stated(world, fact, what)
    if truth.value == "undetermined":
        share, unknown = Share(ZERO, share.high), (*unknown, *truth.unknown)
    holder, of = (min(world.nodes(str(fact.get(end)))) for end in ("holder", "of"))
    return Stake(holder, of, share, (fact.id,), unknown)


def _stated(world: World, fact: Fact, what: What) -> tuple[Share, tuple[str, ...]]:
    text = fact.get(what) or fact.get("percent")
    if text is not None:
        share = read_share(str(text))
        return share, () if share.exact else (fact.key(what if fact.get(what) else "percent"),)
    subscribed, capital = fact.get("subscribed"), world.unit(str(fact.get("of"))).get("capital")
    if subscribed and capital and Fraction(str(capital)) > 0:
        found = Fraction(str(subscribed)) / Fraction(str(capital)) * 100
        return Share(found, found), ()
    return Share(ZERO, ALL), (fact.key("percent"),)


def holdings(world: World, units: Iterable[str], day: date, what: What = "percent") -> Holdings:
    """Everyone's holdings in some units on a day; two facts of one holder add up; what is open is cut to what is left."""
    found = Holdings()
    for unit in sorted({min(world.nodes(u)) for u in units}):
        stakes = [s for f in world.of("share", "of", unit) if (s := stake_of(world, f, day, what)) is not None]
        for stake in _bounded(_added(stakes)):
            found.add(stake)
    return found


def _added(stakes: Sequence[Stake]) -> list[Stake]:
    by_holder: dict[str, list[Stake]] = {}
    for stake in stakes:
        by_holder.setdefault(stake.holder, []).append(stake)
    added = []
    for holder, own in sorted(by_holder.items()):
        share = Share(sum((s.share.low for s in own), ZERO), min(ALL, sum((s.share.high for s in own), ZERO)))
        added.append(Stake(holder, own[0].of, share, tuple(f for s in own for f in s.facts), tuple(u for s in own for u in s.unknown)))
    return added


def _bounded(stakes: Sequence[Stake]) -> list[Stake]:
    """No holder can have more than the others' least shares leave."""
    least = sum((s.share.low for s in stakes), ZERO)
    bounded = []
    for stake in stakes:
        left = max(stake.share.low, ALL - (least - stake.share.low))
        bounded.append(Stake(stake.holder, stake.of, Share(stake.share.low, min(stake.share.high, left)), stake.facts, stake.unknown))
    return bounded


# --- economic shares ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owned:
    """What one holder owns of a unit in the end, directly and through others."""

    who: str
    share: Share
    unknown: tuple[str, ...]


def indirect(found: Holdings, unit: str) -> tuple[dict[str, Owned], bool]:
    """The share of every holder in the unit, direct and indirect, and whether cycles were solved."""
    low, high = (shares_in(found, unit, end) for end in ("low", "high"))
    cycle = has_cycle(found, unit)
    owned = {}
    for who in sorted(set(low) | set(high)):
        share = Share(low.get(who, ZERO), min(ALL, high.get(who, ZERO)))
        unknown = () if share.exact else _unknown_towards(found, who, unit)
        owned[who] = Owned(who, share, unknown)
    return owned, cycle


def shares_in(found: Holdings, unit: str, end: str) -> dict[str, Fraction]:
    """x(h) = Σ s(h, of) · w(of), where w(of) is the part of the unit that runs through `of`, w(unit) = 1.

    w solves w = e + S·w over the units that are held; with cycles it is a linear system over fractions.
    """
    units = _upward(found, unit)
    weights = _weights(found, units, unit, end)
    if weights is None:
        return dict.fromkeys((s.holder for u in units for s in found.of.get(u, ())), ZERO if end == "low" else ALL)
    shares: dict[str, Fraction] = {}
    for of in units:
        for stake in found.of.get(of, ()):
            shares[stake.holder] = shares.get(stake.holder, ZERO) + _part(stake, end) * weights[of] * 100
    return shares


def _part(stake: Stake, end: str) -> Fraction:
    return (stake.share.low if end == "low" else stake.share.high) / 100


def _upward(found: Holdings, unit: str) -> list[str]:
    """The unit and every unit above it that is itself held."""
    seen, todo = [unit], [unit]
    while todo:
        for stake in found.of.get(todo.pop(), ()):
            if stake.holder in found.of and stake.holder not in seen:
                seen.append(stake.holder)
                todo.append(stake.holder)
    return seen


def _weights(found: Holdings, units: Sequence[str], unit: str, end: str) -> dict[str, Fraction] | None:
    """Solve w(u) = [u is the unit] + Σ over v of s(u, v)·w(v); None where the system has no single solution."""
    index = {u: i for i, u in enumerate(units)}
    size = len(units)
    rows = [[Fraction(int(i == j)) for j in range(size)] + [Fraction(int(units[i] == unit))] for i in range(size)]
    for of in units:
        for stake in found.of.get(of, ()):
            if stake.holder in index:
                rows[index[stake.holder]][index[of]] -= _part(stake, end)
    solved = solve(rows)
    return None if solved is None or any(w < 0 for w in solved) else dict(zip(units, solved, strict=True))


def solve(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The solution of a linear system, each row with its right side last; None where it is singular."""
    size = len(rows)
    for column in range(size):
        pivot = next((r for r in range(column, size) if rows[r][column] != 0), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for r in range(size):
            factor = rows[r][column]
            if r != column and factor != 0:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column], strict=True)]
    return [row[size] for row in rows]


def has_cycle(found: Holdings, unit: str) -> bool:
    """Whether somebody above the unit holds, through others, a part of himself."""
    units = set(_upward(found, unit))
    done: set[str] = set()

    def visit(node: str, path: frozenset[str]) -> bool:
        if node in path:
            return True
        if node in done:
            return False
        closes = any(visit(s.holder, path | {node}) for s in found.of.get(node, ()) if s.holder in units)
        done.add(node)
        return closes

    return visit(unit, frozenset())


def _unknown_towards(found: Holdings, who: str, unit: str) -> tuple[str, ...]:
    """What is not known of the holdings on the way from a holder to the unit."""
    below = _below(found, who)
    units = set(_upward(found, unit))
    keys = [u for of in sorted(units) for s in found.of.get(of, ()) if s.holder == who or s.holder in below for u in s.unknown]
    return tuple(dict.fromkeys(keys))


def _below(found: Holdings, who: str) -> set[str]:
    seen: set[str] = set()
    todo = [who]
    while todo:
        for stake in found.by.get(todo.pop(), ()):
            if stake.of not in seen:
                seen.add(stake.of)
                todo.append(stake.of)
    return seen


# --- control --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that a rule states, with how it is compared: `> 50`, `>= 25`."""

    text: str

    @property
    def strict(self) -> bool:
        """Whether the number itself is not enough."""
        return self.text.startswith("> ")

    @property
    def number(self) -> Fraction:
        """The number."""
        return Fraction(self.text.split()[-1])

    def met(self, value: Fraction) -> bool:
        """Whether a value is enough."""
        return value > self.number if self.strict else value >= self.number

    def judge(self, share: Share, unknown: tuple[str, ...] = ()) -> Truth:
        """Whether a share is enough, where it may be a range."""
        if self.met(share.low):
            return Truth("yes")
        return Truth("undetermined", unknown) if self.met(share.high) else Truth("no")


def controlled_by(found: Holdings, who: str, enough: Bound, links: Mapping[str, Iterable[str]], *, sure: bool) -> set[str]:
    """Units that somebody controls: those linked to him otherwise, and those in which he and they together have enough."""
    own: set[str] = {who}
    while True:
        grown = {unit for holder in own for unit in links.get(holder, ())}
        for unit, stakes in found.of.items():
            total = sum(((s.share.low if sure else s.share.high) for s in stakes if s.holder in own), ZERO)
            if enough.met(total):
                grown.add(unit)
        if grown <= own:
            return own - {who}
        own |= grown
