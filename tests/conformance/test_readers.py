"""Readers ask while another process publishes runs: no error, never half a load, on both stores."""

from pathlib import Path

import pytest

from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from tests.bench.readers import watch


def test_readers_see_whole_loads(graph: Graph, store: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if store == "neo4j":
        monkeypatch.setenv("XINPU_NEO4J_PASSWORD", request.getfixturevalue("neo4j_server")[2])
    seen = watch(lambda: open_graph(graph.url), graph, tmp_path / "home", editions=2, rows=150)
    assert seen.good, (seen.errors[:2], seen.halves)
    assert seen.questions and len(seen.runs) > 1, "the readers saw more than one edition"
