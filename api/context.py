"""What a verb works with: settings, the graph, who asks and what for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from api.settings import Settings
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph

Progress = Callable[[str, int, int | None], None]  # (step, done, total or None)


def no_progress(step: str, done: int, total: int | None) -> None:
    """Say nothing."""


def say_nothing(message: str) -> None:
    """Keep the message."""


@dataclass
class Context:
    """One caller's surroundings; the graph is opened when a verb first needs it."""

    settings: Settings
    who: str
    face: str = "python"
    purpose: str | None = None
    progress: Progress = no_progress
    say: Callable[[str], None] = say_nothing
    given: Graph | None = field(default=None, repr=False)

    @cached_property
    def graph(self) -> Graph:
        """The graph the settings name."""
        return self.given or open_graph(self.settings.graph_url, password=self.settings.neo4j_password)

    def close(self) -> None:
        """Let go of a graph that was opened here."""
        if "graph" in self.__dict__ and self.given is None:
            self.graph.close()
