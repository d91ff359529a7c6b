"""Questions about penalties, enforcement, judgments and grades."""

from dataclasses import dataclass

from queries.catalogue.parameters import AT, AUTHORITY, IDS, MINIMUM, SINCE, UNTIL
from queries.catalogue.rows import Counted, Decision
from queries.query import Query


@dataclass(frozen=True, slots=True)
class Fine:
    """A penalty with its fine in yuan as a number, for ranking; `fine` has the exact text."""

    subject: str
    caption: str | None
    number: str | None
    fine: str
    yuan: float
    decided: str | None
    authority: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class AuthorityCount:
    """How many penalties an authority decided in the period."""

    authority: str
    penalties: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a court's enforcement."""

    subject: str
    kind: str | None
    number: str | None
    filed: str | None
    closed: str | None
    amount: str | None
    unpaid: str | None
    authority: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """One judgment or ruling."""

    subject: str
    number: str | None
    cause: str | None
    capacity: str | None
    outcome: str | None
    decided: str | None
    authority: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One credit grade."""

    subject: str
    scheme: str | None
    level: str | None
    score: str | None
    period: str | None
    issued: str | None
    authority: str | None
    source: str
    claim: str


PENALTIES_OF = Query(
    name="penalties_of",
    title="行政处罚",
    question="Which penalties were imposed on this subject?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(p:Penalty)
WHERE s.id IN $ids AND {{known(r)}} AND {{known(p)}} AND {{asserted(p)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, p.number AS number, p.violation AS violation,
  p.kinds AS kinds, p.fine AS fine, p.decided AS decided, p.annulled AS annulled, p.authority AS authority,
  p.source AS source, p.id AS claim
ORDER BY coalesce(decided, '') DESC, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Decision,
    limit=200,
)

PENALTIES_DECIDED_BETWEEN = Query(
    name="penalties_decided_between",
    title="某一时期的行政处罚",
    question="Which penalties were decided in a period?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(p:Penalty)
WHERE p.decided >= $since AND p.decided <= $until AND {{known(r)}} AND {{known(p)}} AND {{asserted(p)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, p.number AS number, p.violation AS violation,
  p.kinds AS kinds, p.fine AS fine, p.decided AS decided, p.annulled AS annulled, p.authority AS authority,
  p.source AS source, p.id AS claim
ORDER BY coalesce(decided, '') DESC, claim, subject LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL},
    row=Decision,
    limit=200,
)

PENALISED_TWICE_WITHIN = Query(
    name="penalised_twice_within",
    title="多次受罚",
    question="Which subjects were penalised several times within a window? Decisions are told apart by number, annulled ones left out.",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(p:Penalty)
WHERE p.decided >= $since AND p.decided <= $until AND p.annulled IS NULL AND {{known(r)}} AND {{known(p)}} AND {{asserted(p)}}
WITH s, count(DISTINCT coalesce(p.number, p.id)) AS penalties WHERE penalties >= $minimum
RETURN s.id AS id, {{label(s)}} AS label, s.caption AS caption, penalties AS count
ORDER BY count DESC, id LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL, "minimum": MINIMUM},
    row=Counted,
    limit=200,
)

LARGEST_FINES = Query(
    name="largest_fines",
    title="最大罚款",
    question="Which penalties of a period carry the largest fines in yuan?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(p:Penalty)
WHERE p.decided >= $since AND p.decided <= $until AND p.fine IS NOT NULL AND NOT p.fine CONTAINS ' '
  AND {{known(r)}} AND {{known(p)}} AND {{asserted(p)}}
RETURN s.id AS subject, s.caption AS caption, p.number AS number, p.fine AS fine, {{number(p.fine)}} AS yuan,
  p.decided AS decided, p.authority AS authority, p.source AS source, p.id AS claim
ORDER BY yuan DESC, claim, subject LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL},
    row=Fine,
    limit=200,
)

PENALTIES_BY_AUTHORITY = Query(
    name="penalties_by_authority",
    title="按处罚机关统计",
    question="How many penalties did each authority decide in a period?",
    text="""
