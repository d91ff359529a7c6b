"""A subject's neighbourhood as a file for other tools: GraphML, GEXF, JSON, CSV (zipped) or a Cypher script.

Every edge carries its claim id, source and dates; every file says its clocks and its coverage.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from graph_model.errors import UsageError
from graph_model.schema import STILL_KNOWN
from graph_model.stores.graph import Graph
from queries.answers.answer import Grade, as_data
from queries.answers.neighbourhood import NeighbourhoodAnswer, neighbourhood

Format = Literal["graphml", "gexf", "json", "csv", "cypher"]
# A spreadsheet reads a cell that starts so as a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same answer makes the same zip
_NODE_COLUMNS = ("id", "label", "caption", "hop")
_EDGE_COLUMNS = (
    "claim", "type", "term", "from", "to", "source", "source_name", "document", "row", "status",
    "valid_from", "valid_to", "as_of", "unknown_since", "known_from",
)  # fmt: skip


def export(
    graph: Graph, id: str, *, hops: int = 2, format: Format = "json", at: str | None = None, known_at: str | None = None,
    identity: Grade = "anchored", limit: int = 2_000,
) -> str | bytes:  # fmt: skip
    """The neighbourhood as one file: text, and for csv the bytes of a zip with nodes.csv, edges.csv and about.json."""
    with graph.reading() as reader:
        found = neighbourhood(reader, id, hops=hops, at=at, known_at=known_at, identity=identity, limit=limit)
    return render(found, format)


def render(found: NeighbourhoodAnswer, format: Format) -> str | bytes:
    """The answer in one of the formats. Raises `UsageError` on another one."""
    if format not in RENDERERS:
        raise UsageError(f"format {format!r}: expected one of {', '.join(RENDERERS)}")
    return RENDERERS[format](found)


def write(found: NeighbourhoodAnswer, format: Format, path: Path) -> None:
    """The same into a file; csv into a folder unless the path ends in .zip."""
    if format == "csv" and path.suffix != ".zip":
        path.mkdir(parents=True, exist_ok=True)
        for name, text in _csv_files(found):
            (path / name).write_bytes(text.encode("utf-8"))
        return
    made = render(found, format)
    path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))


def about(found: NeighbourhoodAnswer) -> dict[str, Any]:
    """What every file says of itself: question, subject, clocks, coverage."""
    data = as_data(found)
    return {name: data[name] for name in ("question", "subject", "clocks", "coverage")}


def _graphml(found: NeighbourhoodAnswer) -> str:
    from queries.frames import graphml_text  # networkx takes half a second to import

    return graphml_text(found)


def _gexf(found: NeighbourhoodAnswer) -> str:
    from queries.frames import gexf_text

    return gexf_text(found)


# --- json -------------------------------------------------------------------------------------------


def _json(found: NeighbourhoodAnswer) -> str:
    """Cytoscape's elements: an edge's ends are `source` and `target`, so the claim's source is `claim_source`."""
    data = as_data(found)
    nodes = [{"data": {**node.pop("values"), **node}} for node in data["nodes"]]
    edges = [{"data": _cytoscape(edge)} for edge in data["edges"]]
    return json.dumps({**about(found), "elements": {"nodes": nodes, "edges": edges}}, ensure_ascii=False, indent=1) + "\n"


def _cytoscape(edge: dict[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in edge.items() if k not in ("values", "from", "to", "source")}
    ends = {"id": edge["claim"], "source": edge["from"], "target": edge["to"], "claim_source": edge["source"]}
    return {**edge["values"], **own, **ends}


# --- csv --------------------------------------------------------------------------------------------


def _csv(found: NeighbourhoodAnswer) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _csv_files(found):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _csv_files(found: NeighbourhoodAnswer) -> Iterator[tuple[str, str]]:
    data = as_data(found)
    yield "nodes.csv", _table(_NODE_COLUMNS, data["nodes"])
    yield "edges.csv", _table(_EDGE_COLUMNS, data["edges"])
    yield "about.json", json.dumps(about(found), ensure_ascii=False, indent=1) + "\n"


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows with the columns named and one for every other property, behind a byte order mark for spreadsheets."""
    rows = [{**row["values"], **{k: row[k] for k in columns}} for row in rows]
    names = [*columns, *sorted({name for row in rows for name in row} - set(columns))]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return "\ufeff" + stream.getvalue()


def _cell(value: Any) -> Any:
    """The value; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


# --- cypher -----------------------------------------------------------------------------------------


_NODE_LINE = "MERGE (n:{} {{id: {}}}){};"
_EDGE_LINE = "MATCH (a:{} {{id: {}}}) MATCH (b:{} {{id: {}}}) MERGE (a)-[r:{} {{claim_id: {}}}]->(b){};"


def _cypher(found: NeighbourhoodAnswer) -> str:
    """One statement a line; run again it changes nothing. Both stores read it."""
    lines = ["// " + json.dumps(about(found), ensure_ascii=False)]
    for node in found.nodes:
        told = _set("n", _with_caption(node.label, node.caption, node.values))
        lines.append(_NODE_LINE.format(node.label, _literal(node.id), told))
    labels = {node.id: node.label for node in found.nodes}
    for edge in found.edges:
        ends = (labels[edge.from_], _literal(edge.from_), labels[edge.to], _literal(edge.to))
        said = {name: getattr(edge, name) for name in _EDGE_COLUMNS[5:] if name != "source_name"}
        told = _set("r", {**edge.values, **said, "known_to": STILL_KNOWN})
        lines.append(_EDGE_LINE.format(*ends, edge.type, _literal(edge.claim), told))
    return "\n".join(lines) + "\n"


def _with_caption(label: str, caption: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A subject's caption as of the clocks; other labels have none."""
    return {**values, "caption": caption} if "caption" in values or label in ("Enterprise", "Person", "Authority") else values


def _set(name: str, values: Mapping[str, Any]) -> str:
    told = [f"{name}.{key} = {_literal(value)}" for key, value in values.items() if value is not None]
    return f" SET {', '.join(told)}" if told else ""


# Anything that some reader takes for the end of a line is written as an escape.
_ENDS = (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029)
_ESCAPES = {code: f"\\u{code:04X}" for code in _ENDS} | {ord("\\"): "\\\\", ord("'"): "\\'"}


def _literal(value: Any) -> str:
    """A value as Cypher writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f"'{str(value).translate(_ESCAPES)}'"


RENDERERS: Mapping[str, Callable[[NeighbourhoodAnswer], str | bytes]] = MappingProxyType(
    {"graphml": _graphml, "gexf": _gexf, "json": _json, "csv": _csv, "cypher": _cypher}
)
