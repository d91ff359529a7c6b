"""Questions about where facts come from: sources, editions, runs, and what is wrong in them."""

from dataclasses import dataclass

from queries.catalogue.parameters import CODE, DOCUMENT, RUN_NUMBER, SOURCE
from queries.query import Query


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and the newest edition loaded from it."""

    id: str
    name: str | None
    authority: str | None
    rank: int | None
    licence: str | None
    url: str | None
    runs: int
    as_of: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One published load."""

    seq: int
    published: str
    source: str | None
    document: str | None
    map: str | None
    as_of: str | None
    complete: bool | None
    counts: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One file as it was read."""

    id: str
    name: str | None
    kind: str | None
    encoding: str | None
    rows: int | None
    source: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class RelationClaim:
    """A claim that is a relationship; `closed` tells whether it is no longer believed."""

    claim: str
    relation: str
    from_id: str
    to_id: str
    row: int | None
    status: str
    known_from: int
    closed: bool


@dataclass(frozen=True, slots=True)
class NodeClaim:
    """A claim that is an event or record; `closed` tells whether it is no longer believed."""

    claim: str
    label: str
    row: int | None
    status: str
    known_from: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that is wrong as printed; it was not repaired."""

    subject: str
    name: str | None
    uscc: str | None
    problems: str
    source: str
    document: str
    row: int | None
    claim: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed repair of a damaged name, with its evidence as JSON."""

    subject: str
    name: str | None
    proposals: str
    source: str
    document: str
    row: int | None
    claim: str


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names that two records have for one subject."""

    subject: str
    first: str | None
    first_source: str
    second: str | None
    second_source: str
    claim: str
    other_claim: str


SOURCES = Query(
    name="sources",
    title="来源",
    question="Which sources were loaded, and as of which day is the newest edition of each?",
    text="""
MATCH (s:Source) OPTIONAL MATCH (n:Run)
WHERE n.source = s.id AND n.published IS NOT NULL AND n.seq <= $run
RETURN s.id AS id, s.name AS name, s.authority AS authority, s.rank AS rank, s.licence AS licence, s.url AS url,
  count(n.seq) AS runs, max(n.as_of) AS as_of
ORDER BY id LIMIT $limit""",
    row=SourceRow,
    limit=200,
)

RUNS = Query(
    name="runs",
    title="载入",
    question="Which loads were published, the newest first?",
    text="""
MATCH (n:Run) WHERE n.published IS NOT NULL AND n.seq <= $run
RETURN n.seq AS seq, n.published AS published, n.source AS source, n.document AS document, n.map AS map,
  n.as_of AS as_of, n.complete AS complete, n.counts AS counts
ORDER BY seq DESC LIMIT $limit""",
    row=RunRow,
    limit=200,
)

DOCUMENTS = Query(
    name="documents",
    title="文件",
    question="Which files were read from this source?",
    text="""
MATCH (d:Document) WHERE d.source = $source
RETURN d.id AS id, d.name AS name, d.kind AS kind, d.encoding AS encoding, d.rows AS rows, d.source AS source,
  d.as_of AS as_of
ORDER BY id LIMIT $limit""",
    parameters={"source": SOURCE},
    row=DocumentRow,
    limit=200,
)

RELATION_CLAIMS_OF_DOCUMENT = Query(
    name="relation_claims_of_document",
    title="文件中的关系",
    question="Which relationships does this file state, closed ones too?",
    text="""
MATCH (a)-[r]->(b) WHERE r.document = $document AND r.known_from <= $run
RETURN r.claim_id AS claim, {{type(r)}} AS relation, a.id AS from_id, b.id AS to_id, r.row AS row,
  r.status AS status, r.known_from AS known_from, r.known_to <= $run AS closed
ORDER BY coalesce(row, 0), relation, claim LIMIT $limit""",
    parameters={"document": DOCUMENT},
    row=RelationClaim,
    limit=200,
)

NODE_CLAIMS_OF_DOCUMENT = Query(
    name="node_claims_of_document",
    title="文件中的登记信息与事件",
    question="Which records and events does this file state, closed ones too?",
    text="""
MATCH (n:{{types(events)}}|Record) WHERE n.document = $document AND n.known_from <= $run
RETURN n.id AS claim, {{label(n)}} AS label, n.row AS row, n.status AS status, n.known_from AS known_from,
  n.known_to <= $run AS closed
ORDER BY coalesce(row, 0), label, claim LIMIT $limit""",
    parameters={"document": DOCUMENT},
    row=NodeClaim,
    limit=200,
)

