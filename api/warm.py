"""The index in memory that a server keeps of each graph: built aside, used once it is there."""

import threading
from dataclasses import dataclass, field

from graph_model.stores.graph import Graph, Reader
from queries.presence import Presence, presence


@dataclass(slots=True)
class Warm:
    """One graph's index; while one of the reader's run is being built, questions are answered without."""

    index: Presence | None = None
    building: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, graph: Graph, reader: Reader) -> Presence | None:
        """The index of the run that the reader sees; None until it is built."""
        if self.index is not None and self.index.run == reader.run:
            return self.index
        with self.lock:
            if not self.building:
                self.building = True
                threading.Thread(target=self._build, args=(graph,), daemon=True).start()
        return None

    def _build(self, graph: Graph) -> None:
        try:
            with graph.reading() as reader:
                self.index = presence(reader)
        finally:
            self.building = False


_WARM: dict[str, Warm] = {}


def index_of(graph: Graph, reader: Reader, face: str) -> Presence | None:
    """The index for a caller: a server keeps one, a command that ends after its answer would build it for nothing."""
    return _WARM.setdefault(graph.url, Warm()).of(graph, reader) if face == "http" else None
