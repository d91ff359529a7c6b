"""Broken files through the whole of ingest: each with a clear message and exit code 1, nothing half loaded."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_model.errors import InputError
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from ingest.maps import load_map
from ingest.run import Home, ingest
from tests.ingest.broken import BROKEN, ODD, Broken, Odd


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Graph, Home, Path]]:
    """One graph that every broken file is held against: none may change it."""
    folder = tmp_path_factory.mktemp("kept")
    graph = open_graph(str(folder / "graph"))
    graph.create()
    yield graph, Home(folder / "home"), folder / "graph" / "graph.lbdb"
    graph.close()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.name)
def test_a_broken_file_is_refused_whole(broken: Broken, kept: tuple[Graph, Home, Path], tmp_path: Path) -> None:
    graph, home, file = kept
    before = file.stat()
    with pytest.raises(InputError) as error:
        ingest([broken.write(tmp_path)], replace(load_map("company-register"), read=broken.options), graph, home)
    assert broken.name in str(error.value)
    assert error.value.exit_code == 1
    after = file.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns), "the graph is the same file"
    assert home.quarantine.rows() == []


@pytest.mark.parametrize("odd", [o for o in ODD if o.good and o.name.startswith(("plain", "bom", "gb18030", "utf16"))], ids=lambda o: o.name)
def test_an_odd_file_is_read_and_its_rows_add_up(odd: Odd, tmp_path: Path) -> None:
    graph, home = open_graph(str(tmp_path / "graph")), Home(tmp_path / "home")
    graph.create()
    report = ingest([odd.write(tmp_path)], load_map("company-register"), graph, home)
    assert report.rows["read"] == sum(report.rows[k] for k in ("loaded", "unchanged", "quarantined")) == odd.good + len(odd.bad)
    dates = {r.value: r.code for r in home.quarantine.rows()}
    assert dates == {"五百万元整": "money"}, "dates 2017年6月5日, 20170605 and 42891 are read; an amount in words is not guessed at"
    graph.close()


def test_there_are_at_least_thirty() -> None:
    assert len(BROKEN) >= 30
