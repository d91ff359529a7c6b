"""What a run states, gathered on disk: batches go in as Parquet, claims with their ids come out.

DuckDB gives the ids (the same sha-256 as `graph_model.claims.digest`), folds what one file says twice, and
spills to disk, so that a run of millions of rows stays within its memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.claims import ASSERTED, CONTENT_HEX, FACT_HEX
from graph_model.model import MODEL
from graph_model.schema import CLAIM_PROPERTIES, STILL_KNOWN, RelType
from ingest.rows import Edition, Key, Stated

MEMORY = "1500MB"
_SEPARATOR = "chr(31)"
# Set by the loader or told by the row itself; they say where a claim comes from, not what it says.
_READ_BY_MACHINE = ("position", "quote", "confidence", "method", "review")
_OUTSIDE = frozenset(p.name for p in CLAIM_PROPERTIES) - {"valid_from", "valid_to"}


def hashed(parts: Sequence[str], size: int) -> str:
    """SQL for `digest` of the parts."""
    joined = ", ".join(f"coalesce({p}, '')" for p in parts)
    return f"substr(sha256(concat_ws({_SEPARATOR}, {joined})), 1, {size})"


def quoted(name: str) -> str:
    """A column name in SQL."""
    return f'"{name}"'


Parts = list[tuple[str, Path]]  # kind of fact, file


def write_parts(stated: Stated, edition: Edition, folder: Path, number: int) -> Parts:
    """Write down what one batch states, one file a kind of fact."""
    groups = {f"node-{label}": tables for label, tables in stated.nodes.items()}
    groups["record"] = stated.records
    groups |= {f"event-{label}": tables for label, tables in stated.events.items()}
    groups |= {"link-" + "-".join(key): tables for key, tables in stated.links.items()}
    parts: Parts = []
    for name, tables in groups.items():
        for index, table in enumerate(t for t in tables if t.num_rows):
            path = folder / f"{name}-{number:05d}-{index}.parquet"
            document = pa.repeat(pa.scalar(edition.document), table.num_rows)
            pq.write_table(table.append_column("document", document), path, compression="lz4")
            parts.append((name, path))
    return parts


@dataclass(frozen=True, slots=True)
class Staged:
    """One kind of claim, deduplicated and with ids, in a Parquet file: columns as stored, plus `fact`, `said` (its content, hashed), `row`."""

    path: Path
    rows: int
    duplicates: int


@dataclass(slots=True)
class Stage:
    """A folder of Parquet parts, and the DuckDB connection that reads them."""

    folder: Path
    source: str
    _parts: dict[str, list[Path]] = field(default_factory=dict)
    _db: Any = None

    def take(self, parts: Parts) -> None:
        """Count in what a batch wrote."""
        for name, path in parts:
            self._parts.setdefault(name, []).append(path)

    @property
    def db(self) -> Any:
        """The DuckDB connection, opened at first use."""
        if self._db is None:
            self._db = duckdb.connect(str(self.folder / "stage.duckdb"))
            self._db.execute(f"SET memory_limit='{MEMORY}'; SET temp_directory='{self.folder / 'spill'}'; SET preserve_insertion_order=false; SET enable_progress_bar=false")
        return self._db

    def close(self) -> None:
        """Let go of the connection."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def table(self, query: str) -> pa.Table:
        """What a query returns, as Arrow."""
        return self.db.sql(query).to_arrow_table()

    def count(self, relation: str) -> int:
        """Rows of a relation."""
        return int(self.db.sql(f"SELECT count(*) FROM {relation}").fetchall()[0][0])

    def labels(self) -> list[str]:
        """Labels of the subjects that were named."""
        return [n.removeprefix("node-") for n in self._parts if n.startswith("node-")]

    def link_keys(self) -> list[Key]:
        """Types and ends of the links that were stated."""
        keys = (n.removeprefix("link-").split("-") for n in self._parts if n.startswith("link-"))
        return [(t, a, b) for t, a, b in keys]

    def event_labels(self) -> list[str]:
        """Labels of the events that were stated, records among them."""
        events = [n.removeprefix("event-") for n in self._parts if n.startswith("event-")]
        return events + (["Record"] if "record" in self._parts else [])

    def stated(self) -> int:
        """How many statements the batches made, repeats among them."""
        return sum(pq.read_metadata(path).num_rows for name, paths in self._parts.items() if not name.startswith("node-") for path in paths)

    def lists(self) -> list[str]:
        """Lists that the batches named."""
        if "event-Listing" not in self._parts:
            return []
        return [r[0] for r in self.db.sql(f"SELECT DISTINCT list FROM {self._read('event-Listing')}").fetchall()]

    def _read(self, name: str) -> str:
        return f"read_parquet([{', '.join(repr(str(p)) for p in self._parts[name])}])"

    def nodes(self, label: str) -> Path:
        """The subjects of a label, one a row, in the columns they are stored in."""
        names = [p.name for p in MODEL.node[label].columns]
        path = self.folder / f"nodes-{label}.parquet"
        picked = ", ".join(n if n == "id" else f"min_by({n}, (document, row)) AS {n}" for n in names)
        self._copy(f"SELECT {picked} FROM {self._read(f'node-{label}')} GROUP BY id", path)
        return path

    def links(self, key: Key) -> Staged:
        """The links of one type and pair of labels, with their ids."""
        rel = MODEL.rel[key[0]]
        fact = [f"'{self.source}'", f"'{rel.type}'", quoted("from"), quoted("to"), *map(quoted, rel.identity)]
        return self._claims("link-" + "-".join(key), fact, ["from", "to"], _content_of(rel), [p.name for p in rel.columns])

    def events(self, label: str) -> Staged:
        """The events (or records) of one label, with their ids and what hangs on them."""
        node, record = MODEL.node[label], label == "Record"
        content = [p.name for p in node.properties] + ["valid_from", "valid_to"]
        names = [p.name for p in node.columns if p.name != "id"]
        if record:
            fact = [f"'{self.source}'", "'Record'", "subject", "entity", *(f"CASE WHEN multiple THEN {quoted(c)}::VARCHAR END" for c in content)]
            return self._claims("record", fact, ["subject", "subject_label"], content, names)
        told = " OR ".join(f"{quoted(i)} IS NOT NULL" for i in node.identity if i != "list")
        whole = [f"CASE WHEN NOT ({told}) THEN {quoted(c)}::VARCHAR END" for c in content]
        fact = [f"'{self.source}'", f"'{label}'", "subject", *map(quoted, node.identity), *whole]
        hung = ["subject", "subject_label", "authority_id", "responsible_id", "responsible_post", "capacity"]
        return self._claims(f"event-{label}", fact, hung, [*content, *hung[2:]], names)

    def _claims(self, name: str, fact: Sequence[str], first: Sequence[str], content: Sequence[str], names: Sequence[str]) -> Staged:
        """Give each claim its fact and content, and fold repeats.

        Where one fact is stated with several contents each becomes a fact of its own (`alt`), whatever their order;
        `base` stays beside it, so that an edition that states one of them and one that states all are seen to agree.
        """
        table = self._read(name)
        body = hashed([f"{quoted(c)}::VARCHAR" for c in content], CONTENT_HEX)
        total = self.count(table)
        path = self.folder / f"claims-{name}.parquet"
        kept = ", ".join(quoted(c) for c in (*first, *dict.fromkeys(n for n in names if n not in _OUTSIDE), "as_of", "document", "row"))
        self._copy(
            f"""
            WITH hashed AS (SELECT {kept}, {hashed(fact, FACT_HEX)} AS base, {body} AS said FROM {table}),
            once AS (SELECT *, {hashed(["base", "said"], FACT_HEX)} AS alt FROM hashed
                     QUALIFY row_number() OVER (PARTITION BY base, said ORDER BY document, row) = 1)
            SELECT *, CASE WHEN count(*) OVER (PARTITION BY base) = 1 THEN base ELSE alt END AS fact FROM once
            """,
            path,
        )
        rows = pq.read_metadata(path).num_rows
        return Staged(path, rows, total - rows)

    def _copy(self, query: str, path: Path) -> None:
        self.db.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE 100000)")

    def relation(self, path: Path) -> str:
        """A Parquet file as a relation in SQL."""
        return f"read_parquet('{path}')"


def _content_of(rel: RelType) -> list[str]:
    return [p.name for p in rel.properties if not p.name.endswith("_text")] + ["valid_from", "valid_to"]


def stored_columns(names: Sequence[str], *, claim_id: str, run: int, source: str, unknown_since: str = "NULL") -> str:
    """SQL for the stored columns of a claim, from the staged ones."""
    made = {
        "claim_id": claim_id, "id": claim_id, "source": f"'{source}'", "status": f"'{ASSERTED}'",
        "span_start": "NULL::BIGINT", "span_end": "NULL::BIGINT", **dict.fromkeys(_READ_BY_MACHINE, "NULL::VARCHAR"), "unknown_since": f"{unknown_since}::VARCHAR",
        "known_from": f"{run}::BIGINT", "known_to": f"{STILL_KNOWN}::BIGINT",
    }  # fmt: skip
    return ", ".join(f"{made[n]} AS {quoted(n)}" if n in made else quoted(n) for n in names)
