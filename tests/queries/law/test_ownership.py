"""Exact shares against brute force: the walks through a random graph with cycles, summed, approach the solution; order never matters."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from queries.law.ownership import Bound, Holdings, Share, Stake, controlled_by, shares_in, solve

UNITS = ("a", "b", "c")
PERSONS = ("x", "y")


@st.composite
def graphs(draw: st.DrawFn) -> dict[tuple[str, str], Fraction]:
    """Shares of each unit that add up to at most 100, no unit wholly in the hands of units."""
    found: dict[tuple[str, str], Fraction] = {}
    for of in UNITS:
        left = 95
        for holder in (*UNITS, *PERSONS):
            share = draw(st.integers(0, min(left, 40)))
            if share and holder != of:
                found[holder, of] = Fraction(share)
                left -= share
    return found


def held(shares: dict[tuple[str, str], Fraction], order: tuple[str, ...] = ()) -> Holdings:
    found = Holdings()
    for holder, of in sorted(shares, key=lambda k: (order.index(k[1]) if order else 0, k)):
        found.add(Stake(holder, of, Share(shares[holder, of], shares[holder, of]), (), ()))
    return found


def brute(shares: dict[tuple[str, str], Fraction], unit: str, rounds: int = 60) -> dict[str, Fraction]:
    """Ownership by walking up again and again: every walk of so many steps adds its product."""
    total: dict[str, Fraction] = {}
    flow = {unit: Fraction(1)}
    for _ in range(rounds):
        above: dict[str, Fraction] = {}
        for (holder, of), share in shares.items():
            if of in flow:
                above[holder] = above.get(holder, Fraction(0)) + flow[of] * share / 100
        for holder, part in above.items():
            total[holder] = total.get(holder, Fraction(0)) + part * 100
        flow = {u: f for u, f in above.items() if u in UNITS}
    return total


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_indirect_shares_are_the_sum_over_all_walks(shares: dict[tuple[str, str], Fraction]) -> None:
    exact, walked = shares_in(held(shares), "a", "low"), brute(shares, "a")
    for holder in set(exact) | set(walked):
        assert abs(exact.get(holder, Fraction(0)) - walked.get(holder, Fraction(0))) < Fraction(1, 1000)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_the_solution_satisfies_its_equations_exactly(shares: dict[tuple[str, str], Fraction]) -> None:
    found = held(shares)
    exact = shares_in(found, "a", "low")
    weight = {u: exact.get(u, Fraction(0)) / 100 + (u == "a") for u in UNITS}
    reachable = {"a", *(u for u in UNITS if exact.get(u))}
    for holder in (*UNITS, *PERSONS):
        assert exact.get(holder, Fraction(0)) == sum((s * weight[of] for (h, of), s in shares.items() if h == holder and of in reachable), Fraction(0))


@settings(max_examples=40, deadline=None)
@given(graphs(), st.permutations(UNITS))
def test_the_order_of_facts_does_not_matter(shares: dict[tuple[str, str], Fraction], order: list[str]) -> None:
    assert shares_in(held(shares), "a", "low") == shares_in(held(shares, tuple(order)), "a", "low")


@settings(max_examples=40, deadline=None)
@given(graphs(), st.integers(0, 30))
def test_a_range_holds_every_value_in_it(shares: dict[tuple[str, str], Fraction], width: int) -> None:
    found = Holdings()
    for (holder, of), share in sorted(shares.items()):
        least = max(Fraction(0), share - width) if holder in PERSONS else share
        found.add(Stake(holder, of, Share(least, share), (), ()))
    exact = shares_in(held(shares), "a", "low")
    low, high = shares_in(found, "a", "low"), shares_in(found, "a", "high")
    for holder, share in exact.items():
        assert low[holder] <= share <= high[holder]


def test_a_system_without_a_single_solution_is_refused() -> None:
    one = Fraction(1)
    assert solve([[one, -one, one], [-one, one, one]]) is None


def test_control_adds_up_what_the_controlled_hold() -> None:
    shares = {("x", "b"): Fraction(60), ("b", "a"): Fraction(30), ("x", "a"): Fraction(21), ("y", "a"): Fraction(49)}
    assert controlled_by(held(shares), "x", Bound("> 50"), {}, sure=True) == {"a", "b"}
    assert controlled_by(held(shares), "y", Bound("> 50"), {}, sure=True) == set()
