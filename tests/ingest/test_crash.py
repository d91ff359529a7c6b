"""Killed runs and full disks: nothing lost, nothing doubled, nothing seen in half. `make show` does fifty."""

from pathlib import Path

import pytest

from graph_model.stores.graph import Graph
from tests.bench.kills import full_disk, kill_many


def test_killed_runs_lose_and_double_nothing(graph: Graph, store: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if store == "neo4j":
        monkeypatch.setenv("XINPU_NEO4J_PASSWORD", request.getfixturevalue("neo4j_server")[2])
    outcome = kill_many(graph, tmp_path / "home", kills=2, rows=200, seed=7)
    assert outcome.good, outcome
    assert outcome.killed == 2


def test_a_full_disk_leaves_the_old_graph_whole(tmp_path: Path) -> None:
    found = full_disk(tmp_path / "disk", rows=200, room_kib=(0, 1024))
    if "skipped" in found:
        pytest.skip(found["skipped"])
    assert found["good"], found
    assert any("disk" in m or "space" in m for m in found["messages"]), found


