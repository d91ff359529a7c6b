"""FollowTheMoney entities, one JSON object a line, as tables: nodes by kind and each kind of link with its ends.

Shapes are `organization` (Company, Organization, LegalEntity, PublicBody …), `person`, and one for each kind of link
that can have a place in the model, under its schema's name (`Ownership`, `Directorship`, `Sanction` …). A cell holds
all values of a property joined by 、, a link also `<end>.id`, `.schema`, `.name`, `.uscc` and `.regno` of its ends.
Entities of any other schema are rejected with the reason, never left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph_model.errors import InputError
from graph_model.identifiers import read_regno, read_uscc
from ingest.formats.join import ID, End, nodes_on_disk
from ingest.maps import Map
from ingest.read import Opened
from ingest.source import Source, naming, open_source
from ingest.tables import Layout, Tally, text_table

ORGANIZATION, PERSON = "organization", "person"
NODES: Mapping[str, str] = {
    "Company": ORGANIZATION, "Organization": ORGANIZATION, "LegalEntity": ORGANIZATION, "PublicBody": ORGANIZATION, "Person": PERSON,
}  # fmt: skip
# The properties of a link that hold its ends. An end that is a list has each id in a row of its own.
LINKS: Mapping[str, tuple[str, ...]] = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Membership": ("member", "organization"),
    "Representation": ("agent", "client"),
    "Family": ("person", "relative"),
    "Succession": ("predecessor", "successor"),
    "Sanction": ("entity",),
}
_NUMBERS = ("uscCode", "uscc", "registrationNumber", "idNumber", "taxNumber")
_END = ("id", "schema", "name", "uscc", "regno")
_SPACE = "entity"
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class _Entity:
    """One line: its number, id, schema and cells."""

    line: int
    schema: str
    cells: dict[str, str]
    raw: str


def open_ftm(paths: Sequence[Path], map_: Map) -> Iterator[tuple[Opened, str | None]]:
    """The tables in files of entities, each with its shape; entities of one file may name those of another."""
    sources = []
    for path in paths:
        with naming(path):
            sources.append(open_source(path))
    wanted = {part.shape for part in map_.parts}
    for source in sources:
        columns = _columns(source)
        shapes = [s for s in columns if s in wanted]
        if not shapes:
            raise InputError(f"{source.path}: no entity has a shape that map {map_.name} reads; found {', '.join(sorted(columns)) or 'no FollowTheMoney entity'}")
        for number, shape in enumerate(shapes):
            table = _Shape(source, sources, shape, columns[shape], frozenset(shapes) if number == 0 else None)
            yield Opened(source, "jsonl", Layout(table.all_columns, table.chunks, "utf-8", None, shape), map_.read.batch_rows), shape


def _columns(source: Source) -> dict[str, tuple[str, ...]]:
    """The columns of every shape in a file."""
    found: dict[str, dict[str, None]] = {}
    for entity in _entities(source, Tally(source.name)):
        if (shape := _shape_of(entity.schema)) is not None:
            found.setdefault(shape, {}).update(dict.fromkeys(entity.cells))
    return {shape: tuple(names) for shape, names in found.items()}


def _shape_of(schema: str) -> str | None:
    return NODES.get(schema) or (schema if schema in LINKS else None)


def _entities(source: Source, tally: Tally) -> Iterator[_Entity]:
    with source.open() as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                found = _entity(number, line)
                if isinstance(found, _Entity):
                    yield found
                else:
                    tally.reject(number, "not_an_entity", found, raw=line.decode("utf-8", "replace").strip())


def _entity(number: int, line: bytes) -> _Entity | str:
    """The entity in a line, or what is wrong with it."""
    try:
        text = line.decode("utf-8").strip()
        data = json.loads(text)
    except ValueError as error:
        return f"not UTF-8 JSON: {error}"
    if not isinstance(data, dict) or not data.get("id") or not data.get("schema"):
        return "no FollowTheMoney entity: it needs an object with id, schema and properties"
    return _Entity(number, str(data["schema"]), _cells(data), text)


def _cells(data: Mapping[str, Any]) -> dict[str, str]:
    properties = {k: [str(v) for v in (values if isinstance(values, list) else [values])] for k, values in (data.get("properties") or {}).items()}
    cells = {k: "、".join(v) for k, v in properties.items() if v}
    names = properties.get("name", [])
    if names:
        cells["name"] = str(data.get("caption") or names[0])
        others = dict.fromkeys(n for n in (*names, *properties.get("alias", []), *properties.get("previousName", [])) if n != cells["name"])
        cells |= {"other_names": "、".join(others)} if others else {}
    return {"id": str(data["id"]), "schema": str(data["schema"]), **cells, **_numbers(properties)}


def _numbers(properties: Mapping[str, list[str]]) -> dict[str, str]:
    """The 统一社会信用代码 and 工商注册号 among the numbers; one that is named USCC is kept although it is wrong."""
    given = [v for name in _NUMBERS for v in properties.get(name, [])]
    uscc = next((v for v in given if (n := read_uscc(v)) and n.valid), None) or next(iter(properties.get("uscCode", [])), None)
    regno = next((v for v in given if (n := read_regno(v)) and n.valid and len(n.value) == 15), None)
    return {k: v for k, v in (("uscc", uscc), ("regno", regno)) if v}


@dataclass(frozen=True, slots=True)
class _Shape:
    """The entities of one shape in one file."""

    source: Source
    sources: Sequence[Source]
    shape: str
    columns: tuple[str, ...]
    shapes: frozenset[str] | None  # of the first table: which entities other tables count

    @property
    def ends(self) -> tuple[End, ...]:
        return tuple(End(name, name, _SPACE, _END) for name in LINKS.get(self.shape, ()))

    @property
    def all_columns(self) -> tuple[str, ...]:
        own = tuple(dict.fromkeys((*self.columns, *(e.key for e in self.ends))))
        return (*own, *(f"{e.prefix}.{c}" for e in self.ends for c in e.columns))

    def chunks(self, tally: Tally) -> Iterator[pa.Table]:
        own = self.all_columns[: len(self.all_columns) - len(self.ends) * len(_END)]
        if not self.ends:
            yield from _tables(self._mine(tally), own)
            return
        with nodes_on_disk() as disk:
            disk.add(_SPACE, self._nodes())
            for table in _tables(self._split(tally), own):
                yield disk.join(table, self.ends, tally)

    def _mine(self, tally: Tally) -> Iterator[_Entity]:
        first = self.shapes is not None
        for entity in _entities(self.source, tally if first else Tally(self.source.name)):
            if (shape := _shape_of(entity.schema)) == self.shape:
                yield entity
            elif first and shape not in (self.shapes or ()):
                tally.reject(entity.line, "no_place", f"the map has no part for entities of the schema {entity.schema}", raw=entity.raw)

    def _split(self, tally: Tally) -> Iterator[_Entity]:
        """A link with several ids at an end is several links."""
        for entity in self._mine(tally):
            missing = [e.key for e in self.ends if e.key not in entity.cells]
            if missing:
                tally.reject(entity.line, "missing", f"the {entity.schema} names no {missing[0]}", column=missing[0], raw=entity.raw)
                continue
            made = [entity.cells]
            for end in self.ends:
                made = [{**cells, end.key: id_} for cells in made for id_ in cells[end.key].split("、")]
            yield from (replace(entity, cells=cells) for cells in made)

    def _nodes(self) -> Iterator[pa.Table]:
        for source in self.sources:
            nodes = (e for e in _entities(source, Tally(source.name)) if e.schema in NODES)
            for table in _tables(nodes, _END):
                yield table.append_column(ID, table["id"])


def _tables(entities: Iterator[_Entity], columns: tuple[str, ...]) -> Iterator[pa.Table]:
    values: list[list[str | None]] = []
    rows: list[int] = []
    for entity in entities:
        values.append([entity.cells.get(c) for c in columns])
        rows.append(entity.line)
        if len(rows) == _BATCH:
            yield text_table(columns, values, rows)
            values, rows = [], []
    if rows:
        yield text_table(columns, values, rows)
