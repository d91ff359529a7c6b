"""Small builders of facts: what a test knows of the world, written through `graph.writing()` into any store.

One `Facts` is one run. Ids are those the graph makes itself; every builder returns the id (subjects) or the
claim id (facts). Names of private persons are invented.
"""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.claims import claim_id, digest
from graph_model.identifiers import enterprise_id, orgcode_of, person_id
from graph_model.model import MODEL
from graph_model.names.clean import name_key
from graph_model.schema import STILL_KNOWN, NodeType, Property, RelType
from graph_model.stores.graph import Graph, Row, RunInfo

REGISTER, COURT, THIRD = "src-register", "src-court", "src-third"
SOURCES: Mapping[str, tuple[str, int]] = {
    REGISTER: ("企业登记（示例）", 1),
    COURT: ("名单公示（示例）", 2),
    THIRD: ("第三方数据（示例）", 4),
}
AS_OF = "2020-01-01"
_ARROW = {"STRING": pa.string(), "INT64": pa.int64(), "BOOL": pa.bool_()}


def label_of(node: str) -> str:
    """The label of a subject by its id."""
    return {"p": "Person", "a": "Authority"}.get(node.partition("-")[0], "Enterprise")


@dataclass(slots=True)
class Facts:
    """The facts of one run, gathered and then published."""

    source: str = REGISTER
    as_of: str = AS_OF
    nodes: dict[str, dict[str, Row]] = field(default_factory=dict)
    rels: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)
    closed_rels: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)
    closed_nodes: dict[str, list[str]] = field(default_factory=dict)

    # --- subjects ---------------------------------------------------------------------------------------

    def enterprise(self, name: str, uscc: str | None = None, *, record: bool = True, **values: Any) -> str:
        """An enterprise by its number or else its name, with one record of the register."""
        node = enterprise_id(uscc=uscc, name=name)
        own: Row = {"uscc": uscc, "orgcode": orgcode_of(uscc)} if uscc else {"name_key": name_key(name)}
        self._node("Enterprise", {"id": node, "caption": name, **own})
        if record:
            self.record(node, name, uscc=uscc, **values)
        return node

    def person(self, name: str, anchor: str, **values: Any) -> str:
        """A person as one scope (an enterprise, a document) names him."""
        node = person_id(anchor, name)
        self._node(
            "Person", {"id": node, "caption": name, "name_key": name_key(name), "anchor": anchor, **values}
        )
        return node

    def authority(self, name: str, *, state_holder: bool = False) -> str:
        """A public body."""
        node = f"a-{digest(name)}"
        self._node(
            "Authority",
            {"id": node, "caption": name, "name_key": name_key(name), "state_holder": state_holder},
        )
        return node

    def record(self, subject: str, name: str, **values: Any) -> str:
        """What one source says of a subject itself."""
        fact = digest(values.get("source", self.source), "Record", subject)
        claim = claim_id(fact, digest(name, repr(sorted(values.items())), size=10))
        row = self._claim(values) | {"id": claim, "name": name, "name_key": name_key(name)}
        former = str(values.get("former_names") or "").split("、")
        names = [name_key(n) for n in (*former, values.get("short_name") or "") if n]
        self._node("Record", row | {"alias_keys": f"|{'|'.join(names)}|" if names else None})
        self._rel("DESCRIBES", claim, subject, values, label="Record")
        return claim

    # --- facts ------------------------------------------------------------------------------------------

    def role(
        self,
        person: str,
        type_: str,
        firm: str,
        start: str | None = None,
        end: str | None = None,
        **values: Any,
    ) -> str:
        """A role, tie or control relation of any type of the model."""
        return self._rel(type_, person, firm, {"valid_from": start, "valid_to": end, **values})

    def share(
        self, holder: str, firm: str, percent: str | None = None, start: str | None = None, **values: Any
    ) -> str:
        """A shareholding."""
        return self._rel("SHAREHOLDER_OF", holder, firm, {"percent": percent, "valid_from": start, **values})

    def same_as(self, a: str, b: str, grade: str = "anchored", **values: Any) -> str:
        """A judgement that two nodes are one subject, or (`ruled_out`) that they are not."""
        return self._rel("SAME_AS", a, b, {"grade": grade, "rule": "test", **values})

    def listing(
        self, subject: str, list_: str, start: str | None = None, end: str | None = None, **values: Any
    ) -> str:
        """One membership in a list; `end` is its last day."""
        own = {"list": list_, "polarity": MODEL.list_named[list_].polarity, "listed": start, "stage": "列入"}
        given = {"source": COURT, **own, "valid_from": start, "valid_to": end, **values}
        claim = self.event("Listing", subject, given)
        self._rel(
            "ON_LIST",
            claim,
            MODEL.list_named[list_].id,
            _claim_values(given),
            label="Listing",
            to_label="List",
        )
        return claim

    def event(self, label: str, subject: str, values: Mapping[str, Any]) -> str:
        """A Listing, Penalty, Enforcement, Judgment or Grade about one subject."""
        fact = digest(
            str(values.get("source", self.source)),
            label,
            subject,
            *(str(values.get(k)) for k in ("list", "number")),
        )
        claim = claim_id(fact, digest(repr(sorted(values.items())), size=10))
        self._node(label, {**self._claim(values), **values, "id": claim})
        self._rel("SUBJECT_OF", subject, claim, _claim_values(values), to_label=label)
        return claim

    def document(self, id_: str, name: str, source: str | None = None) -> str:
        """A document that claims were read from."""
        self._node(
            "Document",
            {"id": id_, "name": name, "sha256": id_.partition("#")[0], "source": source or self.source},
        )
        return id_

    # --- closing and publishing -------------------------------------------------------------------------

    def close(self, before: "Facts", claim: str) -> None:
        """Close, as of this run, a relation's or an event's claim that an earlier run made."""
        for key, rows in before.rels.items():
            self.closed_rels.setdefault(key, []).extend(r for r in rows if r["claim_id"] == claim)
        for label, nodes in before.nodes.items():
            if claim in nodes:
                self.closed_nodes.setdefault(label, []).append(claim)

    def publish(self, graph: Graph, published: str | None = None, **run: Any) -> RunInfo:
        """Write everything as one run; `published` fixes its instant (ISO, UTC)."""
        self._sources()
        with tempfile.TemporaryDirectory() as folder, graph.writing() as writer:
            for label, nodes in self.nodes.items():
                writer.add_nodes(
                    label, self._parquet(Path(folder), MODEL.node[label], nodes.values(), writer.run)
                )
            for (type_, a, b), rows in self.rels.items():
                writer.add_rels(type_, a, b, self._parquet(Path(folder), MODEL.rel[type_], rows, writer.run))
            for (type_, a, b), rows in self.closed_rels.items():
                if rows:
                    writer.close_rels(type_, a, b, _table(rows, ("from", "to", "claim_id")))
            for label, ids in self.closed_nodes.items():
                writer.close_nodes(label, ids)
            given = {
                "started": published or AS_OF,
                "source": self.source,
                "as_of": self.as_of,
                "complete": True,
                **run,
            }
            return writer.publish({**given, **({"published": published} if published else {})})

    def _sources(self) -> None:
        for id_, (name, rank) in SOURCES.items():
            self._node("Source", {"id": id_, "name": name, "rank": rank})

    def _claim(self, values: Mapping[str, Any]) -> Row:
        base: Row = {
            "source": self.source,
            "status": "asserted",
            "as_of": self.as_of,
            "document": "doc-test",
            "row": 2,
        }
        return {**base, **values}

    def _node(self, label: str, row: Row) -> None:
        self.nodes.setdefault(label, {}).setdefault(row["id"], row)

    def _rel(
        self, type_: str, a: str, b: str, values: Mapping[str, Any], *, label: str = "", to_label: str = ""
    ) -> str:
        row = self._claim(values)
        said = (str(row.get(k)) for k in MODEL.rel[type_].identity)
        claim = claim_id(
            digest(row["source"], type_, a, b, *said), digest(repr(sorted(row.items())), size=10)
        )
        key = (type_, label or label_of(a), to_label or label_of(b))
        rows = self.rels.setdefault(key, [])
        if all(r["claim_id"] != claim for r in rows[-50:]):
            rows.append({**row, "from": a, "to": b, "claim_id": claim})
        return claim

    def _parquet(self, folder: Path, type_: NodeType | RelType, rows: Iterable[Row], run: int) -> Path:
        ends = (
            ()
            if isinstance(type_, NodeType)
            else (Property("from", "identifier", "."), Property("to", "identifier", "."))
        )
        clock = {"known_from": run, "known_to": STILL_KNOWN}
        columns = {
            p.name: pa.array([clock.get(p.name, row.get(p.name)) for row in rows], _ARROW[p.column])
            for p in (*ends, *type_.columns)
        }
        path = folder / f"{len(list(folder.iterdir()))}.parquet"
        pq.write_table(pa.table(columns), path)
        return path


def _table(rows: list[Row], names: tuple[str, ...]) -> pa.Table:
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names})


def _claim_values(values: Mapping[str, Any]) -> Row:
    kept = ("source", "status", "document", "row", "valid_from", "valid_to", "as_of", "unknown_since")
    return {name: values[name] for name in kept if name in values}
