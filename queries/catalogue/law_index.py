"""What the index in memory reads at once: everybody who is named in any event, and who stands behind them.

Written as `law_lists` is, and for the same reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from graph_model.model import MODEL
from queries.catalogue.law import EVENTS, MOST, RELATIONS
from queries.catalogue.law_lists import BehindRow, DescribedRow, HappenedRow
from queries.query import ParamSpec, Query


@dataclass(frozen=True, slots=True)
class TieRow:
    """One relation of a person as far as it says who is tied to whom, by what post."""

    b: str
    label: str
    caption: str | None
    relation: str
    post: str | None
    claim: str
    source: str


_INTO_FIRM = "|".join(t for t in RELATIONS if ("Person", "Enterprise") in MODEL.rel[t].ends)
FROM_PERSON = tuple(t for t in RELATIONS if any(a == "Person" for a, _ in MODEL.rel[t].ends))
# An enterprise that an event names, or whose registration was annulled: only of these can a rule be set off.
_TOUCHED = {"event": (f"MATCH (t:{EVENTS})<-[:SUBJECT_OF]-(a:Enterprise)", ""),
            "annulled": ("MATCH (t:Record)-[:DESCRIBES]->(a:Enterprise)", " WHERE t.registration_annulled IS NOT NULL")}  # fmt: skip

TOUCHED_BEHIND = MappingProxyType({
    name: Query(
        f"behind_touched_by_{name}", "受触及企业背后的人", "Who is or was something in an enterprise that an event names?",
        f"{start}<-[r:{_INTO_FIRM}]-(b:Person){where} WITH DISTINCT a, r, b WHERE {{{{known(r)}}}} AND {{{{asserted(r)}}}}"
        " RETURN a.id AS a, b.id AS b, a.caption AS caption, {{type(r)}} AS relation, r AS claim", BehindRow,
    )
    for name, (start, where) in _TOUCHED.items()
})  # fmt: skip
TOUCHED_RECORDS = MappingProxyType({
    name: Query(
        f"records_touched_by_{name}", "受触及企业的登记内容", "What do its records say of an enterprise that an event names?",
        f"{start}<-[x:DESCRIBES]-(d:Record){where} WITH DISTINCT a, x, d WHERE {{{{known(x)}}}} AND {{{{known(d)}}}} AND {{{{asserted(d)}}}}"
        " RETURN a.id AS a, d AS record", DescribedRow,
    )
    # Neo4j follows no relation twice in a pattern, so the annulled record itself is asked for beside the others.
    for name, (start, where) in {**_TOUCHED, "itself": ("MATCH (a:Enterprise)", " WHERE d.registration_annulled IS NOT NULL")}.items()
})  # fmt: skip
EVERY_EVENT = MappingProxyType({
    label: Query(
        f"events_of_every_{label.lower()}", f"{MODEL.node[label].term}的一切事件", f"In which events is any {label} named?",
        f"MATCH (a:{label})-[x:SUBJECT_OF]->(e:{EVENTS}) WITH a, x, e WHERE {{{{known(x)}}}} AND {{{{known(e)}}}} AND {{{{asserted(e)}}}}"
        " RETURN a.id AS a, {{label(e)}} AS label, x.capacity AS capacity, e AS event", HappenedRow,
    )
    for label in MODEL.subjects
})  # fmt: skip


def ties_of_types(types: Sequence[str]) -> Query[TieRow]:
    """The question for a person's ties of some types; an index asks only for those in use, which is quicker."""
    chosen = "|".join(types or FROM_PERSON)
    return Query(
        "ties_of_person", "人员的任职与持股", "Of whom is or was this person something, in which post?",
        f"MATCH (a:Person {{id: $id}})-[r:{chosen}]->(b) WHERE {{{{known(r)}}}} AND {{{{asserted(r)}}}} RETURN b.id AS b, {{{{label(b)}}}} AS label,"
        f" b.caption AS caption, {{{{type(r)}}}} AS relation, r.post AS post, r.claim_id AS claim, r.source AS source LIMIT {MOST}",
        TieRow, {"id": ParamSpec("text", "id of the Person", "p-1")},
    )  # fmt: skip


TIES_OF_PERSON = ties_of_types(())


_INTO_PERSON = "|".join(r.type for r in MODEL.rels if (r.walked or r.type == "POST_IN_EVENT") and any(b == "Person" for _, b in r.ends))
# Ids of the nodes that have something of a kind, at any clock.
HAVING: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "event": tuple(f"MATCH (a:{label})-[:SUBJECT_OF]->() RETURN DISTINCT a.id AS id" for label in MODEL.subjects),
    "joined": tuple(f"MATCH (a:{label})-[:SAME_AS]-() RETURN DISTINCT a.id AS id" for label in MODEL.subjects),
    "head": ("MATCH (a:Enterprise)-[:BRANCH_OF]->() RETURN DISTINCT a.id AS id",),
    "into": (f"MATCH ()-[:{_INTO_PERSON}]->(a:Person) RETURN DISTINCT a.id AS id",),
    "record": ("MATCH (a:Person)<-[:DESCRIBES]-() RETURN DISTINCT a.id AS id",),
    "annulled": ("MATCH (a:Enterprise)<-[:DESCRIBES]-(d:Record) WHERE d.registration_annulled IS NOT NULL RETURN DISTINCT a.id AS id",),
})  # fmt: skip


def anybody_with(type_: str) -> str:
    """The question whether any person has a relation of this type."""
    return f"MATCH (a:Person)-[:{type_}]->() RETURN a.id AS id LIMIT 1"
