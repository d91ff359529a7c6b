"""What connects: the relations of subjects at a day, who of them is listed, and the facts of a path."""

from dataclasses import dataclass
from typing import Any

from queries.query import MOST_ROWS, ParamSpec, Query

_IDS = ParamSpec("texts", "ids of subjects", ["cn-uscc-91330100MA2H31531M"])
_AT = ParamSpec("date", "the day asked for", "2021-06-01")


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One claim that ties `a`, which was asked for, to `b`."""

    a: str
    b: str
    relation: str
    claim: str
    source: str
    status: str
    valid_from: str | None
    valid_to: str | None
    as_of: str | None
    unknown_since: str | None


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One membership of a subject in a list."""

    subject: str
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


@dataclass(frozen=True, slots=True)
class DegreeRow:
    """How many relations of a path search a subject has."""

    id: str
    degree: int


@dataclass(frozen=True, slots=True)
class IdRow:
    """One id."""

    id: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One claim between two subjects with everything it says."""

    a: str
    b: str
    claim: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event about a subject with everything it says."""

    subject: str
    event: dict[str, Any]


_LINK = (
    " WHERE a.id IN $ids AND {{known(r)}} AND {{possible(r)}} RETURN a.id AS a, b.id AS b, {{type(r)}} AS relation,"
    " r.claim_id AS claim, r.source AS source, r.status AS status, r.valid_from AS valid_from, r.valid_to AS valid_to,"
    " r.as_of AS as_of, r.unknown_since AS unknown_since"
)
_LINK_PARAMETERS = {"ids": _IDS, "at": _AT}

LINKS_OUT = Query(
    "links_out",
    "对外关系",
    "What are these subjects to others at a day?",
    "MATCH (a:{{types(subjects)}})-[r:{{types(walked)}}]->(b:{{types(subjects)}})" + _LINK + " LIMIT $limit",
    LinkRow,
    _LINK_PARAMETERS,
    MOST_ROWS,
)

LINKS_IN = Query(
    "links_in",
    "对内关系",
    "What are others to these subjects at a day?",
    "MATCH (b:{{types(subjects)}})-[r:{{types(walked)}}]->(a:{{types(subjects)}})" + _LINK + " LIMIT $limit",
    LinkRow,
    _LINK_PARAMETERS,
    MOST_ROWS,
)

FIRST_LINKS_OUT = Query(
    "first_links_out",
    "对外关系（按标识）",
    "What are the first relations, by claim id, of a subject with very many?",
    "MATCH (a:{{types(subjects)}})-[r:{{types(walked)}}]->(b:{{types(subjects)}})" + _LINK + " ORDER BY claim LIMIT $limit",
    LinkRow,
    _LINK_PARAMETERS,
    MOST_ROWS,
)

FIRST_LINKS_IN = Query(
    "first_links_in",
    "对内关系（按标识）",
    "What are the first relations, by claim id, to a subject with very many?",
    "MATCH (b:{{types(subjects)}})-[r:{{types(walked)}}]->(a:{{types(subjects)}})" + _LINK + " ORDER BY claim LIMIT $limit",
    LinkRow,
    _LINK_PARAMETERS,
    MOST_ROWS,
)

_LISTING = (
    " RETURN s.id AS subject, l.id AS listing, l.list AS list, l.polarity AS polarity, l.stage AS stage,"
    " l.number AS number, l.source AS source, l.status AS status, l.valid_from AS valid_from, l.valid_to AS valid_to,"
    " l.as_of AS as_of, l.unknown_since AS unknown_since"
)

LISTINGS_OF = Query(
    "listings_of",
    "所在名单",
    "On which lists do, did or may these subjects stand?",
    "MATCH (s:{{types(subjects)}})-[x:SUBJECT_OF]->(l:Listing) WHERE s.id IN $ids AND {{known(x)}} AND {{known(l)}}"
    " AND l.list IS NOT NULL AND l.polarity IS NOT NULL" + _LISTING,
    ListingRow,
    {"ids": _IDS},
)

NEGATIVE_LISTINGS_OF = Query(
    "negative_listings_of",
    "所在负面名单",
    "Which of these subjects stand on a negative list at a day?",
    "MATCH (s:{{types(subjects)}})-[x:SUBJECT_OF]->(l:Listing) WHERE s.id IN $ids AND l.polarity = 'negative'"
    " AND l.list IS NOT NULL AND {{known(x)}} AND {{known(l)}} AND {{possible(l)}}" + _LISTING,
    ListingRow,
    {"ids": _IDS, "at": _AT},
)

NEGATIVE_LISTINGS = Query(
    "negative_listings",
    "全部负面名单成员",
    "Who stands on a negative list at a day?",
    "MATCH (s:{{types(subjects)}})-[x:SUBJECT_OF]->(l:Listing) WHERE l.polarity = 'negative'"
    " AND l.list IS NOT NULL AND {{known(x)}} AND {{known(l)}} AND {{possible(l)}}" + _LISTING + " LIMIT $limit",
    ListingRow,
    {"at": _AT},
    MOST_ROWS,
)

DEGREES_OUT = Query(
    "degrees_out",
    "对外关系数",
    "How many relations do these subjects have to others?",
    "MATCH (a:{{types(subjects)}})-[r:{{types(walked)}}]->(b:{{types(subjects)}}) WHERE a.id IN $ids AND {{known(r)}}"
    " AND {{asserted(r)}} RETURN a.id AS id, count(*) AS degree",
    DegreeRow,
    {"ids": _IDS},
)

DEGREES_IN = Query(
    "degrees_in",
    "对内关系数",
    "How many relations do others have to these subjects?",
    "MATCH (b:{{types(subjects)}})-[r:{{types(walked)}}]->(a:{{types(subjects)}}) WHERE a.id IN $ids AND {{known(r)}}"
    " AND {{asserted(r)}} RETURN a.id AS id, count(*) AS degree",
    DegreeRow,
    {"ids": _IDS},
)

STATE_HOLDERS = Query(
    "state_holders",
    "国有资产管理机构",
    "Which of these subjects hold shares for the state?",
    "MATCH (n:Authority) WHERE n.id IN $ids AND n.state_holder = true RETURN n.id AS id"
    " UNION ALL MATCH (r:Record)-[d:DESCRIBES]->(n:{{types(subjects)}}) WHERE n.id IN $ids AND r.state_holder = true"
    " AND {{known(r)}} AND {{asserted(r)}} RETURN n.id AS id",
    IdRow,
    {"ids": _IDS},
)

FACTS_BETWEEN = Query(
    "facts_between",
    "两主体间的全部记载",
    "What does each source say ties these subjects to each other?",
    "MATCH (a:{{types(subjects)}})-[r:{{types(walked)}}|SAME_AS]->(b:{{types(subjects)}}) WHERE a.id IN $ids AND b.id IN $others"
    " AND {{known(r)}} AND {{asserted(r)}} RETURN a.id AS a, b.id AS b, r AS claim",
    FactRow,
    {"ids": _IDS, "others": ParamSpec("texts", "ids of the subjects at the other end", ["p-1"])},
)

LISTING_FACTS = Query(
    "listing_facts",
    "列入记载全文",
    "What do these listings say?",
    "MATCH (s:{{types(subjects)}})-[x:SUBJECT_OF]->(l:Listing) WHERE l.id IN $ids AND {{known(l)}} RETURN s.id AS subject, l AS event",
    EventRow,
    {"ids": ParamSpec("texts", "ids of listings", ["l-1"])},
)
