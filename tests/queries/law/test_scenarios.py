"""Every scenario answers as expected: the 27 given cases and our own, on both stores; each tests the rules it is counted for."""

import os
from pathlib import Path

import pytest

from graph_model.stores.graph import Graph
from tests.queries.law.counting import as_words, record, recorded
from tests.queries.law.runner import run_scenario

HERE = Path(__file__).parent
FILES = sorted([*(HERE / "given").glob("*.yml"), *(HERE / "scenarios").glob("*.yml")])


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_a_scenario_answers_as_expected(graph: Graph, path: Path) -> None:
    found = run_scenario(graph, path)

    assert found.differences == []
    if os.environ.get("XINPU_REFRESH"):
        record(path.stem, found.tested)
    assert as_words(found.tested) == recorded().get(path.stem), "XINPU_REFRESH=1 writes the record anew"
