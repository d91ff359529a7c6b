"""Questions about enterprises: what registers say, who stands behind them, what they share with others."""

from dataclasses import dataclass

from queries.catalogue.parameters import AT, IDS, MINIMUM, SINCE, UNTIL
from queries.catalogue.rows import Counted, Named, Share, Tie
from queries.query import Query


@dataclass(frozen=True, slots=True)
class RecordRow:
    """What one source says of an enterprise itself."""

    subject: str
    name: str | None
    former_names: str | None
    uscc: str | None
    regno: str | None
    capital: str | None
    founded: str | None
    state: str | None
    revoked: str | None
    deregistered: str | None
    address: str | None
    as_of: str | None
    source: str
    claim: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another enterprise and what it has in common with the one asked for."""

    subject: str
    id: str
    caption: str | None
    shared: str
    claim: str
    other_claim: str


@dataclass(frozen=True, slots=True)
class Ended:
    """An enterprise whose licence was revoked or that was deregistered."""

    id: str
    caption: str | None
    state: str | None
    revoked: str | None
    deregistered: str | None
    source: str
    claim: str


ENTERPRISE_RECORDS = Query(
    name="enterprise_records",
    title="登记信息并列",
    question="What does each source say of this enterprise itself, side by side?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(d)}} AND {{asserted(d)}} AND {{known(r)}}
RETURN e.id AS subject, d.name AS name, d.former_names AS former_names, d.uscc AS uscc, d.regno AS regno,
  d.capital AS capital, d.founded AS founded, d.state AS state, d.revoked AS revoked,
  d.deregistered AS deregistered, d.address AS address, d.as_of AS as_of, d.source AS source, d.id AS claim
ORDER BY subject, source, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=RecordRow,
    limit=200,
)

PERSONS_OF_ENTERPRISE = Query(
    name="persons_of_enterprise",
    title="任职人员",
    question="Who held a post in this enterprise on a day?",
    text="""
MATCH (p:Person|Enterprise)-[r:{{types(roles)}}]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
RETURN e.id AS subject, p.id AS id, {{label(p)}} AS label, p.caption AS caption, {{type(r)}} AS relation,
  r.post AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY relation, id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Tie,
    limit=200,
)

CONTROLLERS_OF = Query(
    name="controllers_of",
    title="实际控制人、受益所有人与管理关系",
    question="Who is declared to control, manage or beneficially own this enterprise on a day?",
    text="""
MATCH (p:Person|Enterprise|Authority)-[r:ACTUAL_CONTROLLER_OF|BENEFICIAL_OWNER_OF|MANAGES]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
RETURN e.id AS subject, p.id AS id, {{label(p)}} AS label, p.caption AS caption, {{type(r)}} AS relation,
  r.basis AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY relation, id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Tie,
    limit=200,
)

SHAREHOLDERS_OF = Query(
    name="shareholders_of",
    title="股东",
    question="Who held shares of this enterprise on a day, and how many?",
    text="""
MATCH (h:Person|Enterprise|Authority)-[r:SHAREHOLDER_OF]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
RETURN e.id AS subject, h.id AS id, {{label(h)}} AS label, h.caption AS caption, r.percent AS percent,
  r.votes AS votes, r.subscribed AS subscribed, r.paid AS paid, r.valid_from AS valid_from,
  r.valid_to AS valid_to, r.as_of AS as_of, r.source AS source, r.claim_id AS claim
ORDER BY subject, id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Share,
    limit=200,
)

HOLDINGS_OF = Query(
    name="holdings_of",
    title="对外投资",
    question="Which enterprises did this subject hold shares of on a day?",
    text="""
MATCH (h:Person|Enterprise|Authority)-[r:SHAREHOLDER_OF]->(e:Enterprise)
WHERE h.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
RETURN h.id AS subject, e.id AS id, {{label(e)}} AS label, e.caption AS caption, r.percent AS percent,
  r.votes AS votes, r.subscribed AS subscribed, r.paid AS paid, r.valid_from AS valid_from,
  r.valid_to AS valid_to, r.as_of AS as_of, r.source AS source, r.claim_id AS claim
ORDER BY subject, id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Share,
    limit=200,
)

BRANCHES_OF = Query(
    name="branches_of",
    title="分支机构",
    question="Which branches did this enterprise have on a day?",
    text="""
MATCH (b:Enterprise)-[r:BRANCH_OF]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
RETURN e.id AS subject, b.id AS id, {{label(b)}} AS label, b.caption AS caption, {{type(r)}} AS relation,
  '分支机构' AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Tie,
    limit=200,
)

SUCCESSORS_OF = Query(
    name="successors_of",
    title="承继",
    question="Who took over the rights and duties of this enterprise?",
    text="""
MATCH (s:Enterprise)-[r:SUCCESSOR_OF]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}}
RETURN e.id AS subject, s.id AS id, {{label(s)}} AS label, s.caption AS caption, {{type(r)}} AS relation,
  r.basis AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY id, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Tie,
    limit=200,
)

SUPPLIERS_OF = Query(
    name="suppliers_of",
    title="供应商",
    question="Who supplied this enterprise, by report year?",
    text="""
MATCH (s:Enterprise|Person)-[r:SUPPLIES]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}}
RETURN e.id AS subject, s.id AS id, {{label(s)}} AS label, s.caption AS caption, {{type(r)}} AS relation,
  r.year AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY id, claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Tie,
    limit=200,
)

