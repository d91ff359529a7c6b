"""The graph on Neo4j read through py2neo, for those who still use it."""

import gc
import warnings

import pytest

from graph_model.stores.graph import Graph
from tests.factory import Facts

py2neo = pytest.importorskip("py2neo", reason="the extra py2neo is not installed")


@pytest.mark.filterwarnings("ignore")
def test_py2neo_reads_our_graph(neo4j_graph: Graph, neo4j_server: tuple[str, str, str]) -> None:
    facts = Facts()
    firm = facts.enterprise("示例甲有限公司")
    facts.role(facts.person("示例张三", firm), "LEGAL_REPRESENTATIVE_OF", firm, start="2018-01-10")
    facts.publish(neo4j_graph)
    uri, user, password = neo4j_server
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        remote = py2neo.Graph(uri.replace("neo4j://", "bolt://"), auth=(user, password))
        node = remote.nodes.match("Enterprise", id=firm).first()
        relation = remote.relationships.match((None, node), "LEGAL_REPRESENTATIVE_OF").first()
        remote.service.connector.close()
        del remote
        gc.collect()  # py2neo leaves a socket to the collector, whose warning would fall on some later test
    assert node["caption"] == "示例甲有限公司"
    assert relation.start_node["caption"] == "示例张三" and relation["valid_from"] == "2018-01-10"

