"""Search by levels: every node within n hops, the best trails to each, SAME_AS crossed at no hop cost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from graph_model.claims import GRADES
from graph_model.errors import BudgetExceeded
from queries.network import Crossing, Edge, Network


@dataclass(frozen=True, slots=True, order=True)
class Trail:
    """A way from the start; its order is the declared one: fewest hops, strongest evidence, newest, id.

    Evidence and age are sums over the steps, so that the best way to a node is part of the best way through it.
    """

    hops: int
    unsure: int
    grade: int
    rank: int
    age: int
    nodes: tuple[str, ...]

    @property
    def end(self) -> str:
        """The node it leads to."""
        return self.nodes[-1]

    def step(self, edge: Edge) -> "Trail":
        """One hop on."""
        return Trail(
            self.hops + 1,
            self.unsure + (not edge.sure),
            self.grade,
            self.rank + edge.rank,
            self.age + edge.age,
            (*self.nodes, edge.to),
        )

    def cross(self, crossing: Crossing) -> "Trail":
        """On to the same subject's other node, at no hop."""
        grade = self.grade + GRADES.index(crossing.grade)
        return Trail(
            self.hops,
            self.unsure + (not crossing.sure),
            grade,
            self.rank,
            self.age,
            (*self.nodes, crossing.to),
        )


@dataclass(frozen=True, slots=True)
class Level:
    """The nodes first reached at this many hops, and whether all of them were found."""

    hops: int
    trails: dict[str, list[Trail]]
    complete: bool


@dataclass(slots=True)
class Search:
    """A search from one node; `sure` follows only what an answer may rest on, `keep` trails a node are kept."""

    network: Network
    start: str
    sure: bool
    keep: int = 1
    reached: dict[str, list[Trail]] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)

    def levels(self, most_hops: int) -> Iterator[Level]:
        """Level 0 (the subject itself) to `most_hops`; the first incomplete level is the last."""
        entries = [Trail(0, 0, 0, 0, 0, (self.start,))]
        for hops in range(most_hops + 1):
            complete = self._load(entries, hops, expand=hops < most_hops)
            trails = self._settle(entries)
            self.reached.update(trails)
            yield Level(hops, trails, complete)
            if not complete or not trails:
                return
            entries = self._onward(trails)

    def _load(self, entries: Iterable[Trail], hops: int, *, expand: bool) -> bool:
        """Fetch around the entries and all that is the same as they, the best trail first; whether time sufficed."""
        waiting = [t for t in sorted(entries) if t.end not in self.reached]
        seen = {t.end for t in waiting}
        order = list(dict.fromkeys(t.end for t in waiting))
        for done, node in enumerate(order):
            try:
                self.network.expand(node) if expand else self.network.cross(node)
            except BudgetExceeded:
                self.cut.append(
                    f"{len(order) - done} of {len(order)} nodes at {hops} hops were not followed: the time was spent; they are the last in the declared order"
                )
                return False
            for crossing in self._usable(node):
                if crossing.to not in seen and crossing.to not in self.reached:
                    seen.add(crossing.to)
                    order.append(crossing.to)
        return True

    def _usable(self, node: str) -> Iterator[Crossing]:
        return (c for c in self.network.crossings.get(node, ()) if c.sure or not self.sure)

    def _settle(self, entries: list[Trail]) -> dict[str, list[Trail]]:
        """The best trails to each new node, SAME_AS steps inside the level included."""
        heap, level = list(entries), dict[str, list[Trail]]()
        heapify(heap)
        while heap:
            trail = heappop(heap)
            if trail.end in self.reached or len(level.get(trail.end, ())) >= self.keep:
                continue
            level.setdefault(trail.end, []).append(trail)
            for crossing in self._usable(trail.end):
                if crossing.to not in trail.nodes and not self._ruled_out(trail, crossing.to):
                    heappush(heap, trail.cross(crossing))
        return level

    def _ruled_out(self, trail: Trail, node: str) -> bool:
        """Whether the node is judged not to be one of those that the trail's last SAME_AS steps hold to be one."""
        for before, at in zip(reversed((None, *trail.nodes[:-1])), reversed(trail.nodes), strict=True):
            if frozenset((at, node)) in self.network.ruled_out:
                return True
            if before is None or self.network.crossing(before, at) is None:
                return False
        return False

    def _onward(self, trails: dict[str, list[Trail]]) -> list[Trail]:
        return [
            trail.step(edge)
            for node, ways in trails.items()
            for edge in self._best_edges(node)
            if edge.to not in self.reached
            for trail in ways
            if edge.to not in trail.nodes
        ]

    def _best_edges(self, node: str) -> Iterator[Edge]:
        """One edge a neighbour: edges come sorted by neighbour, the best first."""
        last = None
        for edge in self.network.edges.get(node, ()):
            if (edge.sure or not self.sure) and edge.to != last:
                last = edge.to
                yield edge
