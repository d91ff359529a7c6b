"""The part of the graph that a search has seen: relations and SAME_AS judgements, fetched a node at a time and kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_model.claims import ASSERTED, CANDIDATE, GRADES, POSITIVE_GRADES, date_by_others, holds_at
from graph_model.kinds import UNKNOWN
from queries.catalogue.coverage import SOURCES_RANKED
from queries.catalogue.identity import SAME_AS_OF, CrossingRow, subject_queries
from queries.catalogue.paths import FIRST_LINKS_OF, LINKS_OF, MOST_LINKS, LinkRow
from queries.inquiry import Inquiry

FOLDABLE = GRADES[:3]
UNRANKED = 9
_LAST_DAY = 99_999_999


@dataclass(frozen=True, slots=True)
class Edge:
    """The best claim that leads from one node to another; `sure` when an answer may rest on it."""

    to: str
    along: str
    relation: str
    claim: str
    sure: bool
    rank: int
    age: int

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """Strongest evidence, then newest, then id."""
        return (not self.sure, self.rank, self.age, self.claim)


@dataclass(frozen=True, slots=True)
class Crossing:
    """One SAME_AS step: its best grade and the claims that say so, strongest first."""

    to: str
    grade: str
    claims: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether an answer may rest on it."""
        return self.grade in POSITIVE_GRADES


