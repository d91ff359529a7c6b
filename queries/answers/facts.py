"""Claims folded into facts: two sources that say the same are two claims and one line; where they differ, it shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph_model.claims import Holds, holds_at
from graph_model.model import MODEL
from graph_model.schema import CLAIM_PROPERTIES
from graph_model.stores.graph import Row
from queries.answers.answer import NodeRef
from queries.caption import UNRANKED

Along = Literal["out", "in"]
Value = str | int | bool
_CLAIM_NAMES = frozenset(p.name for p in CLAIM_PROPERTIES) | {"id", "_label"}
# What tells two events of one subject apart, whoever reports them; an event that has none of it stays alone.
_EVENT_KEYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "Listing": (("list", "number"), ("list", "listed")),
    "Penalty": (("number",),),
    "Enforcement": (("kind", "number"),),
    "Judgment": (("number",),),
    "Grade": (("scheme", "level", "period"), ("scheme", "level", "issued")),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One claim: who says it, with what standing, for which time, and everything it says."""

    claim: str
    source: str
    rank: int
    document: str | None
    row: int | None
    status: str
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    unknown_since: str | None
    known_from: int
    known_to: int | None
    holds: Holds
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what is so, with whom, and the claims that say it, the strongest first.

    `values` are the strongest claim's, completed by the others; `differ` names what two claims say differently.
    `holds` is the strongest asserted claim's. An event's `other` is the event; `with_` are its authority and list.
    """

    relation: str
    term: str
    along: Along
    subject: str
    other: NodeRef
    values: dict[str, Value]
    differ: tuple[str, ...]
    holds: Holds
    claims: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Hung:
    """One claim on one of the subject's nodes as the store gave it, with what hangs at its other end."""

    subject: str
    type: str
    along: Along
    other: str
    label: str
    claim: Row
    node: Row

    @property
    def row(self) -> Row:
        """The claim's properties: for an event or record those of the node, which is the claim."""
        if not MODEL.node[self.label].bears_claim:
            return self.claim
        capacity = {k: v for k, v in self.claim.items() if k in ("capacity", "post")}
        return {**capacity, **self.node, "claim_id": self.node["id"]}


@dataclass(frozen=True, slots=True)
class View:
    """What is needed to read a claim: the day, the run, the sources' ranks, the captions."""

    at: str
    run: int
    ranks: Mapping[str, int]
    captions: Mapping[str, str]


def said(row: Row, view: View) -> Said:
    """A claim's properties as a value; a closing that came after the run is not known yet."""
    known_to = row.get("known_to")
    return Said(
        row["claim_id"], row["source"], view.ranks.get(row["source"], UNRANKED), row.get("document"), row.get("row"),
        row["status"], row.get("valid_from"), row.get("valid_to"), row.get("as_of"), row.get("unknown_since"),
        row["known_from"], known_to if known_to is not None and known_to <= view.run else None,
        holds_at(row, view.at), values_of(row),
    )  # fmt: skip


def values_of(row: Mapping[str, Any]) -> dict[str, Value]:
    """What a claim says, without the properties that every claim has."""
    return {k: v for k, v in sorted(row.items()) if k not in _CLAIM_NAMES and v is not None}


def facts(hung: Iterable[Hung], view: View) -> tuple[Fact, ...]:
    """The claims folded, in a total order: those that hold first, then by relation, other end and claim."""
    groups: dict[tuple[str, ...], dict[str, list[Hung]]] = {}
    for one in hung:
        key, start = _key(one)
        groups.setdefault(key, {}).setdefault(start, []).append(one)
    lines = [_fact(members, view) for by_start in groups.values() for members in _starts(by_start)]
    return tuple(sorted(lines, key=lambda f: (f.holds == "no", f.relation, f.other.id, f.claims[0].claim)))


def _key(one: Hung) -> tuple[tuple[str, ...], str]:
    """What makes two claims one fact, and the start that may still tell them apart."""
    row = one.row
    head = (one.type, one.along, one.label)
    for names in _EVENT_KEYS.get(one.label, ()):
        if all(row.get(name) for name in names):
            return (*head, *(str(row[name]) for name in names)), ""
    if MODEL.node[one.label].bears_claim:
        return (*head, one.other), ""
    own = (str(row.get(n) or "") for n in MODEL.rel[one.type].identity if n != "valid_from")
    return (*head, one.other, *own), str(row.get("valid_from") or "")


def _starts(by_start: dict[str, list[Hung]]) -> list[list[Hung]]:
    """Claims by their start; one that gives none joins the only start there is."""
    if len(by_start) == 2 and "" in by_start:
        return [[one for members in by_start.values() for one in members]]
    return list(by_start.values())


def _fact(members: list[Hung], view: View) -> Fact:
    claims = _strongest({one.row["claim_id"]: said(one.row, view) for one in members}.values())
    first = next(one for one in members if one.row["claim_id"] == claims[0].claim)
    values: dict[str, Value] = {}
    for claim in claims:
        values = {**claim.values, **values}
    differ = sorted(name for name in values if len({str(c.values[name]) for c in claims if name in c.values}) > 1)
    holds = next((c.holds for c in claims if c.status == "asserted" and c.known_to is None), "undetermined" if claims[0].known_to is None else "no")
    other = NodeRef(first.other, first.label, caption(first.label, first.node, view.captions))
    return Fact(
        first.type, term_of(first), first.along, first.subject, other, dict(sorted(values.items())), tuple(differ), holds, claims
    )  # fmt: skip


def _strongest(claims: Iterable[Said]) -> tuple[Said, ...]:
    """Open ones first, then by rank of the source, then the newest, then by id."""
    ordered = sorted(claims, key=lambda c: c.claim)
    ordered.sort(key=lambda c: c.as_of or "", reverse=True)
    return tuple(sorted(ordered, key=lambda c: (c.known_to is not None, c.status != "asserted", c.rank)))


def term_of(one: Hung) -> str:
    """The Chinese term of the relation, or of the event itself."""
    event = MODEL.node[one.label].role == "event" and one.type == "SUBJECT_OF"
    return MODEL.node[one.label].term if event else MODEL.rel[one.type].term


def caption(label: str, node: Mapping[str, Any], shown: Mapping[str, str]) -> str:
    """How a node is called: a subject by the caption rule, anything else by its type's caption property."""
    if node["id"] in shown:
        return shown[node["id"]]
    return str(node.get(MODEL.node[label].caption) or node["id"])
