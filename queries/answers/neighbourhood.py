"""The neighbourhood of a subject: what lies within some hops of it, every edge a dated claim with its source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph_model.claims import Clocks, holds_at
from graph_model.errors import UsageError
from graph_model.model import MODEL
from graph_model.stores.graph import Reader, Row
from queries.answers.answer import From, Grade, NodeRef
from queries.answers.facts import Value, caption, values_of
from queries.answers.meant import one_subject
from queries.caption import FEW, captions, chunks
from queries.catalogue import showing
from queries.catalogue.coverage import SOURCES_RANKED
from queries.clocks import read_clocks
from queries.folding import checked_identity
from queries.inquiry import Inquiry, Watch
from queries.network import FOLDABLE, Network
from queries.query import run

MOST_HOPS = 8
MOST_NODES = 100_000
WALKED = "{{types(walked)}}|SUPPLIES"
ATTACHED = "SUBJECT_OF|DIRECTLY_RESPONSIBLE_IN"


@dataclass(frozen=True, slots=True)
class NeighbourhoodQuestion:
    """The question in canonical form; `at` null: claims of any time, each with its dates."""

    verb: Literal["export"]
    id: str
    hops: int
    at: str | None
    known_at: str
    identity: Grade
    limit: int


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One node, how many hops from the subject, and all its properties."""

    id: str
    label: str
    caption: str
    hop: int
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """One claim between two nodes, with its source and dates."""

    claim: str
    type: str
    term: str
    from_: From
    to: str
    source: str
    source_name: str
    document: str | None
    row: int | None
    status: str
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    unknown_since: str | None
    known_from: int
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class NeighbourhoodCoverage:
    """How far it goes: `hops` expanded completely; relations between two nodes at the last hop are not looked for."""

    hops: int
    truncated: bool
    cut: tuple[str, ...]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeighbourhoodAnswer:
    """A subject's neighbourhood as nodes and edges."""

    question: NeighbourhoodQuestion
    subject: NodeRef
    clocks: Clocks
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    coverage: NeighbourhoodCoverage


def neighbourhood(
    reader: Reader, id: str, *, hops: int = 2, at: str | None = None, known_at: str | None = None,
    identity: Grade = "anchored", limit: int = 2_000,
) -> NeighbourhoodAnswer:  # fmt: skip
    """Everything within `hops` relations of a subject; SAME_AS costs no hop. Raises `UnknownEntity`, `UsageError`."""
    if not 0 <= hops <= MOST_HOPS:
        raise UsageError(f"hops {hops}: expected 0 to {MOST_HOPS}")
    clocks = read_clocks(reader, at=at, known_at=known_at)
    grades = FOLDABLE[: FOLDABLE.index(checked_identity(identity)) + 1]
    meant = one_subject(Network(Inquiry(Watch(reader), clocks), identity), id)
    limit = max(1, min(limit, MOST_NODES))
    question = NeighbourhoodQuestion("export", meant.id, hops, clocks.valid_at if at else None, clocks.known_at, identity, limit)
    growth = _Growth(reader, clocks, question, grades)
    growth.start(meant.id, meant.label)
    for _ in range(hops):
        if not growth.grow():
            break
    if not growth.cut:
        growth.complete = hops  # nothing led further
    growth.attach()
    return growth.answer()


