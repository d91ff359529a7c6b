"""The same files into both stores, the same random questions: the same answers to the letter; `make show` asks 200."""

from pathlib import Path

from graph_model.stores.graph import Graph
from ingest.run import Home
from tests.bench import both
from tests.bench.generate import main as generate


def test_both_stores_answer_alike(ladybug_graph: Graph, neo4j_graph: Graph, tmp_path: Path) -> None:
    generate(["--enterprises", "150", "--seed", "5", "--out", str(tmp_path / "files")])
    for graph, name in ((ladybug_graph, "ladybug"), (neo4j_graph, "neo4j")):
        both.fill(graph, tmp_path / "files", Home(tmp_path / name))
    found = both.agree(ladybug_graph, neo4j_graph, questions=24, seed=3)
    assert found.differences == []
    assert found.positive, "the questions must have something to find"
