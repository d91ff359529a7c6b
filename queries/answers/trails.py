"""From a trail of ids to a path with its facts: each step's claims, dates and evidence, and what weakens it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_model.claims import ASSERTED, POSITIVE_GRADES, date_by_others, holds_at, weakest
from graph_model.model import MODEL
from graph_model.stores.graph import Row
from queries.answers.answer import Beside, Evidence, Flag, Hub, Path, Step
from queries.answers.evidence import RawRows, Stated, evidence_of
from queries.answers.subject import grade, ref
from queries.catalogue.paths import DEGREE_OF, FACTS, LISTING_FACTS, STATE_HOLDING_AUTHORITY
from queries.network import Crossing, Edge, Network
from queries.search import Trail

HUB_DEGREE = 100


@dataclass(slots=True)
class Composer:
    """Fetches the facts of what was found, each pair and node once, and keeps the evidence to be shown."""

    network: Network
    raw: RawRows | None
    stated: dict[str, Stated] = field(default_factory=dict)
    hubs: dict[str, Hub] = field(default_factory=dict)
    _facts: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    _degrees: dict[str, int] = field(default_factory=dict)

    def path(self, trail: Trail, *, sure: bool) -> Path:
        """The path that a trail stands for."""
        steps = tuple(self._step(a, b, sure) for a, b in zip(trail.nodes, trail.nodes[1:], strict=False))
        grades = tuple(str(step.grade) for step in steps if step.grade)
        nodes = tuple(ref(self.network, node) for node in trail.nodes)
        return Path(
            nodes, steps, trail.hops, grade(weakest(grades)), self._flags(_between(trail, steps), grades)
        )

    def listing(self, id_: str, subject: str) -> None:
        """Have a listing's evidence shown."""
        for row in self.network.inquiry.ask(LISTING_FACTS, id=id_):
            self._state(id_, "Listing", row.claim, ref(self.network, subject).caption, "")

    def same(self, way: Sequence[str]) -> None:
        """Have the evidence of a chain of SAME_AS shown."""
        for a, b in zip(way, way[1:], strict=False):
            self._same_facts(a, b)

    def evidence(self, wanted: Iterable[str]) -> dict[str, Evidence]:
        """Evidence of these claims, as far as they were stated."""
        chosen = [self.stated[claim] for claim in sorted(set(wanted)) if claim in self.stated]
        network = self.network
        return evidence_of(
            network.inquiry.watch, chosen, self.raw, names=network.source_names, ranks=network.ranks
        )

    # --- steps ------------------------------------------------------------------------------------------

    def _step(self, a: str, b: str, sure: bool) -> Step:
        crossing = self.network.crossing(a, b)
        if crossing is not None and (crossing.sure or not sure):
            return self._crossed(a, b, crossing)
        edge = self.network.edge(a, b, sure=sure)
        source, target = (a, b) if edge.along == "out" else (b, a)
        claims = self._saying(edge, self._between(source, target))
        for claim in claims:
            self._state(
                claim["claim_id"],
                edge.relation,
                claim,
                ref(self.network, source).caption,
                ref(self.network, target).caption,
            )
        return self._related(a, b, edge, claims)

    def _related(self, a: str, b: str, edge: Edge, claims: list[Row]) -> Step:
        first = claims[0]
        holds = (
            "yes"
            if any(holds_at(c, self.network.inquiry.clocks.valid_at) == "yes" for c in claims)
            else "undetermined"
        )
        return Step(
            a, b, "out" if edge.along == "out" else "in", edge.relation, MODEL.rel[edge.relation].term, first.get("post"),
            first.get("percent"), first.get("valid_from"), first.get("valid_to"), first.get("as_of"),
            "yes" if holds == "yes" else "undetermined", tuple(c["claim_id"] for c in claims), None, self._beside(a, b, first),
        )  # fmt: skip

    def _beside(self, a: str, b: str, own: Row) -> tuple[Beside, ...]:
        """What else ties the two on that day, surely: a director who is the legal representative too."""
        found: dict[tuple[str, str, str | None], list[str]] = {}
        for along, source, target in (("out", a, b), ("in", b, a)):
            for row in self._between(source, target):
                known = row["status"] == ASSERTED and holds_at(row, self.network.inquiry.clocks.valid_at) == "yes"
                same = row["_label"] == own["_label"] and row.get("post") == own.get("post")
                if known and not same and MODEL.rel[row["_label"]].walked:
                    found.setdefault((along, row["_label"], row.get("post")), []).append(row["claim_id"])
                    self._state(row["claim_id"], row["_label"], row, ref(self.network, source).caption, ref(self.network, target).caption)
        return tuple(
            Beside("out" if along == "out" else "in", relation, MODEL.rel[relation].term, post, tuple(sorted(claims)))
            for (along, relation, post), claims in sorted(found.items(), key=str)
        )

    def _crossed(self, a: str, b: str, crossing: Crossing) -> Step:
        self._same_facts(a, b)
        says = self.stated[crossing.claims[0]].claim if crossing.claims[0] in self.stated else {}
        along = (
            "out"
            if (a, b) in self._facts and any(c["claim_id"] == crossing.claims[0] for c in self._facts[a, b])
            else "in"
        )
        return Step(
            a, b, "out" if along == "out" else "in", "SAME_AS", MODEL.rel["SAME_AS"].term, None, None, says.get("valid_from"),
            says.get("valid_to"), says.get("as_of"), "yes" if crossing.sure else "undetermined", crossing.claims, grade(crossing.grade), (),
        )  # fmt: skip

    def _saying(self, edge: Edge, rows: list[Row]) -> list[Row]:
        """The claims that say the step, one a source, the edge's own first."""
        own = next(row for row in rows if row["claim_id"] == edge.claim)
        same = [row for row in rows if row["_label"] == edge.relation and row.get("post") == own.get("post")]
        held = [row for row in same if holds_at(row, self.network.inquiry.clocks.valid_at) != "no"]
        one: dict[str, Row] = {own["source"]: own}
        for row in sorted(held, key=self._order):
            one.setdefault(row["source"], row)
        return [own, *sorted((r for r in one.values() if r is not own), key=self._order)]

    def _order(self, row: Row) -> tuple[bool, int, int, str]:
        sure = holds_at(row, self.network.inquiry.clocks.valid_at) == "yes"
        age = self.network.newest(row.get("valid_from"), row.get("as_of"))
        return not sure, self.network.rank(row["source"]), age, row["claim_id"]

    # --- facts ------------------------------------------------------------------------------------------

    def _between(self, source: str, target: str) -> list[Row]:
        if (source, target) not in self._facts:
            query = FACTS.get((self.network.labels[source], self.network.labels[target]))
            found = self.network.inquiry.ask(query, id=source, other=target) if query else []
            claims = sorted((row.claim for row in found), key=lambda c: str(c["claim_id"]))
            for relation in {c["_label"] for c in claims}:
                date_by_others([c for c in claims if c["_label"] == relation and c["status"] == ASSERTED])
            self._facts[source, target] = claims
        return self._facts[source, target]

    def _same_facts(self, a: str, b: str) -> None:
        for source, target in ((a, b), (b, a)):
            for claim in self._between(source, target):
                if claim["_label"] == "SAME_AS":
                    names = (ref(self.network, source).caption, ref(self.network, target).caption)
                    self._state(claim["claim_id"], "SAME_AS", claim, *names)

    def _state(self, id_: str, kind: str, claim: dict[str, Any], subject: str, other: str) -> None:
        self.stated[id_] = Stated(id_, kind, claim, subject, other)

    # --- what weakens a path ----------------------------------------------------------------------------

    def _flags(self, between: Sequence[str], grades: Sequence[str]) -> tuple[Flag, ...]:
        flags: list[Flag] = []
        hubs = [node for node in between if self._is_hub(node)]
        if hubs:
            flags.append("hub")
        if any(self._holds_for_state(node) for node in between):
            flags.append("state_parent")
        if any(g not in POSITIVE_GRADES for g in grades):
            flags.append("identity_probable")
        return tuple(flags)

    def _is_hub(self, node: str) -> bool:
        if node not in self._degrees:
            self._degrees[node] = sum(
                row.degree for row in self.network.inquiry.ask(DEGREE_OF[self.network.labels[node]], id=node)
            )
        degree = self._degrees[node]
        if degree > HUB_DEGREE:
            self.hubs[node] = Hub(node, ref(self.network, node).caption, degree)
        return degree > HUB_DEGREE

    def _holds_for_state(self, node: str) -> bool:
        ref(self.network, node)
        if self.network.labels[node] == "Authority" and not self.network.state_held[node]:
            rows = self.network.inquiry.ask(STATE_HOLDING_AUTHORITY, id=node)
            self.network.state_held[node] = any(row.state_holder for row in rows)
        return self.network.state_held[node]


def _between(trail: Trail, steps: Sequence[Step]) -> list[str]:
    """The nodes that connect: neither the subject nor the end, nor a node that is the same as one of them."""
    hops, inner = 0, []
    for node, step in zip(trail.nodes[1:], steps, strict=True):
        hops += step.grade is None
        if 0 < hops < trail.hops:
            inner.append(node)
    return inner
