"""The folder of one local Neo4j: its state file, lock, settings, ports and log."""

import json
import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from graph_model.errors import StoreError, StoreUnavailable, UsageError
from graph_model.stores.neo4j_jars import NEO4J_VERSION

LOOPBACK = "127.0.0.1"
_SHORTEST_PASSWORD = 8  # Neo4j's own minimum


@dataclass(frozen=True, slots=True)
class State:
    """The content of `server.json`; `ready` once a start has succeeded and its password was handed out."""

    bolt_port: int
    http_port: int | None = None
    pid: int | None = None
    version: str = NEO4J_VERSION
    ready: bool = False


def open_home(folder: Path) -> Path:
    """The folder's full path, made with its rooms if it was absent."""
    if os.name != "posix":
        raise StoreUnavailable("a local Neo4j runs on Linux and macOS only; here use WSL or docker compose")
    home = folder.expanduser().resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("data", "conf", "logs"):
        (home / name).mkdir(exist_ok=True)
    return home


def log_path(home: Path) -> Path:
    """Where the server writes its log."""
    return home / "logs" / "neo4j.log"


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """One start, stop or import at a time: two first starts at once would each set a password."""
    import fcntl  # not at the top: absent on Windows, where this module must still import

    with (home / "server.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read(home: Path) -> State | None:
    """What an earlier start left, or None."""
    path = home / "server.json"
    try:
        return State(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StoreError(
            f"{path}: not what we wrote ({error}); end the server, remove the file, start again"
        ) from error


def write(home: Path, state: State) -> None:
    """Replace the state file in one step."""
    draft = home / "server.json.new"
    draft.write_text(json.dumps(asdict(state)) + "\n", encoding="utf-8")
    draft.replace(home / "server.json")


def prepare(home: Path, state: State | None, *, bolt_port: int | None, http: bool) -> State:
    """The state to start from: the port asked for, else the last one while it is free, else any free one."""
    system = home / "data" / "databases" / "system"
    if state is not None and not state.ready:
        _forget_first_start(home)
    if bolt_port is not None and not is_free(bolt_port):
        raise StoreUnavailable(f"port {bolt_port} on {LOOPBACK} is taken; name another one, or none")
    last = state.bolt_port if state is not None and is_free(state.bolt_port) else None
    return State(
        bolt_port=bolt_port or last or free_port(),
        http_port=free_port() if http else None,
        ready=system.exists(),
    )


def _forget_first_start(home: Path) -> None:
    # The first start was broken off, so its password reached nobody; what it made holds no user and no graph.
    for name in ("databases/system", "transactions/system", "dbms"):
        shutil.rmtree(home / "data" / name, ignore_errors=True)


def check_options(heap: str, pagecache: str, password: str | None) -> None:
    """Raise UsageError for a size or password that Neo4j would refuse late."""
    for name, value in (("heap", heap), ("pagecache", pagecache)):
        if not re.fullmatch(r"[1-9][0-9]*[kmgKMG]", value):
            raise UsageError(f"{name}: got {value!r}, expected a size such as 512m or 2g")
    if password is not None and len(password) < _SHORTEST_PASSWORD:
        raise UsageError(
            f"password: got {len(password)} characters, Neo4j expects at least {_SHORTEST_PASSWORD}"
        )


def write_settings(home: Path, state: State, *, heap: str, pagecache: str) -> None:
    """Write neo4j.conf: loopback only, password asked for, nothing reported home."""
    bolt, web = f"{LOOPBACK}:{state.bolt_port}", f"{LOOPBACK}:{state.http_port or 0}"
    settings = {
        "server.default_listen_address": LOOPBACK,
        "server.bolt.listen_address": bolt,
        "server.bolt.advertised_address": bolt,
        "server.http.enabled": str(state.http_port is not None).lower(),
        "server.http.listen_address": web,
        "server.http.advertised_address": web,
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        # how often a transaction past its time is noticed; the default of 2 s would overrun every budget
        "db.transaction.monitor.check.interval": "100ms",
        "server.memory.heap.max_size": heap,
        "server.memory.pagecache.size": pagecache,
        # Without it every stop idles twice for 5 s although no connection is left.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    }
    lines = [
        "# Written anew at every start by graph_model.stores.neo4j_local.",
        *(f"{k}={v}" for k, v in settings.items()),
    ]
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def is_free(port: int) -> bool:
    """True when nothing on loopback answers on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) != 0


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def new_log(home: Path, seen: int) -> str:
    """What the server logged since this start; the whole file when it was begun anew."""
    try:
        text = log_path(home).read_bytes()
    except FileNotFoundError:
        return ""
    return text[seen if len(text) >= seen else 0 :].decode("utf-8", "replace")


def tail(text: str, lines: int = 20) -> str:
    """The last lines of a report."""
    return "\n".join(text.strip().splitlines()[-lines:])
