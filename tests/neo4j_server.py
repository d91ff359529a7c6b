"""One real Neo4j for a test session, or the reason why there is none."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

from graph_model.errors import StoreError, StoreUnavailable
from graph_model.stores import neo4j_jars, neo4j_local


def missing() -> str | None:
    """Why no Neo4j can be started here, or None; fetches the jars the first time."""
    try:
        neo4j_jars.java_environment(Path())
        neo4j_jars.java_command("", [], heap="1g")
    except StoreUnavailable as error:
        return str(error)
    return None


def session_server(folder: Path) -> tuple[str, str, str] | str:
    """The (uri, user, password) of a small server started in this empty folder, or why there is none; stop it at the end."""
    if reason := missing():
        return reason
    try:
        started = neo4j_local.start(folder, heap="512m", pagecache="128m")
    except StoreError as error:
        return str(error)
    if started.password is None:
        return f"{folder} holds a server from before, whose password is not known; name an empty folder"
    return started.server.bolt, started.server.user, started.password


def skip(reason: str) -> NoReturn:
    """Skip for this reason, or fail where CI is set: there a missing Neo4j is a defect."""
    if os.environ.get("CI"):
        pytest.fail(f"CI is set, so Neo4j must run: {reason}", pytrace=False)
    pytest.skip(reason)
