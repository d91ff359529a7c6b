"""Load a scenario into an empty graph and ask its questions: what `xinpu scenario run` does, for tests."""

from pathlib import Path

from graph_model.stores.graph import Graph
from ingest.scenario import load_scenario
from queries.answers.scenario import Asked, Labels, ask_scenario
from queries.law.scenario import Scenario, read_scenario

OWN = Path(__file__).parent / "scenarios"


def run_scenario(graph: Graph, path: Path) -> list[Asked]:
    """Every question of the file asked in an empty graph."""
    scenario = read_scenario(path)
    return ask(graph, scenario)


def ask(graph: Graph, scenario: Scenario) -> list[Asked]:
    """Every question of a scenario that was read."""
    names = load_scenario(graph, scenario.facts, scenario.name, scenario.asked)
    with graph.reading() as reader:
        return ask_scenario(reader, scenario, Labels(names.nodes, names.facts))
