"""CSV files as `neo4j-admin database import` reads them: node files and relationship files, given together.

A header `companyId:ID(Company)` becomes the column `companyId`; types and id spaces are taken off. A node file is
a table of the shape named by its id space (else by its label, else by the file); a relationship file is one table
for each type in it, of the shape of that name, and every row has the columns of its end nodes as `start.…` and
`end.…`. Nodes for whose shape the map has no part come in by their relationships only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph_model.errors import InputError
from ingest.formats.join import ID, End, nodes_on_disk
from ingest.maps import Map
from ingest.read import Opened
from ingest.read_csv import lay_out_csv
from ingest.source import Source, naming, open_source
from ingest.tables import ROW, Layout, ReadOptions, Tally, check_names

_FIELD = re.compile(r"(?P<name>[^:]*)(?::(?P<type>[A-Za-z_]+)(?:\((?P<space>[^)]*)\))?(?:\{.*\})?(?:\[\])?)?")
START, END, TYPE, LABEL = ":START_ID", ":END_ID", ":TYPE", ":LABEL"


@dataclass(frozen=True, slots=True)
class _File:
    """One file: its layout under plain names, the id column of a node file, the spaces its ids are of."""

    source: Source
    layout: Layout
    columns: tuple[str, ...]
    id: str | None
    spaces: dict[str, str]

    @property
    def is_node(self) -> bool:
        return self.id is not None

    def chunks(self, tally: Tally) -> Iterator[pa.Table]:
        """Its rows under plain names."""
        for table in self.layout.chunks(tally):
            yield table.rename_columns([*self.columns, ROW])

    def values(self, column: str) -> list[str]:
        """The distinct values of a column."""
        if column not in self.columns:
            return []
        found: set[str] = set()
        for table in self.chunks(Tally(self.source.name)):
            found.update(v for v in table[column].unique().to_pylist() if v)
        return sorted(found)


def open_neo4j_admin(paths: Sequence[Path], map_: Map) -> Iterator[tuple[Opened, str | None]]:
    """The tables in node and relationship files, each with its shape."""
    files = [_open(path, map_.read) for path in paths]
    nodes = [f for f in files if f.is_node]
    for file in nodes:
        yield _opened(file, Layout(file.columns, file.chunks, file.layout.encoding, file.layout.separator), map_), _node_shape(file)
    for file in files:
        if not file.is_node:
            yield from _relationships(file, nodes, map_)


def _open(path: Path, options: ReadOptions) -> _File:
    with naming(path):
        source = open_source(path)
        layout = lay_out_csv(source, options)
    names, roles, spaces = [], {}, {}
    for header in layout.columns:
        name, role, space = _field(header, path)
        names.append(name)
        if role in ("ID", "START_ID", "END_ID"):
            roles[role], spaces[role] = name, space
    check_names(tuple(names), str(path))
    if "ID" not in roles and {"START_ID", "END_ID"} - roles.keys():
        raise InputError(f"{path}: neither a node file (a column …:ID) nor a relationship file (:START_ID and :END_ID); the header is {', '.join(layout.columns)}")
    return _File(source, layout, tuple(names), roles.get("ID"), spaces)


def _field(header: str, path: Path) -> tuple[str, str, str]:
    """Plain name, type and id space of a header field."""
    found = _FIELD.fullmatch(header.strip())
    if found is None:
        raise InputError(f"{path}: the header field {header!r} is not of the form name:TYPE(Space)")
    role = (found["type"] or "").upper()
    name = found["name"] or f":{role}"
    return f":{role}" if role in ("START_ID", "END_ID", "TYPE", "LABEL") else name, role, found["space"] or ""


def _node_shape(file: _File) -> str:
    labels = file.values(LABEL) if not file.spaces["ID"] else []
    return file.spaces["ID"] or (labels[0] if len(labels) == 1 else file.source.path.stem)


def _relationships(file: _File, nodes: Sequence[_File], map_: Map) -> Iterator[tuple[Opened, str | None]]:
    ends = _ends(file, nodes)
    columns = (*file.columns, *(f"{e.prefix}.{c}" for e in ends for c in e.columns))
    types = file.values(TYPE) or [file.source.path.stem]
    for number, type_ in enumerate(types):
        rows = _Relationships(file, nodes, ends, type_ if TYPE in file.columns else None, first=number == 0)
        sheet = type_ if len(types) > 1 else None
        yield _opened(file, Layout(columns, rows.chunks, file.layout.encoding, file.layout.separator, sheet), map_), type_


def _ends(file: _File, nodes: Sequence[_File]) -> tuple[End, ...]:
    ends = []
    for key, prefix in ((START, "start"), (END, "end")):
        space = file.spaces[key.removeprefix(":")]
        mine = [n for n in nodes if n.spaces["ID"] == space]
        if not mine:
            raise InputError(f"{file.source.path}: its {key} are of the id space {space!r}, but no node file given has it; give all files of the set together")
        ends.append(End(key, prefix, space, tuple(dict.fromkeys(c for n in mine for c in n.columns))))
    return tuple(ends)


@dataclass(frozen=True, slots=True)
class _Relationships:
    """The rows of one type in a relationship file, joined to their nodes."""

    file: _File
    nodes: Sequence[_File]
    ends: tuple[End, ...]
    type: str | None
    first: bool  # rows without a type, and rows no record could be made of, are counted with the first type

    def chunks(self, tally: Tally) -> Iterator[pa.Table]:
        with nodes_on_disk() as disk:
            for node in self.nodes:
                unread = Tally(node.source.name)  # what cannot be read of a node file is counted where it is read itself
                disk.add(node.spaces["ID"], (t.append_column(ID, t[node.id]) for t in node.chunks(unread)))
            for table in self.file.chunks(tally if self.first else Tally(self.file.source.name)):
                mine = self._mine(table, tally)
                if mine.num_rows:
                    yield disk.join(mine, self.ends, tally)

    def _mine(self, table: pa.Table, tally: Tally) -> pa.Table:
        if self.type is None:
            return table
        if self.first:
            for row in table.filter(pc.is_null(table[TYPE])).to_pylist():
                tally.reject(row[ROW], "missing", "the relationship has no :TYPE", column=TYPE, raw=str(row))
        return table.filter(pc.equal(table[TYPE], self.type))


def _opened(file: _File, layout: Layout, map_: Map) -> Opened:
    return Opened(file.source, "csv", layout, map_.read.batch_rows)
