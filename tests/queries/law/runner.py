"""Load a scenario into an empty graph and ask its questions: what `xinpu scenario run` does, for tests."""

from dataclasses import dataclass, field
from pathlib import Path

from graph_model.stores.graph import Graph
from ingest.scenario import load_scenario
from queries.answers.scenario import Labels, tell
from queries.law.scenario import Difference, Scenario, compare, read_scenario
from tests.queries.law.counting import Credit, credits_of


@dataclass(slots=True)
class Run:
    """What the questions of a scenario gave: every difference, and which rules they test."""

    differences: list[Difference] = field(default_factory=list)
    tested: set[Credit] = field(default_factory=set)


def run_scenario(graph: Graph, path: Path) -> Run:
    """Every question of the file asked in an empty graph."""
    return ask(graph, read_scenario(path))


def ask(graph: Graph, scenario: Scenario) -> Run:
    """Every question of a scenario that was read."""
    names = load_scenario(graph, scenario.facts, scenario.name, scenario.asked)
    labels, run = Labels(names.nodes, names.facts), Run()
    with graph.reading() as reader:
        for number, question in enumerate(scenario.questions, 1):
            told = tell(reader, question, labels)
            run.differences += compare(scenario, number, told)
            run.tested |= set(credits_of(reader, question, labels, told))
    return run
