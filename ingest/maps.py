"""A map: how the columns of a published layout become facts. YAML that a user writes without Python.

Everything in it is checked against the model when it is loaded; a wrong key, column kind or end is an error
with its place in the file, not a silent nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from graph_model.errors import MapError
from graph_model.kinds import KINDS
from graph_model.model import MODEL
from graph_model.schema import CLAIM_PROPERTIES, Property
from ingest.read import ReadOptions

# What a map may say of a claim's own time, beside the properties of the model.
TIMES = ("valid_from", "valid_to", "as_of")
NUMBERS = ("uscc", "regno", "orgcode", "ticker", "lei", "id_masked")
CLEANERS = ("money_wan", "ratio", "end", "name", "kinds")
ANY = "any"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value comes from: the first of `columns` that the file has, or a constant; and how it is cleaned."""

    columns: tuple[str, ...] = ()
    optional: bool = False
    constant: str | None = None
    clean: str | None = None
    lookup: Mapping[str, str] | None = None
    lookup_file: "FileLookup | None" = None
    default: str | None = None
    pattern: str | None = None
    strict: bool = False  # a value that the lookup does not know is an error instead of staying as it is


@dataclass(frozen=True, slots=True)
class FileLookup:
    """A second file that translates values: key column to value column."""

    file: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class SubjectMap:
    """A subject that rows name: its label, name, numbers, in whose record it stands, and its record."""

    alias: str
    label: str
    name: Cell | None
    numbers: Mapping[str, Cell]
    within: str | None = None
    decide: Cell | None = None
    record: Mapping[str, Cell] | None = None
    multiple: bool = False
    optional: bool = False
    scope: Cell | None = None  # what tells persons of one name apart where no enterprise's record names them


@dataclass(frozen=True, slots=True)
class EventMap:
    """An event that rows state of a subject."""

    alias: str
    label: str
    of: str
    values: Mapping[str, Cell]
    times: Mapping[str, Cell]
    responsible: str | None = None
    post: Cell | None = None
    capacity: Cell | None = None
    when: Cell | None = None


@dataclass(frozen=True, slots=True)
class LinkMap:
    """A relationship that rows state between two subjects; `role` reads its type from a post."""

    start: str
    end: str
    type: str | None
    role: Cell | None
    values: Mapping[str, Cell]
    times: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Who publishes the file."""

    id: str
    name: str
    authority: str = ""
    rank: int = 4
    licence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one shape of row states; a map of one layout has one part."""

    shape: str | None
    subjects: tuple[SubjectMap, ...]
    events: tuple[EventMap, ...]
    links: tuple[LinkMap, ...]
    split: tuple[str, str] | None = None
    main: SubjectMap = field(kw_only=True)  # whom the rows are about: the subject written first


@dataclass(frozen=True, slots=True)
class Map:
    """A checked map."""

    name: str
    title: str
    description: str
    read: ReadOptions
    format: str | None
    source: SourceMap
    as_of: str | None
    complete: bool
    minimum: int
    nulls: frozenset[str]
    parts: tuple[Part, ...]
    text: str = field(repr=False, default="")

    @property
    def hash(self) -> str:
        """Which version of the map this is."""
        return sha256(self.text.encode()).hexdigest()[:12]


NULLS = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "null", "NULL", "None", "NaN", "nan", "N/A", "#N/A"})
_TOP = {"name", "title", "description", "read", "format", "source", "edition", "null", "lookups", "split",
        "subjects", "events", "links", "parts"}  # fmt: skip


def map_names() -> list[str]:
    """Names of the layouts that come with the product."""
    return sorted(p.name.removesuffix(".yml") for p in files("ingest").joinpath("maps").iterdir() if p.name.endswith(".yml"))


def load_map(name_or_path: str) -> Map:
    """The map of that name, or in that file. Raises `MapError` naming what is wrong and where."""
    path = Path(name_or_path)
    if path.suffix in (".yml", ".yaml"):
        if not path.is_file():
            raise MapError(f"{path}: no such map file")
        return parse_map(path.read_text("utf-8"), str(path))
    if name_or_path not in map_names():
        raise MapError(f"no map is called {name_or_path!r}; known: {', '.join(map_names())}; or give a .yml file")
    return parse_map(map_text(name_or_path), f"map {name_or_path}")


def map_text(name: str) -> str:
    """The YAML of a map that comes with the product."""
    return files("ingest").joinpath("maps", f"{name}.yml").read_text("utf-8")


