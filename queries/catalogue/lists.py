"""Questions about lists: who stands on which, since when, and what became of it."""

from dataclasses import dataclass

from queries.catalogue.parameters import ANY_LIST, AT, IDS, LIST_NAME, SINCE, UNTIL
from queries.catalogue.rows import Membership
from queries.query import Query


@dataclass(frozen=True, slots=True)
class ListCount:
    """How many memberships of a list one source has that may hold on the day."""

    list: str | None
    polarity: str | None
    source: str
    listings: int
    newest: str | None


@dataclass(frozen=True, slots=True)
class BothLists:
    """A subject on a negative and on a positive list on the same day."""

    id: str
    label: str
    caption: str | None
    negative: str | None
    positive: str | None
    claim: str
    other_claim: str


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of the enterprise who is on a list himself."""

    subject: str
    id: str
    caption: str | None
    relation: str
    list: str | None
    listed: str | None
    claim: str
    listing: str


MEMBERSHIPS_OF = Query(
    name="memberships_of",
    title="列入记录",
    question="On which lists is or was this subject, ended ones too?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(l:Listing)
WHERE s.id IN $ids AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, l.list AS list, l.polarity AS polarity,
  l.stage AS stage, l.listed AS listed, l.removed AS removed, l.unknown_since AS unknown_since,
  l.number AS number, l.ground AS ground, l.source AS source, l.id AS claim
ORDER BY coalesce(listed, '') DESC, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Membership,
    limit=200,
)

MEMBERS_OF_LIST = Query(
    name="members_of_list",
    title="名单成员",
    question="Who was on this list on a day?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(l:Listing)-[o:ON_LIST]->(n:List)
WHERE n.name = $list AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}} AND {{possible(l)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, l.list AS list, l.polarity AS polarity,
  l.stage AS stage, l.listed AS listed, l.removed AS removed, l.unknown_since AS unknown_since,
  l.number AS number, l.ground AS ground, l.source AS source, l.id AS claim
ORDER BY subject, claim LIMIT $limit""",
    parameters={"list": LIST_NAME, "at": AT},
    row=Membership,
    limit=200,
)

LISTED_BETWEEN = Query(
    name="listed_between",
    title="新列入",
    question="Who was newly put on a list in a period?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(l:Listing)
WHERE l.listed >= $since AND l.listed <= $until AND ($list = '' OR l.list = $list) AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, l.list AS list, l.polarity AS polarity,
  l.stage AS stage, l.listed AS listed, l.removed AS removed, l.unknown_since AS unknown_since,
  l.number AS number, l.ground AS ground, l.source AS source, l.id AS claim
ORDER BY listed DESC, claim, subject LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL, "list": ANY_LIST},
    row=Membership,
    limit=200,
)

REMOVED_BETWEEN = Query(
    name="removed_between",
    title="移出",
    question="Who was removed from a list in a period?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(l:Listing)
WHERE l.removed >= $since AND l.removed <= $until AND ($list = '' OR l.list = $list) AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, l.list AS list, l.polarity AS polarity,
  l.stage AS stage, l.listed AS listed, l.removed AS removed, l.unknown_since AS unknown_since,
  l.number AS number, l.ground AS ground, l.source AS source, l.id AS claim
ORDER BY removed DESC, claim, subject LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL, "list": ANY_LIST},
    row=Membership,
    limit=200,
)

UNKNOWN_SINCE_BETWEEN = Query(
    name="unknown_since_between",
    title="不再显示",
    question="Who disappeared from a list in a period without a removal that says so?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(l:Listing)
WHERE l.unknown_since >= $since AND l.unknown_since <= $until AND l.removed IS NULL AND ($list = '' OR l.list = $list)
  AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, l.list AS list, l.polarity AS polarity,
  l.stage AS stage, l.listed AS listed, l.removed AS removed, l.unknown_since AS unknown_since,
  l.number AS number, l.ground AS ground, l.source AS source, l.id AS claim
ORDER BY unknown_since DESC, claim, subject LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL, "list": ANY_LIST},
    row=Membership,
    limit=200,
)

