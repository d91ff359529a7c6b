"""The `graph` fixture: every test that takes it runs on both stores, never on a mock.

LadybugDB opens in tmp_path, a fresh graph a test. One Neo4j server is started for the session (extra
`neo4j-local`) and emptied before each test; where it cannot be had its half is skipped with the reason, and
under CI a skip is a failure.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph_model.stores import neo4j_local, open_graph
from graph_model.stores.graph import Graph
from tests.neo4j_server import session_server, skip

STORES = ("ladybug", "neo4j")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "store" in metafunc.fixturenames:
        marked = [pytest.param(s, marks=pytest.mark.neo4j) if s == "neo4j" else s for s in STORES]
        metafunc.parametrize("store", marked)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """Address, user and password of a real Neo4j: the one named by XINPU_TEST_NEO4J, or one of our own."""
    named = os.environ.get("XINPU_TEST_NEO4J")
    if named:
        uri, user, password = named.split("|")
        yield uri, user, password
        return
    folder = tmp_path_factory.mktemp("neo4j")
    server = session_server(folder)
    if isinstance(server, str):
        skip(server)
    yield server
    neo4j_local.stop(folder)


@pytest.fixture
def neo4j_graph(neo4j_server: tuple[str, str, str]) -> Iterator[Graph]:
    """An empty, created Neo4j graph."""
    uri, user, password = neo4j_server
    scheme, _, host = uri.partition("://")
    graph = open_graph(f"{scheme}://{user}@{host}", password=password)
    _wipe(uri, user, password)
    try:
        graph.create()
        yield graph
    finally:
        graph.close()


def _wipe(uri: str, user: str, password: str) -> None:
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


@pytest.fixture(scope="session")
def created(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty, created LadybugDB graph: copied, because a copy is ten times quicker than its tables."""
    folder = tmp_path_factory.mktemp("created") / "graph"
    open_graph(str(folder)).create()
    return folder


@pytest.fixture
def ladybug_graph(tmp_path: Path, created: Path) -> Iterator[Graph]:
    """An empty, created LadybugDB graph."""
    shutil.copytree(created, tmp_path / "graph")
    graph = open_graph(str(tmp_path / "graph"))
    yield graph
    graph.close()


@pytest.fixture
def graph(store: str, request: pytest.FixtureRequest) -> Graph:
    """An empty, created graph; the test runs once a store."""
    found: Graph = request.getfixturevalue(f"{store}_graph")
    return found
