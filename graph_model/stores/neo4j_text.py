"""What Neo4j is told to write, composed from the model, and the rows it is handed. Pure: knows no driver."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model import statements
from graph_model.errors import StoreError
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN, NodeType, RelType
from graph_model.stores.graph import Row

BATCH = 10_000
MARK = "created_run"  # on subject and support nodes: the run that made them; never part of an answer
FIRST_RUN = "run-00000000"
LOCK = f"MATCH (r:Run {{id: '{FIRST_RUN}'}}) SET r.seq = r.seq"
LAST_RUN = "MATCH (r:Run) WHERE r.published IS NOT NULL RETURN max(r.seq)"
_COLUMNS = {"STRING": pa.string(), "INT64": pa.int64(), "BOOL": pa.bool_()}
_OPEN = f"r.known_to = {STILL_KNOWN}"

T = TypeVar("T")


def merge_nodes(label: str) -> str:
    """Add the nodes of `$rows` whose id is not there."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) ON CREATE SET n = row"


def merge_rels(type_: str, source: str, target: str) -> str:
    """Add the relationships of `$rows` (see `rel_row`) whose claim is not there; counts the rows whose ends are."""
    return (
        f"UNWIND $rows AS row MATCH (a:{source} {{id: row.from}}) MATCH (b:{target} {{id: row.to}}) "
        f"MERGE (a)-[r:{type_} {{claim_id: row.claim}}]->(b) ON CREATE SET r = row.properties RETURN count(*)"
    )


def missing_ends(label: str, end: str) -> str:
    """A few ids that `$rows` name and the graph has not."""
    return f"UNWIND $rows AS row OPTIONAL MATCH (n:{label} {{id: row.{end}}}) WITH row, n WHERE n IS NULL RETURN row.{end} LIMIT 3"


def close_rels(type_: str, source: str, target: str) -> str:
    """Close the open claims of `$rows` as of `$run`."""
    ends = f"(a:{source} {{id: row.from}})-[r:{type_} {{claim_id: row.claim_id}}]->(b:{target} {{id: row.to}})"
    return f"UNWIND $rows AS row MATCH {ends} WHERE {_OPEN} SET r.known_to = $run RETURN count(*)"


def close_nodes(label: str) -> list[str]:
    """Close the open relationships of the nodes `$rows`, then the nodes, as of `$run`; the last one counts."""
    tail = f"WHERE {_OPEN} SET r.known_to = $run RETURN count(*)"
    hanging = [
        f"UNWIND $rows AS i MATCH (:{label} {{id: i}})" + (f"-[r:{t}]->(:{b}) " if a == label else f"<-[r:{t}]-(:{a}) ") + tail
        for t, a, b in statements.attached(label)
    ]
    return [*hanging, f"UNWIND $rows AS i MATCH (r:{label} {{id: i}}) {tail}"]


def set_properties(label: str, *, made: bool | None) -> str:
    """Set the properties of `$rows`: on all (None), on those this `$run` made; or (False) tell which it did not make."""
    match = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}})"
    if made is None:
        return f"{match} SET n += row RETURN count(*)"
    by = f"{match} WITH n, row, coalesce(n.known_from, n.{MARK}, -1) AS made WHERE made"
    return f"{by} = $run SET n += row RETURN count(*)" if made else f"{by} <> $run RETURN row.id"


def existing_rels(type_: str, source: str, target: str, *, named: Sequence[str]) -> str:
    """Every claim of the Source `$by`, or those between the ends that `row` names."""
    ends = tuple(f" {{id: row.{n}}}" if n in named else "" for n in ("from", "to"))
    return (
        f"MATCH (a:{source}{ends[0]})-[r:{type_}]->(b:{target}{ends[1]}) WHERE r.source = $by "
        "RETURN a.id AS `from`, b.id AS `to`, r.claim_id AS claim_id, r.known_to AS known_to"
    )


def existing_nodes(label: str, *, paired: bool) -> dict[str, str]:
    """By label of the subject: the nodes of the Source `$by`, all or those attached to the subject `row` names."""
    record = MODEL.node[label].role == "record"
    by, arrow = ("DESCRIBES", "<-[:DESCRIBES]-") if record else ("SUBJECT_OF", "-[:SUBJECT_OF]->")
    ends = [b if record else a for t, a, b in statements.attached(label) if t == by]
    tail = f"{arrow}(n:{label}) WHERE n.source = $by RETURN n.id AS id, n.known_to AS known_to, a.id AS subject"
    return {end: f"MATCH (a:{end}{' {id: row.subject}' if paired else ''}){tail}" for end in ends}


def sweeping() -> Iterator[str]:
    """Statements that remove everything written after the run `$last`, each in transactions of its own."""
    types = "|".join(rel.type for rel in MODEL.rels)
    claims = "|".join(node.label for node in MODEL.nodes if node.bears_claim)
    others = "|".join(node.label for node in MODEL.nodes if not node.bears_claim)
    batch = f"IN TRANSACTIONS OF {BATCH} ROWS"
    late = f"r.known_to > $last AND r.known_to < {STILL_KNOWN}"
    for found, delete in ((f"()-[r:{types}]->()", "DELETE"), (f"(r:{claims})", "DETACH DELETE")):
        yield f"MATCH {found} WHERE r.known_from > $last CALL {{ WITH r {delete} r }} {batch}"
        yield f"MATCH {found} WHERE {late} CALL {{ WITH r SET r.known_to = {STILL_KNOWN} }} {batch}"
    yield f"MATCH (r:{others}) WHERE r.{MARK} > $last AND NOT (r)--() CALL {{ WITH r DELETE r }} {batch}"


def stands_alone(label: str) -> bool:
    """Whether no relationship ends on it (Source), so that it can wait unseen until the run is published."""
    return not MODEL.node[label].bears_claim and not any(label in pair for r in MODEL.rels for pair in r.ends)


def batches(path: Path, names: Sequence[str]) -> Iterator[list[Row]]:
    """The rows of a Parquet file. Raises `StoreError` on a column the model has not."""
    with pq.ParquetFile(path) as file:
        if unknown := set(file.schema_arrow.names) - set(names):
            raise StoreError(f"{path.name}: unknown column {', '.join(sorted(unknown))}; expected {', '.join(names)}")
        for batch in file.iter_batches(BATCH):
            yield batch.to_pylist()


def cut(rows: list[T]) -> Iterator[list[T]]:
    """The rows in batches."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def without_nulls(row: Mapping[str, Any]) -> Row:
    """The row as Neo4j stores it: a property that is null is none."""
    return {key: value for key, value in row.items() if value is not None}


def rel_row(row: Row) -> Row:
    """A row of a relationship file as `merge_rels` reads it."""
    kept = without_nulls(row)
    source, target = kept.pop("from", None), kept.pop("to", None)
    return {"from": source, "to": target, "claim": kept.get("claim_id"), "properties": kept}


def array(name: str, column: Sequence[Any]) -> pa.Array:
    """An Arrow column; where no value tells its type, the model's property of that name does, else text."""
    if any(value is not None for value in column):
        return pa.array(column)
    owners: Iterator[NodeType | RelType] = chain(MODEL.nodes, MODEL.rels)
    found = next((p for owner in owners for p in owner.columns if p.name == name), None)
    return pa.array(column, _COLUMNS[found.column] if found else pa.string())


def table(names: Sequence[str], records: Sequence[Sequence[Any]]) -> pa.Table:
    """Records as an Arrow table, its types told even where there are none."""
    columns = zip(*records, strict=True) if records else ((),) * len(names)
    return pa.table([array(name, column) for name, column in zip(names, columns, strict=True)], names=list(names))
