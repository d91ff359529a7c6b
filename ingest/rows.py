"""A batch of rows and one part of a map: what the rows state, as columns.

Subjects become ids and nodes, events and records become claims of a subject, links become claims between two.
Nothing is hashed here: `stage` gives claims their ids for all batches at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from graph_model.model import MODEL
from graph_model.schema import Property
from ingest.frame import Bad, Frame, Memory, day_before, each, explode
from ingest.maps import TIMES, Cell, EventMap, LinkMap, Map, Part, SubjectMap
from ingest.subjects import Subject, authority_ids, authority_nodes, read_subject

Key = tuple[str, str, str]  # (type, label from, label to)


@dataclass(slots=True)
class Stated:
    """What one batch states: nodes and events by label, links by type and ends, the rows that cannot be used."""

    nodes: dict[str, list[pa.Table]] = field(default_factory=dict)
    records: list[pa.Table] = field(default_factory=list)
    events: dict[str, list[pa.Table]] = field(default_factory=dict)
    links: dict[Key, list[pa.Table]] = field(default_factory=dict)
    bad: list[Bad] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edition:
    """What is the same for every row of a file: its document, source and day."""

    document: str
    source: str
    as_of: str


def state(table: pa.Table, part: Part, map_: Map, edition: Edition, memory: Memory) -> Stated:
    """What the rows of a batch state under one part of a map."""
    if part.split and part.split[0] in table.column_names:
        table = explode(table, *part.split)
    frame = Frame(table, map_.nulls, memory)
    subjects: dict[str, Subject] = {}
    for subject in part.subjects:
        required = subject is part.main and not subject.optional
        subjects[subject.alias] = read_subject(frame, subject, edition, subjects, required=required)
    stated, used = Stated(), pa.array([False] * frame.size)
    for s in part.subjects:
        used = pc.or_(used, _records(frame, s, subjects[s.alias], edition, stated))
    for event in part.events:
        used = pc.or_(used, _events(frame, event, subjects, edition, stated))
    for link in part.links:
        used = pc.or_(used, _links(frame, link, subjects, edition, stated))
    _mark_idle(frame, used)
    for s in part.subjects:
        subjects[s.alias].nodes(frame, stated.nodes)
    return _without_bad(stated, frame)


def _mark_idle(frame: Frame, used: pa.Array) -> None:
    """A row that states nothing is not lost: it goes to quarantine, unless another of its parts states something."""
    busy = set(frame.rows.filter(used).to_pylist())
    for i in pc.indices_nonzero(pc.invert(used)).to_pylist():
        if frame.rows[i].as_py() not in busy:
            frame.mark(i, None, None, "no_fact", "the row states nothing that the map asks for; are its cells empty?")


def _without_bad(stated: Stated, frame: Frame) -> Stated:
    stated.bad = list(frame.bad.values())
    if not frame.bad:
        return stated
    out = pa.array(list(frame.bad), pa.int64())

    def keep(tables: list[pa.Table]) -> list[pa.Table]:
        return [t.filter(pc.invert(pc.is_in(t["row"], value_set=out))) for t in tables]

    stated.records = keep(stated.records)
    for group in (stated.nodes, stated.events, stated.links):
        for key, tables in group.items():
            group[key] = keep(tables)  # type: ignore[index]
    return stated


def _values(frame: Frame, cells: Mapping[str, Cell], properties: tuple[Property, ...]) -> dict[str, pa.Array]:
    """A clean column for every property; `<money>_text` is the printed text of the money beside it."""
    columns = {p.name: frame.values(cells.get(p.name), p.kind) for p in properties}
    for p in properties:
        money = p.name.removesuffix("_text")
        if money != p.name and p.name not in cells and money in cells:
            columns[p.name] = frame.raw(cells[money])
    return columns


def _times(frame: Frame, cells: Mapping[str, Cell], edition: Edition) -> dict[str, pa.Array]:
    times = {t: frame.values(cells.get(t), "end" if t == "valid_to" else "date") for t in TIMES}
    times["as_of"] = pc.fill_null(times["as_of"], edition.as_of)
    return times


def _finish(frame: Frame, columns: dict[str, pa.Array], mask: pa.Array) -> pa.Table:
    return pa.table({**columns, "row": frame.rows}).filter(mask)


def _records(frame: Frame, subject: SubjectMap, found: Subject, edition: Edition, stated: Stated) -> pa.Array:
    properties = MODEL.node["Record"].properties
    cells = {k: v for k, v in (subject.record or {}).items() if k not in TIMES}
    columns = _values(frame, cells, properties)
    columns |= {k: v for k, v in found.record_columns(columns).items() if k not in cells}
    times = _times(frame, {k: v for k, v in (subject.record or {}).items() if k in TIMES}, edition)
    told = [pc.is_valid(columns[name]) for name in ("problems", "proposals", "id_masked")]
    wanted = pc.or_(pc.or_(told[0], told[1]), told[2])
    if subject.record is not None:  # a row that only gives the number says nothing of the subject itself
        for name in ("name", *cells):
            wanted = pc.or_(wanted, pc.is_valid(columns[name]))
    mask = pc.and_(pc.is_valid(found.id), wanted)
    many = pa.array([subject.multiple] * frame.size)
    extra = {"subject": found.id, "subject_label": found.label, "entity": pa.array([subject.alias] * frame.size), "multiple": many}
    stated.records.append(_finish(frame, {**extra, **columns, **times}, mask))
    return mask


def _events(frame: Frame, event: EventMap, subjects: Mapping[str, Subject], edition: Edition, stated: Stated) -> pa.Array:
    node, of = MODEL.node[event.label], subjects[event.of]
    columns = _values(frame, event.values, node.properties)
    if event.label == "Listing":
        _name_list(frame, event, columns)
    if "name_used" not in event.values:
        columns["name_used"] = of.raw_name
    if "problems" in columns:
        columns["problems"] = pc.coalesce(columns["problems"], of.problems)
    times = _times(frame, event.times, edition)
    times["valid_from"] = pc.coalesce(times["valid_from"], *(columns[name] for name in node.begins))
    if node.ends:
        _ordered(frame, event, columns, node.begins[0], node.ends)
        times["valid_to"] = pc.coalesce(times["valid_to"], each(columns[node.ends], day_before))
    mask = pc.is_valid(of.id)
    if event.when is not None:
        mask = pc.and_(mask, pc.is_valid(frame.values(event.when, "text")))
    hung = _hung(frame, event, columns, subjects, stated)
    stated.events.setdefault(event.label, []).append(
        _finish(frame, {"subject": of.id, "subject_label": of.label, **hung, **columns, **times}, mask)
    )
    return mask


def _ordered(frame: Frame, event: EventMap, columns: Mapping[str, pa.Array], begins: str, ends: str) -> None:
    """An event that ends before it begins says nothing that can be relied on."""
    start, end = columns[begins], columns[ends]
    days = pc.and_(pc.equal(pc.utf8_length(start), 10), pc.equal(pc.utf8_length(end), 10))
    cell = event.values.get(ends)
    column = frame.column_of(cell) if cell else None
    frame.mark_where(pc.and_(days, pc.less(end, start)), column, end, "dates", f"{{value}} ({ends}) lies before the day it began ({begins})")


def _name_list(frame: Frame, event: EventMap, columns: dict[str, pa.Array]) -> None:
    """The list's own name and polarity for whatever alias the source used; an unknown list is not guessed at."""
    raw = columns["list"]
    known = {name: (entry.term, entry.polarity) for name, entry in MODEL.list_named.items()}
    unknown = pc.and_(pc.is_valid(raw), pc.invert(pc.is_in(raw, value_set=pa.array(list(known)))))
    cell = event.values.get("list")
    column = frame.column_of(cell) if cell else None
    frame.mark_where(unknown, column, raw, "unknown_list", "no list is called {value!r}; declare it in graph_model/model/terms.py or translate it in the map's lookup")
    frame.mark_where(pc.is_null(raw), column, None, "missing", "the row names no list")
    columns["list"] = each(raw, lambda name: known.get(name, (name, ""))[0])
    columns["polarity"] = each(raw, lambda name: known.get(name, ("", None))[1])


