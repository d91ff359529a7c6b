"""Extractions into the graph: claims with document, span, words and confidence, as candidates unless a policy accepts them.

A claim's fact includes its document, so that what two documents say stays two claims. What somebody decided stands:
reading the document again neither asks anew nor takes a decision back; a candidate it no longer yields is closed.
"""

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph_model.claims import CONTENT_HEX, claim_id, digest
from graph_model.model import MODEL
from graph_model.names.clean import name_key
from graph_model.schema import STILL_KNOWN
from graph_model.stores.graph import Graph, Row, Writer
from ingest.candidates.claims import Claim, Statements
from ingest.candidates.find import machine_claims
from ingest.candidates.policy import NO_POLICY, Policy
from ingest.candidates.subjects import Named
from ingest.candidates.write import Made, close, hang, write_made
from ingest.documents.text import Document
from ingest.maps import SourceMap
from ingest.resolve import Touched, resolve_touched
from ingest.support import node_table, write_support
from nlp.extraction import Entity, Extraction, Fact

DOCUMENTS = SourceMap("documents", "文件抽取", authority="信谱抽取器所读的文件", rank=4)
CHUNK = 500  # documents a run


def source_named(name: str | None, rank: int = 4) -> SourceMap:
    """The source that published the documents; a common one where none is named."""
    return SourceMap(f"documents-{digest(name, size=10)}", name, rank=rank) if name else DOCUMENTS


@dataclass(slots=True)
class Report:
    """What a load of candidates did."""

    source: str
    documents: int = 0
    new: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    decided: int = 0
    closed: int = 0
    held: Counter[str] = field(default_factory=Counter)
    same_as: dict[str, int] = field(default_factory=dict)
    run: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "run": self.run, "source": self.source, "documents": self.documents, "new": dict(sorted(self.new.items())),
            "accepted": dict(sorted(self.accepted.items())), "unchanged": self.unchanged, "decided": self.decided, "closed": self.closed,
            "held": dict(sorted(self.held.items())), "same_as": self.same_as,
        }  # fmt: skip


@dataclass(slots=True)
class Loaded:
    """The claims of one document in the graph: by the fact they were read from, and why others are none."""

    document: str
    claims: dict[int, str] = field(default_factory=dict)
    held: dict[int, str] = field(default_factory=dict)


def load_candidates(
    graph: Graph, read: Sequence[tuple[Document, Extraction]], *, source: SourceMap = DOCUMENTS, policy: Policy = NO_POLICY, report: Report | None = None
) -> tuple[Report, list[Loaded]]:
    """Write what was read in some documents as one run; with each fact the claim it became. Raises `StoreBusy`."""
    report = report or Report(source.id)
    statements = [Statements(document, extraction) for document, extraction in read]
    with graph.writing() as writer, tempfile.TemporaryDirectory() as folder:
        load = _Load(writer, Path(folder), source, policy, report)
        loaded = load.run(statements)
        version = next((s.extraction.version for s in statements if s.extraction.version), "")
        documents = sorted({s.document.sha256 for s in statements})
        counts = json.dumps(report.as_dict(), ensure_ascii=False)
        info = writer.publish({"started": datetime.now(UTC).isoformat(), "source": source.id, "document": " ".join(documents),
                               "map": f"extract@{version}", "complete": False, "counts": counts})  # fmt: skip
    report.run = info.seq
    return report, loaded


