"""What each verb does: the parameters handed to the function that knows, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from api.context import Context
from graph_model.errors import MapError, UnknownEntity, UsageError
from graph_model.stores import neo4j_local
from ingest.judge import judge
from ingest.maps import load_map, map_names, map_text
from ingest.new_map import first_map
from ingest.pack import load_pack
from ingest.retry import retry
from ingest.run import Home, Options
from ingest.run import ingest as load_files
from queries.admin_csv import ARGUMENTS_FILE
from queries.admin_csv import export_admin_csv as write_admin_csv
from queries.answers.answer import PathAnswer
from queries.answers.info import InfoAnswer
from queries.answers.info import info as graph_info
from queries.answers.law_answer import LinkedAnswer
from queries.answers.linked import linked as find_links
from queries.answers.path import path as find_paths
from queries.answers.profile import NodeAnswer, ProfileAnswer
from queries.answers.profile import show as profile
from queries.answers.search import SearchAnswer
from queries.answers.search import search as find_subjects
from queries.catalogue import CATALOGUE
from queries.export import export as as_file
from queries.query import Query, run

LINKED: Any = LinkedAnswer
PATH: Any = PathAnswer
PROFILE: Any = ProfileAnswer | NodeAnswer
SEARCH: Any = SearchAnswer
INFO: Any = InfoAnswer

# --- asking -----------------------------------------------------------------------------------------


def home_of(context: Context) -> Home:
    """What is kept beside the graph."""
    return Home(context.settings.home)


def linked(context: Context, p: Any) -> LinkedAnswer:
    """The four verdicts on a subject."""
    with context.graph.reading() as reader:
        return find_links(
            reader, p.subject or p.name, anchor=p.anchor, at=p.at, known_at=p.known_at, rules_at=p.rules_at, place=p.place, to=p.to,
            history=p.history, max_hops=p.max_hops,
            identity=p.identity, limit=p.limit, seconds=p.seconds, raw=home_of(context).archive,
        )  # fmt: skip


def path(context: Context, p: Any) -> PathAnswer:
    """The shortest paths between two subjects."""
    with context.graph.reading() as reader:
        return find_paths(
            reader, p.a, p.b, anchor_a=p.anchor_a, anchor_b=p.anchor_b, at=p.at, known_at=p.known_at, max_hops=p.max_hops,
            identity=p.identity, limit=p.limit, seconds=p.seconds, raw=home_of(context).archive,
        )  # fmt: skip


def show(context: Context, p: Any) -> ProfileAnswer | NodeAnswer:
    """Everything under an id or number."""
    with context.graph.reading() as reader:
        return profile(reader, p.id, at=p.at, known_at=p.known_at, history=p.history, identity=p.identity, raw=home_of(context).archive)


def search(context: Context, p: Any) -> SearchAnswer:
    """Subjects that bear a name or number."""
    with context.graph.reading() as reader:
        return find_subjects(reader, p.text, label=p.label, limit=p.limit, after=p.after, known_at=p.known_at)


def info(context: Context, _: Any) -> InfoAnswer:
    """What is in the graph."""
    return graph_info(context.graph)


def export(context: Context, p: Any) -> str | bytes:
    """What lies around a subject, as a file."""
    return as_file(context.graph, p.id, hops=p.hops, format=p.format, at=p.at, known_at=p.known_at, identity=p.identity, limit=p.limit)


def _named(name: str) -> Query[Any]:
    if name not in CATALOGUE:
        raise UnknownEntity(f"no question is called {name!r}; `xinpu queries` lists the {len(CATALOGUE)} there are")
    return CATALOGUE[name]


def query(context: Context, p: Any) -> list[dict[str, Any]]:
    """The rows of a question of the catalogue."""
    wanted = _named(p.name)
    limit = {"limit": min(p.limit, context.settings.max_rows)} if wanted.limit is not None else {}
    values = {key: _split(wanted, key, value) for key, value in p.values.items()}
    with context.graph.reading() as reader:
        rows = run(reader, wanted, seconds=context.settings.max_seconds, **values, **limit)
    return [{name: getattr(row, name) for name in row.__dataclass_fields__} for row in rows]


def _split(wanted: Any, key: str, value: str) -> Any:
    """Several values of one parameter are separated by commas."""
    spec = wanted.parameters.get(key)
    return value.split(",") if spec is not None and spec.kind == "texts" else value


def queries(context: Context, p: Any) -> list[dict[str, Any]]:
    """The catalogue; one question with its text as this store reads it."""
    wanted = [_named(p.name)] if p.name else list(CATALOGUE.values())
    return [_described(query, context.graph.dialect if p.name else None) for query in wanted]


def _described(wanted: Any, dialect: Any) -> dict[str, Any]:
    parameters = [
        {"name": name, "kind": spec.kind, "description": spec.description, "default": spec.default, "sample": spec.sample}
        for name, spec in wanted.parameters.items()
    ]
    row = list(wanted.row.__dataclass_fields__)
    head = {"name": wanted.name, "title": wanted.title, "question": wanted.question, "parameters": parameters, "columns": row}
    return {**head, "cypher": dialect.text(wanted.text).strip()} if dialect else head


# --- loading ----------------------------------------------------------------------------------------


def init(context: Context, _: Any) -> dict[str, Any]:
    """Create the graph or bring its schema up to date."""
    changed = context.graph.create()
    info = context.graph.info()
    return {"changed": changed, "store": info.store, "version": info.version, "url": info.url}


def maps_list(_: Context, __: Any) -> list[dict[str, Any]]:
    """The layouts that come with the product."""
    found = [load_map(name) for name in map_names()]
    return [{"name": m.name, "title": m.title, "description": m.description, "source": m.source.name} for m in found]


def maps_show(_: Context, p: Any) -> str:
    """The YAML of one map."""
    if p.name not in map_names():  # a path is not followed: this is asked over HTTP too
        raise MapError(f"no map is called {p.name!r}; known: {', '.join(map_names())}")
    return map_text(p.name)


def maps_new(_: Context, p: Any) -> str:
    """A first map from a file's columns."""
    return first_map(p.file)


