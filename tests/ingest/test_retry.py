"""Rows in quarantine tried again once the map is mended."""

from pathlib import Path

import pytest

from graph_model.errors import MapError, UnknownEntity
from graph_model.stores.graph import Graph
from ingest.retry import retry
from ingest.run import Home
from tests.ingest.conftest import LISTS, Ingest
from tests.ingest.test_run import LIST_HEAD, LISTED, OTHER, open_claims

UNKNOWN = OTHER.replace("失信被执行人", "旧名单")


def test_rows_are_loaded_with_a_mended_map_and_keep_their_place(graph: Graph, put: Ingest, home: Home, tmp_path: Path) -> None:
    put([LIST_HEAD, LISTED, UNKNOWN], LISTS, as_of="2024-01-01")
    mended = tmp_path / "mended.yml"
    mended.write_text(LISTS.replace("list: 名单", "list: {column: 名单, lookup: {旧名单: 失信被执行人}}"), "utf-8")
    found = retry(graph, home, map=str(mended))
    assert (found["tried"], found["solved"], found["still_waiting"]) == (1, 1, 0)
    claims = {c["number"]: c for c in open_claims(graph)}
    assert claims["文2"]["row"] == 3 and claims["文2"]["as_of"] == "2024-01-01"
    assert "unknown_since" not in claims["文1"], "a retry is no new edition"
    assert home.quarantine.rows() == [] and len(home.quarantine.rows(solved=True)) == 1


def test_rows_that_fail_again_go_on_waiting(put: Ingest, graph: Graph, home: Home, tmp_path: Path) -> None:
    put([LIST_HEAD, LISTED, UNKNOWN], LISTS)
    same = tmp_path / "same.yml"
    same.write_text(LISTS, "utf-8")
    found = retry(graph, home, map=str(same))
    assert (found["solved"], found["still_waiting"]) == (0, 1)
    assert len(home.quarantine.rows()) == 1


def test_a_map_of_the_users_own_must_be_named(put: Ingest, graph: Graph, home: Home) -> None:
    put([LIST_HEAD, LISTED, UNKNOWN], LISTS)
    with pytest.raises(MapError, match="--map"):
        retry(graph, home)
    with pytest.raises(UnknownEntity, match="no row 99"):
        retry(graph, home, ids=[99])