@dataclass(slots=True)
class _Load:
    writer: Writer
    folder: Path
    source: SourceMap
    policy: Policy
    report: Report
    made: list[Made] = field(default_factory=list)
    nodes: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))

    def run(self, statements: Sequence[Statements]) -> list[Loaded]:
        documents = {s.document.sha256: s.document for s in statements}
        write_support(self.writer, self.source, [self._document(d) for d in documents.values()], self.folder)
        loaded = [self._state(one) for one in statements]
        for label, rows in sorted(self.nodes.items()):
            path = self.folder / f"subjects-{label}.parquet"
            pq.write_table(node_table(label, list(rows.values())), path)
            self.writer.add_nodes(label, path)
        self._settle(documents, loaded)
        enterprises = [row for row in self.nodes.get("Enterprise", {}).values() if "uscc" not in row]
        anchors = sorted({row["anchor"] for row in self.nodes.get("Person", {}).values()})
        touched = Touched([{**dict.fromkeys(("name_key", "orgcode", "regno", "ticker")), **row} for row in enterprises], [], set(), anchors)
        self.report.same_as = resolve_touched(self.writer, self.folder, touched)
        self.report.documents += len(statements)
        return loaded

    def _document(self, document: Document) -> Row:
        return {"id": document.sha256, "name": document.name, "sha256": document.sha256, "kind": document.kind, "encoding": document.encoding,
                "source": self.source.id, "as_of": document.date}  # fmt: skip

    # --- what a document states -------------------------------------------------------------------------

    def _state(self, one: Statements) -> Loaded:
        loaded = Loaded(one.document.sha256)
        places = {id(fact): at for at, fact in enumerate(one.extraction.facts)}
        for held in one.held:
            self.report.held[held.reason] += 1
            loaded.held[places[id(held.fact)]] = held.reason
        for entity, named in one.names.every():
            self._mention(one, entity, named)
        for claim in one.claims:
            made = self._claim(one, claim)
            loaded.claims[places[id(claim.fact)]] = made.id
            self.made.append(made)
        return loaded

    def _node(self, named: Named) -> None:
        self.nodes[named.label].setdefault(named.id, named.node)

    def _mention(self, one: Statements, entity: Entity, named: Named) -> None:
        """Where the document names the subject, and what it says of it itself: number and short names."""
        self._node(named)
        start, end = entity.mentions[0] if entity.mentions else (0, 0)
        row = self._provenance(one, (start, end), "entity", None)
        fact = self._fact(one, "MENTIONED_IN", named.id, one.document.sha256, entity.name)
        ends = (named.label, "Document", named.id, one.document.sha256)
        self.made.append(Made("MENTIONED_IN", fact, digest(entity.name, size=CONTENT_HEX), {**row, "text": entity.name}, ends))
        record = _record(entity, named)
        if record is not None:
            fact = self._fact(one, "Record", named.id)
            self.made.append(Made("Record", fact, _content(record), {**row, **record}, (named.label, "Record", named.id, "")))

    def _claim(self, one: Statements, claim: Claim) -> Made:
        fact, values = claim.fact, dict(claim.values)
        for named in (claim.start, claim.end):
            if named is not None:
                self._node(named)
        if claim.authority is not None:
            self.nodes["Authority"].setdefault(claim.authority["id"], claim.authority)
        row = self._provenance(one, fact.evidence, fact.rule or fact.type, fact.confidence) | values
        sure = claim.start.sure and (claim.end is None or claim.end.sure)
        accepted = self.policy.accepts(fact) if sure else None
        if accepted is not None:
            row |= {"status": "asserted", "review": review("accepted", "policy", accepted)}
        kind = claim.kind
        identity = MODEL.node[kind].identity if claim.is_event else MODEL.rel[kind].identity
        told = [values.get(name) for name in identity]
        if claim.is_event and not any(value for name, value in zip(identity, told, strict=True) if name != "list"):
            told = [str(sorted(values.items()))]  # nothing tells it apart: all it says does
        end = claim.end.id if claim.end else ""
        name = self._fact(one, kind, claim.start.id, end, *told)
        ends = (claim.start.label, claim.end.label if claim.end else kind, claim.start.id, end)
        return Made(kind, name, _content(values), row, ends, claim.authority["id"] if claim.authority else None)

    def _fact(self, one: Statements, *parts: Any) -> str:
        row = None if one.document.row is None else str(one.document.row)
        return digest(self.source.id, one.document.sha256, row, *(None if part is None else str(part) for part in parts))

    def _provenance(self, one: Statements, span: tuple[int, int], method: str, confidence: float | None) -> Row:
        document = one.document
        return {
            "source": self.source.id, "document": document.sha256, "row": document.row, "span_start": span[0], "span_end": span[1],
            "position": str(document.place(*span)), "quote": one.words(*span), "confidence": None if confidence is None else f"{confidence:.3f}",
            "method": f"{method}@{one.extraction.version}", "status": "candidate", "as_of": document.date or one.extraction.date_context,
        }  # fmt: skip

    # --- against what is there --------------------------------------------------------------------------

    def _settle(self, documents: Mapping[str, Document], loaded: Sequence[Loaded]) -> None:
        """Add what is new, leave what is open or decided, close candidates that are no longer read."""
        existing = Existing.of(self.writer, self.made, self.source.id)
        known = {} if self.writer.fresh else {w.claim: w for w in machine_claims(self.writer, documents, run=self.writer.run)}
        kept: dict[str, str] = {}
        new: dict[str, Made] = {}
        for made in {m.id: m for m in self.made}.values():
            open_ = existing.open(made.fact)
            decided = [c for c in open_ if c in known and known[c].state != "waiting"]
            same = [c for c in open_ if c.startswith(made.id)]
            if decided or same:
                kept[made.id] = (decided or same)[0]
                self.report.decided += bool(decided) and made.kind != "MENTIONED_IN"
                self.report.unchanged += not decided and made.kind != "MENTIONED_IN"
            else:
                kept[made.id] = claim_id(made.fact, made.content, existing.times(made) + 1)
                new[kept[made.id]] = made
        still = set(kept.values())
        stale = [w for w in known.values() if w.state == "waiting" and w.claim not in still]
        close(self.writer, stale)
        write_made(self.writer, self.folder, new)
        hang(self.writer, self.folder, new)
        self.report.closed += len(stale)
        for made in new.values():
            if made.kind != "MENTIONED_IN":
                (self.report.accepted if made.row["status"] == "asserted" else self.report.new)[made.kind] += 1
        for one in loaded:
            one.claims = {at: kept[claim] for at, claim in one.claims.items()}


