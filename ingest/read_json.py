"""JSON and JSON Lines as rows of text: nested names joined by dots, lists of plain values by `、`.

A list that holds objects, lists, or a value with `、` in it stays JSON text, so that nothing is lost. Numbers keep
their digits. JSON Lines are read twice (names, then rows), so that all batches have the same columns.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from graph_model.errors import InputError
from ingest.encoding import find_encoding
from ingest.source import Source
from ingest.tables import ROW, Layout, ReadOptions, Tally, text_table

_ROWS = 20_000
_LIMIT = 256 << 20  # a JSON document is held in memory whole
_PLAIN = {str, type(None)}
Record = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class _Bad:
    """Why a record cannot be used."""

    code: str
    message: str


Numbered = tuple[int, str, Record | _Bad]  # row number, raw text, record or reason
Records = Callable[[], Iterator[Numbered]]


def lay_out_json(source: Source, options: ReadOptions) -> Layout:
    """The layout of a JSON document that is, or holds, a list of objects."""
    if source.size > _LIMIT:
        raise InputError(
            f"{source.path}: {source.size >> 20} MiB of JSON, the limit is {_LIMIT >> 20}; convert it to JSON Lines"
        )
    encoding = find_encoding(source, options.encoding)
    items = _find_records(source, _load(source, encoding), options.records)
    numbered = [(number, item, _record(item)) for number, item in enumerate(items, 1)]
    return _layout(
        source,
        encoding,
        lambda: (
            (n, _dump(item) if isinstance(record, _Bad) else "", record) for n, item, record in numbered
        ),
    )


def lay_out_jsonl(source: Source, options: ReadOptions) -> Layout:
    """The layout of a file with one JSON object a line; a row's number is its line."""
    encoding = find_encoding(source, options.encoding)
    return _layout(source, encoding, lambda: _lines(source, encoding))


def _layout(source: Source, encoding: str, records: Records) -> Layout:
    columns = _columns(record for _, _, record in records())
    if not columns:
        raise InputError(
            f"{source.path}: no JSON object with a name in it; expected a list of objects, or one a line"
        )
    if ROW in columns:
        raise InputError(f"{source.path}: the name {ROW!r} is kept for the row number")
    return Layout(columns, _Plan(columns, records).chunks, encoding)


def _columns(records: Iterable[Record | _Bad]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for record in records:
        if not isinstance(record, _Bad):
            names.update(dict.fromkeys(record))
    return tuple(names)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is needed to give the records as tables."""

    columns: tuple[str, ...]
    records: Records

    def chunks(self, tally: Tally) -> Iterator[pa.Table]:
        rows: list[int] = []
        values: list[list[str | None]] = []
        for number, raw, record in self.records():
            if isinstance(record, _Bad):
                tally.reject(number, record.code, record.message, raw=raw)
                continue
            rows.append(number)
            values.append([record.get(name) for name in self.columns])
            if len(rows) == _ROWS:
                yield text_table(self.columns, values, rows)
                rows, values = [], []
        yield text_table(self.columns, values, rows)


def _lines(source: Source, encoding: str) -> Iterator[Numbered]:
    with source.open() as stream, io.TextIOWrapper(stream, encoding, newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            text = line.removeprefix("\ufeff").strip() if number == 1 else line.strip()
            if text:
                yield number, text, _line_record(text)


def _line_record(text: str) -> Record | _Bad:
    try:
        return _record(_loads(text))
    except (ValueError, RecursionError) as error:
        return _Bad("bad_json", f"the line is no JSON object: {error}")


def _load(source: Source, encoding: str) -> Any:
    with source.open() as stream:
        text = stream.read().decode(encoding).removeprefix("\ufeff")
    try:
        return _loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{source.path}: this is not valid JSON: {error}") from error


def _loads(text: str) -> Any:
    return _DECODER.decode(text)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            f"the name {next(n for n in names if names.count(n) > 1)!r} stands twice in one object"
        )
    return found


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_object)


def _find_records(source: Source, document: Any, path: str | None) -> list[Any]:
    if path == ".":
        return [document]
    found = _follow(source, document, path) if path else document
    if path is None and isinstance(document, dict):
        lists = {name: value for name, value in document.items() if isinstance(value, list)}
        if len(lists) != 1:
            names = ", ".join(lists) or "none"
            raise InputError(
                f"{source.path}: one object, not a list; say where its list of records is with `records:` "
                f"(lists in it: {names}), or `records: .` when the object itself is the one record"
            )
        found = next(iter(lists.values()))
    if not isinstance(found, list):
        raise InputError(
            f"{source.path}: expected a list of objects{f' at {path!r}' if path else ''}, found {type(found).__name__}"
        )
    if not found:
        raise InputError(f"{source.path}: the list of records is empty")
    return found


def _follow(source: Source, document: Any, path: str) -> Any:
    found = document
    for step in path.split("."):
        if not isinstance(found, dict) or step not in found:
            there = ", ".join(found) if isinstance(found, dict) else type(found).__name__
            raise InputError(f"{source.path}: nothing at `records: {path}`: no {step!r} among {there}")
        found = found[step]
    return found


def _record(item: Any) -> Record | _Bad:
    if not isinstance(item, dict):
        return _Bad("not_an_object", f"expected an object with named values, found {type(item).__name__}")
    if set(map(type, item.values())) <= _PLAIN:  # most records: four times as quick
        return {name: value or None for name, value in item.items()}
    record: Record = {}
    for name, value in _flat(item, ""):
        if name in record:
            return _Bad("doubled_name", f"the name {name!r} stands twice in one record")
        record[name] = value
    return record


def _flat(item: dict[str, Any], prefix: str) -> Iterator[tuple[str, str | None]]:
    for name, value in item.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value_text(value)


def value_text(value: Any) -> str | None:
    """One JSON value as text; None for null, "" and an empty list or object."""
    if isinstance(value, str):
        return value or None
    if value is None or value == [] or value == {}:
        return None
    if isinstance(value, list) and all(
        isinstance(v, str | int | Decimal) and "、" not in str(v) for v in value
    ):
        return "、".join(v if isinstance(v, str) else _dump(v) for v in value)
    return _dump(value)


def _dump(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False, default=float)
