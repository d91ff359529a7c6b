"""What a machine read of a subject and nobody has decided on: how much of it there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph_model.model import MODEL
from queries.query import ParamSpec, Query

_SAMPLES = {"Enterprise": "cn-uscc-91330100MA2H31531M", "Person": "p-1", "Authority": "a-1"}
_READ = "|".join(r.type for r in MODEL.rels if r.type not in ("MENTIONED_IN", "SAME_AS", "ISSUED_BY", "ON_LIST"))


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A document that names the subject."""

    document: str


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate: the claim's id, and what stands at its other end, which may itself be the claim."""

    claim: str
    other: str
    label: str


def _types(label: str, end: int) -> str:
    return "|".join(r.type for r in MODEL.rels if r.type in _READ.split("|") and any(pair[end] == label for pair in r.ends))


def _mentions(label: str) -> Query[MentionRow]:
    term = MODEL.node[label].term
    return Query(
        f"documents_naming_{label.lower()}", f"提及{term}的文件", f"Which documents that a machine read name this {label}?",
        f"MATCH (s:{label} {{id: $id}})-[m:MENTIONED_IN]->(d:Document) WHERE {{{{known(m)}}}} RETURN DISTINCT d.id AS document ORDER BY document",
        MentionRow, {"id": ParamSpec("text", f"id of the {label}", _SAMPLES[label])},
    )  # fmt: skip


def _waiting(label: str) -> Query[CandidateRow]:
    term = MODEL.node[label].term
    ways = [f"(s:{label} {{id: $id}})-[r:{_types(label, 0)}]->(x)", f"(s:{label} {{id: $id}})<-[r:{_types(label, 1)}]-(x)"]
    tail = " WHERE {{known(r)}} AND r.status = 'candidate' RETURN r.claim_id AS claim, x.id AS other, {{label(x)}} AS label"
    return Query(
        f"candidates_of_{label.lower()}", f"{term}的候选说法", f"Which claims about this {label} did a machine read that nobody has decided on?",
        " UNION ALL ".join(f"MATCH {way}{tail}" for way in ways if "[r:]" not in way),
        CandidateRow, {"id": ParamSpec("text", f"id of the {label}", _SAMPLES[label])},
    )  # fmt: skip


MENTIONS_OF: Mapping[str, Query[MentionRow]] = MappingProxyType({label: _mentions(label) for label in MODEL.subjects})
CANDIDATES_OF: Mapping[str, Query[CandidateRow]] = MappingProxyType({label: _waiting(label) for label in MODEL.subjects})
