"""What a question of law needs of one subject: its relations at any time, its events, its records, all with every value.

A rule may look to the conduct of years ago, so nothing is left out by date here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from graph_model.model import MODEL
from queries.query import ParamSpec, Query

RowT = TypeVar("RowT")
# Written into the texts: measured on LadybugDB, a limit that is a parameter makes each of them five times as slow.
MOST = 5_000
EVENTS = "|".join(n.label for n in MODEL.nodes if n.role == "event")
_SAMPLES = {"Enterprise": "cn-uscc-91330100MA2H31531M", "Person": "p-1", "Authority": "a-1"}
# Relations of law: those a path search walks, and posts in an event.
RELATIONS = (*MODEL.walked, "POST_IN_EVENT")


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One relation of the subject to `b`, whenever it held."""

    along: str
    b: str
    label: str
    caption: str | None
    relation: str
    claim: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of the subject."""

    label: str
    capacity: str | None
    event: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DescriptionRow:
    """One record of the subject."""

    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source, its rank and kind."""

    id: str
    name: str | None
    rank: int | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """The lists of which a run loaded a complete edition."""

    seq: int
    lists: str | None


@dataclass(frozen=True, slots=True)
class CitedRow:
    """One claim that an answer cites: a relationship with its two ends, or an event with one of its subjects."""

    claim: dict[str, Any]
    kind: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class BidderRow:
    """One bidder of a bid."""

    bidder: str
    caption: str | None
    bid: dict[str, Any]


def _types(label: str, end: int) -> str:
    return "|".join(t for t in RELATIONS if any(pair[end] == label for pair in MODEL.rel[t].ends))


_RELATION = (
    " WHERE {{known(r)}} AND {{asserted(r)}} RETURN 'ALONG' AS along, b.id AS b, {{label(b)}} AS label, b.caption AS caption,"
    f" {{{{type(r)}}}} AS relation, r AS claim LIMIT {MOST}"
)


def _relations(label: str, along: str) -> Query[RelationRow] | None:
    """Relations one way; the store cannot unite whole relations of both ways in one text."""
    types = _types(label, 0 if along == "out" else 1)
    pattern = f"(a:{label} {{id: $id}})-[r:{types}]->(b)" if along == "out" else f"(b)-[r:{types}]->(a:{label} {{id: $id}})"
    way = "于他人" if along == "out" else "对其"
    return Query(
        f"relations_in_law_{along}_of_{label.lower()}", f"{MODEL.node[label].term}{way}的全部关系",
        f"What was and is this {label} to others, or they to it ({along}), at any time?", f"MATCH {pattern}{_RELATION.replace('ALONG', along)}",
        RelationRow, _id(label),
    ) if types else None  # fmt: skip


def _events(label: str) -> Query[EventRow]:
    return Query(
        f"events_in_law_of_{label.lower()}", f"{MODEL.node[label].term}的全部事件", f"Which events is this {label} named in, with all that they say?",
        f"MATCH (a:{label} {{id: $id}})-[x:SUBJECT_OF]->(e:{EVENTS}) WHERE {{{{known(x)}}}} AND {{{{known(e)}}}} AND {{{{asserted(e)}}}}"
        f" RETURN {{{{label(e)}}}} AS label, x.capacity AS capacity, e AS event LIMIT {MOST}", EventRow, _id(label),
    )  # fmt: skip


def _descriptions(label: str) -> Query[DescriptionRow]:
    return Query(
        f"descriptions_in_law_of_{label.lower()}", f"{MODEL.node[label].term}的登记内容", f"What do its records say of this {label}?",
        f"MATCH (a:{label} {{id: $id}})<-[x:DESCRIBES]-(d:Record) WHERE {{{{known(x)}}}} AND {{{{known(d)}}}} AND {{{{asserted(d)}}}}"
        " RETURN d AS record LIMIT 200", DescriptionRow, _id(label),
    )  # fmt: skip


def _id(label: str) -> dict[str, ParamSpec]:
    return {"id": ParamSpec("text", f"id of the {label}", _SAMPLES[label])}


def _by_label(*queries: Query[RowT]) -> Mapping[str, Query[RowT]]:
    return MappingProxyType(dict(zip(MODEL.subjects, queries, strict=True)))