@dataclass(slots=True)
class Network:
    """What was fetched so far, as of the clocks; `weakest` is the weakest identity grade crossed.

    `named` holds the captions derived from records, `state_held` whether a node's records hold it for the state.
    """

    inquiry: Inquiry
    weakest: str
    labels: dict[str, str] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    edges: dict[str, tuple[Edge, ...]] = field(default_factory=dict)
    crossings: dict[str, tuple[Crossing, ...]] = field(default_factory=dict)
    ruled_out: set[frozenset[str]] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    candidates: set[str] = field(default_factory=set)
    capped: set[str] = field(default_factory=set)
    ranks: dict[str, int] = field(default_factory=dict)
    source_names: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    state_held: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for source in self.inquiry.ask(SOURCES_RANKED):
            self.ranks[source.id] = UNRANKED if source.rank is None else source.rank
            self.source_names[source.id] = source.name or source.id

    def add(self, id_: str, label: str, caption: str | None) -> None:
        """Make a node known by label and caption."""
        self.labels.setdefault(id_, label)
        if caption or id_ not in self.captions:
            self.captions[id_] = caption or id_

    def meet(self, id_: str) -> None:
        """Look a subject up by id, if there is one."""
        for query in subject_queries(id_):
            for row in self.inquiry.ask(query, id=id_):
                self.add(row.id, row.label, row.caption)
                return

    def leave_out(self, claim: str, status: str) -> None:
        """Count a claim that no answer rests on, where it still waits for a decision."""
        if status == CANDIDATE:
            self.candidates.add(claim)

    def rank(self, source: str) -> int:
        """How strong a source is, 1 the strongest."""
        return self.ranks.get(source, UNRANKED)

    def expand(self, id_: str) -> None:
        """Fetch a node's relations and judgements. Raises `BudgetExceeded`."""
        if id_ in self.edges:
            return
        rows = self.inquiry.ask(LINKS_OF[self.labels[id_]], id=id_)
        if any(sum(row.along == along for row in rows) >= MOST_LINKS for along in ("out", "in")):
            rows = self.inquiry.ask(FIRST_LINKS_OF[self.labels[id_]], id=id_)
            self.capped.add(id_)
        for row in rows:
            self.add(row.b, row.label, row.caption)
        same = [
            CrossingRow(r.b, r.grade or "", r.claim, r.source, r.status)
            for r in rows
            if r.relation == "SAME_AS"
        ]
        if id_ not in self.crossings:
            self._cross(id_, same)
        self.edges[id_] = self._edges([r for r in rows if r.relation != "SAME_AS" and r.b != id_])

    def cross(self, id_: str) -> None:
        """Fetch a node's SAME_AS judgements. Raises `BudgetExceeded`."""
        if id_ not in self.crossings:
            rows = [] if self.inquiry.nothing("joined", id_) else self.inquiry.ask(SAME_AS_OF[self.labels[id_]], id=id_)
            for row in rows:
                self.add(row.b, self.labels[id_], None)
            self._cross(id_, rows)

    def crossed(self, id_: str, rows: Sequence[CrossingRow]) -> None:
        """Take a node's SAME_AS judgements in, fetched elsewhere."""
        if id_ not in self.crossings:
            self._cross(id_, rows)

    def edge(self, a: str, b: str, *, sure: bool) -> Edge:
        """The best edge between two neighbours."""
        return min((e for e in self.edges[a] if e.to == b and (e.sure or not sure)), key=lambda e: e.order)

    def crossing(self, a: str, b: str) -> Crossing | None:
        """The SAME_AS step between two nodes, where there is one."""
        return next((c for c in self.crossings.get(a, ()) if c.to == b), None)

    def newest(self, *days: str | None) -> int:
        """How old the newest of some dates is, as a number that grows with age; unknown dates are the oldest."""
        told = [int(f"{day}-00-00"[:10].replace("-", "")) for day in days if day and day != UNKNOWN]
        return _LAST_DAY - max(told, default=0)

    def _edges(self, rows: Sequence[LinkRow]) -> tuple[Edge, ...]:
        best: dict[tuple[str, bool], Edge] = {}
        for row, claim in _dated(rows):
            edge = self._edge(row, claim)
            if edge is not None:
                known = best.get((edge.to, edge.sure))
                if known is None or edge.order < known.order:
                    best[edge.to, edge.sure] = edge
        return tuple(sorted(best.values(), key=lambda e: (e.to, e.order)))

    def _edge(self, row: LinkRow, claim: dict[str, Any]) -> Edge | None:
        if row.status != ASSERTED:
            self.leave_out(row.claim, row.status)
            return None
        self.claims.add(row.claim)
        holds = holds_at(claim, self.inquiry.clocks.valid_at)
        if holds == "no":
            return None
        age = self.newest(row.valid_from, row.as_of)
        return Edge(row.b, row.along, row.relation, row.claim, holds == "yes", self.rank(row.source), age)

    def _crosses(self, grade: str) -> bool:
        """Whether a judgement is followed; an ambiguous one (two bear the name) as unsurely as a probable one."""
        return grade in FOLDABLE and GRADES.index(grade) <= GRADES.index(self.weakest) or (grade, self.weakest) == ("ambiguous", "probable")

    def _cross(self, id_: str, rows: Sequence[CrossingRow]) -> None:
        said: dict[str, dict[str, str]] = {}
        for row in rows:
            if row.status != ASSERTED:
                self.leave_out(row.claim, row.status)
            elif row.grade == "ruled_out":
                self.ruled_out.add(frozenset((id_, row.b)))
            elif self._crosses(row.grade):
                said.setdefault(row.b, {})[row.claim] = row.grade
        self.crossings[id_] = tuple(
            _crossing(b, claims)
            for b, claims in sorted(said.items())
            if frozenset((id_, b)) not in self.ruled_out
        )


def _dated(rows: Sequence[LinkRow]) -> Iterator[tuple[LinkRow, dict[str, Any]]]:
    """Each row with its dates, undated ones dated by the other claims of the same relation."""
    groups: dict[tuple[str, str, str], list[tuple[LinkRow, dict[str, Any]]]] = {}
    for row in rows:
        dates = {"valid_from": row.valid_from, "valid_to": row.valid_to, "as_of": row.as_of, "unknown_since": row.unknown_since}
        groups.setdefault((row.along, row.b, row.relation), []).append((row, dates))
    for group in groups.values():
        date_by_others([dates for row, dates in group if row.status == ASSERTED])
        yield from group


def _crossing(to: str, claims: dict[str, str]) -> Crossing:
    best = sorted(claims, key=lambda c: (GRADES.index(claims[c]), c))
    return Crossing(to, claims[best[0]], tuple(best))


def any_unsure(network: Network, ids: Iterable[str]) -> bool:
    """Whether something unsure leads on from these nodes, so that a search without it is not the whole truth."""
    return any(
        any(not e.sure for e in network.edges.get(i, ()))
        or any(not c.sure for c in network.crossings.get(i, ()))
        for i in ids
    )