PROPOSED_LISTINGS = Query(
    name="proposed_listings",
    title="拟列入",
    question="Who is announced to be put on a list (拟列入) on a day, but is not on it?",
    text="""
MATCH (s:{{types(subjects)}})-[r:SUBJECT_OF]->(l:Listing)
WHERE l.stage = '拟列入' AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}} AND {{possible(l)}}
RETURN s.id AS subject, {{label(s)}} AS label, s.caption AS caption, l.list AS list, l.polarity AS polarity,
  l.stage AS stage, l.listed AS listed, l.removed AS removed, l.unknown_since AS unknown_since,
  l.number AS number, l.ground AS ground, l.source AS source, l.id AS claim
ORDER BY subject, claim LIMIT $limit""",
    parameters={"at": AT},
    row=Membership,
    limit=200,
)

LISTINGS_PER_LIST = Query(
    name="listings_per_list",
    title="各名单数量",
    question="How many memberships does each list have on a day, by source?",
    text="""
MATCH (l:Listing)
WHERE {{known(l)}} AND {{asserted(l)}} AND {{possible(l)}}
RETURN l.list AS list, l.polarity AS polarity, l.source AS source, count(*) AS listings, max(l.as_of) AS newest
ORDER BY listings DESC, list, source LIMIT $limit""",
    parameters={"at": AT},
    row=ListCount,
    limit=200,
)

ON_RED_AND_BLACK = Query(
    name="on_red_and_black",
    title="红黑名单并存",
    question="Who was on a positive and on a negative list on the same day?",
    text="""
MATCH (l:Listing)<-[r:SUBJECT_OF]-(s:Enterprise|Person|Authority)-[q:SUBJECT_OF]->(m:Listing)
WHERE l.polarity = 'negative' AND m.polarity = 'positive' AND (l.stage IS NULL OR l.stage <> '拟列入')
  AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}} AND {{possible(l)}} AND {{known(q)}} AND {{known(m)}} AND {{asserted(m)}} AND {{possible(m)}}
RETURN s.id AS id, {{label(s)}} AS label, s.caption AS caption, l.list AS negative, m.list AS positive,
  l.id AS claim, m.id AS other_claim
ORDER BY id, claim, other_claim LIMIT $limit""",
    parameters={"at": AT},
    row=BothLists,
    limit=200,
)

ON_SEVERAL_LISTS = Query(
    name="on_several_lists",
    title="列入多个名单",
    question="Who was on two different negative lists on a day?",
    text="""
MATCH (l:Listing)<-[r:SUBJECT_OF]-(s:Enterprise|Person|Authority)-[q:SUBJECT_OF]->(m:Listing)
WHERE l.polarity = 'negative' AND m.polarity = 'negative' AND l.list < m.list
  AND (l.stage IS NULL OR l.stage <> '拟列入') AND (m.stage IS NULL OR m.stage <> '拟列入')
  AND {{known(r)}} AND {{known(l)}} AND {{asserted(l)}} AND {{possible(l)}} AND {{known(q)}} AND {{known(m)}} AND {{asserted(m)}} AND {{possible(m)}}
RETURN s.id AS id, {{label(s)}} AS label, s.caption AS caption, l.list AS negative, m.list AS positive,
  l.id AS claim, m.id AS other_claim
ORDER BY id, claim, other_claim LIMIT $limit""",
    parameters={"at": AT},
    row=BothLists,
    limit=200,
)

LISTED_PERSONS_OF = Query(
    name="listed_persons_of",
    title="失信任职人员",
    question="Which persons of this enterprise were themselves on a negative list on a day?",
    text="""
MATCH (e:Enterprise)<-[r:{{types(roles)}}|SHAREHOLDER_OF|ACTUAL_CONTROLLER_OF]-(p:Person)-[q:SUBJECT_OF]->(l:Listing)
WHERE e.id IN $ids AND l.polarity = 'negative' AND (l.stage IS NULL OR l.stage <> '拟列入')
  AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}} AND {{known(q)}} AND {{known(l)}} AND {{asserted(l)}} AND {{possible(l)}}
RETURN e.id AS subject, p.id AS id, p.caption AS caption, {{type(r)}} AS relation, l.list AS list,
  l.listed AS listed, r.claim_id AS claim, l.id AS listing
ORDER BY id, claim, listing LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=ListedPerson,
    limit=200,
)
