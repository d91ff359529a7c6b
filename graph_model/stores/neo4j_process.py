"""The processes of one local Neo4j: the server, and the administration tool while no server runs."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from graph_model.errors import StoreError, StoreUnavailable
from graph_model.stores.neo4j_home import State, is_free, log_path, new_log, tail, write
from graph_model.stores.neo4j_jars import java_command, java_environment

_SERVER = "org.neo4j.server.CommunityEntryPoint"
_ADMIN = "org.neo4j.cli.AdminTool"
_PAUSE = 0.1
_AFTER_KILL = 10.0

# Servers started by this very process: asked for their end, so that none is left as a zombie.
_children: dict[int, subprocess.Popen[bytes]] = {}


def set_password(home: Path, secret: str) -> str:
    """The password that the server's first start will ask for."""
    # Through an argument file that only we can read: a command line is open to every user of the machine.
    path = home / "conf" / "initial-password"
    quoted = secret.replace("\\", "\\\\").replace('"', '\\"')
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(f'--\n"{quoted}"\n')
        admin(home, ["dbms", "set-initial-password", f"@{path}"], heap="256m")
    finally:
        path.unlink(missing_ok=True)
    return secret


def admin(home: Path, arguments: Sequence[str], *, heap: str) -> str:
    """What neo4j-admin printed, both streams in their order."""
    done = subprocess.run(
        java_command(_ADMIN, arguments, heap=heap),
        env=java_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        command = " ".join(arguments[:3])
        raise StoreError(f"neo4j-admin {command} ended with {done.returncode}; it said:\n{tail(done.stdout)}")
    return done.stdout


def launch(home: Path, state: State, *, heap: str, wait: float) -> int:
    """The number of the new server process, which answers Bolt; if it does not come up, nothing is left running."""
    seen = log_path(home).stat().st_size if log_path(home).exists() else 0
    child = _spawn(home, heap)
    _children[child.pid] = child
    try:
        write(home, replace(state, pid=child.pid))
        _await_bolt(home, state.bolt_port, child.pid, seen=seen, wait=wait)
    except BaseException:  # an interrupted wait too: the password of a first start would be lost with it
        end(home, child.pid, wait=0)
        raise
    write(home, replace(state, pid=child.pid, ready=True))
    return child.pid


def _spawn(home: Path, heap: str) -> subprocess.Popen[bytes]:
    command = java_command(_SERVER, [f"--home-dir={home}", f"--config-dir={home / 'conf'}"], heap=heap)
    environment = java_environment(home)
    with (home / "logs" / "console.log").open("wb") as console:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            start_new_session=True,  # the server outlives us and our terminal
        )


def _await_bolt(home: Path, port: int, pid: int, *, seen: int, wait: float) -> None:
    deadline = time.monotonic() + wait
    while is_ours(home, pid):
        if "Started." in new_log(home, seen) and not is_free(port):
            return
        if time.monotonic() > deadline:
            raise StoreUnavailable(f"Neo4j in {home} did not answer in {wait:g} s{_last_words(home, seen)}")
        time.sleep(_PAUSE)
    raise StoreUnavailable(f"Neo4j in {home} ended while starting{_last_words(home, seen)}")


def is_ours(home: Path, pid: int) -> bool:
    """True while this process is the server of this folder, not another that was given its old number."""
    if (child := _children.get(pid)) is None:
        return f"--home-dir={home} --config-dir={home}/conf" in _command_line(pid)
    if child.poll() is None:
        return True
    del _children[pid]
    return False


def _command_line(pid: int) -> str:
    if Path("/proc/self/cmdline").exists():
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        return ""
    done = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def end(home: Path, pid: int, *, wait: float) -> None:
    """Return once this folder's server is gone: asked to end, and after `wait` seconds made to."""
    for number, patience in ((signal.SIGTERM, wait), (signal.SIGKILL, _AFTER_KILL)):
        if not is_ours(home, pid):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + patience
        while is_ours(home, pid) and time.monotonic() < deadline:
            time.sleep(_PAUSE)
    if is_ours(home, pid):
        raise StoreError(f"the Neo4j in {home} (process {pid}) does not end; end it by hand")


def _last_words(home: Path, seen: int) -> str:
    console = (home / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
    return "; it said:\n" + tail(new_log(home, seen) + console)