def ingest(context: Context, p: Any) -> dict[str, Any]:
    """One run over the files; its report."""
    options = Options(as_of=p.as_of, complete=p.complete, partial=p.partial, dry_run=p.dry_run, recheck=p.recheck)
    step = _counting(context)
    return load_files(p.files, load_map(p.map), context.graph, home_of(context), options=options, progress=step).as_dict()


def sample(context: Context, _: Any) -> list[dict[str, Any]]:
    """The sample pack loaded, a line a file."""
    reports = []
    for name, report in load_pack(context.graph, home_of(context)):
        context.progress(name, report.rows["read"], None)
        reports.append({"file": name, **report.rows, "new_claims": sum(report.claims.get("new", {}).values()), "same_as": sum(report.same_as.values())})
    return reports


def _counting(context: Context) -> Callable[[str, int], None]:
    """Rows of each file added up, for the progress bar."""
    done: dict[str, int] = {}

    def step(file: str, rows: int) -> None:
        done[file] = done.get(file, 0) + rows
        context.progress(file, done[file], None)

    return step


def quarantine_list(context: Context, p: Any) -> list[dict[str, Any]]:
    """Rows that could not be used, without the row itself."""
    found = home_of(context).quarantine.rows(code=p.code, source=p.source, solved=p.solved, limit=p.limit)
    return [{key: value for key, value in row.as_dict().items() if key not in ("raw", "document", "run")} for row in found]


def quarantine_show(context: Context, p: Any) -> dict[str, Any]:
    """One such row."""
    found = home_of(context).quarantine.row(p.id)
    if found is None:
        raise UnknownEntity(f"no row {p.id} is in quarantine; `xinpu quarantine list` shows those that are")
    return found.as_dict()


def quarantine_retry(context: Context, p: Any) -> dict[str, Any]:
    """Such rows tried again."""
    return retry(context.graph, home_of(context), ids=p.ids, map=p.map, dry_run=p.dry_run)


def same(context: Context, p: Any) -> dict[str, Any]:
    """A judgement on two nodes, recorded or taken back."""
    if (p.grade is None) == (not p.close):
        raise UsageError("give either --grade confirmed|ruled_out or --close")
    return judge(context.graph, p.a, p.b, grade=p.grade, why=p.why, close=p.close, who=context.who)


# --- serving ----------------------------------------------------------------------------------------


def serve(context: Context, p: Any) -> dict[str, Any]:
    """Listen until told to stop."""
    from api.server import serve_until_stopped

    return serve_until_stopped(context, host=p.host, port=p.port)


def neo4j_start(_: Context, p: Any) -> dict[str, Any]:
    """A local Neo4j; its password the one time it is made."""
    started = neo4j_local.start(p.folder, bolt_port=p.port, heap=p.heap, pagecache=p.pagecache)
    server = started.server
    return {"running": True, "bolt": server.bolt, "user": server.user, "pid": server.pid, "password": started.password}


def neo4j_stop(_: Context, p: Any) -> dict[str, Any]:
    """Stop it."""
    return {"stopped": neo4j_local.stop(p.folder)}


def neo4j_status(_: Context, p: Any) -> dict[str, Any]:
    """Whether it runs."""
    found = neo4j_local.status(p.folder)
    return {"running": found.running, "bolt": found.bolt, "pid": found.pid, "version": found.version, "log": str(found.log)}


def neo4j_import(_: Context, p: Any) -> dict[str, Any]:
    """Fill the folder's graph from the files of export-admin-csv; what the importer said."""
    arguments: Path = p.csv / ARGUMENTS_FILE
    if not arguments.is_file():
        raise UsageError(f"{arguments} is not there; write the files with `xinpu export-admin-csv {p.csv}` first")
    said = neo4j_local.import_csv(p.folder, [f"@{arguments.resolve()}"], heap=p.heap)
    return {"folder": str(p.folder), "report": said.strip().splitlines()[-8:]}


def export_admin_csv(context: Context, p: Any) -> dict[str, Any]:
    """The graph as files for Neo4j's importer."""
    folder: Path = p.folder.resolve()  # the importer runs elsewhere
    with context.graph.reading() as reader:
        arguments = write_admin_csv(reader, folder)
    written = [a for a in arguments if a.startswith(("--nodes=", "--relationships="))]
    return {"folder": str(folder), "files": len(written), "arguments": str(folder / ARGUMENTS_FILE)}
