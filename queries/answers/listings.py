"""How one listing reads at a day, and listings that several sources report folded into one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph_model.claims import ASSERTED, Holds, earliest, holds_at
from graph_model.kinds import UNKNOWN
from queries.answers.answer import ListingState
from queries.catalogue.paths import LISTINGS_OF, NEGATIVE_LISTINGS, ListingRow
from queries.law.case import Case
from queries.law.facts import Fact, World
from queries.law.lifecycle import standing as standing_of
from queries.law.statutes import law
from queries.network import Network
from queries.query import MOST_ROWS

PROPOSED = "拟列入"


@dataclass(frozen=True, slots=True)
class Standing:
    """One listing of one node as it reads at the day: the strongest claim, and the ids of all that say the same."""

    row: ListingRow
    state: ListingState
    holds: Holds
    claims: tuple[str, ...]


def read_listing(row: ListingRow, day: str) -> tuple[ListingState, Holds]:
    """State of a listing at a day, and whether the subject then stands on the list. 拟列入 is not listed."""
    if row.stage == PROPOSED:
        return "proposed", "no"
    dates = {
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "as_of": row.as_of,
        "unknown_since": row.unknown_since,
    }
    holds = holds_at(dates, day)
    if holds == "yes":
        return "displayed", holds
    if holds == "no":
        later = row.valid_from and row.valid_from != UNKNOWN and earliest(row.valid_from) > day
        return ("later" if later else "removed"), holds
    gone = row.unknown_since and not row.valid_to and earliest(row.unknown_since) <= day
    return ("unknown_since" if gone else "undated"), holds


def read_in_law(row: ListingRow, day: str, rules_at: str) -> tuple[ListingState, Holds]:
    """As `read_listing`, and over where the decision is void or repaired, or the statutory term has run out.

    A source that still shows a listing on the day asked for settles a term that its own values leave open.
    """
    state, holds = read_listing(row, day)
    if holds == "no":
        return state, holds
    case = Case(World(), law(), date.fromisoformat(day), date.fromisoformat(rules_at))
    found = standing_of(case, _fact(row))
    if found is None:
        return state, holds
    if found.holds.value == "no":
        return _LAW_STATES.get(found.state, state), "no"
    shown = row.as_of is not None and earliest(row.as_of) >= day
    if found.holds.value == "undetermined" and holds == "yes" and not shown:
        return "undated", "undetermined"
    return state, holds


_LAW_STATES: dict[str, ListingState] = {"ended": "ended", "repaired": "repaired", "annulled": "annulled", "removed": "removed"}
_IN_LAW = ("list", "stage", "listed", "valid_from", "annulled", "removed", "repaired", "corrected", "fixed_until", "ground", "head", "extended_years")


def _fact(row: ListingRow) -> Fact:
    values = {name: value for name in _IN_LAW if (value := getattr(row, name)) is not None}
    return Fact("listing", row.listing, (row.listing,), row.source, values)


def standings(network: Network, rows: Iterable[ListingRow]) -> list[Standing]:
    """Listings in order: standing first, then the newest; what several sources say alike is one."""
    day, rules_at = network.inquiry.clocks.valid_at, network.inquiry.clocks.rules_at
    groups: dict[tuple[str | None, ...], list[tuple[ListingRow, ListingState, Holds]]] = {}
    for row in rows:
        if row.status != ASSERTED:
            network.leave_out(row.listing, row.status)
            continue
        state, holds = read_in_law(row, day, rules_at)
        groups.setdefault((row.subject, row.list, row.valid_from, row.number, state), []).append((row, state, holds))
    return sorted((_folded(network, group) for group in groups.values()), key=lambda s: _order(network, s))


def _folded(network: Network, group: Sequence[tuple[ListingRow, ListingState, Holds]]) -> Standing:
    ranked = sorted(
        group, key=lambda g: (network.rank(g[0].source), network.newest(g[0].as_of), g[0].listing)
    )
    row, state, holds = ranked[0]
    return Standing(row, state, holds, tuple(g[0].listing for g in ranked))


def _order(network: Network, standing: Standing) -> tuple[int, int, int, str]:
    held = ("yes", "undetermined", "no").index(standing.holds)
    row = standing.row
    return held, network.rank(row.source), network.newest(row.valid_from), row.listing


def own_listings(network: Network, ids: Iterable[str]) -> list[Standing]:
    """Every listing of these nodes."""
    rows = [row for i in sorted(ids) for row in network.inquiry.ask(LISTINGS_OF[network.labels[i]], id=i)]
    return standings(network, rows)


class Listed:
    """Who stands on a negative list at the day: all of them at once where they are few, else asked node by node."""

    def __init__(self, network: Network, negative: int) -> None:
        self._network = network
        self._known: dict[str, list[Standing]] | None = None
        if negative < MOST_ROWS:
            self._known = {}
            rows = network.inquiry.ask(NEGATIVE_LISTINGS)
            for standing in standings(network, (row for row in rows if row.stage != PROPOSED)):
                self._known.setdefault(standing.row.subject, []).append(standing)

    def of(self, node: str) -> list[Standing]:
        """Negative listings of a node that hold, or may hold, at the day. Raises `BudgetExceeded`."""
        if self._known is not None:
            return self._known.get(node, [])
        rows = self._network.inquiry.ask(LISTINGS_OF[self._network.labels[node]], id=node)
        found = standings(self._network, (row for row in rows if row.polarity == "negative"))
        return [standing for standing in found if standing.holds != "no"]