def _hung(
    frame: Frame, event: EventMap, columns: Mapping[str, pa.Array], subjects: Mapping[str, Subject], stated: Stated
) -> dict[str, pa.Array]:
    """Whatever hangs on an event beside its subject: authority, responsible person, capacity."""
    authority = authority_ids(columns["authority"]) if "authority" in columns else frame.nothing()
    if "authority" in columns:
        authority_nodes(frame, columns["authority"], authority, stated.nodes)
    person = subjects[event.responsible].id if event.responsible else frame.nothing()
    return {
        "authority_id": authority,
        "responsible_id": person,
        "responsible_post": frame.values(event.post, "text"),
        "capacity": frame.values(event.capacity, "text"),
    }


def _links(frame: Frame, link: LinkMap, subjects: Mapping[str, Subject], edition: Edition, stated: Stated) -> pa.Array:
    start, end = subjects[link.start], subjects[link.end]
    both = pc.and_(pc.is_valid(start.id), pc.is_valid(end.id))
    times = _times(frame, link.times, edition)
    types, post = _types(frame, link, both)
    done = pa.array([False] * frame.size)
    for type_ in sorted(set(types.drop_null().to_pylist())):
        rel = MODEL.rel[type_]
        columns = _values(frame, link.values, rel.properties)
        if "post" in columns:
            columns["post"] = pc.fill_null(pc.coalesce(columns["post"], post), rel.term)
        if "name_used" in columns and "name_used" not in link.values and type_ != "SHAREHOLDER_OF":
            columns["name_used"] = start.raw_name
        for a, b in rel.ends:
            mask = pc.and_(both, pc.and_(pc.equal(types, type_), pc.and_(pc.equal(start.label, a), pc.equal(end.label, b))))
            mask = pc.fill_null(mask, False)
            if pc.any(mask).as_py():
                made = _finish(frame, {"from": start.id, "to": end.id, **columns, **times}, mask)
                stated.links.setdefault((type_, a, b), []).append(made)
                done = pc.or_(done, mask)
    wrong = pc.and_(pc.and_(both, pc.is_valid(types)), pc.invert(done))
    frame.mark_where(wrong, None, start.label, "ends", "a {value} cannot stand in this relation by the model")
    return done


def _types(frame: Frame, link: LinkMap, both: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The relationship of each row and the post it was read from."""
    if link.role is None:
        return pa.array([link.type] * frame.size, pa.string()), frame.nothing()
    post = frame.values(link.role, "text")
    types = each(post, lambda term: MODEL.role[term].type if term in MODEL.role else None)
    unknown = pc.and_(both, pc.and_(pc.is_valid(post), pc.is_null(types)))
    column = frame.column_of(link.role)
    frame.mark_where(unknown, column, post, "unknown_role", "no post is called {value!r}; declare it in graph_model/model/terms.py or translate it in the map's lookup")
    frame.mark_where(pc.and_(both, pc.is_null(post)), column, None, "missing", "the row names no post")
    return types, post
