"""An answer with the index in memory is the answer without it, also at an earlier clock and after a later run."""

from pathlib import Path

import pytest

from graph_model.stores.graph import Graph
from ingest.scenario import load_scenario
from queries.answers.answer import canonical
from queries.answers.law import reach
from queries.answers.law_frame import Clocked
from queries.law.scenario import read_scenario
from queries.presence import presence
from tests.factory import Facts

HERE = Path(__file__).parent
# File and day: roles, events of the unit, a judgement of identity, an annulled registration, a branch, the three clocks.
CASES = [
    ("given/T01-legal-representative-of-a-listed-unit.yml", "2021-06-01"), ("given/T09-representative-changed-before-the-penalty.yml", "2022-06-01"),
    ("given/X13-three-clocks.yml", "2022-06-01"), ("given/X17-other-grounds-of-disqualification.yml", "2024-01-01"),
    ("given/X10-actual-controller.yml", "2025-03-01"), ("scenarios/M02-branch.yml", "2021-06-01"), ("scenarios/D14-named-and-not-named.yml", "2023-09-01"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "day"), CASES, ids=[Path(f).stem for f, _ in CASES])
def test_the_index_changes_no_answer(graph: Graph, file: str, day: str) -> None:
    scenario = read_scenario(HERE / file)
    names = load_scenario(graph, scenario.facts, scenario.name)
    with graph.reading() as reader:
        index = presence(reader)
        for node in names.nodes.values():
            for when in (Clocked(day), Clocked(day, identity="probable"), Clocked(day, known_at=scenario.asked[0] if scenario.asked else None)):
                if not node.startswith("a-"):
                    assert canonical(reach(reader, node, when, index=index)) == canonical(reach(reader, node, when)), node


def test_an_index_of_an_earlier_run_is_not_used(ladybug_graph: Graph) -> None:
    scenario = read_scenario(HERE / CASES[0][0])
    names = load_scenario(ladybug_graph, scenario.facts, scenario.name)
    with ladybug_graph.reading() as reader:
        index = presence(reader)
    later = Facts()
    later.role(names.nodes["张三"], "DIRECTOR_OF", later.enterprise("后来的公司"), "2015-01-01", post="董事")
    later.publish(ladybug_graph, "2030-01-01T00:00:00+00:00")
    with ladybug_graph.reading() as reader:
        found = reach(reader, names.nodes["张三"], Clocked("2021-06-01"), index=index)

        assert any(one.through.caption == "后来的公司" for one in found.not_measures)
        assert canonical(found) == canonical(reach(reader, names.nodes["张三"], Clocked("2021-06-01")))


def test_with_the_index_next_to_nothing_is_asked(ladybug_graph: Graph) -> None:
    scenario = read_scenario(HERE / CASES[0][0])
    names = load_scenario(ladybug_graph, scenario.facts, scenario.name)
    with ladybug_graph.reading() as reader:
        assert reach(reader, names.nodes["张三"], Clocked("2021-06-01"), index=presence(reader)).timing.queries <= 4
