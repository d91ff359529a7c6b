"""Stores: one protocol, LadybugDB and Neo4j behind it."""

from pathlib import Path
from urllib.parse import urlsplit

from graph_model.errors import UsageError
from graph_model.stores.graph import Graph


def open_graph(url: str, *, password: str | None = None) -> Graph:
    """The graph at `url`: `ladybug://FOLDER` (or a bare folder), `neo4j://user@host:port` or `bolt://…`. Nothing is opened yet."""
    parts = urlsplit(url)
    if parts.scheme in ("", "ladybug"):
        from graph_model.stores.ladybug import LadybugGraph

        return LadybugGraph(Path(url.removeprefix("ladybug://")))
    if parts.scheme.partition("+")[0] in ("neo4j", "bolt"):
        from graph_model.stores.neo4j import Neo4jGraph

        return Neo4jGraph(url, password=password)
    raise UsageError(f"{url!r}: unknown kind of graph; expected ladybug://FOLDER or neo4j://HOST:PORT")
