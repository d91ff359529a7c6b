"""The bulk way into Neo4j: exported, imported offline into a real server, and the same graph as where it came from."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph_model.stores import neo4j_local, open_graph
from graph_model.stores.graph import Graph
from queries import admin_csv
from queries.admin_csv import export_admin_csv
from tests.graph_model.small_graph import SOURCE, load, nodes
from tests.graph_model.test_stores import everything
from tests.neo4j_server import missing, skip

HARD = 'a "quoted" word,\r\nthe second line\n\n\\"backslash\\'


@pytest.fixture
def hard_graph(ladybug_graph: Graph, tmp_path: Path) -> Graph:
    """The small graph, and a record with every text that a CSV can spoil."""
    load(ladybug_graph, tmp_path / "facts")
    record = {"id": "r-hard", "name": HARD, "remark": "", "scope": " , ; ", "kind": "'", "website": "null", "state_holder": True}
    with ladybug_graph.writing() as writer:
        writer.add_nodes("Record", nodes(tmp_path, "Record", [record], run=writer.run))
        writer.close_nodes("Listing", ["l-1"])
        writer.publish({"source": SOURCE, "complete": False})
    return ladybug_graph


@pytest.fixture
def server_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for a server of our own, ended afterwards."""
    if reason := missing():
        skip(reason)
    yield tmp_path / "server"
    neo4j_local.stop(tmp_path / "server")


@pytest.mark.neo4j
def test_an_offline_import_gives_the_same_graph(hard_graph: Graph, server_folder: Path, tmp_path: Path) -> None:
    with hard_graph.reading() as reader:
        arguments = export_admin_csv(reader, tmp_path / "csv of all")
    neo4j_local.import_csv(server_folder, arguments)
    started = neo4j_local.start(server_folder, heap="512m", pagecache="64m")
    with closing(open_graph(started.server.bolt, password=started.password)) as imported:
        assert imported.create() is True, "constraints and indexes are added"
        assert imported.create() is False
        assert everything(imported) == everything(hard_graph)
        with imported.writing() as writer:
            assert (writer.run, writer.fresh) == (3, False)
        with imported.reading() as reader:
            assert reader.rows("MATCH (r:Record {id: 'r-hard'}) RETURN r.name AS name") == [{"name": HARD}]


def contents(arguments: list[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file the arguments name."""
    for argument in arguments:
        option, _, path = argument.partition("=")
        if option in ("--nodes", "--relationships"):
            yield Path(path).name, Path(path).read_bytes()


@pytest.mark.neo4j
def test_both_stores_export_the_same_files(ladybug_graph: Graph, neo4j_graph: Graph, tmp_path: Path) -> None:
    files = []
    for graph in (ladybug_graph, neo4j_graph):
        load(graph, tmp_path / "facts")
        with graph.reading() as reader:
            found = dict(contents(export_admin_csv(reader, tmp_path / graph.dialect.name)))
        assert found.pop("Run.csv").count(b"run-0000000") == 2  # instants differ
        files.append(found)
    assert files[0] == files[1]


def test_files_are_typed_and_empty_ones_left_out(hard_graph: Graph, tmp_path: Path) -> None:
    with hard_graph.reading() as reader:
        arguments = export_admin_csv(reader, tmp_path / "csv")
    files = dict(contents(arguments))
    assert files["Person.csv"].startswith(b"id:ID(Person),caption,name_key,anchor,id_masked,:LABEL\n")
    assert files["Listing-ON_LIST-List.csv"].startswith(b":START_ID(Listing),:END_ID(List),claim_id,source,document,row:long,")
    assert b"known_from:long,known_to:long,:TYPE" in files["Listing-ON_LIST-List.csv"]
    assert b'"p-2","\xe6\x9d\x8e\xe7\xa4\xba\xe4\xbe\x8b",,"e-2",,"Person"' in files["Person.csv"]
    assert "Penalty.csv" not in files and not (tmp_path / "csv" / "Penalty.csv").exists()
    listed = (tmp_path / "csv" / "arguments.txt").read_text(encoding="utf-8").splitlines()
    assert listed == arguments


def test_pages_add_up_to_the_whole(hard_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hard_graph.reading() as reader:
        whole = dict(contents(export_admin_csv(reader, tmp_path / "whole")))
        monkeypatch.setattr(admin_csv, "PAGE", 2)
        assert dict(contents(export_admin_csv(reader, tmp_path / "paged"))) == whole
