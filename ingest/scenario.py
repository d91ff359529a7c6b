"""The facts of a scenario written into an empty graph: one run for every day on which something was learnt.

A fact is written once for each state of knowledge: without the dates that came later, then with them; each version
closes the one before. So `known_at` reads a scenario as it reads any other graph.
"""

import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.claims import claim_id, digest
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN, NodeType, Property, RelType
from graph_model.stores.graph import Graph, Row, Writer
from ingest.scenario_rows import (
    LATER,
    OWN_SOURCE,
    WITH,
    Entry,
    Names,
    Written,
    fact_label,
    learnt,
    name_everything,
    rows_of,
    support_rows,
)

ALWAYS = "1900-01-01"
_ARROW = {"STRING": pa.string(), "INT64": pa.int64(), "BOOL": pa.bool_()}
_SUPPORT = ("sources", "authorities", "not_loaded")


@dataclass(frozen=True, slots=True)
class Version:
    """One fact as it was known from a day on, up to before another."""

    section: str
    label: str
    entry: Entry
    known_from: str
    known_to: str | None


@dataclass(slots=True)
class _Run:
    nodes: dict[str, list[Row]]
    rels: dict[tuple[str, str, str], list[Row]]
    closed: list[Written]


def load_scenario(graph: Graph, facts: Mapping[str, Any], scope: str, asked: Iterable[str] | None = None) -> Names:
    """Write the facts into an empty graph and say what became of their labels; `scope` keeps ids of two scenarios apart.

    `asked`: the days at which knowledge will be asked for beside the last; without it every day of learning is a run.
    """
    names = name_everything(facts, scope)
    versions = [v for section, entries in facts.items() if section not in _SUPPORT
                for i, entry in enumerate(entries) for v in versions_of(section, fact_label(section, i, entry), entry, facts)]  # fmt: skip
    days = sorted({ALWAYS, *(v.known_from for v in versions), *(v.known_to for v in versions if v.known_to)})
    if asked is not None:
        days, versions = _seen_at(sorted(asked), days, versions)
    written = {id(v): _claims(v, names) for v in versions}
    lists = "、".join(e.term for e in MODEL.lists if e.term not in facts.get("not_loaded", ()))
    for day in days:
        run = _Run({}, {}, [])
        for row in support_rows(facts, names) if day == days[0] else ():
            run.nodes.setdefault(row.table, []).append(row.row)
        for version in versions:
            _put(run, version, written[id(version)], day)
        _write(graph, run, day, lists)
    return names


def _seen_at(asked: list[str], days: list[str], versions: list[Version]) -> tuple[list[str], list[Version]]:
    """Only the days and versions that a question can tell apart: of all days up to one asked for, the last."""
    last = {bisect_left(asked, day): day for day in days}
    shown = {day: last[bisect_left(asked, day)] for day in days}
    seen = [replace(v, known_from=shown[v.known_from], known_to=v.known_to and shown[v.known_to]) for v in versions]
    return sorted(set(shown.values())), [v for v in seen if v.known_from != v.known_to]


def versions_of(section: str, label: str, entry: Entry, facts: Mapping[str, Any]) -> list[Version]:
    """A fact as it was known: without later dates, then with each from the day it was learnt."""
    first = entry.get("known_from") or ALWAYS
    later = {key: max(first, learnt(str(entry[key])) or first) for key in LATER.get(section, ()) if entry.get(key)}
    gone = _gone(entry, facts)
    days = sorted({first, *later.values(), *([max(first, gone)] if gone else ())})
    until = entry.get("known_to")
    days = [day for day in days if until is None or day < until]
    ends = [*days[1:], until]
    return [Version(section, label, _as_known(entry, later, gone, day), day, end) for day, end in zip(days, ends, strict=True)]


def _gone(entry: Entry, facts: Mapping[str, Any]) -> str | None:
    gone: dict[str, str | None] = {s["id"]: s.get("gone") for s in facts.get("sources", ())}
    return gone.get(str(entry.get("source")))


def _as_known(entry: Entry, later: Mapping[str, str], gone: str | None, day: str) -> Entry:
    hidden = {key for key, since in later.items() if since > day}
    hidden |= {other for key in hidden for other in WITH.get(key, ())}
    known = {key: value for key, value in entry.items() if key not in hidden}
    return known | ({"unknown_since": gone} if gone and gone <= day else {})


def _claims(version: Version, names: Names) -> list[Written]:
    """The rows of a version with their claim ids; a node's relationships point at it."""
    entry = version.entry
    fact = names.facts.get(version.label) or digest("record", names.nodes[version.label])
    own: Row = {"source": entry.get("source", OWN_SOURCE), "status": "asserted", "unknown_since": entry.get("unknown_since")}
    made: list[Written] = []
    node = ""
    for row in rows_of(version.section, entry, names):
        said = {**own, **row.row}
        claim = claim_id(fact if row.ends is None or node == "" else digest(fact, row.table, said["from"]),
                         digest(repr(sorted(said.items(), key=str)), version.known_from, size=10))  # fmt: skip
        if row.ends is None:
            node = claim
            made.append(Written(row.table, {**said, "id": claim}))
        else:
            ends = {"from": said["from"] or node, "to": said["to"] or node}
            made.append(Written(row.table, {**said, **ends, "claim_id": claim}, row.ends))
    return made


def _put(run: _Run, version: Version, rows: Iterable[Written], day: str) -> None:
    for row in rows:
        if version.known_from == day and row.ends is None:
            run.nodes.setdefault(row.table, []).append(row.row)
        elif version.known_from == day and row.ends is not None:
            run.rels.setdefault((row.table, *row.ends), []).append(row.row)
        elif version.known_to == day:
            run.closed.append(row)


def _write(graph: Graph, run: _Run, day: str, lists: str) -> None:
    with tempfile.TemporaryDirectory() as folder, graph.writing() as writer:
        for label, nodes in run.nodes.items():
            writer.add_nodes(label, _parquet(Path(folder), MODEL.node[label], nodes, writer.run))
        for (type_, a, b), rows in run.rels.items():
            writer.add_rels(type_, a, b, _parquet(Path(folder), MODEL.rel[type_], rows, writer.run))
        _close(writer, run.closed)
        published = f"{day}T00:00:00+00:00"
        writer.publish({"started": published, "published": published, "source": OWN_SOURCE, "complete": True, "lists": lists})


def _close(writer: Writer, rows: Iterable[Written]) -> None:
    nodes: dict[str, list[str]] = {}
    rels: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.ends is None:
            nodes.setdefault(row.table, []).append(row.row["id"])
        elif not {MODEL.node[end].role for end in row.ends} & {"event", "record"}:
            rels.setdefault((row.table, *row.ends), []).append(row.row)
    for (type_, a, b), closed in rels.items():
        names = ("from", "to", "claim_id")
        writer.close_rels(type_, a, b, pa.table({n: pa.array([r[n] for r in closed], pa.string()) for n in names}))
    for label, ids in nodes.items():
        writer.close_nodes(label, ids)


def _parquet(folder: Path, type_: NodeType | RelType, rows: Iterable[Row], run: int) -> Path:
    ends = () if isinstance(type_, NodeType) else (Property("from", "identifier", "."), Property("to", "identifier", "."))
    clock = {"known_from": run, "known_to": STILL_KNOWN}
    columns = {
        p.name: pa.array([clock.get(p.name, row.get(p.name)) for row in rows], _ARROW[p.column]) for p in (*ends, *type_.columns)
    }
    path = folder / f"{len(list(folder.iterdir()))}.parquet"
    pq.write_table(pa.table(columns), path)
    return path
