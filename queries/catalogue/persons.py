"""Questions about persons: a bare name is never one; each node is a person as one record names him."""

from dataclasses import dataclass

from queries.catalogue.parameters import AT, IDS, MINIMUM, NAME
from queries.catalogue.rows import Counted, Named, Tie
from queries.query import Query


@dataclass(frozen=True, slots=True)
class Bearer:
    """One record that bears the name, with the enterprise it names him in."""

    id: str
    caption: str | None
    id_masked: str | None
    enterprise: str | None
    enterprise_caption: str | None
    relation: str
    post: str | None
    claim: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """A decision that names the person as directly responsible."""

    subject: str
    id: str
    event: str
    number: str | None
    post: str | None
    valid_from: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class PostPair:
    """One person who acts for two enterprises."""

    person: str
    caption: str | None
    first: str
    first_relation: str
    second: str
    second_relation: str


ENTERPRISES_OF_PERSON = Query(
    name="enterprises_of_person",
    title="任职企业",
    question="In which enterprises did this person hold a post on a day?",
    text="""
MATCH (p:Person)-[r:{{types(roles)}}]->(e:Enterprise)
WHERE p.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
RETURN p.id AS subject, e.id AS id, {{label(e)}} AS label, e.caption AS caption, {{type(r)}} AS relation,
  r.post AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY relation, id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Tie,
    limit=200,
)

FORMER_POSTS_OF = Query(
    name="former_posts_of",
    title="曾任职务",
    question="Which posts of this person had ended before a day?",
    text="""
MATCH (p:Person)-[r:{{types(roles)}}]->(e:Enterprise)
WHERE p.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND (r.valid_to < $at OR r.valid_to = 'unknown')
RETURN p.id AS subject, e.id AS id, {{label(e)}} AS label, e.caption AS caption, {{type(r)}} AS relation,
  r.post AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY relation, id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Tie,
    limit=200,
)

PERSONS_NAMED = Query(
    name="persons_named",
    title="同名人员",
    question="Which records bear this name, and in which enterprise does each name him?",
    text="""
MATCH (p:Person)-[r:{{types(roles)}}|SHAREHOLDER_OF|ACTUAL_CONTROLLER_OF|BENEFICIAL_OWNER_OF]->(e:Enterprise)
WHERE p.name_key = $name AND {{known(r)}} AND {{asserted(r)}}
RETURN p.id AS id, p.caption AS caption, p.id_masked AS id_masked, e.id AS enterprise,
  e.caption AS enterprise_caption, {{type(r)}} AS relation, r.post AS post, r.claim_id AS claim
ORDER BY id, enterprise, claim LIMIT $limit""",
    parameters={"name": NAME},
    row=Bearer,
    limit=200,
)

FAMILY_OF = Query(
    name="family_of",
    title="亲属",
    question="Who is stated to be family of this person?",
    text="""
MATCH (p:Person)-[r:FAMILY_OF]-(o:Person)
WHERE p.id IN $ids AND {{known(r)}} AND {{asserted(r)}}
RETURN p.id AS subject, o.id AS id, {{label(o)}} AS label, o.caption AS caption, {{type(r)}} AS relation,
  r.relation AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY id, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Tie,
    limit=200,
)

DECISIONS_NAMING = Query(
    name="decisions_naming",
    title="直接责任人员",
    question="Which decisions name this person as directly responsible?",
    text="""
MATCH (p:Person)-[r:DIRECTLY_RESPONSIBLE_IN]->(x:{{types(events)}})
WHERE p.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{known(x)}} AND {{asserted(x)}}
RETURN p.id AS subject, x.id AS id, {{label(x)}} AS event, x.number AS number, r.post AS post,
  x.valid_from AS valid_from, x.source AS source, r.claim_id AS claim
ORDER BY id, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Responsible,
    limit=200,
)

LEGAL_REPRESENTATIVES_OF_LISTED = Query(
    name="legal_representatives_of_listed",
    title="多家失信企业的法定代表人",
    question="Who was legal representative of several enterprises on negative lists on a day?",
    text="""
MATCH (p:Person)-[r:LEGAL_REPRESENTATIVE_OF]->(e:Enterprise)-[s:SUBJECT_OF]->(l:Listing)
WHERE l.polarity = 'negative' AND (l.stage IS NULL OR l.stage <> '拟列入')
  AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}} AND {{known(l)}} AND {{asserted(l)}} AND {{possible(l)}}
WITH p, count(DISTINCT e.id) AS firms WHERE firms >= $minimum
RETURN p.id AS id, {{label(p)}} AS label, p.caption AS caption, firms AS count
ORDER BY count DESC, id LIMIT $limit""",
    parameters={"at": AT, "minimum": MINIMUM},
    row=Counted,
    limit=200,
)

BUSIEST_LEGAL_REPRESENTATIVES = Query(
    name="busiest_legal_representatives",
    title="任多家企业法定代表人",
    question="Who was legal representative of many enterprises on a day?",
    text="""
MATCH (p:Person)-[r:LEGAL_REPRESENTATIVE_OF]->(e:Enterprise)
WHERE {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
WITH p, count(DISTINCT e.id) AS firms WHERE firms >= $minimum
RETURN p.id AS id, {{label(p)}} AS label, p.caption AS caption, firms AS count
ORDER BY count DESC, id LIMIT $limit""",
    parameters={"at": AT, "minimum": MINIMUM},
    row=Counted,
    limit=200,
)

AMBIGUOUS_NAMES = Query(
    name="ambiguous_names",
    title="重名",
    question="Which names do several person records bear?",
    text="""
MATCH (p:Person) WHERE p.name_key IS NOT NULL
WITH p.name_key AS name, count(*) AS bearers WHERE bearers >= $minimum
RETURN name AS text, bearers AS count ORDER BY count DESC, text LIMIT $limit""",
    parameters={"minimum": MINIMUM},
    row=Named,
    limit=200,
)
