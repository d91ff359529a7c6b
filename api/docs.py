"""The generated blocks of the README: written by `make docs`, held against the code by `make check`.

A block stands between `<!-- generated: NAME -->` and `<!-- end -->`; everything else is written by hand.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from api.settings import describe_settings
from api.verbs import describe_verbs
from graph_model import describe
from ingest.maps import load_map, map_names
from queries.catalogue import CATALOGUE

README = Path(__file__).resolve().parents[1] / "README.md"
_BLOCK = re.compile(r"<!-- generated: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def maps_table() -> str:
    """The layouts that come with the product."""
    lines = ["| map | layout |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| `{name}` | {load_map(name).title} |" for name in map_names())])


def questions_table() -> str:
    """The questions of the catalogue an investigator asks by name."""
    lines = ["| question | parameters | what it answers |", "| --- | --- | --- |"]
    for query in CATALOGUE.values():
        lines.append(f"| `{query.name}` | {', '.join(f'`{p}`' for p in query.parameters) or '–'} | {query.question} |")
    return "\n".join(lines)


BLOCKS: Mapping[str, Callable[[], str]] = {
    "verbs": describe_verbs,
    "settings": describe_settings,
    "nodes": describe.nodes_table,
    "relationships": describe.relationships_table,
    "claims": describe.claims_table,
    "lists": describe.lists_table,
    "picture": describe.mermaid,
    "maps": maps_table,
    "questions": questions_table,
}


def filled(text: str) -> str:
    """The text with every block as the code has it now. Raises `KeyError` on an unknown block."""
    return _BLOCK.sub(lambda m: f"<!-- generated: {m[1]} -->\n{BLOCKS[m[1]]()}\n<!-- end -->", text)


def main(arguments: list[str] | None = None) -> int:
    """Write the README's blocks, or with --check say whether they are as the code has them."""
    given = sys.argv[1:] if arguments is None else arguments
    old = README.read_text("utf-8")
    new = filled(old)
    if "--check" in given:
        if old != new:
            sys.stderr.write("README.md is behind the code; run `make docs`\n")
        return int(old != new)
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