GUARANTEES_FOR = Query(
    name="guarantees_for",
    title="担保人",
    question="Who stood surety for this subject on a day?",
    text="""
MATCH (g:Enterprise|Person)-[r:GUARANTEES]->(e:Enterprise|Person)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
RETURN e.id AS subject, g.id AS id, {{label(g)}} AS label, g.caption AS caption, {{type(r)}} AS relation,
  r.amount AS post, r.valid_from AS valid_from, r.valid_to AS valid_to, r.as_of AS as_of,
  r.source AS source, r.claim_id AS claim
ORDER BY id, claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Tie,
    limit=200,
)

SAME_ADDRESS_AS = Query(
    name="same_address_as",
    title="同一住所的企业",
    question="Which other enterprises have the same address as this one, character for character?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(d)}} AND {{asserted(d)}} AND d.address IS NOT NULL
MATCH (o:Record)-[q:DESCRIBES]->(f:Enterprise)
WHERE o.address = d.address AND {{known(o)}} AND {{asserted(o)}} AND f.id <> e.id
RETURN e.id AS subject, f.id AS id, f.caption AS caption, d.address AS shared, d.id AS claim, o.id AS other_claim
ORDER BY id, claim, other_claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Neighbour,
    limit=200,
)

SHARED_ADDRESSES = Query(
    name="shared_addresses",
    title="一址多照",
    question="Which addresses are shared by several enterprises?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(e:Enterprise)
WHERE {{known(d)}} AND {{asserted(d)}} AND d.address IS NOT NULL
WITH d.address AS address, count(DISTINCT e.id) AS enterprises WHERE enterprises >= $minimum
RETURN address AS text, enterprises AS count ORDER BY count DESC, text LIMIT $limit""",
    parameters={"minimum": MINIMUM},
    row=Named,
    limit=200,
)

SAME_LEGAL_REPRESENTATIVE_AS = Query(
    name="same_legal_representative_as",
    title="同一法定代表人的企业",
    question="Which other enterprises had the same person (one node) as legal representative on a day?",
    text="""
MATCH (e:Enterprise)<-[r:LEGAL_REPRESENTATIVE_OF]-(p:Person)-[q:LEGAL_REPRESENTATIVE_OF]->(f:Enterprise)
WHERE e.id IN $ids AND f.id <> e.id AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
  AND {{known(q)}} AND {{asserted(q)}} AND {{possible(q)}}
RETURN e.id AS subject, f.id AS id, f.caption AS caption, p.id AS shared, r.claim_id AS claim, q.claim_id AS other_claim
ORDER BY id, claim, other_claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Neighbour,
    limit=200,
)

SAME_NAMED_LEGAL_REPRESENTATIVE_AS = Query(
    name="same_named_legal_representative_as",
    title="法定代表人同名的企业",
    question="Which other enterprises have a legal representative of the same name? A lead to check, no identity.",
    text="""
MATCH (p:Person)-[r:LEGAL_REPRESENTATIVE_OF]->(e:Enterprise)
WHERE e.id IN $ids AND {{known(r)}} AND {{asserted(r)}}
MATCH (o:Person)-[q:LEGAL_REPRESENTATIVE_OF]->(f:Enterprise)
WHERE o.name_key = p.name_key AND f.id <> e.id AND {{known(q)}} AND {{asserted(q)}}
RETURN e.id AS subject, f.id AS id, f.caption AS caption, o.caption AS shared, r.claim_id AS claim, q.claim_id AS other_claim
ORDER BY id, claim, other_claim LIMIT $limit""",
    parameters={"ids": IDS},
    row=Neighbour,
    limit=200,
)

COMMON_SHAREHOLDERS_WITH = Query(
    name="common_shareholders_with",
    title="有共同股东的企业",
    question="Which other enterprises had a shareholder in common with this one on a day?",
    text="""
MATCH (e:Enterprise)<-[r:SHAREHOLDER_OF]-(h:Person|Enterprise|Authority)-[q:SHAREHOLDER_OF]->(f:Enterprise)
WHERE e.id IN $ids AND f.id <> e.id AND {{known(r)}} AND {{asserted(r)}} AND {{possible(r)}}
  AND {{known(q)}} AND {{asserted(q)}} AND {{possible(q)}}
RETURN e.id AS subject, f.id AS id, f.caption AS caption, h.id AS shared, r.claim_id AS claim, q.claim_id AS other_claim
ORDER BY shared, id, claim, other_claim LIMIT $limit""",
    parameters={"ids": IDS, "at": AT},
    row=Neighbour,
    limit=200,
)

REVOKED_OR_DEREGISTERED = Query(
    name="revoked_or_deregistered",
    title="吊销与注销",
    question="Which enterprises were revoked or deregistered in a period?",
    text="""
MATCH (d:Record)-[r:DESCRIBES]->(e:Enterprise)
WHERE {{known(d)}} AND {{asserted(d)}} AND ((d.revoked >= $since AND d.revoked <= $until)
  OR (d.deregistered >= $since AND d.deregistered <= $until))
RETURN e.id AS id, e.caption AS caption, d.state AS state, d.revoked AS revoked, d.deregistered AS deregistered,
  d.source AS source, d.id AS claim
ORDER BY id, claim LIMIT $limit""",
    parameters={"since": SINCE, "until": UNTIL},
    row=Ended,
    limit=200,
)

LARGEST_HOLDERS = Query(
    name="largest_holders",
    title="持股企业最多的股东",
    question="Which subjects hold shares of the most enterprises?",
    text="""
MATCH (h:Person|Enterprise|Authority)-[r:SHAREHOLDER_OF]->(e:Enterprise)
WHERE {{known(r)}} AND {{asserted(r)}}
WITH h, count(DISTINCT e.id) AS held WHERE held >= $minimum
RETURN h.id AS id, {{label(h)}} AS label, h.caption AS caption, held AS count
ORDER BY count DESC, id LIMIT $limit""",
    parameters={"minimum": MINIMUM},
    row=Counted,
    limit=200,
)
