"""A first map for a file nobody has mapped yet: `first_map(path)` gives YAML with comments, to be read and mended.

The presets are the table of known headers. The layout whose columns fit best gives the shape; its other columns are
looked up in the records of all presets, then told by their values. What was guessed and what was left out is said.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pyarrow as pa
import yaml

from graph_model.errors import InputError
from graph_model.identifiers import read_orgcode, read_regno, read_uscc
from graph_model.kinds import BadValue, clean_date, clean_money
from graph_model.model import MODEL
from graph_model.names.parse import looks_like_enterprise, looks_like_person
from ingest.maps import NULLS, NUMBERS, TIMES, map_names, map_text
from ingest.read import Opened, open_table
from ingest.tables import ROW

# Layouts anybody may publish in; the other presets fit one file each and only lend their headers.
LAYOUTS = (
    "company-register", "shareholders", "officers", "penalties", "penalties-cf",
    "dishonest-debtors", "enforcement-orders", "list-membership",
)  # fmt: skip
_SAMPLE = 500
_SURE = 0.6
_CELLS = {"name", "decide", "scope", "role", "post", "capacity", "when", *NUMBERS, *TIMES}
_NOT_CELLS = {"label", "of", "from", "to", "type", "within", "multiple", "optional", "responsible"}
_WAN = re.compile(r"\((?:人民币)?万元\)$")
_LIST, _LISTED = "名单名称", "列入日期|列入时间|列入名单日期"
_UNIT = re.compile(r"\((?:人民币|万元|元|%|人民币万元|人民币元)\)$")


@dataclass(slots=True)
class _Draft:
    """A map in the making: its YAML as data, and what is to be said of the file's columns."""

    data: dict[str, Any]
    layout: str | None
    used: dict[str, str] = field(default_factory=dict)  # column → what for
    guessed: dict[str, str] = field(default_factory=dict)  # column → why
    left: dict[str, str] = field(default_factory=dict)  # column → what it looks like


def first_map(path: Path) -> str:
    """A first map of the file as YAML text. Raises `InputError` when nothing in it names an enterprise or a person."""
    opened = open_table(path)
    sample = _sample(opened)
    draft = _from_list(path, opened.columns) or _from_layout(opened.columns) or _from_values(path, sample)
    _add_records(draft, opened.columns)
    _add_by_value(draft, sample)
    for column, values in sample.items():
        if column not in draft.used:
            draft.left[column] = _told(values)
    return _written(path, draft)


def _sample(opened: Opened) -> dict[str, list[str]]:
    """The first values of every column that say something."""
    table: pa.Table = next(iter(opened.batches())).rows.slice(0, _SAMPLE)
    return {c: [v.strip() for v in table[c].to_pylist() if v and v.strip() not in NULLS] for c in table.column_names if c != ROW}


# --- the layout that fits -----------------------------------------------------------------------------


def _plain(header: str) -> str:
    """A header without spaces and in one width."""
    return re.sub(r"\s+", "", normalize("NFKC", header))


def _find(spec: str, columns: Sequence[str]) -> str | None:
    """The first column of the file that one of a cell's alternatives names."""
    have = {_plain(c): c for c in columns}
    return next((have[_plain(a)] for a in spec.removesuffix("?").split("|") if _plain(a) in have), None)