RELATIONS_NEW_IN_RUN = Query(
    name="relations_new_in_run",
    title="某次载入新增的关系",
    question="Which relationships did a run bring?",
    text="""
MATCH (a)-[r]->(b) WHERE r.known_from = $seq
RETURN r.claim_id AS claim, {{type(r)}} AS relation, a.id AS from_id, b.id AS to_id, r.row AS row,
  r.status AS status, r.known_from AS known_from, r.known_to <= $run AS closed
ORDER BY relation, claim LIMIT $limit""",
    parameters={"seq": RUN_NUMBER},
    row=RelationClaim,
    limit=200,
)

RELATIONS_CLOSED_IN_RUN = Query(
    name="relations_closed_in_run",
    title="某次载入关闭的关系",
    question="Which relationships did a run close?",
    text="""
MATCH (a)-[r]->(b) WHERE r.known_to = $seq
RETURN r.claim_id AS claim, {{type(r)}} AS relation, a.id AS from_id, b.id AS to_id, r.row AS row,
  r.status AS status, r.known_from AS known_from, r.known_to <= $run AS closed
ORDER BY relation, claim LIMIT $limit""",
    parameters={"seq": RUN_NUMBER},
    row=RelationClaim,
    limit=200,
)

VALUES_WITH_PROBLEMS = Query(
    name="values_with_problems",
    title="有问题的登记值",
    question="Which records have a value that is wrong as printed?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(s:{{types(subjects)}})
WHERE d.problems IS NOT NULL AND d.problems CONTAINS $code AND {{known(d)}} AND {{asserted(d)}}
RETURN s.id AS subject, d.name AS name, d.uscc AS uscc, d.problems AS problems, d.source AS source,
  d.document AS document, d.row AS row, d.id AS claim
ORDER BY source, document, coalesce(row, 0), claim LIMIT $limit""",
    parameters={"code": CODE},
    row=Problem,
    limit=200,
)

INVALID_USCC = Query(
    name="invalid_uscc",
    title="统一社会信用代码校验不符",
    question="Which records carry a 统一社会信用代码 that is wrong as printed?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(s:{{types(subjects)}})
WHERE d.problems CONTAINS 'uscc' AND {{known(d)}} AND {{asserted(d)}}
RETURN s.id AS subject, d.name AS name, d.uscc AS uscc, d.problems AS problems, d.source AS source,
  d.document AS document, d.row AS row, d.id AS claim
ORDER BY source, document, coalesce(row, 0), claim LIMIT $limit""",
    row=Problem,
    limit=200,
)

PROPOSED_REPAIRS = Query(
    name="proposed_repairs",
    title="拟修复的名称",
    question="Which damaged names have a proposed repair, apart from the value itself?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(s:{{types(subjects)}})
WHERE d.proposals IS NOT NULL AND {{known(d)}} AND {{asserted(d)}}
RETURN s.id AS subject, d.name AS name, d.proposals AS proposals, d.source AS source,
  d.document AS document, d.row AS row, d.id AS claim
ORDER BY source, document, coalesce(row, 0), claim LIMIT $limit""",
    row=Proposal,
    limit=200,
)

NAMES_THAT_DIFFER = Query(
    name="names_that_differ",
    title="同一主体名称不一",
    question="For which subjects do two records of one node have different names?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(s:{{types(subjects)}})<-[q:DESCRIBES]-(o:Record)
WHERE d.name_key < o.name_key AND {{known(d)}} AND {{asserted(d)}} AND {{known(o)}} AND {{asserted(o)}}
RETURN s.id AS subject, d.name AS first, d.source AS first_source, o.name AS second, o.source AS second_source,
  d.id AS claim, o.id AS other_claim
ORDER BY subject, claim, other_claim LIMIT $limit""",
    row=NamePair,
    limit=200,
)

JOINED_NAMES_THAT_DIFFER = Query(
    name="joined_names_that_differ",
    title="判定为同一主体但名称不一",
    question="Which records of two nodes that SAME_AS joins have different names?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(s:Enterprise)-[j:SAME_AS]->(t:Enterprise)<-[q:DESCRIBES]-(o:Record)
WHERE d.name_key <> o.name_key AND j.grade <> 'ruled_out' AND {{known(j)}} AND {{asserted(j)}}
  AND {{known(d)}} AND {{asserted(d)}} AND {{known(o)}} AND {{asserted(o)}}
RETURN s.id AS subject, d.name AS first, d.source AS first_source, o.name AS second, o.source AS second_source,
  d.id AS claim, o.id AS other_claim
ORDER BY subject, claim, other_claim LIMIT $limit""",
    row=NamePair,
    limit=200,
)
