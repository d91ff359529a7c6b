"""Who is meant: subjects by id, number and name, and which nodes are judged to be one subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph_model.model import MODEL
from queries.query import ParamSpec, Query

_KEY = ParamSpec("text", "comparison form of a name (graph_model.names)", "示例甲有限公司")


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One subject."""

    id: str
    label: str
    caption: str | None


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """One subject and the record that names or numbers it; `known_to` says whether the record is still believed."""

    id: str
    label: str
    record: str
    former_names: str | None
    status: str
    known_to: int


@dataclass(frozen=True, slots=True)
class BearerRow:
    """One person who bears a name, and one thing that a claim ties him to."""

    id: str
    anchor: str | None
    other: str | None


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """One judgement that the subject asked for and `b` are, or are not, one."""

    b: str
    grade: str
    claim: str
    source: str
    status: str


def _each(text: str, labels: tuple[str, ...]) -> str:
    """One text a label: measured on LadybugDB, a lookup by key over several labels at once scans them."""
    return " UNION ALL ".join(text.replace("LABEL", label) for label in labels)


SUBJECT_BY_ID = Query(
    "subject_by_id",
    "按标识查主体",
    "Which subject has this id?",
    _each(
        "MATCH (n:LABEL {id: $id}) RETURN n.id AS id, {{label(n)}} AS label, n.caption AS caption",
        ("Enterprise", "Person", "Authority"),
    ),
    SubjectRow,
    {"id": ParamSpec("text", "id of a node", "cn-uscc-91330100MA2H31531M")},
)

# The same by one label: the ids we make say by their beginning what they are of.
SUBJECT_OF_LABEL: Mapping[str, Query[SubjectRow]] = MappingProxyType(
    {
        label: Query(
            f"{label.lower()}_by_id", f"按标识查{MODEL.node[label].term}", f"Which {label} has this id?",
            f"MATCH (n:{label} {{id: $id}}) RETURN n.id AS id, {{{{label(n)}}}} AS label, n.caption AS caption", SubjectRow,
            {"id": ParamSpec("text", "id of a node", "p-1")},
        )
        for label in ("Enterprise", "Person", "Authority")
    }
)  # fmt: skip
_BEGINS = {"cn": "Enterprise", "p": "Person", "a": "Authority"}


def subject_queries(id_: str) -> tuple[Query[SubjectRow], ...]:
    """What to ask for a subject by id, the likeliest first."""
    label = _BEGINS.get(id_.partition("-")[0])
    return (SUBJECT_OF_LABEL[label], SUBJECT_BY_ID) if label else (SUBJECT_BY_ID,)


ENTERPRISES_NUMBERED = Query(
    "enterprises_numbered",
    "按号码查企业",
    "Which enterprise is identified by this number (USCC, 组织机构代码, 注册号, 证券代码)?",
    "MATCH (n:Enterprise) WHERE n.uscc = $number OR n.orgcode = $number OR n.regno = $number OR n.ticker = $number"
    " RETURN n.id AS id, {{label(n)}} AS label, n.caption AS caption ORDER BY n.id",
    SubjectRow,
    {"number": ParamSpec("text", "the number in half width and capitals", "91330100MA2H31531M")},
)

RECORDS_NUMBERED = Query(
    "records_numbered",
    "按号码查登记信息",
    "Which subject has a record with this number?",
    "MATCH (r:Record)-[d:DESCRIBES]->(n:{{types(subjects)}}) WHERE (r.uscc = $number OR r.orgcode = $number"
    " OR r.regno = $number OR r.ticker = $number OR r.lei = $number) AND {{known(r)}} AND {{known(d)}}"
    " RETURN n.id AS id, {{label(n)}} AS label, r.id AS record, r.former_names AS former_names,"
    " r.status AS status, r.known_to AS known_to ORDER BY id, record",
    RecordedRow,
    {"number": ParamSpec("text", "the number in half width and capitals", "91330100MA2H31531M")},
)

SUBJECTS_NAMED = Query(
    "subjects_named",
    "按名称查企业和机关",
    "Which enterprise or authority is identified by this name?",
    _each(
        "MATCH (n:LABEL) WHERE n.name_key = $key RETURN n.id AS id, {{label(n)}} AS label, n.caption AS caption",
        ("Enterprise", "Authority"),
    ),
    SubjectRow,
    {"key": _KEY},
)

RECORDS_NAMED = Query(
    "records_named",
    "按名称查登记信息",
    "Which subject has, or once had, a record with this name?",
    "MATCH (r:Record)-[d:DESCRIBES]->(n:{{types(subjects)}}) WHERE r.name_key = $key AND r.known_from <= $run"
    " RETURN n.id AS id, {{label(n)}} AS label, r.id AS record, r.former_names AS former_names,"
    " r.status AS status, r.known_to AS known_to ORDER BY id, record",
    RecordedRow,
    {"key": _KEY},
)

RECORDS_ALIASED = Query(
    "records_aliased",
    "按曾用名或简称查登记信息",
    "Which subject has a record with this former or short name?",
    "MATCH (r:Record)-[d:DESCRIBES]->(n:{{types(subjects)}}) WHERE r.alias_keys CONTAINS $mark AND {{known(r)}}"
    " RETURN n.id AS id, {{label(n)}} AS label, r.id AS record, r.former_names AS former_names,"
    " r.status AS status, r.known_to AS known_to ORDER BY id, record",
    RecordedRow,
    {"mark": ParamSpec("text", "comparison form of the name between | marks", "|示例|")},
)

BEARERS = Query(
    "bearers_of_a_name",
    "同名自然人",
    "Which persons bear this name, and in whose record is each named?",
    "MATCH (p:Person)-[r:{{types(walked)}}|SUBJECT_OF|DIRECTLY_RESPONSIBLE_IN|MENTIONED_IN]->(o)"
    " WHERE p.name_key = $key AND {{known(r)}} AND {{asserted(r)}}"
    " RETURN DISTINCT p.id AS id, p.anchor AS anchor, o.id AS other"
    " UNION ALL MATCH (o:Record)-[r:DESCRIBES]->(p:Person)"
    " WHERE p.name_key = $key AND {{known(r)}} AND {{asserted(r)}} RETURN DISTINCT p.id AS id, p.anchor AS anchor, o.id AS other",
    BearerRow,
    {"key": ParamSpec("text", "comparison form of a person's name", "张三")},
)


def _same_as(label: str) -> Query[CrossingRow]:
    return Query(
        f"same_as_of_{label.lower()}", f"{MODEL.node[label].term}的同一主体判定",
        f"Which nodes are judged to be, or not to be, the same as this {label}?",
        f"MATCH (a:{label} {{id: $id}})-[r:SAME_AS]-(b:{label}) WHERE {{{{known(r)}}}} AND a.id <> b.id RETURN b.id AS b, r.grade AS grade,"
        " r.claim_id AS claim, r.source AS source, r.status AS status",
        CrossingRow, {"id": ParamSpec("text", f"id of the {label}", "p-1")},
    )  # fmt: skip


SAME_AS_OF: Mapping[str, Query[CrossingRow]] = MappingProxyType(
    {label: _same_as(label) for label in MODEL.subjects}
)