MATCH (p:Penalty)
WHERE p.authority IS NOT NULL AND p.decided >= $since AND p.decided <= $until AND {{known(p)}} AND {{asserted(p)}}
RETURN p.authority AS authority, count(DISTINCT coalesce(p.number, p.id)) AS penalties,
  min(p.decided) AS first, max(p.decided) AS last
ORDER BY penalties DESC, authority LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL},
    row=AuthorityCount,
    limit=200,
)

PENALTIES_OF_AUTHORITY = Query(
    name="penalties_of_authority",
    title="某机关的处罚",
    question="Which penalties did the authorities of this name decide?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(p:Penalty)
WHERE p.authority CONTAINS $authority AND {{known(r)}} AND {{known(p)}} AND {{asserted(p)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, p.number AS number, p.violation AS violation,
  p.kinds AS kinds, p.fine AS fine, p.decided AS decided, p.annulled AS annulled, p.authority AS authority,
  p.source AS source, p.id AS claim
ORDER BY coalesce(decided, '') DESC, claim, subject LIMIT $limit""",
    parameters={"authority": AUTHORITY},
    row=Decision,
    limit=200,
)

ENFORCEMENTS_OF = Query(
    name="enforcements_of",
    title="执行",
    question="Which enforcement measures are there against this subject, by kind?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(x:Enforcement)
WHERE s.id IN $ids AND {{known(r)}} AND {{known(x)}} AND {{asserted(x)}}
RETURN s.id AS subject, x.kind AS kind, x.number AS number, x.filed AS filed, x.closed AS closed,
  x.amount AS amount, x.unpaid AS unpaid, x.authority AS authority, x.source AS source, x.id AS claim
ORDER BY coalesce(filed, '') DESC, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Measure,
    limit=200,
)

JUDGMENTS_OF = Query(
    name="judgments_of",
    title="裁判文书",
    question="Which judgments name this subject, and in which capacity?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(j:Judgment)
WHERE s.id IN $ids AND {{known(r)}} AND {{known(j)}} AND {{asserted(j)}}
RETURN s.id AS subject, j.number AS number, j.cause AS cause, coalesce(r.capacity, j.capacity) AS capacity,
  j.outcome AS outcome, j.decided AS decided, j.authority AS authority, j.source AS source, j.id AS claim
ORDER BY coalesce(decided, '') DESC, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Ruling,
    limit=200,
)

GRADES_OF = Query(
    name="grades_of",
    title="信用等级",
    question="Which credit grades was this subject given?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(g:Grade)
WHERE s.id IN $ids AND {{known(r)}} AND {{known(g)}} AND {{asserted(g)}}
RETURN s.id AS subject, g.scheme AS scheme, g.level AS level, g.score AS score, g.period AS period,
  g.issued AS issued, g.authority AS authority, g.source AS source, g.id AS claim
ORDER BY coalesce(issued, '') DESC, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=GradeRow,
    limit=200,
)

PENALTIES_IN_HOLDINGS = Query(
    name="penalties_in_holdings",
    title="所投资企业的处罚",
    question="Which penalties fell on enterprises that this subject held shares of on a day?",
    text="""
MATCH (h:Person|Enterprise|Authority)-[q:SHAREHOLDER_OF]->(s:Enterprise)-[r:SUBJECT_OF]->(p:Penalty)
WHERE h.id IN $ids AND {{known(q)}} AND {{asserted(q)}} AND {{possible(q)}} AND {{known(r)}} AND {{known(p)}} AND {{asserted(p)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, p.number AS number, p.violation AS violation,
  p.kinds AS kinds, p.fine AS fine, p.decided AS decided, p.annulled AS annulled, p.authority AS authority,
  p.source AS source, p.id AS claim
ORDER BY coalesce(decided, '') DESC, claim, subject LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Decision,
    limit=200,
)
