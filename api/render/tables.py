"""Plain tables: any rows, any nested data, text never read as markup."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_INDENT = (0, 0, 0, 2)


def text(value: Any) -> Text:
    """A value as a person reads it."""
    if value is None or value == "":
        return Text("–", style="dim")
    if isinstance(value, bool):
        return Text("是 yes" if value else "否 no")
    if isinstance(value, Mapping):
        return Text(", ".join(f"{k} {_flat(v)}" for k, v in value.items() if v not in (None, "")))
    if isinstance(value, list | tuple):
        return Text("、".join(_flat(item) for item in value))
    return Text(f"{value:,}" if isinstance(value, int) else str(value))


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping | list | tuple) else str(value)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, fold: bool = True) -> Table:
    """Rows under headings."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold" if fold else "ellipsis")
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else text(cell) for cell in row))
    return made


def pairs(values: Iterable[tuple[str, Any]]) -> Table:
    """Names and values, aligned."""
    made = Table.grid(padding=(0, 2))
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in values:
        made.add_row(Text(name), value if isinstance(value, Text) else text(value))
    return made


def heading(zh: str, en: str) -> Text:
    """A section's title."""
    return Text.assemble("\n", (zh, "bold"), " ", (en, "dim"))


def indented(part: RenderableType) -> Padding:
    """A part set in."""
    return Padding(part, _INDENT)


def plain_parts(data: Any) -> Iterator[RenderableType]:
    """Any JSON data: scalars as pairs, rows as tables, the rest below its name."""
    if isinstance(data, Mapping):
        yield from _mapping(data)
    elif isinstance(data, list) and data and all(isinstance(row, Mapping) for row in data):
        yield _rows(data)
        yield Text(f"{len(data):,} 行 rows", style="dim")
    elif isinstance(data, list):
        yield Text("没有 nothing", style="dim") if not data else Group(*(text(item) for item in data))
    else:
        yield text(data)


def _mapping(data: Mapping[str, Any]) -> Iterator[RenderableType]:
    simple = {key: value for key, value in data.items() if not _nested(value)}
    if simple:
        yield pairs(simple.items())
    for key, value in data.items():
        if key not in simple and value:
            yield Text(f"\n{key}", style="bold")
            yield from (indented(part) for part in plain_parts(value))


def _nested(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(item, Mapping) for item in value))


def _rows(rows: Sequence[Mapping[str, Any]]) -> Table:
    """The columns that say something in at least one row."""
    names = list(dict.fromkeys(name for row in rows for name, value in row.items() if value not in (None, "", [])))
    return table(names, ([row.get(name) for name in names] for row in rows))


def catalogue_parts(data: Any) -> Iterator[RenderableType]:
    """The catalogue; one question with its parameters and text."""
    if len(data) != 1 or "cypher" not in data[0]:
        yield table(["名称 name", "标题 title", "问题 question", "参数 parameters"], ([q["name"], q["title"], q["question"], [p["name"] for p in q["parameters"]]] for q in data))  # fmt: skip
        return
    query = data[0]
    yield Text.assemble((query["title"], "bold"), f"\n{query['question']}")
    if query["parameters"]:
        yield table(["参数 parameter", "种类 kind", "说明 description", "缺省 default", "例 sample"], ([p["name"], p["kind"], p["description"], p["default"], p["sample"]] for p in query["parameters"]))  # fmt: skip
    yield Text(f"列 columns: {', '.join(query['columns'])}\n", style="dim")
    yield Text(query["cypher"])


def nothing(_: Any) -> Iterator[RenderableType]:
    """Nothing: the verb has said what it had to say while it ran."""
    yield from ()
