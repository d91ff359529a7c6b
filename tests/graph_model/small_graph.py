"""A few invented facts as the loader would hand them to a store, in Parquet, and one run that loads them."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model import statements
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN, Property
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph, Writer

Facts = Sequence[Mapping[str, Any]]
TYPES = {"STRING": pa.string(), "INT64": pa.int64(), "BOOL": pa.bool_()}
SOURCE = "src-register"
ROLE = "LEGAL_REPRESENTATIVE_OF"

ENTERPRISES: Facts = (
    {"id": "e-1", "caption": "示例甲有限公司", "name_key": "示例甲", "uscc": "91330100MA2H31531M"},
    {"id": "e-2", "caption": "示例乙有限公司", "name_key": ""},
)
PERSONS: Facts = ({"id": "p-1", "caption": "张示例", "anchor": "e-1"}, {"id": "p-2", "caption": "李示例", "anchor": "e-2"})
RECORDS: Facts = (
    {"id": "r-1", "name": "示例甲有限公司", "state_holder": False, "remark": 'a "quoted" word,\nand a second line', "address": ""},
    {"id": "r-2", "name": "示例乙有限公司", "state_holder": True, "scope": "甲\\乙", "remark": " spaces around "},
)
LISTINGS: Facts = ({"id": "l-1", "list": "失信被执行人", "polarity": "negative", "listed": "2021-03"},)
ROLES: Facts = (
    {"from": "p-1", "to": "e-1", "claim_id": "role-1", "post": "法定代表人", "valid_from": "2020-01-01", "row": 2},
    {"from": "p-2", "to": "e-2", "claim_id": "role-2", "post": "", "row": 9_007_199_254_740_993},
)
LINKS: tuple[tuple[str, str, str, Facts], ...] = (
    (ROLE, "Person", "Enterprise", ROLES),
    ("DESCRIBES", "Record", "Enterprise", ({"from": "r-1", "to": "e-1", "claim_id": "d-1"}, {"from": "r-2", "to": "e-2", "claim_id": "d-2"})),
    ("SUBJECT_OF", "Enterprise", "Listing", ({"from": "e-1", "to": "l-1", "claim_id": "s-1"},)),
    ("ON_LIST", "Listing", "List", ({"from": "l-1", "to": "list-失信被执行人", "claim_id": "o-1"},)),
)  # fmt: skip
NODES: tuple[tuple[str, Facts], ...] = (
    ("Source", ({"id": SOURCE, "name": "示例登记机关", "rank": 1},)),
    ("Document", ({"id": "doc-1", "name": "示例.csv", "rows": 2},)),
    ("Enterprise", ENTERPRISES),
    ("Person", PERSONS),
    ("Record", RECORDS),
    ("Listing", LISTINGS),
)


def nodes(folder: Path, label: str, rows: Facts, *, run: int) -> Path:
    """A Parquet file of nodes, with the claim's columns filled in where they bear one."""
    node = MODEL.node[label]
    filled = [{**_claim(run), **row} for row in rows] if node.bears_claim else rows
    return _written(folder / f"{label}-{run}.parquet", statements.node_names(node), node.columns, filled)


def rels(folder: Path, type_: str, rows: Facts, *, run: int) -> Path:
    """A Parquet file of relationships with the claim's columns filled in."""
    filled = [{**_claim(run), **row} for row in rows]
    rel = MODEL.rel[type_]
    return _written(folder / f"{type_}-{run}.parquet", statements.rel_names(rel), rel.columns, filled)


def add_all(writer: Writer, folder: Path) -> dict[str, int]:
    """Add every fact of this module; how many of each were new."""
    folder.mkdir(exist_ok=True)
    added = {label: writer.add_nodes(label, nodes(folder, label, rows, run=writer.run)) for label, rows in NODES}
    for type_, source, target, rows in LINKS:
        added[type_] = writer.add_rels(type_, source, target, rels(folder, type_, rows, run=writer.run))
    return added


def load(graph: Graph, folder: Path) -> int:
    """One published run with every fact of this module; its number."""
    with graph.writing() as writer:
        add_all(writer, folder)
        writer.publish({"source": SOURCE, "document": "doc-1", "complete": True})
        return writer.run


def half_a_run(url: str, folder: Path) -> None:
    """Write, close, say so, and wait to be killed; the password comes from the environment."""
    with open_graph(url).writing() as writer:
        add = [{"id": "e-killed", "caption": "示例丙有限公司"}]
        writer.add_nodes("Enterprise", nodes(folder, "Enterprise", add, run=writer.run))
        role = [{"from": "p-1", "to": "e-killed", "claim_id": "role-killed"}]
        writer.add_rels(ROLE, "Person", "Enterprise", rels(folder, ROLE, role, run=writer.run))
        writer.close_rels(ROLE, "Person", "Enterprise", pa.table({"from": ["p-1"], "to": ["e-1"], "claim_id": ["role-1"]}))
        writer.close_nodes("Listing", ["l-1"])
        sys.stdout.write("written\n")
        sys.stdout.flush()
        time.sleep(120)


def _claim(run: int) -> dict[str, Any]:
    return {"source": SOURCE, "document": "doc-1", "row": 2, "status": "asserted", "as_of": "2024-01-01",
            "known_from": run, "known_to": STILL_KNOWN}  # fmt: skip


def _written(path: Path, names: list[str], columns: tuple[Property, ...], rows: Facts) -> Path:
    types = {p.name: TYPES[p.column] for p in columns}
    arrays = {name: pa.array([row.get(name) for row in rows], types.get(name, pa.string())) for name in names}
    pq.write_table(pa.table(arrays), path)
    return path
