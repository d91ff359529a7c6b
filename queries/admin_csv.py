"""The whole graph as neo4j-admin CSV: the bulk way into an empty Neo4j.

`neo4j-admin database import full` reads these files while the server is stopped; `Neo4jGraph.create()` then adds
constraints and indexes, and the graph is the same one, Run nodes included. Text is always quoted and a null never
is, so that an empty text and no text stay apart.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from graph_model.model import MODEL
from graph_model.schema import STILL_KNOWN, NodeType, Property, RelType
from graph_model.stores.graph import Reader

PAGE = 100_000
ARGUMENTS_FILE = "arguments.txt"
# Quotes inside are doubled; text may hold line breaks; an empty text is a value; every end must be there.
FIXED_ARGUMENTS = (
    "--multiline-fields=true",
    "--legacy-style-quoting=false",
    "--ignore-empty-strings=false",
    "--trim-strings=false",
    "--skip-bad-relationships=false",
    "--skip-duplicate-nodes=false",
)
_SUFFIX = {"STRING": "", "INT64": ":long", "BOOL": ":boolean"}


def export_admin_csv(reader: Reader, folder: Path) -> list[str]:
    """Write one file a label and one a relationship type and pair of ends; the arguments of `database import full`.

    Only what the reader's run knows is written. The arguments are also put, one a line, into `arguments.txt`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    arguments = list(FIXED_ARGUMENTS)
    for node in MODEL.nodes:
        path = folder / f"{node.label}.csv"
        if _write(path, _node_header(node), _pages(reader, *_node_question(node))):
            arguments.append(f"--nodes={path}")
    for rel in MODEL.rels:
        for source, target in rel.ends:
            path = folder / f"{source}-{rel.type}-{target}.csv"
            if _write(path, _rel_header(rel, source, target), _pages(reader, *_rel_question(rel, source, target))):
                arguments.append(f"--relationships={path}")
    (folder / ARGUMENTS_FILE).write_text("".join(f"{_quoted(a)}\n" for a in arguments), encoding="utf-8")
    return arguments


def _node_header(node: NodeType) -> list[str]:
    return [f"id:ID({node.label})", *(_typed(p) for p in node.columns[1:]), ":LABEL"]


def _rel_header(rel: RelType, source: str, target: str) -> list[str]:
    return [f":START_ID({source})", f":END_ID({target})", *(_typed(p) for p in rel.columns), ":TYPE"]


def _typed(p: Property) -> str:
    return p.name + _SUFFIX[p.column]


def _node_question(node: NodeType) -> tuple[str, str]:
    """The text of one page, and the column that pages are cut by."""
    known = " AND x.known_from <= $run" if node.bears_claim else " AND x.seq <= $run" if node.label == "Run" else ""
    columns = ", ".join(map(_column, node.columns))
    return (
        f"MATCH (x:{node.label}) WHERE x.id > $after{known} "
        f"RETURN {columns}, '{node.label}' AS label_ ORDER BY x.id LIMIT {PAGE}"
    ), "id"


def _rel_question(rel: RelType, source: str, target: str) -> tuple[str, str]:
    columns = ", ".join(map(_column, rel.columns))
    return (
        f"MATCH (a:{source})-[x:{rel.type}]->(b:{target}) WHERE x.claim_id > $after AND x.known_from <= $run "
        f"RETURN a.id AS start_, b.id AS end_, {columns}, '{rel.type}' AS type_ ORDER BY x.claim_id LIMIT {PAGE}"
    ), "claim_id"


def _column(p: Property) -> str:
    """A property as this run knows it: a later run's closing is not seen."""
    if p.name == "known_to":
        return f"CASE WHEN x.known_to > $run THEN {STILL_KNOWN} ELSE x.known_to END AS known_to"
    return f"x.{p.name} AS {p.name}"


def _pages(reader: Reader, question: str, key: str) -> Iterator[pa.Table]:
    """The rows in order of their key, one page in memory at a time."""
    after = ""
    while True:
        page = reader.table(question, {"after": after})
        if page.num_rows:
            yield page
            after = page[key][-1].as_py()
        if page.num_rows < PAGE:
            return


def _write(path: Path, header: list[str], pages: Iterator[pa.Table]) -> bool:
    """Write the file, if there is a row; whether there was."""
    first = next(pages, None)
    if first is None:
        path.unlink(missing_ok=True)
        return False
    options = pa_csv.WriteOptions(include_header=False, quoting_style="needed")
    with path.open("wb") as file:
        file.write((",".join(header) + "\n").encode())
        with pa_csv.CSVWriter(file, first.schema, write_options=options) as writer:
            writer.write_table(first)
            for page in pages:
                writer.write_table(page.cast(first.schema))
    return True


def _quoted(argument: str) -> str:
    """An argument as a line of a file that `neo4j-admin @FILE` reads: quoted where it holds a space."""
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if " " in argument else escaped
