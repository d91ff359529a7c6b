"""Lines on both stores: the same answers, kills, a full disk, readers during a load."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_model.stores import neo4j_local, open_graph
from graph_model.stores.graph import Graph
from ingest.run import Home
from tests.bench import both, kills, readers
from tests.bench.generate import main as generate
from tests.neo4j_server import session_server
from tests.show.line import Line


@contextmanager
def neo4j(folder: Path) -> Iterator[str | None]:
    """The address of a Neo4j of our own, its password in the environment; None where it cannot be had."""
    server = session_server(folder)
    if isinstance(server, str):
        yield None
        return
    uri, user, password = server
    os.environ["XINPU_NEO4J_PASSWORD"] = password
    scheme, _, host = uri.partition("://")
    try:
        yield f"{scheme}://{user}@{host}"
    finally:
        neo4j_local.stop(folder)


def lines(*, quick: bool) -> Iterator[Line]:
    """All of them; with `quick` fewer rounds, which their names say."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "neo4j").mkdir()
        yield from _embedded(folder, quick)
        with neo4j(folder / "neo4j") as url:
            if url is None:
                yield Line("Neo4j", "could not be started", "both stores", False)
                return
            yield from _agree(folder, url, quick)
            yield from _team(folder, url, quick)


def _embedded(folder: Path, quick: bool) -> Iterator[Line]:
    graph = open_graph(str(folder / "kills" / "graph"))
    graph.create()
    yield _killed("LadybugDB", graph, folder / "kills" / "home", 5 if quick else 50)
    graph.close()
    full = kills.full_disk(folder / "disk", rows=500)
    said = full.get("skipped") or f"{full['rounds']} rounds, lost {full['lost']}, doubled {full['doubled']}, halves {full['half_seen']}; said: {'; '.join(full['messages'])[:160]}"
    yield Line("full disk, LadybugDB", said, "nothing lost or doubled, a clear message", bool(full.get("good")))
    yield _read("LadybugDB", readers.embedded(folder / "readers", editions=3 if quick else 8, rows=2000))


def _agree(folder: Path, url: str, quick: bool) -> Iterator[Line]:
    generate(["--enterprises", "300" if quick else "1000", "--seed", "5", "--out", str(folder / "files")])
    embedded, team = open_graph(str(folder / "both" / "graph")), open_graph(url)
    for name, graph in (("ladybug", embedded), ("neo4j", team)):
        graph.create()
        both.fill(graph, folder / "files", Home(folder / "both" / name))
    found = both.agree(embedded, team, questions=40 if quick else 200, seed=3)
    embedded.close()
    team.close()
    figure = f"{len(found.differences)} differences in {found.questions} questions, {found.positive} with a yes; {found.differences[:3] or ''}"
    yield Line("both stores: identical JSON for random questions", figure, "0 in 200", not found.differences)


def _team(folder: Path, url: str, quick: bool) -> Iterator[Line]:
    graph = open_graph(url)
    yield _killed("Neo4j", graph, folder / "kills-neo4j", 3 if quick else 50)
    seen = readers.watch(lambda: open_graph(url), graph, folder / "readers-neo4j", editions=2 if quick else 8, rows=500)
    yield _read("Neo4j", seen)
    graph.close()


def _killed(store: str, graph: Graph, home: Path, number: int) -> Line:
    found = kills.kill_many(graph, home, kills=number, rows=500, seed=11)
    figure = f"{found.killed} kills: lost {found.lost}, doubled {found.doubled}, seen in half {found.half_seen}, refused to open {found.refused_to_open} {found.notes[:1] or ''}"
    return Line(f"runs killed at random moments, {store}", figure, "50 kills, 0 of each", found.good and found.killed >= number)


def _read(store: str, seen: readers.Seen) -> Line:
    figure = f"{seen.questions} questions over {len(seen.runs)} runs: errors {len(seen.errors)}, halves {seen.halves} {seen.errors[:1] or ''}"
    return Line(f"readers while runs are published, {store}", figure, "never an error, never half a load", seen.good and len(seen.runs) > 1)
