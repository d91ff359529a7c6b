"""The sample pack: real agencies, rows of government lists, and an invented family that shows every verdict."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import yaml

from graph_model.stores.graph import Graph
from ingest.maps import load_map
from ingest.run import Home, Options, Report, ingest


def load_pack(graph: Graph, home: Home) -> Iterator[tuple[str, Report]]:
    """Load the files of the pack one after another: each file's name and report."""
    folder = files("ingest").joinpath("sample")
    for entry in yaml.safe_load(folder.joinpath("pack.yml").read_text("utf-8")):
        with as_file(folder.joinpath(entry["file"])) as path:
            yield entry["file"], ingest([Path(path)], load_map(entry["map"]), graph, home, options=Options(as_of=entry["as_of"]))