def parse_map(text: str, where: str) -> Map:
    """The map in this YAML, checked against the model."""
    try:
        data = yaml.load(text, _TextLoader)
    except yaml.YAMLError as error:
        raise MapError(f"{where}: not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise MapError(f"{where}: expected a mapping with subjects, events and links")
    return _Parser(where, data, text).map()


class _TextLoader(yaml.SafeLoader):
    """YAML in which only plain numbers and true/false are not text: dates stay as written."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Parser:
    """Reads the parsed YAML into a Map; each error names the file and the key path."""

    def __init__(self, where: str, data: Mapping[str, Any], text: str) -> None:
        self.where, self.data, self.text = where, data, text
        self.lookups: Mapping[str, Any] = data.get("lookups") or {}

    def fail(self, path: str, message: str) -> MapError:
        return MapError(f"{self.where}: {path}: {message}")

    def known(self, path: str, data: Mapping[str, Any], allowed: set[str]) -> None:
        for key in data:
            if key not in allowed:
                raise self.fail(path, f"unknown key {key!r}; known: {', '.join(sorted(allowed))}")

    def map(self) -> Map:
        data = self.data
        self.known("top", data, _TOP)
        for key in ("name", "source"):
            if key not in data:
                raise self.fail("top", f"{key} is missing")
        edition = data.get("edition") or {}
        self.known("edition", edition, {"as_of", "complete", "minimum"})
        parts = data.get("parts")
        return Map(
            name=str(data["name"]), title=str(data.get("title", data["name"])), description=str(data.get("description", "")),
            read=self.read(), format=data.get("format"), source=self.source(), as_of=_text(edition.get("as_of")),
            complete=bool(edition.get("complete", False)), minimum=int(edition.get("minimum", 0)),
            nulls=NULLS | frozenset(map(str, data.get("null") or ())),
            parts=tuple(self.part(f"parts[{i}]", p) for i, p in enumerate(parts)) if parts else (self.part("top", data),),
            text=self.text,
        )  # fmt: skip

    def read(self) -> ReadOptions:
        data = dict(self.data.get("read") or {})
        self.known("read", data, {f.name for f in fields(ReadOptions)})
        if "columns" in data:
            data["columns"] = tuple(map(str, data["columns"]))
        return ReadOptions(**data)

    def source(self) -> SourceMap:
        data = self.data["source"]
        self.known("source", data, {f.name for f in fields(SourceMap)})
        for key in ("id", "name"):
            if not data.get(key):
                raise self.fail("source", f"{key} is missing")
        return SourceMap(**data)

    def part(self, path: str, data: Mapping[str, Any]) -> Part:
        if path != "top":
            self.known(path, data, {"shape", "subjects", "events", "links", "split"})
        subjects = tuple(self.subject(f"{path}.subjects.{k}", k, v) for k, v in (data.get("subjects") or {}).items())
        if not subjects:
            raise self.fail(path, "it names no subjects")
        aliases = {s.alias for s in subjects}
        events = tuple(self.event(f"{path}.events.{k}", k, v, aliases) for k, v in (data.get("events") or {}).items())
        links = tuple(self.link(f"{path}.links[{i}]", v, aliases) for i, v in enumerate(data.get("links") or ()))
        for s in subjects:
            if s.within and s.within not in aliases:
                raise self.fail(f"{path}.subjects.{s.alias}", f"within: no subject {s.within!r}")
        split = data.get("split")
        return Part(_text(data.get("shape")), _ordered(subjects), events, links, (split["column"], split["by"]) if split else None, main=subjects[0])

    def subject(self, path: str, alias: str, data: Mapping[str, Any]) -> SubjectMap:
        own = {"label", "name", "within", "decide", "record", "multiple", "optional", "scope", *NUMBERS}
        self.known(path, data, own)
        label = str(data.get("label", "Enterprise"))
        if label != ANY and label not in MODEL.subjects:
            raise self.fail(path, f"label {label!r} is no subject; known: {', '.join(MODEL.subjects)} or {ANY}")
        record = data.get("record")
        properties = {p.name: p for p in MODEL.node["Record"].properties} | {t: Property(t, "date", "") for t in TIMES}
        return SubjectMap(
            alias=alias, label=label, within=_text(data.get("within")), optional=bool(data.get("optional", False)),
            name=self.cell(f"{path}.name", data["name"]) if "name" in data else None,
            numbers={n: self.cell(f"{path}.{n}", data[n]) for n in NUMBERS if n in data},
            decide=self.cell(f"{path}.decide", data["decide"]) if "decide" in data else None,
            record=None if record is None else {k: self.value(f"{path}.record", k, v, properties) for k, v in record.items()},
            multiple=bool(data.get("multiple", False)),
            scope=self.cell(f"{path}.scope", data["scope"]) if "scope" in data else None,
        )  # fmt: skip

    def event(self, path: str, alias: str, data: Mapping[str, Any], aliases: set[str]) -> EventMap:
        label = str(data.get("label", ""))
        if label not in MODEL.node or MODEL.node[label].role != "event":
            raise self.fail(path, f"label {label!r} is no event")
        if data.get("of") not in aliases:
            raise self.fail(path, f"of: no subject {data.get('of')!r}")
        properties = {p.name: p for p in MODEL.node[label].properties}
        rest = {k: v for k, v in data.items() if k not in ("label", "of", "responsible", "post", "capacity", "when", *TIMES)}
        return EventMap(
            alias, label, str(data["of"]),
            {k: self.value(path, k, v, properties) for k, v in rest.items()}, self.times(path, data),
            _text(data.get("responsible")),
            *(self.cell(f"{path}.{k}", data[k]) if k in data else None for k in ("post", "capacity", "when")),
        )  # fmt: skip

    def link(self, path: str, data: Mapping[str, Any], aliases: set[str]) -> LinkMap:
        type_ = _text(data.get("type"))
        if (type_ is None) == ("role" not in data):
            raise self.fail(path, "give either type (a relationship of the model) or role (the column of the post)")
        if type_ is not None and type_ not in MODEL.rel:
            raise self.fail(path, f"type {type_!r} is not in the model; known: {', '.join(MODEL.rel)}")
        for end in ("from", "to"):
            if data.get(end) not in aliases:
                raise self.fail(path, f"{end}: no subject {data.get(end)!r}")
        properties = {p.name: p for p in MODEL.rel[type_].properties} if type_ else {}
        rest = {k: v for k, v in data.items() if k not in ("type", "role", "from", "to", *TIMES)}
        return LinkMap(
            str(data["from"]), str(data["to"]), type_, self.cell(f"{path}.role", data["role"]) if "role" in data else None,
            {k: self.value(path, k, v, properties) for k, v in rest.items()}, self.times(path, data),
        )  # fmt: skip

    def times(self, path: str, data: Mapping[str, Any]) -> Mapping[str, Cell]:
        reserved = {p.name: p for p in CLAIM_PROPERTIES if p.name in TIMES}
        return {k: self.value(path, k, data[k], reserved) for k in TIMES if k in data}

    def value(self, path: str, name: str, data: Any, properties: Mapping[str, Property]) -> Cell:
        if name not in properties:
            raise self.fail(path, f"{name!r} is no property; known: {', '.join(properties)}")
        return self.cell(f"{path}.{name}", data)

    def cell(self, path: str, data: Any) -> Cell:
        if isinstance(data, str):
            return Cell(**_columns(data))
        if not isinstance(data, dict):
            raise self.fail(path, f"expected a column name or a mapping, got {data!r}")
        self.known(path, data, {"column", "constant", "clean", "lookup", "default", "pattern", "strict"})
        if ("column" in data) == ("constant" in data):
            raise self.fail(path, "give either column or constant")
        if data.get("clean") not in (None, *CLEANERS, *KINDS):
            raise self.fail(path, f"clean: unknown {data['clean']!r}; known: {', '.join((*CLEANERS, *KINDS))}")
        if "pattern" in data:
            self.check_pattern(path, str(data["pattern"]))
        table, from_file = self.lookup(path, data.get("lookup"))
        return Cell(
            **_columns(str(data.get("column", ""))), constant=_text(data.get("constant")), clean=data.get("clean"),
            lookup=table, lookup_file=from_file, default=_text(data.get("default")), pattern=_text(data.get("pattern")),
            strict=bool(data.get("strict", False)),
        )  # fmt: skip

    def check_pattern(self, path: str, pattern: str) -> None:
        try:
            groups = re.compile(pattern).groups
        except re.error as error:
            raise self.fail(path, f"pattern: {error}") from error
        if groups != 1:
            raise self.fail(path, "pattern: it needs one group, the value")

    def lookup(self, path: str, data: Any) -> tuple[Mapping[str, str] | None, FileLookup | None]:
        if isinstance(data, str):
            if data not in self.lookups:
                raise self.fail(path, f"lookup: no table {data!r} under lookups")
            data = self.lookups[data]
        if data is None:
            return None, None
        if set(data) == {"file", "key", "value"}:
            return None, FileLookup(**{k: str(v) for k, v in data.items()})
        return {str(k): str(v) for k, v in data.items()}, None


def _columns(text: str) -> dict[str, Any]:
    """`甲|乙?` read as: the column 甲, else 乙; `?`: neither need be there."""
    optional = text.endswith("?")
    return {"columns": tuple(filter(None, text.removesuffix("?").split("|"))), "optional": optional}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _ordered(subjects: Sequence[SubjectMap]) -> tuple[SubjectMap, ...]:
    """Subjects so that one stands after the one in whose record it is named."""
    done: dict[str, SubjectMap] = {}
    waiting = list(subjects)
    while waiting:
        ready = [s for s in waiting if s.within is None or s.within in done or s.within not in {w.alias for w in waiting}]
        if not ready:
            raise MapError(f"subjects stand within each other: {', '.join(w.alias for w in waiting)}")
        done.update({s.alias: s for s in ready})
        waiting = [s for s in waiting if s.alias not in done]
    return tuple(done.values())


def cells_of(part: Part) -> Iterator[Cell]:
    """Every cell a part reads."""
    for s in part.subjects:
        yield from (c for c in (s.name, s.decide, s.scope, *s.numbers.values(), *(s.record or {}).values()) if c)
    for e in part.events:
        yield from (c for c in (e.post, e.capacity, e.when, *e.values.values(), *e.times.values()) if c)
    for link in part.links:
        yield from (c for c in (link.role, *link.values.values(), *link.times.values()) if c)