@cache
def _preset(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(map_text(name))
    return data


def _from_layout(columns: Sequence[str]) -> _Draft | None:
    """The layout with all its columns in the file that takes most of the file's columns."""
    drafts = [d for name in LAYOUTS if (d := _narrowed(name, columns)) is not None]
    return max(drafts, key=lambda d: len(d.used), default=None)


def _from_list(path: Path, columns: Sequence[str]) -> _Draft | None:
    """The layout of a list that is named by its file only: entries have a day of listing, no column says which list."""
    if _find(_LISTED, columns) is None or _find(_LIST, columns) is not None:
        return None
    draft = _narrowed("list-membership", [*columns, _LIST])
    if draft is None:
        return None
    name = max((n for n in MODEL.list_named if n in normalize("NFKC", path.stem)), key=len, default=None)
    draft.data.pop("split", None)
    draft.data["events"]["entry"]["list"] = {"constant": MODEL.list_named[name].term if name else "请填写名单名称"}
    draft.used = {c: use for c, use in draft.used.items() if c != _LIST} | {"the file's name": "entry.list"}
    draft.guessed["the file's name"] = f"the list {name} stands in it" if name else "no known list stands in it: write the name of the list"
    _add_representative(draft, columns)
    return draft


def _add_representative(draft: _Draft, columns: Sequence[str]) -> None:
    """The 法定代表人 that a list of enterprises prints beside each, as the register's layout has him."""
    register = _narrowed("company-register", columns)
    if register is None or "representative" not in register.data["subjects"]:
        return
    subject = next(iter(draft.data["subjects"]))
    draft.data["subjects"][subject]["label"] = "Enterprise"
    draft.data["subjects"]["representative"] = {**register.data["subjects"]["representative"], "within": subject}
    draft.data["links"] += [{**link, "to": subject} for link in register.data["links"] if link["from"] == "representative"]
    draft.used.update({c: use for c, use in register.used.items() if use.startswith("representative.")})


def _narrowed(name: str, columns: Sequence[str]) -> _Draft | None:
    """A layout with the file's own columns only; None when one that it needs is missing."""
    preset = _preset(name)
    draft = _Draft({}, name)
    narrow = _Narrow(columns, draft.used)
    subjects = {a: _kept(s, narrow, f"{a}.") for a, s in preset["subjects"].items()}
    events = {a: _kept(e, narrow, f"{a}.") for a, e in (preset.get("events") or {}).items()}
    links = [_kept(link, narrow, f"{link.get('type', 'role')}.") for link in preset.get("links") or ()]
    named = {a: s for a, s in subjects.items() if "name" in s or set(s) & set(NUMBERS)}
    if narrow.missing or next(iter(subjects)) not in named:
        return None
    draft.data = {
        **({"lookups": preset["lookups"]} if "lookups" in preset else {}),
        **({"split": preset["split"]} if "split" in preset else {}),
        "subjects": named,
        "events": {a: e for a, e in events.items() if e["of"] in named},
        "links": [link for link in links if {link["from"], link["to"]} <= named.keys()],
    }
    return draft


@dataclass(slots=True)
class _Narrow:
    """Finds the file's column for a cell, and notes what is used and what is missing."""

    columns: Sequence[str]
    used: dict[str, str]
    missing: list[str] = field(default_factory=list)

    def cell(self, cell: Any, use: str) -> Any:
        spec = cell if isinstance(cell, str) else cell.get("column")
        if spec is None:
            return cell
        found = _find(spec, self.columns)
        if found is None:
            if not spec.endswith("?"):
                self.missing.append(spec)
            return None
        self.used.setdefault(found, use)
        return found if isinstance(cell, str) else {**cell, "column": found}


def _kept(block: Mapping[str, Any], narrow: _Narrow, use: str) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in block.items():
        if key == "record":
            kept[key] = _kept(value, narrow, use)
        elif key in _NOT_CELLS:
            kept[key] = value
        elif (cell := narrow.cell(value, f"{use}{key}")) is not None:
            kept[key] = cell
    return kept


# --- what the layout does not know ----------------------------------------------------------------------


def _from_values(path: Path, sample: Mapping[str, Sequence[str]]) -> _Draft:
    """A map of the enterprises that some column names."""
    share = {c: _share(values, looks_like_enterprise) for c, values in sample.items()}
    best = max(share, key=lambda c: share[c], default=None)
    if best is None or share[best] < _SURE:
        raise InputError(f"{path}: no column names enterprises or persons as any known layout does; the columns are {', '.join(sample)}. Start from `xinpu maps show company-register`")
    draft = _Draft({"subjects": {"firm": {"label": "Enterprise", "name": best, "record": {}}}, "events": {}, "links": []}, None)
    draft.used[best] = "firm.name"
    draft.guessed[best] = f"{share[best]:.0%} of its values are built like names of enterprises"
    return draft


def _add_records(draft: _Draft, columns: Sequence[str]) -> None:
    """Columns that some preset knows as a property of a record, or as a number."""
    alias, subject = next(iter(draft.data["subjects"].items()))
    record = subject.get("record")
    if record is None:
        return
    for column in columns:
        found = _known_headers().get(_plain(column)) or _known_headers().get(_UNIT.sub("", _plain(column)))
        if column in draft.used or found is None or found in record or found in subject:
            continue
        money = _WAN.search(_plain(column)) and found in _MONEY
        target = subject if found in NUMBERS else record
        target[found] = {"column": column, "clean": "money_wan"} if money else column
        draft.used[column] = f"{alias}.{'' if target is subject else 'record.'}{found}"


_MONEY = frozenset(p.name for p in MODEL.node["Record"].properties if p.kind == "money")


@cache
def _known_headers() -> Mapping[str, str]:
    """Headers of the presets' records and numbers: header to property."""
    found: dict[str, str] = {}
    for name in (*LAYOUTS, *sorted(set(map_names()) - set(LAYOUTS))):
        for part in _preset(name).get("parts") or [_preset(name)]:
            for subject in part["subjects"].values():
                cells = {**(subject.get("record") or {}), **{n: subject[n] for n in NUMBERS if n in subject}}
                for property_, cell in cells.items():
                    for header in _alternatives(cell):
                        found.setdefault(_plain(header), property_)
    return found


def _alternatives(cell: Any) -> Iterator[str]:
    spec = cell if isinstance(cell, str) else str(cell.get("column", ""))
    yield from filter(None, spec.removesuffix("?").split("|"))


def _add_by_value(draft: _Draft, sample: Mapping[str, Sequence[str]]) -> None:
    """Numbers told by their check characters, for the subject that the rows are about."""
    alias, subject = next(iter(draft.data["subjects"].items()))
    for column, values in sample.items():
        for scheme in ("uscc", "orgcode", "regno"):
            if column not in draft.used and scheme not in subject and (share := _share(values, _TESTS[scheme])) >= _SURE:
                subject[scheme] = column
                draft.used[column] = f"{alias}.{scheme}"
                draft.guessed[column] = f"{share:.0%} of its values are valid numbers of this kind"


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _cleans(cleaner: Callable[[str], Any]) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        try:
            return cleaner(text) is not None
        except BadValue:
            return False

    return test


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "uscc": lambda text: (n := read_uscc(text)) is not None and n.valid,
    "orgcode": lambda text: (n := read_orgcode(text)) is not None and n.valid,
    "regno": lambda text: (n := read_regno(text)) is not None and n.valid,
    "dates": _cleans(clean_date),
    "names of enterprises": looks_like_enterprise,
    "names of persons": looks_like_person,
    "amounts": _cleans(clean_money),
}


