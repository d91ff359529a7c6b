"""Export: every format carries claims, sources, dates, clocks and coverage; the script makes the same graph again."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from graph_model.errors import UsageError
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph, Reader
from queries.answers.neighbourhood import NeighbourhoodAnswer, neighbourhood
from queries.export import export, render, write
from tests.factory import Facts
from tests.queries.sample import Sample, publish_sample

UGLY = "=cmd|'/c calc'!A1\\\n\"引号'\t—\x0b"


@pytest.fixture
def sample(graph: Graph) -> Sample:
    return publish_sample(graph)


def _around(graph: Graph, id_: str, **given: Any) -> NeighbourhoodAnswer:
    with graph.reading() as reader:
        return neighbourhood(reader, id_, **given)


@pytest.fixture
def ugly(ladybug_graph: Graph) -> NeighbourhoodAnswer:
    facts = Facts()
    firm = facts.enterprise("怪名示例有限公司", address=UGLY, capital="-5")
    facts.role(facts.person("甲示例", firm), "DIRECTOR_OF", firm, "2020-01-01", post=UGLY)
    facts.publish(ladybug_graph, "2021-01-01T00:00:00+00:00")
    return _around(ladybug_graph, firm)


def test_hops_are_counted_and_same_as_costs_none(graph: Graph, sample: Sample) -> None:
    found = _around(graph, sample.alpha, hops=2)
    hops = {n.id: n.hop for n in found.nodes if n.label in ("Enterprise", "Person", "Authority")}
    assert hops == {sample.alpha: 0, sample.alpha_named: 0, sample.beta: 1, sample.zhang: 1, sample.state: 2}
    alone = _around(graph, sample.alpha, hops=0, identity="confirmed")
    assert {n.id for n in alone.nodes if n.label == "Enterprise"} == {sample.alpha}


def test_edges_are_claims_with_source_and_dates(graph: Graph, sample: Sample) -> None:
    found = _around(graph, sample.alpha, hops=1)
    shares = {(e.from_, e.to, e.source, e.source_name, e.valid_from, e.values["percent"]) for e in found.edges if e.type == "SHAREHOLDER_OF"}
    assert shares == {
        (sample.beta, sample.alpha, "src-register", "企业登记（示例）", "2015-01-01", "65"),
        (sample.beta, sample.alpha, "src-third", "第三方数据（示例）", "2015-01-01", "55"),
    }
    assert {"SUBJECT_OF", "ON_LIST", "DESCRIBES", "SAME_AS"} <= {e.type for e in found.edges}


def test_at_a_day_and_as_known(graph: Graph, sample: Sample) -> None:
    ended = {e.type for e in _around(graph, sample.zhang, hops=1, at="2021-06-01").edges}
    assert "LEGAL_REPRESENTATIVE_OF" in ended and "DIRECTOR_OF" not in ended
    before = _around(graph, sample.alpha, hops=1, known_at="2021-01-31")
    assert {e.values["percent"] for e in before.edges if e.type == "SHAREHOLDER_OF"} == {"60", "55"}


def test_a_limit_is_told(graph: Graph, sample: Sample) -> None:
    found = _around(graph, sample.alpha, hops=2, limit=3)
    assert found.coverage.truncated and found.coverage.hops == 0
    assert found.coverage.cut[0].startswith("hop 1: 1 of 2 nodes left out")
    with pytest.raises(UsageError):
        _around(graph, sample.alpha, hops=9)


def test_two_exports_are_the_same_bytes(graph: Graph, sample: Sample) -> None:
    for format in ("graphml", "gexf", "json", "csv", "cypher"):
        first, second = (export(graph, sample.alpha, format=format, at="2021-06-01") for _ in range(2))
        assert first == second
    with pytest.raises(UsageError):
        export(graph, sample.alpha, format="xls")  # type: ignore[arg-type]


def test_graphml_and_gexf_are_read_by_networkx(ugly: NeighbourhoodAnswer) -> None:
    graphml, gexf = (render(ugly, format) for format in ("graphml", "gexf"))
    assert isinstance(graphml, str) and isinstance(gexf, str)
    for graph in (nx.read_graphml(io.BytesIO(graphml.encode()), force_multigraph=True), nx.read_gexf(io.BytesIO(gexf.encode()))):
        assert set(graph.nodes) == {n.id for n in ugly.nodes}
        assert {values["claim"] for _, _, values in graph.edges(data=True)} == {e.claim for e in ugly.edges}
        assert all(values["source"] and values["known_from"] == 1 for _, _, values in graph.edges(data=True))
    assert json.loads(nx.parse_graphml(graphml).graph["coverage"])["hops"] == 2
    description = ElementTree.fromstring(gexf).find(".//{*}description")
    assert description is not None and description.text is not None
    assert json.loads(description.text)["clocks"]["known_run"] == 1


def test_json_is_cytoscape_elements(ugly: NeighbourhoodAnswer) -> None:
    data = json.loads(render(ugly, "json"))
    nodes = {n["data"]["id"] for n in data["elements"]["nodes"]}
    edges = [e["data"] for e in data["elements"]["edges"]]
    assert all({e["source"], e["target"]} <= nodes and e["claim_source"] == "src-register" for e in edges)
    assert {e["post"] for e in edges if e["type"] == "DIRECTOR_OF"} == {UGLY}
    assert data["clocks"]["known_run"] == 1 and data["coverage"]["truncated"] is False


def test_csv_is_safe_in_a_spreadsheet(ugly: NeighbourhoodAnswer, tmp_path: Path) -> None:
    packed = render(ugly, "csv")
    assert isinstance(packed, bytes)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["nodes.csv", "edges.csv", "about.json"]
        edges = _read(archive.read("edges.csv"))
        nodes = _read(archive.read("nodes.csv"))
    assert {e["post"] for e in edges if e["type"] == "DIRECTOR_OF"} == {f"'{UGLY}"}
    assert {n["capital"] for n in nodes if n["label"] == "Record"} == {"'-5"}
    write(ugly, "csv", tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"nodes.csv", "edges.csv", "about.json"}
    write(ugly, "csv", tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_bytes() == packed


def _read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _everything(reader: Reader) -> tuple[set[str], set[str]]:
    nodes = reader.rows("MATCH (n:{{types(subjects)}}|{{types(events)}}|Record) RETURN n AS node")
    rels = reader.rows("MATCH (a)-[r]->(b) RETURN r AS claim, a.id AS a, b.id AS b")
    return {json.dumps(n, sort_keys=True) for n in nodes}, {json.dumps(r, sort_keys=True) for r in rels}


def _written_again(found: NeighbourhoodAnswer, folder: Path) -> tuple[set[str], set[str]]:
    import ladybug

    script = render(found, "cypher")
    assert isinstance(script, str)
    graph = open_graph(str(folder / "again"))
    graph.create()
    graph.close()
    database = ladybug.Database(str(folder / "again" / "graph.lbdb"))
    connection = ladybug.Connection(database)
    for _ in range(2):  # run again, it changes nothing
        for line in script.splitlines()[1:]:
            connection.execute(line)
    connection.close()
    database.close()
    with open_graph(str(folder / "again")).reading() as reader:
        return _everything(reader)


def test_the_script_makes_the_same_graph(ugly: NeighbourhoodAnswer, ladybug_graph: Graph, tmp_path: Path) -> None:
    with ladybug_graph.reading() as reader:
        assert _written_again(ugly, tmp_path) == _everything(reader)


def test_the_script_runs_on_neo4j(ugly: NeighbourhoodAnswer, ladybug_graph: Graph, neo4j_graph: Graph, neo4j_server: tuple[str, str, str]) -> None:
    from neo4j import GraphDatabase

    uri, user, password = neo4j_server
    script = render(ugly, "cypher")
    assert isinstance(script, str)
    with GraphDatabase.driver(uri, auth=(user, password)) as driver, driver.session() as session:
        for line in script.splitlines()[1:]:
            session.run(line).consume()
    with ladybug_graph.reading() as left, neo4j_graph.reading() as right:
        assert _everything(left) == _everything(right)
