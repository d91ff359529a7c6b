"""A real Neo4j on this machine without Docker: start, stop, status, and the offline CSV import.

One folder is one server: `data`, `conf`, `logs` and `server.json` (process id and ports, never the password).
The server listens on loopback only, asks for a password, and outlives the process that started it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph_model.errors import StoreBusy
from graph_model.stores.neo4j_home import (
    LOOPBACK,
    State,
    check_options,
    free_port,
    locked,
    log_path,
    open_home,
    prepare,
    read,
    write,
    write_settings,
)
from graph_model.stores.neo4j_jars import NEO4J_VERSION
from graph_model.stores.neo4j_process import admin, end, is_ours, launch, set_password

USER = "neo4j"


@dataclass(frozen=True, slots=True)
class LocalServer:
    """One running server and how to reach it."""

    folder: Path
    bolt: str
    user: str
    pid: int
    http: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """What a start gives: the server, and its password the one time that it is set."""

    server: LocalServer
    password: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """Whether the folder's server runs, where it listens, and where its log lies."""

    running: bool
    bolt: str | None
    pid: int | None
    version: str
    log: Path


def start(
    folder: Path,
    *,
    bolt_port: int | None = None,
    http: bool = False,
    heap: str = "1g",
    pagecache: str = "512m",
    password: str | None = None,
    wait: float = 120,
) -> Started:
    """The folder's server, answering Bolt; `password` sets (or, if None, we make) the first one only."""
    check_options(heap, pagecache, password)
    home = open_home(folder)
    with locked(home):
        state = read(home)
        if state is not None and (server := _running(home, state)) is not None:
            if state.ready:
                return Started(server, None)
            end(home, server.pid, wait=0)  # its starter was killed, so nobody knows its password
        fresh = prepare(home, state, bolt_port=bolt_port, http=http)
        write_settings(home, fresh, heap=heap, pagecache=pagecache)
        secret = None if fresh.ready else set_password(home, password or secrets.token_urlsafe(18))
        pid = launch(home, fresh, heap=heap, wait=wait)
        return Started(_server(home, fresh, pid), secret)


def stop(folder: Path, *, wait: float = 30) -> bool:
    """True when a running server was ended: by SIGTERM, after `wait` seconds by SIGKILL; False when none ran."""
    if not folder.expanduser().is_dir():
        return False
    home = open_home(folder)
    with locked(home):
        state = read(home)
        if state is None or (server := _running(home, state)) is None:
            return False
        end(home, server.pid, wait=wait)
        write(home, replace(state, pid=None))
        return True


def status(folder: Path) -> Status:
    """What is known of the folder's server without touching it."""
    home = folder.expanduser().resolve()
    state = read(home)
    server = _running(home, state)
    return Status(
        running=server is not None,
        bolt=server.bolt if server else None,
        pid=server.pid if server else None,
        version=state.version if state else NEO4J_VERSION,
        log=log_path(home),
    )


def import_csv(folder: Path, arguments: Sequence[str], *, heap: str = "1g") -> str:
    """The importer's own report, after it replaced the folder's whole graph by the files that `arguments` name."""
    check_options(heap, heap, None)
    home = open_home(folder)
    with locked(home):
        state = read(home)
        if (server := _running(home, state)) is not None:
            raise StoreBusy(
                f"the Neo4j in {home} runs (process {server.pid}); stop it before an offline import"
            )
        if not (home / "conf" / "neo4j.conf").exists():
            write_settings(home, state or State(free_port()), heap=heap, pagecache="512m")
        report = f"--report-file={home / 'logs' / 'import.report'}"
        return admin(
            home,
            ["database", "import", "full", "neo4j", "--overwrite-destination", report, *arguments],
            heap=heap,
        )


def _running(home: Path, state: State | None) -> LocalServer | None:
    """The server while it runs; one whose first start was broken off counts as well."""
    if state is None or state.pid is None or not is_ours(home, state.pid):
        return None
    return _server(home, state, state.pid)


def _server(home: Path, state: State, pid: int) -> LocalServer:
    web = f"http://{LOOPBACK}:{state.http_port}" if state.http_port else None
    return LocalServer(home, f"neo4j://{LOOPBACK}:{state.bolt_port}", USER, pid, web)