def _told(values: Sequence[str]) -> str:
    """What a column's values look like, with an example that names nobody."""
    if not values:
        return "empty in the first rows"
    kind = next((k for k, test in _TESTS.items() if _share(values, test) >= _SURE), None)
    if kind is not None:
        return f"looks like {kind}"
    return f"text, {len(set(values))} different values in {len(values)} rows"


# --- writing --------------------------------------------------------------------------------------------


def _written(path: Path, draft: _Draft) -> str:
    slug = re.sub(r"[^0-9a-z]+", "-", path.name.partition(".")[0].lower()).strip("-") or "new-source"
    head = {
        "name": slug,
        "title": path.name,
        "description": "A first map, made from the columns of the file.",
        "source": {"id": slug, "name": path.name, "rank": 4},
        "edition": {"complete": False},
    }
    body = yaml.safe_dump({**head, **{k: v for k, v in draft.data.items() if v}}, allow_unicode=True, sort_keys=False, width=1000)
    return "\n".join([*_remarks(draft), _marked(body, draft)])


def _remarks(draft: _Draft) -> Iterator[str]:
    yield "# A first map: read it, mend it, try it with `xinpu ingest FILE --map THIS --dry-run`."
    yield "# source: say who publishes the file; rank 1 register, 2 official list or decision, 3 other official, 4 third party."
    yield f"# Layout: {draft.layout} (`xinpu maps show {draft.layout}`)." if draft.layout else "# Layout: none of the known ones fits."
    if not draft.data.get("events") and not draft.data.get("links"):
        yield "# Rows state only what the subject is. If the file is a list, add an event Listing (`xinpu maps show list-membership`)."
    for column, why in draft.guessed.items():
        yield f"# Guessed: {column} as {draft.used[column]}: {why}."
    for column, looks in draft.left.items():
        yield f"# Left out: {column}: {looks}."


def _marked(body: str, draft: _Draft) -> str:
    """The YAML with a mark at every line that rests on a guess."""
    lines = []
    for line in body.splitlines():
        value = line.partition(": ")[2].strip("'\"")
        lines.append(f"{line}  # guessed from the values" if value in draft.guessed else line)
    return "\n".join(lines) + "\n"
