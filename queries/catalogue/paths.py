"""What connects: the relations of a subject at a day, who is listed, and the facts of a path.

One subject a question: on LadybugDB a lookup by key takes a millisecond, while `id IN $ids` compares every key
of the label with every id (measured at 1.4 M persons: 0.4 s for one id, 8 s for 200). A limit is written as a
number: `LIMIT $limit` makes the same lookup five times as dear there (3.4 against 17 ms of processor time).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from graph_model.model import MODEL
from queries.query import MOST_ROWS, ParamSpec, Query

RowT = TypeVar("RowT")
# A subject with more relations than this one way is followed along the first of them by claim id only.
MOST_LINKS = 5_000
_AT = ParamSpec("date", "the day asked for", "2021-06-01")
_SAMPLES = {"Enterprise": "cn-uscc-91330100MA2H31531M", "Person": "p-1", "Authority": "a-1"}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One claim that ties the subject asked for to `b`; `along` says whether the relation points there or back."""

    along: str
    b: str
    label: str
    caption: str | None
    relation: str
    claim: str
    source: str
    status: str
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    unknown_since: str | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One membership of a subject in a list."""

    subject: str
    label: str
    caption: str | None
    listing: str
    list: str
    polarity: str
    stage: str | None
    number: str | None
    source: str
    status: str
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    unknown_since: str | None
    listed: str | None = None
    annulled: str | None = None
    removed: str | None = None
    repaired: str | None = None
    corrected: str | None = None
    fixed_until: str | None = None
    ground: str | None = None
    head: int | None = None
    extended_years: int | None = None


@dataclass(frozen=True, slots=True)
class DegreeRow:
    """How many relations of a path search there are."""

    degree: int


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Whether somebody says that the subject holds shares for the state."""

    state_holder: bool | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """One claim with everything it says."""

    claim: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record with its name, where it comes from and whether its subject holds for the state."""

    id: str
    name: str | None
    source: str
    as_of: str | None
    state_holder: bool | None


def _one(label: str, **more: ParamSpec) -> dict[str, ParamSpec]:
    return {"id": ParamSpec("text", f"id of the {label}", _SAMPLES[label]), **more}


def _walked(label: str, end: int) -> str:
    return "|".join(r.type for r in MODEL.rels if r.walked and any(pair[end] == label for pair in r.ends))


def _both(label: str, out: str, back: str, tail: str) -> str:
    """Both directions in one text; a type is named only where the model lets it meet the label."""
    ways = (
        (f"(a:{label} {{id: $id}})-[r:{out}]->(b)", "out"),
        (f"(b)-[r:{back}]->(a:{label} {{id: $id}})", "in"),
    )
    return " UNION ALL ".join(
        f"MATCH {pattern}{tail.replace('ALONG', along)}" for pattern, along in ways if "[r:]" not in pattern
    )


_LINK = (
    # no day is asked for: a claim that ended tells when an undated one of the same relation did
    " WHERE {{known(r)}} RETURN 'ALONG' AS along, b.id AS b, {{label(b)}} AS label, b.caption AS caption,"
    " {{type(r)}} AS relation, r.claim_id AS claim, r.source AS source, r.status AS status, r.valid_from AS valid_from,"
    " r.valid_to AS valid_to, r.as_of AS as_of, r.unknown_since AS unknown_since, r.grade AS grade"
)


def _links(label: str) -> Query[LinkRow]:
    return Query(
        f"links_of_{label.lower()}", f"{MODEL.node[label].term}的关系",
        f"What ties this {label} to others, on whatever day (at most {MOST_LINKS} each way)?",
        _both(label, *_ways(label), f"{_LINK} LIMIT {MOST_LINKS}"), LinkRow, _one(label),
    )  # fmt: skip


def _first_links(label: str) -> Query[LinkRow]:
    return Query(
        f"first_links_of_{label.lower()}", f"{MODEL.node[label].term}的关系（按标识取前{MOST_LINKS}）",
        f"Which are the first {MOST_LINKS} relations each way, by claim id, of this {label} that has more?",
        _both(label, *_ways(label), f"{_LINK} ORDER BY claim LIMIT {MOST_LINKS}"), LinkRow, _one(label),
    )  # fmt: skip


def _ways(label: str) -> tuple[str, str]:
    out, back = (f"{_walked(label, end)}|SAME_AS".lstrip("|") for end in (0, 1))
    return out, back


_LISTING = (
    " RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, l.id AS listing, l.list AS list,"
    " l.polarity AS polarity, l.stage AS stage, l.number AS number, l.source AS source, l.status AS status,"
    " l.valid_from AS valid_from, l.valid_to AS valid_to, l.as_of AS as_of, l.unknown_since AS unknown_since, l.listed AS listed,"
    " l.annulled AS annulled, l.removed AS removed, l.repaired AS repaired, l.corrected AS corrected, l.fixed_until AS fixed_until,"
    " l.ground AS ground, l.head AS head, l.extended_years AS extended_years"
)


def _listings(label: str) -> Query[ListingRow]:
    return Query(
        f"listings_of_{label.lower()}", f"{MODEL.node[label].term}所在名单", f"On which lists does, did or may this {label} stand?",
        f"MATCH (s:{label} {{id: $id}})-[x:SUBJECT_OF]->(l:Listing) WHERE {{{{known(x)}}}} AND {{{{known(l)}}}}"
        " AND l.list IS NOT NULL AND l.polarity IS NOT NULL" + _LISTING,
        ListingRow, _one(label),
    )  # fmt: skip


def _degree(label: str) -> Query[DegreeRow]:
    return Query(
        f"degree_of_{label.lower()}", f"{MODEL.node[label].term}的关系数", f"How many relations has this {label}, whenever they held?",
        _both(label, _walked(label, 0), _walked(label, 1), " WHERE {{known(r)}} AND {{asserted(r)}} RETURN count(*) AS degree"),
        DegreeRow, _one(label),
    )  # fmt: skip


def _records(label: str) -> Query[RecordRow]:
    return Query(
        f"records_of_{label.lower()}", f"{MODEL.node[label].term}的登记信息", f"Which records describe this {label}?",
        f"MATCH (d:Record)-[r:DESCRIBES]->(s:{label} {{id: $id}}) WHERE {{{{known(r)}}}} AND {{{{known(d)}}}} AND {{{{asserted(d)}}}}"
        " RETURN d.id AS id, d.name AS name, d.source AS source, d.as_of AS as_of, d.state_holder AS state_holder",
        RecordRow, _one(label),
    )  # fmt: skip


def _facts(a: str, b: str) -> Query[FactRow]:
    types = "|".join(r.type for r in MODEL.rels if (r.walked or r.type == "SAME_AS") and (a, b) in r.ends)
    other = ParamSpec("text", f"id of the {b} at the other end", _SAMPLES[b])
    return Query(
        f"facts_{a.lower()}_{b.lower()}", f"{MODEL.node[a].term}对{MODEL.node[b].term}的记载",
        f"What does each source say that this {a} is to this {b}?",
        f"MATCH (a:{a})-[r:{types}]->(b:{b}) WHERE a.id = $id AND b.id = $other AND {{{{known(r)}}}} AND {{{{asserted(r)}}}}"
        " RETURN r AS claim",
        FactRow, _one(a, other=other),
    )  # fmt: skip


def _by_label(*queries: Query[RowT]) -> Mapping[str, Query[RowT]]:
    return MappingProxyType(dict(zip(MODEL.subjects, queries, strict=True)))


LINKS_OF = _by_label(*map(_links, MODEL.subjects))
FIRST_LINKS_OF = _by_label(*map(_first_links, MODEL.subjects))
LISTINGS_OF = _by_label(*map(_listings, MODEL.subjects))
DEGREE_OF = _by_label(*map(_degree, MODEL.subjects))
RECORDS_OF = _by_label(*map(_records, MODEL.subjects))
FACTS: Mapping[tuple[str, str], Query[FactRow]] = MappingProxyType(
    {
        (a, b): _facts(a, b)
        for a in MODEL.subjects
        for b in MODEL.subjects
        if any((r.walked or r.type == "SAME_AS") and (a, b) in r.ends for r in MODEL.rels)
    }
)

NEGATIVE_LISTINGS = Query(
    "negative_listings",
    "全部负面名单成员",
    "Who stands, or may stand, on a negative list at a day?",
    "MATCH (s:{{types(subjects)}})-[x:SUBJECT_OF]->(l:Listing) WHERE l.polarity = 'negative' AND l.list IS NOT NULL"
    " AND {{known(x)}} AND {{known(l)}} AND {{possible(l)}}" + _LISTING + f" LIMIT {MOST_ROWS}",
    ListingRow,
    {"at": _AT},
)

STATE_HOLDING_AUTHORITY = Query(
    "state_holding_authority",
    "是否国有资产管理机构",
    "Does this authority hold shares for the state?",
    "MATCH (n:Authority {id: $id}) RETURN n.state_holder AS state_holder",
    HolderRow,
    {"id": ParamSpec("text", "id of the Authority", "a-1")},
)

LISTING_FACTS = Query(
    "listing_facts",
    "列入记载全文",
    "What does this listing say?",
    "MATCH (l:Listing {id: $id}) WHERE {{known(l)}} RETURN l AS claim",
    FactRow,
    {"id": ParamSpec("text", "id of a listing", "l-1")},
)
