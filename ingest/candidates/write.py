"""Claims from text written to a store and closed in it, events with what hangs on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.claims import FACT_HEX, digest
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN
from graph_model.statements import attached
from graph_model.stores.graph import Row, Writer
from ingest.candidates.find import Waiting
from ingest.support import node_table, rel_table


@dataclass(frozen=True, slots=True)
class Made:
    """A claim as it will be stored: its fact and content, its row, the labels and ids of its ends."""

    kind: str
    fact: str
    content: str
    row: Row
    ends: tuple[str, str, str, str]
    authority: str | None = None

    @property
    def id(self) -> str:
        """The id of the first claim that says so."""
        return f"{self.fact}-{self.content}"


def write_made(writer: Writer, folder: Path, made: Mapping[str, Made]) -> None:
    """Add claims, by the id each shall have."""
    clock = {"known_from": writer.run, "known_to": STILL_KNOWN}
    nodes: dict[str, list[Row]] = defaultdict(list)
    rels: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for id_, one in made.items():
        if one.kind in MODEL.node:
            nodes[one.kind].append({**one.row, **clock, "id": id_})
        else:
            rels[one.kind, one.ends[0], one.ends[1]].append({**one.row, **clock, "claim_id": id_, "from": one.ends[2], "to": one.ends[3]})
    for label, rows in sorted(nodes.items()):
        path = folder / f"made-{label}.parquet"
        pq.write_table(node_table(label, rows), path)
        writer.add_nodes(label, path)
    add_rels(writer, folder, rels)


def add_rels(writer: Writer, folder: Path, rels: Mapping[tuple[str, str, str], list[Row]]) -> None:
    """Add relationships, by type and labels of their ends."""
    for (type_, a, b), rows in sorted(rels.items()):
        path = folder / f"made-{type_}-{a}-{b}.parquet"
        pq.write_table(rel_table(type_, rows), path)
        writer.add_rels(type_, a, b, path)


def hang(writer: Writer, folder: Path, made: Mapping[str, Made]) -> None:
    """The relationships that live as long as the event they hang on."""
    rels: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for id_, one in made.items():
        for (type_, a, b), source, target in _hanging(id_, one):
            own = {k: v for k, v in one.row.items() if k in {p.name for p in MODEL.rel[type_].columns}}
            rel = {**own, "known_from": writer.run, "known_to": STILL_KNOWN, "claim_id": f"{digest(type_, source, target)}-{id_.partition('-')[2]}"}
            rels[type_, a, b].append({**rel, "from": source, "to": target})
    add_rels(writer, folder, rels)


def _hanging(id_: str, one: Made) -> Iterable[tuple[tuple[str, str, str], str, str]]:
    label, subject = one.ends[0], one.ends[2]
    if one.kind == "Record":
        yield ("DESCRIBES", "Record", label), id_, subject
    elif one.kind in MODEL.node:
        yield ("SUBJECT_OF", label, one.kind), subject, id_
        if one.kind == "Listing":
            yield ("ON_LIST", "Listing", "List"), id_, f"list-{one.row['list']}"
        if one.authority is not None:
            yield ("ISSUED_BY", one.kind, "Authority"), id_, one.authority


def close(writer: Writer, claims: Iterable[Waiting]) -> None:
    """Close claims as of this run, events with what hangs on them."""
    nodes: dict[str, list[str]] = defaultdict(list)
    rels: dict[tuple[str, str, str], list[Waiting]] = defaultdict(list)
    for one in claims:
        if one.is_event:
            nodes[one.kind].append(one.claim)
        else:
            rels[one.kind, one.start_label, str(one.end_label)].append(one)
    for label, ids in sorted(nodes.items()):
        writer.close_nodes(label, ids)
    for (type_, a, b), some in sorted(rels.items()):
        ends = {"from": [w.start for w in some], "to": [w.end for w in some], "claim_id": [w.claim for w in some]}
        writer.close_rels(type_, a, b, pa.table({n: pa.array(v, pa.string()) for n, v in ends.items()}))


def renew(writer: Writer, folder: Path, claims: Mapping[str, Waiting], changed: Mapping[str, Any]) -> None:
    """Close claims and open each again under a new id (the key) with some properties changed."""
    hanging = _hanging_rows(writer, [w for w in claims.values() if w.is_event])
    close(writer, claims.values())
    fresh = {"known_from": writer.run, "known_to": STILL_KNOWN, **changed}
    nodes: dict[str, list[Row]] = defaultdict(list)
    rels: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for id_, one in claims.items():
        if one.is_event:
            nodes[one.kind].append({**one.values, **fresh, "id": id_})
        else:
            rels[one.kind, one.start_label, str(one.end_label)].append({**one.values, **fresh, "claim_id": id_, "from": one.start, "to": one.end})
        for key, row, own in hanging.get(one.claim, ()):
            moved = {**row["r"], **fresh, "claim_id": f"{row['r']['claim_id'][:FACT_HEX]}-{id_.partition('-')[2]}"}
            rels[key].append({**moved, "from": id_ if own == "f" else row["f"], "to": id_ if own == "t" else row["t"]})
    for label, rows in sorted(nodes.items()):
        path = folder / f"renewed-{label}.parquet"
        pq.write_table(node_table(label, rows), path)
        writer.add_nodes(label, path)
    add_rels(writer, folder, rels)


def _hanging_rows(writer: Writer, events: Iterable[Waiting]) -> dict[str, list[tuple[tuple[str, str, str], Row, str]]]:
    """What hangs on events, by event; with each row at which end the event stands."""
    ids: dict[str, list[str]] = defaultdict(list)
    for one in events:
        ids[one.kind].append(one.claim)
    found: dict[str, list[tuple[tuple[str, str, str], Row, str]]] = defaultdict(list)
    for label, some in ids.items():
        for type_, a, b in attached(label):
            own = "f" if a == label else "t"
            key = "a.id" if own == "f" else "b.id"
            rows = writer.matching(f"(a:{a})-[r:{type_}]->(b:{b})", key, some, "a.id AS f, b.id AS t, r", where=f"r.known_to = {STILL_KNOWN}")
            for row in rows:
                found[row[own]].append(((type_, a, b), row, own))
    return found
