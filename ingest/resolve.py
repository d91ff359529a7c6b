"""Which nodes are one subject: SAME_AS claims by written rules, each graded, each reversible by closing it.

confirmed  two nodes share a number that an authority issued, at most one of them with a 统一社会信用代码.
anchored   a full registered name that only one numbered enterprise bears; or one person's name in the records of
           what is one enterprise.
probable   names that differ but agree in brand, and in place or a date, one to one; or one name and one masked number.
ambiguous  a full registered name that several numbered enterprises bear or bore, or a number that several print.
A judgement of a person (`judge`) stands beside these and wins over them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph_model.claims import CONTENT_HEX, digest
from graph_model.model import MODEL
from graph_model.names.compare import compare_enterprises
from graph_model.schema import STILL_KNOWN
from graph_model.stores.graph import Writer
from ingest.load import Load
from ingest.maps import SourceMap
from ingest.stage import Stage
from ingest.support import write_support

RULES = SourceMap("xinpu-rules", "信谱同一性规则", authority="信谱", rank=5)
DECISIONS = SourceMap("xinpu-decisions", "人工认定", authority="使用者", rank=5)
NUMBERS = ("orgcode", "regno", "ticker")
# Above this many unnumbered names in one run the comparison of differing names is left to a run of its own.
_MOST_SIMILAR = 20_000


_RECORDS = "(r:Record)-[:DESCRIBES]->(e:Enterprise)"
_SAID = "r.status = 'asserted'"  # what a machine read in a text and nobody accepted judges nothing
_OPEN = f"r.known_to = {STILL_KNOWN} AND {_SAID}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two nodes of one label judged to be one subject, or not."""

    label: str
    a: str
    b: str
    grade: str
    rule: str
    evidence: str

    @property
    def ends(self) -> tuple[str, str]:
        return (self.a, self.b) if self.a < self.b else (self.b, self.a)


def resolve(writer: Writer, stage: Stage, load: Load) -> dict[str, int]:
    """Judge the nodes that this run named against all others; how many new judgements, by grade."""
    return resolve_touched(writer, stage.folder, _touched(stage, load))


def resolve_touched(writer: Writer, folder: Path, touched: "Touched") -> dict[str, int]:
    """The same for nodes and records named one by one."""
    if not (touched.enterprises or touched.records or touched.masked or touched.anchors):
        return {}
    found = [*_by_number(writer, touched), *_by_name(writer, touched)]
    found += _similar(writer, touched, found)
    found += _persons(writer, touched, [j for j in found if j.grade in ("confirmed", "anchored")])
    return record(writer, folder, found, source=RULES)


@dataclass(frozen=True, slots=True)
class Touched:
    """What this run named: enterprises without a USCC, names and numbers in new records, masked numbers of persons."""

    enterprises: list[dict[str, Any]]
    records: list[dict[str, Any]]
    masked: set[str]
    anchors: list[str]  # enterprises at whose record a person was named


def _touched(stage: Stage, load: Load) -> Touched:
    labels = stage.labels()
    weak, numbered, records = [], [], []
    if "Enterprise" in labels:
        path = stage.folder / "nodes-Enterprise.parquet"
        weak = _dicts(stage, f"SELECT id, caption, name_key, orgcode, regno, ticker FROM {stage.relation(path)} WHERE uscc IS NULL ORDER BY id")
    if load.new_records is not None:
        rows = stage.relation(load.new_records)
        numbered = _dicts(stage, f"SELECT DISTINCT id_masked FROM {rows} WHERE subject_label = 'Person' AND id_masked IS NOT NULL ORDER BY ALL")
    if load.new_records is not None and (weak or not load.fresh):
        records = _dicts(
            stage,
            f"SELECT subject AS id, name, name_key, orgcode, regno, ticker FROM {rows}"
            " WHERE subject_label = 'Enterprise' ORDER BY ALL",
        )
    anchors = []
    if "Person" in labels and not load.fresh:
        path = stage.folder / "nodes-Person.parquet"
        anchors = [r["anchor"] for r in _dicts(stage, f"SELECT DISTINCT anchor FROM {stage.relation(path)} WHERE anchor IS NOT NULL ORDER BY ALL")]
    return Touched(weak, records, {r["id_masked"] for r in numbered}, anchors)


