"""What is loaded: runs, sources, documents and how many listings of which list."""

from dataclasses import dataclass

from queries.query import ParamSpec, Query

_IDS = ParamSpec("texts", "ids of documents", ["doc-test"])


@dataclass(frozen=True, slots=True)
class RunRow:
    """One published run."""

    seq: int
    published: str
    source: str | None
    as_of: str | None
    complete: bool | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source and its rank."""

    id: str
    name: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document and its name."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class ListCount:
    """How many listings one source has in one list."""

    list: str
    polarity: str
    source: str
    rows: int
    as_of: str | None


PUBLISHED_RUNS = Query(
    "published_runs",
    "已发布的载入",
    "Which runs were published, and when?",
    "MATCH (r:Run) WHERE r.published IS NOT NULL RETURN r.seq AS seq, r.published AS published, r.source AS source,"
    " r.as_of AS as_of, r.complete AS complete ORDER BY r.seq",
    RunRow,
)

SOURCES_RANKED = Query(
    "sources_ranked",
    "来源及其等级",
    "Which sources are there, and how strong is what they say?",
    "MATCH (s:Source) RETURN s.id AS id, s.name AS name, s.rank AS rank ORDER BY s.id",
    SourceRow,
)

DOCUMENTS_NAMED = Query(
    "documents_named",
    "文件名称",
    "What are these documents called?",
    "MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.name AS name ORDER BY d.id",
    DocumentRow,
    {"ids": _IDS},
)

LISTINGS_LOADED = Query(
    "listings_loaded",
    "各名单已载入数量",
    "How many listings of which list are believed, by source?",
    "MATCH (l:Listing) WHERE {{known(l)}} AND {{asserted(l)}} AND l.list IS NOT NULL AND l.polarity IS NOT NULL RETURN l.list AS list,"
    " l.polarity AS polarity, l.source AS source, count(*) AS rows, max(l.as_of) AS as_of ORDER BY list, polarity, source",
    ListCount,
)
