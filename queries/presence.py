"""An index of one published run kept in memory, with which a question of law asks a store next to nothing.

Most persons are named in no event, are one with nobody and have no record; asking a store for each of these costs more
than the rest of an answer. The index holds the ids that have some, at any clock, and in full whatever can set a rule
off: every event, and the relations and records of the enterprises that events name. An answer with it is the answer
without it; at an earlier known clock the store is asked as ever.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph_model.stores.graph import Reader
from queries.catalogue.coverage import PUBLISHED_RUNS, SOURCES_RANKED
from queries.catalogue.law import LISTS_LOADED, SOURCES_KNOWN, DescriptionRow, EventRow, RelationRow
from queries.catalogue.law_index import (
    EVERY_EVENT,
    FROM_PERSON,
    HAVING,
    TIES_OF_PERSON,
    TOUCHED_BEHIND,
    TOUCHED_RECORDS,
    TieRow,
    anybody_with,
    ties_of_types,
)
from queries.query import Query, run

RowT = TypeVar("RowT")
_KEPT = (PUBLISHED_RUNS, SOURCES_RANKED, SOURCES_KNOWN, LISTS_LOADED)
# Beyond so many subjects with events only the ids are kept.
MOST_TOUCHED = 200_000


@dataclass(frozen=True, slots=True)
class Presence:
    """The index of one published run.

    `ids`: nodes by what they have. `rows`: answers of questions that depend on no subject. `full`: whether events,
    records and relations are kept; `relations` by person and enterprise.
    """

    run: int
    ids: Mapping[str, frozenset[str]]
    rows: Mapping[str, list[Any]]
    full: bool = False
    events: Mapping[str, list[EventRow]] = field(default_factory=dict)
    records: Mapping[str, list[DescriptionRow]] = field(default_factory=dict)
    relations: Mapping[str, Mapping[str, list[RelationRow]]] = field(default_factory=dict)
    documents: Mapping[str, str | None] = field(default_factory=dict)
    ties: Query[TieRow] = TIES_OF_PERSON

    def has(self, what: str, id_: str) -> bool:
        """Whether a node has anything of a kind: event, joined, head, into, record, annulled."""
        return id_ in self.ids[what]


def presence(reader: Reader) -> Presence:
    """Build the index of the run that the reader sees."""
    ids = {what: frozenset(str(i) for text in texts for i in reader.table(text)["id"].to_pylist()) for what, texts in HAVING.items()}
    rows = {query.name: run(reader, query) for query in _KEPT}
    if len(ids["event"]) > MOST_TOUCHED:
        return Presence(reader.run, ids, rows)
    events: dict[str, list[EventRow]] = {}
    for one in _each(reader, EVERY_EVENT.values()):
        events.setdefault(one.a, []).append(EventRow(one.label, one.capacity, one.event))
    records: dict[str, dict[str, DescriptionRow]] = {}
    for told in _each(reader, TOUCHED_RECORDS.values()):
        records.setdefault(told.a, {})[str(told.record["id"])] = DescriptionRow(told.record)
    described = {node: list(found.values()) for node, found in records.items()}
    return Presence(reader.run, ids, rows, True, events, described, _relations(reader), _documents(reader), ties_of_types(_in_use(reader)))


def _documents(reader: Reader) -> dict[str, str | None]:
    return {row["id"]: row.get("name") for row in reader.rows("MATCH (d:Document) RETURN d.id AS id, d.name AS name")}


def _in_use(reader: Reader) -> list[str]:
    """Types of relation that any person has."""
    return [t for t in FROM_PERSON if reader.rows(anybody_with(t))]


def _relations(reader: Reader) -> dict[str, dict[str, list[RelationRow]]]:
    """Relations of persons to the enterprises that can set a rule off, by person and enterprise, each claim once."""
    found: dict[str, dict[str, dict[str, RelationRow]]] = {}
    for row in _each(reader, TOUCHED_BEHIND.values()):
        told = RelationRow("out", row.a, "Enterprise", row.caption, row.relation, row.claim)
        found.setdefault(row.b, {}).setdefault(row.a, {})[str(row.claim["claim_id"])] = told
    return {person: {unit: list(rows.values()) for unit, rows in units.items()} for person, units in found.items()}


def _each(reader: Reader, queries: Iterable[Query[RowT]]) -> Iterable[RowT]:
    for query in queries:
        yield from run(reader, query, run=reader.run)
