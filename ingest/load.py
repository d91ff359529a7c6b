"""Staged claims into the store: what is new is added, what changed is closed and opened again, what is the same is left alone.

A fact that a complete new edition no longer shows is not over: its claim is closed and one opens that says the
source has not shown it since. Only a stated end ends it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.claims import FACT_HEX
from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN
from graph_model.statements import attached
from graph_model.stores.graph import Writer
from ingest.rows import Key
from ingest.stage import Stage, Staged, hashed, quoted, stored_columns

_GONE_BATCH = 20_000
_FACT = f"substr(claim_id, 1, {FACT_HEX})"
_CONTENT = "regexp_extract(claim_id, '^[0-9a-f]+-([0-9a-f]+)', 1)"
# A version that says "not shown since" ends in x: see `_gone`.
_SHOWN = "NOT ends_with(claim_id, 'x')"


@dataclass(slots=True)
class Counts:
    """What a load did, by label and type."""

    new: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    duplicates: Counter[str] = field(default_factory=Counter)
    nodes: Counter[str] = field(default_factory=Counter)
    loaded_rows: int = 0

    @property
    def changes(self) -> int:
        """How many things differ in the graph after the load."""
        return sum(self.new.values()) + sum(self.closed.values()) + sum(self.gone.values()) + sum(self.nodes.values())


@dataclass(frozen=True, slots=True)
class Scope:
    """What an edition can say: the kinds its map states, the lists it names, the words of rows that were held back.

    `later`: the day of a newer edition of the source that is loaded already; this one then only adds what was not
    known, and takes nothing back. `later_complete`: whether that newer edition was complete.
    """

    kinds: frozenset[str]
    lists: frozenset[str]
    held: frozenset[str]
    later: str | None = None
    later_complete: bool = False

    def closes(self, row: dict[str, Any]) -> bool:
        """Whether a claim that the edition does not show is thereby unknown: not where its row was held back."""
        claim = row.get("r") or row["n"]
        names = (row.get("a"), row.get("b"), claim.get("name_used"), claim.get("name"))
        return not self.held.intersection(filter(None, names)) and claim.get("list", "") in {*self.lists, ""}


@dataclass(slots=True)
class Load:
    """One load into one writer."""

    stage: Stage
    writer: Writer
    complete: bool
    gone_on: str
    scope: Scope
    counts: Counts = field(default_factory=Counts)
    new_files: list[Path] = field(default_factory=list)
    new_records: Path | None = None
    fresh: bool = False

    def run(self) -> Counts:
        """Bring the graph to what the stage says."""
        self.fresh = self.writer.fresh
        self.complete = self.complete and self.scope.later is None
        self.writer.expect(self.stage.stated())
        for label in sorted(self.stage.labels()):
            self.counts.nodes[label] = self.writer.add_nodes(label, self.stage.nodes(label))
        stated_events, stated_links = self.stage.event_labels(), self.stage.link_keys()
        for label in sorted(stated_events):
            self._events(label, self.stage.events(label))
        for key in sorted(stated_links):
            self._links(key, self.stage.links(key))
        if self.complete and not self.fresh:
            self._gone_kinds(stated_events, stated_links)
        self.counts.loaded_rows = self._loaded_rows()
        return self.counts

    def _gone_kinds(self, events: Sequence[str], links: Sequence[Key]) -> None:
        """Kinds of claim that the new edition does not state at all."""
        for node in MODEL.nodes:
            if node.label in self.scope.kinds and node.label not in events:
                self._gone_nodes(node.label, self._existing_nodes(node.label, None), None)
        for rel in MODEL.rels:
            for a, b in rel.ends if rel.type in self.scope.kinds else ():
                if (rel.type, a, b) not in links:
                    existing = self._existing_links((rel.type, a, b), None)
                    self._gone_links((rel.type, a, b), self._missing(existing, None, '"from", "to", claim_id'))

    # --- links ----------------------------------------------------------------------------------

    def _links(self, key: Key, staged: Staged) -> None:
        type_, start, end = key
        self.counts.duplicates[type_] += staged.duplicates
        existing = self._existing_links(key, staged)
        new = self._split(type_, staged, existing, ["from", "to"], [p.name for p in MODEL.rel[type_].columns])
        changed = self._changed(staged, existing, '"from", "to", claim_id')
        self.counts.closed[type_] += self.writer.close_rels(type_, start, end, changed)
        self.counts.new[type_] += self.writer.add_rels(type_, start, end, new)
        if self.complete and not self.fresh:
            self._gone_links(key, self._missing(existing, staged, '"from", "to", claim_id'))
        elif MODEL.rel[type_].single and not self.fresh and self.scope.later is None:
            self._gone_links(key, self._succeeded(existing, staged))

    def _existing_links(self, key: Key, staged: Staged | None) -> pa.Table:
        if self.fresh:
            return pa.table({n: pa.array([], t) for n, t in (("from", pa.string()), ("to", pa.string()), ("claim_id", pa.string()), ("known_to", pa.int64()))})
        pairs = None
        if staged is not None and not self.complete:
            ends = '"to"' if MODEL.rel[key[0]].single else '"from", "to"'
            pairs = self._arrow(f"SELECT DISTINCT {ends} FROM {self.stage.relation(staged.path)}")
        return self.writer.existing_rels(*key, by=self.stage.source, pairs=pairs)

    def _succeeded(self, existing: pa.Table, staged: Staged) -> pa.Table:
        """Open claims of what there is one of at a time, where the edition names another as the present one."""
        return self._query(
            existing,
            f"""SELECT "from", "to", claim_id FROM existing e WHERE known_to = {STILL_KNOWN} AND {_SHOWN}
            AND EXISTS (SELECT 1 FROM {self.stage.relation(staged.path)} s WHERE s."to" = e."to" AND s.valid_to IS NULL)
            AND NOT EXISTS (SELECT 1 FROM {self.stage.relation(staged.path)} s WHERE s."to" = e."to" AND s."from" = e."from")
            ORDER BY claim_id""",
        )

    def _gone_links(self, key: Key, gone: pa.Table) -> None:
        """Close claims that the source no longer shows, and open each again saying so; one that had ended is left."""
        type_, start, end = key
        rel = MODEL.rel[type_]
        for batch in _batches(gone):
            found = self.writer.matching(
                f"(a:{start})-[r:{type_}]->(b:{end})", "r.claim_id", batch["claim_id"].to_pylist(),
                "a.id AS f, b.id AS t, r, a.caption AS a, b.caption AS b",
            )  # fmt: skip
            rows = [r for r in found if self.scope.closes(r) and not (rel.single and r["r"].get("valid_to"))]
            stale = pa.table({n: pa.array([_end(r, n) for r in rows], pa.string()) for n in ("from", "to", "claim_id")})
            self.writer.close_rels(type_, start, end, stale)
            made = [{"from": r["f"], "to": r["t"], **self._reopened(r["r"], "claim_id")} for r in rows]
            names = ["from", "to", *(p.name for p in rel.columns)]
            self.counts.gone[type_] += self.writer.add_rels(type_, start, end, self._file(made, names, rel.columns))

    # --- events and records ---------------------------------------------------------------------

    def _events(self, label: str, staged: Staged) -> None:
        self.counts.duplicates[label] += staged.duplicates
        existing = self._existing_nodes(label, staged)
        changed = self._changed(staged, existing, "claim_id")
        self.counts.closed[label] += self.writer.close_nodes(label, changed["claim_id"].to_pylist())
        hung = [c for c in pq.read_schema(staged.path).names if c in ("subject", "subject_label", "authority_id", "responsible_id", "responsible_post", "capacity")]
        columns = [p.name for p in MODEL.node[label].columns]
        new = self._split(label, staged, existing, hung, columns)
        nodes = self._select(new, ", ".join(map(quoted, columns)), f"nodes-new-{label}")
        self.counts.new[label] += self.writer.add_nodes(label, nodes)
        self._hang(label, new, hung)
        if label == "Record":
            self.new_records = new
        if self.complete and not self.fresh:
            self._gone_nodes(label, existing, staged)

    def _hang(self, label: str, new: Path, hung: Sequence[str]) -> None:
        """The relationships that live as long as the event they hang on."""
        for type_, start, end in attached(label):
            ends = _ends_of(type_, start, end, label, hung)
            if ends is None:
                continue
            source, target, where = ends
            rel = MODEL.rel[type_]
            extra = {"capacity": "capacity", "post": "coalesce(responsible_post, '直接责任人')"}
            names = ["from", "to", *(p.name for p in rel.columns)]
            fact = hashed([f"'{type_}'", source, target], FACT_HEX)
            claim = f"{fact} || '-' || regexp_extract(id, '^[0-9a-f]+-(.+)$', 1)"
            own = {"from": source, "to": target, "claim_id": claim, **{p.name: extra[p.name] for p in rel.properties}}
            columns = ", ".join(f"{own.get(n, quoted(n))} AS {quoted(n)}" for n in names)
            path = self._select(new, columns, f"hang-{label}-{type_}-{start}-{end}", where)
            self.writer.add_rels(type_, start, end, path)

    def _existing_nodes(self, label: str, staged: Staged | None) -> pa.Table:
        if self.fresh:
            return pa.table({"claim_id": pa.array([], pa.string()), "known_to": pa.array([], pa.int64())})
        subjects = None
        if staged is not None and not self.complete:
            subjects = self._arrow(f"SELECT DISTINCT subject, subject_label FROM {self.stage.relation(staged.path)}")
        found = self.writer.existing_nodes(label, by=self.stage.source, subjects=subjects)
        return found.select(["id", "known_to"]).rename_columns(["claim_id", "known_to"])

    def _gone_nodes(self, label: str, existing: pa.Table, staged: Staged | None) -> None:
        gone = self._missing(existing, staged, "claim_id")
        for batch in _batches(gone):
            ids = batch["claim_id"].to_pylist()
            rows = [r for r in self.writer.matching(f"(n:{label})", "n.id", ids, "n") if self.scope.closes(r)]
            ids = [r["n"]["id"] for r in rows]
            edges = [(key, self._hanging(label, key, ids)) for key in attached(label)]
            self.writer.close_nodes(label, ids)
            made = {r["n"]["id"]: self._reopened(r["n"], "id") for r in rows}
            columns = MODEL.node[label].columns
            self.counts.gone[label] += self.writer.add_nodes(label, self._file(list(made.values()), [p.name for p in columns], columns))
            for (type_, start, end), found in edges:
                again = [self._moved(r, made, label, start) for r in found]
                names = ["from", "to", *(p.name for p in MODEL.rel[type_].columns)]
                self.writer.add_rels(type_, start, end, self._file(again, names, MODEL.rel[type_].columns))

    def _hanging(self, label: str, key: Key, ids: list[str]) -> list[dict[str, Any]]:
        type_, start, end = key
        own = "a.id" if start == label else "b.id"
        pattern = f"(a:{start})-[r:{type_}]->(b:{end})"
        return self.writer.matching(pattern, own, ids, "a.id AS f, b.id AS t, r", where=f"r.known_to = {STILL_KNOWN}")

    def _moved(self, row: dict[str, Any], made: dict[str, dict[str, Any]], label: str, start: str) -> dict[str, Any]:
        own, other = ("f", "t") if start == label else ("t", "f")
        event = made[row[own]]
        ends = {own: event["id"], other: row[other]}
        rel = {**row["r"], "known_from": self.writer.run, "known_to": STILL_KNOWN, "unknown_since": self.gone_on}
        fact = rel["claim_id"][:FACT_HEX]
        return {"from": ends["f"], "to": ends["t"], **rel, "claim_id": f"{fact}-{event['id'].partition('-')[2]}"}

    # --- shared ---------------------------------------------------------------------------------

    def _reopened(self, claim: dict[str, Any], key: str) -> dict[str, Any]:
        """The claim again, saying that its source has not shown it since the new edition."""
        fact, content, *rest = claim[key].split("-")
        nth = (int(rest[0]) if rest else 1) + 1
        fresh = {"known_from": self.writer.run, "known_to": STILL_KNOWN, "unknown_since": self.gone_on}
        return {**claim, **fresh, key: f"{fact}-{content}-{nth}x"}

    def _split(self, name: str, staged: Staged, existing: pa.Table, first: Sequence[str], columns: Sequence[str]) -> Path:
        """The staged claims that are not open already, with ids and stored columns, in a file."""
        db, rows, late = self.stage.db, self.stage.relation(staged.path), self.scope.later
        path = self.stage.folder / f"new-{staged.path.name}"
        db.register("existing", existing)
        times = "CASE WHEN s.fact = s.base THEN coalesce(b.times, 0) ELSE coalesce(a.times, 0) END"
        gone = late is not None and self.scope.later_complete  # a newer, complete edition does not show it
        tail = f"'-' || ({times} + 1) || 'x'" if gone else f"CASE WHEN {times} = 0 THEN '' ELSE '-' || ({times} + 1) END"
        stored = stored_columns(
            columns, claim_id="cid", run=self.writer.run, source=self.stage.source, unknown_since=f"'{late}'" if gone else "NULL"
        )
        unknown = "AND f.open IS NOT TRUE" if late else ""
        db.execute(
            f"""COPY (
            WITH e AS (SELECT {_FACT} AS fact, {_CONTENT} AS content, count(*) AS times,
                              bool_or(known_to = {STILL_KNOWN} AND {_SHOWN}) AS open FROM existing GROUP BY ALL),
            held AS (SELECT {_FACT} AS fact, bool_or(known_to = {STILL_KNOWN}) AS open FROM existing GROUP BY ALL),
            new AS (SELECT s.*, s.fact || '-' || s.said || {tail} AS cid FROM {rows} s
                    LEFT JOIN e b ON b.fact = s.base AND b.content = s.said
                    LEFT JOIN e a ON a.fact = s.alt AND a.content = s.said
                    LEFT JOIN held f ON f.fact = s.base
                    WHERE b.open IS NOT TRUE AND a.open IS NOT TRUE {unknown})
            SELECT {", ".join(quoted(c) for c in first)}, {stored} FROM new
            ) TO '{path}' (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE 100000)"""
        )
        db.unregister("existing")
        self.new_files.append(path)
        self.counts.unchanged[name] += staged.rows - pq.read_metadata(path).num_rows
        return path

    def _changed(self, staged: Staged, existing: pa.Table, columns: str) -> pa.Table:
        """Open claims whose fact is staged with other content, or that said "not shown" and are shown again."""
        if not existing.num_rows or self.scope.later is not None:
            return existing.slice(0, 0)
        rows = self.stage.relation(staged.path)
        return self._query(
            existing,
            f"""SELECT {columns} FROM existing e
            LEFT JOIN (SELECT DISTINCT base, said FROM {rows}) b ON b.base = {_FACT} AND b.said = {_CONTENT}
            LEFT JOIN (SELECT DISTINCT base FROM {rows}) h ON h.base = {_FACT}
            LEFT JOIN (SELECT DISTINCT alt FROM {rows}) a ON a.alt = {_FACT}
            WHERE known_to = {STILL_KNOWN} AND ((h.base IS NOT NULL AND b.base IS NULL)
                  OR (NOT {_SHOWN} AND (b.base IS NOT NULL OR a.alt IS NOT NULL)))""",
        )

    def _missing(self, existing: pa.Table, staged: Staged | None, columns: str) -> pa.Table:
        """Open claims, shown until now, whose fact the new edition does not state."""
        if not existing.num_rows:
            return existing
        stated = ""
        if staged is not None:
            rows = self.stage.relation(staged.path)
            stated = f"AND NOT EXISTS (SELECT 1 FROM {rows} s WHERE s.base = {_FACT}) AND NOT EXISTS (SELECT 1 FROM {rows} s WHERE s.alt = {_FACT})"
        return self._query(
            existing, f"SELECT {columns} FROM existing e WHERE known_to = {STILL_KNOWN} AND {_SHOWN} {stated} ORDER BY claim_id"
        )

    def _query(self, existing: pa.Table, query: str) -> pa.Table:
        """What a query over the existing claims and the staged ones returns."""
        self.stage.db.register("existing", existing)
        found = self._arrow(query)
        self.stage.db.unregister("existing")
        return found

    def _arrow(self, query: str) -> pa.Table:
        return self.stage.table(query)

    def _select(self, path: Path, columns: str, name: str, where: str = "true") -> Path:
        out = self.stage.folder / f"{name}.parquet"
        self.stage.db.execute(f"COPY (SELECT {columns} FROM {self.stage.relation(path)} WHERE {where}) TO '{out}' (FORMAT parquet, COMPRESSION lz4)")
        return out

    def _file(self, rows: list[dict[str, Any]], names: Sequence[str], properties: Sequence[Any]) -> Path:
        types = {p.name: {"INT64": pa.int64(), "BOOL": pa.bool_()}.get(p.column, pa.string()) for p in properties}
        table = pa.table({n: pa.array([r.get(n) for r in rows], types.get(n, pa.string())) for n in names})
        path = self.stage.folder / "rows.parquet"
        pq.write_table(table, path)
        return path

    def _loaded_rows(self) -> int:
        """Distinct rows of the files that put something new into the graph."""
        if not self.new_files:
            return 0
        unions = " UNION ".join(f"SELECT DISTINCT document, row FROM {self.stage.relation(p)}" for p in self.new_files)
        return self.stage.count(f"({unions})")


def _end(row: dict[str, Any], name: str) -> str:
    return str({"from": row["f"], "to": row["t"], "claim_id": row["r"]["claim_id"]}[name])


def _ends_of(type_: str, start: str, end: str, label: str, hung: Sequence[str]) -> tuple[str, str, str] | None:
    """SQL for both ends of a hanging relationship and the rows that have it."""
    if type_ in ("SUBJECT_OF", "DESCRIBES"):
        subject = start if type_ == "SUBJECT_OF" else end
        ends = ("subject", "id") if type_ == "SUBJECT_OF" else ("id", "subject")
        return (*ends, f"subject_label = '{subject}'")
    if type_ == "ON_LIST":
        return "id", "'list-' || list", "true"
    if type_ == "ISSUED_BY" and "authority_id" in hung:
        return "id", "authority_id", "authority_id IS NOT NULL"
    if type_ == "DIRECTLY_RESPONSIBLE_IN" and "responsible_id" in hung and label == end:
        return "responsible_id", "id", "responsible_id IS NOT NULL"
    return None


def _batches(table: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, table.num_rows, _GONE_BATCH):
        yield table.slice(start, _GONE_BATCH)