@dataclass(slots=True)
class _Growth:
    """The neighbourhood as far as it has grown."""

    reader: Reader
    clocks: Clocks
    question: NeighbourhoodQuestion
    grades: tuple[str, ...]
    nodes: dict[str, Row] = field(default_factory=dict)
    hop: dict[str, int] = field(default_factory=dict)
    edges: dict[str, tuple[str, str, Row]] = field(default_factory=dict)
    frontier: list[str] = field(default_factory=list)
    complete: int = 0
    cut: list[str] = field(default_factory=list)

    def start(self, id_: str, label: str) -> None:
        node = self.reader.rows(showing.NODE.replace("LABEL", label), {"id": id_})[0]["node"]
        self.nodes[id_], self.hop[id_] = node, 0
        self.frontier = self._closed([id_], 0)

    def grow(self) -> bool:
        """One hop further; whether it was completed."""
        level = self.complete + 1
        steps = list(self._steps(self.frontier, WALKED))
        before = len(self.cut)
        self.frontier = self._closed(self._take(steps, level), level)
        if len(self.cut) > before:
            return False
        self.complete = level
        return bool(self.frontier)

    def attach(self) -> None:
        """The events and records of every subject reached, then the lists and authorities of the events."""
        subjects = list(self.nodes)
        self._hang(self._steps(subjects, ATTACHED, sides="out"))
        self._hang(self._steps(subjects, "DESCRIBES", sides="in"))
        events = [i for i, node in self.nodes.items() if MODEL.node[node["_label"]].role == "event"]
        self._hang(self._steps(events, "ISSUED_BY", sides="out"))
        self._hang(self._steps([i for i in events if self.nodes[i]["_label"] == "Listing"], "ON_LIST", sides="out"))

    def _hang(self, steps: Iterable[Row]) -> None:
        for step in steps:
            if step["other"] not in self.nodes:
                self.nodes[step["other"]] = step["node"]
                self.hop[step["other"]] = self.hop[step["one"]]
            self._edge(step)

    def _closed(self, ids: list[str], level: int) -> list[str]:
        """The nodes and all that SAME_AS joins to them."""
        reached, near = list(ids), list(ids)
        while near:
            steps = [s for s in self._steps(near, "SAME_AS") if s["claim"].get("grade") in self.grades]
            near = self._take(steps, level)
            reached += near
        return reached

    def _take(self, steps: Sequence[Row], level: int) -> list[str]:
        """New nodes in the order of their ids while there is room, and the edges between nodes that are in."""
        nodes = {step["other"]: step["node"] for step in steps if step["other"] not in self.nodes}
        room = self.question.limit - len(self.nodes)
        new = sorted(nodes)[: max(0, room)]
        if len(new) < len(nodes):
            self.cut.append(f"hop {level}: {len(nodes) - len(new)} of {len(nodes)} nodes left out, the greatest ids; limit {self.question.limit}")
        for id_ in new:
            self.nodes[id_], self.hop[id_] = nodes[id_], level
        for step in steps:
            if step["other"] in self.nodes:
                self._edge(step)
        return new

    def _edge(self, step: Row) -> None:
        ends = (step["one"], step["other"]) if step["along"] == "out" else (step["other"], step["one"])
        self.edges.setdefault(step["claim"]["claim_id"], (*ends, {**step["claim"], "type": step["type"]}))

    def _steps(self, ids: Iterable[str], types: str, *, sides: Literal["out", "in", "both"] = "both") -> Iterator[Row]:
        texts = [(s, t) for s, t in (("out", showing.STEPS_OUT), ("in", showing.STEPS_IN)) if sides in (s, "both")]
        by_label: dict[str, list[str]] = {}
        for id_ in sorted(ids):
            by_label.setdefault(self.nodes[id_]["_label"], []).append(id_)
        for label, members in by_label.items():
            for along, text in texts:
                if _possible(label, types, along):
                    for row in self._rows(text.replace("LABEL", label).replace("TYPES", types), members):
                        if self.question.at is None or holds_at(row["claim"], self.question.at) != "no":
                            yield {**row, "along": along}

    def _rows(self, text: str, ids: Sequence[str]) -> Iterator[Row]:
        given = {"run": self.clocks.known_run}
        if len(ids) <= FEW:
            one = text.replace("KEYED", "{id: $id}").replace("AMONG", "")
            for id_ in ids:
                yield from self.reader.rows(one, {"id": id_, **given})
            return
        many = text.replace(" KEYED", "").replace("AMONG", "a.id IN $ids AND")
        for part in chunks(ids):
            yield from self.reader.rows(many, {"ids": part, **given})

    def answer(self) -> NeighbourhoodAnswer:
        subjects = [i for i, node in self.nodes.items() if node["_label"] in MODEL.subjects]
        shown = captions(self.reader, subjects, run=self.clocks.known_run)
        names: dict[str, str] = {row.id: row.name or row.id for row in run(self.reader, SOURCES_RANKED)}
        nodes = [
            GraphNode(i, n["_label"], caption(n["_label"], n, shown), self.hop[i], {k: v for k, v in sorted(n.items()) if k not in ("id", "_label")})
            for i, n in self.nodes.items()
        ]
        edges = [_edge(a, b, claim, names) for a, b, claim in self.edges.values()]
        first = min(self.nodes, key=lambda i: i != self.question.id)
        return NeighbourhoodAnswer(
            self.question, NodeRef(first, self.nodes[first]["_label"], shown[first]), self.clocks,
            tuple(sorted(nodes, key=lambda n: (n.hop, n.id))), tuple(sorted(edges, key=lambda e: (e.type, e.from_, e.to, e.claim))),
            NeighbourhoodCoverage(self.complete, bool(self.cut), tuple(self.cut), ("fewest hops", "id")),
        )  # fmt: skip


def _edge(a: str, b: str, claim: Row, names: dict[str, str]) -> GraphEdge:
    source: str = claim["source"]
    own = {k: v for k, v in values_of(claim).items() if k != "type"}
    return GraphEdge(
        claim["claim_id"], claim["type"], MODEL.rel[claim["type"]].term, a, b, source, names.get(source, source),
        claim.get("document"), claim.get("row"), claim["status"], claim.get("valid_from"), claim.get("valid_to"),
        claim.get("as_of"), claim.get("unknown_since"), claim["known_from"], own,
    )  # fmt: skip


def _possible(label: str, types: str, along: str) -> bool:
    """Whether the model has such a relation on this side of the label; LadybugDB refuses a pattern that cannot be."""
    if types == WALKED:
        return True
    ends = [pair[along == "in"] for name in types.split("|") for pair in MODEL.rel[name].ends]
    return label in ends
