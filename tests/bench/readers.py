"""Readers that ask `linked` in a loop while runs are published from other processes: errors, and halves of a load."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from graph_model.errors import XinpuError
from graph_model.stores import open_graph
from graph_model.stores.graph import Graph
from queries.answers.linked import linked
from tests.bench.kills import edition, finish, prepare, shown, start


@dataclass(slots=True)
class Seen:
    """What the readers saw."""

    questions: int = 0
    runs: set[int] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    halves: int = 0

    @property
    def good(self) -> bool:
        """Whether there was no error and never half a load."""
        return not self.errors and not self.halves


def watch(open_one: Callable[[], Graph], graph: Graph, home: Path, *, editions: int, rows: int, readers: int = 2) -> Seen:
    """Publish editions one after another while readers ask; each answer must be one whole edition's."""
    whole = [prepare(graph, home, rows)]
    whole += [edition(home / f"edition-{n}.csv", n, rows) for n in range(1, editions + 1)]
    seen, stop = Seen(), threading.Event()
    threads = [threading.Thread(target=_ask, args=(open_one, whole, seen, stop)) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for number in range(1, editions + 1):
        if error := finish(start(graph, home, home / f"edition-{number}.csv", f"2024-03-{number:02d}")):
            seen.errors.append(error.strip().splitlines()[-1])
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    return seen


def _ask(open_one: Callable[[], Graph], whole: list[dict[str, str]], seen: Seen, stop: threading.Event) -> None:
    graph, name = open_one(), next(iter(whole[0]))
    while not stop.is_set():
        try:
            with graph.reading() as reader:
                answer = linked(reader, name, at="2024-06-01", max_hops=2, seconds=60.0)
            _, listed, capital = shown(graph)
        except XinpuError as error:
            seen.errors.append(f"{type(error).__name__}: {error}")
            continue
        seen.questions += 1
        seen.runs.add(answer.clocks.known_run)
        seen.halves += not any(set(listed) == set(e) and capital == e for e in whole)
    graph.close()


def embedded(folder: Path, *, editions: int, rows: int) -> Seen:
    """The same on the embedded store."""
    graph = open_graph(str(folder / "graph"))
    graph.create()
    seen = watch(lambda: open_graph(str(folder / "graph")), graph, folder / "home", editions=editions, rows=rows)
    graph.close()
    return seen
