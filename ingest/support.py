"""The nodes that say where facts come from: the source and the documents of a run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.model import MODEL
from graph_model.stores.graph import Writer
from ingest.maps import SourceMap

_TYPES = {"INT64": pa.int64(), "BOOL": pa.bool_()}


def node_table(label: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Nodes as a table in the columns they are stored in."""
    columns = MODEL.node[label].columns
    return pa.table({p.name: pa.array([r.get(p.name) for r in rows], _TYPES.get(p.column, pa.string())) for p in columns})


def rel_table(type_: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Relationships as a table: both ends, then the columns they are stored in."""
    ends = {n: pa.array([r[n] for r in rows], pa.string()) for n in ("from", "to")}
    columns = {p.name: pa.array([r.get(p.name) for r in rows], _TYPES.get(p.column, pa.string())) for p in MODEL.rel[type_].columns}
    return pa.table({**ends, **columns})


def write_support(writer: Writer, source: SourceMap, documents: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """The Source and Document nodes of a run, added or brought up to date."""
    put(writer, "Source", [{k: v if v != "" else None for k, v in asdict(source).items()}], folder)
    put(writer, "Document", documents, folder)


def put(writer: Writer, label: str, rows: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Nodes added, those that were there given these values."""
    if not rows:
        return
    table, path = node_table(label, rows), folder / f"put-{label}.parquet"
    pq.write_table(table, path)
    if writer.add_nodes(label, path) < table.num_rows:
        writer.set_properties(label, table)