def _dicts(stage: Stage, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stage.table(query).to_pylist()
    return found


# --- enterprises ------------------------------------------------------------------------------------


def _by_number(writer: Writer, touched: Touched) -> Iterator[Judgement]:
    """Nodes that a number identifies, and the records or nodes of others that state the same number."""
    for scheme in NUMBERS:
        bearers = _bearers(writer, scheme, touched)
        for number, ids in sorted(bearers.items()):
            first, *others = sorted(ids, key=_strength)
            coded = sum(id_.startswith("cn-uscc-") for id_ in ids)  # two 统一社会信用代码 are two enterprises: one of them misprints it
            grade, why = ("confirmed", "") if coded < 2 else ("ambiguous", f"; {coded} 统一社会信用代码 print it")
            for other in others:
                yield Judgement("Enterprise", first, other, grade, f"number-{scheme}", f"{_TERM[scheme]} {number} in both{why}")


_TERM = {"orgcode": "组织机构代码", "regno": "工商注册号", "ticker": "证券代码"}


def _strength(id_: str) -> tuple[int, str]:
    order = ("cn-uscc", "cn-orgcode", "cn-regno", "cn-ticker", "cn-name")
    return next((i for i, p in enumerate(order) if id_.startswith(p)), 9), id_


def _bearers(writer: Writer, scheme: str, touched: Touched) -> Mapping[str, set[str]]:
    """Enterprise ids by number, for the numbers this run named."""
    wanted = sorted({r[scheme] for r in (*touched.enterprises, *touched.records) if r.get(scheme)})
    bearers: dict[str, set[str]] = defaultdict(set)
    found = writer.matching("(e:Enterprise)", f"e.{scheme}", wanted, f"e.id AS id, e.{scheme} AS number")
    found += writer.matching(_RECORDS, f"r.{scheme}", wanted, f"e.id AS id, r.{scheme} AS number", where=_OPEN)
    for row in found:
        bearers[row["number"]].add(row["id"])
    return {number: ids for number, ids in bearers.items() if len(ids) > 1}


def _by_name(writer: Writer, touched: Touched) -> Iterator[Judgement]:
    """Nodes that only a full name identifies, and the numbered enterprises whose records bear that name."""
    weak = _named_nodes(writer, touched)
    bearers = _name_bearers(writer, sorted(weak))
    for key, id_ in sorted(weak.items()):
        others = sorted(bearers.get(key, set()) - {id_})
        grade = "anchored" if len(others) == 1 else "ambiguous"
        for other in others:
            why = f"full name {key} is the same" + ("" if grade == "anchored" else f"; {len(others)} enterprises bear it")
            yield Judgement("Enterprise", other, id_, grade, "full-name", why)


def _named_nodes(writer: Writer, touched: Touched) -> dict[str, str]:
    """Name-identified nodes by name: those of this run, and older ones whose name a new record bears."""
    named = {r["name_key"]: r["id"] for r in touched.enterprises if r["name_key"]}
    keys = sorted({r["name_key"] for r in touched.records if r["name_key"]} - named.keys())
    for row in writer.matching("(e:Enterprise)", "e.name_key", keys, "e.id AS id, e.name_key AS name"):
        named[row["name"]] = row["id"]
    return named


def _name_bearers(writer: Writer, keys: list[str]) -> Mapping[str, set[str]]:
    """Numbered enterprises by the names they bear or once bore: a name that passed on singles out nobody."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in writer.matching(_RECORDS, "r.name_key", keys, "e.id AS id, r.name_key AS name", where=f"e.name_key IS NULL AND {_SAID}"):
        bearers[row["name"]].add(row["id"])
    return bearers


def _similar(writer: Writer, touched: Touched, judged: list[Judgement]) -> Iterator[Judgement]:
    """Differing names that agree in brand and in a further fact, when each is the other's only match."""
    done = {end for j in judged for end in (j.a, j.b)}
    mine = [r for r in touched.enterprises if r["name_key"] and r["id"] not in done]
    new = {r["id"] for r in touched.records}
    if not (mine or _unnumbered(writer)) or len(mine) + len(new) > _MOST_SIMILAR:
        return
    facts = _facts(writer, done, {r["id"] for r in mine} | new)
    pairs = [(a, b, why) for a, b in _candidate_pairs(facts) if (why := _agreement(facts[a], facts[b]))]
    times = Counter(end for a, b, _ in pairs for end in (a, b))
    for a, b, why in sorted(pairs):
        if times[a] == times[b] == 1:
            yield Judgement("Enterprise", a, b, "probable", "similar-name", why)


def _unnumbered(writer: Writer) -> bool:
    """Whether any enterprise of the graph is identified by its name alone."""
    return bool(writer.rows("MATCH (e:Enterprise) WHERE e.name_key IS NOT NULL RETURN e.id AS id LIMIT 1"))


def _facts(writer: Writer, done: set[str], mine: set[str]) -> dict[str, dict[str, Any]]:
    """Records to compare: of nodes of this run, and of nodes that share a filing or founding date with them."""
    returns = (
        "e.id AS id, e.uscc AS uscc, r.name AS name, r.place AS place, r.filed AS filed, r.founded AS founded, r.source AS source"
    )
    told = f"{_OPEN} AND r.name IS NOT NULL"
    facts = {row["id"]: row for row in writer.matching(_RECORDS, "e.id", sorted(mine), returns, where=told)}
    for name in ("filed", "founded"):
        days = sorted({f[name] for f in facts.values() if f[name]})
        for row in writer.matching(_RECORDS, f"r.{name}", days, returns, where=told):
            facts.setdefault(row["id"], row)
    return {i: f for i, f in facts.items() if i not in done}


def _candidate_pairs(facts: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Pairs of different sources that share a date, at most one of them with a USCC."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, fact in sorted(facts.items()):
        for name in ("filed", "founded"):
            if fact[name] and len(fact[name]) == 10:
                blocks[name, fact[name]].append(id_)
    seen: set[tuple[str, str]] = set()
    for ids in blocks.values():
        for i, a in enumerate(ids):
            for b in ids[i + 1 :]:
                fits = facts[a]["source"] != facts[b]["source"] and not (facts[a]["uscc"] and facts[b]["uscc"])
                if fits and (a, b) not in seen:
                    seen.add((a, b))
                    yield a, b


def _agreement(a: Mapping[str, Any], b: Mapping[str, Any]) -> str | None:
    """What speaks for two differing names being one enterprise; None when something speaks against it."""
    if a["place"] and b["place"] and a["place"] != b["place"]:
        return None
    compared = compare_enterprises(a["name"], b["name"])
    if compared.grade == "different":
        return None
    agree = [f"{term} {a[n]}" for n, term in (("filed", "备案日期"), ("founded", "成立日期"), ("place", "地区")) if a[n] and a[n] == b[n]]
    features = "; ".join(f.detail for f in compared.features if f.agrees)
    return f"{a['name']} / {b['name']}: {features}; the same {', '.join(agree)}"


# --- persons ----------------------------------------------------------------------------------------


def _persons(writer: Writer, touched: Touched, firms: list[Judgement]) -> Iterator[Judgement]:
    """Persons of one name in the records of what is one enterprise; and of one name with one masked number."""
    pairs = sorted({j.ends for j in firms if j.label == "Enterprise"} | _judged_before(writer, touched.anchors))
    named = _named_at(writer, sorted({end for pair in pairs for end in pair}))
    for a, b in pairs:
        for key in sorted(named[a].keys() & named[b].keys()):
            if named[a][key] != named[b][key]:
                yield Judgement("Person", named[a][key], named[b][key], "anchored", "name-in-enterprise", f"the same name in the records of {a} and {b}")
    yield from _by_masked_number(writer, touched)


def _judged_before(writer: Writer, anchors: list[str]) -> set[tuple[str, str]]:
    """Pairs of enterprises, judged one by an earlier run, of which this run named persons."""
    if not anchors or not writer.rows("MATCH (:Enterprise)-[s:SAME_AS]->(:Enterprise) RETURN s.grade AS grade LIMIT 1"):
        return set()
    sure = f"s.known_to = {STILL_KNOWN} AND s.status = 'asserted' AND (s.grade = 'confirmed' OR s.grade = 'anchored')"
    ways = ("(a:Enterprise)-[s:SAME_AS]->(b:Enterprise)", "(a:Enterprise)<-[s:SAME_AS]-(b:Enterprise)")
    found = [row for way in ways for row in writer.matching(way, "a.id", anchors, "a.id AS x, b.id AS y", where=sure)]
    return {(min(r["x"], r["y"]), max(r["x"], r["y"])) for r in found}


def _named_at(writer: Writer, anchors: list[str]) -> dict[str, dict[str, str]]:
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for row in writer.matching("(p:Person)", "p.anchor", anchors, "p.id AS id, p.anchor AS anchor, p.name_key AS name"):
        named[row["anchor"]][row["name"]] = row["id"]
    return named


def _by_masked_number(writer: Writer, touched: Touched) -> Iterator[Judgement]:
    """Records of persons with one name and one masked number; it hides digits, so it is no proof."""
    if not touched.masked:
        return
    told = writer.table(
        "MATCH (r:Record)-[:DESCRIBES]->(p:Person) WHERE r.id_masked IS NOT NULL AND r.known_to = $still AND r.status = 'asserted'"
        " RETURN r.id_masked AS number, p.name_key AS name, p.id AS id",
        {"still": STILL_KNOWN},
    )
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in told.filter(pc.is_in(told["number"], value_set=pa.array(sorted(touched.masked)))).to_pylist():
        bearers[row["number"], row["name"]].add(row["id"])
    for (number, _), same in sorted(bearers.items()):
        first, *others = sorted(same)
        for other in others:
            yield Judgement("Person", first, other, "probable", "masked-number", f"the same name and masked number {number}")


# --- recording --------------------------------------------------------------------------------------


def record(
    writer: Writer, folder: Path, judgements: Iterable[Judgement], *, source: SourceMap, decided_by: str = "rules"
) -> dict[str, int]:
    """Write the judgements that are not open already; a changed grade closes the old one. How many new, by grade."""
    added: Counter[str] = Counter()
    best: dict[tuple[str, str, str, str], Judgement] = {(j.label, *j.ends, j.rule): j for j in judgements if j.a != j.b}
    if best:
        write_support(writer, source, (), folder)
    for label in sorted({key[0] for key in best}):
        mine = {key[1:]: j for key, j in best.items() if key[0] == label}
        pairs = pa.table({"from": pa.array([k[0] for k in mine]), "to": pa.array([k[1] for k in mine])})
        existing = writer.existing_rels("SAME_AS", label, label, by=source.id, pairs=pairs).to_pylist()
        rows = [row for j in mine.values() if (row := _claim(j, existing, source.id, decided_by, writer.run))]
        stale = [e for e in existing if e["known_to"] == STILL_KNOWN and any(_replaces(r, e) for r in rows)]
        if stale:
            writer.close_rels("SAME_AS", label, label, pa.table({n: pa.array([e[n] for e in stale]) for n in ("from", "to", "claim_id")}))
        _write(writer, folder, label, rows)
        added.update(r["grade"] for r in rows)
    return dict(sorted(added.items()))


def _claim(judgement: Judgement, existing: list[dict[str, Any]], source: str, decided_by: str, run: int) -> dict[str, Any] | None:
    """The claim of a judgement, or None when it is open as it stands."""
    a, b = judgement.ends
    fact = digest(source, "SAME_AS", a, b, judgement.rule)
    content = digest(judgement.grade, judgement.evidence, decided_by, size=CONTENT_HEX)
    same = [e for e in existing if e["claim_id"].startswith(f"{fact}-{content}")]
    if any(e["known_to"] == STILL_KNOWN for e in same):
        return None
    nth = f"-{len(same) + 1}" if same else ""
    return {"from": a, "to": b, "claim_id": f"{fact}-{content}{nth}", "grade": judgement.grade, "rule": judgement.rule, "evidence": judgement.evidence,
            "decided_by": decided_by, "decided_at": datetime.now(UTC).isoformat(timespec="seconds"), "as_of": datetime.now(UTC).date().isoformat(), "source": source, "status": "asserted", "known_from": run, "known_to": STILL_KNOWN}  # fmt: skip


def _replaces(row: Mapping[str, Any], existing: Mapping[str, Any]) -> bool:
    return bool(row["claim_id"].partition("-")[0] == existing["claim_id"].partition("-")[0])


def _write(writer: Writer, folder: Path, label: str, rows: list[dict[str, Any]]) -> None:
    types = {"INT64": pa.int64(), "BOOL": pa.bool_()}
    columns = MODEL.rel["SAME_AS"].columns
    arrays = {n: pa.array([r[n] for r in rows], pa.string()) for n in ("from", "to")}
    arrays |= {p.name: pa.array([r.get(p.name) for r in rows], types.get(p.column, pa.string())) for p in columns}
    path = folder / f"same-as-{label}.parquet"
    pq.write_table(pa.table(arrays), path)
    writer.add_rels("SAME_AS", label, label, path)

