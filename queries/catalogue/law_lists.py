"""What a question of law needs of everybody on a list at once: each question is asked once, whatever the list's length.

Each is one pattern that begins at the listings, and says of what it followed only afterwards what it must be (`WITH …
WHERE`). Measured on LadybugDB with 1 M enterprises: so written it takes 0.4 s; with the condition on the pattern, or the
listed gathered first, the store begins at every relation there is and runs out of memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph_model.model import MODEL
from queries.query import ParamSpec, Query

_LIST = {"list": ParamSpec("text", "name of a list", "失信被执行人")}
LISTED = ("Enterprise", "Person")
_EVENTS = "|".join(n.label for n in MODEL.nodes if n.role == "event")
_BEHIND = ("role", "control")
_POSTS = "|".join((*(r.type for r in MODEL.rels if r.category in _BEHIND and ("Person", "Enterprise") in r.ends), "POST_IN_EVENT"))


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One listed subject, or a record that is one with it."""

    id: str
    caption: str | None


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """One judgement on two records."""

    a: str
    b: str
    grade: str
    claim: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One relation of a person to a listed enterprise."""

    a: str
    b: str
    caption: str | None
    relation: str
    claim: dict[str, Any]


@dataclass(frozen=True, slots=True)
class HappenedRow:
    """One event of a listed subject, or of a person behind one."""

    a: str
    label: str
    capacity: str | None
    event: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DescribedRow:
    """One record of a listed subject."""

    a: str
    record: dict[str, Any]


_BEGIN = "MATCH (l:Listing)<-[o:SUBJECT_OF]-"
_ON_LIST = " WHERE l.list = $list AND {{known(o)}} AND {{known(l)}} AND {{asserted(l)}} WITH DISTINCT a, "


def _made(name: str, title: str, question: str, tail: str, kept: str, where: str, returns: str, row: type[Any]) -> Mapping[tuple[str, str], Query[Any]]:
    """A question for each label, of the listed themselves and of the records judged to be one with them.

    `tail` goes on from the listed `a`; `kept` is what the condition `where` looks at.
    """
    found: dict[tuple[str, str], Query[Any]] = {}
    for label in LISTED if "ENTERPRISE" not in tail else LISTED[:1]:
        rest = tail.replace("ENTERPRISE", "").replace("LABEL", label)
        own = f"{_BEGIN}(a:{label}){rest}{_ON_LIST}{kept} WHERE {where} RETURN {returns}"
        same = f"{_BEGIN}(s:{label})-[j:SAME_AS]-(a:{label}){rest}{_ON_LIST}j, {kept} WHERE {{{{known(j)}}}} AND {{{{asserted(j)}}}} AND {where} RETURN {returns}"
        for way, text in (("own", own), ("same", same)):
            found[way, label] = Query(f"{name}_{way}_{label.lower()}", title, question, text, row, _LIST)
    return MappingProxyType(found)


_EVENT = "{{known(x)}} AND {{known(e)}} AND {{asserted(e)}}"
_JUDGED = "q.grade AS grade, q.claim_id AS claim, q.source AS source, q.status AS status"

LISTED_SUBJECTS = _made(
    "list_subjects", "名单上的主体", "Who is on this list, at any time?", "", "o", "{{known(o)}}", "a.id AS id, a.caption AS caption", ListedRow
)
LISTED_JOINED = _made(
    "list_joined", "名单主体的同一认定", "Which records are judged to be one with somebody on this list?",
    "-[q:SAME_AS]-(b:LABEL)", "q, b", "{{known(q)}}", f"a.id AS a, b.id AS b, {_JUDGED}", JoinedRow,
)  # fmt: skip
LISTED_EVENTS = _made(
    "list_events", "名单主体的事件", "Which events is anybody on this list named in?", f"-[x:SUBJECT_OF]->(e:{_EVENTS})", "x, e", _EVENT,
    "a.id AS a, {{label(e)}} AS label, x.capacity AS capacity, e AS event", HappenedRow,
)  # fmt: skip
# The listings themselves: Neo4j follows no relation twice in a pattern, so the one that leads to the listed is not among their events.
LISTED_LISTINGS = _made(
    "list_listings", "名单上的列入", "Which listings are on this list?", "", "o, l", "{{known(o)}}",
    "a.id AS a, 'Listing' AS label, o.capacity AS capacity, l AS event", HappenedRow,
)  # fmt: skip
LISTED_RECORDS = _made(
    "list_records", "名单主体的登记内容", "What do its records say of anybody on this list?", "<-[x:DESCRIBES]-(d:Record)", "x, d",
    "{{known(x)}} AND {{known(d)}} AND {{asserted(d)}}", "a.id AS a, d AS record", DescribedRow,
)  # fmt: skip
# The rest is about enterprises only: who stands behind them.
_PEOPLE = f"ENTERPRISE<-[r:{_POSTS}]-(b:Person)"
BEHIND_LISTED = _made(
    "list_behind", "名单企业背后的人", "Who is or was something in an enterprise on this list?", _PEOPLE, "r, b", "{{known(r)}} AND {{asserted(r)}}",
    "a.id AS a, b.id AS b, b.caption AS caption, {{type(r)}} AS relation, r AS claim", BehindRow,
)  # fmt: skip
BEHIND_FOUND = _made(
    "list_found", "对背后之人的认定", "What was found of a person behind an enterprise on this list?", f"{_PEOPLE}-[x:SUBJECT_OF]->(e:Finding)",
    "b, x, e", _EVENT, "b.id AS a, {{label(e)}} AS label, x.capacity AS capacity, e AS event", HappenedRow,
)  # fmt: skip
BEHIND_JOINED = _made(
    "list_behind_joined", "背后之人的同一认定", "Which records are judged to be one with a person behind an enterprise on this list?",
    f"{_PEOPLE}-[q:SAME_AS]-(c:Person)", "b, q, c", "{{known(q)}}", f"b.id AS a, c.id AS b, {_JUDGED}", JoinedRow,
)  # fmt: skip
