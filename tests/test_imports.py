"""Who may import whom, and that our generic package names are ours."""

import ast
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("graph_model", "nlp", "queries", "ingest", "api")
ALLOWED = {
    "graph_model": set(),
    "nlp": {"graph_model"},
    "queries": {"graph_model"},
    "ingest": {"graph_model", "nlp"},
    "api": {"graph_model", "nlp", "queries", "ingest"},
}
NLP_MAY_USE = ("graph_model.kinds", "graph_model.identifiers", "graph_model.names")
# Libraries that stay in one place: module prefix → files that may import it.
ONLY_IN = {
    "ladybug": ("graph_model/stores/ladybug.py",),
    "neo4j": ("graph_model/stores/neo4j.py",),
    "py2neo": ("queries/frames.py",),
    "networkx": ("queries/frames.py", "queries/export.py", "ingest/"),
    "pandas": ("queries/frames.py", "ingest/"),
    "fastapi": ("api/",),
    "click": ("api/",),
    "spacy": ("nlp/",),
}


def _modules() -> list[Path]:
    return [p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py"))]


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    room = name.partition("/")[0]
    for module in _imports(path):
        top = module.partition(".")[0]
        if top in ROOMS:
            assert top == room or top in ALLOWED[room], f"{name} imports {module}"
        if room == "nlp" and top == "graph_model":
            assert module.startswith(NLP_MAY_USE), f"{name} imports {module}"
        if top in ONLY_IN:
            assert name.startswith(ONLY_IN[top]), f"{name} imports {module}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_resolves_inside_the_repository(room: str) -> None:
    found = importlib.util.find_spec(room)
    assert found is not None and found.origin is not None
    assert Path(found.origin).resolve().is_relative_to(ROOT)


def test_no_cypher_is_glued_from_strings_outside_the_rooms_that_compose_it() -> None:
    composing = ("graph_model/statements.py", "graph_model/stores/", "ingest/", "queries/catalogue/", "queries/admin_csv.py")
    for path in _modules():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(composing):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
                assert not text.lstrip().startswith(("MATCH ", "MERGE ", "CREATE (")), f"{name}: {text[:60]}"
