"""Layouts that are more than one table: each opens files as tables with a shape a map's parts name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from graph_model.errors import MapError
from ingest.formats.ftm import open_ftm
from ingest.formats.neo4j_admin import open_neo4j_admin
from ingest.maps import Map
from ingest.read import Opened, open_table

Shaped = Iterator[tuple[Opened, str | None]]
FORMATS: Mapping[str, Callable[[Sequence[Path], Map], Shaped]] = {"neo4j-admin": open_neo4j_admin, "ftm": open_ftm}


def open_shapes(paths: Sequence[Path], map_: Map) -> Shaped:
    """The tables in the files, each with its shape; a plain table has none."""
    if map_.format is None:
        return ((open_table(path, map_.read), None) for path in paths)
    if map_.format not in FORMATS:
        raise MapError(f"map {map_.name}: format {map_.format!r} is not known; known: {', '.join(sorted(FORMATS)) or 'none'}")
    return FORMATS[map_.format](paths, map_)
