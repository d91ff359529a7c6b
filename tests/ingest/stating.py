"""What the rows of a small file state under a map, as plain values a test can compare."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.formats import open_shapes
from ingest.frame import Memory
from ingest.maps import Map
from ingest.rows import Edition, Stated, state

AS_OF = "2026-01-01"
_HUNG = {"authority_id", "responsible_id", "subject_label", "row", "as_of", "entity", "multiple", "name_key", "alias_keys"}
Values = dict[str, Any]


@dataclass(slots=True)
class Told:
    """Events, links and records by the captions of their subjects; rows that could not be used by number and code."""

    events: list[tuple[str, str, Values]] = field(default_factory=list)  # label, whom about, values
    links: list[tuple[str, str, str, Values]] = field(default_factory=list)  # from, type, to, values
    records: list[tuple[str, Values]] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # caption → label
    ids: dict[str, set[str]] = field(default_factory=dict)  # caption → ids

    @property
    def roles(self) -> list[tuple[str, str, str]]:
        """The links without their values."""
        return [(a, t, b) for a, t, b, _ in self.links]


def told(paths: Sequence[Path], map_: Map) -> Told:
    """Everything the files state under a map."""
    out = Told()
    for opened, shape in open_shapes(paths, map_):
        part = next((p for p in map_.parts if p.shape == shape), None)
        if part is None:
            continue
        for batch in opened.batches():
            _add(out, state(batch.rows, part, map_, Edition(opened.sha256, map_.source.id, AS_OF), Memory()))
        out.bad += [(b.row, b.code) for b in opened.bad_rows]
    return out


def _add(out: Told, stated: Stated) -> None:
    names: dict[str, str] = {}
    for label, tables in stated.nodes.items():
        for row in _rows(tables):
            names[row["id"]] = row["caption"]
            out.labels[row["caption"]] = label
            out.ids.setdefault(row["caption"], set()).add(row["id"])
    for label, tables in stated.events.items():
        out.events += [(label, names[r.pop("subject")], r) for r in _rows(tables)]
    for (type_, _, _), tables in stated.links.items():
        out.links += [(names[r.pop("from")], type_, names[r.pop("to")], r) for r in _rows(tables)]
    out.records += [(names[r.pop("subject")], r) for r in _rows(stated.records)]
    out.bad += [(b.row, b.code) for b in stated.bad]


def _rows(tables: Sequence[pa.Table]) -> list[Values]:
    return [{k: v for k, v in row.items() if v is not None and k not in _HUNG} for t in tables for row in t.to_pylist()]
