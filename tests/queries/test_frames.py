"""Results as pandas, networkx and py2neo."""

import sys
import warnings

import pytest

from graph_model.errors import UsageError
from graph_model.stores.graph import Graph
from queries.answers.linked import linked
from queries.answers.neighbourhood import neighbourhood
from queries.answers.path import path
from queries.answers.profile import show
from queries.answers.search import search
from queries.catalogue.enterprises import SHAREHOLDERS_OF
from queries.frames import to_networkx, to_pandas, to_py2neo
from queries.query import run
from tests.queries.sample import BLACK, DAY, Sample, publish_sample


@pytest.fixture
def sample(ladybug_graph: Graph) -> Sample:
    return publish_sample(ladybug_graph)


def test_rows_of_a_question(ladybug_graph: Graph, sample: Sample) -> None:
    with ladybug_graph.reading() as reader:
        frame = to_pandas(run(reader, SHAREHOLDERS_OF, ids=[sample.alpha], at=DAY))
    assert sorted(frame["percent"]) == ["55", "65"]
    assert list(frame.columns)[:2] == ["subject", "id"]
    assert to_pandas([]).empty
    assert list(to_pandas([{"a": 1}])["a"]) == [1]
    with pytest.raises(UsageError):
        to_pandas([1])


def test_frames_of_answers(ladybug_graph: Graph, sample: Sample) -> None:
    with ladybug_graph.reading() as reader:
        shown, found = to_pandas(show(reader, sample.alpha, at=DAY)), to_pandas(search(reader, "示例"))
        told, ways = to_pandas(linked(reader, sample.alpha, at=DAY)), to_pandas(path(reader, sample.zhang, sample.beta, at=DAY))
        around = to_pandas(neighbourhood(reader, sample.alpha))
    assert set(shown["section"]) >= {"records", "persons", "shareholders", "listings", "penalties", "identity"}
    assert set(found["id"]) >= {sample.alpha, sample.zhang}
    assert BLACK in set(told[told["verdict"] == "listed"]["list"])
    assert len(ways) == 2 and set(ways["relation"]) == {"LEGAL_REPRESENTATIVE_OF", "SHAREHOLDER_OF"}
    assert set(around["type"]) >= {"SHAREHOLDER_OF", "SUBJECT_OF"}


def test_graphs_of_answers(ladybug_graph: Graph, sample: Sample) -> None:
    with ladybug_graph.reading() as reader:
        around = to_networkx(neighbourhood(reader, sample.alpha, hops=1))
        ways = to_networkx(path(reader, sample.zhang, sample.beta, at=DAY))
        shown = to_networkx(show(reader, sample.zhang, at=DAY))
        near = to_networkx(linked(reader, sample.zhang, at=DAY))
        with pytest.raises(UsageError):
            to_networkx(search(reader, "示例"))
    assert around.graph["clocks"]["known_run"] == 2
    assert around.nodes[sample.alpha]["caption"] == "示例甲建设有限公司"
    shares = around.get_edge_data(sample.beta, sample.alpha)
    assert {e["source"] for e in shares.values()} == {"src-register", "src-third"}
    assert ways.has_edge(sample.zhang, sample.alpha) and ways.has_edge(sample.beta, sample.alpha)
    assert shown.has_edge(sample.zhang, sample.alpha)
    assert near.nodes[sample.alpha]["listed"] == BLACK


def test_py2neo_objects(ladybug_graph: Graph, sample: Sample) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # py2neo is no longer kept; what it warns of is its own
        py2neo = pytest.importorskip("py2neo")
        with ladybug_graph.reading() as reader:
            graph = to_py2neo(neighbourhood(reader, sample.alpha, hops=1))
    assert {n["id"] for n in graph.nodes if n.has_label("Enterprise")} == {sample.alpha, sample.alpha_named, sample.beta}
    shares = [r for r in graph.relationships if type(r).__name__ == "SHAREHOLDER_OF"]
    assert {(r.start_node["id"], r.end_node["id"], r["percent"]) for r in shares} == {
        (sample.beta, sample.alpha, "65"), (sample.beta, sample.alpha, "55"),
    }  # fmt: skip
    assert all(isinstance(r, py2neo.Relationship) and r["claim_id"] for r in graph.relationships)


def test_without_py2neo_the_extra_is_named(ladybug_graph: Graph, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py2neo", None)
    with ladybug_graph.reading() as reader, pytest.raises(UsageError, match="xinpu\\[py2neo\\]"):
        to_py2neo(neighbourhood(reader, sample.alpha, hops=1))
