"""From the graph to the facts of a question of law: a subject at a time, its relations, events and records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_model.claims import fact_of
from graph_model.model import MODEL
from graph_model.schema import CLAIM_PROPERTIES
from queries.catalogue.law import (
    DESCRIPTIONS_OF,
    EVENTS_OF,
    HEADS_OF,
    LISTS_LOADED,
    RELATIONS_IN,
    RELATIONS_OUT,
    SOURCES_KNOWN,
    DescriptionRow,
    RelationRow,
)
from queries.catalogue.law_index import TieRow
from queries.catalogue.paths import STATE_HOLDING_AUTHORITY
from queries.folding import fold
from queries.law.facts import Fact, Unit, World
from queries.network import UNRANKED, Network
from queries.presence import Presence

NAMED = "列入决定载明的人员"
_DROPPED = frozenset(p.name for p in CLAIM_PROPERTIES) - {"valid_from", "valid_to", "as_of", "unknown_since"} | {"id", "_label"}
_EVENT_KIND: Mapping[str, str] = {
    "Penalty": "penalty", "Listing": "listing", "Enforcement": "enforcement", "Debt": "debt", "Finding": "finding",
    "Grade": "grade", "CreditItem": "item", "Dispute": "dispute", "Sighting": "report", "Bid": "bid", "Judgment": "judgment",
}  # fmt: skip
ORDERS = ("限制高消费", "限制消费", "限制出境")
# Relation → kind of fact and what its two ends are called.
_RELATION_KIND: Mapping[str, tuple[str, str, str]] = {
    "SHAREHOLDER_OF": ("share", "holder", "of"), "MANAGES": ("manages", "manager", "managed"), "FAMILY_OF": ("family", "a", "b"),
    "BRANCH_OF": ("branch", "branch", "head"), "POST_IN_EVENT": ("event_role", "person", "unit"),
}  # fmt: skip
# By which facts, and from which end, a person stands behind a unit.
_WAYS = (("role", "person", "unit"), ("event_role", "person", "unit"), ("share", "holder", "of"), ("branch", "head", "branch"))
_ROLES = frozenset(r.type for r in MODEL.rels if r.category == "role")


@dataclass(slots=True)
class Gathering:
    """A world being gathered from the graph; what was fetched once is not fetched again."""

    network: Network
    world: World = field(default_factory=World)
    seen: set[tuple[str, str]] = field(default_factory=set)
    loaded: dict[str, Fact] = field(default_factory=dict)
    rows: dict[str, tuple[str, Mapping[str, Any], str, str]] = field(default_factory=dict)
    # The index, where it is of the clock asked for and holds more than ids.
    index: Presence | None = None

    @classmethod
    def begin(cls, network: Network, index: Presence | None = None) -> "Gathering":
        """An empty world that knows the sources and which lists are loaded."""
        found = cls(network, index=index if index is not None and index.full and network.inquiry.newest else None)
        rows = network.inquiry.ask(SOURCES_KNOWN)
        found.world.sources = {r.id: {"name": r.name, "rank": r.rank, "kind": r.kind} for r in rows}
        return found

    def subject(self, id_: str) -> frozenset[str]:
        """A subject with all nodes that are one with it, its relations, events and records."""
        nodes = self.identity(id_)
        for node in sorted(nodes):
            self.records(node)
            self.relations(node)
            self.events(node)
        return nodes

    def identity(self, id_: str) -> frozenset[str]:
        """The nodes that are one subject with this one."""
        if id_ in self.world.same:
            return self.world.same[id_]
        if id_ not in self.network.labels:
            self.network.meet(id_)
        if id_ not in self.network.labels:
            return frozenset((id_,))
        folds = fold(self.network, id_)
        nodes = frozenset(folds)
        self.world.same |= dict.fromkeys(nodes, nodes)
        self.world.unsure |= frozenset(n for n, f in folds.items() if not f.sure)
        return nodes

    def unit(self, id_: str, *, behind: bool = False) -> None:
        """An enterprise's records and events, and the head office of a branch; not those who stand behind it.

        `behind`: only what can set a rule off is wanted; what it is called or deals in matters only then.
        """
        ask = self.network.inquiry
        for node in sorted(self.identity(id_)):
            if not (behind and ask.nothing("event", node) and ask.nothing("annulled", node)):
                self.records(node)
            self.events(node)
            if self.network.labels.get(node) == "Enterprise" and self._fresh("heads", node) and not ask.nothing("head", node):
                for row in self.network.inquiry.ask(HEADS_OF, id=node):
                    self.network.add(row.b, row.label, row.caption)
                    self.relation(node, row)

    def behind(self, person: str) -> None:
        """Everything that can reach a person: himself, the units he is or was something in, their heads and branches."""
        self.subject(person)
        units = [f.get(e) for kind, mine, e in _WAYS for f in self.world.of(kind, mine, person)]
        for unit in sorted({str(u) for u in units}):
            self.unit(unit, behind=True)
            for branch in self.world.of("branch", "branch", unit):
                self.unit(str(branch.get("head")), behind=True)

    def above(self, enterprise: str, most: int = 2_000) -> None:
        """The enterprise and everyone above it: who holds and controls it, and who holds those; at most so many units."""
        todo, seen = [enterprise], {enterprise}
        while todo and len(seen) <= most:
            one = todo.pop(0)
            self.subject(one)
            ends = [f.get("holder") for f in self.world.of("share", "of", one)] + [f.get("by") for f in self.world.of("control", "of", one)]
            for holder in sorted({str(h) for h in ends} - seen):
                seen.add(holder)
                self.identity(holder)
                self.records(holder)
                if self.network.labels.get(holder) == "Enterprise":
                    todo.append(holder)

    def below(self, subject: str, most: int = 500) -> bool:
        """What a subject holds, and what that holds; whether all of it was followed."""
        todo, seen = [subject], {subject}
        while todo and len(seen) <= most:
            one = todo.pop(0)
            self.subject(one)
            for of in sorted({str(f.get("of")) for f in self.world.of("share", "holder", one)} - seen):
                seen.add(of)
                todo.append(of)
        return not todo

    def people(self, enterprise: str) -> None:
        """Who the people of an enterprise are one subject with."""
        for role in self.world.of("role", "unit", enterprise):
            self.identity(str(role.get("person")))

    def officers(self, enterprise: str) -> None:
        """The events of the people who are something in an enterprise."""
        for role in self.world.of("role", "unit", enterprise):
            for node in sorted(self.identity(str(role.get("person")))):
                self.events(node)

    def relations(self, node: str) -> None:
        """Fetch what ties a node to others."""
        if self._fresh("relations", node):
            label = self.network.labels[node]
            rows = self._relations_of(label, node)
            for row in sorted(rows, key=lambda r: str(r.claim["claim_id"])):
                self.network.add(row.b, row.label, row.caption)
                self.world.units.setdefault(row.b, Unit(row.b, row.label, self.network.captions[row.b], {}))
                self.relation(node, row)

    def _relations_of(self, label: str, node: str) -> list[RelationRow]:
        """A node's relations both ways; of a person with an index in full only those that can set a rule off."""
        ask, index = self.network.inquiry.ask, self.index
        if index is not None and label == "Person" and not index.has("into", node):
            ties = ask(index.ties, id=node)
            # a unit that is one with another, or a branch, may be set off through that other one
            if not any(index.has(what, t.b) for t in ties for what in ("joined", "head")):
                return self._told(node, ties, index)
        return [r for ways in (RELATIONS_OUT, RELATIONS_IN) if label in ways for r in ask(ways[label], id=node)]

    def _told(self, node: str, ties: Sequence[TieRow], index: Presence) -> list[RelationRow]:
        full = index.relations.get(node, {})
        slim = [RelationRow("out", t.b, t.label, t.caption, t.relation, {"claim_id": t.claim, "post": t.post, "source": t.source}) for t in ties if t.b not in full]
        return [*slim, *(row for rows in full.values() for row in rows)]

    def events(self, node: str) -> None:
        """Fetch the events of a node."""
        if self._fresh("events", node) and not self.network.inquiry.nothing("event", node):
            kept = self.index
            rows = self.network.inquiry.ask(EVENTS_OF[self.network.labels[node]], id=node) if kept is None else kept.events.get(node, [])
            for row in sorted(rows, key=lambda r: str(r.event["id"])):
                self.event(node, row.label, row.capacity, row.event)

    def records(self, node: str) -> None:
        """Fetch what its records say of a node."""
        if self._fresh("records", node):
            label = self.network.labels[node]
            self.describe(node, [r.record for r in self._records_of(label, node)])
            if label == "Authority":
                held = self.network.inquiry.ask(STATE_HOLDING_AUTHORITY, id=node)
                unit = self.world.units[node]
                state = bool(unit.get("state_holder")) or any(row.state_holder for row in held)
                self.world.units[node] = Unit(node, label, unit.caption, {**unit.values, "state_holder": state})

    def _records_of(self, label: str, node: str) -> Iterable[DescriptionRow]:
        if self.index is not None and node in self.index.records:
            return self.index.records[node]
        none = label == "Person" and self.network.inquiry.nothing("record", node)
        return () if none else self.network.inquiry.ask(DESCRIPTIONS_OF[label], id=node)

    def describe(self, node: str, rows: list[dict[str, Any]]) -> None:
        """Take what the records of a node say."""
        values = _described(rows, self.world.sources)
        values["claims"] = tuple(str(r["id"]) for r in sorted(rows, key=lambda r: str(r["id"])))
        self.rows |= {str(r["id"]): ("Record", r, node, "") for r in rows}
        self.world.units[node] = Unit(node, self.network.labels[node], self.network.captions[node], values)

    def _fresh(self, what: str, node: str) -> bool:
        if node not in self.network.labels:
            self.network.meet(node)
        if (what, node) in self.seen or node not in self.network.labels:
            return False
        self.seen.add((what, node))
        return True

    def relation(self, node: str, row: RelationRow) -> None:
        """Take a relation of a node in."""
        a, b = (node, row.b) if row.along == "out" else (row.b, node)
        for kind, ends, own in _meanings(row.relation, row.claim):
            claim = str(row.claim["claim_id"])
            if (kind, claim) not in self.seen:
                self.seen.add((kind, claim))
                self.rows[claim] = (row.relation, row.claim, a, b)
                values = {**_values(row.claim), **own, ends[0]: a, ends[1]: b}
                self.world.add(Fact(kind, fact_of(claim), (claim,), row.claim.get("source"), values))

    def event(self, node: str, label: str, capacity: str | None, event: Mapping[str, Any]) -> None:
        """Take an event of a node in."""
        kind, claim = _event_kind(label, event), str(event["id"])
        self.rows.setdefault(claim, (label, event, node, ""))
        role = "named" if capacity == NAMED else "subject"
        known = self.loaded.get(claim)
        values = dict(known.values) if known else _event_values(kind, event)
        if kind in ("finding",) and role == "subject":
            values["about"] = node
        values[role] = tuple(dict.fromkeys((*values.get(role, ()), node))) if role == "named" else node
        if known is not None:
            self._replace(known, values)
            return
        fact = Fact(kind, fact_of(claim), (claim,), event.get("source"), values)
        self.loaded[claim] = fact
        self.world.add(fact)

    def _replace(self, known: Fact, values: Mapping[str, Any]) -> None:
        self.world.drop(known)
        fact = Fact(known.kind, known.id, known.claims, known.source, values)
        self.loaded[known.claims[0]] = fact
        self.world.add(fact)


