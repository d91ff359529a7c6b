"""The caption a subject's own node shows: one rule, the newest record of the highest authority."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from graph_model.captions import caption_of
from graph_model.schema import STILL_KNOWN
from graph_model.stores.graph import Writer
from ingest.load import Load
from ingest.maps import SourceMap
from ingest.stage import Stage

_BATCH = 50_000


def refresh_captions(writer: Writer, stage: Stage, load: Load, source: SourceMap) -> int:
    """Bring the captions of subjects with new records up to date; a first load made them right already. How many changed."""
    if load.fresh or load.new_records is None:
        return 0
    rows = stage.relation(load.new_records)
    touched = stage.db.sql(f"SELECT DISTINCT subject, subject_label FROM {rows} ORDER BY ALL").fetchall()
    return refresh_named(writer, touched, source)


def refresh_named(writer: Writer, touched: Sequence[tuple[str, str]], source: SourceMap) -> int:
    """The same for subjects named by id and label."""
    ranks = {r["id"]: r["rank"] for r in writer.rows("MATCH (s:Source) RETURN s.id AS id, s.rank AS rank")}
    ranks[source.id] = source.rank  # the run's own Source may not be visible before it is published
    changed = 0
    for label in sorted({t[1] for t in touched}):
        ids = [t[0] for t in touched if t[1] == label]
        for start in range(0, len(ids), _BATCH):
            changed += _refresh(writer, label, ids[start : start + _BATCH], ranks)
    return changed


def _refresh(writer: Writer, label: str, ids: list[str], ranks: dict[str, int]) -> int:
    returns = "n.id AS id, n.caption AS was, r.id AS record, r.name AS name, r.source AS source, r.as_of AS as_of"
    found = writer.matching(f"(r:Record)-[:DESCRIBES]->(n:{label})", "n.id", ids, returns, where=f"r.known_to = {STILL_KNOWN} AND r.status = 'asserted'")
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_id.setdefault(row["id"], []).append({**row, "rank": ranks.get(row["source"])})
    new = {i: caption_of(rows) for i, rows in by_id.items()}
    differ = [(i, c) for i, c in new.items() if c and c != by_id[i][0]["was"]]
    if not differ:
        return 0
    table = pa.table({"id": pa.array([i for i, _ in differ]), "caption": pa.array([c for _, c in differ])})
    return writer.set_properties(label, table)
