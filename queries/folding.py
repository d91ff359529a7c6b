"""Which nodes are one subject: SAME_AS judgements followed as far as the caller allows."""

from dataclasses import dataclass
from heapq import heappop, heappush

from graph_model.claims import GRADES, POSITIVE_GRADES
from graph_model.errors import UsageError
from queries.catalogue.identity import SUBJECT_BY_ID
from queries.inquiry import Inquiry
from queries.network import FOLDABLE, Network


@dataclass(frozen=True, slots=True)
class Fold:
    """A node that is one subject with the start: the weakest grade on the way, the way, and the claims that say so."""

    id: str
    grade: str
    way: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether an answer may rest on it."""
        return self.grade in POSITIVE_GRADES


def fold(network: Network, start: str, *, sure: bool = False) -> dict[str, Fold]:
    """Every node that is one subject with `start`, itself first, the strongest way to each.

    A node that is ruled out against another one already in is left out.
    """
    found: dict[str, Fold] = {}
    heap: list[tuple[int, int, tuple[str, ...], tuple[str, ...]]] = [(0, 0, (start,), ())]
    while heap:
        weakest, steps, way, claims = heappop(heap)
        node = way[-1]
        if node in found:
            continue
        network.cross(node)
        if any(frozenset((node, other)) in network.ruled_out for other in found):
            continue
        found[node] = Fold(node, GRADES[weakest], way, claims)
        for crossing in network.crossings[node]:
            if crossing.sure or not sure:
                grade = max(weakest, GRADES.index(crossing.grade))
                heappush(heap, (grade, steps + 1, (*way, crossing.to), (*claims, crossing.claims[0])))
    return found


@dataclass(frozen=True, slots=True)
class Identities:
    """Folding for a caller that walks nothing; `weakest` is the weakest grade crossed."""

    inquiry: Inquiry
    weakest: str

    def fold(self, start: str) -> dict[str, Fold]:
        """As `fold`, of a subject by id; empty where there is none."""
        network = Network(self.inquiry, self.weakest)
        for row in self.inquiry.ask(SUBJECT_BY_ID, id=start):
            network.add(row.id, row.label, row.caption)
            return fold(network, start)
        return {}


def checked_identity(grade: str) -> str:
    """The weakest identity grade a caller lets an answer cross. Raises `UsageError`."""
    if grade not in FOLDABLE:
        raise UsageError(f"identity {grade!r}: expected one of {', '.join(FOLDABLE)}")
    return grade
