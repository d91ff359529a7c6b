"""Which nodes are one subject: SAME_AS judgements, followed as far as the caller allows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from graph_model.claims import ASSERTED, GRADES, POSITIVE_GRADES
from graph_model.errors import UsageError
from queries.catalogue.identity import SAME_AS_OF, CrossingRow
from queries.inquiry import Inquiry

FOLDABLE = GRADES[:3]


@dataclass(frozen=True, slots=True)
class Crossing:
    """One SAME_AS step: its best grade, and the claims that say so."""

    to: str
    grade: str
    claims: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether an answer may rest on it."""
        return self.grade in POSITIVE_GRADES


@dataclass(frozen=True, slots=True)
class Fold:
    """A node reached over SAME_AS: the weakest grade on the way and the claims of the way."""

    id: str
    grade: str
    claims: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether an answer may rest on it."""
        return self.grade in POSITIVE_GRADES


@dataclass(slots=True)
class Identities:
    """SAME_AS around the nodes asked for so far, as of the run; `weakest` is the weakest grade crossed."""

    inquiry: Inquiry
    weakest: str
    crossings: dict[str, list[Crossing]] = field(default_factory=dict)
    ruled_out: set[frozenset[str]] = field(default_factory=set)
    candidates: set[str] = field(default_factory=set)

    def load(self, ids: Iterable[str]) -> None:
        """Fetch the closure around these nodes."""
        wanted = {i for i in ids if i not in self.crossings}
        while wanted:
            rows = self.inquiry.ask(SAME_AS_OF, ids=wanted)
            self._take(wanted, rows)
            near = {c.to for i in wanted for c in self.crossings[i]}
            wanted = {i for i in near if i not in self.crossings}

    def _take(self, ids: set[str], rows: list[CrossingRow]) -> None:
        said: dict[tuple[str, str], dict[str, str]] = {}
        for row in rows:
            if row.status != ASSERTED:
                self.candidates.add(row.claim)
            elif row.grade == "ruled_out":
                self.ruled_out.add(frozenset((row.a, row.b)))
            elif row.grade in FOLDABLE and GRADES.index(row.grade) <= GRADES.index(self.weakest):
                said.setdefault((row.a, row.b), {})[row.claim] = row.grade
        for i in ids:
            self.crossings[i] = []
        for (a, b), claims in sorted(said.items()):
            if a != b and frozenset((a, b)) not in self.ruled_out:
                best = sorted(claims, key=lambda c: (GRADES.index(claims[c]), c))
                self.crossings[a].append(Crossing(b, claims[best[0]], tuple(best)))

    def fold(self, start: str, *, sure: bool = False) -> dict[str, Fold]:
        """Every node that is one subject with `start`, the strongest way to each; none that is ruled out against another."""
        self.load([start])
        found: dict[str, Fold] = {}
        heap: list[tuple[int, int, str, tuple[str, ...]]] = [(0, 0, start, ())]
        while heap:
            weakest, steps, node, claims = heappop(heap)
            if node in found or any(frozenset((node, other)) in self.ruled_out for other in found):
                continue
            found[node] = Fold(node, GRADES[weakest], claims)
            for crossing in self.crossings[node]:
                if crossing.sure or not sure:
                    grade = max(weakest, GRADES.index(crossing.grade))
                    heappush(heap, (grade, steps + 1, crossing.to, (*claims, crossing.claims[0])))
        return found


def checked_identity(grade: str) -> str:
    """The weakest identity grade a caller lets an answer cross. Raises `UsageError`."""
    if grade not in FOLDABLE:
        raise UsageError(f"identity {grade!r}: expected one of {', '.join(FOLDABLE)}")
    return grade