def _meanings(relation: str, claim: Mapping[str, Any]) -> Iterable[tuple[str, tuple[str, str], dict[str, Any]]]:
    if relation == "ACTUAL_CONTROLLER_OF":
        yield "control", ("by", "of"), {}
        yield "role", ("person", "unit"), {"role": "实际控制人"}
    elif relation in _ROLES:
        yield "role", ("person", "unit"), {"role": claim.get("post") or MODEL.rel[relation].term}
    elif relation in _RELATION_KIND:
        kind, *ends = _RELATION_KIND[relation]
        own = {"role": claim.get("post")} if kind == "event_role" else {}
        yield kind, (ends[0], ends[1]), own


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in _DROPPED and v is not None}


def _event_kind(label: str, event: Mapping[str, Any]) -> str:
    if label == "Enforcement" and event.get("kind") in ORDERS:
        return "order"
    return _EVENT_KIND[label]


def _event_values(kind: str, event: Mapping[str, Any]) -> dict[str, Any]:
    values = _values(event)
    if kind == "penalty":
        values["kinds"] = tuple(k for k in str(values.get("kinds") or "").replace(",", "、").replace("；", "、").split("、") if k)
    if kind == "order":
        values["order"] = f"{values.pop('kind')}令"
    return values


def _described(records: list[dict[str, Any]], sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The values of all records; where two differ, that of the best rank, then the newest."""
    def rank(record: Mapping[str, Any]) -> tuple[int, str]:
        return (sources.get(str(record.get("source")), {}).get("rank") or UNRANKED, str(record["id"]))

    newest = sorted(records, key=lambda r: str(r.get("as_of") or ""), reverse=True)
    values: dict[str, Any] = {}
    for record in sorted(newest, key=lambda r: rank(r)[0]):
        values = {**_values(record), **values}
    if "trade" in values:
        values["trade"] = tuple(t for t in str(values["trade"]).split("、") if t)
    return values


def lists_known(network: Network) -> frozenset[str] | None:
    """Lists of which a run up to the clock loaded a complete edition; None where no run says."""
    rows = [r for r in network.inquiry.ask(LISTS_LOADED) if r.seq <= network.inquiry.clocks.known_run]
    return frozenset(name for r in rows for name in (r.lists or "").split("、") if name) if rows else None
