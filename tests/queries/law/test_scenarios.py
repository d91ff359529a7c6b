"""Every scenario answers as expected: the 27 given cases and our own, on both stores."""

from pathlib import Path

import pytest

from graph_model.stores.graph import Graph
from tests.queries.law.runner import run_scenario

HERE = Path(__file__).parent
FILES = sorted([*(HERE / "given").glob("*.yml"), *(HERE / "scenarios").glob("*.yml")])


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_a_scenario_answers_as_expected(graph: Graph, path: Path) -> None:
    asked = run_scenario(graph, path)

    assert [d for one in asked for d in one.differences] == []
