"""Everybody on a list and behind it, gathered at once: a fixed number of questions, whatever the list's length."""

from collections.abc import Iterable, Mapping
from typing import Any

from queries.caption import caption_of
from queries.catalogue.identity import CrossingRow
from queries.catalogue.law import RelationRow
from queries.catalogue.law_lists import (
    BEHIND_FOUND,
    BEHIND_JOINED,
    BEHIND_LISTED,
    LISTED_EVENTS,
    LISTED_JOINED,
    LISTED_LISTINGS,
    LISTED_RECORDS,
    LISTED_SUBJECTS,
    JoinedRow,
)
from queries.law.reading import Gathering
from queries.query import Query

Asked = Mapping[tuple[str, str], Query[Any]]


def gather_list(gathering: Gathering, list_: str) -> list[str]:
    """Fill the world with everybody on the list: events, records, who stands behind them, what was found of those; the listed, in order."""
    network = gathering.network
    listed: dict[str, str] = {}
    for (way, label), query in LISTED_SUBJECTS.items():
        for row in network.inquiry.ask(query, list=list_):
            network.add(row.id, label, row.caption)
            listed.setdefault(row.id, way)
    _behind(gathering, list_)
    _same(gathering, [*_rows(gathering, LISTED_JOINED, list_), *_rows(gathering, BEHIND_JOINED, list_)])
    _records(gathering, list_)
    for asked in (LISTED_LISTINGS, LISTED_EVENTS, BEHIND_FOUND):
        for row in _rows(gathering, asked, list_):
            gathering.event(row.a, row.label, row.capacity, row.event)
    gathering.seen |= {(what, node) for what in ("events", "records", "relations", "heads") for node in network.labels}
    return [id_ for id_, way in sorted(listed.items()) if way == "own"]


def _rows(gathering: Gathering, asked: Asked, list_: str) -> Iterable[Any]:
    for query in asked.values():
        yield from gathering.network.inquiry.ask(query, list=list_)


def _behind(gathering: Gathering, list_: str) -> None:
    for row in _rows(gathering, BEHIND_LISTED, list_):
        gathering.network.add(row.b, "Person", row.caption)
        gathering.relation(row.a, RelationRow("in", row.b, "Person", row.caption, row.relation, row.claim))


def _same(gathering: Gathering, joined: Iterable[JoinedRow]) -> None:
    """The judgements between the records met so far; those of others are asked for one by one, should one lead there."""
    network = gathering.network
    crossings: dict[str, dict[tuple[str, str], CrossingRow]] = {id_: {} for id_ in network.labels}
    for row in joined:
        network.add(row.b, network.labels.get(row.a, "Person"), None)
        for one, other in ((row.a, row.b), (row.b, row.a)):
            if one in crossings:
                crossings[one][other, row.claim] = CrossingRow(other, row.grade, row.claim, row.source, row.status)
    for id_, rows in crossings.items():
        network.crossed(id_, list(rows.values()))
    for id_ in crossings:
        gathering.identity(id_)


def _records(gathering: Gathering, list_: str) -> None:
    network = gathering.network
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(gathering, LISTED_RECORDS, list_):
        found.setdefault(row.a, []).append(row.record)
    for node in list(network.labels):
        rows = found.get(node, [])
        named = [{**r, "rank": network.rank(str(r.get("source")))} for r in rows if r.get("name")]
        network.named[node] = caption_of(named) or network.captions[node]
        gathering.describe(node, rows)