@dataclass(slots=True)
class Existing:
    """Claims of the source that are in the graph already, closed ones too, by fact."""

    by_fact: dict[str, list[tuple[str, bool]]]

    @classmethod
    def of(cls, writer: Writer, made: Iterable[Made], source: str) -> "Existing":
        """Those between the same ends, or of the same subjects, as what was made."""
        found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        if not writer.fresh:
            for table in _tables(writer, made, source):
                for id_, known_to in zip(table[0], table[1], strict=True):
                    found[id_.partition("-")[0]].append((id_, known_to == STILL_KNOWN))
        return cls(found)

    def open(self, fact: str) -> list[str]:
        """Open claims of a fact."""
        return sorted(id_ for id_, is_open in self.by_fact.get(fact, ()) if is_open)

    def times(self, made: Made) -> int:
        """How often this content of the fact was claimed."""
        return sum(id_.startswith(made.id) for id_, _ in self.by_fact.get(made.fact, ()))


def _tables(writer: Writer, made: Iterable[Made], source: str) -> Iterable[tuple[list[str], list[int]]]:
    groups: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for one in made:
        event = one.kind in MODEL.node
        groups[one.kind, "" if event else one.ends[0], "" if event else one.ends[1]].add((one.ends[2], one.ends[0] if event else one.ends[3]))
    for (kind, a, b), pairs in sorted(groups.items()):
        first, second = ([pair[i] for pair in sorted(pairs)] for i in (0, 1))
        if kind in MODEL.node:
            subjects = pa.table({"subject": pa.array(first, pa.string()), "subject_label": pa.array(second, pa.string())})
            found = writer.existing_nodes(kind, by=source, subjects=subjects)
            yield found["id"].to_pylist(), found["known_to"].to_pylist()
        else:
            ends = pa.table({"from": pa.array(first, pa.string()), "to": pa.array(second, pa.string())})
            found = writer.existing_rels(kind, a, b, by=source, pairs=ends)
            yield found["claim_id"].to_pylist(), found["known_to"].to_pylist()


def review(decision: str, by: str, why: str) -> str:
    """How a claim came to its status, as the claim carries it."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"decision": decision, "by": by, "at": at, "why": why}, ensure_ascii=False)


def _content(values: Mapping[str, Any]) -> str:
    return digest(*(f"{name}={value}" for name, value in sorted(values.items()) if value is not None), size=CONTENT_HEX)


def _record(entity: Entity, named: Named) -> Row | None:
    """What the document says of an enterprise itself; None where it only names it."""
    if named.label != "Enterprise":
        return None
    alias = entity.attrs.get("alias") or ()
    aliases = [alias] if isinstance(alias, str) else list(map(str, alias))
    keys = [key for key in map(name_key, aliases) if key]
    told = {
        "uscc": named.node.get("uscc"), "regno": named.node.get("regno"), "ticker": entity.attrs.get("stock_code"),
        "founded": entity.attrs.get("established"), "short_name": "、".join(aliases) or None, "alias_keys": "|".join(["", *keys, ""]) if keys else None,
    }  # fmt: skip
    if not any(told.values()):
        return None
    return {"name": named.node["caption"], "name_key": name_key(entity.name), **{k: str(v) for k, v in told.items() if v}}


def facts_of(loaded: Loaded, facts: Sequence[Fact]) -> list[tuple[Fact, str | None, str | None]]:
    """Each fact with the claim it became, or why it is none."""
    return [(fact, loaded.claims.get(at), loaded.held.get(at)) for at, fact in enumerate(facts)]