def _ways(along: str) -> Mapping[str, Query[RelationRow]]:
    found = {label: _relations(label, along) for label in MODEL.subjects}
    return MappingProxyType({label: query for label, query in found.items() if query is not None})


RELATIONS_OUT, RELATIONS_IN = _ways("out"), _ways("in")
EVENTS_OF = _by_label(*map(_events, MODEL.subjects))
DESCRIPTIONS_OF = _by_label(*map(_descriptions, MODEL.subjects))
SOURCES_KNOWN = Query(
    "sources_in_law", "来源类别", "Which sources are there, of which rank and kind?",
    "MATCH (s:Source) RETURN s.id AS id, s.name AS name, s.rank AS rank, s.kind AS kind ORDER BY id", SourceRow,
)  # fmt: skip
LISTS_LOADED = Query(
    "lists_loaded_by_runs", "完整载入的名单", "Of which lists did runs load a complete edition?",
    "MATCH (r:Run) WHERE r.published IS NOT NULL AND r.lists IS NOT NULL RETURN r.seq AS seq, r.lists AS lists ORDER BY seq", LoadedRow,
)  # fmt: skip
HEADS_OF = Query(
    "heads_of_branch", "分支机构所属", "Of which enterprise is this one a branch?",
    "MATCH (a:Enterprise {id: $id})-[r:BRANCH_OF]->(b:Enterprise) WHERE {{known(r)}} AND {{asserted(r)}}"
    " RETURN 'out' AS along, b.id AS b, {{label(b)}} AS label, b.caption AS caption, {{type(r)}} AS relation, r AS claim LIMIT 100",
    RelationRow, _id("Enterprise"),
)  # fmt: skip
BIDDERS_OF = Query(
    "bidders_of_bid", "投标人", "Who bids in this procedure?",
    "MATCH (a:Enterprise)-[x:SUBJECT_OF]->(e:Bid) WHERE e.id STARTS WITH $id AND {{known(x)}} AND {{known(e)}}"
    " RETURN a.id AS bidder, a.caption AS caption, e AS bid ORDER BY bidder", BidderRow,
    {"id": ParamSpec("text", "id of the Bid, or its part before the dash", "b-1")},
)  # fmt: skip
# What the checker reads of a claim that an answer cites; one text a label, so that each finds its node by its key.
CITED_EVENT: Mapping[str, Query[CitedRow]] = MappingProxyType(
    {
        label: Query(
            f"cited_{label.lower()}", f"所引{MODEL.node[label].term}", f"What does this {label} say, and whom is it about?",
            f"MATCH (a:{{{{types(subjects)}}}}){'<-[x:DESCRIBES]-' if label == 'Record' else '-[x:SUBJECT_OF]->'}(e:{label} {{id: $id}})"
            " WHERE {{known(x)}} RETURN e AS claim, {{label(e)}} AS kind, a.id AS a, '' AS b LIMIT 1000",
            CitedRow, {"id": ParamSpec("text", "id of the claim", "c-1")},
        )
        for label in (*(n.label for n in MODEL.nodes if n.role == "event"), "Record")
    }
)  # fmt: skip
CITED_ROLE = Query(
    "cited_role", "所引职务", "What does this claim say of a person in an enterprise?",
    f"MATCH (p:Person {{id: $id}})-[r:{'|'.join(t for t in RELATIONS if ('Person', 'Enterprise') in MODEL.rel[t].ends)}]->(b:Enterprise)"
    " WHERE r.claim_id = $claim RETURN r AS claim, {{type(r)}} AS kind, p.id AS a, b.id AS b LIMIT 2",
    CitedRow, {"id": ParamSpec("text", "id of the Person", "p-1"), "claim": ParamSpec("text", "id of the claim", "c-1")},
)  # fmt: skip
LAW: tuple[Query[Any], ...] = (
    *RELATIONS_OUT.values(), *RELATIONS_IN.values(), *EVENTS_OF.values(), *DESCRIPTIONS_OF.values(), SOURCES_KNOWN, LISTS_LOADED, HEADS_OF, BIDDERS_OF,
    *CITED_EVENT.values(), CITED_ROLE,
)  # fmt: skip
