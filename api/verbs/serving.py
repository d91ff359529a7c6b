"""Verbs that start and move stores: serve, neo4j, export-admin-csv. On the command line only."""

from pathlib import Path
from typing import Any

from api import services
from api.verbs.verb import CLI_ONLY, Parameters, Verb, arg, opt


class Serve(Parameters):
    """Where to listen."""

    host: str | None = opt("Address to listen on; XINPU_HOST when left out.")
    port: int | None = opt("Port to listen on, 0 for any free one; XINPU_PORT when left out.", ge=0, le=65535)


class Folder(Parameters):
    """Which server."""

    folder: Path = arg("Folder of the server.", default=Path("neo4j"), example="neo4j")


class Start(Folder):
    """Which server, with how much memory."""

    port: int | None = opt("Bolt port; the last one or any free one when left out.", ge=1, le=65535)
    heap: str = opt("Memory for the server.", default="1g")
    pagecache: str = opt("Memory for its page cache.", default="512m")


class Import(Folder):
    """Which files into which server."""

    csv: Path = arg("Folder that `xinpu export-admin-csv` wrote.", default=Path("admin-csv"), example="admin-csv")
    heap: str = opt("Memory for the importer.", default="1g")


class AdminCsv(Parameters):
    """Where to."""

    folder: Path = arg("Folder to write to.", example="admin-csv")


VERBS: tuple[Verb, ...] = (
    Verb("serve", "开启服务", "serve page and API", "Where can the page and the API be reached?", Serve, dict[str, Any], services.serve, "xinpu serve", effect="runs", faces=CLI_ONLY),
    Verb("neo4j start", "启动 Neo4j", "start a local Neo4j", "Where does a Neo4j of our own listen?", Start, dict[str, Any], services.neo4j_start, "xinpu neo4j start neo4j", effect="runs", faces=CLI_ONLY),
    Verb("neo4j stop", "停止 Neo4j", "stop it", "Was it running, and is it stopped?", Folder, dict[str, Any], services.neo4j_stop, "xinpu neo4j stop neo4j", effect="runs", faces=CLI_ONLY),
    Verb("neo4j status", "Neo4j 状态", "is it running", "Does it run, and where does it listen?", Folder, dict[str, Any], services.neo4j_status, "xinpu neo4j status neo4j", faces=CLI_ONLY),
    Verb("neo4j import", "离线导入 Neo4j", "fill it from files", "What did the offline importer load?", Import, dict[str, Any], services.neo4j_import, "xinpu neo4j import neo4j admin-csv", effect="writes", faces=CLI_ONLY),
    Verb("export-admin-csv", "导出 neo4j-admin CSV", "files for Neo4j's importer", "Which files does Neo4j's offline importer need for this graph?", AdminCsv, dict[str, Any], services.export_admin_csv, "xinpu export-admin-csv admin-csv", effect="runs", faces=CLI_ONLY),
)  # fmt: skip
